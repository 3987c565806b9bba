#include "rules/yaml.h"

#include <libfyaml.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "rules/yaml_quoted.h"

/* libfyaml's scanner looks a few bytes beyond the end of what it was given. */
enum { PADDING = 64 };

typedef struct {
    mtc_yaml node;
    MTC_VECTOR(mtc_yaml) items;
} open_node;

typedef struct {
    const mtc_yaml_reader *reader;
    mtc_arena *scratch;
    mtc_str bytes;
    open_node open[MTC_YAML_DEPTH];
    size_t depth, nodes, documents;
    mtc_yaml *root;
} builder;

static mtc_status fail_at(const builder *build, mtc_yaml at, const char *reason) {
    return mtc_yaml_fail(build->reader, &at, "%s", reason);
}

static void locate(mtc_yaml *node, const struct fy_mark *mark) {
    node->line = mark == NULL ? 0 : (uint32_t)mark->line + 1;
    node->column = mark == NULL ? 0 : (uint32_t)mark->column + 1;
}

static mtc_status check_new_key(const builder *build, const open_node *mapping,
                                const mtc_yaml *key) {
    if (key->kind != MTC_YAML_SCALAR) {
        return fail_at(build, *key, "a key must be a plain text");
    }
    if (mapping->items.count / 2 >= MTC_YAML_KEYS) {
        return fail_at(build, *key, "too many keys in one mapping");
    }
    for (size_t i = 0; i < mapping->items.count; i += 2) {
        const mtc_yaml *const other = &mapping->items.at[i];
        if (!mtc_str_equal(other->text, key->text)) continue;
        const mtc_str shown = mtc_yaml_excerpt(key->text);
        return mtc_yaml_fail(build->reader, key,
                             "the key \"%.*s\" stands in line %u already", (int)shown.len,
                             shown.ptr, other->line);
    }
    return MTC_OK;
}

static mtc_status add_node(builder *build, mtc_yaml node) {
    if (++build->nodes > MTC_YAML_NODES) {
        return fail_at(build, node, "the file has too many entries");
    }
    if (build->depth == 0) {
        build->root = MTC_TAKE(build->scratch, mtc_yaml, 1);
        if (build->root == NULL) return mtc_yaml_no_memory(build->reader);
        *build->root = node;
        return MTC_OK;
    }
    open_node *const parent = &build->open[build->depth - 1];
    if (node.line == 0 && parent->items.count > 0) { /* an empty place has no mark */
        node.line = parent->items.at[parent->items.count - 1].line;
        node.column = parent->items.at[parent->items.count - 1].column;
    }
    if (parent->node.kind == MTC_YAML_MAPPING && parent->items.count % 2 == 0) {
        const mtc_status status = check_new_key(build, parent, &node);
        if (status != MTC_OK) return status;
    }
    return mtc_vector_push(&parent->items, build->scratch, node)
               ? MTC_OK
               : mtc_yaml_no_memory(build->reader);
}

static mtc_status open_collection(builder *build, mtc_yaml node) {
    if (build->depth == MTC_YAML_DEPTH) {
        return fail_at(build, node, "nested too deeply");
    }
    build->open[build->depth++] = (open_node){.node = node};
    return MTC_OK;
}

static mtc_status close_collection(builder *build) {
    if (build->depth == 0) return MTC_INTERNAL;
    open_node *const closed = &build->open[--build->depth];
    closed->node.items = closed->items.at;
    closed->node.count = closed->node.kind == MTC_YAML_MAPPING ? closed->items.count / 2
                                                               : closed->items.count;
    return add_node(build, closed->node);
}

static mtc_status add_quoted(builder *build, struct fy_token *token, bool is_double,
                             mtc_yaml node) {
    const struct fy_mark *const begin = fy_token_start_mark(token);
    const struct fy_mark *const end = fy_token_end_mark(token);
    if (begin == NULL || end == NULL || begin->input_pos > end->input_pos ||
        end->input_pos > build->bytes.len) {
        return fail_at(build, node, "a quoted text has no place");
    }
    if (node.column > 1) node.column--; /* the mark stands behind the quote */
    const mtc_str raw = {build->bytes.ptr + begin->input_pos,
                         end->input_pos - begin->input_pos};
    char *const text = mtc_arena_take(build->scratch, 2 * raw.len + 1);
    if (text == NULL) return mtc_yaml_no_memory(build->reader);
    node.text = (mtc_str){text, raw.len};
    if (!is_double) {
        node.text.len = mtc_yaml_decode_single(raw, text);
    } else if (!mtc_yaml_decode_double(raw, text, &node.text.len)) {
        return fail_at(build, node, "an escape gives something that is no character");
    }
    return add_node(build, node);
}

static mtc_status add_scalar(builder *build, struct fy_event *event, mtc_yaml node) {
    struct fy_token *const token = event->scalar.value;
    if (token == NULL) { /* an empty place, as behind `key:` */
        node.is_plain = true;
        node.text = MTC_STR("");
        return add_node(build, node);
    }
    const enum fy_scalar_style style = fy_token_scalar_style(token);
    node.is_plain = style == FYSS_PLAIN;
    if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) {
        return add_quoted(build, token, style == FYSS_DOUBLE_QUOTED, node);
    }
    size_t length = 0;
    const char *const text = fy_token_get_text(token, &length);
    if (text == NULL && length > 0) return mtc_yaml_no_memory(build->reader);
    const mtc_str whole = {text, length};
    if (mtc_utf8_valid_prefix(whole) < length) {
        return fail_at(build, node, "is not valid UTF-8");
    }
    node.text = mtc_arena_copy(build->scratch, whole);
    if (node.text.ptr == NULL) return mtc_yaml_no_memory(build->reader);
    return add_node(build, node);
}

static mtc_status take_event(builder *build, struct fy_event *event) {
    mtc_yaml node = {0};
    locate(&node, fy_event_start_mark(event));
    struct fy_token *anchor = NULL, *tag = NULL;
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (++build->documents > 1)
            return fail_at(build, node, "a second document begins");
        return MTC_OK;
    case FYET_ALIAS: return fail_at(build, node, "aliases (*name) are not allowed");
    case FYET_SCALAR: anchor = event->scalar.anchor, tag = event->scalar.tag; break;
    case FYET_SEQUENCE_START:
        anchor = event->sequence_start.anchor, tag = event->sequence_start.tag;
        node.kind = MTC_YAML_SEQUENCE;
        break;
    case FYET_MAPPING_START:
        anchor = event->mapping_start.anchor, tag = event->mapping_start.tag;
        node.kind = MTC_YAML_MAPPING;
        break;
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END: return close_collection(build);
    default: return MTC_OK;
    }
    if (anchor != NULL) return fail_at(build, node, "anchors (&name) are not allowed");
    if (tag != NULL) return fail_at(build, node, "tags (!name) are not allowed");
    return event->type == FYET_SCALAR ? add_scalar(build, event, node)
                                      : open_collection(build, node);
}

/* What libfyaml has against the file, at the place it names. */
static mtc_status fail_as_parser_says(const mtc_yaml_reader *reader,
                                      struct fy_diag *diag) {
    void *state = NULL;
    for (const struct fy_diag_error *said;
         (said = fy_diag_errors_iterate(diag, &state)) != NULL;) {
        if (said->msg == NULL) continue;
        const mtc_yaml at = {.line = said->line > 0 ? (uint32_t)said->line : 0,
                             .column = said->column > 0 ? (uint32_t)said->column : 0};
        const mtc_str reason = mtc_str_trim(mtc_str_of(said->msg));
        return mtc_yaml_fail(reader, &at, "is not valid YAML: %.*s", (int)reason.len,
                             reason.ptr);
    }
    return mtc_yaml_fail(reader, &(mtc_yaml){0}, "is not valid YAML");
}

static mtc_status run_parser(builder *build, struct fy_parser *parser,
                             struct fy_diag *diag) {
    mtc_status status = MTC_OK;
    bool has_ended = false;
    while (status == MTC_OK && !has_ended) {
        struct fy_event *const event = fy_parser_parse(parser);
        if (event == NULL) return fail_as_parser_says(build->reader, diag);
        has_ended = event->type == FYET_STREAM_END;
        status = take_event(build, event);
        fy_parser_event_free(parser, event);
    }
    if (status == MTC_OK && fy_diag_got_error(diag)) {
        return fail_as_parser_says(build->reader, diag);
    }
    return status;
}

/* What YAML allows but no rule file needs, and what libfyaml 0.7 handles badly: control
 * characters, lone carriage returns, bytes that are no UTF-8, directives, and long rows
 * of single quotes (each '' of a row costs it a piece of memory that it never gives
 * back). */
static mtc_status check_bytes(const mtc_yaml_reader *reader, mtc_str bytes) {
    const size_t valid = mtc_utf8_valid_prefix(bytes);
    mtc_yaml at = {.line = 1, .column = 1};
    for (size_t i = 0; i < bytes.len; i++) {
        const unsigned char byte = (unsigned char)bytes.ptr[i];
        const bool ends_line = byte == '\n';
        if (i == valid) return mtc_yaml_fail(reader, &at, "is not valid UTF-8");
        if (byte == '\t') {
            return mtc_yaml_fail(reader, &at,
                                 "holds a tab: use spaces (or \\t in quotes)");
        }
        if ((byte < 0x20 && !ends_line &&
             !(byte == '\r' && i + 1 < bytes.len && bytes.ptr[i + 1] == '\n')) ||
            byte == 0x7F) {
            return mtc_yaml_fail(reader, &at, "holds the control character U+%04X", byte);
        }
        if (byte == '%' && at.column == 1) {
            return mtc_yaml_fail(reader, &at, "directives (%%…) are not allowed");
        }
        if (ends_line) {
            at.line++;
            at.column = 1;
        } else if ((byte & 0xC0) != 0x80) {
            at.column++;
        }
    }
    return MTC_OK;
}

mtc_status mtc_yaml_parse(const mtc_yaml_reader *reader, mtc_str bytes,
                          mtc_arena *scratch, const mtc_yaml **ret_root) {
    mtc_status status = check_bytes(reader, bytes);
    if (status != MTC_OK) return status;
    char *const padded = mtc_arena_take(scratch, bytes.len + PADDING);
    if (padded == NULL) return mtc_yaml_no_memory(reader);
    if (bytes.len > 0) memcpy(padded, bytes.ptr, bytes.len);

    struct fy_diag_cfg diag_config;
    fy_diag_cfg_default(&diag_config);
    diag_config.fp = NULL;
    diag_config.colorize = false;
    struct fy_diag *const diag = fy_diag_create(&diag_config);
    if (diag == NULL) return mtc_yaml_no_memory(reader);
    fy_diag_set_collect_errors(diag, true);
    const struct fy_parse_cfg config = {.flags = FYPCF_QUIET | FYPCF_JSON_NONE,
                                        .diag = diag};
    struct fy_parser *const parser = fy_parser_create(&config);
    builder build = {.reader = reader, .scratch = scratch, .bytes = {padded, bytes.len}};
    if (parser == NULL || fy_parser_set_string(parser, padded, bytes.len) != 0) {
        status = mtc_yaml_no_memory(reader);
    } else {
        status = run_parser(&build, parser, diag);
    }
    fy_parser_destroy(parser);
    fy_diag_destroy(diag);
    if (status != MTC_OK) return status;
    if (build.root == NULL || (build.root->kind == MTC_YAML_SCALAR &&
                               build.root->is_plain && build.root->text.len == 0)) {
        static const mtc_yaml EMPTY = {.kind = MTC_YAML_SEQUENCE, .line = 1, .column = 1};
        *ret_root = &EMPTY;
        return MTC_OK;
    }
    *ret_root = build.root;
    return MTC_OK;
}
