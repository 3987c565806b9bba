/* The public API as an embedding program uses it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/str.h"

static mtc_engine *engine;
static mtc_session *session;

static const char ARTICLE[] = "Ferry Line Opens\n\n"
                              "The the ferry left at noon with a band on deck, and the "
                              "mayor waved from the quay until it "
                              "was out of sight. It will sail every day but Monday.\n\n"
                              "Passengers said the new boat was quieter than the old "
                              "one, which had been in service for "
                              "forty years. The captain promised hot soup. &nbsp; The "
                              "next one leaves on 31 June.\n";

static int set_up(void **state) {
    (void)state;
    mtc_error error;
    const mtc_engine_options options = {.data_dir = MTC_TEST_DATA_DIR};
    if (mtc_engine_new(&options, &engine, &error) != MTC_OK) {
        fprintf(stderr, "%s:%u: %s\n", error.file, error.line, error.message);
        return 1;
    }
    return mtc_session_new(engine, &session, &error) == MTC_OK ? 0 : 1;
}

static int tear_down(void **state) {
    (void)state;
    mtc_session_free(session);
    mtc_engine_free(engine);
    return 0;
}

static const mtc_report *check(const mtc_request *request, const mtc_timing *timing) {
    const mtc_report *report;
    mtc_error error;
    const mtc_status status = mtc_check(session, request, timing, &report, &error);
    if (status != MTC_OK) fail_msg("%s", error.message);
    return report;
}

static size_t count_issues(const mtc_request *request) {
    size_t count;
    (void)mtc_report_issues(check(request, NULL), &count);
    return count;
}

static bool has_rule(const mtc_report *report, const char *rule) {
    size_t count;
    const mtc_issue *const issues = mtc_report_issues(report, &count);
    for (size_t i = 0; i < count; i++) {
        if (mtc_str_equal(issues[i].rule, mtc_str_of(rule))) return true;
    }
    return false;
}

static void an_article_is_checked(void **state) {
    (void)state;
    const mtc_report *const report =
        check(&(mtc_request){.text = mtc_str_of(ARTICLE)}, NULL);
    assert_true(has_rule(report, "repetition.word"));
    assert_true(has_rule(report, "residue.entity"));
    assert_null(mtc_report_partial(report));
    assert_in_range(mtc_report_score(report)->words, 60, 90);
}

static void places_are_told_within_title_and_text_apart(void **state) {
    (void)state;
    const mtc_request request = {.title = MTC_STR("Ferry ferry opens the the line"),
                                 .text =
                                     mtc_str_of(ARTICLE + sizeof "Ferry Line Opens\n")};
    size_t count;
    const mtc_issue *const issues = mtc_report_issues(check(&request, NULL), &count);
    assert_true(count >= 2);
    bool in_title = false, in_text = false;
    for (size_t i = 0; i < count; i++) {
        const mtc_str part = issues[i].in_title ? request.title : request.text;
        const mtc_str text = mtc_str_slice(
            part, (mtc_range){issues[i].span.byte[0], issues[i].span.byte[1]});
        assert_true(mtc_str_equal(text, issues[i].text));
        assert_true(issues[i].in_title == (issues[i].span.line == 0));
        in_title = in_title || issues[i].in_title;
        in_text = in_text || !issues[i].in_title;
        assert_false(issues[i].in_title && in_text);
    }
    assert_true(in_title && in_text);
}

static void filters_change_the_list_and_nothing_else(void **state) {
    (void)state;
    mtc_request request = {.text = mtc_str_of(ARTICLE)};
    const mtc_score all = *mtc_report_score(check(&request, NULL));
    request.max_issues = 1;
    const mtc_score one = *mtc_report_score(check(&request, NULL));
    assert_true(all.quality == one.quality);
    assert_memory_equal(all.counts, one.counts, sizeof all.counts);
    assert_int_equal(count_issues(&request), 1);
    request.max_issues = MTC_LIST_NONE;
    assert_int_equal(count_issues(&request), 0);
    request = (mtc_request){.text = mtc_str_of(ARTICLE), .min_severity = MTC_CRITICAL};
    assert_int_equal(count_issues(&request), 0);
}

static void a_switched_off_rule_of_weight_leaves_no_verdict(void **state) {
    (void)state;
    const mtc_str minor[] = {MTC_STR("repetition.word")},
                  major[] = {MTC_STR("garbled.*")};
    mtc_request request = {
        .text = mtc_str_of(ARTICLE), .disable = minor, .disable_count = 1};
    const mtc_report *report = check(&request, NULL);
    assert_false(has_rule(report, "repetition.word"));
    assert_int_not_equal(mtc_report_score(report)->verdict, MTC_UNKNOWN);
    request.disable = major;
    assert_int_equal(mtc_report_score(check(&request, NULL))->verdict, MTC_UNKNOWN);
}

static void accepted_fingerprints_are_listed_and_do_not_count(void **state) {
    (void)state;
    mtc_request request = {.text = mtc_str_of(ARTICLE)};
    size_t count;
    const mtc_issue *issues = mtc_report_issues(check(&request, NULL), &count);
    char fingerprint[17];
    memcpy(fingerprint, issues[0].fingerprint, sizeof fingerprint);
    const mtc_str accepted[] = {mtc_str_of(fingerprint)};
    request.accepted = accepted;
    request.accepted_count = 1;
    size_t same_count;
    issues = mtc_report_issues(check(&request, NULL), &same_count);
    assert_int_equal(count, same_count);
    assert_true(issues[0].accepted);
    assert_false(issues[1].accepted);
}

/* A clock that goes one second further each time it is asked. */
static uint64_t hasty_clock(void *context) {
    uint64_t *const now = context;
    return *now += 1000000;
}

static void a_check_cut_short_says_so(void **state) {
    (void)state;
    uint64_t now = 0;
    const mtc_timing timing = {.now_us = hasty_clock, .context = &now};
    for (uint32_t deadline_ms = 500; deadline_ms < 40000; deadline_ms += 1000) {
        now = 0;
        const mtc_request request = {.text = mtc_str_of(ARTICLE),
                                     .deadline_ms = deadline_ms};
        const mtc_report *const report = check(&request, &timing);
        const mtc_partial *const partial = mtc_report_partial(report);
        if (partial == NULL) continue;
        assert_int_equal(mtc_report_score(report)->verdict, MTC_UNKNOWN);
        assert_true(mtc_str_equal(partial->reason, MTC_STR("deadline")));
        assert_true(partial->checked_byte <= sizeof ARTICLE);
        assert_true(partial->rules_not_run_count > 0);
    }
    now = 0;
    const mtc_request request = {.text = mtc_str_of(ARTICLE), .deadline_ms = 1};
    assert_non_null(mtc_report_partial(check(&request, &timing)));
}

static void the_cap_of_the_server_wins(void **state) {
    (void)state;
    uint64_t now = 0;
    const mtc_timing timing = {.now_us = hasty_clock, .context = &now, .cap_ms = 1};
    const mtc_request request = {.text = mtc_str_of(ARTICLE), .deadline_ms = 600000};
    assert_non_null(mtc_report_partial(check(&request, &timing)));
}

static void too_little_memory_is_told_and_nothing_is_lost(void **state) {
    (void)state;
    mtc_error error;
    size_t partial = 0, whole = 0, refused = 0;
    for (size_t limit = 1 << 10; limit <= 4 << 20; limit *= 4) {
        const mtc_engine_options options = {.data_dir = MTC_TEST_DATA_DIR,
                                            .memory_limit = limit};
        mtc_engine *small;
        mtc_session *one;
        assert_int_equal(mtc_engine_new(&options, &small, &error), MTC_OK);
        assert_int_equal(mtc_session_new(small, &one, &error), MTC_OK);
        const mtc_report *report;
        const mtc_request request = {.text = mtc_str_of(ARTICLE)};
        const mtc_status status = mtc_check(one, &request, NULL, &report, &error);
        if (status == MTC_NO_MEMORY) {
            refused++;
        } else if (mtc_report_partial(report) != NULL) {
            assert_int_equal(mtc_report_score(report)->verdict, MTC_UNKNOWN);
            partial++;
        } else {
            whole++;
        }
        mtc_session_free(one);
        mtc_engine_free(small);
    }
    assert_true(whole > 0);
    assert_true(refused + partial > 0);
}

static void bad_requests_are_refused_with_their_reason(void **state) {
    (void)state;
    const mtc_report *report;
    mtc_error error;
    mtc_request request = {.text = MTC_STR("caf\xE9 closed")};
    assert_int_equal(mtc_check(session, &request, NULL, &report, &error),
                     MTC_INVALID_REQUEST);
    assert_int_equal(error.position, 3);
    request = (mtc_request){.text = MTC_STR("x"), .profile = "nwes"};
    assert_int_equal(mtc_check(session, &request, NULL, &report, &error),
                     MTC_INVALID_REQUEST);
    assert_non_null(strstr(error.message, "nwes"));
    char *const large = test_malloc((256 << 10) + 1);
    memset(large, 'a', (256 << 10) + 1);
    request = (mtc_request){.text = {large, (256 << 10) + 1}};
    assert_int_equal(mtc_check(session, &request, NULL, &report, &error),
                     MTC_TEXT_TOO_LARGE);
    request.text.len--;
    assert_int_equal(mtc_check(session, &request, NULL, &report, &error), MTC_OK);
    test_free(large);
}

static void invalid_utf8_is_refused_wherever_it_stands(void **state) {
    (void)state;
    static const char *const INVALID[] = {
        "\xFF",
        "\x80",
        "\xC3",
        "\xC0\xAF",
        "\xE2\x80",
        "\xED\xA0\x80",
        "\xF0\x9F\x98",
        "\xF4\x90\x80\x80",
        "\xF8\x88\x80",
        "\xE0\x80\x80",
        "\xF0\x80\x80\x80",
    };
    static const char TEXT[] = "“Caf\xC3\xA9” \xF0\x9F\x98\x80 opens.";
    for (size_t kind = 0; kind < sizeof INVALID / sizeof *INVALID; kind++) {
        for (size_t at = 0; at < sizeof TEXT; at++) {
            if (((unsigned char)TEXT[at] & 0xC0) == 0x80) continue; /* inside a letter */
            char text[64];
            const int length = snprintf(text, sizeof text, "%.*s%s%s", (int)at, TEXT,
                                        INVALID[kind], TEXT + at);
            const mtc_report *report;
            mtc_error error;
            const mtc_request in_text = {.text = {text, (size_t)length}};
            assert_int_equal(mtc_check(session, &in_text, NULL, &report, &error),
                             MTC_INVALID_REQUEST);
            assert_int_equal(error.position, at);
            const mtc_request in_title = {.title = in_text.text};
            assert_int_equal(mtc_check(session, &in_title, NULL, &report, &error),
                             MTC_INVALID_REQUEST);
            assert_int_equal(error.position, at);
            char frame[128];
            const int begin =
                snprintf(frame, sizeof frame, "{\"v\":1,\"op\":\"check\",\"text\":\"");
            (void)snprintf(frame + begin, sizeof frame - (size_t)begin, "%s\"}", text);
            char place[32];
            (void)snprintf(place, sizeof place, "\"position\":%zu}", (size_t)begin + at);
            mtc_str reply;
            assert_int_equal(mtc_session_answer(session, mtc_str_of(frame), NULL, &reply),
                             MTC_OK);
            if (memmem(reply.ptr, reply.len, place, strlen(place)) == NULL) {
                fail_msg("%zu, %zu: %.*s", kind, at, (int)reply.len, reply.ptr);
            }
        }
    }
}

static void an_empty_article_is_too_short_to_judge(void **state) {
    (void)state;
    const mtc_report *const report = check(&(mtc_request){.text = MTC_STR("")}, NULL);
    assert_int_equal(mtc_report_score(report)->verdict, MTC_UNKNOWN);
    assert_int_equal(mtc_report_score(report)->words, 0);
    assert_null(mtc_report_partial(report));
}

static void sentences_are_scored_where_asked_for(void **state) {
    (void)state;
    size_t count;
    mtc_request request = {.text = mtc_str_of(ARTICLE)};
    (void)mtc_report_sentences(check(&request, NULL), &count);
    assert_int_equal(count, 0);
    request.sentences = true;
    const mtc_sentence_score *const sentences =
        mtc_report_sentences(check(&request, NULL), &count);
    assert_in_range(count, 6, 7);
    assert_true(mtc_str_equal(sentences[0].kind, MTC_STR("headline")));
    assert_true(sentences[1].penalty > 0);
    assert_float_equal((float)sentences[1].quality,
                       (float)(100 - 4 * sentences[1].penalty), 1e-6F);
}

static void an_engine_that_cannot_load_says_which_file(void **state) {
    (void)state;
    mtc_error error;
    mtc_engine *none;
    const mtc_engine_options no_data = {.data_dir = "/nonexistent"};
    assert_int_equal(mtc_engine_new(&no_data, &none, &error), MTC_INVALID_FILE);
    assert_non_null(strstr(error.file, "/nonexistent"));
    const mtc_engine_options no_hunspell = {.data_dir = MTC_TEST_DATA_DIR,
                                            .hunspell_dir = "/nonexistent"};
    assert_int_equal(mtc_engine_new(&no_hunspell, &none, &error), MTC_INVALID_FILE);
    const mtc_engine_options french = {.data_dir = MTC_TEST_DATA_DIR, .language = "fr"};
    assert_int_equal(mtc_engine_new(&french, &none, &error), MTC_UNSUPPORTED_LANGUAGE);
}

enum { THREADS = 4, THREAD_ROUNDS = 20 };

static void *check_often(void *result) {
    mtc_session *own;
    const mtc_request request = {.text = mtc_str_of(ARTICLE)};
    double *const quality = result;
    *quality = -1;
    if (mtc_session_new(engine, &own, NULL) != MTC_OK) return NULL;
    for (int round = 0; round < THREAD_ROUNDS; round++) {
        const mtc_report *report;
        if (mtc_check(own, &request, NULL, &report, NULL) != MTC_OK) break;
        *quality = mtc_report_score(report)->quality;
    }
    mtc_session_free(own);
    return NULL;
}

static void sessions_of_one_engine_may_run_in_many_threads(void **state) {
    (void)state;
    const mtc_request request = {.text = mtc_str_of(ARTICLE)};
    const double alone = mtc_report_score(check(&request, NULL))->quality;
    pthread_t threads[THREADS];
    double qualities[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, check_often, &qualities[i]),
                         0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(qualities[i] == alone);
    }
}

static mtc_str answer(const char *request) {
    mtc_str reply;
    assert_int_equal(mtc_session_answer(session, mtc_str_of(request), NULL, &reply),
                     MTC_OK);
    return reply;
}

static bool contains(mtc_str text, const char *piece) {
    return memmem(text.ptr, text.len, piece, strlen(piece)) != NULL;
}

static void requests_in_json_get_one_answer_each(void **state) {
    (void)state;
    static const struct {
        const char *request, *expected;
    } CASES[] = {
        {"{\"v\":1,\"op\":\"check\",\"id\":\"k\",\"text\":\"\"}", "\"id\":\"k\""},
        {"{\"v\":1,\"op\":\"check\",\"text\":\"x\",\"odd\":1}",
         "unknown field “odd” was ignored"},
        {"{\"v\":1,\"op\":\"check\",\"text\":\"x\",\"options\":{\"only\":[\"no.*\"]}}",
         "options.only: no rule matches “no.*”"},
        {"{\"v\":2,\"op\":\"check\",\"text\":\"x\"}", "unsupported_version"},
        {"{\"v\":1,\"op\":\"check\",\"text\":\"x\",\"language\":\"fr\"}",
         "unsupported_language"},
        {"{\"v\":1,\"op\":\"check\",\"text\":\"x\",\"language\":\"en-GB\"}",
         "\"status\":\"ok\""},
        {"{\"v\":1,\"op\":\"chekc\",\"text\":\"x\"}", "“op” must be check"},
        {"{\"v\":1,\"op\":\"check\"}", "“text” must be there"},
        {"{\"v\":1,\"op\":\"check\",\"text\":7}", "“text” must be a string"},
        {"{\"v\":1,\"op\":\"check\",\"text\":\"x\",\"options\":{\"max_issues\":1.5}}",
         "“options.max_issues” must be a whole number from 0 to 10000"},
        {"{\"v\":1,\"op\":\"check\",\"text\":\"x\",\"options\":{\"accepted\":[\"XYZ\"]}}",
         "fingerprints of 16 hex digits"},
        {"{\"v\":1,\"op\":\"check\",\"text\":\"x\",\"options\":{\"profile\":\"none\"}}",
         "there is no profile “none”"},
        {"{\"v\":1,\"v\":1}", "duplicate object key"},
        {"{\"v\":1,\"op\":\"check\",\"text\":\"\\ud800\"}", "\"position\""},
        {"[1]", "“the request” must be a JSON object"},
        {"", "invalid_request"},
        {"{\"v\":1,\"op\":\"health\"}", "answered by the daemon"},
        {"{\"v\":1,\"op\":\"version\"}", "\"versions\":[1]"},
        {"{\"v\":1,\"op\":\"rules\"}", "\"id\":\"spelling.unknown-word\""},
        {"{\"v\":1,\"op\":\"rules\",\"options\":{\"profile\":\"x\"}}",
         "there is no profile"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const mtc_str reply = answer(CASES[i].request);
        if (!contains(reply, CASES[i].expected)) {
            fail_msg("%s: %.*s", CASES[i].request, (int)reply.len, reply.ptr);
        }
    }
}

static void a_request_nested_too_deeply_is_refused(void **state) {
    (void)state;
    enum { DEPTH = 5000 };
    char *const deep = test_malloc(DEPTH);
    memset(deep, '[', DEPTH);
    mtc_str reply;
    assert_int_equal(mtc_session_answer(session, (mtc_str){deep, DEPTH}, NULL, &reply),
                     MTC_OK);
    assert_true(contains(reply, "too_deep"));
    test_free(deep);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_article_is_checked),
        cmocka_unit_test(places_are_told_within_title_and_text_apart),
        cmocka_unit_test(filters_change_the_list_and_nothing_else),
        cmocka_unit_test(a_switched_off_rule_of_weight_leaves_no_verdict),
        cmocka_unit_test(accepted_fingerprints_are_listed_and_do_not_count),
        cmocka_unit_test(a_check_cut_short_says_so),
        cmocka_unit_test(the_cap_of_the_server_wins),
        cmocka_unit_test(too_little_memory_is_told_and_nothing_is_lost),
        cmocka_unit_test(bad_requests_are_refused_with_their_reason),
        cmocka_unit_test(invalid_utf8_is_refused_wherever_it_stands),
        cmocka_unit_test(an_empty_article_is_too_short_to_judge),
        cmocka_unit_test(sentences_are_scored_where_asked_for),
        cmocka_unit_test(an_engine_that_cannot_load_says_which_file),
        cmocka_unit_test(sessions_of_one_engine_may_run_in_many_threads),
        cmocka_unit_test(requests_in_json_get_one_answer_each),
        cmocka_unit_test(a_request_nested_too_deeply_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
