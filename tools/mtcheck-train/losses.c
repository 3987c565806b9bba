#include "losses.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "activation.h"
#include "memory.h"

void train_losses_init(train_losses *losses, train_encoder *encoder,
                       const train_inventory *inventory) {
    *losses = (train_losses){.encoder = encoder, .inventory = inventory};
}

static void drop_buffers(train_losses *losses) {
    float *const buffers[] = {losses->dependent,
                              losses->head,
                              losses->turned,
                              losses->label,
                              losses->dependent_slope,
                              losses->head_slope,
                              losses->turned_slope,
                              losses->label_slope,
                              losses->logits,
                              losses->logits_slope,
                              losses->bent,
                              losses->bent_slope,
                              losses->distance,
                              losses->root};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) free(buffers[i]);
    free(losses->sums);
}

void train_losses_free(train_losses *losses) {
    drop_buffers(losses);
    free(losses->guess);
    free(losses->guess_slope);
    free(losses->guess_rows);
    free(losses->guess_rows_slope);
    free(losses->guess_items);
}

void train_losses_begin(train_losses *losses) {
    const size_t words = losses->encoder->batch->items.count;
    if (words <= losses->capacity) return;
    drop_buffers(losses);
    losses->capacity = words + words / 2;
    const mtc_network_shape *const shape = &losses->encoder->net->shape;
    const size_t rows = losses->capacity;
    const size_t widest = shape->relations > 16 ? shape->relations : 16;
    const size_t bent = shape->token > shape->gap ? shape->token : shape->gap;
    losses->dependent = train_floats(rows * shape->arc);
    losses->head = train_floats(rows * shape->arc);
    losses->turned = train_floats(rows * shape->arc);
    losses->label = train_floats(rows * shape->label);
    losses->dependent_slope = train_floats(rows * shape->arc);
    losses->head_slope = train_floats(rows * shape->arc);
    losses->turned_slope = train_floats(rows * shape->arc);
    losses->label_slope = train_floats(rows * shape->label);
    losses->logits = train_floats(2 * rows * widest);
    losses->logits_slope = train_floats(2 * rows * widest);
    losses->bent = train_floats(2 * rows * bent); /* at most one gap more a sentence */
    losses->bent_slope = train_floats(2 * rows * bent);
    losses->distance = train_floats(rows * MTC_DISTANCE_BIASES);
    losses->root = train_floats(rows * shape->arc);
    losses->sums = train_zeroed(rows, sizeof *losses->sums);
}

float *train_answers_of(const train_losses *losses, size_t word) {
    return losses->encoder->answers + word * losses->encoder->net->questions.all;
}

float *train_slopes_of(const train_losses *losses, size_t word) {
    return losses->encoder->answer_slope + word * losses->encoder->net->questions.all;
}

/* Turns values into probabilities; returns the logarithm of their sum before. */
float train_soften(float *values, size_t count) {
    float top = values[0];
    for (size_t i = 1; i < count; i++) top = values[i] > top ? values[i] : top;
    float sum = 0.0F;
    for (size_t i = 0; i < count; i++) {
        values[i] = train_exp(values[i] - top);
        sum += values[i];
    }
    for (size_t i = 0; i < count; i++) values[i] /= sum;
    return top + logf(sum);
}

static double sum_of_sentences(const train_losses *losses) {
    double sum = 0;
    for (size_t i = 0; i < losses->encoder->batch->sentences.count; i++)
        sum += losses->sums[i];
    return sum;
}

/* --- Tags --- */

static bool has_tag(const train_mark *mark) {
    return mark->tag != TRAIN_NO_TAG || mark->xpos != TRAIN_NO_XPOS;
}

static double tags_of_word(train_losses *losses, const train_mark *mark,
                           const float *answers, float *slopes) {
    const size_t count = losses->inventory->tags.count;
    memcpy(slopes, answers, count * sizeof *slopes);
    (void)train_soften(slopes, count);
    float right = 0.0F;
    for (size_t i = 0; i < count; i++) {
        const bool fits = mark->tag != TRAIN_NO_TAG
                              ? mark->tag == i
                              : losses->inventory->xpos_of_tag[i] == mark->xpos;
        if (fits) right += slopes[i];
    }
    right = right < 1e-9F ? 1e-9F : right;
    for (size_t i = 0; i < count; i++) {
        const bool fits = mark->tag != TRAIN_NO_TAG
                              ? mark->tag == i
                              : losses->inventory->xpos_of_tag[i] == mark->xpos;
        slopes[i] = losses->scale * (slopes[i] - (fits ? slopes[i] / right : 0.0F));
    }
    return -log((double)right);
}

static void tags_of_sentence(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    const mtc_question_rows rows = losses->encoder->net->questions;
    losses->sums[piece] = 0;
    for (size_t i = sentence.first; i < sentence.first + sentence.count; i++) {
        const train_mark *const mark = &losses->encoder->batch->items.at[i].mark;
        float *const slopes = train_slopes_of(losses, i) + rows.tags;
        memset(slopes, 0, (rows.all - rows.tags) * sizeof *slopes);
        if (sentence.tags && has_tag(mark))
            losses->sums[piece] += tags_of_word(
                losses, mark, train_answers_of(losses, i) + rows.tags, slopes);
    }
}

static size_t count_words(const train_losses *losses, bool tree) {
    size_t count = 0;
    const train_batch *const batch = losses->encoder->batch;
    for (size_t i = 0; i < batch->sentences.count; i++)
        if (tree ? batch->sentences.at[i].tree : batch->sentences.at[i].tags)
            count += batch->sentences.at[i].count;
    return count == 0 ? 1 : count;
}

double train_loss_tags(train_losses *losses, float weight) {
    const size_t count = count_words(losses, false);
    losses->scale = weight / (float)count;
    train_pool_run(losses->encoder->pool, losses->encoder->batch->sentences.count,
                   tags_of_sentence, losses);
    return sum_of_sentences(losses) / (double)count;
}

/* --- Heads --- */

static void bend_arcs(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    const mtc_question_rows rows = losses->encoder->net->questions;
    const size_t arc = losses->encoder->net->shape.arc;
    for (size_t i = sentence.first; i < sentence.first + sentence.count; i++) {
        const float *const answers = train_answers_of(losses, i);
        for (size_t j = 0; j < arc; j++) {
            losses->dependent[i * arc + j] = train_tanh(answers[rows.dependent + j]);
            losses->head[i * arc + j] = train_tanh(answers[rows.head + j]);
        }
    }
}

void train_arcs_prepare(train_losses *losses) {
    const train_encoder *const encoder = losses->encoder;
    const size_t arc = encoder->net->shape.arc, words = encoder->batch->items.count;
    train_pool_run(encoder->pool, encoder->batch->sentences.count, bend_arcs, losses);
    train_multiply(encoder->pool, &losses->encoder->scratch, words, arc, arc,
                   (train_view){losses->dependent, arc, false},
                   (train_view){train_weights(encoder->net, TENSOR_ARC), arc, true},
                   losses->turned, arc, false);
    const float *const bias = train_weights(encoder->net, TENSOR_ARC_BIAS);
    for (size_t i = 0; i < words * arc; i++) losses->turned[i] += bias[i % arc];
}

static float dot(const float *a, const float *b, size_t count) {
    float sum = 0.0F;
    for (size_t i = 0; i < count; i++) sum += a[i] * b[i];
    return sum;
}

static size_t distance_of(size_t dependent, size_t head) {
    const int most = MTC_DISTANCES / 2;
    const long apart = (long)head - (long)dependent;
    return (size_t)((apart < -most ? -most : apart > most ? most : apart) + most);
}

/* Scores of all heads of word i of a sentence; the root comes last. */
static void score_heads(const train_losses *losses, const train_asked *sentence, size_t i,
                        const float *bent_root, float *scores) {
    const size_t arc = losses->encoder->net->shape.arc;
    const float *const distance = train_weights(losses->encoder->net, TENSOR_DISTANCE);
    const float *const turned = losses->turned + (sentence->first + i) * arc;
    for (size_t j = 0; j < sentence->count; j++)
        scores[j] = j == i
                        ? -1e9F
                        : dot(turned, losses->head + (sentence->first + j) * arc, arc) +
                              distance[distance_of(i, j)];
    scores[sentence->count] = dot(turned, bent_root, arc) + distance[MTC_DISTANCE_ROOT];
}

static void bend_root(const train_net *net, float bent[256]) {
    const float *const root = train_weights(net, TENSOR_ROOT);
    for (size_t j = 0; j < net->shape.arc; j++) bent[j] = train_tanh(root[j]);
}

static void arcs_of_sentence(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    const size_t arc = losses->encoder->net->shape.arc;
    const size_t begin = sentence.first * arc, size = sentence.count * arc;
    float *const distances = losses->distance + piece * MTC_DISTANCE_BIASES;
    float *const root_slope = losses->root + piece * arc;
    memset(losses->turned_slope + begin, 0, size * sizeof(float));
    memset(losses->head_slope + begin, 0, size * sizeof(float));
    memset(distances, 0, MTC_DISTANCE_BIASES * sizeof *distances);
    memset(root_slope, 0, arc * sizeof *root_slope);
    losses->sums[piece] = 0;
    if (!sentence.tree) return;
    float root[256];
    bend_root(losses->encoder->net, root);
    float *const scores = train_zeroed(sentence.count + 1, sizeof *scores);
    for (size_t i = 0; i < sentence.count; i++) {
        score_heads(losses, &sentence, i, root, scores);
        (void)train_soften(scores, sentence.count + 1);
        const uint16_t gold =
            losses->encoder->batch->items.at[sentence.first + i].mark.head;
        const size_t right =
            gold == TRAIN_ROOT || gold >= sentence.count ? sentence.count : gold;
        losses->sums[piece] -= log((double)scores[right] + 1e-12);
        scores[right] -= 1.0F;
        const float *const turned = losses->turned + (sentence.first + i) * arc;
        float *const turned_slope = losses->turned_slope + (sentence.first + i) * arc;
        for (size_t j = 0; j <= sentence.count; j++) {
            const float slope = losses->scale * scores[j];
            const bool is_root = j == sentence.count;
            const float *const head =
                is_root ? root : losses->head + (sentence.first + j) * arc;
            float *const head_slope =
                is_root ? root_slope : losses->head_slope + (sentence.first + j) * arc;
            distances[is_root ? MTC_DISTANCE_ROOT : distance_of(i, j)] += slope;
            for (size_t k = 0; k < arc; k++) {
                turned_slope[k] += slope * head[k];
                head_slope[k] += slope * turned[k];
            }
        }
    }
    free(scores);
}

static void arcs_back(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    const mtc_question_rows rows = losses->encoder->net->questions;
    const size_t arc = losses->encoder->net->shape.arc;
    for (size_t i = sentence.first; i < sentence.first + sentence.count; i++) {
        float *const slopes = train_slopes_of(losses, i);
        for (size_t j = 0; j < arc; j++) {
            const float d = losses->dependent[i * arc + j], h = losses->head[i * arc + j];
            slopes[rows.dependent + j] =
                losses->dependent_slope[i * arc + j] * (1.0F - d * d);
            slopes[rows.head + j] = losses->head_slope[i * arc + j] * (1.0F - h * h);
        }
    }
}

/* The slopes that all sentences share, one sentence after the other. */
static void gather_shared(train_losses *losses) {
    const train_net *const net = losses->encoder->net;
    const size_t arc = net->shape.arc;
    float root[256], *const root_slope = train_slope(net, TENSOR_ROOT);
    bend_root(net, root);
    for (size_t i = 0; i < losses->encoder->batch->sentences.count; i++) {
        for (size_t j = 0; j < MTC_DISTANCE_BIASES; j++)
            train_slope(net, TENSOR_DISTANCE)[j] +=
                losses->distance[i * MTC_DISTANCE_BIASES + j];
        for (size_t j = 0; j < arc; j++)
            root_slope[j] += losses->root[i * arc + j] * (1.0F - root[j] * root[j]);
    }
}

/* out = in · weightsᵀ + bias for `rows` rows. */
void train_apply(train_losses *losses, int tensor, size_t rows, const float *in,
                 float *out) {
    const train_net *const net = losses->encoder->net;
    const size_t width = net->tensors[tensor].rows, depth = net->tensors[tensor].columns;
    train_multiply(losses->encoder->pool, &losses->encoder->scratch, rows, width, depth,
                   (train_view){in, depth, false},
                   (train_view){train_weights(net, tensor), depth, true}, out, width,
                   false);
    const float *const bias = train_weights(net, tensor + 1);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < width; j++) out[i * width + j] += bias[j];
}

void train_apply_back(train_losses *losses, int tensor, size_t rows, const float *in,
                      const float *out_slope, float *in_slope) {
    const train_net *const net = losses->encoder->net;
    const size_t width = net->tensors[tensor].rows, depth = net->tensors[tensor].columns;
    train_multiply(losses->encoder->pool, &losses->encoder->scratch, width, depth, rows,
                   (train_view){out_slope, width, true}, (train_view){in, depth, false},
                   train_slope(net, tensor), depth, true);
    train_multiply(losses->encoder->pool, &losses->encoder->scratch, rows, depth, width,
                   (train_view){out_slope, width, false},
                   (train_view){train_weights(net, tensor), depth, false}, in_slope,
                   depth, false);
    float *const bias = train_slope(net, tensor + 1);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < width; j++) bias[j] += out_slope[i * width + j];
}

double train_loss_arcs(train_losses *losses, float weight) {
    const train_encoder *const encoder = losses->encoder;
    const size_t count = count_words(losses, true), words = encoder->batch->items.count;
    losses->scale = weight / (float)count;
    train_arcs_prepare(losses);
    train_pool_run(encoder->pool, encoder->batch->sentences.count, arcs_of_sentence,
                   losses);
    gather_shared(losses);
    train_apply_back(losses, TENSOR_ARC, words, losses->dependent, losses->turned_slope,
                     losses->dependent_slope);
    train_pool_run(encoder->pool, encoder->batch->sentences.count, arcs_back, losses);
    return sum_of_sentences(losses) / (double)count;
}

/* --- Relations --- */

static void bend_label(const train_losses *losses, const train_asked *sentence, size_t i,
                       size_t head, float *to) {
    const mtc_question_rows rows = losses->encoder->net->questions;
    const float *const own =
        train_answers_of(losses, sentence->first + i) + rows.label_dependent;
    const float *const other =
        head >= sentence->count
            ? train_weights(losses->encoder->net, TENSOR_LABEL_ROOT)
            : train_answers_of(losses, sentence->first + head) + rows.label_head;
    for (size_t j = 0; j < losses->encoder->net->shape.label; j++)
        to[j] = train_tanh(own[j] + other[j]);
}

static size_t gold_head(const train_losses *losses, const train_asked *sentence,
                        size_t i) {
    const uint16_t head = losses->encoder->batch->items.at[sentence->first + i].mark.head;
    return head == TRAIN_ROOT || head >= sentence->count ? sentence->count : head;
}

double train_loss_labels(train_losses *losses, float weight) {
    const train_encoder *const encoder = losses->encoder;
    const train_batch *const batch = encoder->batch;
    const size_t label = encoder->net->shape.label,
                 relations = encoder->net->shape.relations;
    const size_t words = batch->items.count, count = count_words(losses, true);
    const mtc_question_rows rows = encoder->net->questions;
    for (size_t s = 0; s < batch->sentences.count; s++)
        for (size_t i = 0; i < batch->sentences.at[s].count; i++)
            bend_label(losses, &batch->sentences.at[s], i,
                       gold_head(losses, &batch->sentences.at[s], i),
                       losses->label + (batch->sentences.at[s].first + i) * label);
    train_apply(losses, TENSOR_LABEL, words, losses->label, losses->logits);
    double sum = 0;
    for (size_t s = 0; s < batch->sentences.count; s++) {
        const train_asked *const sentence = &batch->sentences.at[s];
        for (size_t i = sentence->first; i < sentence->first + sentence->count; i++) {
            float *const slopes = losses->logits_slope + i * relations;
            memset(slopes, 0, relations * sizeof *slopes);
            if (!sentence->tree) continue;
            memcpy(slopes, losses->logits + i * relations, relations * sizeof *slopes);
            (void)train_soften(slopes, relations);
            sum -= log((double)slopes[batch->items.at[i].mark.relation] + 1e-12);
            slopes[batch->items.at[i].mark.relation] -= 1.0F;
            for (size_t j = 0; j < relations; j++) slopes[j] *= weight / (float)count;
        }
    }
    train_apply_back(losses, TENSOR_LABEL, words, losses->label, losses->logits_slope,
                     losses->label_slope);
    for (size_t i = 0; i < words; i++)
        memset(train_slopes_of(losses, i) + rows.label_head, 0, label * sizeof(float));
    for (size_t s = 0; s < batch->sentences.count; s++) {
        const train_asked *const sentence = &batch->sentences.at[s];
        for (size_t i = 0; i < sentence->count; i++) {
            const size_t word = sentence->first + i,
                         head = gold_head(losses, sentence, i);
            float *const own = train_slopes_of(losses, word) + rows.label_dependent;
            float *const other =
                head == sentence->count
                    ? train_slope(encoder->net, TENSOR_LABEL_ROOT)
                    : train_slopes_of(losses, sentence->first + head) + rows.label_head;
            for (size_t j = 0; j < label; j++) {
                const float bent = losses->label[word * label + j];
                const float slope =
                    losses->label_slope[word * label + j] * (1.0F - bent * bent);
                own[j] = slope;
                other[j] += slope;
            }
        }
    }
    return sum / (double)count;
}

void train_arcs_best(train_losses *losses, const train_asked *sentence,
                     uint32_t *ret_heads, uint32_t *ret_relations) {
    const train_net *const net = losses->encoder->net;
    float root[256], bent[256];
    bend_root(net, root);
    float *const scores = train_zeroed(sentence->count + 1, sizeof *scores);
    for (size_t i = 0; i < sentence->count; i++) {
        score_heads(losses, sentence, i, root, scores);
        size_t best = sentence->count;
        for (size_t j = 0; j < sentence->count; j++)
            if (scores[j] > scores[best]) best = j;
        bend_label(losses, sentence, i, best, bent);
        const float *const weights = train_weights(net, TENSOR_LABEL);
        const float *const bias = train_weights(net, TENSOR_LABEL_BIAS);
        float top = -1e9F;
        for (uint32_t j = 0; j < net->shape.relations; j++) {
            const float score =
                dot(bent, weights + j * net->shape.label, net->shape.label) + bias[j];
            if (score > top) {
                top = score;
                ret_relations[i] = j;
            }
        }
        ret_heads[i] = (uint32_t)best;
    }
    free(scores);
}
