/* detect.h: all detectors together, as the engine runs them. */
#ifndef MTC_DETECT_DETECT_H
#define MTC_DETECT_DETECT_H

#include "detect/detector.h"

typedef struct mtc_detectors mtc_detectors;

/* Resolves each detector's rules and lets it prepare itself. INVALID_FILE where the rule
 * set lacks the entry of a detector's rule. All memory from the arena. */
mtc_status mtc_detectors_new(const mtc_rule_set *rule_set, const mtc_wordlists *lists,
                             const mtc_language *language, mtc_arena *arena,
                             const mtc_detectors **ret_detectors, mtc_error *error);

/* Runs those with at least one rule that the sink wants, in order. Stops at the first
 * status other than MTC_OK; *ret_done is the number of detectors that ran to their end.
 */
mtc_status mtc_detectors_run(const mtc_detectors *detectors, const mtc_document *doc,
                             mtc_sink *sink, size_t *ret_done);

/* Ids of the rules that the sink wants and that only detectors from `from` on report. */
mtc_status mtc_detectors_rules_left(const mtc_detectors *detectors, const mtc_sink *sink,
                                    size_t from, mtc_arena *arena, mtc_str **ret_ids,
                                    size_t *ret_count);

/* Does a detector report this rule? (Else it must have a pattern.) */
bool mtc_detectors_report(mtc_str rule_id);

#endif
