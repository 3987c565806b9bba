#include "request.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST_LIST = 4 << 20 };

static bool add_line(json_t *list, const char *line, size_t size) {
    while (size > 0 && (line[size - 1] == '\r' || line[size - 1] == ' ')) size--;
    if (size == 0 || line[0] == '#') return true;
    return json_array_append_new(list, json_stringn(line, size)) == 0;
}

static bool add_lines(json_t *list, const char *path) {
    input in;
    const char *const trouble = input_read(path, LARGEST_LIST, &in);
    if (trouble != NULL) {
        fprintf(stderr, "mtcheck: %s: %s\n", path, trouble);
        return false;
    }
    bool good = true;
    for (size_t at = 0; good && at < in.size;) {
        const char *const end = memchr(in.bytes + at, '\n', in.size - at);
        const size_t size = end == NULL ? in.size - at : (size_t)(end - in.bytes) - at;
        good = add_line(list, in.bytes + at, size);
        at += size + 1;
    }
    input_free(&in);
    return good;
}

static json_t *strings(const char *const *values, size_t count) {
    json_t *const list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_string(values[i]));
    return list;
}

bool request_lists_read(const command_options *options, request_lists *ret_lists) {
    request_lists lists = {strings(options->words, options->word_count), json_array()};
    const bool good =
        (options->words_file == NULL || add_lines(lists.words, options->words_file)) &&
        (options->accepted_file == NULL ||
         add_lines(lists.accepted, options->accepted_file));
    if (!good) {
        request_lists_free(&lists);
        return false;
    }
    *ret_lists = lists;
    return true;
}

void request_lists_free(request_lists *lists) {
    json_decref(lists->words);
    json_decref(lists->accepted);
}

/* Only what was asked for: the defaults are the server's. */
static json_t *make_options(const command_options *options, const request_lists *lists) {
    json_t *const out = json_object();
    if (options->profile != NULL) {
        json_object_set_new(out, "profile", json_string(options->profile));
    }
    if (options->only_count > 0) {
        json_object_set_new(out, "only", strings(options->only, options->only_count));
    }
    if (options->disable_count > 0) {
        json_object_set_new(out, "disable",
                            strings(options->disable, options->disable_count));
    }
    if (lists != NULL && json_array_size(lists->words) > 0) {
        json_object_set(out, "words", lists->words);
    }
    if (lists != NULL && json_array_size(lists->accepted) > 0) {
        json_object_set(out, "accepted", lists->accepted);
    }
    if (options->min_confidence > 0) {
        json_object_set_new(out, "min_confidence", json_real(options->min_confidence));
    }
    if (options->min_severity != NULL) {
        json_object_set_new(out, "min_severity", json_string(options->min_severity));
    }
    if (options->max_issues >= 0) {
        json_object_set_new(out, "max_issues", json_integer(options->max_issues));
    }
    if (options->suggestions > 0) {
        json_object_set_new(out, "suggestions", json_integer(options->suggestions));
    }
    if (options->deadline_ms > 0) {
        json_object_set_new(out, "deadline_ms", json_integer(options->deadline_ms));
    }
    if (options->sentences) json_object_set_new(out, "sentences", json_true());
    return out;
}

static char *dump(json_t *request, size_t *ret_size) {
    char *const bytes = json_dumps(request, JSON_COMPACT);
    json_decref(request);
    if (bytes != NULL) *ret_size = strlen(bytes);
    return bytes;
}

char *request_check(const command_options *options, const request_lists *lists,
                    const input *in, size_t *ret_size) {
    json_t *const request = json_pack("{s:i,s:s,s:o,s:o}", "v", 1, "op", "check", "text",
                                      json_stringn_nocheck(in->bytes, in->size),
                                      "options", make_options(options, lists));
    if (request != NULL && options->title != NULL) {
        json_object_set_new(request, "title", json_string(options->title));
    }
    return request == NULL ? NULL : dump(request, ret_size);
}

char *request_op(const char *op, const command_options *options, size_t *ret_size) {
    json_t *const request = json_pack("{s:i,s:s}", "v", 1, "op", op);
    if (request != NULL && options->profile != NULL) {
        json_object_set_new(request, "options",
                            json_pack("{s:s}", "profile", options->profile));
    }
    return request == NULL ? NULL : dump(request, ret_size);
}
