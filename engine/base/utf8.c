#include "base/utf8.h"

#include <unicode/ucasemap.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* Table 3-7 of the Unicode Standard, well-formed byte sequences. */
static size_t valid_length(const unsigned char *p, size_t left) {
    if (p[0] < 0x80) return 1;
    if (p[0] < 0xC2 || p[0] > 0xF4) return 0;
    const size_t length = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    if (left < length) return 0;
    const unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
    }
    return length;
}

size_t mtc_utf8_valid_prefix(mtc_str text) {
    const unsigned char *const bytes = (const unsigned char *)text.ptr;
    size_t at = 0;
    while (at < text.len) {
        const size_t length = valid_length(bytes + at, text.len - at);
        if (length == 0) break;
        at += length;
    }
    return at;
}

uint32_t mtc_utf8_count(mtc_str text, uint32_t *ret_utf16) {
    uint32_t codepoints = 0, astral = 0;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.ptr[i];
        codepoints += (byte & 0xC0) != 0x80;
        astral += byte >= 0xF0;
    }
    if (ret_utf16 != NULL) *ret_utf16 = codepoints + astral;
    return codepoints;
}

size_t mtc_utf8_encode(uint32_t codepoint, char to[4]) {
    if (codepoint < 0x80) {
        to[0] = (char)codepoint;
        return 1;
    }
    if (codepoint < 0x800) {
        to[0] = (char)(0xC0 | (codepoint >> 6));
        to[1] = (char)(0x80 | (codepoint & 0x3F));
        return 2;
    }
    if (codepoint < 0x10000) {
        to[0] = (char)(0xE0 | (codepoint >> 12));
        to[1] = (char)(0x80 | ((codepoint >> 6) & 0x3F));
        to[2] = (char)(0x80 | (codepoint & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | (codepoint >> 18));
    to[1] = (char)(0x80 | ((codepoint >> 12) & 0x3F));
    to[2] = (char)(0x80 | ((codepoint >> 6) & 0x3F));
    to[3] = (char)(0x80 | (codepoint & 0x3F));
    return 4;
}

typedef enum { ASCII_LOWER, ASCII_WITH_CAPITALS, NOT_ASCII } ascii_kind;

static ascii_kind kind_of(mtc_str text) {
    ascii_kind kind = ASCII_LOWER;
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80) return NOT_ASCII;
        if (text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') kind = ASCII_WITH_CAPITALS;
    }
    return kind;
}

/* Latin ligatures U+FB00 to U+FB06, which NFC keeps. */
static const char *const LIGATURES[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

static const mtc_str NOTHING = {NULL, 0};

static mtc_str to_nfc(mtc_str text, mtc_arena *arena) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *const nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status)) return NOTHING;
    const int32_t capacity = (int32_t)text.len + 1;
    UChar *const utf16 = MTC_TAKE(arena, UChar, (size_t)capacity);
    if (utf16 == NULL) return NOTHING;
    int32_t length = 0;
    u_strFromUTF8(utf16, capacity, &length, text.ptr, (int32_t)text.len, &status);
    if (U_FAILURE(status)) return NOTHING;
    if (unorm2_isNormalized(nfc, utf16, length, &status)) return text;
    /* NFC makes UTF-16 text at most three times as long (Unicode Annex 15). */
    const int32_t wide_capacity = length * 3 + 1;
    UChar *const wide = MTC_TAKE(arena, UChar, (size_t)wide_capacity);
    char *const bytes = mtc_arena_take(arena, (size_t)wide_capacity * 3);
    if (wide == NULL || bytes == NULL) return NOTHING;
    const int32_t wide_length =
        unorm2_normalize(nfc, utf16, length, wide, wide_capacity, &status);
    int32_t byte_length = 0;
    u_strToUTF8(bytes, wide_capacity * 3, &byte_length, wide, wide_length, &status);
    return U_FAILURE(status) ? NOTHING : (mtc_str){bytes, (size_t)byte_length};
}

mtc_str mtc_utf8_normalise(mtc_str text, mtc_arena *arena) {
    if (kind_of(text) != NOT_ASCII) return text;
    char *const bytes = mtc_arena_take(arena, text.len + 1);
    if (bytes == NULL) return NOTHING;
    size_t length = 0;
    for (uint32_t at = 0; at < text.len;) {
        const uint32_t codepoint = mtc_utf8_next(text, &at);
        if (codepoint == 0xAD) continue;
        if (codepoint >= 0xFB00 && codepoint <= 0xFB06) {
            const mtc_str letters = mtc_str_of(LIGATURES[codepoint - 0xFB00]);
            memcpy(bytes + length, letters.ptr,
                   letters.len); /* three bytes at most, as before */
            length += letters.len;
        } else {
            length += mtc_utf8_encode(codepoint, bytes + length);
        }
    }
    return to_nfc((mtc_str){bytes, length}, arena);
}

mtc_str mtc_utf8_fold(mtc_str text, mtc_arena *arena) {
    const ascii_kind kind = kind_of(text);
    if (kind == ASCII_LOWER) return text;
    if (kind == ASCII_WITH_CAPITALS) {
        char *const bytes = mtc_arena_take(arena, text.len + 1);
        if (bytes == NULL) return NOTHING;
        for (size_t i = 0; i < text.len; i++) {
            const char byte = text.ptr[i];
            bytes[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
        }
        return (mtc_str){bytes, text.len};
    }
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *const map = ucasemap_open("", U_FOLD_CASE_DEFAULT, &status);
    if (U_FAILURE(status)) return NOTHING;
    /* One code point folds to at most three (CaseFolding.txt, status F). */
    const int32_t capacity = (int32_t)text.len * 3 + 1;
    char *const bytes = mtc_arena_take(arena, (size_t)capacity);
    int32_t length = 0;
    if (bytes != NULL) {
        length = ucasemap_utf8FoldCase(map, bytes, capacity, text.ptr, (int32_t)text.len,
                                       &status);
    }
    ucasemap_close(map);
    if (bytes == NULL || U_FAILURE(status)) return NOTHING;
    return to_nfc((mtc_str){bytes, (size_t)length}, arena);
}
