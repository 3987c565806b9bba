/* Whatever a client sends, what the broker looks at in it does no harm: its own replies
 * are JSON, and the hash of a request does not depend on its id. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "answers.h"
#include "frames.h"
#include "quarantine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void take_reply(zmq_msg_t *reply) {
    json_t *const parsed =
        json_loadb(zmq_msg_data(reply), zmq_msg_size(reply), JSON_ALLOW_NUL, NULL);
    if (json_string_value(json_object_get(parsed, "status")) == NULL) abort();
    json_decref(parsed);
    zmq_msg_close(reply);
}

static void look_into(mtc_str body) {
    static const mtcd_health HEALTH = {
        .state = "ready", .rules = "sha256:0", .model = "sha256:0", .trouble = ""};
    static mtcd_stats stats;
    zmq_msg_t reply;
    if (answer_small(body, &HEALTH, &stats, &reply) == ANSWER_MADE) take_reply(&reply);
    char id[4096];
    size_t length;
    answer_find_id(body, id, sizeof id, &length);
    const mtc_str found = {length == 0 ? NULL : id, length};
    if (answer_error(MTC_BUSY, "busy", 1, found, &reply)) take_reply(&reply);
    stats_answer(&stats, body);
}

/* The bytes as a stream of frames. */
static void read_frames(mtc_str bytes) {
    int ends[2];
    char body[4096];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) != 0) abort();
    (void)send(ends[0], bytes.ptr, bytes.len, MSG_NOSIGNAL);
    shutdown(ends[0], SHUT_WR);
    mtcd_frame_reader reader = {0};
    mtcd_frame_progress progress;
    while ((progress = frame_read(ends[1], &reader)) != FRAME_BROKEN &&
           progress != FRAME_AGAIN) {
        if (progress == FRAME_DONE) reader = (mtcd_frame_reader){0};
        if (progress == FRAME_NEEDS_BODY) {
            if (reader.head.length > sizeof body) break;
            reader.body = body;
        }
    }
    close(ends[0]);
    close(ends[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static mtcd_quarantine quarantine;
    const mtc_str body = {(const char *)data, size};
    if (size <= 4096) look_into(body);
    const uint64_t hash = quarantine_hash(&quarantine, body);
    quarantine_crash(&quarantine, hash, 1);
    read_frames(body);
    return 0;
}
