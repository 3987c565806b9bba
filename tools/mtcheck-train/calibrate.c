#include "calibrate.h"

#include <stdlib.h>

#include "language/network/network.h"
#include "memory.h"
#include "reader.h"
#include "spoil.h"

enum {
    SENTENCES = 60000,
    SPOILT_ONE_IN = 50,
    TOGETHER = 64,
    BINS = MTC_CALIBRATION_KNOTS - 1
};

/* Weighed right and all answers of an output in each bin of a quarter of a logit. */
typedef struct curve {
    double yes[BINS], all[BINS];
} curve;

typedef struct drafts {
    train_draft at[TOGETHER];
    bool spoilt[TOGETHER];
    uint32_t count;
} drafts;

static int bin_of(int16_t answer) {
    const int bin = (answer + (16 << MTC_SUM_BITS)) >> (MTC_SUM_BITS - 2);
    return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
}

static void count(curve *curves, const int16_t *answers, uint32_t bits, int outputs,
                  double weight) {
    for (int i = 0; i < outputs; i++) {
        curves[i].all[bin_of(answers[i])] += weight;
        if ((bits >> i & 1) != 0) curves[i].yes[bin_of(answers[i])] += weight;
    }
}

static void ask(const mtc_network *network, const train_forms *forms, const drafts *asked,
                curve *curves) {
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 20, 256U << 20);
    mtc_budget budget = mtc_budget_unlimited();
    uint32_t lengths[TOGETHER];
    struct {
        mtc_str *at;
        size_t count, capacity;
    } words = {0};
    for (uint32_t i = 0; i < asked->count; i++) {
        lengths[i] = asked->at[i].count;
        for (uint32_t j = 0; j < lengths[i]; j++)
            train_push(&words, forms->at[asked->at[i].words[j].form].text);
    }
    mtc_reading reading;
    if (mtc_network_read(network, mtc_kernel_best(), words.at, lengths, asked->count,
                         &arena, &budget, &reading) != MTC_OK)
        train_die("the model cannot be asked");
    for (uint32_t i = 0; i < asked->count; i++) {
        const train_draft *const draft = &asked->at[i];
        const double weight =
            asked->spoilt[i] ? 1.0 / SPOILT_ONE_IN : 1.0 - 1.0 / SPOILT_ONE_IN;
        const mtc_sentence_reading *const sentence = &reading.sentences[i];
        for (uint32_t j = 0; j < draft->count; j++) {
            const mtc_word_reading *const word = &reading.words[sentence->first + j];
            count(curves, word->doubts, draft->words[j].token_bits, MTC_TOKEN_OUTPUTS,
                  weight);
            count(curves + MTC_TOKEN_OUTPUTS, word->gaps, draft->words[j].gap_bits,
                  MTC_GAP_OUTPUTS, weight);
        }
        count(curves + MTC_TOKEN_OUTPUTS, sentence->end_gap, draft->end_gap_bits,
              MTC_GAP_OUTPUTS, weight);
    }
    free(words.at);
    mtc_arena_fini(&arena);
}

/* Isotonic regression (pool adjacent violators), then knots between neighbouring bins. */
static void fit(const curve *counted, uint16_t knots[MTC_CALIBRATION_KNOTS]) {
    double yes[BINS], all[BINS];
    int width[BINS], blocks = 0;
    for (int bin = 0; bin < BINS; bin++) {
        /* A trace of the uncalibrated curve where nothing was seen. */
        const double trace = 1e-3;
        yes[blocks] = counted->yes[bin] + trace * ((double)bin / BINS);
        all[blocks] = counted->all[bin] + trace;
        width[blocks++] = 1;
        while (blocks > 1 &&
               yes[blocks - 2] * all[blocks - 1] >= yes[blocks - 1] * all[blocks - 2]) {
            blocks--;
            yes[blocks - 1] += yes[blocks];
            all[blocks - 1] += all[blocks];
            width[blocks - 1] += width[blocks];
        }
    }
    double share[BINS];
    int bin = 0;
    for (int block = 0; block < blocks; block++)
        for (int i = 0; i < width[block]; i++) share[bin++] = yes[block] / all[block];
    for (int knot = 0; knot < MTC_CALIBRATION_KNOTS; knot++) {
        const double left = share[knot == 0 ? 0 : knot - 1];
        const double right = share[knot == BINS ? BINS - 1 : knot];
        knots[knot] = (uint16_t)(65535.0 * (left + right) / 2 + 0.5);
    }
}

/* Held-out text, and where each source begins in it. */
typedef struct held_out {
    train_corpus corpus;
    uint32_t *first; /* of each source, and the end */
    uint32_t shares; /* of the sources that hold something */
} held_out;

static void read_held_out(held_out *held, const train_recipe *recipe) {
    const size_t sources = recipe->sources.count;
    held->first = train_zeroed(sources + 1, sizeof *held->first);
    for (size_t i = 0; i < sources; i++) {
        const mtc_str text = train_read(recipe->sources.at[i].path);
        train_corpus_add_text(&held->corpus, text, TRAIN_PART_CALIBRATE, (uint16_t)i, 0);
        free((void *)(uintptr_t)text.ptr);
        held->first[i + 1] = (uint32_t)held->corpus.sentences.count;
        if (held->first[i + 1] > held->first[i])
            held->shares += recipe->sources.at[i].share;
    }
}

/* A sentence of a source, sources by their shares. */
static uint32_t draw(const held_out *held, const train_recipe *recipe,
                     train_random *random) {
    uint32_t drawn = train_random_below(random, held->shares);
    for (size_t i = 0;; i++) {
        const uint32_t count = held->first[i + 1] - held->first[i];
        if (count == 0) continue;
        if (drawn < recipe->sources.at[i].share)
            return held->first[i] + train_random_below(random, count);
        drawn -= recipe->sources.at[i].share;
    }
}

/* What the stated prior counts as spoilt: these ways, equally often. */
static const enum train_corruption WAYS[] = {
    TRAIN_SPOIL_shuffle,  TRAIN_SPOIL_swap,      TRAIN_SPOIL_replace,
    TRAIN_SPOIL_argument, TRAIN_SPOIL_drop_verb, TRAIN_SPOIL_drop_stop,
    TRAIN_SPOIL_raise,
};
enum { WAY_COUNT = sizeof WAYS / sizeof *WAYS };

train_calibration train_calibrate(const train_recipe *recipe, train_data *data,
                                  const char *path) {
    mtc_network *network;
    mtc_error error = {0};
    if (mtc_network_load(path, &network, &error) != MTC_OK)
        train_die("%s %s", path, error.message);
    held_out held = {.corpus = {.forms = &data->forms}};
    read_held_out(&held, recipe);
    curve *const curves = train_zeroed(MTC_OUTPUTS, sizeof *curves);
    drafts *const asked = train_zeroed(1, sizeof *asked);
    for (uint32_t i = 0; i < SENTENCES && held.shares > 0; i++) {
        train_random random = train_random_of(recipe->seed, 3, i);
        const uint32_t sentence = draw(&held, recipe, &random);
        train_draft *const draft = &asked->at[asked->count];
        train_draft_take(draft, &held.corpus, sentence);
        asked->spoilt[asked->count++] =
            i % 2 == 0 && train_draft_spoil_by(draft, &held.corpus, sentence,
                                               WAYS[i / 2 % WAY_COUNT], &random);
        if (asked->count < TOGETHER && i + 1 < SENTENCES) continue;
        ask(network, &data->forms, asked, curves);
        asked->count = 0;
    }
    train_calibration made;
    for (int i = 0; i < MTC_OUTPUTS; i++) fit(&curves[i], made.at[i]);
    free(asked);
    free(curves);
    free(held.first);
    train_corpus_free(&held.corpus);
    mtc_network_free(network);
    return made;
}
