#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "broker_state.h"
#include "process.h"

void broker_apply_limits(mtcd_broker *broker, const mtcd_config_limits *limits) {
    broker->limits = *limits;
    broker->queue.most_count = limits->queue_requests;
    broker->queue.most_bytes = (size_t)limits->queue_mib << 20;
    broker->quarantine.after = limits->quarantine_after;
    broker->quarantine.keep_us = (uint64_t)limits->quarantine_s * 1000000;
    broker->rate.per_s = limits->requests_per_s;
    broker->rate.burst = limits->requests_burst;
    log_set_level((mtcd_log_level)limits->log_level);
}

static void add_worker(mtcd_broker *broker, const mtcd_control_message *message,
                       mtcd_control_descriptors *descriptors) {
    if (descriptors->count != 2) {
        control_close(descriptors);
        return;
    }
    const mtcd_pool_slot *const slot =
        pool_add(&broker->pool, message->worker, message->generation, descriptors->at[0],
                 descriptors->at[1]);
    descriptors->count = 0;
    if (slot == NULL) log_say(LOG_ERROR, "no room for worker %u", message->worker);
}

/* The text holds the checksums of rules and model, a line each. */
static void take_checksums(mtcd_broker *broker, const char *text) {
    const char *const line_end = strchr(text, '\n');
    if (line_end == NULL) return;
    snprintf(broker->rules, sizeof broker->rules, "%.*s", (int)(line_end - text), text);
    snprintf(broker->model, sizeof broker->model, "%s", line_end + 1);
}

static void take_order(mtcd_broker *broker, const mtcd_control_message *message,
                       mtcd_control_descriptors *descriptors) {
    mtcd_pool_slot *slot;
    switch ((mtcd_control_kind)message->kind) {
    case CONTROL_WORKER: add_worker(broker, message, descriptors); break;
    case CONTROL_WORKER_DIED:
        slot = pool_find(&broker->pool, message->worker);
        if (slot != NULL)
            broker_settle_death(broker, slot, message->wait_status, message->sequence);
        break;
    case CONTROL_GENERATION:
        broker->generation = message->generation;
        broker_apply_limits(broker, &message->limits);
        take_checksums(broker, message->text);
        break;
    case CONTROL_NOTE:
        memcpy(broker->trouble, message->text, sizeof broker->trouble);
        break;
    case CONTROL_DRAIN:
        broker->draining = true;
        broker->quiet_since_us = now_us();
        broker_refuse_waiting(broker);
        break;
    default: break;
    }
}

void broker_take_orders(mtcd_broker *broker) {
    for (;;) {
        mtcd_control_message message;
        mtcd_control_descriptors descriptors;
        switch (control_receive(broker->control, &message, &descriptors)) {
        case CONTROL_NOTHING: return;
        case CONTROL_ENDED: broker->master_gone = true; return;
        case CONTROL_GOT:
            take_order(broker, &message, &descriptors);
            control_close(&descriptors);
        }
    }
}
