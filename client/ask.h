/* ask.h: who answers: an engine in this process, or a daemon. */
#ifndef MTCHECK_ASK_H
#define MTCHECK_ASK_H

#include "mtcheck/client.h"
#include "options.h"

typedef struct answerer {
    mtc_engine *engine;
    mtc_session *session;
    mtc_client *client;
    char endpoint[256];
} answerer;

/* False, told on stderr with what to do about it. answerer_close is due in any case. */
bool answerer_open(const command_options *options, answerer *ret_answerer);
void answerer_close(answerer *who);

/* The reply lives until the next call. */
bool answerer_ask(answerer *who, mtc_str request, mtc_str *ret_reply);

/* The data folder: as named, else ../share/mtcheck beside the program. NULL, told, if
 * there is none. Static. */
const char *data_dir_find(const char *named);
/* “file:line:column: message”, as far as known, on stderr. */
void error_print(const mtc_error *error);

#endif
