#include "test_rules.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "display.h"
#include "rules/examples.h"

enum {
    TROUBLE = 2,
    ARENA_BLOCK = 64 << 10,
    ARENA_LIMIT = 256 << 20,
    LONGEST_PATH = 4096
};

/* --- Which rules --- */

typedef struct {
    mtc_engine_options options;
    char data[LONGEST_PATH], overlay[LONGEST_PATH]; /* what options may point to */
    char rules[LONGEST_PATH + 16];                  /* "": do not test these */
    char rules_d[LONGEST_PATH + 16];                /* the same */
} selection;

static bool is_folder(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

static bool has_folder(const char *folder, const char *inner) {
    char path[LONGEST_PATH + 16];
    const int length = snprintf(path, sizeof path, "%s/%s", folder, inner);
    return length > 0 && (size_t)length < sizeof path && is_folder(path);
}

/* "a/b/c" ends in "b/c": then "a". */
static bool cut_end(char *path, const char *end) {
    const size_t length = strlen(path), end_length = strlen(end);
    if (length <= end_length || strcmp(path + length - end_length, end) != 0 ||
        path[length - end_length - 1] != '/') {
        return false;
    }
    path[length - end_length - 1] = '\0';
    return true;
}

static bool select_folder(selection *chosen, const char *folder, FILE *out) {
    char *const path = realpath(folder, NULL);
    if (path == NULL || strlen(path) >= LONGEST_PATH) {
        fprintf(out, "%s: there is no such folder\n", folder);
        free(path);
        return false;
    }
    bool is_data = has_folder(path, "rules/en");
    bool is_overlay = !is_data && has_folder(path, "rules.d");
    if (!is_data && !is_overlay) {
        is_data = cut_end(path, "rules/en");
        is_overlay = !is_data && cut_end(path, "rules.d");
    }
    if (is_data) {
        (void)snprintf(chosen->data, sizeof chosen->data, "%s", path);
        chosen->options.data_dir = chosen->data;
        chosen->options.overlay_dir = NULL;
    } else if (is_overlay) {
        (void)snprintf(chosen->overlay, sizeof chosen->overlay, "%s", path);
        chosen->options.overlay_dir = chosen->overlay;
    } else {
        fprintf(out, "%s: holds neither rules/en nor rules.d, and is neither of them\n",
                folder);
    }
    free(path);
    if (is_data) {
        (void)snprintf(chosen->rules, sizeof chosen->rules, "%s/rules/en", chosen->data);
    } else if (is_overlay) {
        (void)snprintf(chosen->rules_d, sizeof chosen->rules_d, "%s/rules.d",
                       chosen->overlay);
    }
    return is_data || is_overlay;
}

static bool select_rules(selection *chosen, const mtc_engine_options *options,
                         const char *folder, FILE *out) {
    *chosen = (selection){.options = *options};
    if (folder != NULL) return select_folder(chosen, folder, out);
    (void)snprintf(chosen->rules, sizeof chosen->rules, "%s/rules/en", options->data_dir);
    if (options->overlay_dir != NULL && has_folder(options->overlay_dir, "rules.d")) {
        (void)snprintf(chosen->rules_d, sizeof chosen->rules_d, "%s/rules.d",
                       options->overlay_dir);
    }
    return true;
}

/* --- Telling --- */

static int tell_error(FILE *out, const mtc_error *error) {
    if (error->file[0] != '\0') fprintf(out, "%s:", error->file);
    if (error->line > 0) fprintf(out, "%u:", error->line);
    if (error->column > 0) fprintf(out, "%u:", error->column);
    fprintf(out, "%s%s\n", error->file[0] == '\0' ? "" : " ", error->message);
    return TROUBLE;
}

/* One line; line breaks are shown as ⏎. */
static void print_text(FILE *out, mtc_str text) {
    while (text.len > 0) {
        const char *const end = memchr(text.ptr, '\n', text.len);
        const size_t length = end == NULL ? text.len : (size_t)(end - text.ptr);
        display_print(out, (mtc_str){text.ptr, length});
        if (end != NULL) fputs("⏎", out);
        const size_t skipped = length + (end != NULL);
        text = (mtc_str){text.ptr + skipped, text.len - skipped};
    }
}

typedef struct {
    mtc_range at[MTC_EXAMPLE_SPANS];
    size_t count;
} spans;

static void print_spans(FILE *out, const char *what, mtc_str text, const spans *marked) {
    uint32_t done = 0;
    fprintf(out, "    %-9s ", what);
    for (size_t i = 0; i < marked->count && marked->at[i].begin >= done; i++) {
        print_text(out, mtc_str_slice(text, (mtc_range){done, marked->at[i].begin}));
        fputc('[', out);
        print_text(out, mtc_str_slice(text, marked->at[i]));
        fputc(']', out);
        done = marked->at[i].end;
    }
    print_text(out, mtc_str_slice(text, (mtc_range){done, (uint32_t)text.len}));
    fputc('\n', out);
}

static spans spans_expected(const mtc_example *example) {
    spans expected = {.count = example->expected_count};
    memcpy(expected.at, example->expected, sizeof expected.at);
    return expected;
}

/* Of the issues in the title, or in the text; both are sorted by place. */
static spans spans_found(const mtc_issue *issues, size_t count, bool in_title) {
    spans found = {.count = 0};
    for (size_t i = 0; i < count && found.count < MTC_EXAMPLE_SPANS; i++) {
        if (issues[i].in_title != in_title) continue;
        found.at[found.count++] =
            (mtc_range){issues[i].span.byte[0], issues[i].span.byte[1]};
    }
    return found;
}

static void print_example(FILE *out, const mtc_example *example, const char *outcome) {
    fprintf(out, "%.*s:%u: %.*s, %s example %u: %s\n", (int)example->file.len,
            example->file.ptr, example->line, (int)example->rule.len, example->rule.ptr,
            example->is_wrong ? "wrong" : "right", example->number, outcome);
    if (!example->is_wrong) return;
    const spans expected = spans_expected(example);
    print_spans(out, "expected:", example->is_in_title ? example->title : example->text,
                &expected);
}

/* --- Running --- */

static bool are_as_expected(const mtc_example *example, const mtc_issue *issues,
                            size_t count) {
    if (count != example->expected_count) return false;
    for (size_t i = 0; i < count; i++) {
        if (issues[i].in_title != example->is_in_title ||
            issues[i].span.byte[0] != example->expected[i].begin ||
            issues[i].span.byte[1] != example->expected[i].end) {
            return false;
        }
    }
    return true;
}

/* True where the engine says what the file says. */
static bool judge(const mtc_example *example, const mtc_report *report, FILE *out) {
    size_t count;
    const mtc_issue *const issues = mtc_report_issues(report, &count);
    if (are_as_expected(example, issues, count)) return true;
    print_example(out, example,
                  count == 0           ? "nothing was found"
                  : !example->is_wrong ? "something was found"
                                       : "something else was found");
    for (int in_title = 1; in_title >= 0; in_title--) {
        const spans found = spans_found(issues, count, in_title == 1);
        if (found.count == 0) continue;
        print_spans(out, "found:", in_title == 1 ? example->title : example->text,
                    &found);
    }
    return false;
}

/* 0, 1 or TROUBLE. */
static int run_example(mtc_session *session, const mtc_example *example, FILE *out) {
    const mtc_request request = {.title = example->title,
                                 .text = example->text,
                                 .profile = example->profile,
                                 .only = &example->rule,
                                 .only_count = 1};
    const mtc_report *report;
    mtc_error error = {.position = -1};
    if (mtc_check(session, &request, NULL, &report, &error) != MTC_OK) {
        print_example(out, example, error.message);
        return TROUBLE;
    }
    if (mtc_report_partial(report) != NULL) {
        print_example(out, example, "the check was cut short");
        return TROUBLE;
    }
    return judge(example, report, out) ? 0 : 1;
}

static uint32_t tell_missing(const mtc_example_list *list, uint32_t wanted, FILE *out) {
    uint32_t missing = 0;
    for (size_t i = 0; i < list->counts.count; i++) {
        const mtc_example_count *const count = &list->counts.at[i];
        if (count->wrong >= wanted && count->right >= wanted) continue;
        missing++;
        fprintf(out,
                "%.*s:%u: %.*s has %u wrong and %u right examples; it needs %u of each\n",
                (int)count->file.len, count->file.ptr, count->line, (int)count->rule.len,
                count->rule.ptr, count->wrong, count->right, wanted);
    }
    return missing;
}

static int run_examples(mtc_session *session, const mtc_example_list *list,
                        uint32_t wanted, FILE *out) {
    const uint32_t missing = tell_missing(list, wanted, out);
    uint32_t failed = 0;
    int worst = missing > 0;
    for (size_t i = 0; i < list->examples.count; i++) {
        const int outcome = run_example(session, &list->examples.at[i], out);
        failed += outcome != 0;
        if (outcome > worst) worst = outcome;
    }
    fprintf(out,
            "%zu rules, %zu examples: %u not as the file says, %u rules with too few\n",
            list->counts.count, list->examples.count, failed, missing);
    return worst;
}

static int run_folder(mtc_session *session, const char *folder, uint32_t wanted,
                      FILE *out) {
    if (folder[0] == '\0') return 0;
    mtc_arena arena;
    mtc_arena_init(&arena, ARENA_BLOCK, ARENA_LIMIT);
    mtc_example_list list;
    mtc_error error = {.position = -1};
    const int outcome = mtc_examples_read(folder, &arena, &list, &error) == MTC_OK
                            ? run_examples(session, &list, wanted, out)
                            : tell_error(out, &error);
    mtc_arena_fini(&arena);
    return outcome;
}

int mtc_test_rules(const mtc_engine_options *options, const char *folder, FILE *out) {
    selection chosen;
    if (!select_rules(&chosen, options, folder, out)) return TROUBLE;
    mtc_error error = {.position = -1};
    mtc_engine *engine;
    if (mtc_engine_new(&chosen.options, &engine, &error) != MTC_OK) {
        return tell_error(out, &error);
    }
    mtc_session *session;
    int outcome = TROUBLE;
    if (mtc_session_new(engine, &session, &error) != MTC_OK) {
        tell_error(out, &error);
    } else {
        const int base = run_folder(session, chosen.rules, MTC_EXAMPLES_WANTED, out);
        const int overlay = run_folder(session, chosen.rules_d, MTC_EXAMPLES_OWN, out);
        outcome = base > overlay ? base : overlay;
        mtc_session_free(session);
    }
    mtc_engine_free(engine);
    return outcome;
}
