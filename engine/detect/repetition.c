/* repetition.c: words and phrases that stand twice.
 *
 * A repeated phrase is a stretch of the line that equals itself moved by a period: one
 * pass for each period up to LONGEST_PERIOD finds every direct repetition of a phrase up
 * to that length, in time linear in the text. The elements compared are folded words and
 * commas; every other mark is unlike all others, so nothing reaches across it.
 */
#include "detect/detector.h"
#include "language/function_words.h"

enum { WORD, PHRASE, PASSAGE, LOOP };
static const char *const RULES[] = {"repetition.word", "repetition.phrase",
                                    "repetition.passage", "repetition.loop", NULL};

enum {
    LONGEST_PERIOD = 32,
    LONGEST_HEADLINE = 80, /* elements; longer ones are no headlines */
    MOST_NAMES = 4,        /* copies that a name or a title may have */
    SHORTEST_STUCK = 5,    /* bytes of a noun that three copies prove to be stuck */
    COMMA = UINT32_MAX,
};

typedef struct {
    const mtc_wordset *function_words, *repeatable, *links, *particles;
} lists;

/* One word, number or mark of the line. */
typedef struct {
    uint32_t id;    /* folded word; COMMA; else a number above all words, never twice */
    uint32_t token; /* index */
} element;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *functions; /* mtc_function_class by word */
    const mtc_line *line;
    element *at;
    uint32_t count;
    mtc_range told; /* what has been reported of this line as a phrase or loop */
} line_view;

static const mtc_token *token_of(const line_view *view, uint32_t index) {
    return &view->doc->tokens.at[view->at[index].token];
}

static bool is_word(const line_view *view, uint32_t index) {
    return view->at[index].id < view->doc->words.count;
}

static mtc_str folded(const line_view *view, uint32_t index) {
    return view->doc->words.at[view->at[index].id].text;
}

static bool in_list(const line_view *view, uint32_t index, const mtc_wordset *set) {
    return is_word(view, index) && mtc_wordset_has(set, folded(view, index));
}

static mtc_function_class function_of(const line_view *view, uint32_t index) {
    if (!is_word(view, index)) return MTC_FUNCTION_NONE;
    return (mtc_function_class)view->functions[view->at[index].id];
}

static bool is_function_word(const line_view *view, uint32_t index) {
    return function_of(view, index) != MTC_FUNCTION_NONE;
}

static bool is_coordinator(const line_view *view, uint32_t index) {
    return function_of(view, index) == MTC_FUNCTION_COORDINATOR;
}

/* What may stand between two copies. */
static bool is_separator(const line_view *view, uint32_t index) {
    return view->at[index].id == COMMA || is_coordinator(view, index);
}

static mtc_range range_of(const line_view *view, uint32_t first, uint32_t last) {
    return (mtc_range){token_of(view, first)->at.begin, token_of(view, last)->at.end};
}

static void read_line(line_view *view) {
    const mtc_document *const doc = view->doc;
    uint32_t unlike = (uint32_t)doc->words.count;
    view->count = 0;
    for (uint32_t i = 0; i < view->line->token_count; i++) {
        const uint32_t index = view->line->first_token + i;
        const mtc_token *const token = &doc->tokens.at[index];
        uint32_t id = unlike++;
        /* "X, and X, and X" is no less a loop than "X and X and X". */
        if (view->count > 0 && view->at[view->count - 1].id == COMMA &&
            token->kind == MTC_TOKEN_WORD &&
            view->functions[mtc_token_folded_id(doc, token)] == MTC_FUNCTION_COORDINATOR)
            view->count--;
        if (token->kind == MTC_TOKEN_WORD || token->kind == MTC_TOKEN_NUMBER) {
            id = mtc_token_folded_id(doc, token);
        } else if (mtc_str_equal(mtc_token_bytes(doc, token), MTC_STR(","))) {
            id = COMMA;
        }
        view->at[view->count++] = (element){id, index};
    }
}

/* --- One word --- */

static bool tag_share_at_least(const line_view *view, uint32_t index, mtc_tag_class tag,
                               unsigned share) {
    const mtc_lexeme *const lexeme = view->doc->words.at[view->at[index].id].lexeme;
    return lexeme != NULL && lexeme->share[tag] >= share;
}

/* "a long long way" where people speak: emphasis, not a slip. */
static bool can_be_emphasis(const line_view *view, uint32_t index) {
    if (tag_share_at_least(view, index, MTC_TAG_OTHER, 30)) return true;
    return token_of(view, index)->flags & MTC_TOKEN_QUOTED &&
           (tag_share_at_least(view, index, MTC_TAG_ADJECTIVE, 60) ||
            tag_share_at_least(view, index, MTC_TAG_ADVERB, 60));
}

/* "What it is is a mistake", "Whatever he does does not matter": the first ends a clause
 * that stands for a noun, the second is the verb of the sentence. */
static bool ends_question_clause(const line_view *view, uint32_t first) {
    enum { LONGEST_CLAUSE = 8 };
    const uint32_t both = MTC_FUNCTION_BIT(BE) | MTC_FUNCTION_BIT(DO);
    if (!(both & (1u << function_of(view, first)))) return false;
    for (uint32_t back = 2; back <= LONGEST_CLAUSE && back <= first; back++) {
        const uint32_t at = first - back;
        if (!is_word(view, at) ||
            token_of(view, at)->sentence != token_of(view, first)->sentence) {
            return false;
        }
        if (function_of(view, at) == MTC_FUNCTION_INTERROGATIVE) return true;
    }
    return false;
}

static bool is_sound_doubling(const line_view *view, uint32_t first) {
    const mtc_token *const one = token_of(view, first);
    const mtc_token *const two = token_of(view, first + 1);
    if (one->kind != MTC_TOKEN_WORD || two->kind != MTC_TOKEN_WORD) return true;
    if (one->sentence != two->sentence) return true;
    if (mtc_range_length(one->at) == 1 && one->shape != MTC_SHAPE_LOWER) return true;
    const bool known_by_grammar = is_function_word(view, first);
    if (in_list(view, first, view->lists->repeatable)) return true;
    /* Names: Duran Duran, Boutros Boutros-Ghali; acronym and word: US us, WHO who. */
    if (two->shape != MTC_SHAPE_LOWER) return true;
    if (one->shape == MTC_SHAPE_UPPER || one->shape == MTC_SHAPE_MIXED) return true;
    if (one->shape == MTC_SHAPE_CAPITAL &&
        !((one->flags & MTC_TOKEN_STARTS_SENTENCE) && known_by_grammar)) {
        return true;
    }
    if (known_by_grammar) return ends_question_clause(view, first);
    if (can_be_emphasis(view, first)) return true;
    /* Reduplication is common in names from other languages. */
    return !(view->doc->words.at[two->word].knowledge & MTC_KNOWN_ANY);
}

static mtc_status report_word(const line_view *view, uint32_t first) {
    const mtc_token *const one = token_of(view, first);
    const mtc_token *const two = token_of(view, first + 1);
    const mtc_rule *const rule = view->detection->rules[WORD];
    const float quoted = (float)mtc_rule_number(rule, "confidence_in_quotes", 0.75);
    const mtc_finding finding = {
        .rule = rule,
        .at = mtc_range_join(one->at, two->at),
        .mark = two->at,
        .confidence = two->flags & MTC_TOKEN_QUOTED ? quoted : 0,
        .repairs = {{.at = {one->at.end, two->at.end}, .replacement = MTC_STR("")}},
        .repair_count = 1,
    };
    return mtc_sink_add(view->detection->sink, &finding);
}

static mtc_status find_words(const line_view *view) {
    for (uint32_t i = 0; i + 1 < view->count; i++) {
        if (view->at[i].id != view->at[i + 1].id) continue;
        uint32_t last = i + 1;
        while (last + 1 < view->count && view->at[last + 1].id == view->at[i].id) last++;
        /* Three and more in a row are chant or emphasis, unless it is a word of
         * grammar, which nobody chants. */
        const bool is_chant = last > i + 1 && !is_function_word(view, i);
        if (!is_chant && !is_sound_doubling(view, i)) {
            const mtc_status status = report_word(view, i);
            if (status != MTC_OK) return status;
        }
        i = last;
    }
    return MTC_OK;
}

/* --- Phrases and loops --- */

/* A stretch that repeats: elements [first, last], copies of `length` elements. */
typedef struct {
    uint32_t first, last;
    uint32_t length; /* of one copy, without what separates two */
    uint32_t period; /* with it */
    uint32_t copies; /* whole ones */
} repeat;

static uint32_t count_content(const line_view *view, uint32_t first, uint32_t length) {
    uint32_t count = 0;
    for (uint32_t i = first; i < first + length; i++) {
        count += is_word(view, i) && !is_function_word(view, i);
    }
    return count;
}

static bool has_only(const line_view *view, const repeat *found, bool numbers_too) {
    for (uint32_t i = found->first; i < found->first + found->length; i++) {
        if (!is_word(view, i)) return false;
        if (!numbers_too && token_of(view, i)->kind == MTC_TOKEN_NUMBER) return false;
    }
    return true;
}

/* "la la la la la la": one word, chanted. */
static bool is_chant(const line_view *view, const repeat *found) {
    for (uint32_t i = found->first + 1; i <= found->last; i++) {
        if (view->at[i].id != view->at[found->first].id) return false;
    }
    return !is_function_word(view, found->first);
}

static bool is_all_names(const line_view *view, const repeat *found) {
    for (uint32_t i = found->first; i <= found->last; i++) {
        if (is_word(view, i) && token_of(view, i)->shape == MTC_SHAPE_LOWER) return false;
    }
    return true;
}

/* "step by step by step", "more and more and more": ends where it began. */
static bool is_chain(const line_view *view, const repeat *found) {
    if (found->period != 2) return false;
    const uint32_t size = found->last - found->first + 1;
    const bool begins_with_link = in_list(view, found->first, view->lists->links);
    const bool linked = in_list(view, found->first + 1, view->lists->links);
    /* "and over and over", "step by step by himself" */
    if (size == 4) return begins_with_link || linked;
    return linked && size % 2 == 1;
}

/* "a deal is a deal is a deal": the link stands between three equal halves. */
static bool is_equation(const line_view *view, const repeat *found) {
    const uint32_t link = found->first + found->length - 1;
    if (found->copies != 2 || found->length != found->period || found->length < 3 ||
        function_of(view, link) != MTC_FUNCTION_BE ||
        found->last + found->length > view->count) {
        return false;
    }
    for (uint32_t i = 0; i + 1 < found->length; i++) {
        if (view->at[found->last + 1 + i].id != view->at[found->first + i].id)
            return false;
    }
    return true;
}

/* Does the copy end in a word that cannot end a phrase ("know the reason for the")? A
 * preposition can where it is a particle too ("come on"). */
static bool is_cut_off(const line_view *view, const repeat *found) {
    const uint32_t open = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
                          MTC_FUNCTION_BIT(PREPOSITION) | MTC_FUNCTION_BIT(COORDINATOR) |
                          MTC_FUNCTION_BIT(HAVE) | MTC_FUNCTION_BIT(MODAL) |
                          MTC_FUNCTION_BIT(SUBORDINATOR) | MTC_FUNCTION_BIT(RELATIVE) |
                          MTC_FUNCTION_BIT(PARTICLE);
    const uint32_t last = found->first + found->length - 1;
    return (open & (1u << function_of(view, last))) &&
           !in_list(view, last, view->lists->particles);
}

/* "the Mayor of Ghent and the Mayor of Ghent North": the second is another name. */
static bool goes_on_as_name(const line_view *view, const repeat *found) {
    const uint32_t behind = found->last + 1;
    return found->copies == 2 && found->period > found->length && behind < view->count &&
           is_word(view, behind) && token_of(view, behind)->shape == MTC_SHAPE_CAPITAL &&
           token_of(view, found->last)->shape == MTC_SHAPE_CAPITAL;
}

/* "every ten years, and every ten years we meet" */
static bool has_comma_and(const line_view *view, const repeat *found) {
    const uint32_t link = found->first + found->length;
    return view->at[link].token > view->at[link - 1].token + 1;
}

/* Does a verb of grammar stand behind the last copy? */
static bool has_verb_behind(const line_view *view, const repeat *found) {
    const uint32_t behind = found->last + 1;
    return behind < view->count &&
           (MTC_FUNCTION_VERBS & (1u << function_of(view, behind)));
}

static bool is_sound_repeat(const line_view *view, const repeat *found) {
    if (!has_only(view, found, true) || is_chain(view, found)) return true;
    if (is_chant(view, found) || is_equation(view, found)) return true;
    /* New York, New York */
    if (is_all_names(view, found) && found->copies < MOST_NAMES) return true;
    if (goes_on_as_name(view, found)) return true;
    const mtc_token *const first = token_of(view, found->first);
    const mtc_token *const last = token_of(view, found->last);
    const bool separated = found->period > found->length;
    const bool comma = separated && view->at[found->first + found->length].id == COMMA;
    if (found->length == 1) return true; /* repetition.word judges it */
    if (separated && found->copies == 2 && has_comma_and(view, found))
        return true; /* garbled.tautology judges it */
    if (count_content(view, found->first, found->length) == 0 && found->length == 2 &&
        found->copies == 2 && !is_cut_off(view, found)) {
        return true; /* "whatever it is it is": each word has its work */
    }
    /* Speakers and slogans repeat on purpose, but never half a phrase. */
    const bool spoken = (first->flags | last->flags) & MTC_TOKEN_QUOTED;
    const bool goes_on = found->last + 1 < view->count && is_word(view, found->last + 1);
    if (spoken && comma && !goes_on && found->length == 2) return true; /* "I do, I do" */
    if (separated && spoken) return !is_cut_off(view, found) && (comma || !goes_on);
    /* "they reached the harbour, the harbour closed", "they reached the gate of the
     * castle, the gate of the castle was shut" */
    if (separated && found->copies == 2) {
        return (found->length < 4 || (comma && has_verb_behind(view, found))) &&
               !is_cut_off(view, found);
    }
    return !has_only(view, found, false) && found->length < 4; /* 2-1 2-1, 5 to 5 to */
}

/* By how often, then by how much. */
static int rule_for(const line_view *view, const repeat *found) {
    if (found->copies >= 3) return LOOP;
    const mtc_rule *const passage = view->detection->rules[PASSAGE];
    return found->length >= (uint32_t)mtc_rule_number(passage, "fewest_words", 4)
               ? PASSAGE
               : PHRASE;
}

static mtc_status report_repeat(line_view *view, const repeat *found) {
    const mtc_range at = range_of(view, found->first, found->last);
    if (at.begin >= view->told.begin && at.end <= view->told.end) return MTC_OK;
    view->told = at;
    const mtc_range once = range_of(view, found->first, found->first + found->length - 1);
    const mtc_finding finding = {
        .rule = view->detection->rules[rule_for(view, found)],
        .at = at,
        .arguments = {mtc_document_slice(view->doc, once)},
        .repairs = {{.at = {once.end, at.end}, .replacement = MTC_STR("")}},
        .repair_count = 1,
    };
    return mtc_sink_add(view->detection->sink, &finding);
}

/* Elements [begin, end) each equal the one `period` before. */
static mtc_status judge_run(line_view *view, uint32_t period, uint32_t begin,
                            uint32_t end) {
    repeat found = {.first = begin - period, .last = end - 1, .period = period};
    const uint32_t run = end - begin;
    const bool sound_edge = run + 1 >= period && run > 0;
    if (!sound_edge) return MTC_OK;
    /* A separator belongs between copies; runs begin and end with words. */
    if (!is_word(view, found.first)) found.first++;
    if (!is_word(view, found.last)) found.last--;
    if (found.last <= found.first) return MTC_OK;
    const uint32_t size = found.last - found.first + 1;
    if (size >= 2 * period) {
        found.length = period;
        found.copies = size / period;
        /* "the old and the old and": prefer the cut at the separator. */
        const uint32_t tail = found.first + period - 1;
        if (period > 2 && is_separator(view, tail)) {
            found.length = period - 1;
            found.copies = (size + 1) / period;
        }
    } else if (size + 1 >= 2 * period) {
        const uint32_t middle = found.first + period - 1;
        if (!is_separator(view, middle)) return MTC_OK;
        found.length = period - 1;
        found.copies = (size + 1) / period;
    } else {
        return MTC_OK;
    }
    if (found.copies < 2 || found.length == 0) return MTC_OK;
    /* What hangs over the last whole copy is no part of it. */
    const uint32_t whole = found.copies * period - (period - found.length);
    if (size > whole && found.period != 2) found.last = found.first + whole - 1;
    return is_sound_repeat(view, &found) ? MTC_OK : report_repeat(view, &found);
}

static mtc_status find_phrases(line_view *view) {
    view->told = (mtc_range){0};
    for (uint32_t period = 2; period <= LONGEST_PERIOD; period++) {
        uint32_t begin = period;
        for (uint32_t i = period; i <= view->count; i++) {
            if (i < view->count && view->at[i].id == view->at[i - period].id) continue;
            if (i > begin) {
                const mtc_status status = judge_run(view, period, begin, i);
                if (status != MTC_OK) return status;
            }
            begin = i + 1;
        }
    }
    return MTC_OK;
}

/* --- One word, again and again --- */

/* How many copies in a row nobody writes on purpose: "the negative negative negative",
 * but "Duran Duran", "row row row", "Work, work, work". */
static uint32_t fewest_stuck(const line_view *view, uint32_t first, bool has_comma) {
    const mtc_token *const word = token_of(view, first + (has_comma ? 2 : 1));
    if (word->flags & MTC_TOKEN_QUOTED) return 10;
    if (has_comma) return 5;
    if (word->shape != MTC_SHAPE_LOWER) return 5;
    return mtc_range_length(word->at) >= SHORTEST_STUCK &&
                   tag_share_at_least(view, first, MTC_TAG_NOUN, 50)
               ? 3
               : 4;
}

/* Words that equal the one before, with commas between or without. */
static mtc_status find_stuck(line_view *view) {
    for (uint32_t first = 0; first + 2 < view->count;) {
        uint32_t last = first, copies = 1;
        bool has_comma = false;
        while (is_word(view, first)) {
            const uint32_t step =
                last + 1 < view->count && view->at[last + 1].id == COMMA;
            const uint32_t next = last + 1 + step;
            if (next >= view->count || view->at[next].id != view->at[first].id) break;
            has_comma = has_comma || (step && copies == 1);
            last = next;
            copies++;
        }
        const mtc_token *const word = token_of(view, first);
        if (copies >= 3 && word->kind == MTC_TOKEN_WORD &&
            mtc_range_length(word->at) > 1 &&
            !in_list(view, first, view->lists->repeatable) &&
            copies >= fewest_stuck(view, first, has_comma)) {
            const repeat found = {first, last, 1, 1, copies};
            const mtc_status status = report_repeat(view, &found);
            if (status != MTC_OK) return status;
        }
        first = last + 1;
    }
    return MTC_OK;
}

/* --- Halves of a headline --- */

static uint32_t shared_length(const line_view *view, uint32_t a, uint32_t b) {
    uint32_t length = 0;
    while (a + length < b && b + length < view->count && is_word(view, a + length) &&
           view->at[a + length].id == view->at[b + length].id) {
        length++;
    }
    return length;
}

/* The longest stretch that a headline says twice. */
static mtc_status find_halves(line_view *view) {
    if (view->count > LONGEST_HEADLINE) return MTC_OK;
    uint32_t best = 0, best_at = 0;
    for (uint32_t a = 0; a < view->count; a++) {
        for (uint32_t b = a + 1; b < view->count; b++) {
            const uint32_t length = shared_length(view, a, b);
            if (length > best && count_content(view, a, length) >= 2) {
                best = length;
                best_at = b;
            }
        }
    }
    const mtc_rule *const rule = view->detection->rules[PHRASE];
    if (best < (uint32_t)mtc_rule_number(rule, "headline_words", 4)) return MTC_OK;
    const mtc_range at = range_of(view, best_at, best_at + best - 1);
    if (at.begin >= view->told.begin && at.end <= view->told.end) return MTC_OK;
    const mtc_finding finding = {
        .rule = rule, .at = at, .arguments = {mtc_document_slice(view->doc, at)}};
    return mtc_sink_add(view->detection->sink, &finding);
}

static mtc_status look_at_line(line_view *view) {
    read_line(view);
    mtc_status status = find_words(view);
    if (status == MTC_OK) status = find_phrases(view);
    if (status == MTC_OK) status = find_stuck(view);
    if (status == MTC_OK && view->line->kind == MTC_LINE_HEADLINE) {
        status = find_halves(view);
    }
    return status;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    line_view view = {.detection = detection, .doc = doc, .lists = detection->self};
    view.at = MTC_TAKE(doc->arena, element, doc->tokens.count + 1);
    view.functions = mtc_function_classes_read(doc, view.lists->function_words);
    if (view.at == NULL || view.functions == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < doc->lines.count; i++) {
        view.line = &doc->lines.at[i];
        if (view.line->sentence_count == 0) continue;
        if (mtc_budget_spend(doc->budget, 4 * view.line->token_count) != MTC_OK) {
            return MTC_DEADLINE;
        }
        const mtc_status status = look_at_line(&view);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const self = MTC_TAKE(setup->arena, lists, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->repeatable = mtc_wordlists_get(setup->lists, "repeatable-words");
    self->links = mtc_wordlists_get(setup->lists, "repetition-links");
    self->particles = mtc_wordlists_get(setup->lists, "particles");
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_repetition = {"repetition", RULES, setup, run};
