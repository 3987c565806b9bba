/* Whatever the bytes of a request, the answer is one JSON object with a status. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mtcheck/mtcheck.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static mtc_session *session;

static void open_session(void) {
    mtc_engine *engine;
    mtc_error error;
    const mtc_engine_options options = {.data_dir = MTC_TEST_DATA_DIR};
    if (mtc_engine_new(&options, &engine, &error) != MTC_OK ||
        mtc_session_new(engine, &session, &error) != MTC_OK) {
        fprintf(stderr, "%s: %s\n", error.file, error.message);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (session == NULL) open_session();
    mtc_str reply;
    if (mtc_session_answer(session, (mtc_str){(const char *)data, size}, NULL, &reply) !=
        MTC_OK) {
        abort();
    }
    json_t *const parsed = json_loadb(reply.ptr, reply.len, JSON_ALLOW_NUL, NULL);
    if (json_string_value(json_object_get(parsed, "status")) == NULL) abort();
    json_decref(parsed);
    return 0;
}
