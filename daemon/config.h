/* config.h: what an operator can set.
 *
 * The file is one YAML mapping; every key stands with type, default, range and
 * description in the one table of options.c, from which reading, --print-config,
 * --list-options and docs/OPERATIONS.md follow. A configuration is plain data, copied as
 * a whole: nothing in it is owned.
 */
#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include <limits.h>
#include <stdio.h>

#include "base/status.h"
#include "log.h"

enum {
    CONFIG_ENDPOINTS = 8,
    CONFIG_ENDPOINT_SIZE = 256,
    CONFIG_PATH_SIZE = 1024,
    CONFIG_USERS = 32,
    CONFIG_WORKERS = 256,
};

/* What the broker works with; a reload may change it. */
typedef struct mtcd_config_limits {
    uint32_t queue_requests;
    uint32_t queue_mib;
    uint32_t text_limit_kib;
    uint32_t deadline_cap_ms;
    uint32_t quarantine_after; /* crashes of one request; 0: never */
    uint32_t quarantine_s;
    uint32_t requests_per_s; /* of one client; 0: no limit */
    uint32_t requests_burst;
    uint32_t log_level; /* enum log_level */
    uint32_t workers;   /* never 0 after config_finish */
} mtcd_config_limits;

typedef struct mtcd_config {
    char endpoints[CONFIG_ENDPOINTS][CONFIG_ENDPOINT_SIZE];
    uint32_t endpoint_count;
    char socket_group[64]; /* "": the group of the process */
    uint32_t allowed_users[CONFIG_USERS];
    uint32_t allowed_user_count; /* 0: everyone the socket lets in */
    mtcd_config_limits limits;
    uint32_t memory_limit_mib;
    bool sandbox;
    char data_dir[CONFIG_PATH_SIZE];
    char overlay_dir[CONFIG_PATH_SIZE];
    char hunspell_dir[CONFIG_PATH_SIZE];
} mtcd_config;

void config_defaults(mtcd_config *ret_config);
/* Reads the file over what is in *config. INVALID_FILE with line and column; *config is
 * then undefined. */
mtc_status config_read(const char *path, mtcd_config *config, mtc_error *error);
/* Fills in what depends on the machine: number of workers, data folder beside the
 * program. */
mtc_status config_finish(mtcd_config *config, mtc_error *error);

/* As YAML that config_read accepts. */
void config_print(const mtcd_config *config, FILE *to);
/* The table of docs/OPERATIONS.md. */
void config_print_options(FILE *to);

#endif
