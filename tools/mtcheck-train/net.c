#include "net.h"

#include <math.h>
#include <stdlib.h>

#include "matrix.h"
#include "random.h"

static void add_tensor(train_net *net, int tensor, uint32_t rows, uint32_t columns) {
    net->tensors[tensor] = (train_tensor){.at = net->size,
                                          .rows = rows,
                                          .columns = columns,
                                          .is_sparse = tensor < TENSOR_LAYER};
    net->size += ((size_t)rows * columns + 15) / 16 * 16;
}

static void lay_out(train_net *net) {
    const mtc_network_shape *const shape = &net->shape;
    const uint32_t outputs = 2 * shape->hidden;
    for (int i = 0; i < MTC_FEATURES; i++)
        add_tensor(net, TENSOR_FEATURE + i, mtc_feature_rows(shape, i), shape->width[i]);
    for (uint32_t layer = 0; layer < MTC_NETWORK_MOST_LAYERS; layer++) {
        const bool exists = layer < shape->layers;
        add_tensor(net, TENSOR_LAYER + 2 * (int)layer, exists ? 6 * shape->hidden : 0,
                   train_layer_input(net, layer));
        add_tensor(net, TENSOR_LAYER + 2 * (int)layer + 1, exists ? 6 * shape->hidden : 0,
                   1);
    }
    add_tensor(net, TENSOR_QUESTIONS, net->questions.all, outputs);
    add_tensor(net, TENSOR_QUESTIONS_BIAS, net->questions.all, 1);
    add_tensor(net, TENSOR_ARC, shape->arc, shape->arc);
    add_tensor(net, TENSOR_ARC_BIAS, shape->arc, 1);
    add_tensor(net, TENSOR_ROOT, 1, shape->arc);
    add_tensor(net, TENSOR_DISTANCE, MTC_DISTANCE_BIASES, 1);
    add_tensor(net, TENSOR_LABEL_ROOT, 1, shape->label);
    add_tensor(net, TENSOR_LABEL, shape->relations, shape->label);
    add_tensor(net, TENSOR_LABEL_BIAS, shape->relations, 1);
    add_tensor(net, TENSOR_TOKEN, MTC_TOKEN_OUTPUTS, shape->token);
    add_tensor(net, TENSOR_TOKEN_BIAS, MTC_TOKEN_OUTPUTS, 1);
    add_tensor(net, TENSOR_GAP, MTC_GAP_OUTPUTS, shape->gap);
    add_tensor(net, TENSOR_GAP_BIAS, MTC_GAP_OUTPUTS, 1);
    add_tensor(net, TENSOR_GUESS, net->classes, outputs);
    add_tensor(net, TENSOR_GUESS_BIAS, net->classes, 1);
}

static void fill(train_net *net, int tensor, float bound, train_random *random) {
    float *const at = train_weights(net, tensor);
    const size_t count = (size_t)net->tensors[tensor].rows * net->tensors[tensor].columns;
    for (size_t i = 0; i < count; i++)
        at[i] = (2.0F * train_random_unit(random) - 1.0F) * bound;
}

/* Rows read by tanh and the like: uniform, variance 1/width (Glorot and Bengio 2010). */
static void draw(train_net *net, uint64_t seed) {
    train_random random = train_random_of(seed, 1, 0);
    for (int i = 0; i < MTC_FEATURES; i++) fill(net, TENSOR_FEATURE + i, 0.5F, &random);
    for (uint32_t layer = 0; layer < net->shape.layers; layer++) {
        const int tensor = TENSOR_LAYER + 2 * (int)layer;
        fill(net, tensor, sqrtf(3.0F / (float)net->tensors[tensor].columns), &random);
        float *const bias = train_weights(net, tensor + 1);
        for (uint32_t row = 0; row < 6 * net->shape.hidden; row++)
            bias[row] = row / net->shape.hidden % 3 == 1 ? 1.0F : 0.0F; /* remember */
    }
    static const int REST[] = {TENSOR_QUESTIONS, TENSOR_ARC, TENSOR_LABEL,
                               TENSOR_TOKEN,     TENSOR_GAP, TENSOR_GUESS};
    for (size_t i = 0; i < sizeof REST / sizeof *REST; i++)
        fill(net, REST[i], sqrtf(3.0F / (float)net->tensors[REST[i]].columns), &random);
    fill(net, TENSOR_ROOT, 0.5F, &random);
    fill(net, TENSOR_LABEL_ROOT, 0.5F, &random);
}

void train_net_init(train_net *net, const mtc_network_shape *shape, uint32_t classes,
                    uint64_t seed) {
    *net = (train_net){.shape = *shape, .classes = classes};
    net->questions = mtc_network_questions(shape);
    net->input = mtc_network_input_width(shape);
    lay_out(net);
    net->weights = train_floats(net->size);
    net->slope = train_floats(net->size);
    draw(net, seed);
}

void train_net_free(train_net *net) {
    free(net->weights);
    free(net->slope);
    *net = (train_net){0};
}
