/* queue.h: requests that wait, in order, bounded in number and in bytes. */
#ifndef DAEMON_QUEUE_H
#define DAEMON_QUEUE_H

#include <stdbool.h>

#include "request.h"

typedef struct mtcd_queue {
    mtcd_request *first, *last;
    size_t count, bytes;
    size_t most_count, most_bytes;
    size_t highest; /* most requests that ever waited */
} mtcd_queue;

/* False where the queue is full: the request stays the caller's. */
bool queue_push(mtcd_queue *queue, mtcd_request *request);
/* For a request that was in the queue before: it goes to the front and is never refused.
 */
void queue_push_front(mtcd_queue *queue, mtcd_request *request);
/* NULL where it is empty. The request is the caller's. */
mtcd_request *queue_pop(mtcd_queue *queue);

#endif
