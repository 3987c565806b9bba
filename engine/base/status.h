/* status.h: filling in an mtc_error. */
#ifndef MTC_BASE_STATUS_H
#define MTC_BASE_STATUS_H

#include "base/str.h"

void mtc_error_clear(mtc_error *error);

/* Each sets *error (NULL is fine) unless an earlier error is in it, and gives the status,
 * so that a caller can write `return mtc_fail(error, MTC_…, "…")`. Start from
 * mtc_error_clear. Macros, so that a static analyser sees what comes back; `status` is
 * evaluated twice. mtc_fail(error, status, format, …) mtc_fail_in_file(error, file, line,
 * column, format, …)   INVALID_FILE; 0: unknown mtc_fail_at(error, status, position,
 * format, …)          a byte of the request or text */
#define mtc_fail(error, status, ...)                                                     \
    (mtc_error_set((error), (status), __VA_ARGS__), (mtc_status)(status))
#define mtc_fail_in_file(error, file, line, column, ...)                                 \
    (mtc_error_set_in_file((error), (file), (line), (column), __VA_ARGS__),              \
     (mtc_status)MTC_INVALID_FILE)
#define mtc_fail_at(error, status, position, ...)                                        \
    (mtc_error_set_at((error), (status), (position), __VA_ARGS__), (mtc_status)(status))

void mtc_error_set(mtc_error *error, mtc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void mtc_error_set_in_file(mtc_error *error, const char *file, uint32_t line,
                           uint32_t column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void mtc_error_set_at(mtc_error *error, mtc_status status, size_t position,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
