/* From tokens to the words that grammar counts. */
#include "language/network/clitics.h"
#include "support.h"

/* "do|n't" */
static void assert_parts(const char *token, const char *expected) {
    mtc_range parts[MTC_WORD_PARTS];
    const mtc_str text = mtc_str_of(token);
    const uint32_t count = mtc_split_word(text, parts);
    char joined[256] = "";
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++) {
        const mtc_str part = mtc_str_slice(text, parts[i]);
        if (i > 0) joined[length++] = '|';
        memcpy(joined + length, part.ptr, part.len);
        length += part.len;
    }
    joined[length] = '\0';
    assert_string_equal(joined, expected);
}

static void contractions_and_possessives_are_two_words(void **state) {
    (void)state;
    assert_parts("don't", "do|n't");
    assert_parts("DON\xE2\x80\x99T", "DO|N\xE2\x80\x99T");
    assert_parts("Maes's", "Maes|'s");
    assert_parts("ministers'", "ministers|'");
    assert_parts("they'll", "they|'ll");
    assert_parts("cannot", "can|not");
    assert_parts("o'clock", "o'clock");
    assert_parts("O'Neill", "O'Neill");
    assert_parts("'s", "'s");
    assert_parts("n't", "n't");
    assert_parts("t", "t");
}

static void hyphens_are_words_unless_a_prefix_stands_before_them(void **state) {
    (void)state;
    assert_parts("well-known", "well|-|known");
    assert_parts("mother-in-law", "mother|-|in|-|law");
    assert_parts("once-in-a-lifetime", "once|-|in|-|a|-|lifetime");
    assert_parts("e-mail", "e-mail");
    assert_parts("re-elected", "re-elected");
    assert_parts("Jean-Luc's", "Jean|-|Luc|'s");
    assert_parts("-", "-");
    assert_parts("--", "--");
    assert_parts("-x-", "-x-");
    assert_parts("pro-European", "pro-European");
    assert_parts("cross-border", "cross-border");
    assert_parts("x-rays", "x|-|rays");
    assert_parts("U.S.-led", "U.S.|-|led");
}

static void units_are_words_of_their_own(void **state) {
    (void)state;
    assert_parts("30m", "30|m");
    assert_parts("1.5bn", "1.5|bn");
    assert_parts("5:30PM", "5:30|PM");
    assert_parts("10-15km", "10|-|15|km");
    assert_parts("21st", "21st");
    assert_parts("1990s", "1990s");
    assert_parts("5G", "5G");
    assert_parts("m", "m");
    assert_parts(".m", ".m");
}

static void numbers_of_telephones_and_dates_stay_whole(void **state) {
    (void)state;
    assert_parts("555-0199", "555-0199");
    assert_parts("0-800-555-0199", "0-800-555-0199");
    assert_parts("2021-05-14", "2021-05-14");
    assert_parts("2021-22", "2021|-|22");
    assert_parts("3-1", "3|-|1");
    assert_parts("-5", "-5");
}

static void parts_are_few_and_cover_the_token(void **state) {
    (void)state;
    char token[400];
    for (size_t i = 0; i < sizeof token; i++) token[i] = i % 2 == 0 ? 'a' : '-';
    for (uint32_t length = 1; length < sizeof token; length++) {
        mtc_range parts[MTC_WORD_PARTS];
        const uint32_t count = mtc_split_word((mtc_str){token, length}, parts);
        assert_in_range(count, 1, MTC_WORD_PARTS);
        assert_int_equal(parts[0].begin, 0);
        assert_int_equal(parts[count - 1].end, length);
        for (uint32_t i = 0; i < count; i++) {
            assert_true(parts[i].begin < parts[i].end);
            if (i > 0) assert_int_equal(parts[i].begin, parts[i - 1].end);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contractions_and_possessives_are_two_words),
        cmocka_unit_test(hyphens_are_words_unless_a_prefix_stands_before_them),
        cmocka_unit_test(units_are_words_of_their_own),
        cmocka_unit_test(numbers_of_telephones_and_dates_stay_whole),
        cmocka_unit_test(parts_are_few_and_cover_the_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
