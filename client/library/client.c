#include "mtcheck/client.h"

#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum {
    DEFAULT_TIMEOUT_MS = 30000,
    MOST_RETRIES = 10,
    LARGEST_FRAME = 8 << 20,
    FIRST_PAUSE_MS = 50,   /* doubles with each try */
    RESTART_WAIT_MS = 1000 /* how long a socket without a listener may be a restart */
};

struct mtc_client {
    void *context;
    char *endpoint;
    uint32_t timeout_ms, retries;
    zmq_msg_t reply;
};

__attribute__((format(printf, 3, 4))) static mtc_status fail(mtc_error *error,
                                                             mtc_status status,
                                                             const char *format, ...) {
    if (error == NULL) return status;
    *error = (mtc_error){.status = status, .position = -1};
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    return status;
}

static void pause_ms(uint32_t milliseconds) {
    const struct timespec time = {.tv_sec = milliseconds / 1000,
                                  .tv_nsec = (long)(milliseconds % 1000) * 1000000};
    (void)nanosleep(&time, NULL);
}

/* --- Is anybody there? --- */

/* ZeroMQ connects to an ipc path without a listener and waits in silence: look first.
 * 0, or the errno of connect(). */
static int probe_ipc(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return ENAMETOOLONG;
    (void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    if (path[0] == '@') address.sun_path[0] = '\0';
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return errno;
    const socklen_t size =
        path[0] == '@'
            ? (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path))
            : (socklen_t)sizeof address;
    const int result =
        connect(fd, (const struct sockaddr *)&address, size) == 0 ? 0 : errno;
    (void)close(fd);
    return result == EAGAIN || result == EINPROGRESS ? 0 : result;
}

static mtc_status check_listener(const mtc_client *client, mtc_error *error) {
    if (strncmp(client->endpoint, "ipc://", 6) != 0) return MTC_OK;
    const char *const path = client->endpoint + 6;
    int result = probe_ipc(path);
    for (int waited = 0; result == ECONNREFUSED && waited < RESTART_WAIT_MS;
         waited += 100) {
        pause_ms(100);
        result = probe_ipc(path);
    }
    switch (result) {
    case 0: return MTC_OK;
    case ENOENT:
        return fail(error, MTC_NO_ANSWER, "no daemon: there is no socket %s", path);
    case ECONNREFUSED:
        return fail(error, MTC_NO_ANSWER, "no daemon listens on the socket %s", path);
    case EACCES:
        return fail(
            error, MTC_NO_ANSWER,
            "the socket %s may not be used by this user (is it in the daemon's group?)",
            path);
    case ENAMETOOLONG:
        return fail(error, MTC_INVALID_ARGUMENT,
                    "the path of the socket is longer than 107 bytes");
    default: return fail(error, MTC_NO_ANSWER, "socket %s: %s", path, strerror(result));
    }
}

/* --- One try --- */

static void *open_socket(mtc_client *client) {
    void *const socket = zmq_socket(client->context, ZMQ_DEALER);
    if (socket == NULL) return NULL;
    const int none = 0, send_timeout = (int)client->timeout_ms;
    const int64_t largest_reply = -1;
    (void)zmq_setsockopt(socket, ZMQ_LINGER, &none, sizeof none);
    (void)zmq_setsockopt(socket, ZMQ_SNDTIMEO, &send_timeout, sizeof send_timeout);
    (void)zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &largest_reply, sizeof largest_reply);
    if (zmq_connect(socket, client->endpoint) != 0) {
        const int reason = errno;
        (void)zmq_close(socket);
        errno = reason;
        return NULL;
    }
    return socket;
}

static uint64_t now_ms(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* The last frame of the next message: empty delimiter first, then the reply. */
static bool receive(void *socket, zmq_msg_t *reply, uint32_t timeout_ms) {
    const uint64_t until = now_ms() + timeout_ms;
    for (;;) {
        const uint64_t now = now_ms();
        if (now >= until) return false;
        zmq_pollitem_t item = {.socket = socket, .events = ZMQ_POLLIN};
        if (zmq_poll(&item, 1, (long)(until - now)) <= 0) continue;
        if (zmq_msg_recv(reply, socket, ZMQ_DONTWAIT) < 0) continue;
        while (zmq_msg_more(reply)) {
            if (zmq_msg_recv(reply, socket, 0) < 0) return false;
        }
        return true;
    }
}

/* True with a reply in client->reply. The socket is never used again: a late reply to
 * this try can not be taken for the reply to the next. */
static bool try_once(mtc_client *client, mtc_str request) {
    void *const socket = open_socket(client);
    if (socket == NULL) return false;
    const bool answered = zmq_send(socket, "", 0, ZMQ_SNDMORE) == 0 &&
                          zmq_send(socket, request.ptr, request.len, 0) >= 0 &&
                          receive(socket, &client->reply, client->timeout_ms);
    (void)zmq_close(socket);
    return answered;
}

/* --- Replies that ask to come again --- */

/* Error replies are short and written by our own daemon, so looking for the code as text
 * is enough; anything longer is a report. */
static bool asks_to_retry(mtc_str reply) {
    static const mtc_status CODES[] = {MTC_BUSY, MTC_RATE_LIMITED, MTC_SHUTTING_DOWN,
                                       MTC_WORKER_LOST};
    enum { LONGEST_ERROR = 2048 };
    if (reply.len > LONGEST_ERROR) return false;
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        char code[64];
        const int length =
            snprintf(code, sizeof code, "\"code\":\"%s\"", mtc_status_name(CODES[i]));
        if (memmem(reply.ptr, reply.len, code, (size_t)length) != NULL &&
            memmem(reply.ptr, reply.len, "\"status\":\"error\"", 16) != NULL) {
            return true;
        }
    }
    return false;
}

mtc_status mtc_client_ask(mtc_client *client, mtc_str request, mtc_str *ret_reply,
                          mtc_error *error) {
    if (request.len > LARGEST_FRAME) {
        return fail(error, MTC_TEXT_TOO_LARGE,
                    "the request has %zu bytes, the limit is %d", request.len,
                    LARGEST_FRAME);
    }
    uint32_t pause = FIRST_PAUSE_MS;
    for (uint32_t attempt = 0;; attempt++, pause *= 2) {
        const bool is_last = attempt >= client->retries;
        const mtc_status status = check_listener(client, error);
        if (status == MTC_INVALID_ARGUMENT || (status != MTC_OK && is_last))
            return status;
        if (status == MTC_OK && try_once(client, request)) {
            const mtc_str reply = {zmq_msg_data(&client->reply),
                                   zmq_msg_size(&client->reply)};
            if (is_last || !asks_to_retry(reply)) {
                *ret_reply = reply;
                return MTC_OK;
            }
        } else if (is_last) {
            return fail(error, MTC_NO_ANSWER, "%s did not answer within %u ms (%u tries)",
                        client->endpoint, client->timeout_ms, attempt + 1);
        }
        pause_ms(pause);
    }
}

/* --- Life --- */

mtc_status mtc_client_new(const mtc_client_options *options, mtc_client **ret_client,
                          mtc_error *error) {
    if (options == NULL || options->endpoint == NULL) {
        return fail(error, MTC_INVALID_ARGUMENT, "no endpoint was named");
    }
    mtc_client *const client = calloc(1, sizeof *client);
    if (client == NULL) return fail(error, MTC_NO_MEMORY, "no memory for a client");
    client->context = zmq_ctx_new();
    client->endpoint = strdup(options->endpoint);
    client->timeout_ms =
        options->timeout_ms > 0 ? options->timeout_ms : DEFAULT_TIMEOUT_MS;
    client->retries = options->retries < MOST_RETRIES ? options->retries : MOST_RETRIES;
    (void)zmq_msg_init(&client->reply);
    mtc_status status = MTC_OK;
    if (client->context == NULL || client->endpoint == NULL) {
        status = fail(error, MTC_NO_MEMORY, "no memory for a client");
    } else {
        void *const socket = open_socket(client);
        if (socket == NULL) {
            status = fail(error, MTC_INVALID_ARGUMENT, "endpoint “%s”: %s",
                          options->endpoint, zmq_strerror(errno));
        } else {
            (void)zmq_close(socket);
        }
    }
    if (status != MTC_OK) {
        mtc_client_free(client);
        return status;
    }
    *ret_client = client;
    return MTC_OK;
}

void mtc_client_free(mtc_client *client) {
    if (client == NULL) return;
    (void)zmq_msg_close(&client->reply);
    if (client->context != NULL) (void)zmq_ctx_term(client->context);
    free(client->endpoint);
    free(client);
}
