#include "support.h"

/* The kind of a line that stands between two paragraphs. */
static mtc_line_kind kind_between(const char *line) {
    char text[2048];
    (void)snprintf(text, sizeof text,
                   "The council met on Tuesday to discuss the plans for a new bridge.\n\n"
                   "%s\n\nIt will meet again in two weeks, when the plans are ready.",
                   line);
    const mtc_document *const doc = read_text(text);
    assert_sound(doc);
    assert_int_equal(doc->lines.count, 4);
    assert_int_equal(doc->lines.at[1].kind, MTC_LINE_BODY);
    return doc->lines.at[2].kind;
}

static void assert_kind(mtc_line_kind kind, const char *const *lines, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const mtc_line_kind found = kind_between(lines[i]);
        if (found == kind) continue;
        fail_msg("%s, not %s: %s", mtc_line_kind_name(found), mtc_line_kind_name(kind),
                 lines[i]);
    }
}
#define ASSERT_KIND(kind, lines)                                                         \
    assert_kind((kind), (lines), sizeof(lines) / sizeof *(lines))

static void sentences_are_body_also_without_their_stop(void **state) {
    (void)state;
    static const char *const LINES[] = {
        "The mayor said that the old bridge could not carry the traffic any longer",
        "The mayor said that the old bridge could not carry it.",
        "She denies it",
        "He rejected the claims",
        "They were not asked",
        "It was late",
        "“We have no money for this,” the mayor said",
        "And then the lights went out in all of the houses along the river",
        "the mayor went home",
        "By Monday, the water had risen by a metre and closed two roads",
        "Pictures of the bridge were shown to the members of the council after that",
        "Meanwhile, the President of the Council of Europe and the Mayor of Ghent had "
        "left for "
        "Oslo",
        "Why did it take so long?",
        "2021 was the year in which the old bridge had to be closed for two months",
    };
    ASSERT_KIND(MTC_LINE_BODY, LINES);
}

static void headings_within_the_article_are_headlines(void **state) {
    (void)state;
    static const char *const LINES[] = {
        "A New Bridge for the Old Town",
        "What we know so far",
        "Why it matters",
        "Mixed reaction",
        "A long road ahead",
        "BACKGROUND",
        "THE BRIDGE AND ITS COST",
        "Key points:",
        "'No money left'",
        "Who Will Pay for It?",
        "Next steps",
        "A. Ghent",
        "The Church of St. Bavo",
    };
    ASSERT_KIND(MTC_LINE_HEADLINE, LINES);
}

static void captions_are_known_by_their_markers(void **state) {
    (void)state;
    static const char *const LINES[] = {
        "Image: Jane Roe",
        "(Photo: Jane Roe)",
        "[Photo by Jane Roe/Somewhere]",
        "Photo credit: City of Ghent",
        "Pictured: the bridge in the spring of last year.",
        "FILE PHOTO: The bridge is seen from the town hall in this picture of last year.",
        "The old bridge seen from the town hall last year. (AP Photo/Jane Roe)",
        "The bridge at night. Jane Roe/Reuters",
        "Figure 1.4 The bridge in its first year, seen from the town hall.",
        "Mayor John Doe on the bridge. Image: Jane Roe",
    };
    ASSERT_KIND(MTC_LINE_CAPTION, LINES);
}

static void bylines_name_their_authors(void **state) {
    (void)state;
    static const char *const LINES[] = {
        "By Jane Roe",
        "By Jane Roe and John Doe in Ghent",
        "BY JANE ROE, POLITICAL EDITOR",
        "Reporting by Jane Roe; editing by John Doe",
        "(Reporting by Jane Roe; Editing by John Doe)",
        "Written by Jane Roe with additional reporting from Oslo.",
        "Reuters",
    };
    ASSERT_KIND(MTC_LINE_BYLINE, LINES);
}

static void datelines_hold_places_and_dates_only(void **state) {
    (void)state;
    static const char *const LINES[] = {
        "Published: 5 January 2022, 10:30 GMT",
        "Updated 5 hours ago",
        "Monday 12 January 2022",
        "Ghent, 12 January 2022",
        "GHENT (Belgium) —",
    };
    ASSERT_KIND(MTC_LINE_DATELINE, LINES);
}

static void items_of_lists_are_known_by_their_marks(void **state) {
    (void)state;
    static const char *const LINES[] = {
        "- a new bridge over the river",
        "• a new bridge",
        "* a new bridge",
        "1. A new bridge",
        "2) a new bridge",
        "(a) a new bridge",
        "– the second one",
    };
    ASSERT_KIND(MTC_LINE_LIST_ITEM, LINES);
}

static void lines_behind_a_colon_are_items(void **state) {
    (void)state;
    const mtc_document *const doc =
        read_text("The council asked the mayor for three things:\n"
                  "a plan of the new bridge\n"
                  "its price in today's money\n"
                  "The mayor promised to give all of them to the "
                  "council within two weeks.");
    static const mtc_line_kind KINDS[] = {MTC_LINE_HEADLINE, MTC_LINE_BODY,
                                          MTC_LINE_LIST_ITEM, MTC_LINE_LIST_ITEM,
                                          MTC_LINE_BODY};
    assert_int_equal(doc->lines.count, 5);
    for (size_t i = 0; i < 5; i++) assert_int_equal(doc->lines.at[i].kind, KINDS[i]);
}

static void quotations_stand_apart(void **state) {
    (void)state;
    static const char *const LINES[] = {"> The bridge will be closed until May."};
    ASSERT_KIND(MTC_LINE_QUOTATION, LINES);
    const mtc_document *const doc = read_text(
        "The poem was read on the bridge by one of the pupils of the school.\n\n"
        "Over the water\nslowly the carts go\nand all the children\nrun with the wind\n\n"
        "It was met with great applause by those who had come.");
    assert_int_equal(doc->lines.count, 7);
    for (size_t i = 2; i < 6; i++)
        assert_int_equal(doc->lines.at[i].kind, MTC_LINE_QUOTATION);
}

static void debris_and_interface_hold_no_sentence(void **state) {
    (void)state;
    static const char *const DEBRIS[] = {
        "<div class=\"x\">",
        "* * *",
        "<p><img src=\"https://example.org/a.jpg\" alt=\"x\"/></p>",
    };
    ASSERT_KIND(MTC_LINE_DEBRIS, DEBRIS);
    const mtc_document *const doc =
        read_text("It is over.\n\n<div class=\"x\">\n\nIt was long.");
    assert_int_equal(doc->lines.at[2].sentence_count, 0);
    assert_int_equal(doc->tokens.at[doc->lines.at[2].first_token].sentence, MTC_NONE);
    assert_int_equal(doc->tokens.at[doc->lines.at[2].first_token].kind,
                     MTC_TOKEN_RESIDUE);
}

static void the_first_line_is_the_headline_where_there_is_no_title(void **state) {
    (void)state;
    const mtc_document *doc =
        read_article(NULL, "Old bridge to be closed\n\nThe council met.");
    assert_int_equal(doc->lines.at[0].kind, MTC_LINE_HEADLINE);
    assert_int_equal(doc->lines.at[1].kind, MTC_LINE_BODY);
    doc = read_article(NULL, "The council met on Monday.\n\nIt will close the bridge.");
    assert_int_equal(doc->lines.at[0].kind, MTC_LINE_BODY);
    doc = read_article(NULL,
                       "By Jane Roe\n\nWill the bridge be closed?\n\nThe council met.");
    assert_int_equal(doc->lines.at[0].kind, MTC_LINE_BYLINE);
    assert_int_equal(doc->lines.at[1].kind, MTC_LINE_HEADLINE);
    doc = read_article("Old bridge", "The mayor denies it\n\nThe council met.");
    assert_int_equal(doc->lines.at[0].kind, MTC_LINE_HEADLINE);
    assert_true(doc->lines.at[0].in_title);
    assert_int_equal(doc->lines.at[1].kind, MTC_LINE_BODY);
}

static void wrapped_lines_are_one_paragraph(void **state) {
    (void)state;
    const mtc_document *const doc = read_article(
        NULL, "Old bridge to be closed for repairs\r\n\r\n"
              "The council of the town decided on Monday that the old bridge over\r\n"
              "the river will be closed for two months. The mayor said that it was\r\n"
              "no longer safe, and that the money for a new one had not been found\r\n"
              "so far.\r\n"
              "Shops on both sides of the river fear that they will lose customers\r\n"
              "while the bridge is closed. A small ferry - it has room for twelve\r\n"
              "- will take everyone who does not want to walk over the wide river\r\n"
              "during the day, but not at night.\r\n");
    assert_sound(doc);
    assert_int_equal(doc->lines.count, 3);
    assert_true(doc->lines.at[1].wrapped);
    assert_true(doc->lines.at[2].wrapped);
    assert_int_equal(doc->lines.at[1].sentence_count, 2);
    assert_int_equal(doc->lines.at[2].sentence_count, 2);
    const mtc_token *const broken = &doc->tokens.at[mtc_document_token_at(doc, 107)];
    assert_true(mtc_str_equal(mtc_token_bytes(doc, broken), MTC_STR("the")));
    assert_true((broken->flags & MTC_TOKEN_AFTER_BREAK) != 0);
}

static void paragraphs_of_one_line_are_never_joined(void **state) {
    (void)state;
    const mtc_document *const doc = read_article(
        NULL,
        "Old bridge to be closed for repairs\n"
        "The council of the town decided on Monday that the old bridge will be closed\n"
        "The mayor said that it was no longer safe.\n"
        "Shops on both sides of the river fear that they will lose many customers\n"
        "A ferry will take people over the river.\n");
    assert_int_equal(doc->lines.count, 5);
    for (size_t i = 1; i < 5; i++) assert_int_equal(doc->lines.at[i].kind, MTC_LINE_BODY);
}

static void every_line_end_parts_lines(void **state) {
    (void)state;
    const mtc_document *const doc = read_text(
        "It is one.\rIt is two.\r\nIt is three.\u2028It is four.\u2029It is five.");
    assert_int_equal(doc->lines.count, 6);
}

static void scored_words_are_those_of_headlines_and_body(void **state) {
    (void)state;
    assert_int_equal(
        read_article("Old bridge",
                     "It is 5 — or so.\n\nimage source, Jane Roe\n\n• one more")
            ->scored_words,
        7);
}

static uint64_t never(void *context) {
    (void)context;
    return 1;
}

static void what_was_read_in_time_is_whole(void **state) {
    (void)state;
    support_state *const s = support();
    const mtc_str text = repeated("The old bridge was closed. It was not safe.\n", 20000);
    for (uint32_t left = 1; left < 400000; left = left * 2 + 1) {
        mtc_arena_reset(&s->arena);
        s->budget = (mtc_budget){.now_us = never, .deadline_us = 1, .left = left};
        const mtc_status status = mtc_document_read(&s->doc, (mtc_str){0}, text, s->lists,
                                                    &s->arena, &s->budget);
        assert_int_equal(status, MTC_DEADLINE);
        assert_true(s->doc.read_to < text.len);
        assert_sound(&s->doc);
    }
    free((void *)(uintptr_t)text.ptr);
}

static void hostile_texts_are_read_in_linear_time(void **state) {
    (void)state;
    static const char *const PIECES[] = {
        "\"",
        "'",
        "(",
        "[",
        "a.",
        "a",
        "\u0301",
        "\u200b",
        "x' ",
        " 'x",
        "@a",
        "a@",
        ".",
        "-",
        "\u05d0",
        "a-",
        "\U0001F468\u200D",
        "\"a\" ",
        "((a) ",
        "?! ",
        "A. ",
        "\n",
        "1,",
        "http://",
        "a.b ",
        "“",
        "«a",
        "\u4e2d",
        "(a. ",
        "x&",
        "'s",
    };
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        const mtc_str text = repeated(PIECES[i], 100000);
        assert_sound(read_article_bytes(NULL, text));
        free((void *)(uintptr_t)text.ptr);
    }
}

static void any_mixture_of_pieces_is_read(void **state) {
    (void)state;
    static const char *const PIECES[] = {
        "\"",     "'",          "(",
        ")",      "]",          ".",
        "...",    " ",          "\n",
        "\r\n",   "U.S.",       "Mr.",
        "said",   "He",         "\u2019",
        "\u2018", "\u201C",     "\u201D",
        "&amp;",  "<br>",       "\u00e2\u20ac\u2122",
        "\u200b", "5",          ",",
        "%",      "http://a.b", "@x",
        "-",      "\u2014",     "p.m.",
        "\u0301", "\U0001F600", "\u4e2d",
        "1.",     "\u2028",     "s",
        "S",      "'n'",        ":",
        ")",
    };
    uint32_t seed = 3;
    for (size_t round = 0; round < 2000; round++) {
        char text[512];
        size_t length = 0;
        while (length < 400) {
            seed = seed * 1664525u + 1013904223u;
            const char *const piece =
                PIECES[(seed >> 12) % (sizeof PIECES / sizeof *PIECES)];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        assert_sound(read_article_bytes(round % 2 == 0 ? NULL : "Old 'bridge",
                                        (mtc_str){text, length}));
    }
}

static void memory_that_ends_is_told(void **state) {
    (void)state;
    support_state *const s = support();
    const mtc_str text =
        MTC_STR("Bridge\n\nThe “old bridge” (1900) closed. It’s na\u00efve.\n"
                "<p>It was not safe.</p>\n\nBy Jane Roe\n");
    mtc_status status = MTC_NO_MEMORY;
    for (size_t limit = 256; status == MTC_NO_MEMORY; limit += 64) {
        mtc_arena arena;
        mtc_arena_init(&arena, 256, limit);
        s->budget = mtc_budget_unlimited();
        status = mtc_document_read(&s->doc, MTC_STR("Old"), text, s->lists, &arena,
                                   &s->budget);
        assert_true(status == MTC_OK || status == MTC_NO_MEMORY);
        mtc_arena_fini(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_are_body_also_without_their_stop),
        cmocka_unit_test(headings_within_the_article_are_headlines),
        cmocka_unit_test(captions_are_known_by_their_markers),
        cmocka_unit_test(bylines_name_their_authors),
        cmocka_unit_test(datelines_hold_places_and_dates_only),
        cmocka_unit_test(items_of_lists_are_known_by_their_marks),
        cmocka_unit_test(lines_behind_a_colon_are_items),
        cmocka_unit_test(quotations_stand_apart),
        cmocka_unit_test(debris_and_interface_hold_no_sentence),
        cmocka_unit_test(the_first_line_is_the_headline_where_there_is_no_title),
        cmocka_unit_test(wrapped_lines_are_one_paragraph),
        cmocka_unit_test(paragraphs_of_one_line_are_never_joined),
        cmocka_unit_test(every_line_end_parts_lines),
        cmocka_unit_test(scored_words_are_those_of_headlines_and_body),
        cmocka_unit_test(what_was_read_in_time_is_whole),
        cmocka_unit_test(memory_that_ends_is_told),
        cmocka_unit_test(hostile_texts_are_read_in_linear_time),
        cmocka_unit_test(any_mixture_of_pieces_is_read),
    };
    return cmocka_run_group_tests(tests, support_begin, support_end);
}
