/* engine.h: the inside of mtc_engine, for session.c and answer.c alone. */
#ifndef MTC_ENGINE_H
#define MTC_ENGINE_H

#include "detect/detect.h"
#include "score/report.h"

struct mtc_engine {
    mtc_arena arena; /* holds all of the following */
    mtc_wordlists *lists;
    mtc_language *language;
    const mtc_rule_set *rules;
    const mtc_detectors *detectors;
    char model_checksum[72];
    size_t text_limit, memory_limit;
};

/* What the language tag of a request stands for; NULL: not spoken. */
static inline const char *mtc_engine_language(mtc_str tag) {
    const bool english =
        tag.ptr == NULL || mtc_str_equal_ignoring_ascii_case(tag, MTC_STR("en")) ||
        (tag.len > 3 &&
         mtc_str_equal_ignoring_ascii_case((mtc_str){tag.ptr, 3}, MTC_STR("en-")));
    return english ? "en" : NULL;
}

#endif
