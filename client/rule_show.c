#include "rule_show.h"

#include <string.h>

#include "base/utf8.h"
#include "language/annotation.h"
#include "language/language.h"
#include "language/name_chain.h"
#include "language/tagset.h"

enum { ARENA_BLOCK = 64 << 10, ARENA_LIMIT = 256 << 20, LONGEST_TEXT = 64 << 10 };

static double part_of(mtc_share share) {
    return (double)share / UINT16_MAX;
}

/* Only what is worth a look. */
static void print_doubts(const mtc_annotation *token, FILE *out) {
    const struct {
        const char *name;
        mtc_share share;
    } DOUBTS[] = {{"foreign", token->foreign},
                  {"capital", token->capital},
                  {"small", token->small},
                  {"gap", token->gap},
                  {"boundary", token->boundary}};
    for (size_t i = 0; i < sizeof DOUBTS / sizeof *DOUBTS; i++)
        if (DOUBTS[i].share >= MTC_SHARE(0.05))
            fprintf(out, "  %s %.2f", DOUBTS[i].name, part_of(DOUBTS[i].share));
}

/* Padded by characters, not by bytes. */
static void print_form(mtc_str form, FILE *out) {
    enum { WIDTH = 16 };
    size_t characters = 0;
    for (size_t i = 0; i < form.len; i++)
        characters += ((unsigned char)form.ptr[i] & 0xC0) != 0x80;
    fprintf(out, "%.*s%*s", (int)form.len, form.ptr,
            characters < WIDTH ? (int)(WIDTH - characters) : 1, "");
}

static void print_token(const mtc_document *doc, uint32_t at, uint32_t first, FILE *out) {
    const mtc_annotation *const token = mtc_annotation_of(doc, at);
    fprintf(out, "%4u  ", (unsigned)(at - first + 1));
    print_form(mtc_token_bytes(doc, mtc_token_at(doc, at)), out);
    if (!mtc_is_annotated(token)) {
        fputs("(not read)\n", out);
        return;
    }
    const mtc_tag_meaning *const tag = &doc->annotations->tags[token->tag];
    const uint32_t head = token->head == MTC_NONE ? 0 : token->head - first + 1;
    fprintf(out, "%-6s%-6.*s%-14s%3u  finite %.2f  %.*s", mtc_upos_names[token->upos],
            (int)tag->xpos.len, tag->xpos.ptr, mtc_relation_names[token->relation],
            (unsigned)head, part_of(token->finite), (int)tag->features.len,
            tag->features.ptr);
    const uint32_t chain = mtc_chain_of(doc, at);
    if (chain != MTC_NONE) fprintf(out, "  chain %u", (unsigned)chain + 1);
    print_doubts(token, out);
    fputc('\n', out);
}

static void print_document(const mtc_document *doc, FILE *out) {
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        if (mtc_sentence_line(doc, sentence)->in_title) continue;
        for (uint32_t k = 0; k < sentence->token_count; k++)
            print_token(doc, sentence->first_token + k, sentence->first_token, out);
        const mtc_share end = mtc_end_gap_of(doc, (uint32_t)i);
        if (end >= MTC_SHARE(0.05)) fprintf(out, "      end: gap %.2f\n", part_of(end));
        if (i + 1 < doc->sentences.count) fputc('\n', out);
    }
}

static mtc_status show(const char *text, const char *data_dir, mtc_arena *arena,
                       FILE *out, mtc_error *error) {
    const size_t size = strlen(data_dir) + sizeof "/dicts/en";
    char *const folder = MTC_TAKE(arena, char, size);
    if (folder == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory");
    (void)snprintf(folder, size, "%s/dicts/en", data_dir);
    mtc_wordlists *lists = NULL;
    mtc_language *language = NULL;
    mtc_status status = mtc_wordlists_load(folder, NULL, arena, &lists, error);
    if (status == MTC_OK)
        status = mtc_language_new(data_dir, NULL, lists, &language, error);
    if (status != MTC_OK) return status;
    mtc_budget budget = mtc_budget_unlimited();
    mtc_document doc;
    /* Behind a title, as examples are read. */
    status =
        mtc_document_read(&doc, MTC_STR("1"), mtc_str_of(text), lists, arena, &budget);
    if (status == MTC_OK) status = mtc_language_annotate(language, NULL, NULL, &doc);
    if (status == MTC_OK)
        print_document(&doc, out);
    else
        status = mtc_fail(error, status, "no memory for the text");
    mtc_language_free(language);
    return status;
}

bool mtc_rule_show(const char *text, const char *data_dir, FILE *out, FILE *errors) {
    const mtc_str bytes = mtc_str_of(text);
    if (bytes.len > LONGEST_TEXT || mtc_utf8_valid_prefix(bytes) < bytes.len) {
        fputs("mtcheck: rule show wants a text in UTF-8, up to 64 KiB\n", errors);
        return false;
    }
    mtc_arena arena;
    mtc_error error;
    mtc_error_clear(&error);
    mtc_arena_init(&arena, ARENA_BLOCK, ARENA_LIMIT);
    const bool shown = show(text, data_dir, &arena, out, &error) == MTC_OK;
    if (!shown)
        fprintf(errors, "mtcheck: %s%s%s\n", error.file,
                error.file[0] == '\0' ? "" : ": ", error.message);
    mtc_arena_fini(&arena);
    return shown;
}
