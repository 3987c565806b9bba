/* unlinked.c: clauses whose verb lost its auxiliary or copula ("The tweet mocked among
 * users", "China ready to open the border"), by what the network says of their grammar.
 *
 * A predicate has a subject, and neither is it finite itself nor does a finite auxiliary
 * belong to it. Forms that past tense and participle share need more: an agent ("warned
 * by the police"), an infinitive that only the passive takes ("designed to float"), or
 * the network's own word that something is missing.
 */
#include "detect/clause.h"
#include "detect/detector.h"
#include "detect/tree.h"
#include "language/shares.h"

static const char *const RULES[] = {"garbled.missing-verb", NULL};

typedef struct {
    const mtc_wordset *passive_with_to, *passive_only, *finite_marks, *calendar;
    double bare, adjective, agent, infinitive, gap_alone; /* evidence */
    mtc_share joined, finite, doubtful, tensed, gap, gap_for_sure, gap_of_participle,
        agent_share;
    mtc_str agent_word, to;
} limits;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const limits *limits;
    mtc_tree tree;
} look;

static const mtc_annotation *said_of(const look *at, uint32_t token) {
    return mtc_annotation_of(at->doc, token);
}

static const mtc_token *token_at(const look *at, uint32_t token) {
    return mtc_token_at(at->doc, token);
}

static bool has_xpos(const look *at, uint32_t token, const char *tag) {
    return mtc_str_equal(mtc_xpos_of(at->doc, token), mtc_str_of(tag));
}

static bool is_word(const look *at, uint32_t token, mtc_str word) {
    return mtc_str_equal(mtc_token_folded(at->doc, token_at(at, token)), word);
}

static uint32_t sentence_end(const look *at, uint32_t token) {
    const mtc_sentence *const sentence =
        &at->doc->sentences.at[token_at(at, token)->sentence];
    return sentence->first_token + sentence->token_count;
}

static bool is_joined(const look *at, uint32_t token) {
    const mtc_annotation *const said = said_of(at, token);
    return said->head_share >= at->limits->joined &&
           said->relation_share >= at->limits->joined;
}

/* A predicate, its subject, and the gap behind the subject: [behind − 1, behind]. */
typedef struct {
    uint32_t predicate, subject, behind;
} clause;

/* Clauses that must have a finite verb: sentences, what is said, what a relative or a
 * conjunction begins; not "with talks due on Monday". */
static bool must_be_finite(const look *at, uint32_t predicate) {
    const mtc_annotation *const said = said_of(at, predicate);
    if (mtc_is_root(said)) return true;
    if (!is_joined(at, predicate)) return false;
    if (mtc_relation_is_in(at->doc, predicate, MTC_RELATION_BIT(ACL_RELCL))) return true;
    if (!mtc_relation_is_in(at->doc, predicate,
                            MTC_RELATION_BIT(CCOMP) | MTC_RELATION_BIT(ADVCL)))
        return false;
    const uint32_t mark = mtc_tree_child(&at->tree, predicate, MTC_RELATION_BIT(MARK));
    return mark != MTC_NONE &&
           mtc_wordset_has(at->limits->finite_marks,
                           mtc_token_folded(at->doc, token_at(at, mark)));
}

static bool read_clause(const look *at, uint32_t predicate, clause *ret_clause) {
    const uint64_t subjects = MTC_RELATION_BIT(NSUBJ) | MTC_RELATION_BIT(NSUBJ_PASS);
    const uint32_t subject = mtc_tree_child(&at->tree, predicate, subjects);
    if (subject == MTC_NONE || subject >= predicate || !is_joined(at, subject))
        return false;
    if (mtc_tree_child(&at->tree, predicate, MTC_RELATION_AUXILIARIES) != MTC_NONE)
        return false;
    const uint32_t behind = mtc_tree_span(&at->tree, subject).end;
    if (behind > predicate) return false;
    *ret_clause = (clause){predicate, subject, behind};
    return must_be_finite(at, predicate);
}

/* Does no finite verb stand anywhere between subject and predicate, or before them in a
 * clause that could be theirs? */
static bool has_verb_between(const look *at, const clause *c) {
    if (said_of(at, c->subject)->finite >= MTC_SHARE(0.2)) return true; /* it's */
    const mtc_token *const last = token_at(at, c->behind - 1);
    if (last->flags & MTC_TOKEN_POSSESSIVE) return true; /* "glad that Holm's been" */
    for (uint32_t i = c->behind; i < c->predicate; i++)
        if (said_of(at, i)->finite >= MTC_SHARE(0.2)) return true;
    return false;
}

/* "warned by the police", "warned by Fox", but not "rose by a third", "fell by Friday" */
static bool has_agent(const look *at, uint32_t verb) {
    const uint32_t by = verb + 1;
    /* "rose", "fell", "grew" are no participles, whatever the network takes them for. */
    if (mtc_token_has_shares(at->doc, token_at(at, verb)) &&
        mtc_form_share(at->doc, token_at(at, verb), 1u << MTC_TAG_PARTICIPLE) < 2)
        return false;
    if (by + 1 >= sentence_end(at, verb) || !is_word(at, by, at->limits->agent_word))
        return false;
    const uint32_t agent = said_of(at, by)->head;
    if (agent == MTC_NONE || said_of(at, agent)->head != verb) return false;
    const mtc_annotation *const said = said_of(at, agent);
    if (mtc_relation_is_in(at->doc, agent, MTC_RELATION_BIT(OBL_AGENT)))
        return said->relation_share >= at->limits->agent_share;
    const mtc_token *const word = token_at(at, agent);
    return said->proper >= MTC_SHARE(0.8) &&
           !(at->doc->words.at[word->word].knowledge &
             (MTC_NAME_PLACE | MTC_NAME_COUNTRY)) &&
           !mtc_wordset_has(at->limits->calendar, mtc_token_folded(at->doc, word));
}

static bool has_passive_infinitive(const look *at, uint32_t verb) {
    return verb + 2 < sentence_end(at, verb) && is_word(at, verb + 1, at->limits->to) &&
           has_xpos(at, verb + 2, "VB") &&
           mtc_wordset_has(at->limits->passive_with_to,
                           mtc_token_folded(at->doc, token_at(at, verb)));
}

/* "who", "which", "that" of a relative, as the network tags them */
static bool is_wh_form(const look *at, uint32_t token) {
    const mtc_str xpos = mtc_xpos_of(at->doc, token);
    return xpos.len > 1 && xpos.ptr[0] == 'W';
}

/* "a plan that designed to", but not "the car they designed to" */
static bool has_relative_subject(const look *at, const clause *c) {
    return is_wh_form(at, c->subject);
}

/* "killed", but not "seen" */
static bool is_past_tense_too(const look *at, uint32_t token) {
    const mtc_token *const word = token_at(at, token);
    return mtc_str_ends_with(mtc_token_folded(at->doc, word), MTC_STR("ed")) ||
           !mtc_token_has_shares(at->doc, word) ||
           mtc_form_share(at->doc, word, MTC_SHARE_FINITE) >= 3;
}

/* The network's word that something is missing between subject and predicate. */
static mtc_share gap_of(const look *at, const clause *c) {
    mtc_share highest = 0;
    for (uint32_t i = c->behind; i <= c->predicate && i < c->behind + 4; i++)
        if (said_of(at, i)->gap > highest) highest = said_of(at, i)->gap;
    return highest;
}

/* "Holm posted on Friday": of a name and the form of a past tense the network must be
 * surer. */
static mtc_share enough_of(const look *at, const clause *c, mtc_share usual) {
    return said_of(at, c->subject)->proper >= MTC_SHARE(0.5) &&
                   is_past_tense_too(at, c->predicate)
               ? at->limits->gap_for_sure
               : usual;
}

/* "feelings warm the world": what is read as an adjective behind a plural may be a verb.
 */
static bool may_be_present_tense(const look *at, uint32_t subject, uint32_t predicate) {
    enum { SOMETIMES = 2 };
    return said_of(at, predicate)->upos == MTC_UPOS_ADJ &&
           (has_xpos(at, subject, "NNS") || has_xpos(at, subject, "NNPS")) &&
           mtc_form_share(at->doc, token_at(at, predicate), 1u << MTC_TAG_BASE) >=
               SOMETIMES;
}

/* Do the words of one of these ("up of|of") stand behind the token? */
static bool is_followed_by(const look *at, uint32_t token, mtc_str alternatives) {
    const uint32_t end = sentence_end(at, token);
    uint32_t next = token + 1;
    bool matches = true;
    for (size_t i = 0, begin = 0; i <= alternatives.len; i++) {
        const char byte = i < alternatives.len ? alternatives.ptr[i] : '|';
        if (byte != ' ' && byte != '|') continue;
        const mtc_str word = {alternatives.ptr + begin, i - begin};
        matches = matches && next < end && is_word(at, next, word);
        if (matches && byte == '|') return true;
        next = byte == '|' ? token + 1 : next + 1;
        if (byte == '|') matches = true;
        begin = i + 1;
    }
    return false;
}

/* "arrested in May", with nobody who did it to somebody */
static bool is_passive_only(const look *at, const clause *c) {
    const uint32_t verb = c->predicate;
    const uint64_t objects = MTC_RELATION_BIT(XCOMP) | MTC_RELATION_BIT(CCOMP) |
                             MTC_RELATION_BIT(IOBJ) | MTC_RELATION_BIT(OBL_UNMARKED);
    const mtc_wordset_entry *const entry = mtc_wordset_find(
        at->limits->passive_only, mtc_token_folded(at->doc, token_at(at, verb)));
    if (entry == NULL || verb + 1 >= sentence_end(at, verb)) return false;
    if (mtc_tree_child(&at->tree, verb, objects) != MTC_NONE) return false;
    if (entry->payload.len > 0) /* but "They made of it what they could." */
        return said_of(at, c->subject)->upos != MTC_UPOS_PRON &&
               is_followed_by(at, verb, entry->payload);
    return said_of(at, verb + 1)->upos == MTC_UPOS_ADP &&
           mtc_tree_child(&at->tree, verb, MTC_RELATION_BIT(COMPOUND_PRT)) == MTC_NONE;
}

/* "the men arrested by the police said nothing": a verb further on that no conjunction,
 * no relative and no quotation mark takes for itself is the clause's own. */
static bool has_verb_behind(const look *at, uint32_t predicate) {
    for (uint32_t i = predicate + 1; i < sentence_end(at, predicate); i++) {
        const mtc_str xpos = mtc_xpos_of(at->doc, i);
        const mtc_upos upos = said_of(at, i)->upos;
        const bool attribute = mtc_relation_is_in(at->doc, i, MTC_RELATION_BIT(AMOD)) &&
                               said_of(at, i)->head > i &&
                               said_of(at, i)->finite < MTC_SHARE(0.5);
        if (said_of(at, i)->finite >= MTC_SHARE(0.15) && !attribute) return true;
        if (upos == MTC_UPOS_CCONJ || (xpos.len > 1 && xpos.ptr[0] == 'W') ||
            (upos == MTC_UPOS_SCONJ &&
             mtc_relation_is_in(at->doc, i, MTC_RELATION_BIT(MARK))))
            return false;
    }
    return false;
}

static double judge_participle(const look *at, const clause *c) {
    const mtc_annotation *const said = said_of(at, c->predicate);
    if (mtc_relation_is_in(at->doc, c->predicate, MTC_RELATION_BIT(ACL_RELCL)) &&
        !has_relative_subject(at, c))
        return 0;
    if (mtc_tree_child(&at->tree, c->predicate, MTC_RELATION_BIT(OBJ)) != MTC_NONE)
        return 0;
    if (has_agent(at, c->predicate)) return at->limits->agent;
    if (has_passive_infinitive(at, c->predicate)) return at->limits->infinitive;
    if (is_passive_only(at, c)) return at->limits->infinitive;
    if (mtc_tree_child(&at->tree, c->predicate, MTC_RELATION_BIT(CCOMP)) != MTC_NONE)
        return 0;
    if (gap_of(at, c) >= enough_of(at, c, at->limits->gap_of_participle) &&
        said->finite < at->limits->tensed)
        return at->limits->bare;
    return said->finite < at->limits->doubtful && !is_past_tense_too(at, c->predicate)
               ? at->limits->bare
               : 0;
}

static double judge_clause(const look *at, const clause *c) {
    const mtc_annotation *const said = said_of(at, c->predicate);
    if (token_at(at, c->behind)->kind != MTC_TOKEN_WORD) return 0;
    if (said_of(at, c->behind)->upos == MTC_UPOS_PART) return 0; /* "They not only" */
    if (has_verb_between(at, c) || has_verb_behind(at, c->predicate)) return 0;
    /* "Those who expected to win" */
    if (has_relative_subject(at, c) && said->finite >= MTC_SHARE(0.3)) return 0;
    if (gap_of(at, c) >= enough_of(at, c, at->limits->gap) &&
        said->finite < at->limits->tensed &&
        !may_be_present_tense(at, c->subject, c->predicate))
        return at->limits->gap_alone;
    if (has_xpos(at, c->predicate, "VBN") || has_xpos(at, c->predicate, "VBD"))
        return judge_participle(at, c);
    if (said->finite >= at->limits->finite) return 0;
    if (has_xpos(at, c->predicate, "VBG")) return at->limits->bare;
    if (said_of(at, c->subject)->upos == MTC_UPOS_PRON) return 0;
    /* "screens only": an adverb or a noun needs the network's own word */
    const bool other = said->upos == MTC_UPOS_NOUN || said->upos == MTC_UPOS_ADV;
    if (may_be_present_tense(at, c->subject, c->predicate)) return 0;
    if (said->upos == MTC_UPOS_ADJ || (other && gap_of(at, c) >= at->limits->gap))
        return at->limits->adjective;
    return 0;
}

static mtc_status report(const look *at, uint32_t behind, double evidence) {
    const mtc_token *const before = token_at(at, behind - 1);
    const mtc_finding finding = {
        .rule = at->detection->rules[0],
        .at = mtc_range_join(before->at, token_at(at, behind)->at),
        .mark = {before->at.end, before->at.end},
        .confidence = (float)evidence,
        .arguments = {mtc_document_slice(at->doc, before->at)},
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

/* "The scanner screens | only some of them": a plural behind a noun, and a verb's form.
 */
static bool may_be_third_person(const look *at, uint32_t token) {
    enum { SEEN = 1 };
    if (!has_xpos(at, token, "NNS") || token == 0 ||
        said_of(at, token - 1)->upos != MTC_UPOS_NOUN)
        return false;
    const mtc_lexeme *const base =
        mtc_base_of_third_person(at->detection->language, at->doc, token);
    return base != NULL &&
           base->share[MTC_TAG_BASE] + base->share[MTC_TAG_FINITE] >= SEEN;
}

/* "the goods in the shop cost | less than": a noun behind a noun, and a verb's form. */
static bool may_be_plural_verb(const look *at, uint32_t token) {
    enum { SOMETIMES = 5 };
    if (!has_xpos(at, token, "NN") || token == 0 ||
        said_of(at, token - 1)->upos != MTC_UPOS_NOUN)
        return false;
    const mtc_token *const word = token_at(at, token);
    return mtc_form_share(at->doc, word, 1u << MTC_TAG_BASE) +
               mtc_form_share(at->doc, word, MTC_SHARE_FINITE) >=
           SOMETIMES;
}

/* "the Gabba | the only ground": a noun, and what could be said of it, where the network
 * misses a word; nothing but "had the men been" looks the same. */
static double judge_gap(const look *at, uint32_t behind) {
    enum { SEEN = 3 };
    const mtc_annotation *const after = said_of(at, behind);
    const mtc_annotation *const before = said_of(at, behind - 1);
    if (after->gap < at->limits->gap) return 0;
    if (after->upos == MTC_UPOS_PART) return 0; /* "not only" */
    /* "Those who expected to win" */
    if (after->finite >= MTC_SHARE(0.5) && is_wh_form(at, behind - 1)) return 0;
    /* "as good a cook as she a singer" */
    if (behind >= 2 && before->upos == MTC_UPOS_PRON &&
        mtc_relation_is_in(at->doc, behind - 2, MTC_RELATION_BIT(MARK)) &&
        !(token_at(at, behind - 2)->flags & MTC_TOKEN_STARTS_SENTENCE))
        return 0;
    if (!mtc_is_wordlike(token_at(at, behind - 1)) ||
        token_at(at, behind)->kind != MTC_TOKEN_WORD ||
        token_at(at, behind)->shape != MTC_SHAPE_LOWER)
        return 0;
    if (may_be_third_person(at, behind - 1) || may_be_third_person(at, behind) ||
        may_be_plural_verb(at, behind - 1))
        return 0;
    if (after->gap >= at->limits->gap_for_sure) return at->limits->gap_alone;
    if (before->noun + before->proper < MTC_SHARE(0.8)) return 0;
    if (may_be_present_tense(at, behind - 1, behind)) return 0;
    /* "Cows moo at": a word that was never seen may be the verb */
    const mtc_lexeme *const lexeme = mtc_token_lexeme(at->doc, token_at(at, behind));
    if (lexeme == NULL || lexeme->count < SEEN) return 0;
    if (has_xpos(at, behind, "VBN") && has_verb_behind(at, behind)) return 0;
    if (has_xpos(at, behind, "VBN") || after->upos == MTC_UPOS_ADJ ||
        after->upos == MTC_UPOS_ADV || after->upos == MTC_UPOS_DET) {
        const uint32_t head = after->head == MTC_NONE ? behind : after->head;
        return mtc_tree_child(&at->tree, behind, MTC_RELATION_AUXILIARIES) == MTC_NONE &&
                       mtc_tree_child(&at->tree, head, MTC_RELATION_AUXILIARIES) ==
                           MTC_NONE
                   ? at->limits->gap_alone
                   : 0;
    }
    return 0;
}

static mtc_status look_at_token(const look *at, uint32_t token) {
    clause c;
    const mtc_token *const word = token_at(at, token);
    if (word->kind != MTC_TOKEN_WORD || (word->flags & MTC_TOKEN_QUOTED)) return MTC_OK;
    if (!(word->flags & MTC_TOKEN_STARTS_SENTENCE) && token > 0 &&
        token_at(at, token - 1)->sentence == word->sentence) {
        const double evidence = judge_gap(at, token);
        if (evidence > 0) return report(at, token, evidence);
    }
    if (at->tree.first_child[token] == MTC_NONE || !read_clause(at, token, &c))
        return MTC_OK;
    const double evidence = judge_clause(at, &c);
    return evidence > 0 ? report(at, c.behind, evidence) : MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->annotations == NULL) return MTC_OK;
    look at = {.detection = detection, .doc = doc, .limits = detection->self};
    if (!mtc_tree_read(doc, &at.tree)) return MTC_NO_MEMORY;
    for (size_t s = 0; s < doc->sentences.count; s++) {
        const mtc_sentence *const sentence = &doc->sentences.at[s];
        if (mtc_budget_spend(doc->budget, sentence->token_count) != MTC_OK)
            return MTC_DEADLINE;
        const mtc_line *const line = mtc_sentence_line(doc, sentence);
        if (line->kind != MTC_LINE_BODY || line->title_case) continue;
        if (sentence->end != MTC_END_STOP) continue;
        for (uint32_t i = 0; i < sentence->token_count; i++) {
            const mtc_status status = look_at_token(&at, sentence->first_token + i);
            if (status != MTC_OK) return status;
        }
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    limits *const self = MTC_TAKE(setup->arena, limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[0];
    *self = (limits){
        .passive_with_to = mtc_wordlists_get(setup->lists, "passive-with-to"),
        .passive_only = mtc_wordlists_get(setup->lists, "passive-only"),
        .finite_marks = mtc_wordlists_get(setup->lists, "finite-marks"),
        .calendar = mtc_wordlists_get(setup->lists, "calendar"),
        .bare = mtc_rule_number(rule, "bare_participle", 0.7),
        .adjective = mtc_rule_number(rule, "bare_adjective", 0.65),
        .agent = mtc_rule_number(rule, "agent", 0.7),
        .infinitive = mtc_rule_number(rule, "infinitive", 0.75),
        .gap_alone = mtc_rule_number(rule, "gap", 0.7),
        .joined = MTC_SHARE(mtc_rule_number(rule, "joined", 0.5)),
        .finite = MTC_SHARE(mtc_rule_number(rule, "finite_below", 0.05)),
        .doubtful = MTC_SHARE(mtc_rule_number(rule, "doubtful_below", 0.35)),
        .tensed = MTC_SHARE(mtc_rule_number(rule, "tensed_below", 0.6)),
        .gap = MTC_SHARE(mtc_rule_number(rule, "gap_above", 0.03)),
        .gap_for_sure = MTC_SHARE(mtc_rule_number(rule, "gap_for_sure", 0.3)),
        .gap_of_participle = MTC_SHARE(mtc_rule_number(rule, "gap_of_participle", 0.02)),
        .agent_share = MTC_SHARE(mtc_rule_number(rule, "agent_above", 0.4)),
        .agent_word = mtc_rule_text(rule, "by", MTC_STR("")),
        .to = mtc_rule_text(rule, "to", MTC_STR(""))};
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_unlinked = {"unlinked", RULES, setup, run};
