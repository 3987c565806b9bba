/* recipe.h: everything that decides a training besides the data: one text file.
 *
 *   NAME NUMBER                  one of TRAIN_NUMBERS
 *   corruption NAME SHARE        one of TRAIN_CORRUPTIONS
 *   source FILE SHARE            a file of plain text, one paragraph a line
 *   apart FILE SHARE             such a file that is not trained on, calibrated on by
 * half slips FILE                   in the recipe's own folder, see slips.h: no sound
 * text treebank FILE | dev FILE | tagged FILE abbreviations | verbs | functions WORD ...
 * see lists.h
 *
 * Other paths are relative to the folder of the data. Empty lines and lines from `#` on
 * are skipped.
 */
#ifndef TRAIN_RECIPE_H
#define TRAIN_RECIPE_H

#include <stdint.h>

#include "lists.h"

/* name, value where the recipe is silent */
#define TRAIN_NUMBERS(X)                                                                 \
    X(seed, 1)                                                                           \
    X(words, 40000)  /* rows of the word table */                                        \
    X(classes, 4096) /* masked words with a class of their own */                        \
    X(least_tag, 10) /* occurrences that make a tag */                                   \
    X(width_word, 88)                                                                    \
    X(width_suffix4, 24)                                                                 \
    X(width_suffix3, 24)                                                                 \
    X(width_suffix2, 16)                                                                 \
    X(width_prefix3, 16)                                                                 \
    X(width_shape, 16)                                                                   \
    X(width_repeat, 8)                                                                   \
    X(layers, 4)                                                                         \
    X(hidden, 160)                                                                       \
    X(arc, 64)                                                                           \
    X(label, 64)                                                                         \
    X(token, 64)                                                                         \
    X(gap, 64)                                                                           \
    X(look, 64)         /* hidden width of the second look; 0: none */                   \
    X(look_steps, 4000) /* steps of 64 sentences in which it is learnt */                \
    X(look_rate_per_million, 2000)                                                       \
    X(text_steps, 4000)              /* steps on plain text alone */                     \
    X(all_steps, 6000)               /* steps on everything */                           \
    X(more_steps, 0)                 /* then, mostly on spoilt text */                   \
    X(more_rate_percent, 60)         /* their first rate, of the full one */             \
    X(more_text_words, 3000)         /* words of such a step on plain text */            \
    X(more_trees_percent, 20)        /* of those words: sentences of the treebanks */    \
    X(batch_words, 2500)             /* words of a step on plain text */                 \
    X(more_text_dropout_percent, 15) /* dropout of those words */                        \
    X(marked_words, 900)      /* words of a step on annotated text, beside those */      \
    X(trees_percent, 15)      /* of the plain text then: sentences of the treebanks */   \
    X(rate_per_million, 2000) /* learning rate · 10⁶ */                               \
    X(warm_steps, 200)        /* in which the rate rises */                              \
    X(dropout_percent, 15)                                                               \
    X(guess_percent, 50)       /* of the plain text: masked words are guessed */         \
    X(guess_percent_later, 25) /* the same in the steps on everything */                 \
    X(tagged_percent, 25)      /* of the annotated words: tags only */                   \
    X(calibrate_sources, 3) /* so many of the sources, the first, are calibrated on */   \
    X(clean_percent, 40)    /* of the spoilt text: left as it was */                     \
    X(checkpoint_steps, 500)

#define TRAIN_CORRUPTIONS(X)                                                             \
    X(shuffle)                                                                           \
    X(swap)                                                                              \
    X(replace)                                                                           \
    X(insert)                                                                            \
    X(loop)                                                                              \
    X(argument)                                                                          \
    X(drop_verb)                                                                         \
    X(drop_word)                                                                         \
    X(cut)                                                                               \
    X(drop_stop)                                                                         \
    X(insert_stop)                                                                       \
    X(raise)                                                                             \
    X(lower)

enum train_corruption {
#define X(name) TRAIN_SPOIL_##name,
    TRAIN_CORRUPTIONS(X)
#undef X
        TRAIN_SPOILS
};

typedef struct train_file {
    char *path;
    uint32_t share;
} train_file;

typedef struct train_files {
    train_file *at;
    size_t count, capacity;
} train_files;

typedef struct train_recipe {
#define X(name, value) uint32_t name;
    TRAIN_NUMBERS(X)
#undef X
    uint32_t spoil_share[TRAIN_SPOILS];
    train_files sources, apart, treebanks, dev, tagged, slips;
    train_lists lists;
} train_recipe;

/* Dies with the line where the recipe is wrong. */
void train_recipe_read(train_recipe *recipe, const char *path, const char *data_folder);
void train_recipe_free(train_recipe *recipe);

#endif
