/* make-word-pairs: counts which words stand beside each other, in text and in no order.
 *
 * usage: make-word-pairs DATA_DIR < TEXT > dicts/en/word-pairs.txt
 *
 * TEXT is clean English, one paragraph a line. Every sentence is counted twice: as it
 * stands, and with its words shuffled inside windows of five to nine. For each pair of
 * symbols (engine/language/word_order.h), next to each other and with one between them,
 * the list holds the logarithm of how much more frequent it is when shuffled, in
 * hundredths: "the of<TAB>412 20".
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "language/language.h"
#include "language/word_order.h"

enum { MOST_SYMBOLS = 512, CHUNK = 32 << 10, SHUFFLES = 3, LONGEST_RUN = 512 };
static const double PRIOR = 4; /* occurrences that a pair starts from on either side */

typedef struct {
    uint32_t pairs[2][MOST_SYMBOLS][MOST_SYMBOLS]; /* next to each other, one between */
    double total[2];
} counts;

typedef struct {
    mtc_wordlists *lists;
    mtc_language *language;
    const mtc_wordset *function_words;
    mtc_arena arena;
    counts *text, *shuffled;
    uint64_t random;
} counter;

static uint32_t next_random(counter *c, uint32_t below) {
    c->random = c->random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((c->random >> 33) % below);
}

static void count_pairs(counts *to, const uint16_t *symbols, uint32_t count) {
    for (uint32_t distance = 1; distance <= 2; distance++) {
        for (uint32_t i = distance; i < count; i++) {
            to->pairs[distance - 1][symbols[i - distance]][symbols[i]]++;
            to->total[distance - 1]++;
        }
    }
}

static void shuffle(counter *c, uint16_t *symbols, uint32_t count) {
    for (uint32_t i = count; i > 1; i--) {
        const uint32_t other = next_random(c, i);
        const uint16_t kept = symbols[i - 1];
        symbols[i - 1] = symbols[other];
        symbols[other] = kept;
    }
}

static void count_run(counter *c, const uint16_t *symbols, uint32_t count) {
    if (count < 5 || count > LONGEST_RUN) return;
    count_pairs(c->text, symbols, count);
    for (int n = 0; n < SHUFFLES; n++) {
        uint16_t mixed[LONGEST_RUN];
        memcpy(mixed, symbols, count * sizeof *mixed);
        for (uint32_t begin = 0; begin + 5 <= count;) {
            const uint32_t wanted = 5 + next_random(c, 5);
            const uint32_t size = begin + wanted <= count ? wanted : count - begin;
            shuffle(c, mixed + begin, size);
            count_pairs(c->shuffled, mixed + begin, size);
            begin += size;
        }
    }
}

static int count_article(counter *c, mtc_str text) {
    mtc_document doc;
    mtc_budget budget = mtc_budget_unlimited();
    mtc_arena_reset(&c->arena);
    if (mtc_document_read(&doc, (mtc_str){0}, text, c->lists, &c->arena, &budget) !=
            MTC_OK ||
        mtc_language_annotate(c->language, NULL, NULL, &doc) != MTC_OK) {
        return 1;
    }
    const uint16_t *const symbols = mtc_order_symbols_read(&doc, c->function_words);
    if (symbols == NULL) return 1;
    for (size_t s = 0; s < doc.sentences.count; s++) {
        const uint32_t first = doc.sentences.at[s].first_token;
        const uint32_t end = first + doc.sentences.at[s].token_count;
        uint32_t begin = first;
        for (uint32_t i = first; i <= end; i++) {
            if (i < end && symbols[i] != MTC_ORDER_NONE) continue;
            count_run(c, symbols + begin, i - begin);
            begin = i + 1;
        }
    }
    return 0;
}

static int score(const counter *c, uint32_t distance, uint32_t a, uint32_t b) {
    const double scale = c->text->total[distance] / (c->shuffled->total[distance] + 1);
    const double mixed = c->shuffled->pairs[distance][a][b] * scale;
    const double sound = c->text->pairs[distance][a][b];
    return (int)lround(100 * log((mixed + PRIOR) / (sound + PRIOR)));
}

static void write_list(const counter *c) {
    const uint32_t count = mtc_order_symbol_count(c->function_words);
    puts("# Pairs of words and word classes (capitals), written by "
         "tools/make-word-pairs:");
    puts("# the logarithm of how much rather they stand beside each other, and with one");
    puts("# word between them, in shuffled words than in text, in hundredths.");
    for (uint32_t a = 0; a < count; a++) {
        for (uint32_t b = 0; b < count; b++) {
            const int near = score(c, 0, a, b), far = score(c, 1, a, b);
            if (abs(near) < 25 && abs(far) < 25) continue;
            const mtc_str one = mtc_order_symbol_name(c->function_words, a);
            const mtc_str two = mtc_order_symbol_name(c->function_words, b);
            printf("%.*s %.*s\t%d %d\n", (int)one.len, one.ptr, (int)two.len, two.ptr,
                   near, far);
        }
    }
}

int main(int count, char **arguments) {
    static counter c = {.random = 1};
    mtc_error error = {0};
    if (count != 2) {
        fputs("usage: make-word-pairs DATA_DIR < TEXT\n", stderr);
        return 2;
    }
    mtc_arena lasting;
    mtc_arena_init(&lasting, 1 << 20, (size_t)1 << 30);
    mtc_arena_init(&c.arena, 1 << 20, (size_t)1 << 30);
    char dicts[4096];
    (void)snprintf(dicts, sizeof dicts, "%s/dicts/en", arguments[1]);
    c.text = calloc(1, sizeof *c.text);
    c.shuffled = calloc(1, sizeof *c.shuffled);
    if (c.text == NULL || c.shuffled == NULL ||
        mtc_wordlists_load(dicts, NULL, &lasting, &c.lists, &error) != MTC_OK ||
        mtc_language_new(arguments[1], "/usr/share/hunspell", c.lists, &c.language,
                         &error) != MTC_OK) {
        fprintf(stderr, "make-word-pairs: %s\n", error.message);
        return 1;
    }
    c.function_words = mtc_wordlists_get(c.lists, "function-words");
    static char text[CHUNK];
    size_t length = 0;
    char line[CHUNK / 2];
    while (fgets(line, sizeof line, stdin) != NULL) {
        const size_t size = strlen(line);
        if (length + size + 1 > sizeof text) {
            if (count_article(&c, (mtc_str){text, length})) {
                fputs("make-word-pairs: an article was left out\n", stderr);
            }
            length = 0;
        }
        memcpy(text + length, line, size);
        length += size;
        text[length++] = '\n';
    }
    (void)count_article(&c, (mtc_str){text, length});
    write_list(&c);
    mtc_language_free(c.language);
    return 0;
}
