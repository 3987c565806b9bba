#include "language/form_filter.h"

bool mtc_form_filter_init(mtc_form_filter *filter, mtc_arena *arena) {
    filter->words = MTC_TAKE(arena, uint64_t, (1 << MTC_FORM_FILTER_BITS) / 64);
    return filter->words != NULL;
}

void mtc_form_filter_add(mtc_form_filter *filter, mtc_str form) {
    uint64_t hash = 0;
    for (size_t i = 0; i < form.len; i++) hash = mtc_form_hash_next(hash, form.ptr[i]);
    const uint32_t bit = mtc_form_filter_bit(hash);
    filter->words[bit / 64] |= (uint64_t)1 << (bit % 64);
}
