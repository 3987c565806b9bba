/* answers.h: the replies that the broker writes itself. */
#ifndef DAEMON_ANSWERS_H
#define DAEMON_ANSWERS_H

#include <zmq.h>

#include "base/str.h"
#include "stats.h"

/* What health tells. */
typedef struct mtcd_health {
    const char *state; /* "starting", "ready", "draining" */
    uint32_t generation, workers, workers_ready, workers_busy;
    size_t queued, queued_bytes, most_queued, most_bytes, highest_queued;
    uint64_t uptime_us;
    const char *rules, *model; /* checksums, "" while starting */
    const char *trouble;       /* why the last reload failed; "": it did not */
} mtcd_health;

/* Each fills *ret_reply, which the caller sends or closes, and is false where there is no
 * memory. id.ptr NULL becomes null. retry_after_ms 0: not told. */
bool answer_error(mtc_status code, const char *message, uint32_t retry_after_ms,
                  mtc_str id, zmq_msg_t *ret_reply);

typedef enum mtcd_answer_result {
    ANSWER_MADE,
    ANSWER_FOR_WORKER,
    ANSWER_NO_MEMORY
} mtcd_answer_result;
/* Answers the ops health, stats and version; everything else, also what is no request at
 * all, is a worker's. The body is small (REQUEST_SMALL). */
mtcd_answer_result answer_small(mtc_str body, const mtcd_health *health,
                                const mtcd_stats *stats, zmq_msg_t *ret_reply);
/* The id of a small body; "" where it has none. */
void answer_find_id(mtc_str body, char ret_id[], size_t size, size_t *ret_length);

#endif
