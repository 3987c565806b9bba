#include "reply.h"

#include <jansson.h>
#include <string.h>

bool reply_parse(mtc_str bytes, reply *ret_reply) {
    json_t *const json = json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL, NULL);
    if (!json_is_object(json) || !json_is_string(json_object_get(json, "status"))) {
        json_decref(json);
        return false;
    }
    ret_reply->json = json;
    return true;
}

void reply_free(reply *from) {
    json_decref(from->json);
    from->json = NULL;
}

/* --- Places --- */

static void shift(json_t *pair, json_int_t by) {
    for (size_t i = 0; i < json_array_size(pair); i++) {
        json_t *const end = json_array_get(pair, i);
        json_integer_set(end, json_integer_value(end) + by);
    }
}

static void move_span(json_t *span, const input *in) {
    json_t *const bytes = json_object_get(span, "byte");
    for (size_t i = 0; i < json_array_size(bytes); i++) {
        json_t *const end = json_array_get(bytes, i);
        const size_t moved = input_original_byte(in, (size_t)json_integer_value(end));
        json_integer_set(end, (json_int_t)moved);
    }
    if (!in->has_mark) return;
    shift(json_object_get(span, "codepoint"), 1);
    shift(json_object_get(span, "utf16"), 1);
    json_t *const column = json_object_get(span, "column");
    if (json_integer_value(json_object_get(span, "line")) == 1) {
        json_integer_set(column, json_integer_value(column) + 1);
    }
}

static void move_list(json_t *list, const input *in) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *const item = json_array_get(list, i);
        const char *const part = json_string_value(json_object_get(item, "in"));
        if (part != NULL && strcmp(part, "title") == 0) continue;
        move_span(json_object_get(item, "span"), in);
        move_list(json_object_get(item, "repairs"), in);
        move_list(json_object_get(item, "related"), in);
    }
}

void reply_move_back(reply *at, const input *in) {
    if (!input_is_repaired(in)) return;
    move_list(json_object_get(at->json, "issues"), in);
    move_list(json_object_get(at->json, "sentences"), in);
    json_t *const checked = json_object_get(
        json_object_get(json_object_get(at->json, "partial"), "checked"), "byte");
    json_t *const end = json_array_get(checked, 1);
    if (end != NULL) {
        const size_t moved = input_original_byte(in, (size_t)json_integer_value(end));
        json_integer_set(end, (json_int_t)moved);
    }
}

char *reply_dump(const reply *from, const char *file) {
    if (file != NULL) {
        json_t *const name = json_string(file); /* NULL where the name is not UTF-8 */
        json_object_set_new(from->json, "file", name == NULL ? json_null() : name);
    }
    return json_dumps(from->json,
                      JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(15));
}

/* --- Exit code --- */

static const char *text_of(const json_t *object, const char *key) {
    const char *const text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static bool has_severity(const json_t *counts, int lowest) {
    static const char *const NAMES[] = {"neutral", "minor", "major", "critical"};
    for (int s = lowest; s < 4; s++) {
        if (json_integer_value(json_object_get(counts, NAMES[s])) > 0) return true;
    }
    return false;
}

/* Rules of weight were off: the reason of the verdict does not say it in a word of its
 * own, but only this leaves a long enough, complete check without a verdict. */
static bool is_too_short(const json_t *score) {
    enum { FEWEST_WORDS = 50 };
    return json_integer_value(json_object_get(score, "words")) < FEWEST_WORDS;
}

int reply_exit_code(const reply *from, const command_options *options) {
    if (strcmp(text_of(from->json, "status"), "ok") != 0) return 2;
    const json_t *const score = json_object_get(from->json, "score");
    if (score == NULL) return 0; /* health, stats, rules, version */
    const char *const verdict = text_of(score, "verdict");
    const bool switched_off = strstr(text_of(score, "reason"), "switched off") != NULL;
    if (strcmp(verdict, "unknown") == 0 && (switched_off || !is_too_short(score)))
        return 2;
    const double quality = json_number_value(json_object_get(score, "quality"));
    const bool fails = strcmp(verdict, "fail") == 0 ||
                       (options->fail_on_review && strcmp(verdict, "review") == 0) ||
                       (options->fail_under >= 0 && quality < options->fail_under) ||
                       (options->fail_on >= 0 &&
                        has_severity(json_object_get(score, "counts"), options->fail_on));
    return fails ? 1 : 0;
}
