#include "broker.h"

#include <stdlib.h>
#include <zmq.h>

#include "broker_state.h"
#include "process.h"

enum { QUIET_US = 30000, FIXED_ITEMS = 3 };

/* Everything that can wake the broker; the slots follow the fixed items. */
static int gather(mtcd_broker *broker, zmq_pollitem_t *items, uint32_t *workers) {
    items[0] = (zmq_pollitem_t){.fd = broker->control, .events = ZMQ_POLLIN};
    items[1] = (zmq_pollitem_t){.socket = broker->listener.router, .events = ZMQ_POLLIN};
    items[2] = (zmq_pollitem_t){.socket = broker->listener.monitor, .events = ZMQ_POLLIN};
    int count = FIXED_ITEMS;
    for (size_t i = 0; i < broker->pool.count; i++) {
        const mtcd_pool_slot *const slot = &broker->pool.slots[i];
        if (!pool_is_alive(slot)) continue;
        const short events = (short)(ZMQ_POLLIN | (slot->writing ? ZMQ_POLLOUT : 0));
        workers[count] = slot->worker;
        items[count++] = (zmq_pollitem_t){.fd = slot->fd, .events = events};
    }
    return count;
}

static long time_until(uint64_t next, uint64_t now) {
    if (next == UINT64_MAX) return -1;
    return next <= now ? 0 : (long)((next - now + 999) / 1000);
}

/* While draining: nothing waits, nothing is at work, nobody has said anything lately. */
static bool is_drained(const mtcd_broker *broker, uint64_t now, uint64_t *next) {
    if (!broker->draining || broker->queue.count > 0) return false;
    for (size_t i = 0; i < broker->pool.count; i++) {
        if (broker->pool.slots[i].request != NULL && !broker->pool.slots[i].late)
            return false;
    }
    if (now >= broker->quiet_since_us + QUIET_US) return true;
    if (broker->quiet_since_us + QUIET_US < *next)
        *next = broker->quiet_since_us + QUIET_US;
    return false;
}

static void serve(mtcd_broker *broker, zmq_pollitem_t *items, const uint32_t *workers,
                  int count) {
    for (int i = FIXED_ITEMS; i < count; i++) {
        if (items[i].revents == 0) continue;
        mtcd_pool_slot *const slot = pool_find(&broker->pool, workers[i]);
        if (slot == NULL) continue;
        broker_serve_slot(broker, slot, (items[i].revents & ~ZMQ_POLLOUT) != 0,
                          (items[i].revents & ZMQ_POLLOUT) != 0);
    }
    broker_dispatch(broker);
    if (items[2].revents != 0) listener_drain_monitor(&broker->listener);
    if (items[1].revents != 0) broker_take_requests(broker);
    if (items[0].revents != 0) broker_take_orders(broker);
}

/* A retry while draining needs a worker; where none is left, say so. */
static void drain_retries(mtcd_broker *broker) {
    if (!broker->draining || broker->queue.count == 0) return;
    for (size_t i = 0; i < broker->pool.count; i++) {
        if (pool_is_alive(&broker->pool.slots[i])) return;
    }
    broker_refuse_waiting(broker);
}

static int loop(mtcd_broker *broker) {
    static zmq_pollitem_t items[POOL_SLOTS + FIXED_ITEMS];
    static uint32_t workers[POOL_SLOTS + FIXED_ITEMS];
    for (;;) {
        broker_dispatch(broker);
        broker_retire_slots(broker);
        drain_retries(broker);
        const uint64_t now = now_us();
        uint64_t next = broker_watch_deadlines(broker, now);
        broker_dispatch(broker); /* what a death gave back */
        if (broker->master_gone || is_drained(broker, now, &next)) return 0;
        if (!broker->draining && !broker->listener.open &&
            broker->listener.look_us < next)
            next = broker->listener.look_us;
        const int count = gather(broker, items, workers);
        zmq_poll(items, count, time_until(next, now));
        serve(broker, items, workers, count);
        if (!broker->draining && (items[2].revents != 0 || !broker->listener.open))
            broker->stats.listener_closed +=
                listener_watch_descriptors(&broker->listener, now_us());
    }
}

int broker_run(const mtcd_config *config, const mtcd_access_listeners *listeners,
               int control) {
    mtcd_broker *const broker = calloc(1, sizeof *broker);
    if (broker == NULL) return 1;
    broker->control = control;
    broker->stats.started_us = now_us();
    quarantine_init(&broker->quarantine);
    broker_apply_limits(broker, &config->limits);
    int result = 1;
    if (listener_start(&broker->listener, config, listeners) &&
        control_send(control, &(mtcd_control_message){.kind = CONTROL_LISTENING}, NULL)) {
        result = loop(broker);
    }
    listener_end(&broker->listener);
    while (broker->pool.count > 0) pool_remove(&broker->pool, &broker->pool.slots[0]);
    free(broker);
    return result;
}
