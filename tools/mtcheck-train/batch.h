/* batch.h: what one step of the training reads: some sentences, and what is asked of
 * each.
 */
#ifndef TRAIN_BATCH_H
#define TRAIN_BATCH_H

#include "corpus.h"

enum { TRAIN_NO_GUESS = UINT32_MAX };

typedef struct train_item {
    mtc_word_features features;
    train_mark mark;
    uint32_t guess;     /* class of the masked word; TRAIN_NO_GUESS */
    uint8_t token_bits; /* answers: 1 << MTC_OUTPUT_FOREIGN … */
    uint8_t gap_bits;   /* of the gap before the word: 1 << MTC_OUTPUT_GAP … */
} train_item;

typedef struct train_asked {
    uint32_t first, count;
    bool tags, tree, outputs;
    uint8_t end_gap_bits; /* of the gap behind the last word */
} train_asked;

typedef struct train_batch {
    struct {
        train_item *at;
        size_t count, capacity;
    } items;
    struct {
        train_asked *at;
        size_t count, capacity;
    } sentences;
    uint32_t text_from; /* from this item on: plain text */
} train_batch;

static inline void train_batch_clear(train_batch *batch) {
    batch->items.count = 0;
    batch->sentences.count = 0;
    batch->text_from = 0;
}

#endif
