/* possible_verb.c: words that may be the verb of a statement although the network reads
 * them otherwise, by their forms and places (mtc_may_be_verb). */
#include "detect/statement.h"

/* A base form that nothing asks for may be a present tense or an order. */
static bool is_free_base(const mtc_statement_reader *at, const mtc_statement *c,
                         uint32_t token) {
    const mtc_annotation *const said = mtc_said_of(at, token);
    if (said->verb < at->limits->base || !mtc_said_xpos(at, token, "VB")) return false;
    if (mtc_tree_child(&at->tree, token,
                       MTC_RELATION_BIT(MARK) | MTC_RELATION_BIT(AUX)) != MTC_NONE)
        return false;
    return token == c->first ||
           !(mtc_relation_is_in(at->doc, token,
                                MTC_RELATION_BIT(XCOMP) | MTC_RELATION_BIT(CONJ)));
}

static bool is_plural_noun(const mtc_statement_reader *at, uint32_t token) {
    return mtc_said_xpos(at, token, "NNS") || mtc_said_xpos(at, token, "NNPS");
}

/* "pirates hijack", "a court jails", "both test": what is read as a noun behind a noun,
 * in the place of the verb, and is the form of a verb too. */
static bool may_be_present_tense(const mtc_statement_reader *at, const mtc_statement *c,
                                 uint32_t token) {
    enum { SOMETIMES = 2, OFTEN = 10 };
    const mtc_token *const word = mtc_read_token(at, token);
    const mtc_annotation *const said = mtc_said_of(at, token);
    if (token == c->first || word->shape != MTC_SHAPE_LOWER) return false;
    const bool in_place =
        token == c->root || token == c->first + 1 ||
        (said->head == c->root &&
         mtc_relation_is_in(at->doc, token,
                            MTC_RELATION_BIT(COMPOUND) | MTC_RELATION_BIT(AMOD))) ||
        mtc_relation_is_in(at->doc, token,
                           MTC_RELATION_BIT(CONJ) | MTC_RELATION_BIT(ACL));
    const mtc_annotation *const before = mtc_said_of(at, token - 1);
    if (!in_place || before->upos == MTC_UPOS_ADJ) return false;
    if (before->noun + before->proper < MTC_SHARE(0.5) && before->upos != MTC_UPOS_ADV &&
        before->upos != MTC_UPOS_DET &&
        mtc_read_token(at, token - 1)->kind == MTC_TOKEN_WORD)
        return false;
    if (mtc_form_share(at->doc, word, 1u << MTC_TAG_BASE) >= SOMETIMES)
        return is_plural_noun(at, token - 1) || before->upos != MTC_UPOS_NOUN;
    const mtc_lexeme *const base =
        mtc_base_of_third_person(at->detection->language, at->doc, token);
    return base != NULL && !is_plural_noun(at, token - 1) &&
           base->share[MTC_TAG_BASE] + base->share[MTC_TAG_FINITE] >= OFTEN;
}

/* "a loose pass", "its long run": behind a word that asks for a noun, with nothing but
 * adjectives between. */
static bool is_in_noun_phrase(const mtc_statement_reader *at, const mtc_statement *c,
                              uint32_t token) {
    uint32_t i = token;
    while (i > c->first + 1 && mtc_relation_is_in(at->doc, i - 1, MTC_RELATION_BIT(AMOD)))
        i--;
    return i > c->first && mtc_asks_for_noun(at, i - 1);
}

/* "desperate crowds", "the stranded crowds", but not "it limited sales": an adjective of
 * the noun behind it, as the network reads it. */
static bool is_attribute(const mtc_statement_reader *at, const mtc_statement *c,
                         uint32_t token) {
    const mtc_annotation *const said = mtc_said_of(at, token);
    return mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(AMOD)) &&
           said->head != MTC_NONE && said->head > token &&
           said->head_share >= MTC_SHARE(0.9) && said->relation_share >= MTC_SHARE(0.9) &&
           said->finite < MTC_SHARE(0.1) &&
           (is_in_noun_phrase(at, c, token) ||
            mtc_form_share(at->doc, mtc_read_token(at, token), MTC_SHARE_PAST) == 0);
}

/* A form that was seen often, and never as a verb: "desperate". */
static bool is_sure_adjective(const mtc_statement_reader *at, uint32_t token) {
    enum { SEEN = 3 };
    const mtc_token *const word = mtc_read_token(at, token);
    const mtc_lexeme *const lexeme = mtc_token_lexeme(at->doc, word);
    return mtc_said_of(at, token)->upos == MTC_UPOS_ADJ && lexeme != NULL &&
           lexeme->count >= SEEN && mtc_form_share(at->doc, word, MTC_SHARE_VERB) == 0;
}

/* "Cows moo at": little is known of a word that was hardly ever seen. Where the network
 * is nearly sure that it is no verb, it must stand in the place of one. */
static bool may_be_rare_verb(const mtc_statement_reader *at, const mtc_statement *c,
                             uint32_t token) {
    enum { SEEN = 3 };
    const mtc_token *const word = mtc_read_token(at, token);
    const mtc_annotation *const said = mtc_said_of(at, token);
    const mtc_lexeme *const lexeme = mtc_token_lexeme(at->doc, word);
    if (word->shape != MTC_SHAPE_LOWER || (lexeme != NULL && lexeme->count >= SEEN))
        return false;
    if (is_attribute(at, c, token)) return false;
    return token == c->root || token == c->first + 1 || said->verb >= MTC_SHARE(0.015) ||
           (said->head == c->root &&
            mtc_relation_is_in(at->doc, token,
                               MTC_RELATION_BIT(COMPOUND) | MTC_RELATION_BIT(AMOD)));
}

/* The tagger errs elsewhere than the network, but not about any form: how many percent of
 * it for a tense make a verb possible. */
static unsigned fewest_tagged(const mtc_statement_reader *at, const mtc_statement *c,
                              uint32_t token) {
    enum { MORE_LIKELY = 50, NEVER = 101 };
    if (is_attribute(at, c, token) || is_sure_adjective(at, token)) return NEVER;
    const bool below_noun = mtc_said_xpos(at, token, "VBN") &&
                            mtc_said_of(at, token)->finite < MTC_SHARE(0.03) &&
                            mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(ACL)) &&
                            mtc_said_of(at, token)->head_share >= at->limits->bound &&
                            mtc_said_of(at, token - 1)->proper < MTC_SHARE(0.5);
    return below_noun ? MORE_LIKELY : at->limits->tagged;
}

/* "vessels collide", "a plane skids": a form that is a verb wherever the lexicon saw it,
 * or may be one by the tagger, which errs elsewhere than the network. */
bool mtc_may_be_verb(const mtc_statement_reader *at, const mtc_statement *c,
                     uint32_t token) {
    const mtc_token *const word = mtc_read_token(at, token);
    const unsigned tense = mtc_token_share(at->doc, word, MTC_SHARE_FINITE);
    if (word->kind != MTC_TOKEN_WORD) return false;
    const mtc_annotation *const said = mtc_said_of(at, token);
    const bool noun = said->noun + said->proper >= MTC_SHARE(0.99);
    if (!noun && tense >= fewest_tagged(at, c, token)) return true;
    const mtc_share verb = said->verb;
    if (verb > MTC_SHARE(0.5)) return is_free_base(at, c, token);
    const unsigned base = mtc_form_share(at->doc, word, 1u << MTC_TAG_BASE);
    if (noun || token == c->first || is_in_noun_phrase(at, c, token)) return false;
    if (may_be_present_tense(at, c, token) || may_be_rare_verb(at, c, token)) return true;
    return base + mtc_form_share(at->doc, word, MTC_SHARE_FINITE) >= at->limits->form;
}
