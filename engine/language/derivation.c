#include "language/derivation.h"

enum {
    SHORTEST_STEM = 4,
    SHORTEST_HALF = 4,
    FREQUENT_STEM = -650, /* centibels */
    FREQUENT_HALF = -520,
    LONGEST_AFFIX = 8,
    LONGEST_FORM = 60,
};

mtc_derivation mtc_derivation_of(const mtc_language *language,
                                 const mtc_wordlists *lists) {
    return (mtc_derivation){language, mtc_wordlists_get(lists, "word-prefixes"),
                            mtc_wordlists_get(lists, "word-suffixes")};
}

static bool is_word(const mtc_derivation *derivation, mtc_str form, int frequent) {
    const mtc_lexeme *lexeme;
    return mtc_language_has_word(derivation->language, form, &lexeme) &&
           lexeme->centibels >= frequent;
}

/* A word, perhaps one whose y became i, or that lost its e before a vowel. */
static bool is_stem(const mtc_derivation *derivation, mtc_str form, mtc_str suffix) {
    char buffer[LONGEST_FORM + 1];
    if (form.len < SHORTEST_STEM || form.len >= LONGEST_FORM) return false;
    if (is_word(derivation, form, FREQUENT_STEM)) return true;
    memcpy(buffer, form.ptr, form.len);
    if (form.ptr[form.len - 1] == 'i') {
        buffer[form.len - 1] = 'y';
        return is_word(derivation, (mtc_str){buffer, form.len}, FREQUENT_STEM);
    }
    if (strchr("aeiouy", suffix.ptr[0]) == NULL) return false;
    buffer[form.len] = 'e';
    return is_word(derivation, (mtc_str){buffer, form.len + 1}, FREQUENT_STEM);
}

static bool is_prefixed(const mtc_derivation *derivation, mtc_str form) {
    for (size_t length = 2; length <= LONGEST_AFFIX && length + SHORTEST_STEM <= form.len;
         length++) {
        if (!mtc_wordset_has(derivation->prefixes, (mtc_str){form.ptr, length})) continue;
        const mtc_str stem = {form.ptr + length, form.len - length};
        if (stem.len >= SHORTEST_STEM && is_word(derivation, stem, FREQUENT_STEM))
            return true;
    }
    return false;
}

static bool is_suffixed(const mtc_derivation *derivation, mtc_str form) {
    for (size_t length = 2; length <= LONGEST_AFFIX && length + SHORTEST_STEM <= form.len;
         length++) {
        const mtc_str suffix = {form.ptr + form.len - length, length};
        if (mtc_wordset_has(derivation->suffixes, suffix) &&
            is_stem(derivation, (mtc_str){form.ptr, form.len - length}, suffix))
            return true;
    }
    return false;
}

static bool is_compound(const mtc_derivation *derivation, mtc_str form) {
    for (size_t at = SHORTEST_HALF; at + SHORTEST_HALF <= form.len; at++) {
        if (is_word(derivation, (mtc_str){form.ptr, at}, FREQUENT_HALF) &&
            is_word(derivation, (mtc_str){form.ptr + at, form.len - at}, FREQUENT_HALF))
            return true;
    }
    return false;
}

bool mtc_derivation_explains(const mtc_derivation *derivation, mtc_str folded) {
    if (folded.len < SHORTEST_STEM + 2 || folded.len >= LONGEST_FORM) return false;
    return is_prefixed(derivation, folded) || is_suffixed(derivation, folded) ||
           is_compound(derivation, folded);
}
