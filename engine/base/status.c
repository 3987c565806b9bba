#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
    const char *name;
    bool retryable;
} STATUSES[] = {
#define NO_RETRY                      false
#define RETRY                         true
#define STATUS_ROW(name, wire, retry) [MTC_##name] = {wire, retry},
    MTC_STATUS_MAP(STATUS_ROW)
#undef STATUS_ROW
#undef RETRY
#undef NO_RETRY
};

const char *mtc_status_name(mtc_status status) {
    return (unsigned)status < MTC_STATUS_COUNT ? STATUSES[status].name : "internal";
}

bool mtc_status_is_retryable(mtc_status status) {
    return (unsigned)status < MTC_STATUS_COUNT && STATUSES[status].retryable;
}

const char *mtc_severity_name(mtc_severity severity) {
    static const char *const NAMES[] = {"neutral", "minor", "major", "critical"};
    return NAMES[severity];
}

const char *mtc_verdict_name(mtc_verdict verdict) {
    static const char *const NAMES[] = {"pass", "review", "fail", "unknown"};
    return NAMES[verdict];
}

void mtc_error_clear(mtc_error *error) {
    if (error != NULL) *error = (mtc_error){.status = MTC_OK, .position = -1};
}

__attribute__((format(printf, 3, 0))) static bool set(mtc_error *error, mtc_status status,
                                                      const char *format,
                                                      va_list arguments) {
    if (error == NULL || error->status != MTC_OK) return false;
    mtc_error_clear(error);
    error->status = status;
    (void)vsnprintf(error->message, sizeof error->message, format, arguments);
    return true;
}

void mtc_error_set(mtc_error *error, mtc_status status, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)set(error, status, format, arguments);
    va_end(arguments);
}

void mtc_error_set_in_file(mtc_error *error, const char *file, uint32_t line,
                           uint32_t column, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (set(error, MTC_INVALID_FILE, format, arguments)) {
        (void)snprintf(error->file, sizeof error->file, "%s", file);
        error->line = line;
        error->column = column;
    }
    va_end(arguments);
}

void mtc_error_set_at(mtc_error *error, mtc_status status, size_t position,
                      const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (set(error, status, format, arguments)) error->position = (int64_t)position;
    va_end(arguments);
}
