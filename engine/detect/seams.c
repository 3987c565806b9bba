/* seams.c: two sentences with no stop between them, where the network says that one
 * should end ("the keeper let it in Missing two players the team lost").
 *
 * What it says counts before a capital, with a clause on either side. Names behind "the
 * moment" and "a chance" begin a clause as well, and a verb may bring somebody's words:
 * there the network must be surer.
 */
#include "detect/clause.h"
#include "detect/detector.h"
#include "detect/tree.h"
#include "language/annotation.h"

static const char *const RULES[] = {"boundary.glued", NULL};

typedef struct {
    mtc_share boundary, boundary_before_name, finite;
    double evidence, sure;
} limits;

static mtc_share finite_between(const mtc_document *doc, uint32_t first, uint32_t end) {
    mtc_share highest = 0;
    for (uint32_t i = first; i < end; i++) {
        const mtc_share finite = mtc_annotation_of(doc, i)->finite;
        if (finite > highest) highest = finite;
    }
    return highest;
}

/* "the chorus goes We are the sailors": what follows is what the verb says. */
static bool brings_words(const mtc_document *doc, uint32_t verb, uint32_t end) {
    for (uint32_t i = verb + 1; i < end; i++)
        if (mtc_annotation_of(doc, i)->head == verb &&
            mtc_relation_is_in(doc, i, MTC_RELATION_BIT(CCOMP)))
            return true;
    return false;
}

static double judge(const limits *self, const mtc_document *doc,
                    const mtc_sentence *sentence, uint32_t token) {
    const mtc_token *const word = mtc_token_at(doc, token);
    const mtc_annotation *const said = mtc_annotation_of(doc, token);
    if (word->kind != MTC_TOKEN_WORD || word->shape != MTC_SHAPE_CAPITAL) return 0;
    if (word->flags & (MTC_TOKEN_STARTS_SENTENCE | MTC_TOKEN_ABBREVIATION)) return 0;
    if (!(word->flags & MTC_TOKEN_SPACE_BEFORE)) return 0;
    const mtc_token *const before = word - 1;
    if (!mtc_is_wordlike(before) || (before->flags & MTC_TOKEN_ABBREVIATION)) return 0;
    /* "the chorus goes We are": a verb's own words may begin with a capital */
    const bool weak = said->proper >= MTC_SHARE(0.5) ||
                      mtc_annotation_of(doc, token - 1)->finite >= self->finite;
    if (said->boundary < (weak ? self->boundary_before_name : self->boundary)) return 0;
    const uint32_t end = sentence->first_token + sentence->token_count;
    if (brings_words(doc, token - 1, end)) return 0;
    if (finite_between(doc, sentence->first_token, token) < self->finite ||
        finite_between(doc, token, end) < self->finite)
        return 0;
    return said->boundary >= MTC_SHARE(0.5) ? self->sure : self->evidence;
}

static mtc_status report(const mtc_detection *detection, uint32_t token,
                         double evidence) {
    const mtc_token *const two = mtc_token_at(detection->doc, token), *const one =
                                                                          two - 1;
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = mtc_range_join(one->at, two->at),
        .mark = two->at,
        .confidence = (float)evidence,
        .repairs = {{{one->at.end, one->at.end}, MTC_STR(".")}},
        .repair_count = 1,
    };
    return mtc_sink_add(detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->annotations == NULL) return MTC_OK;
    for (size_t s = 0; s < doc->sentences.count; s++) {
        const mtc_sentence *const sentence = &doc->sentences.at[s];
        if (mtc_budget_spend(doc->budget, sentence->token_count) != MTC_OK)
            return MTC_DEADLINE;
        if (mtc_sentence_line(doc, sentence)->title_case) continue;
        uint32_t last = sentence->first_token; /* of the findings before */
        for (uint32_t i = 1; i < sentence->token_count; i++) {
            const uint32_t token = sentence->first_token + i;
            const mtc_annotation *const said = mtc_annotation_of(doc, token);
            if (said->boundary == 0 || token < last + 2) continue;
            const double evidence = judge(detection->self, doc, sentence, token);
            if (evidence <= 0) continue;
            last = token;
            const mtc_status status = report(detection, token, evidence);
            if (status != MTC_OK) return status;
        }
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    limits *const self = MTC_TAKE(setup->arena, limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[0];
    *self = (limits){.boundary = MTC_SHARE(mtc_rule_number(rule, "boundary", 0.15)),
                     .boundary_before_name =
                         MTC_SHARE(mtc_rule_number(rule, "boundary_before_name", 0.35)),
                     .finite = MTC_SHARE(mtc_rule_number(rule, "boundary_finite", 0.5)),
                     .evidence = mtc_rule_number(rule, "network", 0.65),
                     .sure = mtc_rule_number(rule, "network_sure", 0.85)};
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_seams = {"seams", RULES, setup, run};
