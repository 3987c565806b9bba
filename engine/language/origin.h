/* origin.h: what each word says of the language it stands in.
 *
 * Another language is told by what English is not: words that no dictionary knows, and
 * the small words of other languages (list "foreign-words").
 */
#ifndef MTC_LANGUAGE_ORIGIN_H
#define MTC_LANGUAGE_ORIGIN_H

#include "text/document.h"

typedef enum mtc_origin {
    MTC_ORIGIN_NEUTRAL,  /* names, numbers, words with hyphens */
    MTC_ORIGIN_ENGLISH,  /* known, and no small word of another language */
    MTC_ORIGIN_BOTH,     /* "die", "was", "con" */
    MTC_ORIGIN_FUNCTION, /* a small word of another language only */
    MTC_ORIGIN_UNKNOWN,  /* a word with a small letter that no dictionary knows */
    MTC_ORIGIN_STRANGE,  /* the same with letters that English lacks */
    MTC_ORIGINS
} mtc_origin;

/* The origin of each word of the document, by word index, from its arena: as
 * mtc_language_annotate has read them, else anew. NULL: no memory. */
const uint8_t *mtc_origins_read(const mtc_document *doc, const mtc_wordset *foreign);

/* What the token says where it stands: a word with a capital is a name until its small
 * form says something else; one of another script says nothing. */
mtc_origin mtc_token_origin(const uint8_t *origins, const mtc_token *token);

/* A word of a script that is not Latin. */
bool mtc_token_is_other_script(const mtc_token *token);

#endif
