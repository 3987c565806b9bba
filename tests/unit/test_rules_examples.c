#include "rules_folder.h"

#include "rules/examples.h"

#define ENTRY "- id: test.rule\n" PLAIN_KEYS

static mtc_status read_examples(rules_folder *folder, const char *file,
                                mtc_example_list *ret_list) {
    rules_folder_write(folder, "rules/test.yaml", file);
    mtc_error_clear(&folder->error);
    return mtc_examples_read(folder->rules, &folder->arena, ret_list, &folder->error);
}

static void marks_are_taken_out_and_their_places_kept(void **state) {
    (void)state;
    rules_folder folder;
    rules_folder_init(&folder);
    mtc_example_list list;
    assert_int_equal(read_examples(&folder,
                                   ENTRY "  wrong:\n"
                                         "    - \"In [in] Oslo.\"\n"
                                         "    - \"\\\\[sic\\\\] é [a] b [c\\nd].\"\n"
                                         "    - {title: \"So [so]\", text: \"Text.\"}\n"
                                         "  right:\n"
                                         "    - \"An [aside] stands.\"\n"
                                         "    - {text: \"T.\", profile: strict}\n",
                                   &list),
                     MTC_OK);
    assert_int_equal(list.examples.count, 5);
    const mtc_example *at = list.examples.at;
    assert_true(at[0].is_wrong && at[0].number == 1 && at[0].line == 9);
    assert_true(mtc_str_equal(at[0].rule, MTC_STR("test.rule")));
    assert_true(mtc_str_equal(at[0].text, MTC_STR("In in Oslo.")));
    assert_true(mtc_str_equal(at[0].title, MTC_EXAMPLE_TITLE));
    assert_true(at[0].expected[0].begin == 3 && at[0].expected[0].end == 5);
    assert_true(mtc_str_equal(at[1].text, MTC_STR("[sic] é a b c\nd.")));
    assert_int_equal(at[1].expected_count, 2);
    assert_true(at[1].expected[1].begin == 13 && at[1].expected[1].end == 16);
    assert_true(at[2].is_in_title && mtc_str_equal(at[2].title, MTC_STR("So so")));
    assert_true(!at[3].is_wrong && at[3].expected_count == 0);
    assert_true(mtc_str_equal(at[3].text, MTC_STR("An [aside] stands.")));
    assert_string_equal(at[4].profile, "strict");
    assert_int_equal(list.counts.count, 1);
    assert_true(list.counts.at[0].wrong == 3 && list.counts.at[0].right == 2);
    rules_folder_fini(&folder);
}

static void changes_to_other_rules_owe_no_examples(void **state) {
    (void)state;
    rules_folder folder;
    rules_folder_init(&folder);
    mtc_example_list list;
    assert_int_equal(
        read_examples(&folder, "- {id: test.rule, severity: major}\n" ENTRY, &list),
        MTC_OK);
    assert_int_equal(list.examples.count, 0);
    assert_int_equal(list.counts.count, 1);
    assert_int_equal(list.counts.at[0].line, 2);
    rules_folder_fini(&folder);
}

static void a_wrong_example_is_refused_with_its_place(void **state) {
    (void)state;
    static const struct {
        const char *file;
        unsigned line;
        const char *reason;
    } REFUSALS[] = {
        {"a: b\n", 1, "a rule file is a list of rules"},
        {"- summary: x\n", 1, "lacks the key \"id\""},
        {ENTRY "  wrong: text\n", 8, "wrong must be a list of examples"},
        {ENTRY "  wrong: [a]\n", 8, "marks what is to be found with [ ]"},
        {ENTRY "  wrong: [\"[a\"]\n", 8, "do not pair"},
        {ENTRY "  wrong: [\"a]\"]\n", 8, "do not pair"},
        {ENTRY "  wrong: [\"[[a]]\"]\n", 8, "do not pair"},
        {ENTRY "  wrong: [\"[][][][][][][][][]\"]\n", 8, "do not pair"},
        {ENTRY "  wrong: [{title: \"[a]\", text: \"[b]\"}]\n", 8, "title and text"},
        {ENTRY "  wrong: [{title: a}]\n", 8, "lacks its text"},
        {ENTRY "  wrong: [{txt: a}]\n", 8, "did you mean \"text\"?"},
        {ENTRY "  right: [{text: [a]}]\n", 8, "text must be text"},
    };
    rules_folder folder;
    rules_folder_init(&folder);
    for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++) {
        mtc_example_list list;
        assert_int_equal(read_examples(&folder, REFUSALS[i].file, &list),
                         MTC_INVALID_FILE);
        assert_non_null(strstr(folder.error.message, REFUSALS[i].reason));
        assert_int_equal(folder.error.line, REFUSALS[i].line);
    }
    rules_folder_fini(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_taken_out_and_their_places_kept),
        cmocka_unit_test(changes_to_other_rules_owe_no_examples),
        cmocka_unit_test(a_wrong_example_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
