#include "score/score.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

enum { FEWEST_WORDS = 50, MANY_MINORS = 10 };

static bool is_scored_line(mtc_line_kind kind) {
    return kind == MTC_LINE_HEADLINE || kind == MTC_LINE_BODY;
}

double *mtc_sentence_penalties(const mtc_document *doc, const mtc_judged_list *issues,
                               mtc_arena *arena, double *ret_loose) {
    double *const penalties = MTC_TAKE(arena, double, doc->sentences.count);
    if (penalties == NULL) return NULL;
    double loose = 0;
    for (size_t i = 0; i < issues->count; i++) {
        const mtc_judged *const issue = &issues->at[i];
        if (issue->accepted) continue;
        if (issue->sentence == MTC_NONE) {
            loose += issue->penalty;
        } else {
            penalties[issue->sentence] += issue->penalty;
        }
    }
    for (size_t i = 0; i < doc->sentences.count; i++) {
        if (penalties[i] > MTC_SENTENCE_CAP) penalties[i] = MTC_SENTENCE_CAP;
    }
    *ret_loose = loose;
    return penalties;
}

/* 95 % interval of the penalty per 1,000 words: the sentences are the sample. */
static void compute_interval(const mtc_document *doc, const double *penalties,
                             mtc_score *score) {
    double sum = 0, sum_of_squares = 0;
    size_t n = 0;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        if (!is_scored_line(doc->lines.at[doc->sentences.at[i].line].kind)) continue;
        sum += penalties[i];
        sum_of_squares += penalties[i] * penalties[i];
        n++;
    }
    if (n < 2) return;
    const double count = (double)n;
    const double variance = fmax(0, (sum_of_squares - sum * sum / count) / (count - 1));
    const double words = score->words > 0 ? (double)score->words : 1;
    const double half = 1.96 * 1000 * sqrt(count * variance) / words;
    score->has_interval = true;
    score->interval95[0] = fmax(0, score->per_1000 - half);
    score->interval95[1] = score->per_1000 + half;
}

typedef struct {
    uint32_t majors;      /* major or critical */
    uint32_t sure_majors; /* of these, with confidence >= MTC_SURE */
    uint32_t sure_criticals, minors;
} tally;

static tally count_issues(const mtc_judged_list *issues, uint32_t counts[4]) {
    tally of = {0};
    for (size_t i = 0; i < issues->count; i++) {
        const mtc_judged *const issue = &issues->at[i];
        if (issue->accepted) continue;
        counts[issue->severity]++;
        const bool sure = issue->confidence >= MTC_SURE;
        of.minors += issue->severity == MTC_MINOR;
        of.majors += issue->severity >= MTC_MAJOR;
        of.sure_majors += issue->severity >= MTC_MAJOR && sure;
        of.sure_criticals += issue->severity == MTC_CRITICAL && sure;
    }
    return of;
}

__attribute__((format(printf, 2, 3))) static mtc_str say(mtc_arena *arena,
                                                         const char *format, ...) {
    char text[200];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return mtc_arena_copy(arena, mtc_str_of(text));
}

static const char *plural(uint32_t count) {
    return count == 1 ? "" : "s";
}

static bool decide_unknown(mtc_score *score, const tally *of, mtc_gate gate,
                           mtc_arena *arena) {
    if (gate.partial) {
        score->reason = say(arena, "the check was cut short");
    } else if (gate.weighty_rule_is_off) {
        score->reason = say(arena, "rules of weight were switched off by the request");
    } else if (score->words < FEWEST_WORDS && of->sure_majors == 0) {
        score->reason = say(arena, "%u scored word%s are too few to judge (at least %d)",
                            score->words, plural(score->words), FEWEST_WORDS);
    } else {
        return false;
    }
    score->verdict = MTC_UNKNOWN;
    return true;
}

static bool decide_fail(mtc_score *score, const mtc_profile *profile, const tally *of,
                        mtc_arena *arena) {
    if (of->sure_criticals > 0) {
        score->reason = say(arena, "%u critical issue%s of confidence 0.8 or more",
                            of->sure_criticals, plural(of->sure_criticals));
    } else if (score->quality < profile->review &&
               (of->majors >= 2 || of->sure_majors >= 1 || of->minors >= MANY_MINORS)) {
        score->reason =
            say(arena, "quality %.1f is below %.0f, with %u major and %u minor issue%s",
                score->quality, profile->review, of->majors, of->minors,
                plural(of->majors + of->minors));
    } else {
        return false;
    }
    score->verdict = MTC_FAIL;
    return true;
}

static void decide(mtc_score *score, const mtc_profile *profile, const tally *of,
                   mtc_gate gate, mtc_arena *arena) {
    if (decide_unknown(score, of, gate, arena) || decide_fail(score, profile, of, arena))
        return;
    if (score->quality < profile->pass) {
        score->verdict = MTC_REVIEW;
        score->reason =
            say(arena, "quality %.1f is below %.0f", score->quality, profile->pass);
    } else if (of->sure_majors > 0) {
        score->verdict = MTC_REVIEW;
        score->reason =
            say(arena, "%u issue%s of severity major or critical, confidence 0.8 or more",
                of->sure_majors, plural(of->sure_majors));
    } else {
        score->verdict = MTC_PASS;
        score->reason =
            say(arena, "quality %.1f is at least %.0f", score->quality, profile->pass);
    }
}

mtc_status mtc_score_compute(const mtc_document *doc, const mtc_profile *profile,
                             const mtc_judged_list *issues, mtc_gate gate,
                             mtc_arena *arena, mtc_score *ret_score) {
    double loose;
    const double *const penalties = mtc_sentence_penalties(doc, issues, arena, &loose);
    if (penalties == NULL) return MTC_NO_MEMORY;
    mtc_score score = {.words = doc->scored_words, .penalty = loose};
    for (size_t i = 0; i < doc->sentences.count; i++) score.penalty += penalties[i];
    score.per_1000 = 1000 * score.penalty / (score.words > 0 ? (double)score.words : 1);
    score.quality = fmin(
        100, fmax(0, 100 - score.per_1000 * (100 - profile->pass) / profile->acceptable));
    compute_interval(doc, penalties, &score);
    const tally of = count_issues(issues, score.counts);
    decide(&score, profile, &of, gate, arena);
    if (score.reason.ptr == NULL) return MTC_NO_MEMORY;
    *ret_score = score;
    return MTC_OK;
}
