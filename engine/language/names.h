/* names.h: names believed on the evidence of the article itself. */
#ifndef MTC_LANGUAGE_NAMES_H
#define MTC_LANGUAGE_NAMES_H

#include "text/document.h"

/* Sets MTC_NAME_BELIEVED on capitalised words of the document, whose other knowledge and
 * lexemes stand already, where the article itself shows that they are names: used again
 * and again and never in lower case, behind a title, beside another name, or spelt out
 * before their initials. `titles`: what stands before a person's name, folded.
 * MTC_DEADLINE, MTC_NO_MEMORY. */
mtc_status mtc_names_believe(mtc_document *doc, const mtc_wordset *titles);

/* A word that anyone may write in lower case: its lower-case form is known and news text
 * seldom gives it a capital. */
bool mtc_names_is_common(const mtc_document *doc, const mtc_word *word);

#endif
