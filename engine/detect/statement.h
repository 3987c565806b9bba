/* statement.h: a sentence of running text as the detectors of fragments read it: does it
 * owe its reader a verb, has it one, and which of its clauses are below another.
 *
 * Asked are shares, never the best tag: forms that past tense and participle share
 * ("governed") differ by a hair, and doubt speaks for the author.
 */
#ifndef MTC_DETECT_STATEMENT_H
#define MTC_DETECT_STATEMENT_H

#include "detect/clause.h"
#include "detect/detector.h"
#include "detect/tree.h"
#include "language/function_words.h"
#include "language/shares.h"

typedef struct mtc_statement_limits {
    const mtc_wordset *function_words, *openers, *starts, *speakers;
    double absent;       /* from which probability on there is no finite verb */
    double absent_alone; /* and in a line of one sentence */
    mtc_share finite,
        linked;            /* a verb is finite, a word hangs where it is said to hang */
    mtc_share bound;       /* a clause hangs where it is said to hang */
    mtc_share base;        /* a word is a verb's base form */
    unsigned tagged, form; /* percent of "finite" by the tagger, of verbs by the form */
    double verbs_over;     /* so many verbs too many for subordinate clauses alone */
    double item;           /* confidence where the line may be a heading or an item */
    uint32_t fewest_words;
} mtc_statement_limits;

typedef struct mtc_statement_reader {
    const mtc_detection *detection;
    const mtc_document *doc;
    const mtc_statement_limits *limits;
    mtc_tree tree;
    const uint8_t *functions; /* mtc_function_class by word */
} mtc_statement_reader;

/* A sentence that may be judged: its first word, its root, and what is behind its last.
 */
typedef struct mtc_statement {
    const mtc_sentence *sentence;
    uint32_t first, end, root;
} mtc_statement;

static inline const mtc_annotation *mtc_said_of(const mtc_statement_reader *at,
                                                uint32_t token) {
    return mtc_annotation_of(at->doc, token);
}

static inline const mtc_token *mtc_read_token(const mtc_statement_reader *at,
                                              uint32_t token) {
    return mtc_token_at(at->doc, token);
}

static inline bool mtc_said_xpos(const mtc_statement_reader *at, uint32_t token,
                                 const char *tag) {
    return mtc_str_equal(mtc_xpos_of(at->doc, token), mtc_str_of(tag));
}

static inline bool mtc_word_is_in(const mtc_statement_reader *at, uint32_t token,
                                  uint32_t classes) {
    return mtc_is_function(at->doc, at->functions, token, classes);
}

/* False: the sentence owes no verb (names, quotations, answers), or was not read. */
bool mtc_statement_read(const mtc_statement_reader *at, uint32_t sentence,
                        mtc_statement *ret_statement);

/* It has its line for itself. */
bool mtc_statement_is_alone(const mtc_statement_reader *at, const mtc_statement *c);

/* No word of it can be the finite verb of a main clause, and it is no list, answer, order
 * or aside. */
bool mtc_statement_lacks_verb(const mtc_statement_reader *at, const mtc_statement *c);

/* Such a statement that may be a heading or an item all the same. */
bool mtc_statement_is_item(const mtc_statement_reader *at, const mtc_statement *c);

/* "With great care": a quotation behind a full stop that is nothing but a phrase, and
 * ends without a stop; it belongs to the sentence before. */
bool mtc_is_quoted_phrase(const mtc_statement_reader *at, uint32_t sentence);

/* Is the token an article, a preposition or the like, behind which a noun comes? */
bool mtc_asks_for_noun(const mtc_statement_reader *at, uint32_t token);

/* May the token be a finite verb, whatever the network says? */
bool mtc_may_be_verb(const mtc_statement_reader *at, const mtc_statement *c,
                     uint32_t token);

/* Is the token part of a clause that is surely below another? */
bool mtc_is_bound(const mtc_statement_reader *at, const mtc_statement *c, uint32_t token);

/* More finite verbs than words that put a clause below another can account for. */
bool mtc_has_more_verbs(const mtc_statement_reader *at, const mtc_statement *c);

#endif
