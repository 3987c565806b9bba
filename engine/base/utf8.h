/* utf8.h: decoding, and the Unicode forms words are compared in (by ICU). */
#ifndef MTC_BASE_UTF8_H
#define MTC_BASE_UTF8_H

#include "base/arena.h"

/* Length of the longest valid prefix (no surrogates, no overlong forms, up to U+10FFFF):
 * text.len where all of it is valid. */
size_t mtc_utf8_valid_prefix(mtc_str text);

/* Decodes the code point at *offset, which must lie on a boundary of VALID text and
 * before its end, and moves *offset behind it. */
static inline uint32_t mtc_utf8_next(mtc_str text, uint32_t *offset) {
    const unsigned char *const p = (const unsigned char *)text.ptr + *offset;
    if (p[0] < 0x80) {
        *offset += 1;
        return p[0];
    }
    if (p[0] < 0xE0) {
        *offset += 2;
        return ((uint32_t)(p[0] & 0x1F) << 6) | (p[1] & 0x3Fu);
    }
    if (p[0] < 0xF0) {
        *offset += 3;
        return ((uint32_t)(p[0] & 0x0F) << 12) | ((uint32_t)(p[1] & 0x3F) << 6) |
               (p[2] & 0x3Fu);
    }
    *offset += 4;
    return ((uint32_t)(p[0] & 0x07) << 18) | ((uint32_t)(p[1] & 0x3F) << 12) |
           ((uint32_t)(p[2] & 0x3F) << 6) | (p[3] & 0x3Fu);
}

/* The code point that ends at `offset` (> 0, on a boundary of valid text). */
static inline uint32_t mtc_utf8_before(mtc_str text, uint32_t offset) {
    do offset--;
    while (offset > 0 && ((unsigned char)text.ptr[offset] & 0xC0) == 0x80);
    return mtc_utf8_next(text, &offset);
}

/* Code points, and UTF-16 units, in valid text. */
uint32_t mtc_utf8_count(mtc_str text, uint32_t *ret_utf16);

/* Appends the code point's bytes (1 to 4) at `to` and returns their number. */
size_t mtc_utf8_encode(uint32_t codepoint, char to[4]);

/* NFC with ligatures (U+FB00…) resolved and soft hyphens removed: the form words are
 * looked up in. ASCII is returned as it is, borrowed; else from the arena. ptr NULL: no
 * memory. */
mtc_str mtc_utf8_normalise(mtc_str text, mtc_arena *arena);
/* Full Unicode case folding, then NFC. ASCII without capitals is returned as it is. */
mtc_str mtc_utf8_fold(mtc_str text, mtc_arena *arena);

#endif
