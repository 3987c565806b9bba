#include "rules/confidence.h"

#include "rules/rule_reading.h"

enum { LONGEST_GLOB = 64, MOST_KNOTS = 64 };

static const char *const KEYS[] = {"rules", "knots", NULL};

/* As long as MTC_SUSPICION written in a rule file may lie off as a float. */
static const double NEARLY = 1e-6;

static double on_curve(const mtc_confidence_knot *knots, size_t count, double evidence) {
    if (evidence <= knots[0].evidence) return knots[0].confidence;
    for (size_t i = 1; i < count; i++) {
        const mtc_confidence_knot low = knots[i - 1], high = knots[i];
        if (evidence >= high.evidence) continue;
        const double part = (evidence - low.evidence) / (high.evidence - low.evidence);
        return low.confidence + part * (high.confidence - low.confidence);
    }
    return knots[count - 1].confidence;
}

double mtc_confidence_of(const mtc_rule *rule, double evidence) {
    if (rule->knot_count == 0) return evidence;
    const double confidence = on_curve(rule->knots, rule->knot_count, evidence);
    const bool is_suspicion = evidence <= MTC_SUSPICION + NEARLY &&
                              mtc_str_equal(rule->dimension, MTC_STR("accuracy"));
    return is_suspicion && confidence > MTC_SUSPICION ? MTC_SUSPICION : confidence;
}

/* --- Reading --- */

static mtc_status read_knot(const mtc_yaml_reader *reader, const mtc_yaml *node,
                            mtc_confidence_knot *ret_knot) {
    if (node->kind != MTC_YAML_SEQUENCE || node->count != 2) {
        return mtc_yaml_fail(reader, node, "a knot is written [evidence, confidence]");
    }
    const mtc_status status = mtc_yaml_read_number(reader, &node->items[0], "evidence", 0,
                                                   1, &ret_knot->evidence);
    if (status != MTC_OK) return status;
    return mtc_yaml_read_number(reader, &node->items[1], "confidence", 0, 1,
                                &ret_knot->confidence);
}

static mtc_status read_knots(const mtc_yaml_reader *reader, const mtc_yaml *node,
                             const mtc_confidence_knot **ret_knots) {
    if (node->kind != MTC_YAML_SEQUENCE || node->count > MOST_KNOTS) {
        return mtc_yaml_fail(reader, node, "knots must be a list of at most %d",
                             MOST_KNOTS);
    }
    mtc_confidence_knot *const knots =
        MTC_TAKE(reader->arena, mtc_confidence_knot, node->count);
    if (knots == NULL) return mtc_yaml_no_memory(reader);
    for (size_t i = 0; i < node->count; i++) {
        const mtc_status status = read_knot(reader, &node->items[i], &knots[i]);
        if (status != MTC_OK) return status;
        if (i > 0 && (knots[i].evidence <= knots[i - 1].evidence ||
                      knots[i].confidence < knots[i - 1].confidence)) {
            return mtc_yaml_fail(reader, &node->items[i],
                                 "evidence must rise from knot to knot, and confidence "
                                 "must not fall");
        }
    }
    *ret_knots = knots;
    return MTC_OK;
}

static mtc_status read_curve(mtc_rule_reading *reading, const mtc_yaml_reader *reader,
                             const mtc_yaml *entry) {
    mtc_status status = mtc_yaml_check_keys(reader, entry, "a curve", KEYS);
    if (status != MTC_OK) return status;
    const mtc_yaml *const rules = mtc_yaml_get(entry, "rules");
    const mtc_yaml *const knots = mtc_yaml_get(entry, "knots");
    if (rules == NULL || knots == NULL) {
        return mtc_yaml_fail(reader, entry, "a curve lacks the key \"%s\"",
                             rules == NULL ? "rules" : "knots");
    }
    mtc_confidence_curve curve = {
        .file = reader->file, .at = rules, .knot_count = knots->count};
    status = mtc_yaml_read_text(reader, rules, "rules", LONGEST_GLOB, &curve.glob);
    if (status == MTC_OK) status = read_knots(reader, knots, &curve.knots);
    if (status != MTC_OK) return status;
    return mtc_vector_push(&reading->curves, reading->scratch, curve)
               ? MTC_OK
               : mtc_yaml_no_memory(reader);
}

mtc_status mtc_confidence_file_read(mtc_rule_reading *reading, const char *file,
                                    const mtc_yaml *root) {
    const mtc_yaml_reader reader = {file, reading->arena, reading->error};
    if (root->kind != MTC_YAML_SEQUENCE) {
        return mtc_yaml_fail(&reader, root, "curves are a list (- rules: …)");
    }
    mtc_status status = MTC_OK;
    for (size_t i = 0; status == MTC_OK && i < root->count; i++) {
        status = read_curve(reading, &reader, &root->items[i]);
    }
    return status;
}

mtc_status mtc_confidence_finish(const mtc_rule_reading *reading, mtc_rule_draft *drafts,
                                 size_t rule_count) {
    for (size_t k = 0; k < reading->curves.count; k++) {
        const mtc_confidence_curve *const curve = &reading->curves.at[k];
        bool covers_one = false;
        for (size_t i = 0; i < rule_count; i++) {
            mtc_rule *const rule = &drafts[i].rule;
            if (!mtc_str_matches_glob(rule->id, curve->glob)) continue;
            covers_one = true;
            if (drafts[i].confidence_is_final) continue;
            rule->knots = curve->knots;
            rule->knot_count = curve->knot_count;
        }
        if (covers_one) continue;
        const mtc_yaml_reader reader = {curve->file, reading->arena, reading->error};
        return mtc_yaml_fail(&reader, curve->at, "no rule is called \"%.*s\"",
                             (int)curve->glob.len, curve->glob.ptr);
    }
    return MTC_OK;
}
