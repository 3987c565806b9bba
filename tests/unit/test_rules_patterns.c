#include "rules_folder.h"

typedef struct {
    rules_folder folder;
    mtc_document doc;
    mtc_budget budget;
    char found[600]; /* what was reported, "a|b|" */
    mtc_pattern_match last;
} pattern_test;

static mtc_status note(void *context, const mtc_pattern_match *match) {
    pattern_test *const test = context;
    if (match->at.begin < test->doc.text_begin) return MTC_OK; /* the title */
    const mtc_str text = mtc_document_slice(&test->doc, match->at);
    const size_t used = strlen(test->found);
    (void)snprintf(test->found + used, sizeof test->found - used, "%.*s|", (int)text.len,
                   text.ptr);
    test->last = *match;
    return MTC_OK;
}

static void run_pattern(pattern_test *test, const char *pattern, mtc_str text) {
    char rules[2000];
    (void)snprintf(rules, sizeof rules, "- id: test.rule\n" PLAIN_KEYS "%s", pattern);
    rules_folder_write(&test->folder, "dicts/colours.txt", "red\nblue\nÉcru\n");
    rules_folder_write(&test->folder, "rules/test.yaml", rules);
    if (rules_folder_load(&test->folder, false) != MTC_OK) {
        print_error("%s\n%s\n", rules, test->folder.error.message);
        fail();
    }
    mtc_arena *const arena = &test->folder.arena;
    const mtc_pattern_index *index;
    assert_int_equal(
        mtc_pattern_index_new(&test->folder.set->rules[0].pattern, 1, arena, &index),
        MTC_OK);
    test->budget = mtc_budget_unlimited();
    assert_int_equal(mtc_document_read(&test->doc, MTC_STR("1"), text, test->folder.lists,
                                       arena, &test->budget),
                     MTC_OK);
    test->found[0] = '\0';
    assert_int_equal(mtc_pattern_index_run(index, &test->doc, NULL, note, test), MTC_OK);
}

/* A pattern, a text, and what is reported in it. */
typedef struct {
    const char *pattern, *text, *found;
} matching;

static void expect_matches(const matching *cases, size_t count) {
    pattern_test test;
    rules_folder_init(&test.folder);
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        char pattern[600];
        (void)snprintf(pattern, sizeof pattern, "  pattern: %s\n", cases[i].pattern);
        run_pattern(&test, pattern, mtc_str_of(cases[i].text));
        if (strcmp(test.found, cases[i].found) == 0) continue;
        print_error("%s\n%s\nwanted %s\ngot    %s\n", cases[i].pattern, cases[i].text,
                    cases[i].found, test.found);
        wrong++;
    }
    rules_folder_fini(&test.folder);
    assert_int_equal(wrong, 0);
}
#define EXPECT_MATCHES(table) expect_matches(table, sizeof(table) / sizeof *(table))

static void each_condition_matches_what_it_says(void **state) {
    (void)state;
    static const matching CASES[] = {
        {"[{word: It}]", "It was so, and it is.", "It|"},
        {"[{word: [it, so]}]", "It was so, and it is.", "so|it|"},
        {"[{lower: it}]", "It was so, and it is.", "It|it|"},
        {"[{lower: été}]", "Then ÉTÉ came.", "ÉTÉ|"},
        {"[{list: colours}]", "The Red and blue and écru and Écru tins.",
         "Red|blue|Écru|"},
        {"[{shape: upper}]", "The NATO and McDonald and Oslo talks.", "NATO|"},
        {"[{shape: [mixed, capital], after: word}]",
         "The NATO and McDonald and Oslo run.", "McDonald|Oslo|"},
        {"[{kind: number}]", "The 3 men met 1,200 others.", "3|1,200|"},
        {"[{kind: punctuation}]", "Well, yes.", ",|.|"},
        {"[{is: sentence-start}]", "Well, yes. Quite so.", "Well|Quite|"},
        {"[{is: possessive}]", "The minister's car left.", "minister's|"},
        {"[{regex: '[a-z]+ing'}]", "Going and coming was boring things.",
         "coming|boring|"},
        {"[{regex: '(?i)é.*'}]", "The École of éclairs.", "École|éclairs|"},
        {"[{lower: it, not_after: quote}]", "\"It\" and it was.", "it|"},
        {"[{lower: it, after: start}]", "It is it.", "It|"},
        {"[{kind: word, before: comma}]", "Well, yes, no.", "Well|yes|"},
        {"[{kind: word, before: stop}]", "Well, yes.", "yes|"},
        {"[{kind: word, not_before: [word, comma]}]", "Well, oh yes.", "yes|"},
        {"[{kind: word, not: {regex: '.{3,}'}}]", "He is there at last.", "He|is|at|"},
        {"[{kind: word, not: {lower: he, after: start}}]", "He and he.", "and|he|"},
    };
    EXPECT_MATCHES(CASES);
}

static void elements_follow_each_other(void **state) {
    (void)state;
    static const matching CASES[] = {
        {"[{lower: in}, {lower: the}]", "In the end, in that, in the.", "In the|in the|"},
        {"[{lower: very, repeat: [2, 3]}]", "A very very very very good day.",
         "very very very|"},
        {"[{lower: very, repeat: [2, 3]}]", "A very good, very very bad day.",
         "very very|"},
        {"[{lower: a}, {optional: true, lower: very}, {lower: good}]",
         "A good day and a very good one and a very bad one.", "A good|a very good|"},
        {"[{optional: true, lower: not}, {lower: so}]", "So it is not so.", "So|not so|"},
        {"[{lower: a}, {kind: word, repeat: [0, 9]}, {lower: z}]", "A b c z d z.",
         "A b c z d z|"},
        {"[{kind: word}, {same_as: 1}]", "The the men saw red Red tins.",
         "The the|red Red|"},
        {"[{kind: word, repeat: [1, 3]}, {kind: punctuation}, {same_as: 1}]",
         "To see, see it.", "To see, see|"},
        {"[{lower: a}, {lower: b, mark: true}, {lower: c}]", "A b c.", "b|"},
        {"[{lower: a, mark: true}, {lower: b}, {lower: c, mark: true}]", "A b c.",
         "A b c|"},
        {"[{lower: yes}, {lower: no}]", "He said yes. No one did.", ""},
        {"[{lower: a}, {lower: a}]", "A a a a a.", "A a|a a|"},
    };
    EXPECT_MATCHES(CASES);
}

static void an_exception_keeps_the_rule_silent(void **state) {
    (void)state;
    static const matching CASES[] = {
        {"[{lower: bank}]\n  unless: [{text: '(?i)river'}]",
         "The River and its bank. The bank closed.", "bank|"},
        {"[{lower: bank}]\n  unless: [{before: {lower: west}}]",
         "The West Bank and a bank.", "bank|"},
        {"[{lower: bank}]\n  unless: [{before: [{lower: on}, {lower: the}]}]",
         "Bank on the bank. The bank.", "Bank|bank|"},
        {"[{lower: bank}]\n  unless: [{after: {kind: number}}]", "Bank 3 and bank.",
         "bank|"},
        {"[{lower: bank}]\n  unless: [{text: never}, {after: [{lower: of}]}]",
         "A bank of sand, a bank.", "bank|"},
    };
    EXPECT_MATCHES(CASES);
}

static void a_match_names_its_parts(void **state) {
    (void)state;
    pattern_test test;
    rules_folder_init(&test.folder);
    run_pattern(&test,
                "  pattern:\n    - {lower: a, repeat: [1, 2]}\n"
                "    - {optional: true, lower: b}\n    - {lower: c, mark: true}\n",
                MTC_STR("A a c."));
    const mtc_pattern_match *const match = &test.last;
    assert_int_equal(match->last - match->first, 3);
    assert_true(mtc_str_equal(mtc_document_slice(&test.doc, match->arguments[0]),
                              MTC_STR("A a")));
    assert_int_equal(mtc_range_length(match->arguments[1]), 0);
    assert_true(
        mtc_str_equal(mtc_document_slice(&test.doc, match->arguments[2]), MTC_STR("c")));
    assert_true(mtc_str_equal(mtc_document_slice(&test.doc, match->mark), MTC_STR("c")));
    rules_folder_fini(&test.folder);
}

static void only_the_rules_kinds_of_lines_are_looked_at(void **state) {
    (void)state;
    static const matching CASES[] = {
        {"[{lower: now}]\n  lines: [headline]", "It is happening now in the town.", ""},
        {"[{lower: now}]\n  lines: [body]", "It is happening now in the town.", "now|"},
    };
    EXPECT_MATCHES(CASES);
}

/* Patterns that would try every split of a long row give up at the bound. */
static void work_is_bounded_whatever_the_pattern(void **state) {
    (void)state;
    enum { LENGTH = 200000 };
    char *const text = malloc(LENGTH);
    assert_non_null(text);
    for (size_t i = 0; i < LENGTH; i += 2) memcpy(text + i, "a ", 2);
    text[LENGTH - 2] = '.';
    pattern_test test;
    rules_folder_init(&test.folder);
    run_pattern(&test,
                "  pattern:\n    - {lower: a, repeat: [0, 20]}\n"
                "    - {lower: a, repeat: [0, 20]}\n    - {lower: a, repeat: [0, 20]}\n"
                "    - {lower: b}\n",
                (mtc_str){text, LENGTH / 100});
    assert_string_equal(test.found, "");
    memset(text, 'a', LENGTH - 2);
    run_pattern(&test, "  pattern: [{regex: '(a+)+[bd]'}]\n", (mtc_str){text, 250});
    assert_string_equal(test.found, "");
    run_pattern(&test, "  pattern: [{regex: '(a+)+[bd]'}]\n",
                (mtc_str){text, LENGTH - 2});
    assert_string_equal(test.found, "");
    /* a condition that gives no answer is met neither way */
    run_pattern(&test, "  pattern: [{kind: word, not: {regex: '(a+)+[bd]'}}]\n",
                (mtc_str){text, 250});
    assert_string_equal(test.found, "");
    rules_folder_fini(&test.folder);
    free(text);
}

static void an_expired_budget_ends_the_run(void **state) {
    (void)state;
    pattern_test test;
    rules_folder_init(&test.folder);
    run_pattern(&test, "  pattern: [{lower: now}]\n", MTC_STR("Now is now."));
    assert_string_equal(test.found, "Now|now|");
    const mtc_pattern_index *index;
    assert_int_equal(mtc_pattern_index_new(&test.folder.set->rules[0].pattern, 1,
                                           &test.folder.arena, &index),
                     MTC_OK);
    test.budget.expired = true;
    assert_int_equal(mtc_pattern_index_run(index, &test.doc, NULL, note, &test),
                     MTC_DEADLINE);
    test.budget.expired = false;
    const bool unwanted = false;
    test.found[0] = '\0';
    assert_int_equal(mtc_pattern_index_run(index, &test.doc, &unwanted, note, &test),
                     MTC_OK);
    assert_string_equal(test.found, "");
    rules_folder_fini(&test.folder);
}

/* The index only saves time: it finds what each pattern finds alone. */
static void many_patterns_find_what_each_finds_alone(void **state) {
    (void)state;
    static const char *const PATTERNS[] = {"{lower: the}", "{shape: capital}",
                                           "{list: colours}", "{regex: '.*n'}",
                                           "{kind: number}"};
    enum { KINDS = sizeof PATTERNS / sizeof *PATTERNS, COUNT = 150 };
    const mtc_str text =
        MTC_STR("The Red men and 3 blue women saw the Écru van in Ghent.");
    pattern_test test;
    rules_folder_init(&test.folder);
    rules_folder_write(&test.folder, "dicts/colours.txt", "red\nblue\n");
    size_t alone[COUNT];
    static char rules[COUNT * 300];
    size_t length = 0;
    for (size_t i = 0; i < COUNT; i++) {
        char pattern[100];
        (void)snprintf(pattern, sizeof pattern, "  pattern: [%s]\n", PATTERNS[i % KINDS]);
        run_pattern(&test, pattern, text);
        size_t found = 0;
        for (const char *p = test.found; *p != '\0'; p++) found += *p == '|';
        alone[i] = found;
        length += (size_t)snprintf(rules + length, sizeof rules - length,
                                   "- id: test.r%03zu\n" PLAIN_KEYS "%s", i, pattern);
    }
    rules_folder_write(&test.folder, "rules/test.yaml", rules);
    rules_folder_write(&test.folder, "dicts/colours.txt", "red\nblue\nÉcru\n");
    assert_int_equal(rules_folder_load(&test.folder, false), MTC_OK);
    const mtc_pattern *patterns[COUNT];
    for (size_t i = 0; i < COUNT; i++) patterns[i] = test.folder.set->rules[i].pattern;
    const mtc_pattern_index *index;
    mtc_arena *const arena = &test.folder.arena;
    assert_int_equal(mtc_pattern_index_new(patterns, COUNT, arena, &index), MTC_OK);
    assert_int_equal(mtc_document_read(&test.doc, MTC_STR("1"), text, test.folder.lists,
                                       arena, &test.budget),
                     MTC_OK);
    for (size_t i = 0; i < COUNT; i++) {
        bool wanted[COUNT] = {false};
        wanted[i] = true;
        test.found[0] = '\0';
        assert_int_equal(mtc_pattern_index_run(index, &test.doc, wanted, note, &test),
                         MTC_OK);
        size_t together = 0;
        for (const char *p = test.found; *p != '\0'; p++) together += *p == '|';
        assert_int_equal(together, alone[i]);
        assert_true(alone[i] > 0);
    }
    rules_folder_fini(&test.folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_condition_matches_what_it_says),
        cmocka_unit_test(elements_follow_each_other),
        cmocka_unit_test(an_exception_keeps_the_rule_silent),
        cmocka_unit_test(a_match_names_its_parts),
        cmocka_unit_test(only_the_rules_kinds_of_lines_are_looked_at),
        cmocka_unit_test(work_is_bounded_whatever_the_pattern),
        cmocka_unit_test(an_expired_budget_ends_the_run),
        cmocka_unit_test(many_patterns_find_what_each_finds_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
