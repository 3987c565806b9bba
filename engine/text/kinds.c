/* What a line is, judged by its tokens, its neighbours and word lists. The table stands
 * in docs/ARCHITECTURE.md, "Line kinds"; the questions are asked in its order. */
#include "text/reader.h"

enum {
    LONGEST_PHRASE = 80,   /* bytes of a marker */
    LONGEST_HEADLINE = 25, /* words of a headline without a stop */
    LONGEST_HEADING = 14,  /* of one in capitals within the article */
    LONGEST_CROSSHEAD = 5, /* of one in small letters */
    LONGEST_QUESTION = 8,  /* of one that begins with what, how or why */
    LONGEST_LABEL = 6,     /* of one that ends with a colon */
    LONGEST_BYLINE = 14,
    LONGEST_CREDIT = 40,
    LONGEST_DATELINE = 12,
    LONGEST_OPEN_ITEM = 20, /* of a list item without a mark */
};

/* What is counted in a line. */
typedef struct {
    uint32_t first, end; /* tokens */
    uint32_t words;      /* words, numbers and addresses */
    uint32_t numbers, capitals, uppers, dates, residues;
    uint32_t content, content_capitals; /* words that Title Case capitalises */
    uint32_t inner_stops;
    bool begins_lower, begins_small, has_finite, has_saying;
    bool has_subject_first, has_question_first;
    mtc_sentence_end mark_end; /* by its last mark */
    const mtc_token *last;     /* closing marks looked through; NULL: none */
} line_facts;

static const mtc_token *token_at(const mtc_reader *reader, uint32_t at) {
    return &reader->doc->tokens.at[at];
}

static uint32_t only_codepoint(const mtc_reader *reader, const mtc_token *token) {
    const mtc_char c = mtc_char_at(reader->doc->bytes, token->at.begin, token->at.end);
    return c.length == mtc_range_length(token->at) ? c.codepoint : 0;
}

static bool has_kind(const mtc_wordset_entry *entry, mtc_str kind) {
    return entry != NULL && mtc_payload_has(entry->payload, kind);
}

static void count_word(const mtc_reader *reader, const mtc_token *token,
                       line_facts *facts) {
    const bool is_first = facts->words++ == 0;
    if (token->kind == MTC_TOKEN_NUMBER) {
        facts->numbers++;
        return;
    }
    if (token->kind != MTC_TOKEN_WORD) return;
    const uint16_t traits = mtc_reader_traits(reader, token);
    const bool small = (traits & MTC_TRAIT_SMALL) != 0;
    const bool capital = token->shape == MTC_SHAPE_CAPITAL ||
                         token->shape == MTC_SHAPE_UPPER ||
                         token->shape == MTC_SHAPE_MIXED;
    facts->capitals += capital;
    facts->uppers += token->shape == MTC_SHAPE_UPPER;
    facts->content += !small;
    facts->content_capitals += !small && capital;
    facts->dates += (traits & MTC_TRAIT_DATE) != 0;
    facts->has_finite |= (traits & MTC_TRAIT_FINITE) != 0;
    facts->has_saying |= (traits & MTC_TRAIT_SAYING) != 0 && !capital;
    if (!is_first) return;
    facts->begins_lower = token->shape == MTC_SHAPE_LOWER;
    facts->begins_small = small;
    facts->has_subject_first = (traits & MTC_TRAIT_SUBJECT) != 0;
    facts->has_question_first = (traits & MTC_TRAIT_QUESTION) != 0;
}

static line_facts count_line(const mtc_reader *reader) {
    line_facts facts = {.first = reader->first_token,
                        .end = (uint32_t)reader->doc->tokens.count};
    for (uint32_t i = facts.first; i < facts.end; i++) {
        const mtc_token *const token = token_at(reader, i);
        const bool closes = (token->flags & MTC_TOKEN_CLOSES) != 0;
        if (i > facts.first && mtc_reader_is_reference(reader, i, facts.end)) {
            i += 2;
            continue;
        }
        if (!closes) {
            facts.inner_stops +=
                facts.last != NULL && facts.last->kind == MTC_TOKEN_PUNCTUATION &&
                facts.mark_end >= MTC_END_STOP && facts.mark_end <= MTC_END_EXCLAMATION;
            facts.mark_end = mtc_reader_token_end(reader, token);
            facts.last = token;
        }
        if (token->kind <= MTC_TOKEN_NUMBER || token->kind == MTC_TOKEN_ADDRESS)
            count_word(reader, token, &facts);
        else
            facts.residues += token->kind == MTC_TOKEN_RESIDUE;
    }
    return facts;
}

/* --- Markers: phrases of a list at the edges of a line --- */

/* The tokens from `first` as one phrase, a blank where the text has white space. False:
 * too long. */
static bool add_to_phrase(const mtc_reader *reader, uint32_t at, bool is_first,
                          char *phrase, size_t *length) {
    const mtc_token *const token = token_at(reader, at);
    const mtc_str text = mtc_token_folded(reader->doc, token);
    const bool blank = !is_first && (token->flags & MTC_TOKEN_SPACE_BEFORE) != 0;
    if (*length + blank + text.len > LONGEST_PHRASE) return false;
    if (blank) phrase[(*length)++] = ' ';
    memcpy(phrase + *length, text.ptr, text.len);
    *length += text.len;
    return true;
}

static bool may_begin_marker(const mtc_reader *reader, uint32_t at) {
    const mtc_str word = mtc_token_folded(reader->doc, token_at(reader, at));
    uint32_t length = 0; /* "well-known" begins with the word "well" */
    while (length < word.len &&
           mtc_char_is_word(mtc_char_at(word, length, (uint32_t)word.len)))
        length++;
    return (reader->marker_lengths[(unsigned char)word.ptr[0]] >> (length & 31) & 1u) !=
           0;
}

/* The entry of this kind that the tokens from `first` begin with, and where it ends. */
static bool begins_with(const mtc_reader *reader, const mtc_wordset *list, mtc_str kind,
                        uint32_t first, uint32_t end, uint32_t *ret_behind) {
    char phrase[LONGEST_PHRASE];
    size_t length = 0;
    bool found = false;
    if (first >= end || !may_begin_marker(reader, first)) return false;
    for (uint32_t i = first; i < end && i < first + 8; i++) {
        if (!add_to_phrase(reader, i, i == first, phrase, &length)) break;
        if (!has_kind(mtc_wordset_find(list, (mtc_str){phrase, length}), kind)) continue;
        *ret_behind = i + 1;
        found = true;
    }
    return found;
}

static bool is_phrase(const mtc_reader *reader, const mtc_wordset *list, mtc_str kind,
                      uint32_t first, uint32_t end) {
    uint32_t behind;
    return begins_with(reader, list, kind, first, end, &behind) && behind == end;
}

/* Behind opening brackets. */
static uint32_t skip_opening(const mtc_reader *reader, const line_facts *facts) {
    uint32_t first = facts->first;
    while (first < facts->end && (token_at(reader, first)->flags &
                                  (MTC_TOKEN_OPENS | MTC_TOKEN_QUOTE)) == MTC_TOKEN_OPENS)
        first++;
    return first;
}

static uint32_t strip_closing(const mtc_reader *reader, const line_facts *facts) {
    uint32_t end = facts->end;
    while (end > facts->first &&
           token_at(reader, end - 1)->kind == MTC_TOKEN_PUNCTUATION &&
           ((token_at(reader, end - 1)->flags & MTC_TOKEN_CLOSES) != 0 ||
            only_codepoint(reader, token_at(reader, end - 1)) == '.'))
        end--;
    return end;
}

/* --- The kinds --- */

/* The line is nothing but residue: its kind. */
static mtc_line_kind kind_of_residue(const mtc_reader *reader) {
    for (uint32_t i = reader->first_barrier; i < reader->barriers.count; i++) {
        const mtc_residue *const residue = &reader->barriers.at[i];
        if (residue->at.begin >= reader->line.end) break;
        if (residue->kind != MTC_RESIDUE_INTERFACE) return MTC_LINE_DEBRIS;
    }
    return MTC_LINE_INTERFACE;
}

/* "… in spring. (AP Photo/Jane Roe)", "… in spring. Image: Jane Roe": the last bracket or
 * sentence begins with a marker. */
static bool has_credit(const mtc_reader *reader, const line_facts *facts) {
    uint32_t behind;
    for (uint32_t i = facts->end - 1; i > facts->first && i + 12 > facts->end; i--) {
        const mtc_token *const token = token_at(reader, i - 1);
        if ((token->flags & MTC_TOKEN_OPENS) == 0 &&
            mtc_reader_token_end(reader, token) != MTC_END_STOP)
            continue;
        if (begins_with(reader, reader->lists.caption_markers, MTC_STR("start"), i,
                        facts->end, &behind))
            return true;
    }
    return false;
}

static bool is_caption(const mtc_reader *reader, const line_facts *facts) {
    const mtc_wordset *const markers = reader->lists.caption_markers;
    const uint32_t first = skip_opening(reader, facts),
                   end = strip_closing(reader, facts);
    uint32_t behind;
    if (begins_with(reader, markers, MTC_STR("start"), first, end, &behind)) return true;
    if (is_phrase(reader, markers, MTC_STR("whole"), first, end)) return true;
    if (begins_with(reader, markers, MTC_STR("numbered"), first, end, &behind) &&
        behind < end && token_at(reader, behind)->kind == MTC_TOKEN_NUMBER)
        return true;
    if (facts->words > LONGEST_CREDIT) return false;
    if (has_credit(reader, facts)) return true;
    for (uint32_t i = end; i > first && i + 4 > end; i--) {
        if (is_phrase(reader, markers, MTC_STR("end"), i - 1, end)) return true;
    }
    return false;
}

/* Only names, and the small words and marks between them. */
static bool are_names(const mtc_reader *reader, uint32_t first, uint32_t end) {
    uint32_t names = 0;
    for (uint32_t i = first; i < end; i++) {
        const mtc_token *const token = token_at(reader, i);
        if (token->kind != MTC_TOKEN_WORD) {
            if (token->kind == MTC_TOKEN_NUMBER) return false;
            continue;
        }
        const bool capital = token->shape != MTC_SHAPE_LOWER;
        if (!capital && !mtc_reader_has_trait(reader, token, MTC_TRAIT_SMALL))
            return false;
        names += capital;
    }
    return names > 0;
}

static bool is_byline(const mtc_reader *reader, const line_facts *facts) {
    const mtc_wordset *const markers = reader->lists.byline_markers;
    const uint32_t first = skip_opening(reader, facts),
                   end = strip_closing(reader, facts);
    uint32_t behind;
    if (is_phrase(reader, markers, MTC_STR("whole"), first, end)) return true;
    if (facts->words <= LONGEST_CREDIT &&
        begins_with(reader, markers, MTC_STR("start"), first, end, &behind))
        return true;
    return facts->words <= LONGEST_BYLINE && facts->mark_end == MTC_END_NONE &&
           begins_with(reader, markers, MTC_STR("names"), first, end, &behind) &&
           !facts->begins_lower && are_names(reader, behind, end);
}

static bool is_dateline(const mtc_reader *reader, const line_facts *facts) {
    uint32_t behind;
    if (facts->words > LONGEST_DATELINE) return false;
    if (begins_with(reader, reader->lists.byline_markers, MTC_STR("date"), facts->first,
                    facts->end, &behind)) {
        return facts->numbers + facts->dates > 0 && facts->mark_end != MTC_END_STOP;
    }
    if (facts->mark_end == MTC_END_DASH)
        return facts->uppers > 0 && are_names(reader, facts->first, facts->end);
    if (facts->mark_end != MTC_END_NONE || facts->dates == 0 || facts->numbers == 0)
        return false;
    for (uint32_t i = facts->first; i < facts->end; i++) {
        const mtc_token *const token = token_at(reader, i);
        if (token->kind == MTC_TOKEN_WORD && token->shape == MTC_SHAPE_LOWER &&
            (mtc_reader_traits(reader, token) & (MTC_TRAIT_DATE | MTC_TRAIT_SMALL)) == 0)
            return false;
    }
    return facts->words <= facts->dates + facts->numbers + 4;
}

static bool is_bullet(uint32_t codepoint) {
    switch (codepoint) {
    case '-':
    case '*':
    case '+':
    case 0xB7:   /* · */
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x2022: /* • */
    case 0x2023: /* ‣ */
    case 0x2043: /* ⁃ */
    case 0x25A0: /* ■ □ ▪ ▫ */
    case 0x25A1:
    case 0x25AA:
    case 0x25AB:
    case 0x25B6: /* ▶ ► ◆ ● ◦ */
    case 0x25BA:
    case 0x25C6:
    case 0x25CF:
    case 0x25E6:
    case 0x2713: /* ✓ ✔ ➔ ➤ */
    case 0x2714:
    case 0x2794:
    case 0x27A4: return true;
    default: return false;
    }
}

static bool is_list_item(const mtc_reader *reader, const line_facts *facts) {
    uint32_t at = facts->first;
    if (facts->end - at < 2) return false;
    const mtc_token *const first = token_at(reader, at);
    if (is_bullet(only_codepoint(reader, first)))
        return (token_at(reader, at + 1)->flags & MTC_TOKEN_SPACE_BEFORE) != 0;
    const bool bracket = only_codepoint(reader, first) == '(';
    if (bracket) at++;
    if (facts->end - at < 3) return false;
    const mtc_token *const number = token_at(reader, at);
    const uint32_t mark = only_codepoint(reader, token_at(reader, at + 1));
    const bool is_letter =
        number->kind == MTC_TOKEN_WORD && mtc_range_length(number->at) == 1;
    if (mtc_range_length(number->at) > 3 ||
        (token_at(reader, at + 1)->flags & MTC_TOKEN_SPACE_BEFORE) != 0 ||
        (token_at(reader, at + 2)->flags & MTC_TOKEN_SPACE_BEFORE) == 0)
        return false;
    if (mark == ')') return is_letter || number->kind == MTC_TOKEN_NUMBER;
    return mark == '.' && number->kind == MTC_TOKEN_NUMBER && !bracket;
}

static const mtc_line *line_before(const mtc_reader *reader) {
    const mtc_document *const doc = reader->doc;
    return doc->lines.count == 0 ? NULL : &doc->lines.at[doc->lines.count - 1];
}

static mtc_sentence_end end_before(const mtc_reader *reader) {
    const mtc_document *const doc = reader->doc;
    const mtc_line *const line = line_before(reader);
    if (line == NULL || line->sentence_count == 0) return MTC_END_NONE;
    return doc->sentences.at[line->first_sentence + line->sentence_count - 1].end;
}

/* Short lines without stops behind a line that announces them with a colon. */
static bool is_open_item(const mtc_reader *reader, const line_facts *facts) {
    const mtc_line *const before = line_before(reader);
    if (before == NULL || before->in_title || facts->mark_end != MTC_END_NONE ||
        facts->words > LONGEST_OPEN_ITEM)
        return false;
    if (before->kind == MTC_LINE_BODY) return end_before(reader) == MTC_END_COLON;
    if (before->kind != MTC_LINE_LIST_ITEM || before->token_count == 0) return false;
    const mtc_token *const first = token_at(reader, before->first_token);
    return end_before(reader) == MTC_END_NONE && first->kind == MTC_TOKEN_WORD;
}

static bool is_title_case(const line_facts *facts) {
    return facts->content_capitals * 5 >= facts->content * 4 && facts->content > 0 &&
           facts->capitals > 0 && !facts->begins_lower;
}

static bool is_first_headline(const line_facts *facts) {
    if (facts->words > LONGEST_HEADLINE) return false;
    if (facts->mark_end == MTC_END_STOP)
        return facts->content >= 4 && facts->inner_stops == 0 && is_title_case(facts);
    return facts->inner_stops == 0 || facts->words <= LONGEST_HEADING + 4;
}

/* A heading within the article. A sentence that only lacks its stop must stay body. */
static bool is_heading(const mtc_reader *reader, const line_facts *facts) {
    const bool is_last = reader->raw_line + 1 == reader->raw_lines.count;
    if (facts->inner_stops > 0 || facts->begins_lower) return false;
    if (facts->mark_end == MTC_END_COLON)
        return facts->words <= LONGEST_LABEL && !facts->has_finite &&
               !facts->has_subject_first && !is_last;
    if (facts->mark_end == MTC_END_QUESTION)
        return facts->words <= LONGEST_HEADING && facts->content >= 2 &&
               is_title_case(facts);
    if (facts->mark_end != MTC_END_NONE) return false;
    if (facts->words <= LONGEST_HEADING &&
        (is_title_case(facts) || facts->uppers * 5 >= facts->words * 3))
        return true;
    if (facts->has_subject_first) return false;
    if (facts->has_question_first) return facts->words <= LONGEST_QUESTION && !is_last;
    if (facts->words > LONGEST_CROSSHEAD || facts->has_finite || is_last) return false;
    if (facts->begins_small && facts->has_saying) return false;
    return facts->last == NULL ||
           !mtc_reader_has_trait(reader, facts->last, MTC_TRAIT_SAYING);
}

mtc_line_kind mtc_reader_judge_line(mtc_reader *reader, uint32_t raw_line) {
    const mtc_raw_line *const raw = &reader->raw_lines.at[raw_line];
    const line_facts facts = count_line(reader);
    if (facts.words == 0)
        return facts.residues > 0 ? kind_of_residue(reader) : MTC_LINE_DEBRIS;
    if (raw->in_title) {
        reader->headline_seen = true;
        return MTC_LINE_HEADLINE;
    }
    if (is_caption(reader, &facts)) return MTC_LINE_CAPTION;
    if (is_byline(reader, &facts)) return MTC_LINE_BYLINE;
    if (is_dateline(reader, &facts)) return MTC_LINE_DATELINE;
    if (!reader->headline_seen) {
        reader->headline_seen = true;
        return is_first_headline(&facts) ? MTC_LINE_HEADLINE : MTC_LINE_BODY;
    }
    if (only_codepoint(reader, token_at(reader, facts.first)) == '>')
        return MTC_LINE_QUOTATION;
    if (is_list_item(reader, &facts)) return MTC_LINE_LIST_ITEM;
    if (raw->verse) return MTC_LINE_QUOTATION;
    if (is_open_item(reader, &facts)) return MTC_LINE_LIST_ITEM;
    if (is_heading(reader, &facts)) return MTC_LINE_HEADLINE;
    if (raw->indented && !reader->is_mostly_indented) return MTC_LINE_QUOTATION;
    return MTC_LINE_BODY;
}
