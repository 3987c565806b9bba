/* translation_label.c: what a translator or a translating program wrote about its work
 * and nobody took out: "Translation:", "[Translated from the Finnish]", "Here is the
 * translation:".
 *
 * Looked for at the start of lines and of brackets that fill a line, in the list
 * "translation-labels". A person who signs a translation ("Translated by Anna Lind") does
 * so by right.
 */
#include "base/status.h"
#include "detect/clause.h"
#include "detect/detector.h"

static const char *const RULES[] = {"residue.translation", NULL};

enum {
    LONGEST_LABEL = 6, /* words */
    LABEL_BYTES = 96,
    MOST_OF_A_LANGUAGE = 3 /* words behind "translated from": Brazilian Portuguese */
};

typedef struct {
    const mtc_wordset *labels;
    double sure, unsure; /* evidence */
} settings;

typedef struct {
    const mtc_detection *detection;
    const settings *self;
    const mtc_document *doc;
} look;

typedef struct {
    uint32_t begin, end; /* tokens of the label */
    mtc_str kind;        /* payload */
} label;

/* The longest label whose words begin at the token, marks between them left out. */
static bool find_label(const look *at, uint32_t first, uint32_t end, label *ret_label) {
    char joined[LABEL_BYTES];
    size_t length = 0;
    uint32_t words = 0;
    bool found = false;
    for (uint32_t i = first; i < end && words < LONGEST_LABEL; i++) {
        const mtc_token *const token = mtc_token_at(at->doc, i);
        if (words > 0 && (mtc_is_mark(at->doc, i, ',') || mtc_is_mark(at->doc, i, '!')))
            continue;
        if (token->kind != MTC_TOKEN_WORD) break;
        const mtc_str text = mtc_token_folded(at->doc, token);
        if (length + text.len + 1 > sizeof joined) break;
        if (words++ > 0) joined[length++] = ' ';
        memcpy(joined + length, text.ptr, text.len);
        length += text.len;
        const mtc_wordset_entry *const entry =
            mtc_wordset_find(at->self->labels, (mtc_str){joined, length});
        if (entry == NULL) continue;
        *ret_label = (label){first, i + 1, entry->payload};
        found = true;
    }
    return found;
}

static bool closes(const look *at, uint32_t token) {
    const mtc_token *const mark = mtc_token_at(at->doc, token);
    return (mark->flags & MTC_TOKEN_CLOSES) != 0 || mtc_is_mark(at->doc, token, '.') ||
           mtc_is_mark(at->doc, token, '*');
}

/* Does nothing stand in [token, end) but closing marks? */
static bool is_over(const look *at, uint32_t token, uint32_t end) {
    while (token < end && closes(at, token)) token++;
    return token == end;
}

/* What is reported of a label; `ret_end` is behind its last token. */
static bool fits(const look *at, const label *found, uint32_t end, uint32_t *ret_end) {
    const uint32_t next = found->end;
    if (is_over(at, next, end)) {
        *ret_end = end;
        return !mtc_str_starts_with(found->kind, MTC_STR("alone"));
    }
    if (mtc_str_starts_with(found->kind, MTC_STR("start"))) {
        uint32_t last = next;
        while (last < end && mtc_token_at(at->doc, last)->sentence ==
                                 mtc_token_at(at->doc, next - 1)->sentence)
            last++;
        *ret_end = last;
        return true;
    }
    if (mtc_str_starts_with(found->kind, MTC_STR("colon"))) {
        *ret_end = next + 1;
        return mtc_is_mark(at->doc, next, ':');
    }
    uint32_t last = next;
    while (last < end && last - next < MOST_OF_A_LANGUAGE &&
           mtc_token_at(at->doc, last)->kind == MTC_TOKEN_WORD &&
           mtc_token_at(at->doc, last)->shape == MTC_SHAPE_CAPITAL)
        last++;
    *ret_end = end;
    return last > next && is_over(at, last, end);
}

static mtc_status check_line(const look *at, const mtc_line *line) {
    uint32_t first = line->first_token;
    const uint32_t end = first + line->token_count;
    while (first < end && ((mtc_token_at(at->doc, first)->flags & MTC_TOKEN_OPENS) ||
                           mtc_is_mark(at->doc, first, '*')))
        first++;
    label found = {0};
    uint32_t last;
    if (first >= end || mtc_token_at(at->doc, first)->shape == MTC_SHAPE_LOWER ||
        (mtc_token_at(at->doc, first)->flags & MTC_TOKEN_QUOTED) ||
        !find_label(at, first, end, &found) || !fits(at, &found, end, &last))
        return MTC_OK;
    const bool sure = mtc_str_ends_with(found.kind, MTC_STR("!"));
    const uint32_t begin = last == end ? line->first_token : first;
    const mtc_finding finding = {
        .rule = at->detection->rules[0],
        .at = mtc_range_join(mtc_token_at(at->doc, begin)->at,
                             mtc_token_at(at->doc, last - 1)->at),
        .confidence = (float)(sure ? at->self->sure : at->self->unsure),
        .any_line = true};
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    const look at = {detection, detection->self, doc};
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    for (size_t i = 0; i < doc->lines.count; i++) {
        mtc_status status = mtc_budget_spend(doc->budget, LONGEST_LABEL);
        if (status == MTC_OK) status = check_line(&at, &doc->lines.at[i]);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    settings *const self = MTC_TAKE(setup->arena, settings, 1);
    if (self == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for labels");
    self->labels = mtc_wordlists_get(setup->lists, "translation-labels");
    self->sure = mtc_rule_number(setup->rules[0], "sure", 0.9);
    self->unsure = mtc_rule_number(setup->rules[0], "unsure", 0.6);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_translation_label = {"translation_label", RULES, setup,
                                                     run};
