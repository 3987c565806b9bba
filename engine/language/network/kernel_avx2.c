#include "language/network/kernel.h"

#ifdef __x86_64__

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

enum { TOGETHER = 4, NEAR = 32 }; /* inputs at once; inputs that stay in the cache */

static inline AVX2 __m256i broadcast(const int8_t *quad) {
    int32_t value;
    memcpy(&value, quad, sizeof value);
    return _mm256_set1_epi32(value);
}

static inline AVX2 __m256i eight_shifts(const uint8_t *at) {
    return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)at));
}

/* The sixteen rows of a block, as two halves, for 1 or TOGETHER inputs. */
static inline __attribute__((always_inline)) AVX2 void multiply_block(
    const mtc_matrix *matrix, size_t block, const int8_t *in, int16_t *out,
    size_t inputs) {
    const size_t groups = matrix->columns / MTC_GROUP;
    const size_t first = block * MTC_ROWS_TOGETHER;
    const int8_t *weights = matrix->weights + first * matrix->columns;
    const uint8_t *shifts = matrix->shifts + first * groups;
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i sums[TOGETHER][2], parts[TOGETHER][2];
#pragma GCC unroll 4
    for (size_t k = 0; k < inputs; k++) {
        sums[k][0] = _mm256_loadu_si256((const __m256i *)(matrix->bias + first));
        sums[k][1] = _mm256_loadu_si256((const __m256i *)(matrix->bias + first + 8));
    }
    for (size_t group = 0; group < groups; group++, shifts += MTC_ROWS_TOGETHER) {
#pragma GCC unroll 4
        for (size_t k = 0; k < inputs; k++)
            parts[k][0] = parts[k][1] = _mm256_setzero_si256();
        for (size_t pair = 0; pair < MTC_GROUP / 8; pair++, weights += 128, in += 8) {
            const __m256i upper0 = _mm256_loadu_si256((const __m256i *)weights);
            const __m256i lower0 = _mm256_loadu_si256((const __m256i *)(weights + 32));
            const __m256i upper1 = _mm256_loadu_si256((const __m256i *)(weights + 64));
            const __m256i lower1 = _mm256_loadu_si256((const __m256i *)(weights + 96));
#pragma GCC unroll 4
            for (size_t k = 0; k < inputs; k++) {
                const __m256i x0 = broadcast(in + k * matrix->columns);
                const __m256i x1 = broadcast(in + k * matrix->columns + 4);
                const __m256i size0 = _mm256_abs_epi8(x0), size1 = _mm256_abs_epi8(x1);
                const __m256i a = _mm256_add_epi16(
                    _mm256_maddubs_epi16(size0, _mm256_sign_epi8(upper0, x0)),
                    _mm256_maddubs_epi16(size1, _mm256_sign_epi8(upper1, x1)));
                const __m256i b = _mm256_add_epi16(
                    _mm256_maddubs_epi16(size0, _mm256_sign_epi8(lower0, x0)),
                    _mm256_maddubs_epi16(size1, _mm256_sign_epi8(lower1, x1)));
                parts[k][0] = _mm256_add_epi32(parts[k][0], _mm256_madd_epi16(a, ones));
                parts[k][1] = _mm256_add_epi32(parts[k][1], _mm256_madd_epi16(b, ones));
            }
        }
        const __m256i shift0 = eight_shifts(shifts), shift1 = eight_shifts(shifts + 8);
#pragma GCC unroll 4
        for (size_t k = 0; k < inputs; k++) {
            sums[k][0] =
                _mm256_add_epi32(sums[k][0], _mm256_sllv_epi32(parts[k][0], shift0));
            sums[k][1] =
                _mm256_add_epi32(sums[k][1], _mm256_sllv_epi32(parts[k][1], shift1));
        }
    }
    const __m256i down0 = eight_shifts(matrix->down + first);
    const __m256i down1 = eight_shifts(matrix->down + first + 8);
#pragma GCC unroll 4
    for (size_t k = 0; k < inputs; k++) {
        const __m256i packed = _mm256_packs_epi32(_mm256_srav_epi32(sums[k][0], down0),
                                                  _mm256_srav_epi32(sums[k][1], down1));
        _mm256_storeu_si256((__m256i *)(out + k * matrix->rows),
                            _mm256_permute4x64_epi64(packed, 0xD8));
    }
}

AVX2 void mtc_multiply_avx2(const mtc_matrix *matrix, const int8_t *in, size_t count,
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
