/* lone_clause.c: sentences that are none, by what the network says of their grammar: no
 * finite verb, a subordinate clause alone, a verb without its subject.
 *
 * Asked are shares, never the best tag: forms that past tense and participle share
 * ("governed") differ by a hair. Only plain statements of running text are judged; lists,
 * quotations, titles and answers may be short of a verb.
 */
#include "detect/clause.h"
#include "detect/detector.h"
#include "detect/tree.h"
#include "language/function_words.h"
#include "language/shares.h"

enum { NO_FINITE, SUBORDINATE, NO_SUBJECT };
static const char *const RULES[] = {
    "fragment.no-finite-verb", "fragment.subordinate-only", "fragment.no-subject", NULL};

typedef struct {
    const mtc_wordset *function_words, *openers, *starts;
    double absent;       /* from which probability on there is no finite verb */
    double absent_alone; /* and in a line of one sentence */
    mtc_share finite,
        linked;            /* a verb is finite, a word hangs where it is said to hang */
    mtc_share bound;       /* a clause hangs where it is said to hang */
    mtc_share base;        /* a word is a verb's base form */
    unsigned tagged, form; /* percent of "finite" by the tagger, of verbs by the form */
    double verbs_over;     /* so many verbs too many for subordinate clauses alone */
    double item;           /* confidence where the line may be a heading or an item */
    uint32_t fewest_words;
} limits;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const limits *limits;
    mtc_tree tree;
    const uint8_t *functions; /* mtc_function_class by word */
} look;

/* A sentence that may be judged: its first word, its root, and what is behind its last.
 */
typedef struct {
    const mtc_sentence *sentence;
    uint32_t first, end, root;
} candidate;

static const mtc_annotation *said_of(const look *at, uint32_t token) {
    return mtc_annotation_of(at->doc, token);
}

static const mtc_token *token_at(const look *at, uint32_t token) {
    return mtc_token_at(at->doc, token);
}

static bool has_xpos(const look *at, uint32_t token, const char *tag) {
    return mtc_str_equal(mtc_xpos_of(at->doc, token), mtc_str_of(tag));
}

static bool is_in(const look *at, uint32_t token, uint32_t classes) {
    return token_at(at, token)->kind == MTC_TOKEN_WORD &&
           (classes & (1u << at->functions[token_at(at, token)->word]));
}

/* --- Which sentences are judged --- */

static bool read_candidate(const look *at, uint32_t index, candidate *ret_candidate) {
    const mtc_sentence *const sentence = &at->doc->sentences.at[index];
    if (!mtc_is_plain_statement(at->doc, sentence, at->limits->fewest_words))
        return false;
    if (index > 0 && at->doc->sentences.at[index - 1].end == MTC_END_QUESTION)
        return false; /* its answer */
    candidate c = {.sentence = sentence,
                   .first = sentence->first_token,
                   .end = sentence->first_token + sentence->token_count,
                   .root = MTC_NONE};
    while (c.first < c.end && !mtc_is_wordlike(token_at(at, c.first))) c.first++;
    for (uint32_t i = c.first; i < c.end; i++) {
        if (mtc_is_wordlike(token_at(at, i)) && !mtc_is_annotated(said_of(at, i)))
            return false;
        if (c.root == MTC_NONE && mtc_is_root(said_of(at, i))) c.root = i;
    }
    if (c.first == c.end || c.root == MTC_NONE) return false;
    *ret_candidate = c;
    return true;
}

/* --- No finite verb --- */

/* "Water, if you don't.", "Lee v P." */
static bool is_aside(const look *at, const candidate *c) {
    enum { LONG = 5 };
    if (mtc_count_words(at->doc, c->first, c->end) >= LONG) return false;
    for (uint32_t i = c->first; i + 1 < c->end; i++) {
        const mtc_token *const token = token_at(at, i);
        if (!mtc_is_wordlike(token) || said_of(at, i)->finite > MTC_SHARE(0.5))
            return true;
        if (mtc_range_length(token->at) == 1 && !is_in(at, i, MTC_FUNCTION_BIT(ARTICLE)))
            return true;
    }
    return false;
}

/* "No comment so far.", "Not so the mayor.", "Hence the fear of floods." */
static bool is_said_without_verb(const look *at, const candidate *c) {
    const uint32_t answers = MTC_FUNCTION_BIT(NEGATION) | MTC_FUNCTION_BIT(INTERROGATIVE);
    return is_in(at, c->first, answers) ||
           mtc_wordset_has(at->limits->starts,
                           mtc_token_folded(at->doc, token_at(at, c->first))) ||
           said_of(at, c->first)->upos == MTC_UPOS_INTJ;
}

/* A base form that nothing asks for may be a present tense or an order. */
static bool is_free_base(const look *at, const candidate *c, uint32_t token) {
    const mtc_annotation *const said = said_of(at, token);
    if (said->verb < at->limits->base || !has_xpos(at, token, "VB")) return false;
    if (mtc_tree_child(&at->tree, token,
                       MTC_RELATION_BIT(MARK) | MTC_RELATION_BIT(AUX)) != MTC_NONE)
        return false;
    return token == c->first ||
           !(mtc_relation_is_in(at->doc, token,
                                MTC_RELATION_BIT(XCOMP) | MTC_RELATION_BIT(CONJ)));
}

static bool is_plural_noun(const look *at, uint32_t token) {
    return has_xpos(at, token, "NNS") || has_xpos(at, token, "NNPS");
}

/* The base of "jails" as the lexicon knows it; NULL: the form has no ending. */
static const mtc_lexeme *base_of(const look *at, const mtc_token *word) {
    mtc_str text = mtc_token_folded(at->doc, word);
    if (text.len < 4 || text.ptr[text.len - 1] != 's') return NULL;
    text.len--;
    return mtc_language_lexeme(at->detection->language, text);
}

/* "pirates hijack", "a court jails", "both test": what is read as a noun behind a noun,
 * in the place of the verb, and is the form of a verb too. */
static bool may_be_present_tense(const look *at, const candidate *c, uint32_t token) {
    enum { SOMETIMES = 2, OFTEN = 10 };
    const mtc_token *const word = token_at(at, token);
    const mtc_annotation *const said = said_of(at, token);
    if (token == c->first || word->shape != MTC_SHAPE_LOWER) return false;
    const bool in_place =
        token == c->root ||
        (said->head == c->root &&
         mtc_relation_is_in(at->doc, token,
                            MTC_RELATION_BIT(COMPOUND) | MTC_RELATION_BIT(AMOD))) ||
        mtc_relation_is_in(at->doc, token,
                           MTC_RELATION_BIT(CONJ) | MTC_RELATION_BIT(ACL));
    const mtc_annotation *const before = said_of(at, token - 1);
    if (!in_place || before->upos == MTC_UPOS_ADJ) return false;
    if (before->noun + before->proper < MTC_SHARE(0.5) && before->upos != MTC_UPOS_ADV &&
        before->upos != MTC_UPOS_DET && token_at(at, token - 1)->kind == MTC_TOKEN_WORD)
        return false;
    if (mtc_form_share(at->doc, word, 1u << MTC_TAG_BASE) >= SOMETIMES)
        return is_plural_noun(at, token - 1) || before->upos != MTC_UPOS_NOUN;
    const mtc_lexeme *const base = base_of(at, word);
    return base != NULL && !is_plural_noun(at, token - 1) &&
           base->share[MTC_TAG_BASE] + base->share[MTC_TAG_FINITE] >= OFTEN;
}

/* "vessels collide", "a plane skids": a form that is a verb wherever the lexicon saw it,
 * or may be one by the tagger, which errs elsewhere than the network. */
static bool may_be_verb(const look *at, const candidate *c, uint32_t token) {
    const mtc_token *const word = token_at(at, token);
    const unsigned tense = mtc_token_share(at->doc, word, MTC_SHARE_FINITE);
    if (word->kind != MTC_TOKEN_WORD) return false;
    const mtc_annotation *const said = said_of(at, token);
    const bool noun = said->noun + said->proper >= MTC_SHARE(0.99);
    if (tense >= at->limits->tagged && !noun) return true;
    const mtc_share verb = said->verb;
    if (verb > MTC_SHARE(0.5)) return is_free_base(at, c, token);
    const unsigned base = mtc_form_share(at->doc, word, 1u << MTC_TAG_BASE);
    const uint32_t before_noun =
        MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
        MTC_FUNCTION_BIT(DETERMINER) | MTC_FUNCTION_BIT(PREPOSITION) |
        MTC_FUNCTION_BIT(QUANTIFIER);
    if (noun || token == c->first || is_in(at, token - 1, before_noun)) return false;
    if (may_be_present_tense(at, c, token)) return true;
    /* "Cows moo at": little is known of a word that was hardly ever seen. */
    enum { SEEN = 3 };
    const mtc_lexeme *const lexeme = mtc_token_lexeme(at->doc, word);
    if (word->shape == MTC_SHAPE_LOWER && (lexeme == NULL || lexeme->count < SEEN))
        return true;
    return base + mtc_form_share(at->doc, word, MTC_SHARE_FINITE) >= at->limits->form;
}

/* A word that puts a clause under another: a conjunction, a relative or question word. */
static bool is_subordinator(const look *at, uint32_t token) {
    const mtc_str xpos = mtc_xpos_of(at->doc, token);
    return (xpos.len > 1 && xpos.ptr[0] == 'W') ||
           (said_of(at, token)->upos == MTC_UPOS_SCONJ &&
            mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(MARK)));
}

/* Does a word before the verb say that its clause is subordinate? */
static bool has_subordinator(const look *at, uint32_t verb) {
    if (mtc_tree_child(&at->tree, verb, MTC_RELATION_BIT(MARK)) != MTC_NONE) return true;
    const mtc_range span = mtc_tree_span(&at->tree, verb);
    for (uint32_t i = span.begin; i < verb && i < span.begin + 3; i++)
        if (is_subordinator(at, i)) return true;
    return false;
}

/* Is the token part of a clause that is surely subordinate? */
static bool is_bound(const look *at, uint32_t token) {
    enum { MOST_STEPS = 24 };
    const uint64_t subordinate = MTC_RELATION_BIT(ACL_RELCL) | MTC_RELATION_BIT(ACL) |
                                 MTC_RELATION_BIT(ADVCL) | MTC_RELATION_BIT(ADVCL_RELCL) |
                                 MTC_RELATION_BIT(CSUBJ) | MTC_RELATION_BIT(CCOMP);
    for (int step = 0; step < MOST_STEPS; step++) {
        const mtc_annotation *const said = said_of(at, token);
        if (said->head == MTC_NONE) return false;
        if (mtc_relation_is_in(at->doc, token, subordinate) &&
            said->head_share >= at->limits->bound && has_subordinator(at, token))
            return true;
        token = said->head;
    }
    return false;
}

/* Each of these words accounts for one verb, and for those coordinated with it. */
static bool has_more_verbs_than_subordinators(const look *at, const candidate *c) {
    double verbs = 0;
    for (uint32_t i = c->first; i < c->end; i++) {
        verbs -= is_subordinator(at, i);
        if (!mtc_relation_is_in(at->doc, i, MTC_RELATION_BIT(CONJ)))
            verbs += said_of(at, i)->finite / 65535.0;
    }
    return verbs > at->limits->verbs_over;
}

/* Where a clause below explains away a finite verb, any other form that may be one
 * counts: "the shares that he held increased". */
static bool is_open_participle(const look *at, uint32_t token) {
    return said_of(at, token)->verb >= MTC_SHARE(0.3) &&
           (has_xpos(at, token, "VBN") || has_xpos(at, token, "VBD")) &&
           mtc_tree_child(&at->tree, token, MTC_RELATION_AUXILIARIES) == MTC_NONE &&
           !mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(AMOD)) &&
           (!is_bound(at, token) || said_of(at, token - 1)->upos == MTC_UPOS_VERB);
}

static bool is_alone(const look *at, const candidate *c) {
    return mtc_sentence_line(at->doc, c->sentence)->sentence_count == 1;
}

/* "Mix 400 grams", "Note the date": a first word that can be a base form, and an object.
 */
static bool may_be_order(const look *at, const candidate *c) {
    enum { SOMETIMES = 5 };
    if (c->first + 1 >= c->end) return false;
    const unsigned base =
        mtc_form_share(at->doc, token_at(at, c->first), 1u << MTC_TAG_BASE);
    const mtc_annotation *const next = said_of(at, c->first + 1);
    return base >= SOMETIMES &&
           (next->upos == MTC_UPOS_NUM || next->upos == MTC_UPOS_DET ||
            next->upos == MTC_UPOS_PRON);
}

static bool has_finite_verb(const look *at, const candidate *c) {
    if (may_be_order(at, c)) return true;
    const double enough = is_alone(at, c) ? at->limits->absent_alone : at->limits->absent;
    double absent = 1;
    bool bound = false;
    if (has_more_verbs_than_subordinators(at, c)) return true;
    for (uint32_t i = c->first; i < c->end; i++) {
        const mtc_share finite = said_of(at, i)->finite;
        const bool possible = may_be_verb(at, c, i);
        if (!possible && finite < MTC_SHARE(0.02)) continue;
        if (is_bound(at, i)) {
            bound = true;
            continue;
        }
        if (possible) return true;
        absent *= 1 - finite / 65535.0;
        if (absent < enough) return true;
    }
    for (uint32_t i = c->first + 1; bound && i < c->end; i++)
        if (is_open_participle(at, i)) return true;
    return false;
}

/* Lines of one sentence without a verb, in a row, are a list. */
static bool is_in_list(const look *at, const candidate *c) {
    const mtc_line *const line = mtc_sentence_line(at->doc, c->sentence);
    if (!is_alone(at, c)) return false;
    const size_t index = c->sentence->line;
    for (int side = -1; side <= 1; side += 2) {
        if (side < 0 ? index == 0 : index + 1 >= at->doc->lines.count) continue;
        const mtc_line *const next = side < 0 ? line - 1 : line + 1;
        if (next->sentence_count != 1) continue;
        candidate other;
        if (read_candidate(at, next->first_sentence, &other) &&
            !has_finite_verb(at, &other))
            return true;
    }
    return false;
}

/* "The harbour – a place for ships.", "Making the roads safer.", "First flight of the new
 * plane.": a line of its own that is a heading or an item. */
static bool is_item(const look *at, const candidate *c) {
    if (!is_alone(at, c)) return false;
    if (has_xpos(at, c->first, "VBG") || has_xpos(at, c->first, "VB")) return true;
    return said_of(at, c->root)->upos != MTC_UPOS_VERB;
}

static bool lacks_finite_verb(const look *at, const candidate *c) {
    return !is_said_without_verb(at, c) && !is_aside(at, c) && !has_finite_verb(at, c) &&
           !is_in_list(at, c);
}

/* --- A subordinate clause alone --- */

static bool is_opener(const look *at, uint32_t token) {
    return mtc_wordset_has(at->limits->openers,
                           mtc_token_folded(at->doc, token_at(at, token)));
}

/* Does the token hang on the root by words that are parts of its clause alone? */
static bool belongs_to_main_clause(const look *at, const candidate *c, uint32_t token) {
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
        const mtc_annotation *const said = said_of(at, token);
        if (said->head == MTC_NONE || said->head_share < at->limits->linked ||
            !mtc_relation_is_in(at->doc, token, parts))
            return false;
        token = said->head;
    }
    return false;
}

/* "Because the slope", but not "When open the slope": where a subject comes first, no
 * main clause has begun in between. */
static bool is_followed_by_subject(const look *at, const candidate *c, uint32_t opener) {
    const uint32_t subject = mtc_tree_child(&at->tree, c->root, MTC_RELATION_SUBJECTS);
    return subject != MTC_NONE && mtc_tree_span(&at->tree, subject).begin <= opener + 1;
}

/* "Because the slope is moving.", "Which raised the tax." */
static bool is_subordinate(const look *at, const candidate *c) {
    if (mtc_tree_finite(&at->tree, c->root) < at->limits->finite) return false;
    if (has_more_verbs_than_subordinators(at, c)) return false;
    uint32_t opener = c->first;
    const bool relative = has_xpos(at, opener, "WDT") || has_xpos(at, opener, "WP") ||
                          has_xpos(at, opener, "WP$");
    if (!relative && is_opener(at, opener) && !is_followed_by_subject(at, c, opener))
        return false;
    if (!is_opener(at, opener)) {
        /* "To which they had looked forward." */
        if (opener + 1 >= c->end || said_of(at, opener)->upos != MTC_UPOS_ADP ||
            !has_xpos(at, opener + 1, "WDT"))
            return false;
        opener++;
    }
    return belongs_to_main_clause(at, c, opener);
}

/* --- No subject --- */

/* Of the forms of a verb these are no order: was, went, has, will. A full verb of the
 * present is left out: "Takes an hour." is what recipes and diaries say. */
static bool is_no_order(const look *at, uint32_t verb) {
    const mtc_str xpos = mtc_xpos_of(at->doc, verb);
    const bool tensed = mtc_str_equal(xpos, MTC_STR("VBD")) ||
                        (mtc_str_equal(xpos, MTC_STR("VBZ")) &&
                         said_of(at, verb)->upos == MTC_UPOS_AUX) ||
                        mtc_str_equal(xpos, MTC_STR("MD"));
    const mtc_token *const word = token_at(at, verb);
    if (word->shape != MTC_SHAPE_CAPITAL && word->shape != MTC_SHAPE_LOWER) return false;
    if (mtc_form_share(at->doc, word, MTC_SHARE_NOUN) >= 20) return false;
    return tensed && said_of(at, verb)->finite >= at->limits->finite &&
           mtc_form_share(at->doc, word, 1u << MTC_TAG_BASE) < 10;
}

/* "Will be", "can hardly see", but not "Will Young sang". */
static bool has_base_behind(const look *at, const candidate *c, uint32_t modal) {
    uint32_t i = modal + 1;
    while (i + 1 < c->end && (said_of(at, i)->upos == MTC_UPOS_ADV ||
                              said_of(at, i)->upos == MTC_UPOS_PART))
        i++;
    return i < c->end && has_xpos(at, i, "VB");
}

/* "Will be rebuilt by the city." */
static bool lacks_subject(const look *at, const candidate *c) {
    if (mtc_tree_child(&at->tree, c->root, MTC_RELATION_SUBJECTS) != MTC_NONE)
        return false;
    uint32_t verb = c->first;
    while (verb + 1 < c->end && said_of(at, verb)->upos == MTC_UPOS_ADV) verb++;
    if (!is_no_order(at, verb)) return false;
    if (has_xpos(at, verb, "MD") && !has_base_behind(at, c, verb)) return false;
    return verb == c->root ||
           (said_of(at, verb)->head == c->root &&
            mtc_relation_is_in(at->doc, verb, MTC_RELATION_AUXILIARIES));
}

static mtc_status judge(const look *at, uint32_t index) {
    candidate c;
    if (!read_candidate(at, index, &c)) return MTC_OK;
    int rule = -1;
    double confidence = 0;
    if (lacks_finite_verb(at, &c)) {
        rule = NO_FINITE;
        if (is_item(at, &c)) confidence = at->limits->item;
    } else if (is_subordinate(at, &c))
        rule = SUBORDINATE;
    else if (lacks_subject(at, &c))
        rule = NO_SUBJECT;
    if (rule < 0) return MTC_OK;
    const mtc_finding finding = {.rule = at->detection->rules[rule],
                                 .at = c.sentence->at,
                                 .confidence = (float)confidence,
                                 .mark = token_at(at, c.first)->at};
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->annotations == NULL) return MTC_OK;
    look at = {.detection = detection, .doc = doc, .limits = detection->self};
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
    limits *const self = MTC_TAKE(setup->arena, limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[NO_FINITE];
    *self = (limits){
        .function_words = mtc_wordlists_get(setup->lists, "function-words"),
        .openers = mtc_wordlists_get(setup->lists, "clause-openers"),
        .starts = mtc_wordlists_get(setup->lists, "verbless-starts"),
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
