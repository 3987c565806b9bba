/* mtcheck-text: how the text layer reads an article, for those who work on it.
 *
 *   mtcheck-text DICTS [--time] < article     DICTS: the folder dicts/en
 *
 * Prints tab-separated lines: L kind, S end and evidence, T kind, shape, flags and form.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/utf8.h"
#include "text/document.h"

static mtc_str read_all(FILE *file) {
    size_t size = 0, capacity = 1 << 16;
    char *bytes = malloc(capacity);
    while (bytes != NULL) {
        size += fread(bytes + size, 1, capacity - size, file);
        if (size < capacity) break;
        capacity *= 2;
        char *const grown = realloc(bytes, capacity);
        if (grown == NULL) free(bytes);
        bytes = grown;
    }
    return (mtc_str){bytes, bytes == NULL ? 0 : size};
}

static void print_flags(uint16_t flags) {
    static const char LETTERS[] = "sfaqboc\"np";
    for (size_t i = 0; i < sizeof LETTERS - 1; i++) {
        if ((flags >> i & 1) != 0) putchar(LETTERS[i]);
    }
}

static void print_tokens(const mtc_document *doc, uint32_t first, uint32_t count) {
    static const char *const KINDS[] = {"word",   "number",  "punctuation",
                                        "symbol", "address", "residue"};
    static const char *const SHAPES[] = {"-", "lower", "Capital", "UPPER", "mIxed"};
    for (uint32_t i = first; i < first + count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        const mtc_str form = mtc_token_bytes(doc, token);
        printf("T\t%s\t%s\t", KINDS[token->kind], SHAPES[token->shape]);
        print_flags(token->flags);
        printf("\t%.*s\n", (int)form.len, form.ptr);
    }
}

static void print_document(const mtc_document *doc) {
    static const char *const ENDS[] = {"none",        "stop",     "question",
                                       "exclamation", "ellipsis", "colon",
                                       "semicolon",   "comma",    "dash"};
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        printf("L\t%s%s%s\n", mtc_line_kind_name(line->kind),
               line->in_title ? "\ttitle" : "", line->wrapped ? "\twrapped" : "");
        if (line->sentence_count == 0)
            print_tokens(doc, line->first_token, line->token_count);
        for (uint32_t k = 0; k < line->sentence_count; k++) {
            const mtc_sentence *const sentence =
                &doc->sentences.at[line->first_sentence + k];
            const mtc_str text = mtc_document_slice(doc, sentence->at);
            printf("S\t%s%s%s\t%" PRIu32 "-%" PRIu32 "\t", ENDS[sentence->end],
                   sentence->begins_lower ? " lower" : "",
                   sentence->joined_before ? " joined" : "", sentence->at.begin,
                   sentence->at.end);
            for (size_t c = 0; c < text.len; c++)
                putchar(text.ptr[c] == '\n' || text.ptr[c] == '\r' ? ' ' : text.ptr[c]);
            putchar('\n');
            print_tokens(doc, sentence->first_token, sentence->token_count);
        }
    }
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Reads the article until a second has passed. */
static void print_speed(mtc_str text, const mtc_wordlists *lists, mtc_arena *arena) {
    const double begin = seconds();
    double now = begin;
    size_t rounds = 0, words = 0;
    while (now - begin < 1) {
        mtc_document doc;
        mtc_budget budget = mtc_budget_unlimited();
        mtc_arena_reset(arena);
        if (mtc_document_read(&doc, (mtc_str){0}, text, lists, arena, &budget) != MTC_OK)
            return;
        words += doc.tokens.count;
        rounds++;
        now = seconds();
    }
    printf("%.2f million tokens/s, %.1f MB/s\n", (double)words / (now - begin) / 1e6,
           (double)(rounds * text.len) / (now - begin) / 1e6);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: mtcheck-text DICTS [--time] < article\n", stderr);
        return 2;
    }
    mtc_arena lasting, arena;
    mtc_arena_init(&lasting, 1 << 16, 1u << 28);
    mtc_arena_init(&arena, 1 << 22, 1u << 28);
    mtc_wordlists *lists;
    mtc_error error = {0};
    int result = 1;
    const mtc_str text = read_all(stdin);
    if (text.ptr == NULL || mtc_utf8_valid_prefix(text) < text.len) {
        fputs("the article is not valid UTF-8\n", stderr);
    } else if (mtc_wordlists_load(argv[1], NULL, &lasting, &lists, &error) != MTC_OK) {
        fprintf(stderr, "%s\n", error.message);
    } else if (argc > 2 && strcmp(argv[2], "--time") == 0) {
        print_speed(text, lists, &arena);
        result = 0;
    } else {
        mtc_document doc;
        mtc_budget budget = mtc_budget_unlimited();
        if (mtc_document_read(&doc, (mtc_str){0}, text, lists, &arena, &budget) ==
            MTC_OK) {
            print_document(&doc);
            result = 0;
        }
    }
    free((void *)(uintptr_t)text.ptr);
    mtc_arena_fini(&arena);
    mtc_arena_fini(&lasting);
    return result;
}
