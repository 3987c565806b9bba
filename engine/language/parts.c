#include "language/parts.h"

/* Length of the hyphen that begins at `at`; 0: none does. */
static size_t hyphen_at(mtc_str form, size_t at) {
    if (form.ptr[at] == '-') return 1;
    if (form.len - at < 3 || memcmp(form.ptr + at, "\xE2\x80", 2) != 0) return 0;
    const unsigned char last = (unsigned char)form.ptr[at + 2];
    return last == 0x90 || last == 0x91 || last == 0x93 ? 3 : 0;
}

uint32_t mtc_parts_count(mtc_str form) {
    uint32_t count = 1;
    for (size_t i = 0; i < form.len; i++) count += hyphen_at(form, i) > 0;
    return count;
}

mtc_parts mtc_parts_of(mtc_str form) {
    return (mtc_parts){.left = form};
}

bool mtc_parts_next(mtc_parts *parts, mtc_str *ret_part) {
    if (parts->ended) return false;
    const mtc_str left = parts->left;
    for (size_t i = 0; i < left.len; i++) {
        const size_t length = hyphen_at(left, i);
        if (length == 0) continue;
        *ret_part = (mtc_str){left.ptr, i};
        parts->left = (mtc_str){left.ptr + i + length, left.len - i - length};
        return true;
    }
    *ret_part = left;
    parts->ended = true;
    return true;
}

bool mtc_part_is_free(mtc_str part) {
    if (part.len < 2) return true;
    for (size_t i = 0; i < part.len; i++) {
        if (part.ptr[i] >= '0' && part.ptr[i] <= '9') return true;
    }
    return false;
}
