/* clause.h: small questions about clauses that several detectors of sentence shape ask.
 */
#ifndef MTC_DETECT_CLAUSE_H
#define MTC_DETECT_CLAUSE_H

#include "language/language.h"
#include "language/tagger.h"

static inline bool mtc_is_wordlike(const mtc_token *token) {
    return token->kind == MTC_TOKEN_WORD || token->kind == MTC_TOKEN_NUMBER;
}

static inline bool mtc_is_mark(const mtc_document *doc, uint32_t token, char mark) {
    const mtc_str text = mtc_token_bytes(doc, &doc->tokens.at[token]);
    return doc->tokens.at[token].kind == MTC_TOKEN_PUNCTUATION && text.len == 1 &&
           text.ptr[0] == mark;
}

/* Is the token a word of one of these classes (MTC_FUNCTION_BIT)? `functions` is what
 * mtc_function_classes_read gives. */
static inline bool mtc_is_function(const mtc_document *doc, const uint8_t *functions,
                                   uint32_t token, uint32_t classes) {
    const mtc_token *const word = &doc->tokens.at[token];
    return word->kind == MTC_TOKEN_WORD && (classes & (1u << functions[word->word])) != 0;
}

static inline bool mtc_is_in_list(const mtc_document *doc, uint32_t token,
                                  const mtc_wordset *list) {
    return mtc_wordset_has(list, mtc_token_folded(doc, &doc->tokens.at[token]));
}

/* The highest share of "finite" among tokens [first, end). */
unsigned mtc_finite_share(const mtc_document *doc, uint32_t first, uint32_t end);

/* Does the sentence stand in a paragraph where somebody speaks of himself (a word of
 * `speakers` outside quotation marks)? Speech and columns may do without a verb. */
bool mtc_is_spoken(const mtc_document *doc, const mtc_sentence *sentence,
                   const mtc_wordset *speakers);

/* A statement of running text, with so many words: it ends in a stop and holds no colon
 * and nothing but words. */
bool mtc_is_statement(const mtc_document *doc, const mtc_sentence *sentence,
                      uint32_t fewest_words);
/* One that owes its reader a verb: it quotes nothing and is not made of names. */
bool mtc_is_plain_statement(const mtc_document *doc, const mtc_sentence *sentence,
                            uint32_t fewest_words);

/* What the lexicon knows of "jail" where the token is "jails"; NULL: the form has no such
 * ending, or its base is not known. */
const mtc_lexeme *mtc_base_of_third_person(const mtc_language *language,
                                           const mtc_document *doc, uint32_t token);

/* Words and numbers among tokens [first, end). */
uint32_t mtc_count_words(const mtc_document *doc, uint32_t first, uint32_t end);

#endif
