/* sink.h: where detectors put what they found.
 *
 * The sink drops findings of rules that this request does not run, findings outside the
 * rule's line kinds and those below the profile's confidence; it copies the rest. What
 * the finding points to (arguments, replacements) must live as long as the request's
 * arena, be static, or be part of the document.
 */
#ifndef MTC_DETECT_SINK_H
#define MTC_DETECT_SINK_H

#include "rules/rule_set.h"

typedef struct mtc_found_repair {
    mtc_range at; /* empty: insert */
    mtc_str replacement;
} mtc_found_repair;

typedef struct mtc_finding {
    const mtc_rule *rule;
    mtc_range at;
    float confidence;     /* 0…1; 0: the rule's own. A detector gives its evidence, the
                             sink makes it the confidence (rules/confidence.h) */
    mtc_range mark;       /* for {mark} in the message; empty: none */
    mtc_str arguments[3]; /* for {1} to {3} */
    mtc_found_repair repairs[2];
    uint8_t repair_count;
    bool any_line; /* report whatever the line's kind (the detector has judged it itself)
                    */
} mtc_finding;

typedef struct mtc_sink {
    const mtc_document *doc;
    const mtc_profile *profile;
    const bool *runs; /* by rule index: does this request run it? */
    bool closed;      /* the article is in another language: nothing else is taken */
    MTC_VECTOR(mtc_finding) findings;
    mtc_arena *arena;
} mtc_sink;

/* MTC_OK also where the finding is dropped; MTC_NO_MEMORY. */
mtc_status mtc_sink_add(mtc_sink *sink, const mtc_finding *finding);

/* Is it worth looking for? */
static inline bool mtc_sink_wants(const mtc_sink *sink, const mtc_rule *rule) {
    return sink->runs[rule->index];
}

#endif
