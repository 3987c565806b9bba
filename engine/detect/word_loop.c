/* word_loop.c: a word in which the translator got stuck: "nefarnfarnfarnfarnfarnfarn".
 *
 * A word counts where one piece of three letters or more fills most of it, again and
 * again. Laughter and song repeat pieces of one or two letters.
 */
#include "detect/detector.h"

static const char *const RULES[] = {"repetition.loop", NULL};

enum {
    SHORTEST_PIECE = 3,
    LONGEST_PIECE = 12,
    FEWEST_COPIES = 5,
    SHORTEST_WORD = SHORTEST_PIECE * FEWEST_COPIES,
    LONGEST_LOOK = 400, /* bytes; a loop shows long before */
};

/* The longest run of copies with this period: its end; its beginning in *ret_begin. */
static size_t longest_run(mtc_str text, size_t period, size_t *ret_begin) {
    size_t best = 0, best_end = 0;
    for (size_t i = period, length = 0; i < text.len; i++) {
        length = text.ptr[i] == text.ptr[i - period] ? length + 1 : 0;
        if (length > best) {
            best = length;
            best_end = i + 1;
        }
    }
    *ret_begin = best == 0 ? 0 : best_end - best - period;
    return best_end;
}

/* The piece that fills half of the word or more; empty: none does. */
static mtc_str piece_of(mtc_str text) {
    if (text.len > LONGEST_LOOK) text.len = LONGEST_LOOK;
    for (size_t period = 1; period <= LONGEST_PIECE && period * FEWEST_COPIES <= text.len;
         period++) {
        size_t begin;
        const size_t end = longest_run(text, period, &begin);
        if (end - begin < period * FEWEST_COPIES || 2 * (end - begin) < text.len)
            continue;
        /* The shortest period is the piece: of "hahaha" it is "ha". */
        return period < SHORTEST_PIECE ? (mtc_str){text.ptr, 0}
                                       : (mtc_str){text.ptr + begin, period};
    }
    return (mtc_str){text.ptr, 0};
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        if (token->kind != MTC_TOKEN_WORD || mtc_range_length(token->at) < SHORTEST_WORD)
            continue;
        if (mtc_budget_spend(doc->budget, 8) != MTC_OK) return MTC_DEADLINE;
        const mtc_str piece = piece_of(mtc_token_folded(doc, token));
        if (piece.len == 0) continue;
        const mtc_finding finding = {
            .rule = detection->rules[0], .at = token->at, .arguments = {piece}};
        const mtc_status status = mtc_sink_add(detection->sink, &finding);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_word_loop = {"word-loop", RULES, NULL, run};
