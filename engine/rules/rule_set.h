/* rule_set.h: the rules of a language, read from YAML, immutable afterwards.
 *
 * Every thing that can be reported, built-in or pattern, is one entry in
 * rules/en/FAMILY.yaml (docs/RULES.md). An operator's rules.d is read on top: an entry
 * with a known id changes only what it names (severity, weight, confidence, off,
 * parameters), one with a new id is a new pattern rule.
 */
#ifndef MTC_RULES_RULE_SET_H
#define MTC_RULES_RULE_SET_H

#include "base/wordset.h"
#include "rules/pattern.h"
#include "text/document.h"

typedef struct mtc_rule_parameter {
    mtc_str name;
    double number; /* NAN where it is none */
    mtc_str text;  /* as written */
    const mtc_str *list;
    size_t list_count;
} mtc_rule_parameter;

/* One point of a rule's curve from evidence to confidence (rules/confidence.h). */
typedef struct mtc_confidence_knot {
    double evidence, confidence;
} mtc_confidence_knot;

typedef struct mtc_rule {
    mtc_str id, family, summary, message; /* family: id up to the point */
    mtc_str dimension, type, its;
    mtc_severity severity;
    double weight;
    double confidence; /* the evidence of a finding where the detector says nothing
                          better */
    const mtc_confidence_knot *knots; /* rising; none: confidence is the evidence */
    size_t knot_count;
    uint32_t lines; /* bit per mtc_line_kind where it may report */
    bool off;       /* by an operator */
    uint32_t index; /* in the rule set, sorted by id */
    const mtc_str
        *explains; /* ids whose findings at the same place it explains (globs) */
    size_t explains_count;
    const mtc_rule_parameter *parameters;
    size_t parameter_count;
    const mtc_pattern *pattern; /* NULL: built-in, a detector reports it */
    mtc_str file;
    uint32_t line;
} mtc_rule;

/* Weights and thresholds by name; rules/en/profiles.yaml. */
typedef struct mtc_profile {
    mtc_str name;
    double min_confidence;           /* below: no issue at all */
    double pass, review, acceptable; /* docs/SCORING.md */
    const double *weights;           /* by rule index; 0 with `off` set below */
    const bool *off;                 /* by rule index: not run under this profile */
    const mtc_severity *severities;  /* by rule index */
} mtc_profile;

typedef struct mtc_rule_set {
    const mtc_rule *rules; /* sorted by id */
    size_t rule_count;
    const mtc_profile *profiles; /* sorted by name */
    size_t profile_count;
    char checksum[72]; /* "sha256:…" over rules, profiles, word lists and the digest given
                        */
} mtc_rule_set;

/* Reads data_dir/rules/LANGUAGE/\*.yaml and overlay_dir/rules.d/\*.yaml (NULL: none). All
 * of *ret_rules lives in the arena. INVALID_FILE with file, line, column and reason. */
mtc_status mtc_rule_set_load(const char *rules_dir, const char *overlay_dir,
                             const mtc_wordlists *lists,
                             const unsigned char extra_digest[32], mtc_arena *arena,
                             const mtc_rule_set **ret_rules, mtc_error *error);

/* NULL where there is none. */
const mtc_rule *mtc_rule_set_find(const mtc_rule_set *rules, mtc_str id);
const mtc_profile *mtc_rule_set_profile(const mtc_rule_set *rules, mtc_str name);

/* A parameter of a rule's detector; `fallback` where the entry does not name it. */
double mtc_rule_number(const mtc_rule *rule, const char *name, double fallback);
mtc_str mtc_rule_text(const mtc_rule *rule, const char *name, mtc_str fallback);
/* Empty where the entry does not name it. */
const mtc_str *mtc_rule_list(const mtc_rule *rule, const char *name, size_t *ret_count);

/* The same list as one thing, for a detector's setup. */
typedef struct mtc_rule_words {
    const mtc_str *at;
    size_t count;
} mtc_rule_words;
mtc_rule_words mtc_rule_words_of(const mtc_rule *rule, const char *name);
bool mtc_rule_words_have(mtc_rule_words words, mtc_str word);

#endif
