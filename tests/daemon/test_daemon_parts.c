#include "cmocka_all.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "access.h"
#include "control.h"
#include "options.h"
#include "quarantine.h"
#include "shared_page.h"
#include "stats.h"

/* --- Configuration --- */

static void the_defaults_are_sound_and_printed_so_that_they_can_be_read(void **state) {
    (void)state;
    mtcd_config defaults, again;
    config_defaults(&defaults);
    assert_int_equal(defaults.limits.queue_requests, 256);
    assert_int_equal(defaults.limits.log_level, LOG_INFO);
    assert_string_equal(defaults.endpoints[0], "ipc:///run/mtcheck/mtcheckd.sock");
    char path[] = "/tmp/mtcheckd-config-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *const file = fdopen(fd, "w");
    assert_non_null(file);
    config_print(&defaults, file);
    fclose(file);
    memset(&again, 0, sizeof again);
    mtc_error error;
    mtc_error_clear(&error);
    assert_int_equal(config_read(path, &again, &error), MTC_OK);
    assert_memory_equal(&again, &defaults, sizeof again);
    unlink(path);
}

static void every_option_has_a_range_that_holds_its_default(void **state) {
    (void)state;
    size_t count;
    const mtcd_option *const table = options_table(&count);
    assert_true(count < 63);
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(option_find(table[i].key), &table[i]);
        assert_true(table[i].description[strlen(table[i].description) - 1] == '.');
        if (table[i].kind == OPTION_NUMBER) assert_true(table[i].least < table[i].most);
    }
    assert_null(option_find("no_such_key"));
}

static void only_loopback_and_ipc_endpoints_pass(void **state) {
    (void)state;
    static const struct {
        const char *endpoint;
        bool good;
    } cases[] = {{"ipc:///run/x.sock", true},     {"tcp://127.0.0.1:80", true},
                 {"tcp://127.9.9.9:1", true},     {"tcp://[::1]:65535", true},
                 {"tcp://[::]:5000", false},      {"tcp://10.0.0.1:5000", false},
                 {"tcp://127.0.0.1:", false},     {"tcp://127.0.0.1:08x", false},
                 {"tcp://[::1:5000", false},      {"tcp://:5000", false},
                 {"tcp://::1:5000", false},       {"ipc://", false},
                 {"ipc://@abstract", false},      {"udp://127.0.0.1:1", false},
                 {"tcp://127.0.0.1:65536", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mtcd_config config = {.endpoint_count = 1};
        snprintf(config.endpoints[0], sizeof config.endpoints[0], "%s",
                 cases[i].endpoint);
        mtc_error error;
        mtc_error_clear(&error);
        const bool good = access_check(&config, &error) == MTC_OK;
        if (good != cases[i].good) fail_msg("%s", cases[i].endpoint);
    }
}

/* --- Quarantine --- */

static uint64_t hash_of(const mtcd_quarantine *quarantine, const char *request) {
    return quarantine_hash(quarantine, mtc_str_of(request));
}

static void the_id_does_not_change_what_a_request_is(void **state) {
    (void)state;
    static mtcd_quarantine quarantine;
    quarantine_init(&quarantine);
    const uint64_t one = hash_of(&quarantine, "{\"v\":1,\"id\":\"1\",\"text\":\"a\"}");
    assert_true(one == hash_of(&quarantine, "{\"v\":1,\"id\":\"22\",\"text\":\"a\"}"));
    assert_true(one == hash_of(&quarantine, "{\"v\":1,\"id\":\"\\\"\",\"text\":\"a\"}"));
    assert_true(one != hash_of(&quarantine, "{\"v\":1,\"id\":\"1\",\"text\":\"b\"}"));
    assert_true(hash_of(&quarantine, "{\"text\":\"\\\"id\\\":\\\"1\\\"\"}") !=
                hash_of(&quarantine, "{\"text\":\"\\\"id\\\":\\\"2\\\"\"}"));
    assert_true(hash_of(&quarantine, "{\"x\":{\"id\":\"1\"}}") !=
                hash_of(&quarantine, "{\"x\":{\"id\":\"2\"}}"));
    static const char *const broken[] = {
        "",     "{",  "{\"id\"",      "{\"id\":",     "{\"id\":\"",
        "}}}]", "\"", "{\"id\":\"\\", "{\"id\" \"x\""};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        (void)hash_of(&quarantine, broken[i]);
}

static void quarantine_begins_after_the_set_number_and_ends_in_time(void **state) {
    (void)state;
    static mtcd_quarantine quarantine;
    quarantine_init(&quarantine);
    quarantine.after = 2;
    quarantine.keep_us = 100;
    quarantine_crash(&quarantine, 5, 1000);
    assert_false(quarantine_holds(&quarantine, 5, 1001));
    quarantine_crash(&quarantine, 5, 1010);
    assert_true(quarantine_holds(&quarantine, 5, 1011));
    assert_false(quarantine_holds(&quarantine, 6, 1011));
    assert_false(quarantine_holds(&quarantine, 5, 1110));
    quarantine_crash(&quarantine, 5, 2000);
    assert_false(quarantine_holds(&quarantine, 5, 2001));
    quarantine.after = 0;
    quarantine_crash(&quarantine, 5, 2002);
    assert_false(quarantine_holds(&quarantine, 5, 2003));
}

static void quarantine_stays_within_its_bound(void **state) {
    (void)state;
    static mtcd_quarantine quarantine;
    quarantine_init(&quarantine);
    quarantine.after = 1;
    quarantine.keep_us = 1000000;
    for (uint64_t i = 0; i < 3 * QUARANTINE_ENTRIES; i++)
        quarantine_crash(&quarantine, i, i);
    assert_int_equal(quarantine.count, QUARANTINE_ENTRIES);
    assert_true(quarantine_holds(&quarantine, 3 * QUARANTINE_ENTRIES - 1, 5000));
    assert_false(quarantine_holds(&quarantine, 0, 5000));
}

/* --- Stats, page, control --- */

static void percentiles_are_right_within_thirteen_percent(void **state) {
    (void)state;
    mtcd_stats stats = {0};
    assert_int_equal(stats_percentile(&stats, 0.5), 0);
    for (uint64_t us = 1; us <= 10000; us++) stats_time(&stats, us, us);
    assert_in_range(stats_percentile(&stats, 0.5), 5000, 5650);
    assert_in_range(stats_percentile(&stats, 0.99), 9900, 11200);
    stats_time(&stats, UINT64_MAX, 1);
    assert_true(stats_percentile(&stats, 0.9999999) > 10000);
}

static void a_page_shows_the_deadline_of_the_request_it_belongs_to(void **state) {
    (void)state;
    const int fd = shared_page_new();
    assert_true(fd >= 0);
    mtcd_shared_page *const here = shared_page_map(fd), *const there =
                                                            shared_page_map(fd);
    assert_non_null(here);
    assert_non_null(there);
    uint64_t deadline = 0;
    assert_false(shared_page_deadline(there, 4, &deadline));
    shared_page_begin(here, 4, 123456);
    assert_true(shared_page_deadline(there, 4, &deadline));
    assert_int_equal(deadline, 123456);
    assert_false(shared_page_deadline(there, 5, &deadline));
    assert_int_not_equal(ftruncate(fd, 0), 0);
    shared_page_unmap(here);
    shared_page_unmap(there);
    close(fd);
}

static void orders_carry_descriptors(void **state) {
    (void)state;
    int ends[2], carried[2];
    assert_true(control_pair(ends));
    assert_int_equal(pipe2(carried, O_CLOEXEC), 0);
    const mtcd_control_message out = {.kind = CONTROL_FORK, .worker = 3, .text = "x"};
    const mtcd_control_descriptors two = {.at = {carried[0], carried[1]}, .count = 2};
    assert_true(control_send(ends[0], &out, &two));
    mtcd_control_message in;
    mtcd_control_descriptors got;
    assert_int_equal(control_receive(ends[1], &in, &got), CONTROL_GOT);
    assert_int_equal(in.worker, 3);
    assert_string_equal(in.text, "x");
    assert_int_equal(got.count, 2);
    assert_int_equal(write(got.at[1], "y", 1), 1);
    char byte = 0;
    assert_int_equal(read(carried[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    control_close(&got);
    close(carried[0]);
    close(carried[1]);
    assert_int_equal(control_receive(ends[1], &in, &got), CONTROL_NOTHING);
    close(ends[0]);
    assert_int_equal(control_receive(ends[1], &in, &got), CONTROL_ENDED);
    assert_false(control_send(ends[1], &out, NULL));
    close(ends[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_defaults_are_sound_and_printed_so_that_they_can_be_read),
        cmocka_unit_test(every_option_has_a_range_that_holds_its_default),
        cmocka_unit_test(only_loopback_and_ipc_endpoints_pass),
        cmocka_unit_test(the_id_does_not_change_what_a_request_is),
        cmocka_unit_test(quarantine_begins_after_the_set_number_and_ends_in_time),
        cmocka_unit_test(quarantine_stays_within_its_bound),
        cmocka_unit_test(percentiles_are_right_within_thirteen_percent),
        cmocka_unit_test(a_page_shows_the_deadline_of_the_request_it_belongs_to),
        cmocka_unit_test(orders_carry_descriptors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
