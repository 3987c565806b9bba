/* harm.c: the pool of sound sentences and the ways to harm them. Written apart from the
 * trainer's corruptions, so that the figures do not flatter it. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure.h"
#include "mtcheck-train/memory.h"
#include "mtcheck-train/random.h"
#include "mtcheck-train/reader.h"
#include "mtcheck-train/slips.h"

enum { TRIES = 40 };

/* --- The pool --- */

static bool begins(mtc_str text, const char *with) {
    return mtc_str_starts_with(text, mtc_str_of(with));
}

static uint8_t role_of(mtc_str relation, bool is_noun, bool is_finite_verb) {
    uint8_t role = 0;
    if (begins(relation, "nsubj")) role |= BENCH_IS_SUBJECT;
    if (begins(relation, "obj") || begins(relation, "iobj") || begins(relation, "obl"))
        role |= BENCH_IS_OBJECT;
    if (begins(relation, "flat") || begins(relation, "compound"))
        role |= BENCH_IS_NAME_PART;
    if (begins(relation, "aux") || begins(relation, "cop") || is_finite_verb)
        role |= BENCH_IS_VERB;
    return is_noun ? role | BENCH_IS_NOUN : role;
}

static uint8_t role_in_treebank(const train_inventory *inventory,
                                const train_mark *mark) {
    const mtc_str tag =
        mark->tag == TRAIN_NO_TAG ? (mtc_str){"", 0} : inventory->tags.at[mark->tag];
    return role_of(inventory->relations.at[mark->relation],
                   begins(tag, "NOUN") || begins(tag, "PROPN"),
                   begins(tag, "VERB") &&
                       memmem(tag.ptr, tag.len, "VerbForm=Fin", 12) != NULL);
}

static void take_tree(bench_sentence *sentence, const train_inventory *inventory,
                      const train_mark *marks) {
    sentence->heads = train_zeroed(sentence->count, sizeof *sentence->heads);
    sentence->roles = train_zeroed(sentence->count, sizeof *sentence->roles);
    for (uint32_t i = 0; i < sentence->count; i++) {
        sentence->heads[i] = marks[i].head;
        sentence->roles[i] = role_in_treebank(inventory, &marks[i]);
    }
}

/* `inventory`: NULL where there are no trees. */
static void take_corpus(bench_pool *pool, const train_corpus *corpus,
                        const train_inventory *inventory, const char *name) {
    for (size_t s = 0; s < corpus->sentences.count; s++) {
        const train_sentence from = corpus->sentences.at[s];
        if (from.count < 6 || from.count > BENCH_MOST_WORDS / 2 - 8) continue;
        bench_sentence made = {.count = from.count, .pool = (uint32_t)pool->names.count};
        made.forms = train_zeroed(from.count, sizeof *made.forms);
        memcpy(made.forms, corpus->words.at + from.first,
               from.count * sizeof *made.forms);
        if (inventory != NULL && from.has_tree)
            take_tree(&made, inventory, corpus->marks.at + from.first);
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
    take_corpus(pool, &corpus, NULL, name);
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
    take_corpus(pool, &corpus, &inventory, name);
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
    take_corpus(pool, &corpus, NULL, "clean articles");
    train_corpus_free(&corpus);
}

void bench_pool_read(bench_pool *pool, const train_lists *lists, const char *data,
                     const char *eval, bool calibrate) {
    const train_part part = calibrate ? TRAIN_PART_CALIBRATE : TRAIN_PART_REPORT;
    *pool = (bench_pool){.forms = {.lists = lists}};
    take_text(pool, data, "wikinews_2004_2018", part, "Wikinews to 2018");
    take_text(pool, data, "wikinews_2019_2020",
              calibrate ? TRAIN_PART_APART_CALIBRATE : TRAIN_PART_APART_REPORT,
              "Wikinews 2019-20");
    take_text(pool, data, "wikipedia_current_events", part, "current events");
    take_text(pool, data, "au_pm_media_releases", part, "media releases");
    pool->news = (uint32_t)pool->names.count;
    if (calibrate) return;
    take_treebank(pool, data, "gum-free-dev", "GUM dev");
    take_treebank(pool, data, "gum-free-test", "GUM test");
    take_treebank(pool, data, "ewt-dev", "EWT dev");
    if (eval != NULL) take_articles(pool, eval);
}

uint64_t bench_sentence_name(const bench_pool *pool, const bench_sentence *sentence) {
    return train_sentence_name(&pool->forms, sentence->forms, sentence->count);
}

void bench_pool_mark_slips(bench_pool *pool, const char *path) {
    train_slips slips = train_slips_read(path);
    for (size_t s = 0; s < pool->sentences.count; s++) {
        bench_sentence *const sentence = &pool->sentences.at[s];
        sentence->slip = train_slips_hold(&slips, bench_sentence_name(pool, sentence));
    }
    train_slips_free(&slips);
}

static void take_reading(bench_sentence *sentence, const mtc_network *network,
                         const mtc_word_reading *words) {
    sentence->heads = train_zeroed(sentence->count, sizeof *sentence->heads);
    sentence->roles = train_zeroed(sentence->count, sizeof *sentence->roles);
    for (uint32_t i = 0; i < sentence->count; i++) {
        const mtc_word_reading *const word = &words[i];
        sentence->heads[i] = word->head == MTC_HEAD_ROOT ? TRAIN_ROOT : word->head;
        sentence->roles[i] =
            role_of(mtc_network_relation(network, word->relation),
                    word->upos == MTC_UPOS_NOUN || word->upos == MTC_UPOS_PROPN,
                    word->upos == MTC_UPOS_VERB && word->finite > UINT16_MAX / 2);
    }
}

void bench_pool_parse(bench_pool *pool, const bench_model *model) {
    for (size_t s = 0; s < pool->sentences.count; s++) {
        bench_sentence *const sentence = &pool->sentences.at[s];
        if (sentence->heads != NULL) continue;
        mtc_arena arena;
        mtc_arena_init(&arena, 1 << 18, 64U << 20);
        mtc_budget budget = mtc_budget_unlimited();
        mtc_str words[BENCH_MOST_WORDS];
        for (uint32_t i = 0; i < sentence->count; i++)
            words[i] = pool->forms.at[sentence->forms[i]].text;
        mtc_reading reading;
        if (mtc_network_read(model->network, model->kernel, words, &sentence->count, 1,
                             &arena, &budget, &reading) != MTC_OK)
            train_die("no memory");
        take_reading(sentence, model->network, reading.words);
        mtc_arena_fini(&arena);
    }
}

void bench_pool_free(bench_pool *pool) {
    for (size_t i = 0; i < pool->sentences.count; i++) {
        free(pool->sentences.at[i].forms);
        free(pool->sentences.at[i].heads);
        free(pool->sentences.at[i].roles);
    }
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

typedef struct phrase {
    uint32_t first, count;
} phrase;

/* A noun or name with the parts of it that stand beside it. */
static phrase phrase_of(const bench_sentence *from, uint32_t noun) {
    uint32_t first = noun, last = noun;
    while (first > 0 && (from->roles[first - 1] & BENCH_IS_NAME_PART) != 0 &&
           from->heads[first - 1] >= first && from->heads[first - 1] <= last)
        first--;
    while (last + 1 < from->count && (from->roles[last + 1] & BENCH_IS_NAME_PART) != 0 &&
           from->heads[last + 1] >= first && from->heads[last + 1] <= last)
        last++;
    return (phrase){first, last - first + 1};
}

static bool is_same(const harmer *self, phrase a, phrase b) {
    return a.count == b.count &&
           memcmp(self->out->forms + a.first, self->out->forms + b.first,
                  a.count * sizeof *self->out->forms) == 0;
}

/* The one argument takes the place of the other. */
static bool put_argument(harmer *self, phrase from, phrase to) {
    bench_harmed *const out = self->out;
    uint32_t copy[BENCH_MOST_WORDS];
    if (is_same(self, from, to)) return false;
    memcpy(copy, out->forms + from.first, from.count * sizeof *copy);
    memmove(out->forms + to.first + from.count, out->forms + to.first + to.count,
            (out->count - to.first - to.count) * sizeof *copy);
    memcpy(out->forms + to.first, copy, from.count * sizeof *copy);
    out->count += from.count - to.count;
    for (uint32_t i = 0; i < from.count; i++) out->wrong[to.first + i] = 1;
    const uint32_t moved = from.first > to.first ? from.count - to.count : 0;
    const uint32_t first = from.first < to.first ? from.first : to.first;
    const uint32_t last = from.first < to.first ? to.first : from.first + moved;
    mark(self, first, last + from.count - 1);
    return true;
}

/* "Turkey's minister met Turkey's minister": subject and object, or oblique, of a verb.
 */
static bool harm_argument(harmer *self) {
    const bench_sentence *const from = &self->pool->sentences.at[self->sentence];
    for (int tries = 0; tries < 4 * TRIES; tries++) {
        const uint32_t i = below(self, from->count), j = below(self, from->count);
        const uint8_t subject = BENCH_IS_SUBJECT | BENCH_IS_NOUN,
                      object = BENCH_IS_OBJECT | BENCH_IS_NOUN;
        if ((from->roles[i] & subject) != subject ||
            (from->roles[j] & object) != object || from->heads[i] != from->heads[j])
            continue;
        const phrase a = phrase_of(from, i), b = phrase_of(from, j);
        return below(self, 2) == 0 ? put_argument(self, a, b) : put_argument(self, b, a);
    }
    return false;
}

static bool harm_verb(harmer *self) {
    const bench_sentence *const from = &self->pool->sentences.at[self->sentence];
    bench_harmed *const out = self->out;
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t i = 1 + below(self, out->count - 2);
        /* A short form goes with its subject. */
        if ((from->roles[i] & BENCH_IS_VERB) == 0 ||
            form_at(self, i)->text.ptr[0] == '\'')
            continue;
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
