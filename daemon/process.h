/* process.h: descriptors, memory habits and privileges of a process. */
#ifndef DAEMON_PROCESS_H
#define DAEMON_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* CLOCK_MONOTONIC in microseconds. */
uint64_t now_us(void);

/* Raises the soft limit of descriptors to the hard one (at most 65536). */
void process_raise_descriptors(void);
/* The share (0…100) of the limit that is in use. The lowest free descriptor tells it:
 * all below it are open. */
unsigned process_descriptors_used_percent(void);

/* What ps shows: "mtc-" and at most eleven bytes. */
void process_name(const char *name);

/* Closes every descriptor from 3 on but the `count` kept ones. */
void process_close_all_but(const int *kept, size_t count);

/* The end of a child: without the handlers of its parent, but in sanitizer builds with
 * those that look for leaks. */
_Noreturn void process_end(int status);

/* No new privileges, no core dumps: an article must not end up in a file. */
void process_harden(void);
/* Large blocks go back to the system when they are freed. */
void process_tidy_memory(void);

/* Processors this process may run on, at least 1. */
unsigned process_cores(void);

#endif
