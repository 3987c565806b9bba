#include "score/report.h"

#include <stdlib.h>

mtc_span mtc_span_of(const mtc_document *doc, mtc_range at) {
    const uint32_t origin = at.begin < doc->text_begin ? 0 : doc->text_begin;
    const mtc_place begin = mtc_offsets_find(&doc->offsets, at.begin);
    const mtc_place end =
        at.end == at.begin ? begin : mtc_offsets_find(&doc->offsets, at.end);
    return (mtc_span){.byte = {at.begin - origin, at.end - origin},
                      .codepoint = {begin.codepoint, end.codepoint},
                      .utf16 = {begin.utf16, end.utf16},
                      .line = begin.line,
                      .column = begin.column};
}

static mtc_status add_repairs(const mtc_document *doc, const mtc_finding *finding,
                              mtc_arena *arena, mtc_issue *issue) {
    if (finding->repair_count == 0) return MTC_OK;
    mtc_repair *const repairs = MTC_TAKE(arena, mtc_repair, finding->repair_count);
    if (repairs == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < finding->repair_count; i++) {
        repairs[i] = (mtc_repair){mtc_span_of(doc, finding->repairs[i].at),
                                  finding->repairs[i].replacement};
    }
    issue->repairs = repairs;
    issue->repair_count = finding->repair_count;
    return MTC_OK;
}

static mtc_status add_related(const mtc_document *doc, const mtc_judged *judged,
                              const mtc_finding *findings, mtc_arena *arena,
                              mtc_issue *issue) {
    if (judged->related_count == 0) return MTC_OK;
    struct mtc_related *const related =
        MTC_TAKE(arena, struct mtc_related, judged->related_count);
    if (related == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < judged->related_count; i++) {
        const mtc_finding *const other = &findings[judged->related[i]];
        related[i] = (struct mtc_related){other->rule->id, mtc_span_of(doc, other->at)};
    }
    issue->related = related;
    issue->related_count = judged->related_count;
    return MTC_OK;
}

static mtc_status make_issue(const mtc_document *doc, const mtc_judged *judged,
                             const mtc_finding *findings, mtc_arena *arena,
                             mtc_issue *ret_issue) {
    const mtc_finding *const finding = &judged->finding;
    const mtc_rule *const rule = finding->rule;
    mtc_issue issue = {
        .rule = rule->id,
        .dimension = rule->dimension,
        .type = rule->type,
        .its = rule->its,
        .severity = judged->severity,
        .confidence = judged->confidence,
        .penalty = judged->penalty,
        .accepted = judged->accepted,
        .in_title = doc->has_title && finding->at.begin < doc->text_begin,
        .span = mtc_span_of(doc, finding->at),
        .text = mtc_document_slice(doc, finding->at),
        .sentence = judged->sentence == MTC_NONE ? -1 : (int32_t)judged->sentence,
        .message = mtc_message_render(doc, finding, arena),
    };
    memcpy(issue.fingerprint, judged->fingerprint, sizeof issue.fingerprint);
    if (issue.message.ptr == NULL) return MTC_NO_MEMORY;
    mtc_status status = add_repairs(doc, finding, arena, &issue);
    if (status == MTC_OK) status = add_related(doc, judged, findings, arena, &issue);
    if (status == MTC_OK) *ret_issue = issue;
    return status;
}

/* --- Which are listed --- */

typedef struct {
    double penalty;
    uint32_t index;
} ranked;

static int by_penalty(const void *a, const void *b) {
    const ranked *const x = a, *const y = b;
    if (x->penalty != y->penalty) return x->penalty > y->penalty ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Marks the issues that pass the filter; above max_issues those of highest penalty stay.
 */
static bool *choose_listed(const mtc_judged_list *judged, mtc_report_filter filter,
                           mtc_arena *arena, size_t *ret_count, uint32_t *ret_omitted) {
    bool *const listed = MTC_TAKE(arena, bool, judged->count);
    ranked *const order = MTC_TAKE(arena, ranked, judged->count);
    if (listed == NULL || order == NULL) return NULL;
    size_t passing = 0;
    for (uint32_t i = 0; i < judged->count; i++) {
        const mtc_judged *const issue = &judged->at[i];
        if (issue->confidence < filter.min_confidence ||
            issue->severity < filter.min_severity) {
            continue;
        }
        order[passing++] = (ranked){issue->penalty, i};
    }
    if (passing > filter.max_issues) qsort(order, passing, sizeof *order, by_penalty);
    const size_t count = passing < filter.max_issues ? passing : filter.max_issues;
    for (size_t i = 0; i < count; i++) listed[order[i].index] = true;
    *ret_count = count;
    *ret_omitted = (uint32_t)(passing - count);
    return listed;
}

static mtc_status add_issues(const mtc_document *doc, const mtc_judged_list *judged,
                             const mtc_finding *findings, mtc_report_filter filter,
                             mtc_arena *arena, mtc_report *report) {
    size_t count;
    const bool *const listed =
        choose_listed(judged, filter, arena, &count, &report->omitted);
    if (listed == NULL) return MTC_NO_MEMORY;
    report->issues = MTC_TAKE(arena, mtc_issue, count);
    if (report->issues == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < judged->count; i++) {
        if (!listed[i]) continue;
        const mtc_status status = make_issue(doc, &judged->at[i], findings, arena,
                                             &report->issues[report->issue_count]);
        if (status != MTC_OK) return status;
        report->issue_count++;
    }
    return MTC_OK;
}

/* --- By sentence and by dimension --- */

static mtc_status add_sentences(const mtc_document *doc, const double *penalties,
                                mtc_arena *arena, mtc_report *report) {
    mtc_sentence_score *const scores =
        MTC_TAKE(arena, mtc_sentence_score, doc->sentences.count);
    if (scores == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        const mtc_line *const line = mtc_sentence_line(doc, sentence);
        scores[i] =
            (mtc_sentence_score){.span = mtc_span_of(doc, sentence->at),
                                 .in_title = line->in_title,
                                 .kind = mtc_str_of(mtc_line_kind_name(line->kind)),
                                 .penalty = penalties[i],
                                 .quality = 100 - 4 * penalties[i]};
    }
    report->sentences = scores;
    report->sentence_count = doc->sentences.count;
    report->has_sentences = true;
    return MTC_OK;
}

static size_t dimension_index(mtc_str *dimensions, size_t *count, mtc_str dimension) {
    size_t at = 0;
    while (at < *count && mtc_str_compare(dimensions[at], dimension) < 0) at++;
    if (at < *count && mtc_str_equal(dimensions[at], dimension)) return at;
    memmove(dimensions + at + 1, dimensions + at, (*count - at) * sizeof *dimensions);
    dimensions[at] = dimension;
    (*count)++;
    return at;
}

/* Each issue's share of its sentence's capped penalty, so that the dimensions add up to
 * the penalty of the article. */
static mtc_status add_dimensions(const mtc_document *doc, const mtc_judged_list *judged,
                                 const double *capped, mtc_arena *arena,
                                 mtc_report *report) {
    enum { MOST = 16 }; /* MQM has seven top-level dimensions */
    mtc_str *const dimensions = MTC_TAKE(arena, mtc_str, MOST);
    double *const penalties = MTC_TAKE(arena, double, MOST);
    double *const raw = MTC_TAKE(arena, double, doc->sentences.count);
    if (dimensions == NULL || penalties == NULL || raw == NULL) return MTC_NO_MEMORY;
    size_t count = 0;
    for (size_t i = 0; i < judged->count; i++) {
        const mtc_judged *const issue = &judged->at[i];
        if (issue->accepted || issue->penalty <= 0) continue;
        if (issue->sentence != MTC_NONE) raw[issue->sentence] += issue->penalty;
        if (count < MOST - 1) {
            (void)dimension_index(dimensions, &count, issue->finding.rule->dimension);
        }
    }
    for (size_t i = 0; i < judged->count; i++) {
        const mtc_judged *const issue = &judged->at[i];
        if (issue->accepted || issue->penalty <= 0) continue;
        size_t known = count;
        const size_t at =
            dimension_index(dimensions, &known, issue->finding.rule->dimension);
        const double share = issue->sentence == MTC_NONE
                                 ? 1
                                 : capped[issue->sentence] / raw[issue->sentence];
        penalties[at] += issue->penalty * share;
    }
    report->dimensions = dimensions;
    report->dimension_penalties = penalties;
    report->dimension_count = count;
    return MTC_OK;
}

mtc_status mtc_report_build(const mtc_document *doc, const mtc_profile *profile,
                            const mtc_judged_list *judged, const mtc_finding *findings,
                            mtc_gate gate, mtc_report_filter filter, mtc_arena *arena,
                            mtc_report **ret_report) {
    mtc_report *const report = MTC_TAKE(arena, mtc_report, 1);
    double loose;
    const double *const penalties = mtc_sentence_penalties(doc, judged, arena, &loose);
    if (report == NULL || penalties == NULL) return MTC_NO_MEMORY;
    report->profile = profile->name;
    report->bytes = (uint32_t)doc->bytes.len;
    if (doc->has_title) report->bytes -= 2; /* the line feeds between title and text */
    report->lines = (uint32_t)doc->lines.count;
    report->all_sentences = (uint32_t)doc->sentences.count;
    mtc_status status =
        mtc_score_compute(doc, profile, judged, gate, arena, &report->score);
    if (status == MTC_OK) {
        status = add_issues(doc, judged, findings, filter, arena, report);
    }
    if (status == MTC_OK) status = add_dimensions(doc, judged, penalties, arena, report);
    if (status == MTC_OK && filter.sentences) {
        status = add_sentences(doc, penalties, arena, report);
    }
    if (status == MTC_OK) *ret_report = report;
    return status;
}

const mtc_score *mtc_report_score(const mtc_report *report) {
    return &report->score;
}

const mtc_issue *mtc_report_issues(const mtc_report *report, size_t *ret_count) {
    *ret_count = report->issue_count;
    return report->issues;
}

const mtc_sentence_score *mtc_report_sentences(const mtc_report *report,
                                               size_t *ret_count) {
    *ret_count = report->sentence_count;
    return report->sentences;
}

const mtc_partial *mtc_report_partial(const mtc_report *report) {
    return report->partial;
}
