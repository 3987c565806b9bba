/* train.h: the training itself, step by step, with checkpoints. */
#ifndef TRAIN_TRAIN_H
#define TRAIN_TRAIN_H

#include "feed.h"
#include "losses.h"
#include "optimise.h"

/* All data of a recipe in memory; the recipe must outlive it. */
typedef struct train_data {
    train_forms forms;
    train_inventory inventory;
    train_corpus text, trees, tagged, dev;
} train_data;

void train_data_read(train_data *data, const train_recipe *recipe);
void train_data_free(train_data *data);

void train_net_for(train_net *net, const train_recipe *recipe, const train_data *data);

/* Runs all steps from where the checkpoint (NULL: none is kept) stands. `say` gets a line
 * now and then; it may be NULL. Stops after `most` steps of this run (0: no limit): false
 * where the training is not at its end. */
bool train_run(train_net *net, const train_recipe *recipe, const train_data *data,
               unsigned threads, const char *checkpoint, uint64_t most,
               void (*say)(const char *line));

/* Shares of right answers on annotated sentences: float network, greedy heads. */
typedef struct train_scores {
    double upos, tags, uas, las;
    size_t words;
} train_scores;

train_scores train_measure(const train_net *net, const train_data *data,
                           const train_corpus *corpus, unsigned threads);

#endif
