/* Whatever the text, the report is whole: issues sorted, places inside the text and on
 * character boundaries, the score within its range; a second check gives the same. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "fuzz_session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool condition) {
    if (!condition) abort();
}

static void look_at_issue(const mtc_issue *issue, mtc_str text, uint32_t begin_before) {
    const mtc_span *const span = &issue->span;
    demand(span->byte[0] <= span->byte[1] && span->byte[1] <= text.len);
    demand(span->byte[0] >= begin_before);
    for (int end = 0; end < 2; end++) {
        const mtc_str before = {text.ptr, span->byte[end]};
        uint32_t utf16;
        demand(mtc_utf8_valid_prefix(before) == before.len);
        demand(mtc_utf8_count(before, &utf16) == span->codepoint[end]);
        demand(utf16 == span->utf16[end]);
    }
    demand(issue->confidence > 0 && issue->confidence <= 1);
    demand(mtc_utf8_valid_prefix(issue->message) == issue->message.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtc_session *const session = fuzz_session();
    const mtc_str text = {(const char *)data,
                          mtc_utf8_valid_prefix((mtc_str){(const char *)data, size})};
    const mtc_request request = {.text = text, .max_issues = 10000, .sentences = true};
    const mtc_report *report;
    mtc_error error;
    double quality[2];
    size_t count[2];
    for (int round = 0; round < 2; round++) {
        const mtc_status status = mtc_check(session, &request, NULL, &report, &error);
        if (status == MTC_TEXT_TOO_LARGE) return 0;
        demand(status == MTC_OK);
        const mtc_issue *const issues = mtc_report_issues(report, &count[round]);
        uint32_t begin = 0;
        for (size_t i = 0; i < count[round]; i++) {
            look_at_issue(&issues[i], text, begin);
            begin = issues[i].span.byte[0];
        }
        quality[round] = mtc_report_score(report)->quality;
        demand(quality[round] >= 0 && quality[round] <= 100);
    }
    demand(memcmp(&quality[0], &quality[1], sizeof quality[0]) == 0 &&
           count[0] == count[1]);
    return 0;
}
