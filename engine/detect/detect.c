#include "detect/detect.h"

#include "base/status.h"

typedef struct {
    const mtc_detector *detector;
    const mtc_rule **rules;
    size_t rule_count;
    const void *self;
} prepared;

struct mtc_detectors {
    const mtc_rule_set *rule_set;
    const mtc_language *language;
    prepared *at;
    size_t count;
};

static const mtc_detector *const ALL[] = {
#define MTC_DETECTOR(name) &mtc_detector_##name,
#include "detect/detectors.def"
#undef MTC_DETECTOR
    NULL};

static mtc_status resolve_rules(const mtc_rule_set *rule_set,
                                const mtc_detector *detector, mtc_arena *arena,
                                prepared *one, mtc_error *error) {
    size_t count = 0;
    while (detector->rules[count] != NULL) count++;
    one->rules = MTC_TAKE(arena, const mtc_rule *, count);
    if (one->rules == NULL)
        return mtc_fail(error, MTC_NO_MEMORY, "no memory for detectors");
    for (size_t i = 0; i < count; i++) {
        const mtc_str id = mtc_str_of(detector->rules[i]);
        one->rules[i] = mtc_rule_set_find(rule_set, id);
        if (one->rules[i] == NULL) {
            return mtc_fail(
                error, MTC_INVALID_FILE,
                "the rule files have no entry “%s”, which detector %s reports", id.ptr,
                detector->name);
        }
    }
    one->rule_count = count;
    return MTC_OK;
}

static mtc_status prepare(const mtc_rule_set *rule_set, const mtc_wordlists *lists,
                          const mtc_language *language, const mtc_detector *detector,
                          mtc_arena *arena, prepared *one, mtc_error *error) {
    one->detector = detector;
    const mtc_status status = resolve_rules(rule_set, detector, arena, one, error);
    if (status != MTC_OK || detector->setup == NULL) return status;
    const mtc_detector_setup setup = {.rule_set = rule_set,
                                      .rules = one->rules,
                                      .lists = lists,
                                      .language = language,
                                      .arena = arena};
    return detector->setup(&setup, &one->self, error);
}

mtc_status mtc_detectors_new(const mtc_rule_set *rule_set, const mtc_wordlists *lists,
                             const mtc_language *language, mtc_arena *arena,
                             const mtc_detectors **ret_detectors, mtc_error *error) {
    size_t count = 0;
    while (ALL[count] != NULL) count++;
    mtc_detectors *const detectors = MTC_TAKE(arena, mtc_detectors, 1);
    prepared *const at = MTC_TAKE(arena, prepared, count);
    if (detectors == NULL || at == NULL) {
        return mtc_fail(error, MTC_NO_MEMORY, "no memory for detectors");
    }
    for (size_t i = 0; i < count; i++) {
        const mtc_status status =
            prepare(rule_set, lists, language, ALL[i], arena, &at[i], error);
        if (status != MTC_OK) return status;
    }
    *detectors = (mtc_detectors){rule_set, language, at, count};
    *ret_detectors = detectors;
    return MTC_OK;
}

static bool is_wanted(const prepared *one, const mtc_sink *sink) {
    for (size_t i = 0; i < one->rule_count; i++) {
        if (mtc_sink_wants(sink, one->rules[i])) return true;
    }
    return one->rule_count == 0; /* the detector of pattern rules looks for itself */
}

mtc_status mtc_detectors_run(const mtc_detectors *detectors, const mtc_document *doc,
                             mtc_sink *sink, size_t *ret_done) {
    mtc_status status = MTC_OK;
    size_t done = 0;
    for (; done < detectors->count; done++) {
        const prepared *const one = &detectors->at[done];
        if (!is_wanted(one, sink)) continue;
        status = mtc_budget_spend(doc->budget, 1);
        if (status != MTC_OK) break;
        const mtc_detection detection = {.self = one->self,
                                         .doc = doc,
                                         .language = detectors->language,
                                         .rule_set = detectors->rule_set,
                                         .rules = one->rules,
                                         .sink = sink};
        status = one->detector->run(&detection);
        if (status != MTC_OK) break;
    }
    *ret_done = done;
    return status;
}

mtc_status mtc_detectors_rules_left(const mtc_detectors *detectors, const mtc_sink *sink,
                                    size_t from, mtc_arena *arena, mtc_str **ret_ids,
                                    size_t *ret_count) {
    const mtc_rule_set *const set = detectors->rule_set;
    bool *const left = MTC_TAKE(arena, bool, set->rule_count);
    mtc_str *const ids = MTC_TAKE(arena, mtc_str, set->rule_count);
    if (left == NULL || ids == NULL) return MTC_NO_MEMORY;
    for (size_t d = from; d < detectors->count; d++) {
        const prepared *const one = &detectors->at[d];
        for (size_t i = 0; i < one->rule_count; i++) left[one->rules[i]->index] = true;
        for (size_t i = 0; one->rule_count == 0 && i < set->rule_count; i++) {
            if (set->rules[i].pattern != NULL) left[i] = true;
        }
    }
    size_t count = 0;
    for (size_t i = 0; i < set->rule_count; i++) {
        if (left[i] && sink->runs[i]) ids[count++] = set->rules[i].id;
    }
    *ret_ids = ids;
    *ret_count = count;
    return MTC_OK;
}

bool mtc_detectors_report(mtc_str rule_id) {
    for (size_t d = 0; ALL[d] != NULL; d++) {
        for (size_t i = 0; ALL[d]->rules[i] != NULL; i++) {
            if (mtc_str_equal(rule_id, mtc_str_of(ALL[d]->rules[i]))) return true;
        }
    }
    return false;
}
