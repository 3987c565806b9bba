/* client.h: ask a running mtcheckd.
 *
 * Every call of mtc_client_ask returns exactly one reply or one typed error, also while
 * the daemon is killed and restarted: a request without an answer is sent again on a
 * fresh socket (a check is pure, so that is safe), a bounded number of times and within a
 * bounded time. A client may be used by one thread at a time.
 *
 *   mtc_client *client = NULL;
 *   mtc_str reply;
 *   mtc_error error;
 *   const mtc_client_options options = {.endpoint = "ipc:///run/mtcheck/mtcheckd.sock"};
 *   const mtc_str request = MTC_STR("{\"v\":1,\"op\":\"health\"}");
 *   if (mtc_client_new(&options, &client, &error) == MTC_OK &&
 *       mtc_client_ask(client, request, &reply, &error) == MTC_OK) {
 *       fwrite(reply.ptr, 1, reply.len, stdout);
 *   } else {
 *       fprintf(stderr, "%s\n", error.message);
 *   }
 *   mtc_client_free(client);
 */
#ifndef MTCHECK_CLIENT_H
#define MTCHECK_CLIENT_H

#include "mtcheck/mtcheck.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct mtc_client mtc_client;

typedef struct mtc_client_options {
    const char *endpoint; /* ZeroMQ endpoint, ipc://… or tcp://…; required, copied */
    uint32_t timeout_ms;  /* for one try; 0: 30000 */
    uint32_t retries;     /* further tries after the first, 0…10 */
} mtc_client_options;

/* *ret_client is the caller's. INVALID_ARGUMENT for an endpoint that ZeroMQ does not
 * accept. */
MTC_API mtc_status mtc_client_new(const mtc_client_options *options,
                                  mtc_client **ret_client, mtc_error *error);
/* NULL is fine. */
MTC_API void mtc_client_free(mtc_client *client);

/* Sends one request of the protocol (docs/PROTOCOL.md) and waits for its reply, which may
 * be an error reply; *ret_reply lives until the next call. An error reply whose code is
 * retryable (busy, rate_limited, shutting_down, worker_lost) is tried again first.
 * NO_ANSWER (nobody listens, no permission, time over: the message says which and what to
 * do), TEXT_TOO_LARGE (a frame over 8 MiB, which a daemon would drop without a word),
 * NO_MEMORY. */
MTC_API mtc_status mtc_client_ask(mtc_client *client, mtc_str request, mtc_str *ret_reply,
                                  mtc_error *error);

#ifdef __cplusplus
}
#endif
#endif
