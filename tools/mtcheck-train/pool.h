/* pool.h: the same work on one thread or several, with the same result.
 *
 * Work is cut into pieces that do not depend on the number of threads, and no two pieces
 * write the same place, so that a sum is always taken in the same order.
 */
#ifndef TRAIN_POOL_H
#define TRAIN_POOL_H

#include <stddef.h>

typedef struct train_pool train_pool;

/* threads ≥ 1, the caller's included. NULL: no memory. */
train_pool *train_pool_new(unsigned threads);
void train_pool_free(train_pool *pool);

/* Calls work(context, piece) for each piece from 0 to pieces − 1; returns when all are
 * done. */
void train_pool_run(train_pool *pool, size_t pieces,
                    void (*work)(void *context, size_t piece), void *context);

#endif
