/* language.h: what is known of words, before any rule looks at them.
 *
 * One mtc_language holds hunspell en_US and en_GB, the lexicon (frequency and parts of
 * speech of 100,000 forms), the gazetteers, and the network that reads sentences. It is
 * constant but for hunspell, whose handles are not thread-safe even for spell() (hunspell
 * 1.7.1): a lock inside guards them. Each session has an mtc_speller_cache of its own,
 * which changes speed and never answers.
 */
#ifndef MTC_LANGUAGE_LANGUAGE_H
#define MTC_LANGUAGE_LANGUAGE_H

#include "language/form_filter.h"
#include "language/lexicon.h"
#include "text/document.h"

typedef struct mtc_language mtc_language;
typedef struct mtc_speller_cache mtc_speller_cache;

/* Verifies the dictionaries (hunspell opens missing files without a word): both files
 * there and readable, spell("the") true, spell("qzxv") false. `lists` must outlive it. */
mtc_status mtc_language_new(const char *data_dir, const char *hunspell_dir,
                            const mtc_wordlists *lists, mtc_language **ret_language,
                            mtc_error *error);
void mtc_language_free(mtc_language *language);
/* SHA-256 over lexicon, gazetteers, tags and network (not hunspell's files). */
void mtc_language_checksum(const mtc_language *language, unsigned char ret_digest[32]);

/* NULL: no memory (everything works without a cache). */
mtc_speller_cache *mtc_speller_cache_new(void);
void mtc_speller_cache_free(mtc_speller_cache *cache);

/* Fills knowledge and lexeme of every word of the document, once per distinct form, tags
 * and annotations of every token. NO_MEMORY, DEADLINE.
 * `believed`: the request's words (NFC; case counts where one has a capital); may be
 * NULL. */
mtc_status mtc_language_annotate(const mtc_language *language, mtc_speller_cache *cache,
                                 const mtc_wordset *believed, mtc_document *doc);

/* enum mtc_knowledge of a form that is not in the document (normalised, case kept). */
uint32_t mtc_language_knows(const mtc_language *language, mtc_str word);
/* Folded form; NULL: not in the lexicon. */
const mtc_lexeme *mtc_language_lexeme(const mtc_language *language, mtc_str folded);

/* The kinds of names that the folded form can be, MTC_NAME_…; 0: none. */
uint32_t mtc_language_names(const mtc_language *language, mtc_str folded);

/* Is the folded form so common in edited text that it is no slip? */
bool mtc_language_has_word(const mtc_language *language, mtc_str folded,
                           const mtc_lexeme **ret_lexeme);
/* Has all forms that mtc_language_has_word is true of, and few others. */
const mtc_form_filter *mtc_language_words(const mtc_language *language);

/* Up to `most` suggestions into the arena, best first. Slow (30 ms). */
mtc_status mtc_language_suggest(const mtc_language *language, mtc_str word, uint32_t most,
                                mtc_arena *arena, mtc_str **ret_words, size_t *ret_count);

#endif
