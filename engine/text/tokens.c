/* The surface tokens of a line, in one pass from left to right. What has to look ahead
 * does so over a bounded stretch or consumes what it has read. */
#include <unicode/uscript.h>

#include "text/reader.h"

/* A token before it is added. */
typedef struct {
    uint32_t begin, end;
    mtc_token_kind kind;
    uint16_t flags;
} scanned;

static const uint32_t LONGEST_ELISION = 12;

/* --- Shape and script --- */

typedef struct {
    uint32_t upper, lower,
        inner_upper; /* inner: not first between hyphens and the like */
    bool begins_upper, ends_possessive;
    uint16_t script;
} letter_facts;

static letter_facts facts_of(mtc_str bytes, uint32_t begin, uint32_t end) {
    letter_facts facts = {.script = USCRIPT_COMMON};
    bool part_begins = true, any_letter = false;
    for (uint32_t at = begin; at < end;) {
        const mtc_char c = mtc_char_at(bytes, at, end);
        at += c.length;
        if (mtc_char_is_letter(c)) {
            if (c.class == MTC_CHAR_UPPER) {
                facts.upper++;
                if (!part_begins) facts.inner_upper++;
                if (!any_letter) facts.begins_upper = true;
            } else if (c.class == MTC_CHAR_LOWER) {
                facts.lower++;
            }
            if (c.codepoint < 0x80) {
                if (facts.script == USCRIPT_COMMON) facts.script = USCRIPT_LATIN;
            } else if (facts.script == USCRIPT_COMMON) {
                UErrorCode status = U_ZERO_ERROR;
                const UScriptCode script =
                    uscript_getScript((UChar32)c.codepoint, &status);
                if (script > USCRIPT_INHERITED) facts.script = (uint16_t)script;
            }
            any_letter = true;
            part_begins = false;
        } else if (c.class != MTC_CHAR_FORMAT) {
            part_begins = true;
        }
    }
    const mtc_char last = mtc_char_before(bytes, end, begin);
    const uint32_t mark = end - last.length;
    facts.ends_possessive =
        mtc_is_apostrophe(last.codepoint) ||
        ((last.codepoint == 's' || last.codepoint == 'S') && mark > begin &&
         mtc_is_apostrophe(mtc_char_before(bytes, mark, begin).codepoint));
    return facts;
}

static mtc_shape shape_of(const letter_facts *facts) {
    if (facts->upper == 0) return facts->lower == 0 ? MTC_SHAPE_NONE : MTC_SHAPE_LOWER;
    const bool possessive_only = facts->lower == 1 && facts->ends_possessive;
    if (facts->lower == 0 || possessive_only)
        return facts->upper == 1 ? MTC_SHAPE_CAPITAL : MTC_SHAPE_UPPER;
    return facts->begins_upper && facts->inner_upper == 0 ? MTC_SHAPE_CAPITAL
                                                          : MTC_SHAPE_MIXED;
}

static mtc_status add_token(mtc_reader *reader, const scanned *found) {
    mtc_document *const doc = reader->doc;
    mtc_token token = {.at = {found->begin, found->end},
                       .sentence = MTC_NONE,
                       .flags = found->flags,
                       .kind = (uint8_t)found->kind,
                       .script = USCRIPT_COMMON};
    if (found->kind == MTC_TOKEN_WORD) {
        const letter_facts facts = facts_of(doc->bytes, found->begin, found->end);
        token.shape = (uint8_t)shape_of(&facts);
        token.script = facts.script;
        if (facts.ends_possessive) token.flags |= MTC_TOKEN_POSSESSIVE;
    }
    const mtc_str raw = mtc_document_slice(doc, token.at);
    if (!mtc_form_table_find(&reader->words, raw, &token.word)) return MTC_NO_MEMORY;
    return mtc_vector_push(&doc->tokens, doc->arena, token) ? MTC_OK : MTC_NO_MEMORY;
}

/* --- Words and numbers --- */

static bool is_char(mtc_str bytes, uint32_t at, uint32_t limit, char wanted) {
    return at < limit && bytes.ptr[at] == wanted;
}

static bool is_unspaced_letter(mtc_char c) {
    if (c.codepoint < 0x0E00) return false;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript((UChar32)c.codepoint, &status);
    return script > USCRIPT_INHERITED && mtc_is_unspaced_script((uint16_t)script);
}

/* Lower-case copy of the ASCII letters from `at`; len 0: none, or too many. */
static mtc_str letters_at(mtc_str bytes, uint32_t at, uint32_t limit, char *buffer) {
    uint32_t length = 0;
    while (at + length < limit) {
        const mtc_char c = mtc_char_at(bytes, at + length, limit);
        if (!mtc_char_is_word(c)) break;
        if (length == LONGEST_ELISION || c.codepoint >= 0x80) return (mtc_str){buffer, 0};
        buffer[length++] =
            (char)(c.class == MTC_CHAR_UPPER ? c.codepoint + ('a' - 'A') : c.codepoint);
    }
    return (mtc_str){buffer, length};
}

/* Does an apostrophe behind the word belong to it: the workers' rights, goin'? */
static bool apostrophe_belongs(mtc_reader *reader, uint32_t begin, uint32_t at,
                               mtc_char apostrophe) {
    const mtc_str bytes = reader->doc->bytes;
    const uint32_t limit = reader->line.end;
    const char last = bytes.ptr[at - 1];
    const bool may_possess = last == 's' || last == 'S' || last == 'x' || last == 'z';
    const uint32_t behind = at + apostrophe.length;
    if (reader->open[MTC_MARK_SINGLE_QUOTE].count > 0) {
        return may_possess && is_char(bytes, behind, limit, ' ') &&
               mtc_char_at(bytes, behind + 1, limit).class == MTC_CHAR_LOWER &&
               mtc_reader_closers_behind(reader, behind) > 0;
    }
    if (may_possess) return true;
    for (uint32_t tail = 3; tail >= 1; tail--) {
        if (at - begin < tail) continue;
        const mtc_wordset_entry *const entry = mtc_wordset_find(
            reader->lists.elisions, mtc_str_slice(bytes, (mtc_range){at - tail, at}));
        if (entry == NULL) continue;
        if (mtc_payload_has(entry->payload, MTC_STR("after"))) return at - begin > tail;
        if (mtc_payload_has(entry->payload, MTC_STR("after-whole")))
            return at - begin == tail;
    }
    return false;
}

/* The comma of "R700,000" and "Rs25,000": three figures behind it, and a currency of few
 * letters before. */
static bool groups_figures(mtc_str bytes, uint32_t begin, uint32_t comma,
                           uint32_t limit) {
    enum { LONGEST_CURRENCY = 3 };
    uint32_t letters = 0, figures = 0;
    for (mtc_char c = mtc_char_at(bytes, begin, limit);
         c.codepoint < 0x80 && mtc_char_is_letter(c);
         c = mtc_char_at(bytes, begin + letters, limit)) {
        if (letters++ == LONGEST_CURRENCY) return false;
    }
    if (letters == 0 ||
        mtc_char_at(bytes, begin + letters, limit).class != MTC_CHAR_DIGIT)
        return false;
    while (figures < 4 &&
           mtc_char_at(bytes, comma + 1 + figures, limit).class == MTC_CHAR_DIGIT)
        figures++;
    return figures == 3;
}

/* May these characters stand inside a word or number, given their neighbours? */
static bool joins(mtc_str bytes, const scanned *found, uint32_t at, mtc_char c,
                  uint32_t limit) {
    const mtc_char next = mtc_char_at(bytes, at + c.length, limit);
    if (!mtc_char_is_word(next)) return false;
    const mtc_char before = mtc_char_before(bytes, at, found->begin);
    const bool is_number = found->kind == MTC_TOKEN_NUMBER;
    switch (c.codepoint) {
    case '_': return true;
    case '*': return mtc_char_is_letter(next) && mtc_char_is_letter(before);
    case '&': return before.class == MTC_CHAR_UPPER && next.class == MTC_CHAR_UPPER;
    case '.': return before.class == MTC_CHAR_DIGIT && next.class == MTC_CHAR_DIGIT;
    case ',':
        if (before.class != MTC_CHAR_DIGIT || next.class != MTC_CHAR_DIGIT) return false;
        return is_number || groups_figures(bytes, found->begin, at, limit);
    case ':':
    case '/':
        return is_number && before.class == MTC_CHAR_DIGIT &&
               next.class == MTC_CHAR_DIGIT;
    default:
        if (mtc_is_apostrophe(c.codepoint)) return mtc_char_is_letter(next);
        return mtc_is_hyphen(c.codepoint);
    }
}

/* Behind the invisible characters from `at` where a word goes on behind them, else `at`.
 */
static uint32_t skip_format(mtc_str bytes, uint32_t at, uint32_t limit) {
    uint32_t behind = at;
    mtc_char c = mtc_char_at(bytes, behind, limit);
    while (c.class == MTC_CHAR_FORMAT) {
        behind += c.length;
        c = mtc_char_at(bytes, behind, limit);
    }
    return mtc_char_is_word(c) ? behind : at;
}

/* Where the last part of a compound begins: "U.S" of "anti-U.S". */
static uint32_t last_part(mtc_str bytes, const scanned *found) {
    enum { LONGEST_PART = 16 };
    for (uint32_t at = found->end; found->end - at < LONGEST_PART; at--) {
        if (at == found->begin || bytes.ptr[at - 1] == '-') return at;
    }
    return found->begin;
}

/* A stop behind the word: does it, or more, belong to the word? True: found->end moved.
 */
static bool take_stop(const mtc_reader *reader, scanned *found) {
    const mtc_str bytes = reader->doc->bytes;
    const uint32_t limit = reader->line.end, at = found->end;
    const uint32_t part = last_part(bytes, found);
    const bool is_letter = at - part < 2; /* hepatitis-B is no initial */
    const mtc_token *const before =
        reader->doc->tokens.count > reader->first_token
            ? &reader->doc->tokens.at[reader->doc->tokens.count - 1]
            : NULL;
    if (mtc_char_is_word(mtc_char_at(bytes, at + 1, limit))) {
        const uint32_t initialism = found->kind == MTC_TOKEN_WORD
                                        ? mtc_reader_initialism_end(reader, part, at)
                                        : 0;
        const uint32_t address = mtc_reader_address_end(reader, found->begin, at, limit);
        const bool is_mail = address != 0 && memchr(bytes.ptr + at, '@', address - at);
        if (initialism > at && !is_mail) {
            found->end = initialism;
            found->flags |= MTC_TOKEN_ABBREVIATION;
            return true;
        }
        if (address != 0) {
            found->end = address;
            found->kind = MTC_TOKEN_ADDRESS;
            return true;
        }
    }
    if (found->kind != MTC_TOKEN_WORD || is_char(bytes, at + 1, limit, '.') ||
        !mtc_reader_is_abbreviation(reader, is_letter ? found->begin : part, at,
                                    before)) {
        return false;
    }
    found->end = at + 1;
    found->flags |= MTC_TOKEN_ABBREVIATION;
    return true;
}

/* "5a.m.": the number ends before the abbreviation. */
static bool abbreviation_follows(const mtc_reader *reader, const scanned *found,
                                 uint32_t at) {
    return found->kind == MTC_TOKEN_NUMBER &&
           is_char(reader->doc->bytes, at + 1, reader->line.end, '.') &&
           mtc_reader_initialism_end(reader, at, at + 1) != 0;
}

/* A word or number from found->begin; sets the rest of `found`. `limit`: the line's end
 * or a residue. */
static void scan_word(mtc_reader *reader, scanned *found, uint32_t limit) {
    const mtc_str bytes = reader->doc->bytes;
    uint32_t at = found->end; /* begin, or behind an apostrophe or stop that leads */
    mtc_char c = mtc_char_at(bytes, at, limit);
    found->kind = c.class == MTC_CHAR_DIGIT ? MTC_TOKEN_NUMBER : MTC_TOKEN_WORD;
    bool unspaced = is_unspaced_letter(c), is_closed = false;
    for (;; c = mtc_char_at(bytes, at, limit)) {
        found->end = at;
        if (mtc_char_is_word(c) && !is_closed) {
            if (c.codepoint >= 0x80 && mtc_char_is_letter(c) && at > found->begin &&
                c.class != MTC_CHAR_MARK && is_unspaced_letter(c) != unspaced)
                break;
            if (c.codepoint < 0x80 && unspaced && c.class != MTC_CHAR_DIGIT) break;
            if (mtc_char_is_letter(c) && c.codepoint < 0x80 &&
                abbreviation_follows(reader, found, at))
                break;
            at += c.length;
        } else if (c.class == MTC_CHAR_FORMAT) {
            const uint32_t behind = skip_format(bytes, at, limit);
            if (behind == at) break;
            at = behind;
        } else if (mtc_is_hyphen(c.codepoint) || mtc_is_apostrophe(c.codepoint)) {
            if (!joins(bytes, found, at, c, limit)) break;
            if (mtc_is_hyphen(c.codepoint) &&
                mtc_char_is_letter(mtc_char_at(bytes, at + c.length, limit)))
                found->kind = MTC_TOKEN_WORD;
            at += c.length;
            is_closed = false;
        } else if (c.codepoint == '@' || c.codepoint == ':') {
            const uint32_t end = mtc_reader_address_end(reader, found->begin, at, limit);
            if (end != 0) {
                found->end = end;
                found->kind = MTC_TOKEN_ADDRESS;
                return;
            }
            if (!joins(bytes, found, at, c, limit)) break;
            at += c.length;
        } else if (c.codepoint == '.' && !is_closed) {
            if (joins(bytes, found, at, c, limit) && found->kind == MTC_TOKEN_NUMBER) {
                at += c.length;
                continue;
            }
            if (take_stop(reader, found)) {
                if (found->kind == MTC_TOKEN_ADDRESS) return;
                at = found->end;
                is_closed = true;
            } else if (joins(bytes, found, at, c, limit)) {
                at += c.length;
            } else {
                break;
            }
        } else if (c.length > 0 && !is_closed && joins(bytes, found, at, c, limit)) {
            at += c.length;
        } else {
            break;
        }
    }
    if (found->kind == MTC_TOKEN_WORD && mtc_is_apostrophe(c.codepoint) && !is_closed &&
        c.codepoint != 0x2018 &&
        !mtc_char_is_word(mtc_char_at(bytes, at + c.length, limit)) &&
        apostrophe_belongs(reader, found->begin, at, c)) {
        found->end = at + c.length;
    }
}

/* --- Marks and symbols --- */

/* An apostrophe that begins a word or number: 'em, 'n', '90s, ’cause; 0: a quotation
 * mark. */
static uint32_t leading_apostrophe_end(mtc_reader *reader, uint32_t at, mtc_char c,
                                       mtc_char before) {
    const mtc_str bytes = reader->doc->bytes;
    const uint32_t limit = reader->line.end, word = at + c.length;
    char buffer[12];
    const mtc_str letters = letters_at(bytes, word, limit, buffer);
    if (letters.len == 0) return 0;
    const uint32_t behind = word + (uint32_t)letters.len;
    if (before.class != MTC_CHAR_SPACE && letters.len == 1 && letters.ptr[0] == 's')
        return behind; /* “Hamlet”'s */
    if (letters.ptr[0] >= '0' && letters.ptr[0] <= '9') {
        const bool is_year =
            letters.len == 2 || (letters.len == 3 && letters.ptr[2] == 's');
        return is_year && reader->open[MTC_MARK_SINGLE_QUOTE].count == 0 ? behind : 0;
    }
    const mtc_wordset_entry *const entry =
        mtc_wordset_find(reader->lists.elisions, letters);
    if (entry != NULL && mtc_payload_has(entry->payload, MTC_STR("both"))) {
        const mtc_char next = mtc_char_at(bytes, behind, limit);
        if (mtc_is_apostrophe(next.codepoint)) return behind + next.length;
    }
    if (entry != NULL && mtc_payload_has(entry->payload, MTC_STR("before")))
        return behind;
    const bool may_open = before.class == MTC_CHAR_SPACE && at > reader->line.begin;
    const bool is_lower = mtc_char_at(bytes, word, limit).class == MTC_CHAR_LOWER;
    if (!may_open || !is_lower || c.codepoint == 0x2018) return 0;
    return mtc_reader_closers_behind(reader, word) == 0 ? behind : 0;
}

/* A quotation mark or bracket: `` and '' count as one double quote. */
static mtc_status take_pairing_mark(mtc_reader *reader, scanned *found, mtc_char c,
                                    mtc_mark_family family, uint32_t limit) {
    const mtc_str bytes = reader->doc->bytes;
    uint32_t codepoint = c.codepoint;
    found->kind = MTC_TOKEN_PUNCTUATION;
    found->end = found->begin + c.length;
    if ((codepoint == '\'' || codepoint == '`') &&
        is_char(bytes, found->end, limit, (char)codepoint)) {
        found->end++;
        family = MTC_MARK_DOUBLE_QUOTE;
        codepoint = codepoint == '`' ? 0x201C : '"';
    }
    const mtc_char before = mtc_char_before(bytes, found->begin, reader->line.begin);
    const mtc_char after = mtc_char_at(bytes, found->end, reader->line.end);
    const mtc_status status = add_token(reader, found);
    if (status != MTC_OK) return status;
    return mtc_reader_add_mark(reader, codepoint, family, before, after) ? MTC_OK
                                                                         : MTC_NO_MEMORY;
}

/* --- The line --- */

/* The residue that becomes a token and begins at or behind `at`; NULL: none in the line.
 */
static const mtc_residue *next_barrier(mtc_reader *reader, uint32_t at) {
    while (reader->next_barrier < reader->barriers.count &&
           reader->barriers.at[reader->next_barrier].at.end <= at)
        reader->next_barrier++;
    if (reader->next_barrier == reader->barriers.count) return NULL;
    const mtc_residue *const barrier = &reader->barriers.at[reader->next_barrier];
    return barrier->at.begin < reader->line.end ? barrier : NULL;
}

/* An entity that stands for white space. */
static bool is_space_entity(mtc_str text) {
    return mtc_str_ends_with(text, MTC_STR("sp;")) ||
           mtc_str_ends_with(text, MTC_STR("#160;")) ||
           mtc_str_ends_with(text, MTC_STR("#xa0;"));
}

/* A mangled letter or apostrophe inside a word spoils the word: one residue token. */
static bool is_inside_word(const mtc_reader *reader, const mtc_residue *barrier) {
    const mtc_str bytes = reader->doc->bytes;
    if (barrier->kind != MTC_RESIDUE_MOJIBAKE && barrier->kind != MTC_RESIDUE_ENTITY)
        return false;
    return !is_space_entity(mtc_str_slice(bytes, barrier->at)) &&
           mtc_char_is_word(
               mtc_char_before(bytes, barrier->at.begin, reader->line.begin)) &&
           mtc_char_is_word(mtc_char_at(bytes, barrier->at.end, reader->line.end));
}

static void scan_spoilt_word(mtc_reader *reader, scanned *found) {
    for (;;) {
        const mtc_residue *const barrier = next_barrier(reader, found->end);
        if (barrier == NULL || barrier->at.begin != found->end ||
            !is_inside_word(reader, barrier))
            return;
        found->end = barrier->at.end;
        const mtc_residue *const next = next_barrier(reader, found->end);
        const uint32_t limit = next == NULL ? reader->line.end : next->at.begin;
        if (limit > found->end) scan_word(reader, found, limit);
        found->kind = MTC_TOKEN_RESIDUE;
        found->flags &= (uint16_t)~MTC_TOKEN_ABBREVIATION;
    }
}

static mtc_status read_token(mtc_reader *reader, scanned *found, mtc_char c,
                             uint32_t limit) {
    const mtc_str bytes = reader->doc->bytes;
    const uint32_t at = found->begin;
    const mtc_mark_family family = mtc_mark_family_of(c.codepoint);
    const mtc_char before = mtc_char_before(bytes, at, reader->line.begin);
    found->end = at;
    if (mtc_char_is_word(c)) {
        scan_word(reader, found, limit);
        scan_spoilt_word(reader, found);
        return add_token(reader, found);
    }
    if (c.codepoint == '.' && before.class == MTC_CHAR_SPACE &&
        mtc_char_at(bytes, at + 1, limit).class == MTC_CHAR_DIGIT) {
        found->end = at + 1;
        scan_word(reader, found, limit);
        return add_token(reader, found);
    }
    if (mtc_is_apostrophe(c.codepoint)) {
        const uint32_t end = leading_apostrophe_end(reader, at, c, before);
        if (end != 0 && end <= limit) {
            found->end = end;
            found->kind = mtc_char_at(bytes, at + c.length, limit).class == MTC_CHAR_DIGIT
                              ? MTC_TOKEN_NUMBER
                              : MTC_TOKEN_WORD;
            return add_token(reader, found);
        }
    }
    if (family != MTC_MARK_FAMILIES)
        return take_pairing_mark(reader, found, c, family, limit);
    found->end = mtc_reader_symbol_end(
        bytes, at, limit, (found->flags & MTC_TOKEN_SPACE_BEFORE) != 0, &found->kind);
    return add_token(reader, found);
}

mtc_status mtc_reader_read_tokens(mtc_reader *reader) {
    mtc_document *const doc = reader->doc;
    uint16_t flags = MTC_TOKEN_SPACE_BEFORE;
    mtc_status status = MTC_OK;
    reader->first_token = (uint32_t)doc->tokens.count;
    mtc_reader_begin_marks(reader);
    for (uint32_t at = reader->line.begin; status == MTC_OK && at < reader->line.end;) {
        const mtc_residue *const barrier = next_barrier(reader, at);
        scanned found = {.begin = at, .flags = flags};
        if (barrier != NULL && barrier->at.begin <= at) {
            found.kind = MTC_TOKEN_RESIDUE;
            found.end =
                barrier->at.end < reader->line.end ? barrier->at.end : reader->line.end;
            status = add_token(reader, &found);
        } else {
            const mtc_char c = mtc_char_at(doc->bytes, at, reader->line.end);
            if (c.class == MTC_CHAR_SPACE) {
                flags |= MTC_TOKEN_SPACE_BEFORE;
                if (mtc_is_line_end(c.codepoint)) flags |= MTC_TOKEN_AFTER_BREAK;
                at += c.length;
                continue;
            }
            if (c.class == MTC_CHAR_FORMAT) {
                at += c.length;
                continue;
            }
            status = read_token(reader, &found, c,
                                barrier == NULL ? reader->line.end : barrier->at.begin);
        }
        at = found.end;
        flags = 0;
        if (status == MTC_OK) status = mtc_budget_spend(doc->budget, 1);
    }
    if (status == MTC_OK && !mtc_reader_finish_marks(reader)) status = MTC_NO_MEMORY;
    return status;
}
