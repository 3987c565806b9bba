/* humps.c: two words with neither a blank nor a stop between them, told by the capital in
 * the middle: "the officeWriter".
 *
 * Both halves must be words or names that everybody knows, the first of them in small
 * letters. Makers of brands write so as well (easyJet): what the lexicon or the gazetteer
 * knows as one word, or the article writes twice, is theirs.
 */
#include "detect/detector.h"
#include "language/lexicon.h"

static const char *const RULES[] = {"boundary.glued", NULL};

enum {
    SHORTEST_HALF = 3, /* bytes */
    LONGEST_WORD = 40,
    MOST_CAPITALS = 50 /* percent: half of airBaltic is a name */
};

typedef struct {
    int least_frequency; /* of either half, in centibels */
    double evidence;
} settings;

static bool is_small(char letter) {
    return letter >= 'a' && letter <= 'z';
}

static bool is_capital(char letter) {
    return letter >= 'A' && letter <= 'Z';
}

/* The place of the one capital, with small letters before and behind it; 0: none. */
static size_t hump_of(mtc_str text) {
    size_t hump = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (is_small(text.ptr[i])) continue;
        if (!is_capital(text.ptr[i]) || i == 0 || hump != 0) return 0;
        hump = i;
    }
    return hump >= SHORTEST_HALF && text.len - hump >= SHORTEST_HALF ? hump : 0;
}

static bool is_frequent(const mtc_detection *detection, mtc_str folded) {
    const settings *const self = detection->self;
    const mtc_lexeme *const lexeme = mtc_language_lexeme(detection->language, folded);
    return lexeme != NULL && lexeme->centibels >= self->least_frequency &&
           lexeme->count > 0 && lexeme->capital < MOST_CAPITALS;
}

static bool is_glued(const mtc_detection *detection, const mtc_token *token,
                     size_t *ret_hump) {
    const mtc_document *const doc = detection->doc;
    const mtc_str text = mtc_token_text(doc, token);
    if (token->kind != MTC_TOKEN_WORD || token->shape != MTC_SHAPE_MIXED ||
        token->sentence == MTC_NONE || text.len > LONGEST_WORD ||
        doc->words.at[token->word].count > 1)
        return false;
    const size_t hump = hump_of(text);
    if (hump == 0) return false;
    const mtc_str whole = mtc_token_folded(doc, token);
    if (whole.len != text.len || doc->words.at[token->word].lexeme != NULL ||
        mtc_language_names(detection->language, whole) != 0)
        return false;
    const mtc_str left = {whole.ptr, hump}, right = {whole.ptr + hump, whole.len - hump};
    *ret_hump = hump;
    return is_frequent(detection, left) && is_frequent(detection, right);
}

static mtc_status report(const mtc_detection *detection, const mtc_token *token,
                         size_t hump) {
    const settings *const self = detection->self;
    const mtc_rule *const rule = detection->rules[0];
    const uint32_t seam = token->at.begin + (uint32_t)hump;
    const mtc_finding finding = {
        .rule = rule,
        .at = token->at,
        .mark = {seam, token->at.end},
        .arguments = {mtc_rule_text(rule, "missing_blank", MTC_STR(""))},
        .repairs = {{{seam, seam}, MTC_STR(" ")}},
        .repair_count =
            mtc_range_length(token->at) == mtc_token_text(detection->doc, token).len,
        .confidence = (float)self->evidence};
    return mtc_sink_add(detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    for (size_t i = 0; i < doc->tokens.count; i++) {
        if (i % 64 == 0 && mtc_budget_spend(doc->budget, 64) != MTC_OK)
            return MTC_DEADLINE;
        size_t hump = 0;
        if (!is_glued(detection, &doc->tokens.at[i], &hump)) continue;
        const mtc_status status = report(detection, &doc->tokens.at[i], hump);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    settings *const self = MTC_TAKE(setup->arena, settings, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[0];
    *self =
        (settings){.least_frequency = -(int)mtc_rule_number(rule, "hump_frequency", 550),
                   .evidence = mtc_rule_number(rule, "hump", 0.75)};
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_humps = {"humps", RULES, setup, run};
