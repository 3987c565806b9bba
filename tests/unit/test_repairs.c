/* What a finding offers as its repair does repair: every `wrong:` example of the rules
 * that come with mtcheck is repaired and checked again. */
#include <stdio.h>
#include <string.h>

#include "mtcheck/mtcheck.h"
#include "rules/examples.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static mtc_engine *engine;
static mtc_session *session;
static mtc_arena arena;

static int load(void **state) {
    (void)state;
    const mtc_engine_options options = {.data_dir = MTC_TEST_DATA_DIR};
    mtc_error error = {.position = -1};
    mtc_arena_init(&arena, 1 << 16, 64 << 20);
    if (mtc_engine_new(&options, &engine, &error) != MTC_OK ||
        mtc_session_new(engine, &session, &error) != MTC_OK) {
        fail_msg("%s", error.message);
    }
    return 0;
}

static int unload(void **state) {
    (void)state;
    mtc_session_free(session);
    mtc_engine_free(engine);
    mtc_arena_fini(&arena);
    return 0;
}

static const mtc_report *check(const mtc_example *example, mtc_str text, bool alone) {
    const mtc_request request = {.title = example->title,
                                 .text = text,
                                 .profile = example->profile,
                                 .only = &example->rule,
                                 .only_count = alone ? 1 : 0};
    const mtc_report *report;
    mtc_error error = {.position = -1};
    assert_int_equal(mtc_check(session, &request, NULL, &report, &error), MTC_OK);
    return report;
}

static size_t count_issues(const mtc_example *example, mtc_str text, bool alone) {
    size_t count;
    (void)mtc_report_issues(check(example, text, alone), &count);
    return count;
}

/* The text with all repairs made, which come sorted by place and do not overlap. */
static mtc_str repair(const mtc_example *example, size_t *ret_repaired,
                      size_t *ret_left) {
    size_t count, length = 0, done = 0;
    const mtc_issue *const issues =
        mtc_report_issues(check(example, example->text, true), &count);
    char *const text = mtc_arena_take(&arena, 2 * example->text.len + 4096);
    assert_non_null(text);
    *ret_repaired = *ret_left = 0;
    for (size_t i = 0; i < count; i++) {
        if (issues[i].in_title || issues[i].repair_count == 0) {
            ++*ret_left;
            continue;
        }
        ++*ret_repaired;
        for (size_t r = 0; r < issues[i].repair_count; r++) {
            const mtc_repair *const repair = &issues[i].repairs[r];
            assert_true(repair->at.byte[0] >= done);
            memcpy(text + length, example->text.ptr + done, repair->at.byte[0] - done);
            length += repair->at.byte[0] - done;
            memcpy(text + length, repair->replacement.ptr, repair->replacement.len);
            length += repair->replacement.len;
            done = repair->at.byte[1];
        }
    }
    memcpy(text + length, example->text.ptr + done, example->text.len - done);
    return (mtc_str){text, length + example->text.len - done};
}

static void a_repair_removes_its_finding_and_adds_none(void **state) {
    (void)state;
    mtc_example_list list;
    mtc_error error = {.position = -1};
    assert_int_equal(
        mtc_examples_read(MTC_TEST_DATA_DIR "/rules/en", &arena, &list, &error), MTC_OK);
    size_t all = 0, failed = 0;
    for (size_t i = 0; i < list.examples.count; i++) {
        const mtc_example *const example = &list.examples.at[i];
        size_t repaired, left;
        if (!example->is_wrong) continue;
        const mtc_str text = repair(example, &repaired, &left);
        if (repaired == 0) continue;
        all += repaired;
        const size_t before = count_issues(example, example->text, false);
        const size_t after = count_issues(example, text, false);
        if (count_issues(example, text, true) != left || after > before) {
            failed++;
            print_error("%.*s: %.*s\n  repaired: %.*s\n", (int)example->rule.len,
                        example->rule.ptr, (int)example->text.len, example->text.ptr,
                        (int)text.len, text.ptr);
        }
    }
    assert_true(all > 0);
    assert_int_equal(failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_repair_removes_its_finding_and_adds_none),
    };
    return cmocka_run_group_tests_name("repairs", tests, load, unload);
}
