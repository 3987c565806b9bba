#include "language/network/features.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

enum { LONGEST = 64 }; /* code points looked at, half of them from the end */

/* The form as the tables know it, one code point an element. */
typedef struct key {
    uint32_t points[LONGEST];
    char bytes[LONGEST * 4];
    uint32_t count, byte_count;
} key;

static uint32_t straightened(uint32_t point) {
    switch (point) {
    case 0x2018: /* single quotation marks */
    case 0x2019:
    case 0x201B:
    case 0x60: return '\'';
    case 0x201C: /* double quotation marks */
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB: return '"';
    case 0x2010: /* hyphens and dashes */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014: return '-';
    default: return point;
    }
}

static uint32_t folded(uint32_t point) {
    if (point >= '0' && point <= '9') return '0';
    if (point >= 'A' && point <= 'Z') return point + ('a' - 'A');
    if (point < 0x80) return point;
    return straightened((uint32_t)u_tolower((UChar32)point));
}

/* A long form is cut in its middle: beginning and end say what it is. */
static mtc_str shortened(mtc_str form, char buffer[LONGEST * 4]) {
    if (form.len <= LONGEST) return form;
    size_t head = LONGEST / 2;
    while (head > 0 && ((unsigned char)form.ptr[head] & 0xC0) == 0x80) head--;
    size_t tail = form.len - LONGEST / 2;
    while (tail < form.len && ((unsigned char)form.ptr[tail] & 0xC0) == 0x80) tail++;
    memcpy(buffer, form.ptr, head);
    memcpy(buffer + head, form.ptr + tail, form.len - tail);
    return (mtc_str){buffer, head + form.len - tail};
}

static key key_of(mtc_str form) {
    key made = {.count = 0};
    for (uint32_t at = 0; at < form.len && made.count < LONGEST;) {
        const uint32_t point = folded(mtc_utf8_next(form, &at));
        made.points[made.count++] = point;
        made.byte_count += (uint32_t)mtc_utf8_encode(point, made.bytes + made.byte_count);
    }
    return made;
}

static uint64_t key_hash(const key *made) {
    return mtc_str_hash((mtc_str){made->bytes, made->byte_count});
}

uint64_t mtc_word_key(mtc_str form) {
    char buffer[LONGEST * 4];
    const key made = key_of(shortened(form, buffer));
    return key_hash(&made);
}

/* Row of a stretch of code points in a table of `rows` rows. */
static uint32_t stretch_row(const uint32_t *points, uint32_t count, uint32_t rows) {
    uint64_t hash = 0x9E3779B97F4A7C15u ^ count;
    for (uint32_t i = 0; i < count; i++) {
        hash = (hash ^ points[i]) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    return (uint32_t)(hash % rows);
}

static uint32_t suffix_row(const key *made, uint32_t length, uint32_t rows) {
    const uint32_t count = made->count < length ? made->count : length;
    return stretch_row(made->points + (made->count - count), count, rows);
}

static uint32_t shape_class(uint32_t point) {
    if (point < 0x80) {
        if (point >= 'a' && point <= 'z') return 'x';
        if (point >= 'A' && point <= 'Z') return 'X';
        if (point >= '0' && point <= '9') return '0';
        return point;
    }
    if (u_isupper((UChar32)point)) return 'X';
    if (u_isalpha((UChar32)point)) return 'x';
    return straightened(point);
}

/* "Xx" Paris, "XX" NATO, "0,0" 1,200: runs count up to two, the whole up to eight. */
static uint32_t shape_row(mtc_str form, bool first) {
    uint32_t pattern[9];
    uint32_t count = 0, run = 0, letters = 0;
    for (uint32_t at = 0; at < form.len && count < 8;) {
        const uint32_t class = shape_class(mtc_utf8_next(form, &at));
        letters++;
        run = count > 0 && pattern[count - 1] == class ? run + 1 : 1;
        if (run <= 2) pattern[count++] = class;
    }
    pattern[count++] = 0x110000u + (first ? 8 : 0) + (letters < 4 ? letters : 4);
    return stretch_row(pattern, count, MTC_SHAPE_ROWS);
}

static uint32_t word_row(uint64_t hash, const mtc_vocabulary *vocabulary) {
    uint32_t begin = 0, end = vocabulary->count;
    while (begin < end) {
        const uint32_t middle = begin + (end - begin) / 2;
        if (vocabulary->hashes[middle] < hash)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < vocabulary->count && vocabulary->hashes[begin] == hash
               ? MTC_ROWS_RESERVED + begin
               : MTC_ROW_UNKNOWN;
}

mtc_word_features mtc_word_features_of(mtc_str form, bool first,
                                       const mtc_vocabulary *vocabulary) {
    char buffer[LONGEST * 4];
    const mtc_str text = shortened(form, buffer);
    const key made = key_of(text);
    const uint32_t start = made.count < 3 ? made.count : 3;
    mtc_word_features features = {.key = key_hash(&made)};
    features.row[MTC_FEATURE_WORD] = word_row(features.key, vocabulary);
    features.row[MTC_FEATURE_SUFFIX4] = suffix_row(&made, 4, MTC_SUFFIX4_ROWS);
    features.row[MTC_FEATURE_SUFFIX3] = suffix_row(&made, 3, MTC_SUFFIX3_ROWS);
    features.row[MTC_FEATURE_SUFFIX2] = suffix_row(&made, 2, MTC_SUFFIX2_ROWS);
    features.row[MTC_FEATURE_PREFIX3] = stretch_row(made.points, start, MTC_PREFIX3_ROWS);
    features.row[MTC_FEATURE_SHAPE] = shape_row(text, first);
    features.row[MTC_FEATURE_REPEAT] = 0;
    return features;
}

enum { DISTANCE_CLASSES = 6 };

/* 0: nowhere; 1, 2; 3: up to 4; 4: up to 10; 5: farther. */
static uint32_t distance_class(uint32_t distance) {
    if (distance <= 2) return distance;
    return distance <= 4 ? 3 : distance <= 10 ? 4 : 5;
}

uint32_t mtc_same_word_before(const uint64_t *keys, uint32_t i) {
    const uint32_t begin = i > MTC_REPEAT_REACH ? i - MTC_REPEAT_REACH : 0;
    for (uint32_t j = i; keys[i] != 0 && j-- > begin;)
        if (keys[j] == keys[i]) return j;
    return i;
}

void mtc_word_features_repeat(const uint64_t *keys, uint32_t count, uint32_t *ret_rows) {
    for (uint32_t i = 0; i < count; i++) ret_rows[i] = 0;
    for (uint32_t i = 1; i < count; i++) {
        const uint32_t same = mtc_same_word_before(keys, i);
        if (same == i) continue;
        const uint32_t class = distance_class(i - same);
        ret_rows[i] += class * DISTANCE_CLASSES;
        ret_rows[same] += class;
    }
}

mtc_word_features mtc_word_features_masked(void) {
    mtc_word_features features = {.key = 0};
    features.row[MTC_FEATURE_WORD] = MTC_ROW_MASKED;
    features.row[MTC_FEATURE_SUFFIX4] = stretch_row(NULL, 0, MTC_SUFFIX4_ROWS);
    features.row[MTC_FEATURE_SUFFIX3] = stretch_row(NULL, 0, MTC_SUFFIX3_ROWS);
    features.row[MTC_FEATURE_SUFFIX2] = stretch_row(NULL, 0, MTC_SUFFIX2_ROWS);
    features.row[MTC_FEATURE_PREFIX3] = stretch_row(NULL, 0, MTC_PREFIX3_ROWS);
    features.row[MTC_FEATURE_SHAPE] = stretch_row(NULL, 0, MTC_SHAPE_ROWS);
    features.row[MTC_FEATURE_REPEAT] = 0;
    return features;
}
