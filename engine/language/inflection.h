/* inflection.h: the forms of a word, made by the rules of spelling and a list of those
 * that the rules do not make (irregular-forms.txt). For nouns and verbs, and what the
 * list says of others; adjectives have no regular comparison here, because "teacher" is
 * none of "teach".
 */
#ifndef MTC_LANGUAGE_INFLECTION_H
#define MTC_LANGUAGE_INFLECTION_H

#include "base/wordset.h"

/* Adds to `forms` the lemma and all its forms, folded as the lemma is. False: no memory.
 */
bool mtc_inflect(const mtc_wordset *irregular, mtc_str lemma, mtc_arena *arena,
                 mtc_wordset *forms);

#endif
