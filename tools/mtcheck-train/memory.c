#include "memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void *train_zeroed(size_t count, size_t size) {
    void *const made = calloc(count == 0 ? 1 : count, size);
    if (made == NULL) train_die("no memory");
    return made;
}

void *train_resized(void *old, size_t count, size_t size) {
    void *const made = reallocarray(old, count == 0 ? 1 : count, size);
    if (made == NULL) train_die("no memory");
    return made;
}

void train_die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("mtcheck-train: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}
