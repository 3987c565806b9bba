#include "detect/clause.h"

unsigned mtc_finite_share(const mtc_document *doc, uint32_t first, uint32_t end) {
    unsigned highest = 0;
    for (uint32_t i = first; i < end; i++) {
        const unsigned share = mtc_tag_share(doc, i, MTC_TAG_FINITE);
        if (share > highest) highest = share;
    }
    return highest;
}

bool mtc_line_is_title_case(const mtc_document *doc, const mtc_line *line) {
    enum { LONG_WORD = 4, SHORT_LINE = 8 };
    uint32_t capitals = 0, words = 0;
    for (uint32_t i = 0; i < line->token_count; i++) {
        const mtc_token *const token = &doc->tokens.at[line->first_token + i];
        if (token->kind != MTC_TOKEN_WORD || mtc_range_length(token->at) < LONG_WORD) {
            continue;
        }
        words++;
        capitals += token->shape != MTC_SHAPE_LOWER && token->shape != MTC_SHAPE_NONE;
    }
    /* Prose about many names comes near; headlines leave hardly any word small. */
    return words > 1 && 10 * capitals >= (words > SHORT_LINE ? 8 : 6) * words;
}

uint32_t mtc_count_words(const mtc_document *doc, uint32_t first, uint32_t end) {
    uint32_t count = 0;
    for (uint32_t i = first; i < end; i++) count += mtc_is_wordlike(&doc->tokens.at[i]);
    return count;
}
