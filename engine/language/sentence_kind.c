#include "language/sentence_kind.h"

/* What speaks for and against another language. */
typedef struct evidence {
    uint32_t counts[MTC_ORIGINS];
    uint32_t other_script;    /* words of it */
    uint32_t words, residues; /* tokens; numbers and addresses are words */
} evidence;

const char *mtc_sentence_kind_name(mtc_sentence_kind kind) {
    static const char *const NAMES[MTC_SENTENCE_KINDS] = {
        "prose", "headline", "list-item", "caption", "debris", "foreign"};
    return (unsigned)kind < MTC_SENTENCE_KINDS ? NAMES[kind] : "prose";
}

static evidence gather(const mtc_document *doc, const mtc_sentence *sentence,
                       const uint8_t *origins) {
    evidence found = {0};
    for (uint32_t i = 0; i < sentence->token_count; i++) {
        const mtc_token *const token = mtc_token_at(doc, sentence->first_token + i);
        found.residues += token->kind == MTC_TOKEN_RESIDUE;
        found.words += token->kind == MTC_TOKEN_WORD || token->kind == MTC_TOKEN_NUMBER ||
                       token->kind == MTC_TOKEN_ADDRESS;
        if (token->kind != MTC_TOKEN_WORD) continue;
        if (mtc_token_is_other_script(token))
            found.other_script++;
        else
            found.counts[mtc_token_origin(origins, token)]++;
    }
    return found;
}

/* What each word adds to the logit, in hundredths, and how many of a kind are counted:
 * words of one sentence do not speak independently. Fitted; see
 * docs/decisions/sentence-kind.md. */
static const struct {
    int32_t weight;
    uint32_t most;
} WEIGHTS[MTC_ORIGINS] = {[MTC_ORIGIN_ENGLISH] = {-109, 6},
                          [MTC_ORIGIN_BOTH] = {-40, 4},
                          [MTC_ORIGIN_FUNCTION] = {167, 5},
                          [MTC_ORIGIN_UNKNOWN] = {173, 6},
                          [MTC_ORIGIN_STRANGE] = {300, 4}};

static int32_t count_up_to(uint32_t count, uint32_t most) {
    return (int32_t)(count < most ? count : most);
}

/* Logit that the sentence is in another language, in hundredths. */
static int32_t weigh(const evidence *found) {
    enum { NOTHING_KNOWN = -425, SCRIPT_WEIGHT = 250, MOST_SCRIPT = 3 };
    int32_t logit =
        NOTHING_KNOWN + SCRIPT_WEIGHT * count_up_to(found->other_script, MOST_SCRIPT);
    for (size_t i = 0; i < MTC_ORIGINS; i++)
        logit += WEIGHTS[i].weight * count_up_to(found->counts[i], WEIGHTS[i].most);
    return logit;
}

/* 65535 / (1 + e^-x) at x = 0, 0.5, … 8; linear between. */
static uint16_t share_of(int32_t logit) {
    static const uint16_t KNOTS[] = {32768, 40793, 47910, 53580, 57723, 60564,
                                     62427, 63614, 64356, 64815, 65096, 65268,
                                     65373, 65437, 65475, 65499, 65513};
    enum { STEP = 50, LAST = sizeof KNOTS / sizeof *KNOTS - 1 };
    const int32_t size = logit < 0 ? -logit : logit;
    const int32_t knot = size / STEP;
    uint32_t share = KNOTS[LAST];
    if (knot < LAST)
        share = KNOTS[knot] +
                (uint32_t)((KNOTS[knot + 1] - KNOTS[knot]) * (size % STEP) / STEP);
    return (uint16_t)(logit < 0 ? UINT16_MAX - share : share);
}

static mtc_sentence_kind kind_of_line(mtc_line_kind line) {
    switch (line) {
    case MTC_LINE_HEADLINE: return MTC_SENTENCE_HEADLINE;
    case MTC_LINE_LIST_ITEM: return MTC_SENTENCE_LIST_ITEM;
    case MTC_LINE_CAPTION:
    case MTC_LINE_BYLINE:
    case MTC_LINE_DATELINE: return MTC_SENTENCE_CAPTION;
    case MTC_LINE_INTERFACE:
    case MTC_LINE_DEBRIS: return MTC_SENTENCE_DEBRIS;
    default: return MTC_SENTENCE_PROSE;
    }
}

static mtc_sentence_note note_of(const mtc_document *doc, const mtc_sentence *sentence,
                                 const uint8_t *origins) {
    const evidence found = gather(doc, sentence, origins);
    mtc_sentence_note note = {
        .foreign = share_of(weigh(&found)),
        .kind = (uint8_t)kind_of_line(mtc_sentence_line(doc, sentence)->kind)};
    if (found.words == 0 || found.residues > found.words)
        note.kind = MTC_SENTENCE_DEBRIS;
    else if (note.foreign > UINT16_MAX / 2)
        note.kind = MTC_SENTENCE_FOREIGN;
    return note;
}

mtc_status mtc_sentence_notes_read(const mtc_document *doc, const uint8_t *origins,
                                   const mtc_sentence_note **ret_notes) {
    mtc_sentence_note *const notes =
        MTC_TAKE(doc->arena, mtc_sentence_note, doc->sentences.count + 1);
    if (notes == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        if (mtc_budget_spend(doc->budget, sentence->token_count) != MTC_OK)
            return MTC_DEADLINE;
        notes[i] = note_of(doc, sentence, origins);
    }
    *ret_notes = notes;
    return MTC_OK;
}
