/* The same check from and to JSON. */
#include <stdio.h>

#include "base/status.h"
#include "session.h"

/* --- The same from and to JSON --- */

static bool warn_of_globs(mtc_session *session, const mtc_str *globs, size_t count,
                          const char *option, mtc_str_list *warnings) {
    const mtc_rule_set *const set = session->engine->rules;
    for (size_t i = 0; i < count; i++) {
        size_t r = 0;
        while (r < set->rule_count && !mtc_str_matches_glob(set->rules[r].id, globs[i]))
            r++;
        if (r < set->rule_count) continue;
        char text[160];
        const int shown = globs[i].len > 64 ? 0 : (int)globs[i].len;
        (void)snprintf(text, sizeof text, "options.%s: no rule matches “%.*s”", option,
                       shown, globs[i].ptr);
        const mtc_str warning = mtc_arena_copy(&session->answer, mtc_str_of(text));
        if (warning.ptr == NULL ||
            !mtc_vector_push(warnings, &session->answer, warning)) {
            return false;
        }
    }
    return true;
}

static mtc_str answer_check(mtc_session *session, mtc_wire_request *wire,
                            const char *language, const mtc_timing *timing,
                            const mtc_reply_engine *about, mtc_error *error) {
    const mtc_report *report;
    mtc_request *const check = &wire->check;
    if (!warn_of_globs(session, check->only, check->only_count, "only",
                       &wire->warnings) ||
        !warn_of_globs(session, check->disable, check->disable_count, "disable",
                       &wire->warnings)) {
        (void)mtc_fail(error, MTC_NO_MEMORY, "no memory for the reply");
        return (mtc_str){0};
    }
    if (mtc_session_check(session, check, timing, &report, error) != MTC_OK)
        return (mtc_str){0};
    return mtc_reply_report(report, wire->id, mtc_str_of(language), &wire->warnings,
                            about, &session->answer);
}

static mtc_str answer_rules(mtc_session *session, mtc_wire_request *wire,
                            const mtc_reply_engine *about, mtc_error *error) {
    const char *const name = wire->check.profile == NULL ? "news" : wire->check.profile;
    const mtc_profile *const profile =
        mtc_rule_set_profile(session->engine->rules, mtc_str_of(name));
    if (profile == NULL) {
        (void)mtc_fail(error, MTC_INVALID_REQUEST, "there is no profile “%.80s”", name);
        return (mtc_str){0};
    }
    return mtc_reply_rules(session->engine->rules, profile, wire->id, &wire->warnings,
                           about, &session->answer);
}

static mtc_str answer_parsed(mtc_session *session, mtc_wire_request *wire,
                             const mtc_timing *timing, mtc_error *error) {
    const mtc_reply_engine about = {mtc_version(), session->engine->rules->checksum,
                                    session->engine->model_checksum};
    const char *const language = mtc_engine_language(wire->language);
    if (language == NULL) {
        (void)mtc_fail(error, MTC_UNSUPPORTED_LANGUAGE,
                       "this language is not supported; supported: en");
        return (mtc_str){0};
    }
    switch (wire->op) {
    case MTC_OP_CHECK:
        return answer_check(session, wire, language, timing, &about, error);
    case MTC_OP_RULES: return answer_rules(session, wire, &about, error);
    case MTC_OP_VERSION:
        return mtc_reply_version(wire->id, &wire->warnings, &about, &session->answer);
    case MTC_OP_HEALTH:
    case MTC_OP_STATS: break;
    }
    (void)mtc_fail(
        error, MTC_INVALID_REQUEST,
        "health and stats are answered by the daemon, in frames of at most 4096 bytes");
    return (mtc_str){0};
}

mtc_status mtc_session_answer(mtc_session *session, mtc_str request,
                              const mtc_timing *timing, mtc_str *ret_reply) {
    mtc_session_reset(session);
    mtc_error error;
    mtc_error_clear(&error);
    mtc_wire_request wire;
    mtc_str reply = {0};
    if (mtc_wire_request_parse(request, &session->answer, &wire, &error) == MTC_OK) {
        reply = answer_parsed(session, &wire, timing, &error);
    }
    if (reply.ptr == NULL) {
        if (error.status == MTC_OK || error.status == MTC_NO_MEMORY) {
            error.status = MTC_OK;
            (void)mtc_fail(&error, MTC_INTERNAL,
                           "there was not enough memory for this request");
        }
        reply = mtc_reply_error(&error, wire.id, &session->answer);
    }
    mtc_wire_request_fini(&wire);
    if (reply.ptr == NULL) return MTC_NO_MEMORY;
    *ret_reply = reply;
    return MTC_OK;
}
