/* score.h: from findings to issues, penalties, interval and verdict (docs/SCORING.md).
 *
 * Formulas: the MQM scoring models (themqm.org; arXiv 2405.16969) with the severity
 * points 0, 1, 5, 25 and the cap of 25 for a sentence that WMT uses.
 */
#ifndef MTC_SCORE_SCORE_H
#define MTC_SCORE_SCORE_H

#include "detect/sink.h"

/* A finding that speaks, with what it explains. */
typedef struct mtc_judged {
    mtc_finding finding;
    mtc_severity severity;
    double confidence, penalty;
    uint32_t sentence; /* MTC_NONE: none */
    char fingerprint[17];
    bool accepted;
    const uint32_t *related; /* indices of findings that it explains, into `findings` */
    size_t related_count;
} mtc_judged;

typedef MTC_VECTOR(mtc_judged) mtc_judged_list;

typedef struct mtc_gate {
    bool partial;             /* the check was cut short */
    bool weighty_rule_is_off; /* by `only` or `disable` of the request */
} mtc_gate;

/* One voice: merges findings about one defect (DESIGN 6), gives each its sentence,
 * fingerprint and penalty, sorted as replies are. */
mtc_status mtc_judge(const mtc_document *doc, const mtc_profile *profile,
                     const mtc_finding *findings, size_t finding_count,
                     const mtc_wordset *accepted, mtc_arena *arena,
                     mtc_judged_list *ret_issues);

/* The score over all issues in state active. ret_score->reason is from the arena. */
mtc_status mtc_score_compute(const mtc_document *doc, const mtc_profile *profile,
                             const mtc_judged_list *issues, mtc_gate gate,
                             mtc_arena *arena, mtc_score *ret_score);

/* Capped penalty of each sentence, by index; sentences.count entries from the arena
 * (NULL: no memory). *ret_loose is what belongs to no sentence. */
double *mtc_sentence_penalties(const mtc_document *doc, const mtc_judged_list *issues,
                               mtc_arena *arena, double *ret_loose);

/* The rule's message with its placeholders filled in; ptr NULL: no memory. */
mtc_str mtc_message_render(const mtc_document *doc, const mtc_finding *finding,
                           mtc_arena *arena);

/* Penalty of one sentence at which it is worthless (WMT: five majors). */
#define MTC_SENTENCE_CAP 25.0
/* Confidence from which on a critical issue counts in full, and an issue gates alone. */
#define MTC_SURE 0.8

#endif
