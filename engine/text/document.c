#include "text/document.h"

#include "text/reader.h"
#include "text/residue.h"

const char *mtc_line_kind_name(mtc_line_kind kind) {
    static const char *const NAMES[MTC_LINE_KINDS] = {
        "headline",  "body",      "caption",   "byline", "dateline",
        "list-item", "quotation", "interface", "debris"};
    return (unsigned)kind < MTC_LINE_KINDS ? NAMES[kind] : "body";
}

/* --- Reading --- */

static bool set_bytes(mtc_document *doc, mtc_str title, mtc_str text) {
    if (text.ptr == NULL) text.ptr = "";
    doc->has_title = title.ptr != NULL;
    doc->bytes = text;
    if (!doc->has_title) return true;
    char *const bytes = mtc_arena_take(doc->arena, title.len + text.len + 3);
    if (bytes == NULL) return false;
    memcpy(bytes, title.ptr, title.len);
    memcpy(bytes + title.len, "\n\n", 2);
    memcpy(bytes + title.len + 2, text.ptr, text.len);
    doc->bytes = (mtc_str){bytes, title.len + 2 + text.len};
    doc->text_begin = (uint32_t)title.len + 2;
    return true;
}

static mtc_text_lists get_lists(const mtc_wordlists *lists) {
    return (mtc_text_lists){
        .abbreviations = mtc_wordlists_get(lists, "abbreviations"),
        .address_endings = mtc_wordlists_get(lists, "address-endings"),
        .attribution_verbs = mtc_wordlists_get(lists, "attribution-verbs"),
        .byline_markers = mtc_wordlists_get(lists, "byline-markers"),
        .caption_markers = mtc_wordlists_get(lists, "caption-markers"),
        .clause_marks = mtc_wordlists_get(lists, "clause-marks"),
        .date_words = mtc_wordlists_get(lists, "date-words"),
        .elisions = mtc_wordlists_get(lists, "elisions"),
        .opening_words = mtc_wordlists_get(lists, "opening-words"),
        .small_words = mtc_wordlists_get(lists, "small-words"),
    };
}

/* A marker that begins with no letter may begin with a token of any length. */
static void note_marker_lengths(mtc_reader *reader, const mtc_wordset *markers) {
    for (uint32_t i = 0; i < markers->count; i++) {
        const mtc_str marker = markers->entries[i].word;
        uint32_t length = 0;
        while (length < marker.len &&
               mtc_char_is_word(mtc_char_at(marker, length, (uint32_t)marker.len)))
            length++;
        reader->marker_lengths[(unsigned char)marker.ptr[0]] |=
            length == 0 ? UINT32_MAX : 1u << (length & 31);
    }
}

uint16_t mtc_reader_look_up_traits(const mtc_reader *reader, uint32_t word) {
    const mtc_document *const doc = reader->doc;
    const mtc_text_lists *const lists = &reader->lists;
    const mtc_str folded = doc->words.at[doc->words.at[word].folded].text;
    const mtc_wordset_entry *const clause = mtc_wordset_find(lists->clause_marks, folded);
    const mtc_str payload = clause == NULL ? (mtc_str){0} : clause->payload;
    uint16_t traits = MTC_TRAITS_KNOWN;
    if (mtc_wordset_has(lists->small_words, folded)) traits |= MTC_TRAIT_SMALL;
    if (mtc_wordset_has(lists->date_words, folded)) traits |= MTC_TRAIT_DATE;
    if (mtc_wordset_has(lists->opening_words, folded)) traits |= MTC_TRAIT_OPENING;
    if (mtc_wordset_has(lists->attribution_verbs, folded)) traits |= MTC_TRAIT_SAYING;
    if (mtc_payload_has(payload, MTC_STR("finite"))) traits |= MTC_TRAIT_FINITE;
    if (mtc_payload_has(payload, MTC_STR("subject"))) traits |= MTC_TRAIT_SUBJECT;
    if (mtc_payload_has(payload, MTC_STR("question"))) traits |= MTC_TRAIT_QUESTION;
    reader->traits.at[word] = traits;
    return traits;
}

/* One place for each word that the line before has left. */
static bool make_room_for_traits(mtc_reader *reader) {
    while (reader->traits.count < reader->doc->words.count) {
        if (!mtc_vector_push(&reader->traits, reader->doc->arena, 0)) return false;
    }
    return true;
}

/* Hidden characters are looked through, all other residues become tokens. */
static bool find_barriers(mtc_reader *reader) {
    const mtc_document *const doc = reader->doc;
    for (size_t i = 0; i < doc->residues.count; i++) {
        if (doc->residues.at[i].kind == MTC_RESIDUE_HIDDEN) continue;
        if (!mtc_vector_push(&reader->barriers, doc->arena, doc->residues.at[i]))
            return false;
    }
    return true;
}

/* Room at once for what news of this length holds, so that little is copied. */
static bool make_room(mtc_reader *reader) {
    mtc_document *const doc = reader->doc;
    const uint32_t length = (uint32_t)doc->bytes.len;
    doc->tokens.capacity = length / 5 + 16;
    doc->tokens.at = MTC_TAKE(doc->arena, mtc_token, doc->tokens.capacity);
    return doc->tokens.at != NULL &&
           mtc_form_table_init(&reader->words, doc, length / 16);
}

/* Prose about many names comes near; headlines leave hardly any word small. */
static bool is_title_case(const mtc_document *doc, size_t first_token) {
    enum { LONG_WORD = 4, SHORT_LINE = 8 };
    uint32_t capitals = 0, words = 0;
    for (size_t i = first_token; i < doc->tokens.count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        if (token->kind != MTC_TOKEN_WORD || mtc_range_length(token->at) < LONG_WORD) {
            continue;
        }
        words++;
        capitals += token->shape != MTC_SHAPE_LOWER && token->shape != MTC_SHAPE_NONE;
    }
    return words > 1 && 10 * capitals >= (words > SHORT_LINE ? 8 : 6) * words;
}

/* Appends the raw line with its tokens and sentences, or nothing. */
static mtc_status read_line(mtc_reader *reader, uint32_t raw_line) {
    mtc_document *const doc = reader->doc;
    const mtc_raw_line *const raw = &reader->raw_lines.at[raw_line];
    const size_t tokens = doc->tokens.count, sentences = doc->sentences.count;
    reader->raw_line = raw_line;
    reader->line = raw->at;
    reader->first_barrier = reader->next_barrier;
    mtc_status status = mtc_reader_read_tokens(reader);
    if (status == MTC_OK && !make_room_for_traits(reader)) status = MTC_NO_MEMORY;
    if (status == MTC_OK) {
        mtc_line line = {.at = raw->at,
                         .kind = mtc_reader_judge_line(reader, raw_line),
                         .in_title = raw->in_title,
                         .wrapped = raw->wrapped,
                         .title_case = is_title_case(doc, tokens),
                         .first_sentence = (uint32_t)sentences,
                         .first_token = (uint32_t)tokens,
                         .token_count = (uint32_t)(doc->tokens.count - tokens)};
        if (line.kind != MTC_LINE_DEBRIS && line.kind != MTC_LINE_INTERFACE)
            status = mtc_reader_read_sentences(reader, (uint32_t)doc->lines.count);
        line.sentence_count = (uint32_t)(doc->sentences.count - sentences);
        if (status == MTC_OK && !mtc_vector_push(&doc->lines, doc->arena, line))
            status = MTC_NO_MEMORY;
    }
    if (status != MTC_OK) {
        doc->tokens.count = tokens;
        doc->sentences.count = sentences;
    }
    return status;
}

static mtc_status read_lines(mtc_reader *reader) {
    mtc_document *const doc = reader->doc;
    for (uint32_t i = 0; i < reader->raw_lines.count; i++) {
        const mtc_status status = read_line(reader, i);
        if (status == MTC_OK) continue;
        doc->read_to = reader->raw_lines.at[i].at.begin;
        return status;
    }
    doc->read_to = (uint32_t)doc->bytes.len;
    return MTC_OK;
}

/* --- Counting --- */

static void count_words(mtc_document *doc) {
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        mtc_word *const word = &doc->words.at[token->word];
        word->count++;
        if (word->first_token == MTC_NONE) word->first_token = i;
        if (token->sentence == MTC_NONE ||
            (token->flags & MTC_TOKEN_STARTS_SENTENCE) != 0)
            continue;
        const mtc_line *const line =
            mtc_sentence_line(doc, &doc->sentences.at[token->sentence]);
        word->inside_count += line->kind != MTC_LINE_HEADLINE &&
                              line->kind != MTC_LINE_BYLINE &&
                              line->kind != MTC_LINE_DATELINE;
    }
}

static uint32_t count_scored(mtc_str bytes, mtc_range range) {
    uint32_t count = 0;
    bool counted = false;
    for (uint32_t at = range.begin; at < range.end;) {
        const mtc_char c = mtc_char_at(bytes, at, range.end);
        if (c.class == MTC_CHAR_SPACE) counted = false;
        if (mtc_char_is_word(c) && c.class != MTC_CHAR_MARK && !counted) {
            counted = true;
            count++;
        }
        at += c.length;
    }
    return count;
}

static void count_scored_words(mtc_document *doc) {
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        if (line->in_title || line->kind == MTC_LINE_HEADLINE ||
            line->kind == MTC_LINE_BODY)
            doc->scored_words += count_scored(doc->bytes, line->at);
    }
}

/* --- The whole --- */

mtc_status mtc_document_read(mtc_document *ret_document, mtc_str title, mtc_str text,
                             const mtc_wordlists *lists, mtc_arena *arena,
                             mtc_budget *budget) {
    mtc_document *const doc = ret_document;
    *doc = (mtc_document){.arena = arena, .budget = budget};
    mtc_reader reader = {.doc = doc, .lists = get_lists(lists)};
    if (!set_bytes(doc, title, text) ||
        !mtc_offsets_init(&doc->offsets, doc->bytes, doc->text_begin, arena))
        return MTC_NO_MEMORY;
    note_marker_lengths(&reader, reader.lists.caption_markers);
    note_marker_lengths(&reader, reader.lists.byline_markers);
    mtc_status status = mtc_residue_scan(doc, lists);
    if (status == MTC_OK && (!find_barriers(&reader) || !make_room(&reader)))
        status = MTC_NO_MEMORY;
    if (status == MTC_OK) status = mtc_reader_find_lines(&reader);
    if (status == MTC_OK) status = read_lines(&reader);
    if (status == MTC_NO_MEMORY) return status;
    count_words(doc);
    count_scored_words(doc);
    return status;
}

/* --- Look-ups --- */

/* The first element that ends behind the byte; all of them begin with their range. */
#define FIRST_ENDING_BEHIND(vector, byte, result)                                        \
    do {                                                                                 \
        size_t low_ = 0, high_ = (vector)->count;                                        \
        while (low_ < high_) {                                                           \
            const size_t middle_ = low_ + (high_ - low_) / 2;                            \
            if ((vector)->at[middle_].at.end <= (byte))                                  \
                low_ = middle_ + 1;                                                      \
            else                                                                         \
                high_ = middle_;                                                         \
        }                                                                                \
        *(result) = (uint32_t)low_;                                                      \
    } while (0)

uint32_t mtc_document_sentence_at(const mtc_document *doc, uint32_t byte) {
    uint32_t index;
    FIRST_ENDING_BEHIND(&doc->sentences, byte, &index);
    return index < doc->sentences.count && doc->sentences.at[index].at.begin <= byte
               ? index
               : MTC_NONE;
}

uint32_t mtc_document_line_at(const mtc_document *doc, uint32_t byte) {
    uint32_t index;
    FIRST_ENDING_BEHIND(&doc->lines, byte, &index);
    return index < doc->lines.count && doc->lines.at[index].at.begin <= byte ? index
                                                                             : MTC_NONE;
}

uint32_t mtc_document_token_at(const mtc_document *doc, uint32_t byte) {
    uint32_t index;
    FIRST_ENDING_BEHIND(&doc->tokens, byte, &index);
    return index;
}
