/* support.h: reads an article with the real word lists, for the tests of all layers.
 *
 *   static void it_promises(void **state) {
 *       const mtc_document *const doc = read_text("Ghent. But Maes left.");
 *       …
 *   cmocka_run_group_tests(tests, support_begin, support_end)
 *
 * A document lives until the next is read.
 */
#ifndef MTC_TESTS_SUPPORT_H
#define MTC_TESTS_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/document.h"

typedef struct {
    mtc_arena lasting, arena;
    mtc_wordlists *lists;
    mtc_budget budget;
    mtc_document doc;
} support_state;

static inline support_state *support(void) {
    static support_state state;
    return &state;
}

static inline int support_begin(void **state) {
    (void)state;
    support_state *const s = support();
    mtc_arena_init(&s->lasting, 1 << 16, 1u << 28);
    mtc_arena_init(&s->arena, 1 << 16, 1u << 30);
    mtc_error error = {0};
    if (mtc_wordlists_load(MTC_TEST_DATA_DIR "/dicts/en", NULL, &s->lasting, &s->lists,
                           &error) == MTC_OK)
        return 0;
    (void)fprintf(stderr, "%s: %s\n", error.file, error.message);
    return 1;
}

static inline int support_end(void **state) {
    (void)state;
    mtc_arena_fini(&support()->arena);
    mtc_arena_fini(&support()->lasting);
    return 0;
}

/* title NULL: none. */
static inline const mtc_document *read_article_bytes(const char *title, mtc_str text) {
    support_state *const s = support();
    mtc_arena_reset(&s->arena);
    s->budget = mtc_budget_unlimited();
    const mtc_str title_text = title == NULL ? (mtc_str){0} : mtc_str_of(title);
    assert_int_equal(
        mtc_document_read(&s->doc, title_text, text, s->lists, &s->arena, &s->budget),
        MTC_OK);
    return &s->doc;
}

static inline const mtc_document *read_article(const char *title, const char *text) {
    return read_article_bytes(title, mtc_str_of(text));
}

/* As the text behind a title, so that its first line is no headline. */
static inline const mtc_document *read_text(const char *text) {
    return read_article("Title", text);
}

/* Copies of one piece, one after the other; the caller frees ptr. */
static inline mtc_str repeated(const char *piece, size_t times) {
    const size_t length = strlen(piece);
    char *const bytes = malloc(length * times + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < times; i++) memcpy(bytes + i * length, piece, length);
    return (mtc_str){bytes, length * times};
}

/* What holds for every document: sorted ranges that do not overlap, indices that fit. */
static inline void assert_sound(const mtc_document *doc) {
    uint32_t behind = 0;
    for (size_t i = 0; i < doc->tokens.count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        assert_true(token->at.begin >= behind && token->at.end > token->at.begin);
        assert_true(token->at.end <= doc->bytes.len && token->word < doc->words.count);
        assert_true(token->sentence == MTC_NONE ||
                    token->sentence < doc->sentences.count);
        behind = token->at.end;
    }
    uint32_t sentence = 0, token = 0;
    behind = 0;
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        assert_true(line->at.begin >= behind && line->at.end > line->at.begin);
        assert_int_equal(line->first_token, token);
        assert_int_equal(line->first_sentence, sentence);
        token += line->token_count;
        sentence += line->sentence_count;
        behind = line->at.end;
    }
    assert_int_equal(token, doc->tokens.count);
    assert_int_equal(sentence, doc->sentences.count);
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const s = &doc->sentences.at[i];
        const mtc_token *const tokens = doc->tokens.at;
        assert_true(s->token_count > 0 && s->line < doc->lines.count);
        assert_int_equal(s->at.begin, tokens[s->first_token].at.begin);
        assert_int_equal(s->at.end, tokens[s->first_token + s->token_count - 1].at.end);
    }
    for (size_t i = 0; i < doc->words.count; i++) {
        assert_true(doc->words.at[i].folded < doc->words.count);
        assert_true(doc->words.at[i].stem < doc->words.count);
        assert_int_equal(doc->words.at[doc->words.at[i].folded].folded,
                         doc->words.at[i].folded);
    }
}

#endif
