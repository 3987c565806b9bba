/* stats.h: what the broker counts, and how it is told.
 *
 * Counters only grow, from the start of the broker. Times are kept in a histogram of
 * powers of two with eight steps each: a percentile is right within 13 %.
 */
#ifndef DAEMON_STATS_H
#define DAEMON_STATS_H

#include <jansson.h>

#include "base/str.h"

enum { STATS_TIMES = 8 * 32 };

typedef struct mtcd_stats {
    uint64_t started_us;
    uint64_t received, received_bytes;
    uint64_t answered[MTC_STATUS_COUNT]; /* by status; OK: what a worker or we answered */
    uint64_t retried, late_replies, clients_gone, clients_stuck, unanswerable;
    uint64_t workers_lost, workers_crashed, workers_killed_at_deadline;
    uint64_t listener_closed;
    uint64_t times[STATS_TIMES]; /* from receipt to reply of what workers answered */
    uint64_t time_count;
    double service_us; /* of one check, a moving mean */
} mtcd_stats;

/* Counts a worker's reply: keys are sorted, so that one with an error begins with it. */
void stats_answer(mtcd_stats *stats, mtc_str reply);
void stats_time(mtcd_stats *stats, uint64_t since_received_us, uint64_t at_worker_us);
/* Upper bound of the time in which `share` (0…1) of all replies came; 0: none yet. */
uint64_t stats_percentile(const mtcd_stats *stats, double share);
/* The members of the `stats` object. A new reference; NULL: no memory. */
json_t *stats_to_json(const mtcd_stats *stats);

#endif
