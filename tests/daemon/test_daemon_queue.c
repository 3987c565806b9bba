#include "cmocka_all.h"
#include "queue.h"
#include "rate.h"

#include <stdlib.h>

static mtcd_request *request_of(size_t size) {
    mtcd_request *const made = calloc(1, sizeof *made);
    assert_non_null(made);
    assert_int_equal(zmq_msg_init_size(&made->body, size), 0);
    return made;
}

static void requests_leave_in_the_order_they_came(void **state) {
    (void)state;
    mtcd_queue queue = {.most_count = 10, .most_bytes = 1 << 20};
    mtcd_request *in[3];
    for (size_t i = 0; i < 3; i++) {
        in[i] = request_of(10);
        assert_true(queue_push(&queue, in[i]));
    }
    for (size_t i = 0; i < 3; i++) {
        mtcd_request *const out = queue_pop(&queue);
        assert_ptr_equal(out, in[i]);
        request_free(out);
    }
    assert_null(queue_pop(&queue));
    assert_int_equal(queue.count, 0);
    assert_int_equal(queue.bytes, 0);
    assert_int_equal(queue.highest, 3);
}

static void a_full_queue_refuses_and_leaves_the_request_to_the_caller(void **state) {
    (void)state;
    mtcd_queue queue = {.most_count = 2, .most_bytes = 1 << 20};
    assert_true(queue_push(&queue, request_of(1)));
    assert_true(queue_push(&queue, request_of(1)));
    mtcd_request *const third = request_of(1);
    assert_false(queue_push(&queue, third));
    assert_int_equal(queue.count, 2);
    request_free(queue_pop(&queue));
    assert_true(queue_push(&queue, third));
    request_free(queue_pop(&queue));
    request_free(queue_pop(&queue));
}

static void bytes_are_bounded_exactly(void **state) {
    (void)state;
    mtcd_request *const first = request_of(1000);
    mtcd_request *const second = request_of(1000);
    mtcd_queue queue = {.most_count = 10, .most_bytes = 2 * request_size(first) - 1};
    assert_true(queue_push(&queue, first));
    assert_false(queue_push(&queue, second));
    queue.most_bytes++;
    assert_true(queue_push(&queue, second));
    assert_int_equal(queue.bytes, queue.most_bytes);
    request_free(queue_pop(&queue));
    request_free(queue_pop(&queue));
}

static void a_retry_goes_first_and_is_never_refused(void **state) {
    (void)state;
    mtcd_queue queue = {.most_count = 1, .most_bytes = 1 << 20};
    mtcd_request *const waiting = request_of(1), *const again = request_of(1);
    assert_true(queue_push(&queue, waiting));
    queue_push_front(&queue, again);
    assert_ptr_equal(queue_pop(&queue), again);
    assert_ptr_equal(queue_pop(&queue), waiting);
    queue_push_front(&queue, again);
    assert_true(queue.last == again);
    assert_ptr_equal(queue_pop(&queue), again);
    request_free(waiting);
    request_free(again);
}

static void a_client_may_ask_at_once_and_then_at_its_rate(void **state) {
    (void)state;
    mtcd_rate rate = {.per_s = 10, .burst = 3};
    const uint64_t now = 5000000, client = 7;
    for (int i = 0; i < 3; i++) assert_int_equal(rate_take(&rate, client, now), 0);
    const uint32_t wait_ms = rate_take(&rate, client, now);
    assert_in_range(wait_ms, 100, 101);
    assert_int_not_equal(rate_take(&rate, client, now + 99000), 0);
    /* Whoever waits as long as he was told may ask; what was refused cost nothing. */
    assert_int_equal(rate_take(&rate, client, now + wait_ms * 1000), 0);
    assert_int_not_equal(rate_take(&rate, client, now + wait_ms * 1000), 0);
    for (int i = 0; i < 3; i++)
        assert_int_equal(rate_take(&rate, client, now + 1000000), 0);
}

static void clients_are_counted_apart_and_without_a_limit_not_at_all(void **state) {
    (void)state;
    mtcd_rate rate = {.per_s = 1, .burst = 1};
    for (uint64_t client = 0; client < 10 * RATE_CLIENTS; client++)
        assert_int_equal(rate_take(&rate, client, 1000000 + client), 0);
    assert_int_equal(rate.count, RATE_CLIENTS);
    assert_int_not_equal(rate_take(&rate, 10 * RATE_CLIENTS - 1, 1002000), 0);
    rate.per_s = 0;
    assert_int_equal(rate_take(&rate, 10 * RATE_CLIENTS - 1, 1002000), 0);
}

static void a_client_is_a_user_or_an_address(void **state) {
    (void)state;
    const uint64_t client = rate_client(MTC_STR(":1000:1000:311"));
    assert_int_equal(client, rate_client(MTC_STR(":1000:100:42")));
    assert_int_not_equal(client, rate_client(MTC_STR(":1001:1000:311")));
    assert_int_not_equal(rate_client(MTC_STR("127.0.0.1")), rate_client(MTC_STR("::1")));
    (void)rate_client(MTC_STR(""));
    (void)rate_client(MTC_STR(":"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_leave_in_the_order_they_came),
        cmocka_unit_test(a_full_queue_refuses_and_leaves_the_request_to_the_caller),
        cmocka_unit_test(bytes_are_bounded_exactly),
        cmocka_unit_test(a_client_may_ask_at_once_and_then_at_its_rate),
        cmocka_unit_test(clients_are_counted_apart_and_without_a_limit_not_at_all),
        cmocka_unit_test(a_client_is_a_user_or_an_address),
        cmocka_unit_test(a_retry_goes_first_and_is_never_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
