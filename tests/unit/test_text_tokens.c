#include "support.h"

/* Writes the tokens of the text with a bar between them. */
static const char *tokens_of(const char *text) {
    static char out[4096];
    size_t length = 0;
    const mtc_document *const doc = read_text(text);
    assert_sound(doc);
    const size_t first = doc->lines.at[0].token_count; /* behind the title */
    for (size_t i = first; i < doc->tokens.count; i++) {
        const mtc_str form = mtc_token_bytes(doc, &doc->tokens.at[i]);
        length += (size_t)snprintf(out + length, sizeof out - length, "%s%.*s",
                                   i == first ? "" : "|", (int)form.len, form.ptr);
    }
    return out;
}

/* The first token of this form behind the title. */
static const mtc_token *token_in(const mtc_document *doc, const char *form) {
    for (size_t i = doc->lines.at[0].token_count; i < doc->tokens.count; i++) {
        if (mtc_str_equal(mtc_token_bytes(doc, &doc->tokens.at[i]), mtc_str_of(form)))
            return &doc->tokens.at[i];
    }
    fail_msg("no token %s", form);
    return NULL;
}

/* Each string: the tokens with bars; the text is the same without bars, but for "~",
 * which stands for a boundary without a bar in the text, and blanks. */
static void assert_splits(const char *const *cases, size_t count) {
    for (size_t i = 0; i < count; i += 2)
        assert_string_equal(tokens_of(cases[i]), cases[i + 1]);
}
#define ASSERT_SPLITS(cases) assert_splits((cases), sizeof(cases) / sizeof *(cases))

static void words_keep_apostrophes_and_hyphens(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "I don't know Maes's well-known dog.",
        "I|don't|know|Maes's|well-known|dog|.",
        "She can’t see O’Brien’s F-16.",
        "She|can’t|see|O’Brien’s|F-16|.",
        "The workers' rights",
        "The|workers'|rights",
        "the bosses’ views",
        "the|bosses’|views",
        "a 25-year-old man",
        "a|25-year-old|man",
        "Mid- and long-term",
        "Mid|-|and|long-term",
        "so -- he said - it went—well",
        "so|--|he|said|-|it|went|—|well",
        "AT&T and R&D staff",
        "AT&T|and|R&D|staff",
        "and/or both",
        "and|/|or|both",
        "e\u0301tude na\u00efve",
        "e\u0301tude|na\u00efve",
        "hy\u00adphen\u200bated",
        "hy\u00adphen\u200bated",
        "goin' home",
        "goin'|home",
        "rock 'n' roll of the '90s",
        "rock|'n'|roll|of|the|'90s",
        "’tis the season to get ’em",
        "’tis|the|season|to|get|’em",
    };
    ASSERT_SPLITS(CASES);
}

static void numbers_stay_whole(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "3.5 and 1,200.50 and 1/2",
        "3.5|and|1,200.50|and|1/2",
        "at 5:30pm on the 31st",
        "at|5:30pm|on|the|31st",
        "in 2021, 2022-23 and the 1990s.",
        "in|2021|,|2022-23|and|the|1990s|.",
        "$5m, 40% and £3.2bn",
        "$|5m|,|40|%|and|£|3.2bn",
        "R700,000, Rs1,250,000 and A4,A5",
        "R700,000|,|Rs1,250,000|and|A4|,|A5",
        "about .5 of it",
        "about|.5|of|it",
        "the year 2021.",
        "the|year|2021|.",
        "1,2 or 3, 4",
        "1,2|or|3|,|4",
        "10–12 May",
        "10|–|12|May",
    };
    ASSERT_SPLITS(CASES);
}

static void stops_of_abbreviations_belong_to_them(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "Mr. Roe of the U.S. Senate",
        "Mr.|Roe|of|the|U.S.|Senate",
        "the Canada-U.S. border, anti-U.S. and U.S.-U.K. talks",
        "the|Canada-U.S.|border|,|anti-U.S.|and|U.S.-U.K.|talks",
        "Lt.-Gov. Jane Roe and Sgt.-Maj. Doe",
        "Lt.-Gov.|Jane|Roe|and|Sgt.-Maj.|Doe",
        "J. K. Rowling met J.R.R. Tolkien",
        "J.|K.|Rowling|met|J.R.R.|Tolkien",
        "at 5 p.m. on Jan. 5",
        "at|5|p.m.|on|Jan.|5",
        "a U.S.-led force",
        "a|U.S.-led|force",
        "No. 10, but she said no. It",
        "No.|10|,|but|she|said|no|.|It",
        "Acme Inc. of St. Louis",
        "Acme|Inc.|of|St.|Louis",
        "e.g. a Ph.D. thesis",
        "e.g.|a|Ph.D.|thesis",
        "They came in March. It rained.",
        "They|came|in|March|.|It|rained|.",
        "He sat. The sun.",
        "He|sat|.|The|sun|.",
        "vitamin C. The pill",
        "vitamin|C|.|The|pill",
        "so do I. Then",
        "so|do|I|.|Then",
        "Athens, Ga. and Rome",
        "Athens|,|Ga.|and|Rome",
        "He saw her mass. It ended",
        "He|saw|her|mass|.|It|ended",
        "5a.m. sharp",
        "5|a.m.|sharp",
    };
    ASSERT_SPLITS(CASES);
}

static void glued_sentences_are_not_one_word(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "the end.Then he",         "the|end|.|Then|he", "to Poland.and leaders",
        "to|Poland|.|and|leaders", "in 2021.The year",  "in|2021|.|The|year",
        "he said.”Then",           "he|said|.|”|Then",
    };
    ASSERT_SPLITS(CASES);
}

static void addresses_are_one_token(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "See https://example.org/a?b=c(d)&e=1, now.",
        "See|https://example.org/a?b=c(d)&e=1|,|now|.",
        "(www.example.com/x)",
        "(|www.example.com/x|)",
        "mail j.k.roe@example.org or jane_roe@x.org",
        "mail|j.k.roe@example.org|or|jane_roe@x.org",
        "mail jane.roe@example.co.uk.",
        "mail|jane.roe@example.co.uk|.",
        "by @jane_roe on #OneDay, #1",
        "by|@jane_roe|on|#OneDay|,|#|1",
        "bbc.co.uk or Amazon.com say",
        "bbc.co.uk|or|Amazon.com|say",
        "in my_own.doc at 9 a.m.to 5",
        "in|my_own.doc|at|9|a.m.|to|5",
        "in report.pdf and main.c",
        "in|report.pdf|and|main|.|c",
        "He agreed.it was",
        "He|agreed|.|it|was",
    };
    ASSERT_SPLITS(CASES);
}

static void marks_and_pictures_are_whole(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "What?! Well... no",
        "What|?!|Well|...|no",
        "fine :) he said (so:)",
        "fine|:)|he|said|(|so|:|)",
        "one \U0001F468\u200D\U0001F469\u200D\U0001F467 two",
        "one|\U0001F468\u200D\U0001F469\u200D\U0001F467|two",
        "\U0001F1FA\U0001F1E6\U0001F1FA\U0001F1F8",
        "\U0001F1FA\U0001F1E6|\U0001F1FA\U0001F1F8",
        "thumbs \U0001F44D\U0001F3FD!",
        "thumbs|\U0001F44D\U0001F3FD|!",
        "``so'' it",
        "``|so|''|it",
        "他说，Hello。",
        "他说|，|Hello|。",
    };
    ASSERT_SPLITS(CASES);
}

static void single_quotes_are_told_from_apostrophes(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "He said 'no way' to it",
        "He|said|'|no|way|'|to|it",
        "the 'workers' rights' bill",
        "the|'|workers'|rights|'|bill",
        "‘It’s the workers’ right’, he said",
        "‘|It’s|the|workers’|right|’|,|he|said",
        "“Hamlet”'s end",
        "“|Hamlet|”|'s|end",
        "the dogs' bowl",
        "the|dogs'|bowl",
    };
    ASSERT_SPLITS(CASES);
}

static void quotes_pair_in_every_style(void **state) {
    (void)state;
    static const char *const TEXTS[] = {
        "He said \"inside\" out",     "He said “inside” out",
        "He said „inside“ out",       "He said « inside » out",
        "He said »inside« out",       "He said ”inside” out",
        "He said 'inside' out",       "He said ``inside'' out",
        "He said “a ‘inside’ b” out", "He said \"a 'inside' b\" out",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        const mtc_document *const doc = read_text(TEXTS[i]);
        assert_true((token_in(doc, "inside")->flags & MTC_TOKEN_QUOTED) != 0);
        assert_false((token_in(doc, "out")->flags & MTC_TOKEN_QUOTED) != 0);
        assert_false((token_in(doc, "said")->flags & MTC_TOKEN_QUOTED) != 0);
    }
}

static void marks_without_a_partner_quote_nothing(void **state) {
    (void)state;
    const mtc_document *doc = read_text("He said “one. And two (three.");
    assert_false((token_in(doc, "two")->flags & MTC_TOKEN_QUOTED) != 0);
    assert_false((token_in(doc, "three")->flags & MTC_TOKEN_BRACKETED) != 0);
    assert_true((token_in(doc, "“")->flags & MTC_TOKEN_OPENS) != 0);
    doc = read_text("“One paragraph goes on.\n\n“Two ends it,” she said.");
    assert_true((token_in(doc, "paragraph")->flags & MTC_TOKEN_QUOTED) != 0);
    doc = read_text("It (that is) ended.");
    assert_true((token_in(doc, "is")->flags & MTC_TOKEN_BRACKETED) != 0);
    assert_false((token_in(doc, "ended")->flags & MTC_TOKEN_BRACKETED) != 0);
    assert_true((token_in(doc, ")")->flags & MTC_TOKEN_CLOSES) != 0);
}

static void shapes_are_those_of_the_letters(void **state) {
    (void)state;
    const mtc_document *const doc =
        read_text("minister Minister A NATO NATO's McDonald iPhone O'Brien Anglo-French "
                  "pro-Russian "
                  "U.S. 12 \u00c9cole I'm \u4e2d\u6587 COVID-19");
    static const struct {
        const char *form;
        mtc_shape shape;
    } CASES[] = {
        {"minister", MTC_SHAPE_LOWER},
        {"Minister", MTC_SHAPE_CAPITAL},
        {"A", MTC_SHAPE_CAPITAL},
        {"NATO", MTC_SHAPE_UPPER},
        {"NATO's", MTC_SHAPE_UPPER},
        {"McDonald", MTC_SHAPE_MIXED},
        {"iPhone", MTC_SHAPE_MIXED},
        {"O'Brien", MTC_SHAPE_CAPITAL},
        {"Anglo-French", MTC_SHAPE_CAPITAL},
        {"pro-Russian", MTC_SHAPE_MIXED},
        {"U.S.", MTC_SHAPE_UPPER},
        {"12", MTC_SHAPE_NONE},
        {"\u00c9cole", MTC_SHAPE_CAPITAL},
        {"I'm", MTC_SHAPE_CAPITAL},
        {"\u4e2d\u6587", MTC_SHAPE_NONE},
        {"COVID-19", MTC_SHAPE_UPPER},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(token_in(doc, CASES[i].form)->shape, CASES[i].shape);
}

static void one_word_has_one_normal_form(void **state) {
    (void)state;
    const mtc_document *const doc = read_text(
        "We don’t and They don't; Cafe\u0301 and caf\u00e9, \uFB01ne fine, NATO's nato");
    assert_int_equal(token_in(doc, "don’t")->word, token_in(doc, "don't")->word);
    assert_int_equal(doc->words.at[token_in(doc, "don't")->word].count, 2);
    assert_int_equal(mtc_token_folded_id(doc, token_in(doc, "Cafe\u0301")),
                     mtc_token_folded_id(doc, token_in(doc, "caf\u00e9")));
    assert_int_equal(token_in(doc, "\uFB01ne")->word, token_in(doc, "fine")->word);
    assert_int_equal(mtc_token_stem_id(doc, token_in(doc, "NATO's")),
                     mtc_token_folded_id(doc, token_in(doc, "nato")));
    assert_true((token_in(doc, "NATO's")->flags & MTC_TOKEN_POSSESSIVE) != 0);
}

static void words_inside_sentences_are_counted_apart(void **state) {
    (void)state;
    const mtc_document *const doc =
        read_article("Maes in Ghent",
                     "Maes left. We saw Maes leave Ghent.\n\nWho Is Maes\n\nSo it is.");
    const mtc_word *const word = &doc->words.at[token_in(doc, "Maes")->word];
    assert_int_equal(word->count, 4);
    assert_int_equal(word->inside_count, 1);
    assert_int_equal(word->first_token, 0);
}

static void residue_is_one_token_and_parts_words(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "one<br>two &amp; three",
        "one|<br>|two|&amp;|three",
        "he saidâ€™s so",
        "he|saidâ€™s|so",
    };
    ASSERT_SPLITS(CASES);
    const mtc_document *const doc = read_text("one &amp; three were here.");
    assert_int_equal(token_in(doc, "&amp;")->kind, MTC_TOKEN_RESIDUE);
}

static void flags_tell_space_and_start(void **state) {
    (void)state;
    const mtc_document *const doc = read_text("“Well,” he said. (And so.)");
    assert_true((token_in(doc, "“")->flags & MTC_TOKEN_SPACE_BEFORE) != 0);
    assert_false((token_in(doc, "Well")->flags & MTC_TOKEN_SPACE_BEFORE) != 0);
    assert_true((token_in(doc, "Well")->flags & MTC_TOKEN_STARTS_SENTENCE) != 0);
    assert_false((token_in(doc, "he")->flags & MTC_TOKEN_STARTS_SENTENCE) != 0);
    assert_true((token_in(doc, "And")->flags & MTC_TOKEN_STARTS_SENTENCE) != 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_keep_apostrophes_and_hyphens),
        cmocka_unit_test(numbers_stay_whole),
        cmocka_unit_test(stops_of_abbreviations_belong_to_them),
        cmocka_unit_test(glued_sentences_are_not_one_word),
        cmocka_unit_test(addresses_are_one_token),
        cmocka_unit_test(marks_and_pictures_are_whole),
        cmocka_unit_test(single_quotes_are_told_from_apostrophes),
        cmocka_unit_test(quotes_pair_in_every_style),
        cmocka_unit_test(marks_without_a_partner_quote_nothing),
        cmocka_unit_test(shapes_are_those_of_the_letters),
        cmocka_unit_test(one_word_has_one_normal_form),
        cmocka_unit_test(words_inside_sentences_are_counted_apart),
        cmocka_unit_test(residue_is_one_token_and_parts_words),
        cmocka_unit_test(flags_tell_space_and_start),
    };
    return cmocka_run_group_tests(tests, support_begin, support_end);
}
