#include "report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "display.h"

enum { INDENT = 6, MARGIN_BEFORE = 24 };

typedef struct {
    FILE *out;
    report_style style;
    mtc_str text, title;
} printer;

static const char *text_of(const json_t *object, const char *key) {
    const char *const text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static mtc_str str_of(const json_t *object, const char *key) {
    const json_t *const value = json_object_get(object, key);
    return json_is_string(value)
               ? (mtc_str){json_string_value(value), json_string_length(value)}
               : (mtc_str){"", 0};
}

static json_int_t integer_of(const json_t *object, const char *key) {
    return json_integer_value(json_object_get(object, key));
}

/* --- Colours --- */

static const char *color_of(const char *word) {
    static const struct {
        const char *word, *color;
    } COLORS[] = {
        {"critical", "\033[1;31m"}, {"major", "\033[31m"},   {"minor", "\033[33m"},
        {"neutral", "\033[2m"},     {"pass", "\033[32m"},    {"review", "\033[33m"},
        {"fail", "\033[1;31m"},     {"unknown", "\033[35m"}, {"strong", "\033[1m"},
        {"error", "\033[1;31m"},    {"faint", "\033[2m"}};
    for (size_t i = 0; i < sizeof COLORS / sizeof *COLORS; i++) {
        if (strcmp(word, COLORS[i].word) == 0) return COLORS[i].color;
    }
    return "";
}

static void begin_color(const printer *to, const char *word) {
    if (to->style.color) fputs(color_of(word), to->out);
}

static void end_color(const printer *to) {
    if (to->style.color) fputs("\033[0m", to->out);
}

static void print_colored(const printer *to, const char *color, const char *text) {
    begin_color(to, color);
    fputs(text, to->out);
    end_color(to);
}

/* --- The finding in its line --- */

static bool ends_line(mtc_str text, size_t at) {
    const char byte = text.ptr[at];
    return byte == '\n' || byte == '\r' ||
           (at + 2 < text.len && (memcmp(text.ptr + at, "\xE2\x80\xA8", 3) == 0 ||
                                  memcmp(text.ptr + at, "\xE2\x80\xA9", 3) == 0));
}

static bool continues(mtc_str text, size_t at) {
    return at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80;
}

/* The piece of the line around [begin, end) that fits: a little before, the rest behind.
 */
typedef struct {
    size_t from, to;   /* bytes of the excerpt */
    size_t begin, end; /* of the finding inside it, cut to its first line */
    bool cut_before, cut_behind;
} excerpt;

/* Where the excerpt begins: some columns before the finding, at a word. */
static size_t find_start(mtc_str text, size_t begin, bool *ret_cut) {
    size_t from = begin;
    unsigned before = 0;
    while (from > 0 && before < MARGIN_BEFORE) {
        size_t previous = from - 1;
        while (continues(text, previous)) previous--;
        if (ends_line(text, previous)) {
            *ret_cut = false;
            return from;
        }
        size_t at = previous;
        before += display_width_of(display_next(text, &at));
        from = previous;
    }
    *ret_cut = from > 0;
    const char *const space =
        from == 0 ? NULL : memchr(text.ptr + from, ' ', begin - from);
    return space == NULL ? from : (size_t)(space - text.ptr) + 1;
}

/* Where it ends: at the end of the line, or at the last word that fits. */
static size_t find_stop(mtc_str text, size_t from, size_t end, unsigned width,
                        bool *ret_cut) {
    unsigned column = 0;
    size_t to = from, last_space = from;
    while (to < text.len && !ends_line(text, to)) {
        size_t next = to;
        const unsigned wide = display_width_of(display_next(text, &next));
        if (column + wide > width) {
            *ret_cut = true;
            return last_space > end ? last_space : to;
        }
        if (text.ptr[to] == ' ') last_space = to;
        column += wide;
        to = next;
    }
    *ret_cut = false;
    return to;
}

static excerpt choose_excerpt(mtc_str text, size_t begin, size_t end, unsigned width) {
    excerpt piece = {.begin = begin, .end = begin};
    while (piece.end < end && !ends_line(text, piece.end)) piece.end++;
    piece.from = find_start(text, begin, &piece.cut_before);
    const unsigned marks = 2 + (piece.cut_before ? 2 : 0); /* room for the ellipses */
    piece.to = find_stop(text, piece.from, piece.end, width - marks, &piece.cut_behind);
    return piece;
}

static void print_excerpt(const printer *to, mtc_str text, size_t begin, size_t end,
                          const char *severity) {
    const excerpt piece = choose_excerpt(text, begin, end, to->style.width - INDENT);
    const size_t shown_end = piece.end < piece.to ? piece.end : piece.to;
    fprintf(to->out, "%*s%s", INDENT, "", piece.cut_before ? "… " : "");
    display_print(to->out, (mtc_str){text.ptr + piece.from, piece.begin - piece.from});
    begin_color(to, severity);
    display_print(to->out, (mtc_str){text.ptr + piece.begin, shown_end - piece.begin});
    end_color(to);
    display_print(to->out, (mtc_str){text.ptr + shown_end, piece.to - shown_end});
    fprintf(to->out, "%s\n", piece.cut_behind ? " …" : "");
    const unsigned before =
        display_width((mtc_str){text.ptr + piece.from, piece.begin - piece.from});
    unsigned under =
        display_width((mtc_str){text.ptr + piece.begin, shown_end - piece.begin});
    if (under == 0) under = 1;
    fprintf(to->out, "%*s", (int)(INDENT + before + (piece.cut_before ? 2 : 0)), "");
    begin_color(to, severity);
    for (unsigned i = 0; i < under; i++) fputc('^', to->out);
    end_color(to);
    fputc('\n', to->out);
}

/* --- Issues --- */

static void print_repair(const printer *to, const json_t *repair) {
    const mtc_str replacement = str_of(repair, "replacement");
    const json_t *const bytes = json_object_get(json_object_get(repair, "span"), "byte");
    const bool inserts = json_integer_value(json_array_get(bytes, 0)) ==
                         json_integer_value(json_array_get(bytes, 1));
    fprintf(to->out, "%*s→ ", INDENT, "");
    if (replacement.len == 0) {
        fputs("take it out\n", to->out);
        return;
    }
    fputs(inserts ? "insert “" : "write “", to->out);
    display_print(to->out, replacement);
    fputs("”\n", to->out);
}

static void print_suggestions(const printer *to, const json_t *list) {
    if (json_array_size(list) == 0) return;
    fprintf(to->out, "%*s→ perhaps: ", INDENT, "");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *const word = json_array_get(list, i);
        if (i > 0) fputs(", ", to->out);
        display_print(to->out,
                      (mtc_str){json_string_value(word), json_string_length(word)});
    }
    fputc('\n', to->out);
}

static void print_place(const printer *to, const json_t *issue, const json_t *span) {
    char place[48];
    if (strcmp(text_of(issue, "in"), "title") == 0) {
        (void)snprintf(place, sizeof place, "title:%lld",
                       (long long)integer_of(span, "column"));
    } else {
        (void)snprintf(place, sizeof place, "%lld:%lld",
                       (long long)integer_of(span, "line"),
                       (long long)integer_of(span, "column"));
    }
    begin_color(to, "strong");
    fprintf(to->out, "%*s", INDENT + 3, place);
    end_color(to);
}

static void print_issue(const printer *to, const json_t *issue) {
    const json_t *const span = json_object_get(issue, "span");
    const json_t *const bytes = json_object_get(span, "byte");
    const char *const severity = text_of(issue, "severity");
    const bool is_title = strcmp(text_of(issue, "in"), "title") == 0;
    print_place(to, issue, span);
    fputs("  ", to->out);
    print_colored(to, severity, severity);
    fprintf(to->out, "  %s", text_of(issue, "rule"));
    const double confidence = json_number_value(json_object_get(issue, "confidence"));
    begin_color(to, "faint");
    fprintf(to->out, "  %.0f %% sure%s", confidence * 100,
            strcmp(text_of(issue, "state"), "accepted") == 0 ? ", accepted" : "");
    end_color(to);
    fputc('\n', to->out);
    const size_t begin = (size_t)json_integer_value(json_array_get(bytes, 0));
    const size_t end = (size_t)json_integer_value(json_array_get(bytes, 1));
    const mtc_str text = is_title ? to->title : to->text;
    if (begin <= end && end <= text.len) print_excerpt(to, text, begin, end, severity);
    display_wrap(to->out, str_of(issue, "message"), INDENT, to->style.width);
    const json_t *const repairs = json_object_get(issue, "repairs");
    for (size_t i = 0; i < json_array_size(repairs); i++) {
        print_repair(to, json_array_get(repairs, i));
    }
    print_suggestions(to, json_object_get(issue, "suggestions"));
    fputc('\n', to->out);
}

/* --- Summary --- */

static void print_counts(const printer *to, const json_t *counts) {
    static const char *const NAMES[] = {"critical", "major", "minor", "neutral"};
    json_int_t all = 0;
    for (size_t i = 0; i < 4; i++) all += integer_of(counts, NAMES[i]);
    fprintf(to->out, "%lld issue%s", (long long)all, all == 1 ? "" : "s");
    const char *separator = " (";
    for (size_t i = 0; i < 4; i++) {
        const json_int_t count = integer_of(counts, NAMES[i]);
        if (count == 0) continue;
        fprintf(to->out, "%s%lld %s", separator, (long long)count, NAMES[i]);
        separator = ", ";
    }
    fputs(all > 0 ? ")\n" : "\n", to->out);
}

static void print_partial(const printer *to, const json_t *partial) {
    if (partial == NULL) return;
    const json_t *const checked =
        json_object_get(json_object_get(partial, "checked"), "byte");
    char text[160];
    (void)snprintf(text, sizeof text,
                   "NOT FULLY CHECKED (%s): read up to byte %lld; %zu rules did not run.",
                   text_of(partial, "reason"),
                   (long long)json_integer_value(json_array_get(checked, 1)),
                   json_array_size(json_object_get(partial, "rules_not_run")));
    begin_color(to, "error");
    display_wrap(to->out, (mtc_str){text, strlen(text)}, 0, to->style.width);
    end_color(to);
}

static void print_summary(const printer *to, const json_t *from, const char *name) {
    const json_t *const score = json_object_get(from, "score");
    const char *const verdict = text_of(score, "verdict");
    print_partial(to, json_object_get(from, "partial"));
    begin_color(to, "strong");
    display_print(to->out, (mtc_str){name, strlen(name)});
    end_color(to);
    fputs(": ", to->out);
    print_colored(to, verdict, verdict);
    fprintf(to->out, ", quality %.1f of 100\n",
            json_number_value(json_object_get(score, "quality")));
    fprintf(to->out, "  %lld words, ", (long long)integer_of(score, "words"));
    print_counts(to, json_object_get(score, "counts"));
    const json_int_t omitted = integer_of(json_object_get(from, "stats"), "omitted");
    if (omitted > 0) {
        fprintf(to->out, "  %lld of them are not listed (--max-issues)\n",
                (long long)omitted);
    }
    fprintf(to->out, "  %.1f penalty points per 1,000 words",
            json_number_value(json_object_get(score, "penalty_per_1000_words")));
    const json_t *const interval =
        json_object_get(score, "penalty_per_1000_words_interval95");
    if (json_is_array(interval)) {
        fprintf(to->out, " (95 %%: %.1f to %.1f)",
                json_number_value(json_array_get(interval, 0)),
                json_number_value(json_array_get(interval, 1)));
    }
    fputc('\n', to->out);
    display_wrap(to->out, str_of(score, "reason"), 2, to->style.width);
    const json_t *const warnings = json_object_get(from, "warnings");
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const json_t *const warning = json_array_get(warnings, i);
        fputs("  warning: ", to->out);
        display_print(to->out,
                      (mtc_str){json_string_value(warning), json_string_length(warning)});
        fputc('\n', to->out);
    }
}

static void print_error(const printer *to, const json_t *from, const char *name) {
    const json_t *const error = json_object_get(from, "error");
    display_print(to->out, (mtc_str){name, strlen(name)});
    fputs(": ", to->out);
    begin_color(to, "error");
    fputs("not checked", to->out);
    end_color(to);
    fprintf(to->out, " (%s): ", text_of(error, "code"));
    display_print(to->out, str_of(error, "message"));
    fputc('\n', to->out);
}

void report_print(FILE *out, const reply *from, const char *name, const input *in,
                  const char *title, report_style style) {
    const printer to = {
        .out = out,
        .style = style,
        .text = {in->bytes, in->size},
        .title = {title == NULL ? "" : title, title == NULL ? 0 : strlen(title)}};
    const json_t *const json = from->json;
    if (strcmp(text_of(json, "status"), "error") == 0) {
        print_error(&to, json, name);
        return;
    }
    const json_t *const issues = json_object_get(json, "issues");
    for (size_t i = 0; i < json_array_size(issues); i++) {
        print_issue(&to, json_array_get(issues, i));
    }
    print_summary(&to, json, name);
}

/* --- Facts --- */

static void print_rules(FILE *out, const json_t *rules) {
    for (size_t i = 0; i < json_array_size(rules); i++) {
        const json_t *const rule = json_array_get(rules, i);
        fprintf(out, "%-30s %-8s %s%s\n", text_of(rule, "id"), text_of(rule, "severity"),
                text_of(rule, "summary"),
                json_is_false(json_object_get(rule, "active")) ? " (off)" : "");
    }
}

static void print_fact(FILE *out, const char *key, json_t *value, unsigned depth) {
    fprintf(out, "%*s%s:", (int)depth * 2, "", key);
    if (json_is_object(value)) {
        fputc('\n', out);
        const char *inner_key;
        json_t *inner;
        json_object_foreach(value, inner_key, inner)
            print_fact(out, inner_key, inner, depth + 1);
        return;
    }
    char *const text =
        json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    fputc(' ', out);
    if (json_is_string(value)) {
        display_print(out,
                      (mtc_str){json_string_value(value), json_string_length(value)});
    } else if (text != NULL) {
        display_print(out, (mtc_str){text, strlen(text)});
    }
    fputc('\n', out);
    free(text);
}

void report_print_facts(FILE *out, const reply *from) {
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)from->json, key, value) {
        if (strcmp(key, "rules") == 0) {
            print_rules(out, value);
        } else if (strcmp(key, "v") != 0 && strcmp(key, "id") != 0) {
            print_fact(out, key, value, 0);
        }
    }
}
