#include "text/characters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#define S MTC_CHAR_SPACE
#define P MTC_CHAR_PUNCTUATION
#define Y MTC_CHAR_SYMBOL
#define L MTC_CHAR_LOWER
#define U MTC_CHAR_UPPER
#define D MTC_CHAR_DIGIT
const uint8_t mtc_ascii_classes[128] = {
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* control characters */
    S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* */
    S, P, P, P, Y, Y, P, P, P, P, P, Y, P, P, P, P, /*   ! " # $ % & ' ( ) * + , - . / */
    D, D, D, D, D, D, D, D, D, D, P, P, Y, Y, Y, P, /* 0 … 9 : ; < = > ? */
    P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U, /* @ A … */
    U, U, U, U, U, U, U, U, U, U, U, P, P, P, Y, P, /* … Z [ \ ] ^ _ */
    Y, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* ` a … */
    L, L, L, L, L, L, L, L, L, L, L, P, Y, P, Y, S, /* … z { | } ~ */
};
#undef S
#undef P
#undef Y
#undef L
#undef U
#undef D

static mtc_char_class class_of(uint32_t codepoint) {
    if (codepoint >= 0x2010 && codepoint <= 0x2027) return MTC_CHAR_PUNCTUATION;
    if (codepoint == 0x85) return MTC_CHAR_SPACE;
    switch (u_charType((UChar32)codepoint)) {
    case U_LOWERCASE_LETTER: return MTC_CHAR_LOWER;
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER: return MTC_CHAR_UPPER;
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER: return MTC_CHAR_LETTER;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK: return MTC_CHAR_MARK;
    case U_DECIMAL_DIGIT_NUMBER:
    case U_LETTER_NUMBER:
    case U_OTHER_NUMBER: return MTC_CHAR_DIGIT;
    case U_SPACE_SEPARATOR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_CONTROL_CHAR: return MTC_CHAR_SPACE;
    case U_FORMAT_CHAR: return MTC_CHAR_FORMAT;
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION: return MTC_CHAR_PUNCTUATION;
    default: return MTC_CHAR_SYMBOL;
    }
}

mtc_char mtc_char_decode(mtc_str bytes, uint32_t at) {
    uint32_t end = at;
    const uint32_t codepoint = mtc_utf8_next(bytes, &end);
    return (mtc_char){codepoint, (uint8_t)(end - at), (uint8_t)class_of(codepoint)};
}

bool mtc_is_emoji(uint32_t codepoint) {
    if (codepoint < 0x203C) return false;
    return u_hasBinaryProperty((UChar32)codepoint, UCHAR_EXTENDED_PICTOGRAPHIC) ||
           u_hasBinaryProperty((UChar32)codepoint, UCHAR_EMOJI_MODIFIER) ||
           u_hasBinaryProperty((UChar32)codepoint, UCHAR_REGIONAL_INDICATOR);
}

bool mtc_is_unspaced_script(uint16_t script) {
    switch ((UScriptCode)script) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TIBETAN: return true;
    default: return false;
    }
}
