/* marked.h: unit tests of detectors in the words of an article.
 *
 * A marked text shows in [brackets] what one rule must report, and nothing else of that
 * rule may be reported:
 *
 *   expect("consistency.date", "It ends on [31 June].");
 */
#ifndef MTC_TESTS_MARKED_H
#define MTC_TESTS_MARKED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/status.h"
#include "base/str.h"

static mtc_engine *marked_engine;
static mtc_session *marked_session;

static int marked_load(void **state) {
    (void)state;
    mtc_error error;
    mtc_error_clear(&error);
    const mtc_engine_options options = {.data_dir = MTC_TEST_DATA_DIR};
    if (mtc_engine_new(&options, &marked_engine, &error) != MTC_OK ||
        mtc_session_new(marked_engine, &marked_session, &error) != MTC_OK) {
        fprintf(stderr, "%s:%u: %s\n", error.file, error.line, error.message);
        return -1;
    }
    return 0;
}

static int marked_unload(void **state) {
    (void)state;
    mtc_session_free(marked_session);
    mtc_engine_free(marked_engine);
    return 0;
}

static void marked_fail(const char *rule, const char *marked, const char *why) {
    fail_msg("%s in: %s\n%s", rule, marked, why);
}

/* The issues of one rule, found in an article with a title and this text. */
static const mtc_issue *marked_check(const char *rule, mtc_str text, size_t *ret_count) {
    const mtc_str only = mtc_str_of(rule);
    const mtc_request request = {
        .title = MTC_STR("A short notice"), .text = text, .only = &only, .only_count = 1};
    const mtc_report *report;
    mtc_error error;
    mtc_error_clear(&error);
    if (mtc_check(marked_session, &request, NULL, &report, &error) != MTC_OK) {
        fail_msg("%s", error.message);
    }
    return mtc_report_issues(report, ret_count);
}

static void expect(const char *rule, const char *marked) {
    char text[4096];
    uint32_t begin[8], end[8];
    size_t length = 0, begins = 0, ends = 0;
    for (const char *at = marked; *at != '\0'; at++) {
        if (*at == '[')
            begin[begins++] = (uint32_t)length;
        else if (*at == ']')
            end[ends++] = (uint32_t)length;
        else
            text[length++] = *at;
    }
    assert_int_equal(begins, ends);
    size_t count;
    const mtc_issue *const issues = marked_check(rule, (mtc_str){text, length}, &count);
    for (size_t i = 0; i < count; i++) {
        char found[256];
        (void)snprintf(found, sizeof found, "found “%.*s” (%zu of %zu)",
                       (int)issues[i].text.len, issues[i].text.ptr, i + 1, count);
        if (i >= begins || issues[i].span.byte[0] != begin[i] ||
            issues[i].span.byte[1] != end[i]) {
            marked_fail(rule, marked, found);
        }
    }
    if (count < begins) marked_fail(rule, marked, "not found");
}

#endif
