#include "text/entity.h"

#include "base/utf8.h"

/* Sorted by name, capitals first, as bytes compare. */
static const struct {
    const char *name;
    uint16_t codepoint;
} REFERENCES[] = {
    {"AElig", 0xC6},    {"Aacute", 0xC1},   {"Acirc", 0xC2},    {"Agrave", 0xC0},
    {"Aring", 0xC5},    {"Atilde", 0xC3},   {"Auml", 0xC4},     {"Ccedil", 0xC7},
    {"Eacute", 0xC9},   {"Ecirc", 0xCA},    {"Egrave", 0xC8},   {"Euml", 0xCB},
    {"Iacute", 0xCD},   {"Icirc", 0xCE},    {"Iuml", 0xCF},     {"Ntilde", 0xD1},
    {"Oacute", 0xD3},   {"Ocirc", 0xD4},    {"Oslash", 0xD8},   {"Otilde", 0xD5},
    {"Ouml", 0xD6},     {"Scaron", 0x160},  {"Uacute", 0xDA},   {"Uuml", 0xDC},
    {"Zcaron", 0x17D},  {"aacute", 0xE1},   {"acirc", 0xE2},    {"acute", 0xB4},
    {"aelig", 0xE6},    {"agrave", 0xE0},   {"amp", '&'},       {"apos", '\''},
    {"aring", 0xE5},    {"atilde", 0xE3},   {"auml", 0xE4},     {"bdquo", 0x201E},
    {"brvbar", 0xA6},   {"bull", 0x2022},   {"ccedil", 0xE7},   {"cedil", 0xB8},
    {"cent", 0xA2},     {"copy", 0xA9},     {"curren", 0xA4},   {"dagger", 0x2020},
    {"deg", 0xB0},      {"divide", 0xF7},   {"eacute", 0xE9},   {"ecirc", 0xEA},
    {"egrave", 0xE8},   {"emsp", ' '},      {"ensp", ' '},      {"euml", 0xEB},
    {"euro", 0x20AC},   {"frac12", 0xBD},   {"frac14", 0xBC},   {"frac34", 0xBE},
    {"gt", '>'},        {"hellip", 0x2026}, {"iacute", 0xED},   {"icirc", 0xEE},
    {"iexcl", 0xA1},    {"igrave", 0xEC},   {"iquest", 0xBF},   {"iuml", 0xEF},
    {"laquo", 0xAB},    {"larr", 0x2190},   {"ldquo", 0x201C},  {"lrm", 0x200E},
    {"lsaquo", 0x2039}, {"lsquo", 0x2018},  {"lt", '<'},        {"macr", 0xAF},
    {"mdash", 0x2014},  {"micro", 0xB5},    {"middot", 0xB7},   {"minus", 0x2212},
    {"nbsp", ' '},      {"ndash", 0x2013},  {"not", 0xAC},      {"ntilde", 0xF1},
    {"oacute", 0xF3},   {"ocirc", 0xF4},    {"oelig", 0x153},   {"ograve", 0xF2},
    {"ordf", 0xAA},     {"ordm", 0xBA},     {"oslash", 0xF8},   {"otilde", 0xF5},
    {"ouml", 0xF6},     {"para", 0xB6},     {"permil", 0x2030}, {"plusmn", 0xB1},
    {"pound", 0xA3},    {"prime", 0x2032},  {"quot", '"'},      {"raquo", 0xBB},
    {"rarr", 0x2192},   {"rdquo", 0x201D},  {"reg", 0xAE},      {"rlm", 0x200F},
    {"rsaquo", 0x203A}, {"rsquo", 0x2019},  {"sbquo", 0x201A},  {"scaron", 0x161},
    {"sect", 0xA7},     {"shy", 0xAD},      {"szlig", 0xDF},    {"thinsp", ' '},
    {"times", 0xD7},    {"trade", 0x2122},  {"uacute", 0xFA},   {"ucirc", 0xFB},
    {"ugrave", 0xF9},   {"uml", 0xA8},      {"uuml", 0xFC},     {"yacute", 0xFD},
    {"yen", 0xA5},      {"yuml", 0xFF},     {"zcaron", 0x17E},  {"zwj", 0x200D},
    {"zwnj", 0x200C},
};

uint32_t mtc_entity_codepoint(mtc_str name) {
    size_t low = 0, high = sizeof REFERENCES / sizeof *REFERENCES;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = mtc_str_compare(name, mtc_str_of(REFERENCES[middle].name));
        if (order == 0) return REFERENCES[middle].codepoint;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return 0;
}

/* --- Decoding --- */

static int digit_of(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return 99;
}

/* Reads up to `most` digits at *at. 0x110000 and above: none, or too large. */
static uint32_t number_at(mtc_str text, size_t *at, int base, size_t most) {
    uint32_t number = 0;
    const size_t first = *at;
    while (*at < text.len && *at - first < most && digit_of(text.ptr[*at]) < base &&
           number < 0x110000) {
        number = number * (uint32_t)base + (uint32_t)digit_of(text.ptr[*at]);
        ++*at;
    }
    return *at == first ? 0x110000 : number;
}

static bool is_character(uint32_t codepoint) {
    return codepoint > 0 && codepoint < 0x110000 &&
           !(codepoint >= 0xD800 && codepoint < 0xE000);
}

/* Behind an ampersand: moves *at behind the reference. 0: cannot be resolved. */
static uint32_t reference_at(mtc_str text, size_t *at) {
    size_t i = *at;
    while (i < text.len && text.ptr[i] == ' ') i++;
    uint32_t codepoint;
    if (i < text.len && text.ptr[i] == '#') {
        i++;
        const bool hex = i < text.len && (text.ptr[i] == 'x' || text.ptr[i] == 'X');
        i += hex;
        codepoint = number_at(text, &i, hex ? 16 : 10, 7);
    } else {
        const size_t name = i;
        while (i < text.len && i - name < 8 &&
               ((text.ptr[i] >= 'a' && text.ptr[i] <= 'z') ||
                (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') || digit_of(text.ptr[i]) < 10))
            i++;
        codepoint = mtc_entity_codepoint((mtc_str){text.ptr + name, i - name});
    }
    while (i + 1 < text.len && text.ptr[i] == ' ' && text.ptr[i + 1] == ';') i++;
    if (i < text.len && text.ptr[i] == ';') i++;
    *at = i;
    /* References to the C1 controls mean Windows-1252: &#146; is an apostrophe. */
    static const uint16_t WINDOWS[] = {0x2018, 0x2019, 0x201C, 0x201D,
                                       0x2022, 0x2013, 0x2014};
    if (codepoint >= 0x91 && codepoint <= 0x97) return WINDOWS[codepoint - 0x91];
    return codepoint == 0xA0 ? ' ' : is_character(codepoint) ? codepoint : 0;
}

static uint32_t escape_at(mtc_str text, size_t *at) {
    if (*at >= text.len) return 0;
    const char letter = text.ptr[(*at)++];
    switch (letter) {
    case 'u':
    case 'U':
    case 'x': {
        if (*at < text.len && text.ptr[*at] == '{') return 0;
        const uint32_t codepoint = number_at(text, at, 16, letter == 'x' ? 2 : 4);
        return codepoint == 0xA0 ? ' ' : is_character(codepoint) ? codepoint : 0;
    }
    case 'n':
    case 'r':
    case 't': return ' ';
    case '"':
    case '\'':
    case '/': return (uint32_t)letter;
    default: return 0;
    }
}

/* One pass. False: something cannot be resolved. */
static bool decode_once(mtc_str text, char *bytes, size_t *ret_length,
                        bool *ret_changed) {
    size_t length = 0;
    *ret_changed = false;
    for (size_t at = 0; at < text.len;) {
        const char byte = text.ptr[at++];
        uint32_t codepoint;
        if (byte == '&') {
            codepoint = reference_at(text, &at);
            if (codepoint == 0 && *ret_changed == false && text.len > 1) return false;
            if (codepoint == 0) codepoint = '&';
        } else if (byte == '\\') {
            codepoint = escape_at(text, &at);
        } else if (byte == '%') {
            codepoint = number_at(text, &at, 16, 2);
            if (codepoint > 0x7E) return false;
        } else {
            bytes[length++] = byte;
            continue;
        }
        if (codepoint == 0) return false;
        *ret_changed = true;
        length += mtc_utf8_encode(codepoint, bytes + length);
    }
    *ret_length = length;
    return true;
}

mtc_str mtc_entity_decode(mtc_str text, mtc_arena *arena) {
    static const mtc_str NOTHING = {NULL, 0};
    /* What is decoded is never longer than its reference: "&lt" is the shortest. */
    char *const bytes = mtc_arena_take(arena, text.len + 4);
    if (bytes == NULL) return NOTHING;
    size_t length;
    bool changed;
    if (!decode_once(text, bytes, &length, &changed) || !changed) return NOTHING;
    mtc_str decoded = {bytes, length};
    for (int again = 0; again < 3 && memchr(bytes, '&', length) != NULL; again++) {
        char *const more = mtc_arena_take(arena, decoded.len + 4);
        if (more == NULL) return NOTHING;
        if (decoded.len == 1 || !decode_once(decoded, more, &length, &changed) ||
            !changed)
            break;
        decoded = (mtc_str){more, length};
        if (memchr(more, '&', length) == NULL) break;
    }
    return decoded;
}

/* --- Look-alikes --- */

/* Cyrillic and Greek letters among Unicode's confusables of A-Z and a-z, sorted. */
static const struct {
    uint16_t codepoint;
    char latin;
} LOOKALIKES[] = {
    {0x391, 'A'}, {0x392, 'B'}, {0x395, 'E'}, {0x396, 'Z'}, {0x397, 'H'}, {0x399, 'I'},
    {0x39A, 'K'}, {0x39C, 'M'}, {0x39D, 'N'}, {0x39F, 'O'}, {0x3A1, 'P'}, {0x3A4, 'T'},
    {0x3A5, 'Y'}, {0x3A7, 'X'}, {0x3B1, 'a'}, {0x3B9, 'i'}, {0x3BD, 'v'}, {0x3BF, 'o'},
    {0x3C1, 'p'}, {0x3C5, 'u'}, {0x405, 'S'}, {0x406, 'I'}, {0x408, 'J'}, {0x410, 'A'},
    {0x412, 'B'}, {0x415, 'E'}, {0x41A, 'K'}, {0x41C, 'M'}, {0x41D, 'H'}, {0x41E, 'O'},
    {0x420, 'P'}, {0x421, 'C'}, {0x422, 'T'}, {0x423, 'Y'}, {0x425, 'X'}, {0x430, 'a'},
    {0x433, 'r'}, {0x435, 'e'}, {0x43E, 'o'}, {0x43F, 'n'}, {0x440, 'p'}, {0x441, 'c'},
    {0x443, 'y'}, {0x445, 'x'}, {0x455, 's'}, {0x456, 'i'}, {0x457, 'i'}, {0x458, 'j'},
    {0x501, 'd'}, {0x51B, 'q'}, {0x51D, 'w'},
};

char mtc_lookalike_latin(uint32_t codepoint) {
    size_t low = 0, high = sizeof LOOKALIKES / sizeof *LOOKALIKES;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (LOOKALIKES[middle].codepoint == codepoint) return LOOKALIKES[middle].latin;
        if (LOOKALIKES[middle].codepoint < codepoint) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}
