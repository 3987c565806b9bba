#include "raw.h"

#include <stdlib.h>

#include "language/network/clitics.h"
#include "mtcheck-train/memory.h"
#include "mtcheck-train/reader.h"
#include "text/document.h"

enum { ID, FORM, MISC = 9, FIELDS };
enum { CONTEXT = 40 }; /* bytes that are shown on either side of a difference */

typedef struct ranges {
    mtc_range *at;
    size_t count, capacity;
} ranges;

/* A document of the treebank, as text and as what is said of it. */
typedef struct gold_document {
    struct {
        char *at;
        size_t count, capacity;
    } text;
    ranges tokens, sentences;
    bool begins_paragraph; /* the next sentence does */
    bool glued;            /* no blank before the next token */
    size_t first;          /* token of the sentence that is being read */
    unsigned long skip_to; /* words up to here are parts of a token */
} gold_document;

static void add_text(gold_document *gold, mtc_str text) {
    for (size_t i = 0; i < text.len; i++) train_push(&gold->text, text.ptr[i]);
}

static void add_gap(gold_document *gold) {
    if (gold->text.count == 0) return;
    if (gold->tokens.count == gold->first && gold->begins_paragraph)
        add_text(gold, MTC_STR("\n\n"));
    else if (!gold->glued)
        add_text(gold, MTC_STR(" "));
    gold->begins_paragraph = false;
}

static void add_token(gold_document *gold, mtc_str line) {
    mtc_str fields[FIELDS] = {{0}};
    for (size_t i = 0; i < FIELDS; i++)
        if (!train_next_field(&line, '\t', &fields[i])) return;
    char *behind;
    const unsigned long number = strtoul(fields[ID].ptr, &behind, 10);
    if (*behind == '.') return; /* a word that is only understood */
    if (*behind == '-')
        gold->skip_to = strtoul(behind + 1, NULL, 10);
    else if (number <= gold->skip_to)
        return;
    add_gap(gold);
    const uint32_t begin = (uint32_t)gold->text.count;
    add_text(gold, fields[FORM]);
    train_push(&gold->tokens, ((mtc_range){begin, (uint32_t)gold->text.count}));
    const mtc_str misc = fields[MISC];
    gold->glued = memmem(misc.ptr, misc.len, "SpaceAfter=No", 13) != NULL;
}

static void end_sentence(gold_document *gold) {
    if (gold->tokens.count > gold->first) {
        const mtc_range *const tokens = gold->tokens.at;
        const mtc_range sentence = {tokens[gold->first].begin,
                                    tokens[gold->tokens.count - 1].end};
        train_push(&gold->sentences, sentence);
    }
    gold->first = gold->tokens.count;
    gold->skip_to = 0;
}

/* --- What the text layer makes of it --- */

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/* Clitics stay with their word; hyphens, and the units of figures, do not. */
static void add_our_token(ranges *tokens, const mtc_document *doc,
                          const mtc_token *token) {
    const mtc_str bytes = mtc_token_bytes(doc, token);
    mtc_range parts[MTC_WORD_PARTS] = {{0, (uint32_t)bytes.len}};
    uint32_t count = 1;
    if (token->kind == MTC_TOKEN_WORD || token->kind == MTC_TOKEN_NUMBER)
        count = mtc_split_word(bytes, parts);
    bool joins = false; /* with the part before */
    for (uint32_t i = 0; i < count; i++) {
        const mtc_str part = mtc_str_slice(bytes, parts[i]);
        const bool is_hyphen = mtc_str_equal(part, MTC_STR("-"));
        const bool is_unit = i > 0 && is_digit(bytes.ptr[parts[i].begin - 1]) &&
                             (part.ptr[0] | 0x20) >= 'a' && (part.ptr[0] | 0x20) <= 'z';
        const uint32_t end = token->at.begin + parts[i].end;
        if (joins && !is_hyphen && !is_unit)
            tokens->at[tokens->count - 1].end = end;
        else
            train_push(tokens, ((mtc_range){token->at.begin + parts[i].begin, end}));
        joins = !is_hyphen;
    }
}

static void read_ours(const mtc_wordlists *lists, mtc_str text, ranges *tokens,
                      ranges *sentences) {
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 20, 256U << 20);
    mtc_budget budget = mtc_budget_unlimited();
    mtc_document doc;
    if (mtc_document_read(&doc, (mtc_str){0}, text, lists, &arena, &budget) != MTC_OK)
        train_die("a document cannot be read");
    for (size_t i = 0; i < doc.tokens.count; i++)
        add_our_token(tokens, &doc, &doc.tokens.at[i]);
    for (size_t i = 0; i < doc.lines.count; i++) {
        const mtc_line *const line = &doc.lines.at[i];
        if (line->sentence_count == 0) train_push(sentences, line->at);
        for (uint32_t k = 0; k < line->sentence_count; k++)
            train_push(sentences, doc.sentences.at[line->first_sentence + k].at);
    }
    mtc_arena_fini(&arena);
}

/* --- Comparing --- */

static bool is_inside_character(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The range in its surroundings. */
static void tell(FILE *differences, const char *sign, mtc_str text, mtc_range at) {
    if (differences == NULL) return;
    uint32_t before = at.begin < CONTEXT ? 0 : at.begin - CONTEXT;
    uint32_t behind = at.end + CONTEXT;
    if (behind > text.len) behind = (uint32_t)text.len;
    while (before > 0 && is_inside_character(text.ptr[before])) before--;
    while (behind < text.len && is_inside_character(text.ptr[behind])) behind++;
    (void)fprintf(differences, "%s\t", sign);
    for (uint32_t i = before; i < behind; i++) {
        if (i == at.begin) (void)fputs("⟦", differences);
        (void)fputc(text.ptr[i] == '\n' ? ' ' : text.ptr[i], differences);
        if (i + 1 == at.end) (void)fputs("⟧", differences);
    }
    (void)fputc('\n', differences);
}

static void compare(const ranges *gold, const ranges *ours, mtc_str text, const char *of,
                    bench_raw_tally *tally, FILE *differences) {
    char missed[16], made[16];
    (void)snprintf(missed, sizeof missed, "-%s", of);
    (void)snprintf(made, sizeof made, "+%s", of);
    size_t g = 0, o = 0;
    while (g < gold->count || o < ours->count) {
        const bool have_gold = g < gold->count, have_ours = o < ours->count;
        const mtc_range a = have_gold ? gold->at[g] : (mtc_range){UINT32_MAX, UINT32_MAX};
        const mtc_range b = have_ours ? ours->at[o] : (mtc_range){UINT32_MAX, UINT32_MAX};
        if (a.begin == b.begin && a.end == b.end) {
            tally->right++;
            g++;
            o++;
        } else if (a.begin < b.begin || (a.begin == b.begin && a.end < b.end)) {
            tell(differences, missed, text, a);
            g++;
        } else {
            tell(differences, made, text, b);
            o++;
        }
    }
    tally->gold += gold->count;
    tally->ours += ours->count;
}

static void end_document(const mtc_wordlists *lists, gold_document *gold,
                         bench_raw_score *score, FILE *differences) {
    ranges tokens = {0}, sentences = {0};
    const mtc_str text = {gold->text.at, gold->text.count};
    end_sentence(gold);
    if (text.len > 0) {
        read_ours(lists, text, &tokens, &sentences);
        compare(&gold->tokens, &tokens, text, "token", &score->tokens, differences);
        compare(&gold->sentences, &sentences, text, "sentence", &score->sentences,
                differences);
    }
    free(tokens.at);
    free(sentences.at);
    gold->text.count = gold->tokens.count = gold->sentences.count = gold->first = 0;
    gold->begins_paragraph = gold->glued = false;
}

bench_raw_score bench_raw_read(const mtc_wordlists *lists, const char *path,
                               FILE *differences) {
    bench_raw_score score = {0};
    gold_document gold = {0};
    const mtc_str whole = train_read(path);
    mtc_str rest = whole, line;
    while (train_next_line(&rest, &line)) {
        if (line.len == 0)
            end_sentence(&gold);
        else if (mtc_str_starts_with(line, MTC_STR("# newdoc")))
            end_document(lists, &gold, &score, differences);
        else if (mtc_str_starts_with(line, MTC_STR("# newpar")))
            gold.begins_paragraph = true;
        else if (line.ptr[0] != '#')
            add_token(&gold, line);
    }
    end_document(lists, &gold, &score, differences);
    free((void *)(uintptr_t)whole.ptr);
    free(gold.text.at);
    free(gold.tokens.at);
    free(gold.sentences.at);
    return score;
}

static void print_tally(const char *of, const bench_raw_tally *tally) {
    const double right = 100 * (double)tally->right;
    printf("  %s F1 %.2f (precision %.2f, recall %.2f of %zu)", of,
           2 * right / (double)(tally->gold + tally->ours), right / (double)tally->ours,
           right / (double)tally->gold, tally->gold);
}

void bench_raw(const mtc_wordlists *lists, const char *name, const char *path) {
    const bench_raw_score score = bench_raw_read(lists, path, NULL);
    printf("raw %-10s", name);
    print_tally("tokens", &score.tokens);
    print_tally("sentences", &score.sentences);
    putchar('\n');
}

const mtc_wordlists *bench_raw_lists(const char *folder, mtc_arena *arena) {
    mtc_wordlists *lists;
    mtc_error error = {0};
    if (mtc_wordlists_load(folder, NULL, arena, &lists, &error) != MTC_OK)
        train_die("%s", error.message);
    return lists;
}
