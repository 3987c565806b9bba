#include "rules_folder.h"

#include <math.h>

#include "rules/confidence.h"

static const char RULES[] =
    "- id: test.one\n" PLAIN_KEYS "- id: test.two\n" PLAIN_KEYS "- id: test.meaning\n"
    "  summary: A rule\n  message: It is wrong.\n"
    "  dimension: accuracy\n  type: mistranslation\n"
    "  its: mistranslation\n  severity: major\n";

static double ask(const rules_folder *folder, const char *id, double evidence) {
    const mtc_rule *const rule = mtc_rule_set_find(folder->set, mtc_str_of(id));
    assert_non_null(rule);
    return mtc_confidence_of(rule, evidence);
}

static bool near(double a, double b) {
    return fabs(a - b) < 1e-9;
}

static void begin(rules_folder *folder, const char *curves) {
    rules_folder_init(folder);
    rules_folder_write(folder, "rules/test.yaml", RULES);
    rules_folder_write(folder, "rules/confidence.yaml", curves);
}

static void a_curve_is_straight_between_its_knots_and_level_beyond(void **state) {
    (void)state;
    rules_folder folder;
    begin(&folder, "- {rules: test.one, knots: [[0.4, 0.2], [0.8, 0.9]]}\n");
    assert_int_equal(rules_folder_load(&folder, false), MTC_OK);
    assert_true(near(ask(&folder, "test.one", 0.1), 0.2));
    assert_true(near(ask(&folder, "test.one", 0.4), 0.2));
    assert_true(near(ask(&folder, "test.one", 0.6), 0.55));
    assert_true(near(ask(&folder, "test.one", 0.8), 0.9));
    assert_true(near(ask(&folder, "test.one", 1), 0.9));
    rules_folder_fini(&folder);
}

static void a_rule_without_a_curve_is_believed_as_it_says(void **state) {
    (void)state;
    rules_folder folder;
    begin(&folder, "- {rules: test.one, knots: [[0.5, 0.9]]}\n");
    assert_int_equal(rules_folder_load(&folder, false), MTC_OK);
    assert_true(near(ask(&folder, "test.two", 0.37), 0.37));
    rules_folder_fini(&folder);
}

static void a_suspected_error_of_meaning_stays_a_suspicion(void **state) {
    (void)state;
    rules_folder folder;
    begin(&folder, "- {rules: \"test.*\", knots: [[0.5, 0.9]]}\n");
    assert_int_equal(rules_folder_load(&folder, false), MTC_OK);
    assert_true(near(ask(&folder, "test.meaning", (double)0.6f), 0.6));
    assert_true(near(ask(&folder, "test.meaning", 0.65), 0.9));
    assert_true(near(ask(&folder, "test.one", 0.6), 0.9));
    rules_folder_fini(&folder);
}

static void an_operator_has_the_last_word_on_confidence(void **state) {
    (void)state;
    rules_folder folder;
    begin(&folder, "- {rules: \"test.*\", knots: [[0.5, 0.9]]}\n");
    rules_folder_write(&folder, "overlay/rules.d/a.yaml",
                       "- {id: test.one, confidence: 0.3}\n");
    assert_int_equal(rules_folder_load(&folder, true), MTC_OK);
    assert_true(near(ask(&folder, "test.one", 0.3), 0.3));
    assert_true(near(ask(&folder, "test.two", 0.8), 0.9));
    rules_folder_write(&folder, "overlay/rules.d/confidence.yaml",
                       "- {rules: \"*\", knots: []}\n");
    assert_int_equal(rules_folder_load(&folder, true), MTC_OK);
    assert_true(near(ask(&folder, "test.two", 0.8), 0.8));
    rules_folder_fini(&folder);
}

static void a_wrong_curve_is_refused_with_its_place(void **state) {
    (void)state;
    static const struct {
        const char *curves;
        unsigned line, column;
        const char *reason;
    } REFUSALS[] = {
        {"rules: a\n", 1, 1, "curves are a list"},
        {"- {rules: test.one}\n", 1, 3, "a curve lacks the key \"knots\""},
        {"- {knots: []}\n", 1, 3, "a curve lacks the key \"rules\""},
        {"- {rules: test.none, knots: []}\n", 1, 11, "no rule is called \"test.none\""},
        {"- {rules: test.one, knots: [0.5]}\n", 1, 29, "[evidence, confidence]"},
        {"- {rules: test.one, knots: [[0.5, 1.5]]}\n", 1, 35, "between 0 and 1"},
        {"- {rules: test.one, knots: [[0.5, 0.5], [0.5, 0.6]]}\n", 1, 41, "must rise"},
        {"- {rules: test.one, knots: [[0.5, 0.5], [0.6, 0.4]]}\n", 1, 41, "not fall"},
    };
    for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++) {
        rules_folder folder;
        begin(&folder, REFUSALS[i].curves);
        assert_int_equal(rules_folder_load(&folder, false), MTC_INVALID_FILE);
        assert_int_equal(folder.error.line, REFUSALS[i].line);
        assert_int_equal(folder.error.column, REFUSALS[i].column);
        assert_non_null(strstr(folder.error.message, REFUSALS[i].reason));
        rules_folder_fini(&folder);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_curve_is_straight_between_its_knots_and_level_beyond),
        cmocka_unit_test(a_rule_without_a_curve_is_believed_as_it_says),
        cmocka_unit_test(a_suspected_error_of_meaning_stays_a_suspicion),
        cmocka_unit_test(an_operator_has_the_last_word_on_confidence),
        cmocka_unit_test(a_wrong_curve_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
