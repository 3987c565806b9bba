/* arguments.h: the command line, and the configuration that follows from it. */
#ifndef DAEMON_ARGUMENTS_H
#define DAEMON_ARGUMENTS_H

#include "config.h"

typedef enum mtcd_arguments_action {
    ACTION_SERVE,
    ACTION_CHECK_CONFIG,
    ACTION_PRINT_CONFIG,
    ACTION_LIST_OPTIONS,
    ACTION_VERSION,
    ACTION_HELP,
    ACTION_USAGE, /* wrong usage, already told on stderr */
} mtcd_arguments_action;

/* Borrows from argv. */
typedef struct mtcd_arguments {
    mtcd_arguments_action action;
    const char *config_path; /* NULL: the usual one where it exists */
    const char *endpoints[CONFIG_ENDPOINTS];
    uint32_t endpoint_count;
    const char *data_dir;
} mtcd_arguments;

mtcd_arguments arguments_parse(int argc, char **argv);
void arguments_help(FILE *to);

/* Defaults, then the file, then what the command line says; checked. */
mtc_status arguments_load_config(const mtcd_arguments *arguments, mtcd_config *ret_config,
                                 mtc_error *error);

/* "FILE:LINE:COLUMN: what" as far as known. */
void arguments_describe(const mtc_error *error, char *ret_text, size_t size);

#endif
