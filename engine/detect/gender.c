/* gender.c: a person who is a man in one place of the article and a woman in another.
 *
 * Titles (Mr, Ms) and forenames tell the sex of a chain of names. A pronoun is odd where
 * everybody near is known to be of the other sex: every name in its sentence and the two
 * before it, with no noun for a person or an animal in its own and the last one; and
 * where it is as good as alone in the article, so that it means nobody known from far
 * above. A title is odd where it stands against the others of the same single bearer.
 *
 * Namesakes, couples and relatives share their surnames: where the article speaks of
 * relatives beside the name, only a titled mention itself is believed.
 */
#include "detect/persons.h"
#include "language/annotation.h"

static const char *const RULES[] = {"consistency.gender", NULL};

enum {
    MOST_BACK = 120,      /* tokens before a pronoun that are looked at */
    MOST_AHEAD = 60,      /* behind it */
    SENTENCES_BACK = 2,   /* before that of the pronoun */
    LONGEST_STRETCH = 14, /* tokens from name to pronoun that are marked as a whole */
    MOST_REPORTS = 3      /* of one chain */
};

typedef struct {
    mtc_person_words words;
    uint32_t witnesses;    /* pronouns of the other sex for each one of this */
    double pronoun, title; /* evidence */
} settings;

typedef struct {
    const mtc_detection *detection;
    const settings *self;
    const mtc_document *doc;
    mtc_persons persons;
} look;

/* --- Whom a pronoun means --- */

/* The first token of the sentence so many before that of the token, at most MOST_BACK
 * tokens away. */
static uint32_t stretch_begin(const look *at, uint32_t token, uint32_t sentences) {
    const uint32_t sentence = mtc_token_at(at->doc, token)->sentence;
    const uint32_t back = sentence < sentences ? sentence : sentences;
    const uint32_t first = at->doc->sentences.at[sentence - back].first_token;
    return token - first > MOST_BACK ? token - MOST_BACK : first;
}

static uint32_t stretch_end(const look *at, uint32_t token) {
    const mtc_sentence *const sentence =
        &at->doc->sentences.at[mtc_token_at(at->doc, token)->sentence];
    const uint32_t end = sentence->first_token + sentence->token_count;
    return end - token > MOST_AHEAD ? token + MOST_AHEAD : end;
}

/* Is everybody named in tokens [from, to) of the other sex? */
static bool all_are(const look *at, mtc_gender sex, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) {
        if (mtc_means_chain(at->persons.means[i]) &&
            mtc_person_sex(&at->persons, &at->persons.bearers[at->persons.means[i]]) !=
                sex)
            return false;
    }
    return true;
}

/* Nobody near is of the pronoun's sex, or of unknown sex; and `ret_name`, the last name
 * before it, stands in its sentence or the one before. */
static bool fits_nobody(const look *at, uint32_t pronoun, uint32_t *ret_name) {
    const mtc_gender sex = at->persons.pronouns[pronoun], other = MTC_FEMININE - sex;
    const uint32_t begin = stretch_begin(at, pronoun, SENTENCES_BACK),
                   near = stretch_begin(at, pronoun, 1);
    if (!all_are(at, other, begin, stretch_end(at, pronoun))) return false;
    uint32_t name = MTC_NONE;
    for (uint32_t i = near; i < pronoun; i++) {
        if (at->persons.means[i] == MTC_SOMEBODY ||
            (at->persons.means[i] == MTC_A_SHIP && sex == MTC_FEMININE))
            return false;
        if (mtc_means_chain(at->persons.means[i])) name = i;
    }
    *ret_name = name;
    return name != MTC_NONE;
}

static bool may_speak(const look *at, uint32_t token) {
    const mtc_token *const word = mtc_token_at(at->doc, token);
    if (word->sentence == MTC_NONE || (word->flags & MTC_TOKEN_QUOTED) != 0) return false;
    const mtc_sentence *const sentence = &at->doc->sentences.at[word->sentence];
    return mtc_sentence_line(at->doc, sentence)->kind == MTC_LINE_BODY;
}

/* --- Reporting --- */

/* The mention that holds the token, from its titles on. */
static mtc_range mention_around(const look *at, uint32_t token) {
    const uint32_t chain = at->persons.means[token];
    mtc_range found = {token, token + 1};
    while (found.begin > 0 && at->persons.means[found.begin - 1] == chain) found.begin--;
    while (found.end < at->doc->tokens.count && at->persons.means[found.end] == chain)
        found.end++;
    return found;
}

static mtc_str bytes_of(const look *at, mtc_range tokens) {
    return mtc_document_slice(at->doc,
                              mtc_range_join(mtc_token_at(at->doc, tokens.begin)->at,
                                             mtc_token_at(at->doc, tokens.end - 1)->at));
}

static mtc_status report(look *at, mtc_bearer *one, mtc_range tokens, uint32_t mark,
                         mtc_str name, double evidence) {
    const mtc_finding finding = {
        .rule = at->detection->rules[0],
        .at = mtc_range_join(mtc_token_at(at->doc, tokens.begin)->at,
                             mtc_token_at(at->doc, tokens.end - 1)->at),
        .mark = mtc_token_at(at->doc, mark)->at,
        .arguments = {name},
        .confidence = (float)evidence};
    one->reports++;
    return mtc_sink_add(at->detection->sink, &finding);
}

static bool is_titled(const look *at, mtc_range mention, mtc_gender sex) {
    for (uint32_t i = mention.begin; i < mention.end; i++) {
        if (mtc_person_is_title(&at->persons, i, sex)) return true;
    }
    return false;
}

/* Is the pronoun alone of its kind, so that nobody of that sex can be known from far
 * above? Beside a title it needs not be. */
static bool is_lone(const look *at, mtc_gender sex) {
    return at->persons.counts[sex] * at->self->witnesses <=
           at->persons.counts[MTC_FEMININE - sex];
}

static bool is_same_line(const look *at, uint32_t a, uint32_t b) {
    const mtc_sentence *const sentences = at->doc->sentences.at;
    return sentences[mtc_token_at(at->doc, a)->sentence].line ==
           sentences[mtc_token_at(at->doc, b)->sentence].line;
}

static mtc_status judge_pronoun(look *at, uint32_t pronoun) {
    const mtc_gender sex = at->persons.pronouns[pronoun], other = MTC_FEMININE - sex;
    uint32_t name;
    if (!fits_nobody(at, pronoun, &name)) return MTC_OK;
    mtc_bearer *const one = &at->persons.bearers[at->persons.means[name]];
    const mtc_range mention = mention_around(at, name);
    const bool titled = is_titled(at, mention, other);
    /* "The news of her death" may be told of anybody, and "During his visit" begin
     * something new; "He" goes on. */
    const mtc_token *const token = mtc_token_at(at->doc, pronoun);
    if (!titled && mtc_annotation_of(at->doc, pronoun)->relation != MTC_RELATION_NSUBJ)
        return MTC_OK;
    if (!is_same_line(at, name, pronoun) && !(token->flags & MTC_TOKEN_STARTS_SENTENCE))
        return MTC_OK;
    if (one->several || one->reports >= MOST_REPORTS || (one->has_kin && !titled) ||
        !(is_lone(at, sex) || (titled && at->persons.counts[sex] <= MOST_REPORTS)))
        return MTC_OK;
    const bool near =
        pronoun - mention.begin <= LONGEST_STRETCH &&
        mtc_token_at(at->doc, name)->sentence == mtc_token_at(at->doc, pronoun)->sentence;
    const mtc_range shown = {near ? mention.begin : pronoun, pronoun + 1};
    return report(at, one, shown, pronoun, bytes_of(at, mention), at->self->pronoun);
}

/* Titles of both sexes before the names of one bearer: the fewer are odd, of equally many
 * the later. */
static mtc_gender odd_title(const look *at, const mtc_bearer *one) {
    if (one->titles[MTC_MASCULINE] == 0 || one->titles[MTC_FEMININE] == 0)
        return MTC_NEITHER;
    if (at->persons.has_kin || one->has_couple || one->several ||
        one->forename == MTC_NONE)
        return MTC_NEITHER;
    const uint32_t men = one->titles[MTC_MASCULINE] + one->forenames[MTC_MASCULINE],
                   women = one->titles[MTC_FEMININE] + one->forenames[MTC_FEMININE];
    if (men == women) return MTC_NEITHER;
    return men < women ? MTC_MASCULINE : MTC_FEMININE;
}

static mtc_status judge_titles(look *at, const mtc_sentence *sentence) {
    const uint32_t end = sentence->first_token + sentence->token_count;
    mtc_mention mention = {.end = sentence->first_token};
    while (mtc_person_next_mention(&at->persons, mention.end, end, &mention)) {
        const uint32_t chain = mtc_chain_of(at->doc, mention.end - 1);
        if (chain == MTC_NONE || at->persons.means[mention.end - 1] != chain) continue;
        mtc_bearer *const one = &at->persons.bearers[chain];
        const mtc_gender odd = odd_title(at, one);
        if (odd == MTC_NEITHER || one->reports >= MOST_REPORTS ||
            mtc_person_title(&at->persons, &mention) != odd)
            continue;
        const mtc_range shown = {mention.name - 1, mention.end};
        const mtc_status status =
            report(at, one, shown, mention.name - 1,
                   bytes_of(at, (mtc_range){mention.name, mention.end}), at->self->title);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (!mtc_sink_wants(detection->sink, detection->rules[0]) || doc->chains == NULL ||
        doc->annotations == NULL)
        return MTC_OK;
    look at = {.detection = detection, .self = detection->self, .doc = doc};
    mtc_status status = mtc_persons_read(&at.self->words, doc, &at.persons);
    for (size_t i = 0; status == MTC_OK && i < doc->sentences.count; i++)
        status = judge_titles(&at, &doc->sentences.at[i]);
    for (uint32_t i = 0; status == MTC_OK && i < doc->tokens.count; i++) {
        if (at.persons.pronouns[i] == MTC_NEITHER || !may_speak(&at, i)) continue;
        status = mtc_budget_spend(doc->budget, MOST_BACK);
        if (status == MTC_OK) status = judge_pronoun(&at, i);
    }
    return status;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    settings *const self = MTC_TAKE(setup->arena, settings, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[0];
    *self = (settings){.witnesses = (uint32_t)mtc_rule_number(rule, "witnesses", 2),
                       .pronoun = mtc_rule_number(rule, "pronoun", 0.6),
                       .title = mtc_rule_number(rule, "title", 0.6)};
    mtc_person_words_init(&self->words, setup->lists, rule);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_gender = {"gender", RULES, setup, run};
