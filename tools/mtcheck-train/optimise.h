/* optimise.h: Adam (Kingma and Ba 2015); rows of sparse tensors that no word of the batch
 * touched stay as they are. */
#ifndef TRAIN_OPTIMISE_H
#define TRAIN_OPTIMISE_H

#include "batch.h"
#include "net.h"
#include "pool.h"

typedef struct train_optimiser {
    train_net *net;
    float *mean, *square; /* moving averages of the slope and its square */
    uint64_t step;        /* steps done */
    struct {
        uint64_t *at; /* tensor and row */
        size_t count, capacity;
    } touched;
} train_optimiser;

void train_optimiser_init(train_optimiser *optimiser, train_net *net);
void train_optimiser_free(train_optimiser *optimiser);

/* One step against the slope, whose norm is first cut to `most`; the slope is zero
 * afterwards. Returns the norm. */
float train_optimiser_step(train_optimiser *optimiser, train_pool *pool,
                           const train_batch *batch, float rate, float most);

#endif
