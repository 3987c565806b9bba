/* kernel.h: products of int8 matrices, on whatever the processor offers, with one result.
 *
 * All paths take the same whole-number sums, and no sum can leave 32 bits (model.c checks
 * that), so that the order of additions does not matter. The path of AVX2 multiplies
 * magnitudes with signed weights: four products of at most 127 · 64 fit 16 bits, so that
 * its pairwise addition never saturates, not even of two such pairs. The path of AVX-512
 * VNNI adds 128 to its inputs and takes it off again by offsets that are known
 * beforehand.
 */
#ifndef MTC_LANGUAGE_NETWORK_KERNEL_H
#define MTC_LANGUAGE_NETWORK_KERNEL_H

#include "language/network/model.h"

typedef enum mtc_kernel {
    MTC_KERNEL_PLAIN,
    MTC_KERNEL_AVX2,
    MTC_KERNEL_VNNI, /* AVX-512 with VNNI */
    MTC_KERNELS
} mtc_kernel;

bool mtc_kernel_works(mtc_kernel kernel);
/* The fastest one that this processor has. */
mtc_kernel mtc_kernel_best(void);

/* For each of `count` rows of `in` (matrix->columns each, −127 … 127): matrix->rows sums
 * in 1/1024, saturated to 16 bits. */
void mtc_kernel_multiply(mtc_kernel kernel, const mtc_matrix *matrix, const int8_t *in,
                         size_t count, int16_t *out);

void mtc_multiply_plain(const mtc_matrix *matrix, const int8_t *in, size_t count,
                        int16_t *out);
#ifdef __x86_64__
void mtc_multiply_avx2(const mtc_matrix *matrix, const int8_t *in, size_t count,
                       int16_t *out);
void mtc_multiply_vnni(const mtc_matrix *matrix, const int8_t *in, size_t count,
                       int16_t *out);
#endif

#endif
