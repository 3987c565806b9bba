#include "codec/request.h"

#include <jansson.h>
#include <stdio.h>

#include "base/utf8.h"

typedef struct {
    mtc_wire_request *request;
    mtc_arena *arena;
    mtc_error *error;
    mtc_status status;
} reader;

static bool fail(reader *in, const char *what, const char *expected) {
    if (in->status == MTC_OK) {
        in->status =
            mtc_fail(in->error, MTC_INVALID_REQUEST, "“%s” must be %s", what, expected);
    }
    return false;
}

static void warn(reader *in, const char *where, const char *key) {
    enum { MOST_WARNINGS = 20, LONGEST = 160 };
    if (in->request->warnings.count >= MOST_WARNINGS) return;
    char text[LONGEST];
    int length =
        snprintf(text, sizeof text, "unknown field “%s%.60s” was ignored", where, key);
    if (length >= LONGEST) length = LONGEST - 1;
    mtc_str warning = {text, (size_t)length};
    if (mtc_utf8_valid_prefix(warning) <
        warning.len) { /* the key was cut in a character */
        warning = MTC_STR("an unknown field with a long name was ignored");
    }
    warning = mtc_arena_copy(in->arena, warning);
    if (warning.ptr == NULL ||
        !mtc_vector_push(&in->request->warnings, in->arena, warning)) {
        in->status = MTC_NO_MEMORY;
    }
}

static mtc_str string_of(const json_t *value) {
    return (mtc_str){json_string_value(value), json_string_length(value)};
}

/* --- Readers of single values: true on success, else the reason is told --- */

static bool read_bool(reader *in, const char *name, const json_t *value, bool *ret) {
    if (!json_is_boolean(value)) return fail(in, name, "true or false");
    *ret = json_is_true(value);
    return true;
}

static bool read_count(reader *in, const char *name, const json_t *value, uint32_t low,
                       uint32_t high, uint32_t *ret) {
    char expected[80];
    (void)snprintf(expected, sizeof expected, "a whole number from %u to %u", low, high);
    if (!json_is_integer(value)) return fail(in, name, expected);
    const json_int_t number = json_integer_value(value);
    if (number < low || number > high) return fail(in, name, expected);
    *ret = (uint32_t)number;
    return true;
}

static bool read_share(reader *in, const char *name, const json_t *value, double *ret) {
    const double number = json_number_value(value);
    if (!json_is_number(value) || !(number >= 0 && number <= 1)) {
        return fail(in, name, "a number from 0 to 1");
    }
    *ret = number;
    return true;
}

static bool read_severity(reader *in, const char *name, const json_t *value,
                          mtc_severity *ret) {
    for (mtc_severity s = MTC_NEUTRAL; json_is_string(value) && s <= MTC_CRITICAL; s++) {
        if (mtc_str_equal(string_of(value), mtc_str_of(mtc_severity_name(s)))) {
            *ret = s;
            return true;
        }
    }
    return fail(in, name, "neutral, minor, major or critical");
}

static bool read_strings(reader *in, const char *name, const json_t *value, size_t most,
                         const mtc_str **ret, size_t *ret_count) {
    char expected[80];
    (void)snprintf(expected, sizeof expected, "a list of at most %zu non-empty strings",
                   most);
    const size_t count = json_array_size(value);
    if (!json_is_array(value) || count > most) return fail(in, name, expected);
    mtc_str *const strings = MTC_TAKE(in->arena, mtc_str, count);
    if (strings == NULL) {
        in->status = MTC_NO_MEMORY;
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *const item = json_array_get(value, i);
        if (!json_is_string(item) || json_string_length(item) == 0) {
            return fail(in, name, expected);
        }
        strings[i] = string_of(item);
    }
    *ret = strings;
    *ret_count = count;
    return true;
}

/* --- Options --- */

enum { MOST_GLOBS = 1000, MOST_WORDS = 10000, LONGEST_DEADLINE_MS = 600000 };

static bool read_profile(reader *in, const json_t *value) {
    const size_t length = json_string_length(value);
    if (!json_is_string(value) || length == 0 ||
        strlen(json_string_value(value)) != length) {
        return fail(in, "options.profile", "the name of a profile");
    }
    in->request->check.profile = json_string_value(value);
    return true;
}

static bool is_fingerprint(mtc_str text) {
    bool good = text.len == 16;
    for (size_t i = 0; good && i < text.len; i++) {
        const char byte = text.ptr[i];
        good = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
    }
    return good;
}

static bool read_accepted(reader *in, const json_t *value) {
    mtc_request *const check = &in->request->check;
    if (!read_strings(in, "options.accepted", value, MOST_WORDS, &check->accepted,
                      &check->accepted_count)) {
        return false;
    }
    for (size_t i = 0; i < check->accepted_count; i++) {
        if (!is_fingerprint(check->accepted[i])) {
            return fail(in, "options.accepted",
                        "a list of fingerprints of 16 hex digits");
        }
    }
    return true;
}

/* Zero asks for no issue at all, which the library writes otherwise. */
static bool read_max_issues(reader *in, const json_t *value) {
    uint32_t *const most = &in->request->check.max_issues;
    if (!read_count(in, "options.max_issues", value, 0, 10000, most)) return false;
    if (*most == 0) *most = MTC_LIST_NONE;
    return true;
}

static bool read_option(reader *in, const char *key, const json_t *value) {
    mtc_request *const check = &in->request->check;
    if (strcmp(key, "profile") == 0) return read_profile(in, value);
    if (strcmp(key, "accepted") == 0) return read_accepted(in, value);
    if (strcmp(key, "max_issues") == 0) return read_max_issues(in, value);
    if (strcmp(key, "only") == 0) {
        return read_strings(in, "options.only", value, MOST_GLOBS, &check->only,
                            &check->only_count);
    }
    if (strcmp(key, "disable") == 0) {
        return read_strings(in, "options.disable", value, MOST_GLOBS, &check->disable,
                            &check->disable_count);
    }
    if (strcmp(key, "words") == 0) {
        return read_strings(in, "options.words", value, MOST_WORDS, &check->words,
                            &check->word_count);
    }
    if (strcmp(key, "min_confidence") == 0) {
        return read_share(in, "options.min_confidence", value, &check->min_confidence);
    }
    if (strcmp(key, "min_severity") == 0) {
        return read_severity(in, "options.min_severity", value, &check->min_severity);
    }
    if (strcmp(key, "suggestions") == 0) {
        return read_count(in, "options.suggestions", value, 0, 10, &check->suggestions);
    }
    if (strcmp(key, "deadline_ms") == 0) {
        return read_count(in, "options.deadline_ms", value, 1, LONGEST_DEADLINE_MS,
                          &check->deadline_ms);
    }
    if (strcmp(key, "sentences") == 0) {
        return read_bool(in, "options.sentences", value, &check->sentences);
    }
    warn(in, "options.", key);
    return true;
}

static bool read_options(reader *in, json_t *value) {
    if (json_is_null(value)) return true;
    if (!json_is_object(value)) return fail(in, "options", "an object");
    const char *key;
    json_t *option;
    json_object_foreach(value, key, option) {
        if (!read_option(in, key, option)) return false;
    }
    return true;
}

/* --- Top-level fields --- */

static const struct {
    const char *name;
    mtc_op op;
} OPS[] = {{"check", MTC_OP_CHECK},
           {"health", MTC_OP_HEALTH},
           {"stats", MTC_OP_STATS},
           {"rules", MTC_OP_RULES},
           {"version", MTC_OP_VERSION}};

static bool read_id(reader *in, const json_t *value) {
    if (json_is_null(value)) return true;
    if (!json_is_string(value) || json_string_length(value) > MTC_LONGEST_ID) {
        return fail(in, "id", "a string of at most 256 bytes");
    }
    in->request->id = string_of(value);
    return true;
}

static bool read_version(reader *in, const json_t *value) {
    if (!json_is_integer(value)) return fail(in, "v", "the number 1");
    if (json_integer_value(value) == 1) return true;
    in->status = mtc_fail(in->error, MTC_UNSUPPORTED_VERSION,
                          "version %lld of the protocol is not spoken here; spoken: 1",
                          (long long)json_integer_value(value));
    return false;
}

static bool read_op(reader *in, const json_t *value) {
    for (size_t i = 0; json_is_string(value) && i < sizeof OPS / sizeof *OPS; i++) {
        if (!mtc_str_equal(string_of(value), mtc_str_of(OPS[i].name))) continue;
        in->request->op = OPS[i].op;
        return true;
    }
    return fail(in, "op", "check, health, stats, rules or version");
}

static bool read_text(reader *in, const char *name, const json_t *value, mtc_str *ret) {
    if (!json_is_string(value)) return fail(in, name, "a string");
    *ret = string_of(value);
    return true;
}

static bool read_field(reader *in, const char *key, json_t *value) {
    mtc_wire_request *const request = in->request;
    if (strcmp(key, "v") == 0 || strcmp(key, "id") == 0 || strcmp(key, "op") == 0)
        return true;
    if (strcmp(key, "text") == 0)
        return read_text(in, "text", value, &request->check.text);
    if (strcmp(key, "title") == 0) {
        return json_is_null(value) ||
               read_text(in, "title", value, &request->check.title);
    }
    if (strcmp(key, "language") == 0)
        return read_text(in, "language", value, &request->language);
    if (strcmp(key, "options") == 0) return read_options(in, value);
    warn(in, "", key);
    return true;
}

static void read_request(reader *in, json_t *root) {
    if (!json_is_object(root)) {
        (void)fail(in, "the request", "a JSON object");
        return;
    }
    const json_t *const id = json_object_get(root, "id");
    if (id != NULL && !read_id(in, id)) return;
    if (!read_version(in, json_object_get(root, "v"))) return;
    if (!read_op(in, json_object_get(root, "op"))) return;
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value) {
        if (!read_field(in, key, value)) return;
    }
    if (in->request->op == MTC_OP_CHECK && in->request->check.text.ptr == NULL) {
        (void)fail(in, "text", "there: a string with the article");
    }
}

/* jansson's words without its “near …”, which would quote the article. */
static mtc_status refuse_json(mtc_error *error, const json_error_t *found) {
    const enum json_error_code code = json_error_code(found);
    const size_t position = (size_t)found->position;
    if (code == json_error_stack_overflow) {
        return mtc_fail_at(error, MTC_TOO_DEEP, position,
                           "the request is nested too deeply");
    }
    if (code == json_error_out_of_memory)
        return mtc_fail(error, MTC_NO_MEMORY, "no memory");
    const char *const near_text = strstr(found->text, " near ");
    mtc_str what = mtc_str_of(found->text);
    if (near_text != NULL) what.len = (size_t)(near_text - found->text);
    what.len = mtc_utf8_valid_prefix(what);
    return mtc_fail_at(error, MTC_INVALID_REQUEST, position,
                       "the request is not valid JSON: %.*s (line %d, column %d)",
                       (int)what.len, what.ptr, found->line, found->column);
}

mtc_status mtc_wire_request_parse(mtc_str frame, mtc_arena *arena,
                                  mtc_wire_request *request, mtc_error *error) {
    *request = (mtc_wire_request){0};
    json_error_t found;
    json_t *const root =
        json_loadb(frame.len == 0 ? "" : frame.ptr, frame.len,
                   JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, &found);
    if (root == NULL) return refuse_json(error, &found);
    request->document = root;
    reader in = {.request = request, .arena = arena, .error = error};
    read_request(&in, root);
    return in.status;
}

void mtc_wire_request_fini(mtc_wire_request *request) {
    json_decref(request->document);
    request->document = NULL;
}
