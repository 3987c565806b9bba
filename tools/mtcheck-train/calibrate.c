#include "calibrate.h"

#include <stdlib.h>

#include "memory.h"

enum { SENTENCES = 60000, SPOILT_ONE_IN = 50, BINS = MTC_CALIBRATION_KNOTS - 1 };

/* Weighed right and all answers of an output in each bin of a quarter of a logit. */
typedef struct curve {
    double yes[BINS], all[BINS];
} curve;

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

static void count_all(const train_questions *questions, const mtc_reading *reading,
                      curve *curves) {
    for (uint32_t i = 0; i < questions->count; i++) {
        const train_draft *const draft = &questions->at[i];
        const double weight =
            questions->spoilt[i] ? 1.0 / SPOILT_ONE_IN : 1.0 - 1.0 / SPOILT_ONE_IN;
        const mtc_sentence_reading *const sentence = &reading->sentences[i];
        for (uint32_t j = 0; j < draft->count; j++) {
            const mtc_word_reading *const word = &reading->words[sentence->first + j];
            count(curves, word->doubts, draft->words[j].token_bits, MTC_TOKEN_OUTPUTS,
                  weight);
            count(curves + MTC_TOKEN_OUTPUTS, word->gaps, draft->words[j].gap_bits,
                  MTC_GAP_OUTPUTS, weight);
        }
        count(curves + MTC_TOKEN_OUTPUTS, sentence->end_gap, draft->end_gap_bits,
              MTC_GAP_OUTPUTS, weight);
    }
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

train_calibration train_calibrate(const train_reservoir *text, const char *path) {
    mtc_network *network;
    mtc_error error = {0};
    if (mtc_network_load(path, &network, &error) != MTC_OK)
        train_die("%s %s", path, error.message);
    curve *const curves = train_zeroed(MTC_OUTPUTS, sizeof *curves);
    train_questions *const questions = train_zeroed(1, sizeof *questions);
    for (uint32_t i = 0; i < SENTENCES / TRAIN_ASKED_TOGETHER && text->shares > 0; i++) {
        mtc_arena arena;
        mtc_arena_init(&arena, 1 << 20, 256U << 20);
        train_questions_draw(text, network, TRAIN_TO_CALIBRATE, i, questions);
        const mtc_reading reading =
            train_questions_ask(text, network, questions, &arena, NULL);
        count_all(questions, &reading, curves);
        mtc_arena_fini(&arena);
    }
    train_calibration made;
    for (int i = 0; i < MTC_OUTPUTS; i++) fit(&curves[i], made.at[i]);
    free(questions);
    free(curves);
    mtc_network_free(network);
    return made;
}
