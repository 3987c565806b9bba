/* shares.h: what a token is likely to be.
 *
 * Where the tagger has read the article, what it says of the token where it stands; else
 * what the lexicon counted of the form: `asked` is a verb in 99 of 100 places, `plan` in
 * 30. Classes are joined by bits:
 *
 *   mtc_token_share(doc, token, MTC_SHARE_VERB) >= 70
 */
#ifndef MTC_LANGUAGE_SHARES_H
#define MTC_LANGUAGE_SHARES_H

#include "language/function_words.h"
#include "language/tagger.h"

enum {
    MTC_SHARE_FINITE = 1 << MTC_TAG_FINITE,
    MTC_SHARE_VERB = 1 << MTC_TAG_FINITE | 1 << MTC_TAG_BASE | 1 << MTC_TAG_GERUND |
                     1 << MTC_TAG_PARTICIPLE,
    MTC_SHARE_PAST = 1 << MTC_TAG_FINITE | 1 << MTC_TAG_PARTICIPLE,
    MTC_SHARE_NOUN = 1 << MTC_TAG_NOUN | 1 << MTC_TAG_PROPER,
    MTC_SHARE_NOMINAL = 1 << MTC_TAG_NOUN | 1 << MTC_TAG_PROPER | 1 << MTC_TAG_ADJECTIVE,
    MTC_SHARE_ADVERB = 1 << MTC_TAG_ADVERB,
    MTC_SHARE_DETERMINER = 1 << MTC_TAG_DETERMINER,
    MTC_SHARE_ADPOSITION = 1 << MTC_TAG_ADPOSITION,
    MTC_SHARE_CONJUNCTION = 1 << MTC_TAG_CONJUNCTION,
    MTC_SHARE_FUNCTION = 1 << MTC_TAG_PRONOUN | 1 << MTC_TAG_DETERMINER |
                         1 << MTC_TAG_ADPOSITION | 1 << MTC_TAG_CONJUNCTION,
};

static inline const mtc_lexeme *mtc_token_lexeme(const mtc_document *doc,
                                                 const mtc_token *token) {
    return doc->words.at[token->word].lexeme;
}

/* Is the token a function word of these classes (MTC_FUNCTION_BIT)? */
static inline bool mtc_token_is_function(const mtc_wordset *function_words,
                                         const mtc_document *doc, const mtc_token *token,
                                         unsigned classes) {
    return token->kind == MTC_TOKEN_WORD &&
           (1u << mtc_function_class_find(function_words, mtc_token_folded(doc, token)) &
            classes) != 0;
}

/* Has the treebank seen the form at all? Without that its shares are all 0. */
static inline bool mtc_token_has_shares(const mtc_document *doc, const mtc_token *token) {
    const mtc_lexeme *const lexeme = mtc_token_lexeme(doc, token);
    return lexeme != NULL && lexeme->count > 0;
}

/* Percent of the form's readings, wherever it stands; 0 where nothing is known. */
static inline unsigned mtc_form_share(const mtc_document *doc, const mtc_token *token,
                                      unsigned classes) {
    const mtc_lexeme *const lexeme = mtc_token_lexeme(doc, token);
    unsigned sum = 0;
    if (lexeme == NULL) return 0;
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) {
        if ((classes >> i & 1) != 0) sum += lexeme->share[i];
    }
    return sum;
}

/* Percent of the classes where the token stands; without a tagger that of its form. */
static inline unsigned mtc_token_share(const mtc_document *doc, const mtc_token *token,
                                       unsigned classes) {
    if (doc->tags == NULL) return mtc_form_share(doc, token, classes);
    const mtc_tag_shares *const tags = &doc->tags[token - doc->tokens.at];
    unsigned sum = 0;
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) {
        if ((classes >> i & 1) != 0) sum += tags->share[i];
    }
    return sum;
}

#endif
