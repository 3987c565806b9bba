/* doubted_arguments.c: the same word twice an argument of one verb, where neither names
 * nor phrases tell whether it is one thing and the network doubts that it belongs there
 * ("calls have prompted calls"). */
#include "detect/arguments.h"

static const mtc_annotation *said_of(const mtc_arguments *at, uint32_t token) {
    return mtc_annotation_of(at->doc, token);
}

static const mtc_token *token_at(const mtc_arguments *at, uint32_t token) {
    return mtc_token_at(at->doc, token);
}

mtc_range mtc_noun_front(const mtc_arguments *at, uint32_t noun) {
    mtc_range front = {noun, noun + 1};
    const uint64_t beside = MTC_RELATION_BIT(CASE) | MTC_RELATION_BIT(PUNCT) |
                            MTC_RELATION_BIT(MARK) | MTC_RELATION_BIT(CC);
    for (uint32_t child = at->tree.first_child[noun]; child != MTC_NONE && child < noun;
         child = at->tree.next_sibling[child]) {
        const uint32_t begin = mtc_tree_span(&at->tree, child).begin;
        if (!mtc_relation_is_in(at->doc, child, beside) && begin < front.begin)
            front.begin = begin;
    }
    return front;
}

/* Does what follows tell this noun from others: "courts of the north", "the states that
 * lost", "Atlas 2", "the Plan and Sea Office"? A phrase behind the object may also hang
 * on the verb. */
static bool is_told_behind(const mtc_arguments *at, uint32_t noun, bool is_subject) {
    const uint64_t apart = MTC_RELATION_BIT(ACL) | MTC_RELATION_BIT(ACL_RELCL) |
                           MTC_RELATION_BIT(APPOS) | MTC_RELATION_BIT(CONJ) |
                           MTC_RELATION_BIT(NMOD);
    for (uint32_t child = mtc_tree_child(&at->tree, noun, apart); child != MTC_NONE;
         child = mtc_tree_next_child(&at->tree, child, apart))
        if (child > noun &&
            (is_subject || !mtc_relation_is_in(at->doc, child, MTC_RELATION_BIT(NMOD)) ||
             mtc_has_case(at, child, at->telling)))
            return true;
    return noun + 1 < at->doc->tokens.count &&
           token_at(at, noun + 1)->kind == MTC_TOKEN_NUMBER;
}

/* "state courts" and "courts" are two, "the court" and "court" may be one. */
static bool is_told_before(const mtc_arguments *at, uint32_t noun) {
    const uint64_t apart = MTC_RELATION_BIT(NMOD_POSS) | MTC_RELATION_BIT(NUMMOD) |
                           MTC_RELATION_BIT(AMOD) | MTC_RELATION_BIT(COMPOUND);
    return mtc_tree_child(&at->tree, noun, apart) != MTC_NONE;
}

/* "Holm pressed the west to act against Holm": it may hang on the second verb. */
static bool has_clause_between(const mtc_arguments *at, uint32_t subject,
                               uint32_t object) {
    const uint64_t clauses =
        MTC_RELATION_BIT(XCOMP) | MTC_RELATION_BIT(CCOMP) | MTC_RELATION_BIT(ADVCL);
    const uint32_t verb = said_of(at, object)->head;
    for (uint32_t child = mtc_tree_child(&at->tree, verb, clauses); child != MTC_NONE;
         child = mtc_tree_next_child(&at->tree, child, clauses))
        if (child > subject && child < object) return true;
    return false;
}

/* "some drivers": some of them may do it to others. */
static bool is_quantified(const mtc_arguments *at, uint32_t noun) {
    return mtc_token_is_function(at->self->functions, at->doc,
                                 token_at(at, mtc_noun_front(at, noun).begin),
                                 MTC_FUNCTION_BIT(QUANTIFIER));
}

/* "beat the team from Oslo", whatever the phrase is said to hang on */
static bool is_told_apart(const mtc_arguments *at, uint32_t link) {
    return link < at->doc->tokens.count &&
           mtc_rule_words_have(at->telling,
                               mtc_token_folded(at->doc, token_at(at, link)));
}

/* "Holm beat Holm", "dog eats dog", "neighbours help neighbours": two of one name or
 * kind, which verb and saying allow. The surer the network is, the fewer. */
static bool may_be_two(const mtc_arguments *at, uint32_t subject, uint32_t object,
                       mtc_str kind, bool is_sure) {
    const bool sport = mtc_str_equal(kind, MTC_STR("sport"));
    if (said_of(at, subject)->proper >= MTC_SHARE(0.5))
        return sport || mtc_str_equal(kind, MTC_STR("family")) ||
               mtc_is_named_so(at, object);
    if (mtc_token_is_in(at->self->sayings, at->doc, token_at(at, subject))) return true;
    if (!is_sure)
        return mtc_is_saying(at, subject, object) || mtc_is_named_so(at, object);
    return is_quantified(at, subject) || (sport && is_told_apart(at, object + 1));
}

/* Where neither names nor phrases tell whether it is one thing: the same word is twice an
 * argument of the verb, and the network calls one of the two foreign to its sentence. */
double mtc_judge_doubted(const mtc_arguments *at, uint32_t subject, uint32_t object,
                         mtc_str kind) {
    const mtc_share one = said_of(at, subject)->foreign,
                    two = said_of(at, object)->foreign, doubt = one > two ? one : two;
    if (doubt < at->doubtful || token_at(at, subject)->kind != MTC_TOKEN_WORD ||
        mtc_token_folded_id(at->doc, token_at(at, subject)) !=
            mtc_token_folded_id(at->doc, token_at(at, object)))
        return 0;
    if (may_be_two(at, subject, object, kind, doubt >= at->doubtful_for_sure) ||
        is_told_behind(at, subject, true) || is_told_behind(at, object, false) ||
        has_clause_between(at, subject, object))
        return 0;
    if ((is_told_before(at, subject) || is_told_before(at, object)) &&
        !mtc_same_words(at, mtc_noun_front(at, subject), mtc_noun_front(at, object)))
        return 0;
    const uint32_t link = mtc_tree_child(&at->tree, object, MTC_RELATION_BIT(CASE));
    const bool is_role =
        link != MTC_NONE &&
        mtc_str_equal(mtc_token_folded(at->doc, token_at(at, link)), at->role);
    return is_role ? 0 : at->doubted;
}
