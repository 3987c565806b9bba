/* outputs.c: losses on text that was spoilt on purpose. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "activation.h"
#include "losses.h"
#include "memory.h"

/* Cross entropy of `width` yes-or-no answers; turns logits into slopes. */
static double judge(const float *logits, uint32_t bits, size_t width, float scale,
                    float *slopes) {
    double sum = 0;
    for (size_t i = 0; i < width; i++) {
        const float p = train_sigmoid(logits[i]);
        const bool yes = (bits >> i & 1) != 0;
        sum -= log((double)(yes ? p : 1.0F - p) + 1e-9);
        slopes[i] = scale * (p - (yes ? 1.0F : 0.0F));
    }
    return sum;
}

static size_t count_outputs(const train_batch *batch, bool gaps) {
    size_t count = 0;
    for (size_t i = 0; i < batch->sentences.count; i++)
        if (batch->sentences.at[i].outputs)
            count += batch->sentences.at[i].count + (gaps ? 1 : 0);
    return count == 0 ? 1 : count;
}

/* --- Words --- */

static void bend_tokens(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    const size_t width = losses->encoder->net->shape.token;
    for (size_t i = sentence.first; i < sentence.first + sentence.count; i++) {
        const float *const answers =
            train_answers_of(losses, i) + losses->encoder->net->questions.token;
        for (size_t j = 0; j < width; j++)
            losses->bent[i * width + j] = train_tanh(answers[j]);
    }
}

static void judge_tokens(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    losses->sums[piece] = 0;
    for (size_t i = sentence.first; i < sentence.first + sentence.count; i++) {
        float *const slopes = losses->logits_slope + i * MTC_TOKEN_OUTPUTS;
        memset(slopes, 0, MTC_TOKEN_OUTPUTS * sizeof *slopes);
        if (sentence.outputs)
            losses->sums[piece] += judge(losses->logits + i * MTC_TOKEN_OUTPUTS,
                                         losses->encoder->batch->items.at[i].token_bits,
                                         MTC_TOKEN_OUTPUTS, losses->scale, slopes);
    }
}

static void tokens_back(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    const size_t width = losses->encoder->net->shape.token;
    for (size_t i = sentence.first; i < sentence.first + sentence.count; i++) {
        float *const slopes =
            train_slopes_of(losses, i) + losses->encoder->net->questions.token;
        for (size_t j = 0; j < width; j++) {
            const float bent = losses->bent[i * width + j];
            slopes[j] = losses->bent_slope[i * width + j] * (1.0F - bent * bent);
        }
    }
}

static double sum_up(const train_losses *losses, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < losses->encoder->batch->sentences.count; i++)
        sum += losses->sums[i];
    return sum / (double)count;
}

double train_loss_tokens(train_losses *losses, float weight) {
    const train_batch *const batch = losses->encoder->batch;
    train_pool *const pool = losses->encoder->pool;
    const size_t count = count_outputs(batch, false);
    losses->scale = weight / (float)count;
    train_pool_run(pool, batch->sentences.count, bend_tokens, losses);
    train_apply(losses, TENSOR_TOKEN, batch->items.count, losses->bent, losses->logits);
    train_pool_run(pool, batch->sentences.count, judge_tokens, losses);
    train_apply_back(losses, TENSOR_TOKEN, batch->items.count, losses->bent,
                     losses->logits_slope, losses->bent_slope);
    train_pool_run(pool, batch->sentences.count, tokens_back, losses);
    return sum_up(losses, count);
}

/* --- Gaps: sentence s has rows first + s … first + s + count --- */

static void bend_gaps(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    const mtc_question_rows rows = losses->encoder->net->questions;
    const size_t width = losses->encoder->net->shape.gap;
    for (size_t i = 0; i <= sentence.count; i++) {
        float *const to = losses->bent + (sentence.first + piece + i) * width;
        const float *const left =
            i == 0 ? NULL
                   : train_answers_of(losses, sentence.first + i - 1) + rows.gap_left;
        const float *const right =
            i == sentence.count
                ? NULL
                : train_answers_of(losses, sentence.first + i) + rows.gap_right;
        for (size_t j = 0; j < width; j++)
            to[j] = train_tanh((left == NULL ? 0.0F : left[j]) +
                               (right == NULL ? 0.0F : right[j]));
    }
}

static void judge_gaps(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    losses->sums[piece] = 0;
    for (size_t i = 0; i <= sentence.count; i++) {
        const size_t row = sentence.first + piece + i;
        float *const slopes = losses->logits_slope + row * MTC_GAP_OUTPUTS;
        memset(slopes, 0, MTC_GAP_OUTPUTS * sizeof *slopes);
        if (!sentence.outputs) continue;
        const uint32_t bits =
            i == sentence.count
                ? sentence.end_gap_bits
                : losses->encoder->batch->items.at[sentence.first + i].gap_bits;
        losses->sums[piece] += judge(losses->logits + row * MTC_GAP_OUTPUTS, bits,
                                     MTC_GAP_OUTPUTS, losses->scale, slopes);
    }
}

static void gaps_back(void *context, size_t piece) {
    train_losses *const losses = context;
    const train_asked sentence = losses->encoder->batch->sentences.at[piece];
    const mtc_question_rows rows = losses->encoder->net->questions;
    const size_t width = losses->encoder->net->shape.gap;
    for (size_t i = 0; i <= sentence.count; i++) {
        const size_t row = sentence.first + piece + i;
        for (size_t j = 0; j < width; j++) {
            const float bent = losses->bent[row * width + j];
            const float slope =
                losses->bent_slope[row * width + j] * (1.0F - bent * bent);
            if (i > 0)
                (train_slopes_of(losses, sentence.first + i - 1) + rows.gap_left)[j] =
                    slope;
            if (i < sentence.count)
                (train_slopes_of(losses, sentence.first + i) + rows.gap_right)[j] = slope;
        }
    }
}

double train_loss_gaps(train_losses *losses, float weight) {
    const train_batch *const batch = losses->encoder->batch;
    train_pool *const pool = losses->encoder->pool;
    const size_t count = count_outputs(batch, true);
    const size_t rows = batch->items.count + batch->sentences.count;
    losses->scale = weight / (float)count;
    train_pool_run(pool, batch->sentences.count, bend_gaps, losses);
    train_apply(losses, TENSOR_GAP, rows, losses->bent, losses->logits);
    train_pool_run(pool, batch->sentences.count, judge_gaps, losses);
    train_apply_back(losses, TENSOR_GAP, rows, losses->bent, losses->logits_slope,
                     losses->bent_slope);
    train_pool_run(pool, batch->sentences.count, gaps_back, losses);
    return sum_up(losses, count);
}

/* --- Masked words --- */

static void make_guess_room(train_losses *losses, size_t count) {
    if (count <= losses->guess_capacity) return;
    const train_net *const net = losses->encoder->net;
    const size_t width = 2 * net->shape.hidden, capacity = count + count / 2;
    free(losses->guess);
    free(losses->guess_slope);
    free(losses->guess_rows);
    free(losses->guess_rows_slope);
    free(losses->guess_items);
    losses->guess = train_floats(capacity * net->classes);
    losses->guess_slope = train_floats(capacity * net->classes);
    losses->guess_rows = train_floats(capacity * width);
    losses->guess_rows_slope = train_floats(capacity * width);
    losses->guess_items = train_zeroed(capacity, sizeof *losses->guess_items);
    losses->guess_capacity = capacity;
}

static void judge_guess(void *context, size_t piece) {
    train_losses *const losses = context;
    const size_t classes = losses->encoder->net->classes;
    const uint32_t right =
        losses->encoder->batch->items.at[losses->guess_items[piece]].guess;
    float *const slopes = losses->guess_slope + piece * classes;
    memcpy(slopes, losses->guess + piece * classes, classes * sizeof *slopes);
    (void)train_soften(slopes, classes);
    losses->sums[piece] = -log((double)slopes[right] + 1e-12);
    slopes[right] -= 1.0F;
    for (size_t i = 0; i < classes; i++) slopes[i] *= losses->scale;
}

double train_loss_guess(train_losses *losses, float weight) {
    const train_encoder *const encoder = losses->encoder;
    const train_batch *const batch = encoder->batch;
    const size_t width = 2 * encoder->net->shape.hidden;
    size_t count = 0;
    for (size_t i = 0; i < batch->items.count; i++)
        if (batch->items.at[i].guess != TRAIN_NO_GUESS) count++;
    if (count == 0) return 0;
    make_guess_room(losses, count);
    count = 0;
    for (size_t i = 0; i < batch->items.count; i++) {
        if (batch->items.at[i].guess == TRAIN_NO_GUESS) continue;
        memcpy(losses->guess_rows + count * width, train_encoded(encoder) + i * width,
               width * sizeof(float));
        losses->guess_items[count++] = (uint32_t)i;
    }
    losses->scale = weight / (float)count;
    train_apply(losses, TENSOR_GUESS, count, losses->guess_rows, losses->guess);
    train_pool_run(encoder->pool, count, judge_guess, losses);
    train_apply_back(losses, TENSOR_GUESS, count, losses->guess_rows, losses->guess_slope,
                     losses->guess_rows_slope);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        float *const to = train_encoded_slope(encoder) + losses->guess_items[i] * width;
        for (size_t j = 0; j < width; j++)
            to[j] += losses->guess_rows_slope[i * width + j];
        sum += losses->sums[i];
    }
    return sum / (double)count;
}
