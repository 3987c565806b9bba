#include "tokenise.h"

#include "language/network/clitics.h"
#include "memory.h"

static const char *const OPENING[] = {"\"",
                                      "'",
                                      "(",
                                      "[",
                                      "{",
                                      "\xE2\x80\x9C",
                                      "\xE2\x80\x98",
                                      "\xC2\xAB",
                                      "$",
                                      "\xC2\xA3",
                                      "\xE2\x82\xAC",
                                      "#",
                                      "*",
                                      "-",
                                      "\xE2\x80\x93",
                                      "\xE2\x80\x94",
                                      "/",
                                      "..."};
static const char *const CLOSING[] = {"\"",
                                      "'",
                                      ")",
                                      "]",
                                      "}",
                                      "\xE2\x80\x9D",
                                      "\xE2\x80\x99",
                                      "\xC2\xBB",
                                      ",",
                                      ";",
                                      ":",
                                      "?",
                                      "!",
                                      "%",
                                      "...",
                                      "\xE2\x80\xA6",
                                      "-",
                                      "\xE2\x80\x93",
                                      "\xE2\x80\x94",
                                      "*",
                                      "/"};
/* Split off wherever they stand inside. */
static const char *const INNER[] = {"\xE2\x80\x94", "\xE2\x80\x93", "--", "...", "/"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static size_t begins_with(mtc_str text, const char *const *marks, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (mtc_str_starts_with(text, mtc_str_of(marks[i]))) return strlen(marks[i]);
    return 0;
}

static size_t ends_with(mtc_str text, const char *const *marks, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (mtc_str_ends_with(text, mtc_str_of(marks[i]))) return strlen(marks[i]);
    return 0;
}

static bool is_abbreviation(const train_lists *lists, mtc_str text) {
    if (text.len == 1) return (text.ptr[0] | 0x20) >= 'a' && (text.ptr[0] | 0x20) <= 'z';
    if (memchr(text.ptr, '.', text.len) != NULL) return true;
    return train_list_has(&lists->abbreviations, text);
}

static void push_parts(train_words *words, mtc_str token) {
    mtc_range parts[MTC_WORD_PARTS];
    const uint32_t count = mtc_split_word(token, parts);
    for (uint32_t i = 0; i < count; i++)
        train_push(words, mtc_str_slice(token, parts[i]));
}

/* "9/11", "2019/20" */
static bool is_within_figures(mtc_str core, size_t at) {
    return core.ptr[at] == '/' && core.ptr[at - 1] >= '0' && core.ptr[at - 1] <= '9' &&
           core.ptr[at + 1] >= '0' && core.ptr[at + 1] <= '9';
}

static void push_core(train_words *words, mtc_str core) {
    const bool is_address = memmem(core.ptr, core.len, "://", 3) != NULL ||
                            mtc_str_starts_with(core, MTC_STR("www."));
    size_t begin = 0;
    for (size_t at = 1; !is_address && at + 1 < core.len;) {
        const mtc_str rest = {core.ptr + at, core.len - at};
        const size_t mark = begins_with(rest, INNER, COUNT(INNER));
        if (mark == 0 || at + mark >= core.len || is_within_figures(core, at)) {
            at++;
            continue;
        }
        if (at > begin) push_parts(words, (mtc_str){core.ptr + begin, at - begin});
        train_push(words, ((mtc_str){core.ptr + at, mark}));
        begin = at + mark;
        at = begin;
    }
    if (begin < core.len)
        push_parts(words, (mtc_str){core.ptr + begin, core.len - begin});
}

/* The words of one stretch without white space. */
static void push_chunk(const train_lists *lists, train_words *words, mtc_str chunk,
                       bool is_last) {
    for (size_t mark; chunk.len > 0;
         chunk = (mtc_str){chunk.ptr + mark, chunk.len - mark}) {
        mark = begins_with(chunk, OPENING, COUNT(OPENING));
        if (mark == 0 || mark == chunk.len) break;
        train_push(words, ((mtc_str){chunk.ptr, mark}));
    }
    mtc_str tail[16];
    size_t tail_count = 0;
    while (chunk.len > 1 && tail_count < COUNT(tail)) {
        size_t mark = ends_with(chunk, CLOSING, COUNT(CLOSING));
        if (mark == 0 && chunk.ptr[chunk.len - 1] == '.') {
            const mtc_str before = {chunk.ptr, chunk.len - 1};
            const bool ends_line = is_last && tail_count == 0;
            if (!is_abbreviation(lists, before) || (ends_line && before.len > 1))
                mark = 1;
        }
        if (mark == 0 || mark >= chunk.len) break;
        tail[tail_count++] = (mtc_str){chunk.ptr + chunk.len - mark, mark};
        chunk.len -= mark;
    }
    if (chunk.len > 0) push_core(words, chunk);
    while (tail_count > 0) train_push(words, tail[--tail_count]);
}

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* The words from `from` on end in a stop that closing marks may follow. */
static bool ends_sentence(const train_words *words, size_t from) {
    for (size_t i = words->count; i > from; i--) {
        const mtc_str word = words->at[i - 1];
        if (word.len == 1 && strchr(".!?", word.ptr[0]) != NULL) return true;
        if (ends_with(word, CLOSING, 8) != word.len) return false;
    }
    return false;
}

static bool may_begin_sentence(mtc_str rest) {
    for (size_t mark; (mark = begins_with(rest, OPENING, 8)) > 0 && mark < rest.len;)
        rest = (mtc_str){rest.ptr + mark, rest.len - mark};
    return rest.len > 0 && !(rest.ptr[0] >= 'a' && rest.ptr[0] <= 'z');
}

bool train_next_sentence(const train_lists *lists, mtc_str *paragraph,
                         train_words *words) {
    mtc_str rest = *paragraph;
    words->count = 0;
    for (;;) {
        while (rest.len > 0 && is_space(rest.ptr[0]))
            rest = (mtc_str){rest.ptr + 1, rest.len - 1};
        if (rest.len == 0) break;
        size_t length = 0;
        while (length < rest.len && !is_space(rest.ptr[length])) length++;
        const mtc_str chunk = {rest.ptr, length};
        rest = (mtc_str){rest.ptr + length, rest.len - length};
        const mtc_str behind = mtc_str_trim(rest);
        const size_t from = words->count;
        push_chunk(lists, words, chunk, behind.len == 0);
        if (ends_sentence(words, from) && may_begin_sentence(behind)) break;
    }
    *paragraph = rest;
    return words->count > 0;
}
