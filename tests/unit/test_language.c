#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/status.h"
#include "language/language.h"

static mtc_arena lists_arena;
static mtc_wordlists *lists;
static mtc_language *language;

static int load(void **state) {
    (void)state;
    mtc_error error;
    mtc_error_clear(&error);
    mtc_arena_init(&lists_arena, 64 * 1024, 64u << 20);
    if (mtc_wordlists_load(MTC_TEST_DATA_DIR "/dicts/en", NULL, &lists_arena, &lists,
                           &error) != MTC_OK ||
        mtc_language_new(MTC_TEST_DATA_DIR, NULL, lists, &language, &error) != MTC_OK) {
        fprintf(stderr, "%s:%u: %s\n", error.file, error.line, error.message);
        return -1;
    }
    return 0;
}

static int unload(void **state) {
    (void)state;
    mtc_language_free(language);
    mtc_arena_fini(&lists_arena);
    return 0;
}

static uint32_t knows(const char *word) {
    return mtc_language_knows(language, mtc_str_of(word));
}

static void words_of_either_english_are_known(void **state) {
    (void)state;
    assert_true(knows("colour") & MTC_KNOWN_GB);
    assert_false(knows("colour") & MTC_KNOWN_US);
    assert_true(knows("color") & MTC_KNOWN_US);
    assert_true(knows("minister") & MTC_KNOWN_US);
    assert_true(knows("MINISTER") & MTC_KNOWN_US);
    assert_false(knows("minnister") & MTC_KNOWN_ANY);
    assert_false(knows("seperate") & MTC_KNOWN_ANY);
}

static void case_is_part_of_a_word(void **state) {
    (void)state;
    assert_true(knows("Monday") & MTC_KNOWN_US);
    assert_false(knows("monday") & (MTC_KNOWN_US | MTC_KNOWN_GB));
    assert_true(knows("Putin") & MTC_NAME_SEEN);
    assert_false(knows("putin") & MTC_NAME_ANY);
}

static void possessives_and_contractions_are_known(void **state) {
    (void)state;
    assert_true(knows("minister's") & MTC_KNOWN_US);
    assert_true(knows("minister\u2019s") & MTC_KNOWN_US);
    assert_true(knows("ministers'") & MTC_KNOWN_US);
    assert_true(knows("don\u2019t") & MTC_KNOWN_US);
    assert_true(knows("Putin's") & MTC_NAME_SEEN);
    assert_false(knows("minnister's") & MTC_KNOWN_ANY);
}

static void a_compound_is_known_where_its_parts_are(void **state) {
    (void)state;
    assert_true(knows("Moscow-backed") & MTC_KNOWN_US);
    assert_true(knows("twenty-year-old") & MTC_KNOWN_US);
    assert_true(knows("20-year-old") & MTC_KNOWN_US);
    assert_true(knows("well\u2011known") & MTC_KNOWN_US);
    assert_false(knows("Moscow-bakced") & MTC_KNOWN_ANY);
    assert_false(knows("twenty-yaer-old") & MTC_KNOWN_ANY);
}

static void names_are_of_their_kinds(void **state) {
    (void)state;
    assert_true(knows("Jennifer") & MTC_NAME_FIRST);
    assert_true(knows("Williams") & MTC_NAME_LAST);
    assert_true(knows("Rotterdam") & MTC_NAME_PLACE);
    assert_true(knows("Malm\u00f6") & MTC_NAME_PLACE);
    assert_true(knows("Angola") & MTC_NAME_COUNTRY);
    assert_true(knows("Angolans") & MTC_NAME_DEMONYM);
}

static void the_lexicon_tells_what_a_form_can_be(void **state) {
    (void)state;
    const mtc_lexeme *const the = mtc_language_lexeme(language, MTC_STR("the"));
    assert_non_null(the);
    assert_int_equal(the->centibels, -127);
    assert_true(the->share[MTC_TAG_DETERMINER] > 95);
    const mtc_lexeme *const join = mtc_language_lexeme(language, MTC_STR("join"));
    assert_true(join->share[MTC_TAG_BASE] > 50);
    assert_in_range(join->capital, 0, 2);
    const mtc_lexeme *const monday = mtc_language_lexeme(language, MTC_STR("monday"));
    assert_in_range(monday->capital, 98, 100);
    assert_null(mtc_language_lexeme(language, MTC_STR("minnister")));
}

static void hostile_forms_are_just_unknown(void **state) {
    (void)state;
    char hyphens[4001];
    for (size_t i = 0; i < 4000; i++) hyphens[i] = i % 2 ? '-' : 'q';
    hyphens[4000] = '\0';
    assert_int_equal(mtc_language_knows(language, (mtc_str){hyphens, 4000}), 0);
    assert_int_equal(mtc_language_knows(language, (mtc_str){NULL, 0}), 0);
    assert_int_equal(mtc_language_knows(language, (mtc_str){"a\0b", 3}) & MTC_KNOWN_LIST,
                     0);
    (void)knows("-");
    (void)knows("--a--");
    (void)knows("'s");
    (void)knows("\xF0\x9F\x98\x80");
    for (size_t length = 70; length < 110; length++)
        (void)mtc_language_knows(language, (mtc_str){hyphens, length});
}

static void suggestions_come_best_first_and_no_more_than_asked_for(void **state) {
    (void)state;
    mtc_arena arena;
    mtc_arena_init(&arena, 4096, 1 << 20);
    mtc_str *words;
    size_t count;
    assert_int_equal(
        mtc_language_suggest(language, MTC_STR("minnister"), 3, &arena, &words, &count),
        MTC_OK);
    assert_in_range(count, 1, 3);
    assert_true(mtc_str_equal(words[0], MTC_STR("minister")));
    mtc_arena_fini(&arena);
}

static void a_missing_dictionary_is_told_with_its_file(void **state) {
    (void)state;
    mtc_error error;
    mtc_error_clear(&error);
    mtc_language *none = NULL;
    assert_int_equal(
        mtc_language_new(MTC_TEST_DATA_DIR, "/nowhere", lists, &none, &error),
        MTC_INVALID_FILE);
    assert_string_equal(error.file, "/nowhere/en_US.aff");
    assert_null(none);
}

static void a_data_folder_without_network_is_told(void **state) {
    (void)state;
    char folder[] = "/tmp/mtcheck-language-XXXXXX", path[128];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/dicts", folder);
    assert_int_equal(symlink(MTC_TEST_DATA_DIR "/dicts", path), 0);
    (void)snprintf(path, sizeof path, "%s/models", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/models/tags.tsv", folder);
    assert_int_equal(symlink(MTC_TEST_DATA_DIR "/models/tags.tsv", path), 0);
    mtc_error error = {0};
    mtc_language *none = NULL;
    assert_int_equal(mtc_language_new(folder, NULL, lists, &none, &error),
                     MTC_INVALID_FILE);
    assert_non_null(strstr(error.file, "/models/en.mtm"));
    assert_null(none);
    static const char *const MADE[] = {"/models/tags.tsv", "/models", "/dicts", ""};
    for (size_t i = 0; i < sizeof MADE / sizeof *MADE; i++) {
        (void)snprintf(path, sizeof path, "%s%s", folder, MADE[i]);
        (void)remove(path);
    }
}

static void copy_into(const char *folder, const char *name, const char *from,
                      size_t most) {
    char path[512], source[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    (void)snprintf(source, sizeof source, "/usr/share/hunspell/%s", from);
    FILE *const in = fopen(source, "rb"), *const out = fopen(path, "wb");
    assert_non_null(in);
    assert_non_null(out);
    for (int byte; most > 0 && (byte = getc(in)) != EOF; most--) (void)putc(byte, out);
    (void)fclose(in);
    (void)fclose(out);
}

static void a_damaged_dictionary_is_refused(void **state) {
    (void)state;
    char folder[] = "/tmp/mtcheck-language-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *const names[] = {"en_US.aff", "en_US.dic", "en_GB.aff", "en_GB.dic"};
    for (size_t damaged = 0; damaged < 4; damaged++) {
        for (size_t i = 0; i < 4; i++)
            copy_into(folder, names[i], names[i], i == damaged ? 300 : SIZE_MAX);
        mtc_error error;
        mtc_error_clear(&error);
        mtc_language *none = NULL;
        assert_int_equal(
            mtc_language_new(MTC_TEST_DATA_DIR, folder, lists, &none, &error),
            MTC_INVALID_FILE);
        assert_null(none);
    }
    for (size_t i = 0; i < 4; i++) {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)remove(path);
    }
    (void)remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_either_english_are_known),
        cmocka_unit_test(case_is_part_of_a_word),
        cmocka_unit_test(possessives_and_contractions_are_known),
        cmocka_unit_test(a_compound_is_known_where_its_parts_are),
        cmocka_unit_test(names_are_of_their_kinds),
        cmocka_unit_test(the_lexicon_tells_what_a_form_can_be),
        cmocka_unit_test(hostile_forms_are_just_unknown),
        cmocka_unit_test(suggestions_come_best_first_and_no_more_than_asked_for),
        cmocka_unit_test(a_missing_dictionary_is_told_with_its_file),
        cmocka_unit_test(a_damaged_dictionary_is_refused),
        cmocka_unit_test(a_data_folder_without_network_is_told),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
