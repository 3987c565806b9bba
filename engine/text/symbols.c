/* Marks and symbols that are neither words nor pair: runs of dots, emoji, @handles. */
#include "text/reader.h"

static uint32_t emoji_end(mtc_str bytes, uint32_t at, uint32_t limit, mtc_char c) {
    const bool is_flag = c.codepoint >= 0x1F1E6 && c.codepoint <= 0x1F1FF;
    uint32_t end = at + c.length;
    bool joined = false, second_of_flag = is_flag;
    for (;;) {
        const mtc_char next = mtc_char_at(bytes, end, limit);
        const uint32_t codepoint = next.codepoint;
        const bool is_modifier = codepoint == 0xFE0F || codepoint == 0x20E3 ||
                                 (codepoint >= 0x1F3FB && codepoint <= 0x1F3FF) ||
                                 (codepoint >= 0xE0020 && codepoint <= 0xE007F);
        const bool is_second =
            second_of_flag && codepoint >= 0x1F1E6 && codepoint <= 0x1F1FF;
        if (codepoint == 0x200D) {
            joined = true;
        } else if (is_modifier || is_second || (joined && mtc_is_emoji(codepoint))) {
            joined = false;
            second_of_flag = second_of_flag && !is_second;
        } else {
            return end;
        }
        end += next.length;
    }
}

/* :) ;-) :D alone between spaces; 0: none. */
static uint32_t emoticon_end(mtc_str bytes, uint32_t at, uint32_t limit) {
    uint32_t end = at + 1;
    if (end < limit && bytes.ptr[end] == '-') end++;
    if (end >= limit || strchr(")(DPp/|", bytes.ptr[end]) == NULL) return 0;
    end++;
    return mtc_char_at(bytes, end, limit).class == MTC_CHAR_SPACE ? end : 0;
}

static uint32_t run_end(mtc_str bytes, uint32_t at, uint32_t limit, const char *set) {
    while (at < limit && bytes.ptr[at] != 0 && strchr(set, bytes.ptr[at]) != NULL) at++;
    return at;
}

/* @handle or #topic; 0: none. */
static uint32_t tag_end(mtc_str bytes, uint32_t at, uint32_t limit) {
    const mtc_char first = mtc_char_at(bytes, at + 1, limit);
    if (!mtc_char_is_letter(first) && first.codepoint != '_') {
        if (bytes.ptr[at] == '#' || first.class != MTC_CHAR_DIGIT) return 0;
    }
    uint32_t end = at + 1;
    for (;;) {
        const mtc_char c = mtc_char_at(bytes, end, limit);
        const bool has_more = c.codepoint == '.' && bytes.ptr[at] == '@' &&
                              mtc_char_is_word(mtc_char_at(bytes, end + 1, limit));
        if (!mtc_char_is_word(c) && c.codepoint != '_' && !has_more) return end;
        end += c.length;
    }
}

uint32_t mtc_reader_symbol_end(mtc_str bytes, uint32_t at, uint32_t limit, bool is_free,
                               mtc_token_kind *ret_kind) {
    const mtc_char c = mtc_char_at(bytes, at, limit);
    mtc_token_kind kind =
        c.class == MTC_CHAR_SYMBOL ? MTC_TOKEN_SYMBOL : MTC_TOKEN_PUNCTUATION;
    uint32_t end = 0;
    switch (c.codepoint) {
    case '@':
    case '#':
        end = tag_end(bytes, at, limit);
        if (end != 0) kind = MTC_TOKEN_ADDRESS;
        break;
    case ':':
    case ';':
        end = is_free ? emoticon_end(bytes, at, limit) : 0;
        if (end != 0) kind = MTC_TOKEN_SYMBOL;
        break;
    case '.': end = run_end(bytes, at, limit, "."); break;
    case '!':
    case '?': end = run_end(bytes, at, limit, "!?"); break;
    case '-':
    case '*':
    case '_':
    case '=':
    case '~':
    case '+':
    case '|':
    case '<':
    case '>':
    case '^': {
        const char set[] = {(char)c.codepoint, 0};
        end = run_end(bytes, at, limit, set);
        break;
    }
    default:
        if (c.codepoint >= 0x203C && mtc_is_emoji(c.codepoint)) {
            end = emoji_end(bytes, at, limit, c);
            kind = MTC_TOKEN_SYMBOL;
        }
    }
    *ret_kind = kind;
    return end != 0 ? end : at + c.length;
}
