/* master_state.h: what the parts of the master share: master.c (loop, signals, reload,
 * end), family.c (processes begin and die), crew.c (workers). */
#ifndef DAEMON_MASTER_STATE_H
#define DAEMON_MASTER_STATE_H

#include "access.h"
#include "arguments.h"
#include "control.h"
#include "shared_page.h"

enum {
    MASTER_GENERATIONS = 4, /* the current, one coming, two draining */
    MASTER_WORKERS = 4 * CONFIG_WORKERS,
};

typedef struct mtcd_broker_process {
    pid_t pid; /* 0: none */
    int control;
    uint64_t started_us, restart_us; /* not before */
    uint32_t quick_deaths;
    bool listening;
} mtcd_broker_process;

typedef enum mtcd_generation_state {
    GENERATION_NONE,
    GENERATION_LOADING, /* its loader loads */
    GENERATION_COMING,  /* loaded; its workers are being forked */
    GENERATION_CURRENT,
    GENERATION_RETIRED, /* its workers finish what they have begun */
} mtcd_generation_state;

typedef struct mtcd_generation {
    mtcd_generation_state state;
    uint32_t number;
    pid_t loader; /* 0: died */
    int control;
    mtcd_config config;
    char checksums[160];
    uint64_t started_us, fork_us; /* fork not before */
    uint32_t ordered;             /* forks not yet confirmed */
    uint32_t quick_deaths;
} mtcd_generation;

typedef struct mtcd_worker_record {
    uint32_t number; /* 0: free */
    uint32_t generation;
    pid_t pid; /* 0: ordered, not yet forked */
    int pidfd;
    mtcd_shared_page *page;
    bool orphan; /* its broker is gone */
    uint64_t forked_us;
    uint64_t kill_us;       /* UINT64_MAX: not to be killed */
    uint64_t kill_sequence; /* only if it still works on this; 0: in any case */
    uint64_t killed_sequence;
} mtcd_worker_record;

typedef struct mtcd_master {
    const mtcd_arguments *arguments;
    mtcd_access_listeners listeners;
    int signals, log_ends[2];
    mtcd_broker_process broker;
    mtcd_generation generations[MASTER_GENERATIONS];
    mtcd_worker_record workers[MASTER_WORKERS];
    uint32_t last_worker, last_generation;
    uint64_t load_us; /* a new generation not before */
    uint32_t failed_loads;
    bool ready, reload_wanted, reloading;
    bool stopping;
    int exit_code;
    uint64_t stop_us; /* then by force */
    char trouble[CONTROL_TEXT];
} mtcd_master;

/* --- family.c --- */

bool family_start_broker(mtcd_master *master);
/* NULL where there is no room or no process. */
mtcd_generation *family_start_generation(mtcd_master *master, const mtcd_config *config);
mtcd_generation *family_find(mtcd_master *master, uint32_t number);
mtcd_generation *family_in_state(mtcd_master *master, mtcd_generation_state state);
/* Takes what broker and loaders say. */
void family_listen(mtcd_master *master);
/* Reaps whoever died. False where no child is left. */
bool family_reap(mtcd_master *master);
/* The retired ones whose workers have ended are let go. */
void family_release_retired(mtcd_master *master);
/* A message to the broker; where it does not listen it is killed. */
void family_tell_broker(mtcd_master *master, const mtcd_control_message *message,
                        const mtcd_control_descriptors *descriptors);
void family_tell_generation(mtcd_master *master, const mtcd_generation *current);
void family_kill_all(mtcd_master *master);
void family_close_loaders(mtcd_master *master);

/* --- crew.c --- */

mtcd_worker_record *crew_find(mtcd_master *master, uint32_t number);
mtcd_worker_record *crew_find_pid(mtcd_master *master, pid_t pid);
/* Workers of the generation that serve the present broker; only forked ones, or all. */
uint32_t crew_count(const mtcd_master *master, uint32_t generation, bool only_forked);
/* Orders what is missing. */
void crew_fill(mtcd_master *master, mtcd_generation *generation);
void crew_forked(mtcd_master *master, const mtcd_control_message *message, int pidfd);
void crew_died(mtcd_master *master, mtcd_worker_record *worker, int wait_status);
void crew_overdue(mtcd_master *master, const mtcd_control_message *message);
/* The broker is gone: its workers end by themselves, or are ended. */
void crew_orphan_all(mtcd_master *master);
/* The loader is gone: its workers are our children now. */
void crew_adopt(mtcd_master *master, const mtcd_generation *generation);
/* Kills who is due; returns when the next is. */
uint64_t crew_watch(mtcd_master *master, uint64_t now);

/* --- master.c --- */

/* A generation could not be loaded, or is ready to take over. */
void master_load_failed(mtcd_master *master, mtcd_generation *failed, const char *why);
void master_take_over(mtcd_master *master, mtcd_generation *coming);

/* "signal 9 (Killed)" or "exit status 1". */
void describe_death(int wait_status, char *ret_text, size_t size);

#endif
