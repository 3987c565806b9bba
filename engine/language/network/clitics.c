#include "language/network/clitics.h"

/* After an apostrophe. */
static const char *const ENDINGS[] = {"s", "re", "ve", "ll", "d", "m"};

/* Written as one, counted as two: the second begins at `cut`. */
static const struct {
    const char *word;
    uint32_t cut;
} FUSED[] = {{"cannot", 3}, {"gonna", 3}, {"gotta", 3}, {"wanna", 3}};

/* Beginnings that stay with their word across a hyphen. */
static const char *const PREFIXES[] = {
    "e",     "co",    "re",    "non",   "anti",    "pre",   "ex",    "un",
    "multi", "mid",   "semi",  "inter", "over",    "post",  "sub",   "extra",
    "ultra", "trans", "intra", "de",    "pan",     "bi",    "tri",   "mini",
    "micro", "neo",   "pro",   "cross", "counter", "vice",  "super", "pseudo",
    "quasi", "para",  "mega",  "macro", "mono",    "cyber", "eco",   "agro"};

/* Behind a figure they are words: "30m", "5pm"; not "5th", "90s", "5G". */
static const char *const UNITS[] = {
    "m",  "k",  "b",  "bn",  "mn",  "tn",  "am",  "pm",  "mm",  "cm",  "km",  "kg", "mg",
    "ml", "ft", "lb", "lbs", "mph", "kph", "hz",  "khz", "mhz", "ghz", "kb",  "mb", "gb",
    "tb", "kw", "mw", "gw",  "kwh", "mwh", "gwh", "hr",  "hrs", "min", "mins"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Length of the apostrophe, straight or curly, that begins at `at`; 0: none does. */
static uint32_t apostrophe_at(mtc_str token, uint32_t at) {
    if (at < token.len && token.ptr[at] == '\'') return 1;
    if (at + 3 <= token.len && memcmp(token.ptr + at, "\xE2\x80\x99", 3) == 0) return 3;
    return 0;
}

static bool is_word(mtc_str token, uint32_t begin, uint32_t end, const char *word) {
    return mtc_str_equal_ignoring_ascii_case((mtc_str){token.ptr + begin, end - begin},
                                             mtc_str_of(word));
}

/* Where the last part begins; token.len: the token is one word. */
static uint32_t clitic_begin(mtc_str token) {
    const uint32_t end = (uint32_t)token.len;
    for (size_t i = 0; i < COUNT(FUSED); i++)
        if (is_word(token, 0, end, FUSED[i].word)) return FUSED[i].cut;
    for (uint32_t at = end > 6 ? end - 6 : 1; at < end; at++) {
        const uint32_t mark = apostrophe_at(token, at);
        if (mark == 0) continue;
        const uint32_t behind = at + mark;
        if (behind == end && (token.ptr[at - 1] | 0x20) == 's') return at;
        if (is_word(token, behind, end, "t") && (token.ptr[at - 1] | 0x20) == 'n' &&
            at >= 2)
            return at - 1;
        for (size_t i = 0; i < COUNT(ENDINGS); i++)
            if (is_word(token, behind, end, ENDINGS[i])) return at;
    }
    return end;
}

static bool is_letter_or_digit(char byte) {
    return (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || (unsigned char)byte >= 0x80;
}

static bool keeps_together(mtc_str token, uint32_t begin, uint32_t hyphen) {
    for (size_t i = 0; i < COUNT(PREFIXES); i++)
        if (is_word(token, begin, hyphen, PREFIXES[i])) return true;
    return false;
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_inside_figure(char byte) {
    return byte == '.' || byte == ',' || byte == ':';
}

/* Numbers of telephones and dates of figures alone: "555-0199", "2021-05-14". */
static bool is_one_number(mtc_str token) {
    size_t hyphens = 0, first = 0;
    for (size_t i = 0; i < token.len; i++) {
        if (token.ptr[i] == '-' && i > 0) {
            if (hyphens++ == 0) first = i;
        } else if (!is_digit(token.ptr[i])) {
            return false;
        }
    }
    return hyphens >= 2 || (hyphens == 1 && first == 3 && token.len == 8);
}

/* Where the unit of a figure that begins at `begin` does; `end`: it has none. */
static uint32_t unit_begin(mtc_str token, uint32_t begin, uint32_t end) {
    uint32_t at = begin;
    while (at < end &&
           (is_digit(token.ptr[at]) || (at > begin && is_inside_figure(token.ptr[at]))))
        at++;
    if (at == begin) return end;
    for (size_t i = 0; i < COUNT(UNITS); i++)
        if (is_word(token, at, end, UNITS[i])) return at;
    return end;
}

/* A hyphen between words; the stop is that of "U.S.-led". */
static bool parts_words(mtc_str token, uint32_t at) {
    return token.ptr[at] == '-' &&
           (is_letter_or_digit(token.ptr[at - 1]) || token.ptr[at - 1] == '.') &&
           is_letter_or_digit(token.ptr[at + 1]);
}

uint32_t mtc_split_word(mtc_str token, mtc_range ret_parts[MTC_WORD_PARTS]) {
    const uint32_t end = (uint32_t)token.len;
    const uint32_t clitic = token.len > 2 ? clitic_begin(token) : end;
    const bool is_whole = is_one_number(token);
    uint32_t count = 0, begin = 0;
    for (uint32_t at = 1; !is_whole && at + 1 < clitic && count + 5 <= MTC_WORD_PARTS;
         at++) {
        if (!parts_words(token, at) || keeps_together(token, begin, at)) continue;
        ret_parts[count++] = (mtc_range){begin, at};
        ret_parts[count++] = (mtc_range){at, at + 1};
        begin = at + 1;
    }
    const uint32_t unit = unit_begin(token, begin, clitic);
    ret_parts[count++] = (mtc_range){begin, unit};
    if (unit < clitic) ret_parts[count++] = (mtc_range){unit, clitic};
    if (clitic < end) ret_parts[count++] = (mtc_range){clitic, end};
    return count;
}
