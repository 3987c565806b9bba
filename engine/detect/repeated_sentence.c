/* repeated_sentence.c: a sentence that the article has said before, but for small words.
 *
 * Sentences are found again by a hash of the words that carry weight, so that time is
 * linear in the text. Questions, quotations and what is no body text may come again.
 */
#include "detect/detector.h"
#include "language/function_words.h"

static const char *const RULES[] = {"repetition.sentence", NULL};

typedef struct {
    const mtc_wordset *function_words;
    uint32_t fewest_words, weighty_words, differences;
    float alike; /* confidence where small words differ */
} settings;

typedef struct {
    uint64_t hash; /* of its words but the small ones; 0: free */
    uint32_t sentence;
} seen_sentence;

/* Whether two sentences say the same is told by the words that carry weight. */
typedef struct {
    uint64_t hash;
    uint32_t words, weighty;
    bool quoted;
} sentence_view;

/* Words that may differ between two sentences that say the same. */
static bool is_small(const mtc_token *token, const uint8_t *functions) {
    const uint32_t small = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(DETERMINER) |
                           MTC_FUNCTION_BIT(RELATIVE) | MTC_FUNCTION_BIT(COORDINATOR);
    return token->kind == MTC_TOKEN_WORD && (small & (1u << functions[token->word]));
}

static sentence_view view_sentence(const mtc_document *doc, const mtc_sentence *sentence,
                                   const uint8_t *functions) {
    sentence_view seen = {.hash = 0x9E3779B97F4A7C15u};
    for (uint32_t i = 0; i < sentence->token_count; i++) {
        const mtc_token *const token = &doc->tokens.at[sentence->first_token + i];
        if (token->flags & MTC_TOKEN_QUOTED) seen.quoted = true;
        if (token->kind != MTC_TOKEN_WORD && token->kind != MTC_TOKEN_NUMBER) continue;
        seen.words++;
        if (is_small(token, functions)) continue;
        seen.weighty++;
        seen.hash = (seen.hash ^ mtc_token_folded_id(doc, token)) * 0xFF51AFD7ED558CCDu;
        seen.hash ^= seen.hash >> 29;
    }
    seen.hash |= 1;
    return seen;
}

/* How many small words one of the two has and the other lacks; UINT32_MAX: they differ
 * in other words too. */
static uint32_t count_differences(const mtc_document *doc, const uint8_t *functions,
                                  const mtc_sentence *a, const mtc_sentence *b) {
    const mtc_token *const at = &doc->tokens.at[a->first_token];
    const mtc_token *const bt = &doc->tokens.at[b->first_token];
    uint32_t i = 0, j = 0, differences = 0;
    for (;;) {
        while (i < a->token_count && at[i].kind > MTC_TOKEN_NUMBER) i++;
        while (j < b->token_count && bt[j].kind > MTC_TOKEN_NUMBER) j++;
        const bool a_ends = i == a->token_count, b_ends = j == b->token_count;
        if (a_ends && b_ends) return differences;
        if (!a_ends && !b_ends &&
            mtc_token_folded_id(doc, &at[i]) == mtc_token_folded_id(doc, &bt[j])) {
            i++;
            j++;
        } else if (!a_ends && is_small(&at[i], functions)) {
            differences++;
            i++;
        } else if (!b_ends && is_small(&bt[j], functions)) {
            differences++;
            j++;
        } else {
            return UINT32_MAX;
        }
    }
}

/* "Where can I park?": forms and guides ask again under each heading. */
static bool is_question(const mtc_document *doc, const mtc_sentence *sentence) {
    uint32_t last = sentence->first_token + sentence->token_count - 1;
    while (last > sentence->first_token && doc->tokens.at[last].flags & MTC_TOKEN_QUOTE)
        last--;
    const mtc_str mark = mtc_token_bytes(doc, &doc->tokens.at[last]);
    return mark.len > 0 && mark.ptr[mark.len - 1] == '?';
}

static mtc_status report_sentence(const mtc_detection *detection,
                                  const mtc_sentence *sentence, float confidence) {
    const mtc_document *const doc = detection->doc;
    const mtc_line *const line = mtc_sentence_line(doc, sentence);
    const mtc_sentence *const first = &doc->sentences.at[line->first_sentence];
    const mtc_sentence *const last = first + line->sentence_count - 1;
    /* With the blank before it or behind it; a whole line is more than that. */
    const mtc_range with_blank = {
        sentence > first ? sentence[-1].at.end : sentence->at.begin,
        sentence > first || sentence == last ? sentence->at.end : sentence[1].at.begin};
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = sentence->at,
        .confidence = confidence,
        .repairs = {{.at = with_blank, .replacement = MTC_STR("")}},
        .repair_count = first != last,
    };
    return mtc_sink_add(detection->sink, &finding);
}

/* 0: the second is a sentence of its own. */
static float judge_sentences(const mtc_detection *detection, const uint8_t *functions,
                             uint32_t first, uint32_t second, uint32_t weighty) {
    const mtc_document *const doc = detection->doc;
    const settings *const self = detection->self;
    const uint32_t differences = count_differences(
        doc, functions, &doc->sentences.at[first], &doc->sentences.at[second]);
    if (differences == 0) return (float)detection->rules[0]->confidence;
    const bool alike = differences <= self->differences && weighty >= self->weighty_words;
    return alike ? self->alike : 0;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    const settings *const self = detection->self;
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    const uint8_t *const functions = mtc_function_classes_read(doc, self->function_words);
    if (functions == NULL) return MTC_NO_MEMORY;
    uint32_t slots = 16;
    while (slots < 2 * doc->sentences.count) slots *= 2;
    seen_sentence *const seen = MTC_TAKE(doc->arena, seen_sentence, slots);
    if (seen == NULL) return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        if (mtc_sentence_line(doc, sentence)->kind != MTC_LINE_BODY) continue;
        if (mtc_budget_spend(doc->budget, sentence->token_count) != MTC_OK) {
            return MTC_DEADLINE;
        }
        const sentence_view view = view_sentence(doc, sentence, functions);
        if (view.words < self->fewest_words || view.quoted || is_question(doc, sentence))
            continue;
        uint32_t slot = (uint32_t)(view.hash >> 32) & (slots - 1);
        while (seen[slot].hash != 0 && seen[slot].hash != view.hash) {
            slot = (slot + 1) & (slots - 1);
        }
        if (seen[slot].hash == 0) {
            seen[slot] = (seen_sentence){view.hash, i};
            continue;
        }
        const float confidence =
            judge_sentences(detection, functions, seen[slot].sentence, i, view.weighty);
        if (confidence <= 0) continue;
        const mtc_status status = report_sentence(detection, sentence, confidence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    const mtc_rule *const rule = setup->rules[0];
    settings *const self = MTC_TAKE(setup->arena, settings, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    *self = (settings){
        .function_words = mtc_wordlists_get(setup->lists, "function-words"),
        .fewest_words = (uint32_t)mtc_rule_number(rule, "fewest_words", 8),
        .weighty_words = (uint32_t)mtc_rule_number(rule, "weighty_words", 7),
        .differences = (uint32_t)mtc_rule_number(rule, "differences", 4),
        .alike = (float)mtc_rule_number(rule, "alike", 0.75),
    };
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_repeated_sentence = {"repeated_sentence", RULES, setup,
                                                     run};
