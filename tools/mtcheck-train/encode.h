/* encode.h: the encoder, forwards and backwards.
 *
 * Each layer reads its input in both directions; a direction has `hidden` states with
 *   z = tanh(Wz x + a)   f = σ(Wf x + b)   r = σ(Wr x + c)
 *   state = f · state before + (1 − f) · z
 *   output = r · state + (1 − r) · x   (the second term not in the first layer)
 * (simple recurrent units, Lei et al. 2018, with a bounded candidate, so that every
 * output lies within ±1). Nothing but the product with the states before runs word by
 * word.
 */
#ifndef TRAIN_ENCODE_H
#define TRAIN_ENCODE_H

#include "batch.h"
#include "matrix.h"
#include "net.h"

typedef struct train_layer {
    float *gates; /* words × 6 hidden: z f r of the first direction, then of the second */
    float *states; /* words × 2 hidden */
    float *output; /* words × 2 hidden, after dropout */
    float *mask;   /* the dropout that was multiplied in */
    float *output_slope;
} train_layer;

typedef struct train_encoder {
    const train_net *net;
    train_pool *pool;
    train_scratch scratch;
    size_t capacity; /* words */
    float *input, *input_mask, *input_slope;
    train_layer layers[MTC_NETWORK_MOST_LAYERS];
    float *answers, *answer_slope; /* words × questions.all: sums, not yet bent */
    /* Of this run: */
    const train_batch *batch;
    uint64_t seed;               /* of the dropout */
    float dropout, text_dropout; /* of annotated and of plain text; both 0: none */
    uint32_t layer;
} train_encoder;

void train_encoder_init(train_encoder *encoder, const train_net *net, train_pool *pool);
void train_encoder_free(train_encoder *encoder);

/* From features to answers. */
void train_encode(train_encoder *encoder, const train_batch *batch, float dropout,
                  float text_dropout, uint64_t seed);
/* From answer_slope (and what the caller has put into the last layer's output_slope,
 * which is zero after train_encode) to the gradient of all weights, added to net->slope.
 */
void train_encode_back(train_encoder *encoder);

/* The last layer's outputs and the slope of the loss there. */
float *train_encoded(const train_encoder *encoder);
float *train_encoded_slope(const train_encoder *encoder);

#endif
