/* request.h: one message of a client, and the way back to it.
 *
 * The envelope (routing id of the client, then all frames up to and including the first
 * empty one) is kept as it came and goes back unchanged. The body is not parsed; where it
 * is small, its `op` is looked at (broker only answers some ops itself).
 */
#ifndef DAEMON_REQUEST_H
#define DAEMON_REQUEST_H

#include <stdbool.h>
#include <zmq.h>

#include "base/str.h"

enum {
    REQUEST_FRAMES = 32,              /* of an envelope, at most */
    REQUEST_ENVELOPE_LIMIT = 8 << 10, /* bytes of it */
    REQUEST_SMALL = 4 << 10,          /* bytes of a body that the broker looks into */
};

typedef enum mtcd_request_form {
    REQUEST_WELL_FORMED,
    REQUEST_NO_BODY,
    REQUEST_SEVERAL_BODIES,
    REQUEST_ENVELOPE_TOO_LARGE, /* cannot be answered: no way back */
} mtcd_request_form;

typedef struct mtcd_request {
    struct mtcd_request *next; /* in a queue */
    zmq_msg_t body;
    mtcd_request_form form;
    uint64_t received_us;
    uint64_t client; /* who sent it: rate_client */
    uint64_t hash;   /* of the body without its id */
    uint32_t tries;
    uint32_t frames;        /* of the envelope */
    uint32_t envelope_size; /* bytes; each frame is its length (uint32_t) and itself */
    char envelope[];
} mtcd_request;

typedef enum mtcd_request_result {
    REQUEST_GOT,
    REQUEST_NONE,
    REQUEST_NO_MEMORY
} mtcd_request_result;

/* Takes one message from the ROUTER, all its frames. Never blocks. *ret_request is the
 * caller's, to end with request_free (NULL is fine). */
mtcd_request_result request_receive(void *router, uint64_t now,
                                    mtcd_request **ret_request);
void request_free(mtcd_request *request);

static inline mtc_str request_body(mtcd_request *from) {
    return (mtc_str){zmq_msg_data(&from->body), zmq_msg_size(&from->body)};
}

/* What it takes of the queue. */
size_t request_size(mtcd_request *request);

typedef enum mtcd_reply_result {
    REPLY_SENT,
    REPLY_CLIENT_GONE,
    REPLY_CLIENT_STUCK, /* it does not read its replies */
} mtcd_reply_result;

/* Sends the envelope and `reply`, which is emptied in any case. Never blocks. */
mtcd_reply_result request_reply(void *router, const mtcd_request *request,
                                zmq_msg_t *reply);

#endif
