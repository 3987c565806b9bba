/* Text that was decoded wrongly, and characters that nobody sees. */
#include <unicode/uchar.h>

#include "text/entity.h"
#include "text/residue_scan.h"

/* --- Mojibake --- */

/* Windows-1252, bytes 0x80 to 0x9F. */
static const uint16_t CP1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/* The byte that was read as this character; 0: none above 0x7F. */
static unsigned byte_of(uint32_t codepoint) {
    if (codepoint >= 0x80 && codepoint <= 0xFF) return codepoint;
    if (codepoint < 0x100) return 0;
    for (unsigned i = 0; i < 32; i++) {
        if (CP1252[i] == codepoint) return 0x80 + i;
    }
    return 0;
}

/* Characters that may well stand behind a letter in sound text: quotation marks, dashes,
 * letters of the same code page. */
static bool is_ordinary_behind_letter(uint32_t codepoint) {
    switch (codepoint) {
    case 0xBB:
    case 0xAB:
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x2026:
    case 0x2013:
    case 0x2014:
    case 0x203A:
    case 0x2039:
    case 0x0160:
    case 0x0161:
    case 0x0152:
    case 0x0153:
    case 0x017D:
    case 0x017E:
    case 0x0178:
    case 0x2122:
    case 0xAE:
    case 0xB7:
    case 0xB9:
    case 0xB2:
    case 0xB3:
    case 0xAD:
    case 0xA0: return true;
    default: return false;
    }
}

static uint32_t peek(const mtc_residue_scanner *scan, uint32_t at, uint32_t *ret_next) {
    *ret_next = at;
    if (at >= scan->end) return 0;
    return mtc_utf8_next((mtc_str){scan->text.ptr, scan->end}, ret_next);
}

static uint32_t letter_before(const mtc_residue_scanner *scan, uint32_t at) {
    return at > scan->begin ? mtc_utf8_before(scan->text, at) : 0;
}

/* UTF-8 read as Windows-1252 or Latin-1: one character's worth; 0: none here. */
static uint32_t misread_end(const mtc_residue_scanner *scan, uint32_t at, bool in_run) {
    uint32_t next;
    const uint32_t lead = peek(scan, at, &next);
    if (lead < 0xC2 || lead > 0xF4) return 0;
    const unsigned wanted = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    const uint32_t before = letter_before(scan, at);
    bool strange = false;
    uint32_t end = next;
    for (unsigned i = 0; i < wanted; i++) {
        const uint32_t follower = peek(scan, end, &next);
        const unsigned byte = end < scan->end ? byte_of(follower) : 0;
        if (byte < 0x80 || byte > 0xBF) {
            /* "â€" and "ðŸ" whose last characters were lost. */
            const bool cut = i >= 1 && strange && (lead == 0xE2 || lead == 0xF0);
            return cut ? end : 0;
        }
        strange = strange || !is_ordinary_behind_letter(follower);
        end = next;
    }
    if (in_run || strange) {
        if (lead == 0xC2 || lead == 0xC3 || wanted > 1 || in_run) return end;
        /* "Ä‡" is ć; but "É±" hardly ever stands in print either. */
        return end;
    }
    /* "VILÃ»" closes a Portuguese quotation; "Ã»" alone is û. */
    const bool after_capital = u_isupper((UChar32)before);
    return (lead == 0xC2 || lead == 0xC3) && !after_capital ? end : 0;
}

/* "Â " and "Ã " whose no-break space became a plain one, or was lost. */
static uint32_t orphan_end(const mtc_residue_scanner *scan, uint32_t at) {
    uint32_t end;
    const uint32_t lead = peek(scan, at, &end);
    if (lead != 0xC2 && lead != 0xC3) return 0;
    const uint32_t before = letter_before(scan, at);
    const char after = mtc_scan_byte(scan, end);
    if (u_isupper((UChar32)before) ||
        !(mtc_is_space(after) || mtc_is_any(".,;:!?\"')", after)))
        return 0;
    /* Alone before a capital word it may be the word "Â" of a language that has it. */
    return end;
}

/* "donât": the apostrophe of an English contraction whose last two bytes were lost, and
 * "don?t", where the encoding had no apostrophe. */
static uint32_t lost_apostrophe_end(const mtc_residue_scanner *scan, uint32_t at,
                                    uint32_t mark) {
    static const char *const ENDINGS[] = {"s", "t", "re", "ve", "ll", "d", "m"};
    uint32_t end;
    if (peek(scan, at, &end) != mark) return 0;
    const char before = mtc_scan_before(scan, at);
    if (!mtc_is_lower(before)) return 0;
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        const mtc_str ending = mtc_str_of(ENDINGS[i]);
        if (!mtc_scan_has(scan, end, ending)) continue;
        if (mtc_is_word_byte(mtc_scan_byte(scan, end + (uint32_t)ending.len))) continue;
        if (ending.ptr[0] == 't' && before != 'n') continue;
        return end;
    }
    return 0;
}

/* "ÔÇÖ" (code page 850), "ΓÇÖ" (437), "‚Äô" (Mac Roman) for ’ and its kin. */
static uint32_t other_page_end(const mtc_residue_scanner *scan, uint32_t at) {
    uint32_t second_at, third_at, end;
    const uint32_t first = peek(scan, at, &second_at);
    if (first != 0xD4 && first != 0x393 && first != 0x201A) return 0;
    if (second_at >= scan->end) return 0;
    const uint32_t second = peek(scan, second_at, &third_at);
    if (second != (first == 0x201A ? 0xC4u : 0xC7u) || third_at >= scan->end) return 0;
    const uint32_t third = peek(scan, third_at, &end);
    return third >= 0x80 ? end : 0;
}

static uint32_t mojibake_end(const mtc_residue_scanner *scan, uint32_t at, bool in_run,
                             double *confidence) {
    uint32_t end;
    const uint32_t codepoint = peek(scan, at, &end);
    *confidence = 0.95;
    if (codepoint == 0xFFFD) return end;
    if (codepoint >= 0x80 && codepoint <= 0x9F && codepoint != 0x85) return end;
    if (codepoint >= 0xE000 && codepoint <= 0xF8FF) {
        *confidence = codepoint == 0xF8FF ? 0.4 : 0.8; /* Apple's logo */
        return end;
    }
    const uint32_t misread = misread_end(scan, at, in_run);
    if (misread != 0) return misread;
    const uint32_t other = other_page_end(scan, at);
    if (other != 0) return other;
    *confidence = 0.8;
    const uint32_t lost = lost_apostrophe_end(scan, at, 0xE2);
    return lost != 0 ? lost : orphan_end(scan, at);
}

mtc_str mtc_residue_reread(mtc_str misread, mtc_arena *arena) {
    const mtc_str none = {NULL, 0};
    char *const bytes = mtc_arena_take(arena, misread.len + 1);
    if (bytes == NULL) return none;
    size_t length = 0;
    for (uint32_t at = 0; at < misread.len;) {
        const unsigned byte = byte_of(mtc_utf8_next(misread, &at));
        if (byte == 0) return none;
        bytes[length++] = (char)(unsigned char)byte;
    }
    const mtc_str meant = {bytes, length};
    return length > 0 && mtc_utf8_valid_prefix(meant) == length ? meant : none;
}

/* --- Hidden characters --- */

static bool is_zero_width_joiner(uint32_t codepoint) {
    return codepoint == 0x200C || codepoint == 0x200D;
}
static bool is_bidi_control(uint32_t codepoint) {
    return codepoint == 0x200E || codepoint == 0x200F || codepoint == 0x061C ||
           (codepoint >= 0x202A && codepoint <= 0x202E) ||
           (codepoint >= 0x2066 && codepoint <= 0x2069);
}

/* Joiners belong to emoji and to scripts whose letters join. */
static bool joins_soundly(uint32_t before, uint32_t after) {
    const uint32_t sides[2] = {before, after};
    for (int i = 0; i < 2; i++) {
        if (sides[i] == 0) continue;
        if (sides[i] >= 0x0590 && sides[i] < 0x1100 && !(sides[i] >= 0x10A0)) return true;
        if (sides[i] >= 0x1780 && sides[i] < 0x1AB0) return true;
        if (sides[i] == 0xFE0F || (sides[i] >= 0x2190 && sides[i] <= 0x2BFF)) return true;
        if (sides[i] >= 0x1F000 && sides[i] <= 0x1FAFF) return true;
        if (sides[i] >= 0xA800 && sides[i] <= 0xABFF) return true;
        if (sides[i] >= 0x11000 && sides[i] <= 0x11FFF) return true;
    }
    return false;
}

static bool is_hidden(const mtc_residue_scanner *scan, uint32_t at, uint32_t codepoint,
                      uint32_t end) {
    if (codepoint < 0x20) return !mtc_is_space((char)codepoint);
    if (codepoint == 0x7F) return true;
    if (is_bidi_control(codepoint)) return !scan->line_has_rtl;
    uint32_t next;
    if (is_zero_width_joiner(codepoint))
        return !joins_soundly(letter_before(scan, at), peek(scan, end, &next));
    if (codepoint == 0xFEFF) return at != scan->begin;
    if (codepoint >= 0xE0000 && codepoint <= 0xE007F) {
        /* Flags of regions are a black flag and tag letters. */
        const uint32_t before = letter_before(scan, at);
        return before != 0x1F3F4 && !(before >= 0xE0000 && before <= 0xE007F);
    }
    /* Behind a slash a zero-width space lets a long address break. */
    if (codepoint == 0x200B)
        return mtc_scan_before(scan, at) != '/' && !scan->chunk_is_address;
    return codepoint == 0x2060 || codepoint == 0x180E || codepoint == 0x115F ||
           codepoint == 0x1160 || codepoint == 0x3164;
}

bool mtc_residue_encoding(mtc_residue_scanner *scan, uint32_t at,
                          mtc_residue *ret_found) {
    uint32_t end = at;
    if (mtc_scan_byte(scan, at) == '?') {
        if (scan->chunk_is_address) return false;
        end = lost_apostrophe_end(scan, at, '?');
        return end != 0 && mtc_scan_set(ret_found, MTC_RESIDUE_MOJIBAKE, at, end, 0.85);
    }
    uint32_t next;
    uint32_t codepoint = peek(scan, at, &next);
    if (is_hidden(scan, at, codepoint, next)) {
        do {
            end = next;
            if (end >= scan->end) break;
            codepoint = peek(scan, end, &next);
        } while (is_hidden(scan, end, codepoint, next));
        return mtc_scan_set(ret_found, MTC_RESIDUE_HIDDEN, at, end, 0.9);
    }
    double confidence, best = 0;
    for (uint32_t more; end < scan->end &&
                        (more = mojibake_end(scan, end, end > at, &confidence)) != 0;) {
        end = more;
        if (confidence > best) best = confidence;
    }
    return end > at && mtc_scan_set(ret_found, MTC_RESIDUE_MOJIBAKE, at, end, best);
}

/* --- Letters of another script that look like Latin ones --- */

static bool is_latin(uint32_t codepoint) {
    return codepoint < 0x80 ? mtc_is_alpha((char)codepoint)
                            : (codepoint >= 0xC0 && codepoint < 0x250 &&
                               codepoint != 0xD7 && codepoint != 0xF7);
}
static bool is_greek_or_cyrillic(uint32_t codepoint) {
    return codepoint >= 0x370 && codepoint < 0x530;
}

/* At a letter that looks Latin and is not: reaches back to the beginning of its word. The
 * word is mixed when Latin letters stand in it and no other foreign ones. */
bool mtc_residue_homoglyphs(mtc_residue_scanner *scan, uint32_t at,
                            mtc_residue *ret_found) {
    enum { LONGEST = 80 };
    uint32_t end;
    if (mtc_lookalike_latin(peek(scan, at, &end)) == 0) return false;
    uint32_t begin = at, latin = 0, foreign = 1;
    while (begin > scan->begin && begin > scan->last_end && at - begin < LONGEST) {
        const uint32_t before = mtc_utf8_before(scan->text, begin);
        if (is_greek_or_cyrillic(before)) return false; /* judged at its first letter */
        if (!is_latin(before)) break;
        latin++;
        begin -= before < 0x80 ? 1 : before < 0x800 ? 2 : 3;
    }
    while (end < scan->end && end - at < LONGEST) {
        uint32_t next;
        const uint32_t codepoint = peek(scan, end, &next);
        if (is_greek_or_cyrillic(codepoint)) {
            if (mtc_lookalike_latin(codepoint) == 0) return false;
            foreign++;
        } else if (is_latin(codepoint)) {
            latin++;
        } else {
            break;
        }
        end = next;
    }
    if (latin < 2 || foreign > latin * 2) return false;
    return mtc_scan_set(ret_found, MTC_RESIDUE_HIDDEN, begin, end, 0.9);
}
