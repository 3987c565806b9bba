/* request.h: one JSON frame -> one request (docs/PROTOCOL.md, version 1). */
#ifndef MTC_CODEC_REQUEST_H
#define MTC_CODEC_REQUEST_H

#include "base/status.h"
#include "base/vector.h"

typedef enum mtc_op {
    MTC_OP_CHECK,
    MTC_OP_HEALTH,
    MTC_OP_STATS,
    MTC_OP_RULES,
    MTC_OP_VERSION
} mtc_op;

typedef MTC_VECTOR(mtc_str) mtc_str_list;

/* Strings lie in `document`, which mtc_wire_request_fini ends. */
typedef struct mtc_wire_request {
    void *document; /* the parsed JSON */
    mtc_str id;     /* ptr NULL: none was given */
    mtc_op op;
    mtc_str language; /* ptr NULL: none was given */
    mtc_request check;
    mtc_str_list warnings; /* unknown fields and the like */
} mtc_wire_request;

/* Longest id, in bytes: it comes back with the reply. */
enum { MTC_LONGEST_ID = 256 };

/* Fills *request also on failure as far as it was read (its id above all), so that the
 * error reply can carry the id; mtc_wire_request_fini is due in any case. INVALID_REQUEST
 * (with the byte position where there is one), UNSUPPORTED_VERSION, TOO_DEEP, NO_MEMORY.
 */
mtc_status mtc_wire_request_parse(mtc_str frame, mtc_arena *arena,
                                  mtc_wire_request *request, mtc_error *error);
void mtc_wire_request_fini(mtc_wire_request *request);

#endif
