/* matrix.h: products of float matrices, row-major, on all threads of a pool.
 *
 * Each element is summed in one fixed order, whatever the number of threads.
 */
#ifndef TRAIN_MATRIX_H
#define TRAIN_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

#include "pool.h"

/* A view: element (i, j) is at[i * stride + j], or at[j * stride + i] where turned. */
typedef struct train_view {
    const float *at;
    size_t stride;
    bool turned;
} train_view;

/* c (m × n) = a (m × k) · b (k × n), added to c where `add`. `scratch` is private to the
 * caller and grows as needed. */
typedef struct train_scratch {
    float *at;
    size_t size;
} train_scratch;

void train_multiply(train_pool *pool, train_scratch *scratch, size_t m, size_t n,
                    size_t k, train_view a, train_view b, float *c, size_t c_stride,
                    bool add);
void train_scratch_free(train_scratch *scratch);

/* malloc of count floats, zeroed, aligned to 64 bytes; ends the program where memory is
 * exhausted. */
float *train_floats(size_t count);

#endif
