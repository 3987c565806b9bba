#include "questions.h"

#include <stdlib.h>

#include "memory.h"
#include "reader.h"
#include "slips.h"

/* What the stated prior counts as spoilt: these ways, equally often. */
static const enum train_corruption WAYS[] = {
    TRAIN_SPOIL_shuffle,  TRAIN_SPOIL_swap,      TRAIN_SPOIL_replace,
    TRAIN_SPOIL_argument, TRAIN_SPOIL_drop_verb, TRAIN_SPOIL_drop_stop,
    TRAIN_SPOIL_raise,
};
enum { WAY_COUNT = sizeof WAYS / sizeof *WAYS, TRIES = 40 };

static void add_sources(train_reservoir *reservoir, const train_files *files) {
    for (size_t i = 0; i < files->count; i++)
        train_push(&reservoir->sources, files->at[i]);
}

static void find_sources(train_reservoir *reservoir) {
    const train_sentence *const all = reservoir->corpus->sentences.at;
    const size_t count = reservoir->corpus->sentences.count,
                 sources = reservoir->sources.count;
    reservoir->first = train_zeroed(sources + 1, sizeof *reservoir->first);
    uint32_t sentence = 0;
    for (size_t i = 0; i < sources; i++) {
        reservoir->first[i] = sentence;
        while (sentence < count && all[sentence].source == i) sentence++;
        if (sentence > reservoir->first[i])
            reservoir->shares += reservoir->sources.at[i].share;
    }
    reservoir->first[sources] = sentence;
}

void train_reservoir_of(train_reservoir *reservoir, const train_recipe *recipe,
                        const train_data *data) {
    *reservoir = (train_reservoir){.recipe = recipe, .corpus = &data->text};
    add_sources(reservoir, &recipe->sources);
    find_sources(reservoir);
}

static void read_part(train_reservoir *reservoir, const train_files *files,
                      train_part part) {
    const size_t first = reservoir->sources.count;
    add_sources(reservoir, files);
    for (size_t i = first; i < reservoir->sources.count; i++) {
        const mtc_str text = train_read(reservoir->sources.at[i].path);
        train_corpus_add_text(&reservoir->own, text, part, (uint16_t)i, 0);
        free((void *)(uintptr_t)text.ptr);
    }
}

static void leave_out_slips(train_corpus *corpus, const char *path) {
    train_slips slips = train_slips_read(path);
    size_t kept = 0;
    for (size_t i = 0; i < corpus->sentences.count; i++) {
        const train_sentence sentence = corpus->sentences.at[i];
        const uint64_t name = train_sentence_name(
            corpus->forms, corpus->words.at + sentence.first, sentence.count);
        if (!train_slips_hold(&slips, name)) corpus->sentences.at[kept++] = sentence;
    }
    corpus->sentences.count = kept;
    train_slips_free(&slips);
}

void train_reservoir_held_out(train_reservoir *reservoir, const train_recipe *recipe,
                              train_data *data) {
    *reservoir = (train_reservoir){.recipe = recipe, .own = {.forms = &data->forms}};
    train_files first = recipe->sources;
    if (first.count > recipe->calibrate_sources) first.count = recipe->calibrate_sources;
    read_part(reservoir, &first, TRAIN_PART_CALIBRATE);
    read_part(reservoir, &recipe->apart, TRAIN_PART_APART_CALIBRATE);
    for (size_t i = 0; i < recipe->slips.count; i++)
        leave_out_slips(&reservoir->own, recipe->slips.at[i].path);
    reservoir->corpus = &reservoir->own;
    find_sources(reservoir);
}

void train_reservoir_free(train_reservoir *reservoir) {
    free(reservoir->sources.at);
    free(reservoir->first);
    train_corpus_free(&reservoir->own);
}

/* A sentence of a source, sources by their shares. */
static uint32_t draw_sentence(const train_reservoir *reservoir, train_random *random) {
    uint32_t drawn = train_random_below(random, reservoir->shares);
    for (size_t i = 0;; i++) {
        const uint32_t count = reservoir->first[i + 1] - reservoir->first[i];
        if (count == 0) continue;
        if (drawn < reservoir->sources.at[i].share)
            return reservoir->first[i] + train_random_below(random, count);
        drawn -= reservoir->sources.at[i].share;
    }
}

/* --- Arguments and verbs, as the network sees them --- */

static mtc_reading ask(const train_reservoir *reservoir, const mtc_network *network,
                       const train_draft *drafts, uint32_t count, mtc_arena *arena,
                       const int8_t **ret_seen) {
    mtc_budget budget = mtc_budget_unlimited();
    uint32_t lengths[TRAIN_ASKED_TOGETHER];
    struct {
        mtc_str *at;
        size_t count, capacity;
    } words = {0};
    for (uint32_t i = 0; i < count; i++) {
        lengths[i] = drafts[i].count;
        for (uint32_t j = 0; j < lengths[i]; j++)
            train_push(&words,
                       reservoir->corpus->forms->at[drafts[i].words[j].form].text);
    }
    mtc_reading reading;
    if (mtc_network_read_seen(network, mtc_kernel_best(), words.at, lengths, count, arena,
                              &budget, &reading, ret_seen) != MTC_OK)
        train_die("the model cannot be asked");
    free(words.at);
    return reading;
}

static bool is_relation(const mtc_network *network, const mtc_word_reading *word,
                        const char *name) {
    return mtc_str_starts_with(mtc_network_relation(network, word->relation),
                               mtc_str_of(name));
}

static bool is_name_part(const mtc_network *network, const mtc_word_reading *word) {
    return is_relation(network, word, "compound") || is_relation(network, word, "flat");
}

typedef struct argument {
    uint32_t first, count, head;
    bool is_subject;
} argument;

/* The noun at `i` with the words of its name beside it. */
static argument argument_at(const mtc_network *network, const mtc_word_reading *words,
                            uint32_t count, uint32_t i) {
    uint32_t first = i, end = i + 1;
    while (first > 0 && words[first - 1].head == i &&
           is_name_part(network, &words[first - 1]))
        first--;
    while (end < count && words[end].head == i && is_name_part(network, &words[end]))
        end++;
    return (argument){first, end - first, words[i].head,
                      is_relation(network, &words[i], "nsubj")};
}

/* Subject and object, or oblique, of one verb: one of them is said twice. */
static bool repeat_argument(const train_reservoir *reservoir, const mtc_network *network,
                            train_draft *draft, train_random *random) {
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 18, 64U << 20);
    const mtc_word_reading *const words =
        ask(reservoir, network, draft, 1, &arena, NULL).words;
    argument found[16];
    uint32_t count = 0;
    for (uint32_t i = 0; i < draft->count && count < 16; i++) {
        if ((words[i].upos == MTC_UPOS_NOUN || words[i].upos == MTC_UPOS_PROPN) &&
            (is_relation(network, &words[i], "nsubj") ||
             is_relation(network, &words[i], "obj") ||
             is_relation(network, &words[i], "obl")))
            found[count++] = argument_at(network, words, draft->count, i);
    }
    mtc_arena_fini(&arena);
    for (int tries = 0; count > 1 && tries < 24; tries++) {
        const argument *const from = &found[train_random_below(random, count)],
                              *const to = &found[train_random_below(random, count)];
        if (from->head == to->head && from->is_subject != to->is_subject)
            return train_draft_put_again(draft, from->first, from->count, to->first,
                                         to->count);
    }
    return false;
}

/* A copula, an auxiliary or a finite verb is left out. */
static bool leave_out_verb(const train_reservoir *reservoir, const mtc_network *network,
                           train_draft *draft, train_random *random) {
    if (draft->count < 5) return false;
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 18, 64U << 20);
    const mtc_word_reading *const words =
        ask(reservoir, network, draft, 1, &arena, NULL).words;
    uint32_t verbs[TRAIN_DRAFT_MOST], count = 0;
    for (uint32_t i = 1; i < draft->count; i++) {
        const mtc_word_reading *const word = &words[i];
        const bool finite = word->upos == MTC_UPOS_VERB && word->finite > UINT16_MAX / 2;
        const mtc_str text = reservoir->corpus->forms->at[draft->words[i].form].text;
        if ((finite || is_relation(network, word, "aux") ||
             is_relation(network, word, "cop")) &&
            text.ptr[0] != '\'')
            verbs[count++] = i;
    }
    mtc_arena_fini(&arena);
    if (count == 0) return false;
    train_draft_leave_out(draft, verbs[train_random_below(random, count)]);
    return true;
}

/* --- Questions --- */

static bool spoil(const train_reservoir *reservoir, const mtc_network *network,
                  train_draft *draft, uint32_t sentence, enum train_corruption way,
                  train_random *random) {
    if (way == TRAIN_SPOIL_argument)
        return repeat_argument(reservoir, network, draft, random);
    if (way == TRAIN_SPOIL_drop_verb)
        return leave_out_verb(reservoir, network, draft, random);
    return train_draft_spoil_by(draft, reservoir->corpus, sentence, way, random);
}

/* One that can be spoilt in this way: each way is as frequent as the others, whatever it
 * asks for. */
static bool draw_spoilt(const train_reservoir *reservoir, const mtc_network *network,
                        enum train_corruption way, train_draft *draft,
                        train_random *random) {
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t sentence = draw_sentence(reservoir, random);
        train_draft_take(draft, reservoir->corpus, sentence);
        if (spoil(reservoir, network, draft, sentence, way, random)) return true;
    }
    return false;
}

void train_questions_draw(const train_reservoir *reservoir, const mtc_network *network,
                          train_purpose purpose, uint64_t number,
                          train_questions *ret_questions) {
    ret_questions->count = 0;
    for (uint32_t k = 0; k < TRAIN_ASKED_TOGETHER && reservoir->shares > 0; k++) {
        const uint64_t i = number * TRAIN_ASKED_TOGETHER + k;
        train_random random =
            train_random_of(reservoir->recipe->seed, (uint64_t)purpose, i);
        train_draft *const draft = &ret_questions->at[k];
        ret_questions->spoilt[k] =
            i % 2 == 0 &&
            draw_spoilt(reservoir, network, WAYS[i / 2 % WAY_COUNT], draft, &random);
        if (!ret_questions->spoilt[k])
            train_draft_take(draft, reservoir->corpus, draw_sentence(reservoir, &random));
        ret_questions->count++;
    }
}

mtc_reading train_questions_ask(const train_reservoir *reservoir,
                                const mtc_network *network,
                                const train_questions *questions, mtc_arena *arena,
                                const int8_t **ret_seen) {
    return ask(reservoir, network, questions->at, questions->count, arena, ret_seen);
}
