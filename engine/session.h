/* session.h: the inside of mtc_session, for session.c and answer.c alone. */
#ifndef MTC_SESSION_H
#define MTC_SESSION_H

#include "codec/reply.h"
#include "engine.h"

struct mtc_session {
    const mtc_engine *engine;
    mtc_speller_cache *cache;
    mtc_arena work;   /* document and findings */
    mtc_arena answer; /* report and reply, so that they have room when `work` has none */
    mtc_budget budget;
    mtc_document doc;
};

/* Ends what the call before handed out. */
void mtc_session_reset(mtc_session *session);

/* mtc_check without the reset before it. */
mtc_status mtc_session_check(mtc_session *session, const mtc_request *request,
                             const mtc_timing *timing, const mtc_report **ret_report,
                             mtc_error *error);

#endif
