/* loader.h: loads one generation of rules, dictionaries and model, proves it, and then is
 * the nursery of its workers: it alone forks and reaps them, on the master's order. */
#ifndef DAEMON_LOADER_H
#define DAEMON_LOADER_H

#include "config.h"

/* Runs until the master closes the control socket. Returns the exit status. */
int loader_run(const mtcd_config *config, int control);

#endif
