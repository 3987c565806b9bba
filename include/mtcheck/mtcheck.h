/* mtcheck.h: check an article for the defects of machine translation, in-process.
 *
 *   mtc_engine   rules, dictionaries and word knowledge, loaded once, never changed after
 *   mtc_session  what one thread needs to run checks one after the other
 *   mtc_report   the result of one check
 *
 * Lifetimes: engine > session > report. A session may be used by one thread at a time; an
 * engine may be shared by many sessions in many threads (the hunspell handles inside it
 * are guarded by a lock). A report, and all that is reached through it, belongs to
 * its session and lives until that session's next call or its end.
 *
 * The library never prints, exits, aborts, reads the environment or the clock. Functions
 * return mtc_status; outputs are called `ret_…` and are written only on success. Where an
 * mtc_error is taken it may be NULL.
 *
 * Minimal use (cc example.c $(pkg-config --cflags --libs libmtcheck)):
 *
 *   #include <mtcheck/mtcheck.h>
 *   #include <stdio.h>
 *
 *   int main(void) {
 *       mtc_engine *engine = NULL;
 *       mtc_session *session = NULL;
 *       const mtc_report *report;
 *       mtc_error error;
 *       const mtc_engine_options options = {.data_dir = "/usr/share/mtcheck"};
 *       const mtc_request request = {.text = MTC_STR("Maes left left Ghent.")};
 *       if (mtc_engine_new(&options, &engine, &error) == MTC_OK &&
 *           mtc_session_new(engine, &session, &error) == MTC_OK &&
 *           mtc_check(session, &request, NULL, &report, &error) == MTC_OK) {
 *           size_t count;
 *           const mtc_issue *const issues = mtc_report_issues(report, &count);
 *           for (size_t i = 0; i < count; i++) {
 *               printf("%.*s\n", (int)issues[i].message.len, issues[i].message.ptr);
 *           }
 *       } else {
 *           fprintf(stderr, "%s\n", error.message);
 *       }
 *       mtc_session_free(session);
 *       mtc_engine_free(engine);
 *   }
 */
#ifndef MTCHECK_H
#define MTCHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MTC_API __attribute__((visibility("default")))

/* --- Text --- */

/* Borrowed UTF-8. Never owns, never NUL-terminated; lives as long as what it points into.
 */
typedef struct mtc_str {
    const char *ptr;
    size_t len; /* bytes */
} mtc_str;
#ifdef __cplusplus
#define MTC_STR(literal) (mtc_str{(literal), sizeof(literal) - 1})
#else
#define MTC_STR(literal) ((mtc_str){(literal), sizeof(literal) - 1})
#endif

/* --- Status and errors --- */

/* name, name on the wire, does trying the same again later make sense? */
#define MTC_STATUS_MAP(X)                                                                \
    X(OK, "ok", NO_RETRY)                                                                \
    X(INVALID_REQUEST, "invalid_request", NO_RETRY)                                      \
    X(UNSUPPORTED_VERSION, "unsupported_version", NO_RETRY)                              \
    X(UNSUPPORTED_LANGUAGE, "unsupported_language", NO_RETRY)                            \
    X(TEXT_TOO_LARGE, "text_too_large", NO_RETRY)                                        \
    X(TOO_DEEP, "too_deep", NO_RETRY)                                                    \
    X(BUSY, "busy", RETRY)                                                               \
    X(RATE_LIMITED, "rate_limited", RETRY)                                               \
    X(DEADLINE, "deadline", NO_RETRY)                                                    \
    X(SHUTTING_DOWN, "shutting_down", RETRY)                                             \
    X(WORKER_LOST, "worker_lost", RETRY)                                                 \
    X(QUARANTINED, "quarantined", NO_RETRY)                                              \
    X(INTERNAL, "internal", NO_RETRY)                                                    \
    /* the following never travel: they belong to the library and the client */          \
    X(NO_MEMORY, "no_memory", NO_RETRY)                                                  \
    X(INVALID_ARGUMENT, "invalid_argument", NO_RETRY)                                    \
    X(INVALID_FILE, "invalid_file", NO_RETRY)                                            \
    X(NO_ANSWER, "no_answer", RETRY)

typedef enum mtc_status {
#define MTC_STATUS_ENUM(name, wire, retry) MTC_##name,
    MTC_STATUS_MAP(MTC_STATUS_ENUM)
#undef MTC_STATUS_ENUM
        MTC_STATUS_COUNT
} mtc_status;

/* The name on the wire, "ok" to "no_answer". Static. */
MTC_API const char *mtc_status_name(mtc_status status);
/* True where the same request may succeed later. */
MTC_API bool mtc_status_is_retryable(mtc_status status);

/* What went wrong and where; owned by the caller. The first error set wins. */
typedef struct mtc_error {
    mtc_status status;
    char message[480]; /* one sentence for a person, NUL-terminated UTF-8 */
    char file[240];    /* the file that is wrong, or "" */
    uint32_t line;     /* in that file, from 1; 0 where it has none */
    uint32_t column;
    int64_t position; /* byte in the request or text; -1 where it has none */
} mtc_error;

/* --- Engine --- */

typedef struct mtc_engine mtc_engine;

typedef struct mtc_engine_options {
    const char *data_dir;    /* holds rules/, dicts/ and models/; required */
    const char *overlay_dir; /* the operator's: holds rules.d/ and dicts.d/; NULL: none */
    const char *hunspell_dir; /* holds en_US.aff …; NULL: /usr/share/hunspell */
    const char *language;     /* BCP 47; NULL: "en", the only one so far */
    size_t text_limit;        /* bytes of title + text; 0: 256 KiB; at most 1 MiB */
    size_t memory_limit;      /* bytes for one check; 0: 256 MiB */
} mtc_engine_options;

/* Loads and verifies everything. *ret_engine is the caller's, to end with
 * mtc_engine_free. INVALID_FILE with file, line and column where a rule, a word list or a
 * dictionary is wrong or missing; UNSUPPORTED_LANGUAGE; NO_MEMORY. */
MTC_API mtc_status mtc_engine_new(const mtc_engine_options *options,
                                  mtc_engine **ret_engine, mtc_error *error);
/* NULL is fine. All sessions of the engine must have ended. */
MTC_API void mtc_engine_free(mtc_engine *engine);
/* "sha256:…" over rules and word lists, as replies carry it; lives as long as the engine.
 */
MTC_API const char *mtc_engine_rules_checksum(const mtc_engine *engine);
/* Version of the library, "0.1.0". Static. */
MTC_API const char *mtc_version(void);

/* --- Session --- */

typedef struct mtc_session mtc_session;
typedef struct mtc_report mtc_report;

/* Borrows the engine. *ret_session is the caller's, to end with mtc_session_free. */
MTC_API mtc_status mtc_session_new(const mtc_engine *engine, mtc_session **ret_session,
                                   mtc_error *error);
MTC_API void mtc_session_free(mtc_session *session);

/* --- Request --- */

typedef enum mtc_severity {
    MTC_NEUTRAL,  /* 0 points */
    MTC_MINOR,    /* 1 */
    MTC_MAJOR,    /* 5 */
    MTC_CRITICAL, /* 25 */
} mtc_severity;
/* "neutral" … "critical". Static. */
MTC_API const char *mtc_severity_name(mtc_severity severity);

/* The check stops by itself when the time has come. The library has no clock of its own:
 * without `now_us` it never stops early. */
typedef struct mtc_timing {
    uint64_t (*now_us)(void *context); /* monotonic, microseconds; NULL: no deadline */
    void *context;
    uint64_t received_us; /* on the same clock: when the request came in */
    uint32_t cap_ms;      /* longest deadline granted; 0: no cap */
    /* Told once the deadline is known, before the check begins; may be NULL. */
    void (*on_deadline)(void *context, uint64_t deadline_us);
} mtc_timing;

#define MTC_LIST_NONE UINT32_MAX

/* Borrowed until mtc_check returns. Zero-initialised fields mean the defaults. */
typedef struct mtc_request {
    mtc_str title;       /* valid UTF-8; ptr NULL: the article has no title of its own */
    mtc_str text;        /* valid UTF-8, else INVALID_REQUEST with the byte position */
    const char *profile; /* NULL: "news" */
    const mtc_str *only; /* shell globs on rule ids; empty: all rules */
    size_t only_count;
    const mtc_str *disable; /* shell globs; wins over `only` */
    size_t disable_count;
    const mtc_str *words; /* believed for this check; case counts if one has a capital */
    size_t word_count;
    const mtc_str *accepted; /* fingerprints that neither score nor count */
    size_t accepted_count;
    double min_confidence;     /* 0…1: lists less, changes no score, verdict or count */
    mtc_severity min_severity; /* the same */
    uint32_t max_issues;       /* 0: 1000; at most 10000, or MTC_LIST_NONE; the same */
    uint32_t suggestions;      /* 0…10 for each misspelt word (30 ms each) */
    uint32_t deadline_ms;      /* 0: 2000 + 10 for each KiB of text */
    bool sentences;            /* report each sentence too */
} mtc_request;

/* Runs one check. *ret_report belongs to the session and lives until its next call.
 * A check cut short returns OK and a report whose mtc_report_partial is not NULL.
 * INVALID_REQUEST (bad UTF-8, unknown profile), TEXT_TOO_LARGE, NO_MEMORY, INTERNAL. */
MTC_API mtc_status mtc_check(mtc_session *session, const mtc_request *request,
                             const mtc_timing *timing, const mtc_report **ret_report,
                             mtc_error *error);

/* Answers one request of the protocol (JSON in, JSON out; docs/PROTOCOL.md), as the
 * daemon does: ops check, rules and version. Whatever the bytes, the answer is one reply
 * object; *ret_reply lives until the session's next call. Only NO_MEMORY is returned. */
MTC_API mtc_status mtc_session_answer(mtc_session *session, mtc_str request,
                                      const mtc_timing *timing, mtc_str *ret_reply);

/* --- Report --- */

typedef enum mtc_verdict { MTC_PASS, MTC_REVIEW, MTC_FAIL, MTC_UNKNOWN } mtc_verdict;
/* "pass" … "unknown". Static. */
MTC_API const char *mtc_verdict_name(mtc_verdict verdict);

/* Half open, one place in three units, within `text` (or `title`). */
typedef struct mtc_span {
    uint32_t byte[2];
    uint32_t codepoint[2];
    uint32_t utf16[2];
    uint32_t line;   /* from 1; 0 in the title */
    uint32_t column; /* from 1, in code points */
} mtc_span;

typedef struct mtc_repair {
    mtc_span at;         /* may be empty: insert */
    mtc_str replacement; /* may be empty: delete */
} mtc_repair;

typedef struct mtc_issue {
    mtc_str rule; /* "family.name" */
    char fingerprint[17];
    mtc_str dimension, type, its; /* MQM dimension and type, ITS 2.0 type */
    mtc_severity severity;
    double confidence; /* 0…1 */
    double penalty;    /* severity points × weight × confidence */
    bool accepted;     /* its fingerprint was in the request */
    bool in_title;
    mtc_span span;
    mtc_str text;     /* the article's bytes at span */
    int32_t sentence; /* counts from 0 over title, then text; -1: belongs to none */
    mtc_str message;
    const mtc_repair *repairs;
    size_t repair_count;
    const mtc_str *suggestions;
    size_t suggestion_count;
    /* Findings of the same defect by other rules: they neither score nor count. */
    const struct mtc_related {
        mtc_str rule;
        mtc_span span;
    } * related;
    size_t related_count;
} mtc_issue;

typedef struct mtc_score {
    double quality; /* 0…100 */
    mtc_verdict verdict;
    mtc_str reason; /* one clause for a person */
    uint32_t words; /* scored words */
    double penalty, per_1000;
    bool has_interval;
    double interval95[2]; /* of per_1000 */
    uint32_t counts[4];   /* active issues by severity, before filters */
} mtc_score;

typedef struct mtc_partial {
    mtc_str reason;        /* "deadline" or "memory" */
    uint32_t checked_byte; /* the text was read up to here */
    const mtc_str *rules_not_run;
    size_t rules_not_run_count;
} mtc_partial;

/* One sentence of the article, where the request asked for them. */
typedef struct mtc_sentence_score {
    mtc_span span;
    bool in_title;
    mtc_str kind;   /* of its line: "headline", "body", "caption" … */
    double penalty; /* of its active issues, at most 25 */
    double quality; /* 100 - 4 × penalty */
} mtc_sentence_score;

MTC_API const mtc_score *mtc_report_score(const mtc_report *report);
/* Sorted by title before text, first byte, last byte, rule id; after the filters. */
MTC_API const mtc_issue *mtc_report_issues(const mtc_report *report, size_t *ret_count);
/* In the order of the article; none unless the request asked for them. */
MTC_API const mtc_sentence_score *mtc_report_sentences(const mtc_report *report,
                                                       size_t *ret_count);
/* NULL for a complete check. */
MTC_API const mtc_partial *mtc_report_partial(const mtc_report *report);

#ifdef __cplusplus
}
#endif
#endif
