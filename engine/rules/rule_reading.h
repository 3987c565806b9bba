/* rule_reading.h: what is shared while rule files are read (private to engine/rules).
 *
 * Drafts become the rule set once all files are read. Trees live in `scratch`, which ends
 * with the reading; all that a draft points to lives in `arena`, but for the nodes that
 * serve as places of errors.
 */
#ifndef MTC_RULES_RULE_READING_H
#define MTC_RULES_RULE_READING_H

#include "rules/rule_set.h"
#include "rules/yaml.h"

/* What an overlay or a profile may say differently about a rule. */
typedef struct mtc_rule_change {
    bool has_off, off, has_severity, has_weight;
    mtc_severity severity;
    double weight;
} mtc_rule_change;

/* A rule's own word on one profile. */
typedef struct mtc_rule_for_profile {
    mtc_str profile;
    mtc_rule_change change;
    const char *file;
    const mtc_yaml *at;
} mtc_rule_for_profile;

typedef struct mtc_rule_draft {
    mtc_rule rule;
    MTC_VECTOR(mtc_rule_for_profile) profiles; /* in the order they were said */
    bool confidence_is_final; /* an operator said it: no curve changes it */
} mtc_rule_draft;

/* A profile's word on all rules that a glob covers. */
typedef struct mtc_profile_rules {
    mtc_str glob;
    mtc_rule_change change;
    const char *file;
    const mtc_yaml *at;
} mtc_profile_rules;

typedef struct mtc_profile_draft {
    mtc_str name;
    double min_confidence, pass, review, acceptable;
    MTC_VECTOR(mtc_profile_rules) rules; /* later ones win */
} mtc_profile_draft;

/* A curve for all rules that a glob covers. */
typedef struct mtc_confidence_curve {
    mtc_str glob;
    const mtc_confidence_knot *knots;
    size_t knot_count;
    const char *file;
    const mtc_yaml *at;
} mtc_confidence_curve;

typedef struct mtc_rule_reading {
    const mtc_wordlists *lists;
    mtc_arena *arena, *scratch;
    mtc_error *error;
    MTC_VECTOR(mtc_rule_draft) drafts;
    MTC_VECTOR(mtc_profile_draft) profiles;
    MTC_VECTOR(mtc_confidence_curve) curves; /* later ones win */
} mtc_rule_reading;

/* Entries of one file. `file_stem` ("quotes", "quotes-nested") names the family of all
 * rules in it; empty: any (an operator's file, whose entries may also change rules that
 * stand already). */
mtc_status mtc_rule_file_read(mtc_rule_reading *reading, const char *file,
                              mtc_str file_stem, const mtc_yaml *root);

/* profiles.yaml; an operator's changes only what it names. */
mtc_status mtc_profile_file_read(mtc_rule_reading *reading, const char *file,
                                 const mtc_yaml *root);
/* Profiles over the rules, which are sorted by id, as their drafts are. */
mtc_status mtc_profiles_finish(const mtc_rule_reading *reading,
                               const mtc_rule_draft *drafts, size_t rule_count,
                               const mtc_profile **ret_profiles, size_t *ret_count);

/* confidence.yaml; an operator's curves replace those that came with mtcheck. */
mtc_status mtc_confidence_file_read(mtc_rule_reading *reading, const char *file,
                                    const mtc_yaml *root);
/* Gives the rules their curves. */
mtc_status mtc_confidence_finish(const mtc_rule_reading *reading, mtc_rule_draft *drafts,
                                 size_t rule_count);

/* {off, severity, weight}: any of them. */
mtc_status mtc_rule_change_read(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                mtc_rule_change *ret_change);

#endif
