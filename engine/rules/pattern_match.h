/* pattern_match.h: one pattern at one place of one document (private to engine/rules). */
#ifndef MTC_RULES_PATTERN_MATCH_H
#define MTC_RULES_PATTERN_MATCH_H

#include "rules/pattern_parts.h"

/* What is kept over one document. */
typedef struct mtc_matcher {
    const mtc_document *doc;
    mtc_regex_scratch *regex; /* made when the first is needed */
    uint32_t first, end;      /* tokens of the sentence in hand */
    uint32_t steps;           /* left for the place in hand; 0: given up */
    bool is_out_of_memory;
} mtc_matcher;

/* Does `pattern` match from `token` on, exceptions included? Fills all of *ret_match but
 * `pattern`. `matcher->first` and `end` must be set to the token's sentence. */
bool mtc_pattern_match_at(mtc_matcher *matcher, const mtc_pattern *pattern,
                          uint32_t token, mtc_pattern_match *ret_match);

/* Does the expression cover the token's text? A token beyond 256 bytes is not covered;
 * where the expression gives up, no steps are left. */
bool mtc_matcher_covers(mtc_matcher *matcher, const mtc_regex *regex, mtc_str token);

#endif
