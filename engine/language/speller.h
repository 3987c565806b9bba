/* speller.h: hunspell en_US and en_GB behind one lock, and the cache of a session.
 *
 * A hunspell 1.7.1 handle is not thread-safe even for spell(), and making handles in two
 * threads at once races: every call into hunspell is made under a lock. Answers of
 * mtc_speller_ask are a pure function of the form; the cache holds exact forms, so it
 * changes speed and never an answer.
 */
#ifndef MTC_LANGUAGE_SPELLER_H
#define MTC_LANGUAGE_SPELLER_H

#include "base/file.h"
#include "language/language.h"

typedef struct mtc_speller mtc_speller;

/* Both dictionaries of `folder`, verified: regular files of valid UTF-8 with a plausible
 * head, known words known, unknown ones unknown. INVALID_FILE, NO_MEMORY. */
mtc_status mtc_speller_new(const char *folder, mtc_speller **ret_speller,
                           mtc_error *error);
void mtc_speller_free(mtc_speller *speller);

/* MTC_KNOWN_US and MTC_KNOWN_GB of a form without digits and hyphens, with a straight
 * apostrophe, case as it is. `cache` may be NULL. */
uint32_t mtc_speller_ask(mtc_speller *speller, mtc_speller_cache *cache, mtc_str form);

/* Suggestions of en_US, then those that only en_GB has. */
mtc_status mtc_speller_suggest(mtc_speller *speller, mtc_str form, uint32_t most,
                               mtc_arena *arena, mtc_str **ret_words, size_t *ret_count);

#endif
