#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The one piece of state that belongs to the process and not to a caller: a line must be
 * possible from everywhere. */
static struct {
    const char *process;
    mtcd_log_level level;
} self = {"mtcheckd", LOG_INFO};

void log_start(const char *process, mtcd_log_level level) {
    self.process = process;
    self.level = level;
}

void log_set_level(mtcd_log_level level) {
    self.level = level;
}

static void write_whole(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        const ssize_t written = write(fd, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

/* The text becomes one line: nothing in it ends the line or acts on a terminal. */
static void write_line(mtcd_log_level level, const char *text) {
    char line[LOG_LINE];
    const int head = snprintf(line, sizeof line, "<%d>%s: ", (int)level, self.process);
    size_t length = (size_t)head;
    for (; *text != '\0' && length + 1 < sizeof line; text++) {
        const bool control = (unsigned char)*text < 0x20 || *text == 0x7F;
        line[length++] = control ? ' ' : *text;
    }
    line[length++] = '\n';
    const int saved = errno;
    write_whole(STDERR_FILENO, line, length);
    errno = saved;
}

void log_say(mtcd_log_level level, const char *format, ...) {
    if (level > self.level) return;
    char text[LOG_LINE];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    write_line(level, text);
}

bool log_pipe(int ret_ends[2]) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return false;
    ret_ends[0] = ends[0];
    ret_ends[1] = ends[1];
    return true;
}

void log_into(int write_end) {
    if (dup2(write_end, STDERR_FILENO) < 0) _exit(1);
}

bool log_relay(int read_end) {
    for (;;) {
        char bytes[4096];
        const ssize_t got = read(read_end, bytes, sizeof bytes);
        if (got > 0) {
            write_whole(STDERR_FILENO, bytes, (size_t)got);
        } else if (got == 0) {
            return false;
        } else if (errno != EINTR) {
            return errno == EAGAIN;
        }
    }
}
