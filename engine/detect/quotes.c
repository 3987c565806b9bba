/* quotes.c: quotation marks and brackets without their other half, by the conventions of
 * news.
 *
 * A quotation may run over paragraphs. Each of them may open with a mark again, and only
 * the last one closes; or none does, and the mark closes paragraphs later. So an opening
 * mark is missed by nobody until the next one opens, or the article ends, without a
 * closing mark between them. Single marks are apostrophes too often to be judged.
 */
#include "base/utf8.h"
#include "detect/detector.h"

static const char *const RULES[] = {"quotes.unpaired", "quotes.broken", "quotes.brackets",
                                    NULL};
enum { UNPAIRED, BROKEN, BRACKETS };

/* More than this many in one article say that its marks follow another convention. */
enum { MOST_FINDINGS = 40 };

typedef struct {
    const mtc_wordset *attribution;
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const mtc_wordset *attribution;
    uint32_t line; /* of the token that is being read */
    uint32_t reported;
} look;

static mtc_status setup(const mtc_detector_setup *engine, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const all = MTC_TAKE(engine->arena, lists, 1);
    if (all == NULL) return MTC_NO_MEMORY;
    all->attribution = mtc_wordlists_get(engine->lists, "attribution-verbs");
    *ret_self = all;
    return MTC_OK;
}

/* --- Tokens --- */

static uint32_t codepoint_of(const look *at, uint32_t token) {
    uint32_t offset = at->doc->tokens.at[token].at.begin;
    return mtc_utf8_next(at->doc->bytes, &offset);
}

/* A double quotation mark of any shape. */
static bool is_double(const look *at, uint32_t token) {
    if (!(at->doc->tokens.at[token].flags & MTC_TOKEN_QUOTE)) return false;
    switch (codepoint_of(at, token)) {
    case '"':
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0xAB:
    case 0xBB:
    case 0x300C:
    case 0x300D:
    case 0xFF02: return true;
    default: return false;
    }
}

/* Lines that pair their marks by themselves: they belong to no running quotation. */
static bool stands_alone(mtc_line_kind kind) {
    return kind != MTC_LINE_BODY && kind != MTC_LINE_QUOTATION &&
           kind != MTC_LINE_LIST_ITEM;
}

static uint32_t line_end(const mtc_line *line) {
    return line->first_token + line->token_count;
}

/* 12" and 6'2": a mark behind a number measures. */
static bool is_measure(const look *at, uint32_t token) {
    const mtc_token *const tokens = at->doc->tokens.at;
    if (token == 0 || (tokens[token].flags & MTC_TOKEN_SPACE_BEFORE)) return false;
    return codepoint_of(at, token) == '"' && tokens[token - 1].kind == MTC_TOKEN_NUMBER;
}

/* --- An opening mark that nothing closes --- */

static bool has_comma(const look *at, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        if (codepoint_of(at, i) == ',') return true;
    }
    return false;
}

/* `"So it is, the mayor said.`: the comma before the words that tell who speaks, at the
 * end of a sentence; MTC_NONE: none. */
static uint32_t attribution_after(const look *at, const mtc_line *line, uint32_t open) {
    enum { LONGEST_SPEAKER = 8, LONGEST_TAIL = 6 };
    const mtc_token *const tokens = at->doc->tokens.at;
    uint32_t comma = MTC_NONE;
    for (uint32_t i = open + 1; i < line_end(line); i++) {
        if (tokens[i].kind == MTC_TOKEN_PUNCTUATION) {
            const bool is_comma = codepoint_of(at, i) == ',';
            if (is_comma && i > open + 1) comma = i;
            if (!is_comma && tokens[i].flags & MTC_TOKEN_QUOTE) return MTC_NONE;
            continue;
        }
        if (comma == MTC_NONE || i > comma + LONGEST_SPEAKER) continue;
        if (!mtc_wordset_has(at->attribution, mtc_token_folded(at->doc, &tokens[i])))
            continue;
        /* "…, which he said was …" goes on: the telling words end their sentence. */
        if (tokens[i].sentence == MTC_NONE) continue;
        const mtc_sentence *const sentence = &at->doc->sentences.at[tokens[i].sentence];
        const uint32_t end = sentence->first_token + sentence->token_count;
        if (end - i <= LONGEST_TAIL + 1 && !has_comma(at, i, end)) return comma;
    }
    return MTC_NONE;
}

/* A later sentence of the paragraph tells who speaks: "Lind said the works …". */
static bool tells_speaker_later(const look *at, const mtc_line *line, uint32_t open) {
    enum { LONGEST_SPEAKER = 3 };
    const mtc_document *const doc = at->doc;
    for (uint32_t s = line->first_sentence;
         s < line->first_sentence + line->sentence_count; s++) {
        const uint32_t first = doc->sentences.at[s].first_token;
        if (first <= open || doc->tokens.at[first].kind != MTC_TOKEN_WORD) continue;
        for (uint32_t i = first + 1; i <= first + LONGEST_SPEAKER && i < line_end(line);
             i++) {
            if (doc->tokens.at[i].kind != MTC_TOKEN_WORD) break;
            if (doc->tokens.at[i - 1].shape == MTC_SHAPE_LOWER) break;
            if (mtc_wordset_has(at->attribution,
                                mtc_token_folded(doc, &doc->tokens.at[i])))
                return true;
        }
    }
    return false;
}

static mtc_status report(look *at, int rule, mtc_range place, double confidence) {
    if (at->reported++ >= MOST_FINDINGS) return MTC_OK;
    const mtc_finding finding = {
        .rule = at->detection->rules[rule], .at = place, .confidence = (float)confidence};
    return mtc_sink_add(at->detection->sink, &finding);
}

static bool begins_sentence(const look *at, uint32_t open) {
    const mtc_document *const doc = at->doc;
    const uint32_t sentence = doc->tokens.at[open].sentence;
    if (sentence == MTC_NONE) return false;
    const uint32_t first = doc->sentences.at[sentence].first_token;
    return open <= first + 1 || codepoint_of(at, open - 1) == ':' ||
           codepoint_of(at, open - 1) == ',';
}

static mtc_status report_open(look *at, const mtc_line *line, uint32_t open,
                              double confidence) {
    const mtc_token *const tokens = at->doc->tokens.at;
    if (at->reported >= MOST_FINDINGS) return MTC_OK;
    const uint32_t comma = attribution_after(at, line, open);
    /* Of a few quoted words inside a sentence nobody knows where they ended. */
    if (comma != MTC_NONE && begins_sentence(at, open))
        return report(at, BROKEN, mtc_range_join(tokens[open].at, tokens[comma].at), 0.9);
    return report(at, UNPAIRED, tokens[open].at, confidence);
}

/* --- Running quotations --- */

typedef struct {
    uint32_t open;      /* token; MTC_NONE: no quotation runs */
    uint32_t open_line; /* index */
    uint32_t last_line; /* the last line that took it up again */
} quotation;

/* The next paragraph takes the quotation up with a mark of its own: the convention,
 * unless the one before has told its speaker behind the words. */
static bool is_taken_up(const look *at, const quotation *running, uint32_t token) {
    const mtc_line *const line = &at->doc->lines.at[at->line];
    if (token != line->first_token || at->line != running->last_line + 1) return false;
    const mtc_line *const before = &at->doc->lines.at[running->open_line];
    return attribution_after(at, before, running->open) == MTC_NONE &&
           !tells_speaker_later(at, before, running->open);
}

/* Do marks stand in one of the paragraphs before? */
static bool quoted_before(const look *at) {
    enum { FARTHEST = 4 };
    const mtc_document *const doc = at->doc;
    for (uint32_t back = 1; back <= FARTHEST && back <= at->line; back++) {
        const mtc_line *const line = &doc->lines.at[at->line - back];
        for (uint32_t i = line->first_token; i < line_end(line); i++) {
            if (is_double(at, i)) return true;
        }
    }
    return false;
}

/* Does something stand here that a closing mark stands before? */
static bool is_ending(const look *at, uint32_t token) {
    const mtc_document *const doc = at->doc;
    const mtc_line *const line = &doc->lines.at[at->line];
    if (token >= line_end(line)) return true;
    const uint32_t codepoint = codepoint_of(at, token);
    return codepoint < 0x80 && codepoint != 0 &&
           strchr(".,;:!?)", (int)codepoint) != NULL &&
           mtc_range_length(doc->tokens.at[token].at) == 1;
}

static bool opens(const look *at, uint32_t token, const quotation *running) {
    const mtc_token *const mark = &at->doc->tokens.at[token];
    const bool opening = (mark->flags & MTC_TOKEN_OPENS) != 0;
    if (codepoint_of(at, token) != '"') return opening;
    /* A straight mark is turned by its neighbours; between two blanks by what runs. */
    const mtc_token *const tokens = at->doc->tokens.at;
    const bool space_before = (mark->flags & MTC_TOKEN_SPACE_BEFORE) != 0;
    const bool space_behind = token + 1 >= at->doc->tokens.count ||
                              (tokens[token + 1].flags & MTC_TOKEN_SPACE_BEFORE) != 0;
    if (space_before && space_behind) return running->open == MTC_NONE;
    /* `the so "called ".`: a blank too many before the closing mark. */
    if (running->open != MTC_NONE && is_ending(at, token + 1)) return false;
    return opening;
}

static mtc_status meet_mark(look *at, uint32_t token, quotation *running) {
    const mtc_document *const doc = at->doc;
    if (is_measure(at, token) && running->open == MTC_NONE) return MTC_OK;
    if (!opens(at, token, running)) {
        const bool was_open = running->open != MTC_NONE;
        running->open = MTC_NONE;
        if (was_open || at->reported >= MOST_FINDINGS) return MTC_OK;
        /* Where quotations run over paragraphs, one may have been closed too early. */
        const double confidence = quoted_before(at) ? 0.45 : 0.7;
        return report(at, UNPAIRED, doc->tokens.at[token].at, confidence);
    }
    mtc_status status = MTC_OK;
    if (running->open != MTC_NONE && !is_taken_up(at, running, token))
        status = report_open(at, &doc->lines.at[running->open_line], running->open, 0.85);
    *running = (quotation){token, at->line, at->line};
    return status;
}

static mtc_status read_line(look *at, quotation *running) {
    const mtc_document *const doc = at->doc;
    const mtc_line *const line = &doc->lines.at[at->line];
    quotation own = {MTC_NONE, at->line, at->line};
    const bool alone = stands_alone(line->kind);
    quotation *const state = alone ? &own : running;
    for (uint32_t i = line->first_token; i < line_end(line); i++) {
        if (!is_double(at, i)) continue;
        const mtc_status status = meet_mark(at, i, state);
        if (status != MTC_OK) return status;
    }
    if (alone && own.open != MTC_NONE) return report_open(at, line, own.open, 0.6);
    if (alone)
        running->last_line =
            running->last_line + 1 == at->line ? at->line : running->last_line;
    return MTC_OK;
}

/* --- Brackets --- */

static uint32_t closing_of(uint32_t codepoint) {
    return codepoint == '(' ? ')' : codepoint == '[' ? ']' : 0;
}

/* ":)" and ";-(" and "(:" */
static bool is_smiley(const look *at, uint32_t token) {
    const mtc_token *const tokens = at->doc->tokens.at;
    const bool is_last = token + 1 == at->doc->tokens.count;
    if (codepoint_of(at, token) == '(' && !is_last &&
        codepoint_of(at, token + 1) == ':' &&
        !(tokens[token + 1].flags & MTC_TOKEN_SPACE_BEFORE))
        return true;
    if (token == 0 || (tokens[token].flags & MTC_TOKEN_SPACE_BEFORE)) return false;
    const uint32_t before = codepoint_of(at, token - 1);
    return before == ':' || before == ';' || before == '-' || before == '=' ||
           before == '^';
}

/* "a) …", "1) …", "iv) …": what stands before the bracket is short and begins something.
 */
static bool is_list_marker(const look *at, uint32_t token) {
    const mtc_token *const tokens = at->doc->tokens.at;
    if (token == 0 || (tokens[token].flags & MTC_TOKEN_SPACE_BEFORE)) return false;
    const mtc_token *const before = &tokens[token - 1];
    const uint32_t longest = before->kind == MTC_TOKEN_WORD ? 4 : 2;
    return before->kind <= MTC_TOKEN_NUMBER && mtc_range_length(before->at) <= longest &&
           (before->flags & MTC_TOKEN_SPACE_BEFORE) != 0;
}

/* Does the bracket of an earlier paragraph close here before another one opens? */
static bool closes_later(const look *at, uint32_t codepoint) {
    enum { FARTHEST = 4 };
    const mtc_document *const doc = at->doc;
    for (uint32_t l = at->line + 1; l < doc->lines.count && l <= at->line + FARTHEST;
         l++) {
        const mtc_line *const line = &doc->lines.at[l];
        for (uint32_t i = line->first_token; i < line_end(line); i++) {
            const uint32_t met = codepoint_of(at, i);
            if (met == codepoint) return false;
            if (met == closing_of(codepoint)) return !is_list_marker(at, i);
        }
    }
    return false;
}

/* A closing bracket may belong to one that an earlier paragraph opened. */
static bool was_opened_before(const look *at) {
    enum { FARTHEST = 4 };
    const mtc_document *const doc = at->doc;
    for (uint32_t back = 1; back <= FARTHEST && back <= at->line; back++) {
        const mtc_line *const line = &doc->lines.at[at->line - back];
        for (uint32_t i = line_end(line); i-- > line->first_token;) {
            const uint32_t met = codepoint_of(at, i);
            if (met == ')' || met == ']') return false;
            if (closing_of(met) != 0) return true;
        }
    }
    return false;
}

static mtc_status read_brackets(look *at) {
    enum { DEEPEST = 8 };
    const mtc_document *const doc = at->doc;
    const mtc_line *const line = &doc->lines.at[at->line];
    uint32_t open[DEEPEST];
    uint32_t depth = 0, searches = 0;
    mtc_status status = MTC_OK;
    for (uint32_t i = line->first_token; i < line_end(line) && status == MTC_OK; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        if (token->kind != MTC_TOKEN_PUNCTUATION && token->kind != MTC_TOKEN_SYMBOL)
            continue;
        const uint32_t codepoint = codepoint_of(at, i);
        if (closing_of(codepoint) != 0) {
            if (is_smiley(at, i)) continue;
            if (depth == DEEPEST) return MTC_OK;
            open[depth++] = i;
        } else if (codepoint == ')' || codepoint == ']') {
            if (depth > 0 && closing_of(codepoint_of(at, open[depth - 1])) == codepoint) {
                depth--;
            } else if (depth > 0) {
                return MTC_OK; /* crossed: notation, not prose */
            } else if (!is_smiley(at, i) && !is_list_marker(at, i) &&
                       (searches++ > 0 || !was_opened_before(at))) {
                status = report(at, BRACKETS, token->at, 0.75);
            }
        }
    }
    for (uint32_t i = 0; i < depth && status == MTC_OK; i++) {
        if (searches++ < 2 && closes_later(at, codepoint_of(at, open[i]))) continue;
        status = report(at, BRACKETS, doc->tokens.at[open[i]].at, 0.8);
    }
    return status;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    const lists *const all = detection->self;
    look at = {.detection = detection, .doc = doc, .attribution = all->attribution};
    quotation running = {MTC_NONE, 0, 0};
    for (at.line = 0; at.line < doc->lines.count; at.line++) {
        const mtc_line *const line = &doc->lines.at[at.line];
        if (mtc_budget_spend(doc->budget, line->token_count + 1) != MTC_OK)
            return MTC_DEADLINE;
        mtc_status status = read_line(&at, &running);
        if (status == MTC_OK && line->kind != MTC_LINE_DEBRIS)
            status = read_brackets(&at);
        if (status != MTC_OK) return status;
    }
    if (running.open == MTC_NONE) return MTC_OK;
    return report_open(&at, &doc->lines.at[running.open_line], running.open, 0.85);
}

const mtc_detector mtc_detector_quotes = {"quotes", RULES, setup, run};
