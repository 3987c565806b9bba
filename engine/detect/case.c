/* case.c: a common word with a capital in the middle of a sentence.
 *
 * The evidence is how seldom edited text gives the word a capital where none stands
 * beside it (mtc_lexeme.capital). Names, terms of the article, titles of works and what
 * is set off by marks are left alone.
 */
#include "detect/clause.h"
#include "detect/detector.h"
#include "language/function_words.h"
#include "language/parts.h"
#include "language/tagger.h"

static const char *const RULES[] = {"case.unexpected-capital", NULL};
enum { UNEXPECTED_CAPITAL };
enum {
    NAMES = MTC_NAME_FIRST | MTC_NAME_LAST | MTC_NAME_PLACE | MTC_NAME_COUNTRY |
            MTC_NAME_DEMONYM,
};

typedef struct {
    const mtc_wordset *function_words, *particles; /* "bin", "von" */
    const mtc_wordset *mentions;                   /* "called", "nicknamed" */
    uint32_t never, seldom;      /* percent of uses that have a capital */
    float sure, likely, perhaps; /* never; seldom; opens what could be a new sentence */
    float term;     /* a noun where the article may name a thing of its own */
    uint32_t reach; /* tokens to look for the rest of a name */
    const mtc_str *links, *verb_endings, *counters;
    size_t link_count, verb_ending_count, counter_count;
    mtc_str predicate_link;  /* to */
    uint32_t headline_share; /* percent of capitals that make a line a headline */
} limits;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const limits *settings;
} reader;

static const mtc_token *token_at(const reader *reading, uint32_t at) {
    return at < reading->doc->tokens.count ? &reading->doc->tokens.at[at] : NULL;
}

static bool is_word_of(const mtc_token *token, uint32_t sentence, mtc_token_kind kind) {
    return token != NULL && token->sentence == sentence && token->kind == kind;
}

/* "post-Brexit" is an ordinary word, "iPhone" is a name, and "pro-Russian" may begin one.
 */
static bool is_small_compound(const reader *reading, const mtc_token *token) {
    const mtc_str text = mtc_token_text(reading->doc, token);
    if (reading->doc->words.at[token->word].knowledge & MTC_NAME_DEMONYM) return false;
    return token->shape == MTC_SHAPE_MIXED && text.ptr[0] >= 'a' && text.ptr[0] <= 'z' &&
           mtc_parts_count(text) > 1;
}

static bool has_capital(const reader *reading, const mtc_token *token) {
    return token->shape == MTC_SHAPE_CAPITAL || token->shape == MTC_SHAPE_UPPER ||
           (token->shape == MTC_SHAPE_MIXED && !is_small_compound(reading, token));
}

static bool is_lower(const reader *reading, const mtc_token *token, uint32_t sentence) {
    return is_word_of(token, sentence, MTC_TOKEN_WORD) &&
           (token->shape == MTC_SHAPE_LOWER || is_small_compound(reading, token));
}

static unsigned classes_of(const reader *reading, const mtc_token *token) {
    return 1u << mtc_function_class_find(reading->settings->function_words,
                                         mtc_token_folded(reading->doc, token));
}

static bool is_function_word(const reader *reading, const mtc_token *token) {
    return classes_of(reading, token) != MTC_FUNCTION_BIT(NONE);
}

/* What may stand inside a name or title: "Gone with the Wind". */
static bool is_link(const reader *reading, const mtc_token *token) {
    const mtc_str text = mtc_token_folded(reading->doc, token);
    for (size_t i = 0; i < reading->settings->link_count; i++) {
        if (mtc_str_equal(reading->settings->links[i], text)) return true;
    }
    return false;
}

/* What may stand between a name and its end: "Convention against Torture". */
static bool is_connector(const reader *reading, const mtc_token *token) {
    return (classes_of(reading, token) &
            (MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(PREPOSITION) |
             MTC_FUNCTION_BIT(COORDINATOR))) != 0;
}

/* --- What the word is --- */

/* 0: may have its capital. */
static float confidence_of_word(const reader *reading, const mtc_word *word) {
    const mtc_document *const doc = reading->doc;
    const mtc_word *const lower = &doc->words.at[doc->words.at[word->stem].folded];
    const mtc_lexeme *const lexeme = word->lexeme;
    const bool is_common = (lower->knowledge & (MTC_KNOWN_US | MTC_KNOWN_GB)) != 0;
    if (!is_common || lexeme == NULL || word->text.len < 2) return 0;
    if (word->knowledge & (MTC_NAME_COUNTRY | MTC_NAME_DEMONYM | MTC_NAME_SEEN |
                           MTC_NAME_BELIEVED | MTC_KNOWN_LIST))
        return 0;
    if (word->inside_count > 1) return 0; /* a term of the article */
    if (lexeme->capital <= reading->settings->never) return reading->settings->sure;
    return lexeme->capital <= reading->settings->seldom ? reading->settings->likely : 0;
}

/* --- What stands around it --- */

/* "the North Eager to send": what somebody is ready or able to do. */
static bool is_predicate(const reader *reading, uint32_t at) {
    const mtc_token *const token = token_at(reading, at);
    const mtc_token *const next = token_at(reading, at + 1);
    const mtc_token *const verb = token_at(reading, at + 2);
    const mtc_lexeme *const lexeme = reading->doc->words.at[token->word].lexeme;
    return lexeme != NULL && lexeme->share[MTC_TAG_ADJECTIVE] >= 90 &&
           lexeme->capital <= reading->settings->never && verb != NULL &&
           is_lower(reading, next, token->sentence) &&
           mtc_str_equal(mtc_token_folded(reading->doc, next),
                         reading->settings->predicate_link) &&
           is_lower(reading, verb, token->sentence) &&
           mtc_tag_share(reading->doc, at + 2, MTC_TAG_BASE) >= 50;
}

/* Finite verbs and adverbs are no part of the name before them ("Obama Said that"). */
static bool goes_on_behind_name(const reader *reading, uint32_t at) {
    const mtc_token *const token = token_at(reading, at);
    const mtc_token *const next = token_at(reading, at + 1);
    const mtc_lexeme *const lexeme = reading->doc->words.at[token->word].lexeme;
    if (is_predicate(reading, at)) return true;
    if (lexeme == NULL || lexeme->capital != 0 || next == NULL ||
        !is_lower(reading, next, token->sentence))
        return false;
    const unsigned adverb = lexeme->share[MTC_TAG_ADVERB];
    const unsigned finite = lexeme->share[MTC_TAG_FINITE];
    return (adverb >= 90 || finite >= 40) &&
           adverb + finite + lexeme->share[MTC_TAG_PARTICIPLE] >= 90;
}

/* What no treebank holds is told by its ending. */
static bool is_mostly_noun(const reader *reading, const mtc_word *word) {
    const mtc_lexeme *const lexeme = word->lexeme;
    if (lexeme->count > 0)
        return lexeme->share[MTC_TAG_NOUN] + lexeme->share[MTC_TAG_PROPER] >= 50;
    for (size_t i = 0; i < reading->settings->verb_ending_count; i++) {
        if (mtc_str_ends_with(word->text, reading->settings->verb_endings[i]))
            return false;
    }
    return true;
}

/* An acronym or an adjective of a country may follow any word ("Join a NATO …", "Sale of
 * American frigates"): it does not make a title. */
static bool makes_no_title(const reader *reading, const mtc_token *token,
                           uint32_t other) {
    const mtc_document *const doc = reading->doc;
    const mtc_token *const capital = token_at(reading, other);
    const mtc_word *const word = &doc->words.at[token->word];
    if (capital->shape == MTC_SHAPE_UPPER) return !is_mostly_noun(reading, word);
    const mtc_token *const behind = token_at(reading, other + 1);
    return (doc->words.at[capital->word].knowledge & MTC_NAME_DEMONYM) != 0 &&
           behind != NULL && is_lower(reading, behind, token->sentence);
}

/* Does a capital follow or precede within reach, with nothing but function words between?
 * Then the word is part of a title ("Gone with the Wind"). */
static bool belongs_to_title(const reader *reading, uint32_t at, int step) {
    const mtc_token *const token = token_at(reading, at);
    for (uint32_t i = 1; i <= reading->settings->reach; i++) {
        if (step < 0 && i > at) return false;
        const mtc_token *const other = token_at(reading, step < 0 ? at - i : at + i);
        if (!is_word_of(other, token->sentence, MTC_TOKEN_WORD)) return false;
        if (step < 0 && i == 1 && has_capital(reading, other))
            return !goes_on_behind_name(reading, at);
        if (has_capital(reading, other))
            return !(other->flags & MTC_TOKEN_STARTS_SENTENCE) &&
                   !(step > 0 && makes_no_title(reading, token, at + i));
        const bool may_link =
            step < 0 ? is_connector(reading, other) : is_link(reading, other);
        if (!may_link) return false;
    }
    return false;
}

/* White space or nothing behind the mark: not "Chess.com" or "Catch-22". */
static bool ends_plainly(const reader *reading, uint32_t at) {
    const mtc_token *const mark = token_at(reading, at), *const next =
                                                             token_at(reading, at + 1);
    return next == NULL || next->at.begin > mark->at.end ||
           next->kind == MTC_TOKEN_PUNCTUATION;
}

static bool is_set_off(const reader *reading, uint32_t at) {
    const mtc_token *const token = token_at(reading, at);
    const mtc_token *const next = token_at(reading, at + 1);
    if (token->flags & MTC_TOKEN_BRACKETED) return true;
    if (next == NULL || next->sentence != token->sentence) return false;
    if (next->flags & (MTC_TOKEN_CLOSES | MTC_TOKEN_QUOTE)) return true;
    if (next->kind == MTC_TOKEN_PUNCTUATION && !ends_plainly(reading, at + 1))
        return true;
    return next->kind == MTC_TOKEN_NUMBER || next->kind == MTC_TOKEN_SYMBOL ||
           (next->kind == MTC_TOKEN_WORD && has_capital(reading, next)) ||
           next->kind == MTC_TOKEN_RESIDUE || next->kind == MTC_TOKEN_ADDRESS;
}

/* "bin", "von": what follows belongs to the name. Links ("of", "the") do not count. */
static bool is_particle(const reader *reading, const mtc_token *token) {
    const mtc_wordset_entry *const entry = mtc_wordset_find(
        reading->settings->particles, mtc_token_folded(reading->doc, token));
    return entry != NULL && entry->payload.len == 0;
}

static bool is_mark_at(const reader *reading, uint32_t at, uint32_t sentence, char mark) {
    const mtc_token *const token = token_at(reading, at);
    return token != NULL && token->sentence == sentence &&
           mtc_is_mark(reading->doc, at, mark);
}

static bool is_capital_at(const reader *reading, uint32_t at, uint32_t sentence) {
    const mtc_token *const token = token_at(reading, at);
    return is_word_of(token, sentence, MTC_TOKEN_WORD) && has_capital(reading, token) &&
           !(token->flags & MTC_TOKEN_STARTS_SENTENCE);
}

/* "Meru, Mega, and Easy.", "from Public, Catholic and Lutheran schools": one of several
 * words with capitals, at the end or at the head of their list. */
static bool is_in_list(const reader *reading, uint32_t at) {
    const uint32_t sentence = token_at(reading, at)->sentence;
    const mtc_token *const before = at == 0 ? NULL : token_at(reading, at - 1);
    const bool is_last = before != NULL && before->sentence == sentence &&
                         (classes_of(reading, before) & MTC_FUNCTION_BIT(COORDINATOR));
    const mtc_token *const next = token_at(reading, at + 1);
    const bool ends_here = next == NULL || next->kind == MTC_TOKEN_PUNCTUATION;
    if (is_last && ends_here && at >= 3 && is_mark_at(reading, at - 2, sentence, ','))
        return is_capital_at(reading, at - 3, sentence);
    return is_mark_at(reading, at + 1, sentence, ',') &&
           is_capital_at(reading, at + 2, sentence) &&
           (is_mark_at(reading, at + 3, sentence, ',') ||
            (is_word_of(token_at(reading, at + 3), sentence, MTC_TOKEN_WORD) &&
             is_link(reading, token_at(reading, at + 3)) &&
             is_capital_at(reading, at + 4, sentence)));
}

/* "a player nicknamed Lucky", "known as Lucky" */
static bool is_mentioned(const reader *reading, uint32_t at) {
    const mtc_token *const before = token_at(reading, at - 1);
    return mtc_wordset_has(reading->settings->mentions,
                           mtc_token_folded(reading->doc, before));
}

/* A word in lower case stands directly before it. */
static bool follows_plain_word(const reader *reading, uint32_t at) {
    const mtc_token *const token = token_at(reading, at);
    if (at == 0 || (token->flags & MTC_TOKEN_STARTS_SENTENCE) ||
        !(token->flags & MTC_TOKEN_SPACE_BEFORE))
        return false;
    const mtc_token *const before = token_at(reading, at - 1);
    if (!is_word_of(before, token->sentence, MTC_TOKEN_WORD) ||
        (before->flags & MTC_TOKEN_ABBREVIATION))
        return false;
    if (has_capital(reading, before)) {
        /* Not behind a speaker's initials: "WN Can you tell us more?" */
        const bool is_label = before->shape == MTC_SHAPE_UPPER &&
                              (before->flags & MTC_TOKEN_STARTS_SENTENCE);
        return !is_label && goes_on_behind_name(reading, at);
    }
    return is_lower(reading, before, token->sentence) && !is_particle(reading, before);
}

static bool is_headline_like(const reader *reading, const mtc_token *token) {
    const mtc_document *const doc = reading->doc;
    const mtc_sentence *const sentence = &doc->sentences.at[token->sentence];
    uint32_t words = 0, capitals = 0;
    for (uint32_t i = 0; i < sentence->token_count; i++) {
        const mtc_token *const other = &doc->tokens.at[sentence->first_token + i];
        if (other->kind != MTC_TOKEN_WORD || is_function_word(reading, other)) continue;
        /* Names say nothing of the others. */
        if (has_capital(reading, other) &&
            (doc->words.at[other->word].knowledge & NAMES) != 0)
            continue;
        words++;
        capitals += has_capital(reading, other);
    }
    return capitals * 100 > words * reading->settings->headline_share;
}

/* A noun may be the article's own name for a thing ("the Panel", "on Signal", "the album
 * Obsession,") unless it stands in the middle of a plain noun phrase. */
static bool may_be_term(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    const mtc_token *const token = token_at(reading, at);
    if (!is_mostly_noun(reading, &doc->words.at[token->word])) return false;
    if (token->flags & MTC_TOKEN_POSSESSIVE) return true;
    const mtc_token *const next = token_at(reading, at + 1);
    if (!is_word_of(next, token->sentence, MTC_TOKEN_WORD)) return true;
    return is_function_word(reading, token_at(reading, at - 1));
}

/* "next Year", "every Week": what the article's own terms hardly stand behind. */
static bool is_counted_off(const reader *reading, uint32_t at) {
    const mtc_token *const before = token_at(reading, at - 1);
    const mtc_str text = mtc_token_folded(reading->doc, before);
    if (before->shape != MTC_SHAPE_LOWER) return false;
    for (size_t i = 0; i < reading->settings->counter_count; i++) {
        if (mtc_str_equal(reading->settings->counters[i], text)) return true;
    }
    return false;
}

/* The article has the word in lower case as well. */
static bool is_lower_elsewhere(const reader *reading, const mtc_token *token) {
    return reading->doc->words.at[mtc_token_folded_id(reading->doc, token)].count > 0;
}

/* Such a word is no term either, unless an article makes it one. */
static bool never_has_capital(const reader *reading, uint32_t at) {
    const mtc_token *const token = token_at(reading, at);
    return reading->doc->words.at[token->word].lexeme->capital == 0 &&
           classes_of(reading, token_at(reading, at - 1)) != MTC_FUNCTION_BIT(ARTICLE);
}

static float confidence_at(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    const mtc_token *const token = token_at(reading, at);
    if (token->kind != MTC_TOKEN_WORD || token->shape != MTC_SHAPE_CAPITAL ||
        token->sentence == MTC_NONE || (token->flags & MTC_TOKEN_ABBREVIATION) ||
        !follows_plain_word(reading, at))
        return 0;
    const float confidence =
        confidence_of_word(reading, &reading->doc->words.at[token->word]);
    if (confidence <= 0 || is_set_off(reading, at) || is_mentioned(reading, at) ||
        is_in_list(reading, at) || is_mark_at(reading, at + 1, token->sentence, '&') ||
        belongs_to_title(reading, at, 1) || belongs_to_title(reading, at, -1) ||
        is_headline_like(reading, token))
        return 0;
    if (may_be_term(reading, at)) {
        const bool never = doc->words.at[token->word].lexeme->capital == 0;
        const bool plain = never_has_capital(reading, at) ||
                           is_counted_off(reading, at) ||
                           (never && is_lower_elsewhere(reading, token));
        return plain ? reading->settings->likely : reading->settings->term;
    }
    if (is_function_word(reading, token) && confidence > reading->settings->perhaps)
        return reading->settings->perhaps;
    return confidence;
}

static mtc_status run(const mtc_detection *detection) {
    if (!mtc_sink_wants(detection->sink, detection->rules[UNEXPECTED_CAPITAL]))
        return MTC_OK;
    const mtc_document *const doc = detection->doc;
    const reader reading = {detection, doc, detection->self};
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (mtc_budget_spend(doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        const float confidence = confidence_at(&reading, i);
        if (confidence <= 0) continue;
        const mtc_token *const token = &doc->tokens.at[i];
        const mtc_finding finding = {
            .rule = detection->rules[UNEXPECTED_CAPITAL],
            .at = token->at,
            .confidence = confidence,
            .repairs = {{token->at, mtc_token_folded(doc, token)}},
            .repair_count = 1};
        const mtc_status status = mtc_sink_add(detection->sink, &finding);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    limits *const self = MTC_TAKE(setup->arena, limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[UNEXPECTED_CAPITAL];
    *self =
        (limits){.function_words = mtc_wordlists_get(setup->lists, "function-words"),
                 .particles = mtc_wordlists_get(setup->lists, "name-particles"),
                 .mentions = mtc_wordlists_get(setup->lists, "mention-words"),
                 .never = (uint32_t)mtc_rule_number(rule, "never", 1),
                 .seldom = (uint32_t)mtc_rule_number(rule, "seldom", 3),
                 .sure = (float)mtc_rule_number(rule, "sure", 0.85),
                 .likely = (float)mtc_rule_number(rule, "likely", 0.65),
                 .term = (float)mtc_rule_number(rule, "term", 0.4),
                 .perhaps = (float)mtc_rule_number(rule, "perhaps", 0.55),
                 .reach = (uint32_t)mtc_rule_number(rule, "reach", 3),
                 .headline_share = (uint32_t)mtc_rule_number(rule, "headline_share", 60)};
    self->links = mtc_rule_list(rule, "title_links", &self->link_count);
    self->predicate_link = mtc_rule_text(rule, "predicate_link", (mtc_str){0});
    self->counters = mtc_rule_list(rule, "counters", &self->counter_count);
    self->verb_endings = mtc_rule_list(rule, "verb_endings", &self->verb_ending_count);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_case = {"case", RULES, setup, run};
