/* function_words.h: the closed classes of words, by which grammar shows on the surface.
 *
 * The list "function-words" gives each word its class as payload.
 */
#ifndef MTC_LANGUAGE_FUNCTION_WORDS_H
#define MTC_LANGUAGE_FUNCTION_WORDS_H

#include "text/document.h"

/* name, name in the list */
#define MTC_FUNCTION_MAP(X)                                                              \
    X(ARTICLE, "article")                                                                \
    X(DETERMINER, "determiner")                                                          \
    X(QUANTIFIER, "quantifier")                                                          \
    X(POSSESSIVE, "possessive")                                                          \
    X(SUBJECT, "subject") /* pronouns that can be a subject: he, it */                   \
    X(OBJECT, "object")   /* pronouns that cannot: him, themselves */                    \
    X(PREPOSITION, "preposition")                                                        \
    X(COORDINATOR, "coordinator")                                                        \
    X(SUBORDINATOR, "subordinator")                                                      \
    X(RELATIVE, "relative")                                                              \
    X(INTERROGATIVE, "interrogative")                                                    \
    X(BE, "be") /* finite forms */                                                       \
    X(HAVE, "have")                                                                      \
    X(DO, "do")                                                                          \
    X(MODAL, "modal")                                                                    \
    X(PARTICLE, "particle") /* be, been, being, having */                                \
    X(CLAUSE, "clause")     /* subject and verb in one: they're */                       \
    X(NEGATION, "negation")                                                              \
    X(ADVERB, "adverb")

typedef enum mtc_function_class {
    MTC_FUNCTION_NONE,
#define MTC_FUNCTION_ENUM(name, text) MTC_FUNCTION_##name,
    MTC_FUNCTION_MAP(MTC_FUNCTION_ENUM)
#undef MTC_FUNCTION_ENUM
        MTC_FUNCTION_CLASSES
} mtc_function_class;

/* A set of classes: MTC_FUNCTION_BIT(BE) | MTC_FUNCTION_BIT(HAVE). */
#define MTC_FUNCTION_BIT(name) (1u << MTC_FUNCTION_##name)
/* Verbs of grammar. */
#define MTC_FUNCTION_VERBS                                                               \
    (MTC_FUNCTION_BIT(BE) | MTC_FUNCTION_BIT(HAVE) | MTC_FUNCTION_BIT(DO) |              \
     MTC_FUNCTION_BIT(MODAL))

/* The class that a payload names; NONE where it names none. */
mtc_function_class mtc_function_class_of(mtc_str name);
/* The entry of a folded word, NULL where it has none; a typographic apostrophe counts as
 * a plain one. And its class. */
const mtc_wordset_entry *mtc_function_entry_find(const mtc_wordset *list, mtc_str folded);
mtc_function_class mtc_function_class_find(const mtc_wordset *list, mtc_str folded);

/* The class of each word of the document, by word index (of its folded form): as
 * mtc_language_annotate has read them, else from the document's arena; NULL: no memory.
 */
const uint8_t *mtc_function_classes_read(const mtc_document *doc,
                                         const mtc_wordset *list);

#endif
