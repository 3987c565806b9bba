/* Paragraphs: physical lines, joined where the text is hard-wrapped. */
#include "text/reader.h"

enum {
    NARROWEST_WRAP = 40,
    WIDEST_WRAP = 130,
    FEWEST_FULL_LINES = 3,
    WRAP_SLACK = 2,
    WIDEST_VERSE = 60,
    FEWEST_VERSES = 4,
};

/* --- Physical lines --- */

static mtc_range trimmed(mtc_str bytes, mtc_range range) {
    while (range.begin < range.end) {
        const mtc_char c = mtc_char_at(bytes, range.begin, range.end);
        if (c.class != MTC_CHAR_SPACE) break;
        range.begin += c.length;
    }
    while (range.begin < range.end) {
        const mtc_char c = mtc_char_before(bytes, range.end, range.begin);
        if (c.class != MTC_CHAR_SPACE) break;
        range.end -= c.length;
    }
    return range;
}

/* The end of the line from `at`, before its line end. */
static uint32_t line_end(mtc_str bytes, uint32_t at, uint32_t limit) {
    while (at < limit) {
        const unsigned char byte = (unsigned char)bytes.ptr[at];
        if (byte == '\n' || byte == '\r') break;
        if (byte == 0xE2 && limit - at >= 3 && (unsigned char)bytes.ptr[at + 1] == 0x80 &&
            ((unsigned char)bytes.ptr[at + 2] & 0xFE) == 0xA8)
            break;
        at++;
    }
    return at;
}

static uint32_t skip_line_end(mtc_str bytes, uint32_t at, uint32_t limit) {
    if (at >= limit) return at;
    if (bytes.ptr[at] == '\r' && at + 1 < limit && bytes.ptr[at + 1] == '\n')
        return at + 2;
    return at + ((unsigned char)bytes.ptr[at] == 0xE2 ? 3 : 1);
}

static mtc_status find_physical_lines(mtc_reader *reader, mtc_range part, bool in_title) {
    mtc_document *const doc = reader->doc;
    bool blank_before = true;
    for (uint32_t at = part.begin; at < part.end;) {
        const uint32_t end = line_end(doc->bytes, at, part.end);
        const mtc_range range = trimmed(doc->bytes, (mtc_range){at, end});
        if (range.begin == range.end) {
            blank_before = true;
        } else {
            const mtc_raw_line line = {.at = range,
                                       .in_title = in_title,
                                       .blank_before = blank_before,
                                       .indented = range.begin - at >= 2};
            if (!mtc_vector_push(&reader->raw_lines, doc->arena, line))
                return MTC_NO_MEMORY;
            blank_before = false;
        }
        if (mtc_budget_spend(doc->budget, 1 + (end - at) / 128) != MTC_OK)
            return MTC_DEADLINE;
        at = skip_line_end(doc->bytes, end, part.end);
    }
    return MTC_OK;
}

/* --- Hard wrapping --- */

static uint32_t width_of(mtc_str bytes, mtc_range range) {
    return mtc_utf8_count(mtc_str_slice(bytes, range), NULL);
}

static uint32_t first_word_width(mtc_str bytes, mtc_range range) {
    uint32_t end = range.begin, width = 0;
    while (end < range.end && width < WIDEST_WRAP) {
        const mtc_char c = mtc_char_at(bytes, end, range.end);
        if (c.class == MTC_CHAR_SPACE) break;
        end += c.length;
        width++;
    }
    return width;
}

static bool ends_with_stop(mtc_str bytes, mtc_range range) {
    mtc_char c;
    do {
        c = mtc_char_before(bytes, range.end, range.begin);
        range.end -= c.length;
    } while (mtc_mark_family_of(c.codepoint) != MTC_MARK_FAMILIES);
    return c.codepoint < 0x80 && c.codepoint != 0 && strchr(".!?:", (int)c.codepoint);
}

/* "- ", "* ", "• ", "1. ", "> ": what begins an item of its own. */
static bool begins_item(mtc_str bytes, mtc_range range) {
    uint32_t at = range.begin;
    mtc_char c = mtc_char_at(bytes, at, range.end);
    if (c.class == MTC_CHAR_DIGIT) {
        while (c.class == MTC_CHAR_DIGIT && at - range.begin < 3) {
            at += c.length;
            c = mtc_char_at(bytes, at, range.end);
        }
        if (c.codepoint != '.' && c.codepoint != ')') return false;
    } else if (mtc_char_is_word(c) ||
               mtc_mark_family_of(c.codepoint) != MTC_MARK_FAMILIES) {
        return false;
    }
    return mtc_char_at(bytes, at + c.length, range.end).class == MTC_CHAR_SPACE;
}

/* Two lines that a hard wrap may have parted. `first`: of the paragraph that holds
 * `line`. A dash or number at the start is no item where the line before breaks off
 * within a sentence and belongs to no item itself. */
static bool may_continue(const mtc_reader *reader, const mtc_raw_line *first,
                         const mtc_raw_line *line, const mtc_raw_line *next) {
    const mtc_str bytes = reader->doc->bytes;
    if (line->in_title || next->in_title || next->blank_before ||
        (next->indented && !line->indented))
        return false;
    return !begins_item(bytes, next->at) ||
           (!ends_with_stop(bytes, line->at) && !begins_item(bytes, first->at));
}

/* Would the first word of the next line have fitted? */
static bool is_full(mtc_str bytes, mtc_range line, mtc_range next, uint32_t width) {
    return width_of(bytes, line) + 1 + first_word_width(bytes, next) + WRAP_SLACK > width;
}

/* The width at which the text was wrapped: nearly every line that could go on is full and
 * most of these end within a sentence. 0: it was not. */
static uint32_t wrap_width(const mtc_reader *reader) {
    const mtc_str bytes = reader->doc->bytes;
    const mtc_raw_line *const lines = reader->raw_lines.at;
    uint32_t width = 0, pairs = 0, full = 0, within = 0;
    for (size_t i = 0; i + 1 < reader->raw_lines.count; i++) {
        if (lines[i].in_title) continue;
        const uint32_t own = width_of(bytes, lines[i].at);
        if (own > WIDEST_WRAP) return 0;
        if (own > width) width = own;
    }
    if (width < NARROWEST_WRAP) return 0;
    for (size_t i = 0; i + 1 < reader->raw_lines.count; i++) {
        if (!may_continue(reader, &lines[i], &lines[i], &lines[i + 1])) continue;
        pairs++;
        if (!is_full(bytes, lines[i].at, lines[i + 1].at, width)) continue;
        full++;
        within += !ends_with_stop(bytes, lines[i].at);
    }
    const bool wrapped =
        full >= FEWEST_FULL_LINES && full * 10 >= pairs * 6 && within * 10 >= full * 6;
    return wrapped ? width : 0;
}

static void join_wrapped_lines(mtc_reader *reader, uint32_t width) {
    mtc_raw_line *const lines = reader->raw_lines.at;
    size_t count = 0;
    for (size_t i = 0; i < reader->raw_lines.count; count++) {
        mtc_raw_line joined = lines[i];
        size_t last = i;
        while (last + 1 < reader->raw_lines.count &&
               may_continue(reader, &lines[i], &lines[last], &lines[last + 1]) &&
               is_full(reader->doc->bytes, lines[last].at, lines[last + 1].at, width)) {
            last++;
        }
        joined.at.end = lines[last].at.end;
        joined.wrapped = last > i;
        i = last + 1;
        lines[count] = joined;
    }
    reader->raw_lines.count = count;
}

/* Marks runs of short lines under each other, most of which end without a stop. */
static void find_verse(mtc_reader *reader) {
    const mtc_str bytes = reader->doc->bytes;
    mtc_raw_line *const lines = reader->raw_lines.at;
    for (size_t i = 0, end; i < reader->raw_lines.count; i = end) {
        uint32_t open_ends = 0;
        for (end = i; end < reader->raw_lines.count; end++) {
            const mtc_raw_line *const line = &lines[end];
            if (line->in_title || (end > i && line->blank_before) ||
                mtc_range_length(line->at) > WIDEST_VERSE || begins_item(bytes, line->at))
                break;
            open_ends += !ends_with_stop(bytes, line->at);
        }
        if (end - i >= FEWEST_VERSES && open_ends * 2 >= end - i) {
            for (size_t k = i; k < end; k++) lines[k].verse = true;
        }
        if (end == i) end++;
    }
}

static bool is_mostly_indented(const mtc_reader *reader) {
    size_t indented = 0;
    for (size_t i = 0; i < reader->raw_lines.count; i++)
        indented += reader->raw_lines.at[i].indented;
    return indented * 3 > reader->raw_lines.count;
}

mtc_status mtc_reader_find_lines(mtc_reader *reader) {
    const mtc_document *const doc = reader->doc;
    const uint32_t title_end = doc->has_title ? doc->text_begin - 2 : 0;
    mtc_status status = find_physical_lines(reader, (mtc_range){0, title_end}, true);
    if (status == MTC_OK) {
        const mtc_range text = {doc->text_begin, (uint32_t)doc->bytes.len};
        status = find_physical_lines(reader, text, false);
    }
    const uint32_t width = status == MTC_OK ? wrap_width(reader) : 0;
    if (width > 0) join_wrapped_lines(reader, width);
    if (width == 0) find_verse(reader);
    reader->is_mostly_indented = is_mostly_indented(reader);
    return status;
}
