#include "queue.h"

static void count_in(mtcd_queue *queue, mtcd_request *request) {
    queue->count++;
    queue->bytes += request_size(request);
    if (queue->count > queue->highest) queue->highest = queue->count;
}

bool queue_push(mtcd_queue *queue, mtcd_request *request) {
    const size_t size = request_size(request);
    if (queue->count >= queue->most_count || size > queue->most_bytes ||
        queue->bytes > queue->most_bytes - size) {
        return false;
    }
    request->next = NULL;
    if (queue->last == NULL) {
        queue->first = request;
    } else {
        queue->last->next = request;
    }
    queue->last = request;
    count_in(queue, request);
    return true;
}

void queue_push_front(mtcd_queue *queue, mtcd_request *request) {
    request->next = queue->first;
    queue->first = request;
    if (queue->last == NULL) queue->last = request;
    count_in(queue, request);
}

mtcd_request *queue_pop(mtcd_queue *queue) {
    mtcd_request *const first = queue->first;
    if (first == NULL) return NULL;
    queue->first = first->next;
    if (queue->first == NULL) queue->last = NULL;
    first->next = NULL;
    queue->count--;
    queue->bytes -= request_size(first);
    return first;
}
