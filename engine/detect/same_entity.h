/* same_entity.h: what the two detectors of repeated arguments share: the one that looks
 * at words between names (same_entity.c) and the one that asks the network for the
 * arguments of a verb (arguments.c).
 */
#ifndef MTC_DETECT_SAME_ENTITY_H
#define MTC_DETECT_SAME_ENTITY_H

#include "detect/detector.h"
#include "language/mentions.h"

typedef struct mtc_same_entity {
    mtc_mention_words words;
    const mtc_wordset *functions;       /* function-words.txt */
    const mtc_wordset *verbs;           /* same-entity-verbs.txt: word, kind */
    const mtc_wordset *prepositions;    /* same-entity-prepositions.txt */
    const mtc_wordset *place_modifiers; /* place-modifiers.txt: west, new */
    const mtc_wordset *object_ends;     /* object-ends.txt: last (week) */
    const mtc_wordset *mutual;          /* mutual-verbs.txt: neighbours help neighbours */
    const mtc_wordset *sayings;         /* set-repetitions.txt */
    const mtc_str *telling;             /* told, assured: what was told may follow */
    size_t telling_count;
    double whole, shortened, lengthened, bare,
        shared; /* evidence, by how the names agree */
} mtc_same_entity;

/* What precedes each surname in the article: two people called so, or one? */
typedef struct mtc_forenames {
    uint32_t *forename; /* by word: folded id of the part before it, MTC_NONE: none yet */
    bool *shared;       /* by word: more than one */
} mtc_forenames;

/* Reads lists and the rule's parameters: a detector's setup. */
mtc_status mtc_same_entity_setup(const mtc_detector_setup *setup, const void **ret_self,
                                 mtc_error *error);

/* NO_MEMORY. */
mtc_status mtc_forenames_find(const mtc_same_entity *self, const mtc_document *doc,
                              mtc_forenames *ret_forenames);

/* Kind of a verb in same-entity-verbs: "sport", "family", "never" …; empty: none. */
mtc_str mtc_same_entity_verb(const mtc_same_entity *self, const mtc_document *doc,
                             const mtc_token *verb);

/* How sure we are that both are one; 0: they may well be two. `kind`: of their verb. */
double mtc_same_entity_certainty(const mtc_same_entity *self, const mtc_document *doc,
                                 const mtc_forenames *people, const mtc_mention *subject,
                                 const mtc_mention *object, mtc_str kind);

/* "On Monday Holm …": the day is no part of the name. */
void mtc_same_entity_drop_calendar(const mtc_same_entity *self, const mtc_document *doc,
                                   uint32_t begin, mtc_mention *subject);

/* Reports tokens [first, last]; the repeated ones begin at `object`. */
mtc_status mtc_same_entity_report(const mtc_detection *detection, uint32_t first,
                                  uint32_t object, uint32_t last, double evidence);

#endif
