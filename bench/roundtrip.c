/* How fast the whole service is, and how large.
 *
 * usage: bench_roundtrip MTCHECKD ARTICLE
 *
 * Starts MTCHECKD on a private ipc socket and a loopback port, and prints: time from
 * start to READY; round trips per second with 1 and 4 clients over ipc and TCP, of a
 * request that the broker answers itself and of a check of about 4 KB; p50 and p99 of the
 * latter; memory of each process after all of it. Only its own child is ever sent a
 * signal.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum { ARTICLE_BYTES = 4096, ROUNDS = 2000, CLIENTS = 4, WARM_UP = 50 };

static uint64_t now_us(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static void fail(const char *what) {
    perror(what);
    exit(2);
}

/* --- The daemon --- */

typedef struct service {
    char folder[64], ipc[128], tcp[64];
    pid_t pid;
    int notify;
    uint64_t ready_us; /* from start */
} service;

static int free_port(void) {
    struct sockaddr_in any = {.sin_family = AF_INET,
                              .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof any;
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&any, sizeof any) != 0 ||
        getsockname(fd, (struct sockaddr *)&any, &length) != 0)
        fail("port");
    close(fd);
    return ntohs(any.sin_port);
}

static void wait_for_ready(service *of) {
    char text[4096];
    for (;;) {
        const ssize_t got = recv(of->notify, text, sizeof text - 1, 0);
        if (got <= 0) fail("the daemon is not ready");
        text[got] = '\0';
        if (strstr(text, "READY=1") != NULL) return;
    }
}

static service start(const char *program) {
    service made = {.folder = "/tmp/mtcheck-bench-XXXXXX"};
    if (mkdtemp(made.folder) == NULL) fail("mkdtemp");
    (void)snprintf(made.ipc, sizeof made.ipc, "ipc://%s/s", made.folder);
    (void)snprintf(made.tcp, sizeof made.tcp, "tcp://127.0.0.1:%d", free_port());
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    (void)snprintf(at.sun_path, sizeof at.sun_path, "%s/n", made.folder);
    made.notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const struct timeval patience = {.tv_sec = 30};
    (void)setsockopt(made.notify, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (bind(made.notify, (struct sockaddr *)&at, sizeof at) != 0) fail("notify");
    char config[128];
    (void)snprintf(config, sizeof config, "%s/c", made.folder);
    FILE *const file = fopen(config, "w");
    if (file == NULL || fputs("overlay_dir: \"\"\n", file) < 0 || fclose(file) != 0)
        fail(config);
    const uint64_t begun = now_us();
    made.pid = fork();
    if (made.pid == 0) {
        (void)setenv("NOTIFY_SOCKET", at.sun_path, 1);
        if (freopen("/dev/null", "w", stderr) == NULL) _exit(127);
        (void)execl(program, program, "--config", config, "--endpoint", made.ipc,
                    "--endpoint", made.tcp, (char *)NULL);
        _exit(127);
    }
    wait_for_ready(&made);
    made.ready_us = now_us() - begun;
    return made;
}

static void stop(service *of) {
    char path[128];
    (void)kill(of->pid, SIGTERM);
    (void)waitpid(of->pid, NULL, 0);
    (void)snprintf(path, sizeof path, "%s/n", of->folder);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/c", of->folder);
    (void)unlink(path);
    (void)rmdir(of->folder);
}

/* --- Clients --- */

typedef struct client {
    void *context;
    const char *endpoint, *request;
    size_t request_size;
    uint64_t times[ROUNDS];
} client;

static void *run(void *argument) {
    client *const self = argument;
    void *const asker = zmq_socket(self->context, ZMQ_REQ);
    if (asker == NULL || zmq_connect(asker, self->endpoint) != 0) fail("connect");
    for (int i = -WARM_UP; i < ROUNDS; i++) {
        const uint64_t begun = now_us();
        zmq_msg_t reply;
        (void)zmq_msg_init(&reply);
        if (zmq_send(asker, self->request, self->request_size, 0) < 0 ||
            zmq_msg_recv(&reply, asker, 0) < 0)
            fail("round trip");
        if (i >= 0) self->times[i] = now_us() - begun;
        (void)zmq_msg_close(&reply);
    }
    (void)zmq_close(asker);
    return NULL;
}

static int by_time(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void measure(void *context, const char *what, const char *endpoint,
                    const char *request, size_t clients) {
    static client all[CLIENTS];
    static uint64_t times[CLIENTS * ROUNDS];
    pthread_t threads[CLIENTS];
    const uint64_t begun = now_us();
    for (size_t i = 0; i < clients; i++) {
        all[i].context = context;
        all[i].endpoint = endpoint;
        all[i].request = request;
        all[i].request_size = strlen(request);
        if (pthread_create(&threads[i], NULL, run, &all[i]) != 0) fail("thread");
    }
    for (size_t i = 0; i < clients; i++) (void)pthread_join(threads[i], NULL);
    const double seconds = (double)(now_us() - begun) / 1e6;
    size_t count = 0;
    for (size_t i = 0; i < clients; i++) {
        memcpy(times + count, all[i].times, sizeof all[i].times);
        count += ROUNDS;
    }
    qsort(times, count, sizeof *times, by_time);
    const uint64_t median = times[count / 2], slow = times[count * 99 / 100];
    printf("%-12s %-4.3s %zu client%s %8.0f/s   p50 %6.3f ms   p99 %6.3f ms\n", what,
           endpoint, clients, clients == 1 ? " " : "s",
           (double)clients * (ROUNDS + WARM_UP) / seconds, (double)median / 1e3,
           (double)slow / 1e3);
}

/* --- Memory --- */

static void print_memory(pid_t pid) {
    char path[64], line[256], name[64] = "?";
    (void)snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
    FILE *file = fopen(path, "r");
    if (file != NULL && fgets(name, sizeof name, file) != NULL)
        name[strcspn(name, "\n")] = '\0';
    if (file != NULL) (void)fclose(file);
    (void)snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    file = fopen(path, "r");
    long resident = 0, proportional = 0, private = 0, value;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "Rss: %ld", &value) == 1) resident = value;
        if (sscanf(line, "Pss: %ld", &value) == 1) proportional = value;
        if (sscanf(line, "Private_Clean: %ld", &value) == 1 ||
            sscanf(line, "Private_Dirty: %ld", &value) == 1)
        private += value;
    }
    if (file != NULL) (void)fclose(file);
    printf("%-12s private %6.1f MB   PSS %6.1f MB   RSS %6.1f MB\n", name,
           (double)private / 1024, (double)proportional / 1024, (double)resident / 1024);
}

/* The process and all that descend from it. */
static void print_family(pid_t pid) {
    print_memory(pid);
    DIR *const all = opendir("/proc");
    struct dirent *entry;
    while (all != NULL && (entry = readdir(all)) != NULL) {
        char path[300], text[512];
        int parent = 0;
        (void)snprintf(path, sizeof path, "/proc/%s/stat", entry->d_name);
        FILE *const file = fopen(path, "r");
        if (file == NULL) continue;
        if (fgets(text, sizeof text, file) != NULL) {
            const char *const end = strrchr(text, ')');
            if (end != NULL && sscanf(end + 2, "%*c %d", &parent) == 1 && parent == pid)
                print_family((pid_t)atoi(entry->d_name));
        }
        (void)fclose(file);
    }
    if (all != NULL) (void)closedir(all);
}

/* --- The request --- */

/* The article up to about 4 KB of whole lines (repeated where it is shorter), as JSON. */
static char *make_request(const char *path) {
    static char bytes[ARTICLE_BYTES];
    static char request[6 * ARTICLE_BYTES + 64];
    FILE *const file = fopen(path, "rb");
    if (file == NULL) fail(path);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    const size_t once = size;
    while (once > 0 && size < sizeof bytes) {
        const size_t part = once < sizeof bytes - size ? once : sizeof bytes - size;
        memcpy(bytes + size, bytes, part);
        size += part;
    }
    while (size > 0 && bytes[size - 1] != '\n') size--;
    size_t at = (size_t)sprintf(request, "{\"v\":1,\"op\":\"check\",\"text\":\"");
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)bytes[i];
        if (byte < 0x20) {
            at += (size_t)sprintf(request + at, "\\u%04x", byte);
        } else {
            if (byte == '"' || byte == '\\') request[at++] = '\\';
            request[at++] = (char)byte;
        }
    }
    memcpy(request + at, "\"}", 3);
    printf("article      %zu bytes\n", size);
    return request;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        (void)fputs("usage: bench_roundtrip MTCHECKD ARTICLE\n", stderr);
        return 2;
    }
    const char *const article = make_request(argv[2]);
    const char *const version = "{\"v\":1,\"op\":\"version\"}";
    service daemon = start(argv[1]);
    printf("start        READY after %.3f s\n", (double)daemon.ready_us / 1e6);
    void *const context = zmq_ctx_new();
    const char *const endpoints[] = {daemon.ipc, daemon.tcp};
    for (size_t i = 0; i < 2; i++) {
        measure(context, "version", endpoints[i], version, 1);
        measure(context, "version", endpoints[i], version, CLIENTS);
        measure(context, "check 4 KB", endpoints[i], article, 1);
        measure(context, "check 4 KB", endpoints[i], article, CLIENTS);
    }
    print_family(daemon.pid);
    (void)zmq_ctx_term(context);
    stop(&daemon);
    return 0;
}
