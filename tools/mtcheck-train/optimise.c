#include "optimise.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "matrix.h"
#include "memory.h"

void train_optimiser_init(train_optimiser *optimiser, train_net *net) {
    *optimiser = (train_optimiser){.net = net};
    optimiser->mean = train_floats(net->size);
    optimiser->square = train_floats(net->size);
}

void train_optimiser_free(train_optimiser *optimiser) {
    free(optimiser->mean);
    free(optimiser->square);
    free(optimiser->touched.at);
}

static int by_number(const void *a, const void *b) {
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

/* Rows of the tables that the batch used, sorted, each once. */
static void list_touched(train_optimiser *optimiser, const train_batch *batch) {
    optimiser->touched.count = 0;
    for (size_t i = 0; i < batch->items.count; i++)
        for (int f = 0; f < MTC_FEATURES; f++)
            train_push(&optimiser->touched,
                       ((uint64_t)f << 32 | batch->items.at[i].features.row[f]));
    qsort(optimiser->touched.at, optimiser->touched.count, sizeof(uint64_t), by_number);
    size_t kept = 0;
    for (size_t i = 0; i < optimiser->touched.count; i++)
        if (kept == 0 || optimiser->touched.at[kept - 1] != optimiser->touched.at[i])
            optimiser->touched.at[kept++] = optimiser->touched.at[i];
    optimiser->touched.count = kept;
}

typedef struct stretch {
    size_t at, count;
} stretch;

static stretch row_of(const train_net *net, uint64_t touched) {
    const train_tensor *const tensor = &net->tensors[touched >> 32];
    return (stretch){tensor->at + (size_t)(touched & 0xFFFFFFFFu) * tensor->columns,
                     tensor->columns};
}

static size_t dense_begin(const train_net *net) {
    return net->tensors[TENSOR_LAYER].at;
}

static double squares(const float *values, size_t count) {
    float sum = 0.0F;
    for (size_t i = 0; i < count; i++) sum += values[i] * values[i];
    return sum;
}

typedef struct update {
    train_optimiser *optimiser;
    float rate, shrink, mean_part, square_part;
} update;

static const float KEEP_MEAN = 0.9F, KEEP_SQUARE = 0.998F, TINY = 1e-7F;

static void move(const update *job, size_t at, size_t count) {
    const train_optimiser *const optimiser = job->optimiser;
    float *const weights = optimiser->net->weights + at, *const slope =
                                                             optimiser->net->slope + at;
    float *const mean = optimiser->mean + at, *const square = optimiser->square + at;
    for (size_t i = 0; i < count; i++) {
        const float g = slope[i] * job->shrink;
        mean[i] = KEEP_MEAN * mean[i] + (1.0F - KEEP_MEAN) * g;
        square[i] = KEEP_SQUARE * square[i] + (1.0F - KEEP_SQUARE) * g * g;
        weights[i] -= job->rate * mean[i] * job->mean_part /
                      (sqrtf(square[i] * job->square_part) + TINY);
        slope[i] = 0.0F;
    }
}

enum { DENSE_PIECE = 1 << 15 };

static void move_piece(void *context, size_t piece) {
    const update *const job = context;
    const train_net *const net = job->optimiser->net;
    const size_t begin = dense_begin(net) + piece * DENSE_PIECE;
    move(job, begin, net->size - begin < DENSE_PIECE ? net->size - begin : DENSE_PIECE);
}

float train_optimiser_step(train_optimiser *optimiser, train_pool *pool,
                           const train_batch *batch, float rate, float most) {
    train_net *const net = optimiser->net;
    list_touched(optimiser, batch);
    double sum = 0;
    const size_t begin = dense_begin(net);
    for (size_t at = begin; at < net->size; at += DENSE_PIECE)
        sum += squares(net->slope + at,
                       net->size - at < DENSE_PIECE ? net->size - at : DENSE_PIECE);
    for (size_t i = 0; i < optimiser->touched.count; i++) {
        const stretch row = row_of(net, optimiser->touched.at[i]);
        sum += squares(net->slope + row.at, row.count);
    }
    const float norm = (float)sqrt(sum);
    optimiser->step++;
    const double steps = (double)optimiser->step;
    update job = {.optimiser = optimiser,
                  .rate = rate,
                  .shrink = norm > most ? most / norm : 1.0F,
                  .mean_part = (float)(1.0 / (1.0 - pow((double)KEEP_MEAN, steps))),
                  .square_part = (float)(1.0 / (1.0 - pow((double)KEEP_SQUARE, steps)))};
    train_pool_run(pool, (net->size - begin + DENSE_PIECE - 1) / DENSE_PIECE, move_piece,
                   &job);
    for (size_t i = 0; i < optimiser->touched.count; i++) {
        const stretch row = row_of(net, optimiser->touched.at[i]);
        move(&job, row.at, row.count);
    }
    return norm;
}
