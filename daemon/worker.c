#include "worker.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "frames.h"
#include "process.h"
#include "sandbox.h"

enum { BASE_ROOM = 64 << 10 };

typedef struct mtcd_worker {
    mtc_session *session;
    int pair;
    mtcd_shared_page *page;
    uint32_t cap_ms;
    char *room; /* for the request; BASE_ROOM bytes between requests */
    size_t room_size;
    uint64_t sequence;
    bool expired; /* the deadline had passed before the check began */
} mtcd_worker;

static uint64_t clock_now(void *context) {
    (void)context;
    return now_us();
}

static void deadline_known(void *context, uint64_t deadline_us) {
    mtcd_worker *const self = context;
    self->expired = now_us() >= deadline_us;
    shared_page_begin(self->page, self->sequence, deadline_us);
}

static bool make_room(mtcd_worker *self, size_t size) {
    if (size < BASE_ROOM) size = BASE_ROOM;
    if (size == self->room_size) return true;
    char *const room = realloc(self->room, size);
    if (room == NULL) return false;
    self->room = room;
    self->room_size = size;
    return true;
}

static bool read_request(mtcd_worker *self, mtcd_frame_head *ret_head) {
    mtcd_frame_reader reader = {0};
    mtcd_frame_progress progress;
    while ((progress = frame_read(self->pair, &reader)) == FRAME_NEEDS_BODY) {
        if (!make_room(self, reader.head.length)) return false;
        reader.body = self->room;
    }
    *ret_head = reader.head;
    return progress == FRAME_DONE && reader.head.kind == FRAME_REQUEST;
}

static bool answer(mtcd_worker *self, const mtcd_frame_head *request) {
    self->sequence = request->sequence;
    self->expired = false;
    const mtc_timing timing = {.now_us = clock_now,
                               .context = self,
                               .received_us = request->received_us,
                               .cap_ms = self->cap_ms,
                               .on_deadline = deadline_known};
    mtc_str reply = {0};
    const mtc_status status = mtc_session_answer(
        self->session, (mtc_str){self->room, request->length}, &timing, &reply);
    mtcd_frame_writer writer = {.head = {.sequence = request->sequence},
                                .body = reply.ptr};
    if (status != MTC_OK || reply.len > FRAME_LIMIT) {
        writer.head.kind = FRAME_NO_MEMORY;
    } else if (self->expired) {
        writer.head.kind = FRAME_EXPIRED;
    } else {
        writer.head.kind = FRAME_ANSWER;
        writer.head.length = (uint32_t)reply.len;
    }
    const bool written = frame_write(self->pair, &writer) == FRAME_DONE;
    shared_page_finish(self->page, request->sequence);
    return written && make_room(self, BASE_ROOM);
}

int worker_run(const mtc_engine *engine, const mtcd_config *config, int pair,
               mtcd_shared_page *page) {
    mtcd_worker self = {
        .pair = pair, .page = page, .cap_ms = config->limits.deadline_cap_ms};
    mtc_error error;
    if (mtc_session_new(engine, &self.session, &error) != MTC_OK) {
        log_say(LOG_ERROR, "%s", error.message);
        return 1;
    }
    process_tidy_memory();
    if (config->sandbox && !sandbox_enter()) {
        log_say(LOG_ERROR, "cannot enter the sandbox: %s (sandbox: false does without)",
                strerror(errno));
        return 1;
    }
    mtcd_frame_head request;
    while (read_request(&self, &request) && answer(&self, &request)) {
    }
    free(self.room);
    mtc_session_free(self.session);
    return 0;
}
