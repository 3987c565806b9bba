/* proof.h: a loaded engine proves itself before it serves.
 *
 * `canary.json` beside the word lists holds an article with twenty words that no
 * dictionary may know and more than twenty that it must: the check has to report exactly
 * the former. A dictionary that loads but does not work (hunspell opens missing and torn
 * files without a word) is found here. */
#ifndef DAEMON_PROOF_H
#define DAEMON_PROOF_H

#include "base/status.h"

enum { PROOF_CHECKSUMS = 160 };

/* *ret_checksums: those of rules and model, a line each; also filled in where the engine
 * works but does not find what it should. INVALID_FILE names the canary and what was not
 * as it should be. */
mtc_status proof_run(const mtc_engine *engine, const char *data_dir,
                     char ret_checksums[PROOF_CHECKSUMS], mtc_error *error);

#endif
