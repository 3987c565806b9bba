/* cut_off.c: an article that stops in the middle of a sentence: its last line of prose
 * ends, without a stop, in a word or comma behind which something must follow ("… told
 * the", "… between Oslo and", "… the mill, which").
 *
 * Whatever stands below it must be no prose (bylines, interface text); a line that a list
 * or a quotation continues is not cut off.
 */
#include "base/status.h"
#include "detect/clause.h"
#include "detect/detector.h"

static const char *const RULES[] = {"fragment.cut-off", NULL};

typedef struct {
    const mtc_wordset *functions;
    const mtc_str *words; /* that end no sentence, besides the classes below */
    size_t word_count;
    uint32_t fewest;    /* words of the sentence */
    double sure, comma; /* evidence */
} settings;

/* The last line that a reader reads; NULL: what ends the article is no prose. */
static const mtc_line *last_line(const mtc_document *doc) {
    for (size_t i = doc->lines.count; i > 0; i--) {
        const mtc_line *const line = &doc->lines.at[i - 1];
        switch (line->kind) {
        case MTC_LINE_BYLINE:
        case MTC_LINE_DATELINE:
        case MTC_LINE_INTERFACE:
        case MTC_LINE_DEBRIS: continue;
        case MTC_LINE_BODY: return line->in_title ? NULL : line;
        default: return NULL;
        }
    }
    return NULL;
}

/* A word behind which something must follow. */
static bool is_unfinished(const mtc_detection *detection, const uint8_t *functions,
                          uint32_t token) {
    const settings *const self = detection->self;
    const unsigned open = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
                          MTC_FUNCTION_BIT(COORDINATOR);
    const mtc_token *const word = mtc_token_at(detection->doc, token);
    if (word->kind != MTC_TOKEN_WORD || word->shape != MTC_SHAPE_LOWER) return false;
    if (mtc_is_function(detection->doc, functions, token, open)) return true;
    const mtc_str text = mtc_token_folded(detection->doc, word);
    for (size_t i = 0; i < self->word_count; i++) {
        if (mtc_str_equal(text, self->words[i])) return true;
    }
    return false;
}

static mtc_status report(const mtc_detection *detection, mtc_range tokens,
                         double evidence) {
    const mtc_document *const doc = detection->doc;
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = mtc_range_join(mtc_token_at(doc, tokens.begin)->at,
                             mtc_token_at(doc, tokens.end - 1)->at),
        .confidence = (float)evidence};
    return mtc_sink_add(detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    const settings *const self = detection->self;
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    const mtc_line *const line = last_line(doc);
    if (line == NULL || line->sentence_count == 0 || line->title_case) return MTC_OK;
    const mtc_sentence *const sentence =
        &doc->sentences.at[line->first_sentence + line->sentence_count - 1];
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    if (mtc_budget_spend(doc->budget, sentence->token_count) != MTC_OK)
        return MTC_DEADLINE;
    if (mtc_count_words(doc, begin, end) < self->fewest) return MTC_OK;
    const uint8_t *const functions = mtc_function_classes_read(doc, self->functions);
    if (functions == NULL) return MTC_NO_MEMORY;
    uint32_t last = end - 1;
    if (sentence->end == MTC_END_COMMA && mtc_is_wordlike(mtc_token_at(doc, last - 1)))
        return report(detection, (mtc_range){last - 1, end}, self->comma);
    if (sentence->end == MTC_END_ELLIPSIS)
        last--;
    else if (sentence->end != MTC_END_NONE)
        return MTC_OK;
    if (mtc_token_at(doc, last)->flags & MTC_TOKEN_QUOTED) return MTC_OK;
    return is_unfinished(detection, functions, last)
               ? report(detection, (mtc_range){last, last + 1}, self->sure)
               : MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    settings *const self = MTC_TAKE(setup->arena, settings, 1);
    if (self == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for fragments");
    const mtc_rule *const rule = setup->rules[0];
    self->functions = mtc_wordlists_get(setup->lists, "function-words");
    self->words = mtc_rule_list(rule, "words", &self->word_count);
    self->fewest = (uint32_t)mtc_rule_number(rule, "fewest", 5);
    self->sure = mtc_rule_number(rule, "sure", 0.9);
    self->comma = mtc_rule_number(rule, "comma", 0.75);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_cut_off = {"cut_off", RULES, setup, run};
