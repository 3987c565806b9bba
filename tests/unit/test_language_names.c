#include "support.h"

#include "base/status.h"
#include "language/derivation.h"
#include "language/language.h"
#include "language/names.h"
#include "language/neighbour.h"

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

static const mtc_document *annotated(const char *text, mtc_speller_cache *cache,
                                     const mtc_wordset *believed) {
    (void)read_text(text);
    assert_int_equal(mtc_language_annotate(language, cache, believed, &support()->doc),
                     MTC_OK);
    return &support()->doc;
}

static const mtc_word *word_of(const mtc_document *doc, const char *text) {
    for (size_t i = 0; i < doc->words.count; i++) {
        if (mtc_str_equal(doc->words.at[i].text, mtc_str_of(text)) &&
            doc->words.at[i].first_token != MTC_NONE)
            return &doc->words.at[i];
    }
    fail_msg("no word %s", text);
    return NULL;
}

static bool is_believed(const char *text, const char *word) {
    return (word_of(annotated(text, NULL, NULL), word)->knowledge & MTC_NAME_BELIEVED) !=
           0;
}

static void a_title_makes_a_name(void **state) {
    (void)state;
    assert_true(is_believed("They heard Mr Qvorxel today.", "Qvorxel"));
    assert_true(is_believed("They heard Mr. Qvorxel's aide today.", "Qvorxel's"));
    assert_false(is_believed("They heard the Qvorxel today.", "Qvorxel"));
}

static void a_name_makes_its_neighbour_a_name(void **state) {
    (void)state;
    assert_true(is_believed("They heard Jennifer Qvorxel today.", "Qvorxel"));
    assert_true(is_believed("They heard Jennifer Zzorv Qvorxel today.", "Qvorxel"));
    assert_false(is_believed("They heard Jennifer, Qvorxel and others.", "Qvorxel"));
}

static void what_is_repeated_with_a_capital_is_a_name(void **state) {
    (void)state;
    assert_true(is_believed("We like Qvorxel. The price of Qvorxel rose.", "Qvorxel"));
    assert_false(
        is_believed("We like Qvorxel. The price of qvorxel in Qvorxel rose.", "Qvorxel"));
}

static void initials_spelt_out_make_a_name(void **state) {
    (void)state;
    assert_true(is_believed("The Zzorv Qvorxel Union (ZQU) met.", "Qvorxel"));
    assert_true(is_believed("The Zzorv Qvorxel Union (ZQU) met.", "ZQU"));
    assert_false(is_believed("The Zzorv Qvorxel Xandrel (ABC) met.", "Zzorv"));
}

static void common_words_are_not_believed_to_be_names(void **state) {
    (void)state;
    assert_false(is_believed("They saw President Could not come.", "Could"));
    assert_false(is_believed("They Join us. We Join them. You Join both.", "Join"));
}

static void words_of_the_request_are_believed(void **state) {
    (void)state;
    mtc_wordset believed = {0};
    mtc_arena *const arena = &support()->lasting;
    assert_true(mtc_wordset_add(&believed, arena, MTC_STR("qvorxel"), (mtc_str){0}));
    assert_true(mtc_wordset_add(&believed, arena, MTC_STR("Zzorv"), (mtc_str){0}));
    const mtc_document *const doc =
        annotated("A Qvorxel and a qvorxel, a Zzorv and a zzorv.", NULL, &believed);
    assert_true(word_of(doc, "Qvorxel")->knowledge & MTC_KNOWN_LIST);
    assert_true(word_of(doc, "qvorxel")->knowledge & MTC_KNOWN_LIST);
    assert_true(word_of(doc, "Zzorv")->knowledge & MTC_KNOWN_LIST);
    assert_false(word_of(doc, "zzorv")->knowledge & MTC_KNOWN_LIST);
}

static void a_word_has_the_lexeme_of_its_stem(void **state) {
    (void)state;
    const mtc_document *const doc =
        annotated("The Minister's office and MINISTER'S men.", NULL, NULL);
    const mtc_lexeme *const minister = mtc_language_lexeme(language, MTC_STR("minister"));
    assert_non_null(minister);
    assert_ptr_equal(word_of(doc, "Minister's")->lexeme, minister);
}

/* --- The cache changes speed, never an answer --- */

static void answers_do_not_depend_on_what_was_asked_before(void **state) {
    (void)state;
    mtc_speller_cache *const cache = mtc_speller_cache_new();
    assert_non_null(cache);
    uint32_t first[64];
    const char *const text =
        "Monday monday MONDAY colour color colur the Thee minister's Ministers "
        "well-known wel-known O'Brien o'clock Qvorxel antidisestablishmentarianism "
        "counterrevolutionaries incomprehensibilities iPhone NATO nato.";
    for (int round = 0; round < 3; round++) {
        const mtc_document *const doc = annotated(text, round == 0 ? NULL : cache, NULL);
        assert_in_range(doc->words.count, 20, 64);
        for (size_t i = 0; i < doc->words.count; i++) {
            if (round == 0) first[i] = doc->words.at[i].knowledge;
            assert_int_equal(doc->words.at[i].knowledge, first[i]);
        }
        /* Many other forms take the places of these. */
        char bytes[40000];
        size_t length = 0;
        for (unsigned k = 0; k < 5000; k++) {
            unsigned value = k * 7919u;
            for (size_t c = 0; c < 6; c++, value /= 23)
                bytes[length++] = (char)('a' + value % 23);
            bytes[length++] = ' ';
        }
        bytes[length] = '\0';
        (void)annotated(bytes, cache, NULL);
    }
    mtc_speller_cache_free(cache);
}

/* --- Neighbours and derivations --- */

static void neighbour(const char *form, mtc_slip slip, const char *meant) {
    mtc_neighbour found;
    assert_true(mtc_neighbour_find(language, mtc_str_of(form), &found));
    assert_string_equal(found.form, meant);
    assert_int_equal(found.slip, slip);
}

static void the_likeliest_word_one_slip_away_is_found(void **state) {
    (void)state;
    neighbour("tunnnel", MTC_SLIP_DOUBLED, "tunnel");
    neighbour("acommodate", MTC_SLIP_DOUBLED, "accommodate");
    neighbour("electde", MTC_SLIP_TRANSPOSED, "elected");
    neighbour("goverment", MTC_SLIP_DROPPED, "government");
    neighbour("suppoqrt", MTC_SLIP_ADDED, "support");
    neighbour("mimister", MTC_SLIP_REPLACED, "minister");
    mtc_neighbour found;
    assert_false(mtc_neighbour_find(language, MTC_STR("qvorxelzz"), &found));
    assert_false(mtc_neighbour_find(language, MTC_STR("\u00e9t\u00e9"), &found));
    assert_false(mtc_neighbour_find(language, MTC_STR(""), &found));
    assert_false(mtc_neighbour_find(language, MTC_STR("a"), &found));
}

static void finds(const char *word, const char *form, size_t length) {
    mtc_neighbour found;
    assert_true(mtc_neighbour_find(language, (mtc_str){form, length}, &found));
    found.form[found.length] = '\0';
    assert_string_equal(found.form, word);
}

static void a_word_is_found_from_every_form_one_slip_away(void **state) {
    (void)state;
    const char *const word = "parliamentary";
    const size_t length = strlen(word);
    char form[32];
    for (size_t at = 0; at < length; at++) {
        memcpy(form, word, at); /* a letter dropped */
        memcpy(form + at, word + at + 1, length - at - 1);
        finds(word, form, length - 1);
        memcpy(form, word, length); /* replaced */
        form[at] = word[at] == 'q' ? 'x' : 'q';
        finds(word, form, length);
        memcpy(form + at + 1, word + at, length - at); /* added */
        form[at] = 'x';
        finds(word, form, length + 1);
        if (at + 1 == length) continue;
        memcpy(form, word, length); /* swapped */
        form[at] = word[at + 1];
        form[at + 1] = word[at];
        finds(word, form, length);
    }
}

static mtc_slip slip(const char *wrong, const char *right, size_t expected_at) {
    size_t at = 99;
    const mtc_slip found = mtc_slip_between(mtc_str_of(wrong), mtc_str_of(right), &at);
    if (found != MTC_SLIP_NONE) assert_int_equal(at, expected_at);
    return found;
}

static void slips_are_told_apart(void **state) {
    (void)state;
    assert_int_equal(slip("abc", "abc", 0), MTC_SLIP_NONE);
    assert_int_equal(slip("", "", 0), MTC_SLIP_NONE);
    assert_int_equal(slip("", "a", 0), MTC_SLIP_DROPPED);
    assert_int_equal(slip("abxd", "abcd", 2), MTC_SLIP_REPLACED);
    assert_int_equal(slip("abdc", "abcd", 2), MTC_SLIP_TRANSPOSED);
    assert_int_equal(slip("abbc", "abc", 2), MTC_SLIP_DOUBLED);
    assert_int_equal(slip("abc", "abbc", 2), MTC_SLIP_DOUBLED);
    assert_int_equal(slip("abcx", "abc", 3), MTC_SLIP_ADDED);
    assert_int_equal(slip("ac", "abc", 1), MTC_SLIP_DROPPED);
    assert_int_equal(slip("axyd", "abcd", 0), MTC_SLIP_NONE);
}

static bool derives(const char *form) {
    const mtc_derivation derivation = mtc_derivation_of(language, support()->lists);
    return mtc_derivation_explains(&derivation, mtc_str_of(form));
}

static void coinages_are_explained_and_slips_are_not(void **state) {
    (void)state;
    assert_true(derives("refinanceable"));
    assert_true(derives("antivaccination"));
    assert_true(derives("marketless"));
    assert_true(derives("schoolworker"));
    assert_false(derives("satement"));
    assert_false(derives("goverment"));
    assert_false(derives("rerere"));
    assert_false(derives("ness"));
    assert_false(derives(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_makes_a_name),
        cmocka_unit_test(a_word_is_found_from_every_form_one_slip_away),
        cmocka_unit_test(a_name_makes_its_neighbour_a_name),
        cmocka_unit_test(what_is_repeated_with_a_capital_is_a_name),
        cmocka_unit_test(initials_spelt_out_make_a_name),
        cmocka_unit_test(common_words_are_not_believed_to_be_names),
        cmocka_unit_test(words_of_the_request_are_believed),
        cmocka_unit_test(a_word_has_the_lexeme_of_its_stem),
        cmocka_unit_test(answers_do_not_depend_on_what_was_asked_before),
        cmocka_unit_test(the_likeliest_word_one_slip_away_is_found),
        cmocka_unit_test(slips_are_told_apart),
        cmocka_unit_test(coinages_are_explained_and_slips_are_not),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
