/* reply.h: report -> one JSON frame. Keys are sorted, numbers rounded to four decimals,
 * no time stands in it: the same request gives the same bytes. */
#ifndef MTC_CODEC_REPLY_H
#define MTC_CODEC_REPLY_H

#include "codec/request.h"
#include "score/report.h"

typedef struct mtc_reply_engine {
    const char *version, *rules, *model; /* checksums "sha256:…" */
} mtc_reply_engine;

/* Each writes into the arena; ptr NULL: no memory. id.ptr NULL becomes null. */
mtc_str mtc_reply_report(const mtc_report *report, mtc_str id, mtc_str language,
                         const mtc_str_list *warnings, const mtc_reply_engine *engine,
                         mtc_arena *arena);
mtc_str mtc_reply_rules(const mtc_rule_set *rules, const mtc_profile *profile, mtc_str id,
                        const mtc_str_list *warnings, const mtc_reply_engine *engine,
                        mtc_arena *arena);
mtc_str mtc_reply_version(mtc_str id, const mtc_str_list *warnings,
                          const mtc_reply_engine *engine, mtc_arena *arena);
mtc_str mtc_reply_error(const mtc_error *error, mtc_str id, mtc_arena *arena);

#endif
