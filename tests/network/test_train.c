/* What mtcheck-train promises. */
#include <math.h>

#include "spoil.h"
#include "train_mini.h"

static void train_to(const char *path, unsigned threads) {
    mini self;
    mini_begin(&self);
    assert_true(train_run(&self.net, &self.recipe, &self.data, threads, NULL, 0, NULL));
    mini_write(&self, path);
    mini_end(&self);
}

static void assert_same_file(const char *a, const char *b) {
    const mtc_str left = train_read(a), right = train_read(b);
    assert_true(mtc_str_equal(left, right));
    free((void *)(uintptr_t)left.ptr);
    free((void *)(uintptr_t)right.ptr);
}

static void it_learns_the_few_sentences_it_is_shown(void **state) {
    (void)state;
    mini self;
    mini_begin(&self);
    const train_scores before = train_measure(&self.net, &self.data, &self.data.dev, 1);
    assert_true(train_run(&self.net, &self.recipe, &self.data, 2, NULL, 0, NULL));
    const train_scores after = train_measure(&self.net, &self.data, &self.data.dev, 1);
    mini_end(&self);
    assert_true(before.upos < 0.6);
    assert_true(after.upos > 0.95);
    assert_true(after.uas > 0.9);
    assert_true(after.las > 0.85);
}

static void any_number_of_threads_gives_the_same_file(void **state) {
    (void)state;
    train_to(MTC_TEST_OUT ".one", 1);
    train_to(MTC_TEST_OUT ".three", 3);
    assert_same_file(MTC_TEST_OUT ".one", MTC_TEST_OUT ".three");
}

static void an_interrupted_training_ends_with_the_same_file(void **state) {
    (void)state;
    (void)unlink(MTC_TEST_OUT ".checkpoint");
    mini self;
    mini_begin(&self);
    self.recipe.checkpoint_steps = 10;
    assert_false(train_run(&self.net, &self.recipe, &self.data, 1,
                           MTC_TEST_OUT ".checkpoint", 33, NULL));
    mini_end(&self);
    mini_begin(&self); /* it stood at step 33, the checkpoint at step 30 */
    assert_true(train_run(&self.net, &self.recipe, &self.data, 1,
                          MTC_TEST_OUT ".checkpoint", 0, NULL));
    mini_write(&self, MTC_TEST_OUT ".resumed");
    mini_end(&self);
    assert_same_file(MTC_TEST_OUT ".one", MTC_TEST_OUT ".resumed");
}

/* --- Slopes --- */

typedef struct course {
    mini base;
    train_pool *pool;
    train_feed feed;
    train_encoder encoder;
    train_losses losses;
    train_batch batch;
} course;

static double loss_of(course *self) {
    train_encode(&self->encoder, &self->batch, 0.0F, 0.0F, 0);
    train_losses_begin(&self->losses);
    return train_loss_tags(&self->losses, 1.0F) + train_loss_arcs(&self->losses, 1.0F) +
           train_loss_labels(&self->losses, 1.0F) +
           train_loss_tokens(&self->losses, 1.0F) + train_loss_gaps(&self->losses, 1.0F) +
           train_loss_guess(&self->losses, 1.0F);
}

static void course_begin(course *self) {
    *self = (course){0};
    mini_begin(&self->base);
    self->pool = train_pool_new(2);
    train_feed_init(&self->feed, &self->base.recipe, &self->base.data.text,
                    &self->base.data.trees, &self->base.data.tagged);
    train_encoder_init(&self->encoder, &self->base.net, self->pool);
    train_losses_init(&self->losses, &self->encoder, &self->base.data.inventory);
    train_random random = train_random_of(5, 5, 5);
    train_feed_marked(&self->feed, &random, 60, &self->batch);
    train_feed_text(&self->feed, &random, 120, 50, 10, &self->batch);
}

static void course_end(course *self) {
    free(self->batch.items.at);
    free(self->batch.sentences.at);
    train_losses_free(&self->losses);
    train_encoder_free(&self->encoder);
    train_feed_free(&self->feed);
    train_pool_free(self->pool);
    mini_end(&self->base);
}

/* Along its own slope a tensor's loss must rise as fast as the slope is long. */
static void each_slope_is_that_of_its_loss(void **state) {
    (void)state;
    course self;
    course_begin(&self);
    train_net *const net = &self.base.net;
    (void)loss_of(&self);
    train_encode_back(&self.encoder);
    float *const slope = train_floats(net->size), *const kept = train_floats(net->size);
    memcpy(slope, net->slope, net->size * sizeof *slope);
    memcpy(kept, net->weights, net->size * sizeof *kept);
    for (int tensor = 0; tensor < TENSORS; tensor++) {
        const size_t at = net->tensors[tensor].at;
        const size_t count =
            (size_t)net->tensors[tensor].rows * net->tensors[tensor].columns;
        double length = 0;
        for (size_t i = at; i < at + count; i++)
            length += (double)slope[i] * (double)slope[i];
        length = sqrt(length);
        if (count == 0 || length < 1e-3) continue;
        double losses[2];
        const double step = 0.04; /* well above the rounding of pairs, see matrix.c */
        for (int side = 0; side < 2; side++) {
            const double by = (side == 0 ? step : -step) / length;
            for (size_t i = at; i < at + count; i++)
                net->weights[i] = (float)((double)kept[i] + by * (double)slope[i]);
            losses[side] = loss_of(&self);
        }
        memcpy(net->weights, kept, net->size * sizeof *kept);
        const double measured = (losses[0] - losses[1]) / (2 * step);
        if (fabs(measured - length) > 0.03 * length + 0.002)
            fail_msg("tensor %d: the loss rises by %f, its slope says %f", tensor,
                     measured, length);
    }
    free(slope);
    free(kept);
    course_end(&self);
}

/* --- Corruptions --- */

static void every_corruption_marks_what_it_spoilt(void **state) {
    (void)state;
    mini self;
    mini_begin(&self);
    for (int way = 0; way < TRAIN_SPOILS; way++) {
        unsigned done = 0;
        for (uint32_t sentence = 0; sentence < self.data.text.sentences.count;
             sentence++) {
            train_random random = train_random_of(1, (uint64_t)way, sentence);
            train_draft sound, draft;
            train_draft_take(&sound, &self.data.text, sentence);
            draft = sound;
            if (!train_draft_spoil_by(&draft, &self.data.text, sentence,
                                      (enum train_corruption)way, &random))
                continue;
            unsigned marks = draft.end_gap_bits, changes = draft.count != sound.count;
            for (uint32_t i = 0; i < draft.count; i++) {
                marks |= draft.words[i].token_bits | draft.words[i].gap_bits;
                changes |= i < sound.count && draft.words[i].form != sound.words[i].form;
            }
            assert_true(changes != 0);
            assert_true(marks != 0);
            done++;
        }
        assert_true(done > 0);
    }
    mini_end(&self);
}

static void a_phrase_put_again_is_marked_where_it_was_put(void **state) {
    (void)state;
    mini self;
    mini_begin(&self);
    train_draft draft;
    train_draft_take(&draft, &self.data.text, 0);
    const train_draft sound = draft;
    assert_true(train_draft_put_again(&draft, 0, 2, 3, 1));
    assert_int_equal(draft.count, sound.count + 1);
    for (uint32_t i = 0; i < draft.count; i++)
        assert_int_equal(draft.words[i].token_bits != 0, i == 3 || i == 4);
    assert_int_equal(draft.words[3].form, sound.words[0].form);
    assert_int_equal(draft.words[4].form, sound.words[1].form);
    assert_int_equal(draft.words[5].form, sound.words[4].form);
    /* Nothing would change. */
    draft = sound;
    draft.words[3].form = draft.words[1].form;
    assert_false(train_draft_put_again(&draft, 1, 1, 3, 1));
    mini_end(&self);
}

static void a_careless_beginning_is_no_moved_word(void **state) {
    (void)state;
    mini self;
    mini_begin(&self);
    train_draft draft;
    train_draft_take(&draft, &self.data.text, 0);
    const mtc_str before = self.data.forms.at[draft.words[0].form].text;
    train_draft_lower_first(&draft, &self.data.text);
    const mtc_str after = self.data.forms.at[draft.words[0].form].text;
    assert_int_equal(after.ptr[0], before.ptr[0] | 0x20);
    assert_int_equal(draft.words[0].token_bits, 1 << MTC_OUTPUT_CAPITAL);
    mini_end(&self);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_learns_the_few_sentences_it_is_shown),
        cmocka_unit_test(any_number_of_threads_gives_the_same_file),
        cmocka_unit_test(an_interrupted_training_ends_with_the_same_file),
        cmocka_unit_test(each_slope_is_that_of_its_loss),
        cmocka_unit_test(every_corruption_marks_what_it_spoilt),
        cmocka_unit_test(a_phrase_put_again_is_marked_where_it_was_put),
        cmocka_unit_test(a_careless_beginning_is_no_moved_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
