#include "base/str.h"

#include <xxhash.h>

static char lower_ascii(char byte) {
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
}

bool mtc_str_equal_ignoring_ascii_case(mtc_str a, mtc_str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower_ascii(a.ptr[i]) != lower_ascii(b.ptr[i])) return false;
    }
    return true;
}

static bool is_ascii_space(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

mtc_str mtc_str_trim(mtc_str text) {
    while (text.len > 0 && is_ascii_space(text.ptr[0])) text.ptr++, text.len--;
    while (text.len > 0 && is_ascii_space(text.ptr[text.len - 1])) text.len--;
    return text;
}

/* Remembers only the last star, so that a hostile glob cannot make it exponential. */
bool mtc_str_matches_glob(mtc_str text, mtc_str glob) {
    size_t t = 0, g = 0, star = SIZE_MAX, resume = 0;
    while (t < text.len) {
        if (g < glob.len && glob.ptr[g] == '*') {
            star = g++;
            resume = t;
        } else if (g < glob.len && (glob.ptr[g] == '?' || glob.ptr[g] == text.ptr[t])) {
            g++, t++;
        } else if (star != SIZE_MAX) {
            g = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (g < glob.len && glob.ptr[g] == '*') g++;
    return g == glob.len;
}

uint64_t mtc_str_hash(mtc_str text) {
    return XXH3_64bits(text.ptr, text.len);
}
