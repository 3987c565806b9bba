#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "broker.h"
#include "loader.h"
#include "master_state.h"
#include "process.h"

enum {
    QUICK_US = 1000000,
    FIRST_DELAY_US = 100000,
    MOST_DOUBLINGS = 6,
};

void describe_death(int wait_status, char *ret_text, size_t size) {
    if (wait_status < 0) {
        snprintf(ret_text, size, "unknown cause");
    } else if (WIFSIGNALED(wait_status)) {
        snprintf(ret_text, size, "signal %d (%s)", WTERMSIG(wait_status),
                 strsignal(WTERMSIG(wait_status)));
    } else {
        snprintf(ret_text, size, "exit status %d", WEXITSTATUS(wait_status));
    }
}

mtcd_generation *family_find(mtcd_master *master, uint32_t number) {
    for (size_t i = 0; i < MASTER_GENERATIONS; i++) {
        mtcd_generation *const each = &master->generations[i];
        if (each->state != GENERATION_NONE && each->number == number) return each;
    }
    return NULL;
}

mtcd_generation *family_in_state(mtcd_master *master, mtcd_generation_state state) {
    for (size_t i = 0; i < MASTER_GENERATIONS; i++) {
        if (master->generations[i].state == state) return &master->generations[i];
    }
    return NULL;
}

/* --- Beginning --- */

/* In the child: what the master has open is not for it, and its signals are not either: a
 * Ctrl-C reaches the whole group, but it is the master who decides. */
static void become_child(const mtcd_master *master, const char *name,
                         mtcd_log_level level, const int *kept, size_t count) {
    log_into(master->log_ends[1]);
    log_start(name, level);
    process_name(name);
    process_close_all_but(kept, count);
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static const mtcd_config *config_in_force(mtcd_master *master) {
    mtcd_generation *found = family_in_state(master, GENERATION_CURRENT);
    if (found == NULL) found = family_in_state(master, GENERATION_COMING);
    if (found == NULL) found = family_in_state(master, GENERATION_LOADING);
    return found == NULL ? NULL : &found->config;
}

bool family_start_broker(mtcd_master *master) {
    const mtcd_config *const config = config_in_force(master);
    int ends[2];
    if (config == NULL || !control_pair(ends)) return false;
    const pid_t pid = fork();
    if (pid == 0) {
        int kept[CONFIG_ENDPOINTS + 1];
        size_t count = 0;
        kept[count++] = ends[1];
        for (uint32_t i = 0; i < master->listeners.count; i++)
            kept[count++] = master->listeners.fds[i];
        become_child(master, "broker", (mtcd_log_level)config->limits.log_level, kept,
                     count);
        process_end(broker_run(config, &master->listeners, ends[1]));
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    master->broker.pid = pid;
    master->broker.control = ends[0];
    master->broker.started_us = now_us();
    master->broker.listening = false;
    const mtcd_generation *const current = family_in_state(master, GENERATION_CURRENT);
    if (current != NULL) family_tell_generation(master, current);
    return true;
}

mtcd_generation *family_start_generation(mtcd_master *master, const mtcd_config *config) {
    mtcd_generation *const made = family_in_state(master, GENERATION_NONE);
    int ends[2];
    if (made == NULL || !control_pair(ends)) return NULL;
    *made = (mtcd_generation){.number = ++master->last_generation,
                              .control = ends[0],
                              .config = *config,
                              .started_us = now_us()};
    made->loader = fork();
    if (made->loader == 0) {
        become_child(master, "loader", (mtcd_log_level)config->limits.log_level, &ends[1],
                     1);
        process_end(loader_run(&made->config, ends[1]));
    }
    close(ends[1]);
    if (made->loader < 0) {
        close(ends[0]);
        return NULL;
    }
    made->state = GENERATION_LOADING;
    return made;
}

/* --- Speaking --- */

void family_tell_broker(mtcd_master *master, const mtcd_control_message *message,
                        const mtcd_control_descriptors *descriptors) {
    if (master->broker.pid == 0) return;
    if (control_send(master->broker.control, message, descriptors)) return;
    if (errno == EPIPE || errno == ECONNRESET) return; /* its death is on the way to us */
    log_say(LOG_ERROR, "the broker does not listen any more: %s", strerror(errno));
    kill(master->broker.pid, SIGKILL);
}

void family_tell_generation(mtcd_master *master, const mtcd_generation *current) {
    mtcd_control_message message = {.kind = CONTROL_GENERATION,
                                    .generation = current->number,
                                    .limits = current->config.limits};
    snprintf(message.text, sizeof message.text, "%s", current->checksums);
    family_tell_broker(master, &message, NULL);
    message = (mtcd_control_message){.kind = CONTROL_NOTE};
    snprintf(message.text, sizeof message.text, "%s", master->trouble);
    family_tell_broker(master, &message, NULL);
}

static void hear_broker(mtcd_master *master, const mtcd_control_message *message) {
    if (message->kind == CONTROL_LISTENING) master->broker.listening = true;
    if (message->kind == CONTROL_OVERDUE) crew_overdue(master, message);
}

static void hear_loader(mtcd_master *master, mtcd_generation *from,
                        const mtcd_control_message *message,
                        mtcd_control_descriptors *descriptors) {
    mtcd_worker_record *worker;
    switch (message->kind) {
    case CONTROL_LOADED:
        snprintf(from->checksums, sizeof from->checksums, "%.*s",
                 (int)sizeof from->checksums - 1, message->text);
        from->state = GENERATION_COMING;
        log_say(LOG_INFO, "generation %u is loaded after %u ms", from->number,
                (unsigned)((now_us() - from->started_us) / 1000));
        break;
    case CONTROL_FAILED: master_load_failed(master, from, message->text); break;
    case CONTROL_FORKED:
        crew_forked(master, message, descriptors->count > 0 ? descriptors->at[0] : -1);
        descriptors->count = 0;
        break;
    case CONTROL_DIED:
        worker = crew_find(master, message->worker);
        if (worker != NULL) crew_died(master, worker, message->wait_status);
        break;
    default: break;
    }
}

/* Everything one side has sent; `from` NULL: the broker. */
static void hear_all(mtcd_master *master, int control, mtcd_generation *from) {
    mtcd_control_message message;
    mtcd_control_descriptors descriptors;
    while (control_receive(control, &message, &descriptors) == CONTROL_GOT) {
        if (from == NULL) {
            hear_broker(master, &message);
        } else {
            hear_loader(master, from, &message, &descriptors);
        }
        control_close(&descriptors);
    }
}

void family_listen(mtcd_master *master) {
    if (master->broker.pid != 0) hear_all(master, master->broker.control, NULL);
    for (size_t i = 0; i < MASTER_GENERATIONS; i++) {
        mtcd_generation *const each = &master->generations[i];
        if (each->state != GENERATION_NONE && each->loader != 0)
            hear_all(master, each->control, each);
    }
}

/* --- Ending --- */

static void broker_died(mtcd_master *master, int wait_status) {
    mtcd_broker_process *const broker = &master->broker;
    const uint64_t now = now_us();
    close(broker->control);
    broker->pid = 0;
    crew_orphan_all(master);
    if (master->stopping) return;
    char why[64];
    describe_death(wait_status, why, sizeof why);
    log_say(LOG_ERROR, "the broker died: %s; a new one takes its place", why);
    const bool by_hand = WIFSIGNALED(wait_status) && WTERMSIG(wait_status) == SIGKILL;
    if (by_hand || now - broker->started_us > QUICK_US) {
        broker->quick_deaths = 0;
        broker->restart_us = now;
        return;
    }
    const uint32_t doublings =
        broker->quick_deaths < MOST_DOUBLINGS ? broker->quick_deaths++ : MOST_DOUBLINGS;
    broker->restart_us = now + ((uint64_t)FIRST_DELAY_US << doublings);
}

static void loader_died(mtcd_master *master, mtcd_generation *from, int wait_status) {
    hear_all(master, from->control, from);
    close(from->control);
    from->loader = 0;
    from->ordered = 0;
    crew_adopt(master, from);
    if (master->stopping) return;
    char why[160], death[64];
    describe_death(wait_status, death, sizeof death);
    switch (from->state) {
    case GENERATION_LOADING:
    case GENERATION_COMING:
        snprintf(why, sizeof why, "the loader died while loading: %s", death);
        master_load_failed(master, from, why);
        break;
    case GENERATION_CURRENT:
        log_say(LOG_ERROR,
                "the loader of generation %u died: %s; its workers go on and "
                "a new generation is loaded",
                from->number, death);
        break;
    default: break;
    }
}

bool family_reap(mtcd_master *master) {
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == master->broker.pid) {
            broker_died(master, status);
            continue;
        }
        bool was_loader = false;
        for (size_t i = 0; i < MASTER_GENERATIONS && !was_loader; i++) {
            mtcd_generation *const each = &master->generations[i];
            was_loader = each->loader == pid && pid != 0;
            if (was_loader) loader_died(master, each, status);
        }
        mtcd_worker_record *const worker = was_loader ? NULL : crew_find_pid(master, pid);
        if (worker != NULL) crew_died(master, worker, status);
    }
    return !(pid < 0 && errno == ECHILD);
}

static void release(mtcd_generation *generation) {
    if (generation->loader != 0) close(generation->control);
    *generation = (struct mtcd_generation){0};
}

void family_release_retired(mtcd_master *master) {
    for (size_t i = 0; i < MASTER_GENERATIONS; i++) {
        mtcd_generation *const each = &master->generations[i];
        if (each->state != GENERATION_RETIRED) continue;
        bool has_workers = false;
        for (size_t j = 0; j < MASTER_WORKERS && !has_workers; j++) {
            has_workers = master->workers[j].number != 0 &&
                          master->workers[j].generation == each->number;
        }
        if (!has_workers) release(each);
    }
}

void family_close_loaders(mtcd_master *master) {
    for (size_t i = 0; i < MASTER_GENERATIONS; i++) {
        mtcd_generation *const each = &master->generations[i];
        if (each->state == GENERATION_NONE || each->loader == 0) continue;
        hear_all(master, each->control, each);
        shutdown(each->control, SHUT_RDWR);
    }
}

void family_kill_all(mtcd_master *master) {
    if (master->broker.pid != 0) kill(master->broker.pid, SIGKILL);
    for (size_t i = 0; i < MASTER_GENERATIONS; i++) {
        const mtcd_generation *const each = &master->generations[i];
        if (each->state != GENERATION_NONE && each->loader != 0)
            kill(each->loader, SIGKILL);
    }
    const uint64_t now = now_us();
    for (size_t i = 0; i < MASTER_WORKERS; i++) {
        if (master->workers[i].number == 0) continue;
        master->workers[i].kill_us = now;
        master->workers[i].kill_sequence = 0;
    }
    crew_watch(master, now);
}
