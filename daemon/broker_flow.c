#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "broker_state.h"
#include "process.h"

enum {
    TAKEN_AT_ONCE = 64,      /* messages, then the workers have their turn */
    LATE_US = 10000,         /* an answer may be this late before we say so */
    LOOK_US = 5000,          /* how often an unknown deadline is looked for */
    LEAST_GRACE_US = 500000, /* from a deadline to the end of its worker */
    CAUSE_US = 500000,       /* how long the cause of a death is waited for */
    LEAST_RETRY_MS = 10,
    MOST_RETRY_MS = 10000,
};

/* --- Answers --- */

static void send_reply(mtcd_broker *broker, const mtcd_request *request,
                       zmq_msg_t *reply) {
    switch (request_reply(broker->listener.router, request, reply)) {
    case REPLY_SENT: break;
    case REPLY_CLIENT_GONE: broker->stats.clients_gone++; break;
    case REPLY_CLIENT_STUCK: broker->stats.clients_stuck++; break;
    }
}

static void answer_with(mtcd_broker *broker, mtcd_request *request, mtc_status code,
                        const char *message, uint32_t retry_after_ms) {
    char id[REQUEST_SMALL];
    size_t length = 0;
    const mtc_str body = request_body(request);
    if (body.len <= REQUEST_SMALL) answer_find_id(body, id, sizeof id, &length);
    zmq_msg_t reply;
    broker->stats.answered[code]++;
    if (answer_error(code, message, retry_after_ms,
                     (mtc_str){length == 0 ? NULL : id, length}, &reply))
        send_reply(broker, request, &reply);
}

/* The same for a request that ends with it. */
static void end_with(mtcd_broker *broker, mtcd_request *request, mtc_status code,
                     const char *message) {
    answer_with(broker, request, code, message, 0);
    request_free(request);
}

static void refuse_draining(mtcd_broker *broker, mtcd_request *request) {
    end_with(broker, request, MTC_SHUTTING_DOWN, "the service is shutting down");
}

/* --- Requests --- */

/* When a place in the queue may be free: as long as the checks before it take. */
static uint32_t retry_after(const mtcd_broker *broker) {
    const double workers = broker->pool.count == 0 ? 1 : (double)broker->pool.count;
    const double ms =
        broker->stats.service_us * (double)broker->queue.count / workers / 1000;
    if (ms < LEAST_RETRY_MS) return LEAST_RETRY_MS;
    return ms > MOST_RETRY_MS ? MOST_RETRY_MS : (uint32_t)ms;
}

static size_t body_limit(const mtcd_broker *broker) {
    /* JSON may write one byte in six. */
    return (size_t)broker->limits.text_limit_kib * 1024 * 6 + 64 * 1024;
}

static mtcd_health describe(const mtcd_broker *broker, uint64_t now) {
    mtcd_health health = {
        .state = broker->draining          ? "draining"
                 : broker->generation == 0 ? "starting"
                                           : "ready",
        .generation = broker->generation,
        .workers = broker->limits.workers,
        .queued = broker->queue.count,
        .queued_bytes = broker->queue.bytes,
        .most_queued = broker->queue.most_count,
        .most_bytes = broker->queue.most_bytes,
        .highest_queued = broker->queue.highest,
        .uptime_us = now - broker->stats.started_us,
        .rules = broker->rules,
        .model = broker->model,
        .trouble = broker->trouble,
    };
    for (size_t i = 0; i < broker->pool.count; i++) {
        const mtcd_pool_slot *const slot = &broker->pool.slots[i];
        if (!pool_is_alive(slot) || slot->generation != broker->generation) continue;
        health.workers_ready++;
        if (slot->request != NULL) health.workers_busy++;
    }
    return health;
}

/* True where the broker answered it. */
static bool answer_itself(mtcd_broker *broker, mtcd_request *request, uint64_t now) {
    const mtc_str body = request_body(request);
    if (body.len > REQUEST_SMALL) return false;
    const mtcd_health health = describe(broker, now);
    zmq_msg_t reply;
    switch (answer_small(body, &health, &broker->stats, &reply)) {
    case ANSWER_FOR_WORKER: return false;
    case ANSWER_MADE:
        broker->stats.answered[MTC_OK]++;
        send_reply(broker, request, &reply);
        request_free(request);
        return true;
    case ANSWER_NO_MEMORY: break;
    }
    end_with(broker, request, MTC_INTERNAL, "there was not enough memory");
    return true;
}

/* False where the form is wrong; the request has then ended. */
static bool is_well_formed(mtcd_broker *broker, mtcd_request *request) {
    switch (request->form) {
    case REQUEST_WELL_FORMED: return true;
    case REQUEST_NO_BODY:
        end_with(broker, request, MTC_INVALID_REQUEST,
                 "the message has no frame with a request");
        return false;
    case REQUEST_SEVERAL_BODIES:
        end_with(broker, request, MTC_INVALID_REQUEST,
                 "a request is one frame, behind an empty one; the message has several");
        return false;
    case REQUEST_ENVELOPE_TOO_LARGE:
        broker->stats.unanswerable++;
        request_free(request);
        return false;
    }
    return false;
}

static void accept_request(mtcd_broker *broker, mtcd_request *request, uint64_t now) {
    const mtc_str body = request_body(request);
    broker->stats.received++;
    broker->stats.received_bytes += body.len;
    if (!is_well_formed(broker, request)) return;
    if (body.len > body_limit(broker)) {
        end_with(broker, request, MTC_TEXT_TOO_LARGE,
                 "the request is larger than any article within the limit can make it");
        return;
    }
    if (answer_itself(broker, request, now)) return;
    if (broker->draining) {
        refuse_draining(broker, request);
        return;
    }
    const uint32_t wait_ms = rate_take(&broker->rate, request->client, now);
    if (wait_ms > 0) {
        answer_with(broker, request, MTC_RATE_LIMITED, "this client asks too often",
                    wait_ms);
        request_free(request);
        return;
    }
    request->hash = quarantine_hash(&broker->quarantine, body);
    if (quarantine_holds(&broker->quarantine, request->hash, now)) {
        end_with(broker, request, MTC_QUARANTINED,
                 "this request ended several workers and is refused for a while");
        return;
    }
    if (!queue_push(&broker->queue, request)) {
        answer_with(broker, request, MTC_BUSY, "too many requests wait already",
                    retry_after(broker));
        request_free(request);
    }
}

void broker_take_requests(mtcd_broker *broker) {
    for (int i = 0; i < TAKEN_AT_ONCE; i++) {
        mtcd_request *request;
        const uint64_t now = now_us();
        switch (request_receive(broker->listener.router, now, &request)) {
        case REQUEST_NONE: return;
        case REQUEST_NO_MEMORY: broker->stats.unanswerable++; break;
        case REQUEST_GOT:
            broker->quiet_since_us = now;
            accept_request(broker, request, now);
            broker_dispatch(broker);
            break;
        }
    }
}

/* --- Workers --- */

static uint64_t cap_of(const mtcd_broker *broker, const mtcd_request *request) {
    return request->received_us + (uint64_t)broker->limits.deadline_cap_ms * 1000;
}

static void handle(mtcd_broker *broker, mtcd_pool_slot *slot, mtcd_pool_event event);

void broker_dispatch(mtcd_broker *broker) {
    while (broker->queue.count > 0) {
        mtcd_pool_slot *const slot = pool_idle(&broker->pool, broker->generation);
        if (slot == NULL) return;
        mtcd_request *const request = queue_pop(&broker->queue);
        const uint64_t now = now_us();
        if (now >= cap_of(broker, request)) {
            end_with(broker, request, MTC_DEADLINE,
                     "the deadline passed before the check could begin");
            continue;
        }
        slot->look_us = now + LOOK_US;
        handle(broker, slot, pool_give(&broker->pool, slot, request, now));
    }
}

static void bring_answer(mtcd_broker *broker, mtcd_pool_slot *slot,
                         mtcd_pool_event event) {
    const uint64_t now = now_us();
    const uint64_t given = slot->given_us;
    const bool late = slot->late;
    mtcd_request *const request = pool_take(slot);
    if (late) {
        broker->stats.late_replies++;
        request_free(request);
    } else if (event == POOL_EXPIRED) {
        end_with(broker, request, MTC_DEADLINE,
                 "the deadline passed before the check could begin");
    } else if (event == POOL_NO_MEMORY) {
        end_with(broker, request, MTC_INTERNAL, "there was not enough memory");
    } else {
        stats_answer(&broker->stats,
                     (mtc_str){zmq_msg_data(&slot->reply), zmq_msg_size(&slot->reply)});
        stats_time(&broker->stats, now - request->received_us, now - given);
        send_reply(broker, request, &slot->reply);
        request_free(request);
    }
    if (slot->has_reply) zmq_msg_close(&slot->reply);
    slot->has_reply = false;
}

static void handle(mtcd_broker *broker, mtcd_pool_slot *slot, mtcd_pool_event event) {
    switch (event) {
    case POOL_NOTHING: break;
    case POOL_ANSWER:
    case POOL_EXPIRED:
    case POOL_NO_MEMORY: bring_answer(broker, slot, event); break;
    case POOL_DIED: slot->lost_us = now_us(); break;
    }
}

void broker_serve_slot(mtcd_broker *broker, mtcd_pool_slot *slot, bool can_read,
                       bool can_write) {
    if (can_write && slot->writing) handle(broker, slot, pool_write(slot));
    if (can_read && pool_is_alive(slot)) handle(broker, slot, pool_read(slot));
}

void broker_retire_slots(mtcd_broker *broker) {
    for (size_t i = broker->pool.count; i > 0; i--) {
        mtcd_pool_slot *const slot = &broker->pool.slots[i - 1];
        if (slot->request == NULL && pool_is_alive(slot) &&
            slot->generation < broker->generation)
            pool_remove(&broker->pool, slot);
    }
}

/* Does this death speak against the request? A SIGKILL from outside does not. */
static bool is_crash(int wait_status) {
    static const int SIGNALS[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS};
    if (wait_status < 0 || !WIFSIGNALED(wait_status)) return false;
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++) {
        if (WTERMSIG(wait_status) == SIGNALS[i]) return true;
    }
    return false;
}

static void retry_or_give_up(mtcd_broker *broker, mtcd_request *request) {
    if (request->tries == 0) {
        request->tries++;
        broker->stats.retried++;
        queue_push_front(&broker->queue, request);
        return;
    }
    end_with(broker, request, MTC_WORKER_LOST, "two workers were lost over this request");
}

void broker_settle_death(mtcd_broker *broker, mtcd_pool_slot *slot, int wait_status,
                         uint64_t killed_sequence) {
    /* What it wrote before it died still counts. */
    if (pool_is_alive(slot)) handle(broker, slot, pool_read(slot));
    const uint64_t now = now_us();
    const bool overdue = killed_sequence != 0 && killed_sequence == slot->sequence;
    const bool crashed = is_crash(wait_status);
    broker->stats.workers_lost++;
    broker->stats.workers_crashed += crashed;
    broker->stats.workers_killed_at_deadline += overdue;
    const bool late = slot->late;
    mtcd_request *const request = slot->request == NULL ? NULL : pool_take(slot);
    pool_remove(&broker->pool, slot);
    if (request == NULL) return;
    if (crashed || overdue) quarantine_crash(&broker->quarantine, request->hash, now);
    if (late) {
        request_free(request);
    } else if (overdue) {
        end_with(broker, request, MTC_DEADLINE, "the check did not end in time");
    } else {
        retry_or_give_up(broker, request);
    }
}

void broker_refuse_waiting(mtcd_broker *broker) {
    mtcd_request *request;
    while ((request = queue_pop(&broker->queue)) != NULL)
        refuse_draining(broker, request);
}

/* --- Deadlines --- */

static void say_late(mtcd_broker *broker, mtcd_pool_slot *slot, uint64_t deadline) {
    answer_with(broker, slot->request, MTC_DEADLINE, "the check did not end in time", 0);
    slot->late = true;
    /* It is killed at twice the deadline, but not for being a little slow with a very
     * short one: that would be held against the text. */
    const uint64_t granted = deadline - slot->request->received_us;
    const mtcd_control_message message = {
        .kind = CONTROL_OVERDUE,
        .worker = slot->worker,
        .sequence = slot->sequence,
        .time_us = deadline + (granted > LEAST_GRACE_US ? granted : LEAST_GRACE_US)};
    if (!control_send(broker->control, &message, NULL))
        log_say(LOG_WARNING, "the master does not hear that worker %u is overdue",
                slot->worker);
}

/* When to look at the slot again; UINT64_MAX: not before it speaks. */
static uint64_t watch_slot(mtcd_broker *broker, mtcd_pool_slot *slot, uint64_t now) {
    if (slot->request == NULL || slot->late) return UINT64_MAX;
    if (now < slot->look_us) return slot->look_us;
    const uint64_t cap = cap_of(broker, slot->request);
    uint64_t deadline = cap;
    const bool known = shared_page_deadline(slot->page, slot->sequence, &deadline);
    if (deadline > cap) deadline = cap;
    if (now >= deadline + LATE_US) {
        say_late(broker, slot, deadline);
        return UINT64_MAX;
    }
    const uint64_t end = deadline + LATE_US;
    slot->look_us = known || now + LOOK_US > end ? end : now + LOOK_US;
    return slot->look_us;
}

uint64_t broker_watch_deadlines(mtcd_broker *broker, uint64_t now) {
    uint64_t next = UINT64_MAX;
    for (size_t i = broker->pool.count; i > 0; i--) {
        mtcd_pool_slot *const slot = &broker->pool.slots[i - 1];
        uint64_t look;
        if (pool_is_alive(slot)) {
            look = watch_slot(broker, slot, now);
        } else {
            look = slot->lost_us + CAUSE_US;
            if (now >= look) {
                broker_settle_death(broker, slot, -1, 0);
                continue;
            }
        }
        if (look < next) next = look;
    }
    while (broker->queue.first != NULL && now >= cap_of(broker, broker->queue.first)) {
        end_with(broker, queue_pop(&broker->queue), MTC_DEADLINE,
                 "the deadline passed before the check could begin");
    }
    if (broker->queue.first != NULL && cap_of(broker, broker->queue.first) < next)
        next = cap_of(broker, broker->queue.first);
    return next;
}
