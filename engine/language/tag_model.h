/* tag_model.h: the tag model as engine/language/tagger.c reads it; nobody else does. */
#ifndef MTC_LANGUAGE_TAG_MODEL_H
#define MTC_LANGUAGE_TAG_MODEL_H

#include <sodium/crypto_hash_sha256.h>

#include "language/tagger.h"

enum {
    MTC_MOST_STATES = 48,
    MTC_MOST_READINGS = 6, /* of one token */
    MTC_LONGEST_ENDING = 4 /* letters, as the model has them */
};

typedef struct {
    uint8_t state;
    float weight;
} mtc_reading;

typedef struct {
    mtc_reading at[MTC_MOST_READINGS];
    uint32_t count;
} mtc_readings;

typedef struct {
    float share[MTC_TAG_CLASSES]; /* sum 1 */
} mtc_ending_shares;

struct mtc_tagger {
    mtc_str names[MTC_MOST_STATES];
    uint8_t class_of[MTC_MOST_STATES];
    uint32_t state_count;
    uint8_t edge, comma, stop, colon, quote, bracket, dash, other, genitive, clause;
    uint8_t open[MTC_TAG_CLASSES]; /* the state of a class that no function word splits */
    float *counts;                 /* state³, then probabilities */
    float single[MTC_MOST_STATES]; /* share of each state */
    mtc_wordset function_words; /* word -> index into word_readings as payload length */
    MTC_VECTOR(mtc_readings) word_readings;
    mtc_wordset endings; /* "l" or "C" and the ending */
    MTC_VECTOR(mtc_ending_shares) ending_list;
    const mtc_wordset *function_list;
    unsigned char digest[crypto_hash_sha256_BYTES];
};

/* A payload that is an index: its length says it, its bytes are never read. */
static inline size_t mtc_payload_index(const mtc_wordset_entry *entry) {
    return entry->payload.len - 1;
}

static inline float *mtc_follow(const mtc_tagger *tagger, uint32_t a, uint32_t b,
                                uint32_t c) {
    return &tagger->counts[(a * MTC_MOST_STATES + b) * MTC_MOST_STATES + c];
}

#endif
