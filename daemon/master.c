#include "master.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "master_state.h"
#include "notify.h"
#include "process.h"

enum {
    LOAD_US = 120 * 1000000,   /* a loader that takes longer hangs */
    RELOAD_DELAY_US = 1000000, /* doubled with each failure */
    MOST_DOUBLINGS = 6,
    STOP_GRACE_US = 2000000, /* on top of the longest check */
    EXIT_WRONG_ENDPOINTS = 2,
};

/* --- Status --- */

static void tell_state(mtcd_master *master, bool ready) {
    const mtcd_generation *const current = family_in_state(master, GENERATION_CURRENT);
    char status[CONTROL_TEXT + 128];
    snprintf(
        status, sizeof status, "generation %u, %u workers%s%s",
        current == NULL ? 0 : current->number,
        current == NULL ? 0 : current->config.limits.workers,
        master->trouble[0] == '\0' ? "" : "; the last reload failed: ", master->trouble);
    if (ready) {
        notify_ready(status);
    } else {
        notify_status(status);
    }
}

/* --- Generations --- */

static void stop(mtcd_master *master, int exit_code);

static void note_trouble(mtcd_master *master, const char *why) {
    snprintf(master->trouble, sizeof master->trouble, "%s", why);
    mtcd_control_message message = {.kind = CONTROL_NOTE};
    snprintf(message.text, sizeof message.text, "%s", why);
    family_tell_broker(master, &message, NULL);
    tell_state(master, master->ready);
    master->reloading = false;
}

/* The next attempt without being asked waits, longer each time. */
static void put_off_loading(mtcd_master *master) {
    const uint32_t doublings =
        master->failed_loads < MOST_DOUBLINGS ? master->failed_loads++ : MOST_DOUBLINGS;
    master->load_us = now_us() + ((uint64_t)RELOAD_DELAY_US << doublings);
}

void master_load_failed(mtcd_master *master, mtcd_generation *failed, const char *why) {
    /* It ends by itself; what it forked so far ends with its pairs. */
    failed->state = GENERATION_RETIRED;
    if (!master->ready) {
        log_say(LOG_ERROR, "%s", why);
        notify_status(why);
        stop(master, 1);
        return;
    }
    log_say(LOG_ERROR, "loading anew failed, what served before goes on: %s", why);
    put_off_loading(master);
    note_trouble(master, why);
}

void master_take_over(mtcd_master *master, mtcd_generation *coming) {
    mtcd_generation *const former = family_in_state(master, GENERATION_CURRENT);
    if (former != NULL) former->state = GENERATION_RETIRED;
    coming->state = GENERATION_CURRENT;
    master->trouble[0] = '\0';
    master->failed_loads = 0;
    master->reloading = false;
    log_set_level((mtcd_log_level)coming->config.limits.log_level);
    family_tell_generation(master, coming);
    const char *const line_end = strchr(coming->checksums, '\n');
    log_say(LOG_NOTICE, "generation %u serves with %u workers, rules %.*s",
            coming->number, coming->config.limits.workers,
            line_end == NULL ? 0 : (int)(line_end - coming->checksums),
            coming->checksums);
    if (master->ready) tell_state(master, true);
}

static void keep_endpoints(const mtcd_config *former, mtcd_config *changed) {
    if (former->endpoint_count != changed->endpoint_count ||
        memcmp(former->endpoints, changed->endpoints, sizeof former->endpoints) != 0 ||
        strcmp(former->socket_group, changed->socket_group) != 0 ||
        former->allowed_user_count != changed->allowed_user_count ||
        memcmp(former->allowed_users, changed->allowed_users,
               sizeof former->allowed_users) != 0)
        log_say(LOG_WARNING, "endpoints, socket_group and allowed_users take effect only "
                             "at a restart");
}

/* SIGHUP: everything is read anew, and nothing changes before all of it is good. */
static void reload(mtcd_master *master) {
    master->reload_wanted = false;
    master->reloading = true;
    log_say(LOG_NOTICE, "loading anew");
    notify_reloading();
    const mtcd_generation *const current = family_in_state(master, GENERATION_CURRENT);
    mtcd_config config;
    mtc_error error;
    mtc_error_clear(&error);
    if (arguments_load_config(master->arguments, &config, &error) != MTC_OK) {
        char why[CONTROL_TEXT];
        arguments_describe(&error, why, sizeof why);
        log_say(LOG_ERROR, "loading anew failed, what served before goes on: %s", why);
        note_trouble(master, why);
        return;
    }
    if (current != NULL) keep_endpoints(&current->config, &config);
    if (family_start_generation(master, &config) == NULL)
        note_trouble(master, "no process for the new generation");
}

/* The current loader died: as in a reload, but with the configuration in force. */
static void replace_loader(mtcd_master *master, uint64_t now) {
    const mtcd_generation *const current = family_in_state(master, GENERATION_CURRENT);
    if (current == NULL || current->loader != 0 || now < master->load_us) return;
    const mtcd_config config = current->config;
    if (family_start_generation(master, &config) == NULL) put_off_loading(master);
}

static bool is_loading(mtcd_master *master) {
    return family_in_state(master, GENERATION_LOADING) != NULL ||
           family_in_state(master, GENERATION_COMING) != NULL;
}

/* --- What should be, and is not yet --- */

static void end_slow_loader(mtcd_master *master, uint64_t now) {
    const mtcd_generation *const loading = family_in_state(master, GENERATION_LOADING);
    if (loading == NULL || now < loading->started_us + LOAD_US) return;
    log_say(LOG_ERROR, "the loader of generation %u does not come to an end",
            loading->number);
    kill(loading->loader, SIGKILL);
}

static void reconcile(mtcd_master *master, uint64_t now) {
    if (master->stopping) return;
    if (master->broker.pid == 0 && now >= master->broker.restart_us &&
        !family_start_broker(master)) {
        log_say(LOG_ERROR, "cannot start a broker: %s", strerror(errno));
        master->broker.restart_us = now + RELOAD_DELAY_US;
    }
    end_slow_loader(master, now);
    if (master->broker.pid == 0) return;
    mtcd_generation *const current = family_in_state(master, GENERATION_CURRENT);
    if (current != NULL) crew_fill(master, current);
    mtcd_generation *const coming = family_in_state(master, GENERATION_COMING);
    if (coming != NULL) {
        crew_fill(master, coming);
        if (crew_count(master, coming->number, true) >= coming->config.limits.workers)
            master_take_over(master, coming);
    }
    family_release_retired(master);
    if (!master->ready && master->broker.listening &&
        family_in_state(master, GENERATION_CURRENT) != NULL) {
        master->ready = true;
        tell_state(master, true);
    }
    if (!master->ready || is_loading(master)) return;
    if (master->reload_wanted) {
        reload(master);
    } else {
        replace_loader(master, now);
    }
}

/* --- End --- */

static void stop(mtcd_master *master, int exit_code) {
    if (master->stopping) return;
    const mtcd_generation *const current = family_in_state(master, GENERATION_CURRENT);
    const uint64_t cap_ms = current == NULL ? 0 : current->config.limits.deadline_cap_ms;
    master->stopping = true;
    master->exit_code = exit_code;
    master->stop_us = now_us() + cap_ms * 1000 + STOP_GRACE_US;
    notify_stopping();
    family_tell_broker(master, &(mtcd_control_message){.kind = CONTROL_DRAIN}, NULL);
}

static void take_signals(mtcd_master *master) {
    struct signalfd_siginfo signal;
    while (read(master->signals, &signal, sizeof signal) == sizeof signal) {
        switch (signal.ssi_signo) {
        case SIGTERM:
        case SIGINT:
            if (!master->stopping)
                log_say(LOG_NOTICE, "ending: finishing what has begun");
            stop(master, 0);
            break;
        case SIGHUP: master->reload_wanted = true; break;
        default: break;
        }
    }
}

/* --- Loop --- */

static uint64_t earlier(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static uint64_t next_time(mtcd_master *master, uint64_t now) {
    uint64_t next = crew_watch(master, now);
    if (master->stopping) return earlier(next, master->stop_us);
    if (master->broker.pid == 0) next = earlier(next, master->broker.restart_us);
    for (size_t i = 0; i < MASTER_GENERATIONS; i++) {
        const mtcd_generation *const each = &master->generations[i];
        if (each->state == GENERATION_LOADING)
            next = earlier(next, each->started_us + LOAD_US);
        if (each->state == GENERATION_CURRENT && each->loader == 0 && !is_loading(master))
            next = earlier(next, master->load_us);
        if ((each->state == GENERATION_CURRENT || each->state == GENERATION_COMING) &&
            each->fork_us > now)
            next = earlier(next, each->fork_us);
    }
    return next;
}

static void wait_for_events(mtcd_master *master, uint64_t until, uint64_t now) {
    struct pollfd sources[3 + MASTER_GENERATIONS];
    nfds_t count = 0;
    sources[count++] = (struct pollfd){.fd = master->signals, .events = POLLIN};
    sources[count++] = (struct pollfd){.fd = master->log_ends[0], .events = POLLIN};
    if (master->broker.pid != 0)
        sources[count++] =
            (struct pollfd){.fd = master->broker.control, .events = POLLIN};
    for (size_t i = 0; i < MASTER_GENERATIONS; i++) {
        const mtcd_generation *const each = &master->generations[i];
        if (each->state != GENERATION_NONE && each->loader != 0)
            sources[count++] = (struct pollfd){.fd = each->control, .events = POLLIN};
    }
    int timeout = -1;
    if (until != UINT64_MAX) timeout = until <= now ? 0 : (int)((until - now) / 1000 + 1);
    const int events = poll(sources, count, timeout);
    /* A side that has hung up stays readable until its death is reaped, which is soon. */
    bool only_hung_up = events > 0;
    for (nfds_t i = 0; i < count; i++) {
        if ((sources[i].revents & POLLIN) != 0) only_hung_up = false;
    }
    if (only_hung_up) poll(&sources[0], 1, 5);
}

/* True while somebody is left to wait for. */
static bool end_by_and_by(mtcd_master *master, bool has_children, uint64_t now) {
    if (!has_children) return false;
    if (master->broker.pid == 0) family_close_loaders(master);
    if (now >= master->stop_us) {
        log_say(LOG_WARNING, "ending by force what does not end");
        family_kill_all(master);
        master->stop_us = now + STOP_GRACE_US;
    }
    return true;
}

static void loop(mtcd_master *master) {
    for (;;) {
        take_signals(master);
        family_listen(master);
        const bool has_children = family_reap(master);
        log_relay(master->log_ends[0]);
        uint64_t now = now_us();
        if (master->stopping && !end_by_and_by(master, has_children, now)) return;
        reconcile(master, now);
        now = now_us();
        wait_for_events(master, next_time(master, now), now);
    }
}

static bool set_up_signals(mtcd_master *master) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGCHLD);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &set, NULL);
    master->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return master->signals >= 0 && log_pipe(master->log_ends);
}

static int serve(mtcd_master *master, const mtcd_config *config) {
    mtc_error error;
    mtc_error_clear(&error);
    if (access_open(config, &master->listeners, &error) != MTC_OK) {
        log_say(LOG_ERROR, "%s", error.message);
        return EXIT_WRONG_ENDPOINTS;
    }
    if (family_start_generation(master, config) == NULL) {
        log_say(LOG_ERROR, "cannot start a loader: %s", strerror(errno));
        access_close(&master->listeners);
        return 1;
    }
    loop(master);
    access_close(&master->listeners);
    log_relay(master->log_ends[0]);
    log_say(LOG_NOTICE, "ended");
    return master->exit_code;
}

int master_run(const mtcd_arguments *arguments, const mtcd_config *config) {
    log_start("master", (mtcd_log_level)config->limits.log_level);
    process_raise_descriptors();
    if (config->sandbox) process_harden();
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    mtcd_master *const master = calloc(1, sizeof *master);
    int result = 1;
    if (master == NULL) return result;
    master->arguments = arguments;
    if (set_up_signals(master)) {
        result = serve(master, config);
    } else {
        log_say(LOG_ERROR, "cannot set up signals: %s", strerror(errno));
    }
    free(master);
    return result;
}
