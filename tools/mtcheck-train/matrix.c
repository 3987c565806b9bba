#include "matrix.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

#ifdef __AVX512F__
enum { LANES = 16, TILE_ROWS = 12 };
#else
enum { LANES = 8, TILE_ROWS = 6 };
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
    const float *packed;
    float *c;
    size_t c_stride;
    bool add;
} product;

static float element(train_view view, size_t i, size_t j) {
    return view.turned ? view.at[j * view.stride + i] : view.at[i * view.stride + j];
}

/* Columns [n0, n0 + TILE_COLUMNS) of a slice of b, one row after the other, zero-padded.
 */
static void pack_columns(train_view b, size_t first, size_t k, size_t n0, size_t n,
                         float *to) {
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

static void pack_rows(const product *job, size_t m0, size_t height, float *to) {
    for (size_t p = 0; p < job->k; p++)
        for (size_t i = 0; i < TILE_ROWS; i++)
            *to++ = i < height ? element(job->a, m0 + i, job->first + p) : 0.0F;
}

static void multiply_tile(size_t k, const float *a, const float *b,
                          float out[TILE_ROWS][TILE_COLUMNS]) {
    lanes sums[TILE_ROWS][2];
#pragma GCC unroll 12
    for (int i = 0; i < TILE_ROWS; i++) sums[i][0] = sums[i][1] = (lanes){0};
    for (size_t p = 0; p < k; p++, a += TILE_ROWS, b += TILE_COLUMNS) {
        const lanes left = *(const lanes *)b, right = *(const lanes *)(b + LANES);
#pragma GCC unroll 12
        for (int i = 0; i < TILE_ROWS; i++) {
            sums[i][0] += a[i] * left;
            sums[i][1] += a[i] * right;
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
    float rows[TILE_ROWS * DEPTH] __attribute__((aligned(64)));
    float tile[TILE_ROWS][TILE_COLUMNS] __attribute__((aligned(64)));
    const size_t end =
        (piece + 1) * PIECE_ROWS < job->m ? (piece + 1) * PIECE_ROWS : job->m;
    for (size_t m0 = piece * PIECE_ROWS; m0 < end; m0 += TILE_ROWS) {
        const size_t height = end - m0 < TILE_ROWS ? end - m0 : TILE_ROWS;
        pack_rows(job, m0, height, rows);
        for (size_t n0 = 0; n0 < job->n; n0 += TILE_COLUMNS) {
            multiply_tile(job->k, rows, job->packed + n0 * job->k, tile);
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
            pack_columns(b, first, depth, n0, n, scratch->at + n0 * depth);
        product job = {.m = m,
                       .n = n,
                       .k = depth,
                       .a = a,
                       .first = first,
                       .packed = scratch->at,
                       .c = c,
                       .c_stride = c_stride,
                       .add = add || first > 0};
        train_pool_run(pool, (m + PIECE_ROWS - 1) / PIECE_ROWS, multiply_piece, &job);
    }
}
