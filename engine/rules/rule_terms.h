/* rule_terms.h: the closed vocabularies of rule files.
 *
 * Dimensions and types follow the MQM 2.0 typology (themqm.org), written with hyphens;
 * `its` is the localization quality issue type of the W3C Internationalization Tag Set
 * 2.0, section 8.17.
 */
#ifndef MTC_RULES_RULE_TERMS_H
#define MTC_RULES_RULE_TERMS_H

/* Each list ends in NULL. */
extern const char *const mtc_dimension_names[];
extern const char *const mtc_its_names[];
extern const char *const mtc_severity_names[];
extern const char *const mtc_line_names[]; /* in the order of mtc_line_kind */
/* Types of the dimension with this index. */
const char *const *mtc_type_names(unsigned long dimension);

#endif
