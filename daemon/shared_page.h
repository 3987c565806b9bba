/* shared_page.h: what a worker shows to broker and master while it works.
 *
 * One page of a sealed memfd, mapped by all three. Only the worker writes. A request is
 * known by its sequence number; `begun` is stored after `deadline_us`, so whoever reads
 * the number of the request it waits for in `begun` also sees that request's deadline.
 */
#ifndef DAEMON_SHARED_PAGE_H
#define DAEMON_SHARED_PAGE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct mtcd_shared_page {
    _Atomic uint64_t deadline_us; /* CLOCK_MONOTONIC */
    _Atomic uint64_t begun;       /* sequence number whose deadline is known */
    _Atomic uint64_t finished;    /* sequence number of the last answer written */
} mtcd_shared_page;

/* A new zeroed page; the descriptor or -1 with errno. */
int shared_page_new(void);
/* NULL with errno. End with shared_page_unmap (NULL is fine). */
mtcd_shared_page *shared_page_map(int fd);
void shared_page_unmap(mtcd_shared_page *page);

/* Worker: the deadline of request `sequence` is known. */
void shared_page_begin(mtcd_shared_page *page, uint64_t sequence, uint64_t deadline_us);
void shared_page_finish(mtcd_shared_page *page, uint64_t sequence);
/* Others: true and the deadline where `sequence` has begun. */
bool shared_page_deadline(const mtcd_shared_page *page, uint64_t sequence,
                          uint64_t *ret_deadline_us);

#endif
