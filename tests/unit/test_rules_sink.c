#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "detect/sink.h"

/* "debris" up to byte 10, a body line from 12 to 30, nothing behind. */
typedef struct {
    mtc_arena arena;
    mtc_document doc;
    mtc_line lines[2];
    mtc_rule rules[2];
    mtc_profile profile;
    bool runs[2];
    mtc_sink sink;
} fixture;

static void begin(fixture *test) {
    *test = (fixture){
        .lines = {{.at = {0, 10}, .kind = MTC_LINE_DEBRIS},
                  {.at = {12, 30}, .kind = MTC_LINE_BODY}},
        .rules = {{.index = 0, .confidence = 0.9, .lines = 1u << MTC_LINE_BODY},
                  {.index = 1, .confidence = 0.9, .lines = 1u << MTC_LINE_HEADLINE}},
        .profile = {.min_confidence = 0.9},
        .runs = {true, true}};
    mtc_arena_init(&test->arena, 1024, 1 << 20);
    test->doc.lines.at = test->lines;
    test->doc.lines.count = 2;
    test->doc.arena = &test->arena;
    test->sink = (mtc_sink){.doc = &test->doc,
                            .profile = &test->profile,
                            .runs = test->runs,
                            .arena = &test->arena};
}

static size_t add(fixture *test, mtc_finding finding) {
    assert_int_equal(mtc_sink_add(&test->sink, &finding), MTC_OK);
    return test->sink.findings.count;
}

static void a_finding_takes_the_confidence_of_its_rule(void **state) {
    (void)state;
    fixture test;
    begin(&test);
    assert_int_equal(add(&test, (mtc_finding){.rule = &test.rules[0], .at = {12, 15}}),
                     1);
    assert_true(test.sink.findings.at[0].confidence == (float)0.9);
    mtc_arena_fini(&test.arena);
}

static void what_the_profile_does_not_believe_is_dropped(void **state) {
    (void)state;
    fixture test;
    begin(&test);
    mtc_finding finding = {.rule = &test.rules[0], .at = {12, 15}, .confidence = 0.89f};
    assert_int_equal(add(&test, finding), 0);
    finding.confidence = 0.9f; /* as written in a rule file */
    assert_int_equal(add(&test, finding), 1);
    mtc_arena_fini(&test.arena);
}

static void the_line_of_the_first_byte_decides(void **state) {
    (void)state;
    fixture test;
    begin(&test);
    mtc_finding finding = {.rule = &test.rules[1], .at = {12, 15}};
    assert_int_equal(add(&test, finding), 0); /* a rule for headlines */
    finding.any_line = true;
    assert_int_equal(add(&test, finding), 1);
    finding = (mtc_finding){.rule = &test.rules[0], .at = {5, 15}};
    assert_int_equal(add(&test, finding), 1); /* begins in debris */
    finding.at = (mtc_range){10, 12};
    assert_int_equal(add(&test, finding), 1); /* begins between the lines */
    finding.at = (mtc_range){29, 30};
    assert_int_equal(add(&test, finding), 2);
    mtc_arena_fini(&test.arena);
}

static void rules_that_do_not_run_do_not_speak(void **state) {
    (void)state;
    fixture test;
    begin(&test);
    test.runs[0] = false;
    assert_int_equal(add(&test, (mtc_finding){.rule = &test.rules[0], .at = {12, 15}}),
                     0);
    mtc_arena_fini(&test.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_takes_the_confidence_of_its_rule),
        cmocka_unit_test(what_the_profile_does_not_believe_is_dropped),
        cmocka_unit_test(the_line_of_the_first_byte_decides),
        cmocka_unit_test(rules_that_do_not_run_do_not_speak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
