/* broker_state.h: what the parts of the broker share: broker.c (loop), broker_flow.c (the
 * way of a request), broker_orders.c (what the master says), listener.c (sockets). */
#ifndef DAEMON_BROKER_STATE_H
#define DAEMON_BROKER_STATE_H

#include "answers.h"
#include "control.h"
#include "listener.h"
#include "pool.h"
#include "quarantine.h"
#include "queue.h"
#include "rate.h"
#include "stats.h"

typedef struct mtcd_broker {
    mtcd_config_limits limits;
    int control;
    mtcd_listener listener;
    uint32_t generation; /* whose workers get requests; 0: none yet */
    bool draining, master_gone;
    uint64_t quiet_since_us; /* while draining: when the last message came */
    char rules[80], model[80], trouble[CONTROL_TEXT];
    mtcd_queue queue;
    mtcd_pool pool;
    mtcd_quarantine quarantine;
    mtcd_rate rate;
    mtcd_stats stats;
} mtcd_broker;

/* --- broker_flow.c: the way of a request --- */

/* Takes what clients have sent, up to a bound. */
void broker_take_requests(mtcd_broker *broker);
/* Gives waiting requests to idle workers. */
void broker_dispatch(mtcd_broker *broker);
/* The descriptor of the slot can be read or written. */
void broker_serve_slot(mtcd_broker *broker, mtcd_pool_slot *slot, bool can_read,
                       bool can_write);
/* The worker is dead: wait_status tells why (negative: unknown), killed_sequence the
 * request for which the master killed it (0: none). The slot ends. */
void broker_settle_death(mtcd_broker *broker, mtcd_pool_slot *slot, int wait_status,
                         uint64_t killed_sequence);
/* Ends slots that are idle and of an older generation. */
void broker_retire_slots(mtcd_broker *broker);
/* Everything that waits gets `shutting_down`. */
void broker_refuse_waiting(mtcd_broker *broker);
/* Deadlines: answers what has run out; returns when to look again. */
uint64_t broker_watch_deadlines(mtcd_broker *broker, uint64_t now);

/* --- broker_orders.c: what the master says --- */

void broker_take_orders(mtcd_broker *broker);
void broker_apply_limits(mtcd_broker *broker, const mtcd_config_limits *limits);

#endif
