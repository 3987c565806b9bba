#include "cmocka_all.h"
#include "frames.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LARGE = 3 << 20 };

static int make_pair(void **state) {
    int *const ends = malloc(2 * sizeof *ends);
    if (ends == NULL) return -1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0) {
        free(ends);
        return -1;
    }
    *state = ends;
    return 0;
}

static int end_pair(void **state) {
    int *const ends = *state;
    close(ends[0]);
    close(ends[1]);
    free(ends);
    return 0;
}

static void a_frame_larger_than_the_socket_arrives_whole(void **state) {
    const int *const ends = *state;
    char *const out = malloc(LARGE), *const in = malloc(LARGE);
    assert_non_null(out);
    assert_non_null(in);
    for (size_t i = 0; i < LARGE; i++) out[i] = (char)(i * 31 + i / 251);
    mtcd_frame_writer writer = {
        .head = {.length = LARGE, .kind = FRAME_REQUEST, .sequence = 7, .received_us = 9},
        .body = out};
    mtcd_frame_reader reader = {0};
    mtcd_frame_progress written = FRAME_AGAIN, got = FRAME_AGAIN;
    assert_int_equal(frame_read(ends[1], &reader), FRAME_AGAIN);
    for (int turns = 0; got != FRAME_DONE && turns < 10000; turns++) {
        if (written == FRAME_AGAIN) written = frame_write(ends[0], &writer);
        got = frame_read(ends[1], &reader);
        if (got == FRAME_NEEDS_BODY) reader.body = in;
    }
    assert_int_equal(written, FRAME_DONE);
    assert_int_equal(got, FRAME_DONE);
    assert_int_equal(reader.head.sequence, 7);
    assert_int_equal(reader.head.received_us, 9);
    assert_memory_equal(in, out, LARGE);
    free(in);
    free(out);
}

static void frames_behind_each_other_stay_apart(void **state) {
    const int *const ends = *state;
    const char *const words[] = {"one", "", "three"};
    for (uint64_t i = 0; i < 3; i++) {
        mtcd_frame_writer writer = {.head = {.length = (uint32_t)strlen(words[i]),
                                             .kind = FRAME_ANSWER,
                                             .sequence = i},
                                    .body = words[i]};
        assert_int_equal(frame_write(ends[0], &writer), FRAME_DONE);
    }
    for (uint64_t i = 0; i < 3; i++) {
        char body[8] = "";
        mtcd_frame_reader reader = {0};
        if (words[i][0] != '\0') {
            assert_int_equal(frame_read(ends[1], &reader), FRAME_NEEDS_BODY);
            reader.body = body;
        }
        assert_int_equal(frame_read(ends[1], &reader), FRAME_DONE);
        assert_int_equal(reader.head.sequence, i);
        assert_string_equal(body, words[i]);
    }
}

static void a_torn_frame_is_broken(void **state) {
    const int *const ends = *state;
    const mtcd_frame_head head = {.length = 100, .kind = FRAME_ANSWER};
    assert_int_equal(send(ends[0], &head, sizeof head, 0), sizeof head);
    assert_int_equal(send(ends[0], "half", 4, 0), 4);
    shutdown(ends[0], SHUT_WR);
    char body[100];
    mtcd_frame_reader reader = {0};
    assert_int_equal(frame_read(ends[1], &reader), FRAME_NEEDS_BODY);
    reader.body = body;
    assert_int_equal(frame_read(ends[1], &reader), FRAME_BROKEN);
}

static void what_is_no_frame_is_broken(void **state) {
    const int *const ends = *state;
    const mtcd_frame_head too_long = {.length = FRAME_LIMIT + 1u, .kind = FRAME_ANSWER};
    assert_int_equal(send(ends[0], &too_long, sizeof too_long, 0), sizeof too_long);
    mtcd_frame_reader reader = {0};
    assert_int_equal(frame_read(ends[1], &reader), FRAME_BROKEN);
    const mtcd_frame_head unknown = {.kind = FRAME_KIND_COUNT};
    assert_int_equal(send(ends[0], &unknown, sizeof unknown, 0), sizeof unknown);
    reader = (mtcd_frame_reader){0};
    assert_int_equal(frame_read(ends[1], &reader), FRAME_BROKEN);
}

static void writing_to_a_dead_end_is_broken_and_no_signal(void **state) {
    const int *const ends = *state;
    shutdown(ends[1], SHUT_RDWR);
    mtcd_frame_writer writer = {.head = {.length = 1, .kind = FRAME_REQUEST},
                                .body = "x"};
    assert_int_equal(frame_write(ends[0], &writer), FRAME_BROKEN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_frame_larger_than_the_socket_arrives_whole,
                                        make_pair, end_pair),
        cmocka_unit_test_setup_teardown(frames_behind_each_other_stay_apart, make_pair,
                                        end_pair),
        cmocka_unit_test_setup_teardown(a_torn_frame_is_broken, make_pair, end_pair),
        cmocka_unit_test_setup_teardown(what_is_no_frame_is_broken, make_pair, end_pair),
        cmocka_unit_test_setup_teardown(writing_to_a_dead_end_is_broken_and_no_signal,
                                        make_pair, end_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
