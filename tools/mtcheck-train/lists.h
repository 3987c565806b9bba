/* lists.h: the few words of the language that reading and spoiling its text must know.
 * They stand in the recipe. */
#ifndef TRAIN_LISTS_H
#define TRAIN_LISTS_H

#include <stdbool.h>

#include "base/str.h"

typedef struct train_list {
    char **at;
    size_t count, capacity;
} train_list;

typedef struct train_lists {
    train_list abbreviations; /* a full stop behind one of these belongs to it */
    train_list verbs;         /* auxiliaries, copulas, modal verbs */
    train_list functions;     /* articles and the like: words that are missed at once */
} train_lists;

/* ASCII letters are compared without case. */
static inline bool train_list_has(const train_list *list, mtc_str word) {
    for (size_t i = 0; i < list->count; i++)
        if (mtc_str_equal_ignoring_ascii_case(word, mtc_str_of(list->at[i]))) return true;
    return false;
}

#endif
