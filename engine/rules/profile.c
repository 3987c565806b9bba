#include <stdlib.h>

#include "rules/rule_reading.h"

enum { LONGEST_NAME = 32 };

static const char *const KEYS[] = {"name",   "summary",    "min_confidence", "pass",
                                   "review", "acceptable", "rules",          NULL};

static mtc_profile_draft *find(mtc_rule_reading *reading, mtc_str name) {
    for (size_t i = 0; i < reading->profiles.count; i++) {
        mtc_profile_draft *const draft = &reading->profiles.at[i];
        if (mtc_str_equal(draft->name, name)) return draft;
    }
    return NULL;
}

static mtc_status read_rules(const mtc_rule_reading *reading,
                             const mtc_yaml_reader *reader, const mtc_yaml *node,
                             mtc_profile_draft *draft) {
    if (node->kind != MTC_YAML_MAPPING) {
        return mtc_yaml_fail(reader, node,
                             "rules must be a mapping from rule ids or globs "
                             "to what is different for them");
    }
    for (size_t i = 0; i < node->count; i++) {
        mtc_profile_rules said = {.file = reader->file, .at = &node->items[2 * i]};
        mtc_status status =
            mtc_yaml_read_text(reader, said.at, "rule id or glob", 64, &said.glob);
        if (status == MTC_OK) {
            status = mtc_rule_change_read(reader, said.at + 1, &said.change);
        }
        if (status != MTC_OK) return status;
        if (!mtc_vector_push(&draft->rules, reading->scratch, said)) {
            return mtc_yaml_no_memory(reader);
        }
    }
    return MTC_OK;
}

static mtc_status read_numbers(const mtc_yaml_reader *reader, const mtc_yaml *entry,
                               bool is_new, mtc_profile_draft *draft) {
    const struct {
        const char *key;
        double least, most;
        double *to;
    } numbers[] = {{"min_confidence", 0, 1, &draft->min_confidence},
                   {"pass", 1, 99.9, &draft->pass},
                   {"review", 0, 99.9, &draft->review},
                   {"acceptable", 0.01, 1000, &draft->acceptable}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const mtc_yaml *const node = mtc_yaml_get(entry, numbers[i].key);
        if (node == NULL && !is_new) continue;
        if (node == NULL) {
            return mtc_yaml_fail(reader, entry, "profile %.*s lacks the key \"%s\"",
                                 (int)draft->name.len, draft->name.ptr, numbers[i].key);
        }
        const mtc_status status =
            mtc_yaml_read_number(reader, node, numbers[i].key, numbers[i].least,
                                 numbers[i].most, numbers[i].to);
        if (status != MTC_OK) return status;
    }
    if (draft->review > draft->pass) {
        return mtc_yaml_fail(reader, entry, "review (%g) lies above pass (%g)",
                             draft->review, draft->pass);
    }
    return MTC_OK;
}

static mtc_status read_profile(mtc_rule_reading *reading, const mtc_yaml_reader *reader,
                               size_t known_before, const mtc_yaml *entry) {
    mtc_status status = mtc_yaml_check_keys(reader, entry, "a profile", KEYS);
    if (status != MTC_OK) return status;
    const mtc_yaml *const name = mtc_yaml_get(entry, "name");
    if (name == NULL)
        return mtc_yaml_fail(reader, entry, "a profile lacks the key \"name\"");
    mtc_profile_draft fresh = {0};
    status = mtc_yaml_read_text(reader, name, "name", LONGEST_NAME, &fresh.name);
    if (status != MTC_OK) return status;
    mtc_profile_draft *draft = find(reading, fresh.name);
    const bool is_new = draft == NULL;
    if (!is_new && (size_t)(draft - reading->profiles.at) >= known_before) {
        return mtc_yaml_fail(reader, name, "profile %.*s stands in this file already",
                             (int)fresh.name.len, fresh.name.ptr);
    }
    if (is_new) draft = &fresh;
    status = read_numbers(reader, entry, is_new, draft);
    const mtc_yaml *const rules = mtc_yaml_get(entry, "rules");
    if (status == MTC_OK && rules != NULL) {
        status = read_rules(reading, reader, rules, draft);
    }
    if (status == MTC_OK && is_new &&
        !mtc_vector_push(&reading->profiles, reading->scratch, fresh)) {
        return mtc_yaml_no_memory(reader);
    }
    return status;
}

mtc_status mtc_profile_file_read(mtc_rule_reading *reading, const char *file,
                                 const mtc_yaml *root) {
    const mtc_yaml_reader reader = {file, reading->arena, reading->error};
    if (root->kind != MTC_YAML_SEQUENCE) {
        return mtc_yaml_fail(&reader, root, "profiles are a list (- name: …)");
    }
    const size_t known_before = reading->profiles.count;
    mtc_status status = MTC_OK;
    for (size_t i = 0; status == MTC_OK && i < root->count; i++) {
        status = read_profile(reading, &reader, known_before, &root->items[i]);
    }
    return status;
}

/* --- Profiles over rules --- */

typedef struct {
    double *weights;
    bool *off;
    mtc_severity *severities;
} columns;

static void apply(const columns *to, size_t index, mtc_rule_change change) {
    if (change.has_off) to->off[index] = change.off;
    if (change.has_severity) to->severities[index] = change.severity;
    if (change.has_weight) to->weights[index] = change.weight;
}

static mtc_status apply_globs(const mtc_rule_reading *reading,
                              const mtc_profile_draft *profile,
                              const mtc_rule_draft *drafts, size_t rule_count,
                              const columns *to) {
    for (size_t k = 0; k < profile->rules.count; k++) {
        const mtc_profile_rules *const said = &profile->rules.at[k];
        bool covers_one = false;
        for (size_t i = 0; i < rule_count; i++) {
            if (!mtc_str_matches_glob(drafts[i].rule.id, said->glob)) continue;
            covers_one = true;
            apply(to, i, said->change);
        }
        if (covers_one) continue;
        const mtc_yaml_reader reader = {said->file, reading->arena, reading->error};
        return mtc_yaml_fail(&reader, said->at, "no rule is called \"%.*s\"",
                             (int)said->glob.len, said->glob.ptr);
    }
    return MTC_OK;
}

static mtc_status finish(const mtc_rule_reading *reading,
                         const mtc_profile_draft *profile, const mtc_rule_draft *drafts,
                         size_t rule_count, mtc_profile *ret_profile) {
    const columns to = {MTC_TAKE(reading->arena, double, rule_count),
                        MTC_TAKE(reading->arena, bool, rule_count),
                        MTC_TAKE(reading->arena, mtc_severity, rule_count)};
    if (to.weights == NULL || to.off == NULL || to.severities == NULL) {
        return mtc_fail(reading->error, MTC_NO_MEMORY, "no memory for profiles");
    }
    for (size_t i = 0; i < rule_count; i++) {
        to.weights[i] = drafts[i].rule.weight;
        to.severities[i] = drafts[i].rule.severity;
    }
    const mtc_status status = apply_globs(reading, profile, drafts, rule_count, &to);
    if (status != MTC_OK) return status;
    for (size_t i = 0; i < rule_count; i++) {
        for (size_t k = 0; k < drafts[i].profiles.count; k++) {
            const mtc_rule_for_profile *const said = &drafts[i].profiles.at[k];
            if (mtc_str_equal(said->profile, profile->name)) apply(&to, i, said->change);
        }
        if (drafts[i].rule.off) to.off[i] = true; /* the operator has the last word */
        if (to.off[i]) to.weights[i] = 0;
    }
    *ret_profile = (mtc_profile){.name = profile->name,
                                 .min_confidence = profile->min_confidence,
                                 .pass = profile->pass,
                                 .review = profile->review,
                                 .acceptable = profile->acceptable,
                                 .weights = to.weights,
                                 .off = to.off,
                                 .severities = to.severities};
    return MTC_OK;
}

/* Rules may only speak of profiles that there are. */
static mtc_status check_names(const mtc_rule_reading *reading,
                              const mtc_rule_draft *drafts, size_t rule_count) {
    const char **const names =
        MTC_TAKE(reading->scratch, const char *, reading->profiles.count + 1);
    if (names == NULL) {
        return mtc_fail(reading->error, MTC_NO_MEMORY, "no memory for profiles");
    }
    for (size_t i = 0; i < reading->profiles.count; i++) {
        names[i] = reading->profiles.at[i].name.ptr;
    }
    for (size_t i = 0; i < rule_count; i++) {
        for (size_t k = 0; k < drafts[i].profiles.count; k++) {
            const mtc_rule_for_profile *const said = &drafts[i].profiles.at[k];
            const mtc_yaml_reader reader = {said->file, reading->arena, reading->error};
            size_t ignored = 0;
            const mtc_status status =
                mtc_yaml_read_choice(&reader, said->at, "profile", names, &ignored);
            if (status != MTC_OK) return status;
        }
    }
    return MTC_OK;
}

static int compare_profiles(const void *a, const void *b) {
    return mtc_str_compare(((const mtc_profile *)a)->name,
                           ((const mtc_profile *)b)->name);
}

mtc_status mtc_profiles_finish(const mtc_rule_reading *reading,
                               const mtc_rule_draft *drafts, size_t rule_count,
                               const mtc_profile **ret_profiles, size_t *ret_count) {
    const size_t count = reading->profiles.count;
    mtc_profile *const profiles = MTC_TAKE(reading->arena, mtc_profile, count);
    if (profiles == NULL) {
        return mtc_fail(reading->error, MTC_NO_MEMORY, "no memory for profiles");
    }
    mtc_status status = check_names(reading, drafts, rule_count);
    for (size_t i = 0; status == MTC_OK && i < count; i++) {
        status =
            finish(reading, &reading->profiles.at[i], drafts, rule_count, &profiles[i]);
    }
    if (status != MTC_OK) return status;
    if (count > 0) qsort(profiles, count, sizeof *profiles, compare_profiles);
    *ret_profiles = profiles;
    *ret_count = count;
    return MTC_OK;
}
