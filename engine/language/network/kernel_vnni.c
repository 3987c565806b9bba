#include "language/network/kernel.h"

#ifdef __x86_64__

#include <immintrin.h>

#define VNNI __attribute__((target("avx512f,avx512bw,avx512vnni")))

enum { TOGETHER = 8, NEAR = 32 }; /* inputs at once; inputs that stay in the cache */

static inline VNNI __m512i broadcast(const int8_t *quad) {
    int32_t value;
    memcpy(&value, quad, sizeof value);
    return _mm512_set1_epi32(value);
}

static inline VNNI __m512i sixteen_shifts(const uint8_t *at) {
    return _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)at));
}

/* The sixteen rows of a block for 1 or TOGETHER inputs. */
static inline __attribute__((always_inline)) VNNI void multiply_block(
    const mtc_matrix *matrix, size_t block, const int8_t *in, int16_t *out,
    size_t inputs) {
    const size_t groups = matrix->columns / MTC_GROUP;
    const size_t first = block * MTC_ROWS_TOGETHER;
    const int8_t *weights = matrix->weights + first * matrix->columns;
    const uint8_t *shifts = matrix->shifts + first * groups;
    const int32_t *offsets = matrix->offsets + first * groups;
    const __m512i flip = _mm512_set1_epi32((int)0x80808080u);
    __m512i sums[TOGETHER], parts[TOGETHER];
#pragma GCC unroll 8
    for (size_t k = 0; k < inputs; k++)
        sums[k] = _mm512_loadu_si512(matrix->bias + first);
    for (size_t group = 0; group < groups; group++) {
#pragma GCC unroll 8
        for (size_t k = 0; k < inputs; k++) parts[k] = _mm512_setzero_si512();
        for (size_t quad = 0; quad < MTC_GROUP / 4; quad++, weights += 64, in += 4) {
            const __m512i weight = _mm512_loadu_si512(weights);
#pragma GCC unroll 8
            for (size_t k = 0; k < inputs; k++) {
                const __m512i x =
                    _mm512_xor_si512(broadcast(in + k * matrix->columns), flip);
                parts[k] = _mm512_dpbusd_epi32(parts[k], x, weight);
            }
        }
        const __m512i shift = sixteen_shifts(shifts),
                      offset = _mm512_loadu_si512(offsets);
#pragma GCC unroll 8
        for (size_t k = 0; k < inputs; k++)
            sums[k] = _mm512_add_epi32(
                sums[k], _mm512_sllv_epi32(_mm512_sub_epi32(parts[k], offset), shift));
        shifts += MTC_ROWS_TOGETHER;
        offsets += MTC_ROWS_TOGETHER;
    }
    const __m512i down = sixteen_shifts(matrix->down + first);
#pragma GCC unroll 8
    for (size_t k = 0; k < inputs; k++) {
        const __m256i packed = _mm512_cvtsepi32_epi16(_mm512_srav_epi32(sums[k], down));
        _mm256_storeu_si256((__m256i *)(out + k * matrix->rows), packed);
    }
}

VNNI void mtc_multiply_vnni(const mtc_matrix *matrix, const int8_t *in, size_t count,
                            int16_t *out) {
    for (size_t near = 0; near < count; near += NEAR) {
        const size_t end = count - near < NEAR ? count : near + NEAR;
        for (size_t block = 0; block < matrix->rows / MTC_ROWS_TOGETHER; block++) {
            int16_t *const to = out + block * MTC_ROWS_TOGETHER;
            size_t i = near;
            for (; i + TOGETHER <= end; i += TOGETHER)
                multiply_block(matrix, block, in + i * matrix->columns,
                               to + i * matrix->rows, TOGETHER);
            for (; i < end; i++)
                multiply_block(matrix, block, in + i * matrix->columns,
                               to + i * matrix->rows, 1);
        }
    }
}

#endif
