/* harm.c: the pool of sound sentences and the ways to harm them. Written apart from the
 * trainer's corruptions, so that the figures do not flatter it. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure.h"
#include "mtcheck-train/memory.h"
#include "mtcheck-train/random.h"
#include "mtcheck-train/reader.h"

enum { TRIES = 40 };

/* --- The pool --- */

static void take_corpus(bench_pool *pool, const train_corpus *corpus, const char *name) {
    for (size_t s = 0; s < corpus->sentences.count; s++) {
        const train_sentence from = corpus->sentences.at[s];
        if (from.count < 6 || from.count > BENCH_MOST_WORDS / 2 - 8) continue;
        bench_sentence made = {.count = from.count, .pool = (uint32_t)pool->names.count};
        made.forms = train_zeroed(from.count, sizeof *made.forms);
        memcpy(made.forms, corpus->words.at + from.first,
               from.count * sizeof *made.forms);
        train_push(&pool->sentences, made);
    }
    train_push(&pool->names, mtc_str_of(name));
}

static void take_text(bench_pool *pool, const char *folder, const char *file,
                      train_part part, const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/text/%s.txt.xz", folder, file);
    train_corpus corpus = {.forms = &pool->forms};
    const mtc_str text = train_read(path);
    train_corpus_add_text(&corpus, text, part, 0, 1);
    take_corpus(pool, &corpus, name);
    free((void *)(uintptr_t)text.ptr);
    train_corpus_free(&corpus);
}

static void take_treebank(bench_pool *pool, const char *folder, const char *file,
                          const char *name) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/treebanks/%s.conllu.xz", folder, file);
    train_corpus corpus = {.forms = &pool->forms};
    train_inventory inventory = {0};
    const mtc_str text = train_read(path);
    train_inventory_count(&inventory, text);
    train_inventory_settle(&inventory, 1);
    train_corpus_add_treebank(&corpus, &inventory, text, 1);
    take_corpus(pool, &corpus, name);
    free((void *)(uintptr_t)text.ptr);
    train_corpus_free(&corpus);
    train_inventory_free(&inventory);
}

static int is_article(const struct dirent *entry) {
    return mtc_str_ends_with(mtc_str_of(entry->d_name), MTC_STR(".txt"));
}

static void take_articles(bench_pool *pool, const char *folder) {
    struct dirent **found;
    const int count = scandir(folder, &found, is_article, alphasort);
    if (count < 0) train_die("%s cannot be opened", folder);
    train_corpus corpus = {.forms = &pool->forms};
    for (int i = 0; i < count; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/%s", folder, found[i]->d_name);
        const mtc_str text = train_read(path);
        train_corpus_add_text(&corpus, text, TRAIN_PART_WHOLE, 0, 1);
        free((void *)(uintptr_t)text.ptr);
        free(found[i]);
    }
    free(found);
    take_corpus(pool, &corpus, "clean articles");
    train_corpus_free(&corpus);
}

void bench_pool_read(bench_pool *pool, const train_lists *lists, const char *data,
                     const char *eval) {
    *pool = (bench_pool){.forms = {.lists = lists}};
    take_text(pool, data, "wikinews_2004_2018", TRAIN_PART_REPORT, "Wikinews to 2018");
    /* Not trained on at all. */
    take_text(pool, data, "wikinews_2019_2020", TRAIN_PART_WHOLE, "Wikinews 2019-20");
    take_text(pool, data, "wikipedia_current_events", TRAIN_PART_REPORT,
              "current events");
    take_text(pool, data, "au_pm_media_releases", TRAIN_PART_REPORT, "media releases");
    pool->news = (uint32_t)pool->names.count;
    take_treebank(pool, data, "gum-free-dev", "GUM dev");
    take_treebank(pool, data, "gum-free-test", "GUM test");
    take_treebank(pool, data, "ewt-dev", "EWT dev");
    if (eval != NULL) take_articles(pool, eval);
}

void bench_pool_free(bench_pool *pool) {
    for (size_t i = 0; i < pool->sentences.count; i++) free(pool->sentences.at[i].forms);
    free(pool->sentences.at);
    free(pool->names.at);
    train_forms_free(&pool->forms);
}

/* --- Harms --- */

typedef struct harmer {
    bench_pool *pool;
    size_t sentence;
    train_random random;
    bench_harmed *out;
} harmer;

static const train_form *form_at(const harmer *self, uint32_t i) {
    return &self->pool->forms.at[self->out->forms[i]];
}

static bool is_word(const harmer *self, uint32_t i) {
    return (form_at(self, i)->flags & (TRAIN_FORM_MARK | TRAIN_FORM_DIGIT)) == 0;
}

/* A small-letter word of some length that is neither a function word nor a verb of the
 * common ones. */
static bool is_content(const harmer *self, uint32_t i) {
    const train_form *const form = form_at(self, i);
    return (form->flags & TRAIN_FORM_LOWER) != 0 && form->text.len >= 5 &&
           (form->flags & (TRAIN_FORM_VERB | TRAIN_FORM_FUNCTION)) == 0;
}

static uint32_t below(harmer *self, uint32_t bound) {
    return train_random_below(&self->random, bound);
}

static void mark(harmer *self, uint32_t first, uint32_t last) {
    self->out->first = first;
    self->out->last = last;
}

static bool harm_shuffled(harmer *self) {
    bench_harmed *const out = self->out;
    if (out->count < 7) return false;
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t first = below(self, out->count - 5);
        uint32_t before[5], moved = 0;
        bool words = true;
        for (uint32_t i = 0; i < 5; i++) words = words && is_word(self, first + i);
        if (!words) continue;
        memcpy(before, out->forms + first, sizeof before);
        for (uint32_t i = 4; i > 0; i--) {
            const uint32_t j = below(self, i + 1), kept = out->forms[first + i];
            out->forms[first + i] = out->forms[first + j];
            out->forms[first + j] = kept;
        }
        for (uint32_t i = 0; i < 5; i++) {
            out->wrong[first + i] = before[i] != out->forms[first + i];
            moved += out->wrong[first + i];
        }
        mark(self, first, first + 4);
        if (moved >= 2) return true;
    }
    return false;
}

static bool harm_swapped(harmer *self) {
    bench_harmed *const out = self->out;
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t i = below(self, out->count), j = i + 1 + below(self, 5);
        if (j >= out->count || !is_word(self, i) || !is_word(self, j) ||
            out->forms[i] == out->forms[j])
            continue;
        const uint32_t kept = out->forms[i];
        out->forms[i] = out->forms[j];
        out->forms[j] = kept;
        out->wrong[i] = out->wrong[j] = 1;
        mark(self, i, j);
        return true;
    }
    return false;
}

static bool harm_replaced(harmer *self) {
    bench_harmed *const out = self->out;
    uint32_t done = 0;
    for (int tries = 0; tries < TRIES && done < 3; tries++) {
        const uint32_t i = below(self, out->count);
        if (out->wrong[i] != 0 || !is_content(self, i)) continue;
        const bench_sentence *const other =
            &self->pool->sentences.at[below(self, (uint32_t)self->pool->sentences.count)];
        const uint32_t kept = out->forms[i];
        out->forms[i] = other->forms[below(self, other->count)];
        if (!is_content(self, i) || out->forms[i] == kept) {
            out->forms[i] = kept;
            continue;
        }
        out->wrong[i] = 1;
        out->first = done == 0 || i < out->first ? i : out->first;
        out->last = i > out->last ? i : out->last;
        done++;
    }
    return done == 3;
}

/* A name, or else a common noun, is said twice where two were named. */
static bool harm_argument(harmer *self) {
    bench_harmed *const out = self->out;
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t i = 1 + below(self, out->count - 1),
                       j = 1 + below(self, out->count - 1);
        const uint32_t apart = i > j ? i - j : j - i;
        const bool names = (form_at(self, i)->flags & TRAIN_FORM_CAPITAL) != 0 &&
                           (form_at(self, j)->flags & TRAIN_FORM_CAPITAL) != 0;
        const bool nouns = is_content(self, i) && is_content(self, j);
        if (apart < 2 || apart > 8 || !(names || nouns) || out->forms[i] == out->forms[j])
            continue;
        out->forms[j] = out->forms[i];
        out->wrong[j] = 1;
        mark(self, i < j ? i : j, i < j ? j : i);
        return true;
    }
    return false;
}

static bool harm_verb(harmer *self) {
    bench_harmed *const out = self->out;
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t i = 1 + below(self, out->count - 2);
        const train_form *const form = form_at(self, i);
        const bool verb =
            (form->flags & TRAIN_FORM_VERB) != 0 ||
            (form->verb_count >= 3 && form->verb_count * 5 > form->tagged_count * 4);
        if (!verb || form->text.ptr[0] == '\'') continue;
        memmove(out->forms + i, out->forms + i + 1,
                (out->count - i - 1) * sizeof *out->forms);
        out->count--;
        out->wrong[i] = 1;
        mark(self, i - 1, i + 1);
        return true;
    }
    return false;
}

static bool harm_stop(harmer *self) {
    bench_harmed *const out = self->out;
    const size_t next = self->sentence + 1;
    if (next >= self->pool->sentences.count) return false;
    const bench_sentence *const behind = &self->pool->sentences.at[next];
    if (behind->pool != self->pool->sentences.at[self->sentence].pool ||
        (form_at(self, out->count - 1)->flags & TRAIN_FORM_STOP) == 0)
        return false;
    out->count--;
    out->wrong[out->count] = 1;
    mark(self, out->count, out->count);
    memcpy(out->forms + out->count, behind->forms, behind->count * sizeof *out->forms);
    out->count += behind->count;
    return true;
}

static bool harm_capital(harmer *self) {
    bench_harmed *const out = self->out;
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t i = 1 + below(self, out->count - 1);
        if ((form_at(self, i)->flags & TRAIN_FORM_LOWER) == 0 ||
            form_at(self, i)->text.len < 2)
            continue;
        const uint32_t other = train_forms_other_case(&self->pool->forms, out->forms[i]);
        if (other == out->forms[i]) continue;
        out->forms[i] = other;
        out->wrong[i] = 1;
        mark(self, i, i);
        return true;
    }
    return false;
}

bool bench_harm_sentence(bench_harm harm, bench_pool *pool, size_t sentence,
                         uint64_t seed, bench_harmed *ret_harmed) {
    static bool (*const WAYS[])(harmer *) = {harm_shuffled, harm_swapped, harm_replaced,
                                             harm_argument, harm_verb,    harm_stop,
                                             harm_capital};
    const bench_sentence *const from = &pool->sentences.at[sentence];
    *ret_harmed = (bench_harmed){.count = from->count};
    memcpy(ret_harmed->forms, from->forms, from->count * sizeof *from->forms);
    harmer self = {.pool = pool,
                   .sentence = sentence,
                   .out = ret_harmed,
                   .random = train_random_of(seed, (uint64_t)harm, sentence)};
    return WAYS[harm](&self);
}
