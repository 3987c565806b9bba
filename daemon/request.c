#include "request.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rate.h"

/* What is read so far: the envelope grows here, on the stack, until its size is known. */
typedef struct mtcd_incoming {
    char envelope[REQUEST_ENVELOPE_LIMIT];
    uint32_t size, frames, bodies;
    bool too_large, has_delimiter, ended;
    uint64_t client;
    zmq_msg_t body; /* the last frame that is none of the envelope */
} mtcd_incoming;

static void add_to_envelope(mtcd_incoming *message, zmq_msg_t *frame) {
    const size_t length = zmq_msg_size(frame);
    if (message->frames == REQUEST_FRAMES ||
        length + sizeof(uint32_t) > REQUEST_ENVELOPE_LIMIT - message->size) {
        message->too_large = true;
        return;
    }
    const uint32_t prefix = (uint32_t)length;
    memcpy(message->envelope + message->size, &prefix, sizeof prefix);
    message->size += (uint32_t)sizeof prefix;
    if (length > 0) {
        memcpy(message->envelope + message->size, zmq_msg_data(frame), length);
        message->size += (uint32_t)length;
    }
    message->frames++;
}

/* The frame that waited in `body` turned out not to be the last one. */
static void body_was_envelope(mtcd_incoming *message) {
    if (message->bodies == 0) return;
    add_to_envelope(message, &message->body);
    message->bodies = 0;
}

static void take_frame(mtcd_incoming *message, zmq_msg_t *frame, bool is_last) {
    if (message->frames == 0 && !message->too_large) {
        add_to_envelope(message,
                        frame); /* the routing id, which may look like anything */
        return;
    }
    if (message->has_delimiter) {
        message->bodies++;
        if (message->bodies == 1) zmq_msg_move(&message->body, frame);
        return;
    }
    if (zmq_msg_size(frame) == 0 && !(is_last && message->bodies == 0)) {
        body_was_envelope(message);
        add_to_envelope(message, frame);
        message->has_delimiter = true;
        return;
    }
    /* No delimiter so far: this may be the body of a DEALER that sends none. */
    body_was_envelope(message);
    zmq_msg_move(&message->body, frame);
    message->bodies = 1;
}

static mtcd_request *finish(mtcd_incoming *message, uint64_t now) {
    mtcd_request *const made = malloc(sizeof *made + message->size);
    if (made == NULL) {
        zmq_msg_close(&message->body);
        return NULL;
    }
    *made = (mtcd_request){.received_us = now,
                           .client = message->client,
                           .frames = message->frames,
                           .envelope_size = message->size};
    memcpy(made->envelope, message->envelope, message->size);
    zmq_msg_init(&made->body);
    zmq_msg_move(&made->body, &message->body);
    zmq_msg_close(&message->body);
    if (message->too_large) {
        made->form = REQUEST_ENVELOPE_TOO_LARGE;
    } else if (message->bodies == 0) {
        made->form = REQUEST_NO_BODY;
    } else if (message->bodies > 1 || (!message->has_delimiter && message->frames > 1)) {
        made->form = REQUEST_SEVERAL_BODIES;
    }
    return made;
}

mtcd_request_result request_receive(void *router, uint64_t now,
                                    mtcd_request **ret_request) {
    mtcd_incoming message;
    message.size = message.frames = message.bodies = 0;
    message.too_large = message.has_delimiter = false;
    zmq_msg_t frame;
    zmq_msg_init(&frame);
    if (zmq_msg_recv(&frame, router, ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(&frame);
        return REQUEST_NONE;
    }
    const char *const address = zmq_msg_gets(&frame, "Peer-Address");
    message.client = rate_client(mtc_str_of(address == NULL ? "" : address));
    zmq_msg_init(&message.body);
    for (;;) {
        const bool is_last = zmq_msg_more(&frame) == 0;
        take_frame(&message, &frame, is_last);
        if (is_last) break;
        /* The frames of one message arrive together: this does not block. */
        int got;
        do got = zmq_msg_recv(&frame, router, 0);
        while (got < 0 && errno == EINTR);
        if (got < 0) break;
    }
    zmq_msg_close(&frame);
    mtcd_request *const made = finish(&message, now);
    if (made == NULL) return REQUEST_NO_MEMORY;
    *ret_request = made;
    return REQUEST_GOT;
}

void request_free(mtcd_request *request) {
    if (request == NULL) return;
    zmq_msg_close(&request->body);
    free(request);
}

size_t request_size(mtcd_request *request) {
    return sizeof *request + request->envelope_size + zmq_msg_size(&request->body);
}

mtcd_reply_result request_reply(void *router, const mtcd_request *request,
                                zmq_msg_t *reply) {
    uint32_t offset = 0;
    for (uint32_t i = 0; i < request->frames; i++) {
        uint32_t length;
        memcpy(&length, request->envelope + offset, sizeof length);
        offset += (uint32_t)sizeof length;
        /* Only the first frame can fail: it finds the client and room for the message. */
        if (zmq_send(router, request->envelope + offset, length,
                     ZMQ_DONTWAIT | ZMQ_SNDMORE) < 0) {
            const int reason = errno;
            zmq_msg_close(reply);
            return reason == EAGAIN ? REPLY_CLIENT_STUCK : REPLY_CLIENT_GONE;
        }
        offset += length;
    }
    if (zmq_msg_send(reply, router, ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(reply);
        return REPLY_CLIENT_GONE;
    }
    return REPLY_SENT;
}
