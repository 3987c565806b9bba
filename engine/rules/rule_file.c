#include <math.h>
#include <stdio.h>

#include "rules/pattern_compile.h"
#include "rules/rule_reading.h"
#include "rules/rule_terms.h"

enum {
    LONGEST_ID = 64,
    LONGEST_SUMMARY = 160,
    LONGEST_MESSAGE = 300,
    LONGEST_PARAMETER = 1000,
    HEAVIEST = 100,
};

static const double DEFAULT_CONFIDENCE = 0.8;
static const uint32_t DEFAULT_LINES =
    ((1u << MTC_LINE_KINDS) - 1) & ~(1u << MTC_LINE_DEBRIS) & ~(1u << MTC_LINE_INTERFACE);

static const char *const ENTRY_KEYS[] = {
    "id",     "summary",    "message", "dimension", "type",     "its",        "severity",
    "weight", "confidence", "lines",   "explains",  "profiles", "parameters", "pattern",
    "unless", "off",        "wrong",   "right",     NULL};
static const char *const CHANGE_KEYS[] = {
    "id", "severity", "weight", "confidence", "parameters", "profiles", "off", NULL};

/* --- Parts of an entry --- */

static bool is_name(mtc_str text, bool may_have_underscore) {
    if (text.len == 0 || text.ptr[0] < 'a' || text.ptr[0] > 'z') return false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                          (may_have_underscore && c == '_');
        if (!fits) return false;
    }
    return true;
}

static mtc_status read_id(const mtc_yaml_reader *reader, const mtc_yaml *node,
                          mtc_rule *rule) {
    const mtc_status status =
        mtc_yaml_read_text(reader, node, "id", LONGEST_ID, &rule->id);
    if (status != MTC_OK) return status;
    const char *const point = memchr(rule->id.ptr, '.', rule->id.len);
    if (point != NULL) {
        rule->family = (mtc_str){rule->id.ptr, (size_t)(point - rule->id.ptr)};
        const mtc_str name = {point + 1, rule->id.len - rule->family.len - 1};
        if (is_name(rule->family, false) && is_name(name, false)) return MTC_OK;
    }
    return mtc_yaml_fail(reader, node,
                         "an id is written family.name in small letters, digits and "
                         "hyphens");
}

static mtc_status check_message(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                mtc_str message) {
    static const char *const KNOWN[] = {"{match}", "{mark}", "{1}", "{2}", "{3}"};
    for (size_t i = 0; i < message.len; i++) {
        const mtc_str rest = {message.ptr + i, message.len - i};
        if (rest.ptr[0] == '}') {
            return mtc_yaml_fail(reader, node, "message: } without { before it");
        }
        if (rest.ptr[0] != '{') continue;
        size_t skipped = 0;
        for (size_t k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++) {
            const mtc_str known = mtc_str_of(KNOWN[k]);
            if (mtc_str_starts_with(rest, known)) skipped = known.len;
        }
        if (skipped == 0) {
            const char *const end = memchr(rest.ptr, '}', rest.len);
            const mtc_str shown = mtc_yaml_excerpt((mtc_str){
                rest.ptr, end == NULL ? rest.len : (size_t)(end - rest.ptr) + 1});
            return mtc_yaml_fail(reader, node,
                                 "message: unknown placeholder %.*s (known: {match}, "
                                 "{mark}, {1}, {2}, {3})",
                                 (int)shown.len, shown.ptr);
        }
        i += skipped - 1;
    }
    return MTC_OK;
}

static mtc_status read_lines(const mtc_yaml_reader *reader, const mtc_yaml *node,
                             uint32_t *ret_lines) {
    const bool is_single = node->kind == MTC_YAML_SCALAR;
    const mtc_yaml *const items = is_single ? node : node->items;
    const size_t count = is_single ? 1 : node->count;
    if (node->kind == MTC_YAML_MAPPING || count == 0) {
        return mtc_yaml_fail(reader, node, "lines must be a list of line kinds");
    }
    uint32_t lines = 0;
    for (size_t i = 0; i < count; i++) {
        size_t kind = 0;
        const mtc_status status =
            mtc_yaml_read_choice(reader, &items[i], "line kind", mtc_line_names, &kind);
        if (status != MTC_OK) return status;
        lines |= 1u << kind;
    }
    *ret_lines = lines;
    return MTC_OK;
}

static mtc_status read_explains(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                mtc_rule *rule) {
    const mtc_status status = mtc_yaml_read_texts(reader, node, "explains", LONGEST_ID,
                                                  &rule->explains, &rule->explains_count);
    if (status != MTC_OK) return status;
    for (size_t i = 0; i < rule->explains_count; i++) {
        const mtc_str glob = rule->explains[i];
        for (size_t k = 0; k < glob.len; k++) {
            const char c = glob.ptr[k];
            const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                              c == '-' || c == '.' || c == '*' || c == '?';
            if (fits) continue;
            const mtc_yaml *const at =
                node->kind == MTC_YAML_SCALAR ? node : &node->items[i];
            return mtc_yaml_fail(reader, at, "explains: \"%.*s\" is no rule id or glob",
                                 (int)glob.len, glob.ptr);
        }
    }
    return MTC_OK;
}

static mtc_status read_severity(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                mtc_severity *ret_severity) {
    size_t index = 0;
    const mtc_status status =
        mtc_yaml_read_choice(reader, node, "severity", mtc_severity_names, &index);
    if (status == MTC_OK) *ret_severity = (mtc_severity)index;
    return status;
}

mtc_status mtc_rule_change_read(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                mtc_rule_change *ret_change) {
    static const char *const KEYS[] = {"off", "severity", "weight", NULL};
    mtc_rule_change change = {0};
    mtc_status status = mtc_yaml_check_keys(reader, node, "a rule in a profile", KEYS);
    if (status != MTC_OK) return status;
    const mtc_yaml *const off = mtc_yaml_get(node, "off");
    const mtc_yaml *const severity = mtc_yaml_get(node, "severity");
    const mtc_yaml *const weight = mtc_yaml_get(node, "weight");
    change.has_off = off != NULL;
    change.has_severity = severity != NULL;
    change.has_weight = weight != NULL;
    if (off != NULL) status = mtc_yaml_read_flag(reader, off, "off", &change.off);
    if (status == MTC_OK && severity != NULL) {
        status = read_severity(reader, severity, &change.severity);
    }
    if (status == MTC_OK && weight != NULL) {
        status =
            mtc_yaml_read_number(reader, weight, "weight", 0, HEAVIEST, &change.weight);
    }
    if (status == MTC_OK) *ret_change = change;
    return status;
}

static mtc_status read_profiles(const mtc_rule_reading *reading,
                                const mtc_yaml_reader *reader, const mtc_yaml *node,
                                mtc_rule_draft *draft) {
    if (node->kind != MTC_YAML_MAPPING) {
        return mtc_yaml_fail(reader, node,
                             "profiles must be a mapping from a profile's "
                             "name to what is different in it");
    }
    for (size_t i = 0; i < node->count; i++) {
        mtc_rule_for_profile said = {.file = reader->file, .at = &node->items[2 * i]};
        mtc_status status = mtc_yaml_read_text(reader, said.at, "name of a profile",
                                               LONGEST_ID, &said.profile);
        if (status == MTC_OK) {
            status = mtc_rule_change_read(reader, said.at + 1, &said.change);
        }
        if (status != MTC_OK) return status;
        if (!mtc_vector_push(&draft->profiles, reading->scratch, said)) {
            return mtc_yaml_no_memory(reader);
        }
    }
    return MTC_OK;
}

static mtc_status read_parameter(const mtc_yaml_reader *reader, const mtc_yaml *name,
                                 const mtc_yaml *value, mtc_rule_parameter *ret) {
    mtc_rule_parameter parameter = {.number = NAN};
    mtc_status status = mtc_yaml_read_text(reader, name, "name of a parameter",
                                           LONGEST_ID, &parameter.name);
    if (status != MTC_OK) return status;
    if (!is_name(parameter.name, true)) {
        return mtc_yaml_fail(reader, name,
                             "a parameter is named in small letters, "
                             "digits, hyphens and underscores");
    }
    char what[LONGEST_ID + 16];
    (void)snprintf(what, sizeof what, "parameter %.*s", (int)parameter.name.len,
                   parameter.name.ptr);
    if (value->kind == MTC_YAML_SEQUENCE) {
        status = mtc_yaml_read_texts(reader, value, what, LONGEST_PARAMETER,
                                     &parameter.list, &parameter.list_count);
    } else {
        status =
            mtc_yaml_read_text(reader, value, what, LONGEST_PARAMETER, &parameter.text);
        if (status == MTC_OK && value->is_plain) {
            (void)mtc_yaml_is_number(parameter.text, &parameter.number);
        }
    }
    if (status == MTC_OK) *ret = parameter;
    return status;
}

static mtc_status read_parameters(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                  mtc_rule *rule) {
    if (node->kind != MTC_YAML_MAPPING) {
        return mtc_yaml_fail(reader, node, "parameters must be a mapping");
    }
    mtc_rule_parameter *const parameters =
        MTC_TAKE(reader->arena, mtc_rule_parameter, node->count);
    if (parameters == NULL) return mtc_yaml_no_memory(reader);
    for (size_t i = 0; i < node->count; i++) {
        const mtc_status status = read_parameter(reader, &node->items[2 * i],
                                                 &node->items[2 * i + 1], &parameters[i]);
        if (status != MTC_OK) return status;
    }
    rule->parameters = parameters;
    rule->parameter_count = node->count;
    return MTC_OK;
}

/* An operator's parameters replace those of the same name; a new name is a slip. */
static mtc_status merge_parameters(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                   mtc_rule *rule) {
    mtc_rule said = {0};
    const mtc_status status = read_parameters(reader, node, &said);
    if (status != MTC_OK) return status;
    mtc_rule_parameter *const merged =
        MTC_TAKE(reader->arena, mtc_rule_parameter, rule->parameter_count);
    const char **const names =
        MTC_TAKE(reader->arena, const char *, rule->parameter_count + 1);
    if (merged == NULL || names == NULL) return mtc_yaml_no_memory(reader);
    for (size_t i = 0; i < rule->parameter_count; i++) {
        merged[i] = rule->parameters[i];
        names[i] = merged[i].name.ptr; /* copies end in NUL */
    }
    for (size_t i = 0; i < said.parameter_count; i++) {
        size_t index = 0;
        const mtc_status found =
            mtc_yaml_read_choice(reader, &node->items[2 * i], "parameter", names, &index);
        if (found != MTC_OK) return found;
        if ((merged[index].list == NULL) != (said.parameters[i].list == NULL) ||
            isnan(merged[index].number) != isnan(said.parameters[i].number)) {
            return mtc_yaml_fail(reader, &node->items[2 * i + 1],
                                 "parameter %s is %s in the rule", names[index],
                                 merged[index].list != NULL     ? "a list"
                                 : !isnan(merged[index].number) ? "a number"
                                                                : "a text");
        }
        merged[index] = said.parameters[i];
    }
    rule->parameters = merged;
    return MTC_OK;
}

/* --- Entries --- */

/* What an entry and a change to one have in common. */
static mtc_status read_common(const mtc_rule_reading *reading,
                              const mtc_yaml_reader *reader, const mtc_yaml *entry,
                              mtc_rule_draft *draft) {
    mtc_status status = MTC_OK;
    const mtc_yaml *node = mtc_yaml_get(entry, "severity");
    if (node != NULL) status = read_severity(reader, node, &draft->rule.severity);
    node = mtc_yaml_get(entry, "weight");
    if (status == MTC_OK && node != NULL) {
        status = mtc_yaml_read_number(reader, node, "weight", 0, HEAVIEST,
                                      &draft->rule.weight);
    }
    node = mtc_yaml_get(entry, "confidence");
    if (status == MTC_OK && node != NULL) {
        status = mtc_yaml_read_number(reader, node, "confidence", 0.01, 1,
                                      &draft->rule.confidence);
    }
    node = mtc_yaml_get(entry, "off");
    if (status == MTC_OK && node != NULL) {
        status = mtc_yaml_read_flag(reader, node, "off", &draft->rule.off);
    }
    node = mtc_yaml_get(entry, "profiles");
    if (status == MTC_OK && node != NULL) {
        status = read_profiles(reading, reader, node, draft);
    }
    return status;
}

static mtc_status read_words(const mtc_yaml_reader *reader, const mtc_yaml *entry,
                             mtc_rule *rule) {
    static const char *const REQUIRED[] = {"id",   "summary", "message", "dimension",
                                           "type", "its",     "severity"};
    for (size_t i = 0; i < sizeof REQUIRED / sizeof *REQUIRED; i++) {
        if (mtc_yaml_get(entry, REQUIRED[i]) != NULL) continue;
        return mtc_yaml_fail(reader, entry, "rule %.*s lacks the key \"%s\"",
                             (int)rule->id.len, rule->id.ptr, REQUIRED[i]);
    }
    mtc_status status = mtc_yaml_read_text(reader, mtc_yaml_get(entry, "summary"),
                                           "summary", LONGEST_SUMMARY, &rule->summary);
    const mtc_yaml *const message = mtc_yaml_get(entry, "message");
    if (status == MTC_OK) {
        status = mtc_yaml_read_text(reader, message, "message", LONGEST_MESSAGE,
                                    &rule->message);
    }
    if (status == MTC_OK) status = check_message(reader, message, rule->message);
    size_t dimension = 0, type = 0, its = 0;
    if (status == MTC_OK) {
        status = mtc_yaml_read_choice(reader, mtc_yaml_get(entry, "dimension"),
                                      "dimension", mtc_dimension_names, &dimension);
    }
    if (status == MTC_OK) {
        status = mtc_yaml_read_choice(reader, mtc_yaml_get(entry, "type"), "type",
                                      mtc_type_names(dimension), &type);
    }
    if (status == MTC_OK) {
        status = mtc_yaml_read_choice(reader, mtc_yaml_get(entry, "its"), "ITS type",
                                      mtc_its_names, &its);
    }
    if (status != MTC_OK) return status;
    rule->dimension = mtc_str_of(mtc_dimension_names[dimension]);
    rule->type = mtc_str_of(mtc_type_names(dimension)[type]);
    rule->its = mtc_str_of(mtc_its_names[its]);
    return MTC_OK;
}

/* quotes.yaml and quotes-nested.yaml may hold rules of the family "quotes". */
static bool is_in_its_file(const mtc_rule *rule, mtc_str file_stem) {
    return mtc_str_starts_with(file_stem, rule->family) &&
           (file_stem.len == rule->family.len || file_stem.ptr[rule->family.len] == '-');
}

static mtc_status read_new(mtc_rule_reading *reading, const mtc_yaml_reader *reader,
                           mtc_str file_stem, const mtc_yaml *entry,
                           mtc_rule_draft draft) {
    mtc_rule *const rule = &draft.rule;
    if (file_stem.len > 0 && !is_in_its_file(rule, file_stem)) {
        return mtc_yaml_fail(reader, mtc_yaml_get(entry, "id"),
                             "a rule of family \"%.*s\" belongs into %.*s.yaml (or "
                             "%.*s-PART.yaml)",
                             (int)rule->family.len, rule->family.ptr,
                             (int)rule->family.len, rule->family.ptr,
                             (int)rule->family.len, rule->family.ptr);
    }
    rule->weight = 1;
    rule->confidence = DEFAULT_CONFIDENCE;
    rule->lines = DEFAULT_LINES;
    rule->line = entry->line;
    rule->file = mtc_arena_copy(reading->arena, mtc_str_of(reader->file));
    if (rule->file.ptr == NULL) return mtc_yaml_no_memory(reader);
    mtc_status status = read_words(reader, entry, rule);
    if (status == MTC_OK) status = read_common(reading, reader, entry, &draft);
    const mtc_yaml *node = mtc_yaml_get(entry, "lines");
    if (status == MTC_OK && node != NULL) status = read_lines(reader, node, &rule->lines);
    node = mtc_yaml_get(entry, "explains");
    if (status == MTC_OK && node != NULL) status = read_explains(reader, node, rule);
    node = mtc_yaml_get(entry, "parameters");
    if (status == MTC_OK && node != NULL) status = read_parameters(reader, node, rule);
    const mtc_yaml *const pattern = mtc_yaml_get(entry, "pattern");
    const mtc_yaml *const unless = mtc_yaml_get(entry, "unless");
    if (status == MTC_OK && pattern == NULL && unless != NULL) {
        return mtc_yaml_fail(reader, unless,
                             "unless belongs to a pattern; there is none");
    }
    if (status == MTC_OK && pattern == NULL && file_stem.len == 0) {
        return mtc_yaml_fail(reader, entry,
                             "rule %.*s is new here and has no pattern (or is its id "
                             "misspelt?)",
                             (int)rule->id.len, rule->id.ptr);
    }
    if (status == MTC_OK && pattern != NULL) {
        status = mtc_pattern_compile(reader, reading->lists, pattern, unless, rule->lines,
                                     &rule->pattern);
    }
    if (status != MTC_OK) return status;
    return mtc_vector_push(&reading->drafts, reading->scratch, draft)
               ? MTC_OK
               : mtc_yaml_no_memory(reader);
}

static mtc_rule_draft *find_draft(mtc_rule_reading *reading, mtc_str id) {
    for (size_t i = 0; i < reading->drafts.count; i++) {
        mtc_rule_draft *const draft = &reading->drafts.at[i];
        if (mtc_str_equal(draft->rule.id, id)) return draft;
    }
    return NULL;
}

static mtc_status read_change(const mtc_rule_reading *reading,
                              const mtc_yaml_reader *reader, const mtc_yaml *entry,
                              mtc_rule_draft *draft) {
    mtc_status status =
        mtc_yaml_check_keys(reader, entry, "a change to a rule", CHANGE_KEYS);
    if (mtc_yaml_get(entry, "confidence") != NULL) draft->confidence_is_final = true;
    if (status == MTC_OK) status = read_common(reading, reader, entry, draft);
    const mtc_yaml *const parameters = mtc_yaml_get(entry, "parameters");
    if (status == MTC_OK && parameters != NULL) {
        status = merge_parameters(reader, parameters, &draft->rule);
    }
    return status;
}

static mtc_status read_entry(mtc_rule_reading *reading, const mtc_yaml_reader *reader,
                             mtc_str file_stem, size_t drafts_before,
                             const mtc_yaml *entry) {
    mtc_status status = mtc_yaml_check_keys(reader, entry, "a rule", ENTRY_KEYS);
    if (status != MTC_OK) return status;
    const mtc_yaml *const id = mtc_yaml_get(entry, "id");
    if (id == NULL) return mtc_yaml_fail(reader, entry, "a rule lacks the key \"id\"");
    mtc_rule_draft draft = {0};
    status = read_id(reader, id, &draft.rule);
    if (status != MTC_OK) return status;
    mtc_rule_draft *const known = find_draft(reading, draft.rule.id);
    if (known == NULL) return read_new(reading, reader, file_stem, entry, draft);
    const size_t index = (size_t)(known - reading->drafts.at);
    if (file_stem.len == 0 && index < drafts_before) {
        return read_change(reading, reader, entry, known);
    }
    return mtc_yaml_fail(reader, id, "rule %.*s stands in %s, line %u already",
                         (int)draft.rule.id.len, draft.rule.id.ptr, known->rule.file.ptr,
                         known->rule.line);
}

mtc_status mtc_rule_file_read(mtc_rule_reading *reading, const char *file,
                              mtc_str file_stem, const mtc_yaml *root) {
    const mtc_yaml_reader reader = {file, reading->arena, reading->error};
    if (root->kind != MTC_YAML_SEQUENCE) {
        return mtc_yaml_fail(&reader, root, "a rule file is a list of rules (- id: …)");
    }
    const size_t drafts_before = reading->drafts.count;
    mtc_status status = MTC_OK;
    for (size_t i = 0; status == MTC_OK && i < root->count; i++) {
        status = read_entry(reading, &reader, file_stem, drafts_before, &root->items[i]);
    }
    return status;
}
