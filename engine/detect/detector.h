/* detector.h: the one shape of all detectors, and the sink they report to.
 *
 * A detector looks for one family of defects (or a part of one). It sees the annotated
 * document and a sink, nothing else; it keeps no state between documents. Detectors are
 * listed once, in detectors.def; tests/unit/test_detect_*.c and the `wrong:`/`right:`
 * examples of its rules hold it to its word.
 *
 *   static const char *const RULES[] = {"repetition.word", "repetition.phrase", NULL};
 *   enum { WORD, PHRASE };
 *   static mtc_status run(const mtc_detection *detection) { …
 *       const mtc_finding finding = {.rule = detection->rules[WORD], .at = …, .confidence
 * = 0.9}; status = mtc_sink_add(detection->sink, &finding);
 *   }
 *   const mtc_detector mtc_detector_repetition = {"repetition", RULES, setup, run};
 */
#ifndef MTC_DETECT_DETECTOR_H
#define MTC_DETECT_DETECTOR_H

#include "detect/sink.h"
#include "language/language.h"
#include "rules/rule_set.h"

/* What a detector may use at load, from the lists and rules of the engine. */
typedef struct mtc_detector_setup {
    const mtc_rule_set *rule_set;
    const mtc_rule *const *rules; /* in the order of the detector's RULES, none NULL */
    const mtc_wordlists *lists;
    const mtc_language *language;
    mtc_arena *arena; /* the engine's: *ret_self comes from here */
} mtc_detector_setup;

typedef struct mtc_detection {
    const void *self; /* from setup; NULL where there is none */
    const mtc_document *doc;
    const mtc_language *language;
    const mtc_rule_set *rule_set;
    const mtc_rule *const *rules; /* in the order of the detector's RULES */
    mtc_sink *sink;
} mtc_detection;

typedef struct mtc_detector {
    const char *name;
    const char *const *rules; /* ids, NULL-terminated */
    mtc_status (*setup)(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error); /* may be NULL */
    /* MTC_OK, MTC_NO_MEMORY, or MTC_DEADLINE as soon as the budget says so. */
    mtc_status (*run)(const mtc_detection *detection);
} mtc_detector;

#define MTC_DETECTOR(name) extern const mtc_detector mtc_detector_##name;
#include "detect/detectors.def"
#undef MTC_DETECTOR

#endif
