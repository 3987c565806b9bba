/* report.h: what a check found, in the form it is handed out in. Lives in one arena. */
#ifndef MTC_SCORE_REPORT_H
#define MTC_SCORE_REPORT_H

#include "score/score.h"

struct mtc_report {
    mtc_score score;
    const mtc_str
        *dimensions; /* sorted; penalty of each after the cap of the sentences */
    const double *dimension_penalties;
    size_t dimension_count;
    mtc_issue *issues; /* listed ones */
    size_t issue_count;
    uint32_t omitted; /* issues kept from the list by max_issues */
    const mtc_sentence_score *sentences;
    size_t sentence_count;
    bool has_sentences;
    const mtc_partial *partial;
    uint32_t bytes, lines, all_sentences; /* statistics of the article */
    mtc_str profile;
};

/* Which issues are listed (never what they count). */
typedef struct mtc_report_filter {
    double min_confidence;
    mtc_severity min_severity;
    uint32_t max_issues;
    bool sentences;
} mtc_report_filter;

/* *ret_report and all it holds comes from the arena or borrows the document. */
mtc_status mtc_report_build(const mtc_document *doc, const mtc_profile *profile,
                            const mtc_judged_list *judged, const mtc_finding *findings,
                            mtc_gate gate, mtc_report_filter filter, mtc_arena *arena,
                            mtc_report **ret_report);

/* A place of the document within its title or text. */
mtc_span mtc_span_of(const mtc_document *doc, mtc_range at);

#endif
