/* rate.h: how often one client may ask.
 *
 * A client is a user on ipc and an address on TCP, however many connections it has. Of
 * each only one time is kept: when all that it has asked for will be paid for (the
 * generic cell rate algorithm, ITU-T I.371). Bounded: whoever has paid first is forgotten
 * first.
 */
#ifndef DAEMON_RATE_H
#define DAEMON_RATE_H

#include "base/str.h"

enum { RATE_CLIENTS = 256 };

typedef struct mtcd_rate {
    uint32_t per_s; /* 0: no limit */
    uint32_t burst; /* requests at once, at least 1 */
    uint32_t count;
    struct mtcd_rate_client {
        uint64_t client, paid_us;
    } clients[RATE_CLIENTS];
} mtcd_rate;

/* The client behind a connection, from ZeroMQ's "Peer-Address": ":UID:GID:PID" on ipc. */
uint64_t rate_client(mtc_str address);
/* 0: the client may ask, and this counts; else the milliseconds to wait. */
uint32_t rate_take(mtcd_rate *rate, uint64_t client, uint64_t now_us);

#endif
