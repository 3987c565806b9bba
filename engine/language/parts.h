/* parts.h: the parts of a hyphenated form. */
#ifndef MTC_LANGUAGE_PARTS_H
#define MTC_LANGUAGE_PARTS_H

#include "base/str.h"

/* Bytes of the longest form that is looked up; what is longer is unknown. */
enum { MTC_LONGEST_PART = 96 };

typedef struct mtc_parts {
    mtc_str left;
    bool ended;
} mtc_parts;

/* 1 + its hyphens (also U+2010, U+2011 and the en dash). */
uint32_t mtc_parts_count(mtc_str form);
mtc_parts mtc_parts_of(mtc_str form);
/* The next part, perhaps empty; false: there is none. */
bool mtc_parts_next(mtc_parts *parts, mtc_str *ret_part);
/* Needs no dictionary: empty, one letter, or with a digit. */
bool mtc_part_is_free(mtc_str part);

#endif
