#include "look.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "activation.h"
#include "memory.h"
#include "random.h"

enum { LOWERED_ONE_IN = 13 };

static const float KEEP_MEAN = 0.9F, KEEP_SQUARE = 0.999F, TINY = 1e-8F;
/* Larger ones do not fit the model's matrices. */
static const float LARGEST = 7.0F;
/* Sound sentences count more, as far as they are more: what matters is what stands out
 * among thousands of them. */
static const float SOUND_WEIGHT = 8.0F;

/* One row of numbers that are learnt together: weights, slopes and Adam's means (Kingma
 * and Ba 2015). */
typedef struct row {
    float *at, *slope, *mean, *square;
    size_t count;
} row;

typedef struct learner {
    train_look *look;
    row weights, bias, out, out_bias;
    uint64_t step;
    double loss;
    size_t words;
} learner;

static row row_of(float *at, size_t count) {
    return (row){at, train_floats(count), train_floats(count), train_floats(count),
                 count};
}

static void free_row(row *self) {
    free(self->slope);
    free(self->mean);
    free(self->square);
}

static void move(row *self, float rate, uint64_t step) {
    const float mean_part = 1.0F / (1.0F - powf(KEEP_MEAN, (float)step));
    const float square_part = 1.0F / (1.0F - powf(KEEP_SQUARE, (float)step));
    for (size_t i = 0; i < self->count; i++) {
        const float g = self->slope[i];
        self->mean[i] = KEEP_MEAN * self->mean[i] + (1.0F - KEEP_MEAN) * g;
        self->square[i] = KEEP_SQUARE * self->square[i] + (1.0F - KEEP_SQUARE) * g * g;
        float value = self->at[i] - rate * self->mean[i] * mean_part /
                                        (sqrtf(self->square[i] * square_part) + TINY);
        value = value > LARGEST ? LARGEST : value < -LARGEST ? -LARGEST : value;
        self->at[i] = value;
        self->slope[i] = 0.0F;
    }
}

/* --- One word --- */

typedef struct word {
    const int8_t *seen;
    float answers[MTC_OUTPUTS]; /* of the first look */
    uint32_t bits;
    float weight;
} word;

static void learn_word(learner *self, const word *asked) {
    const train_look *const look = self->look;
    const size_t columns = look->columns, hidden = look->hidden;
    float seen[MTC_MOST_HIDDEN], bent[MTC_MOST_HIDDEN], back[MTC_MOST_HIDDEN] = {0};
    for (size_t k = 0; k < columns; k++) seen[k] = (float)asked->seen[k] / 128.0F;
    for (size_t j = 0; j < hidden; j++) {
        const float *const weights = look->weights + j * columns;
        float sum = look->bias[j];
        for (size_t k = 0; k < columns; k++) sum += weights[k] * seen[k];
        bent[j] = train_tanh(sum);
    }
    for (size_t o = 0; o < MTC_OUTPUTS; o++) {
        const float *const weights = look->out + o * hidden;
        float sum = asked->answers[o] + look->out_bias[o];
        for (size_t j = 0; j < hidden; j++) sum += weights[j] * bent[j];
        const float p = train_sigmoid(sum);
        const bool yes = (asked->bits >> o & 1) != 0;
        self->loss -= (double)asked->weight * log((double)(yes ? p : 1.0F - p) + 1e-9);
        const float slope = asked->weight * (p - (yes ? 1.0F : 0.0F));
        self->out_bias.slope[o] += slope;
        for (size_t j = 0; j < hidden; j++) {
            self->out.slope[o * hidden + j] += slope * bent[j];
            back[j] += slope * weights[j];
        }
    }
    for (size_t j = 0; j < hidden; j++) {
        const float slope = back[j] * (1.0F - bent[j] * bent[j]);
        float *const slopes = self->weights.slope + j * columns;
        self->bias.slope[j] += slope;
        for (size_t k = 0; k < columns; k++) slopes[k] += slope * seen[k];
    }
    self->words++;
}

static void learn_from(learner *self, const train_questions *questions,
                       const mtc_reading *reading, const int8_t *seen) {
    size_t words = 0;
    for (uint32_t i = 0; i < questions->count; i++) words += questions->at[i].count;
    for (uint32_t i = 0; i < questions->count; i++) {
        const uint32_t first = reading->sentences[i].first;
        for (uint32_t j = 0; j < questions->at[i].count; j++) {
            const train_draft_word *const from = &questions->at[i].words[j];
            const mtc_word_reading *const read = &reading->words[first + j];
            word asked = {
                .seen = seen + (size_t)(first + j) * self->look->columns,
                .bits = from->token_bits | (uint32_t)from->gap_bits << MTC_TOKEN_OUTPUTS,
                .weight = (questions->spoilt[i] ? 1.0F : SOUND_WEIGHT) / (float)words};
            for (int k = 0; k < MTC_TOKEN_OUTPUTS; k++)
                asked.answers[k] = (float)read->doubts[k] / (1 << MTC_SUM_BITS);
            for (int k = 0; k < MTC_GAP_OUTPUTS; k++)
                asked.answers[MTC_TOKEN_OUTPUTS + k] =
                    (float)read->gaps[k] / (1 << MTC_SUM_BITS);
            learn_word(self, &asked);
        }
    }
}

/* --- All --- */

static train_look new_look(const train_recipe *recipe, uint32_t columns) {
    train_look look = {.columns = columns, .hidden = recipe->look};
    look.weights = train_floats((size_t)look.hidden * columns);
    look.bias = train_floats(look.hidden);
    look.out = train_floats((size_t)MTC_OUTPUTS * look.hidden);
    look.out_bias = train_floats(MTC_OUTPUTS);
    train_random random = train_random_of(recipe->seed, 5, 0);
    const float bound = sqrtf(3.0F / (float)columns);
    for (size_t i = 0; i < (size_t)look.hidden * columns; i++)
        look.weights[i] = (2.0F * train_random_unit(&random) - 1.0F) * bound;
    return look;
}

train_look train_look_learn(const train_reservoir *text, const char *path,
                            void (*say)(const char *line)) {
    const train_recipe *const recipe = text->recipe;
    mtc_network *network;
    mtc_error error = {0};
    if (mtc_network_load(path, &network, &error) != MTC_OK)
        train_die("%s %s", path, error.message);
    train_look look =
        new_look(recipe, mtc_look_columns(&mtc_network_model(network)->shape));
    learner self = {.look = &look,
                    .weights = row_of(look.weights, (size_t)look.hidden * look.columns),
                    .bias = row_of(look.bias, look.hidden),
                    .out = row_of(look.out, (size_t)MTC_OUTPUTS * look.hidden),
                    .out_bias = row_of(look.out_bias, MTC_OUTPUTS)};
    train_questions *const questions = train_zeroed(1, sizeof *questions);
    const uint32_t steps = text->shares > 0 ? recipe->look_steps : 0;
    for (uint32_t step = 0; step < steps; step++) {
        mtc_arena arena;
        const int8_t *seen;
        mtc_arena_init(&arena, 1 << 20, 256U << 20);
        train_questions_draw(text, network, TRAIN_TO_LEARN, step, questions);
        /* Sound ones and spoilt ones: a small first letter is no sign of either. */
        for (uint32_t i = 0; i < questions->count; i += LOWERED_ONE_IN)
            train_draft_lower_first(&questions->at[i], text->corpus);
        const mtc_reading reading =
            train_questions_ask(text, network, questions, &arena, &seen);
        learn_from(&self, questions, &reading, seen);
        mtc_arena_fini(&arena);
        const float rate = (float)recipe->look_rate_per_million * 1e-6F *
                           (1.0F - (float)step / (float)(steps + 1));
        self.step++;
        move(&self.weights, rate, self.step);
        move(&self.bias, rate, self.step);
        move(&self.out, rate, self.step);
        move(&self.out_bias, rate, self.step);
        if ((step + 1) % 500 != 0) continue;
        char line[128];
        (void)snprintf(line, sizeof line, "second look, step %u: %.5f (%zu words)",
                       step + 1, self.loss / 500, self.words);
        if (say != NULL) say(line);
        self.loss = 0;
    }
    free(questions);
    free_row(&self.weights);
    free_row(&self.bias);
    free_row(&self.out);
    free_row(&self.out_bias);
    mtc_network_free(network);
    return look;
}

void train_look_free(train_look *look) {
    free(look->weights);
    free(look->bias);
    free(look->out);
    free(look->out_bias);
    *look = (train_look){0};
}
