#include "codec/reply.h"

#include <jansson.h>
#include <math.h>

#include "base/utf8.h"

/* Four decimals, so that the last bits of a sum do not reach the wire. */
static json_t *number(double value) {
    return json_real(round(value * 10000) / 10000);
}

static json_t *string(mtc_str text) {
    return json_stringn_nocheck(text.ptr == NULL ? "" : text.ptr, text.len);
}

static json_t *count(uint64_t value) {
    return json_integer((json_int_t)value);
}

static json_t *pair(const uint32_t ends[2]) {
    return json_pack("[I,I]", (json_int_t)ends[0], (json_int_t)ends[1]);
}

static json_t *list_of(const mtc_str *strings, size_t how_many) {
    json_t *const list = json_array();
    for (size_t i = 0; i < how_many; i++) json_array_append_new(list, string(strings[i]));
    return list;
}

static json_t *span(const mtc_span *at) {
    return json_pack("{s:o,s:o,s:o,s:I,s:I}", "byte", pair(at->byte), "codepoint",
                     pair(at->codepoint), "utf16", pair(at->utf16), "line",
                     (json_int_t)at->line, "column", (json_int_t)at->column);
}

/* What every reply begins with. */
static json_t *begin(const char *status, mtc_str id) {
    return json_pack("{s:i,s:s,s:o}", "v", 1, "status", status, "id",
                     id.ptr == NULL ? json_null() : string(id));
}

static mtc_str finish(json_t *reply, mtc_arena *arena) {
    const size_t flags = JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(15);
    const size_t size = json_dumpb(reply, NULL, 0, flags);
    char *const bytes = size == 0 ? NULL : mtc_arena_take(arena, size);
    if (bytes != NULL) (void)json_dumpb(reply, bytes, size, flags);
    json_decref(reply);
    return (mtc_str){bytes, bytes == NULL ? 0 : size};
}

static json_t *engine_of(const mtc_reply_engine *engine) {
    return json_pack("{s:s,s:s,s:s}", "version", engine->version, "rules", engine->rules,
                     "model", engine->model);
}

/* --- Reports --- */

static json_t *repairs_of(const mtc_issue *issue) {
    json_t *const list = json_array();
    for (size_t i = 0; i < issue->repair_count; i++) {
        const mtc_repair *const repair = &issue->repairs[i];
        json_array_append_new(list,
                              json_pack("{s:o,s:o}", "span", span(&repair->at),
                                        "replacement", string(repair->replacement)));
    }
    return list;
}

static json_t *related_of(const mtc_issue *issue) {
    json_t *const list = json_array();
    for (size_t i = 0; i < issue->related_count; i++) {
        json_array_append_new(list, json_pack("{s:o,s:o}", "rule",
                                              string(issue->related[i].rule), "span",
                                              span(&issue->related[i].span)));
    }
    return list;
}

static json_t *issue_of(const mtc_issue *issue) {
    json_t *const out = json_object();
    json_object_set_new(out, "rule", string(issue->rule));
    json_object_set_new(out, "fingerprint", json_string(issue->fingerprint));
    json_object_set_new(out, "dimension", string(issue->dimension));
    json_object_set_new(out, "type", string(issue->type));
    json_object_set_new(out, "its", string(issue->its));
    json_object_set_new(out, "severity", json_string(mtc_severity_name(issue->severity)));
    json_object_set_new(out, "confidence", number(issue->confidence));
    json_object_set_new(out, "penalty", number(issue->penalty));
    json_object_set_new(out, "state",
                        json_string(issue->accepted ? "accepted" : "active"));
    json_object_set_new(out, "in", json_string(issue->in_title ? "title" : "text"));
    json_object_set_new(out, "span", span(&issue->span));
    json_object_set_new(out, "text", string(issue->text));
    json_object_set_new(out, "sentence",
                        issue->sentence < 0 ? json_null()
                                            : json_integer(issue->sentence));
    json_object_set_new(out, "message", string(issue->message));
    json_object_set_new(out, "repairs", repairs_of(issue));
    json_object_set_new(out, "suggestions",
                        list_of(issue->suggestions, issue->suggestion_count));
    json_object_set_new(out, "related", related_of(issue));
    return out;
}

static json_t *dimensions_of(const mtc_report *report) {
    json_t *const dimensions = json_object();
    for (size_t i = 0; i < report->dimension_count; i++) {
        const mtc_str name = report->dimensions[i];
        json_object_setn_new_nocheck(dimensions, name.ptr, name.len,
                                     number(report->dimension_penalties[i]));
    }
    return dimensions;
}

static json_t *score_of(const mtc_report *report) {
    const mtc_score *const score = &report->score;
    json_t *const counts = json_object();
    for (mtc_severity s = MTC_NEUTRAL; s <= MTC_CRITICAL; s++) {
        json_object_set_new(counts, mtc_severity_name(s), count(score->counts[s]));
    }
    json_t *const interval = score->has_interval
                                 ? json_pack("[o,o]", number(score->interval95[0]),
                                             number(score->interval95[1]))
                                 : json_null();
    return json_pack("{s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "quality",
                     number(score->quality), "verdict", mtc_verdict_name(score->verdict),
                     "reason", string(score->reason), "words", count(score->words),
                     "penalty", number(score->penalty), "penalty_per_1000_words",
                     number(score->per_1000), "penalty_per_1000_words_interval95",
                     interval, "by_dimension", dimensions_of(report), "counts", counts);
}

static json_t *sentences_of(const mtc_report *report) {
    if (!report->has_sentences) return json_null();
    json_t *const list = json_array();
    for (size_t i = 0; i < report->sentence_count; i++) {
        const mtc_sentence_score *const one = &report->sentences[i];
        json_array_append_new(
            list,
            json_pack("{s:o,s:s,s:o,s:o,s:o}", "span", span(&one->span), "in",
                      one->in_title ? "title" : "text", "kind", string(one->kind),
                      "penalty", number(one->penalty), "quality", number(one->quality)));
    }
    return list;
}

static json_t *partial_of(const mtc_partial *partial) {
    return json_pack("{s:o,s:{s:[i,I]},s:o}", "reason", string(partial->reason),
                     "checked", "byte", 0, (json_int_t)partial->checked_byte,
                     "rules_not_run",
                     list_of(partial->rules_not_run, partial->rules_not_run_count));
}

mtc_str mtc_reply_report(const mtc_report *report, mtc_str id, mtc_str language,
                         const mtc_str_list *warnings, const mtc_reply_engine *engine,
                         mtc_arena *arena) {
    json_t *const reply = begin(report->partial == NULL ? "ok" : "partial", id);
    json_t *const about = engine_of(engine);
    json_object_set_new(about, "profile", string(report->profile));
    json_object_set_new(reply, "engine", about);
    json_object_set_new(reply, "language", string(language));
    json_object_set_new(reply, "score", score_of(report));
    json_t *const issues = json_array();
    for (size_t i = 0; i < report->issue_count; i++) {
        json_array_append_new(issues, issue_of(&report->issues[i]));
    }
    json_object_set_new(reply, "issues", issues);
    json_object_set_new(reply, "sentences", sentences_of(report));
    json_object_set_new(reply, "stats",
                        json_pack("{s:I,s:I,s:I,s:I}", "bytes", (json_int_t)report->bytes,
                                  "lines", (json_int_t)report->lines, "sentences",
                                  (json_int_t)report->all_sentences, "omitted",
                                  (json_int_t)report->omitted));
    json_object_set_new(reply, "warnings", list_of(warnings->at, warnings->count));
    if (report->partial != NULL) {
        json_object_set_new(reply, "partial", partial_of(report->partial));
    }
    return finish(reply, arena);
}

/* --- The other ops --- */

static json_t *rule_of(const mtc_rule *rule, const mtc_profile *profile) {
    const uint32_t i = rule->index;
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:s,s:o,s:b}", "id", string(rule->id),
                     "summary", string(rule->summary), "dimension",
                     string(rule->dimension), "type", string(rule->type), "its",
                     string(rule->its), "severity",
                     mtc_severity_name(profile->severities[i]), "weight",
                     number(profile->weights[i]), "active", !profile->off[i]);
}

mtc_str mtc_reply_rules(const mtc_rule_set *rules, const mtc_profile *profile, mtc_str id,
                        const mtc_str_list *warnings, const mtc_reply_engine *engine,
                        mtc_arena *arena) {
    json_t *const reply = begin("ok", id);
    json_t *const about = engine_of(engine);
    json_object_set_new(about, "profile", string(profile->name));
    json_object_set_new(reply, "engine", about);
    json_t *const list = json_array();
    for (size_t i = 0; i < rules->rule_count; i++) {
        json_array_append_new(list, rule_of(&rules->rules[i], profile));
    }
    json_object_set_new(reply, "rules", list);
    json_t *const profiles = json_array();
    for (size_t i = 0; i < rules->profile_count; i++) {
        json_array_append_new(profiles, string(rules->profiles[i].name));
    }
    json_object_set_new(reply, "profiles", profiles);
    json_object_set_new(reply, "warnings", list_of(warnings->at, warnings->count));
    return finish(reply, arena);
}

mtc_str mtc_reply_version(mtc_str id, const mtc_str_list *warnings,
                          const mtc_reply_engine *engine, mtc_arena *arena) {
    json_t *const reply = begin("ok", id);
    json_object_set_new(reply, "engine", engine_of(engine));
    json_object_set_new(reply, "versions", json_pack("[i]", 1));
    json_object_set_new(reply, "languages", json_pack("[s]", "en"));
    json_object_set_new(reply, "warnings", list_of(warnings->at, warnings->count));
    return finish(reply, arena);
}

mtc_str mtc_reply_error(const mtc_error *error, mtc_str id, mtc_arena *arena) {
    mtc_str message = mtc_str_of(error->message);
    message.len =
        mtc_utf8_valid_prefix(message); /* it may have been cut in a character */
    json_t *const reply = begin("error", id);
    json_t *const about = json_pack("{s:s,s:o}", "code", mtc_status_name(error->status),
                                    "message", string(message));
    if (about != NULL && error->position >= 0) {
        json_object_set_new(about, "position", json_integer(error->position));
    }
    json_object_set_new(reply, "error", about == NULL ? json_null() : about);
    return finish(reply, arena);
}
