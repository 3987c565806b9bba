/* listener.h: the ROUTER socket and the listening sockets under it.
 *
 * libzmq aborts when an ipc listener runs out of descriptors and spins on TCP: at 80 % of
 * the limit the listeners are taken off, and with them their connections (ZeroMQ's
 * clients connect again by themselves; what they were waiting for is lost to them); a
 * moment later they are put back.
 */
#ifndef DAEMON_LISTENER_H
#define DAEMON_LISTENER_H

#include "access.h"

typedef struct mtcd_listener {
    void *context, *router, *monitor;
    const mtcd_access_listeners *sockets;
    bool open;
    uint64_t look_us; /* when to see whether it can be opened again */
    char bound[CONFIG_ENDPOINTS][CONFIG_ENDPOINT_SIZE];
} mtcd_listener;

enum { LISTENER_FRAME_LIMIT = 8 << 20 };

/* False where ZeroMQ refuses; it is then logged. */
bool listener_start(mtcd_listener *listener, const mtcd_config *config,
                    const mtcd_access_listeners *sockets);
/* Sends what is still on its way for at most a second. */
void listener_end(mtcd_listener *listener);

/* True where it had to be closed. */
bool listener_watch_descriptors(mtcd_listener *listener, uint64_t now);
/* Forgets the events of the monitor. */
void listener_drain_monitor(mtcd_listener *listener);

#endif
