/* Whatever the bytes of a request, the answer is one JSON object with a status. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz_session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtc_session *const session = fuzz_session();
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
