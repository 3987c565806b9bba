/* agreement.c: words beside each other that do not go together: "vehicles was", "these
 * country".
 *
 * Only where the surface is certain. A plural noun before a singular verb says nothing as
 * long as another noun may govern ("the number of vehicles was"), so the noun phrase must
 * begin where its clause begins.
 */
#include "detect/clause.h"
#include "detect/detector.h"

enum { SUBJECT_VERB, DETERMINER };
static const char *const RULES[] = {"agreement.subject-verb", "agreement.determiner",
                                    NULL};

typedef struct {
    const mtc_wordset *function_words, *traps, *singular_verbs, *plural_pronouns,
        *clause_verbs, *about_words;
    mtc_rule_words clause_starters, before_plural, before_singular;
    float noun, comma, pronoun, pronoun_quoted; /* confidences */
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *functions; /* mtc_function_class by word */
} look;

static const mtc_token *token_at(const look *at, uint32_t token) {
    return &at->doc->tokens.at[token];
}

static unsigned share(const look *at, uint32_t token, mtc_tag_class tag) {
    return mtc_tag_share(at->doc, token, tag);
}

static bool is_in(const look *at, uint32_t token, uint32_t classes) {
    return mtc_is_function(at->doc, at->functions, token, classes);
}

static bool in_list(const look *at, uint32_t token, const mtc_wordset *list) {
    return mtc_is_in_list(at->doc, token, list);
}

static const mtc_lexeme *lexeme_of(const look *at, uint32_t token) {
    return at->doc->words.at[token_at(at, token)->word].lexeme;
}

enum { SEEN_ENOUGH = 3, NOUN_HERE = 80, SURE_VERB = 90 };

/* "seismologists": the form is rare, but without its ending it is a noun. */
static bool is_regular_plural(const look *at, uint32_t token) {
    enum { SHORTEST = 5 };
    mtc_str text = mtc_token_folded(at->doc, token_at(at, token));
    const mtc_token *const word = token_at(at, token);
    const bool named = at->doc->words.at[word->word].knowledge & MTC_NAME_ANY;
    if (word->shape == MTC_SHAPE_MIXED || word->shape == MTC_SHAPE_UPPER || named) {
        return false;
    }
    if (text.len < SHORTEST || text.ptr[text.len - 1] != 's') return false;
    text.len--;
    if (strchr("sui", text.ptr[text.len - 1]) != NULL) return false;
    const mtc_lexeme *const singular = mtc_language_lexeme(at->detection->language, text);
    return singular != NULL &&
           (singular->count < SEEN_ENOUGH ||
            (singular->share[MTC_TAG_NOUN] >= 60 && singular->plural <= 2));
}

/* A common noun that stands here as one and has one number only. */
static bool is_noun_of(const look *at, uint32_t token, bool plural) {
    const mtc_token *const word = token_at(at, token);
    const mtc_lexeme *const lexeme = lexeme_of(at, token);
    const bool first = word->flags & MTC_TOKEN_STARTS_SENTENCE;
    if (word->kind != MTC_TOKEN_WORD) return false;
    if (word->shape != MTC_SHAPE_LOWER && !first) return false;
    if (word->flags & MTC_TOKEN_POSSESSIVE || lexeme == NULL) return false;
    if (lexeme->count < SEEN_ENOUGH) {
        if (!plural || !is_regular_plural(at, token)) return false;
    } else if (lexeme->share[MTC_TAG_NOUN] < 60 ||
               (plural ? lexeme->plural < 90 : lexeme->plural > 2)) {
        return false;
    }
    const unsigned here =
        share(at, token, MTC_TAG_NOUN) + (first ? share(at, token, MTC_TAG_PROPER) : 0);
    if (here < NOUN_HERE) return false;
    const mtc_str text = mtc_token_folded(at->doc, word);
    const bool ends_in_s = text.ptr[text.len - 1] == 's';
    if (!plural && ends_in_s) return false;
    return !in_list(at, token, at->lists->traps);
}

static bool shares_sentence(const look *at, uint32_t a, uint32_t b) {
    return token_at(at, a)->sentence == token_at(at, b)->sentence;
}

static mtc_status report(const look *at, int rule, uint32_t first, uint32_t last,
                         float confidence) {
    const mtc_token *const word = token_at(at, last);
    const mtc_wordset_entry *const verb =
        rule == SUBJECT_VERB
            ? mtc_wordset_find(at->lists->singular_verbs, mtc_token_folded(at->doc, word))
            : NULL;
    const mtc_finding finding = {
        .rule = at->detection->rules[rule],
        .at = mtc_range_join(token_at(at, first)->at, word->at),
        .mark = word->at,
        .confidence = confidence,
        .repairs = {{word->at, verb == NULL ? (mtc_str){0} : verb->payload}},
        .repair_count = verb != NULL && verb->payload.len > 0,
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

/* --- Subject and verb --- */

/* "the signed treaties": there a participle is an adjective. */
static bool is_after_determiner(const look *at, uint32_t token) {
    return token > 0 &&
           is_in(at, token - 1,
                 MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
                     MTC_FUNCTION_BIT(DETERMINER) | MTC_FUNCTION_BIT(QUANTIFIER));
}

/* A word that can stand before the head of a noun phrase, inside it. */
static bool belongs_to_phrase(const look *at, uint32_t token) {
    const uint32_t inside = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(DETERMINER) |
                            MTC_FUNCTION_BIT(POSSESSIVE) | MTC_FUNCTION_BIT(QUANTIFIER);
    const mtc_token *const word = token_at(at, token);
    if (word->kind == MTC_TOKEN_NUMBER) return true;
    if (word->kind != MTC_TOKEN_WORD) return false;
    if (is_in(at, token, inside)) return true;
    if (at->functions[word->word]) return false;
    return share(at, token, MTC_TAG_ADJECTIVE) + share(at, token, MTC_TAG_NUMERAL) +
               share(at, token, MTC_TAG_NOUN) + share(at, token, MTC_TAG_PROPER) +
               share(at, token, MTC_TAG_DETERMINER) +
               (is_after_determiner(at, token) ? share(at, token, MTC_TAG_PARTICIPLE)
                                               : 0) >=
           90;
}

/* Does a clause begin at the token, judged by what stands before it? */
static bool begins_clause(const look *at, uint32_t token) {
    const mtc_sentence *const sentence =
        &at->doc->sentences.at[token_at(at, token)->sentence];
    if (token == sentence->first_token) return true;
    /* "at least 35 people", "over 300 shops" */
    while (token > sentence->first_token &&
           in_list(at, token - 1, at->lists->about_words)) {
        token--;
    }
    if (token == sentence->first_token) return true;
    const uint32_t before = token - 1;
    if (token_at(at, before)->flags & MTC_TOKEN_QUOTE) return true;
    if (in_list(at, before, at->lists->clause_verbs) &&
        share(at, before, MTC_TAG_FINITE) >= 80) {
        return true;
    }
    if (is_in(at, before, MTC_FUNCTION_BIT(RELATIVE)) &&
        share(at, before, MTC_TAG_CONJUNCTION) >= 60) {
        return true;
    }
    if (mtc_is_mark(at->doc, before, ':')) return true;
    return mtc_rule_words_have(at->lists->clause_starters,
                               mtc_token_folded(at->doc, token_at(at, before)));
}

/* The comma before the token, words like "over" and "at least" looked through. */
static uint32_t comma_before(const look *at, uint32_t token) {
    const uint32_t first =
        at->doc->sentences.at[token_at(at, token)->sentence].first_token;
    while (token > first && in_list(at, token - 1, at->lists->about_words)) token--;
    return token > first && mtc_is_mark(at->doc, token - 1, ',') ? token - 1 : MTC_NONE;
}

/* ", sources has told": only where no list of nouns can have begun: behind the first
 * words of the sentence, or where the noun has a determiner or a number. */
static bool begins_behind_comma(const look *at, uint32_t token, bool counted) {
    const uint32_t comma = comma_before(at, token);
    if (comma == MTC_NONE) return false;
    if (counted) return !mtc_is_mark(at->doc, comma, ':');
    token = comma + 1;
    const mtc_sentence *const sentence =
        &at->doc->sentences.at[token_at(at, token)->sentence];
    if (token < sentence->first_token + 3 || !mtc_is_mark(at->doc, token - 1, ',')) {
        return false;
    }
    for (uint32_t i = token - 2; i > sentence->first_token; i--) {
        if (mtc_is_mark(at->doc, i, ',')) return false;
        if (is_in(at, i, MTC_FUNCTION_BIT(COORDINATOR))) return false;
    }
    return true;
}

/* Is the verb one of a singular subject, and surely a verb here? */
static bool is_singular_verb(const look *at, uint32_t token) {
    const mtc_token *const word = token_at(at, token);
    if (word->kind != MTC_TOKEN_WORD || word->shape != MTC_SHAPE_LOWER) return false;
    if (in_list(at, token, at->lists->singular_verbs)) return true;
    /* "says", "goes": never a noun, and a verb here */
    const mtc_lexeme *const lexeme = lexeme_of(at, token);
    return lexeme != NULL && lexeme->count >= SEEN_ENOUGH &&
           lexeme->share[MTC_TAG_FINITE] >= SURE_VERB && lexeme->third >= SURE_VERB &&
           at->functions[word->word] == MTC_FUNCTION_NONE &&
           share(at, token, MTC_TAG_FINITE) >= NOUN_HERE;
}

static float judge_noun(const look *at, uint32_t noun, uint32_t verb) {
    if (!is_noun_of(at, noun, true)) return 0;
    uint32_t first = noun;
    const uint32_t sentence =
        at->doc->sentences.at[token_at(at, noun)->sentence].first_token;
    while (first > sentence && belongs_to_phrase(at, first - 1)) first--;
    /* Amounts count as one; "a", "this" and "every" ask for another rule. */
    for (uint32_t i = first; i < noun; i++) {
        if (in_list(at, i, at->lists->traps)) return 0;
    }
    const float certain = at->lists->noun;
    if (begins_clause(at, first)) return certain;
    const bool perfect =
        verb + 1 < at->doc->tokens.count && share(at, verb + 1, MTC_TAG_PARTICIPLE) >= 50;
    /* "…, sources has told the court": who said it, behind what was said */
    const bool says = verb + 2 < at->doc->tokens.count && perfect && first == noun &&
                      first > 0 && comma_before(at, first) == first - 1 &&
                      in_list(at, verb + 1, at->lists->clause_verbs);
    if (says) return certain;
    const bool counted = first < noun && (token_at(at, first)->kind == MTC_TOKEN_NUMBER ||
                                          is_after_determiner(at, first + 1));
    const bool begins = begins_behind_comma(at, first, counted) && (perfect || counted);
    return begins ? at->lists->comma : 0;
}

/* "they was", "we has" */
static float judge_pronoun(const look *at, uint32_t pronoun) {
    const mtc_token *const word = token_at(at, pronoun);
    if (!in_list(at, pronoun, at->lists->plural_pronouns)) return 0;
    if (word->shape != MTC_SHAPE_LOWER && !(word->flags & MTC_TOKEN_STARTS_SENTENCE)) {
        return 0;
    }
    if (pronoun > 0 && shares_sentence(at, pronoun - 1, pronoun) &&
        is_in(at, pronoun - 1, MTC_FUNCTION_BIT(PREPOSITION) | MTC_FUNCTION_BIT(BE))) {
        return 0;
    }
    return word->flags & MTC_TOKEN_QUOTED ? at->lists->pronoun_quoted
                                          : at->lists->pronoun;
}

static mtc_status find_subject_verb(const look *at, const mtc_line *line) {
    for (uint32_t i = 1; i < line->token_count; i++) {
        const uint32_t verb = line->first_token + i;
        if (!is_singular_verb(at, verb) || !shares_sentence(at, verb - 1, verb)) continue;
        float confidence = judge_pronoun(at, verb - 1);
        if (confidence <= 0) confidence = judge_noun(at, verb - 1, verb);
        if (confidence <= 0) continue;
        const mtc_status status = report(at, SUBJECT_VERB, verb - 1, verb, confidence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

/* --- Determiner and noun --- */

/* The noun is the head where no other noun or adjective follows it. */
static bool is_head(const look *at, uint32_t noun) {
    const uint32_t next = noun + 1;
    if (next >= at->doc->tokens.count || !shares_sentence(at, noun, next)) return true;
    const mtc_token *const word = token_at(at, next);
    if (word->kind == MTC_TOKEN_PUNCTUATION) {
        return !mtc_is_mark(at->doc, next, '-') && !mtc_is_mark(at->doc, next, '/');
    }
    if (word->kind != MTC_TOKEN_WORD) return false;
    if (is_in(at, next, MTC_FUNCTION_BIT(COORDINATOR))) return false;
    if (at->functions[word->word]) return true;
    return share(at, next, MTC_TAG_FINITE) + share(at, next, MTC_TAG_PARTICIPLE) +
               share(at, next, MTC_TAG_ADVERB) >=
           80;
}

static float judge_determiner(const look *at, uint32_t determiner) {
    const uint32_t noun = determiner + 1;
    const mtc_str text = mtc_token_folded(at->doc, token_at(at, determiner));
    const bool plural = mtc_rule_words_have(at->lists->before_plural, text);
    if (!plural && !mtc_rule_words_have(at->lists->before_singular, text)) return 0;
    if (!is_noun_of(at, noun, !plural) || !is_head(at, noun)) return 0;
    return (float)at->detection->rules[DETERMINER]->confidence;
}

static mtc_status find_determiner(const look *at, const mtc_line *line) {
    const uint32_t classes = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(DETERMINER) |
                             MTC_FUNCTION_BIT(QUANTIFIER);
    for (uint32_t i = 0; i + 1 < line->token_count; i++) {
        const uint32_t determiner = line->first_token + i;
        if (!is_in(at, determiner, classes)) continue;
        if (!shares_sentence(at, determiner, determiner + 1)) continue;
        if (token_at(at, determiner)->shape == MTC_SHAPE_CAPITAL &&
            !(token_at(at, determiner)->flags & MTC_TOKEN_STARTS_SENTENCE)) {
            continue;
        }
        const float confidence = judge_determiner(at, determiner);
        if (confidence <= 0) continue;
        const mtc_status status =
            report(at, DETERMINER, determiner, determiner + 1, confidence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->tags == NULL) return MTC_OK;
    look at = {.detection = detection, .doc = doc, .lists = detection->self};
    at.functions = mtc_function_classes_read(doc, at.lists->function_words);
    if (at.functions == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        if (line->sentence_count == 0 || line->title_case) continue;
        if (mtc_budget_spend(doc->budget, line->token_count) != MTC_OK) {
            return MTC_DEADLINE;
        }
        mtc_status status = find_subject_verb(&at, line);
        if (status == MTC_OK) status = find_determiner(&at, line);
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
    self->traps = mtc_wordlists_get(setup->lists, "number-traps");
    self->singular_verbs = mtc_wordlists_get(setup->lists, "singular-verbs");
    self->plural_pronouns = mtc_wordlists_get(setup->lists, "plural-pronouns");
    self->clause_verbs = mtc_wordlists_get(setup->lists, "clause-verbs");
    self->about_words = mtc_wordlists_get(setup->lists, "about-words");
    const mtc_rule *const rule = setup->rules[SUBJECT_VERB];
    self->clause_starters = mtc_rule_words_of(rule, "clause_starters");
    self->noun = (float)mtc_rule_number(rule, "noun", 0.85);
    self->comma = (float)mtc_rule_number(rule, "comma", 0.7);
    self->pronoun = (float)mtc_rule_number(rule, "pronoun", 0.9);
    self->pronoun_quoted = (float)mtc_rule_number(rule, "pronoun_quoted", 0.6);
    const mtc_rule *const determiner = setup->rules[DETERMINER];
    self->before_plural = mtc_rule_words_of(determiner, "before_plural");
    self->before_singular = mtc_rule_words_of(determiner, "before_singular");
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_agreement = {"agreement", RULES, setup, run};
