#include "proof.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

enum { FILE_LIMIT = 256 << 10, ARENA_BLOCK = 64 << 10, ARENA_LIMIT = 4 << 20 };

static mtc_status fail(mtc_error *error, const char *file, const char *what) {
    return mtc_fail_in_file(error, file, 0, 0, "the self-test failed: %s", what);
}

/* The reply as a tree; NULL where there is none. A new reference. */
static json_t *ask(mtc_session *session, json_t *request) {
    char *const bytes = json_dumps(request, JSON_COMPACT);
    if (bytes == NULL) return NULL;
    mtc_str reply;
    json_t *tree = NULL;
    if (mtc_session_answer(session, mtc_str_of(bytes), NULL, &reply) == MTC_OK)
        tree = json_loadb(reply.ptr, reply.len, JSON_ALLOW_NUL, NULL);
    free(bytes);
    return tree;
}

static mtc_status read_checksums(mtc_session *session, const char *file,
                                 char ret_checksums[PROOF_CHECKSUMS], mtc_error *error) {
    json_t *const request = json_pack("{s:i,s:s}", "v", 1, "op", "version");
    json_t *const reply = ask(session, request);
    const char *rules, *model;
    mtc_status status = MTC_OK;
    if (reply == NULL || json_unpack(reply, "{s:{s:s,s:s}}", "engine", "rules", &rules,
                                     "model", &model) != 0) {
        status = fail(error, file, "the engine does not tell its version");
    } else {
        snprintf(ret_checksums, PROOF_CHECKSUMS, "%s\n%s", rules, model);
    }
    json_decref(reply);
    json_decref(request);
    return status;
}

/* The reported texts must be the expected ones, in order. */
static mtc_status compare(const char *file, const json_t *reply, const json_t *expected,
                          mtc_error *error) {
    const json_t *const issues = json_object_get(reply, "issues");
    const json_t *const status = json_object_get(reply, "status");
    if (!json_is_array(issues) || !json_is_string(status) ||
        strcmp(json_string_value(status), "ok") != 0)
        return fail(error, file, "the check of the known article did not succeed");
    const size_t count = json_array_size(expected);
    for (size_t i = 0; i < count || i < json_array_size(issues); i++) {
        const char *const want = json_string_value(json_array_get(expected, i));
        const char *const got =
            json_string_value(json_object_get(json_array_get(issues, i), "text"));
        if (want != NULL && got != NULL && strcmp(want, got) == 0) continue;
        char what[256];
        snprintf(what, sizeof what,
                 "as unknown word %zu “%.60s” was expected and “%.60s” reported", i + 1,
                 want == NULL ? "(none)" : want, got == NULL ? "(none)" : got);
        return fail(error, file, what);
    }
    return MTC_OK;
}

static mtc_status run_canary(mtc_session *session, const char *file, mtc_str bytes,
                             mtc_error *error) {
    json_error_t where;
    json_t *const canary =
        json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, &where);
    if (canary == NULL) {
        return mtc_fail_in_file(error, file, (uint32_t)where.line, (uint32_t)where.column,
                                "%s", where.text);
    }
    json_t *const request = json_object_get(canary, "request");
    json_t *const expected = json_object_get(canary, "expected");
    mtc_status status;
    if (!json_is_object(request) || !json_is_array(expected)) {
        status = fail(error, file, "it must hold “request” and “expected”");
    } else {
        json_t *const reply = ask(session, request);
        status = compare(file, reply, expected, error);
        json_decref(reply);
    }
    json_decref(canary);
    return status;
}

mtc_status proof_run(const mtc_engine *engine, const char *data_dir,
                     char ret_checksums[PROOF_CHECKSUMS], mtc_error *error) {
    char file[1200];
    snprintf(file, sizeof file, "%s/dicts/en/canary.json", data_dir);
    mtc_arena arena;
    mtc_arena_init(&arena, ARENA_BLOCK, ARENA_LIMIT);
    mtc_str bytes;
    mtc_session *session = NULL;
    mtc_status status = mtc_file_read(file, FILE_LIMIT, &arena, &bytes, error);
    if (status == MTC_OK) status = mtc_session_new(engine, &session, error);
    if (status == MTC_OK) status = read_checksums(session, file, ret_checksums, error);
    if (status == MTC_OK) status = run_canary(session, file, bytes, error);
    mtc_session_free(session);
    mtc_arena_fini(&arena);
    return status;
}
