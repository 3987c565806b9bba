/* Which mentions mean the same. A text marks chains by digits behind the last words of
 * names: "Lena Holm1 met Jan Dahl2. Holm1 left." Names with one digit must be one chain,
 * and no two digits may share one. */
#include "base/status.h"
#include "language/language.h"
#include "language/name_chain.h"
#include "support.h"

static mtc_language *language;

static int begin(void **state) {
    mtc_error error;
    mtc_error_clear(&error);
    if (support_begin(state) != 0) return -1;
    if (mtc_language_new(MTC_TEST_DATA_DIR, NULL, support()->lists, &language, &error) ==
        MTC_OK)
        return 0;
    (void)fprintf(stderr, "%s: %s\n", error.file, error.message);
    return -1;
}

static int end(void **state) {
    mtc_language_free(language);
    return support_end(state);
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

enum { CHAINS = 10 };

/* The chain of the digit must be the token's, and nobody else's. */
static void compare(const char *marked, uint32_t of_digit[CHAINS], int digit,
                    uint32_t chain) {
    if (chain == MTC_NONE) fail_msg("no name before a %d: %s", digit, marked);
    if (of_digit[digit] != MTC_NONE && of_digit[digit] != chain)
        fail_msg("%d falls apart: %s", digit, marked);
    of_digit[digit] = chain;
    for (int i = 0; i < CHAINS; i++)
        if (i != digit && of_digit[i] == chain)
            fail_msg("%d and %d are one: %s", i, digit, marked);
}

static void chained(const char *marked) {
    char text[1000];
    uint32_t places[40] = {0}, of_digit[CHAINS];
    int digits[40] = {0};
    size_t length = 0, count = 0;
    for (const char *at = marked; *at != '\0'; at++) {
        if (!is_digit(*at)) {
            text[length++] = *at;
            continue;
        }
        places[count] = (uint32_t)length - 1;
        digits[count++] = *at - '0';
    }
    const mtc_document *const doc = read_article_bytes("1", (mtc_str){text, length});
    assert_int_equal(mtc_language_annotate(language, NULL, NULL, &support()->doc),
                     MTC_OK);
    for (int i = 0; i < CHAINS; i++) of_digit[i] = MTC_NONE;
    for (size_t i = 0; i < count; i++) {
        const uint32_t token = mtc_document_token_at(doc, doc->text_begin + places[i]);
        compare(marked, of_digit, digits[i], mtc_chain_of(doc, token));
    }
}

static void a_surname_stands_for_the_name(void **state) {
    (void)state;
    chained("Lena Holm1 met Jan Dahl2 in May. Later Holm1 left, and Dahl2 stayed.");
    chained("They saw Holm1 first. Then Lena Holm1 spoke.");
    chained("They saw Ursula von der Leyen1. Ms von der Leyen1 spoke to Leyen1's aide.");
}

static void titles_are_no_part_of_a_name(void **state) {
    (void)state;
    chained("They heard Prime Minister Lena Holm1. President Holm1 is what she was.");
    chained("They heard Mr. Dahl1, and Dahl1's aide.");
}

static void namesakes_are_kept_apart(void **state) {
    (void)state;
    chained("They saw Lena Holm1 and Jan Holm2. Then Holm3 spoke.");
    chained("They saw Lena Holm1 and Jan Dahl2, and Lena Holm1 left.");
}

static void a_forename_may_stand_alone(void **state) {
    (void)state;
    chained("They saw Jennifer Holm1. Then Jennifer1 spoke.");
}

static void places_do_not_lend_their_names(void **state) {
    (void)state;
    chained("They read Jack London1 in London2.");
    chained("They flew from North Korea1 to Korea2.");
}

static void initials_stand_for_a_body(void **state) {
    (void)state;
    chained("They asked the World Health Organization1. Soon the WHO1 replied.");
    chained("They asked the Bank of Northern Norway1, and the BNN1 replied to WHO2.");
}

static void days_are_no_names(void **state) {
    (void)state;
    chained("They left. On Monday Lena Holm1 came, and Holm1 spoke.");
    const mtc_document *const doc = read_text("They left, and on Monday it rained.");
    assert_int_equal(mtc_language_annotate(language, NULL, NULL, &support()->doc),
                     MTC_OK);
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (mtc_str_equal(mtc_token_bytes(doc, mtc_token_at(doc, i)), MTC_STR("Monday")))
            assert_int_equal(mtc_chain_of(doc, i), MTC_NONE);
    }
}

/* Were any of it quadratic, the time limit of the test would end it. */
static void hostile_names_are_read_to_their_end(void **state) {
    (void)state;
    static const char *const PIECES[] = {"A B. ", "Ab Cd Holm ", "ABC ", "Mr Holm, ",
                                         "of Bc "};
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        const mtc_str text = repeated(PIECES[i], 200000 / strlen(PIECES[i]));
        const mtc_document *const doc = read_article_bytes("1", text);
        mtc_mention_words words;
        mtc_mention_words_init(&words, support()->lists);
        const mtc_name_chains *found = NULL;
        assert_int_equal(mtc_name_chains_read(&words, doc, &found), MTC_OK);
        assert_non_null(found);
        free((void *)(uintptr_t)text.ptr);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_surname_stands_for_the_name),
        cmocka_unit_test(titles_are_no_part_of_a_name),
        cmocka_unit_test(namesakes_are_kept_apart),
        cmocka_unit_test(a_forename_may_stand_alone),
        cmocka_unit_test(places_do_not_lend_their_names),
        cmocka_unit_test(initials_stand_for_a_body),
        cmocka_unit_test(days_are_no_names),
        cmocka_unit_test(hostile_names_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
