/* measure.h: how good a model is, in figures. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include "language/network/network.h"
#include "mtcheck-train/corpus.h"

typedef struct bench_model {
    mtc_network *network;
    mtc_kernel kernel;
} bench_model;

/* --- Against treebanks --- */

/* Prints UPOS, UAS, LAS (universal relations, punctuation counted) and the share of right
 * roots of a treebank with gold words. */
void bench_treebank(const bench_model *model, const char *name, const char *path);

/* --- Spoilt text --- */

/* One word list a sentence. */
typedef struct bench_sentence {
    uint32_t *forms;
    uint32_t count;
    uint32_t pool; /* where it is from */
} bench_sentence;

typedef struct bench_pool {
    train_forms forms;
    struct {
        bench_sentence *at;
        size_t count, capacity;
    } sentences;
    struct {
        mtc_str *at;
        size_t count, capacity;
    } names;
    uint32_t news; /* the first parts: held-out text, as the outputs are calibrated for */
} bench_pool;

/* Held-out text (the half kept for reports) and treebanks under `data`; `eval` (may be
 * NULL): a folder of clean articles. */
void bench_pool_read(bench_pool *pool, const train_lists *lists, const char *data,
                     const char *eval);
void bench_pool_free(bench_pool *pool);

/* Ways to harm a sentence; those that ask for a gap lie behind BENCH_FIRST_GAP. */
#define BENCH_HARMS(X)                                                                   \
    X(SHUFFLED, "window of five shuffled", FOREIGN, 5)                                   \
    X(SWAPPED, "two words swapped", FOREIGN, 5)                                          \
    X(REPLACED, "three content words replaced", FOREIGN, 5)                              \
    X(ARGUMENT, "argument replaced by the other", FOREIGN, 5)                            \
    X(VERB, "verb or auxiliary dropped", GAP, 2)                                         \
    X(STOP, "stop between two sentences dropped", BOUNDARY, 1)                           \
    X(CAPITAL, "capital in mid-sentence", SMALL, 1)

typedef enum bench_harm {
#define X(name, text, output, alarms) BENCH_##name,
    BENCH_HARMS(X)
#undef X
        BENCH_HARM_COUNT
} bench_harm;

enum { BENCH_MOST_WORDS = 256 };

/* A harmed sentence and the places where an alarm is right (inclusive): words, or gaps
 * before words. */
typedef struct bench_harmed {
    uint32_t forms[BENCH_MOST_WORDS];
    uint32_t count;
    uint32_t first, last;
    uint8_t wrong[BENCH_MOST_WORDS]; /* 1: this word, or the gap before it, is the harm */
} bench_harmed;

/* False: the sentence cannot be harmed in this way. Depends on `seed` alone. */
bool bench_harm_sentence(bench_harm harm, bench_pool *pool, size_t sentence,
                         uint64_t seed, bench_harmed *ret_harmed);

/* Prints, for each harm, how much is found at the stated rate of alarms on sound
 * sentences, the alarms of each part of the pool, and how well each output is calibrated
 * on the news of the pool where one sentence in fifty is harmed, in all these ways alike.
 */
void bench_doubts(const bench_model *model, bench_pool *pool);

/* Prints words per second of every path this processor has. */
void bench_speed(const bench_model *model, const bench_pool *pool);

#endif
