/* features.h: what the network sees of a word.
 *
 * A word form is known to the network by its own row of the word table, where it is among
 * the words the model was trained on, and by rows of small tables that many words share:
 * its endings, its beginning and its shape; and it is told where the same word stands
 * nearby, which an encoder of this size cannot find out by itself. Trainer and inference
 * both call this code, so that they cannot drift apart.
 */
#ifndef MTC_LANGUAGE_NETWORK_FEATURES_H
#define MTC_LANGUAGE_NETWORK_FEATURES_H

#include "base/str.h"

enum {
    MTC_FEATURE_WORD,
    MTC_FEATURE_SUFFIX4,
    MTC_FEATURE_SUFFIX3,
    MTC_FEATURE_SUFFIX2,
    MTC_FEATURE_PREFIX3,
    MTC_FEATURE_SHAPE,
    MTC_FEATURE_REPEAT,
    MTC_FEATURES
};

/* Rows of the word table that stand for no word of the vocabulary. */
enum { MTC_ROW_UNKNOWN, MTC_ROW_MASKED, MTC_ROWS_RESERVED };

enum {
    MTC_SUFFIX4_ROWS = 8192,
    MTC_SUFFIX3_ROWS = 8192,
    MTC_SUFFIX2_ROWS = 2048,
    MTC_PREFIX3_ROWS = 8192,
    MTC_SHAPE_ROWS = 1024,
    MTC_REPEAT_ROWS = 36, /* how far before × how far behind, six classes each */
};

/* How far around a word the same one is looked for. */
enum { MTC_REPEAT_REACH = 40 };

typedef struct mtc_word_features {
    uint64_t key; /* mtc_word_key; 0: a masked word */
    uint32_t row[MTC_FEATURES];
} mtc_word_features;

/* Sorted, distinct hashes of the words that have a row of their own: the word with
 * hashes[i] has row MTC_ROWS_RESERVED + i. */
typedef struct mtc_vocabulary {
    const uint64_t *hashes;
    uint32_t count;
} mtc_vocabulary;

/* Hash of the form by which the vocabulary knows it: lower case, curly marks straight,
 * every digit 0. */
uint64_t mtc_word_key(mtc_str form);

/* All but the repetition, which is the row of a word that stands alone.
 * `first`: it is the first word of its sentence (where a capital says less). The form is
 * valid UTF-8; only its first and last bytes count where it is very long. */
mtc_word_features mtc_word_features_of(mtc_str form, bool first,
                                       const mtc_vocabulary *vocabulary);

/* The nearest word before `i` that has its key, at most MTC_REPEAT_REACH away; `i`
 * itself: there is none. A key of 0 is like no other. */
uint32_t mtc_same_word_before(const uint64_t *keys, uint32_t i);

/* Rows of MTC_FEATURE_REPEAT for the words of one piece. */
void mtc_word_features_repeat(const uint64_t *keys, uint32_t count, uint32_t *ret_rows);

/* What a masked word shows: nothing. */
mtc_word_features mtc_word_features_masked(void);

#endif
