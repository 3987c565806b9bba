/* master.h: the process that the operator and systemd see.
 *
 * It has no ZeroMQ, no threads, and parses nothing but its configuration. It forks and
 * reaps the broker and one loader for each generation of rules, orders workers from the
 * loaders, and connects the two sides. Whatever of them dies is replaced:
 *
 *   worker   a fresh pair and a fresh worker
 *   broker   a new one on the same listening sockets, with fresh workers; the old workers
 *            end at the end of their pairs
 *   loader   its workers go on; a new generation is loaded as in a reload
 */
#ifndef DAEMON_MASTER_H
#define DAEMON_MASTER_H

#include "arguments.h"

/* Serves until SIGTERM or SIGINT. Returns the exit status: 0, 1 where it could not begin,
 * 2 where the endpoints are wrong. */
int master_run(const mtcd_arguments *arguments, const mtcd_config *config);

#endif
