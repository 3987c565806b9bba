#include "frames.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>

static mtcd_frame_progress after_error(void) {
    return errno == EAGAIN || errno == EWOULDBLOCK ? FRAME_AGAIN : FRAME_BROKEN;
}

mtcd_frame_progress frame_write(int fd, mtcd_frame_writer *writer) {
    const size_t whole = sizeof writer->head + writer->head.length;
    while (writer->sent < whole) {
        struct iovec parts[2];
        size_t count = 0;
        size_t skip = writer->sent;
        if (skip < sizeof writer->head) {
            parts[count++] =
                (struct iovec){(char *)&writer->head + skip, sizeof writer->head - skip};
            skip = sizeof writer->head;
        }
        const size_t body_sent = skip - sizeof writer->head;
        if (writer->head.length > body_sent) {
            parts[count++] = (struct iovec){(char *)(uintptr_t)writer->body + body_sent,
                                            writer->head.length - body_sent};
        }
        /* Not writev: a worker that died must be an error here, not a SIGPIPE. */
        const struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
        const ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return after_error();
        writer->sent += (size_t)sent;
    }
    return FRAME_DONE;
}

/* Reads up to `wanted` bytes; *ret_got is 0 only with a progress other than DONE. */
static mtcd_frame_progress read_some(int fd, char *to, size_t wanted, size_t *ret_got) {
    *ret_got = 0;
    for (;;) {
        const ssize_t got = recv(fd, to, wanted, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return after_error();
        if (got == 0) return FRAME_BROKEN;
        *ret_got = (size_t)got;
        return FRAME_DONE;
    }
}

mtcd_frame_progress frame_read(int fd, mtcd_frame_reader *reader) {
    const size_t head_size = sizeof reader->head;
    for (;;) {
        size_t got;
        mtcd_frame_progress progress;
        if (reader->got < head_size) {
            progress = read_some(fd, (char *)&reader->head + reader->got,
                                 head_size - reader->got, &got);
        } else if (reader->head.length > FRAME_LIMIT ||
                   reader->head.kind >= FRAME_KIND_COUNT) {
            return FRAME_BROKEN;
        } else if (reader->got == head_size + reader->head.length) {
            return FRAME_DONE;
        } else if (reader->body == NULL) {
            return FRAME_NEEDS_BODY;
        } else {
            const size_t body_got = reader->got - head_size;
            progress = read_some(fd, reader->body + body_got,
                                 reader->head.length - body_got, &got);
        }
        if (progress != FRAME_DONE) return progress;
        reader->got += got;
    }
}
