/* Where sentences end, judged between two tokens of a line. Evidence is kept, nothing is
 * repaired: a stop before a small letter ends a sentence, and the next says begins_lower.
 */
#include "text/reader.h"

enum {
    WIDEST_ASIDE = 60, /* tokens of a bracket that is read as part of its sentence */
    FARTHEST_ATTRIBUTION = 5, /* tokens between a quotation and its verb of saying */
    LONGEST_APPOSITION = 12   /* tokens between the commas behind a speaker's name */
};

static mtc_str bytes_of(const mtc_reader *reader, const mtc_token *token) {
    return mtc_token_bytes(reader->doc, token);
}

static uint32_t last_codepoint(const mtc_reader *reader, const mtc_token *token) {
    return mtc_char_before(reader->doc->bytes, token->at.end, token->at.begin).codepoint;
}

static mtc_char first_char(const mtc_reader *reader, const mtc_token *token) {
    return mtc_char_at(reader->doc->bytes, token->at.begin, token->at.end);
}

/* What a mark ends a sentence with. */
static mtc_sentence_end end_of_mark(mtc_str mark) {
    uint32_t at = 0;
    bool question = false;
    if (mark.len > 1 && mark.ptr[0] == '.') return MTC_END_ELLIPSIS;
    while (at < mark.len) {
        const uint32_t codepoint = mtc_utf8_next(mark, &at);
        if (at < mark.len) {
            question |= codepoint == '?';
            continue;
        }
        switch (codepoint) {
        case '.':
        case 0x3002: /* 。 ． ｡ ། । ॥ ։ ۔ */
        case 0xFF0E:
        case 0xFF61:
        case 0x0F0D:
        case 0x0964:
        case 0x0965:
        case 0x0589:
        case 0x06D4: return MTC_END_STOP;
        case '?':
        case 0xFF1F:
        case 0x061F:
        case 0x037E:
        case 0x2047:
        case 0x2048: return MTC_END_QUESTION;
        case '!':
        case 0xFF01:
        case 0x203C: return question ? MTC_END_QUESTION : MTC_END_EXCLAMATION;
        case 0x2026: return MTC_END_ELLIPSIS;
        case ':':
        case 0xFF1A: return MTC_END_COLON;
        case ';':
        case 0xFF1B:
        case 0x061B: return MTC_END_SEMICOLON;
        case ',':
        case 0xFF0C:
        case 0x3001:
        case 0x060C: return MTC_END_COMMA;
        case '-': return MTC_END_DASH;
        default: return mtc_is_dash(codepoint) ? MTC_END_DASH : MTC_END_NONE;
        }
    }
    return MTC_END_NONE;
}

mtc_sentence_end mtc_reader_token_end(const mtc_reader *reader, const mtc_token *token) {
    if (token->kind == MTC_TOKEN_PUNCTUATION) return end_of_mark(bytes_of(reader, token));
    const bool has_stop = (token->flags & MTC_TOKEN_ABBREVIATION) != 0 &&
                          last_codepoint(reader, token) == '.';
    return has_stop ? MTC_END_STOP : MTC_END_NONE;
}

/* The same, where stops with blanks between (". . .") are an ellipsis. */
static mtc_sentence_end end_at(const mtc_reader *reader, uint32_t at, uint32_t first) {
    const mtc_sentence_end end =
        mtc_reader_token_end(reader, mtc_reader_token(reader, at));
    const bool repeated =
        end == MTC_END_STOP && at > first &&
        mtc_reader_token(reader, at)->word == mtc_reader_token(reader, at - 1)->word;
    return repeated ? MTC_END_ELLIPSIS : end;
}

static bool is_terminator(mtc_sentence_end end) {
    return end >= MTC_END_STOP && end <= MTC_END_ELLIPSIS;
}

/* Stops of scripts that put no space behind them. */
static bool is_wide(uint32_t codepoint) {
    return codepoint == 0x3002 || (codepoint >= 0xFF01 && codepoint <= 0xFF61);
}

/* A mark that belongs to the sentence before it: a closing quote or bracket. */
static bool is_closer(const mtc_token *token) {
    return (token->flags & MTC_TOKEN_CLOSES) != 0;
}

static bool begins_upper(const mtc_reader *reader, const mtc_token *token) {
    const mtc_char c = first_char(reader, token);
    if (token->kind == MTC_TOKEN_WORD && mtc_is_apostrophe(c.codepoint)) {
        return mtc_char_at(reader->doc->bytes, token->at.begin + c.length, token->at.end)
                   .class
               == MTC_CHAR_UPPER;
    }
    return c.class == MTC_CHAR_UPPER;
}

static bool begins_lower(const mtc_reader *reader, const mtc_token *token) {
    return token->kind == MTC_TOKEN_WORD &&
           first_char(reader, token).class == MTC_CHAR_LOWER;
}

static bool is_comma(const mtc_reader *reader, const mtc_token *token) {
    return mtc_str_equal(bytes_of(reader, token), MTC_STR(","));
}

/* "Is it?" Roe, the chair of the board, asked. `at`: the first comma. */
static bool is_saying_behind(const mtc_reader *reader, uint32_t at, uint32_t end) {
    for (uint32_t i = at + 1; i + 1 < end && i <= at + LONGEST_APPOSITION; i++) {
        const mtc_token *const token = mtc_reader_token(reader, i);
        if (is_comma(reader, token))
            return mtc_reader_has_trait(reader, mtc_reader_token(reader, i + 1),
                                        MTC_TRAIT_SAYING);
        if (is_terminator(mtc_reader_token_end(reader, token))) return false;
    }
    return false;
}

/* "Is it?" Roe asked. / "Is it?" asked Roe. But "Is it?" She asked for more. */
static bool is_attributed(const mtc_reader *reader, uint32_t next, uint32_t end) {
    for (uint32_t i = next; i < end && i < next + FARTHEST_ATTRIBUTION; i++) {
        const mtc_token *const token = mtc_reader_token(reader, i);
        if (i > next && is_comma(reader, token)) return is_saying_behind(reader, i, end);
        if (token->kind != MTC_TOKEN_WORD) return false;
        const uint16_t traits = mtc_reader_traits(reader, token);
        if ((traits & MTC_TRAIT_SAYING) != 0) return true;
        const bool is_upper = begins_upper(reader, token);
        const bool is_pronoun = (traits & MTC_TRAIT_SUBJECT) != 0 &&
                                (!is_upper || mtc_range_length(token->at) == 1);
        if (!is_pronoun && (!is_upper || (traits & MTC_TRAIT_OPENING) != 0)) return false;
    }
    return false;
}

/* "(1965)" behind a title with a mark of its own: "Viva Roe! (1965)". */
static bool is_year_in_brackets(const mtc_reader *reader, uint32_t at, uint32_t end) {
    if (at + 2 >= end) return false;
    const mtc_token *const year = mtc_reader_token(reader, at + 1);
    return mtc_str_equal(bytes_of(reader, mtc_reader_token(reader, at)), MTC_STR("(")) &&
           year->kind == MTC_TOKEN_NUMBER && mtc_range_length(year->at) == 4 &&
           mtc_str_equal(bytes_of(reader, mtc_reader_token(reader, at + 2)),
                         MTC_STR(")"));
}

/* One token may be a place inside a bracket that began within the sentence. */
static bool is_in_aside(const mtc_reader *reader, uint32_t sentence, uint32_t at) {
    const mtc_document *const doc = reader->doc;
    if ((doc->tokens.at[at].flags & MTC_TOKEN_BRACKETED) == 0) return false;
    for (uint32_t i = at; i > sentence && at - i < WIDEST_ASIDE; i--) {
        const mtc_token *const token = &doc->tokens.at[i];
        if ((token->flags & MTC_TOKEN_OPENS) != 0 &&
            (token->flags & MTC_TOKEN_QUOTE) == 0)
            return true;
    }
    return false;
}

/* Two sentences with nothing between: "was over.Then" but not "Node.Then", "a.b". */
static bool ends_without_space(const mtc_reader *reader, const mtc_token *before,
                               const mtc_token *mark, const mtc_token *next,
                               bool has_closer) {
    if (is_wide(last_codepoint(reader, mark))) return true;
    const bool next_is_quote =
        (next->flags & MTC_TOKEN_QUOTE) != 0 && (next->flags & MTC_TOKEN_OPENS) != 0;
    if (next_is_quote)
        return has_closer || mtc_reader_token_end(reader, mark) != MTC_END_ELLIPSIS;
    if (next->kind != MTC_TOKEN_WORD || !begins_upper(reader, next)) return false;
    if (mtc_reader_token_end(reader, mark) == MTC_END_ELLIPSIS) return false;
    if (has_closer) return true;
    if (before == NULL || mtc_range_length(before->at) < 2) return false;
    if (before->kind == MTC_TOKEN_NUMBER) /* not 501.V2 */
        return next->shape == MTC_SHAPE_CAPITAL && mtc_range_length(next->at) > 2;
    if (is_closer(before)) return true;
    if (before->kind != MTC_TOKEN_WORD) return false;
    return before->shape == MTC_SHAPE_LOWER ||
           (before->flags & MTC_TOKEN_POSSESSIVE) != 0 ||
           mtc_reader_has_trait(reader, next, MTC_TRAIT_OPENING);
}

/* "1. The" and "a) The" at the start are numbers of sections. */
static bool is_enumerator(const mtc_reader *reader, uint32_t sentence, uint32_t mark) {
    if (mark != sentence + 1) return false;
    const mtc_token *const token = mtc_reader_token(reader, sentence);
    return mtc_range_length(token->at) <= 3 &&
           (token->kind == MTC_TOKEN_NUMBER ||
            (token->kind == MTC_TOKEN_WORD && mtc_range_length(token->at) == 1));
}

/* Does a sentence that began at `sentence` end with the mark, so that `next` begins one?
 * Closing marks lie between them. `end`: of the line. */
static bool ends_between(const mtc_reader *reader, uint32_t sentence, uint32_t mark_at,
                         uint32_t next_at, uint32_t line_tokens_end) {
    const mtc_token *const mark = mtc_reader_token(reader, mark_at);
    const mtc_token *const next = mtc_reader_token(reader, next_at);
    const mtc_token *const before =
        mark_at > sentence ? mtc_reader_token(reader, mark_at - 1) : NULL;
    const mtc_token *const last = mtc_reader_token(reader, next_at - 1);
    const bool has_closer = next_at > mark_at + 1 && is_closer(last);
    const bool quote_closed = has_closer && (last->flags & MTC_TOKEN_QUOTE) != 0;
    const mtc_sentence_end end = end_at(reader, mark_at, sentence);
    if ((next->flags & MTC_TOKEN_BRACKETED) != 0 &&
        is_in_aside(reader, sentence, mark_at))
        return false;
    if ((mark->flags & MTC_TOKEN_ABBREVIATION) != 0) {
        return (next->flags & MTC_TOKEN_SPACE_BEFORE) != 0 &&
               (mtc_reader_abbreviation_ends(reader, mark, next) ||
                (quote_closed && begins_upper(reader, next) &&
                 !is_attributed(reader, next_at, line_tokens_end)));
    }
    if (is_enumerator(reader, sentence, mark_at)) return false;
    if (end != MTC_END_STOP && is_year_in_brackets(reader, next_at, line_tokens_end))
        return false;
    if ((next->flags & MTC_TOKEN_SPACE_BEFORE) == 0)
        return ends_without_space(reader, before, mark, next, has_closer);
    if (begins_lower(reader, next)) {
        if (quote_closed || has_closer || end == MTC_END_ELLIPSIS) return false;
        if (end == MTC_END_STOP) return true;
        return before != NULL && before->shape == MTC_SHAPE_LOWER; /* not Yahoo! */
    }
    if (quote_closed && end != MTC_END_STOP &&
        is_attributed(reader, next_at, line_tokens_end))
        return false;
    if (next->kind == MTC_TOKEN_PUNCTUATION) return (next->flags & MTC_TOKEN_OPENS) != 0;
    return true;
}

/* --- Making them --- */

bool mtc_reader_is_reference(const mtc_reader *reader, uint32_t at, uint32_t end) {
    if (end - at < 3) return false;
    const mtc_token *const open = mtc_reader_token(reader, at);
    return reader->doc->bytes.ptr[open->at.begin] == '[' &&
           mtc_reader_token(reader, at + 1)->kind == MTC_TOKEN_NUMBER &&
           reader->doc->bytes.ptr[mtc_reader_token(reader, at + 2)->at.begin] == ']';
}

/* What the sentence ends with, closing marks and references looked through. */
static mtc_sentence_end judge_end(const mtc_reader *reader, uint32_t first,
                                  uint32_t end) {
    while (end > first && is_closer(mtc_reader_token(reader, end - 1)))
        end -= end - first > 3 && mtc_reader_is_reference(reader, end - 3, end) ? 3 : 1;
    return end == first ? MTC_END_NONE : end_at(reader, end - 1, first);
}

static mtc_status add_sentence(mtc_reader *reader, uint32_t line, uint32_t first,
                               uint32_t end) {
    mtc_document *const doc = reader->doc;
    mtc_token *const tokens = doc->tokens.at;
    const uint32_t index = (uint32_t)doc->sentences.count;
    mtc_sentence sentence = {.at = {tokens[first].at.begin, tokens[end - 1].at.end},
                             .line = line,
                             .first_token = first,
                             .token_count = end - first,
                             .end = judge_end(reader, first, end)};
    sentence.joined_before = first > reader->first_token &&
                             (tokens[first].flags & MTC_TOKEN_SPACE_BEFORE) == 0;
    bool has_start = false;
    for (uint32_t i = first; i < end; i++) {
        tokens[i].sentence = index;
        if (has_start || tokens[i].kind == MTC_TOKEN_PUNCTUATION ||
            tokens[i].kind == MTC_TOKEN_SYMBOL || tokens[i].kind == MTC_TOKEN_RESIDUE)
            continue;
        has_start = true;
        tokens[i].flags |= MTC_TOKEN_STARTS_SENTENCE;
        sentence.begins_lower = begins_lower(reader, &tokens[i]);
    }
    return mtc_vector_push(&doc->sentences, doc->arena, sentence) ? MTC_OK
                                                                  : MTC_NO_MEMORY;
}

/* Behind the further stops, closing marks and references that follow a stop. */
static uint32_t skip_closers(const mtc_reader *reader, uint32_t at, uint32_t end) {
    while (at < end) {
        const mtc_token *const token = mtc_reader_token(reader, at);
        const bool more =
            token->kind == MTC_TOKEN_PUNCTUATION &&
            (token->flags & MTC_TOKEN_OPENS) == 0 &&
            (is_closer(token) || is_terminator(mtc_reader_token_end(reader, token)));
        if (more)
            at++;
        else if (mtc_reader_is_reference(reader, at, end))
            at += 3;
        else
            break;
    }
    return at;
}

mtc_status mtc_reader_read_sentences(mtc_reader *reader, uint32_t line) {
    mtc_document *const doc = reader->doc;
    const uint32_t end = (uint32_t)doc->tokens.count;
    uint32_t first = reader->first_token;
    mtc_status status = MTC_OK;
    for (uint32_t i = first; status == MTC_OK && i < end;) {
        status = mtc_budget_spend(doc->budget, 1);
        if (!is_terminator(mtc_reader_token_end(reader, mtc_reader_token(reader, i)))) {
            i++;
            continue;
        }
        const uint32_t behind = skip_closers(reader, i + 1, end);
        uint32_t mark = behind - 1;
        while (
            !is_terminator(mtc_reader_token_end(reader, mtc_reader_token(reader, mark))))
            mark--;
        if (status == MTC_OK && behind < end &&
            ends_between(reader, first, mark, behind, end)) {
            status = add_sentence(reader, line, first, behind);
            first = behind;
        }
        i = behind;
    }
    if (status == MTC_OK && first < end) status = add_sentence(reader, line, first, end);
    return status;
}
