/* pattern.h: token patterns, compiled from a rule file, matched over a document. */
#ifndef MTC_RULES_PATTERN_H
#define MTC_RULES_PATTERN_H

#include "text/document.h"

typedef struct mtc_pattern mtc_pattern;

/* One match: tokens [first, last), and the marked token's range (or the whole). */
typedef struct mtc_pattern_match {
    uint32_t first, last;
    mtc_range at;   /* what is reported */
    mtc_range mark; /* the marked token; empty: none is marked */
} mtc_pattern_match;

/* The first match that begins at token `from` or behind it within its sentence and line
 * kinds; false: none. Work is bounded: each token is tried against each condition at most
 * a fixed number of times. */
bool mtc_pattern_find(const mtc_pattern *pattern, const mtc_document *doc, uint32_t from,
                      mtc_pattern_match *ret_match);

#endif
