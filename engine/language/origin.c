#include "language/origin.h"

#include <unicode/uscript.h>

static bool has_wide_letter(mtc_str text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80) return true;
    }
    return false;
}

static bool has_joint(mtc_str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '-' || text.ptr[i] == '\'' || text.ptr[i] == '.' ||
            (text.ptr[i] >= '0' && text.ptr[i] <= '9'))
            return true;
    }
    return false;
}

static mtc_origin origin_of(const mtc_document *doc, const mtc_wordset *foreign,
                            const mtc_word *word) {
    const mtc_word *const folded = &doc->words.at[word->folded];
    const mtc_word *const stem = &doc->words.at[doc->words.at[word->stem].folded];
    const bool is_english = ((folded->knowledge | stem->knowledge) &
                             (MTC_KNOWN_US | MTC_KNOWN_GB | MTC_KNOWN_LIST)) != 0;
    if (mtc_wordset_has(foreign, folded->text))
        return is_english ? MTC_ORIGIN_BOTH : MTC_ORIGIN_FUNCTION;
    if (is_english) return MTC_ORIGIN_ENGLISH;
    if (has_joint(folded->text) || folded->text.len < 2) return MTC_ORIGIN_NEUTRAL;
    if (word->knowledge & MTC_NAME_BELIEVED) return MTC_ORIGIN_NEUTRAL;
    return has_wide_letter(folded->text) ? MTC_ORIGIN_STRANGE : MTC_ORIGIN_UNKNOWN;
}

const uint8_t *mtc_origins_read(const mtc_document *doc, const mtc_wordset *foreign) {
    if (doc->origins != NULL) return doc->origins;
    uint8_t *const origins = MTC_TAKE(doc->arena, uint8_t, doc->words.count + 1);
    if (origins == NULL) return NULL;
    for (size_t i = 0; i < doc->words.count; i++)
        origins[i] = (uint8_t)origin_of(doc, foreign, &doc->words.at[i]);
    return origins;
}

mtc_origin mtc_token_origin(const uint8_t *origins, const mtc_token *token) {
    if (token->kind != MTC_TOKEN_WORD || token->script != USCRIPT_LATIN)
        return MTC_ORIGIN_NEUTRAL;
    const mtc_origin word = (mtc_origin)origins[token->word];
    if (token->shape == MTC_SHAPE_LOWER) return word;
    const bool starts = token->shape == MTC_SHAPE_CAPITAL &&
                        (token->flags & MTC_TOKEN_STARTS_SENTENCE) != 0;
    return starts && word < MTC_ORIGIN_UNKNOWN ? word : MTC_ORIGIN_NEUTRAL;
}

bool mtc_token_is_other_script(const mtc_token *token) {
    return token->kind == MTC_TOKEN_WORD && token->script > USCRIPT_INHERITED &&
           token->script != USCRIPT_LATIN;
}
