#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/wordset.h"

static void globs_match_as_a_shell_does(void **state) {
    (void)state;
    assert_true(
        mtc_str_matches_glob(MTC_STR("spelling.unknown-word"), MTC_STR("spelling.*")));
    assert_true(mtc_str_matches_glob(MTC_STR("a.b"), MTC_STR("?.?")));
    assert_false(mtc_str_matches_glob(MTC_STR("a.b"), MTC_STR("a.bc*")));
}

static void an_arena_stops_at_its_limit_and_starts_anew(void **state) {
    (void)state;
    mtc_arena arena;
    mtc_arena_init(&arena, 1024, 8192);
    size_t pieces = 0;
    while (mtc_arena_take(&arena, 1000) != NULL) pieces++;
    assert_in_range(pieces, 5, 8);
    assert_true(arena.exhausted);
    mtc_arena_reset(&arena);
    assert_non_null(mtc_arena_take(&arena, 1000));
    mtc_arena_fini(&arena);
}

static void words_are_compared_in_their_normal_form(void **state) {
    (void)state;
    mtc_arena arena;
    mtc_arena_init(&arena, 1024, 1 << 20);
    const mtc_str composed = mtc_utf8_normalise(MTC_STR("Cafe\u0301"), &arena);
    assert_true(mtc_str_equal(composed, MTC_STR("Caf\u00e9")));
    assert_true(mtc_str_equal(mtc_utf8_normalise(MTC_STR("e\uFB03cient"), &arena),
                              MTC_STR("efficient")));
    assert_true(mtc_str_equal(mtc_utf8_normalise(MTC_STR("co\u00ADop"), &arena),
                              MTC_STR("coop")));
    assert_true(mtc_str_equal(mtc_utf8_fold(MTC_STR("\u00c9COLE"), &arena),
                              MTC_STR("\u00e9cole")));
    mtc_arena_fini(&arena);
}

static void a_wordset_finds_what_was_added(void **state) {
    (void)state;
    mtc_arena arena;
    mtc_arena_init(&arena, 1024, 1 << 20);
    mtc_wordset set = {0};
    assert_true(
        mtc_wordset_add(&set, &arena, MTC_STR("prime minister"), MTC_STR("title")));
    for (int i = 0; i < 26; i++) {
        char *const letter = mtc_arena_take(&arena, 1);
        *letter = (char)('a' + i);
        assert_true(mtc_wordset_add(&set, &arena, (mtc_str){letter, 1}, (mtc_str){0}));
    }
    assert_true(mtc_wordset_has(&set, MTC_STR("q")));
    assert_false(mtc_wordset_has(&set, MTC_STR("Q")));
    assert_int_equal(set.longest, 2);
    assert_true(mtc_str_equal(mtc_wordset_find(&set, MTC_STR("prime minister"))->payload,
                              MTC_STR("title")));
    mtc_arena_fini(&arena);
}

static void invalid_utf8_is_found_at_its_first_byte(void **state) {
    (void)state;
    assert_int_equal(mtc_utf8_valid_prefix(MTC_STR("ab\xC0\x80")), 2);
    assert_int_equal(mtc_utf8_valid_prefix(MTC_STR("a\xED\xA0\x80")), 1);
    assert_int_equal(mtc_utf8_valid_prefix(MTC_STR("\xF4\x90\x80\x80")), 0);
    assert_int_equal(mtc_utf8_valid_prefix(MTC_STR("\xF0\x9F\x98\x80x\xE2\x82")), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(globs_match_as_a_shell_does),
        cmocka_unit_test(an_arena_stops_at_its_limit_and_starts_anew),
        cmocka_unit_test(words_are_compared_in_their_normal_form),
        cmocka_unit_test(a_wordset_finds_what_was_added),
        cmocka_unit_test(invalid_utf8_is_found_at_its_first_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
