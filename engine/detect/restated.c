/* restated.c: a whole phrase that stands twice in one clause, where a pronoun or another
 * phrase should stand ("the joint decision to adopt the joint decision", "the skin of the
 * ghost, and the skin of the ghost").
 *
 * Looked for are two equal stretches of words that begin with a determiner and end in a
 * noun with nothing behind it that could tell another thing ("the first quarter of …").
 * Three things make such a pair suspect: a conjunction alone stands between the two; one
 * hangs on the other; or both hang on one verb. Each half of a comparison, of a list or
 * of two clauses may well name the same thing at length, and speech does what it likes.
 */
#include "detect/clause.h"
#include "detect/detector.h"
#include "detect/tree.h"

enum { TAUTOLOGY, SAME_ENTITY };
static const char *const RULES[] = {"garbled.tautology", "garbled.same-entity", NULL};

enum {
    MOST_TOKENS = 120, /* of a sentence; longer ones are lists or speech */
    MOST_APART = 14,   /* tokens between the two */
    FEWEST_BARE = 4,   /* words of a phrase without a determiner */
    MOST_STEPS = 12,   /* up the tree */
    NOMINAL =
        1 << MTC_UPOS_NOUN | 1 << MTC_UPOS_PROPN | 1 << MTC_UPOS_ADJ | 1 << MTC_UPOS_NUM,
    CONTENT = NOMINAL | 1 << MTC_UPOS_VERB | 1 << MTC_UPOS_ADV,
};

typedef struct {
    const mtc_wordset *functions, *sayings;
    mtc_rule_words comparing;      /* than, while */
    double linked, inside, clause; /* evidence */
    uint32_t fewest_words, fewest_weighty;
} limits;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const limits *limits;
    const uint8_t *functions;
    mtc_tree tree;
    uint32_t begin, end; /* the sentence */
} look;

/* Two equal stretches of `length` tokens. */
typedef struct {
    uint32_t one, two, length;
} pair;

static const mtc_token *token_at(const look *at, uint32_t token) {
    return &at->doc->tokens.at[token];
}

static bool is_upos(const look *at, uint32_t token, uint32_t classes) {
    return classes >> mtc_annotation_of(at->doc, token)->upos & 1;
}

static bool is_function(const look *at, uint32_t token, uint32_t classes) {
    return mtc_is_function(at->doc, at->functions, token, classes);
}

static bool is_plain_word(const look *at, uint32_t token) {
    const uint32_t never = MTC_TOKEN_QUOTED | MTC_TOKEN_QUOTE;
    return token_at(at, token)->kind == MTC_TOKEN_WORD &&
           !(token_at(at, token)->flags & never);
}

/* A word or a number. */
static bool is_plain_element(const look *at, uint32_t token) {
    return token_at(at, token)->kind == MTC_TOKEN_NUMBER || is_plain_word(at, token);
}

static bool is_same(const look *at, uint32_t a, uint32_t b) {
    return mtc_token_folded_id(at->doc, token_at(at, a)) ==
           mtc_token_folded_id(at->doc, token_at(at, b));
}

/* --- The two phrases --- */

/* Can what stands at `token` go on from a noun and tell which one it is? */
static bool goes_on(const look *at, uint32_t token) {
    if (token >= at->end) return false;
    const mtc_token *const next = token_at(at, token);
    if (next->kind == MTC_TOKEN_NUMBER || next->kind == MTC_TOKEN_SYMBOL) return true;
    if (next->kind != MTC_TOKEN_WORD)
        return next->flags & (MTC_TOKEN_OPENS | MTC_TOKEN_QUOTE);
    if (is_upos(at, token, 1 << MTC_UPOS_ADP)) { /* "of 2007", but not "in May" */
        const uint32_t noun = mtc_annotation_of(at->doc, token)->head;
        const uint32_t head =
            noun == MTC_NONE ? MTC_NONE : mtc_annotation_of(at->doc, noun)->head;
        return head == MTC_NONE ||
               is_upos(at, head, 1 << MTC_UPOS_NOUN | 1 << MTC_UPOS_PROPN) ||
               mtc_annotation_of(at->doc, noun)->head_share < MTC_SHARE(0.8);
    }
    const mtc_str xpos = mtc_xpos_of(at->doc, token);
    return is_upos(at, token, NOMINAL) || mtc_str_equal(xpos, MTC_STR("VBN")) ||
           mtc_str_equal(xpos, MTC_STR("VBG")) ||
           is_function(at, token,
                       MTC_FUNCTION_BIT(RELATIVE) | MTC_FUNCTION_BIT(INTERROGATIVE));
}

/* The longest equal stretch from these two on; it ends in a noun. 0: there is none. */
static uint32_t equal_length(const look *at, uint32_t one, uint32_t two) {
    uint32_t length = 0, whole = 0;
    while (one + length < two && two + length < at->end &&
           is_plain_word(at, one + length) && is_plain_word(at, two + length) &&
           is_same(at, one + length, two + length)) {
        length++;
        const mtc_token *const last = token_at(at, two + length - 1);
        if (is_upos(at, two + length - 1, 1 << MTC_UPOS_NOUN | 1 << MTC_UPOS_PROPN) &&
            !(last->flags & MTC_TOKEN_POSSESSIVE))
            whole = length;
    }
    return whole;
}

/* Words that say something; of these one at least no name. */
static bool has_weight(const look *at, const pair *found) {
    uint32_t weighty = 0, common = 0;
    for (uint32_t i = found->two; i < found->two + found->length; i++) {
        if (!is_upos(at, i, CONTENT)) continue;
        if (found->length == at->limits->fewest_words &&
            mtc_is_in_list(at->doc, i, at->limits->sayings))
            return false; /* the best time and the best time */
        weighty++;
        common += token_at(at, i)->shape == MTC_SHAPE_LOWER;
    }
    return weighty >= at->limits->fewest_weighty && common > 0;
}

/* --- What stands between them --- */

static bool is_comparing(const look *at, uint32_t token) {
    return mtc_rule_words_have(at->limits->comparing,
                               mtc_token_folded(at->doc, token_at(at, token)));
}

/* No mark but commas, nothing quoted, and nothing that sets one against the other. */
static bool is_one_stretch(const look *at, const pair *found) {
    for (uint32_t i = found->one + found->length; i < found->two; i++) {
        const mtc_token *const token = token_at(at, i);
        if (token->flags & (MTC_TOKEN_QUOTED | MTC_TOKEN_QUOTE)) return false;
        if (token->kind == MTC_TOKEN_WORD ? is_comparing(at, i)
                                          : !mtc_is_mark(at->doc, i, ','))
            return false;
    }
    return true;
}

static bool has_comma(const look *at, const pair *found) {
    for (uint32_t i = found->one + found->length; i < found->two; i++)
        if (mtc_is_mark(at->doc, i, ',')) return true;
    return false;
}

/* "X and X", ", X and X" */
static bool is_linked(const look *at, const pair *found) {
    bool link = false;
    for (uint32_t i = found->one + found->length; i < found->two; i++) {
        if (mtc_is_mark(at->doc, i, ',')) continue;
        if (!is_function(at, i, MTC_FUNCTION_BIT(COORDINATOR))) return false;
        link = true;
    }
    return link;
}

/* The noun at which all of the phrase hangs. */
static uint32_t top_of(const look *at, const pair *found, uint32_t first) {
    const uint32_t end = first + found->length;
    uint32_t top = end - 1;
    for (int step = 0; step < MOST_STEPS; step++) {
        const uint32_t head = mtc_annotation_of(at->doc, top)->head;
        if (head == MTC_NONE || head < first || head >= end) break;
        top = head;
    }
    return top;
}

static bool hangs_on(const look *at, uint32_t token, uint32_t other) {
    for (int step = 0; step < MOST_STEPS && token != MTC_NONE; step++) {
        token = mtc_annotation_of(at->doc, token)->head;
        if (token == other) return true;
        if (token != MTC_NONE &&
            mtc_relation_is_in(at->doc, token,
                               MTC_RELATION_BIT(CONJ) | MTC_RELATION_BIT(PARATAXIS)))
            return false;
    }
    return false;
}

/* The verb, adjective or noun of which it is an argument, through "of the …". */
static uint32_t predicate_of(const look *at, uint32_t token) {
    const uint64_t up = MTC_RELATION_BIT(NMOD) | MTC_RELATION_BIT(NMOD_POSS);
    for (int step = 0; step < MOST_STEPS && token != MTC_NONE; step++) {
        const bool further = mtc_relation_is_in(at->doc, token, up);
        token = mtc_annotation_of(at->doc, token)->head;
        if (!further) return token;
    }
    return MTC_NONE;
}

static double judge(const look *at, const pair *found, int *ret_rule) {
    *ret_rule = TAUTOLOGY;
    const limits *const weights = at->limits;
    const uint32_t behind = found->two + found->length;
    if (found->two - (found->one + found->length) > MOST_APART) return 0;
    if (goes_on(at, behind) || !is_one_stretch(at, found) || !has_weight(at, found))
        return 0;
    if (found->length == at->limits->fewest_words && has_comma(at, found)) return 0;
    if (is_linked(at, found)) return 0;
    const uint32_t one = top_of(at, found, found->one);
    const uint32_t two = top_of(at, found, found->two);
    if (hangs_on(at, two, one)) return weights->inside;
    const uint32_t verb = predicate_of(at, one);
    if (verb == MTC_NONE || verb != predicate_of(at, two)) return 0;
    if (mtc_relation_is_in(at->doc, one, MTC_RELATION_SUBJECTS)) *ret_rule = SAME_ENTITY;
    return weights->clause;
}

static mtc_status report(const look *at, const pair *found, int rule, double evidence) {
    const uint32_t last = found->two + found->length - 1;
    const mtc_range again =
        mtc_range_join(token_at(at, found->two)->at, token_at(at, last)->at);
    const mtc_finding finding = {
        .rule = at->detection->rules[rule],
        .at = mtc_range_join(token_at(at, found->one)->at, again),
        .mark = again,
        .confidence = (float)evidence,
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

/* "the wolf was dragged, and the wolf was dragged": whatever stands on both sides of
 * `link`. 0: not the same. */
static uint32_t length_around(const look *at, uint32_t link) {
    enum { LONGEST = 20 };
    uint32_t before = link;
    while (before > at->begin && mtc_is_mark(at->doc, before - 1, ',')) before--;
    for (uint32_t length = LONGEST; length >= at->limits->fewest_words; length--) {
        if (before < at->begin + length || link + length >= at->end) continue;
        uint32_t same = 0;
        while (same < length && is_plain_element(at, before - length + same) &&
               is_plain_element(at, link + 1 + same) &&
               is_same(at, before - length + same, link + 1 + same))
            same++;
        if (same == length) return length;
    }
    return 0;
}

/* Does the second phrase end here? Not "every ten years, and every ten years we …". */
static bool is_closed(const look *at, uint32_t token) {
    const uint32_t may_follow =
        1 << MTC_UPOS_VERB | 1 << MTC_UPOS_AUX | 1 << MTC_UPOS_ADP | 1 << MTC_UPOS_CCONJ;
    if (token >= at->end) return true;
    if (goes_on(at, token)) return false;
    return token_at(at, token)->kind != MTC_TOKEN_WORD || is_upos(at, token, may_follow);
}

static mtc_status look_at_links(const look *at, bool *ret_found) {
    for (uint32_t link = at->begin; link < at->end; link++) {
        if (!is_function(at, link, MTC_FUNCTION_BIT(COORDINATOR))) continue;
        const uint32_t length = length_around(at, link);
        if (length == 0 || !is_upos(at, link + length, CONTENT)) continue;
        uint32_t one = link - length;
        while (!is_same(at, one + length - 1, link + length)) one--;
        const pair found = {one, link + 1, length};
        if (!has_weight(at, &found) || !is_closed(at, link + 1 + length)) continue;
        *ret_found = true;
        return report(at, &found, TAUTOLOGY, at->limits->linked);
    }
    return MTC_OK;
}

/* "iron and steel production": no determiner, and nothing before it that belongs to it.
 */
static bool begins_bare(const look *at, uint32_t token) {
    const uint32_t opens = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(DETERMINER) |
                           MTC_FUNCTION_BIT(POSSESSIVE) | MTC_FUNCTION_BIT(QUANTIFIER);
    if (!is_upos(at, token, NOMINAL)) return false;
    if (token == at->begin) return true;
    return !is_upos(at, token - 1, NOMINAL | 1 << MTC_UPOS_DET) &&
           !is_function(at, token - 1, opens) &&
           token_at(at, token - 1)->kind != MTC_TOKEN_NUMBER &&
           !(token_at(at, token - 1)->flags & MTC_TOKEN_POSSESSIVE);
}

/* The first phrase of the sentence that is restated. */
static mtc_status look_at_sentence(const look *at) {
    const uint32_t opens = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(DETERMINER) |
                           MTC_FUNCTION_BIT(POSSESSIVE);
    for (uint32_t one = at->begin; one < at->end; one++) {
        if (!is_plain_word(at, one)) continue;
        const bool bare = !is_function(at, one, opens);
        if (bare && !begins_bare(at, one)) continue;
        const uint32_t farthest = one + 2 * MOST_APART + 2;
        for (uint32_t two = one + at->limits->fewest_words;
             two < at->end && two < farthest; two++) {
            if (!is_same(at, one, two)) continue;
            const pair found = {one, two, equal_length(at, one, two)};
            if (found.length < at->limits->fewest_words) continue;
            if (bare && (!begins_bare(at, two) || found.length < FEWEST_BARE)) continue;
            int rule;
            const double evidence = judge(at, &found, &rule);
            if (evidence > 0) return report(at, &found, rule, evidence);
        }
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->annotations == NULL) return MTC_OK;
    if (!mtc_sink_wants(detection->sink, detection->rules[TAUTOLOGY]) &&
        !mtc_sink_wants(detection->sink, detection->rules[SAME_ENTITY]))
        return MTC_OK;
    look at = {.detection = detection, .doc = doc, .limits = detection->self};
    at.functions = mtc_function_classes_read(doc, at.limits->functions);
    if (at.functions == NULL || !mtc_tree_read(doc, &at.tree)) return MTC_NO_MEMORY;
    for (size_t s = 0; s < doc->sentences.count; s++) {
        const mtc_sentence *const sentence = &doc->sentences.at[s];
        if (mtc_budget_spend(doc->budget, 2 * sentence->token_count) != MTC_OK)
            return MTC_DEADLINE;
        if (sentence->token_count > MOST_TOKENS) continue;
        at.begin = sentence->first_token;
        at.end = at.begin + sentence->token_count;
        bool found = false;
        mtc_status status = look_at_links(&at, &found);
        if (status == MTC_OK && !found) status = look_at_sentence(&at);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    limits *const self = MTC_TAKE(setup->arena, limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[TAUTOLOGY];
    *self = (limits){
        .functions = mtc_wordlists_get(setup->lists, "function-words"),
        .sayings = mtc_wordlists_get(setup->lists, "set-repetitions"),
        .linked = mtc_rule_number(rule, "linked", 0.85),
        .inside = mtc_rule_number(rule, "inside", 0.85),
        .clause = mtc_rule_number(rule, "same_verb", 0.8),
        .fewest_words = (uint32_t)mtc_rule_number(rule, "fewest_words", 3),
        .fewest_weighty = (uint32_t)mtc_rule_number(rule, "fewest_weighty", 2),
    };
    self->comparing = mtc_rule_words_of(rule, "comparing");
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_restated = {"restated", RULES, setup, run};
