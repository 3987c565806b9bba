/* pool.h: the workers as the broker sees them: one socket pair, one page and at most one
 * request each.
 *
 * A slot begins with pool_add and ends with pool_remove. Between them a request given to
 * it stays with it until its answer has come (pool_read) or the worker has died; late
 * says that the client has had its answer already.
 */
#ifndef DAEMON_POOL_H
#define DAEMON_POOL_H

#include "config.h"
#include "frames.h"
#include "request.h"
#include "shared_page.h"

/* Old generations finish while new ones work. */
enum { POOL_SLOTS = 4 * CONFIG_WORKERS };

typedef struct mtcd_pool_slot {
    uint32_t worker, generation; /* worker: the master's number for it */
    int fd;                      /* -1: the worker died, its cause is awaited */
    mtcd_shared_page *page;
    mtcd_request *request; /* NULL: idle */
    bool late;
    uint64_t sequence; /* of the request */
    uint64_t given_us, look_us, lost_us;
    mtcd_frame_writer writer;
    bool writing;
    mtcd_frame_reader reader;
    zmq_msg_t reply;
    bool has_reply; /* `reply` is initialised */
} mtcd_pool_slot;

typedef struct mtcd_pool {
    mtcd_pool_slot slots[POOL_SLOTS];
    size_t count;
    uint64_t sequence;
} mtcd_pool;

/* Takes both descriptors. NULL where there is no room or the page cannot be mapped. */
mtcd_pool_slot *pool_add(mtcd_pool *pool, uint32_t worker, uint32_t generation, int fd,
                         int page_fd);
/* Frees what the slot holds, a request too. The last slot moves to its place. */
void pool_remove(mtcd_pool *pool, mtcd_pool_slot *slot);
mtcd_pool_slot *pool_find(mtcd_pool *pool, uint32_t worker);
/* A living idle worker of the generation; NULL: none. */
mtcd_pool_slot *pool_idle(mtcd_pool *pool, uint32_t generation);

static inline bool pool_is_alive(const mtcd_pool_slot *slot) {
    return slot->fd >= 0;
}

typedef enum mtcd_pool_event {
    POOL_NOTHING, /* more will come */
    POOL_ANSWER,  /* slot->reply is the answer; take it with pool_take */
    POOL_EXPIRED,
    POOL_NO_MEMORY,
    POOL_DIED, /* slot->fd is closed */
} mtcd_pool_event;

/* The request becomes the slot's. POOL_NOTHING or POOL_DIED. */
mtcd_pool_event pool_give(mtcd_pool *pool, mtcd_pool_slot *slot, mtcd_request *request,
                          uint64_t now);
/* Where the descriptor can be written, and read. */
mtcd_pool_event pool_write(mtcd_pool_slot *slot);
mtcd_pool_event pool_read(mtcd_pool_slot *slot);
/* After ANSWER, EXPIRED or NO_MEMORY: the slot is idle again, the request the caller's.
 */
mtcd_request *pool_take(mtcd_pool_slot *slot);

#endif
