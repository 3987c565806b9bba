#include "text/reader.h"

enum { LONGEST_ABBREVIATION = 16, LONGEST_PEEK = 24 };

bool mtc_payload_has(mtc_str payload, mtc_str word) {
    for (size_t at = 0; at + word.len <= payload.len;) {
        const char *const space = memchr(payload.ptr + at, ' ', payload.len - at);
        const size_t end = space == NULL ? payload.len : (size_t)(space - payload.ptr);
        if (mtc_str_equal((mtc_str){payload.ptr + at, end - at}, word)) return true;
        at = end + 1;
    }
    return false;
}

/* Lower-case copy of ASCII letters and stops; len 0: it is too long or not ASCII. */
static mtc_str lower_copy(mtc_str text, char *buffer, size_t size) {
    if (text.len > size) return (mtc_str){buffer, 0};
    for (size_t i = 0; i < text.len; i++) {
        const char byte = text.ptr[i];
        if ((unsigned char)byte >= 0x80) return (mtc_str){buffer, 0};
        buffer[i] = byte >= 'A' && byte <= 'Z' ? (char)(byte + ('a' - 'A')) : byte;
    }
    return (mtc_str){buffer, text.len};
}

static bool is_roman(mtc_str bytes, uint32_t at, uint32_t end) {
    uint32_t length = 0;
    while (at < end && strchr("IVXLCDM", bytes.ptr[at]) != NULL && bytes.ptr[at] != 0) {
        at++;
        if (++length > 6) return false;
    }
    return length > 0 && !mtc_char_is_word(mtc_char_at(bytes, at, end));
}

/* The place behind the white space from `at`, which is short between words. */
static uint32_t skip_space(mtc_str bytes, uint32_t at, uint32_t end) {
    for (int i = 0; i < 4; i++) {
        const mtc_char c = mtc_char_at(bytes, at, end);
        if (c.class != MTC_CHAR_SPACE || c.length == 0) break;
        at += c.length;
    }
    return at;
}

static bool opens_sentence(const mtc_reader *reader, uint32_t at) {
    const mtc_str bytes = reader->doc->bytes;
    uint32_t end = at;
    while (end < reader->line.end && end - at < LONGEST_PEEK &&
           mtc_char_is_letter(mtc_char_at(bytes, end, reader->line.end))) {
        end += mtc_char_at(bytes, end, reader->line.end).length;
    }
    char buffer[LONGEST_PEEK + 4];
    const mtc_str word =
        lower_copy(mtc_str_slice(bytes, (mtc_range){at, end}), buffer, sizeof buffer);
    return word.len > 0 && mtc_wordset_has(reader->lists.opening_words, word);
}

static bool is_capitalised(const mtc_token *token) {
    return token != NULL && token->kind == MTC_TOKEN_WORD &&
           (token->shape == MTC_SHAPE_CAPITAL || token->shape == MTC_SHAPE_UPPER ||
            (token->flags & MTC_TOKEN_ABBREVIATION) != 0);
}

/* "J. Smith" and "Samuel L. Jackson", but "vitamin C. The" and "so do I. Then". */
static bool is_initial(const mtc_reader *reader, mtc_str folded, uint32_t next,
                       const mtc_token *before) {
    const mtc_str bytes = reader->doc->bytes;
    const mtc_char c = mtc_char_at(bytes, next, reader->line.end);
    const bool before_is_name = is_capitalised(before);
    const bool behind_initial = before_is_name &&
                                (before->flags & MTC_TOKEN_ABBREVIATION) != 0 &&
                                mtc_range_length(before->at) == 2;
    const mtc_wordset_entry *const clause =
        mtc_wordset_find(reader->lists.clause_marks, folded);
    if (clause != NULL && mtc_payload_has(clause->payload, MTC_STR("subject"))) {
        return before_is_name && c.class == MTC_CHAR_UPPER &&
               !opens_sentence(reader, next);
    }
    if (c.class == MTC_CHAR_UPPER) {
        if (!opens_sentence(reader, next)) return true;
        return before == NULL;
    }
    if (c.class == MTC_CHAR_DIGIT) return behind_initial; /* H. R. 12 */
    return before_is_name && c.length > 0 &&
           (c.class == MTC_CHAR_LOWER || c.codepoint == ',');
}

/* "E. coli": a capital before a small word that is none of the words of grammar. */
static bool is_species(const mtc_reader *reader, uint32_t next) {
    enum { SHORTEST = 4 };
    const mtc_str bytes = reader->doc->bytes;
    uint32_t end = next;
    while (end < reader->line.end && end - next <= LONGEST_PEEK &&
           mtc_char_at(bytes, end, reader->line.end).class == MTC_CHAR_LOWER)
        end += mtc_char_at(bytes, end, reader->line.end).length;
    const mtc_str word = mtc_str_slice(bytes, (mtc_range){next, end});
    return word.len >= SHORTEST && word.len <= LONGEST_PEEK &&
           !mtc_char_is_word(mtc_char_at(bytes, end, reader->line.end)) &&
           !mtc_wordset_has(reader->lists.opening_words, word) &&
           !mtc_wordset_has(reader->lists.small_words, word);
}

/* "hrs. ago": no vowel and no end of a sentence. */
static bool is_unlisted(mtc_str folded, mtc_char next) {
    if (folded.len < 2 || folded.len > 4 || next.class != MTC_CHAR_LOWER) return false;
    for (size_t i = 0; i < folded.len; i++) {
        if (folded.ptr[i] < 'a' || folded.ptr[i] > 'z') return false;
        if (strchr("aeiouy", folded.ptr[i]) != NULL) return false;
    }
    return true;
}

bool mtc_reader_is_abbreviation(const mtc_reader *reader, uint32_t begin, uint32_t stop,
                                const mtc_token *before) {
    const mtc_str bytes = reader->doc->bytes;
    const mtc_str word = mtc_str_slice(bytes, (mtc_range){begin, stop});
    char buffer[LONGEST_ABBREVIATION];
    const mtc_str folded = lower_copy(word, buffer, sizeof buffer);
    if (folded.len == 0) return false;
    const uint32_t next_at = skip_space(bytes, stop + 1, reader->line.end);
    const mtc_char next = mtc_char_at(bytes, next_at, reader->line.end);
    const bool has_capital = mtc_char_at(bytes, begin, stop).class == MTC_CHAR_UPPER;
    const mtc_wordset_entry *const entry =
        mtc_wordset_find(reader->lists.abbreviations, folded);
    if (word.len == 1 && has_capital && is_initial(reader, folded, next_at, before))
        return true;
    if (word.len == 1 && has_capital && folded.ptr[0] != 'i' &&
        is_species(reader, next_at))
        return true;
    if (entry == NULL) return is_unlisted(folded, next);
    const mtc_str payload = entry->payload;
    if (mtc_payload_has(payload, MTC_STR("capital")) && !has_capital) return false;
    if (mtc_payload_has(payload, MTC_STR("after-comma"))) {
        if (before == NULL || mtc_range_length(before->at) != 1) return false;
        const char mark = bytes.ptr[before->at.begin];
        if (mark != ',' && mark != '(') return false;
    }
    if (mtc_payload_has(payload, MTC_STR("after-number")) &&
        (before == NULL || before->kind != MTC_TOKEN_NUMBER))
        return is_unlisted(folded, next);
    if (mtc_payload_has(payload, MTC_STR("after-name")) && next.class == MTC_CHAR_LOWER &&
        (is_capitalised(before) || (before != NULL && before->kind == MTC_TOKEN_NUMBER)))
        return true;
    const bool before_name = mtc_payload_has(payload, MTC_STR("before-name"));
    const bool before_number = mtc_payload_has(payload, MTC_STR("before-number"));
    if (!before_name && !before_number) return true;
    const bool goes_on = next.codepoint == '-' && next_at == stop + 1 &&
                         mtc_char_at(bytes, next_at + 1, reader->line.end).class ==
                             MTC_CHAR_UPPER; /* Lt.-Gov. */
    return (before_name && (next.class == MTC_CHAR_UPPER || goes_on)) ||
           (before_number &&
            (next.class == MTC_CHAR_DIGIT || is_roman(bytes, next_at, reader->line.end)));
}

/* Behind "U.S" of "U.S." and "U.S": letters alone between stops. */
static uint32_t single_letters_end(mtc_str bytes, uint32_t stop, uint32_t limit) {
    uint32_t end = stop, letters = 1;
    while (end < limit && bytes.ptr[end] == '.') {
        const mtc_char letter = mtc_char_at(bytes, end + 1, limit);
        if (!mtc_char_is_letter(letter)) break;
        const uint32_t behind = end + 1 + letter.length;
        if (mtc_char_is_word(mtc_char_at(bytes, behind, limit))) break;
        end = behind;
        letters++;
    }
    return letters >= 2 ? end : 0;
}

/* Behind "Ph.D" of "Ph.D.": the longest listed form with a stop inside. */
static uint32_t listed_end(const mtc_reader *reader, uint32_t begin, uint32_t limit) {
    const mtc_str bytes = reader->doc->bytes;
    char buffer[LONGEST_ABBREVIATION];
    uint32_t found = 0;
    bool has_stop = false;
    for (uint32_t at = begin; at < limit && at - begin <= sizeof buffer; at++) {
        const mtc_char c = mtc_char_at(bytes, at, limit);
        if (c.codepoint >= 0x80 || (c.codepoint != '.' && !mtc_char_is_letter(c))) break;
        if (c.codepoint == '.') {
            has_stop = true;
            continue;
        }
        if (!has_stop || mtc_char_is_word(mtc_char_at(bytes, at + 1, limit))) continue;
        const mtc_str folded = lower_copy(
            mtc_str_slice(bytes, (mtc_range){begin, at + 1}), buffer, sizeof buffer);
        if (folded.len > 0 && mtc_wordset_has(reader->lists.abbreviations, folded))
            found = at + 1;
    }
    return found;
}

uint32_t mtc_reader_initialism_end(const mtc_reader *reader, uint32_t begin,
                                   uint32_t stop) {
    const mtc_str bytes = reader->doc->bytes;
    const uint32_t limit = reader->line.end;
    uint32_t end = 0;
    if (mtc_char_at(bytes, begin, stop).length == stop - begin)
        end = single_letters_end(bytes, stop, limit);
    if (end == 0) end = listed_end(reader, begin, limit);
    if (end != 0 && end < limit && bytes.ptr[end] == '.') end++;
    return end;
}

bool mtc_reader_abbreviation_ends(const mtc_reader *reader, const mtc_token *abbreviation,
                                  const mtc_token *next) {
    const mtc_str bytes = reader->doc->bytes;
    mtc_str text = mtc_token_folded(reader->doc, abbreviation);
    if (text.len == 0 || text.ptr[text.len - 1] != '.') return false;
    text.len--;
    const mtc_char first = mtc_char_at(bytes, next->at.begin, next->at.end);
    const mtc_wordset_entry *const entry =
        mtc_wordset_find(reader->lists.abbreviations, text);
    const bool ends = entry != NULL && mtc_payload_has(entry->payload, MTC_STR("ends"));
    const bool may_end = entry == NULL
                             ? memchr(text.ptr, '.', text.len) != NULL
                             : mtc_payload_has(entry->payload, MTC_STR("may-end"));
    if ((next->flags & MTC_TOKEN_QUOTE) != 0)
        return ends && (next->flags & MTC_TOKEN_OPENS) != 0;
    if (next->kind != MTC_TOKEN_WORD || first.class != MTC_CHAR_UPPER) return false;
    if (ends) return !mtc_reader_has_trait(reader, next, MTC_TRAIT_DATE);
    return may_end && mtc_reader_has_trait(reader, next, MTC_TRAIT_OPENING);
}
