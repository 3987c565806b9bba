/* status.h: filling in an mtc_error. */
#ifndef MTC_BASE_STATUS_H
#define MTC_BASE_STATUS_H

#include "base/str.h"

/* Each sets *error (NULL is fine) unless an earlier error is in it, and returns `status`,
 * so that a caller can write `return mtc_fail(error, MTC_…, "…")`. Start from
 * mtc_error_clear. */
void mtc_error_clear(mtc_error *error);
mtc_status mtc_fail(mtc_error *error, mtc_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* line and column count from 1; 0: unknown. */
mtc_status mtc_fail_in_file(mtc_error *error, const char *file, uint32_t line,
                            uint32_t column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
mtc_status mtc_fail_at(mtc_error *error, mtc_status status, size_t position,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
