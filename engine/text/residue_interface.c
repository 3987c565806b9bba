/* Interface text: lines and sentences that a site says to its reader, not the article.
 *
 * Sentences are compared as keys: lower case, without punctuation, small words left out,
 * numbers as "0", words of one class (networks, items …) as the name of their class, all
 * by the list "interface-words". So one entry covers many forms, and prose that merely
 * speaks of cookies or comments matches none: a whole sentence must agree (list
 * "interface-lines"), or begin ("interface-openings") or hold ("interface-phrases") what
 * only interfaces say, and then be no longer than the entry allows.
 */
#include "text/residue_scan.h"

enum { MOST_WORDS = 48, KEY_BYTES = 512, LONG_ENOUGH_INSIDE = 4 };

/* One sentence of a line as a key. word_end[i] is where the i-th key word ends. */
typedef struct key {
    char bytes[KEY_BYTES];
    uint32_t length, words;
    uint32_t word_end[MOST_WORDS];
    uint32_t source_end[MOST_WORDS]; /* of the word in the article */
    uint32_t raw_words;
    mtc_range at;
    bool quoted, overlong;
} key;

static bool is_apostrophe(const mtc_residue_scanner *scan, uint32_t at) {
    return mtc_scan_byte(scan, at) == '\'' || mtc_scan_has(scan, at, MTC_STR("’"));
}

static uint32_t apostrophe_length(const mtc_residue_scanner *scan, uint32_t at) {
    return mtc_scan_byte(scan, at) == '\'' ? 1 : 3;
}

/* Bytes of general punctuation (U+2000 to U+203F), which part words. */
static bool is_wide_punctuation(const mtc_residue_scanner *scan, uint32_t at) {
    return (unsigned char)mtc_scan_byte(scan, at) == 0xE2 &&
           (unsigned char)mtc_scan_byte(scan, at + 1) == 0x80;
}

static bool is_key_byte(const mtc_residue_scanner *scan, uint32_t at) {
    const char byte = mtc_scan_byte(scan, at);
    return (mtc_is_word_byte(byte) && !is_wide_punctuation(scan, at)) || byte == '&';
}

static bool may_be(const uint32_t lengths[256], mtc_str word) {
    // empty
    return word.len > 0 &&
           (lengths[(unsigned char)word.ptr[0]] >> (word.len & 31) & 1u) != 0;
}

static void note_lengths(const mtc_wordset *list, uint32_t lengths[256]) {
    for (uint32_t i = 0; i < list->count; i++) {
        const mtc_str entry = list->entries[i].word;
        const char *const blank = memchr(entry.ptr, ' ', entry.len);
        const size_t length = blank == NULL ? entry.len : (size_t)(blank - entry.ptr);
        lengths[(unsigned char)entry.ptr[0]] |= 1u << (length & 31);
    }
}

void mtc_residue_interface_begin(mtc_residue_scanner *scan) {
    note_lengths(scan->interface_words, scan->interface_word_lengths);
    note_lengths(scan->interface_phrases, scan->interface_phrase_lengths);
}

/* Appends the word [at, end) as its class, or nothing where the list drops it. */
static void append(const mtc_residue_scanner *scan, key *sentence, mtc_str word,
                   uint32_t end) {
    sentence->raw_words++;
    const mtc_wordset_entry *const entry =
        may_be(scan->interface_word_lengths, word)
            ? mtc_wordset_find(scan->interface_words, word)
            : NULL;
    if (entry != NULL && entry->payload.len > 0) word = entry->payload;
    if (mtc_str_equal(word, MTC_STR("-"))) return;
    if (sentence->words == MOST_WORDS || sentence->length + word.len + 1 > KEY_BYTES) {
        sentence->overlong = true;
        return;
    }
    if (sentence->length > 0) sentence->bytes[sentence->length++] = ' ';
    memcpy(sentence->bytes + sentence->length, word.ptr, word.len);
    sentence->length += (uint32_t)word.len;
    sentence->source_end[sentence->words] = end;
    sentence->word_end[sentence->words++] = sentence->length;
}

static void read_key(const mtc_residue_scanner *scan, mtc_range at, key *sentence) {
    sentence->length = sentence->words = sentence->raw_words = 0;
    sentence->quoted = sentence->overlong = false;
    sentence->at = at;
    for (uint32_t i = at.begin; i < at.end && !sentence->overlong;) {
        if (!is_key_byte(scan, i)) {
            sentence->quoted = sentence->quoted || scan->text.ptr[i] == '"' ||
                               mtc_scan_has(scan, i, MTC_STR("“")) ||
                               mtc_scan_has(scan, i, MTC_STR("”"));
            i++;
            continue;
        }
        char word[64];
        size_t length = 0;
        while (i < at.end) {
            if (is_apostrophe(scan, i)) {
                i += apostrophe_length(scan, i);
                continue;
            }
            if (!is_key_byte(scan, i)) break;
            const char byte = mtc_to_lower(scan->text.ptr[i]);
            const bool number = mtc_is_digit(byte);
            if (length < sizeof word &&
                !(number && length > 0 && word[length - 1] == '0'))
                word[length++] = number ? '0' : byte;
            i++;
        }
        append(scan, sentence, (mtc_str){word, length}, i);
    }
}

static mtc_str key_slice(const key *sentence, uint32_t first, uint32_t last) {
    const uint32_t begin = first == 0 ? 0 : sentence->word_end[first - 1] + 1;
    return (mtc_str){sentence->bytes + begin, sentence->word_end[last] - begin};
}

static uint32_t limit_of(const mtc_wordset_entry *entry, uint32_t fallback) {
    uint32_t number = 0;
    for (size_t i = 0; i < entry->payload.len; i++) {
        if (mtc_is_digit(entry->payload.ptr[i]) && number < 1000)
            number = number * 10 + (uint32_t)(entry->payload.ptr[i] - '0');
    }
    return number > 0 ? number : fallback;
}

/* Does the sentence begin with an entry that allows its length, or, given the lengths of
 * the entries' first words, hold one? */
static bool has_entry(const key *sentence, const mtc_wordset *list,
                      const uint32_t *lengths, uint32_t fallback) {
    const bool anywhere = lengths != NULL;
    for (uint32_t first = 0; first < (anywhere ? sentence->words : 1); first++) {
        if (anywhere && !may_be(lengths, key_slice(sentence, first, first))) continue;
        for (uint32_t last = first;
             last < sentence->words && last - first < list->longest; last++) {
            const mtc_wordset_entry *const entry =
                mtc_wordset_find(list, key_slice(sentence, first, last));
            if (entry != NULL && sentence->raw_words <= limit_of(entry, fallback))
                return true;
        }
    }
    return false;
}

/* "Read more: …", "See also: …": a known line, a colon and what it leads to. */
static bool is_labelled(const mtc_residue_scanner *scan, const key *sentence) {
    enum { LONGEST_LABEL = 4, LONGEST_LINE = 16 };
    if (sentence->raw_words > LONGEST_LINE) return false;
    for (uint32_t last = 1; last < sentence->words && last < LONGEST_LABEL; last++) {
        if (mtc_scan_byte(scan, sentence->source_end[last]) == ':' &&
            mtc_wordset_has(scan->interface_lines, key_slice(sentence, 0, last)))
            return true;
    }
    return false;
}

/* `edge`: the sentence begins or ends its line, or stands next to interface text. */
static bool is_interface(const mtc_residue_scanner *scan, const key *sentence, bool whole,
                         bool edge) {
    if (sentence->words == 0 || sentence->overlong || sentence->quoted) return false;
    const bool long_enough = whole || sentence->raw_words >= LONG_ENOUGH_INSIDE;
    const mtc_str all = key_slice(sentence, 0, sentence->words - 1);
    if (long_enough && mtc_wordset_has(scan->interface_lines, all)) return true;
    if (whole && is_labelled(scan, sentence)) return true;
    if (has_entry(sentence, scan->interface_phrases, scan->interface_phrase_lengths, 25))
        return true;
    return edge && long_enough && has_entry(sentence, scan->interface_openings, NULL, 10);
}

/* "Click here for the video The minister …": a known line with the article behind it. */
static uint32_t glued_line_end(const mtc_residue_scanner *scan, const key *sentence) {
    if (sentence->quoted || sentence->words < 4) return 0;
    if (!mtc_is_any(".!?", scan->text.ptr[sentence->at.end - 1])) return 0;
    for (uint32_t last = sentence->words - 2; last-- > 2;) {
        if (last > scan->interface_lines->longest) continue;
        const uint32_t end = sentence->source_end[last];
        const uint32_t next = mtc_scan_skip_blanks(scan, end);
        if (next == end || !mtc_is_upper(mtc_scan_byte(scan, next))) continue;
        if (mtc_is_upper(mtc_scan_byte(scan, next + 1))) continue;
        if (mtc_wordset_has(scan->interface_lines, key_slice(sentence, 0, last)))
            return end;
    }
    return 0;
}

/* The end of the sentence that begins at `at`: behind its stop, or at `|`, or the line's.
 */
static uint32_t sentence_end(const mtc_residue_scanner *scan, uint32_t at) {
    for (uint32_t i = at; i < scan->line_end; i++) {
        const char byte = scan->text.ptr[i];
        if (byte == '|') return i + 1;
        if ((byte != '.' && byte != '!' && byte != '?') || i + 1 >= scan->line_end)
            continue;
        if (!mtc_is_space(scan->text.ptr[i + 1])) continue;
        const char next = mtc_scan_byte(scan, mtc_scan_skip_blanks(scan, i + 1));
        if (!mtc_is_lower(next)) return i + 1;
    }
    return scan->line_end;
}

/* Every sentence of the line is interface text, however short. If not, `sentence` is the
 * first that is not. */
static bool whole_line(const mtc_residue_scanner *scan, uint32_t line_end,
                       key *sentence) {
    for (uint32_t at = scan->line_begin; at < line_end;) {
        uint32_t end = sentence_end(scan, at);
        if (end > line_end) end = line_end;
        read_key(scan, (mtc_range){at, end}, sentence);
        if (!is_interface(scan, sentence, true, true)) return false;
        if (glued_line_end(scan, sentence) != 0) return false;
        at = mtc_scan_skip_space(scan, end);
    }
    return line_end > scan->line_begin;
}

void mtc_residue_interface(mtc_residue_scanner *scan, mtc_range *ret_ranges,
                           size_t capacity, size_t *ret_count) {
    size_t count = 0;
    uint32_t line_end = scan->line_end;
    while (line_end > scan->line_begin && mtc_is_space(scan->text.ptr[line_end - 1]))
        line_end--;
    key sentence;
    sentence.at = (mtc_range){line_end, line_end};
    if (whole_line(scan, line_end, &sentence)) {
        ret_ranges[0] = (mtc_range){scan->line_begin, line_end};
        *ret_count = 1;
        return;
    }
    bool before = true; /* the line's beginning, or interface text, lies before */
    for (uint32_t at = scan->line_begin; at < line_end;) {
        if (sentence.at.begin != at) {
            const uint32_t sentence_behind = sentence_end(scan, at);
            read_key(
                scan,
                (mtc_range){at, sentence_behind < line_end ? sentence_behind : line_end},
                &sentence);
        }
        uint32_t end = sentence.at.end;
        const uint32_t glued =
            at == scan->line_begin ? glued_line_end(scan, &sentence) : 0;
        const bool found =
            glued != 0 || is_interface(scan, &sentence, false, before || end == line_end);
        if (glued != 0) end = glued;
        if (found && count > 0 && before &&
            ret_ranges[count - 1].begin != ret_ranges[count - 1].end &&
            mtc_scan_skip_blanks(scan, ret_ranges[count - 1].end) == at) {
            ret_ranges[count - 1].end = end;
        } else if (found && count < capacity) {
            ret_ranges[count++] = (mtc_range){at, end};
        }
        before = found;
        at = mtc_scan_skip_space(scan, end);
    }
    *ret_count = count;
}
