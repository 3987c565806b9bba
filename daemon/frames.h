/* frames.h: length-prefixed frames between broker and worker.
 *
 * A frame is a frame_head in the byte order of the machine and `length` bytes. Reader and
 * writer remember how far they came, so that both ends may use them on descriptors that
 * block or that do not. A pair of which one end died is never used again: a torn frame
 * cannot be resynchronised.
 */
#ifndef DAEMON_FRAMES_H
#define DAEMON_FRAMES_H

#include <stddef.h>
#include <stdint.h>

typedef enum mtcd_frame_kind {
    FRAME_REQUEST,   /* broker to worker */
    FRAME_ANSWER,    /* worker to broker: the reply */
    FRAME_EXPIRED,   /* empty: the deadline had passed before the check began */
    FRAME_NO_MEMORY, /* empty */
    FRAME_KIND_COUNT
} mtcd_frame_kind;

typedef struct mtcd_frame_head {
    uint32_t length, kind;
    uint64_t sequence;    /* of the request */
    uint64_t received_us; /* when the broker received it; CLOCK_MONOTONIC */
} mtcd_frame_head;

enum { FRAME_LIMIT = 64 << 20 };

typedef enum mtcd_frame_progress {
    FRAME_DONE,
    FRAME_AGAIN,      /* the descriptor would block */
    FRAME_NEEDS_BODY, /* reader: the head is there; set `body` to head.length bytes */
    FRAME_BROKEN,     /* the other end died, or sent what is no frame */
} mtcd_frame_progress;

typedef struct mtcd_frame_writer {
    mtcd_frame_head head;
    const char *body; /* borrowed until done */
    size_t sent;      /* of head and body */
} mtcd_frame_writer;

/* Zero-initialised (or after DONE: set again to zero) it awaits the next frame. */
typedef struct mtcd_frame_reader {
    mtcd_frame_head head;
    char *body; /* the caller's; needed only where head.length > 0 */
    size_t got;
} mtcd_frame_reader;

mtcd_frame_progress frame_write(int fd, mtcd_frame_writer *writer);
mtcd_frame_progress frame_read(int fd, mtcd_frame_reader *reader);

#endif
