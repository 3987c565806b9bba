/* request.h: command line and article -> one request of the protocol. */
#ifndef MTCHECK_REQUEST_H
#define MTCHECK_REQUEST_H

#include "input.h"
#include "options.h"

/* What several files share: words and fingerprints read from files once. */
typedef struct request_lists {
    void *words, *accepted; /* JSON arrays */
} request_lists;

/* False, told on stderr, where a file cannot be read. */
bool request_lists_read(const command_options *options, request_lists *ret_lists);
void request_lists_free(request_lists *lists);

/* The frame, to be freed; ret_size its bytes. NULL: no memory. */
char *request_check(const command_options *options, const request_lists *lists,
                    const input *in, size_t *ret_size);
/* The same for health, stats, rules, version. */
char *request_op(const char *op, const command_options *options, size_t *ret_size);

#endif
