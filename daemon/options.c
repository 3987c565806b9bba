#include "options.h"

#include <stddef.h>
#include <string.h>

#ifdef MTC_SANITIZED
#define SANDBOX_DEFAULT "false"
#else
#define SANDBOX_DEFAULT "true"
#endif

#define AT(field) offsetof(mtcd_config, field), 0, 0
#define TEXT_AT(field)                                                                   \
    offsetof(mtcd_config, field), 0, sizeof(((mtcd_config *)NULL)->field)
#define LIST_AT(field, count)                                                            \
    offsetof(mtcd_config, field), offsetof(mtcd_config, count), 0

static const mtcd_option OPTIONS[] = {
    {"endpoints", OPTION_TEXTS, LIST_AT(endpoints, endpoint_count),
     "[\"ipc:///run/mtcheck/mtcheckd.sock\"]", 1, CONFIG_ENDPOINTS, false,
     "Where clients connect: `ipc://PATH`, and `tcp://127.0.0.1:PORT` or "
     "`tcp://[::1]:PORT` where asked for (any local user may then connect)."},
    {"socket_group", OPTION_TEXT, TEXT_AT(socket_group), "\"\"", 0, 0, false,
     "Group of the ipc socket (mode 0660); empty: the group of the daemon."},
    {"allowed_users", OPTION_NUMBERS, LIST_AT(allowed_users, allowed_user_count), "[]", 0,
     CONFIG_USERS, false,
     "Numeric user ids that may use the ipc sockets; empty: all whom the mode lets in."},
    {"workers", OPTION_NUMBER, AT(limits.workers), "0", 0, CONFIG_WORKERS, true,
     "Processes that check; 0: one for each processor."},
    {"queue_requests", OPTION_NUMBER, AT(limits.queue_requests), "256", 1, 65536, true,
     "Requests that may wait; one more is answered `busy`."},
    {"queue_mib", OPTION_NUMBER, AT(limits.queue_mib), "64", 8, 4096, true,
     "MiB of requests that may wait; what goes beyond is answered `busy`."},
    {"text_limit_kib", OPTION_NUMBER, AT(limits.text_limit_kib), "256", 4, 1024, true,
     "Largest article in KiB of UTF-8, title and text together; a larger one is answered "
     "`text_too_large`."},
    {"deadline_cap_ms", OPTION_NUMBER, AT(limits.deadline_cap_ms), "10000", 50, 600000,
     true, "Longest time granted to a request, waiting included, whatever it asks for."},
    {"memory_limit_mib", OPTION_NUMBER, AT(memory_limit_mib), "256", 16, 4096, true,
     "Memory that one check may take; beyond it the reply is `partial`."},
    {"quarantine_after", OPTION_NUMBER, AT(limits.quarantine_after), "2", 0, 100, true,
     "Workers that a request may crash before it is refused as `quarantined`; 0: never "
     "refused."},
    {"quarantine_s", OPTION_NUMBER, AT(limits.quarantine_s), "600", 1, 86400, true,
     "Seconds that a request stays in quarantine."},
    {"requests_per_s", OPTION_NUMBER, AT(limits.requests_per_s), "0", 0, 100000, true,
     "Requests a second that one client (a user on ipc, an address on TCP) may have "
     "checked "
     "in the long run; more are answered `rate_limited`. 0: no limit."},
    {"requests_burst", OPTION_NUMBER, AT(limits.requests_burst), "100", 1, 100000, true,
     "Requests that a client may send at once before `requests_per_s` counts."},
    {"log_level", OPTION_LEVEL, AT(limits.log_level), "info", 0, 0, true,
     "Least weight of a line in the log."},
    {"sandbox", OPTION_FLAG, AT(sandbox), SANDBOX_DEFAULT, 0, 0, true,
     "Workers may use only the system calls that checking needs (seccomp)."},
    {"data_dir", OPTION_TEXT, TEXT_AT(data_dir), "\"\"", 0, 0, true,
     "Folder with `rules`, `dicts` and `models`; empty: `../share/mtcheck` beside the "
     "program."},
    {"overlay_dir", OPTION_TEXT, TEXT_AT(overlay_dir), "\"/etc/mtcheck\"", 0, 0, true,
     "Folder with the operator's own `rules.d` and `dicts.d`; empty or missing: none."},
    {"hunspell_dir", OPTION_TEXT, TEXT_AT(hunspell_dir), "\"/usr/share/hunspell\"", 0, 0,
     true, "Folder with the dictionaries `en_US` and `en_GB`."},
};

const mtcd_option *options_table(size_t *ret_count) {
    *ret_count = sizeof OPTIONS / sizeof *OPTIONS;
    return OPTIONS;
}

const mtcd_option *option_find(const char *key) {
    for (size_t i = 0; i < sizeof OPTIONS / sizeof *OPTIONS; i++) {
        if (strcmp(OPTIONS[i].key, key) == 0) return &OPTIONS[i];
    }
    return NULL;
}

const char *const *option_levels(void) {
    static const char *const NAMES[] = {"error", "warning", "notice",
                                        "info",  "debug",   NULL};
    return NAMES;
}
