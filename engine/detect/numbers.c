/* numbers.c: subject and verb that differ in number, by what the network says hangs on
 * what: a plural noun that is the subject of "has", "is" or "was", with or without words
 * between them ("the events of the winter has been cancelled").
 */
#include "detect/detector.h"
#include "detect/tree.h"
#include "language/shares.h"

static const char *const RULES[] = {"agreement.subject-verb", NULL};

typedef struct {
    const mtc_wordset *traps, *singular_verbs;
    mtc_share joined;
    double near, far;
} limits;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const limits *limits;
    mtc_tree tree;
} look;

static bool is_joined(const look *at, uint32_t token) {
    const mtc_annotation *const said = mtc_annotation_of(at->doc, token);
    return said->head_share >= at->limits->joined &&
           said->relation_share >= at->limits->joined;
}

/* A common noun that is nothing but a plural, and no amount ("ten years is long"). */
static bool is_plural(const look *at, uint32_t token) {
    enum { SEEN_ENOUGH = 3, ALWAYS = 90 };
    const mtc_token *const word = mtc_token_at(at->doc, token);
    const mtc_annotation *const said = mtc_annotation_of(at->doc, token);
    const mtc_lexeme *const lexeme = mtc_token_lexeme(at->doc, word);
    if (word->kind != MTC_TOKEN_WORD || word->shape != MTC_SHAPE_LOWER ||
        (word->flags & MTC_TOKEN_POSSESSIVE))
        return false;
    if (lexeme == NULL || lexeme->count < SEEN_ENOUGH || lexeme->plural < ALWAYS)
        return false;
    if (said->noun < MTC_SHARE(0.95) ||
        !mtc_str_equal(mtc_xpos_of(at->doc, token), MTC_STR("NNS")))
        return false;
    const uint64_t amounts = MTC_RELATION_BIT(NUMMOD) | MTC_RELATION_BIT(CONJ) |
                             MTC_RELATION_BIT(ACL) | MTC_RELATION_BIT(ACL_RELCL);
    return mtc_tree_child(&at->tree, token, amounts) == MTC_NONE &&
           !mtc_wordset_has(at->limits->traps, mtc_token_folded(at->doc, word));
}

/* Amounts and titles before the noun: "two thirds of", "a six weeks". */
static bool has_trap_before(const look *at, uint32_t noun) {
    const mtc_range span = mtc_tree_span(&at->tree, noun);
    for (uint32_t i = span.begin; i < noun; i++) {
        const mtc_token *const word = mtc_token_at(at->doc, i);
        if (word->kind != MTC_TOKEN_WORD ||
            mtc_wordset_has(at->limits->traps, mtc_token_folded(at->doc, word)))
            return true;
    }
    return false;
}

/* The clause whose finite verb the token is: itself, or what it is an auxiliary of. */
static uint32_t clause_of(const look *at, uint32_t verb) {
    if (!mtc_relation_is_in(at->doc, verb, MTC_RELATION_AUXILIARIES)) return verb;
    return is_joined(at, verb) ? mtc_annotation_of(at->doc, verb)->head : MTC_NONE;
}

static mtc_status look_at_verb(const look *at, uint32_t verb) {
    enum { FARTHEST = 12 };
    const uint64_t subjects = MTC_RELATION_BIT(NSUBJ) | MTC_RELATION_BIT(NSUBJ_PASS);
    const uint32_t clause = clause_of(at, verb);
    if (clause == MTC_NONE) return MTC_OK;
    const uint32_t subject = mtc_tree_child(&at->tree, clause, subjects);
    if (subject == MTC_NONE || subject >= verb || verb - subject > FARTHEST ||
        mtc_tree_next_child(&at->tree, subject, subjects) != MTC_NONE)
        return MTC_OK;
    if (!is_joined(at, subject) || !is_plural(at, subject) ||
        has_trap_before(at, subject))
        return MTC_OK;
    const mtc_finding finding = {
        .rule = at->detection->rules[0],
        .at = mtc_range_join(mtc_token_at(at->doc, subject)->at,
                             mtc_token_at(at->doc, verb)->at),
        .mark = mtc_token_at(at->doc, verb)->at,
        .confidence = (float)(verb == subject + 1 ? at->limits->near : at->limits->far),
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->annotations == NULL) return MTC_OK;
    look at = {.detection = detection, .doc = doc, .limits = detection->self};
    if (!mtc_tree_read(doc, &at.tree)) return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (mtc_budget_spend(doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        const mtc_token *const token = mtc_token_at(doc, i);
        if (token->kind != MTC_TOKEN_WORD || token->shape != MTC_SHAPE_LOWER) continue;
        if (mtc_annotation_of(doc, i)->finite < MTC_SHARE(0.9)) continue;
        if (!mtc_wordset_has(at.limits->singular_verbs, mtc_token_folded(doc, token)))
            continue;
        const mtc_status status = look_at_verb(&at, i);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    limits *const self = MTC_TAKE(setup->arena, limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[0];
    *self = (limits){.traps = mtc_wordlists_get(setup->lists, "number-traps"),
                     .singular_verbs = mtc_wordlists_get(setup->lists, "singular-verbs"),
                     .joined = MTC_SHARE(mtc_rule_number(rule, "joined", 0.9)),
                     .near = mtc_rule_number(rule, "near", 0.75),
                     .far = mtc_rule_number(rule, "far", 0.6)};
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_numbers = {"numbers", RULES, setup, run};
