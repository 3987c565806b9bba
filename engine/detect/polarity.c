/* polarity.c: one statement, once affirmed and once denied: "The council approved the
 * bridge", "The council has not approved the bridge".
 *
 * Two sentences say the same where they hold the same words but for articles, auxiliaries
 * and inflection, names counted as what they mean; the affirmed one may go on behind its
 * object. Sentences that quote, ask, doubt, contrast or tell of a change, those with a
 * pronoun, a quantifier or a date are passed over. Hashes find the pairs, so it takes
 * time linear in the article.
 */
#include <stdlib.h>

#include "base/status.h"
#include "detect/clause.h"
#include "detect/detector.h"
#include "detect/tree.h"
#include "language/name_chain.h"

static const char *const RULES[] = {"consistency.polarity", NULL};

enum {
    MOST_TOKENS = 40,   /* of a sentence */
    FEWEST_WORDS = 3,   /* that two sentences share */
    LARGEST_GROUP = 16, /* sentences that say the same: more are a refrain */
    SHORTEST_STEM = 3   /* bytes */
};

typedef struct {
    const mtc_wordset *functions, *calendar;
    mtc_wordset lemmas; /* by irregular form */
    const mtc_str *negations, *negative_endings, *doubts, *endings;
    size_t negation_count, negative_ending_count, doubt_count, ending_count;
} settings;

typedef struct {
    uint64_t hash;
    uint32_t sentence, end; /* tokens of the sentence up to this one are compared */
    bool negated, past, headline;
} statement;

typedef struct {
    const mtc_detection *detection;
    const settings *self;
    const mtc_document *doc;
    const uint8_t *functions;
    mtc_tree tree;
    MTC_VECTOR(statement) statements;
} look;

static bool is_among(const mtc_str *list, size_t count, mtc_str text) {
    for (size_t i = 0; i < count; i++) {
        if (mtc_str_equal(list[i], text)) return true;
    }
    return false;
}

static mtc_str folded_at(const look *at, uint32_t token) {
    return mtc_token_folded(at->doc, mtc_token_at(at->doc, token));
}

static bool is_negation(const look *at, uint32_t token) {
    const mtc_str text = folded_at(at, token);
    if (is_among(at->self->negations, at->self->negation_count, text)) return true;
    for (size_t i = 0; i < at->self->negative_ending_count; i++) {
        if (mtc_str_ends_with(text, at->self->negative_endings[i])) return true;
    }
    return false;
}

/* --- Words that count --- */

/* The same for all forms of a word; not for the eye. */
static mtc_str stem_of(const settings *self, mtc_str word) {
    const mtc_wordset_entry *const lemma = mtc_wordset_find(&self->lemmas, word);
    if (lemma != NULL) return lemma->payload;
    size_t cut = 0;
    for (size_t i = 0; i < self->ending_count; i++) {
        const mtc_str ending = self->endings[i];
        if (ending.len > cut && word.len >= ending.len + SHORTEST_STEM &&
            mtc_str_ends_with(word, ending))
            cut = ending.len;
    }
    word.len -= cut;
    if (cut > 0 && word.len > SHORTEST_STEM &&
        word.ptr[word.len - 1] == word.ptr[word.len - 2])
        word.len--;
    while (word.len > SHORTEST_STEM && memchr("eiy", word.ptr[word.len - 1], 3) != NULL)
        word.len--;
    return word;
}

/* Does the token say nothing of what is stated: articles, auxiliaries, marks? */
static bool is_silent(const look *at, uint32_t token) {
    const unsigned silent = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(BE) |
                            MTC_FUNCTION_BIT(DO) | MTC_FUNCTION_BIT(PARTICLE) |
                            MTC_FUNCTION_BIT(HAVE);
    return mtc_token_at(at->doc, token)->kind == MTC_TOKEN_PUNCTUATION ||
           is_negation(at, token) ||
           mtc_is_function(at->doc, at->functions, token, silent);
}

/* "won't" states what "will" does. */
static bool is_negated_modal(const look *at, uint32_t token) {
    const mtc_wordset_entry *const lemma =
        mtc_wordset_find(&at->self->lemmas, folded_at(at, token));
    return lemma != NULL && is_negation(at, token) &&
           mtc_function_class_find(at->self->functions, lemma->payload) ==
               MTC_FUNCTION_MODAL;
}

/* Of a name only its last word counts: "Lena Holm" is "Holm". */
static bool counts(const look *at, uint32_t token, uint32_t end) {
    const uint32_t chain = mtc_chain_of(at->doc, token);
    if (chain != MTC_NONE && token + 1 < end && mtc_chain_of(at->doc, token + 1) == chain)
        return false;
    return !is_silent(at, token) || is_negated_modal(at, token);
}

static uint64_t hash_of(const look *at, uint32_t token) {
    const mtc_word *const words = at->doc->words.at;
    return mtc_str_hash(stem_of(
        at->self, words[mtc_token_stem_id(at->doc, mtc_token_at(at->doc, token))].text));
}

/* --- Sentences that state something --- */

static bool is_doubtful(const look *at, uint32_t token) {
    const unsigned doubtful =
        MTC_FUNCTION_BIT(SUBJECT) | MTC_FUNCTION_BIT(OBJECT) |
        MTC_FUNCTION_BIT(POSSESSIVE) | MTC_FUNCTION_BIT(CLAUSE) |
        MTC_FUNCTION_BIT(DETERMINER) | MTC_FUNCTION_BIT(QUANTIFIER) |
        MTC_FUNCTION_BIT(SUBORDINATOR) | MTC_FUNCTION_BIT(COORDINATOR) |
        MTC_FUNCTION_BIT(RELATIVE) | MTC_FUNCTION_BIT(INTERROGATIVE);
    const mtc_token *const word = mtc_token_at(at->doc, token);
    if (word->kind == MTC_TOKEN_RESIDUE || word->kind == MTC_TOKEN_ADDRESS ||
        word->kind == MTC_TOKEN_NUMBER)
        return true;
    if (word->flags & (MTC_TOKEN_QUOTED | MTC_TOKEN_QUOTE)) return true;
    return mtc_is_function(at->doc, at->functions, token, doubtful) ||
           is_among(at->self->doubts, at->self->doubt_count, folded_at(at, token)) ||
           mtc_is_in_list(at->doc, token, at->self->calendar);
}

static bool may_state(const look *at, const mtc_sentence *sentence) {
    const mtc_line_kind kind = mtc_sentence_line(at->doc, sentence)->kind;
    const bool headline = kind == MTC_LINE_HEADLINE;
    if (!headline && kind != MTC_LINE_BODY) return false;
    if (sentence->end != MTC_END_STOP && !(headline && sentence->end == MTC_END_NONE))
        return false;
    return sentence->token_count <= MOST_TOKENS;
}

/* Behind the object or predicate of the sentence's verb; 0: it has none. */
static uint32_t core_end(const look *at, const mtc_sentence *sentence) {
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    for (uint32_t i = begin; i < end; i++) {
        if (!mtc_is_root(mtc_annotation_of(at->doc, i))) continue;
        const uint32_t object = mtc_tree_child(&at->tree, i, MTC_RELATION_BIT(OBJ));
        if (object == MTC_NONE || object < i) return 0;
        return mtc_tree_span(&at->tree, object).end;
    }
    return 0;
}

static bool has_subject(const look *at, const mtc_sentence *sentence) {
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    for (uint32_t i = begin; i < end; i++) {
        const mtc_annotation *const said = mtc_annotation_of(at->doc, i);
        if (mtc_is_root(said))
            return mtc_tree_child(&at->tree, i, MTC_RELATION_SUBJECTS) != MTC_NONE &&
                   mtc_tree_finite(&at->tree, i) > MTC_SHARE(0.5);
    }
    return false;
}

static bool add_statement(look *at, const statement *one, uint32_t words) {
    return words < FEWEST_WORDS || mtc_vector_push(&at->statements, at->doc->arena, *one);
}

static mtc_status read_sentence(look *at, uint32_t index) {
    const mtc_sentence *const sentence = &at->doc->sentences.at[index];
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    if (!may_state(at, sentence) || !has_subject(at, sentence)) return MTC_OK;
    statement one = {.sentence = index, .end = end};
    one.headline = mtc_sentence_line(at->doc, sentence)->kind == MTC_LINE_HEADLINE;
    const uint32_t core = core_end(at, sentence);
    uint32_t words = 0, negations = 0;
    for (uint32_t i = begin; i < end; i++) {
        if (is_doubtful(at, i)) return MTC_OK;
        negations += is_negation(at, i);
        if (mtc_annotation_of(at->doc, i)->finite > MTC_SHARE(0.5) &&
            mtc_has_feature(at->doc, i, MTC_STR("Tense=Past")))
            one.past = true;
        if (counts(at, i, end)) {
            one.hash += hash_of(at, i);
            words++;
        }
        if (i + 1 != core || negations > 0 || core == end) continue;
        one.end = core;
        if (!add_statement(at, &one, words)) return MTC_NO_MEMORY;
        one.end = end;
    }
    one.negated = negations > 0;
    return negations > 1 || add_statement(at, &one, words) ? MTC_OK : MTC_NO_MEMORY;
}

/* --- Pairs --- */

static int compare(const void *a, const void *b) {
    const statement *const one = a, *const two = b;
    if (one->hash != two->hash) return one->hash < two->hash ? -1 : 1;
    return one->sentence < two->sentence ? -1 : one->sentence > two->sentence;
}

static mtc_status report(const look *at, const statement *earlier,
                         const statement *later) {
    const mtc_sentence *const sentence = &at->doc->sentences.at[later->sentence];
    const mtc_rule *const rule = at->detection->rules[0];
    const mtc_finding finding = {
        .rule = rule,
        .at = mtc_range_join(mtc_token_at(at->doc, sentence->first_token)->at,
                             mtc_token_at(at->doc, later->end - 1)->at),
        .arguments = {mtc_document_slice(at->doc,
                                         at->doc->sentences.at[earlier->sentence].at)},
        .confidence = (float)rule->confidence};
    return mtc_sink_add(at->detection->sink, &finding);
}

static bool clash(const statement *a, const statement *b) {
    return a->negated != b->negated && a->sentence != b->sentence &&
           (a->past == b->past || a->headline || b->headline);
}

static mtc_status judge_group(const look *at, size_t begin, size_t end) {
    const statement *const all = at->statements.at;
    for (size_t i = begin + 1; i < end; i++) {
        for (size_t k = begin; k < i; k++) {
            if (clash(&all[k], &all[i])) return report(at, &all[k], &all[i]);
        }
    }
    return MTC_OK;
}

static mtc_status judge(look *at) {
    const size_t count = at->statements.count;
    if (count < 2) return MTC_OK;
    qsort(at->statements.at, count, sizeof *at->statements.at, compare);
    for (size_t begin = 0, end; begin < count; begin = end) {
        if (mtc_budget_spend(at->doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        for (end = begin + 1;
             end < count && at->statements.at[end].hash == at->statements.at[begin].hash;
             end++) {
        }
        if (end - begin > LARGEST_GROUP) continue;
        const mtc_status status = judge_group(at, begin, end);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (!mtc_sink_wants(detection->sink, detection->rules[0]) || doc->annotations == NULL)
        return MTC_OK;
    look at = {.detection = detection, .self = detection->self, .doc = doc};
    at.functions = mtc_function_classes_read(doc, at.self->functions);
    if (at.functions == NULL || !mtc_tree_read(doc, &at.tree)) return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const uint32_t tokens = doc->sentences.at[i].token_count;
        mtc_status status = mtc_budget_spend(doc->budget, tokens + 1);
        if (status == MTC_OK) status = read_sentence(&at, i);
        if (status != MTC_OK) return status;
    }
    return judge(&at);
}

/* From "lemma TAB its forms" to each form's lemma; a `+` before a form is no part of it.
 */
static bool read_lemmas(settings *self, const mtc_wordset *irregular, mtc_arena *arena) {
    for (uint32_t i = 0; i < irregular->count; i++) {
        const mtc_wordset_entry *const entry = &irregular->entries[i];
        const mtc_str forms = entry->payload;
        for (size_t begin = 0; begin < forms.len;) {
            size_t end = begin;
            while (end < forms.len && forms.ptr[end] != ' ') end++;
            if (forms.ptr[begin] == '+') begin++;
            const mtc_str form = {forms.ptr + begin, end > begin ? end - begin : 0};
            if (form.len > 0 && !mtc_wordset_add(&self->lemmas, arena, form, entry->word))
                return false;
            begin = end + 1;
        }
    }
    return true;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    settings *const self = MTC_TAKE(setup->arena, settings, 1);
    if (self == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for polarity");
    const mtc_rule *const rule = setup->rules[0];
    self->functions = mtc_wordlists_get(setup->lists, "function-words");
    self->calendar = mtc_wordlists_get(setup->lists, "calendar");
    self->negations = mtc_rule_list(rule, "negations", &self->negation_count);
    self->negative_endings =
        mtc_rule_list(rule, "negative_endings", &self->negative_ending_count);
    self->doubts = mtc_rule_list(rule, "doubts", &self->doubt_count);
    self->endings = mtc_rule_list(rule, "endings", &self->ending_count);
    if (!read_lemmas(self, mtc_wordlists_get(setup->lists, "irregular-forms"),
                     setup->arena))
        return mtc_fail(error, MTC_NO_MEMORY, "no memory for polarity");
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_polarity = {"polarity", RULES, setup, run};
