/* Residues, untranslated stretches, quotation marks and punctuation: what the detectors
 * report and what they leave alone, and that hostile articles take linear time. */

#include "marked.h"

static void unclosed(const char *marked) {
    expect("quotes.unpaired", marked);
}
static void script(const char *marked) {
    expect("untranslated.script", marked);
}
static void language(const char *marked) {
    expect("untranslated.language", marked);
}

/* --- Residues --- */

static void entities_come_with_their_repair(void **state) {
    (void)state;
    size_t count;
    const mtc_issue *const issues = marked_check(
        "residue.entity", MTC_STR("Fish &amp;amp; chips were sold."), &count);
    assert_int_equal(count, 1);
    assert_int_equal(issues[0].repair_count, 1);
    assert_true(mtc_str_equal(issues[0].repairs[0].replacement, MTC_STR("&")));
}

static void look_alike_letters_are_repaired_to_latin(void **state) {
    (void)state;
    size_t count;
    const mtc_issue *const issues = marked_check(
        "residue.hidden-characters", MTC_STR("The h\u0430rb\u043Eur was shut."), &count);
    assert_int_equal(count, 1);
    assert_true(mtc_str_equal(issues[0].repairs[0].replacement, MTC_STR("harbour")));
}

static void lines_of_one_kind_are_one_issue(void **state) {
    (void)state;
    expect("residue.markup", "It rained.\n\n[<div>\n<p class=\"a\">\n</p>\n</div>]\n\nIt "
                             "snowed.");
    expect("residue.interface",
           "It rained.\n\n[Share this story\n\nPrint this page]\n\nIt snowed.");
}

/* --- Untranslated --- */

static void a_foreign_word_inside_an_english_quotation_is_left_over(void **state) {
    (void)state;
    script("“We asked the [министр] about it,” she said on Friday.");
    script("“Привет всем” was written on the wall of the school.");
}

static void foreign_sentences_beside_markup_are_found(void **state) {
    (void)state;
    language(
        "It rained.\n\n<p> [Der Regen wollte gestern nicht aufhören.]\n\nIt snowed.");
}

static void many_languages_are_known(void **state) {
    (void)state;
    language("It rained. [Regnet ville ikke slutte før om natten.] It snowed.");
    language("It rained. [Sade ei loppunut ennen kuin yöllä.] It snowed.");
    language("It rained. [Hujan tidak berhenti sampai pada malam hari.] It snowed.");
    language(
        "It rained. [Ploaia nu s-a oprit până în noapte, și apoi a nins.] It snowed.");
    language("It rained. [Az eső nem állt el, csak éjszaka után.] It snowed.");
    language("It rained. [A chuva não parou até à noite, disse ele ontem.] It snowed.");
}

static void names_and_dialect_are_no_other_language(void **state) {
    (void)state;
    language(
        "The Partido de los Trabajadores and the Fondazione Museo delle Culture met.");
    language("Ye cannae dae that, lad, he said, an' he wisnae jokin' aboot it.");
    language("The winners were Jan van der Berg, Luis de la Cruz and Anna zu Hohenlohe.");
    language(
        "He plays for Atlético de Madrid, Borussia Dortmund and Paris Saint-Germain.");
}

static void an_article_in_another_language_gets_one_issue(void **state) {
    (void)state;
    static const char TEXT[] =
        "La pluie n'a pas cessé avant la nuit, selon les habitants du village. Les "
        "routes "
        "étaient fermées et les enfants sont restés chez eux avec leurs parents. Il a "
        "neigé "
        "ensuite pendant toute la matinée..  Une route a été rouverte dans la soirée.";
    size_t count;
    const mtc_issue *const issues = marked_check("*", MTC_STR(TEXT), &count);
    assert_int_equal(count, 1);
    assert_true(mtc_str_equal(issues[0].rule, MTC_STR("untranslated.article")));
}

/* --- Quotation marks and brackets --- */

static void quotations_may_run_over_paragraphs(void **state) {
    (void)state;
    unclosed("He said: “It rained.\n\n“It snowed.\n\n“It froze.”");
    unclosed("He said: \"It rained.\n\nIt snowed.\n\nIt froze.\"\n\nHe left.");
}

static void a_new_quotation_shows_that_the_last_one_never_closed(void **state) {
    (void)state;
    unclosed("He spoke of [“]rain and left.\n\nIt was late.\n\n“It froze,” she said.");
    unclosed("He spoke of [\"]rain and left. \"It froze,\" she said.");
    unclosed("He spoke of [\"]rain and left.");
}

static void measures_and_apostrophes_are_no_quotations(void **state) {
    (void)state;
    unclosed("The plank is 6'2\" long and 12\" wide, the boys' fathers said in '98.");
    unclosed("'Twas the '60s, rock 'n' roll and o'clock.");
}

/* --- Punctuation --- */

static void decimal_commas_need_a_unit(void **state) {
    (void)state;
    expect("punctuation.number-format",
           "It cost [2,5] billion, and 2,500 people paid 3,4.");
}

static void marks_beside_their_own_script_are_sound(void **state) {
    (void)state;
    expect("punctuation.foreign", "He wrote (你好，世界。) on the wall.");
}

/* --- Safety --- */

/* Were any of it quadratic, the time limit of the test would end it. */
static void hostile_articles_are_read_to_their_end(void **state) {
    (void)state;
    static const char *const PIECES[] = {
        "\"a ",   "a\" ",   "“a, he said. ",  "(",      "a) ",
        "(a [b ", "\"\n\n", "der die ",       "слово ", "слово a ",
        "a,b",    " , ",    "3,5 ",           "1.2.",   "“a\n\n“b, x said.\n\n",
        "字",     "zqx ",   "zqx der a the ", "..",     "&nbsp; ",
        "<b>a "};
    enum { LENGTH = 200 * 1024 };
    char *const text = malloc(LENGTH);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        const mtc_str piece = mtc_str_of(PIECES[i]);
        size_t length = 0, count = 0;
        for (; length + piece.len <= LENGTH; length += piece.len)
            memcpy(text + length, piece.ptr, piece.len);
        (void)marked_check("*", (mtc_str){text, length}, &count);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entities_come_with_their_repair),
        cmocka_unit_test(look_alike_letters_are_repaired_to_latin),
        cmocka_unit_test(lines_of_one_kind_are_one_issue),
        cmocka_unit_test(a_foreign_word_inside_an_english_quotation_is_left_over),
        cmocka_unit_test(foreign_sentences_beside_markup_are_found),
        cmocka_unit_test(many_languages_are_known),
        cmocka_unit_test(names_and_dialect_are_no_other_language),
        cmocka_unit_test(an_article_in_another_language_gets_one_issue),
        cmocka_unit_test(quotations_may_run_over_paragraphs),
        cmocka_unit_test(a_new_quotation_shows_that_the_last_one_never_closed),
        cmocka_unit_test(measures_and_apostrophes_are_no_quotations),
        cmocka_unit_test(decimal_commas_need_a_unit),
        cmocka_unit_test(marks_beside_their_own_script_are_sound),
        cmocka_unit_test(hostile_articles_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, marked_load, marked_unload);
}
