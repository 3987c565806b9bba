#include "detect/clause.h"

unsigned mtc_finite_share(const mtc_document *doc, uint32_t first, uint32_t end) {
    unsigned highest = 0;
    for (uint32_t i = first; i < end; i++) {
        const unsigned share = mtc_tag_share(doc, i, MTC_TAG_FINITE);
        if (share > highest) highest = share;
    }
    return highest;
}

uint32_t mtc_count_words(const mtc_document *doc, uint32_t first, uint32_t end) {
    uint32_t count = 0;
    for (uint32_t i = first; i < end; i++) count += mtc_is_wordlike(&doc->tokens.at[i]);
    return count;
}
