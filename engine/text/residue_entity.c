/* Character references and escape sequences that were never resolved. */
#include "text/entity.h"
#include "text/residue_scan.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Those that are also believed where the semicolon is missing. */
static const char *const BARE_NAMES[] = {"amp",   "apos",  "gt",    "hellip", "ldquo",
                                         "lsquo", "lt",    "mdash", "nbsp",   "ndash",
                                         "quot",  "rdquo", "rsquo", "thinsp", "zwnj"};

static uint32_t digits_end(const mtc_residue_scanner *scan, uint32_t at, bool hex) {
    uint32_t end = at;
    while (end - at < 7 && (hex ? mtc_is_hex(mtc_scan_byte(scan, end))
                                : mtc_is_digit(mtc_scan_byte(scan, end))))
        end++;
    return end;
}

/* `#160` or `#xA0` at `at`: its end; 0: none. */
static uint32_t number_end(const mtc_residue_scanner *scan, uint32_t at) {
    if (mtc_scan_byte(scan, at) != '#') return 0;
    const bool hex = mtc_to_lower(mtc_scan_byte(scan, at + 1)) == 'x';
    const uint32_t first = at + 1 + hex;
    const uint32_t end = digits_end(scan, first, hex);
    return end > first ? end : 0;
}

/* What may follow an ampersand, with its semicolon; 0: no reference. */
static uint32_t reference_end(const mtc_residue_scanner *scan, uint32_t at, bool spaced) {
    uint32_t end = number_end(scan, at);
    bool bare = end != 0 && !mtc_is_alnum(mtc_scan_byte(scan, end));
    if (end == 0) {
        uint32_t name = at;
        while (name - at < 9 && mtc_is_alnum(mtc_scan_byte(scan, name))) name++;
        const mtc_str word = {scan->text.ptr + at, name - at};
        if (mtc_entity_codepoint(word) == 0) return 0;
        end = name;
        bare = mtc_scan_is_one_of(BARE_NAMES, COUNT(BARE_NAMES), word) &&
               mtc_is_lower(word.ptr[0]) && mtc_scan_byte(scan, end) != '=';
    }
    if (mtc_scan_byte(scan, end) == ';') return end + 1;
    const uint32_t behind = mtc_scan_skip_blanks(scan, end);
    if (behind == end + 1 && mtc_scan_byte(scan, behind) == ';') return behind + 1;
    return bare && !spaced && !scan->chunk_is_address ? end : 0;
}

bool mtc_residue_entity(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    const char byte = mtc_scan_byte(scan, at);
    if (byte == '#') {
        /* The ampersand was lost: `#160;`. */
        const uint32_t end = number_end(scan, at);
        const bool whole = end - at > 2 && end != 0 && mtc_scan_byte(scan, end) == ';' &&
                           !mtc_is_alnum(mtc_scan_before(scan, at));
        return whole && mtc_scan_set(ret_found, MTC_RESIDUE_ENTITY, at, end + 1, 0.8);
    }
    if (byte != '&') return false;
    const uint32_t first = mtc_scan_skip_blanks(scan, at + 1);
    if (first - at > 2) return false;
    uint32_t end = reference_end(scan, first, first > at + 1);
    if (end == 0) return false;
    /* `&amp;nbsp;`, `&amp;#39;`, `&amp;amp;`: escaped twice. */
    for (int again = 0; again < 4 && scan->text.ptr[end - 1] == ';'; again++) {
        const uint32_t more = reference_end(scan, end, true);
        if (more == 0) break;
        end = more;
    }
    return mtc_scan_set(ret_found, MTC_RESIDUE_ENTITY, at, end, 0.97);
}

/* --- Escapes --- */

/* `\u2019`, `\x92`, `\n`, `\"` …: the end; 0: none. */
static uint32_t backslash_end(const mtc_residue_scanner *scan, uint32_t at) {
    const char next = mtc_scan_byte(scan, at + 1);
    const uint32_t digits = digits_end(scan, at + 2, true) - (at + 2);
    if (next == 'u' && mtc_scan_byte(scan, at + 2) == '{') {
        const uint32_t end = digits_end(scan, at + 3, true);
        return mtc_scan_byte(scan, end) == '}' ? end + 1 : 0;
    }
    if (mtc_to_lower(next) == 'u' && digits >= 4) return at + 6;
    if (next == 'x' && digits >= 2) return at + 4;
    if (mtc_is_any("\"'/", next)) return at + 2;
    if (!mtc_is_any("nrt", next)) return 0;
    /* `C:\new` is a path: what follows the letter must be able to begin or end something.
     */
    const char before = mtc_scan_before(scan, at), after = mtc_scan_byte(scan, at + 2);
    const bool at_edge =
        before == '\0' || mtc_is_space(before) || mtc_is_any(".!?,;\"')", before);
    const bool ends = after == '\0' || mtc_is_space(after) || after == '\\' ||
                      mtc_is_upper(after) || mtc_is_digit(after) ||
                      mtc_is_any("\"'-", after);
    if (before == ':' || !(at_edge || ends)) return 0;
    return at + 2;
}

/* `u2019` inside a word: the backslash of an escape was lost. */
static bool lost_backslash(const mtc_residue_scanner *scan, uint32_t at) {
    const char before = mtc_scan_before(scan, at);
    if (!mtc_is_alpha(before)) return false;
    const bool quote = mtc_scan_has(scan, at, MTC_STR("u201")) ||
                       mtc_scan_has(scan, at, MTC_STR("u202"));
    const bool letter = mtc_scan_has(scan, at, MTC_STR("u00")) &&
                        mtc_is_any("abcdefABCDEF", mtc_scan_byte(scan, at + 3));
    return (quote || letter) && mtc_is_lower(mtc_scan_byte(scan, at)) &&
           mtc_is_hex(mtc_scan_byte(scan, at + 4));
}

/* `%20`, `%E2%80%99` outside a URL. */
static uint32_t percent_end(const mtc_residue_scanner *scan, uint32_t at) {
    uint32_t end = at;
    while (mtc_scan_byte(scan, end) == '%' && mtc_is_hex(mtc_scan_byte(scan, end + 1)) &&
           mtc_is_hex(mtc_scan_byte(scan, end + 2)))
        end += 3;
    if (end == at) return 0;
    const char before = mtc_scan_before(scan, at);
    if (mtc_is_digit(before)) return 0; /* 5%20 may be a list of percentages */
    const bool beside_word =
        mtc_is_alpha(before) || mtc_is_alpha(mtc_scan_byte(scan, end));
    return end - at > 3 || beside_word ? end : 0;
}

/* `?resize=624&ssl=1`: the end of a URL whose beginning was lost. */
static uint32_t query_end(mtc_residue_scanner *scan, uint32_t at) {
    if (scan->chunk_is_address || at < scan->query_read_to) return 0;
    uint32_t pairs = 0, end = at;
    while (mtc_is_any("?&", mtc_scan_byte(scan, end)) && end < scan->chunk_end) {
        uint32_t name = end + 1;
        while (mtc_is_alnum(mtc_scan_byte(scan, name)) ||
               mtc_scan_byte(scan, name) == '_')
            name++;
        if (name == end + 1 || mtc_scan_byte(scan, name) != '=') break;
        pairs++;
        end = name;
        while (end < scan->chunk_end && !mtc_is_any("&\"'<>", scan->text.ptr[end])) end++;
    }
    scan->query_read_to = end;
    return pairs >= 2 ? end : 0;
}

bool mtc_residue_escape(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    const char byte = mtc_scan_byte(scan, at);
    uint32_t end = 0;
    if (byte == '?' || byte == '&') {
        end = query_end(scan, at);
        return end != 0 && mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.9);
    }
    if (scan->chunk_is_address) return false;
    if (byte == '\\') {
        end = at;
        for (uint32_t more; (more = backslash_end(scan, end)) != 0 && more - at < 64;) {
            end = more;
            if (mtc_scan_byte(scan, end) != '\\') break;
        }
        if (end == at) end = 0;
    } else if (byte == 'u' && lost_backslash(scan, at)) {
        end = at + 5;
    } else if (byte == '%') {
        end = percent_end(scan, at);
    }
    return end != 0 && mtc_scan_set(ret_found, MTC_RESIDUE_ENTITY, at, end, 0.92);
}
