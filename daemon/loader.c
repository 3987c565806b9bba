#include "loader.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "control.h"
#include "process.h"
#include "proof.h"
#include "worker.h"

typedef struct mtcd_nursery {
    const mtc_engine *engine;
    const mtcd_config *config;
    int control, signals;
    struct child {
        pid_t pid;
        uint32_t worker;
    } children[CONFIG_WORKERS * 2];
    size_t count;
} mtcd_nursery;

/* --- Loading --- */

static void tell_failure(int control, const mtc_error *error) {
    mtcd_control_message message = {.kind = CONTROL_FAILED};
    if (error->file[0] != '\0' && error->line > 0) {
        snprintf(message.text, sizeof message.text, "%s:%u:%u: %s", error->file,
                 error->line, error->column, error->message);
    } else if (error->file[0] != '\0') {
        snprintf(message.text, sizeof message.text, "%s: %s", error->file,
                 error->message);
    } else {
        snprintf(message.text, sizeof message.text, "%s", error->message);
    }
    control_send(control, &message, NULL);
}

static bool exists(const char *path) {
    return path[0] != '\0' && access(path, F_OK) == 0;
}

static mtc_status load(const mtcd_config *config, bool with_overlay,
                       mtc_engine **ret_engine, mtc_error *error) {
    const mtc_engine_options options = {
        .data_dir = config->data_dir,
        .overlay_dir = with_overlay ? config->overlay_dir : NULL,
        .hunspell_dir = config->hunspell_dir[0] == '\0' ? NULL : config->hunspell_dir,
        .text_limit = (size_t)config->limits.text_limit_kib * 1024,
        .memory_limit = (size_t)config->memory_limit_mib << 20,
    };
    return mtc_engine_new(&options, ret_engine, error);
}

/* An operator may take away what the self-test looks for. That is so where the test
 * succeeds without his files. */
static bool is_by_overlay(const mtcd_config *config) {
    mtc_error ignored;
    mtc_error_clear(&ignored);
    mtc_engine *bare = NULL;
    char checksums[PROOF_CHECKSUMS];
    const bool proven = load(config, false, &bare, &ignored) == MTC_OK &&
                        proof_run(bare, config->data_dir, checksums, &ignored) == MTC_OK;
    mtc_engine_free(bare);
    return proven;
}

/* Loads and proves; the checksums are filled in where it is sound. */
static mtc_status load_proven(const mtcd_config *config, mtc_engine **ret_engine,
                              char ret_checksums[PROOF_CHECKSUMS], mtc_error *error) {
    const bool has_overlay = exists(config->overlay_dir);
    mtc_engine *engine = NULL;
    mtc_status status = load(config, has_overlay, &engine, error);
    if (status == MTC_OK)
        status = proof_run(engine, config->data_dir, ret_checksums, error);
    if (status != MTC_OK && engine != NULL && has_overlay && ret_checksums[0] != '\0' &&
        is_by_overlay(config)) {
        log_say(LOG_WARNING, "with the files of %s: %s", config->overlay_dir,
                error->message);
        status = MTC_OK;
    }
    if (status == MTC_OK) {
        *ret_engine = engine;
    } else {
        mtc_engine_free(engine);
    }
    return status;
}

/* --- Workers --- */

static _Noreturn void become_worker(const mtcd_nursery *self, int pair, int page_fd) {
    process_name("worker");
    log_start("worker", (mtcd_log_level)self->config->limits.log_level);
    signal(SIGCHLD, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    mtcd_shared_page *const page = shared_page_map(page_fd);
    process_close_all_but(&pair, 1);
    process_end(page == NULL ? 1 : worker_run(self->engine, self->config, pair, page));
}

static void fork_worker(mtcd_nursery *self, uint32_t worker,
                        mtcd_control_descriptors *ends) {
    mtcd_control_message message = {.kind = CONTROL_FORKED, .worker = worker, .pid = -1};
    if (ends->count == 2 && self->count < sizeof self->children / sizeof *self->children)
        message.pid = fork();
    if (message.pid == 0) become_worker(self, ends->at[0], ends->at[1]);
    if (message.pid < 0) {
        log_say(LOG_ERROR, "cannot fork a worker: %s", strerror(errno));
        message.kind = CONTROL_DIED;
        message.wait_status = -1;
        control_send(self->control, &message, NULL);
        return;
    }
    self->children[self->count++] = (struct child){message.pid, worker};
    /* It cannot be reaped yet, so the number still means this child. */
    const int pidfd = (int)syscall(SYS_pidfd_open, message.pid, 0);
    const mtcd_control_descriptors descriptors = {.at = {pidfd, -1}, .count = pidfd >= 0};
    control_send(self->control, &message, &descriptors);
    if (pidfd >= 0) close(pidfd);
}

static void reap(mtcd_nursery *self) {
    struct signalfd_siginfo ignored;
    while (read(self->signals, &ignored, sizeof ignored) > 0) {
    }
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (size_t i = 0; i < self->count; i++) {
            if (self->children[i].pid != pid) continue;
            const mtcd_control_message message = {.kind = CONTROL_DIED,
                                                  .worker = self->children[i].worker,
                                                  .pid = pid,
                                                  .wait_status = status};
            self->children[i] = self->children[--self->count];
            control_send(self->control, &message, NULL);
            break;
        }
    }
}

/* False where the master is gone. */
static bool take_orders(mtcd_nursery *self) {
    for (;;) {
        mtcd_control_message message;
        mtcd_control_descriptors descriptors;
        switch (control_receive(self->control, &message, &descriptors)) {
        case CONTROL_NOTHING: return true;
        case CONTROL_ENDED: return false;
        case CONTROL_GOT:
            if (message.kind == CONTROL_FORK)
                fork_worker(self, message.worker, &descriptors);
            control_close(&descriptors);
        }
    }
}

static int nurse(mtcd_nursery *self) {
    struct pollfd sources[] = {{.fd = self->control, .events = POLLIN},
                               {.fd = self->signals, .events = POLLIN}};
    for (;;) {
        if (poll(sources, 2, -1) < 0 && errno != EINTR) return 1;
        if (sources[1].revents != 0) reap(self);
        if (sources[0].revents != 0 && !take_orders(self)) return 0;
    }
}

int loader_run(const mtcd_config *config, int control) {
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_BLOCK, &children, NULL);
    /* What a forked worker can no longer do, or would each do differently. */
    json_object_seed(0);
    tzset();
    mtc_engine *engine = NULL;
    mtc_error error;
    mtc_error_clear(&error);
    mtcd_control_message loaded = {.kind = CONTROL_LOADED};
    char checksums[PROOF_CHECKSUMS] = "";
    if (load_proven(config, &engine, checksums, &error) != MTC_OK) {
        tell_failure(control, &error);
        return 1;
    }
    snprintf(loaded.text, sizeof loaded.text, "%s", checksums);
    static mtcd_nursery self;
    self = (mtcd_nursery){.engine = engine,
                          .config = config,
                          .control = control,
                          .signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK)};
    if (self.signals < 0 || !control_send(control, &loaded, NULL)) return 1;
    const int result = nurse(&self);
    close(self.signals);
    mtc_engine_free(engine);
    return result;
}
