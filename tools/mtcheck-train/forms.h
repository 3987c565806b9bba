/* forms.h: the distinct word forms of all training data, each with what is known of it.
 *
 * A text is then an array of numbers of forms. Forms are never removed. Two forms differ
 * where one byte does.
 */
#ifndef TRAIN_FORMS_H
#define TRAIN_FORMS_H

#include "language/network/features.h"
#include "lists.h"

/* What a form is to the recipe of corruptions. */
enum train_form_flag {
    TRAIN_FORM_LOWER = 1 << 0,   /* begins with a small letter */
    TRAIN_FORM_CAPITAL = 1 << 1, /* begins with a capital and has a small letter behind */
    TRAIN_FORM_STOP = 1 << 2,    /* . ! ? */
    TRAIN_FORM_MARK = 1 << 3,    /* has neither letter nor digit */
    TRAIN_FORM_VERB = 1 << 4,    /* a form of be, have, do, or a modal verb */
    TRAIN_FORM_FUNCTION = 1 << 5, /* an article or preposition that is missed at once */
    TRAIN_FORM_DIGIT = 1 << 6,    /* begins with a digit */
    TRAIN_FORM_COMMON_VERB = 1 << 7, /* mostly a finite verb in the treebanks */
};

typedef struct train_form {
    mtc_str text;
    uint64_t key;                      /* mtc_word_key */
    uint32_t count;                    /* weighed occurrences */
    uint32_t verb_count, tagged_count; /* in tagged text: as finite verb, in all */
    uint32_t flags;
    uint32_t target;             /* class that a masked word is guessed as */
    mtc_word_features inside[2]; /* [1]: at the head of a sentence */
    uint32_t other_case; /* number of the form with its first letter of the other case;
                            0: not made yet */
} train_form;

typedef struct train_forms {
    const train_lists *lists; /* set before the first form is made */
    train_form *at;
    uint32_t count, capacity;
    uint32_t *slots;
    uint32_t slot_count;
    mtc_vocabulary vocabulary; /* set by train_forms_settle; its hashes are owned */
    uint32_t *class_of_row; /* class + 1 of a row of the vocabulary; 0: none of its own */
    uint32_t class_count;
} train_forms;

/* Number of the form; makes it where it is new. Form 0 is the empty one, which no text
 * holds. */
uint32_t train_forms_number(train_forms *forms, mtc_str text);

/* Chooses the vocabulary (the `words` most frequent keys that occur at least twice) and
 * the classes of masked words (the `classes` most frequent keys; the rest share
 * TRAIN_SHARED_CLASSES by their endings), and fills in the features of every form. */
enum { TRAIN_SHARED_CLASSES = 512 };
void train_forms_settle(train_forms *forms, uint32_t words, uint32_t classes);

/* The same word with its first letter in the other case (ASCII letters only; else the
 * same form). Only after settling. */
uint32_t train_forms_other_case(train_forms *forms, uint32_t form);

void train_forms_free(train_forms *forms);

#endif
