#include "support.h"

/* A case is a text with a bar behind each sentence but the last of its line; the text to
 * be read is the same without the bars. */
static void assert_sentences(const char *marked) {
    char text[2048], found[2048];
    size_t length = 0, written = 0;
    for (const char *at = marked; *at != 0; at++) {
        if (*at != '|') text[length++] = *at;
    }
    const mtc_document *const doc = read_article_bytes("Title", (mtc_str){text, length});
    assert_sound(doc);
    for (uint32_t at = doc->text_begin; at < doc->bytes.len; at++) {
        const uint32_t sentence =
            at == doc->text_begin ? MTC_NONE : mtc_document_sentence_at(doc, at - 1);
        const mtc_sentence *const s =
            sentence == MTC_NONE ? NULL : &doc->sentences.at[sentence];
        if (s != NULL && s->at.end == at && doc->lines.at[s->line].at.end > at)
            found[written++] = '|';
        found[written++] = doc->bytes.ptr[at];
    }
    found[written] = 0;
    assert_string_equal(found, marked);
}

static void assert_all(const char *const *cases, size_t count) {
    for (size_t i = 0; i < count; i++) assert_sentences(cases[i]);
}
#define ASSERT_ALL(cases) assert_all((cases), sizeof(cases) / sizeof *(cases))

static const mtc_sentence *sentence_of(const mtc_document *doc, size_t at) {
    return &doc->sentences.at[doc->lines.at[0].sentence_count + at];
}

static void sentences_end_with_their_marks(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "The ferry sank.| Nobody was hurt.| It was old!| Was it?| Yes.",
        "The ferry sank?!| Nobody was hurt...| It was old.",
        "He paid 3.5 million for it.| In 2021 he sold it.",
        "It was built in 2021.| 12 people work there.",
    };
    ASSERT_ALL(CASES);
}

static void abbreviations_end_no_sentence(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "Mr. Roe met Dr. Doe and Gen. Poe in St. Louis on Jan. 5 at No. 10.",
        "J. K. Rowling and Samuel L. Jackson met George W. Bush.",
        "The U.S. Senate and the U.N. General Assembly voted.",
        "Acme Inc. shares fell, i.e. by approx. 5 per cent, vs. 3 before.",
        "She cited Art. 5, pp. 3 and Fig. 2 of the Ph.D. thesis of Roe et al. in court.",
        "He arrived at 5 p.m. Monday and left at 6 a.m. EST.",
        "They waited three hrs. for it.",
        "ATHENS, Ga. — Police closed a road.",
        "She told Mr. al-Roe, Spc. John C. Doe and Robert P. Poe.",
        "One of the B.C. Liberals left.",
        "He sought a . . . fair answer.",
        "The lettuce held E. coli and S. aureus, and mice C. difficile.",
        "The bill, H. R. 1280, passed the House.",
        "In Roe v. the State of Norway he won, as in Roe v. Doe.",
        "The bus leaves from 12 St. every hour, and from Main St. at night.",
        "Cllr. Roe, Const. Doe and Wm. Poe met, as Sec. 3 asks.",
    };
    ASSERT_ALL(CASES);
}

static void abbreviations_can_end_sentences(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "He arrived at 5 p.m.| Police closed the road.",
        "She lives in the U.S.| But he left.",
        "It was bought by Acme Inc.| The price was not told.",
        "They sell apples, pears, etc.| Prices rose.",
        "He studied in Washington, D.C.| In May he left.",
        "It was vitamin C.| The pill helped.",
        "It was vitamin C.| and the pill helped.",
        "He lives on Main St.| He likes it there.",
        "The wind blew at 130 mph.| Houses fell.",
        "She said no.| It was late.",
        "It was hepatitis-B.| Doctors treat it.",
        "Mm.| Alright.",
        "So did I.| Then we left.",
    };
    ASSERT_ALL(CASES);
}

static void closing_marks_belong_to_the_sentence_before(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "“It is late.”| She left.",
        "\"It is late.\"| \"So it is.\"| She left.",
        "(It was late.)| She left.",
        "She left (it was late).| He stayed.",
        "He said: “‘Go,’ she said.”| They went.",
        "“We won,” he said.| “We won again.",
        "It was shown before.[3]| It was seen again.",
        "He said it was late.| She left. \"",
    };
    ASSERT_ALL(CASES);
}

static void speakers_belong_to_what_they_say(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "“Is it late?” she asked.| He nodded.",
        "“Is it late?” Roe asked.| He nodded.",
        "“Go!” said Roe.| They went.",
        "“Is it late?” I asked.| He nodded.",
        "“Is it late?” Roe, 34, asked.| He nodded.",
        "“Is it late?” Jane Roe, the chair of the board, said.| He nodded.",
        "“Is it late?”| She asked the man for the time.",
        "“Is it late?”| Roe, who had said nothing, left.",
        "“Is it late?”| The clock was broken.",
        "“It is late.”| Roe said her watch was wrong.",
    };
    ASSERT_ALL(CASES);
}

static void asides_do_not_break_their_sentence(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "The film (Why? Nobody knows) was long.",
        "He (J. Roe, b. 1950) left.",
        "The firm — Yahoo! was its name — grew.",
        "Yahoo! said it was sold.",
        "She played in Go On! (1965) and in So What? (1970) with Roe.",
        "He paused... and went on.",
    };
    ASSERT_ALL(CASES);
}

static void a_stop_before_a_small_letter_is_kept_as_evidence(void **state) {
    (void)state;
    assert_sentences("She flew to Norway.| and ministers of three states.");
    const mtc_document *const doc = read_text("She flew to Norway. and ministers came.");
    assert_false(sentence_of(doc, 0)->begins_lower);
    assert_true(sentence_of(doc, 1)->begins_lower);
    assert_false(sentence_of(doc, 1)->joined_before);
}

static void sentences_without_space_between_are_parted_where_it_is_clear(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "The day was over.|Then he left.",
        "It was in Norway.|But he left.",
        "It was in 2021.|The year was hot.",
        "“It is over.”|Then he left.",
        "Was it over?|Nobody knew.",
        "他说了。|她走了。",
        /* sound look-alikes */
        "Visit Node.js or example.com or Booking.com now.",
        "He asked Mr.Roe and J.Doe of St.Louis.",
        "They met in the U.S.Senate today.",
    };
    ASSERT_ALL(CASES);
    const mtc_document *const doc = read_text("The day was over.Then he left.");
    assert_true(sentence_of(doc, 1)->joined_before);
}

static void numbers_of_sections_begin_their_sentence(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "1. The law is new.| It is short.",
        "12. Courts may ask.",
    };
    ASSERT_ALL(CASES);
}

static void colons_semicolons_and_commas_end_nothing(void **state) {
    (void)state;
    static const char *const CASES[] = {
        "He said this: It is late; She knew, He did not.",
    };
    ASSERT_ALL(CASES);
}

static void lines_never_run_together(void **state) {
    (void)state;
    const mtc_document *const doc =
        read_text("The minister said on Monday that the talks had failed again\n"
                  "and he left the city an hour later by train.");
    assert_int_equal(doc->sentences.count, 3);
    assert_true(sentence_of(doc, 1)->begins_lower);
}

static void the_end_is_told_through_closing_marks(void **state) {
    (void)state;
    static const struct {
        const char *text;
        mtc_sentence_end end;
    } CASES[] = {
        {"The minister of the interior has left the city", MTC_END_NONE},
        {"He has left.", MTC_END_STOP},
        {"He said: “I have left.”", MTC_END_STOP},
        {"He said: “I have left”.", MTC_END_STOP},
        {"Has he left (really?)", MTC_END_QUESTION},
        {"Has he left?!", MTC_END_QUESTION},
        {"He has left. [3] [12]", MTC_END_STOP},
        {"He has left!!!", MTC_END_EXCLAMATION},
        {"He has left…", MTC_END_ELLIPSIS},
        {"He has left ...", MTC_END_ELLIPSIS},
        {"He said the following:", MTC_END_COLON},
        {"He has left;", MTC_END_SEMICOLON},
        {"He has left,", MTC_END_COMMA},
        {"He has left —", MTC_END_DASH},
        {"He has left at 5 p.m.", MTC_END_STOP},
        {"他走了。", MTC_END_STOP},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const mtc_document *const doc = read_text(CASES[i].text);
        assert_int_equal(doc->sentences.at[doc->sentences.count - 1].end, CASES[i].end);
    }
}

static void look_ups_find_what_holds_the_byte(void **state) {
    (void)state;
    const mtc_document *const doc = read_article(NULL, "A ship sank. It was old.");
    assert_int_equal(mtc_document_sentence_at(doc, 0), 0);
    assert_int_equal(mtc_document_sentence_at(doc, 12), MTC_NONE); /* the blank between */
    assert_int_equal(mtc_document_sentence_at(doc, 13), 1);
    assert_int_equal(mtc_document_sentence_at(doc, 24), MTC_NONE);
    assert_int_equal(mtc_document_line_at(doc, 23), 0);
    assert_int_equal(mtc_document_token_at(doc, 2), 1);
    assert_int_equal(mtc_document_token_at(doc, 24), doc->tokens.count);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_end_with_their_marks),
        cmocka_unit_test(abbreviations_end_no_sentence),
        cmocka_unit_test(abbreviations_can_end_sentences),
        cmocka_unit_test(closing_marks_belong_to_the_sentence_before),
        cmocka_unit_test(speakers_belong_to_what_they_say),
        cmocka_unit_test(asides_do_not_break_their_sentence),
        cmocka_unit_test(a_stop_before_a_small_letter_is_kept_as_evidence),
        cmocka_unit_test(sentences_without_space_between_are_parted_where_it_is_clear),
        cmocka_unit_test(numbers_of_sections_begin_their_sentence),
        cmocka_unit_test(colons_semicolons_and_commas_end_nothing),
        cmocka_unit_test(lines_never_run_together),
        cmocka_unit_test(the_end_is_told_through_closing_marks),
        cmocka_unit_test(look_ups_find_what_holds_the_byte),
    };
    return cmocka_run_group_tests(tests, support_begin, support_end);
}
