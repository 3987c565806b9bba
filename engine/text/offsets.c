#include "text/offsets.h"

#include "base/utf8.h"

enum { STRIDE = 256 };

static bool is_continuation(mtc_str bytes, uint32_t at) {
    return at < bytes.len && ((unsigned char)bytes.ptr[at] & 0xC0) == 0x80;
}

/* Where mark `index` stands: the last boundary at or before its multiple of STRIDE. */
static uint32_t mark_place(mtc_str bytes, uint32_t index) {
    uint32_t at = index * STRIDE;
    while (at > 0 && is_continuation(bytes, at)) at--;
    return at;
}

static mtc_offset_mark start_of(bool in_title) {
    return (mtc_offset_mark){.line = in_title ? 0 : 1};
}

/* CRLF is one line end, and it ends with its LF. */
static bool ends_line(mtc_str bytes, uint32_t codepoint, uint32_t behind) {
    switch (codepoint) {
    case '\n':
    case 0x2028:
    case 0x2029: return true;
    case '\r': return behind >= bytes.len || bytes.ptr[behind] != '\n';
    default: return false;
    }
}

/* Moves a mark that stands at `at` to `to`, both on one side of `begin`. */
static void walk(const mtc_offsets *offsets, mtc_offset_mark *mark, uint32_t at,
                 uint32_t to) {
    const bool in_title = at < offsets->begin;
    while (at < to) {
        const uint32_t codepoint = mtc_utf8_next(offsets->bytes, &at);
        mark->codepoint++;
        mark->utf16 += codepoint >= 0x10000 ? 2 : 1;
        if (!in_title && ends_line(offsets->bytes, codepoint, at)) {
            mark->line++;
            mark->line_codepoint = mark->codepoint;
        }
    }
}

/* The same, and counting starts anew where `begin` lies on the way. */
static void advance(const mtc_offsets *offsets, mtc_offset_mark *mark, uint32_t at,
                    uint32_t to) {
    if (at < offsets->begin && to >= offsets->begin) {
        *mark = start_of(false);
        at = offsets->begin;
    }
    walk(offsets, mark, at, to);
}

bool mtc_offsets_init(mtc_offsets *offsets, mtc_str bytes, uint32_t begin,
                      mtc_arena *arena) {
    const uint32_t count = (uint32_t)(bytes.len / STRIDE) + 1;
    mtc_offset_mark *const marks = MTC_TAKE(arena, mtc_offset_mark, count);
    if (marks == NULL) return false;
    *offsets = (mtc_offsets){.bytes = bytes, .begin = begin, .marks = marks};
    mtc_offset_mark mark = start_of(begin > 0);
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t place = mark_place(bytes, i);
        advance(offsets, &mark, at, place);
        at = place;
        marks[i] = mark;
    }
    return true;
}

mtc_place mtc_offsets_find(const mtc_offsets *offsets, uint32_t byte) {
    if (byte > offsets->bytes.len) byte = (uint32_t)offsets->bytes.len;
    const uint32_t index = byte / STRIDE;
    mtc_offset_mark mark = offsets->marks[index];
    advance(offsets, &mark, mark_place(offsets->bytes, index), byte);
    return (mtc_place){.codepoint = mark.codepoint,
                       .utf16 = mark.utf16,
                       .line = mark.line,
                       .column = mark.codepoint - mark.line_codepoint + 1};
}
