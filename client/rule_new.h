/* rule_new.h: `mtcheck rule new FAMILY.NAME`. */
#ifndef MTCHECK_RULE_NEW_H
#define MTCHECK_RULE_NEW_H

#include <stdbool.h>
#include <stdio.h>

/* Prints the skeleton of a pattern rule, ready to be saved in rules.d/FAMILY.yaml and to
 * be filled in; editors find the schema in the data folder. False, and a word on
 * `errors`, where the id is none. */
bool mtc_rule_new(const char *id, const char *data_dir, FILE *out, FILE *errors);

#endif
