/* slips.h: sentences of clean text that their own authors harmed.
 *
 * A reader found them among the strongest alarms. A list (models/slips.txt) names each by
 * the hash of its words, then a tab and what is wrong; lines with `#` are comments.
 */
#ifndef TRAIN_SLIPS_H
#define TRAIN_SLIPS_H

#include "corpus.h"

typedef struct train_slips {
    uint64_t *at; /* rising */
    size_t count, capacity;
} train_slips;

/* Hash of the words with a blank behind each. */
uint64_t train_sentence_name(const train_forms *forms, const uint32_t *words,
                             size_t count);

/* Dies where the file cannot be read. To be freed. */
train_slips train_slips_read(const char *path);
bool train_slips_hold(const train_slips *slips, uint64_t name);
void train_slips_free(train_slips *slips);

#endif
