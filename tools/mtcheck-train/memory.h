/* memory.h: allocation for a tool that cannot go on without: it says so and exits. */
#ifndef TRAIN_MEMORY_H
#define TRAIN_MEMORY_H

#include <stddef.h>

void *train_zeroed(size_t count, size_t size);
void *train_resized(void *old, size_t count, size_t size);

/* Prints the sentence behind the tool's name and exits with 2. */
_Noreturn void train_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* An array that grows: train_push(array, element), with {at, count, capacity}. */
#define train_push(array, element)                                                       \
    do {                                                                                 \
        if ((array)->count == (array)->capacity) {                                       \
            (array)->capacity = (array)->capacity == 0 ? 64 : (array)->capacity * 2;     \
            (array)->at =                                                                \
                train_resized((array)->at, (array)->capacity, sizeof *(array)->at);      \
        }                                                                                \
        (array)->at[(array)->count++] = (element);                                       \
    } while (0)

#endif
