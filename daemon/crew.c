#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "master_state.h"
#include "process.h"

enum {
    ORDERS_AT_ONCE = 16,
    QUICK_US = 1000000,
    FIRST_DELAY_US = 50000,
    MOST_DOUBLINGS = 7,
    ORPHAN_GRACE_US = 1000000,
};

mtcd_worker_record *crew_find(mtcd_master *master, uint32_t number) {
    for (size_t i = 0; i < MASTER_WORKERS; i++) {
        if (master->workers[i].number == number) return &master->workers[i];
    }
    return NULL;
}

mtcd_worker_record *crew_find_pid(mtcd_master *master, pid_t pid) {
    for (size_t i = 0; i < MASTER_WORKERS; i++) {
        if (master->workers[i].number != 0 && master->workers[i].pid == pid)
            return &master->workers[i];
    }
    return NULL;
}

uint32_t crew_count(const mtcd_master *master, uint32_t generation, bool only_forked) {
    uint32_t count = 0;
    for (size_t i = 0; i < MASTER_WORKERS; i++) {
        const mtcd_worker_record *const worker = &master->workers[i];
        count += worker->number != 0 && worker->generation == generation &&
                 !worker->orphan && (worker->pid != 0 || !only_forked);
    }
    return count;
}

static void forget(mtcd_worker_record *worker) {
    shared_page_unmap(worker->page);
    if (worker->pidfd >= 0) close(worker->pidfd);
    *worker = (mtcd_worker_record){0};
}

/* Makes the pair and the page, and sends each side its end. */
static bool order(mtcd_master *master, mtcd_generation *generation,
                  mtcd_worker_record *worker) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) return false;
    /* The broker may never wait for one worker; a worker waits for the broker. */
    fcntl(pair[1], F_SETFL, O_NONBLOCK);
    const int page_fd = shared_page_new();
    *worker = (mtcd_worker_record){.number = ++master->last_worker,
                                   .generation = generation->number,
                                   .pidfd = -1,
                                   .page = page_fd < 0 ? NULL : shared_page_map(page_fd),
                                   .kill_us = UINT64_MAX};
    bool sent = false;
    if (worker->page != NULL) {
        const mtcd_control_message message = {.kind = CONTROL_FORK,
                                              .worker = worker->number};
        const mtcd_control_descriptors ends = {.at = {pair[0], page_fd}, .count = 2};
        sent = control_send(generation->control, &message, &ends);
    }
    if (sent) {
        const mtcd_control_message message = {.kind = CONTROL_WORKER,
                                              .worker = worker->number,
                                              .generation = generation->number};
        const mtcd_control_descriptors ends = {.at = {pair[1], page_fd}, .count = 2};
        /* Only the broker's end is to hold nobody up. */
        family_tell_broker(master, &message, &ends);
        generation->ordered++;
    } else {
        forget(worker);
    }
    close(pair[0]);
    close(pair[1]);
    if (page_fd >= 0) close(page_fd);
    return sent;
}

void crew_fill(mtcd_master *master, mtcd_generation *generation) {
    if (generation->loader == 0 || now_us() < generation->fork_us) return;
    uint32_t have = crew_count(master, generation->number, false);
    while (have < generation->config.limits.workers &&
           generation->ordered < ORDERS_AT_ONCE) {
        mtcd_worker_record *const free_record = crew_find(master, 0);
        if (free_record == NULL || !order(master, generation, free_record)) {
            log_say(LOG_WARNING, "cannot order a worker now: %s", strerror(errno));
            generation->fork_us = now_us() + FIRST_DELAY_US;
            return;
        }
        have++;
    }
}

void crew_forked(mtcd_master *master, const mtcd_control_message *message, int pidfd) {
    mtcd_worker_record *const worker = crew_find(master, message->worker);
    mtcd_generation *const generation =
        worker == NULL ? NULL : family_find(master, worker->generation);
    if (generation != NULL && generation->ordered > 0) generation->ordered--;
    if (worker == NULL) {
        if (pidfd >= 0) close(pidfd);
        return;
    }
    worker->pid = message->pid;
    worker->pidfd = pidfd;
    worker->forked_us = now_us();
    log_say(LOG_DEBUG, "worker %u of generation %u is process %d", worker->number,
            worker->generation, (int)worker->pid);
}

/* One that dies before its first answer, and not by a hand from outside, will do so
 * again: the next one waits, longer each time. */
static void slow_down(mtcd_generation *generation, const mtcd_worker_record *worker,
                      int wait_status, uint64_t now) {
    const bool by_hand = WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGKILL;
    const bool quick = atomic_load(&worker->page->finished) == 0 &&
                       now - worker->forked_us < QUICK_US && !by_hand;
    if (!quick) {
        generation->quick_deaths = 0;
        return;
    }
    const uint32_t doublings = generation->quick_deaths < MOST_DOUBLINGS
                                   ? generation->quick_deaths++
                                   : MOST_DOUBLINGS;
    generation->fork_us = now + ((uint64_t)FIRST_DELAY_US << doublings);
}

void crew_died(mtcd_master *master, mtcd_worker_record *worker, int wait_status) {
    const uint64_t now = now_us();
    mtcd_generation *const generation = family_find(master, worker->generation);
    const bool clean = WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0;
    if (!clean) {
        char why[64];
        describe_death(wait_status, why, sizeof why);
        log_say(worker->orphan ? LOG_INFO : LOG_WARNING,
                "worker %u (process %d) died: %s%s", worker->number, (int)worker->pid,
                why, worker->killed_sequence != 0 ? ", killed for its deadline" : "");
    }
    if (generation != NULL && worker->pid == 0 && generation->ordered > 0)
        generation->ordered--;
    if (generation != NULL && !worker->orphan && !clean)
        slow_down(generation, worker, wait_status, now);
    if (!worker->orphan) {
        family_tell_broker(master,
                           &(mtcd_control_message){.kind = CONTROL_WORKER_DIED,
                                                   .worker = worker->number,
                                                   .wait_status = wait_status,
                                                   .sequence = worker->killed_sequence},
                           NULL);
    }
    forget(worker);
}

void crew_overdue(mtcd_master *master, const mtcd_control_message *message) {
    mtcd_worker_record *const worker = crew_find(master, message->worker);
    if (worker == NULL) return;
    worker->kill_us = message->time_us;
    worker->kill_sequence = message->sequence;
}

void crew_orphan_all(mtcd_master *master) {
    const uint64_t now = now_us();
    for (size_t i = 0; i < MASTER_WORKERS; i++) {
        mtcd_worker_record *const worker = &master->workers[i];
        if (worker->number == 0 || worker->orphan) continue;
        const mtcd_generation *const generation = family_find(master, worker->generation);
        const uint64_t cap_ms =
            generation == NULL ? 0 : generation->config.limits.deadline_cap_ms;
        worker->orphan = true;
        worker->kill_us = now + cap_ms * 1000 + ORPHAN_GRACE_US;
        worker->kill_sequence = 0;
    }
}

void crew_adopt(mtcd_master *master, const mtcd_generation *generation) {
    for (size_t i = 0; i < MASTER_WORKERS; i++) {
        mtcd_worker_record *const worker = &master->workers[i];
        if (worker->number == 0 || worker->generation != generation->number) continue;
        int status = -1;
        const pid_t pid = worker->pid == 0 ? -1 : waitpid(worker->pid, &status, WNOHANG);
        /* Not our child: the loader reaped it and could not tell us any more. */
        if (pid != 0) crew_died(master, worker, pid > 0 ? status : -1);
    }
}

static void end_by_force(mtcd_worker_record *worker) {
    worker->killed_sequence = worker->kill_sequence;
    worker->kill_us = UINT64_MAX;
    if (worker->pidfd >= 0)
        syscall(SYS_pidfd_send_signal, worker->pidfd, SIGKILL, NULL, 0);
}

uint64_t crew_watch(mtcd_master *master, uint64_t now) {
    uint64_t next = UINT64_MAX;
    for (size_t i = 0; i < MASTER_WORKERS; i++) {
        mtcd_worker_record *const worker = &master->workers[i];
        if (worker->number == 0 || worker->kill_us == UINT64_MAX) continue;
        if (now < worker->kill_us) {
            if (worker->kill_us < next) next = worker->kill_us;
        } else if (worker->kill_sequence != 0 &&
                   atomic_load(&worker->page->finished) >= worker->kill_sequence) {
            worker->kill_us = UINT64_MAX; /* it has come to an end by itself */
        } else {
            end_by_force(worker);
        }
    }
    return next;
}
