#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char HELP[] =
    "Usage: mtcheck [OPTION]... [FILE | -]...\n"
    "       mtcheck health | stats | rules | version\n"
    "       mtcheck rule new FAMILY.NAME\n"
    "       mtcheck rule show TEXT\n"
    "       mtcheck --test-rules [FOLDER]\n"
    "\n"
    "Finds the defects of machine translation in articles (plain text, UTF-8).\n"
    "\n"
    "Where the check runs\n"
    "  --embedded            in this process, without a daemon\n"
    "  --endpoint URI        by the daemon at ipc://PATH or tcp://127.0.0.1:PORT\n"
    "                        (else $MTCHECK_ENDPOINT, /run/mtcheck/mtcheckd.sock,\n"
    "                        $XDG_RUNTIME_DIR/mtcheck/mtcheckd.sock)\n"
    "  --timeout MS          for one try (default 30000)\n"
    "  --retries N           further tries, 0 to 10 (default 2)\n"
    "  --data-dir DIR        rules and dictionaries of an embedded check\n"
    "  --overlay-dir DIR     your own rules.d and dicts.d on top of them (default for\n"
    "                        an embedded check: /etc/mtcheck; \"\": none)\n"
    "\n"
    "What is checked\n"
    "  --title TEXT          the article's title, if it is not the first line\n"
    "  --profile NAME        news (default), strict, quiet, web\n"
    "  --only GLOB           only these rules (may be repeated)\n"
    "  --disable GLOB        without these rules (may be repeated)\n"
    "  --word WORD           a word to believe (may be repeated)\n"
    "  --words FILE          words to believe, one a line\n"
    "  --accepted FILE       fingerprints that do not count, one a line\n"
    "  --deadline MS         stop after this time and say so\n"
    "\n"
    "What is shown\n"
    "  --format FORMAT       text (default), json (the exact reply), jsonl (one line\n"
    "                        for each file)\n"
    "  --color WHEN          auto (default), always, never\n"
    "  --width N             columns of the report (default: the terminal, or 80)\n"
    "  --min-confidence X    only issues of this confidence or more, 0 to 1\n"
    "  --min-severity S      only issues of this severity or more\n"
    "  --max-issues N        at most so many issues, 0 to 10000 (default 1000)\n"
    "  --suggestions N       spelling suggestions for each word, 0 to 10 (slow)\n"
    "  --sentences           the score of each sentence too (json)\n"
    "\n"
    "What counts as failure\n"
    "  --fail-under N        also a quality below N\n"
    "  --fail-on SEVERITY    also any issue of this severity or more\n"
    "  --fail-on-review      also the verdict review\n"
    "\n"
    "Exit code: 0 pass, review, or too short to judge; 1 fail; 2 the check is not\n"
    "complete (partial, rules of weight switched off) or something went wrong. With\n"
    "several files the highest one counts.\n";

enum {
    OPTION_EMBEDDED = 256,
    OPTION_ENDPOINT,
    OPTION_TIMEOUT,
    OPTION_RETRIES,
    OPTION_DATA_DIR,
    OPTION_OVERLAY_DIR,
    OPTION_TITLE,
    OPTION_PROFILE,
    OPTION_ONLY,
    OPTION_DISABLE,
    OPTION_WORD,
    OPTION_WORDS,
    OPTION_ACCEPTED,
    OPTION_DEADLINE,
    OPTION_FORMAT,
    OPTION_COLOR,
    OPTION_WIDTH,
    OPTION_MIN_CONFIDENCE,
    OPTION_MIN_SEVERITY,
    OPTION_MAX_ISSUES,
    OPTION_SUGGESTIONS,
    OPTION_SENTENCES,
    OPTION_FAIL_UNDER,
    OPTION_FAIL_ON,
    OPTION_FAIL_ON_REVIEW,
    OPTION_TEST_RULES,
    OPTION_HELP,
    OPTION_VERSION,
};

static const struct option LONG_OPTIONS[] = {
    {"embedded", no_argument, NULL, OPTION_EMBEDDED},
    {"endpoint", required_argument, NULL, OPTION_ENDPOINT},
    {"timeout", required_argument, NULL, OPTION_TIMEOUT},
    {"retries", required_argument, NULL, OPTION_RETRIES},
    {"data-dir", required_argument, NULL, OPTION_DATA_DIR},
    {"overlay-dir", required_argument, NULL, OPTION_OVERLAY_DIR},
    {"title", required_argument, NULL, OPTION_TITLE},
    {"profile", required_argument, NULL, OPTION_PROFILE},
    {"only", required_argument, NULL, OPTION_ONLY},
    {"disable", required_argument, NULL, OPTION_DISABLE},
    {"word", required_argument, NULL, OPTION_WORD},
    {"words", required_argument, NULL, OPTION_WORDS},
    {"accepted", required_argument, NULL, OPTION_ACCEPTED},
    {"deadline", required_argument, NULL, OPTION_DEADLINE},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"width", required_argument, NULL, OPTION_WIDTH},
    {"min-confidence", required_argument, NULL, OPTION_MIN_CONFIDENCE},
    {"min-severity", required_argument, NULL, OPTION_MIN_SEVERITY},
    {"max-issues", required_argument, NULL, OPTION_MAX_ISSUES},
    {"suggestions", required_argument, NULL, OPTION_SUGGESTIONS},
    {"sentences", no_argument, NULL, OPTION_SENTENCES},
    {"fail-under", required_argument, NULL, OPTION_FAIL_UNDER},
    {"fail-on", required_argument, NULL, OPTION_FAIL_ON},
    {"fail-on-review", no_argument, NULL, OPTION_FAIL_ON_REVIEW},
    {"test-rules", no_argument, NULL, OPTION_TEST_RULES},
    {"help", no_argument, NULL, OPTION_HELP},
    {"version", no_argument, NULL, OPTION_VERSION},
    {NULL, 0, NULL, 0},
};

static const char *option_name(int option) {
    for (size_t i = 0; LONG_OPTIONS[i].name != NULL; i++) {
        if (LONG_OPTIONS[i].val == option) return LONG_OPTIONS[i].name;
    }
    return "?";
}

static bool refuse(int option, const char *value, const char *expected) {
    fprintf(stderr, "mtcheck: --%s: “%s” is not %s\n", option_name(option), value,
            expected);
    return false;
}

static bool read_number(int option, const char *value, double low, double high,
                        double *ret) {
    char *end;
    errno = 0;
    const double number = strtod(value, &end);
    if (end == value || *end != '\0' || errno != 0 ||
        !(number >= low && number <= high)) {
        char expected[80];
        (void)snprintf(expected, sizeof expected, "a number from %g to %g", low, high);
        return refuse(option, value, expected);
    }
    *ret = number;
    return true;
}

static bool read_whole(int option, const char *value, double low, double high,
                       uint32_t *ret) {
    double number;
    if (!read_number(option, value, low, high, &number)) return false;
    if (number != floor(number)) return refuse(option, value, "a whole number");
    *ret = (uint32_t)number;
    return true;
}

/* Index of the value among the names; -1, told, where it is none of them. */
static int read_choice(int option, const char *value, const char *const *names,
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value, names[i]) == 0) return (int)i;
    }
    char expected[160] = "one of";
    for (size_t i = 0; i < count; i++) {
        const size_t used = strlen(expected);
        (void)snprintf(expected + used, sizeof expected - used, "%s %s",
                       i == 0 ? "" : ",", names[i]);
    }
    (void)refuse(option, value, expected);
    return -1;
}

static const char *const FORMATS[] = {"text", "json", "jsonl"};
static const char *const COLORS[] = {"auto", "always", "never"};
static const char *const SEVERITIES[] = {"neutral", "minor", "major", "critical"};

static bool add(int option, const char *value, const char **list, size_t *count) {
    if (*count == MOST_GLOBS)
        return refuse(option, value, "possible: 64 of them are the most");
    if (value[0] == '\0') return refuse(option, value, "possible: it is empty");
    list[(*count)++] = value;
    return true;
}

static bool read_choice_option(command_options *to, int option, const char *value) {
    int choice;
    switch (option) {
    case OPTION_FORMAT:
        choice = read_choice(option, value, FORMATS, 3);
        if (choice >= 0) to->format = (output_format)choice;
        return choice >= 0;
    case OPTION_COLOR:
        choice = read_choice(option, value, COLORS, 3);
        if (choice >= 0) to->color = (color_choice)choice;
        return choice >= 0;
    case OPTION_MIN_SEVERITY:
        choice = read_choice(option, value, SEVERITIES, 4);
        to->min_severity = value;
        return choice >= 0;
    default:
        choice = read_choice(option, value, SEVERITIES, 4);
        to->fail_on = choice;
        return choice >= 0;
    }
}

static bool read_option(command_options *to, int option, const char *value) {
    uint32_t number;
    switch (option) {
    case OPTION_EMBEDDED: to->embedded = true; return true;
    case OPTION_ENDPOINT: to->endpoint = value; return true;
    case OPTION_TIMEOUT: return read_whole(option, value, 1, 600000, &to->timeout_ms);
    case OPTION_RETRIES: return read_whole(option, value, 0, 10, &to->retries);
    case OPTION_DATA_DIR: to->data_dir = value; return true;
    case OPTION_OVERLAY_DIR: to->overlay_dir = value; return true;
    case OPTION_TITLE: to->title = value; return true;
    case OPTION_PROFILE: to->profile = value; return true;
    case OPTION_ONLY: return add(option, value, to->only, &to->only_count);
    case OPTION_DISABLE: return add(option, value, to->disable, &to->disable_count);
    case OPTION_WORD: return add(option, value, to->words, &to->word_count);
    case OPTION_WORDS: to->words_file = value; return true;
    case OPTION_ACCEPTED: to->accepted_file = value; return true;
    case OPTION_DEADLINE: return read_whole(option, value, 1, 600000, &to->deadline_ms);
    case OPTION_FORMAT:
    case OPTION_COLOR:
    case OPTION_MIN_SEVERITY:
    case OPTION_FAIL_ON: return read_choice_option(to, option, value);
    case OPTION_WIDTH: return read_whole(option, value, 40, 1000, &to->width);
    case OPTION_MIN_CONFIDENCE:
        return read_number(option, value, 0, 1, &to->min_confidence);
    case OPTION_MAX_ISSUES:
        if (!read_whole(option, value, 0, 10000, &number)) return false;
        to->max_issues = (int32_t)number;
        return true;
    case OPTION_SUGGESTIONS: return read_whole(option, value, 0, 10, &to->suggestions);
    case OPTION_SENTENCES: to->sentences = true; return true;
    case OPTION_FAIL_UNDER: return read_number(option, value, 0, 100, &to->fail_under);
    case OPTION_FAIL_ON_REVIEW: to->fail_on_review = true; return true;
    case OPTION_TEST_RULES: to->command = COMMAND_TEST_RULES; return true;
    case OPTION_HELP:
        fputs(HELP, stdout);
        to->command = COMMAND_DONE;
        return true;
    case OPTION_VERSION:
        printf("mtcheck %s\n", mtc_version());
        to->command = COMMAND_DONE;
        return true;
    default: return false; /* getopt_long has told it */
    }
}

/* A lone word that names a command; a file of that name is reached as ./health. */
/* `rule new FAMILY.NAME`, `rule show TEXT`; false: none of them. */
static bool read_rule_command(command_options *to) {
    static const struct {
        const char *word, *wants;
        command_kind command;
    } COMMANDS[] = {{"new", "an id: mtcheck rule new FAMILY.NAME", COMMAND_NEW_RULE},
                    {"show", "a text: mtcheck rule show TEXT", COMMAND_SHOW_TEXT}};
    if (to->file_count < 2 || to->file_count > 3 || strcmp(to->files[0], "rule") != 0)
        return false;
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++) {
        if (strcmp(to->files[1], COMMANDS[i].word) != 0) continue;
        to->command = to->file_count == 3 ? COMMANDS[i].command : COMMAND_WRONG;
        to->argument = to->file_count == 3 ? to->files[2] : NULL;
        if (to->argument == NULL)
            fprintf(stderr, "mtcheck: rule %s wants %s\n", COMMANDS[i].word,
                    COMMANDS[i].wants);
        return true;
    }
    return false;
}

static void read_command(command_options *to) {
    static const struct {
        const char *word;
        command_kind command;
    } COMMANDS[] = {{"health", COMMAND_HEALTH},
                    {"stats", COMMAND_STATS},
                    {"rules", COMMAND_RULES},
                    {"version", COMMAND_VERSION}};
    if (to->command == COMMAND_TEST_RULES) {
        to->argument = to->file_count > 0 ? to->files[0] : NULL;
        if (to->file_count > 1) {
            fputs("mtcheck: --test-rules takes one folder\n", stderr);
            to->command = COMMAND_WRONG;
        }
        return;
    }
    if (read_rule_command(to)) return;
    for (size_t i = 0; to->file_count == 1 && i < sizeof COMMANDS / sizeof *COMMANDS;
         i++) {
        if (strcmp(to->files[0], COMMANDS[i].word) == 0)
            to->command = COMMANDS[i].command;
    }
}

command_options options_read(int argc, char **argv) {
    command_options options = {.retries = 2,
                               .timeout_ms = 30000,
                               .max_issues = -1,
                               .fail_under = -1,
                               .fail_on = -1};
    int option;
    while ((option = getopt_long(argc, argv, "h", LONG_OPTIONS, NULL)) != -1) {
        if (option == 'h') option = OPTION_HELP;
        if (!read_option(&options, option, optarg)) {
            fputs("Try “mtcheck --help”.\n", stderr);
            options.command = COMMAND_WRONG;
            return options;
        }
        if (options.command == COMMAND_DONE) return options;
    }
    if (options.embedded && options.endpoint != NULL) {
        fputs("mtcheck: --embedded and --endpoint exclude each other\n", stderr);
        options.command = COMMAND_WRONG;
        return options;
    }
    options.files = argv + optind;
    options.file_count = argc - optind;
    read_command(&options);
    return options;
}
