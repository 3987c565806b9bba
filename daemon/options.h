/* options.h: the table of what can be configured. */
#ifndef DAEMON_OPTIONS_H
#define DAEMON_OPTIONS_H

#include "config.h"

typedef enum mtcd_option_kind {
    OPTION_NUMBER,  /* uint32_t */
    OPTION_FLAG,    /* bool */
    OPTION_TEXT,    /* char[size]; may be "" */
    OPTION_LEVEL,   /* uint32_t, by name */
    OPTION_TEXTS,   /* char[CONFIG_ENDPOINTS][CONFIG_ENDPOINT_SIZE] and a count */
    OPTION_NUMBERS, /* uint32_t[CONFIG_USERS] and a count */
} mtcd_option_kind;

typedef struct mtcd_option {
    const char *key;
    mtcd_option_kind kind;
    size_t offset, count_offset; /* in config; the second for lists */
    size_t size;                 /* of a text */
    const char *default_text;    /* as it is written in YAML */
    uint32_t least, most;
    bool reloads; /* takes effect on SIGHUP */
    const char *description;
} mtcd_option;

const mtcd_option *options_table(size_t *ret_count);
const mtcd_option *option_find(const char *key);

/* Names of the log levels, NULL-terminated; the first is LOG_ERROR. */
const char *const *option_levels(void);

#endif
