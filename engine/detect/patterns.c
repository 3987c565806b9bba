/* Runs all rules that are token patterns. */
#include "base/status.h"
#include "detect/detector.h"

static const char *const RULES[] = {NULL}; /* whatever the rule files hold */

typedef struct {
    const mtc_pattern_index *index;
    const mtc_rule *const *rules; /* by place in the index */
    size_t count;
} pattern_rules;

static mtc_status setup(const mtc_detector_setup *with, const void **ret_self,
                        mtc_error *error) {
    const mtc_rule_set *const set = with->rule_set;
    pattern_rules *const self = MTC_TAKE(with->arena, pattern_rules, 1);
    const mtc_rule **const rules =
        MTC_TAKE(with->arena, const mtc_rule *, set->rule_count);
    const mtc_pattern **const patterns =
        MTC_TAKE(with->arena, const mtc_pattern *, set->rule_count);
    mtc_status status =
        self == NULL || rules == NULL || patterns == NULL ? MTC_NO_MEMORY : MTC_OK;
    size_t count = 0;
    for (size_t i = 0; status == MTC_OK && i < set->rule_count; i++) {
        if (set->rules[i].pattern == NULL) continue;
        rules[count] = &set->rules[i];
        patterns[count++] = set->rules[i].pattern;
    }
    if (status == MTC_OK) {
        status = mtc_pattern_index_new(patterns, count, with->arena, &self->index);
    }
    if (status != MTC_OK) return mtc_fail(error, status, "no memory for pattern rules");
    self->rules = rules;
    self->count = count;
    *ret_self = self;
    return MTC_OK;
}

typedef struct {
    const mtc_detection *detection;
    const pattern_rules *self;
} reporting;

static mtc_status report(void *context, const mtc_pattern_match *match) {
    const reporting *const with = context;
    const mtc_document *const doc = with->detection->doc;
    mtc_finding finding = {
        .rule = with->self->rules[match->pattern], .at = match->at, .mark = match->mark};
    for (size_t i = 0; i < MTC_PATTERN_ARGUMENTS; i++) {
        finding.arguments[i] = mtc_document_slice(doc, match->arguments[i]);
    }
    return mtc_sink_add(with->detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const pattern_rules *const self = detection->self;
    if (self->count == 0) return MTC_OK;
    bool *const wanted = MTC_TAKE(detection->doc->arena, bool, self->count);
    if (wanted == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < self->count; i++) {
        wanted[i] = mtc_sink_wants(detection->sink, self->rules[i]);
    }
    reporting with = {detection, self};
    return mtc_pattern_index_run(self->index, detection->doc, wanted, report, &with);
}

const mtc_detector mtc_detector_patterns = {"patterns", RULES, setup, run};
