/* derivation.h: words that no dictionary holds because anyone may make them. */
#ifndef MTC_LANGUAGE_DERIVATION_H
#define MTC_LANGUAGE_DERIVATION_H

#include "language/language.h"

/* Lists: "word-prefixes" (re, anti …), "word-suffixes" (ness, like …). */
typedef struct mtc_derivation {
    const mtc_language *language;
    const mtc_wordset *prefixes, *suffixes;
} mtc_derivation;

mtc_derivation mtc_derivation_of(const mtc_language *language,
                                 const mtc_wordlists *lists);

/* Is the folded form a known word behind a prefix, before a suffix, or two long known
 * words written together (policymakers)? A handful of look-ups for each byte. */
bool mtc_derivation_explains(const mtc_derivation *derivation, mtc_str folded);

#endif
