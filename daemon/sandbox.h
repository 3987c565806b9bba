/* sandbox.h: the system calls a worker may use once it has begun to work (seccomp). */
#ifndef DAEMON_SANDBOX_H
#define DAEMON_SANDBOX_H

#include <stdbool.h>

/* From here on for the whole process, without a way back: calls that checking needs pass,
 * opening files fails with EACCES, anything else ends the process with SIGSYS. False with
 * errno where the kernel does not know seccomp. */
bool sandbox_enter(void);

#endif
