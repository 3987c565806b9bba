/* fuzz_session.h: the session that fuzz targets share over their inputs; it is opened
 * once. */
#ifndef MTC_FUZZ_SESSION_H
#define MTC_FUZZ_SESSION_H

#include <stdio.h>
#include <stdlib.h>

#include "mtcheck/mtcheck.h"

static mtc_session *fuzz_session(void) {
    static mtc_session *session;
    if (session != NULL) return session;
    mtc_engine *engine;
    mtc_error error;
    const mtc_engine_options options = {.data_dir = MTC_TEST_DATA_DIR};
    if (mtc_engine_new(&options, &engine, &error) != MTC_OK ||
        mtc_session_new(engine, &session, &error) != MTC_OK) {
        fprintf(stderr, "%s: %s\n", error.file, error.message);
        abort();
    }
    return session;
}

#endif
