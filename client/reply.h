/* reply.h: a reply as the command needs it: parsed, moved back to places in the file,
 * judged. */
#ifndef MTCHECK_REPLY_H
#define MTCHECK_REPLY_H

#include "input.h"
#include "options.h"

typedef struct reply {
    void *json; /* the object */
} reply;

/* False where the bytes are no reply of the protocol. */
bool reply_parse(mtc_str bytes, reply *ret_reply);
void reply_free(reply *from);

/* Moves all places from the repaired text to the file. */
void reply_move_back(reply *at, const input *in);

/* One line, keys sorted, to be freed. `file` (NULL: none) is added as "file". */
char *reply_dump(const reply *from, const char *file);

/* 0, 1 or 2 (docs/PROTOCOL.md, "Exit codes"). */
int reply_exit_code(const reply *from, const command_options *options);

#endif
