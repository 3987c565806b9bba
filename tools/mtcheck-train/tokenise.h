/* tokenise.h: plain text into the words of Universal Dependencies, sentence by sentence.
 *
 * Simple on purpose: it reads clean, edited text, one paragraph a line.
 */
#ifndef TRAIN_TOKENISE_H
#define TRAIN_TOKENISE_H

#include <stdbool.h>

#include "lists.h"

typedef struct train_words {
    mtc_str *at;
    size_t count, capacity;
} train_words;

/* Takes the next sentence of the paragraph: its words are appended to `words` (emptied
 * first) and point into the text. False: nothing is left. */
bool train_next_sentence(const train_lists *lists, mtc_str *paragraph,
                         train_words *words);

#endif
