#include <stdio.h>
#include <stdlib.h>

#include "measure.h"
#include "mtcheck-train/memory.h"
#include "mtcheck-train/reader.h"

enum { TOGETHER = 200 }; /* sentences */

typedef struct tally {
    size_t words, upos, heads, labels, sentences, roots;
} tally;

/* "nsubj:pass" and "nsubj" are the same. */
static bool same_relation(mtc_str a, mtc_str b) {
    mtc_str left = a, right = b;
    (void)train_next_field(&a, ':', &left);
    (void)train_next_field(&b, ':', &right);
    return mtc_str_equal(left, right);
}

static void count_sentence(const bench_model *model, const train_inventory *inventory,
                           const train_mark *marks, const mtc_word_reading *words,
                           uint32_t count, tally *sums) {
    bool root = false;
    for (uint32_t i = 0; i < count; i++) {
        const uint32_t gold = marks[i].head == TRAIN_ROOT ? MTC_HEAD_ROOT : marks[i].head;
        const mtc_str upos = mtc_str_of(mtc_upos_name((mtc_upos)words[i].upos));
        sums->words++;
        sums->upos += mtc_str_equal(upos, inventory->upos.at[marks[i].upos]);
        if (words[i].head != gold) continue;
        sums->heads++;
        sums->labels +=
            same_relation(mtc_network_relation(model->network, words[i].relation),
                          inventory->relations.at[marks[i].relation]);
        root = root || gold == MTC_HEAD_ROOT;
    }
    sums->sentences++;
    sums->roots += root;
}

static void ask(const bench_model *model, const train_inventory *inventory,
                const train_corpus *corpus, size_t first, size_t end, tally *sums) {
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 20, 256U << 20);
    mtc_budget budget = mtc_budget_unlimited();
    uint32_t lengths[TOGETHER];
    struct {
        mtc_str *at;
        size_t count, capacity;
    } words = {0};
    for (size_t s = first; s < end; s++) {
        const train_sentence sentence = corpus->sentences.at[s];
        lengths[s - first] = sentence.count;
        for (uint32_t i = 0; i < sentence.count; i++)
            train_push(&words,
                       corpus->forms->at[corpus->words.at[sentence.first + i]].text);
    }
    mtc_reading reading;
    if (mtc_network_read(model->network, model->kernel, words.at, lengths,
                         (uint32_t)(end - first), &arena, &budget, &reading) != MTC_OK)
        train_die("no memory");
    for (size_t s = first; s < end; s++)
        count_sentence(model, inventory, corpus->marks.at + corpus->sentences.at[s].first,
                       reading.words + reading.sentences[s - first].first,
                       lengths[s - first], sums);
    free(words.at);
    mtc_arena_fini(&arena);
}

void bench_treebank(const bench_model *model, const char *name, const char *path) {
    const train_lists none = {0};
    train_forms forms = {.lists = &none};
    train_inventory inventory = {0};
    train_corpus corpus = {.forms = &forms};
    tally sums = {0};
    const mtc_str text = train_read(path);
    train_inventory_count(&inventory, text);
    train_inventory_settle(&inventory, 1);
    train_corpus_add_treebank(&corpus, &inventory, text, 1);
    for (size_t first = 0; first < corpus.sentences.count; first += TOGETHER) {
        const size_t rest = corpus.sentences.count - first;
        ask(model, &inventory, &corpus, first,
            first + (rest < TOGETHER ? rest : TOGETHER), &sums);
    }
    const double words = (double)sums.words / 100;
    printf("%-14s UPOS %.2f  UAS %.2f  LAS %.2f  root %.2f   (%zu words)\n", name,
           (double)sums.upos / words, (double)sums.heads / words,
           (double)sums.labels / words,
           100.0 * (double)sums.roots / (double)sums.sentences, sums.words);
    free((void *)(uintptr_t)text.ptr);
    train_corpus_free(&corpus);
    train_inventory_free(&inventory);
    train_forms_free(&forms);
}
