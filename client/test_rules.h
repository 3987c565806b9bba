/* test_rules.h: `mtcheck --test-rules [FOLDER]`. */
#ifndef MTCHECK_TEST_RULES_H
#define MTCHECK_TEST_RULES_H

#include <stdio.h>

#include "mtcheck/mtcheck.h"

/* Runs the `wrong:` and `right:` examples of all rules, each with its rule alone, and
 * prints what came out differently, with file and line; then one line of summary.
 * `folder` NULL: the rules of options->data_dir and of options->overlay_dir. Else a data
 * folder (holds rules/en), its rules/en, an overlay (holds rules.d), or its rules.d.
 * 0: all is as the files say; 1: something is not; 2: they could not be run. */
int mtc_test_rules(const mtc_engine_options *options, const char *folder, FILE *out);

#endif
