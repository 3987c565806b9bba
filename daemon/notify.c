#include "notify.h"

#include <inttypes.h>
#include <systemd/sd-daemon.h>

#include "process.h"

void notify_ready(const char *status) {
    sd_notifyf(0, "READY=1\nSTATUS=%s", status);
}

void notify_reloading(void) {
    sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRIu64 "\nSTATUS=loading anew",
               now_us());
}

void notify_stopping(void) {
    sd_notify(0, "STOPPING=1\nSTATUS=finishing what has begun");
}

void notify_status(const char *status) {
    sd_notifyf(0, "STATUS=%s", status);
}
