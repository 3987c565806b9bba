/* form_filter.h: says of nearly every form that is in no table that it is not there, by
 * one look at one bit.
 *
 * Forms are known by a hash that adds up from their parts, so that hundreds of forms that
 * differ in one letter cost a multiplication each: hash(ab) = hash(a) · POWER^|b| +
 * hash(b).
 */
#ifndef MTC_LANGUAGE_FORM_FILTER_H
#define MTC_LANGUAGE_FORM_FILTER_H

#include "base/arena.h"
#include "base/str.h"

enum {
    MTC_FORM_FILTER_BITS = 22
}; /* 512 KiB; the words of the lexicon set 3 % of them */

typedef struct mtc_form_filter {
    uint64_t *words; /* NULL: says of every form that it may be there */
} mtc_form_filter;

#define MTC_FORM_POWER 0x9E3779B97F4A7C15u

static inline uint64_t mtc_form_hash_next(uint64_t hash, char byte) {
    return hash * MTC_FORM_POWER + (unsigned char)byte;
}

static inline uint32_t mtc_form_filter_bit(uint64_t hash) {
    return (uint32_t)((hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9u >>
                      (64 - MTC_FORM_FILTER_BITS));
}

static inline bool mtc_form_filter_may_have(const mtc_form_filter *filter,
                                            uint64_t hash) {
    const uint32_t bit = mtc_form_filter_bit(hash);
    return filter->words == NULL || (filter->words[bit / 64] >> (bit % 64) & 1) != 0;
}

/* False: no memory. */
bool mtc_form_filter_init(mtc_form_filter *filter, mtc_arena *arena);
void mtc_form_filter_add(mtc_form_filter *filter, mtc_str form);

#endif
