#include "feed.h"

#include <stdlib.h>

#include "memory.h"
#include "spoil.h"

enum { MASKED_PERCENT = 15, LOWERED_ONE_IN = 24 };

void train_feed_init(train_feed *feed, const train_recipe *recipe,
                     const train_corpus *text, const train_corpus *trees,
                     const train_corpus *tagged) {
    *feed =
        (train_feed){.recipe = recipe, .text = text, .trees = trees, .tagged = tagged};
    const size_t sources = recipe->sources.count;
    feed->first_of_source = train_zeroed(sources + 1, sizeof *feed->first_of_source);
    size_t sentence = 0;
    for (size_t source = 0; source < sources; source++) {
        feed->first_of_source[source] = (uint32_t)sentence;
        while (sentence < text->sentences.count &&
               text->sentences.at[sentence].source == source)
            sentence++;
        if (sentence == feed->first_of_source[source])
            train_die("%s holds no usable sentence", recipe->sources.at[source].path);
        feed->share_sum += recipe->sources.at[source].share;
    }
    feed->first_of_source[sources] = (uint32_t)sentence;
    if (feed->share_sum == 0) train_die("the recipe names no source with a share");
}

void train_feed_free(train_feed *feed) {
    free(feed->first_of_source);
}

/* Now and then a known word shows only its outer form, rare ones more often, so that the
 * network learns what to make of words it has never seen. */
static void hide_some(mtc_word_features *features, const train_form *form,
                      train_random *random) {
    const float share = 0.02F + 1.0F / (2.0F + (float)form->count);
    if (train_random_unit(random) < share)
        features->row[MTC_FEATURE_WORD] = MTC_ROW_UNKNOWN;
}

static train_item item_of(const train_forms *forms, uint32_t form, bool first,
                          train_random *random) {
    train_item item = {
        .features = forms->at[form].inside[first],
        .guess = TRAIN_NO_GUESS,
        .mark = {.tag = TRAIN_NO_TAG, .xpos = TRAIN_NO_XPOS, .head = TRAIN_ROOT}};
    if (random != NULL) hide_some(&item.features, &forms->at[form], random);
    return item;
}

static void note_repeats(train_batch *batch, uint32_t first) {
    uint64_t keys[TRAIN_DRAFT_MOST] = {0};
    uint32_t rows[TRAIN_DRAFT_MOST] = {0};
    const uint32_t all = (uint32_t)batch->items.count - first;
    const uint32_t count = all < TRAIN_DRAFT_MOST ? all : TRAIN_DRAFT_MOST;
    for (uint32_t i = 0; i < count; i++)
        keys[i] = batch->items.at[first + i].features.key;
    mtc_word_features_repeat(keys, count, rows);
    for (uint32_t i = 0; i < count; i++)
        batch->items.at[first + i].features.row[MTC_FEATURE_REPEAT] = rows[i];
}

void train_feed_sentence(const train_corpus *corpus, size_t sentence,
                         train_random *random, train_batch *batch) {
    const train_sentence from = corpus->sentences.at[sentence];
    const train_asked asked = {.first = (uint32_t)batch->items.count,
                               .count = from.count,
                               .tags = true,
                               .tree = from.has_tree};
    for (uint32_t i = 0; i < from.count; i++) {
        train_item item =
            item_of(corpus->forms, corpus->words.at[from.first + i], i == 0, random);
        item.mark = corpus->marks.at[from.first + i];
        train_push(&batch->items, item);
    }
    note_repeats(batch, asked.first);
    train_push(&batch->sentences, asked);
}

void train_feed_marked(const train_feed *feed, train_random *random, uint32_t words,
                       train_batch *batch) {
    const size_t end = batch->items.count + words;
    while (batch->items.count < end) {
        const bool tagged =
            feed->tagged->sentences.count > 0 &&
            train_random_below(random, 100) < feed->recipe->tagged_percent;
        const train_corpus *const from = tagged ? feed->tagged : feed->trees;
        const uint32_t sentence =
            train_random_below(random, (uint32_t)from->sentences.count);
        if (from->sentences.at[sentence].count <= 128)
            train_feed_sentence(from, sentence, random, batch);
    }
}

static size_t draw_text(const train_feed *feed, train_random *random) {
    uint32_t drawn = train_random_below(random, feed->share_sum);
    size_t source = 0;
    while (drawn >= feed->recipe->sources.at[source].share)
        drawn -= feed->recipe->sources.at[source++].share;
    const uint32_t first = feed->first_of_source[source];
    return first + train_random_below(random, feed->first_of_source[source + 1] - first);
}

static void mask_some(const train_feed *feed, const train_draft *draft,
                      train_random *random, train_batch *batch) {
    for (uint32_t i = 0; i < draft->count; i++) {
        train_item item =
            item_of(feed->text->forms, draft->words[i].form, i == 0, random);
        if (train_random_below(random, 100) < MASKED_PERCENT) {
            item.guess = feed->text->forms->at[draft->words[i].form].target;
            item.features = mtc_word_features_masked();
        }
        train_push(&batch->items, item);
    }
}

static void put_answers(const train_feed *feed, const train_draft *draft,
                        train_random *random, train_batch *batch) {
    for (uint32_t i = 0; i < draft->count; i++) {
        train_item item =
            item_of(feed->text->forms, draft->words[i].form, i == 0, random);
        item.token_bits = draft->words[i].token_bits;
        item.gap_bits = draft->words[i].gap_bits;
        train_push(&batch->items, item);
    }
}

void train_feed_text(const train_feed *feed, train_random *random, uint32_t words,
                     uint32_t guess_percent, uint32_t trees_percent, train_batch *batch) {
    const size_t end = batch->items.count + words;
    train_draft draft;
    while (batch->items.count < end) {
        const bool tree =
            trees_percent > 0 && train_random_below(random, 100) < trees_percent;
        const train_corpus *const from = tree ? feed->trees : feed->text;
        const size_t sentence =
            tree ? train_random_below(random, (uint32_t)from->sentences.count)
                 : draw_text(feed, random);
        train_draft_take(&draft, from, sentence);
        train_asked asked = {.first = (uint32_t)batch->items.count};
        if (train_random_below(random, 100) < guess_percent) {
            mask_some(feed, &draft, random, batch);
        } else {
            const uint32_t times =
                train_random_below(random, 100) < feed->recipe->clean_percent
                    ? 0
                    : 1 + (train_random_below(random, 4) == 0);
            for (uint32_t i = 0; i < times; i++)
                (void)train_draft_spoil(&draft, from, sentence, feed->recipe->spoil_share,
                                        random);
            if (train_random_below(random, LOWERED_ONE_IN) == 0)
                train_draft_lower_first(&draft, from);
            put_answers(feed, &draft, random, batch);
            asked.outputs = true;
            asked.end_gap_bits = draft.end_gap_bits;
        }
        asked.count = (uint32_t)(batch->items.count - asked.first);
        note_repeats(batch, asked.first);
        train_push(&batch->sentences, asked);
    }
}
