/* control.h: what the master says to broker and loaders, and they to it.
 *
 * AF_UNIX SOCK_SEQPACKET: one message a packet, with descriptors where needed. A message
 * that cannot be sent at once means that the other side hangs: the sender is told.
 */
#ifndef DAEMON_CONTROL_H
#define DAEMON_CONTROL_H

#include "config.h"

typedef enum mtcd_control_kind {
    /* master to loader */
    CONTROL_FORK, /* worker; descriptors: its end of the pair, its page */
    /* loader to master */
    CONTROL_LOADED, /* text: checksum of the rules */
    CONTROL_FAILED, /* text: why */
    CONTROL_FORKED, /* worker, pid; descriptor: pidfd */
    CONTROL_DIED,   /* worker, pid, wait_status */
    /* master to broker */
    CONTROL_WORKER,      /* worker, generation; descriptors: its end, its page */
    CONTROL_WORKER_DIED, /* worker, wait_status, sequence of a deadline kill or 0 */
    CONTROL_GENERATION,  /* from now on this one; limits; text: checksum of the rules */
    CONTROL_NOTE,        /* text: what health shows of the last reload; "" for fine */
    CONTROL_DRAIN,
    /* broker to master */
    CONTROL_LISTENING,
    CONTROL_OVERDUE, /* worker, sequence, time_us: kill it then if it still works on it */
} mtcd_control_kind;

enum { CONTROL_TEXT = 1024, CONTROL_DESCRIPTORS = 2 };

typedef struct mtcd_control_message {
    uint32_t kind, generation, worker;
    int32_t pid, wait_status;
    uint64_t sequence, time_us;
    mtcd_config_limits limits;
    char text[CONTROL_TEXT];
} mtcd_control_message;

/* A pair of connected sockets; false with errno. */
bool control_pair(int ret_ends[2]);

typedef struct mtcd_control_descriptors {
    int at[CONTROL_DESCRIPTORS];
    size_t count;
} mtcd_control_descriptors;

/* Descriptors are borrowed; NULL: none. False with errno, also EAGAIN. */
bool control_send(int fd, const mtcd_control_message *message,
                  const mtcd_control_descriptors *descriptors);

typedef enum mtcd_control_result {
    CONTROL_GOT,
    CONTROL_NOTHING,
    CONTROL_ENDED
} mtcd_control_result;
/* Never blocks. Descriptors received are the caller's (close-on-exec). */
mtcd_control_result control_receive(int fd, mtcd_control_message *ret_message,
                                    mtcd_control_descriptors *ret_descriptors);
void control_close(mtcd_control_descriptors *descriptors);

#endif
