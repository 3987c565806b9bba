/* access.h: who can reach the daemon: endpoints, their sockets and their owners.
 *
 * The master opens the listening sockets and keeps them; each broker works on duplicates
 * of them. So a broker may die and come back while clients that connect simply wait, the
 * path of a socket never vanishes meanwhile, and nobody else can take it.
 */
#ifndef DAEMON_ACCESS_H
#define DAEMON_ACCESS_H

#include <sys/types.h>

#include "config.h"

typedef struct mtcd_access_listeners {
    int fds[CONFIG_ENDPOINTS];
    char names[CONFIG_ENDPOINTS][CONFIG_ENDPOINT_SIZE]; /* as ZeroMQ is told */
    dev_t devices[CONFIG_ENDPOINTS];
    ino_t inodes[CONFIG_ENDPOINTS]; /* of the socket file, 0: none */
    uint32_t count;
} mtcd_access_listeners;

/* Is each endpoint one that we open: ipc with a path that fits, or TCP on a loopback
 * address? */
mtc_status access_check(const mtcd_config *config, mtc_error *error);

/* Opens all or none. A stale socket file is replaced only if nobody answers there. */
mtc_status access_open(const mtcd_config *config, mtcd_access_listeners *ret_listeners,
                       mtc_error *error);
/* Closes them and removes the socket files that are still ours. */
void access_close(mtcd_access_listeners *listeners);

#endif
