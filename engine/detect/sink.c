#include "detect/sink.h"

#include "rules/confidence.h"

/* Findings of exactly this kind may lie on the line that holds the first byte. */
static bool is_on_its_lines(const mtc_document *doc, const mtc_finding *finding) {
    const uint32_t line = mtc_document_line_at(doc, finding->at.begin);
    if (line == MTC_NONE) return false;
    return (finding->rule->lines >> doc->lines.at[line].kind & 1u) != 0;
}

mtc_status mtc_sink_add(mtc_sink *sink, const mtc_finding *finding) {
    const mtc_rule *const rule = finding->rule;
    if (sink->closed || !mtc_sink_wants(sink, rule)) return MTC_OK;
    mtc_finding kept = *finding;
    if (kept.confidence <= 0) kept.confidence = (float)rule->confidence;
    if (kept.confidence > 1) kept.confidence = 1;
    kept.confidence = (float)mtc_confidence_of(rule, (double)kept.confidence);
    if (kept.confidence < (float)sink->profile->min_confidence) return MTC_OK;
    if (!kept.any_line && !is_on_its_lines(sink->doc, &kept)) return MTC_OK;
    return mtc_vector_push(&sink->findings, sink->arena, kept) ? MTC_OK : MTC_NO_MEMORY;
}
