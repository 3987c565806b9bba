#include "control.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef union mtcd_control_ancillary {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(sizeof(int[CONTROL_DESCRIPTORS]))];
} mtcd_control_ancillary;

bool control_pair(int ret_ends[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ret_ends) == 0;
}

bool control_send(int fd, const mtcd_control_message *message,
                  const mtcd_control_descriptors *descriptors) {
    struct iovec bytes = {(void *)(uintptr_t)message,
                          offsetof(mtcd_control_message, text) + strlen(message->text) +
                              1};
    struct msghdr packet = {.msg_iov = &bytes, .msg_iovlen = 1};
    mtcd_control_ancillary ancillary = {0};
    if (descriptors != NULL && descriptors->count > 0) {
        const size_t size = descriptors->count * sizeof(int);
        packet.msg_control = &ancillary;
        packet.msg_controllen = CMSG_SPACE(size);
        struct cmsghdr *const head = CMSG_FIRSTHDR(&packet);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(size);
        memcpy(CMSG_DATA(head), descriptors->at, size);
    }
    for (;;) {
        if (sendmsg(fd, &packet, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0) return true;
        if (errno != EINTR) return false;
    }
}

static void take_descriptors(struct msghdr *packet, mtcd_control_descriptors *to) {
    for (struct cmsghdr *head = CMSG_FIRSTHDR(packet); head != NULL;
         head = CMSG_NXTHDR(packet, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
        const size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count && to->count < CONTROL_DESCRIPTORS; i++) {
            memcpy(&to->at[to->count++], CMSG_DATA(head) + i * sizeof(int), sizeof(int));
        }
    }
}

mtcd_control_result control_receive(int fd, mtcd_control_message *ret_message,
                                    mtcd_control_descriptors *ret_descriptors) {
    *ret_descriptors = (mtcd_control_descriptors){.at = {-1, -1}};
    struct iovec bytes = {ret_message, sizeof *ret_message};
    mtcd_control_ancillary ancillary = {0};
    struct msghdr packet = {.msg_iov = &bytes,
                            .msg_iovlen = 1,
                            .msg_control = &ancillary,
                            .msg_controllen = sizeof ancillary};
    for (;;) {
        const ssize_t got = recvmsg(fd, &packet, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno == EAGAIN ? CONTROL_NOTHING : CONTROL_ENDED;
        take_descriptors(&packet, ret_descriptors);
        if ((size_t)got <= offsetof(mtcd_control_message, text)) {
            control_close(ret_descriptors);
            return CONTROL_ENDED;
        }
        ret_message->text[CONTROL_TEXT - 1] = '\0';
        return CONTROL_GOT;
    }
}

void control_close(mtcd_control_descriptors *descriptors) {
    for (size_t i = 0; i < descriptors->count; i++) close(descriptors->at[i]);
    descriptors->count = 0;
}
