/* questions.h: sentences of plain text, every second one spoilt, and what a model says of
 * them. */
#ifndef TRAIN_QUESTIONS_H
#define TRAIN_QUESTIONS_H

#include "language/network/network.h"
#include "recipe.h"
#include "spoil.h"
#include "train.h"

/* Text that sentences are drawn from. */
typedef struct train_reservoir {
    const train_recipe *recipe;
    const train_corpus *corpus; /* sentences in the order of their sources */
    train_corpus own;           /* where it was read for this */
    train_files sources;        /* with their shares; the files are borrowed */
    uint32_t *first;            /* sentence of each source, and the end */
    uint32_t shares;            /* of the sources that hold something; 0: no text */
} train_reservoir;

enum { TRAIN_ASKED_TOGETHER = 64 };

typedef struct train_questions {
    train_draft at[TRAIN_ASKED_TOGETHER];
    bool spoilt[TRAIN_ASKED_TOGETHER];
    uint32_t count;
} train_questions;

/* The text that is trained on; `data` must outlive the reservoir. */
void train_reservoir_of(train_reservoir *reservoir, const train_recipe *recipe,
                        const train_data *data);
/* The half of the held-out text that is not for reports, of the recipe's first sources
 * and of the files that it keeps apart, without the slips of their authors. */
void train_reservoir_held_out(train_reservoir *reservoir, const train_recipe *recipe,
                              train_data *data);
void train_reservoir_free(train_reservoir *reservoir);

/* Each purpose draws its own sentences. */
typedef enum train_purpose { TRAIN_TO_CALIBRATE = 3, TRAIN_TO_LEARN = 4 } train_purpose;

/* Draws a full set of sentences, sources by their shares, every second one spoilt in the
 * ways that the stated prior counts (all equally often); which words are the arguments of
 * a verb is asked of `network`. Depends on it, `purpose` and `number` alone. */
void train_questions_draw(const train_reservoir *reservoir, const mtc_network *network,
                          train_purpose purpose, uint64_t number,
                          train_questions *ret_questions);

/* What the network answers; `ret_seen` may be NULL. Memory from the arena. */
mtc_reading train_questions_ask(const train_reservoir *reservoir,
                                const mtc_network *network,
                                const train_questions *questions, mtc_arena *arena,
                                const int8_t **ret_seen);

#endif
