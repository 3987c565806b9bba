#include "text/reader.h"

mtc_mark_family mtc_mark_family_of(uint32_t codepoint) {
    switch (codepoint) {
    case '"':
    case 0x201C: /* “ ” „ ‟ */
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB: /* « » */
    case 0xBB:
    case 0x300C: /* 「 」 『 』 */
    case 0x300D:
    case 0x300E:
    case 0x300F:
    case 0xFF02: return MTC_MARK_DOUBLE_QUOTE;
    case '\'':
    case '`':
    case 0x2018: /* ‘ ’ ‚ ‛ */
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2039: /* ‹ › */
    case 0x203A: return MTC_MARK_SINGLE_QUOTE;
    case '(':
    case ')':
    case 0xFF08:
    case 0xFF09: return MTC_MARK_ROUND;
    case '[':
    case ']':
    case 0x3010: /* 【 】 */
    case 0x3011:
    case 0xFF3B:
    case 0xFF3D: return MTC_MARK_SQUARE;
    case '{':
    case '}': return MTC_MARK_CURLY;
    case 0x27E8: /* ⟨ ⟩ 〈 〉 《 》 */
    case 0x27E9:
    case 0x3008:
    case 0x3009:
    case 0x300A:
    case 0x300B: return MTC_MARK_POINTED;
    default: return MTC_MARK_FAMILIES;
    }
}

typedef enum { OPENS, CLOSES, EITHER } direction;

/* What the mark says by itself. */
static direction own_direction(uint32_t codepoint) {
    switch (codepoint) {
    case '"':
    case 0xFF02:
    case '\'': return EITHER;
    case ')':
    case ']':
    case '}':
    case 0xBB:
    case 0x2019:
    case 0x201D:
    case 0x203A:
    case 0x27E9:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0xFF09:
    case 0xFF3D: return CLOSES;
    default: return OPENS;
    }
}

static bool is_mark_that(uint32_t codepoint, direction wanted) {
    return mtc_mark_family_of(codepoint) != MTC_MARK_FAMILIES &&
           own_direction(codepoint) == wanted;
}

/* What its neighbours say; EITHER: nothing. */
static direction direction_by_place(mtc_char before, mtc_char after) {
    const bool ends_line = after.length == 0, begins_line = before.length == 0;
    if (ends_line && !begins_line) return CLOSES;
    const bool free_before = before.class == MTC_CHAR_SPACE ||
                             is_mark_that(before.codepoint, OPENS) ||
                             mtc_is_dash(before.codepoint);
    const bool free_after = after.class == MTC_CHAR_SPACE ||
                            mtc_is_dash(after.codepoint) ||
                            is_mark_that(after.codepoint, CLOSES) ||
                            (after.codepoint < 0x80 && after.codepoint != 0 &&
                             strchr(".,;:!?-", (int)after.codepoint) != NULL);
    if (free_before && after.class != MTC_CHAR_SPACE) return OPENS;
    if (before.class != MTC_CHAR_SPACE && free_after) return CLOSES;
    return EITHER;
}

/* Some marks turn round in some languages: „so“, ”so”, »so«. `top`: the innermost open
 * mark of the family, 0: none is open. */
static direction direction_of(uint32_t codepoint, uint32_t top, mtc_char before,
                              mtc_char after) {
    const direction own = own_direction(codepoint);
    const direction place = direction_by_place(before, after);
    switch (codepoint) {
    case 0x201C:
    case 0x2018:
        if (top == (codepoint == 0x201C ? 0x201Eu : 0x201Au)) return CLOSES;
        return top != 0 && place == CLOSES ? CLOSES : OPENS;
    case 0xAB:
    case 0x2039:
        return top == codepoint + (codepoint == 0xAB ? 0x10 : 1) ? CLOSES : OPENS;
    case 0x201D:
    case 0x2019:
    case 0xBB:
    case 0x203A: return top == 0 && place == OPENS ? OPENS : CLOSES;
    default:
        if (own != EITHER) return own;
        if (place != EITHER) return place;
        return top == 0 ? OPENS : CLOSES;
    }
}

bool mtc_reader_add_mark(mtc_reader *reader, uint32_t codepoint, mtc_mark_family family,
                         mtc_char before, mtc_char after) {
    mtc_document *const doc = reader->doc;
    const uint32_t token = (uint32_t)doc->tokens.count - 1;
    const bool is_quote = family <= MTC_MARK_SINGLE_QUOTE;
    const size_t open_count = reader->open[family].count;
    const uint32_t top =
        open_count == 0 ? 0 : reader->open[family].at[open_count - 1].codepoint;
    const direction turn = direction_of(codepoint, top, before, after);
    doc->tokens.at[token].flags |=
        (uint16_t)((is_quote ? MTC_TOKEN_QUOTE : 0) |
                   (turn == OPENS ? MTC_TOKEN_OPENS : MTC_TOKEN_CLOSES));
    if (turn == OPENS) {
        const mtc_open_mark mark = {token, codepoint};
        return mtc_vector_push(&reader->open[family], doc->arena, mark);
    }
    if (open_count == 0) return true;
    const mtc_mark_pair pair = {reader->open[family].at[open_count - 1].token, token,
                                is_quote};
    reader->open[family].count--;
    return mtc_vector_push(&reader->pairs, doc->arena, pair);
}

static bool could_close(mtc_str bytes, mtc_range line, uint32_t at, mtc_char c) {
    return (c.codepoint == '\'' || c.codepoint == 0x2019) &&
           mtc_char_before(bytes, at, line.begin).class != MTC_CHAR_SPACE &&
           !mtc_char_is_word(mtc_char_at(bytes, at + c.length, line.end));
}

static uint32_t count_closers(const mtc_reader *reader, uint32_t from, uint32_t to) {
    const mtc_str bytes = reader->doc->bytes;
    uint32_t count = 0;
    for (uint32_t at = from; at < to;) {
        const mtc_char c = mtc_char_at(bytes, at, to);
        count += could_close(bytes, reader->line, at, c);
        at += c.length;
    }
    return count;
}

/* Counts the rest of the line once, then only takes away what has been passed. */
uint32_t mtc_reader_closers_behind(mtc_reader *reader, uint32_t at) {
    if (reader->closers_from == MTC_NONE) {
        reader->closers_left = count_closers(reader, at, reader->line.end);
    } else {
        reader->closers_left -= count_closers(reader, reader->closers_from, at);
    }
    reader->closers_from = at;
    return reader->closers_left;
}

void mtc_reader_begin_marks(mtc_reader *reader) {
    for (size_t i = 0; i < MTC_MARK_FAMILIES; i++) reader->open[i].count = 0;
    reader->pairs.count = 0;
    reader->closers_from = MTC_NONE;
}

/* News quotes may reopen each paragraph and close once: an open mark at the line's start
 * holds to its end where the next line begins with the same mark. */
static bool add_reopened_quote(mtc_reader *reader) {
    const mtc_document *const doc = reader->doc;
    const mtc_open_mark *const open = reader->open[MTC_MARK_DOUBLE_QUOTE].at;
    if (reader->open[MTC_MARK_DOUBLE_QUOTE].count != 1 ||
        open->token != reader->first_token ||
        reader->raw_line + 1 >= reader->raw_lines.count) {
        return true;
    }
    const mtc_range next = reader->raw_lines.at[reader->raw_line + 1].at;
    if (mtc_char_at(doc->bytes, next.begin, next.end).codepoint != open->codepoint)
        return true;
    const mtc_mark_pair pair = {open->token, (uint32_t)doc->tokens.count, true};
    return mtc_vector_push(&reader->pairs, doc->arena, pair);
}

/* Adds up how deep each token lies, so that nesting costs nothing. */
static bool spread_flag(mtc_reader *reader, bool quotes, uint16_t flag) {
    mtc_document *const doc = reader->doc;
    const size_t count = doc->tokens.count - reader->first_token;
    while (reader->depths.count < count + 1) {
        if (!mtc_vector_push(&reader->depths, doc->arena, 0)) return false;
    }
    memset(reader->depths.at, 0, (count + 1) * sizeof *reader->depths.at);
    for (size_t i = 0; i < reader->pairs.count; i++) {
        const mtc_mark_pair *const pair = &reader->pairs.at[i];
        if (pair->is_quote != quotes) continue;
        reader->depths.at[pair->open + 1 - reader->first_token]++;
        reader->depths.at[pair->close - reader->first_token]--;
    }
    int32_t depth = 0;
    for (size_t i = 0; i < count; i++) {
        depth += reader->depths.at[i];
        if (depth > 0) doc->tokens.at[reader->first_token + i].flags |= flag;
    }
    return true;
}

bool mtc_reader_finish_marks(mtc_reader *reader) {
    if (!add_reopened_quote(reader)) return false;
    if (reader->pairs.count == 0) return true;
    return spread_flag(reader, true, MTC_TOKEN_QUOTED) &&
           spread_flag(reader, false, MTC_TOKEN_BRACKETED);
}
