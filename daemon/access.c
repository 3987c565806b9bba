#include "access.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/str.h"

enum { BACKLOG = 1024 };

static const char IPC[] = "ipc://";
static const char TCP[] = "tcp://";

typedef struct mtcd_address {
    union {
        struct sockaddr any;
        struct sockaddr_un local;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } at;
    socklen_t length;
} mtcd_address;

static mtc_status parse_ipc(const char *endpoint, mtcd_address *ret, mtc_error *error) {
    const char *const path = endpoint + strlen(IPC);
    const size_t most = sizeof ret->at.local.sun_path - 1;
    if (path[0] != '/') {
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "endpoint %s: the path of an ipc socket must be absolute "
                        "(ipc:///run/…)",
                        endpoint);
    }
    if (strlen(path) > most) {
        return mtc_fail(
            error, MTC_INVALID_ARGUMENT,
            "endpoint %s: the path has %zu bytes, a socket's path may have at "
            "most %zu",
            endpoint, strlen(path), most);
    }
    ret->at.local.sun_family = AF_UNIX;
    memcpy(ret->at.local.sun_path, path, strlen(path) + 1);
    ret->length = sizeof ret->at.local;
    return MTC_OK;
}

static bool is_loopback(const mtcd_address *address) {
    if (address->at.any.sa_family == AF_INET6)
        return IN6_IS_ADDR_LOOPBACK(&address->at.v6.sin6_addr);
    return (ntohl(address->at.v4.sin_addr.s_addr) >> 24) == 127;
}

static bool parse_port(const char *text, in_port_t *ret_port) {
    char *end;
    if (*text < '0' || *text > '9') return false;
    const unsigned long port = strtoul(text, &end, 10);
    if (*end != '\0' || port == 0 || port > 65535) return false;
    *ret_port = htons((uint16_t)port);
    return true;
}

static mtc_status parse_tcp(const char *endpoint, mtcd_address *ret, mtc_error *error) {
    char host[CONFIG_ENDPOINT_SIZE];
    snprintf(host, sizeof host, "%s", endpoint + strlen(TCP));
    char *const colon = strrchr(host, ':');
    in_port_t port;
    if (colon == NULL || !parse_port(colon + 1, &port)) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "endpoint %s: a port from 1 to 65535 is missing at its end",
                        endpoint);
    }
    *colon = '\0';
    const size_t length = strlen(host);
    if (length > 2 && host[0] == '[' && host[length - 1] == ']') {
        host[length - 1] = '\0';
        ret->at.v6.sin6_family = AF_INET6;
        ret->at.v6.sin6_port = port;
        ret->length = sizeof ret->at.v6;
        if (inet_pton(AF_INET6, host + 1, &ret->at.v6.sin6_addr) == 1 && is_loopback(ret))
            return MTC_OK;
    } else {
        ret->at.v4.sin_family = AF_INET;
        ret->at.v4.sin_port = port;
        ret->length = sizeof ret->at.v4;
        if (inet_pton(AF_INET, host, &ret->at.v4.sin_addr) == 1 && is_loopback(ret))
            return MTC_OK;
    }
    return mtc_fail(error, MTC_INVALID_ARGUMENT,
                    "endpoint %s: TCP is served on loopback addresses only (127.0.0.1 or "
                    "[::1], as numbers)",
                    endpoint);
}

static mtc_status parse(const char *endpoint, mtcd_address *ret, mtc_error *error) {
    *ret = (mtcd_address){0};
    if (strncmp(endpoint, IPC, strlen(IPC)) == 0) return parse_ipc(endpoint, ret, error);
    if (strncmp(endpoint, TCP, strlen(TCP)) == 0) return parse_tcp(endpoint, ret, error);
    return mtc_fail(error, MTC_INVALID_ARGUMENT,
                    "endpoint %s: it must begin with ipc:// or tcp://", endpoint);
}

mtc_status access_check(const mtcd_config *config, mtc_error *error) {
    for (uint32_t i = 0; i < config->endpoint_count; i++) {
        mtcd_address address;
        const mtc_status status = parse(config->endpoints[i], &address, error);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

/* Makes the path free: MTC_OK where nothing, or nothing living, is there. */
static mtc_status free_path(const char *endpoint, const mtcd_address *address,
                            mtc_error *error) {
    const char *const path = address->at.local.sun_path;
    struct stat found;
    if (lstat(path, &found) != 0) {
        if (errno == ENOENT) return MTC_OK;
        return mtc_fail(error, MTC_INVALID_ARGUMENT, "endpoint %s: %s", endpoint,
                        strerror(errno));
    }
    if (!S_ISSOCK(found.st_mode)) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "endpoint %s: there is already something at this path, and it is "
                        "no socket; it stays untouched",
                        endpoint);
    }
    const int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (probe < 0) return mtc_fail(error, MTC_INTERNAL, "socket: %s", strerror(errno));
    const int connected = connect(probe, &address->at.any, address->length);
    const int reason = connected == 0 ? 0 : errno;
    close(probe);
    if (reason != ECONNREFUSED) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "endpoint %s: another program answers at this path%s%s", endpoint,
                        reason == 0 || reason == EAGAIN ? "" : ": ",
                        reason == 0 || reason == EAGAIN ? "" : strerror(reason));
    }
    log_say(LOG_NOTICE, "replacing the stale socket %s, where nobody answers", path);
    if (unlink(path) != 0 && errno != ENOENT) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "endpoint %s: cannot remove the stale socket: %s", endpoint,
                        strerror(errno));
    }
    return MTC_OK;
}

static mtc_status hand_to_group(const char *endpoint, const char *path, const char *name,
                                mtc_error *error) {
    if (name[0] == '\0') return MTC_OK;
    const struct group *const group = getgrnam(name);
    if (group == NULL) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT, "socket_group: there is no group %s",
                        name);
    }
    if (chown(path, (uid_t)-1, group->gr_gid) != 0) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "endpoint %s: cannot give the socket to group %s: %s", endpoint,
                        name, strerror(errno));
    }
    return MTC_OK;
}

static mtc_status bind_and_listen(int fd, const char *endpoint,
                                  const mtcd_address *address, mtc_error *error) {
    const bool is_local = address->at.any.sa_family == AF_UNIX;
    const int yes = 1;
    if (!is_local) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const mode_t before = umask(0117);
    const int bound = bind(fd, &address->at.any, address->length);
    const int reason = errno;
    umask(before);
    if (bound != 0) {
        const char *const hint =
            reason == ENOENT && is_local ? " (the folder of the socket must exist)" : "";
        return mtc_fail(error, MTC_INVALID_ARGUMENT, "endpoint %s: %s%s", endpoint,
                        strerror(reason), hint);
    }
    if (listen(fd, BACKLOG) != 0) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT, "endpoint %s: %s", endpoint,
                        strerror(errno));
    }
    return MTC_OK;
}

static mtc_status open_one(const mtcd_config *config, const char *endpoint,
                           mtcd_access_listeners *to, mtc_error *error) {
    mtcd_address address;
    mtc_status status = parse(endpoint, &address, error);
    const bool is_local = address.at.any.sa_family == AF_UNIX;
    if (status == MTC_OK && is_local) status = free_path(endpoint, &address, error);
    if (status != MTC_OK) return status;
    const int fd =
        socket(address.at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT, "endpoint %s: %s", endpoint,
                        strerror(errno));
    }
    status = bind_and_listen(fd, endpoint, &address, error);
    if (status != MTC_OK) {
        close(fd);
        return status;
    }
    const uint32_t index = to->count++;
    to->fds[index] = fd;
    snprintf(to->names[index], sizeof to->names[index], "%s", endpoint);
    struct stat made;
    if (is_local && lstat(address.at.local.sun_path, &made) == 0) {
        to->devices[index] = made.st_dev;
        to->inodes[index] = made.st_ino;
        status = hand_to_group(endpoint, address.at.local.sun_path, config->socket_group,
                               error);
    }
    if (!is_local) {
        log_say(LOG_WARNING, "%s was asked for: every local user can connect there",
                endpoint);
    }
    return status;
}

mtc_status access_open(const mtcd_config *config, mtcd_access_listeners *ret_listeners,
                       mtc_error *error) {
    mtcd_access_listeners listeners = {0};
    for (uint32_t i = 0; i < config->endpoint_count; i++) {
        const mtc_status status =
            open_one(config, config->endpoints[i], &listeners, error);
        if (status != MTC_OK) {
            access_close(&listeners);
            return status;
        }
    }
    *ret_listeners = listeners;
    return MTC_OK;
}

void access_close(mtcd_access_listeners *listeners) {
    for (uint32_t i = 0; i < listeners->count; i++) {
        struct stat found;
        const char *const path = listeners->names[i] + strlen(IPC);
        if (listeners->inodes[i] != 0 && lstat(path, &found) == 0 &&
            found.st_ino == listeners->inodes[i] &&
            found.st_dev == listeners->devices[i]) {
            unlink(path);
        }
        close(listeners->fds[i]);
    }
    listeners->count = 0;
}
