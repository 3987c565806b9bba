/* spoil.h: clean sentences spoilt on purpose, as broken translations are, with the
 * answers that the network should give. */
#ifndef TRAIN_SPOIL_H
#define TRAIN_SPOIL_H

#include "corpus.h"
#include "random.h"
#include "recipe.h"

typedef struct train_draft_word {
    uint32_t form;
    uint8_t token_bits, gap_bits; /* as in train_item */
} train_draft_word;

enum { TRAIN_DRAFT_MOST = 256 };

typedef struct train_draft {
    train_draft_word words[TRAIN_DRAFT_MOST];
    uint32_t count;
    uint8_t end_gap_bits;
} train_draft;

/* The sentence as it stands. */
void train_draft_take(train_draft *draft, const train_corpus *corpus, size_t sentence);

/* Spoils it in one of the ways of the recipe, drawn by their shares. False: the sentence
 * has no place for that (it is then unchanged). `sentence` is where it came from: the way
 * drop_stop joins it with the one behind it. */
bool train_draft_spoil(train_draft *draft, const train_corpus *corpus, size_t sentence,
                       const uint32_t *shares, train_random *random);

/* The first word begins with a small letter, as people write who do not care: no sign
 * that a word was moved. */
void train_draft_lower_first(train_draft *draft, const train_corpus *corpus);

/* Leaves one word out, which is a gap. */
void train_draft_leave_out(train_draft *draft, uint32_t word);

/* One stretch of words takes the place of another; they do not overlap. False: they are
 * alike, or the sentence would become too long. */
bool train_draft_put_again(train_draft *draft, uint32_t from, uint32_t from_count,
                           uint32_t to, uint32_t to_count);

/* The one way, and nothing beside it: the sentence behind a dropped stop keeps its
 * capital. */
bool train_draft_spoil_by(train_draft *draft, const train_corpus *corpus, size_t sentence,
                          enum train_corruption way, train_random *random);

#endif
