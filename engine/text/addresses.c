#include "text/reader.h"

enum { LONGEST_HOST = 256, LONGEST_SCHEME = 12, LONGEST_ENDING = 12 };

static bool is_alnum(char byte) {
    return (unsigned char)byte < 0x80 &&
           mtc_ascii_classes[(unsigned char)byte] >= MTC_CHAR_LOWER;
}

static bool is_in_host(char byte) {
    return is_alnum(byte) || byte == '-' || byte == '.';
}

/* To the next white space or quotation mark, without the marks that close a clause. It
 * consumes what it reads. */
static uint32_t url_end(mtc_str bytes, uint32_t at, uint32_t limit) {
    uint32_t end = at, brackets = 0;
    while (end < limit) {
        const mtc_char c = mtc_char_at(bytes, end, limit);
        if (c.class == MTC_CHAR_SPACE || c.codepoint == '<' || c.codepoint == '>') break;
        if (c.codepoint != '\'' &&
            mtc_mark_family_of(c.codepoint) <= MTC_MARK_SINGLE_QUOTE)
            break;
        brackets += c.codepoint == '(';
        end += c.length;
    }
    while (end > at) {
        const char last = bytes.ptr[end - 1];
        if (last == ')' && brackets > 0) break;
        if (strchr(".,;:!?')]}", last) == NULL) break;
        end--;
    }
    return end;
}

/* name@host.name from the @ on; 0: it is none. */
static uint32_t mail_end(mtc_str bytes, uint32_t at_sign, uint32_t limit) {
    uint32_t end = at_sign + 1;
    bool has_stop = false;
    while (end < limit && end - at_sign < LONGEST_HOST && is_in_host(bytes.ptr[end])) {
        has_stop |= bytes.ptr[end] == '.' && end > at_sign + 1;
        end++;
    }
    while (end > at_sign + 1 && !is_alnum(bytes.ptr[end - 1])) end--;
    return has_stop && end > at_sign + 3 ? end : 0;
}

static bool all_of(mtc_str text, mtc_char_class class) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80 ||
            mtc_ascii_classes[(unsigned char)text.ptr[i]] != class)
            return false;
    }
    return text.len > 0;
}

/* host.name, host.name/path or file.ext whose parts are read from `begin`; 0: none. */
static uint32_t domain_end(const mtc_reader *reader, uint32_t begin, uint32_t limit) {
    const mtc_str bytes = reader->doc->bytes;
    uint32_t end = begin, last_stop = 0, parts = 1;
    while (end < limit && end - begin < LONGEST_HOST) {
        if (bytes.ptr[end] == '.') {
            if (end + 1 >= limit || !is_alnum(bytes.ptr[end + 1])) break;
            last_stop = end;
            parts++;
        } else if (!is_alnum(bytes.ptr[end]) && bytes.ptr[end] != '-' &&
                   bytes.ptr[end] != '_') {
            break;
        }
        end++;
    }
    if (last_stop == 0 || mtc_char_is_word(mtc_char_at(bytes, end, limit))) return 0;
    const mtc_str ending = mtc_str_slice(bytes, (mtc_range){last_stop + 1, end});
    if (ending.len > LONGEST_ENDING) return 0;
    const bool is_upper = all_of(ending, MTC_CHAR_UPPER);
    if (is_upper && mtc_char_at(bytes, begin, limit).class == MTC_CHAR_LOWER) return 0;
    char buffer[LONGEST_ENDING];
    for (size_t i = 0; i < ending.len; i++) {
        const char byte = ending.ptr[i];
        if (!is_upper && byte >= 'A' && byte <= 'Z') return 0;
        buffer[i] = is_upper ? (char)(byte + ('a' - 'A')) : byte;
    }
    const mtc_wordset_entry *const entry =
        mtc_wordset_find(reader->lists.address_endings, (mtc_str){buffer, ending.len});
    if (entry == NULL) return 0;
    const bool has_path = end < limit && bytes.ptr[end] == '/';
    if (mtc_payload_has(entry->payload, MTC_STR("word")) && !has_path && parts < 3)
        return 0;
    return has_path ? url_end(bytes, end, limit) : end;
}

/* The @ of a mail address whose name has a stop: jane.roe@example.org. */
static uint32_t at_sign_behind(mtc_str bytes, uint32_t at, uint32_t limit) {
    for (uint32_t end = at; end < limit && end - at < 64; end++) {
        if (bytes.ptr[end] == '@') return end;
        if (!is_in_host(bytes.ptr[end]) && bytes.ptr[end] != '_') break;
    }
    return 0;
}

uint32_t mtc_reader_address_end(const mtc_reader *reader, uint32_t begin, uint32_t at,
                                uint32_t limit) {
    const mtc_str bytes = reader->doc->bytes;
    const mtc_str read = mtc_str_slice(bytes, (mtc_range){begin, at});
    if (bytes.ptr[at] == ':') {
        const mtc_str rest = mtc_str_slice(bytes, (mtc_range){at, limit});
        if (read.len > LONGEST_SCHEME || !mtc_str_starts_with(rest, MTC_STR("://")))
            return 0;
        const uint32_t end = url_end(bytes, at + 3, limit);
        return end > at + 3 ? end : 0;
    }
    if (bytes.ptr[at] == '@') return mail_end(bytes, at, limit);
    if (at - begin > LONGEST_HOST) return 0;
    if (mtc_str_equal_ignoring_ascii_case(read, MTC_STR("www")))
        return url_end(bytes, at, limit);
    const uint32_t at_sign = at_sign_behind(bytes, at, limit);
    const uint32_t mail = at_sign == 0 ? 0 : mail_end(bytes, at_sign, limit);
    return mail != 0 ? mail : domain_end(reader, begin, limit);
}
