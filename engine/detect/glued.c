/* glued.c: two sentences with no stop between them ("in Ghent But Maes's party left").
 *
 * The sign is a word that often begins a sentence, with a capital where none is due. It
 * counts only where a clause could end before it and one begins behind it: names and
 * titles ("The Hague", "As Good As It Gets") look the same otherwise.
 */
#include "detect/clause.h"
#include "detect/detector.h"

static const char *const RULES[] = {"boundary.glued", NULL};

typedef enum { NO_OPENER, PRONOUN, DETERMINER, LINK, PREPOSITION, QUESTION } opener;

typedef struct {
    const mtc_wordset *function_words, *openers, *days, *reporting, *titled, *speech;
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *functions; /* mtc_function_class by word */
    const uint8_t *openers;   /* by folded word */
    unsigned finite;          /* from which share on a word is a finite verb */
    unsigned possible;        /* and from which it may be one */
} look;

static mtc_function_class function_of(const look *at, uint32_t token) {
    return (mtc_function_class)at->functions[at->doc->tokens.at[token].word];
}

static opener opener_named(mtc_str group) {
    static const char *const NAMES[] = {"",     "pronoun",     "determiner",
                                        "link", "preposition", "question"};
    for (unsigned i = PRONOUN; i <= QUESTION; i++) {
        if (mtc_str_equal(group, mtc_str_of(NAMES[i]))) return (opener)i;
    }
    return NO_OPENER;
}

static const uint8_t *read_openers(const look *at) {
    const mtc_document *const doc = at->doc;
    uint8_t *const openers = MTC_TAKE(doc->arena, uint8_t, doc->words.count + 1);
    if (openers == NULL) return NULL;
    for (size_t i = 0; i < doc->words.count; i++) {
        const mtc_str folded = doc->words.at[doc->words.at[i].folded].text;
        const mtc_wordset_entry *const entry =
            mtc_wordset_find(at->lists->openers, folded);
        if (entry != NULL) {
            openers[i] = (uint8_t)opener_named(entry->payload);
        } else if (at->functions[i] == MTC_FUNCTION_CLAUSE &&
                   (folded.ptr[0] != 'i' || (folded.len > 1 && folded.ptr[1] == 't'))) {
            openers[i] = PRONOUN; /* They're, It's; "I'm" always has a capital */
        }
    }
    return openers;
}

/* --- Before and behind --- */

/* Words that want something behind them end no sentence. */
static bool can_end_clause(const look *at, uint32_t token) {
    const uint32_t open = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(DETERMINER) |
                          MTC_FUNCTION_BIT(QUANTIFIER) | MTC_FUNCTION_BIT(POSSESSIVE) |
                          MTC_FUNCTION_BIT(SUBJECT) | MTC_FUNCTION_BIT(PREPOSITION) |
                          MTC_FUNCTION_BIT(COORDINATOR) | MTC_FUNCTION_BIT(SUBORDINATOR) |
                          MTC_FUNCTION_BIT(RELATIVE) | MTC_FUNCTION_BIT(INTERROGATIVE) |
                          MTC_FUNCTION_BIT(BE) | MTC_FUNCTION_BIT(HAVE) |
                          MTC_FUNCTION_BIT(DO) | MTC_FUNCTION_BIT(MODAL) |
                          MTC_FUNCTION_BIT(PARTICLE) | MTC_FUNCTION_BIT(CLAUSE);
    const mtc_token *const word = &at->doc->tokens.at[token];
    if (!mtc_is_wordlike(word)) return false;
    if (word->flags & (MTC_TOKEN_ABBREVIATION | MTC_TOKEN_POSSESSIVE)) return false;
    return !(open & (1u << function_of(at, token)));
}

static uint32_t line_end(const look *at, uint32_t token) {
    const mtc_document *const doc = at->doc;
    const uint32_t sentence = doc->tokens.at[token].sentence;
    return doc->sentences.at[sentence].first_token +
           doc->sentences.at[sentence].token_count;
}

static bool clause_before(const look *at, uint32_t token) {
    const uint32_t sentence = at->doc->tokens.at[token].sentence;
    const uint32_t first = at->doc->sentences.at[sentence].first_token;
    return mtc_finite_share(at->doc, first, token) >= at->possible;
}

/* Is one of the next `reach` tokens a finite verb? */
static bool finite_behind(const look *at, uint32_t token, uint32_t reach) {
    const uint32_t end = line_end(at, token);
    const uint32_t last = end - token - 1 < reach ? end : token + 1 + reach;
    return mtc_finite_share(at->doc, token + 1, last) >= at->possible;
}

/* A verb right behind the pronoun, adverbs looked through. */
static bool verb_follows(const look *at, uint32_t token) {
    const uint32_t end = line_end(at, token);
    for (uint32_t i = token + 1; i < end && i <= token + 3; i++) {
        if (mtc_tag_share(at->doc, i, MTC_TAG_FINITE) >= at->finite) return true;
        if (mtc_tag_share(at->doc, i, MTC_TAG_ADVERB) < 50) return false;
    }
    return false;
}

/* The tagger takes a plural before "The" for a verb; the lexicon knows better. */
static bool is_verb(const look *at, uint32_t token) {
    const mtc_lexeme *const lexeme =
        at->doc->words.at[at->doc->tokens.at[token].word].lexeme;
    if (mtc_tag_share(at->doc, token, MTC_TAG_FINITE) < at->finite) return false;
    return lexeme == NULL || lexeme->share[MTC_TAG_NOUN] < 60;
}

static bool is_small(const look *at, uint32_t token) {
    const mtc_token *const word = &at->doc->tokens.at[token];
    return word->shape == MTC_SHAPE_LOWER || word->kind == MTC_TOKEN_NUMBER;
}

/* --- Judging one capital --- */

static double parameter(const look *at, const char *name, double fallback) {
    return mtc_rule_number(at->detection->rules[0], name, fallback);
}

/* "including The Times", "have told The Times" */
static bool may_take_object(const look *at, uint32_t token) {
    return mtc_tag_share(at->doc, token, MTC_TAG_GERUND) +
               mtc_tag_share(at->doc, token, MTC_TAG_BASE) +
               mtc_tag_share(at->doc, token, MTC_TAG_PARTICIPLE) >=
           at->possible;
}

static float judge_determiner(const look *at, uint32_t token) {
    const uint32_t before = token - 1, behind = token + 1;
    if (!can_end_clause(at, before) || !clause_before(at, token)) return 0;
    if (is_verb(at, before)) return 0;
    if (!mtc_is_wordlike(&at->doc->tokens.at[behind])) return 0;
    if (is_small(at, behind)) {
        return finite_behind(at, token, 12) ? (float)parameter(at, "determiner", 0.85)
                                            : 0;
    }
    if (!finite_behind(at, token, 10)) return 0;
    if (may_take_object(at, before)) return 0;
    return (float)parameter(
        at, is_small(at, before) ? "determiner_and_name" : "between_names", 0.6);
}

static float judge_pronoun(const look *at, uint32_t token) {
    const uint32_t before = token - 1;
    const bool contracted = function_of(at, token) == MTC_FUNCTION_CLAUSE;
    if (!contracted && !verb_follows(at, token)) {
        /* "This plan was …" */
        return function_of(at, token) == MTC_FUNCTION_DETERMINER
                   ? judge_determiner(at, token)
                   : 0;
    }
    if (function_of(at, before) == MTC_FUNCTION_BE) {
        return (float)parameter(at, "pronoun_after_be", 0.7);
    }
    /* "They believed He would return": reverence, or a quotation without marks */
    if (!can_end_clause(at, before)) return 0;
    if (is_verb(at, before)) return 0;
    return clause_before(at, token) ? (float)parameter(at, "pronoun", 0.9) : 0;
}

/* "… to Poland In the morning", not "Veterans Against the War" */
static bool is_place_or_time(const look *at, uint32_t token) {
    const mtc_token *const word = &at->doc->tokens.at[token];
    return at->doc->words.at[word->word].knowledge &
               (MTC_NAME_PLACE | MTC_NAME_COUNTRY) ||
           mtc_wordset_has(at->lists->days, mtc_token_folded(at->doc, word));
}

/* "But", "However": hardly ever in a name, so what stands before need be no clause. */
static bool is_plain_link(const look *at, uint32_t token) {
    enum { FEWEST_BEFORE = 5 };
    const mtc_document *const doc = at->doc;
    const uint32_t first = doc->sentences.at[doc->tokens.at[token].sentence].first_token;
    const mtc_str text = mtc_token_folded(doc, &doc->tokens.at[token]);
    size_t count;
    const mtc_str *const plain =
        mtc_rule_list(at->detection->rules[0], "plain_links", &count);
    if (token - first < FEWEST_BEFORE) return false;
    if (!is_small(at, token - 1) && !is_place_or_time(at, token - 1)) return false;
    for (size_t i = 0; i < count; i++) {
        if (mtc_str_equal(text, plain[i])) return true;
    }
    return false;
}

static float judge_link(const look *at, uint32_t token, opener kind) {
    const uint32_t before = token - 1, behind = token + 1;
    if (!can_end_clause(at, before)) return 0;
    if (!clause_before(at, token) && !is_plain_link(at, token)) return 0;
    if (is_verb(at, before)) return 0;
    if (!finite_behind(at, token, 20)) return 0;
    if (kind == LINK) return (float)parameter(at, "link", 0.85);
    /* "Made In Chelsea" */
    if (!is_small(at, before) && !is_small(at, behind)) return 0;
    if (!is_small(at, before) && !is_place_or_time(at, before)) return 0;
    if (!mtc_is_wordlike(&at->doc->tokens.at[behind])) return 0;
    return (float)parameter(
        at, is_small(at, before) && is_small(at, behind) ? "preposition" : "near_name",
        0.6);
}

static float judge_question(const look *at, uint32_t token) {
    const mtc_document *const doc = at->doc;
    const mtc_sentence *const sentence =
        &doc->sentences.at[doc->tokens.at[token].sentence];
    const uint32_t before = token - 1;
    if (sentence->end != MTC_END_QUESTION) return 0;
    if (function_of(at, before) != MTC_FUNCTION_NEGATION && !can_end_clause(at, before)) {
        return 0;
    }
    if (is_verb(at, before)) return 0;
    if (!clause_before(at, token)) return 0;
    return (float)parameter(at, "question", 0.8);
}

/* "once he had been elected on Monday": the subordinate clause is complete. */
static bool has_own_verb(const look *at, uint32_t subordinator, uint32_t end) {
    return at->functions[at->doc->tokens.at[subordinator].word] ==
               MTC_FUNCTION_SUBORDINATOR &&
           mtc_finite_share(at->doc, subordinator + 1, end) >= 80;
}

static bool reports_speech(const look *at, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        const mtc_token *const token = &at->doc->tokens.at[i];
        if (token->kind != MTC_TOKEN_WORD) continue;
        if (mtc_wordset_has(at->lists->reporting, mtc_token_folded(at->doc, token))) {
            return true;
        }
        const uint32_t linking = MTC_FUNCTION_BIT(RELATIVE) |
                                 MTC_FUNCTION_BIT(SUBORDINATOR) |
                                 MTC_FUNCTION_BIT(INTERROGATIVE);
        if (i > first && has_own_verb(at, i, end)) continue;
        if (linking & (1u << function_of(at, i))) return true;
    }
    return false;
}

static bool is_day(const look *at, uint32_t token) {
    return mtc_wordset_has(at->lists->days,
                           mtc_token_folded(at->doc, &at->doc->tokens.at[token]));
}

/* Names in a row from the token on; the index behind the last. */
static uint32_t end_of_name(const look *at, uint32_t token) {
    const uint32_t end = line_end(at, token);
    uint32_t i = token;
    while (i < end && i < token + 4 && at->doc->tokens.at[i].kind == MTC_TOKEN_WORD &&
           at->doc->tokens.at[i].shape != MTC_SHAPE_LOWER &&
           !(at->doc->tokens.at[i].flags & MTC_TOKEN_POSSESSIVE)) {
        i++;
    }
    return i;
}

/* "…,” the owner said": only who said it stands between the quotation and the token. */
static bool ends_speech_tag(const look *at, uint32_t token) {
    enum { LONGEST_TAG = 7 };
    const mtc_document *const doc = at->doc;
    const uint32_t first = doc->sentences.at[doc->tokens.at[token].sentence].first_token;
    if (!mtc_wordset_has(at->lists->speech,
                         mtc_token_folded(doc, &doc->tokens.at[token]))) {
        return false;
    }
    for (uint32_t i = token; i > first && token - i < LONGEST_TAG; i--) {
        const mtc_token *const before = &doc->tokens.at[i - 1];
        if (before->flags & MTC_TOKEN_QUOTE) {
            return (before->flags & MTC_TOKEN_CLOSES) && i < token &&
                   mtc_finite_share(doc, i, token) < 50;
        }
        if (!mtc_is_wordlike(before)) return false;
    }
    return false;
}

/* "… at noon on Monday Norway was told": a clause that ended in a point of time,
 * then a name and a verb that is nothing but one. */
static float judge_name(const look *at, uint32_t token) {
    const mtc_document *const doc = at->doc;
    const uint32_t before = token - 1;
    const uint32_t first = doc->sentences.at[doc->tokens.at[token].sentence].first_token;
    const bool said = ends_speech_tag(at, before);
    if ((!is_day(at, before) && !said) || is_day(at, token)) return 0;
    if (mtc_range_length(doc->tokens.at[token].at) == 1) return 0; /* the day I saw */
    const uint32_t verb = end_of_name(at, token);
    if (verb == token || verb >= line_end(at, token)) return 0;
    if (!(MTC_FUNCTION_VERBS & (1u << function_of(at, verb)))) return 0;
    if (said) return (float)parameter(at, "name", 0.6);
    if (mtc_finite_share(doc, first, before) < 80) return 0;
    if (reports_speech(at, first, before)) return 0;
    return (float)parameter(at, "name", 0.6);
}

/* "the newspaper The Wire", "a band The Doors" */
static bool names_a_title(const look *at, uint32_t token) {
    return mtc_wordset_has(at->lists->titled,
                           mtc_token_folded(at->doc, &at->doc->tokens.at[token]));
}

/* "Get It Sorted", "a Type A person": capitals that are none of names */
static bool is_in_title(const look *at, uint32_t token) {
    const mtc_token *const before = &at->doc->tokens.at[token - 1];
    if (is_small(at, token - 1) || function_of(at, token) == MTC_FUNCTION_CLAUSE) {
        return false;
    }
    if (mtc_range_length(at->doc->tokens.at[token].at) == 1) return true;
    return !(at->doc->words.at[before->word].knowledge & MTC_NAME_ANY);
}

static float judge(const look *at, uint32_t token) {
    const mtc_token *const word = &at->doc->tokens.at[token];
    if (word->kind != MTC_TOKEN_WORD || word->shape != MTC_SHAPE_CAPITAL) return 0;
    if (word->flags & (MTC_TOKEN_STARTS_SENTENCE | MTC_TOKEN_ABBREVIATION)) return 0;
    if (!(word->flags & MTC_TOKEN_SPACE_BEFORE)) return 0;
    if (!mtc_is_wordlike(&at->doc->tokens.at[token - 1])) return 0;
    if (names_a_title(at, token - 1) || is_in_title(at, token)) return 0;
    if (at->doc->tokens.at[token - 1].sentence != word->sentence) return 0;
    const opener kind = (opener)at->openers[word->word];
    switch (kind) {
    case PRONOUN: return judge_pronoun(at, token);
    case DETERMINER: return judge_determiner(at, token);
    case LINK:
    case PREPOSITION: return judge_link(at, token, kind);
    case QUESTION: return judge_question(at, token);
    case NO_OPENER: break;
    }
    return judge_name(at, token);
}

/* --- "the end.Then" --- */

static float judge_joined(const look *at, uint32_t token) {
    const mtc_document *const doc = at->doc;
    const mtc_token *const word = &doc->tokens.at[token];
    if (word->kind != MTC_TOKEN_WORD || word->shape != MTC_SHAPE_CAPITAL) return 0;
    if (word->flags & MTC_TOKEN_SPACE_BEFORE) return 0;
    if (!mtc_is_mark(doc, token - 1, '.')) return 0;
    const mtc_token *const before = &doc->tokens.at[token - 2];
    if (before->kind != MTC_TOKEN_WORD || before->shape != MTC_SHAPE_LOWER) return 0;
    if (doc->tokens.at[token - 1].flags & MTC_TOKEN_SPACE_BEFORE) return 0;
    if (mtc_range_length(before->at) < 2 || mtc_range_length(word->at) < 2) return 0;
    if (!(doc->words.at[before->word].knowledge & MTC_KNOWN_ANY)) return 0;
    return (float)parameter(at, "joined", 0.9);
}

static mtc_status report(const look *at, uint32_t before, uint32_t token,
                         float confidence) {
    const mtc_token *const one = &at->doc->tokens.at[before];
    const mtc_token *const two = &at->doc->tokens.at[token];
    const bool joined = token - before > 1;
    const mtc_rule *const rule = at->detection->rules[0];
    const mtc_str missing =
        mtc_rule_text(rule, joined ? "missing_blank" : "missing_stop", MTC_STR(""));
    const mtc_finding finding = {
        .rule = rule,
        .at = mtc_range_join(one->at, two->at),
        .mark = two->at,
        .arguments = {missing},
        .confidence = confidence,
        .repairs = {joined
                        ? (mtc_found_repair){{two->at.begin, two->at.begin}, MTC_STR(" ")}
                        : (mtc_found_repair){{one->at.end, one->at.end}, MTC_STR(".")}},
        .repair_count = 1,
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status look_at_line(const look *at, const mtc_line *line) {
    if (line->title_case) return MTC_OK;
    for (uint32_t i = line->first_token + 1; i < line->first_token + line->token_count;
         i++) {
        float confidence = judge(at, i);
        uint32_t before = i - 1;
        if (confidence <= 0 && i >= line->first_token + 2) {
            confidence = judge_joined(at, i);
            before = i - 2;
        }
        if (confidence <= 0) continue;
        const mtc_status status = report(at, before, i, confidence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->tags == NULL || !mtc_sink_wants(detection->sink, detection->rules[0])) {
        return MTC_OK;
    }
    look at = {.detection = detection, .doc = doc, .lists = detection->self};
    at.functions = mtc_function_classes_read(doc, at.lists->function_words);
    if (at.functions == NULL) return MTC_NO_MEMORY;
    at.openers = read_openers(&at);
    if (at.openers == NULL) return MTC_NO_MEMORY;
    at.finite = (unsigned)parameter(&at, "finite", 50);
    at.possible = (unsigned)parameter(&at, "possible", 30);
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        if (line->sentence_count == 0) continue;
        if (mtc_budget_spend(doc->budget, line->token_count) != MTC_OK) {
            return MTC_DEADLINE;
        }
        const mtc_status status = look_at_line(&at, line);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const self = MTC_TAKE(setup->arena, lists, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->openers = mtc_wordlists_get(setup->lists, "sentence-openers");
    self->days = mtc_wordlists_get(setup->lists, "days");
    self->reporting = mtc_wordlists_get(setup->lists, "clause-verbs");
    self->speech = mtc_wordlists_get(setup->lists, "attribution-verbs");
    self->titled = mtc_wordlists_get(setup->lists, "titled-things");
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_glued = {"glued", RULES, setup, run};
