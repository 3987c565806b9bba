/* spelling.c: forms that are no words: likely slips for one, or left over from the
 * original.
 *
 * Nearly every unknown form of a news article is a name, a foreign word, a term or a
 * coinage. Reported as misspelt is therefore not what is unknown but what is one slip
 * away from a frequent word and cannot be explained otherwise. Reported as left over is
 * what resembles nothing: no learned word, no coinage, said once, explained nowhere.
 */
#include "detect/clause.h"
#include "detect/detector.h"
#include "language/derivation.h"
#include "language/names.h"
#include "language/neighbour.h"
#include "language/parts.h"

static const char *const RULES[] = {"spelling.unknown-word", "untranslated.word", NULL};
enum { UNKNOWN_WORD, LEFT_OVER };

typedef struct {
    mtc_derivation derivation;
    uint32_t shortest;        /* letters */
    int frequent;             /* centibels of a word likely to be meant */
    float strong, weak;       /* with a near frequent word; without */
    float rare, at_start;     /* the form is in the frequency list; has a capital */
    uint32_t repeated;        /* mentions from which on it is a term */
    uint32_t short_quotation; /* tokens */
    const mtc_wordset *foreign, *mentions, *function_words;
    const mtc_str *endings, *beginnings; /* of learned words and coinages */
    size_t ending_count, beginning_count;
} limits;

/* A form of the frequency list is taken for a slip if a near word is that many centibels
 * more frequent, which must be more for a short form. */
enum { RARE_LENGTH = 6, SLIP_RATIO = 120, SHORT_RATIO = 300 };

/* A slip at either end is believed of a long form, or for one of the commonest words. */
enum { SHORTEST_SURE = 5, SURE_LENGTH = 7, SURE_FREQUENT = -480, COMMONEST = -400 };

/* What is thought of a distinct form, wherever it stands. */
typedef struct {
    float confidence; /* 0: sound */
    bool has_neighbour;
    bool is_left_over; /* it resembles nothing */
    mtc_str replacement;
} judgement;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const limits *settings;
    const judgement *opinions; /* by word */
} reader;

/* --- What is thought of a form --- */

static bool is_plain_ascii(mtc_str text) {
    for (size_t i = 0; i < text.len; i++) {
        const char byte = text.ptr[i];
        const bool is_letter =
            (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (!is_letter) return false;
    }
    return text.len > 0;
}

/* Slips in the first letter are rarer than words that merely end alike (ispace), and a
 * changed last vowel is how other languages look beside English (mandato, serie). */
static bool is_at_edge(mtc_str form, const mtc_neighbour *neighbour) {
    const mtc_str meant = {neighbour->form, neighbour->length};
    size_t at = 0;
    const mtc_slip slip = mtc_slip_between(form, meant, &at);
    if (slip == MTC_SLIP_DOUBLED || slip == MTC_SLIP_TRANSPOSED) return false;
    const bool is_sure =
        neighbour->centibels >= (form.len >= SURE_LENGTH ? SURE_FREQUENT : COMMONEST);
    if (at == 0) {
        const bool is_prefix =
            slip == MTC_SLIP_ADDED && (form.ptr[0] == 'e' || form.ptr[0] == 'i');
        return is_prefix || !is_sure || form.len < SHORTEST_SURE;
    }
    return at + 1 >= form.len && strchr("aeiou", form.ptr[form.len - 1]) != NULL &&
           (!is_sure || form.len < SHORTEST_SURE);
}

/* A replaced letter is weaker evidence than a doubled one, and short words have many
 * neighbours by chance. */
static bool is_close(const limits *settings, mtc_str form,
                     const mtc_neighbour *neighbour) {
    int needed = settings->frequent;
    if (neighbour->slip == MTC_SLIP_REPLACED) needed += 60;
    if (form.len <= 5 && neighbour->slip != MTC_SLIP_TRANSPOSED) needed += 60;
    if (form.len >= 7) needed -= 40;
    return neighbour->centibels >= needed;
}

static float confidence_of(const limits *settings, mtc_str form, const mtc_lexeme *lexeme,
                           const mtc_neighbour *neighbour) {
    if (!is_close(settings, form, neighbour) || is_at_edge(form, neighbour))
        return settings->weak;
    if (lexeme == NULL) return settings->strong;
    /* In the frequency list, but as rare beside its neighbour as slips are. */
    const int ratio = neighbour->centibels - lexeme->centibels;
    const bool is_slip = ratio >= (form.len >= RARE_LENGTH ? SLIP_RATIO : SHORT_RATIO);
    return is_slip ? settings->rare : settings->weak;
}

/* "stratovolcano", "uninvestable", "physeteroid" */
static bool is_learned(const limits *settings, mtc_str form) {
    for (size_t i = 0; i < settings->ending_count; i++) {
        if (mtc_str_ends_with(form, settings->endings[i])) return true;
    }
    for (size_t i = 0; i < settings->beginning_count; i++) {
        if (mtc_str_starts_with(form, settings->beginnings[i])) return true;
    }
    return false;
}

static mtc_status think_of_lower(const reader *reading, const mtc_word *word,
                                 mtc_str form, judgement *ret_opinion) {
    const limits *const settings = reading->settings;
    if (form.len < settings->shortest || !is_plain_ascii(form)) return MTC_OK;
    if (mtc_language_names(reading->detection->language, form) & MTC_NAME_SEEN)
        return MTC_OK; /* a brand that is also written small */
    mtc_neighbour neighbour;
    if (mtc_budget_spend(reading->doc->budget, 64) != MTC_OK) return MTC_DEADLINE;
    judgement opinion = {0};
    opinion.has_neighbour =
        mtc_neighbour_find(reading->detection->language, form, &neighbour);
    if (mtc_derivation_explains(&settings->derivation, form)) return MTC_OK;
    const mtc_lexeme *const lexeme =
        mtc_language_lexeme(reading->detection->language, form);
    opinion.confidence = opinion.has_neighbour
                             ? confidence_of(settings, form, lexeme, &neighbour)
                         : lexeme == NULL ? settings->weak
                                          : 0;
    opinion.is_left_over = opinion.confidence > 0 &&
                           opinion.confidence <= settings->weak && lexeme == NULL &&
                           word->count == 1 && !is_learned(settings, form);
    if (opinion.has_neighbour && form.len == word->text.len) {
        const mtc_str meant = {neighbour.form, neighbour.length};
        opinion.replacement = mtc_arena_copy(reading->doc->arena, meant);
        if (opinion.replacement.ptr == NULL) return MTC_NO_MEMORY;
    }
    *ret_opinion = opinion;
    return MTC_OK;
}

/* A capitalised form is a name unless it begins a sentence, only once, and is a long
 * word misspelt. */
static mtc_status think_of_capital(const reader *reading, const mtc_word *word,
                                   judgement *ret_opinion) {
    const mtc_document *const doc = reading->doc;
    const mtc_str form = doc->words.at[doc->words.at[word->stem].folded].text;
    if (word->count > 1 || word->inside_count > 0 || form.len < 6 ||
        !is_plain_ascii(form) || mtc_language_lexeme(reading->detection->language, form))
        return MTC_OK;
    mtc_neighbour neighbour;
    if (mtc_budget_spend(doc->budget, 64) != MTC_OK) return MTC_DEADLINE;
    if (!mtc_neighbour_find(reading->detection->language, form, &neighbour) ||
        neighbour.centibels < reading->settings->frequent + 100 ||
        mtc_derivation_explains(&reading->settings->derivation, form))
        return MTC_OK;
    *ret_opinion =
        (judgement){.confidence = reading->settings->at_start, .has_neighbour = true};
    return MTC_OK;
}

/* The parts of a hyphenated form that nobody knows; the worst opinion counts. */
static mtc_status think_of_compound(const reader *reading, const mtc_word *word,
                                    judgement *ret_opinion) {
    mtc_str part;
    for (mtc_parts parts = mtc_parts_of(word->text); mtc_parts_next(&parts, &part);) {
        if (mtc_part_is_free(part) || part.ptr[0] < 'a' || part.ptr[0] > 'z' ||
            mtc_language_knows(reading->detection->language, part) != 0)
            continue;
        judgement opinion = {0};
        const mtc_status status = think_of_lower(reading, word, part, &opinion);
        if (status != MTC_OK) return status;
        /* A part in the frequency list is likelier a brand (binance-pegged). */
        if (opinion.has_neighbour && opinion.confidence >= reading->settings->strong)
            *ret_opinion = opinion;
    }
    return MTC_OK;
}

static mtc_status think(const reader *reading, const mtc_word *word,
                        judgement *ret_opinion) {
    const mtc_document *const doc = reading->doc;
    const mtc_word *const stem = &doc->words.at[word->stem];
    if (word->first_token == MTC_NONE ||
        ((word->knowledge | stem->knowledge) & (MTC_KNOWN_ANY | MTC_NAME_ANY)) != 0)
        return MTC_OK;
    const mtc_token *const token = &doc->tokens.at[word->first_token];
    if (token->kind != MTC_TOKEN_WORD) return MTC_OK;
    if (mtc_parts_count(word->text) > 1)
        return think_of_compound(reading, word, ret_opinion);
    if (token->shape == MTC_SHAPE_CAPITAL)
        return think_of_capital(reading, word, ret_opinion);
    if (token->shape != MTC_SHAPE_LOWER) return MTC_OK;
    const mtc_status status = think_of_lower(reading, word, stem->text, ret_opinion);
    if (word->count >= reading->settings->repeated)
        ret_opinion->confidence = ret_opinion->confidence > reading->settings->weak
                                      ? reading->settings->weak
                                      : ret_opinion->confidence;
    return status;
}

/* --- Where it stands --- */

/* One to a few words in quotation marks or brackets: someone else's word, or a gloss. */
static bool is_set_off(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    const uint32_t reach = reading->settings->short_quotation;
    bool opens = false, closes = false;
    for (uint32_t back = 1; back <= reach && back <= at && !opens; back++)
        opens = (doc->tokens.at[at - back].flags & (MTC_TOKEN_OPENS | MTC_TOKEN_QUOTE)) &&
                !(doc->tokens.at[at - back].flags & MTC_TOKEN_CLOSES);
    for (uint32_t ahead = 1; ahead <= reach && at + ahead < doc->tokens.count && !closes;
         ahead++)
        closes = (doc->tokens.at[at + ahead].flags & MTC_TOKEN_CLOSES) != 0;
    return opens && closes;
}

static bool is_foreign_looking(const reader *reading, uint32_t at) {
    const mtc_token *const token = &reading->doc->tokens.at[at];
    const mtc_word *const word = &reading->doc->words.at[token->word];
    return token->kind == MTC_TOKEN_WORD && token->shape == MTC_SHAPE_LOWER &&
           (word->knowledge & (MTC_KNOWN_ANY & ~(unsigned)MTC_KNOWN_LIST)) == 0;
}

/* Another unknown word in lower case close by: a stretch of another language. */
static bool is_in_foreign_stretch(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    const uint32_t sentence = doc->tokens.at[at].sentence;
    for (uint32_t other = at < 2 ? 0 : at - 2; other <= at + 2; other++) {
        if (other == at || other >= doc->tokens.count ||
            doc->tokens.at[other].sentence != sentence)
            continue;
        if (is_foreign_looking(reading, other)) return true;
    }
    return false;
}

static bool is_beside_capital(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    if (at + 1 >= doc->tokens.count) return false;
    const mtc_token *const next = &doc->tokens.at[at + 1];
    return next->kind == MTC_TOKEN_WORD && next->shape != MTC_SHAPE_LOWER;
}

/* Part of a word with brackets in it: "[i]ncreasingly", "collaborat[ion]". */
static bool touches_bracket(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    const mtc_token *const token = &doc->tokens.at[at];
    if (at > 0) {
        const mtc_token *const before = &doc->tokens.at[at - 1];
        if (before->at.end == token->at.begin && before->kind != MTC_TOKEN_RESIDUE &&
            !(before->flags & MTC_TOKEN_OPENS) && !(before->flags & MTC_TOKEN_QUOTE))
            return true;
    }
    if (at + 1 >= doc->tokens.count) return false;
    const mtc_token *const next = &doc->tokens.at[at + 1];
    return next->at.begin == token->at.end &&
           ((next->flags & MTC_TOKEN_OPENS) || next->kind == MTC_TOKEN_WORD ||
            next->kind == MTC_TOKEN_NUMBER);
}

/* "Arnel dela Vega", "Porites cylindrica": a particle, a species. */
static bool belongs_to_name(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    if (at == 0) return false;
    const mtc_token *const before = &doc->tokens.at[at - 1];
    if (before->kind != MTC_TOKEN_WORD || before->shape == MTC_SHAPE_LOWER ||
        before->sentence != doc->tokens.at[at].sentence)
        return false;
    const bool next_is_capital = is_beside_capital(reading, at);
    return next_is_capital || !(doc->words.at[before->word].knowledge &
                                (MTC_KNOWN_US | MTC_KNOWN_GB | MTC_NAME_ANY));
}

static bool is_listed(const reader *reading, uint32_t at, const mtc_wordset *list) {
    const mtc_token *const token = &reading->doc->tokens.at[at];
    return token->kind == MTC_TOKEN_WORD &&
           mtc_wordset_has(list, mtc_token_folded(reading->doc, token));
}

/* Small words of another language: beside the word, or two of them somewhat farther. */
static bool is_in_other_language(const reader *reading, uint32_t at) {
    enum { BESIDE = 2, AROUND = 8 };
    const mtc_document *const doc = reading->doc;
    const uint32_t sentence = doc->tokens.at[at].sentence;
    uint32_t around = 0;
    for (uint32_t other = at < AROUND ? 0 : at - AROUND;
         other <= at + AROUND && other < doc->tokens.count; other++) {
        const mtc_token *const token = &doc->tokens.at[other];
        const uint32_t knowledge = doc->words.at[token->word].knowledge;
        if (other == at || token->sentence != sentence ||
            (knowledge & (MTC_KNOWN_US | MTC_KNOWN_GB)) ||
            !is_listed(reading, other, reading->settings->foreign))
            continue;
        if (other + BESIDE >= at && other <= at + BESIDE) return true;
        around++;
    }
    return around >= 2;
}

/* "called zilu", "the zilu (a lute)", "zilu, a lute,", "or zilu": the article explains
 * it; "a „vas” megvétele mellett": a stretch of another language is for its own rule. */
static bool is_explained(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    const limits *const settings = reading->settings;
    for (uint32_t back = 1; back <= 2 && back <= at; back++) {
        if (is_listed(reading, at - back, settings->mentions)) return true;
    }
    if (is_in_other_language(reading, at)) return true;
    if (at + 1 >= doc->tokens.count) return false;
    if (doc->tokens.at[at + 1].flags & MTC_TOKEN_OPENS) return true;
    return at + 2 < doc->tokens.count && mtc_is_mark(doc, at + 1, ',') &&
           mtc_function_class_find(settings->function_words,
                                   mtc_token_folded(doc, &doc->tokens.at[at + 2])) ==
               MTC_FUNCTION_ARTICLE;
}

/* "P. cylindrica", "Mustelus hacat": a species, or the title of a work. Behind a first
 * name a word in lower case is no part of the name. */
static bool follows_genus(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    if (at == 0) return false;
    const mtc_token *const before = &doc->tokens.at[at - 1];
    if (before->kind != MTC_TOKEN_WORD || before->shape == MTC_SHAPE_LOWER) return false;
    const uint32_t knowledge = doc->words.at[before->word].knowledge;
    return (before->flags & MTC_TOKEN_ABBREVIATION) != 0 ||
           mtc_range_length(before->at) <= 2 ||
           !(knowledge & (MTC_KNOWN_US | MTC_KNOWN_GB | MTC_NAME_FIRST));
}

static bool is_left_over(const reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    const mtc_token *const token = &doc->tokens.at[at];
    return reading->opinions[token->word].is_left_over &&
           token->shape == MTC_SHAPE_LOWER && token->sentence != MTC_NONE &&
           !(token->flags & MTC_TOKEN_QUOTED) && !is_set_off(reading, at) &&
           !touches_bracket(reading, at) && !belongs_to_name(reading, at) &&
           !follows_genus(reading, at) && !is_beside_capital(reading, at) &&
           !is_explained(reading, at);
}

static bool is_excused(const reader *reading, uint32_t at) {
    const mtc_token *const token = &reading->doc->tokens.at[at];
    if (token->sentence == MTC_NONE) return true;
    if (is_set_off(reading, at) || is_in_foreign_stretch(reading, at) ||
        touches_bracket(reading, at) || belongs_to_name(reading, at))
        return true;
    return token->shape == MTC_SHAPE_CAPITAL &&
           (!(token->flags & MTC_TOKEN_STARTS_SENTENCE) ||
            is_beside_capital(reading, at));
}

static mtc_status report(const reader *reading, const mtc_token *token,
                         const judgement *opinion) {
    mtc_finding finding = {.rule = reading->detection->rules[UNKNOWN_WORD],
                           .at = token->at,
                           .confidence = opinion->confidence};
    if (opinion->replacement.len > 0 &&
        opinion->confidence >= reading->settings->strong) {
        finding.repairs[0] = (mtc_found_repair){token->at, opinion->replacement};
        finding.repair_count = 1;
    }
    return mtc_sink_add(reading->detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    if (!mtc_sink_wants(detection->sink, detection->rules[UNKNOWN_WORD]) &&
        !mtc_sink_wants(detection->sink, detection->rules[LEFT_OVER]))
        return MTC_OK;
    const mtc_document *const doc = detection->doc;
    judgement *const opinions = MTC_TAKE(doc->arena, judgement, doc->words.count);
    if (opinions == NULL) return MTC_NO_MEMORY;
    const reader reading = {detection, doc, detection->self, opinions};
    for (size_t i = 0; i < doc->words.count; i++) {
        const mtc_status status = think(&reading, &doc->words.at[i], &opinions[i]);
        if (status != MTC_OK) return status;
    }
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (mtc_budget_spend(doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        const mtc_token *const token = &doc->tokens.at[i];
        const judgement *const opinion = &opinions[token->word];
        if (is_left_over(&reading, i)) {
            const mtc_finding finding = {.rule = detection->rules[LEFT_OVER],
                                         .at = token->at};
            const mtc_status status = mtc_sink_add(detection->sink, &finding);
            if (status != MTC_OK) return status;
        }
        if (opinion->confidence <= 0 || token->kind != MTC_TOKEN_WORD ||
            is_excused(&reading, i))
            continue;
        const mtc_status status = report(&reading, token, opinion);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    limits *const self = MTC_TAKE(setup->arena, limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[UNKNOWN_WORD];
    *self = (limits){.derivation = mtc_derivation_of(setup->language, setup->lists),
                     .shortest = (uint32_t)mtc_rule_number(rule, "shortest", 4),
                     .frequent = (int)mtc_rule_number(rule, "frequent", -620),
                     .strong = (float)mtc_rule_number(rule, "strong", 0.9),
                     .weak = (float)mtc_rule_number(rule, "weak", 0.3),
                     .rare = (float)mtc_rule_number(rule, "rare", 0.6),
                     .at_start = (float)mtc_rule_number(rule, "at_start", 0.6),
                     .repeated = (uint32_t)mtc_rule_number(rule, "repeated", 2),
                     .short_quotation =
                         (uint32_t)mtc_rule_number(rule, "short_quotation", 4)};
    const mtc_rule *const left_over = setup->rules[LEFT_OVER];
    self->foreign = mtc_wordlists_get(setup->lists, "foreign-words");
    self->mentions = mtc_wordlists_get(setup->lists, "mention-words");
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->endings = mtc_rule_list(left_over, "learned_endings", &self->ending_count);
    self->beginnings =
        mtc_rule_list(left_over, "learned_beginnings", &self->beginning_count);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_spelling = {"spelling", RULES, setup, run};
