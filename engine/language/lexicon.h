/* lexicon.h: how frequent a form is and what it can be.
 *
 * Counted in the treebanks EWT, GUM (free part) and MASC and in the frequency list (see
 * models/README.md), written by tools/make-lexicon. Shares are percent of the form's
 * occurrences; a form that is only in the frequency list has count 0 and no shares.
 */
#ifndef MTC_LANGUAGE_LEXICON_H
#define MTC_LANGUAGE_LEXICON_H

#include <stdint.h>

typedef enum mtc_tag_class {
    MTC_TAG_NOUN,       /* NN, NNS */
    MTC_TAG_PROPER,     /* NNP, NNPS */
    MTC_TAG_PRONOUN,    /* PRP, WP, EX */
    MTC_TAG_DETERMINER, /* DT, PDT, PRP$, WDT */
    MTC_TAG_ADJECTIVE,
    MTC_TAG_ADVERB,
    MTC_TAG_FINITE,      /* VBD, VBZ, VBP, MD */
    MTC_TAG_BASE,        /* VB */
    MTC_TAG_GERUND,      /* VBG */
    MTC_TAG_PARTICIPLE,  /* VBN */
    MTC_TAG_ADPOSITION,  /* IN as preposition, RP, TO */
    MTC_TAG_CONJUNCTION, /* CC, IN as subordinator */
    MTC_TAG_NUMERAL,
    MTC_TAG_OTHER, /* UH, FW, SYM … */
    MTC_TAG_CLASSES
} mtc_tag_class;

enum { MTC_CAPITAL_UNKNOWN = 255 };

typedef struct mtc_lexeme {
    int16_t centibels; /* frequency, −127 (the) downwards; −1000: not in the list */
    uint16_t count;    /* occurrences in the treebanks, saturated */
    uint8_t share[MTC_TAG_CLASSES];
    uint8_t plural; /* percent of its noun readings that are plural */
    uint8_t third;  /* percent of its finite readings that are VBZ */
    /* Percent of its uses inside a sentence, with no capital beside it, that have a
     * capital themselves, at least 1; 0: practically never (below 0.25 % of 400 or more);
     * MTC_CAPITAL_UNKNOWN: seen too rarely to say. */
    uint8_t capital;
} mtc_lexeme;

#endif
