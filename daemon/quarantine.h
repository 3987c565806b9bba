/* quarantine.h: requests that crashed workers.
 *
 * A request is known by a keyed hash of its bytes without its top-level `id`, so that the
 * same article under another id is known again; nothing of the text is kept. Bounded: the
 * entry that expires first makes room.
 */
#ifndef DAEMON_QUARANTINE_H
#define DAEMON_QUARANTINE_H

#include <stdbool.h>

#include "base/str.h"

enum { QUARANTINE_ENTRIES = 1024 };

typedef struct mtcd_quarantine {
    unsigned char key[16];
    uint64_t keep_us;
    uint32_t after; /* crashes; 0: never */
    uint32_t count;
    struct mtcd_quarantine_entry {
        uint64_t hash, until_us;
        uint32_t crashes;
    } entries[QUARANTINE_ENTRIES];
} mtcd_quarantine;

/* A random key; sets no limits. */
void quarantine_init(mtcd_quarantine *quarantine);
uint64_t quarantine_hash(const mtcd_quarantine *quarantine, mtc_str request);
void quarantine_crash(mtcd_quarantine *quarantine, uint64_t hash, uint64_t now);
bool quarantine_holds(const mtcd_quarantine *quarantine, uint64_t hash, uint64_t now);

#endif
