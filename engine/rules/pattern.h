/* pattern.h: token patterns, compiled from rule files, matched over a document.
 *
 * All patterns run together: an index over the tokens that each can begin with lets most
 * tokens reject all patterns by one test. A match never crosses a sentence. Work is
 * bounded: from each token on, a pattern tries at most MTC_PATTERN_STEPS conditions and
 * gives up behind that; regular expressions have limits of their own (regex.h).
 *
 * Patterns and the index live as long as the arena they were made in and are constant.
 */
#ifndef MTC_RULES_PATTERN_H
#define MTC_RULES_PATTERN_H

#include "text/document.h"

enum {
    MTC_PATTERN_ELEMENTS = 16, /* in one pattern */
    MTC_PATTERN_TOKENS = 64,   /* the longest match */
    MTC_PATTERN_STEPS = 4000,
    MTC_PATTERN_ARGUMENTS = 3,
};

typedef struct mtc_pattern mtc_pattern;
typedef struct mtc_pattern_index mtc_pattern_index;

/* One match: tokens [first, last), what is reported (the marked tokens, or all), and
 * what the first elements covered. */
typedef struct mtc_pattern_match {
    size_t pattern; /* its place in the index */
    uint32_t first, last;
    mtc_range at;
    mtc_range mark; /* the marked tokens; empty: none is marked */
    mtc_range arguments[MTC_PATTERN_ARGUMENTS]; /* empty: covers no token */
} mtc_pattern_match;

/* `patterns` is borrowed. MTC_NO_MEMORY. */
mtc_status mtc_pattern_index_new(const mtc_pattern *const *patterns, size_t count,
                                 mtc_arena *arena, const mtc_pattern_index **ret_index);

typedef mtc_status (*mtc_pattern_found)(void *context, const mtc_pattern_match *match);

/* Tells all matches in the order of their first tokens; matches of one pattern never
 * overlap. `wanted`: by pattern; NULL: all. Whatever `found` returns but MTC_OK ends the
 * run and is returned; MTC_NO_MEMORY, MTC_DEADLINE. */
mtc_status mtc_pattern_index_run(const mtc_pattern_index *index, const mtc_document *doc,
                                 const bool *wanted, mtc_pattern_found found,
                                 void *context);

#endif
