#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "rules/yaml.h"

mtc_status mtc_yaml_fail(const mtc_yaml_reader *reader, const mtc_yaml *node,
                         const char *format, ...) {
    char reason[sizeof((mtc_error *)NULL)->message];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    const size_t whole = mtc_utf8_valid_prefix(mtc_str_of(reason)); /* it may be cut */
    return mtc_fail_in_file(reader->error, reader->file, node->line, node->column, "%.*s",
                            (int)whole, reason);
}

mtc_status mtc_yaml_no_memory(const mtc_yaml_reader *reader) {
    return mtc_fail(reader->error, MTC_NO_MEMORY, "no memory to read %s", reader->file);
}

mtc_str mtc_yaml_excerpt(mtc_str text) {
    enum { MOST = 60 };
    if (text.len > MOST) text.len = mtc_utf8_valid_prefix((mtc_str){text.ptr, MOST});
    return text;
}

const mtc_yaml *mtc_yaml_get(const mtc_yaml *mapping, const char *key) {
    if (mapping->kind != MTC_YAML_MAPPING) return NULL;
    const mtc_str wanted = mtc_str_of(key);
    for (size_t i = 0; i < mapping->count; i++) {
        if (mtc_str_equal(mapping->items[2 * i].text, wanted)) {
            return &mapping->items[2 * i + 1];
        }
    }
    return NULL;
}

/* --- Slips --- */

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

enum { LONGEST_NAME = 48 };

/* Optimal string alignment distance: insert, delete, replace, swap neighbours. */
static unsigned distance(mtc_str a, mtc_str b) {
    unsigned rows[3][LONGEST_NAME + 1];
    for (unsigned j = 0; j <= b.len; j++) rows[0][j] = j;
    for (unsigned i = 1; i <= a.len; i++) {
        unsigned *const row = rows[i % 3];
        const unsigned *const above = rows[(i + 2) % 3], *const above2 =
                                                             rows[(i + 1) % 3];
        row[0] = i;
        for (unsigned j = 1; j <= b.len; j++) {
            const bool same = a.ptr[i - 1] == b.ptr[j - 1];
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
                a.ptr[i - 2] == b.ptr[j - 1]) {
                row[j] = least(row[j], above2[j - 2] + 1);
            }
        }
    }
    return rows[a.len % 3][b.len];
}

const char *mtc_yaml_nearest(mtc_str text, const char *const *names) {
    if (text.len > LONGEST_NAME) return NULL;
    const char *nearest = NULL;
    unsigned smallest =
        text.len < 5 ? 2 : 4; /* one slip in a short name, three in a long */
    for (; *names != NULL; names++) {
        const mtc_str name = mtc_str_of(*names);
        if (name.len > LONGEST_NAME) continue;
        const unsigned slips = distance(text, name);
        if (slips >= smallest || slips >= name.len) continue;
        smallest = slips;
        nearest = *names;
    }
    return nearest;
}

static mtc_status fail_unknown(const mtc_yaml_reader *reader, const mtc_yaml *node,
                               const char *what, const char *const *names) {
    const mtc_str shown = mtc_yaml_excerpt(node->text);
    const char *const nearest = mtc_yaml_nearest(node->text, names);
    if (nearest != NULL) {
        return mtc_yaml_fail(reader, node, "unknown %s \"%.*s\": did you mean \"%s\"?",
                             what, (int)shown.len, shown.ptr, nearest);
    }
    char list[360] = "";
    size_t used = 0;
    for (const char *const *name = names; *name != NULL; name++) {
        const int written = snprintf(list + used, sizeof list - used, "%s%s",
                                     name == names ? "" : ", ", *name);
        if (written < 0 || (size_t)written >= sizeof list - used) {
            list[used] = '\0';
            break;
        }
        used += (size_t)written;
    }
    return mtc_yaml_fail(reader, node, "unknown %s \"%.*s\" (known: %s)", what,
                         (int)shown.len, shown.ptr, list);
}

/* --- Typed values --- */

static mtc_status expect(const mtc_yaml_reader *reader, const mtc_yaml *node,
                         const char *what, mtc_yaml_kind kind) {
    static const char *const KINDS[] = {"a single value", "a list", "a mapping"};
    if (node->kind == kind) return MTC_OK;
    return mtc_yaml_fail(reader, node, "%s must be %s, not %s", what, KINDS[kind],
                         KINDS[node->kind]);
}

mtc_status mtc_yaml_check_keys(const mtc_yaml_reader *reader, const mtc_yaml *node,
                               const char *what, const char *const *known) {
    mtc_status status = expect(reader, node, what, MTC_YAML_MAPPING);
    for (size_t i = 0; status == MTC_OK && i < node->count; i++) {
        const mtc_yaml *const key = &node->items[2 * i];
        const char *const *name = known;
        while (*name != NULL && !mtc_str_equal(key->text, mtc_str_of(*name))) name++;
        if (*name == NULL) {
            char thing[80];
            (void)snprintf(thing, sizeof thing, "key of %s", what);
            status = fail_unknown(reader, key, thing, known);
        }
    }
    return status;
}

mtc_status mtc_yaml_read_text(const mtc_yaml_reader *reader, const mtc_yaml *node,
                              const char *what, size_t most, mtc_str *ret_text) {
    const mtc_status status = expect(reader, node, what, MTC_YAML_SCALAR);
    if (status != MTC_OK) return status;
    if (node->text.len == 0) return mtc_yaml_fail(reader, node, "%s is empty", what);
    if (node->text.len > most) {
        return mtc_yaml_fail(reader, node, "%s is longer than %zu bytes", what, most);
    }
    for (uint32_t at = 0; at < node->text.len;) {
        const uint32_t codepoint = mtc_utf8_next(node->text, &at);
        if (codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0)) {
            return mtc_yaml_fail(reader, node, "%s holds %s", what,
                                 codepoint == '\n' ? "a line break"
                                                   : "a control character");
        }
    }
    const mtc_str copy = mtc_arena_copy(reader->arena, node->text);
    if (copy.ptr == NULL) return mtc_yaml_no_memory(reader);
    *ret_text = copy;
    return MTC_OK;
}

mtc_status mtc_yaml_read_texts(const mtc_yaml_reader *reader, const mtc_yaml *node,
                               const char *what, size_t most, const mtc_str **ret_texts,
                               size_t *ret_count) {
    const bool is_single = node->kind == MTC_YAML_SCALAR;
    if (!is_single) {
        const mtc_status status = expect(reader, node, what, MTC_YAML_SEQUENCE);
        if (status != MTC_OK) return status;
    }
    const mtc_yaml *const items = is_single ? node : node->items;
    const size_t count = is_single ? 1 : node->count;
    mtc_str *const texts = MTC_TAKE(reader->arena, mtc_str, count);
    if (texts == NULL) return mtc_yaml_no_memory(reader);
    for (size_t i = 0; i < count; i++) {
        const mtc_status status =
            mtc_yaml_read_text(reader, &items[i], what, most, &texts[i]);
        if (status != MTC_OK) return status;
    }
    *ret_texts = texts;
    *ret_count = count;
    return MTC_OK;
}

bool mtc_yaml_is_number(mtc_str text, double *ret_number) {
    static const double POWERS[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    size_t i = 0, digits = 0, decimals = 0;
    const bool is_negative = text.len > 0 && text.ptr[0] == '-';
    if (text.len > 0 && (text.ptr[0] == '-' || text.ptr[0] == '+')) i++;
    uint64_t value = 0;
    bool after_point = false;
    for (; i < text.len; i++) {
        const char c = text.ptr[i];
        if (c == '.' && !after_point && digits > 0) {
            after_point = true;
        } else if (c >= '0' && c <= '9' && digits < 15) {
            value = value * 10 + (uint64_t)(c - '0');
            digits++;
            decimals += after_point;
        } else {
            return false;
        }
    }
    if (digits == 0 || (after_point && decimals == 0)) return false;
    const double number = (double)value / POWERS[decimals]; /* exact up to 15 digits */
    *ret_number = is_negative ? -number : number;
    return true;
}

mtc_status mtc_yaml_read_number(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                const char *what, double least_value, double most,
                                double *ret_number) {
    const mtc_status status = expect(reader, node, what, MTC_YAML_SCALAR);
    if (status != MTC_OK) return status;
    double number;
    if (!node->is_plain || !mtc_yaml_is_number(node->text, &number)) {
        const mtc_str shown = mtc_yaml_excerpt(node->text);
        return mtc_yaml_fail(reader, node, "%s must be a decimal number, not \"%.*s\"",
                             what, (int)shown.len, shown.ptr);
    }
    if (!(number >= least_value && number <= most)) {
        return mtc_yaml_fail(reader, node, "%s must lie between %g and %g", what,
                             least_value, most);
    }
    *ret_number = number;
    return MTC_OK;
}

mtc_status mtc_yaml_read_integer(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                 const char *what, int least_value, int most,
                                 int *ret_number) {
    double number = 0;
    const mtc_status status =
        mtc_yaml_read_number(reader, node, what, least_value, most, &number);
    if (status != MTC_OK) return status;
    if (number != (double)(int)number) {
        return mtc_yaml_fail(reader, node, "%s must be a whole number", what);
    }
    *ret_number = (int)number;
    return MTC_OK;
}

mtc_status mtc_yaml_read_flag(const mtc_yaml_reader *reader, const mtc_yaml *node,
                              const char *what, bool *ret_flag) {
    const mtc_status status = expect(reader, node, what, MTC_YAML_SCALAR);
    if (status != MTC_OK) return status;
    const bool is_true = mtc_str_equal(node->text, MTC_STR("true"));
    if (!node->is_plain || (!is_true && !mtc_str_equal(node->text, MTC_STR("false")))) {
        return mtc_yaml_fail(reader, node, "%s must be true or false", what);
    }
    *ret_flag = is_true;
    return MTC_OK;
}

mtc_status mtc_yaml_read_choice(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                const char *what, const char *const *names,
                                size_t *ret_index) {
    const mtc_status status = expect(reader, node, what, MTC_YAML_SCALAR);
    if (status != MTC_OK) return status;
    for (size_t i = 0; names[i] != NULL; i++) {
        if (mtc_str_equal(node->text, mtc_str_of(names[i]))) {
            *ret_index = i;
            return MTC_OK;
        }
    }
    return fail_unknown(reader, node, what, names);
}
