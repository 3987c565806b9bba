#include "sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>

/* What malloc, qsort (which asks for the size of the memory), the socket pair, the clock
 * and abort need. */
static const int ALLOWED[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(recvfrom),
    SCMP_SYS(sendmsg),
    SCMP_SYS(close),
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(sched_yield),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(tgkill),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(sysinfo),
    SCMP_SYS(sched_getaffinity),
};

/* A library that looks for a file (ICU its data, glibc a locale) must go on without. */
static const int REFUSED[] = {
    SCMP_SYS(open),      SCMP_SYS(openat), SCMP_SYS(stat),       SCMP_SYS(lstat),
    SCMP_SYS(access),    SCMP_SYS(fstat),  SCMP_SYS(newfstatat), SCMP_SYS(faccessat),
    SCMP_SYS(statx),     SCMP_SYS(lseek),  SCMP_SYS(readlink),   SCMP_SYS(ioctl),
    SCMP_SYS(fcntl),     SCMP_SYS(getcwd), SCMP_SYS(uname),      SCMP_SYS(getdents64),
    SCMP_SYS(prlimit64), SCMP_SYS(socket), SCMP_SYS(connect),    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
};

static int add_rules(scmp_filter_ctx filter) {
    int result = 0;
    for (size_t i = 0; i < sizeof ALLOWED / sizeof *ALLOWED && result == 0; i++)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, ALLOWED[i], 0);
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED && result == 0; i++)
        result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), REFUSED[i], 0);
    /* Memory, but none that can be run. */
    const struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    if (result == 0)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code);
    if (result == 0)
        result = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code);
    return result;
}

bool sandbox_enter(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == NULL) {
        errno = ENOMEM;
        return false;
    }
    int result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    if (result == 0) result = add_rules(filter);
    if (result == 0) result = seccomp_load(filter);
    seccomp_release(filter);
    errno = result < 0 ? -result : 0;
    return result == 0;
}
