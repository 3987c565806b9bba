/* arguments.h: what the halves of the detector of repeated arguments share: arguments.c
 * judges names and phrases, doubted_arguments.c what the network doubts.
 */
#ifndef MTC_DETECT_ARGUMENTS_H
#define MTC_DETECT_ARGUMENTS_H

#include "detect/same_entity.h"
#include "detect/tree.h"
#include "language/shares.h"

/* One run over a document. */
typedef struct mtc_arguments {
    const mtc_detection *detection;
    const mtc_same_entity *self;
    const mtc_document *doc;
    mtc_tree tree;
    mtc_forenames people;   /* read when first asked */
    mtc_str role;           /* as */
    mtc_rule_words inner;   /* to, with, against: a noun between them and the verb */
    mtc_rule_words telling; /* of, from: may tell which one is meant */
    mtc_share joined;       /* a word hangs where and how it is said to hang */
    double bare_noun;       /* evidence of a noun alone */
    double noun;            /* evidence of a noun phrase */
    mtc_share doubtful, doubtful_for_sure; /* foreign to its sentence */
    double doubted;                        /* evidence of a word that is */
} mtc_arguments;

/* Does a preposition among `words` stand on the noun? */
bool mtc_has_case(const mtc_arguments *at, uint32_t noun, mtc_rule_words words);
/* Do two stretches of tokens hold the same words, whatever their capitals? */
bool mtc_same_words(const mtc_arguments *at, mtc_range a, mtc_range b);
/* "called the ship a wreck", "made the mill great". */
bool mtc_is_named_so(const mtc_arguments *at, uint32_t object);
/* "dog eats dog", "neighbours help neighbours". */
bool mtc_is_saying(const mtc_arguments *at, uint32_t subject, uint32_t object);

/* The tokens of a noun and what stands before it on it: "all edible salt". */
mtc_range mtc_noun_front(const mtc_arguments *at, uint32_t noun);
/* Evidence that the same word is twice an argument of one verb, by the network's doubt;
 * 0: none. `kind`: of the verb, see mtc_same_entity_verb. */
double mtc_judge_doubted(const mtc_arguments *at, uint32_t subject, uint32_t object,
                         mtc_str kind);

#endif
