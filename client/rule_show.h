/* rule_show.h: `mtcheck rule show TEXT`. */
#ifndef MTCHECK_RULE_SHOW_H
#define MTCHECK_RULE_SHOW_H

#include <stdbool.h>
#include <stdio.h>

/* Prints what conditions of patterns see in a text: each token with its part of speech,
 * tag, features, relation and head, how likely it is a finite verb, and its doubts.
 * False, and a word on `errors`, where the data cannot be loaded. */
bool mtc_rule_show(const char *text, const char *data_dir, FILE *out, FILE *errors);

#endif
