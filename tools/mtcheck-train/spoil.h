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

/* The one way. */
bool train_draft_spoil_by(train_draft *draft, const train_corpus *corpus, size_t sentence,
                          enum train_corruption way, train_random *random);

#endif
