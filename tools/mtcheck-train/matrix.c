#include "matrix.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* Where the processor multiplies pairs of bfloat16 and adds them up in single precision
 * (twice the products in the same time), factors are packed as such pairs along k. */
#ifdef __AVX512BF16__
#include <immintrin.h>
enum { LANES = 16, TILE_ROWS = 12, TOGETHER = 2 };
typedef uint32_t packed;
#elif defined __AVX512F__
enum { LANES = 16, TILE_ROWS = 12, TOGETHER = 1 };
typedef float packed;
#else
enum { LANES = 8, TILE_ROWS = 6, TOGETHER = 1 };
typedef float packed;
#endif
enum { TILE_COLUMNS = 2 * LANES, DEPTH = 256, PIECE_ROWS = 8 * TILE_ROWS };

typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));

float *train_floats(size_t count) {
    const size_t bytes = (count * sizeof(float) + 63) / 64 * 64 + 64;
    float *const made = aligned_alloc(64, bytes);
    if (made == NULL) train_die("no memory");
    memset(made, 0, bytes);
    return made;
}

void train_scratch_free(train_scratch *scratch) {
    free(scratch->at);
    *scratch = (train_scratch){NULL, 0};
}

typedef struct product {
    size_t m, n, k; /* k: depth of this slice */
    train_view a;
    size_t first; /* of the slice in k */
    const packed *packed;
    float *c;
    size_t c_stride;
    bool add;
} product;

static float element(train_view view, size_t i, size_t j) {
    return view.turned ? view.at[j * view.stride + i] : view.at[i * view.stride + j];
}

static size_t steps_of(size_t k) {
    return (k + TOGETHER - 1) / TOGETHER;
}

#if defined __AVX512BF16__

/* The upper half of a float, rounded to the nearest, to even between two. */
static inline uint32_t shortened(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
}

static inline packed pack(float even, float odd) {
    return shortened(even) | shortened(odd) << 16;
}

static void pack_columns(train_view b, size_t first, size_t k, size_t n0, size_t n,
                         packed *to) {
    static const float NONE[TILE_COLUMNS];
    const size_t width = n - n0 < TILE_COLUMNS ? n - n0 : TILE_COLUMNS;
    for (size_t p = 0; p < k; p += 2, to += TILE_COLUMNS) {
        if (!b.turned) {
            const float *const even = b.at + (first + p) * b.stride + n0;
            const float *const odd = p + 1 < k ? even + b.stride : NONE;
            for (size_t j = 0; j < width; j++) to[j] = pack(even[j], odd[j]);
        } else {
            for (size_t j = 0; j < width; j++) {
                const float *const at = b.at + (n0 + j) * b.stride + first + p;
                to[j] = pack(at[0], p + 1 < k ? at[1] : 0.0F);
            }
        }
        memset(to + width, 0, (TILE_COLUMNS - width) * sizeof *to);
    }
}

/* One pair of columns, any shape: slow. */
static void pack_edge(const product *job, size_t m0, size_t height, size_t p,
                      packed *to) {
    const size_t at = job->first + p;
    for (size_t i = 0; i < TILE_ROWS; i++)
        to[i] = i >= height
                    ? 0
                    : pack(element(job->a, m0 + i, at),
                           p + 1 < job->k ? element(job->a, m0 + i, at + 1) : 0.0F);
}

static void pack_rows(const product *job, size_t m0, size_t height, packed *to) {
    enum { AT_ONCE = 32 };
    size_t p = 0;
    if (height == TILE_ROWS && job->a.turned) {
        for (; p + 1 < job->k; p += 2, to += TILE_ROWS) {
            const float *const even = job->a.at + (job->first + p) * job->a.stride + m0;
            const float *const odd = even + job->a.stride;
#pragma GCC unroll 12
            for (size_t i = 0; i < TILE_ROWS; i++) to[i] = pack(even[i], odd[i]);
        }
    } else if (height == TILE_ROWS) {
        for (; p + AT_ONCE <= job->k; p += AT_ONCE, to += TILE_ROWS * AT_ONCE / 2) {
            for (size_t i = 0; i < TILE_ROWS; i++) {
                const float *const from =
                    job->a.at + (m0 + i) * job->a.stride + job->first + p;
                packed pairs[AT_ONCE / 2];
                _mm512_storeu_si512(
                    pairs, (__m512i)_mm512_cvtne2ps_pbh(_mm512_loadu_ps(from + 16),
                                                        _mm512_loadu_ps(from)));
                for (size_t q = 0; q < AT_ONCE / 2; q++) to[q * TILE_ROWS + i] = pairs[q];
            }
        }
    }
    for (; p < job->k; p += 2, to += TILE_ROWS) pack_edge(job, m0, height, p, to);
}

static inline lanes multiply_add(lanes sum, packed a, const packed *b) {
    const __m512i pairs = _mm512_loadu_si512(b);
    return (lanes)_mm512_dpbf16_ps((__m512)sum, (__m512bh)_mm512_set1_epi32((int)a),
                                   (__m512bh)pairs);
}

#else

/* Columns [n0, n0 + TILE_COLUMNS) of a slice of b, one row after the other, zero-padded.
 */
static void pack_columns(train_view b, size_t first, size_t k, size_t n0, size_t n,
                         packed *to) {
    const size_t width = n - n0 < TILE_COLUMNS ? n - n0 : TILE_COLUMNS;
    for (size_t p = 0; p < k; p++, to += TILE_COLUMNS) {
        if (!b.turned) {
            memcpy(to, b.at + (first + p) * b.stride + n0, width * sizeof *to);
        } else {
            for (size_t j = 0; j < width; j++)
                to[j] = b.at[(n0 + j) * b.stride + first + p];
        }
        memset(to + width, 0, (TILE_COLUMNS - width) * sizeof *to);
    }
}

static void pack_rows(const product *job, size_t m0, size_t height, packed *to) {
    for (size_t p = 0; p < job->k; p++)
        for (size_t i = 0; i < TILE_ROWS; i++)
            *to++ = i < height ? element(job->a, m0 + i, job->first + p) : 0.0F;
}

static inline lanes multiply_add(lanes sum, packed a, const packed *b) {
    return sum + a * *(const lanes *)b;
}

#endif

static void multiply_tile(size_t steps, const packed *a, const packed *b,
                          float out[TILE_ROWS][TILE_COLUMNS]) {
    lanes sums[TILE_ROWS][2];
#pragma GCC unroll 12
    for (int i = 0; i < TILE_ROWS; i++) sums[i][0] = sums[i][1] = (lanes){0};
    for (size_t p = 0; p < steps; p++, a += TILE_ROWS, b += TILE_COLUMNS) {
#pragma GCC unroll 12
        for (int i = 0; i < TILE_ROWS; i++) {
            sums[i][0] = multiply_add(sums[i][0], a[i], b);
            sums[i][1] = multiply_add(sums[i][1], a[i], b + LANES);
        }
    }
#pragma GCC unroll 12
    for (int i = 0; i < TILE_ROWS; i++) {
        *(lanes *)out[i] = sums[i][0];
        *(lanes *)(out[i] + LANES) = sums[i][1];
    }
}

static void put_tile(const product *job, size_t m0, size_t height, size_t n0,
                     float tile[TILE_ROWS][TILE_COLUMNS]) {
    const size_t width = job->n - n0 < TILE_COLUMNS ? job->n - n0 : TILE_COLUMNS;
    for (size_t i = 0; i < height; i++) {
        float *const to = job->c + (m0 + i) * job->c_stride + n0;
        if (job->add)
            for (size_t j = 0; j < width; j++) to[j] += tile[i][j];
        else
            memcpy(to, tile[i], width * sizeof *to);
    }
}

static void multiply_piece(void *context, size_t piece) {
    const product *const job = context;
    packed rows[TILE_ROWS * DEPTH / TOGETHER] __attribute__((aligned(64)));
    float tile[TILE_ROWS][TILE_COLUMNS] __attribute__((aligned(64)));
    const size_t end =
        (piece + 1) * PIECE_ROWS < job->m ? (piece + 1) * PIECE_ROWS : job->m;
    for (size_t m0 = piece * PIECE_ROWS; m0 < end; m0 += TILE_ROWS) {
        const size_t height = end - m0 < TILE_ROWS ? end - m0 : TILE_ROWS;
        pack_rows(job, m0, height, rows);
        for (size_t n0 = 0; n0 < job->n; n0 += TILE_COLUMNS) {
            multiply_tile(steps_of(job->k), rows, job->packed + n0 * steps_of(job->k),
                          tile);
            put_tile(job, m0, height, n0, tile);
        }
    }
}

void train_multiply(train_pool *pool, train_scratch *scratch, size_t m, size_t n,
                    size_t k, train_view a, train_view b, float *c, size_t c_stride,
                    bool add) {
    const size_t padded = (n + TILE_COLUMNS - 1) / TILE_COLUMNS * TILE_COLUMNS;
    if (scratch->size < padded * DEPTH) {
        free(scratch->at);
        scratch->at = train_floats(padded * DEPTH);
        scratch->size = padded * DEPTH;
    }
    for (size_t first = 0; first < k; first += DEPTH) {
        const size_t depth = k - first < DEPTH ? k - first : DEPTH;
        for (size_t n0 = 0; n0 < n; n0 += TILE_COLUMNS)
            pack_columns(b, first, depth, n0, n,
                         (packed *)scratch->at + n0 * steps_of(depth));
        product job = {.m = m,
                       .n = n,
                       .k = depth,
                       .a = a,
                       .first = first,
                       .packed = (const packed *)scratch->at,
                       .c = c,
                       .c_stride = c_stride,
                       .add = add || first > 0};
        train_pool_run(pool, (m + PIECE_ROWS - 1) / PIECE_ROWS, multiply_piece, &job);
    }
}
