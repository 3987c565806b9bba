/* offsets.h: one place in bytes, code points, UTF-16 units, line and column.
 *
 * Line ends are LF, CRLF (two characters, one line end), CR, U+2028 and U+2029. The table
 * holds a mark every 256 bytes, so a look-up walks at most that far.
 */
#ifndef MTC_TEXT_OFFSETS_H
#define MTC_TEXT_OFFSETS_H

#include "base/arena.h"

typedef struct mtc_offset_mark {
    uint32_t codepoint, utf16, line,
        line_codepoint; /* at the mark; where its line began */
} mtc_offset_mark;

typedef struct mtc_offsets {
    mtc_str bytes;
    uint32_t begin; /* counting starts here: the text behind the title */
    const mtc_offset_mark *marks;
} mtc_offsets;

typedef struct mtc_place {
    uint32_t codepoint, utf16, line, column; /* line and column from 1 */
} mtc_place;

/* `begin`: where the text begins behind its title; both parts count from 0 on their own.
 * False: no memory. */
bool mtc_offsets_init(mtc_offsets *offsets, mtc_str bytes, uint32_t begin,
                      mtc_arena *arena);
/* `byte` must lie on a boundary. In the title line is 0 and column counts from 1. */
mtc_place mtc_offsets_find(const mtc_offsets *offsets, uint32_t byte);

#endif
