/* options.h: what the command line asks for. */
#ifndef MTCHECK_OPTIONS_H
#define MTCHECK_OPTIONS_H

#include "mtcheck/mtcheck.h"

typedef enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL } output_format;
typedef enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } color_choice;
typedef enum {
    COMMAND_CHECK,
    COMMAND_HEALTH,
    COMMAND_STATS,
    COMMAND_RULES,
    COMMAND_VERSION,
    COMMAND_TEST_RULES,
    COMMAND_NEW_RULE,
    COMMAND_SHOW_TEXT,
    COMMAND_DONE, /* --help, --version: printed already */
    COMMAND_WRONG /* told already */
} command_kind;

enum { MOST_GLOBS = 64 };

typedef struct command_options {
    command_kind command;
    const char *argument; /* of --test-rules, `rule new` or `rule show` */
    bool embedded;
    const char *endpoint; /* NULL: look for one */
    const char *data_dir, *overlay_dir;
    output_format format;
    color_choice color;
    uint32_t width; /* 0: of the terminal */
    /* request */
    const char *title, *profile, *words_file, *accepted_file;
    const char *only[MOST_GLOBS], *disable[MOST_GLOBS], *words[MOST_GLOBS];
    size_t only_count, disable_count, word_count;
    double min_confidence;
    const char *min_severity;
    int32_t max_issues; /* -1: default */
    uint32_t suggestions, deadline_ms;
    bool sentences;
    /* daemon */
    uint32_t timeout_ms, retries;
    /* gate */
    double fail_under; /* negative: by verdict alone */
    int fail_on;       /* mtc_severity; -1: by verdict alone */
    bool fail_on_review;
    char **files;
    int file_count; /* 0: standard input */
} command_options;

/* Reads argv; tells what is wrong on stderr (then command is COMMAND_WRONG). */
command_options options_read(int argc, char **argv);

#endif
