#include "detect/clause.h"

unsigned mtc_finite_share(const mtc_document *doc, uint32_t first, uint32_t end) {
    unsigned highest = 0;
    for (uint32_t i = first; i < end; i++) {
        const unsigned share = mtc_tag_share(doc, i, MTC_TAG_FINITE);
        if (share > highest) highest = share;
    }
    return highest;
}

const mtc_lexeme *mtc_base_of_third_person(const mtc_language *language,
                                           const mtc_document *doc, uint32_t token) {
    mtc_str text = mtc_token_folded(doc, &doc->tokens.at[token]);
    if (text.len < 4 || text.ptr[text.len - 1] != 's') return NULL;
    text.len--;
    return mtc_language_lexeme(language, text);
}

uint32_t mtc_count_words(const mtc_document *doc, uint32_t first, uint32_t end) {
    uint32_t count = 0;
    for (uint32_t i = first; i < end; i++) count += mtc_is_wordlike(&doc->tokens.at[i]);
    return count;
}

bool mtc_is_spoken(const mtc_document *doc, const mtc_sentence *sentence,
                   const mtc_wordset *speakers) {
    const mtc_line *const line = mtc_sentence_line(doc, sentence);
    for (uint32_t i = 0; i < line->token_count; i++) {
        const mtc_token *const token = &doc->tokens.at[line->first_token + i];
        if (token->kind == MTC_TOKEN_WORD && !(token->flags & MTC_TOKEN_QUOTED) &&
            mtc_wordset_has(speakers, mtc_token_folded(doc, token)))
            return true;
    }
    return false;
}

bool mtc_is_statement(const mtc_document *doc, const mtc_sentence *sentence,
                      uint32_t fewest_words) {
    const mtc_line *const line = mtc_sentence_line(doc, sentence);
    if (line->kind != MTC_LINE_BODY || line->in_title) return false;
    if (sentence->end != MTC_END_STOP) return false;
    uint32_t words = 0;
    for (uint32_t i = 0; i < sentence->token_count; i++) {
        const mtc_token *const token = &doc->tokens.at[sentence->first_token + i];
        if (token->kind == MTC_TOKEN_RESIDUE || token->kind == MTC_TOKEN_ADDRESS)
            return false;
        if (mtc_is_mark(doc, sentence->first_token + i, ':')) return false;
        words += mtc_is_wordlike(token);
    }
    return words >= fewest_words;
}

bool mtc_is_plain_statement(const mtc_document *doc, const mtc_sentence *sentence,
                            uint32_t fewest_words) {
    if (!mtc_is_statement(doc, sentence, fewest_words)) return false;
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = 0; i < sentence->token_count; i++) {
        const mtc_token *const token = &doc->tokens.at[sentence->first_token + i];
        if (token->flags & (MTC_TOKEN_QUOTED | MTC_TOKEN_QUOTE)) return false;
        if (!mtc_is_wordlike(token)) continue;
        words++;
        capitals += words > 1 && token->shape != MTC_SHAPE_LOWER;
    }
    return 3 * capitals < 2 * words;
}
