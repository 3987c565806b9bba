#include "rules/examples.h"

#include "base/file.h"
#include "rules/yaml.h"

enum { LARGEST_FILE = 1 << 20 };

typedef struct {
    mtc_range spans[MTC_EXAMPLE_SPANS];
    size_t opened, closed;
} marks;

/* Takes the marks out of the text. False: they do not pair, or are too many. */
static bool strip(mtc_str marked, char *text, uint32_t *length, marks *found) {
    for (size_t i = 0; i < marked.len; i++) {
        const char c = marked.ptr[i];
        const bool is_escaped = c == '\\' && i + 1 < marked.len &&
                                (marked.ptr[i + 1] == '[' || marked.ptr[i + 1] == ']');
        if (is_escaped) {
            text[(*length)++] = marked.ptr[++i];
        } else if (found == NULL || (c != '[' && c != ']')) {
            text[(*length)++] = c;
        } else if (c == '[') {
            if (found->opened > found->closed || found->opened == MTC_EXAMPLE_SPANS) {
                return false;
            }
            found->spans[found->opened++].begin = *length;
        } else {
            if (found->closed == found->opened) return false;
            found->spans[found->closed++].end = *length;
        }
    }
    return found == NULL || found->opened == found->closed;
}

static mtc_status read_part(const mtc_yaml_reader *reader, const mtc_yaml *node,
                            const char *what, mtc_example *example, mtc_str *ret_text) {
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): the callers have looked
    if (node->kind != MTC_YAML_SCALAR) {
        return mtc_yaml_fail(reader, node, "%s must be text", what);
    }
    char *const text = mtc_arena_take(reader->arena, node->text.len + 1);
    if (text == NULL) return mtc_yaml_no_memory(reader);
    uint32_t length = 0;
    marks found = {.opened = 0};
    if (!strip(node->text, text, &length, example->is_wrong ? &found : NULL)) {
        return mtc_yaml_fail(reader, node,
                             "the brackets around the expected span do not pair (a "
                             "bracket that is meant is written \\[)");
    }
    *ret_text = (mtc_str){text, length};
    if (found.opened == 0) return MTC_OK;
    if (example->expected_count > 0) {
        return mtc_yaml_fail(reader, node, "spans are marked in title and text");
    }
    memcpy(example->expected, found.spans, sizeof found.spans);
    example->expected_count = found.opened;
    example->is_in_title = ret_text == &example->title;
    return MTC_OK;
}

static mtc_status read_parts(const mtc_yaml_reader *reader, const mtc_yaml *node,
                             mtc_example *example) {
    static const char *const KEYS[] = {"title", "text", "profile", NULL};
    if (node->kind == MTC_YAML_SCALAR) {
        return read_part(reader, node, "an example", example, &example->text);
    }
    mtc_status status = mtc_yaml_check_keys(reader, node, "an example", KEYS);
    const mtc_yaml *const title = mtc_yaml_get(node, "title");
    const mtc_yaml *const text = mtc_yaml_get(node, "text");
    const mtc_yaml *const profile = mtc_yaml_get(node, "profile");
    if (status == MTC_OK && text == NULL) {
        status = mtc_yaml_fail(reader, node, "an example lacks its text");
    }
    if (status == MTC_OK) {
        status = read_part(reader, text, "text", example, &example->text);
    }
    if (status == MTC_OK && title != NULL) {
        status = read_part(reader, title, "title", example, &example->title);
    }
    if (status == MTC_OK && profile != NULL) {
        mtc_str name = {0};
        status = mtc_yaml_read_text(reader, profile, "profile", 64, &name);
        example->profile = name.ptr;
    }
    return status;
}

static mtc_status read_example(const mtc_yaml_reader *reader, const mtc_yaml *node,
                               mtc_example example, mtc_example_list *list) {
    example.line = node->line;
    example.title = MTC_EXAMPLE_TITLE;
    const mtc_status status = read_parts(reader, node, &example);
    if (status != MTC_OK) return status;
    if (example.is_wrong && example.expected_count == 0) {
        return mtc_yaml_fail(reader, node,
                             "a wrong example marks what is to be found with [ ]");
    }
    return mtc_vector_push(&list->examples, reader->arena, example)
               ? MTC_OK
               : mtc_yaml_no_memory(reader);
}

static mtc_status read_kind(const mtc_yaml_reader *reader, const mtc_yaml *entry,
                            mtc_example example, const char *key, mtc_example_list *list,
                            uint32_t *ret_count) {
    const mtc_yaml *const node = mtc_yaml_get(entry, key);
    *ret_count = 0;
    if (node == NULL) return MTC_OK;
    if (node->kind != MTC_YAML_SEQUENCE) {
        return mtc_yaml_fail(reader, node, "%s must be a list of examples", key);
    }
    for (size_t i = 0; i < node->count; i++) {
        example.number = (uint32_t)i + 1;
        const mtc_status status = read_example(reader, &node->items[i], example, list);
        if (status != MTC_OK) return status;
    }
    *ret_count = (uint32_t)node->count;
    return MTC_OK;
}

/* An entry without words of its own changes a rule that stands elsewhere. */
static bool is_a_rule(const mtc_yaml *entry) {
    return mtc_yaml_get(entry, "summary") != NULL;
}

static mtc_status read_entry(const mtc_yaml_reader *reader, const mtc_yaml *entry,
                             mtc_example_list *list) {
    const mtc_yaml *const id = mtc_yaml_get(entry, "id");
    if (id == NULL || id->kind != MTC_YAML_SCALAR) {
        return mtc_yaml_fail(reader, entry, "a rule lacks the key \"id\"");
    }
    mtc_example example = {.file = mtc_str_of(reader->file)};
    mtc_status status = mtc_yaml_read_text(reader, id, "id", 64, &example.rule);
    if (status != MTC_OK || !is_a_rule(entry)) return status;
    mtc_example_count count = {example.rule, example.file, entry->line, 0, 0};
    example.is_wrong = true;
    status = read_kind(reader, entry, example, "wrong", list, &count.wrong);
    example.is_wrong = false;
    if (status == MTC_OK) {
        status = read_kind(reader, entry, example, "right", list, &count.right);
    }
    if (status != MTC_OK) return status;
    return mtc_vector_push(&list->counts, reader->arena, count)
               ? MTC_OK
               : mtc_yaml_no_memory(reader);
}

static mtc_status read_file(mtc_str path, mtc_arena *arena, mtc_example_list *list,
                            mtc_error *error) {
    mtc_str bytes;
    mtc_status status = mtc_file_read(path.ptr, LARGEST_FILE, arena, &bytes, error);
    if (status != MTC_OK) return status;
    const mtc_yaml_reader reader = {path.ptr, arena, error};
    const mtc_yaml *root;
    status = mtc_yaml_parse(&reader, bytes, arena, &root);
    if (status == MTC_OK && root->kind != MTC_YAML_SEQUENCE) {
        status = mtc_yaml_fail(&reader, root, "a rule file is a list of rules (- id: …)");
    }
    for (size_t i = 0; status == MTC_OK && i < root->count; i++) {
        status = read_entry(&reader, &root->items[i], list);
    }
    return status;
}

mtc_status mtc_examples_read(const char *folder, mtc_arena *arena,
                             mtc_example_list *ret_list, mtc_error *error) {
    mtc_path_list paths = {0};
    mtc_example_list list = {0};
    mtc_status status =
        mtc_folder_list(folder, MTC_STR(".yaml"), false, arena, &paths, error);
    for (size_t i = 0; status == MTC_OK && i < paths.count; i++) {
        if (mtc_str_ends_with(paths.at[i], MTC_STR("/profiles.yaml")) ||
            mtc_str_ends_with(paths.at[i], MTC_STR("/confidence.yaml"))) {
            continue;
        }
        status = read_file(paths.at[i], arena, &list, error);
    }
    if (status == MTC_OK) *ret_list = list;
    return status;
}
