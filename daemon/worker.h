/* worker.h: a process that checks one article after the other.
 *
 * It is a fork of its loader and shares the loaded pages with it. It reads requests from
 * its end of the pair and writes answers there; it ends when the pair does. */
#ifndef DAEMON_WORKER_H
#define DAEMON_WORKER_H

#include "config.h"
#include "shared_page.h"

/* The time after which a request has no deadline of its own left, and the rest of what
 * the library needs to stop in time. Returns the exit status of the process. */
int worker_run(const mtc_engine *engine, const mtcd_config *config, int pair,
               mtcd_shared_page *page);

#endif
