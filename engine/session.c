#include "session.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/status.h"
#include "base/utf8.h"

enum {
    WORK_BLOCK = 512 << 10,
    ANSWER_BLOCK = 64 << 10,
    DEFAULT_DEADLINE_MS = 2000,
    DEADLINE_MS_PER_KIB = 10,
    DEFAULT_MAX_ISSUES = 1000,
    HIGHEST_MAX_ISSUES = 10000,
    MOST_SUGGESTIONS = 10,
};

mtc_status mtc_session_new(const mtc_engine *engine, mtc_session **ret_session,
                           mtc_error *error) {
    mtc_error_clear(error);
    mtc_session *const session = calloc(1, sizeof *session);
    if (session == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for a session");
    session->engine = engine;
    session->cache = mtc_speller_cache_new();
    mtc_arena_init(&session->work, WORK_BLOCK, engine->memory_limit);
    mtc_arena_init(&session->answer, ANSWER_BLOCK, engine->memory_limit);
    *ret_session = session;
    return MTC_OK;
}

void mtc_session_free(mtc_session *session) {
    if (session == NULL) return;
    mtc_speller_cache_free(session->cache);
    mtc_arena_fini(&session->work);
    mtc_arena_fini(&session->answer);
    free(session);
}

void mtc_session_reset(mtc_session *session) {
    mtc_arena_reset(&session->work);
    mtc_arena_reset(&session->answer);
    session->doc = (mtc_document){0};
}

/* --- The request --- */

static mtc_status check_text(mtc_str text, const char *name, mtc_error *error) {
    const size_t valid = mtc_utf8_valid_prefix(text);
    if (valid == text.len) return MTC_OK;
    return mtc_fail_at(error, MTC_INVALID_REQUEST, valid,
                       "%s is not valid UTF-8 at byte %zu", name, valid);
}

static mtc_status check_request(const mtc_session *session, const mtc_request *request,
                                const mtc_profile **ret_profile, mtc_error *error) {
    const size_t limit = session->engine->text_limit;
    const size_t size = request->title.len + request->text.len;
    if (request->title.len > limit || request->text.len > limit || size > limit) {
        return mtc_fail(error, MTC_TEXT_TOO_LARGE,
                        "title and text have %zu bytes, the limit is %zu", size, limit);
    }
    mtc_status status = check_text(request->title, "the title", error);
    if (status == MTC_OK) status = check_text(request->text, "the text", error);
    if (status != MTC_OK) return status;
    if (!(request->min_confidence >= 0 && request->min_confidence <= 1)) {
        return mtc_fail(error, MTC_INVALID_REQUEST, "min_confidence must be from 0 to 1");
    }
    const char *const name = request->profile == NULL ? "news" : request->profile;
    *ret_profile = mtc_rule_set_profile(session->engine->rules, mtc_str_of(name));
    if (*ret_profile == NULL) {
        return mtc_fail(error, MTC_INVALID_REQUEST, "there is no profile “%.80s”", name);
    }
    return MTC_OK;
}

static bool matches_any(mtc_str id, const mtc_str *globs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (mtc_str_matches_glob(id, globs[i])) return true;
    }
    return false;
}

/* Which rules run; true in *ret_weighty_off where the request switches off one of weight.
 */
static const bool *choose_rules(mtc_session *session, const mtc_request *request,
                                const mtc_profile *profile, bool *ret_weighty_off) {
    const mtc_rule_set *const set = session->engine->rules;
    bool *const runs = MTC_TAKE(&session->answer, bool, set->rule_count);
    if (runs == NULL) return NULL;
    for (size_t i = 0; i < set->rule_count; i++) {
        if (profile->off[i]) continue;
        const mtc_str id = set->rules[i].id;
        const bool wanted = (request->only_count == 0 ||
                             matches_any(id, request->only, request->only_count)) &&
                            !matches_any(id, request->disable, request->disable_count);
        runs[i] = wanted;
        if (!wanted && profile->severities[i] >= MTC_MAJOR) *ret_weighty_off = true;
    }
    return runs;
}

static mtc_budget make_budget(const mtc_request *request, const mtc_timing *timing) {
    mtc_budget budget = mtc_budget_unlimited();
    if (timing == NULL || timing->now_us == NULL) return budget;
    const uint64_t kib = (request->title.len + request->text.len + 1023) / 1024;
    uint64_t deadline_ms = request->deadline_ms > 0
                               ? request->deadline_ms
                               : DEFAULT_DEADLINE_MS + kib * DEADLINE_MS_PER_KIB;
    if (timing->cap_ms > 0 && deadline_ms > timing->cap_ms) deadline_ms = timing->cap_ms;
    budget.now_us = timing->now_us;
    budget.context = timing->context;
    budget.deadline_us = timing->received_us + deadline_ms * 1000;
    budget.left = 0; /* ask the clock at once: the request may have waited */
    if (timing->on_deadline != NULL)
        timing->on_deadline(timing->context, budget.deadline_us);
    return budget;
}

static mtc_status collect(const mtc_str *strings, size_t count, bool normalise,
                          mtc_arena *arena, mtc_wordset *ret_set) {
    mtc_wordset set = {0};
    for (size_t i = 0; i < count; i++) {
        const mtc_str word =
            normalise ? mtc_utf8_normalise(strings[i], arena) : strings[i];
        if (word.ptr == NULL || !mtc_wordset_add(&set, arena, word, (mtc_str){0})) {
            return MTC_NO_MEMORY;
        }
    }
    *ret_set = set;
    return MTC_OK;
}

/* --- The check --- */

/* How far the check came. */
typedef struct {
    mtc_status status; /* MTC_OK, MTC_DEADLINE or MTC_NO_MEMORY */
    size_t detectors_done;
} progress;

static progress analyse(mtc_session *session, const mtc_request *request,
                        mtc_sink *sink) {
    const mtc_engine *const engine = session->engine;
    mtc_document *const doc = &session->doc;
    mtc_wordset believed;
    mtc_status status =
        collect(request->words, request->word_count, true, &session->work, &believed);
    if (status == MTC_OK) {
        status = mtc_document_read(doc, request->title, request->text, engine->lists,
                                   &session->work, &session->budget);
    }
    if (status == MTC_OK) {
        status = mtc_language_annotate(engine->language, session->cache, &believed, doc);
    }
    progress done = {.status = status};
    if (status == MTC_OK) {
        done.status =
            mtc_detectors_run(engine->detectors, doc, sink, &done.detectors_done);
    }
    return done;
}

/* A document with nothing read: what is left where memory ended while reading. */
static bool make_empty_document(mtc_session *session, const mtc_request *request) {
    session->doc = (mtc_document){
        .bytes = request->text, .arena = &session->answer, .budget = &session->budget};
    return mtc_offsets_init(&session->doc.offsets, (mtc_str){"", 0}, 0, &session->answer);
}

static mtc_status add_partial(mtc_session *session, const mtc_sink *sink, progress done,
                              mtc_report *report) {
    if (done.status == MTC_OK) return MTC_OK;
    mtc_partial *const partial = MTC_TAKE(&session->answer, mtc_partial, 1);
    mtc_str *rules;
    if (partial == NULL) return MTC_NO_MEMORY;
    const mtc_status status =
        mtc_detectors_rules_left(session->engine->detectors, sink, done.detectors_done,
                                 &session->answer, &rules, &partial->rules_not_run_count);
    if (status != MTC_OK) return status;
    const uint32_t read_to = session->doc.read_to, begin = session->doc.text_begin;
    partial->reason =
        done.status == MTC_DEADLINE ? MTC_STR("deadline") : MTC_STR("memory");
    partial->checked_byte = read_to > begin ? read_to - begin : 0;
    partial->rules_not_run = rules;
    report->partial = partial;
    return MTC_OK;
}

static mtc_status suggest(mtc_session *session, const mtc_request *request,
                          mtc_report *report) {
    if (request->suggestions == 0) return MTC_OK;
    const uint32_t most =
        request->suggestions < MOST_SUGGESTIONS ? request->suggestions : MOST_SUGGESTIONS;
    for (size_t i = 0; i < report->issue_count; i++) {
        mtc_issue *const issue = &report->issues[i];
        const mtc_rule *const rule =
            mtc_rule_set_find(session->engine->rules, issue->rule);
        if (rule == NULL || mtc_rule_number(rule, "suggestions", 0) == 0) continue;
        session->budget.left = 0; /* each is slow: ask the clock every time */
        if (mtc_budget_spend(&session->budget, 1) != MTC_OK) return MTC_OK;
        const mtc_str word = mtc_utf8_normalise(issue->text, &session->answer);
        mtc_str *words;
        const mtc_status status =
            mtc_language_suggest(session->engine->language, word, most, &session->answer,
                                 &words, &issue->suggestion_count);
        if (status != MTC_OK) return status;
        issue->suggestions = words;
    }
    return MTC_OK;
}

static mtc_status build_report(mtc_session *session, const mtc_request *request,
                               const mtc_sink *sink, progress done, mtc_gate gate,
                               mtc_report **ret_report) {
    mtc_wordset accepted;
    mtc_judged_list judged;
    mtc_status status = collect(request->accepted, request->accepted_count, false,
                                &session->answer, &accepted);
    if (status == MTC_OK) {
        status = mtc_judge(&session->doc, sink->profile, sink->findings.at,
                           sink->findings.count, &accepted, &session->answer, &judged);
    }
    const mtc_report_filter filter = {
        .min_confidence = request->min_confidence,
        .min_severity = request->min_severity,
        .max_issues = request->max_issues == 0                   ? DEFAULT_MAX_ISSUES
                      : request->max_issues == MTC_LIST_NONE     ? 0
                      : request->max_issues < HIGHEST_MAX_ISSUES ? request->max_issues
                                                                 : HIGHEST_MAX_ISSUES,
        .sentences = request->sentences};
    mtc_report *report = NULL;
    if (status == MTC_OK) {
        status =
            mtc_report_build(&session->doc, sink->profile, &judged, sink->findings.at,
                             gate, filter, &session->answer, &report);
    }
    if (status == MTC_OK) status = add_partial(session, sink, done, report);
    if (status == MTC_OK) status = suggest(session, request, report);
    if (status == MTC_OK) *ret_report = report;
    return status;
}

mtc_status mtc_session_check(mtc_session *session, const mtc_request *request,
                             const mtc_timing *timing, const mtc_report **ret_report,
                             mtc_error *error) {
    const mtc_profile *profile;
    const mtc_status status = check_request(session, request, &profile, error);
    if (status != MTC_OK) return status;
    mtc_gate gate = {0};
    mtc_sink sink = {
        .doc = &session->doc,
        .profile = profile,
        .runs = choose_rules(session, request, profile, &gate.weighty_rule_is_off),
        .arena = &session->work};
    if (sink.runs == NULL)
        return mtc_fail(error, MTC_NO_MEMORY, "no memory for the check");
    session->budget = make_budget(request, timing);
    const progress done = analyse(session, request, &sink);
    gate.partial = done.status != MTC_OK;
    if (done.status == MTC_NO_MEMORY && session->doc.read_to == 0) {
        sink.findings.count = 0;
        if (!make_empty_document(session, request)) {
            return mtc_fail(error, MTC_NO_MEMORY, "no memory for the check");
        }
    }
    mtc_report *report;
    if (build_report(session, request, &sink, done, gate, &report) != MTC_OK) {
        return mtc_fail(error, MTC_NO_MEMORY, "no memory for the report");
    }
    *ret_report = report;
    return MTC_OK;
}

mtc_status mtc_check(mtc_session *session, const mtc_request *request,
                     const mtc_timing *timing, const mtc_report **ret_report,
                     mtc_error *error) {
    mtc_error_clear(error);
    mtc_session_reset(session);
    return mtc_session_check(session, request, timing, ret_report, error);
}
