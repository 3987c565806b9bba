/* boundary.c: stops inside a sentence ("to Poland. and leaders") and sentences without
 * one at the end of a paragraph. */
#include "detect/clause.h"
#include "detect/detector.h"

enum { BROKEN, NO_FINAL_STOP };
static const char *const RULES[] = {"boundary.broken", "boundary.no-final-stop", NULL};

typedef struct {
    const mtc_wordset *function_words, *lowercase_names, *abbreviations;
    float otherwise; /* confidence where no word goes on with the sentence */
    /* No final stop: percent of "finite", words of statements and of what may be a
     * heading, and the confidence there. */
    unsigned finite;
    uint32_t statement, middling, shortest;
    float unsure;
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *functions; /* mtc_function_class by word */
} look;

/* --- A stop before a small letter --- */

/* Writers who begin every sentence with a small letter do so on purpose. */
static bool begins_small_by_habit(const mtc_document *doc) {
    uint32_t small = 0;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        small += doc->sentences.at[i].begins_lower;
    }
    return small > 6 && 3 * small > doc->sentences.count;
}

static bool is_function(const look *at, uint32_t token, uint32_t classes) {
    return mtc_is_function(at->doc, at->functions, token, classes);
}

/* Can the word before the stop end a sentence, or is the stop part of it ("approx.")? */
static bool can_be_abbreviated(const look *at, uint32_t token) {
    enum { LONGEST_ABBREVIATION = 5 };
    const mtc_document *const doc = at->doc;
    const mtc_token *const word = &doc->tokens.at[token];
    const uint32_t length = mtc_range_length(word->at);
    if (word->kind == MTC_TOKEN_NUMBER) return doc->lines.count > 0 && length <= 2;
    if (word->flags & MTC_TOKEN_ABBREVIATION || length < 2) return true;
    if (mtc_wordset_has(at->lists->abbreviations, mtc_token_folded(doc, word))) {
        return true;
    }
    if (at->functions[word->word]) return false;
    if (word->shape == MTC_SHAPE_UPPER || word->shape == MTC_SHAPE_MIXED) return false;
    const uint32_t knowledge = doc->words.at[word->word].knowledge;
    if (word->shape == MTC_SHAPE_CAPITAL && length <= 4)
        return !(knowledge & MTC_NAME_ANY);
    return length <= LONGEST_ABBREVIATION &&
           !(knowledge & (MTC_KNOWN_ANY | MTC_NAME_ANY));
}

/* Is the small word one that goes on with the sentence before? */
static bool is_name_written_small(const look *at, uint32_t token) {
    const mtc_token *const word = &at->doc->tokens.at[token];
    if (mtc_wordset_has(at->lists->lowercase_names, mtc_token_folded(at->doc, word))) {
        return true;
    }
    if (at->functions[word->word]) return false;
    const mtc_str text = mtc_token_text(at->doc, word);
    const bool is_plain = memchr(text.ptr, '-', text.len) == NULL &&
                          !(text.ptr[0] >= '0' && text.ptr[0] <= '9');
    return !is_plain || !(at->doc->words.at[word->word].knowledge & MTC_KNOWN_ANY);
}

/* The word before the stop, a closing quotation mark looked through; MTC_NONE: none. */
static uint32_t word_before(const mtc_document *doc, uint32_t stop) {
    const mtc_token *const before = &doc->tokens.at[stop - 1];
    if (mtc_is_wordlike(before)) return stop - 1;
    const bool quoted = stop >= 2 && before->flags & MTC_TOKEN_QUOTE &&
                        !(before->flags & MTC_TOKEN_SPACE_BEFORE) &&
                        mtc_is_wordlike(&doc->tokens.at[stop - 2]);
    return quoted ? stop - 2 : MTC_NONE;
}

static bool is_broken(const look *at, uint32_t stop) {
    const mtc_document *const doc = at->doc;
    if (!mtc_is_mark(doc, stop, '.')) return false;
    const uint32_t last = word_before(doc, stop);
    if (last == MTC_NONE) return false;
    const mtc_token *const before = &doc->tokens.at[last];
    const mtc_token *const after = &doc->tokens.at[stop + 1];
    if (doc->tokens.at[stop].flags & MTC_TOKEN_SPACE_BEFORE) return false;
    if (!mtc_is_wordlike(before) || after->kind != MTC_TOKEN_WORD) return false;
    if (after->shape != MTC_SHAPE_LOWER || !(after->flags & MTC_TOKEN_SPACE_BEFORE)) {
        return false;
    }
    if (before->sentence == MTC_NONE || after->sentence == MTC_NONE) return false;
    return !can_be_abbreviated(at, last) && !is_name_written_small(at, stop + 1);
}

/* "spring. and": the stop goes. "spring. she": a sentence begins there. Else nobody
 * knows.
 */
static bool repair_broken(const look *at, uint32_t stop, mtc_found_repair *ret_repair) {
    const uint32_t links = MTC_FUNCTION_BIT(COORDINATOR) | MTC_FUNCTION_BIT(RELATIVE) |
                           MTC_FUNCTION_BIT(SUBORDINATOR) | MTC_FUNCTION_BIT(PREPOSITION);
    const uint32_t starts = MTC_FUNCTION_BIT(SUBJECT) | MTC_FUNCTION_BIT(ARTICLE);
    const mtc_document *const doc = at->doc;
    const mtc_str next = mtc_token_bytes(doc, &doc->tokens.at[stop + 1]);
    if (is_function(at, stop + 1, links)) {
        *ret_repair = (mtc_found_repair){doc->tokens.at[stop].at, MTC_STR("")};
        return true;
    }
    char *const capital = mtc_arena_take(doc->arena, 1);
    if (!is_function(at, stop + 1, starts) || capital == NULL || next.ptr[0] < 'a' ||
        next.ptr[0] > 'z') {
        return false;
    }
    *capital = (char)(next.ptr[0] - 'a' + 'A');
    const uint32_t begin = doc->tokens.at[stop + 1].at.begin;
    *ret_repair = (mtc_found_repair){{begin, begin + 1}, {capital, 1}};
    return true;
}

static mtc_status report_broken(const look *at, uint32_t stop) {
    const mtc_document *const doc = at->doc;
    const mtc_rule *const rule = at->detection->rules[BROKEN];
    const uint32_t links = MTC_FUNCTION_BIT(COORDINATOR) | MTC_FUNCTION_BIT(RELATIVE) |
                           MTC_FUNCTION_BIT(SUBORDINATOR) | MTC_FUNCTION_BIT(PREPOSITION);
    const mtc_range mark = doc->tokens.at[stop].at;
    mtc_finding finding = {
        .rule = rule,
        .at = mtc_range_join(doc->tokens.at[word_before(doc, stop)].at,
                             doc->tokens.at[stop + 1].at),
        .mark = mark,
        .confidence = is_function(at, stop + 1, links) ? 0 : at->lists->otherwise,
    };
    finding.repair_count = repair_broken(at, stop, &finding.repairs[0]);
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status find_broken(const look *at) {
    const mtc_document *const doc = at->doc;
    if (begins_small_by_habit(doc)) return MTC_OK;
    for (size_t l = 0; l < doc->lines.count; l++) {
        const mtc_line *const line = &doc->lines.at[l];
        if (line->sentence_count == 0) continue;
        if (mtc_budget_spend(doc->budget, line->token_count) != MTC_OK) {
            return MTC_DEADLINE;
        }
        for (uint32_t i = 1; i + 1 < line->token_count; i++) {
            if (!is_broken(at, line->first_token + i)) continue;
            const mtc_status status = report_broken(at, line->first_token + i);
            if (status != MTC_OK) return status;
        }
    }
    return MTC_OK;
}

/* --- No stop at the end --- */

static const mtc_sentence *last_sentence(const mtc_document *doc, const mtc_line *line) {
    return &doc->sentences.at[line->first_sentence + line->sentence_count - 1];
}

/* Index of the last word of the line, closing marks looked through; MTC_NONE: the line
 * ends otherwise. */
static uint32_t last_word(const mtc_document *doc, const mtc_line *line) {
    uint32_t end = line->first_token + line->token_count;
    while (end > line->first_token) {
        const mtc_token *const token = &doc->tokens.at[--end];
        if (mtc_is_wordlike(token)) return end;
        if (!(token->flags & MTC_TOKEN_QUOTE)) return MTC_NONE;
    }
    return MTC_NONE;
}

/* "Read more: …", "Photo: …", "(c) …" */
static bool begins_with_label(const mtc_document *doc, const mtc_line *line) {
    enum { LONGEST_LABEL = 4 };
    for (uint32_t i = 0; i < LONGEST_LABEL && i < line->token_count; i++) {
        const mtc_token *const token = &doc->tokens.at[line->first_token + i];
        if (mtc_is_mark(doc, line->first_token + i, ':')) return true;
        if (token->kind == MTC_TOKEN_SYMBOL && i == 0) return true;
        if (token->kind == MTC_TOKEN_ADDRESS) return true;
    }
    return false;
}

static bool next_goes_on(const mtc_document *doc, size_t line) {
    if (line + 1 >= doc->lines.count) return false;
    const mtc_line *const next = &doc->lines.at[line + 1];
    if (next->sentence_count == 0) return false;
    return doc->sentences.at[next->first_sentence].begins_lower;
}

static bool owes_a_stop(const mtc_document *doc, size_t index) {
    const mtc_line *const line = &doc->lines.at[index];
    if (line->kind != MTC_LINE_BODY || line->sentence_count == 0 || line->in_title) {
        return false;
    }
    const mtc_sentence *const last = last_sentence(doc, line);
    if (last->end != MTC_END_NONE || last_word(doc, line) == MTC_NONE) return false;
    if (next_goes_on(doc, index) || begins_with_label(doc, line)) return false;
    return !line->title_case;
}

/* How sure it is that the line is a statement and no subheading; 0: it may be one. */
static float statement_confidence(const look *at, const mtc_line *line) {
    const mtc_document *const doc = at->doc;
    const mtc_rule *const rule = at->detection->rules[NO_FINAL_STOP];
    const mtc_sentence *const last = last_sentence(doc, line);
    const uint32_t words =
        mtc_count_words(doc, last->first_token, last->first_token + last->token_count);
    const unsigned finite =
        mtc_finite_share(doc, last->first_token, last->first_token + last->token_count);
    if (finite < at->lists->finite) return 0;
    if (line->sentence_count > 1) return (float)rule->confidence;
    if (words >= at->lists->statement) return (float)rule->confidence;
    const uint32_t first = line->first_token;
    const bool says_who =
        is_function(at, first, MTC_FUNCTION_BIT(SUBJECT)) && words >= at->lists->shortest;
    const bool middling = words >= at->lists->middling;
    return says_who || middling ? at->lists->unsure : 0;
}

static mtc_status report_no_final_stop(const look *at, const mtc_line *line,
                                       float confidence) {
    const mtc_document *const doc = at->doc;
    const mtc_token *const word = &doc->tokens.at[last_word(doc, line)];
    const uint32_t end = doc->tokens.at[line->first_token + line->token_count - 1].at.end;
    const mtc_finding finding = {
        .rule = at->detection->rules[NO_FINAL_STOP],
        .at = {word->at.begin, end},
        .confidence = confidence,
        .repairs = {{.at = {end, end}, .replacement = MTC_STR(".")}},
        .repair_count = 1,
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

/* Poems, lists and some houses do without; then no single line is a slip. */
static bool has_no_stops_by_habit(const mtc_document *doc) {
    uint32_t without = 0, all = 0;
    for (size_t i = 0; i < doc->lines.count; i++) {
        if (doc->lines.at[i].kind != MTC_LINE_BODY) continue;
        all++;
        without += owes_a_stop(doc, i);
    }
    return without > 3 && 2 * without > all;
}

static mtc_status find_no_final_stop(const look *at) {
    const mtc_document *const doc = at->doc;
    if (has_no_stops_by_habit(doc)) return MTC_OK;
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        if (mtc_budget_spend(doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        if (!owes_a_stop(doc, i)) continue;
        const float confidence = statement_confidence(at, line);
        if (confidence <= 0) continue;
        const mtc_status status = report_no_final_stop(at, line, confidence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    look at = {.detection = detection, .doc = detection->doc, .lists = detection->self};
    at.functions = mtc_function_classes_read(at.doc, at.lists->function_words);
    if (at.functions == NULL) return MTC_NO_MEMORY;
    const mtc_status status = find_broken(&at);
    return status == MTC_OK ? find_no_final_stop(&at) : status;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const self = MTC_TAKE(setup->arena, lists, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->lowercase_names = mtc_wordlists_get(setup->lists, "lowercase-names");
    self->abbreviations = mtc_wordlists_get(setup->lists, "abbreviations");
    const mtc_rule *const rule = setup->rules[NO_FINAL_STOP];
    self->otherwise =
        (float)mtc_rule_number(setup->rules[BROKEN], "confidence_otherwise", 0.8);
    self->finite = (unsigned)mtc_rule_number(rule, "finite", 60);
    self->statement = (uint32_t)mtc_rule_number(rule, "long", 14);
    self->middling = (uint32_t)mtc_rule_number(rule, "middling", 9);
    self->shortest = (uint32_t)mtc_rule_number(rule, "short", 3);
    self->unsure = (float)mtc_rule_number(rule, "confidence_middling", 0.6);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_boundary = {"boundary", RULES, setup, run};
