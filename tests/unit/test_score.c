/* One voice, the score and the verdict; the worked example of docs/SCORING.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "score/score.h"

enum { RULES = 6, SENTENCES = 4, SENTENCE_BYTES = 50 };

static const char *const IDS[RULES] = {"boundary.broken",     "boundary.no-final-stop",
                                       "garbled.same-entity", "garbled.word-salad",
                                       "repetition.word",     "residue.markup"};

/* An article without text: sentences of 50 bytes on one line, then a line of debris. */
typedef struct {
    mtc_arena arena;
    mtc_document doc;
    mtc_rule rules[RULES];
    double weights[RULES];
    bool off[RULES];
    mtc_severity severities[RULES];
    mtc_profile profile;
    mtc_line lines[2];
    mtc_sentence sentences[SENTENCES];
    char bytes[SENTENCES * SENTENCE_BYTES + 20];
} fixture;

static mtc_rule make_rule(uint32_t index) {
    const mtc_str id = mtc_str_of(IDS[index]);
    const size_t point = (size_t)(strchr(id.ptr, '.') - id.ptr);
    return (mtc_rule){.id = id,
                      .family = {id.ptr, point},
                      .message = MTC_STR("“{match}”"),
                      .dimension = MTC_STR("linguistic-conventions"),
                      .index = index};
}

static int set_up(void **state) {
    static const mtc_severity SEVERITIES[RULES] = {MTC_MINOR,    MTC_MINOR, MTC_MAJOR,
                                                   MTC_CRITICAL, MTC_MINOR, MTC_MINOR};
    static const double WEIGHTS[RULES] = {1, 0.5, 1, 1, 1, 1};
    fixture *const f = test_calloc(1, sizeof *f);
    mtc_arena_init(&f->arena, 4096, 1 << 20);
    memset(f->bytes, 'x', sizeof f->bytes);
    for (uint32_t i = 0; i < RULES; i++) {
        f->rules[i] = make_rule(i);
        f->weights[i] = WEIGHTS[i];
        f->severities[i] = SEVERITIES[i];
    }
    f->profile = (mtc_profile){.name = MTC_STR("news"),
                               .min_confidence = 0.5,
                               .pass = 80,
                               .review = 50,
                               .acceptable = 10,
                               .weights = f->weights,
                               .off = f->off,
                               .severities = f->severities};
    const uint32_t text_end = SENTENCES * SENTENCE_BYTES;
    f->lines[0] = (mtc_line){
        .at = {0, text_end}, .kind = MTC_LINE_BODY, .sentence_count = SENTENCES};
    f->lines[1] = (mtc_line){.at = {text_end, text_end + 20}, .kind = MTC_LINE_DEBRIS};
    for (uint32_t i = 0; i < SENTENCES; i++) {
        f->sentences[i] =
            (mtc_sentence){.at = {i * SENTENCE_BYTES, (i + 1) * SENTENCE_BYTES}};
    }
    f->doc.bytes = (mtc_str){f->bytes, sizeof f->bytes};
    f->doc.lines.at = f->lines;
    f->doc.lines.count = 2;
    f->doc.sentences.at = f->sentences;
    f->doc.sentences.count = SENTENCES;
    f->doc.scored_words = 200;
    f->doc.arena = &f->arena;
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *const f = *state;
    mtc_arena_fini(&f->arena);
    test_free(f);
    return 0;
}

static mtc_finding find_at(const fixture *f, const char *id, uint32_t begin, uint32_t end,
                           double confidence) {
    uint32_t i = 0;
    while (strcmp(IDS[i], id) != 0) i++;
    return (mtc_finding){
        .rule = &f->rules[i], .at = {begin, end}, .confidence = (float)confidence};
}

static mtc_judged_list judge(fixture *f, const mtc_finding *findings, size_t count) {
    mtc_judged_list issues;
    assert_int_equal(
        mtc_judge(&f->doc, &f->profile, findings, count, NULL, &f->arena, &issues),
        MTC_OK);
    return issues;
}

static mtc_score score(fixture *f, const mtc_judged_list *issues, mtc_gate gate) {
    mtc_score result;
    assert_int_equal(
        mtc_score_compute(&f->doc, &f->profile, issues, gate, &f->arena, &result),
        MTC_OK);
    return result;
}

static void the_worked_example_gives_the_numbers_of_the_book(void **state) {
    fixture *const f = *state;
    const mtc_finding findings[] = {
        find_at(f, "repetition.word", 3, 9, 0.90),
        find_at(f, "garbled.same-entity", 100, 120, 0.85),
        find_at(f, "boundary.no-final-stop", 145, 150, 0.80),
        find_at(f, "garbled.word-salad", 122, 140, 0.96),
        find_at(f, "residue.markup", 201, 219, 0.95),
    };
    const mtc_judged_list issues = judge(f, findings, 5);
    assert_int_equal(issues.count, 5);
    const mtc_score result = score(f, &issues, (mtc_gate){0});
    assert_float_equal(result.penalty, 26.85, 1e-6);
    assert_float_equal(result.per_1000, 134.25, 1e-5);
    assert_float_equal(result.quality, 0, 0);
    assert_true(result.has_interval);
    assert_float_equal(result.interval95[0], 0, 0);
    assert_float_equal(result.interval95[1], 376.4528, 1e-3);
    assert_int_equal(result.verdict, MTC_FAIL);
    assert_int_equal(issues.at[4].sentence, MTC_NONE);
}

static void the_explaining_rule_speaks_and_the_other_becomes_related(void **state) {
    fixture *const f = *state;
    const mtc_str explained[] = {MTC_STR("repetition.*")};
    f->rules[0].explains = explained;
    f->rules[0].explains_count = 1;
    const mtc_finding findings[] = {find_at(f, "repetition.word", 12, 18, 0.99),
                                    find_at(f, "boundary.broken", 8, 14, 0.7),
                                    find_at(f, "repetition.word", 30, 35, 0.9)};
    const mtc_judged_list issues = judge(f, findings, 3);
    assert_int_equal(issues.count, 2);
    assert_ptr_equal(issues.at[0].finding.rule, &f->rules[0]);
    assert_int_equal(issues.at[0].related_count, 1);
    assert_int_equal(issues.at[0].related[0], 0);
}

static void of_one_family_at_one_place_the_heavier_speaks(void **state) {
    fixture *const f = *state;
    const mtc_finding findings[] = {find_at(f, "boundary.no-final-stop", 8, 14, 1.0),
                                    find_at(f, "boundary.broken", 8, 14, 0.8)};
    const mtc_judged_list issues = judge(f, findings, 2);
    assert_int_equal(issues.count, 1);
    assert_ptr_equal(issues.at[0].finding.rule, &f->rules[0]);
}

static void a_ring_of_explanations_still_leaves_a_speaker(void **state) {
    fixture *const f = *state;
    const mtc_str first[] = {MTC_STR("garbled.same-entity")},
                  second[] = {MTC_STR("repetition.word")},
                  third[] = {MTC_STR("boundary.broken")};
    f->rules[0].explains = first;
    f->rules[2].explains = second;
    f->rules[4].explains = third;
    f->rules[0].explains_count = f->rules[2].explains_count = f->rules[4].explains_count =
        1;
    const mtc_finding findings[] = {find_at(f, "boundary.broken", 0, 10, 0.9),
                                    find_at(f, "garbled.same-entity", 2, 12, 0.9),
                                    find_at(f, "repetition.word", 4, 14, 0.9)};
    const mtc_judged_list issues = judge(f, findings, 3);
    assert_int_equal(issues.count, 1);
    assert_int_equal(issues.at[0].related_count, 2);
}

static void fingerprints_tell_equal_findings_apart_and_last(void **state) {
    fixture *const f = *state;
    const mtc_finding findings[] = {find_at(f, "repetition.word", 3, 9, 0.9),
                                    find_at(f, "repetition.word", 20, 26, 0.9)};
    const mtc_judged_list issues = judge(f, findings, 2);
    const mtc_judged_list again = judge(f, findings, 2);
    assert_int_equal(issues.count, 2);
    assert_string_not_equal(issues.at[0].fingerprint, issues.at[1].fingerprint);
    assert_string_equal(issues.at[1].fingerprint, again.at[1].fingerprint);
    assert_int_equal(strlen(issues.at[0].fingerprint), 16);
}

static void accepted_findings_do_not_count(void **state) {
    fixture *const f = *state;
    const mtc_finding finding = find_at(f, "garbled.word-salad", 3, 9, 0.95);
    mtc_judged_list issues = judge(f, &finding, 1);
    assert_int_equal(score(f, &issues, (mtc_gate){0}).verdict, MTC_FAIL);
    mtc_wordset accepted = {0};
    assert_true(mtc_wordset_add(&accepted, &f->arena,
                                mtc_str_of(issues.at[0].fingerprint), (mtc_str){0}));
    assert_int_equal(
        mtc_judge(&f->doc, &f->profile, &finding, 1, &accepted, &f->arena, &issues),
        MTC_OK);
    const mtc_score result = score(f, &issues, (mtc_gate){0});
    assert_int_equal(result.verdict, MTC_PASS);
    assert_float_equal(result.penalty, 0, 0);
    assert_int_equal(result.counts[MTC_CRITICAL], 0);
}

static void verdicts_follow_the_table(void **state) {
    fixture *const f = *state;
    const mtc_judged_list none = {0};
    assert_int_equal(score(f, &none, (mtc_gate){0}).verdict, MTC_PASS);
    assert_int_equal(score(f, &none, (mtc_gate){.partial = true}).verdict, MTC_UNKNOWN);
    assert_int_equal(score(f, &none, (mtc_gate){.weighty_rule_is_off = true}).verdict,
                     MTC_UNKNOWN);
    const mtc_finding major = find_at(f, "garbled.same-entity", 3, 9, 0.8);
    mtc_judged_list issues = judge(f, &major, 1);
    f->doc.scored_words = 5000;
    assert_int_equal(score(f, &issues, (mtc_gate){0}).verdict, MTC_REVIEW);
    f->doc.scored_words = 60;
    assert_int_equal(score(f, &issues, (mtc_gate){0}).verdict, MTC_FAIL);
    const mtc_finding unsure = find_at(f, "garbled.same-entity", 3, 9, 0.6);
    issues = judge(f, &unsure, 1);
    assert_int_equal(score(f, &issues, (mtc_gate){0}).verdict, MTC_REVIEW);
    f->doc.scored_words = 40;
    assert_int_equal(score(f, &issues, (mtc_gate){0}).verdict, MTC_UNKNOWN);
}

static void an_unsure_critical_issue_counts_as_a_major_one(void **state) {
    fixture *const f = *state;
    const mtc_finding unsure = find_at(f, "garbled.word-salad", 3, 9, 0.7);
    const mtc_judged_list issues = judge(f, &unsure, 1);
    assert_float_equal(issues.at[0].penalty, 3.5, 1e-6);
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_worked_example_gives_the_numbers_of_the_book),
        TEST(the_explaining_rule_speaks_and_the_other_becomes_related),
        TEST(of_one_family_at_one_place_the_heavier_speaks),
        TEST(a_ring_of_explanations_still_leaves_a_speaker),
        TEST(fingerprints_tell_equal_findings_apart_and_last),
        TEST(accepted_findings_do_not_count),
        TEST(verdicts_follow_the_table),
        TEST(an_unsure_critical_issue_counts_as_a_major_one),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
