/* log.h: one line a message on stderr, with the priority prefix that systemd reads.
 *
 * Every process of the daemon writes to its descriptor 2. In the children that is the
 * write end of a pipe whose lines the master copies to its own stderr (log_relay): a
 * journal that stalls can then stop only the master, never a check. A line is written
 * with one write of at most LOG_LINE bytes; where the pipe is full it is dropped. Text of
 * articles is never logged.
 */
#ifndef DAEMON_LOG_H
#define DAEMON_LOG_H

#include <stdbool.h>

typedef enum mtcd_log_level {
    LOG_ERROR = 3, /* the numbers of syslog */
    LOG_WARNING = 4,
    LOG_NOTICE = 5,
    LOG_INFO = 6,
    LOG_DEBUG = 7,
} mtcd_log_level;

enum { LOG_LINE = 1024 };

/* Each process sets its own name ("master", "broker" …; static) and level once. */
void log_start(const char *process, mtcd_log_level level);
void log_set_level(mtcd_log_level level);

void log_say(mtcd_log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Makes the pipe. False with errno. The write end does not block. */
bool log_pipe(int ret_ends[2]);
/* In a child: descriptor 2 becomes `write_end`. */
void log_into(int write_end);
/* In the master: copies what is in the pipe to stderr. False at its end. */
bool log_relay(int read_end);

#endif
