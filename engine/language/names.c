#include "language/names.h"

#include "language/lexicon.h"

enum {
    SELDOM_CAPITAL = 30, /* percent */
    ENOUGH_MENTIONS = 2,
};

typedef struct {
    mtc_document *doc;
    const mtc_wordset *titles;
    uint32_t *inside; /* by folded stem: capitalised mentions inside sentences */
    uint32_t *lower;  /* by folded stem: mentions in lower case */
} evidence;

static bool is_capitalised(const mtc_token *token) {
    return token->kind == MTC_TOKEN_WORD &&
           (token->shape == MTC_SHAPE_CAPITAL || token->shape == MTC_SHAPE_MIXED ||
            token->shape == MTC_SHAPE_UPPER);
}

bool mtc_names_is_common(const mtc_document *doc, const mtc_word *word) {
    const mtc_word *const lower = &doc->words.at[doc->words.at[word->stem].folded];
    const mtc_lexeme *const lexeme = word->lexeme;
    if (!(lower->knowledge & (MTC_KNOWN_US | MTC_KNOWN_GB))) return false;
    return lexeme != NULL && lexeme->capital <= SELDOM_CAPITAL;
}

static bool is_common_token(const mtc_document *doc, const mtc_token *token) {
    return mtc_names_is_common(doc, &doc->words.at[token->word]);
}

static bool is_name(const mtc_document *doc, const mtc_token *token) {
    return is_capitalised(token) && !is_common_token(doc, token) &&
           (doc->words.at[token->word].knowledge & MTC_NAME_ANY) != 0;
}

/* Do the two stand in one sentence with nothing but a space between them? */
static bool is_beside(const mtc_document *doc, uint32_t first, uint32_t second) {
    const mtc_token *const a = &doc->tokens.at[first], *const b = &doc->tokens.at[second];
    return a->sentence == b->sentence && a->sentence != MTC_NONE && second == first + 1 &&
           b->at.begin - a->at.end <= 1;
}

static void believe(mtc_document *doc, const mtc_token *token) {
    if (!is_common_token(doc, token))
        doc->words.at[token->word].knowledge |= MTC_NAME_BELIEVED;
}

/* --- Kinds of evidence --- */

static void count_mentions(const evidence *seen) {
    const mtc_document *const doc = seen->doc;
    for (size_t i = 0; i < doc->words.count; i++) {
        const mtc_word *const word = &doc->words.at[i];
        if (word->first_token == MTC_NONE) continue;
        const uint32_t stem = doc->words.at[word->stem].folded;
        if (is_capitalised(&doc->tokens.at[word->first_token])) {
            seen->inside[stem] += word->inside_count;
        } else {
            seen->lower[stem] += word->count;
        }
    }
}

static bool is_title(const evidence *seen, const mtc_token *token) {
    mtc_str text = mtc_token_folded(seen->doc, token);
    if (text.len > 1 && text.ptr[text.len - 1] == '.') text.len--;
    return token->kind == MTC_TOKEN_WORD && mtc_wordset_has(seen->titles, text);
}

static void believe_behind_title(const evidence *seen, uint32_t at) {
    mtc_document *const doc = seen->doc;
    if (at == 0 || !is_beside(doc, at - 1, at)) return;
    if (is_title(seen, &doc->tokens.at[at - 1])) believe(doc, &doc->tokens.at[at]);
}

static void believe_repeated(const evidence *seen, const mtc_token *token) {
    const uint32_t stem = mtc_token_stem_id(seen->doc, token);
    if (seen->inside[stem] >= ENOUGH_MENTIONS && seen->lower[stem] == 0)
        believe(seen->doc, token);
}

static void believe_beside_name(mtc_document *doc, uint32_t first, uint32_t second) {
    const mtc_token *const a = &doc->tokens.at[first], *const b = &doc->tokens.at[second];
    if (!is_capitalised(a) || !is_capitalised(b) || !is_beside(doc, first, second))
        return;
    if (is_name(doc, a)) believe(doc, b);
    if (is_name(doc, b)) believe(doc, a);
}

/* "World Food Programme (WFP)": at is the bracket's word. */
static void believe_spelt_out(mtc_document *doc, uint32_t at) {
    const mtc_token *const initials = &doc->tokens.at[at];
    if (initials->shape != MTC_SHAPE_UPPER || !(initials->flags & MTC_TOKEN_BRACKETED) ||
        at < 2 || !(doc->tokens.at[at - 1].flags & MTC_TOKEN_OPENS))
        return;
    doc->words.at[initials->word].knowledge |= MTC_NAME_BELIEVED;
    const mtc_str letters = mtc_token_text(doc, initials);
    uint32_t back = at - 1;
    for (size_t i = letters.len; i > 0 && back > 0;) {
        const mtc_token *const token = &doc->tokens.at[--back];
        if (token->sentence != initials->sentence) return;
        if (!is_capitalised(token)) {
            if (token->kind == MTC_TOKEN_WORD) continue; /* "of", "and" */
            return;
        }
        if (mtc_token_bytes(doc, token).ptr[0] != letters.ptr[--i]) return;
        believe(doc, token);
    }
}

/* One spelling of a name is believed as the others of the same stem are. */
static void spread_over_forms(const evidence *seen, uint32_t *marks) {
    mtc_document *const doc = seen->doc;
    for (size_t i = 0; i < doc->words.count; i++) {
        const mtc_word *const word = &doc->words.at[i];
        if (word->knowledge & MTC_NAME_BELIEVED)
            marks[doc->words.at[word->stem].folded] = 1;
    }
    for (size_t i = 0; i < doc->words.count; i++) {
        mtc_word *const word = &doc->words.at[i];
        if (word->first_token != MTC_NONE &&
            marks[doc->words.at[word->stem].folded] != 0 &&
            is_capitalised(&doc->tokens.at[word->first_token]))
            word->knowledge |= MTC_NAME_BELIEVED;
    }
}

mtc_status mtc_names_believe(mtc_document *doc, const mtc_wordset *titles) {
    evidence seen = {doc, titles, NULL, NULL};
    seen.inside = MTC_TAKE(doc->arena, uint32_t, doc->words.count);
    seen.lower = MTC_TAKE(doc->arena, uint32_t, doc->words.count);
    uint32_t *const marks = MTC_TAKE(doc->arena, uint32_t, doc->words.count);
    if (seen.inside == NULL || seen.lower == NULL || marks == NULL) return MTC_NO_MEMORY;
    count_mentions(&seen);
    const uint32_t count = (uint32_t)doc->tokens.count;
    for (uint32_t i = 0; i < count; i++) {
        if (mtc_budget_spend(doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        if (!is_capitalised(&doc->tokens.at[i])) continue;
        believe_behind_title(&seen, i);
        believe_repeated(&seen, &doc->tokens.at[i]);
        believe_spelt_out(doc, i);
    }
    /* Once in each direction, so that a chain is believed from either end. */
    for (uint32_t i = 1; i < count; i++) believe_beside_name(doc, i - 1, i);
    for (uint32_t i = count; i > 1; i--) believe_beside_name(doc, i - 2, i - 1);
    spread_over_forms(&seen, marks);
    return MTC_OK;
}
