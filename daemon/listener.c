#include "listener.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

#include "process.h"

enum {
    CLOSE_AT_PERCENT = 80,
    REOPEN_BELOW_PERCENT = 70,
    LOOK_AGAIN_US = 250000,
    LINGER_MS = 1000,
    HANDSHAKE_MS = 1000,
    REPLIES_PER_CLIENT = 4096, /* that wait for one client */
    REQUESTS_PER_CLIENT = 64,  /* read from it before the broker takes them */
};

static const char MONITOR[] = "inproc://monitor";

static bool set(void *socket, int option, int value) {
    return zmq_setsockopt(socket, option, &value, sizeof value) == 0;
}

static bool set_options(mtcd_listener *listener, const mtcd_config *config) {
    void *const router = listener->router;
    const int64_t frame_limit = LISTENER_FRAME_LIMIT;
    bool good =
        zmq_setsockopt(router, ZMQ_MAXMSGSIZE, &frame_limit, sizeof frame_limit) == 0 &&
        set(router, ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS) &&
        set(router, ZMQ_LINGER, LINGER_MS) && set(router, ZMQ_IPV6, 1) &&
        set(router, ZMQ_ROUTER_MANDATORY, 1) &&
        set(router, ZMQ_SNDHWM, REPLIES_PER_CLIENT) &&
        set(router, ZMQ_RCVHWM, REQUESTS_PER_CLIENT);
    for (uint32_t i = 0; i < config->allowed_user_count; i++) {
        const uid_t user = config->allowed_users[i];
        good =
            good && zmq_setsockopt(router, ZMQ_IPC_FILTER_UID, &user, sizeof user) == 0;
    }
    return good;
}

/* ZeroMQ closes what it is given, so it gets a duplicate. */
static bool put_on(mtcd_listener *listener, uint32_t index) {
    const char *const name = listener->sockets->names[index];
    const int fd = fcntl(listener->sockets->fds[index], F_DUPFD_CLOEXEC, 3);
    if (fd < 0) return false;
    if (!set(listener->router, ZMQ_USE_FD, fd) || zmq_bind(listener->router, name) != 0) {
        log_say(LOG_ERROR, "cannot listen on %s: %s", name, zmq_strerror(errno));
        close(fd);
        return false;
    }
    size_t size = sizeof listener->bound[index];
    return zmq_getsockopt(listener->router, ZMQ_LAST_ENDPOINT, listener->bound[index],
                          &size) == 0;
}

static bool put_all_on(mtcd_listener *listener) {
    for (uint32_t i = 0; i < listener->sockets->count; i++) {
        if (!put_on(listener, i)) return false;
    }
    listener->open = true;
    return true;
}

static bool watch(mtcd_listener *listener) {
    if (zmq_socket_monitor(listener->router, MONITOR, ZMQ_EVENT_ACCEPTED) != 0)
        return false;
    listener->monitor = zmq_socket(listener->context, ZMQ_PAIR);
    return listener->monitor != NULL && set(listener->monitor, ZMQ_LINGER, 0) &&
           zmq_connect(listener->monitor, MONITOR) == 0;
}

bool listener_start(mtcd_listener *listener, const mtcd_config *config,
                    const mtcd_access_listeners *sockets) {
    *listener = (struct mtcd_listener){.sockets = sockets};
    listener->context = zmq_ctx_new();
    if (listener->context == NULL) return false;
    zmq_ctx_set(listener->context, ZMQ_MAX_SOCKETS, 16);
    listener->router = zmq_socket(listener->context, ZMQ_ROUTER);
    if (listener->router == NULL || !set_options(listener, config) || !watch(listener)) {
        log_say(LOG_ERROR, "cannot set up ZeroMQ: %s", zmq_strerror(errno));
        return false;
    }
    return put_all_on(listener);
}

static void take_all_off(mtcd_listener *listener) {
    listener->open = false;
    for (uint32_t i = 0; i < listener->sockets->count; i++)
        zmq_unbind(listener->router, listener->bound[i]);
}

void listener_end(mtcd_listener *listener) {
    if (listener->router != NULL) zmq_socket_monitor(listener->router, NULL, 0);
    if (listener->monitor != NULL) zmq_close(listener->monitor);
    if (listener->router != NULL) zmq_close(listener->router);
    if (listener->context != NULL) zmq_ctx_term(listener->context);
}

bool listener_watch_descriptors(mtcd_listener *listener, uint64_t now) {
    const unsigned used = process_descriptors_used_percent();
    if (listener->open) {
        if (used < CLOSE_AT_PERCENT) return false;
        log_say(LOG_WARNING,
                "%u %% of the descriptors are in use: all clients are disconnected once",
                used);
        take_all_off(listener);
        listener->look_us = now + LOOK_AGAIN_US;
        return true;
    }
    if (now < listener->look_us) return false;
    listener->look_us = now + LOOK_AGAIN_US;
    if (used < REOPEN_BELOW_PERCENT && put_all_on(listener))
        log_say(LOG_NOTICE, "new clients are let in again");
    return false;
}

void listener_drain_monitor(mtcd_listener *listener) {
    zmq_msg_t frame;
    zmq_msg_init(&frame);
    while (zmq_msg_recv(&frame, listener->monitor, ZMQ_DONTWAIT) >= 0) {
    }
    zmq_msg_close(&frame);
}
