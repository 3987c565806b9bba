#include "rules/yaml_quoted.h"

#include "base/utf8.h"

/* Folds the line breaks at *at, whose first may be taken for granted (behind a backslash
 * it means nothing). Bytes before `kept` are no white space to be dropped. */
static size_t fold(mtc_str raw, size_t *at, char *to, size_t length, size_t kept,
                   bool is_escaped) {
    while (!is_escaped && length > kept && to[length - 1] == ' ') length--;
    size_t breaks = 0;
    for (; *at < raw.len && strchr(" \r\n", raw.ptr[*at]) != NULL; ++*at) {
        breaks += raw.ptr[*at] == '\n';
    }
    if (breaks == 1 && !is_escaped) to[length++] = ' ';
    for (; breaks > 1; breaks--) to[length++] = '\n';
    return length;
}

static bool is_break(mtc_str raw, size_t at) {
    return raw.ptr[at] == '\n' || raw.ptr[at] == '\r';
}

size_t mtc_yaml_decode_single(mtc_str raw, char *to) {
    size_t length = 0;
    for (size_t i = 0; i < raw.len;) {
        if (is_break(raw, i)) {
            length = fold(raw, &i, to, length, 0, false);
            continue;
        }
        if (raw.ptr[i] == '\'' && i + 1 < raw.len && raw.ptr[i + 1] == '\'') i++;
        to[length++] = raw.ptr[i++];
    }
    return length;
}

static int hex_value(char digit) {
    if (digit >= '0' && digit <= '9') return digit - '0';
    if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
    return -1;
}

/* The code point behind \x, \u or \U; UINT32_MAX where it is none. */
static uint32_t read_hex(mtc_str raw, size_t *at, unsigned digits) {
    uint32_t value = 0;
    for (unsigned i = 0; i < digits; i++, ++*at) {
        const int digit = *at < raw.len ? hex_value(raw.ptr[*at]) : -1;
        if (digit < 0 || value > 0x10FFFF) return UINT32_MAX;
        value = value * 16 + (uint32_t)digit;
    }
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    return is_surrogate || value > 0x10FFFF ? UINT32_MAX : value;
}

/* *at: the byte behind the backslash. */
static uint32_t read_escape(mtc_str raw, size_t *at) {
    static const struct {
        char letter;
        uint16_t codepoint;
    } ESCAPES[] = {{'0', 0},      {'a', 7},     {'b', 8},     {'t', 9},    {'n', 10},
                   {'v', 11},     {'f', 12},    {'r', 13},    {'e', 27},   {' ', ' '},
                   {'"', '"'},    {'/', '/'},   {'\\', '\\'}, {'N', 0x85}, {'_', 0xA0},
                   {'L', 0x2028}, {'P', 0x2029}};
    const char letter = raw.ptr[(*at)++];
    if (letter == 'x') return read_hex(raw, at, 2);
    if (letter == 'u') return read_hex(raw, at, 4);
    if (letter == 'U') return read_hex(raw, at, 8);
    for (size_t i = 0; i < sizeof ESCAPES / sizeof *ESCAPES; i++) {
        if (ESCAPES[i].letter == letter) return ESCAPES[i].codepoint;
    }
    return UINT32_MAX;
}

bool mtc_yaml_decode_double(mtc_str raw, char *to, size_t *ret_length) {
    size_t length = 0, kept = 0;
    for (size_t i = 0; i < raw.len;) {
        if (is_break(raw, i)) {
            kept = length = fold(raw, &i, to, length, kept, false);
        } else if (raw.ptr[i] != '\\') {
            to[length++] = raw.ptr[i++];
        } else if (++i == raw.len) {
            return false;
        } else if (is_break(raw, i)) {
            kept = length = fold(raw, &i, to, length, kept, true);
        } else {
            char bytes[4];
            const uint32_t codepoint = read_escape(raw, &i);
            if (codepoint == UINT32_MAX) return false;
            const size_t size = mtc_utf8_encode(codepoint, bytes);
            memcpy(to + length, bytes, size);
            kept = length += size;
        }
    }
    *ret_length = length;
    return true;
}
