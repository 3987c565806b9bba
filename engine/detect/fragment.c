/* fragment.c: sentences that are none: a subordinate clause alone ("With talks due on
 * Monday."), no finite verb, a paragraph that begins in the middle.
 *
 * Clauses are counted on the tagger's shares. A reading counts as possible from a low
 * share on, for what would make the sentence sound, and from a high one for what would
 * not: doubt speaks for the author.
 */
#include "detect/clause.h"
#include "detect/detector.h"
#include "detect/tree.h"

enum { SUBORDINATE, NO_FINITE, LOWERCASE, SPOKEN };
static const char *const RULES[] = {"fragment.subordinate-only",
                                    "fragment.no-finite-verb", "fragment.lowercase-start",
                                    "fragment.spoken", NULL};

typedef enum { NO_OPENER, RELATIVE, CLAUSE, CLAUSE_OR_PHRASE, PHRASE } opener;

typedef struct {
    const mtc_wordset *function_words, *openers, *lowercase_names, *days, *speakers;
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *functions; /* mtc_function_class by word */
    unsigned possible;        /* share from which on a reading is possible */
    int one_verb;             /* up to which percentage verbs are one */
    uint32_t fewest_words;
    mtc_str agent; /* the preposition of the passive: by */
} look;

/* A sentence that may be judged, its first word and what is behind its last. */
typedef struct {
    const mtc_sentence *sentence;
    uint32_t index, first, end;
} candidate;

static mtc_function_class function_of(const look *at, uint32_t token) {
    return (mtc_function_class)at->functions[at->doc->tokens.at[token].word];
}

static unsigned share(const look *at, uint32_t token, mtc_tag_class tag) {
    return mtc_tag_share(at->doc, token, tag);
}

static bool is_in(const look *at, uint32_t token, uint32_t classes) {
    return at->doc->tokens.at[token].kind == MTC_TOKEN_WORD &&
           (classes & (1u << function_of(at, token)));
}

static bool may_be_finite(const look *at, uint32_t token) {
    return share(at, token, MTC_TAG_FINITE) >= at->possible;
}

/* --- Which sentences are judged --- */

static bool read_candidate(const look *at, uint32_t index, candidate *ret_candidate) {
    const mtc_sentence *const sentence = &at->doc->sentences.at[index];
    if (!mtc_is_plain_statement(at->doc, sentence, at->fewest_words)) return false;
    uint32_t first = sentence->first_token;
    const uint32_t end = first + sentence->token_count;
    while (first < end && !mtc_is_wordlike(&at->doc->tokens.at[first])) first++;
    if (first == end) return false;
    *ret_candidate = (candidate){sentence, index, first, end};
    return true;
}

/* A fragment after a question is its answer. */
static bool answers_a_question(const look *at, const candidate *c) {
    return c->index > 0 && at->doc->sentences.at[c->index - 1].end == MTC_END_QUESTION;
}

/* --- Counting clauses --- */

static bool introduces_clause(const look *at, uint32_t token) {
    if (share(at, token, MTC_TAG_DETERMINER) >= 50) return false; /* "by that time" */
    return is_in(at, token, MTC_FUNCTION_BIT(RELATIVE) | MTC_FUNCTION_BIT(INTERROGATIVE));
}

/* A verb that shares the subject of the one before it: "… and re-emerged". */
static bool is_coordinated(const look *at, const candidate *c, uint32_t verb) {
    uint32_t i = verb;
    while (i > c->first + 1 && share(at, i - 1, MTC_TAG_ADVERB) >= 50) i--;
    return i > c->first && is_in(at, i - 1, MTC_FUNCTION_BIT(COORDINATOR));
}

/* Finite verbs in [first, end) in percent of one (two doubtful ones are about one), each
 * group of auxiliaries once, without those that a relative or an interrogative needs. */
static int count_free_verbs(const look *at, const candidate *c, uint32_t first,
                            uint32_t end) {
    int verbs = 0, group = 0, wanted = 0;
    for (uint32_t i = first; i < end; i++) {
        if (at->doc->tokens.at[i].kind != MTC_TOKEN_WORD) {
            group = 0;
            continue;
        }
        if (introduces_clause(at, i)) wanted++;
        const int finite = (int)share(at, i, MTC_TAG_FINITE);
        if (finite >= 5 && !is_coordinated(at, c, i)) {
            if (wanted > 0 && group == 0 && may_be_finite(at, i)) {
                wanted--;
                group = 100;
            }
            if (finite > group) verbs += finite - group;
            if (finite > group) group = finite;
        } else if (share(at, i, MTC_TAG_ADVERB) < 50) {
            group = 0;
        }
    }
    return verbs;
}

/* Forms that past tense and participle share ("governed") may always be the tense. */
static bool may_be_past_tense(const look *at, uint32_t token) {
    if (share(at, token, MTC_TAG_PARTICIPLE) < 5) return false;
    const mtc_str text = mtc_token_folded(at->doc, &at->doc->tokens.at[token]);
    const mtc_lexeme *const lexeme =
        at->doc->words.at[at->doc->tokens.at[token].word].lexeme;
    return mtc_str_ends_with(text, MTC_STR("ed")) || lexeme == NULL ||
           lexeme->share[MTC_TAG_FINITE] > 0;
}

/* "adheres": a form too rare to be tagged for sure, whose base is a verb */
static bool may_be_third_person(const look *at, uint32_t token) {
    enum { SEEN_ENOUGH = 3 };
    const mtc_token *const word = &at->doc->tokens.at[token];
    const mtc_lexeme *const lexeme = at->doc->words.at[word->word].lexeme;
    mtc_str text = mtc_token_folded(at->doc, word);
    if (!mtc_str_ends_with(text, MTC_STR("s")) || text.len < 3) return false;
    if (lexeme != NULL && lexeme->count >= SEEN_ENOUGH) return false;
    text.len--;
    const mtc_lexeme *const base = mtc_language_lexeme(at->detection->language, text);
    return base != NULL && base->share[MTC_TAG_BASE] + base->share[MTC_TAG_FINITE] >= 30;
}

/* "the vehicles collided", but not "a plan proposed by them". */
static bool may_be_verb_of(const look *at, uint32_t token, const candidate *c) {
    if (may_be_finite(at, token) || may_be_third_person(at, token)) return true;
    if (!may_be_past_tense(at, token)) return false;
    const mtc_str next = token + 1 < c->end
                             ? mtc_token_folded(at->doc, &at->doc->tokens.at[token + 1])
                             : MTC_STR("");
    if (next.len > 0 && mtc_str_equal(next, at->agent)) return false;
    const unsigned subject =
        share(at, token - 1, MTC_TAG_NOUN) + share(at, token - 1, MTC_TAG_PROPER) +
        share(at, token - 1, MTC_TAG_PRONOUN) + share(at, token - 1, MTC_TAG_ADVERB) +
        share(at, token - 1, MTC_TAG_ADJECTIVE) + share(at, token - 1, MTC_TAG_FINITE);
    return subject >= 50;
}

/* A pronoun that begins a clause of its own: "If they close it will be the first". */
static bool has_clause_of_pronoun(const look *at, const candidate *c) {
    const uint32_t begins = MTC_FUNCTION_BIT(SUBORDINATOR) |
                            MTC_FUNCTION_BIT(COORDINATOR) | MTC_FUNCTION_BIT(RELATIVE) |
                            MTC_FUNCTION_BIT(INTERROGATIVE);
    for (uint32_t i = c->first + 2; i + 1 < c->end; i++) {
        const bool contracted = is_in(at, i, MTC_FUNCTION_BIT(CLAUSE));
        if (!contracted && !is_in(at, i, MTC_FUNCTION_BIT(SUBJECT))) continue;
        if (is_in(at, i - 1, begins) || may_be_finite(at, i - 1)) continue;
        if (contracted ||
            mtc_finite_share(at->doc, i + 1, i + 3 < c->end ? i + 3 : c->end) >= 50) {
            return true;
        }
    }
    return false;
}

/* A verb behind a comma that no relative and no coordination takes for itself. */
static bool has_clause_behind_comma(const look *at, const candidate *c) {
    bool open = false; /* behind a comma, nothing has taken the verb yet */
    for (uint32_t i = c->first + 1; i < c->end; i++) {
        const mtc_token *const token = &at->doc->tokens.at[i];
        if (token->flags & (MTC_TOKEN_OPENS | MTC_TOKEN_CLOSES)) continue;
        if (token->kind == MTC_TOKEN_PUNCTUATION) {
            open = i + 1 < c->end && !is_in(at, i + 1, MTC_FUNCTION_BIT(COORDINATOR));
        } else if (introduces_clause(at, i)) {
            open = false;
        } else if (open && may_be_verb_of(at, i, c)) {
            return true;
        }
    }
    return false;
}

/* "…, contact the police": an order is a main clause too. */
static bool has_imperative(const look *at, const candidate *c) {
    for (uint32_t i = c->first; i < c->end; i++) {
        if (share(at, i, MTC_TAG_BASE) < at->possible) continue;
        const bool free = i == c->first || !mtc_is_wordlike(&at->doc->tokens.at[i - 1]) ||
                          share(at, i - 1, MTC_TAG_ADVERB) >= 50 ||
                          share(at, i - 1, MTC_TAG_OTHER) >= 50 ||
                          share(at, i - 1, MTC_TAG_NOUN) >= 50;
        if (free) return true;
    }
    return false;
}

/* The last mark inside the sentence at which a main clause may begin; c->end: none. */
static uint32_t first_comma(const look *at, const candidate *c) {
    for (uint32_t i = c->first; i + 1 < c->end; i++) {
        const mtc_token *const token = &at->doc->tokens.at[i];
        if (token->kind == MTC_TOKEN_PUNCTUATION) return i;
    }
    return c->end;
}

/* A noun phrase that ends where the next begins: "After the war | he returned". */
static bool has_second_phrase(const look *at, const candidate *c) {
    const uint32_t begins = MTC_FUNCTION_BIT(SUBJECT) | MTC_FUNCTION_BIT(ARTICLE) |
                            MTC_FUNCTION_BIT(DETERMINER) | MTC_FUNCTION_BIT(POSSESSIVE) |
                            MTC_FUNCTION_BIT(QUANTIFIER) | MTC_FUNCTION_BIT(CLAUSE);
    for (uint32_t i = c->first + 2; i < c->end; i++) {
        const mtc_token *const before = &at->doc->tokens.at[i - 1];
        const bool noun = share(at, i - 1, MTC_TAG_NOUN) >= 30 ||
                          share(at, i - 1, MTC_TAG_PROPER) >= 30 ||
                          share(at, i - 1, MTC_TAG_GERUND) >= 30 ||
                          share(at, i - 1, MTC_TAG_ADVERB) >= 30 ||
                          before->kind == MTC_TOKEN_NUMBER;
        if (!noun || !mtc_is_wordlike(&at->doc->tokens.at[i])) continue;
        if (is_in(at, i, begins) || share(at, i, MTC_TAG_PROPER) >= 30) return true;
        if (before->kind == MTC_TOKEN_NUMBER && i == c->first + 2) return true;
        if (mtc_wordset_has(at->lists->days, mtc_token_folded(at->doc, before))) {
            return true;
        }
    }
    return false;
}

/* --- A subordinate clause alone --- */

static opener opener_of(const look *at, const candidate *c) {
    static const char *const NAMES[] = {"", "relative", "clause", "clause-or-phrase",
                                        "phrase"};
    const mtc_wordset_entry *const entry = mtc_wordset_find(
        at->lists->openers, mtc_token_folded(at->doc, &at->doc->tokens.at[c->first]));
    if (entry == NULL) return NO_OPENER;
    if (mtc_str_equal(entry->payload, MTC_STR("relative-of-things"))) return RELATIVE;
    for (unsigned i = RELATIVE; i <= PHRASE; i++) {
        if (mtc_str_equal(entry->payload, mtc_str_of(NAMES[i]))) return (opener)i;
    }
    return NO_OPENER;
}

static bool is_lone_relative(const look *at, const candidate *c) {
    const uint32_t next = c->first + 1;
    /* "Which team wins is open": a noun makes it a question inside a sentence. */
    if (share(at, next, MTC_TAG_NOUN) >= at->possible) return false;
    const mtc_wordset_entry *const person = mtc_wordset_find(
        at->lists->openers, mtc_token_folded(at->doc, &at->doc->tokens.at[c->first]));
    const bool of_things = mtc_str_equal(person->payload, MTC_STR("relative-of-things"));
    if (of_things && may_be_finite(at, next)) return true;
    return count_free_verbs(at, c, next, c->end) <= at->one_verb;
}

static bool is_lone_clause(const look *at, const candidate *c) {
    if (has_imperative(at, c) || has_clause_behind_comma(at, c)) return false;
    if (has_clause_of_pronoun(at, c)) return false;
    return count_free_verbs(at, c, c->first + 1, c->end) <= at->one_verb;
}

static bool is_lone_clause_or_phrase(const look *at, const candidate *c) {
    const int verbs = count_free_verbs(at, c, c->first + 1, c->end);
    if (has_imperative(at, c) || verbs > at->one_verb) return false;
    if (has_clause_behind_comma(at, c)) return false;
    if (verbs < (int)at->possible) return true;
    return !has_clause_of_pronoun(at, c) && !has_second_phrase(at, c);
}

/* Forms like "expected" may be participles, which a phrase can hold. */
static bool is_surely_finite(const look *at, uint32_t token) {
    if (!may_be_finite(at, token)) return false;
    const mtc_word *const word = &at->doc->words.at[at->doc->tokens.at[token].word];
    return at->functions[at->doc->tokens.at[token].word] || word->lexeme == NULL ||
           word->lexeme->share[MTC_TAG_PARTICIPLE] < 15;
}

static bool is_lone_phrase(const look *at, const candidate *c) {
    const uint32_t comma = first_comma(at, c);
    if (has_imperative(at, c) || has_clause_behind_comma(at, c)) return false;
    /* "With such help the town recovered" */
    bool finite = false;
    for (uint32_t i = c->first + 2; i < c->end; i++) finite |= may_be_verb_of(at, i, c);
    if (finite && comma == c->end && has_second_phrase(at, c)) return false;
    for (uint32_t i = c->first + 1; i < c->end; i++) {
        if (i < comma ? is_surely_finite(at, i) : may_be_finite(at, i)) return false;
    }
    return true;
}

/* "Although the firm named one, many saw a threat": by the network's tree a subject
 * behind the first comma, and the finite verb of the sentence behind that. */
static bool has_main_clause(const look *at, const candidate *c) {
    enum { OPENING = 2 };
    if (at->doc->annotations == NULL) return false;
    for (uint32_t i = first_comma(at, c) + 1; i < c->end; i++) {
        const mtc_annotation *const said = mtc_annotation_of(at->doc, i);
        if (i < c->first + OPENING || said->head == MTC_NONE || said->head <= i ||
            !mtc_relation_is_in(at->doc, i, MTC_RELATION_SUBJECTS))
            continue;
        if (!mtc_is_root(mtc_annotation_of(at->doc, said->head))) continue;
        for (uint32_t verb = i + 1; verb <= said->head; verb++)
            if (mtc_annotation_of(at->doc, verb)->finite >= MTC_SHARE(0.9) &&
                (verb == said->head ||
                 mtc_annotation_of(at->doc, verb)->head == said->head))
                return true;
    }
    return false;
}

static bool is_subordinate_only(const look *at, const candidate *c) {
    const opener first = opener_of(at, c);
    if (first == NO_OPENER || answers_a_question(at, c) || has_main_clause(at, c))
        return false;
    switch (first) {
    case RELATIVE: return is_lone_relative(at, c);
    case CLAUSE: return is_lone_clause(at, c);
    case CLAUSE_OR_PHRASE: return is_lone_clause_or_phrase(at, c);
    case PHRASE: return is_lone_phrase(at, c);
    case NO_OPENER: break;
    }
    return false;
}

/* --- No finite verb --- */

/* Verbs that nobody finished are the sign: a participle where an auxiliary is missing.
 * Without one, a sentence without a verb is more often style. */
static bool has_unfinished_verb(const look *at, const candidate *c) {
    for (uint32_t i = c->first + 1; i < c->end; i++) {
        if (share(at, i, MTC_TAG_PARTICIPLE) + share(at, i, MTC_TAG_GERUND) < 60)
            continue;
        if (share(at, i - 1, MTC_TAG_NOUN) + share(at, i - 1, MTC_TAG_PROPER) +
                share(at, i - 1, MTC_TAG_ADVERB) >=
            60) {
            return true;
        }
    }
    return false;
}

/* Forms that can be a verb of the present ("citizens vote") may always be one. */
static bool may_be_present_tense(const look *at, uint32_t token) {
    const mtc_token *const word = &at->doc->tokens.at[token];
    const mtc_lexeme *const lexeme = at->doc->words.at[word->word].lexeme;
    if (word->kind != MTC_TOKEN_WORD || lexeme == NULL) return false;
    const uint32_t before_noun =
        MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
        MTC_FUNCTION_BIT(DETERMINER) | MTC_FUNCTION_BIT(PREPOSITION);
    if (token > 0 && (is_in(at, token - 1, before_noun) ||
                      share(at, token - 1, MTC_TAG_ADJECTIVE) >= 60)) {
        return false;
    }
    return lexeme->share[MTC_TAG_FINITE] + lexeme->share[MTC_TAG_BASE] >= 2;
}

static bool lacks_finite_verb(const look *at, const candidate *c) {
    const uint32_t answers = MTC_FUNCTION_BIT(NEGATION) | MTC_FUNCTION_BIT(QUANTIFIER) |
                             MTC_FUNCTION_BIT(INTERROGATIVE) |
                             MTC_FUNCTION_BIT(COORDINATOR);
    if (is_in(at, c->first, answers) || opener_of(at, c) != NO_OPENER) return false;
    if (share(at, c->first, MTC_TAG_ADVERB) >= 30 ||
        share(at, c->first, MTC_TAG_OTHER) >= 30) {
        return false;
    }
    if (answers_a_question(at, c) || has_imperative(at, c)) return false;
    for (uint32_t i = c->first; i < c->end; i++) {
        if (share(at, i, MTC_TAG_FINITE) >= 4 || may_be_past_tense(at, i)) return false;
        if (may_be_present_tense(at, i)) return false;
    }
    return has_unfinished_verb(at, c);
}

/* --- A paragraph that begins in the middle --- */

static bool begins_small_by_habit(const mtc_document *doc) {
    uint32_t small = 0, lines = 0;
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        if (line->sentence_count == 0) continue;
        lines++;
        small += doc->sentences.at[line->first_sentence].begins_lower;
    }
    return small > 3 && 4 * small > lines;
}

static bool goes_on_from(const mtc_document *doc, size_t line) {
    if (line == 0) return false;
    const mtc_line *const before = &doc->lines.at[line - 1];
    if (before->sentence_count == 0) return false;
    const mtc_sentence *const last =
        &doc->sentences.at[before->first_sentence + before->sentence_count - 1];
    return last->end != MTC_END_STOP && last->end != MTC_END_QUESTION &&
           last->end != MTC_END_EXCLAMATION;
}

static bool begins_in_the_middle(const look *at, size_t index) {
    const mtc_document *const doc = at->doc;
    const mtc_line *const line = &doc->lines.at[index];
    if (line->kind != MTC_LINE_BODY || line->in_title || line->sentence_count == 0) {
        return false;
    }
    const mtc_sentence *const sentence = &doc->sentences.at[line->first_sentence];
    const mtc_token *const first = &doc->tokens.at[sentence->first_token];
    if (!sentence->begins_lower || first->kind != MTC_TOKEN_WORD) return false;
    if (first->shape != MTC_SHAPE_LOWER || mtc_range_length(first->at) < 2) return false;
    if (mtc_wordset_has(at->lists->lowercase_names, mtc_token_folded(doc, first))) {
        return false;
    }
    if (!(doc->words.at[first->word].knowledge & MTC_KNOWN_ANY)) return false;
    if (goes_on_from(doc, index)) return false;
    return mtc_count_words(doc, sentence->first_token,
                           sentence->first_token + sentence->token_count) >= 4;
}

static mtc_status find_lowercase(const look *at) {
    const mtc_document *const doc = at->doc;
    if (begins_small_by_habit(doc)) return MTC_OK;
    for (size_t i = 0; i < doc->lines.count; i++) {
        if (!begins_in_the_middle(at, i)) continue;
        const mtc_finding finding = {
            .rule = at->detection->rules[LOWERCASE],
            .at = doc->sentences.at[doc->lines.at[i].first_sentence].at,
            .mark = doc->tokens.at[doc->lines.at[i].first_token].at};
        const mtc_status status = mtc_sink_add(at->detection->sink, &finding);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status judge(const look *at, uint32_t index) {
    candidate c;
    if (!read_candidate(at, index, &c)) return MTC_OK;
    const mtc_rule *rule = NULL;
    if (is_subordinate_only(at, &c)) {
        rule = at->detection->rules[SUBORDINATE];
    } else if (lacks_finite_verb(at, &c)) {
        const bool spoken = mtc_is_spoken(at->doc, c.sentence, at->lists->speakers);
        rule = at->detection->rules[spoken ? SPOKEN : NO_FINITE];
    }
    if (rule == NULL) return MTC_OK;
    const mtc_finding finding = {
        .rule = rule, .at = c.sentence->at, .mark = at->doc->tokens.at[c.first].at};
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    look at = {.detection = detection, .doc = doc, .lists = detection->self};
    at.functions = mtc_function_classes_read(doc, at.lists->function_words);
    if (at.functions == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = detection->rules[SUBORDINATE];
    at.possible = (unsigned)mtc_rule_number(rule, "possible", 20);
    at.one_verb = (int)mtc_rule_number(rule, "one_verb", 140);
    at.agent = mtc_rule_text(rule, "agent", MTC_STR(""));
    at.fewest_words = (uint32_t)mtc_rule_number(rule, "fewest_words", 5);
    for (uint32_t i = 0; doc->tags != NULL && i < doc->sentences.count; i++) {
        if (mtc_budget_spend(doc->budget, 2 * doc->sentences.at[i].token_count) !=
            MTC_OK) {
            return MTC_DEADLINE;
        }
        const mtc_status status = judge(&at, i);
        if (status != MTC_OK) return status;
    }
    return find_lowercase(&at);
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const self = MTC_TAKE(setup->arena, lists, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->openers = mtc_wordlists_get(setup->lists, "subordinating-openers");
    self->lowercase_names = mtc_wordlists_get(setup->lists, "lowercase-names");
    self->speakers = mtc_wordlists_get(setup->lists, "speaker-words");
    self->days = mtc_wordlists_get(setup->lists, "days");
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_fragment = {"fragment", RULES, setup, run};
