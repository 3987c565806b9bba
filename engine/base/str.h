/* str.h: small pure functions on borrowed text. */
#ifndef MTC_BASE_STR_H
#define MTC_BASE_STR_H

#include <string.h>

#include "mtcheck/mtcheck.h"

/* A stretch of a document: bytes, half open, on UTF-8 boundaries. */
typedef struct mtc_range {
    uint32_t begin, end;
} mtc_range;

static inline uint32_t mtc_range_length(mtc_range range) {
    return range.end - range.begin;
}

/* The smallest range that holds both. */
static inline mtc_range mtc_range_join(mtc_range a, mtc_range b) {
    return (mtc_range){a.begin < b.begin ? a.begin : b.begin,
                       a.end > b.end ? a.end : b.end};
}

/* True where the two share at least one byte, or an empty one lies inside or at an edge.
 */
static inline bool mtc_range_touches(mtc_range a, mtc_range b) {
    return a.begin <= b.end && b.begin <= a.end &&
           (a.begin == a.end || b.begin == b.end || (a.begin < b.end && b.begin < a.end));
}

static inline mtc_str mtc_str_of(const char *zero_terminated) {
    return (mtc_str){zero_terminated, strlen(zero_terminated)};
}

static inline mtc_str mtc_str_slice(mtc_str text, mtc_range range) {
    return (mtc_str){text.ptr + range.begin, range.end - range.begin};
}

static inline bool mtc_str_equal(mtc_str a, mtc_str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool mtc_str_starts_with(mtc_str text, mtc_str prefix) {
    return text.len >= prefix.len &&
           (prefix.len == 0 || memcmp(text.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool mtc_str_ends_with(mtc_str text, mtc_str suffix) {
    return text.len >= suffix.len &&
           (suffix.len == 0 ||
            memcmp(text.ptr + text.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* Bytewise, shorter first among equals: <0, 0, >0. */
static inline int mtc_str_compare(mtc_str a, mtc_str b) {
    const size_t shared = a.len < b.len ? a.len : b.len;
    const int order = shared == 0 ? 0 : memcmp(a.ptr, b.ptr, shared);
    if (order != 0) return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

/* ASCII letters compared without case. */
bool mtc_str_equal_ignoring_ascii_case(mtc_str a, mtc_str b);

/* The text without ASCII white space at its ends. */
mtc_str mtc_str_trim(mtc_str text);

/* Does the shell glob (`*`, `?`, no sets) cover the whole text? Linear in the product. */
bool mtc_str_matches_glob(mtc_str text, mtc_str glob);

/* 64-bit hash (XXH3), the same on every machine. */
uint64_t mtc_str_hash(mtc_str text);

#endif
