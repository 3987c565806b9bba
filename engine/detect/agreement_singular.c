/* agreement_singular.c: a singular subject with the verb of a plural one: "the game were
 * slower", "she have learned", "He say that …", "the owner of the dogs are".
 *
 * The subject must open its clause, be one thing that no English counts as many
 * (collective-nouns.txt), and no wish, condition or demand may ask for such a form.
 */
#include "detect/clause.h"
#include "detect/detector.h"

static const char *const RULES[] = {"agreement.subject-verb", NULL};

enum {
    SEEN_ENOUGH = 3,
    NOUN_HERE = 80,    /* percent where it stands */
    LONGEST_FRONT = 8, /* words of "After the break the game …" */
    LONGEST_PHRASE = 5 /* words of one noun phrase */
};

typedef struct {
    const mtc_wordset *function_words, *collective, *plural_verbs, *pasts, *traps,
        *wishes;
    mtc_rule_words statement_starters; /* because: a statement follows */
    mtc_rule_words content_links;      /* that: what is said or demanded follows */
    mtc_rule_words front_openers;      /* after, before: as prepositions do */
    mtc_rule_words plural_determiners, pronouns;
    mtc_rule_words are, have, present; /* present: auxiliaries in the present tense */
    float noun, attracted, pronoun, pronoun_quoted;
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *functions; /* mtc_function_class by word */
    uint32_t begin, end;      /* of the sentence */
} look;

static const mtc_token *token_at(const look *at, uint32_t token) {
    return &at->doc->tokens.at[token];
}

static bool is_of(const look *at, uint32_t token, uint32_t classes) {
    return mtc_is_function(at->doc, at->functions, token, classes);
}

static bool in_list(const look *at, uint32_t token, const mtc_wordset *list) {
    return token_at(at, token)->kind == MTC_TOKEN_WORD &&
           mtc_wordset_has(list, mtc_token_folded(at->doc, token_at(at, token)));
}

static bool is_one_of(const look *at, uint32_t token, mtc_rule_words words) {
    return mtc_rule_words_have(words, mtc_token_folded(at->doc, token_at(at, token)));
}

static const mtc_lexeme *lexeme_of(const look *at, uint32_t token) {
    return at->doc->words.at[token_at(at, token)->word].lexeme;
}

/* Does any token of [from, to) belong to the classes? */
static bool has_any(const look *at, uint32_t from, uint32_t to, uint32_t classes) {
    for (uint32_t i = from; i < to; i++) {
        if (is_of(at, i, classes)) return true;
    }
    return false;
}

/* --- The clause before the subject --- */

static bool has_wish(const look *at, uint32_t to) {
    for (uint32_t i = at->begin; i < to; i++) {
        if (in_list(at, i, at->lists->wishes)) return true;
    }
    return false;
}

static bool is_opening_mark(const look *at, uint32_t token) {
    return (token_at(at, token)->flags & (MTC_TOKEN_QUOTE | MTC_TOKEN_OPENS)) != 0;
}

/* "After the break": a preposition at the head of the sentence and nothing that could
 * end a clause or begin a list. */
static bool is_front(const look *at, uint32_t to) {
    const uint32_t not_here = MTC_FUNCTION_BIT(COORDINATOR) | MTC_FUNCTION_BIT(RELATIVE) |
                              MTC_FUNCTION_BIT(SUBJECT) | MTC_FUNCTION_BIT(BE) |
                              MTC_FUNCTION_BIT(HAVE) | MTC_FUNCTION_BIT(DO) |
                              MTC_FUNCTION_BIT(MODAL) | MTC_FUNCTION_BIT(NEGATION) |
                              MTC_FUNCTION_BIT(ADVERB) | MTC_FUNCTION_BIT(INTERROGATIVE);
    if (to - at->begin < 2 || to - at->begin > LONGEST_FRONT) return false;
    const bool prepared = is_of(at, at->begin, MTC_FUNCTION_BIT(PREPOSITION)) ||
                          is_one_of(at, at->begin, at->lists->front_openers);
    if (!prepared || has_any(at, at->begin, to, not_here)) return false;
    for (uint32_t i = at->begin; i < to; i++) {
        const bool last = i + 1 == to;
        if (!mtc_is_wordlike(token_at(at, i)) &&
            !(last && mtc_is_mark(at->doc, i, ','))) {
            return false;
        }
    }
    return mtc_finite_share(at->doc, at->begin, to) < 30;
}

/* "because": what follows states something. */
static bool starts_statement(const look *at, uint32_t token) {
    return mtc_rule_words_have(at->lists->statement_starters,
                               mtc_token_folded(at->doc, token_at(at, token)));
}

/* Does a clause that states something begin at `first`? */
static bool begins_statement(const look *at, uint32_t first, uint32_t verb) {
    if (first == at->begin) return true;
    const uint32_t before = first - 1;
    if (is_opening_mark(at, before)) return true;
    if (starts_statement(at, before)) return true;
    /* "He said that the game are"; "he asks that the game have an end" is a demand. */
    if (is_one_of(at, before, at->lists->content_links) && !has_wish(at, before)) {
        return is_one_of(at, verb, at->lists->are) ||
               (is_one_of(at, verb, at->lists->have) && verb + 1 < at->end &&
                mtc_tag_share(at->doc, verb + 1, MTC_TAG_PARTICIPLE) >= 50);
    }
    return is_front(at, first);
}

/* --- Nouns --- */

static bool is_singular_noun(const look *at, uint32_t token) {
    const mtc_token *const word = token_at(at, token);
    const mtc_lexeme *const lexeme = lexeme_of(at, token);
    if (word->kind != MTC_TOKEN_WORD || word->shape != MTC_SHAPE_LOWER) return false;
    if (word->flags & MTC_TOKEN_POSSESSIVE || lexeme == NULL) return false;
    const unsigned least = lexeme->count < SEEN_ENOUGH ? 100 : 40;
    if (lexeme->share[MTC_TAG_NOUN] < least || lexeme->plural > 2 ||
        at->functions[word->word] != MTC_FUNCTION_NONE) {
        return false;
    }
    if (mtc_tag_share(at->doc, token, MTC_TAG_NOUN) < NOUN_HERE) return false;
    const mtc_str text = mtc_token_folded(at->doc, word);
    return text.ptr[text.len - 1] != 's' && !in_list(at, token, at->lists->traps) &&
           !in_list(at, token, at->lists->collective);
}

/* The determiner of the noun phrase that ends in `noun`: "the long game"; MTC_NONE where
 * it has none, or one that counts ("the two game"). */
static uint32_t determiner_of(const look *at, uint32_t noun, bool singular_only) {
    const uint32_t open = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
                          MTC_FUNCTION_BIT(DETERMINER);
    for (uint32_t i = noun; i > at->begin && noun - i < LONGEST_PHRASE;) {
        i--;
        if (is_of(at, i, open)) {
            return singular_only && is_one_of(at, i, at->lists->plural_determiners)
                       ? MTC_NONE
                       : i;
        }
        const mtc_token *const word = token_at(at, i);
        if (word->kind != MTC_TOKEN_WORD || word->shape != MTC_SHAPE_LOWER ||
            at->functions[word->word] != MTC_FUNCTION_NONE) {
            return MTC_NONE;
        }
        if (mtc_tag_share(at->doc, i, MTC_TAG_ADJECTIVE) +
                mtc_tag_share(at->doc, i, MTC_TAG_NOUN) <
            NOUN_HERE) {
            return MTC_NONE;
        }
        if (singular_only && in_list(at, i, at->lists->traps)) return MTC_NONE;
    }
    return MTC_NONE;
}

/* The first token of the plain words before `verb` that can be a noun phrase of its own:
 * "the old dogs", "three hectares"; `verb` where there is none. */
static uint32_t phrase_before(const look *at, uint32_t verb) {
    uint32_t i = verb;
    while (i > at->begin && verb - i < LONGEST_PHRASE) {
        const mtc_token *const word = token_at(at, i - 1);
        const bool number = word->kind == MTC_TOKEN_NUMBER;
        if (!number && word->kind != MTC_TOKEN_WORD) break;
        const bool determines =
            is_of(at, i - 1,
                  MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
                      MTC_FUNCTION_BIT(DETERMINER) | MTC_FUNCTION_BIT(QUANTIFIER));
        const unsigned nominal = mtc_tag_share(at->doc, i - 1, MTC_TAG_ADJECTIVE) +
                                 mtc_tag_share(at->doc, i - 1, MTC_TAG_NOUN) +
                                 mtc_tag_share(at->doc, i - 1, MTC_TAG_PROPER) +
                                 mtc_tag_share(at->doc, i - 1, MTC_TAG_NUMERAL);
        if (!number && !determines && nominal < NOUN_HERE) break;
        i--;
        if (determines) break;
    }
    return i;
}

/* --- Judging --- */

/* "the game were"; sets the first token to report. */
static float judge_noun(const look *at, uint32_t verb) {
    const uint32_t noun = verb - 1;
    if (!is_singular_noun(at, noun)) return 0;
    const uint32_t first = determiner_of(at, noun, true);
    if (first == MTC_NONE || !begins_statement(at, first, verb)) return 0;
    return at->lists->noun;
}

/* "the owner of the dogs are": the noun beside the verb has attracted it. */
static float judge_attracted(const look *at, uint32_t verb, uint32_t *ret_noun) {
    const uint32_t phrase = phrase_before(at, verb);
    if (phrase == verb || phrase < at->begin + 3) return 0;
    const uint32_t preposition = phrase - 1, noun = phrase - 2;
    if (!is_of(at, preposition, MTC_FUNCTION_BIT(PREPOSITION))) return 0;
    if (!is_singular_noun(at, noun)) return 0;
    const uint32_t first = determiner_of(at, noun, true);
    if (first == MTC_NONE || !begins_statement(at, first, verb)) return 0;
    if (is_front(at, first)) return 0; /* "In the yard a row of lamps are" */
    *ret_noun = noun;
    return at->lists->attracted;
}

/* A form that is a present without ending and nothing else: say, go, learn. */
static bool is_bare_present(const look *at, uint32_t verb) {
    const mtc_lexeme *const lexeme = lexeme_of(at, verb);
    if (token_at(at, verb)->kind != MTC_TOKEN_WORD ||
        token_at(at, verb)->shape != MTC_SHAPE_LOWER || lexeme == NULL) {
        return false;
    }
    if (is_one_of(at, verb, at->lists->present)) return true;
    if (at->functions[token_at(at, verb)->word] != MTC_FUNCTION_NONE) return false;
    return lexeme->count >= SEEN_ENOUGH && lexeme->share[MTC_TAG_BASE] >= 40 &&
           lexeme->share[MTC_TAG_FINITE] + lexeme->share[MTC_TAG_BASE] >= 85 &&
           lexeme->third <= 5 && !in_list(at, verb, at->lists->pasts);
}

/* "He say that", "and she have learned". */
static float judge_pronoun(const look *at, uint32_t verb) {
    const uint32_t pronoun = verb - 1;
    if (!is_one_of(at, pronoun, at->lists->pronouns)) return 0;
    if (!is_bare_present(at, verb)) return 0;
    if (token_at(at, pronoun)->shape != MTC_SHAPE_LOWER &&
        !(token_at(at, pronoun)->flags & MTC_TOKEN_STARTS_SENTENCE)) {
        return 0;
    }
    const uint32_t inverts = MTC_FUNCTION_BIT(MODAL) | MTC_FUNCTION_BIT(DO);
    if (pronoun > at->begin) {
        const uint32_t before = pronoun - 1;
        bool starts = is_opening_mark(at, before) || starts_statement(at, before);
        if (!starts && is_of(at, before, MTC_FUNCTION_BIT(COORDINATOR))) {
            starts = !has_any(at, at->begin, before, inverts) && !has_wish(at, before);
        }
        if (!starts) return 0;
    }
    return token_at(at, verb)->flags & MTC_TOKEN_QUOTED ? at->lists->pronoun_quoted
                                                        : at->lists->pronoun;
}

static mtc_status report(const look *at, uint32_t first, uint32_t last,
                         float confidence) {
    const mtc_finding finding = {
        .rule = at->detection->rules[0],
        .at = mtc_range_join(token_at(at, first)->at, token_at(at, last)->at),
        .mark = token_at(at, last)->at,
        .confidence = confidence,
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status look_at_sentence(const look *at) {
    for (uint32_t verb = at->begin + 1; verb < at->end; verb++) {
        uint32_t first = verb - 1;
        float confidence = judge_pronoun(at, verb);
        if (confidence <= 0 && in_list(at, verb, at->lists->plural_verbs) &&
            token_at(at, verb)->shape == MTC_SHAPE_LOWER) {
            confidence = judge_noun(at, verb);
            if (confidence <= 0) confidence = judge_attracted(at, verb, &first);
        }
        if (confidence <= 0) continue;
        const mtc_status status = report(at, first, verb, confidence);
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
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        if (mtc_budget_spend(doc->budget, sentence->token_count + 1) != MTC_OK) {
            return MTC_DEADLINE;
        }
        if (mtc_sentence_line(doc, sentence)->title_case) continue;
        at.begin = sentence->first_token;
        at.end = at.begin + sentence->token_count;
        const mtc_status status = look_at_sentence(&at);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const self = MTC_TAKE(setup->arena, lists, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[0];
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->collective = mtc_wordlists_get(setup->lists, "collective-nouns");
    self->plural_verbs = mtc_wordlists_get(setup->lists, "plural-verbs");
    self->pasts = mtc_wordlists_get(setup->lists, "unmarked-pasts");
    self->traps = mtc_wordlists_get(setup->lists, "number-traps");
    self->wishes = mtc_wordlists_get(setup->lists, "wish-words");
    self->statement_starters = mtc_rule_words_of(rule, "statement_starters");
    self->content_links = mtc_rule_words_of(rule, "content_links");
    self->front_openers = mtc_rule_words_of(rule, "front_openers");
    self->plural_determiners = mtc_rule_words_of(rule, "plural_determiners");
    self->pronouns = mtc_rule_words_of(rule, "singular_pronouns");
    self->are = mtc_rule_words_of(rule, "are");
    self->have = mtc_rule_words_of(rule, "have");
    self->present = mtc_rule_words_of(rule, "present");
    self->noun = (float)mtc_rule_number(rule, "noun", 0.85);
    self->attracted = (float)mtc_rule_number(rule, "attracted", 0.7);
    self->pronoun = (float)mtc_rule_number(rule, "pronoun", 0.9);
    self->pronoun_quoted = (float)mtc_rule_number(rule, "dialect", 0.5);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_agreement_singular = {"agreement_singular", RULES, setup,
                                                      run};
