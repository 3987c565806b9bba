/* word_order.h: which words hardly ever stand beside each other in sound English.
 *
 * Every token has a symbol: a function word is its own, any other word is the class that
 * it mostly has, wherever it stands. The list "word-pairs" (written by
 * tools/make-word-pairs) says of pairs of symbols, one after the other or with one
 * between them, how much rather they come from words in no order than from text: the
 * logarithm of the ratio, in hundredths.
 */
#ifndef MTC_LANGUAGE_WORD_ORDER_H
#define MTC_LANGUAGE_WORD_ORDER_H

#include "language/function_words.h"
#include "language/lexicon.h"

enum { MTC_ORDER_NONE = UINT16_MAX }; /* a token that words are not ordered across */

/* name, name in the list */
#define MTC_ORDER_MAP(X)                                                                 \
    X(NOUN, "NOUN")                                                                      \
    X(NOUNS, "NOUNS") /* plural */                                                       \
    X(PROPER, "PROPER")                                                                  \
    X(GENITIVE, "GENITIVE")                                                              \
    X(ADJECTIVE, "ADJECTIVE")                                                            \
    X(ADVERB, "ADVERB")                                                                  \
    X(THIRD, "THIRD") /* says */                                                         \
    X(PAST, "PAST")   /* said, went */                                                   \
    X(ED, "ED")       /* past or participle: asked */                                    \
    X(PARTICIPLE, "PARTICIPLE")                                                          \
    X(BASE, "BASE")                                                                      \
    X(GERUND, "GERUND")                                                                  \
    X(NUMERAL, "NUMERAL")                                                                \
    X(OTHER, "OTHER")                                                                    \
    X(COMMA, "COMMA")

enum mtc_order_class {
#define MTC_ORDER_ENUM(name, text) MTC_ORDER_##name,
    MTC_ORDER_MAP(MTC_ORDER_ENUM)
#undef MTC_ORDER_ENUM
        MTC_ORDER_CLASSES
};

/* Number of symbols: the classes, then the function words in the order of the list. */
uint32_t mtc_order_symbol_count(const mtc_wordset *function_words);
/* "NOUN" or "the". */
mtc_str mtc_order_symbol_name(const mtc_wordset *function_words, uint32_t symbol);
/* The symbol of a name; MTC_ORDER_NONE: unknown. */
uint32_t mtc_order_symbol_named(const mtc_wordset *function_words, mtc_str name);
/* The symbol of each token, from the document's arena; NULL: no memory. */
const uint16_t *mtc_order_symbols_read(const mtc_document *doc,
                                       const mtc_wordset *function_words);

#endif
