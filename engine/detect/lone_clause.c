/* lone_clause.c: sentences that are none, by what the network says of their grammar: no
 * finite verb, a subordinate clause alone, a verb without its subject. Only statements of
 * running text are judged (statement.h); lists, quotations, titles and answers may be
 * short of a verb.
 */
#include "detect/statement.h"

enum { NO_FINITE, SUBORDINATE, NO_SUBJECT, SPOKEN };
static const char *const RULES[] = {"fragment.no-finite-verb",
                                    "fragment.subordinate-only", "fragment.no-subject",
                                    "fragment.spoken", NULL};

/* --- A subordinate clause alone --- */

static bool is_opener(const mtc_statement_reader *at, uint32_t token) {
    return mtc_wordset_has(at->limits->openers,
                           mtc_token_folded(at->doc, mtc_read_token(at, token)));
}

/* Does the token hang on the root by words that are parts of its clause alone? */
static bool belongs_to_main_clause(const mtc_statement_reader *at, const mtc_statement *c,
                                   uint32_t token) {
    enum { MOST_STEPS = 4 };
    const uint64_t parts = MTC_RELATION_SUBJECTS | MTC_RELATION_BIT(OBJ) |
                           MTC_RELATION_BIT(IOBJ) | MTC_RELATION_BIT(OBL) |
                           MTC_RELATION_BIT(OBL_UNMARKED) | MTC_RELATION_BIT(OBL_AGENT) |
                           MTC_RELATION_BIT(NMOD) | MTC_RELATION_BIT(NMOD_POSS) |
                           MTC_RELATION_BIT(DET) | MTC_RELATION_BIT(ADVMOD) |
                           MTC_RELATION_BIT(MARK);
    if (mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(CASE))) return false;
    for (int step = 0; step < MOST_STEPS; step++) {
        if (token == c->root) return step > 0;
        const mtc_annotation *const said = mtc_said_of(at, token);
        if (said->head == MTC_NONE || said->head_share < at->limits->linked ||
            !mtc_relation_is_in(at->doc, token, parts))
            return false;
        token = said->head;
    }
    return false;
}

/* "Because the slope", but not "When open the slope": where a subject comes first, no
 * main clause has begun in between. */
static bool is_followed_by_subject(const mtc_statement_reader *at, const mtc_statement *c,
                                   uint32_t opener) {
    const uint32_t subject = mtc_tree_child(&at->tree, c->root, MTC_RELATION_SUBJECTS);
    return subject != MTC_NONE && mtc_tree_span(&at->tree, subject).begin <= opener + 1;
}

/* "Because the slope is moving.", "Which raised the tax." */
static bool is_subordinate(const mtc_statement_reader *at, const mtc_statement *c) {
    enum { FEWEST = 5 }; /* "Because he can.", "As the saying goes." */
    if (mtc_tree_finite(&at->tree, c->root) < at->limits->finite) return false;
    if (mtc_has_more_verbs(at, c)) return false;
    uint32_t opener = c->first;
    const bool relative = mtc_said_xpos(at, opener, "WDT") ||
                          mtc_said_xpos(at, opener, "WP") ||
                          mtc_said_xpos(at, opener, "WP$");
    if (!relative && mtc_count_words(at->doc, c->first, c->end) < FEWEST) return false;
    if (!relative && is_opener(at, opener) && !is_followed_by_subject(at, c, opener))
        return false;
    if (!is_opener(at, opener)) {
        /* "To which they had looked forward." */
        if (opener + 1 >= c->end || mtc_said_of(at, opener)->upos != MTC_UPOS_ADP ||
            !mtc_said_xpos(at, opener + 1, "WDT"))
            return false;
        opener++;
    }
    return belongs_to_main_clause(at, c, opener);
}

/* --- No subject --- */

/* Of the forms of a verb these are no order: was, went, has, will. A full verb of the
 * present is left out: "Takes an hour." is what recipes and diaries say. */
static bool is_no_order(const mtc_statement_reader *at, uint32_t verb) {
    const mtc_str xpos = mtc_xpos_of(at->doc, verb);
    const bool tensed = mtc_str_equal(xpos, MTC_STR("VBD")) ||
                        (mtc_str_equal(xpos, MTC_STR("VBZ")) &&
                         mtc_said_of(at, verb)->upos == MTC_UPOS_AUX) ||
                        mtc_str_equal(xpos, MTC_STR("MD"));
    const mtc_token *const word = mtc_read_token(at, verb);
    if (word->shape != MTC_SHAPE_CAPITAL && word->shape != MTC_SHAPE_LOWER) return false;
    if (mtc_form_share(at->doc, word, MTC_SHARE_NOUN) >= 20) return false;
    return tensed && mtc_said_of(at, verb)->finite >= at->limits->finite &&
           mtc_form_share(at->doc, word, 1u << MTC_TAG_BASE) < 10;
}

/* "Will be", "can hardly see", but not "Will Young sang". */
static bool has_base_behind(const mtc_statement_reader *at, const mtc_statement *c,
                            uint32_t modal) {
    uint32_t i = modal + 1;
    while (i + 1 < c->end && (mtc_said_of(at, i)->upos == MTC_UPOS_ADV ||
                              mtc_said_of(at, i)->upos == MTC_UPOS_PART))
        i++;
    return i < c->end && mtc_said_xpos(at, i, "VB");
}

/* "Will be rebuilt by the city." */
static bool lacks_subject(const mtc_statement_reader *at, const mtc_statement *c) {
    if (mtc_tree_child(&at->tree, c->root, MTC_RELATION_SUBJECTS) != MTC_NONE)
        return false;
    uint32_t verb = c->first;
    while (verb + 1 < c->end && mtc_said_of(at, verb)->upos == MTC_UPOS_ADV) verb++;
    if (!is_no_order(at, verb)) return false;
    if (mtc_said_xpos(at, verb, "MD") && !has_base_behind(at, c, verb)) return false;
    return verb == c->root ||
           (mtc_said_of(at, verb)->head == c->root &&
            mtc_relation_is_in(at->doc, verb, MTC_RELATION_AUXILIARIES));
}

static mtc_status report_phrase(const mtc_statement_reader *at, uint32_t index) {
    const mtc_sentence *const sentence = &at->doc->sentences.at[index];
    const mtc_finding finding = {.rule = at->detection->rules[NO_FINITE],
                                 .at = sentence->at,
                                 .mark =
                                     mtc_read_token(at, sentence->first_token + 1)->at};
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status judge(const mtc_statement_reader *at, uint32_t index) {
    if (mtc_is_quoted_phrase(at, index)) return report_phrase(at, index);
    mtc_statement c;
    if (!mtc_statement_read(at, index, &c)) return MTC_OK;
    int rule = -1;
    double confidence = 0;
    if (mtc_statement_lacks_verb(at, &c)) {
        rule =
            mtc_is_spoken(at->doc, c.sentence, at->limits->speakers) ? SPOKEN : NO_FINITE;
        if (mtc_statement_is_item(at, &c)) confidence = at->limits->item;
    } else if (is_subordinate(at, &c))
        rule = SUBORDINATE;
    else if (lacks_subject(at, &c))
        rule = NO_SUBJECT;
    if (rule < 0) return MTC_OK;
    const mtc_finding finding = {.rule = at->detection->rules[rule],
                                 .at = c.sentence->at,
                                 .confidence = (float)confidence,
                                 .mark = mtc_read_token(at, c.first)->at};
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->annotations == NULL) return MTC_OK;
    mtc_statement_reader at = {
        .detection = detection, .doc = doc, .limits = detection->self};
    at.functions = mtc_function_classes_read(doc, at.limits->function_words);
    if (at.functions == NULL || !mtc_tree_read(doc, &at.tree)) return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        if (mtc_budget_spend(doc->budget, doc->sentences.at[i].token_count) != MTC_OK)
            return MTC_DEADLINE;
        const mtc_status status = judge(&at, i);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    mtc_statement_limits *const self = MTC_TAKE(setup->arena, mtc_statement_limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[NO_FINITE];
    *self = (mtc_statement_limits){
        .function_words = mtc_wordlists_get(setup->lists, "function-words"),
        .openers = mtc_wordlists_get(setup->lists, "clause-openers"),
        .starts = mtc_wordlists_get(setup->lists, "verbless-starts"),
        .speakers = mtc_wordlists_get(setup->lists, "speaker-words"),
        .absent = mtc_rule_number(rule, "absent", 0.9),
        .absent_alone = mtc_rule_number(rule, "absent_alone", 0.97),
        .item = mtc_rule_number(rule, "item", 0.4),
        .verbs_over = mtc_rule_number(setup->rules[SUBORDINATE], "verbs_over", 0.4),
        .finite = MTC_SHARE(mtc_rule_number(setup->rules[SUBORDINATE], "finite", 0.5)),
        .linked = MTC_SHARE(mtc_rule_number(setup->rules[SUBORDINATE], "linked", 0.6)),
        .bound = MTC_SHARE(mtc_rule_number(rule, "bound", 0.4)),
        .base = MTC_SHARE(mtc_rule_number(rule, "base", 0.5)),
        .tagged = (unsigned)mtc_rule_number(rule, "tagged", 10),
        .form = (unsigned)mtc_rule_number(rule, "form", 50),
        .fewest_words = (uint32_t)mtc_rule_number(rule, "fewest_words", 4)};
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_lone_clause = {"lone_clause", RULES, setup, run};
