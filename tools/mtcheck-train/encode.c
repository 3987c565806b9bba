#include "encode.h"

#include <stdlib.h>
#include <string.h>

#include "activation.h"
#include "random.h"

enum { ROWS_A_PIECE = 64 };

void train_encoder_init(train_encoder *encoder, const train_net *net, train_pool *pool) {
    *encoder = (train_encoder){.net = net, .pool = pool};
}

static void drop_buffers(train_encoder *encoder) {
    free(encoder->input);
    free(encoder->input_mask);
    free(encoder->input_slope);
    free(encoder->answers);
    free(encoder->answer_slope);
    for (int i = 0; i < MTC_NETWORK_MOST_LAYERS; i++) {
        train_layer *const layer = &encoder->layers[i];
        free(layer->gates);
        free(layer->states);
        free(layer->output);
        free(layer->mask);
        free(layer->output_slope);
        *layer = (train_layer){0};
    }
}

void train_encoder_free(train_encoder *encoder) {
    drop_buffers(encoder);
    train_scratch_free(&encoder->scratch);
}

static void make_room(train_encoder *encoder, size_t words) {
    if (words <= encoder->capacity) return;
    drop_buffers(encoder);
    encoder->capacity = words + words / 2;
    const size_t rows = encoder->capacity, hidden = encoder->net->shape.hidden;
    encoder->input = train_floats(rows * encoder->net->input);
    encoder->input_mask = train_floats(rows * encoder->net->input);
    encoder->input_slope = train_floats(rows * encoder->net->input);
    encoder->answers = train_floats(rows * encoder->net->questions.all);
    encoder->answer_slope = train_floats(rows * encoder->net->questions.all);
    for (uint32_t i = 0; i < encoder->net->shape.layers; i++) {
        train_layer *const layer = &encoder->layers[i];
        layer->gates = train_floats(rows * 6 * hidden);
        layer->states = train_floats(rows * 2 * hidden);
        layer->output = train_floats(rows * 2 * hidden);
        layer->mask = train_floats(rows * 2 * hidden);
        layer->output_slope = train_floats(rows * 2 * hidden);
    }
}

static size_t words_of(const train_encoder *encoder) {
    return encoder->batch->items.count;
}

static bool drops(const train_encoder *encoder) {
    return encoder->dropout > 0.0F || encoder->text_dropout > 0.0F;
}

/* Multiplies a row with a random mask that keeps its mean. */
static void drop(const train_encoder *encoder, uint64_t purpose, size_t row,
                 float *values, float *mask, size_t count) {
    if (!drops(encoder)) return;
    const float share =
        row < encoder->batch->text_from ? encoder->dropout : encoder->text_dropout;
    const float kept = 1.0F / (1.0F - share);
    const uint32_t bound = (uint32_t)(share * 256.0F);
    train_random random = train_random_of(encoder->seed, purpose, row);
    for (size_t i = 0; i < count; i += 8) {
        const uint64_t bits = train_random_next(&random);
        for (size_t j = 0; j < 8 && i + j < count; j++) {
            mask[i + j] = ((bits >> (8 * j)) & 0xFF) < bound ? 0.0F : kept;
            values[i + j] *= mask[i + j];
        }
    }
}

static void look_up(void *context, size_t piece) {
    train_encoder *const encoder = context;
    const train_net *const net = encoder->net;
    const size_t end = (piece + 1) * ROWS_A_PIECE;
    for (size_t row = piece * ROWS_A_PIECE; row < end && row < words_of(encoder); row++) {
        float *const input = encoder->input + row * net->input;
        float *to = input;
        for (int i = 0; i < MTC_FEATURES; i++) {
            const size_t width = net->shape.width[i];
            const uint32_t from = encoder->batch->items.at[row].features.row[i];
            memcpy(to, train_weights(net, TENSOR_FEATURE + i) + from * width,
                   width * sizeof *to);
            to += width;
        }
        drop(encoder, 11, row, input, encoder->input_mask + row * net->input, net->input);
    }
}

static const float *layer_input(const train_encoder *encoder, uint32_t layer) {
    return layer == 0 ? encoder->input : encoder->layers[layer - 1].output;
}

static void bend_gates(float *gates, const float *bias, size_t hidden) {
    for (size_t direction = 0; direction < 2; direction++) {
        for (size_t i = 0; i < hidden; i++) gates[i] = train_tanh(gates[i] + bias[i]);
        for (size_t i = hidden; i < 3 * hidden; i++)
            gates[i] = train_sigmoid(gates[i] + bias[i]);
        gates += 3 * hidden;
        bias += 3 * hidden;
    }
}

static void scan_sentence(void *context, size_t piece) {
    train_encoder *const encoder = context;
    const size_t hidden = encoder->net->shape.hidden;
    train_layer *const layer = &encoder->layers[encoder->layer];
    const train_asked sentence = encoder->batch->sentences.at[piece];
    const float *const bias =
        train_weights(encoder->net, TENSOR_LAYER + 2 * (int)encoder->layer + 1);
    const float *const input = layer_input(encoder, encoder->layer);
    for (size_t i = 0; i < sentence.count; i++)
        bend_gates(layer->gates + (sentence.first + i) * 6 * hidden, bias, hidden);
    for (size_t direction = 0; direction < 2; direction++) {
        const float *before = NULL;
        for (size_t i = 0; i < sentence.count; i++) {
            const size_t row =
                sentence.first + (direction == 0 ? i : sentence.count - 1 - i);
            const float *const z = layer->gates + (row * 6 + direction * 3) * hidden;
            const float *const f = z + hidden, *const r = f + hidden;
            float *const state = layer->states + (row * 2 + direction) * hidden;
            float *const output = layer->output + (row * 2 + direction) * hidden;
            for (size_t j = 0; j < hidden; j++)
                state[j] =
                    (before == NULL ? 0.0F : f[j] * before[j]) + (1.0F - f[j]) * z[j];
            if (encoder->layer == 0) {
                for (size_t j = 0; j < hidden; j++) output[j] = r[j] * state[j];
            } else {
                const float *const x = input + (row * 2 + direction) * hidden;
                for (size_t j = 0; j < hidden; j++)
                    output[j] = r[j] * state[j] + (1.0F - r[j]) * x[j];
            }
            before = state;
        }
    }
    for (size_t i = 0; i < sentence.count; i++) {
        const size_t row = sentence.first + i;
        drop(encoder, 12 + encoder->layer, row, layer->output + row * 2 * hidden,
             layer->mask + row * 2 * hidden, 2 * hidden);
    }
}

static size_t row_pieces(const train_encoder *encoder) {
    return (words_of(encoder) + ROWS_A_PIECE - 1) / ROWS_A_PIECE;
}

static void add_bias(float *rows, size_t count, const float *bias, size_t width) {
    for (size_t row = 0; row < count; row++)
        for (size_t i = 0; i < width; i++) rows[row * width + i] += bias[i];
}

void train_encode(train_encoder *encoder, const train_batch *batch, float dropout,
                  float text_dropout, uint64_t seed) {
    const train_net *const net = encoder->net;
    const size_t words = batch->items.count, hidden = net->shape.hidden;
    make_room(encoder, words);
    encoder->batch = batch;
    encoder->dropout = dropout;
    encoder->text_dropout = text_dropout;
    encoder->seed = seed;
    train_pool_run(encoder->pool, row_pieces(encoder), look_up, encoder);
    for (uint32_t i = 0; i < net->shape.layers; i++) {
        const size_t width = train_layer_input(net, i);
        encoder->layer = i;
        train_multiply(
            encoder->pool, &encoder->scratch, words, 6 * hidden, width,
            (train_view){layer_input(encoder, i), width, false},
            (train_view){train_weights(net, TENSOR_LAYER + 2 * (int)i), width, true},
            encoder->layers[i].gates, 6 * hidden, false);
        train_pool_run(encoder->pool, batch->sentences.count, scan_sentence, encoder);
    }
    train_multiply(encoder->pool, &encoder->scratch, words, net->questions.all,
                   2 * hidden, (train_view){train_encoded(encoder), 2 * hidden, false},
                   (train_view){train_weights(net, TENSOR_QUESTIONS), 2 * hidden, true},
                   encoder->answers, net->questions.all, false);
    add_bias(encoder->answers, words, train_weights(net, TENSOR_QUESTIONS_BIAS),
             net->questions.all);
    memset(train_encoded_slope(encoder), 0, words * 2 * hidden * sizeof(float));
}

float *train_encoded(const train_encoder *encoder) {
    return encoder->layers[encoder->net->shape.layers - 1].output;
}

float *train_encoded_slope(const train_encoder *encoder) {
    return encoder->layers[encoder->net->shape.layers - 1].output_slope;
}

/* --- Backwards --- */

/* Where the slope of layer's input is gathered. */
static float *input_slope(const train_encoder *encoder, uint32_t layer) {
    return layer == 0 ? encoder->input_slope : encoder->layers[layer - 1].output_slope;
}

/* Slopes of one word in one direction: `gates` turn into the slopes of their sums. */
typedef struct word_back {
    float *restrict gates;   /* z, f and r */
    float *restrict carried; /* slope of the state, from the word after */
    const float *restrict state;
    const float *restrict before; /* state of the word before */
    const float *restrict slope;  /* of the output */
    const float *restrict input;  /* what passes by; NULL in the lowest layer */
    float *restrict below;        /* slope of it */
} word_back;

static inline void step_back(const word_back *word, size_t hidden, bool passes_by) {
    float *restrict const z = word->gates, *restrict const f = z + hidden,
                          *restrict const r = f + hidden;
    float *restrict const carried = word->carried, *restrict const below = word->below;
    const float *restrict const state = word->state, *restrict const before =
                                                         word->before;
    const float *restrict const slope = word->slope, *restrict const input = word->input;
    for (size_t j = 0; j < hidden; j++) {
        const float of_r = slope[j] * (passes_by ? state[j] - input[j] : state[j]);
        if (passes_by) below[j] = slope[j] * (1.0F - r[j]);
        const float of_state = carried[j] + slope[j] * r[j];
        const float of_f = of_state * (before[j] - z[j]);
        const float of_z = of_state * (1.0F - f[j]);
        carried[j] = of_state * f[j];
        z[j] = of_z * (1.0F - z[j] * z[j]);
        f[j] = of_f * f[j] * (1.0F - f[j]);
        r[j] = of_r * r[j] * (1.0F - r[j]);
    }
}

static void scan_back(const train_encoder *encoder, const train_asked *sentence,
                      size_t direction) {
    static const float NONE[MTC_MOST_HIDDEN];
    const size_t hidden = encoder->net->shape.hidden;
    const train_layer *const layer = &encoder->layers[encoder->layer];
    const float *const input = layer_input(encoder, encoder->layer);
    float *const below = input_slope(encoder, encoder->layer);
    float carried[MTC_MOST_HIDDEN] = {0};
    for (size_t i = sentence->count; i-- > 0;) {
        const size_t row =
            sentence->first + (direction == 0 ? i : sentence->count - 1 - i);
        const size_t place = (row * 2 + direction) * hidden;
        const size_t back = direction == 0 ? place - 2 * hidden : place + 2 * hidden;
        word_back word = {.gates = layer->gates + (row * 6 + direction * 3) * hidden,
                          .carried = carried,
                          .state = layer->states + place,
                          .before = i == 0 ? NONE : layer->states + back,
                          .slope = layer->output_slope + place};
        if (encoder->layer == 0) {
            step_back(&word, hidden, false);
        } else {
            word.input = input + place;
            word.below = below + place;
            step_back(&word, hidden, true);
        }
    }
}

static void scan_sentence_back(void *context, size_t piece) {
    train_encoder *const encoder = context;
    const train_layer *const layer = &encoder->layers[encoder->layer];
    const train_asked *const sentence = &encoder->batch->sentences.at[piece];
    const size_t width = 2 * encoder->net->shape.hidden;
    if (drops(encoder)) {
        for (size_t i = sentence->first * width;
             i < (sentence->first + sentence->count) * width; i++)
            layer->output_slope[i] *= layer->mask[i];
    }
    scan_back(encoder, sentence, 0);
    scan_back(encoder, sentence, 1);
}

static void sum_rows(const float *rows, size_t count, size_t width, float *sums) {
    for (size_t row = 0; row < count; row++)
        for (size_t i = 0; i < width; i++) sums[i] += rows[row * width + i];
}

/* weights' slope += slopesᵀ · inputs, and inputs' slope (+)= slopes · weights. */
static void multiply_back(train_encoder *encoder, int tensor, const float *slopes,
                          const float *inputs, float *inputs_slope, bool add) {
    const train_net *const net = encoder->net;
    const size_t words = words_of(encoder), rows = net->tensors[tensor].rows,
                 columns = net->tensors[tensor].columns;
    train_multiply(encoder->pool, &encoder->scratch, rows, columns, words,
                   (train_view){slopes, rows, true}, (train_view){inputs, columns, false},
                   train_slope(net, tensor), columns, true);
    train_multiply(encoder->pool, &encoder->scratch, words, columns, rows,
                   (train_view){slopes, rows, false},
                   (train_view){train_weights(net, tensor), columns, false}, inputs_slope,
                   columns, add);
    sum_rows(slopes, words, rows, train_slope(net, tensor + 1));
}

static void look_up_back(train_encoder *encoder) {
    const train_net *const net = encoder->net;
    for (size_t row = 0; row < words_of(encoder); row++) {
        float *from = encoder->input_slope + row * net->input;
        const float *const mask = encoder->input_mask + row * net->input;
        if (drops(encoder))
            for (size_t i = 0; i < net->input; i++) from[i] *= mask[i];
        for (int i = 0; i < MTC_FEATURES; i++) {
            const size_t width = net->shape.width[i];
            float *const to = train_slope(net, TENSOR_FEATURE + i) +
                              encoder->batch->items.at[row].features.row[i] * width;
            for (size_t j = 0; j < width; j++) to[j] += from[j];
            from += width;
        }
    }
}

void train_encode_back(train_encoder *encoder) {
    multiply_back(encoder, TENSOR_QUESTIONS, encoder->answer_slope,
                  train_encoded(encoder), train_encoded_slope(encoder), true);
    for (uint32_t layer = encoder->net->shape.layers; layer-- > 0;) {
        encoder->layer = layer;
        train_pool_run(encoder->pool, encoder->batch->sentences.count, scan_sentence_back,
                       encoder);
        multiply_back(encoder, TENSOR_LAYER + 2 * (int)layer,
                      encoder->layers[layer].gates, layer_input(encoder, layer),
                      input_slope(encoder, layer), layer > 0);
    }
    look_up_back(encoder);
}
