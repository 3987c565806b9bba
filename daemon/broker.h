/* broker.h: the only process with ZeroMQ: takes requests from clients, hands them to
 * workers, brings the answers back, and answers itself what needs no check.
 *
 * Promise: every request that came in whole gets exactly one answer, as long as the
 * client stays and the broker lives. A worker that dies costs one retry elsewhere.
 */
#ifndef DAEMON_BROKER_H
#define DAEMON_BROKER_H

#include "access.h"

/* Runs until the master orders a drain and everything is answered, or the master is gone.
 * Borrows all. Returns the exit status of the process. */
int broker_run(const mtcd_config *config, const mtcd_access_listeners *listeners,
               int control);

#endif
