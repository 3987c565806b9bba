/* feed.h: sentences into batches. */
#ifndef TRAIN_FEED_H
#define TRAIN_FEED_H

#include "batch.h"
#include "random.h"
#include "recipe.h"

typedef struct train_feed {
    const train_recipe *recipe;
    const train_corpus *text; /* plain */
    const train_corpus *trees, *tagged;
    uint32_t *first_of_source; /* sentence; one more than there are sources */
    uint32_t share_sum;
} train_feed;

void train_feed_init(train_feed *feed, const train_recipe *recipe,
                     const train_corpus *text, const train_corpus *trees,
                     const train_corpus *tagged);
void train_feed_free(train_feed *feed);

/* Adds about `words` words to the batch: text with masked words to be guessed, or spoilt
 * text; `trees_percent` of the sentences are those of the treebanks. */
void train_feed_text(const train_feed *feed, train_random *random, uint32_t words,
                     uint32_t guess_percent, uint32_t trees_percent, train_batch *batch);
/* Adds about `words` words of annotated sentences. */
void train_feed_marked(const train_feed *feed, train_random *random, uint32_t words,
                       train_batch *batch);

/* One annotated sentence as it stands; `random` NULL: no word is hidden. */
void train_feed_sentence(const train_corpus *corpus, size_t sentence,
                         train_random *random, train_batch *batch);

#endif
