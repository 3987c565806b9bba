/* characters.h: what kind of character stands at a place.
 *
 * ASCII by a table, everything else by ICU's properties. The order of the classes is
 * used: from MTC_CHAR_LOWER on they make words.
 */
#ifndef MTC_TEXT_CHARACTERS_H
#define MTC_TEXT_CHARACTERS_H

#include "base/utf8.h"

typedef enum mtc_char_class {
    MTC_CHAR_SPACE, /* white space, line ends, control characters, nothing at all */
    MTC_CHAR_PUNCTUATION,
    MTC_CHAR_SYMBOL,
    MTC_CHAR_FORMAT, /* joiners, soft hyphens, bidi controls: seen by nobody */
    MTC_CHAR_LOWER,
    MTC_CHAR_UPPER,  /* also title case */
    MTC_CHAR_LETTER, /* without case */
    MTC_CHAR_MARK,   /* combining */
    MTC_CHAR_DIGIT,
} mtc_char_class;

typedef struct mtc_char {
    uint32_t codepoint;
    uint8_t length; /* bytes; 0 behind the end */
    uint8_t class;
} mtc_char;

extern const uint8_t mtc_ascii_classes[128];
mtc_char mtc_char_decode(mtc_str bytes, uint32_t at);

/* The character at `at`, a space of no length from `limit` on. */
static inline mtc_char mtc_char_at(mtc_str bytes, uint32_t at, uint32_t limit) {
    if (at >= limit) return (mtc_char){0, 0, MTC_CHAR_SPACE};
    const unsigned char byte = (unsigned char)bytes.ptr[at];
    if (byte < 0x80) return (mtc_char){byte, 1, mtc_ascii_classes[byte]};
    return mtc_char_decode(bytes, at);
}

/* The character that ends at `at`, a space of no length at `begin`. */
static inline mtc_char mtc_char_before(mtc_str bytes, uint32_t at, uint32_t begin) {
    if (at <= begin) return (mtc_char){0, 0, MTC_CHAR_SPACE};
    const unsigned char byte = (unsigned char)bytes.ptr[at - 1];
    if (byte < 0x80) return (mtc_char){byte, 1, mtc_ascii_classes[byte]};
    do at--;
    while (at > begin && ((unsigned char)bytes.ptr[at] & 0xC0) == 0x80);
    return mtc_char_decode(bytes, at);
}

static inline bool mtc_char_is_letter(mtc_char c) {
    return c.class >= MTC_CHAR_LOWER && c.class <= MTC_CHAR_MARK;
}
static inline bool mtc_char_is_word(mtc_char c) {
    return c.class >= MTC_CHAR_LOWER;
}

/* ' ’ and what stands for them by mistake. */
static inline bool mtc_is_apostrophe(uint32_t codepoint) {
    return codepoint == '\'' || codepoint == 0x2019 || codepoint == 0x2018 ||
           codepoint == 0x02BC || codepoint == 0xFF07;
}
/* - and its twins U+2010 and U+2011. */
static inline bool mtc_is_hyphen(uint32_t codepoint) {
    return codepoint == '-' || codepoint == 0x2010 || codepoint == 0x2011;
}
/* A dash that separates: en, em, horizontal bar, minus; not the hyphen. */
static inline bool mtc_is_dash(uint32_t codepoint) {
    return (codepoint >= 0x2012 && codepoint <= 0x2015) || codepoint == 0x2212;
}
/* Line ends of the document: LF, CR, U+2028, U+2029. */
static inline bool mtc_is_line_end(uint32_t codepoint) {
    return codepoint == '\n' || codepoint == '\r' || codepoint == 0x2028 ||
           codepoint == 0x2029;
}
/* Pictures, their parts and what modifies them. */
bool mtc_is_emoji(uint32_t codepoint);
/* Scripts written without spaces between words: a change to or from them ends a word. */
bool mtc_is_unspaced_script(uint16_t script);

#endif
