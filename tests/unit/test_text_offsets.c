#include "support.h"

static mtc_place find(mtc_str bytes, uint32_t begin, uint32_t byte) {
    mtc_arena *const arena = &support()->arena;
    mtc_offsets offsets;
    mtc_arena_reset(arena);
    assert_true(mtc_offsets_init(&offsets, bytes, begin, arena));
    return mtc_offsets_find(&offsets, byte);
}

static void assert_place(mtc_place place, uint32_t codepoint, uint32_t utf16,
                         uint32_t line, uint32_t column) {
    assert_int_equal(place.codepoint, codepoint);
    assert_int_equal(place.utf16, utf16);
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void every_kind_of_character_counts_in_its_unit(void **state) {
    (void)state;
    const mtc_str bytes = MTC_STR("a\u00e9\u4e2d\U0001F600z");
    assert_place(find(bytes, 0, 0), 0, 0, 1, 1);
    assert_place(find(bytes, 0, 1), 1, 1, 1, 2);
    assert_place(find(bytes, 0, 3), 2, 2, 1, 3);
    assert_place(find(bytes, 0, 6), 3, 3, 1, 4);
    assert_place(find(bytes, 0, 10), 4, 5, 1, 5);
    assert_place(find(bytes, 0, 11), 5, 6, 1, 6);
}

static void all_line_ends_end_lines_and_crlf_only_one(void **state) {
    (void)state;
    const mtc_str bytes = MTC_STR("a\nb\r\nc\rd\u2028e\u2029f");
    assert_int_equal(find(bytes, 0, 1).line, 1); /* the line end belongs to its line */
    assert_place(find(bytes, 0, 2), 2, 2, 2, 1);
    assert_int_equal(find(bytes, 0, 4).line, 2); /* between CR and LF */
    assert_place(find(bytes, 0, 5), 5, 5, 3, 1);
    assert_place(find(bytes, 0, 7), 7, 7, 4, 1);
    assert_place(find(bytes, 0, 11), 9, 9, 5, 1);
    assert_place(find(bytes, 0, 15), 11, 11, 6, 1);
    assert_place(find(MTC_STR("\r"), 0, 1), 1, 1, 2, 1);
}

static void title_and_text_count_on_their_own(void **state) {
    (void)state;
    const mtc_str bytes = MTC_STR("T\u00eft\n\nText\nhere"); /* the title has no line */
    assert_place(find(bytes, 6, 3), 2, 2, 0, 3);
    assert_place(find(bytes, 6, 6), 0, 0, 1, 1);
    assert_place(find(bytes, 6, 11), 5, 5, 2, 1);
}

/* Counts from the beginning, the simplest way. */
static mtc_place naive(mtc_str bytes, uint32_t begin, uint32_t byte) {
    const bool in_title = byte < begin;
    mtc_place place = {.line = in_title ? 0 : 1, .column = 1};
    for (uint32_t at = in_title ? 0 : begin; at < byte;) {
        const uint32_t c = mtc_utf8_next(bytes, &at);
        place.codepoint++;
        place.column++;
        place.utf16 += c > 0xFFFF ? 2 : 1;
        const bool lone_cr = c == '\r' && (at == bytes.len || bytes.ptr[at] != '\n');
        if (!in_title && (c == '\n' || lone_cr || c == 0x2028 || c == 0x2029)) {
            place.line++;
            place.column = 1;
        }
    }
    return place;
}

static void long_texts_agree_with_plain_counting_everywhere(void **state) {
    (void)state;
    static const char *const PIECES[] = {
        "x", "\u00e9", "\u2028", "\r\n", "\n", "\u4e2d", "\r", "\U0001F600", " ", "word"};
    mtc_arena *const arena = &support()->arena;
    uint32_t seed = 7;
    for (uint32_t begin = 0; begin <= 600; begin += 150) {
        char bytes[4096];
        uint32_t length = 0, boundaries[4096], count = 0, title_end = 0;
        while (length < 3000) {
            if (title_end == 0 && length >= begin) title_end = length;
            seed = seed * 1664525u + 1013904223u;
            const char *const piece = PIECES[(seed >> 16) % 10];
            memcpy(bytes + length, piece, strlen(piece));
            for (uint32_t i = 0; i < strlen(piece); i++) {
                if (((unsigned char)piece[i] & 0xC0) != 0x80)
                    boundaries[count++] = length + i;
            }
            length += (uint32_t)strlen(piece);
        }
        const mtc_str text = {bytes, length};
        mtc_offsets offsets;
        mtc_arena_reset(arena);
        assert_true(mtc_offsets_init(&offsets, text, title_end, arena));
        for (uint32_t i = 0; i < count; i++) {
            const mtc_place found = mtc_offsets_find(&offsets, boundaries[i]);
            const mtc_place wanted = naive(text, title_end, boundaries[i]);
            assert_place(found, wanted.codepoint, wanted.utf16, wanted.line,
                         wanted.column);
        }
    }
}

static void an_empty_text_has_one_place(void **state) {
    (void)state;
    assert_place(find(MTC_STR(""), 0, 0), 0, 0, 1, 1);
    assert_place(find(MTC_STR("T\n\n"), 3, 3), 0, 0, 1, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_character_counts_in_its_unit),
        cmocka_unit_test(all_line_ends_end_lines_and_crlf_only_one),
        cmocka_unit_test(title_and_text_count_on_their_own),
        cmocka_unit_test(long_texts_agree_with_plain_counting_everywhere),
        cmocka_unit_test(an_empty_text_has_one_place),
    };
    return cmocka_run_group_tests(tests, support_begin, support_end);
}
