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

/* What a tree says of a word, as far as a harm asks. */
enum {
    BENCH_IS_SUBJECT = 1 << 0,
    BENCH_IS_OBJECT = 1 << 1,    /* or an oblique */
    BENCH_IS_NOUN = 1 << 2,      /* or a name */
    BENCH_IS_NAME_PART = 1 << 3, /* a compound's or a name's other words */
    BENCH_IS_VERB = 1 << 4       /* a copula, an auxiliary or a finite verb */
};

/* One word list a sentence. */
typedef struct bench_sentence {
    uint32_t *forms;
    uint16_t *heads; /* TRAIN_ROOT; NULL: there is no tree yet */
    uint8_t *roles;  /* BENCH_IS_SUBJECT … */
    uint32_t count;
    uint32_t pool; /* where it is from */
    bool slip;     /* a reader found it harmed already, by its author */
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
 * NULL): a folder of clean articles. `calibrate`: the other half of the text instead, and
 * nothing else. */
void bench_pool_read(bench_pool *pool, const train_lists *lists, const char *data,
                     const char *eval, bool calibrate);
/* Its name in a list of slips. */
uint64_t bench_sentence_name(const bench_pool *pool, const bench_sentence *sentence);

/* Marks the sentences that the file names: one a line, 16 hexadecimal digits, and what is
 * wrong with it behind a tab; lines that begin with # are skipped. */
void bench_pool_mark_slips(bench_pool *pool, const char *path);

/* Gives the sentences outside treebanks trees: what the model reads in them while they
 * are sound. */
void bench_pool_parse(bench_pool *pool, const bench_model *model);
void bench_pool_free(bench_pool *pool);

/* Ways to harm a sentence. Arguments and verbs are those of its tree: the subject said
 * again as object or oblique of its verb, or the other way round; a copula, an auxiliary
 * or a finite verb left out. All others are made of words alone. */
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

/* False: the sentence cannot be harmed in this way. Depends on `seed` and the tree alone.
 */
bool bench_harm_sentence(bench_harm harm, bench_pool *pool, size_t sentence,
                         uint64_t seed, bench_harmed *ret_harmed);

/* Prints, for each harm, how much is found at the stated rate of alarms on sound
 * sentences (and what it would be with the authors' slips counted among these), the
 * alarms of each part of the pool, and how well each output is calibrated on the news of
 * the pool where one sentence in fifty is harmed, in all these ways alike. `listed`: so
 * many of the strongest alarms of each output are printed, with their names. */
void bench_doubts(const bench_model *model, bench_pool *pool, size_t listed);

/* Prints words per second of every path this processor has. */
void bench_speed(const bench_model *model, const bench_pool *pool);

#endif
