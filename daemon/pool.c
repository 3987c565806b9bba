#include "pool.h"

#include <unistd.h>

mtcd_pool_slot *pool_add(mtcd_pool *pool, uint32_t worker, uint32_t generation, int fd,
                         int page_fd) {
    mtcd_shared_page *const page = shared_page_map(page_fd);
    close(page_fd);
    if (page == NULL || pool->count == POOL_SLOTS) {
        shared_page_unmap(page);
        close(fd);
        return NULL;
    }
    mtcd_pool_slot *const slot = &pool->slots[pool->count++];
    *slot = (mtcd_pool_slot){
        .worker = worker, .generation = generation, .fd = fd, .page = page};
    return slot;
}

static void drop_reply(mtcd_pool_slot *slot) {
    if (slot->has_reply) zmq_msg_close(&slot->reply);
    slot->has_reply = false;
    slot->reader = (mtcd_frame_reader){0};
}

void pool_remove(mtcd_pool *pool, mtcd_pool_slot *slot) {
    drop_reply(slot);
    request_free(slot->request);
    shared_page_unmap(slot->page);
    if (slot->fd >= 0) close(slot->fd);
    mtcd_pool_slot *const last = &pool->slots[--pool->count];
    if (slot == last) return;
    *slot = *last;
    if (last->has_reply) { /* a zmq_msg_t may not be copied, only moved */
        zmq_msg_init(&slot->reply);
        zmq_msg_move(&slot->reply, &last->reply);
        zmq_msg_close(&last->reply);
        if (slot->reader.body != NULL) slot->reader.body = zmq_msg_data(&slot->reply);
    }
}

mtcd_pool_slot *pool_find(mtcd_pool *pool, uint32_t worker) {
    for (size_t i = 0; i < pool->count; i++) {
        if (pool->slots[i].worker == worker) return &pool->slots[i];
    }
    return NULL;
}

mtcd_pool_slot *pool_idle(mtcd_pool *pool, uint32_t generation) {
    for (size_t i = 0; i < pool->count; i++) {
        mtcd_pool_slot *const slot = &pool->slots[i];
        if (slot->generation == generation && slot->request == NULL &&
            pool_is_alive(slot))
            return slot;
    }
    return NULL;
}

static mtcd_pool_event died(mtcd_pool_slot *slot) {
    close(slot->fd);
    slot->fd = -1;
    slot->writing = false;
    drop_reply(slot);
    return POOL_DIED;
}

mtcd_pool_event pool_write(mtcd_pool_slot *slot) {
    const mtcd_frame_progress progress = frame_write(slot->fd, &slot->writer);
    slot->writing = progress == FRAME_AGAIN;
    /* What it wrote before it died may still be read: reading finds the end. */
    if (progress == FRAME_BROKEN) return pool_read(slot);
    return POOL_NOTHING;
}

mtcd_pool_event pool_give(mtcd_pool *pool, mtcd_pool_slot *slot, mtcd_request *request,
                          uint64_t now) {
    const mtc_str body = request_body(request);
    slot->request = request;
    slot->late = false;
    slot->sequence = ++pool->sequence;
    slot->given_us = now;
    slot->writer = (mtcd_frame_writer){.head = {.length = (uint32_t)body.len,
                                                .kind = FRAME_REQUEST,
                                                .sequence = slot->sequence,
                                                .received_us = request->received_us},
                                       .body = body.ptr};
    return pool_write(slot);
}

static mtcd_pool_event finished(mtcd_pool_slot *slot) {
    const mtcd_frame_head head = slot->reader.head;
    if (slot->request == NULL || head.sequence != slot->sequence) return died(slot);
    slot->reader = (mtcd_frame_reader){0};
    switch (head.kind) {
    case FRAME_ANSWER: return slot->has_reply ? POOL_ANSWER : died(slot);
    case FRAME_EXPIRED: return POOL_EXPIRED;
    case FRAME_NO_MEMORY: return POOL_NO_MEMORY;
    default: return died(slot);
    }
}

mtcd_pool_event pool_read(mtcd_pool_slot *slot) {
    for (;;) {
        switch (frame_read(slot->fd, &slot->reader)) {
        case FRAME_AGAIN: return POOL_NOTHING;
        case FRAME_BROKEN: return died(slot);
        case FRAME_DONE: return finished(slot);
        case FRAME_NEEDS_BODY:
            if (slot->has_reply ||
                zmq_msg_init_size(&slot->reply, slot->reader.head.length) != 0)
                return died(slot);
            slot->has_reply = true;
            slot->reader.body = zmq_msg_data(&slot->reply);
        }
    }
}

mtcd_request *pool_take(mtcd_pool_slot *slot) {
    mtcd_request *const taken = slot->request;
    slot->request = NULL;
    slot->late = false;
    return taken;
}
