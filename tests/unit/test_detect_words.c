
#include "marked.h"

static void spelling(const char *marked) {
    expect("spelling.unknown-word", marked);
}
static void capital(const char *marked) {
    expect("case.unexpected-capital", marked);
}
static void variant(const char *marked) {
    expect("consistency.name-variant", marked);
}

/* --- spelling --- */

static void slips_are_found_of_every_kind(void **state) {
    (void)state;
    spelling("The [commision] met twice this week.");   /* letter written once */
    spelling("The [tunnnel] is closed until Friday.");  /* doubled */
    spelling("She was [electde] by a narrow margin.");  /* swapped */
    spelling("The [goverment] denied it on Monday.");   /* dropped */
    spelling("They asked for more [supporrt] in May."); /* added */
    spelling("Heavy [rainfsll] was forecast for the coast.");
}

static void names_are_never_slips(void **state) {
    (void)state;
    spelling("The villages Minnister and Govermant lie near Kraknow.");
    spelling("Yesterday Arnel dela Vegga and Qaboos bin Sayd met.");
    spelling("The firms Compeny, Reprot and Satement merged.");
    spelling("He follows @goverment and #elekshun on www.satement.example.");
}

static void foreign_words_and_terms_are_left_alone(void **state) {
    (void)state;
    spelling("The court heard “el puebllo unido” from the crowd.");
    spelling("They sang la compania nueva con mandatto y fuerza until dawn.");
    spelling("The reef holds Poritez cylindrika and other corals.");
    spelling("He calls it “goverment” in all his letters.");
    spelling("The zorb rolled on. Every zorb is tested, and each zorb has a pump.");
}

static void letters_in_brackets_are_no_slips(void **state) {
    (void)state;
    spelling("\"(I)ncreasingly, we see (a) collaborat(ion) of teams,\" he said.");
}

static void anyone_may_make_a_word(void **state) {
    (void)state;
    spelling("The rebooking of unbookable non-bookings is re-debatable, vaccineless.");
    spelling("Policymakers and lawbreakers met fellow townspeople.");
}

static void british_and_american_are_both_right(void **state) {
    (void)state;
    spelling("The colour of the defence programme; the color of the defense program.");
}

static void marks_of_other_alphabets_do_not_matter(void **state) {
    (void)state;
    spelling("The cafe\u0301 served cr\u00eapes na\u00efvely; the eﬃcient waiter "
             "co\u00ADoperated.");
}

/* --- case --- */

static void a_verb_inside_a_sentence_has_no_capital(void **state) {
    (void)state;
    capital("Two more towns will [Build] a school next year.");
    capital("The boats were [Repaired] at the yard in Malmö.");
    capital("It may [Become] harder to find a nurse.");
    capital("Maes [Said] he would stay, and Dahl [Would] not object.");
    capital(
        "Four more countries [Join] a NATO exercise in the post-Brexit [Talks] round.");
    capital("They agreed on a possible [Sale] of Swedish boats.");
}

static void names_titles_and_terms_keep_their_capital(void **state) {
    (void)state;
    capital("They met President Holm and Foreign Minister Vance.");
    capital("The Panel heard the Airport; the Panel will report.");
    capital("She read Gone with the Wind and War and Peace.");
    capital("He works for Target, shops at Gap and reads Nature.");
    capital("We saw Qaboos bin Said in the crowd.");
    capital("The answer was: Build it. The answer, he said, \"Build it\".");
    capital("They signed the Convention against Torture and the pro-Russian Alternative "
            "left.");
    capital("WN Can you tell us more about it?");
    capital("It is on Booking.com and in Phase 2 of the plan.");
}

static void headlines_keep_their_capitals(void **state) {
    (void)state;
    capital("More Towns will Build Schools Next Year");
}

/* --- name variants --- */

static void the_odd_spelling_of_a_name_is_found(void **state) {
    (void)state;
    variant("Zhanna Kovalenko spoke first. Kovalenko left early. "
            "Reporters asked [Kovalienko] why.");
    variant("Slovenia voted on Sunday. Turnout in [Slovania] was low.");
    variant("The Foreign Office and the [Foreigm] Office spoke to the Foreign Office.");
}

static void people_who_resemble_each_other_are_two(void **state) {
    (void)state;
    variant("Erik Tveitane met Lars Tveitene. Erik Tveitane left.");
    variant("Rustam Sharipov came with Zarina Sharipova. Sharipov spoke.");
    variant("Hultgren beat Bultgren, and Hultgren won.");
    variant("Iran, Iranians, Iraq and Iraqis; Austria and Australia; Maria and Mario.");
    variant("Marie said Mary met Maria; Jon, John and Joan waited.");
}

/* --- Safety --- */

static void check_all(mtc_str text) {
    size_t count;
    (void)marked_check("spelling.unknown-word", text, &count);
    (void)marked_check("consistency.name-variant", text, &count);
    (void)marked_check("case.unexpected-capital", text, &count);
}

/* Distinct forms, each unknown: the dearest text there is. */
static mtc_str made_up_words(size_t words, bool capitals) {
    char *const bytes = malloc(words * 9 + 1);
    assert_non_null(bytes);
    uint32_t seed = 1;
    for (size_t i = 0; i < words; i++) {
        for (size_t k = 0; k < 8; k++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i * 9 + k] =
                (char)((capitals && k == 0 ? 'A' : 'a') + (seed >> 24) % 26);
        }
        bytes[i * 9 + 8] = i % 12 == 11 ? '\n' : ' ';
    }
    return (mtc_str){bytes, words * 9};
}

/* Were any of it quadratic, the time limit of the test would end it. */
static void made_up_words_are_read_to_their_end(void **state) {
    (void)state;
    for (int capitals = 0; capitals < 2; capitals++) {
        const mtc_str text = made_up_words(20000, capitals);
        check_all(text);
        free((void *)(uintptr_t)text.ptr);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_found_of_every_kind),
        cmocka_unit_test(names_are_never_slips),
        cmocka_unit_test(foreign_words_and_terms_are_left_alone),
        cmocka_unit_test(letters_in_brackets_are_no_slips),
        cmocka_unit_test(anyone_may_make_a_word),
        cmocka_unit_test(british_and_american_are_both_right),
        cmocka_unit_test(marks_of_other_alphabets_do_not_matter),
        cmocka_unit_test(a_verb_inside_a_sentence_has_no_capital),
        cmocka_unit_test(names_titles_and_terms_keep_their_capital),
        cmocka_unit_test(headlines_keep_their_capitals),
        cmocka_unit_test(the_odd_spelling_of_a_name_is_found),
        cmocka_unit_test(people_who_resemble_each_other_are_two),
        cmocka_unit_test(made_up_words_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, marked_load, marked_unload);
}
