/* One content word fills all the roles: "The target used the target as a target".
 *
 *   clause   three occurrences of one word close together, with a finite verb and hardly
 *            any other content word among them
 *   pair     a noun and a verb of one stem side by side: "plans planned"
 *   phrase   the same noun phrase on both sides of a preposition: "a well with a well"
 *
 * Sayings do this on purpose ("a deal is a deal", "the best of the best"), and so do
 * chants, lists and quotations: what is quoted (but for pairs), separated by commas only,
 * or joined by a copula alone is left in peace, and so are the words of
 * set-repetitions.txt.
 */
#include "base/status.h"
#include "detect/detector.h"
#include "language/mentions.h"
#include "language/shares.h"

static const char *const RULES[] = {"garbled.tautology", NULL};

enum {
    REACH = 8,           /* tokens from one occurrence to the next */
    OCCURRENCES = 3,     /* that make a clause of one word */
    MOST_OTHERS = 1,     /* other content words among them */
    SHORTEST_WORD = 4,   /* bytes */
    SHORT_SENTENCE = 16, /* tokens: reported as a whole */
    CONTENT = 50,        /* percent of readings */
    AUXILIARY = MTC_FUNCTION_VERBS | MTC_FUNCTION_BIT(PARTICLE),
    RELATIVE = MTC_FUNCTION_BIT(RELATIVE) | MTC_FUNCTION_BIT(INTERROGATIVE),
    SPEECH = MTC_FUNCTION_BIT(COORDINATOR) | MTC_FUNCTION_BIT(CLAUSE) |
             MTC_FUNCTION_BIT(NEGATION),
    DETERMINER = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(DETERMINER),
};

typedef struct {
    const mtc_wordset *sayings;      /* set-repetitions.txt */
    const mtc_wordset *functions;    /* function-words.txt */
    const mtc_wordset *prepositions; /* tautology-prepositions.txt: with, of */
    const mtc_str *endings;          /* of inflection: s, ed, ing */
    size_t ending_count;
    double clause, pair, phrase;
} self_type;

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    self_type *const self = MTC_TAKE(setup->arena, self_type, 1);
    if (self == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for tautologies");
    const mtc_rule *const rule = setup->rules[0];
    self->sayings = mtc_wordlists_get(setup->lists, "set-repetitions");
    self->functions = mtc_wordlists_get(setup->lists, "function-words");
    self->prepositions = mtc_wordlists_get(setup->lists, "tautology-prepositions");
    self->endings = mtc_rule_list(rule, "endings", &self->ending_count);
    self->clause = mtc_rule_number(rule, "clause", 0.85);
    self->pair = mtc_rule_number(rule, "pair", 0.6);
    self->phrase = mtc_rule_number(rule, "phrase", 0.6);
    *ret_self = self;
    return MTC_OK;
}

static bool is_content(const self_type *self, const mtc_document *doc,
                       const mtc_token *token) {
    return token->kind == MTC_TOKEN_WORD &&
           mtc_form_share(doc, token, MTC_SHARE_FUNCTION) < CONTENT &&
           !mtc_token_is_function(self->functions, doc, token, AUXILIARY);
}

/* The word without one ending of inflection, a doubled last letter or a silent e. */
static mtc_str base_form(const self_type *self, mtc_str word) {
    size_t cut = 0;
    for (size_t i = 0; i < self->ending_count; i++) {
        const mtc_str ending = self->endings[i];
        if (ending.len > cut && word.len >= ending.len + 3 &&
            mtc_str_ends_with(word, ending)) {
            cut = ending.len;
        }
    }
    word.len -= cut;
    if (word.len > 3 && word.ptr[word.len - 1] == word.ptr[word.len - 2]) word.len--;
    if (word.len > 3 && word.ptr[word.len - 1] == 'e') word.len--;
    return word;
}

static bool same_lexeme(const self_type *self, const mtc_document *doc,
                        const mtc_token *a, const mtc_token *b) {
    const uint32_t a_id = mtc_token_stem_id(doc, a), b_id = mtc_token_stem_id(doc, b);
    if (a_id == b_id) return true;
    const mtc_str a_text = doc->words.at[a_id].text, b_text = doc->words.at[b_id].text;
    if (a_text.len < SHORTEST_WORD || b_text.len < SHORTEST_WORD ||
        memcmp(a_text.ptr, b_text.ptr, 3) != 0) {
        return false;
    }
    return mtc_str_equal(base_form(self, a_text), base_form(self, b_text));
}

static bool is_determined(const self_type *self, const mtc_document *doc, uint32_t begin,
                          uint32_t index) {
    return index > begin &&
           mtc_token_is_function(self->functions, doc, mtc_token_at(doc, index - 1),
                                 DETERMINER);
}

static mtc_status report(const mtc_detection *detection, mtc_range at,
                         const mtc_token *word, double confidence) {
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = at,
        .mark = word->at,
        .confidence = (float)confidence,
    };
    return mtc_sink_add(detection->sink, &finding);
}

/* Is [from, to) nothing but a copula and a determiner: "(a deal) is a (deal)"? */
static bool is_copula_only(const self_type *self, const mtc_document *doc, uint32_t from,
                           uint32_t to) {
    bool has_copula = false, has_determiner = false;
    for (uint32_t i = from; i < to; i++) {
        const mtc_token *const token = mtc_token_at(doc, i);
        if (mtc_token_is_function(self->functions, doc, token, MTC_FUNCTION_BIT(BE)))
            has_copula = true;
        else if (mtc_token_is_function(self->functions, doc, token, DETERMINER))
            has_determiner = true;
        else
            return false;
    }
    return has_copula && has_determiner;
}

/* What stands between occurrences, summed up. */
typedef struct {
    unsigned others; /* content words that are not the word itself */
    bool has_finite; /* a verb that can head a clause */
    bool is_speech;  /* "and", a dash, or a comma that begins it anew */
} between;

/* A comma may set off a relative clause or end it: ", which is a", ", remains". */
static bool starts_anew(const self_type *self, const mtc_document *doc, uint32_t index) {
    const mtc_token *const next = mtc_token_at(doc, index + 1);
    if (!mtc_str_equal(mtc_token_bytes(doc, next - 1), MTC_STR(","))) return true;
    return !mtc_token_is_function(self->functions, doc, next, RELATIVE | AUXILIARY) &&
           mtc_token_share(doc, next, MTC_SHARE_FINITE) < CONTENT;
}

static between look_between(const self_type *self, const mtc_document *doc,
                            const uint32_t at[OCCURRENCES]) {
    between seen = {0};
    for (uint32_t i = at[0] + 1; i < at[OCCURRENCES - 1]; i++) {
        if (i == at[1]) continue;
        const mtc_token *const token = mtc_token_at(doc, i);
        if (token->kind == MTC_TOKEN_NUMBER) seen.others++;
        if (token->kind == MTC_TOKEN_PUNCTUATION) {
            seen.is_speech = seen.is_speech || starts_anew(self, doc, i);
        }
        if (token->kind != MTC_TOKEN_WORD) continue;
        if (mtc_token_is_function(self->functions, doc, token, SPEECH)) {
            seen.is_speech = true;
        }
        if (mtc_token_is_function(self->functions, doc, token, AUXILIARY) ||
            mtc_token_share(doc, token, MTC_SHARE_FINITE) >= 30) {
            seen.has_finite = true;
        }
        if (is_content(self, doc, token)) seen.others++;
    }
    return seen;
}

/* Is it only the beginning of a noun phrase: a VERY direct answer? */
static bool is_modifier(const mtc_document *doc, uint32_t index, uint32_t end) {
    if (mtc_form_share(doc, mtc_token_at(doc, index), MTC_SHARE_ADVERB) >= CONTENT)
        return true;
    if (index + 1 >= end) return false;
    const mtc_token *const next = mtc_token_at(doc, index + 1);
    return next->kind == MTC_TOKEN_WORD &&
           mtc_form_share(doc, next, MTC_SHARE_NOMINAL) >= CONTENT;
}

/* Three occurrences from `first` on that crowd out everything else? */
static bool is_clause_of_one_word(const self_type *self, const mtc_document *doc,
                                  uint32_t begin, uint32_t end, uint32_t first,
                                  uint32_t *ret_last) {
    uint32_t at[OCCURRENCES] = {first};
    unsigned found = 1, determined = is_determined(self, doc, begin, first);
    for (uint32_t i = first + 1;
         found < OCCURRENCES && i < end && i - at[found - 1] <= REACH; i++) {
        const mtc_token *const token = mtc_token_at(doc, i);
        if (token->kind != MTC_TOKEN_WORD ||
            mtc_token_stem_id(doc, token) !=
                mtc_token_stem_id(doc, mtc_token_at(doc, first))) {
            continue;
        }
        if (is_modifier(doc, i, end)) return false;
        determined += is_determined(self, doc, begin, i);
        at[found++] = i;
    }
    if (found < OCCURRENCES || determined < 2) return false;
    const between seen = look_between(self, doc, at);
    *ret_last = at[OCCURRENCES - 1];
    return seen.has_finite && !seen.is_speech && seen.others <= MOST_OTHERS &&
           !(is_copula_only(self, doc, at[0] + 1, at[1]) &&
             is_copula_only(self, doc, at[1] + 1, at[2]));
}

static bool is_saying(const self_type *self, const mtc_document *doc, uint32_t index) {
    return mtc_token_is_in(self->sayings, doc, mtc_token_at(doc, index));
}

/* "plans planned": the noun is certain, the verb follows directly. */
static bool is_pair(const self_type *self, const mtc_document *doc, uint32_t index) {
    const mtc_token *const noun = mtc_token_at(doc, index), *const verb = noun + 1;
    return verb->kind == MTC_TOKEN_WORD && noun->shape == MTC_SHAPE_LOWER &&
           verb->shape == MTC_SHAPE_LOWER &&
           (verb->flags & MTC_TOKEN_SPACE_BEFORE) != 0 &&
           mtc_token_stem_id(doc, noun) != mtc_token_stem_id(doc, verb) &&
           mtc_form_share(doc, noun, 1 << MTC_TAG_NOUN) >= CONTENT &&
           mtc_form_share(doc, verb, MTC_SHARE_PAST) >= 70 &&
           same_lexeme(self, doc, noun, verb);
}

/* "a well with a well": index is the first noun; the second one is returned, or 0. */
static uint32_t phrase_end(const self_type *self, const mtc_document *doc, uint32_t begin,
                           uint32_t end, uint32_t index) {
    if (index + 3 >= end || !is_determined(self, doc, begin, index)) return 0;
    const mtc_token *const noun = mtc_token_at(doc, index);
    if (!mtc_token_is_in(self->prepositions, doc, noun + 1) ||
        mtc_token_folded_id(doc, noun - 1) != mtc_token_folded_id(doc, noun + 2) ||
        mtc_token_folded_id(doc, noun) != mtc_token_folded_id(doc, noun + 3) ||
        noun[3].kind != MTC_TOKEN_WORD) {
        return 0;
    }
    if (index + 4 < end) {
        const mtc_token *const next = noun + 4;
        if (next->kind == MTC_TOKEN_WORD &&
            mtc_token_share(doc, next, MTC_SHARE_NOMINAL) >= CONTENT) {
            return 0;
        }
    }
    return index + 3;
}

static mtc_status check_word(const mtc_detection *detection, const mtc_sentence *sentence,
                             uint32_t index, uint32_t *ret_last) {
    const self_type *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    const mtc_token *const word = mtc_token_at(doc, index);
    uint32_t last;
    const bool quoted = (word->flags & MTC_TOKEN_QUOTED) != 0;
    if (!quoted && is_clause_of_one_word(self, doc, begin, end, index, &last)) {
        *ret_last = last;
        const uint32_t first = is_determined(self, doc, begin, index) ? index - 1 : index;
        const mtc_range at = sentence->token_count <= SHORT_SENTENCE
                                 ? sentence->at
                                 : mtc_range_join(mtc_token_at(doc, first)->at,
                                                  mtc_token_at(doc, last)->at);
        return report(detection, at, word, self->clause);
    }
    if (index + 1 < end && is_pair(self, doc, index)) {
        *ret_last = index + 1;
        return report(detection, mtc_range_join(word->at, word[1].at), word, self->pair);
    }
    if (quoted) return MTC_OK;
    last = phrase_end(self, doc, begin, end, index);
    if (last == 0) return MTC_OK;
    *ret_last = last;
    return report(detection, mtc_range_join(word[-1].at, mtc_token_at(doc, last)->at),
                  word, self->phrase);
}

static mtc_status check_sentence(const mtc_detection *detection,
                                 const mtc_sentence *sentence) {
    const self_type *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    for (uint32_t i = begin; i < end; i++) {
        const mtc_token *const token = mtc_token_at(doc, i);
        if (token->kind != MTC_TOKEN_WORD ||
            token->at.end - token->at.begin < SHORTEST_WORD ||
            doc->words.at[mtc_token_stem_id(doc, token)].text.len < SHORTEST_WORD ||
            is_saying(self, doc, i) || !is_content(self, doc, token)) {
            continue;
        }
        uint32_t last = i;
        const mtc_status status = check_word(detection, sentence, i, &last);
        if (status != MTC_OK) return status;
        i = last;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        mtc_status status = mtc_budget_spend(doc->budget, sentence->token_count + 1);
        if (status == MTC_OK) status = check_sentence(detection, sentence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_tautology = {"tautology", RULES, setup, run};
