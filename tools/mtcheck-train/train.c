#include "train.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "checkpoint.h"
#include "memory.h"
#include "reader.h"

enum { SAY_STEPS = 100 };

static const float MOST_NORM = 4.0F;

/* The losses of a step, and their sums since the last line said. */
typedef struct tally {
    double tags, arcs, labels, tokens, gaps, guess;
    unsigned steps;
} tally;

/* The three parts of a training, one after the other. */
typedef enum train_stage { ON_TEXT, ON_ALL, MORE } train_stage;

static train_stage stage_at(const train_recipe *recipe, uint64_t step) {
    if (step < recipe->text_steps) return ON_TEXT;
    return step < (uint64_t)recipe->text_steps + recipe->all_steps ? ON_ALL : MORE;
}

static uint64_t last_step(const train_recipe *recipe) {
    return (uint64_t)recipe->text_steps + recipe->all_steps + recipe->more_steps;
}

/* Up, level, down to nothing, and where there is more to do from lower down once again.
 */
static float rate_at(const train_recipe *recipe, uint64_t step) {
    const float top = (float)recipe->rate_per_million * 1e-6F;
    const uint64_t more = (uint64_t)recipe->text_steps + recipe->all_steps;
    if (step < recipe->warm_steps)
        return top * (float)(step + 1) / (float)recipe->warm_steps;
    switch (stage_at(recipe, step)) {
    case ON_TEXT: return top;
    case ON_ALL:
        return top * (1.0F - (float)(step - recipe->text_steps) /
                                 (float)(recipe->all_steps + 1));
    default:
        return top * (float)recipe->more_rate_percent / 100.0F *
               (1.0F - (float)(step - more) / (float)(recipe->more_steps + 1));
    }
}

/* Text alone is too much to be learnt by heart; trees are few. */
static float text_dropout_at(const train_recipe *recipe, uint64_t step) {
    const float dropout = (float)recipe->dropout_percent / 100.0F;
    switch (stage_at(recipe, step)) {
    case ON_TEXT: return dropout / 2;
    case ON_ALL: return dropout;
    default: return (float)recipe->more_text_dropout_percent / 100.0F;
    }
}

static void fill_batch(const train_feed *feed, uint64_t step, train_batch *batch) {
    const train_recipe *const recipe = feed->recipe;
    train_random random = train_random_of(recipe->seed, 2, step);
    train_batch_clear(batch);
    switch (stage_at(recipe, step)) {
    case ON_TEXT:
        train_feed_text(feed, &random, recipe->batch_words, recipe->guess_percent, 0,
                        batch);
        break;
    case ON_ALL:
        train_feed_marked(feed, &random, recipe->marked_words, batch);
        batch->text_from = (uint32_t)batch->items.count;
        train_feed_text(feed, &random, recipe->batch_words, recipe->guess_percent_later,
                        recipe->trees_percent, batch);
        break;
    default:
        train_feed_marked(feed, &random, recipe->marked_words, batch);
        batch->text_from = (uint32_t)batch->items.count;
        train_feed_text(feed, &random, recipe->more_text_words,
                        recipe->guess_percent_later, recipe->more_trees_percent, batch);
        break;
    }
}

/* Weights of the losses: grammar counts per word, spoilt words are few and count more. */
static void take_losses(train_losses *losses, train_stage stage, tally *sums) {
    const float words = stage == MORE ? 4.0F : 3.0F, gaps = 2.0F * words;
    train_losses_begin(losses);
    sums->tags += train_loss_tags(losses, 1.0F);
    sums->arcs += train_loss_arcs(losses, 1.0F);
    sums->labels += train_loss_labels(losses, 0.7F);
    sums->tokens += train_loss_tokens(losses, words);
    sums->gaps += train_loss_gaps(losses, gaps);
    sums->guess += train_loss_guess(losses, stage == ON_TEXT ? 1.0F : 0.3F);
    sums->steps++;
}

static void say_tally(void (*say)(const char *line), uint64_t step, tally *sums) {
    char line[256];
    const double n = sums->steps;
    (void)snprintf(line, sizeof line,
                   "step %lu: tags %.4f heads %.4f labels %.4f words %.4f gaps %.4f "
                   "guess %.4f (CPU %.0f s)",
                   (unsigned long)step, sums->tags / n, sums->arcs / n, sums->labels / n,
                   sums->tokens / n, sums->gaps / n, sums->guess / n,
                   (double)clock() / CLOCKS_PER_SEC);
    if (say != NULL) say(line);
    *sums = (tally){0};
}

bool train_run(train_net *net, const train_recipe *recipe, const train_data *data,
               unsigned threads, const char *checkpoint, uint64_t most,
               void (*say)(const char *line)) {
    train_pool *const pool = train_pool_new(threads);
    if (pool == NULL) train_die("no memory");
    train_feed feed;
    train_encoder encoder;
    train_losses losses;
    train_optimiser optimiser;
    train_batch batch = {0};
    tally sums = {0};
    train_feed_init(&feed, recipe, &data->text, &data->trees, &data->tagged);
    train_encoder_init(&encoder, net, pool);
    train_losses_init(&losses, &encoder, &data->inventory);
    train_optimiser_init(&optimiser, net);
    if (checkpoint != NULL) train_checkpoint_read(&optimiser, checkpoint);
    const uint64_t end = last_step(recipe);
    const float dropout = (float)recipe->dropout_percent / 100.0F;
    for (uint64_t run = 0; optimiser.step < end && (most == 0 || run < most); run++) {
        const uint64_t step = optimiser.step;
        fill_batch(&feed, step, &batch);
        train_encode(&encoder, &batch, dropout, text_dropout_at(recipe, step),
                     recipe->seed + step);
        take_losses(&losses, stage_at(recipe, step), &sums);
        train_encode_back(&encoder);
        (void)train_optimiser_step(&optimiser, pool, &batch, rate_at(recipe, step),
                                   MOST_NORM);
        if (optimiser.step % SAY_STEPS == 0) say_tally(say, optimiser.step, &sums);
        if (checkpoint != NULL &&
            (optimiser.step % recipe->checkpoint_steps == 0 || optimiser.step == end))
            train_checkpoint_write(&optimiser, checkpoint);
    }
    const bool ended = optimiser.step >= end;
    free(batch.items.at);
    free(batch.sentences.at);
    train_optimiser_free(&optimiser);
    train_losses_free(&losses);
    train_encoder_free(&encoder);
    train_feed_free(&feed);
    train_pool_free(pool);
    return ended;
}

/* --- Measuring --- */

enum { MEASURED_TOGETHER = 64 }; /* sentences */

typedef struct counts {
    size_t words, upos, tags, heads, labels;
} counts;

/* The best part of speech is that whose tags have the largest sum. */
static void best_tags(const train_inventory *inventory, float *answers, uint32_t *ret_tag,
                      uint32_t *ret_upos) {
    float sums[256] = {0};
    const size_t count = inventory->tags.count;
    (void)train_soften(answers, count);
    *ret_tag = *ret_upos = 0;
    for (uint32_t i = 0; i < count; i++) {
        sums[inventory->upos_of_tag[i]] += answers[i];
        if (answers[i] > answers[*ret_tag]) *ret_tag = i;
    }
    for (uint32_t i = 1; i < inventory->upos.count; i++)
        if (sums[i] > sums[*ret_upos]) *ret_upos = i;
}

/* Relations are compared without their subtypes. */
static bool same_relation(const train_inventory *inventory, uint32_t a, uint32_t b) {
    mtc_str left = inventory->relations.at[a], right = inventory->relations.at[b];
    mtc_str left_main, right_main;
    return train_next_field(&left, ':', &left_main) &&
           train_next_field(&right, ':', &right_main) &&
           mtc_str_equal(left_main, right_main);
}

static void count_sentence(train_losses *losses, const train_asked *sentence,
                           counts *sums) {
    const train_encoder *const encoder = losses->encoder;
    uint32_t *const heads = train_zeroed(sentence->count, sizeof *heads);
    uint32_t *const relations = train_zeroed(sentence->count, sizeof *relations);
    train_arcs_best(losses, sentence, heads, relations);
    for (uint32_t i = 0; i < sentence->count; i++) {
        const size_t word = sentence->first + i;
        const train_mark mark = encoder->batch->items.at[word].mark;
        uint32_t tag, upos;
        best_tags(losses->inventory,
                  train_answers_of(losses, word) + encoder->net->questions.tags, &tag,
                  &upos);
        const uint32_t head = mark.head == TRAIN_ROOT ? sentence->count : mark.head;
        sums->words++;
        sums->upos += upos == mark.upos;
        sums->tags += tag == mark.tag;
        sums->heads += heads[i] == head;
        sums->labels += heads[i] == head &&
                        same_relation(losses->inventory, relations[i], mark.relation);
    }
    free(heads);
    free(relations);
}

train_scores train_measure(const train_net *net, const train_data *data,
                           const train_corpus *corpus, unsigned threads) {
    train_pool *const pool = train_pool_new(threads);
    if (pool == NULL) train_die("no memory");
    train_encoder encoder;
    train_losses losses;
    train_batch batch = {0};
    counts sums = {0};
    train_encoder_init(&encoder, net, pool);
    train_losses_init(&losses, &encoder, &data->inventory);
    for (size_t i = 0; i < corpus->sentences.count;) {
        train_batch_clear(&batch);
        for (int k = 0; k < MEASURED_TOGETHER && i < corpus->sentences.count; k++, i++)
            train_feed_sentence(corpus, i, NULL, &batch);
        train_encode(&encoder, &batch, 0.0F, 0.0F, 0);
        train_losses_begin(&losses);
        train_arcs_prepare(&losses);
        for (size_t s = 0; s < batch.sentences.count; s++)
            count_sentence(&losses, &batch.sentences.at[s], &sums);
    }
    free(batch.items.at);
    free(batch.sentences.at);
    train_losses_free(&losses);
    train_encoder_free(&encoder);
    train_pool_free(pool);
    const double words = sums.words == 0 ? 1.0 : (double)sums.words;
    return (train_scores){.upos = (double)sums.upos / words,
                          .tags = (double)sums.tags / words,
                          .uas = (double)sums.heads / words,
                          .las = (double)sums.labels / words,
                          .words = sums.words};
}
