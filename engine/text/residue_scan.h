/* residue_scan.h: what the parts of the residue scan share (engine/text/residue*.c only).
 *
 * A recogniser looks at one place and says where a residue that begins there ends. Each
 * looks ahead over a bounded stretch, or over one that it consumes or never has to read
 * again, so that the scan as a whole is linear.
 */
#ifndef MTC_TEXT_RESIDUE_SCAN_H
#define MTC_TEXT_RESIDUE_SCAN_H

#include "base/utf8.h"
#include "text/residue.h"

typedef struct mtc_residue_scanner {
    mtc_str text;
    uint32_t begin, end;             /* the part read now: title or text */
    uint32_t line_begin, line_end;   /* the physical line read now, without its end */
    uint32_t chunk_begin, chunk_end; /* the run of non-space bytes read now */
    bool chunk_is_address;           /* a URL or e-mail address */
    uint32_t last_end;               /* of the residue found before */
    uint32_t shortest_part;          /* of what the last residue was joined from */
    uint32_t debris_read_to;         /* attribute debris was looked for up to here */
    uint32_t query_read_to;          /* the same for the query of a URL */
    bool line_has_rtl;               /* letters written from right to left */
    /* Closing marks that are known to be missing from here to the end. */
    bool no_comment_end, no_script_end, no_style_end;
    const mtc_wordset *placeholder_words, *placeholder_phrases;
    /* By first byte of placeholder_phrases, a bit for each second byte (its last five
     * bits). */
    uint32_t phrase_seconds[256];
    /* Of the list's words, and of the first words of the phrases: by first byte, a bit
     * for each length. So few words of an article are looked up at all. */
    uint32_t interface_word_lengths[256], interface_phrase_lengths[256];
    const mtc_wordset *interface_words, *interface_lines, *interface_openings,
        *interface_phrases;
    mtc_arena *arena;
    MTC_VECTOR(mtc_residue) found;
} mtc_residue_scanner;

/* --- Recognisers: true where a residue begins at `at` (or, for CSS, reaches back) --- */

bool mtc_residue_tag(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found);
bool mtc_residue_attributes(mtc_residue_scanner *scan, uint32_t at,
                            mtc_residue *ret_found);
bool mtc_residue_code(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found);
bool mtc_residue_code_line(mtc_residue_scanner *scan, uint32_t at,
                           mtc_residue *ret_found);
bool mtc_residue_bracket_code(mtc_residue_scanner *scan, uint32_t at,
                              mtc_residue *ret_found);
bool mtc_residue_light_markup(mtc_residue_scanner *scan, uint32_t at,
                              mtc_residue *ret_found);
bool mtc_residue_entity(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found);
bool mtc_residue_escape(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found);
bool mtc_residue_placeholder(mtc_residue_scanner *scan, uint32_t at,
                             mtc_residue *ret_found);
bool mtc_residue_encoding(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found);
bool mtc_residue_homoglyphs(mtc_residue_scanner *scan, uint32_t at,
                            mtc_residue *ret_found);
/* The interface text of the line that begins at line_begin: up to `capacity` (> 0)
 * ranges. */
/* Behind the lists, before the first line. */
void mtc_residue_interface_begin(mtc_residue_scanner *scan);
void mtc_residue_interface(mtc_residue_scanner *scan, mtc_range *ret_ranges,
                           size_t capacity, size_t *ret_count);

/* --- Small questions about bytes --- */

/* The byte at `at`, 0 outside the part that is read. */
static inline char mtc_scan_byte(const mtc_residue_scanner *scan, uint32_t at) {
    return at >= scan->begin && at < scan->end ? scan->text.ptr[at] : '\0';
}
static inline char mtc_scan_before(const mtc_residue_scanner *scan, uint32_t at) {
    return at > scan->begin ? scan->text.ptr[at - 1] : '\0';
}
static inline bool mtc_is_space(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}
static inline bool mtc_is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}
static inline bool mtc_is_lower(char byte) {
    return byte >= 'a' && byte <= 'z';
}
static inline bool mtc_is_upper(char byte) {
    return byte >= 'A' && byte <= 'Z';
}
static inline bool mtc_is_alpha(char byte) {
    return mtc_is_lower(byte) || mtc_is_upper(byte);
}
static inline bool mtc_is_alnum(char byte) {
    return mtc_is_alpha(byte) || mtc_is_digit(byte);
}
static inline bool mtc_is_hex(char byte) {
    return mtc_is_digit(byte) || (byte >= 'a' && byte <= 'f') ||
           (byte >= 'A' && byte <= 'F');
}
/* Part of a word: a letter or digit, or a byte of a character outside ASCII. */
static inline bool mtc_is_word_byte(char byte) {
    return mtc_is_alnum(byte) || (unsigned char)byte >= 0x80;
}
static inline bool mtc_is_any(const char *bytes, char byte) {
    return byte != '\0' && strchr(bytes, byte) != NULL;
}
static inline char mtc_to_lower(char byte) {
    return mtc_is_upper(byte) ? (char)(byte + ('a' - 'A')) : byte;
}

/* Does the text begin with the literal, ASCII case ignored? */
static inline bool mtc_begins_in_any_case(mtc_str text, mtc_str literal) {
    if (literal.len > text.len) return false;
    for (size_t i = 0; i < literal.len; i++) {
        if (mtc_to_lower(text.ptr[i]) != mtc_to_lower(literal.ptr[i])) return false;
    }
    return true;
}
/* The same of the text at `at`. */
static inline bool mtc_scan_has(const mtc_residue_scanner *scan, uint32_t at,
                                mtc_str literal) {
    return at <= scan->end &&
           mtc_begins_in_any_case((mtc_str){scan->text.ptr + at, scan->end - at},
                                  literal);
}
/* The first place of the literal in [at, limit), or `limit`. */
static inline uint32_t mtc_scan_find(const mtc_residue_scanner *scan, uint32_t at,
                                     uint32_t limit, mtc_str literal) {
    for (; at < limit; at++) {
        if (mtc_scan_has(scan, at, literal)) return at;
    }
    return limit;
}
static inline uint32_t mtc_scan_skip_blanks(const mtc_residue_scanner *scan,
                                            uint32_t at) {
    while (mtc_scan_byte(scan, at) == ' ' || mtc_scan_byte(scan, at) == '\t') at++;
    return at;
}
static inline uint32_t mtc_scan_skip_space(const mtc_residue_scanner *scan, uint32_t at) {
    while (at < scan->end && mtc_is_space(scan->text.ptr[at])) at++;
    return at;
}
/* Is the word, ASCII case ignored, one of a sorted table of lower-case words? */
bool mtc_scan_is_one_of(const char *const *table, size_t count, mtc_str word);

static inline bool mtc_scan_set(mtc_residue *found, mtc_residue_kind kind, uint32_t begin,
                                uint32_t end, double confidence) {
    *found =
        (mtc_residue){.at = {begin, end}, .kind = kind, .confidence = (float)confidence};
    return true;
}

#endif
