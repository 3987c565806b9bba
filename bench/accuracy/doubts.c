/* doubts.c: what the network finds in harmed sentences, and what it says of sound ones.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure.h"
#include "mtcheck-train/memory.h"

enum {
    OUTPUT_FOREIGN = MTC_OUTPUT_FOREIGN,
    OUTPUT_SMALL = MTC_OUTPUT_SMALL,
    OUTPUT_GAP = MTC_TOKEN_OUTPUTS + MTC_OUTPUT_GAP,
    OUTPUT_BOUNDARY = MTC_TOKEN_OUTPUTS + MTC_OUTPUT_BOUNDARY,
    SOUND_A_POOL = 4000, /* sentences asked of each part of the pool */
    HARMED = 1200,       /* sentences of each harm */
    TOGETHER = 64,
    SEED = 20,
    PRIOR_ONE_IN = 50
};

static const struct {
    const char *text;
    int output, alarms; /* alarms in 1,000 sound sentences */
} HARMS[] = {
#define X(name, text, output, alarms) {text, OUTPUT_##output, alarms},
    BENCH_HARMS(X)
#undef X
};

static const char *const OUTPUT_NAMES[MTC_OUTPUTS] = {"foreign body", "lost capital",
                                                      "wrong capital", "gap", "boundary"};

/* One answer, with what it should have been. */
typedef struct answer {
    int16_t value;
    bool wrong;
    bool harmed; /* in a harmed sentence */
} answer;

typedef struct answer_list {
    answer *at;
    size_t count, capacity;
} answer_list;

/* A sentence's strongest doubt, inside the harm and everywhere. */
typedef struct verdict {
    int16_t inside, most;
    uint32_t pool, sentence, place; /* place of the strongest */
    bool slip;
} verdict;

typedef struct verdicts {
    verdict *at;
    size_t count, capacity;
} verdicts;

typedef struct session {
    const bench_model *model;
    bench_pool *pool;
    answer_list answers[MTC_OUTPUTS];
    verdicts sound[MTC_OUTPUTS];
    verdicts harmed[BENCH_HARM_COUNT];
} session;

typedef struct question {
    bench_harmed sentence;
    uint32_t pool, number;
    bool slip;
} question;

static int16_t value_of(const mtc_reading *reading, uint32_t word, int output) {
    return output < MTC_TOKEN_OUTPUTS
               ? reading->words[word].doubts[output]
               : reading->words[word].gaps[output - MTC_TOKEN_OUTPUTS];
}

/* A boundary before the first word says nothing. */
static verdict judge(const mtc_reading *reading, uint32_t first, const question *asked,
                     int output) {
    const bench_harmed *const sentence = &asked->sentence;
    verdict made = {INT16_MIN, INT16_MIN, asked->pool, asked->number, 0, asked->slip};
    for (uint32_t i = output == OUTPUT_BOUNDARY ? 1 : 0; i < sentence->count; i++) {
        const int16_t value = value_of(reading, first + i, output);
        if (value > made.most) {
            made.most = value;
            made.place = i;
        }
        if (i >= sentence->first && i <= sentence->last && value > made.inside)
            made.inside = value;
    }
    return made;
}

static void note(answer_list *answers, const mtc_reading *reading, uint32_t first,
                 const bench_harmed *sentence, int output, bool harmed, bool meant) {
    for (uint32_t i = 0; i < sentence->count; i++) {
        const answer made = {value_of(reading, first + i, output),
                             meant && sentence->wrong[i] != 0, harmed};
        train_push(answers, made);
    }
}

/* harm BENCH_HARM_COUNT: the sentences are sound. */
static void ask(session *self, const question *questions, uint32_t count, int harm) {
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 20, 256U << 20);
    mtc_budget budget = mtc_budget_unlimited();
    uint32_t lengths[TOGETHER];
    mtc_str words[TOGETHER * BENCH_MOST_WORDS];
    uint32_t all = 0;
    for (uint32_t s = 0; s < count; s++) {
        lengths[s] = questions[s].sentence.count;
        for (uint32_t i = 0; i < lengths[s]; i++)
            words[all++] = self->pool->forms.at[questions[s].sentence.forms[i]].text;
    }
    mtc_reading reading;
    if (mtc_network_read(self->model->network, self->model->kernel, words, lengths, count,
                         &arena, &budget, &reading) != MTC_OK)
        train_die("no memory");
    for (uint32_t s = 0; s < count; s++) {
        const uint32_t first = reading.sentences[s].first;
        const bench_harmed *const sentence = &questions[s].sentence;
        for (int output = 0; output < MTC_OUTPUTS; output++) {
            const bool sound = harm == BENCH_HARM_COUNT;
            const bool meant = !sound && HARMS[harm].output == output;
            if (questions[s].pool < self->pool->news && !questions[s].slip)
                note(&self->answers[output], &reading, first, sentence, output, !sound,
                     meant);
            if (!sound && !meant) continue;
            const verdict made = judge(&reading, first, &questions[s], output);
            train_push(sound ? &self->sound[output] : &self->harmed[harm], made);
        }
    }
    mtc_arena_fini(&arena);
}

static void ask_sound(session *self) {
    question *const questions = train_zeroed(TOGETHER, sizeof *questions);
    uint32_t count = 0, taken = 0;
    for (size_t s = 0; s < self->pool->sentences.count; s++) {
        const bench_sentence *const from = &self->pool->sentences.at[s];
        if (s > 0 && from->pool != self->pool->sentences.at[s - 1].pool) taken = 0;
        if (taken++ >= SOUND_A_POOL) continue;
        questions[count] = (question){.sentence = {.count = from->count},
                                      .pool = from->pool,
                                      .number = (uint32_t)s,
                                      .slip = from->slip};
        memcpy(questions[count++].sentence.forms, from->forms,
               from->count * sizeof *from->forms);
        if (count < TOGETHER) continue;
        ask(self, questions, count, BENCH_HARM_COUNT);
        count = 0;
    }
    if (count > 0) ask(self, questions, count, BENCH_HARM_COUNT);
    free(questions);
}

/* Every so many sentences one, so that all parts of the pool are harmed. */
static void ask_harmed(session *self, bench_harm harm) {
    question *const questions = train_zeroed(TOGETHER, sizeof *questions);
    const size_t step = 1 + self->pool->sentences.count / (HARMED * 2);
    uint32_t count = 0, done = 0;
    for (size_t s = (size_t)harm; s < self->pool->sentences.count && done < HARMED;
         s += step) {
        if (self->pool->sentences.at[s].slip ||
            !bench_harm_sentence(harm, self->pool, s, SEED, &questions[count].sentence))
            continue;
        questions[count++].pool = self->pool->sentences.at[s].pool;
        done++;
        if (count < TOGETHER) continue;
        ask(self, questions, count, (int)harm);
        count = 0;
    }
    if (count > 0) ask(self, questions, count, (int)harm);
    free(questions);
}

/* --- What is found --- */

static int falling(const void *a, const void *b) {
    const verdict *const left = a, *const right = b;
    return left->most > right->most ? -1 : left->most < right->most;
}

/* Upper end of the 95 % interval of a share (Wilson 1927). */
static double wilson_upper(size_t yes, size_t all) {
    const double z = 1.96, n = (double)all, p = (double)yes / n;
    return (p + z * z / (2 * n) + z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) /
           (1 + z * z / n);
}

static void print_alarms(const session *self, int output, int16_t threshold) {
    for (uint32_t pool = 0; pool < self->pool->names.count; pool++) {
        size_t alarms = 0, all = 0;
        for (size_t i = 0; i < self->sound[output].count; i++) {
            const verdict *const sound = &self->sound[output].at[i];
            if (sound->pool != pool || sound->slip) continue;
            all++;
            alarms += sound->most > threshold;
        }
        if (all > 0)
            printf("    %-18s %6.2f in 1,000 sound sentences, at most %.2f (%zu)\n",
                   self->pool->names.at[pool].ptr, 1000.0 * (double)alarms / (double)all,
                   1000.0 * wilson_upper(alarms, all), all);
    }
}

/* What the strongest alarm but the stated share of them says; `sound` falls. */
static int16_t threshold_at(const verdicts *sound, int alarms, bool with_slips) {
    size_t count = 0;
    for (size_t i = 0; i < sound->count; i++) count += with_slips || !sound->at[i].slip;
    size_t rank = count * (size_t)alarms / 1000;
    for (size_t i = 0; i < sound->count; i++)
        if ((with_slips || !sound->at[i].slip) && rank-- == 0) return sound->at[i].most;
    return INT16_MAX;
}

static double found_above(const verdicts *harmed, int16_t threshold) {
    size_t found = 0;
    for (size_t i = 0; i < harmed->count; i++) found += harmed->at[i].inside > threshold;
    return 100.0 * (double)found / (double)(harmed->count == 0 ? 1 : harmed->count);
}

static void print_found(session *self, int harm) {
    const int output = HARMS[harm].output, alarms = HARMS[harm].alarms;
    verdicts *const sound = &self->sound[output];
    qsort(sound->at, sound->count, sizeof *sound->at, falling);
    const int16_t threshold = threshold_at(sound, alarms, false);
    printf("%s, at %d alarms in 1,000: found %.1f %% of %zu (answer above %.2f; %.1f %% "
           "with the authors' slips among the sound)\n",
           HARMS[harm].text, alarms, found_above(&self->harmed[harm], threshold),
           self->harmed[harm].count, (double)threshold / (1 << MTC_SUM_BITS),
           found_above(&self->harmed[harm], threshold_at(sound, alarms, true)));
    if (harm == 0 || HARMS[harm - 1].output != output)
        print_alarms(self, output, threshold);
}

static bool has_harm(int output) {
    for (int harm = 0; harm < BENCH_HARM_COUNT; harm++)
        if (HARMS[harm].output == output) return true;
    return false;
}

/* The strongest alarms of an output, the place marked, and the name of the sentence. */
static void list_alarms(const session *self, int output, size_t listed) {
    const verdicts *const sound = &self->sound[output];
    for (size_t i = 0; i < sound->count && listed > 0; i++) {
        if (sound->at[i].slip) continue;
        listed--;
        const bench_sentence *const from =
            &self->pool->sentences.at[sound->at[i].sentence];
        printf("%s\t%016llx\t%.2f\t", OUTPUT_NAMES[output],
               (unsigned long long)bench_sentence_name(self->pool, from),
               (double)sound->at[i].most / (1 << MTC_SUM_BITS));
        for (uint32_t j = 0; j < from->count; j++)
            printf("%s%s ", j == sound->at[i].place ? "▶" : "",
                   self->pool->forms.at[from->forms[j]].text.ptr);
        printf("\n");
    }
}

/* --- Calibration --- */

static int rising(const void *a, const void *b) {
    const answer *const left = a, *const right = b;
    return left->value < right->value ? -1 : left->value > right->value;
}

/* Weight of an answer, so that one sentence in PRIOR_ONE_IN is harmed. */
typedef struct shares {
    double sound, harmed;
} shares;

/* Share of pairs of a wrong and a right place that the answers put in the right order. */
static double area(const answer_list *answers, shares weights) {
    double right_below = 0, pairs = 0, wrong_all = 0;
    for (size_t i = 0; i < answers->count;) {
        double right = 0, wrong = 0;
        const int16_t value = answers->at[i].value;
        for (; i < answers->count && answers->at[i].value == value; i++) {
            const double weight = answers->at[i].harmed ? weights.harmed : weights.sound;
            if (answers->at[i].wrong)
                wrong += weight;
            else
                right += weight;
        }
        pairs += wrong * (right_below + right / 2);
        right_below += right;
        wrong_all += wrong;
    }
    return pairs / (wrong_all * right_below);
}

typedef struct reliability {
    double error, stated, real; /* of all predictions of at least 0.2 */
} reliability;

/* Mean distance of stated and real share over predictions of at least 0.2, in bins of 200
 * answers. */
static reliability calibration_error(const session *self, int output,
                                     const answer_list *answers, shares weights) {
    double error = 0, mass = 0, bin_mass = 0, stated = 0, real = 0, all_stated = 0,
           all_real = 0;
    size_t in_bin = 0;
    for (size_t i = 0; i < answers->count; i++) {
        const double p =
            (double)mtc_network_calibrated(self->model->network, (uint32_t)output,
                                           answers->at[i].value) /
            65535;
        if (p >= 0.2) {
            const double weight = answers->at[i].harmed ? weights.harmed : weights.sound;
            bin_mass += weight;
            stated += weight * p;
            real += answers->at[i].wrong ? weight : 0;
            in_bin++;
        }
        if (in_bin < 200 && !(i + 1 == answers->count && in_bin > 0)) continue;
        error += fabs(stated - real);
        all_stated += stated;
        all_real += real;
        mass += bin_mass;
        in_bin = 0;
        bin_mass = stated = real = 0;
    }
    if (mass == 0) return (reliability){0};
    return (reliability){error / mass, all_stated / mass, all_real / mass};
}

static size_t count_news(const session *self, const verdicts *list) {
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        count += list->at[i].pool < self->pool->news && !list->at[i].slip;
    return count;
}

static void print_calibration(session *self, int output) {
    answer_list *const answers = &self->answers[output];
    size_t harmed = 0;
    bool meant = false;
    for (int harm = 0; harm < BENCH_HARM_COUNT; harm++) {
        harmed += count_news(self, &self->harmed[harm]);
        meant = meant || HARMS[harm].output == output;
    }
    if (!meant) return;
    const shares weights = {(1.0 - 1.0 / PRIOR_ONE_IN) /
                                (double)count_news(self, &self->sound[output]),
                            1.0 / PRIOR_ONE_IN / (double)harmed};
    qsort(answers->at, answers->count, sizeof *answers->at, rising);
    double brier = 0, mass = 0;
    for (size_t i = 0; i < answers->count; i++) {
        const double weight = answers->at[i].harmed ? weights.harmed : weights.sound;
        const double p =
            (double)mtc_network_calibrated(self->model->network, (uint32_t)output,
                                           answers->at[i].value) /
            65535;
        const double miss = p - (answers->at[i].wrong ? 1 : 0);
        brier += weight * miss * miss;
        mass += weight;
    }
    const reliability found = calibration_error(self, output, answers, weights);
    printf("calibration, %-13s ECE %.3f (says %.3f, is %.3f)  Brier %.6f  AUC %.4f\n",
           OUTPUT_NAMES[output], found.error, found.stated, found.real, brier / mass,
           area(answers, weights));
}

void bench_doubts(const bench_model *model, bench_pool *pool, size_t listed) {
    session *const self = train_zeroed(1, sizeof *self);
    self->model = model;
    self->pool = pool;
    bench_pool_parse(pool, model);
    ask_sound(self);
    for (int harm = 0; harm < BENCH_HARM_COUNT; harm++)
        ask_harmed(self, (bench_harm)harm);
    for (int harm = 0; harm < BENCH_HARM_COUNT; harm++) print_found(self, harm);
    for (int output = 0; output < MTC_OUTPUTS; output++)
        if (has_harm(output)) list_alarms(self, output, listed);
    for (int output = 0; output < MTC_OUTPUTS; output++) print_calibration(self, output);
    for (int output = 0; output < MTC_OUTPUTS; output++) {
        free(self->answers[output].at);
        free(self->sound[output].at);
    }
    for (int harm = 0; harm < BENCH_HARM_COUNT; harm++) free(self->harmed[harm].at);
    free(self);
}
