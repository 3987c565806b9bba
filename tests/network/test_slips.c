/* What the trainer promises about text that is kept apart and slips of authors. */
#include "questions.h"
#include "slips.h"
#include "train_mini.h"

/* A recipe that trains on nothing and keeps `mini.txt` apart, in a folder of its own. */
static void write_recipe(const char *path) {
    FILE *const file = fopen(path, "w");
    assert_non_null(file);
    fputs("apart mini.txt 1\nslips test_slips.list\n", file);
    assert_int_equal(fclose(file), 0);
}

static void write_slips(const char *path, uint64_t name) {
    FILE *const file = fopen(path, "w");
    assert_non_null(file);
    fputs("# Sentences that nobody should learn from.\n", file);
    if (name != 0)
        fprintf(file, "%016llx\ttwo sentences joined\n", (unsigned long long)name);
    assert_int_equal(fclose(file), 0);
}

typedef struct held_out {
    size_t count;
    uint64_t first, second; /* names of the first two sentences */
} held_out;

static held_out read_held_out(uint64_t slip) {
    write_recipe(MTC_TEST_OUT ".recipe");
    write_slips(MTC_TEST_OUT ".list", slip);
    train_recipe recipe;
    train_recipe_read(&recipe, MTC_TEST_OUT ".recipe", MTC_TEST_DIR "/data");
    train_data data = {.forms = {.lists = &recipe.lists}};
    train_reservoir reservoir;
    train_reservoir_held_out(&reservoir, &recipe, &data);
    const train_corpus *const corpus = reservoir.corpus;
    assert_true(corpus->sentences.count > 2);
    held_out found = {.count = corpus->sentences.count};
    for (int i = 0; i < 2; i++) {
        const train_sentence at = corpus->sentences.at[i];
        const uint64_t name =
            train_sentence_name(corpus->forms, corpus->words.at + at.first, at.count);
        *(i == 0 ? &found.first : &found.second) = name;
    }
    train_reservoir_free(&reservoir);
    train_data_free(&data);
    train_recipe_free(&recipe);
    return found;
}

static size_t count_sentences(train_part part) {
    train_lists lists = {0};
    train_forms forms = {.lists = &lists};
    train_corpus corpus = {.forms = &forms};
    const mtc_str text = train_read(MTC_TEST_DIR "/data/mini.txt");
    train_corpus_add_text(&corpus, text, part, 0, 1);
    const size_t count = corpus.sentences.count;
    free((void *)(uintptr_t)text.ptr);
    train_corpus_free(&corpus);
    train_forms_free(&forms);
    return count;
}

static void a_text_kept_apart_is_calibrated_on_or_reported_on(void **state) {
    (void)state;
    const size_t calibrated = count_sentences(TRAIN_PART_APART_CALIBRATE),
                 reported = count_sentences(TRAIN_PART_APART_REPORT);
    assert_true(calibrated > 0 && reported > 0);
    assert_int_equal(calibrated + reported, count_sentences(TRAIN_PART_WHOLE));
    assert_int_equal(read_held_out(0).count, calibrated);
}

static void a_slip_is_left_out_and_nothing_else(void **state) {
    (void)state;
    const held_out all = read_held_out(0), rest = read_held_out(all.first);
    assert_int_equal(rest.count, all.count - 1);
    assert_true(rest.first == all.second);
}

static void a_list_holds_what_it_names_and_skips_comments(void **state) {
    (void)state;
    write_slips(MTC_TEST_OUT ".list", 0xABCDEF0123456789U);
    train_slips slips = train_slips_read(MTC_TEST_OUT ".list");
    assert_int_equal(slips.count, 1);
    assert_true(train_slips_hold(&slips, 0xABCDEF0123456789U));
    assert_false(train_slips_hold(&slips, 0xABCDEF012345678AU));
    train_slips_free(&slips);
    assert_false(train_slips_hold(&slips, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_kept_apart_is_calibrated_on_or_reported_on),
        cmocka_unit_test(a_slip_is_left_out_and_nothing_else),
        cmocka_unit_test(a_list_holds_what_it_names_and_skips_comments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
