/* doubled_verb.c: two finite verbs where one is due: "the demand is was strong", "they
 * has have", "he said told reporters", "the firm had had had".
 *
 * Only words that are nothing but finite verbs count. What is sound in that form ends a
 * clause that stands for a noun: "what he was is unknown", "the man she is was a boy".
 */
#include "detect/clause.h"
#include "detect/detector.h"

static const char *const RULES[] = {"repetition.predicate", NULL};

enum { REACH = 20 /* tokens back to the question word of a clause */ };

typedef struct {
    const mtc_wordset *function_words;
    const mtc_str *speech, *singular, *participles;
    size_t speech_count, singular_count, participle_count;
} lists;

typedef struct {
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *functions; /* mtc_function_class by word */
    uint32_t begin, end;      /* of the sentence */
} look;

static uint32_t function_of(const look *at, uint32_t token) {
    const mtc_token *const word = &at->doc->tokens.at[token];
    return word->kind == MTC_TOKEN_WORD ? 1u << at->functions[word->word] : 0;
}

/* The same of a word in lower case; any other has none. */
static uint32_t class_of(const look *at, uint32_t token) {
    const mtc_token *const word = &at->doc->tokens.at[token];
    return word->shape == MTC_SHAPE_LOWER ? function_of(at, token) : 0;
}

static bool is_same(const look *at, uint32_t a, uint32_t b) {
    return mtc_token_folded_id(at->doc, &at->doc->tokens.at[a]) ==
           mtc_token_folded_id(at->doc, &at->doc->tokens.at[b]);
}

static bool is_among(const look *at, uint32_t token, const mtc_str *words, size_t count) {
    const mtc_str text = mtc_token_folded(at->doc, &at->doc->tokens.at[token]);
    for (size_t i = 0; i < count; i++) {
        if (mtc_str_equal(text, words[i])) return true;
    }
    return false;
}

static bool is_speech(const look *at, uint32_t token) {
    return class_of(at, token) != 0 &&
           is_among(at, token, at->lists->speech, at->lists->speech_count);
}

/* "is was", but not "the way things are is": the two have one number. */
static bool agree(const look *at, uint32_t a, uint32_t b) {
    const mtc_str *const words = at->lists->singular;
    const size_t count = at->lists->singular_count;
    return is_among(at, a, words, count) == is_among(at, b, words, count);
}

/* Can a clause end before the second verb: a pronoun as its subject, or a question word
 * or relative before it? */
static bool may_end_clause(const look *at, uint32_t verb) {
    const uint32_t subject = MTC_FUNCTION_BIT(SUBJECT) | MTC_FUNCTION_BIT(CLAUSE) |
                             MTC_FUNCTION_BIT(DETERMINER) | MTC_FUNCTION_BIT(OBJECT);
    const uint32_t opens = MTC_FUNCTION_BIT(INTERROGATIVE) | MTC_FUNCTION_BIT(RELATIVE) |
                           MTC_FUNCTION_BIT(SUBORDINATOR) | MTC_FUNCTION_BIT(QUANTIFIER);
    for (uint32_t i = verb; i > at->begin && verb - i < REACH; i--) {
        const uint32_t class = function_of(at, i - 1);
        if ((class & subject) && i - 1 > at->begin) return true;
        if (class & opens) return true;
        /* The comma shuts off what stands before it. */
        if (mtc_is_mark(at->doc, i - 1, ',')) return false;
    }
    return false;
}

/* Tokens from `verb` on that are too many; 0: none are. */
static uint32_t doubled(const look *at, uint32_t verb) {
    const uint32_t be = MTC_FUNCTION_BIT(BE), have = MTC_FUNCTION_BIT(HAVE),
                   modal = MTC_FUNCTION_BIT(MODAL);
    const uint32_t one = class_of(at, verb), two = class_of(at, verb + 1);
    if (one == 0 || two == 0) return 0;
    const bool same = is_same(at, verb, verb + 1);
    if (one == have && same) {
        const bool thrice = verb + 2 < at->end && is_same(at, verb, verb + 2);
        return thrice ? 3 : 0;
    }
    if (same) return 0; /* repetition.word */
    if (is_speech(at, verb) && is_speech(at, verb + 1)) {
        return may_end_clause(at, verb) ? 0 : 2;
    }
    /* "the will is lost" */
    const uint32_t determiner = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
                                MTC_FUNCTION_BIT(DETERMINER);
    if (one == modal && (verb == at->begin || function_of(at, verb - 1) & determiner)) {
        return 0;
    }
    /* "has had" */
    const lists *const words = at->lists;
    if (two == have &&
        is_among(at, verb + 1, words->participles, words->participle_count)) {
        return 0;
    }
    const bool pair = (one == be && two == be && agree(at, verb, verb + 1)) ||
                      (one == have && two == have) || (one == modal && two == modal) ||
                      (one == modal && two == be);
    return pair && !may_end_clause(at, verb) ? 2 : 0;
}

static mtc_status report(const mtc_detection *detection, uint32_t first, uint32_t count) {
    const mtc_document *const doc = detection->doc;
    const mtc_token *const one = &doc->tokens.at[first];
    const mtc_token *const last = &doc->tokens.at[first + count - 1];
    const mtc_finding finding = {.rule = detection->rules[0],
                                 .at = mtc_range_join(one->at, last->at),
                                 .mark = last->at,
                                 .confidence = (float)detection->rules[0]->confidence};
    return mtc_sink_add(detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    look at = {.doc = doc, .lists = detection->self};
    at.functions = mtc_function_classes_read(doc, at.lists->function_words);
    if (at.functions == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        if (mtc_budget_spend(doc->budget, sentence->token_count + 1) != MTC_OK) {
            return MTC_DEADLINE;
        }
        at.begin = sentence->first_token;
        at.end = at.begin + sentence->token_count;
        for (uint32_t verb = at.begin; verb + 1 < at.end; verb++) {
            const uint32_t count = doubled(&at, verb);
            if (count == 0) continue;
            const mtc_status status = report(detection, verb, count);
            if (status != MTC_OK) return status;
            verb += count - 1;
        }
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const self = MTC_TAKE(setup->arena, lists, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->singular = mtc_rule_list(setup->rules[0], "singular", &self->singular_count);
    self->participles =
        mtc_rule_list(setup->rules[0], "participles", &self->participle_count);
    self->speech = mtc_rule_list(setup->rules[0], "speech", &self->speech_count);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_doubled_verb = {"doubled_verb", RULES, setup, run};
