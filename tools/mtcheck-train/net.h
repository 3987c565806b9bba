/* net.h: the weights of the network as the trainer holds them, and their gradient.
 *
 * All tensors lie in one array of floats, so that the optimiser, the checkpoint and the
 * comparison of two trainings need not know them. What the tensors mean stands in
 * engine/language/network/format.h; the last two (the guess of masked words) are used in
 * training only.
 */
#ifndef TRAIN_NET_H
#define TRAIN_NET_H

#include "language/network/format.h"

enum {
    TENSOR_FEATURE = 0,                           /* MTC_FEATURES tables */
    TENSOR_LAYER = TENSOR_FEATURE + MTC_FEATURES, /* weights and biases by turns */
    TENSOR_QUESTIONS = TENSOR_LAYER + 2 * MTC_NETWORK_MOST_LAYERS,
    TENSOR_QUESTIONS_BIAS,
    TENSOR_ARC, /* dependents are turned by it before they meet heads */
    TENSOR_ARC_BIAS,
    TENSOR_ROOT, /* what stands for the head of a root */
    TENSOR_DISTANCE,
    TENSOR_LABEL_ROOT,
    TENSOR_LABEL,
    TENSOR_LABEL_BIAS,
    TENSOR_TOKEN,
    TENSOR_TOKEN_BIAS,
    TENSOR_GAP,
    TENSOR_GAP_BIAS,
    TENSOR_GUESS,
    TENSOR_GUESS_BIAS,
    TENSORS
};

typedef struct train_tensor {
    size_t at; /* first float */
    uint32_t rows, columns;
    bool is_sparse; /* few rows change in a step */
} train_tensor;

typedef struct train_net {
    mtc_network_shape shape;
    uint32_t classes; /* of masked words */
    mtc_question_rows questions;
    uint32_t input; /* width of all features together */
    train_tensor tensors[TENSORS];
    size_t size;    /* floats */
    float *weights; /* size of them */
    float *slope;   /* the gradient of the loss */
} train_net;

/* Random weights that depend on the seed alone. */
void train_net_init(train_net *net, const mtc_network_shape *shape, uint32_t classes,
                    uint64_t seed);
void train_net_free(train_net *net);

static inline float *train_weights(const train_net *net, int tensor) {
    return net->weights + net->tensors[tensor].at;
}
static inline float *train_slope(const train_net *net, int tensor) {
    return net->slope + net->tensors[tensor].at;
}
/* Width of what layer `layer` reads. */
static inline uint32_t train_layer_input(const train_net *net, uint32_t layer) {
    return layer == 0 ? net->input : 2 * net->shape.hidden;
}

#endif
