#include "language/network/kernel.h"

bool mtc_kernel_works(mtc_kernel kernel) {
    switch (kernel) {
    case MTC_KERNEL_PLAIN: return true;
#ifdef __x86_64__
    case MTC_KERNEL_AVX2: return __builtin_cpu_supports("avx2") != 0;
    case MTC_KERNEL_VNNI:
        return __builtin_cpu_supports("avx512f") != 0 &&
               __builtin_cpu_supports("avx512bw") != 0 &&
               __builtin_cpu_supports("avx512vnni") != 0;
#endif
    default: return false;
    }
}

mtc_kernel mtc_kernel_best(void) {
    mtc_kernel best = MTC_KERNEL_PLAIN;
    for (int kernel = MTC_KERNEL_PLAIN; kernel < MTC_KERNELS; kernel++)
        if (mtc_kernel_works((mtc_kernel)kernel)) best = (mtc_kernel)kernel;
    return best;
}

void mtc_kernel_multiply(mtc_kernel kernel, const mtc_matrix *matrix, const int8_t *in,
                         size_t count, int16_t *out) {
    switch (kernel) {
#ifdef __x86_64__
    case MTC_KERNEL_AVX2: mtc_multiply_avx2(matrix, in, count, out); return;
    case MTC_KERNEL_VNNI: mtc_multiply_vnni(matrix, in, count, out); return;
#endif
    default: mtc_multiply_plain(matrix, in, count, out); return;
    }
}

static int16_t saturated(int32_t sum) {
    return (int16_t)(sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : sum);
}

static void multiply_block(const mtc_matrix *matrix, size_t block, const int8_t *in,
                           int16_t *out) {
    const size_t groups = matrix->columns / MTC_GROUP;
    const int8_t *weight = matrix->weights + block * MTC_ROWS_TOGETHER * matrix->columns;
    const uint8_t *shift = matrix->shifts + block * groups * MTC_ROWS_TOGETHER;
    const size_t first = block * MTC_ROWS_TOGETHER;
    int32_t sums[MTC_ROWS_TOGETHER];
    memcpy(sums, matrix->bias + first, sizeof sums);
    for (size_t group = 0; group < groups; group++, shift += MTC_ROWS_TOGETHER) {
        int32_t parts[MTC_ROWS_TOGETHER] = {0};
        for (size_t quad = 0; quad < MTC_GROUP / 4; quad++, in += 4)
            for (size_t row = 0; row < MTC_ROWS_TOGETHER; row++, weight += 4)
                parts[row] += weight[0] * in[0] + weight[1] * in[1] + weight[2] * in[2] +
                              weight[3] * in[3];
        for (size_t row = 0; row < MTC_ROWS_TOGETHER; row++)
            sums[row] += parts[row] * (1 << shift[row]);
    }
    for (size_t row = 0; row < MTC_ROWS_TOGETHER; row++)
        out[row] = saturated(sums[row] >> matrix->down[first + row]);
}

void mtc_multiply_plain(const mtc_matrix *matrix, const int8_t *in, size_t count,
                        int16_t *out) {
    for (size_t i = 0; i < count; i++)
        for (size_t block = 0; block < matrix->rows / MTC_ROWS_TOGETHER; block++)
            multiply_block(matrix, block, in + i * matrix->columns,
                           out + i * matrix->rows + block * MTC_ROWS_TOGETHER);
}
