/* What the network promises, with a small model made here. */
#include <sodium.h>

#include "language/annotation.h"
#include "language/network/format.h"
#include "support.h"
#include "train_mini.h"

static const char MODEL[] = MTC_TEST_OUT ".mtm";

static int make_model(void **state) {
    mini self;
    mini_begin(&self);
    const bool ended = train_run(&self.net, &self.recipe, &self.data, 1, NULL, 0, NULL);
    mini_write(&self, MODEL);
    mini_end(&self);
    return ended ? support_begin(state) : 1;
}

static mtc_network *loaded(void) {
    mtc_network *network;
    mtc_error error = {0};
    const mtc_status status = mtc_network_load(MODEL, &network, &error);
    if (status != MTC_OK) fail_msg("%s", error.message);
    return network;
}

/* Words of all kinds, the same for the same seed. */
static void invent(uint64_t seed, mtc_str *words, size_t count) {
    static const char *const FORMS[] = {
        "The", "mayor", "opened",    "Ghent",      "n't", ",",  "1,200", ".",   "NATO",
        "a",   "boats", "\xC3\x9Aj", "unheard-of", "zz",  "'s", "\"",    "new", "did"};
    train_random random = {seed};
    for (size_t i = 0; i < count; i++)
        words[i] =
            mtc_str_of(FORMS[train_random_below(&random, sizeof FORMS / sizeof *FORMS)]);
}

enum { MANY = 3000 };

typedef struct asked {
    mtc_str words[MANY];
    uint32_t lengths[MANY], count;
    mtc_arena arena;
    mtc_budget budget;
    mtc_reading reading;
} asked;

/* Sentences of one word, of some, and of more than a piece. */
static asked *ask(const mtc_network *network, mtc_kernel kernel) {
    static const uint32_t LENGTHS[] = {1, 7, 3, 700, 25, 2, 256, 257, 40, 11};
    asked *const self = train_zeroed(1, sizeof *self);
    invent(9, self->words, MANY);
    for (uint32_t left = MANY, i = 0; left > 0; i++) {
        const uint32_t length = LENGTHS[i % (sizeof LENGTHS / sizeof *LENGTHS)];
        self->lengths[self->count] = length < left ? length : left;
        left -= self->lengths[self->count++];
    }
    mtc_arena_init(&self->arena, 1 << 16, 64U << 20);
    self->budget = mtc_budget_unlimited();
    assert_int_equal(mtc_network_read(network, kernel, self->words, self->lengths,
                                      self->count, &self->arena, &self->budget,
                                      &self->reading),
                     MTC_OK);
    return self;
}

static void end_asking(asked *self) {
    mtc_arena_fini(&self->arena);
    free(self);
}

static void all_paths_give_the_same_bytes(void **state) {
    (void)state;
    mtc_network *const network = loaded();
    asked *const plain = ask(network, MTC_KERNEL_PLAIN);
    for (int kernel = MTC_KERNEL_PLAIN + 1; kernel < MTC_KERNELS; kernel++) {
        if (!mtc_kernel_works((mtc_kernel)kernel)) {
            print_message("path %d is not on this processor\n", kernel);
            continue;
        }
        asked *const other = ask(network, (mtc_kernel)kernel);
        assert_memory_equal(plain->reading.words, other->reading.words,
                            MANY * sizeof *plain->reading.words);
        assert_memory_equal(plain->reading.sentences, other->reading.sentences,
                            plain->count * sizeof *plain->reading.sentences);
        end_asking(other);
    }
    end_asking(plain);
    mtc_network_free(network);
}

static void the_second_look_sees_the_same_on_all_paths(void **state) {
    (void)state;
    mtc_network *const network = loaded();
    const uint32_t columns = mtc_look_columns(&mtc_network_model(network)->shape);
    assert_true(mtc_network_model(network)->shape.look > 0);
    asked *const self = ask(network, MTC_KERNEL_PLAIN);
    const int8_t *plain = NULL;
    for (int kernel = MTC_KERNEL_PLAIN; kernel < MTC_KERNELS; kernel++) {
        if (!mtc_kernel_works((mtc_kernel)kernel)) continue;
        mtc_reading reading;
        const int8_t *seen = NULL;
        assert_int_equal(mtc_network_read_seen(network, (mtc_kernel)kernel, self->words,
                                               self->lengths, self->count, &self->arena,
                                               &self->budget, &reading, &seen),
                         MTC_OK);
        for (size_t i = 0; i < (size_t)MANY * columns; i++)
            assert_true(seen[i] > INT8_MIN);
        if (plain == NULL) plain = seen;
        assert_memory_equal(plain, seen, (size_t)MANY * columns);
        /* Asking for what was seen changes nothing. */
        assert_memory_equal(reading.words, self->reading.words,
                            MANY * sizeof *reading.words);
    }
    end_asking(self);
    mtc_network_free(network);
}

static void a_model_without_a_second_look_reads_too(void **state) {
    (void)state;
    mini self;
    mini_begin(&self);
    self.recipe.look = 0;
    train_finish(&self.net, &self.recipe, &self.data, MTC_TEST_OUT ".first", NULL);
    mini_end(&self);
    mtc_network *network;
    mtc_error error = {0};
    assert_int_equal(mtc_network_load(MTC_TEST_OUT ".first", &network, &error), MTC_OK);
    assert_int_equal(mtc_network_model(network)->shape.look, 0);
    end_asking(ask(network, mtc_kernel_best()));
    mtc_network_free(network);
}

/* Weights and inputs at their limits, where a sum that saturates would show. */
static void extreme_products_are_exact_on_all_paths(void **state) {
    (void)state;
    enum { COLUMNS = 512, ROWS = 32, INPUTS = 11 };
    static int8_t weights[ROWS * COLUMNS], in[INPUTS * COLUMNS];
    static uint8_t shifts[ROWS * COLUMNS / MTC_GROUP], down[ROWS];
    static int32_t bias[ROWS], offsets[ROWS * COLUMNS / MTC_GROUP];
    static int16_t expected[INPUTS * ROWS], got[INPUTS * ROWS];
    train_random random = {3};
    for (size_t i = 0; i < sizeof weights; i++)
        weights[i] =
            (int8_t)(train_random_below(&random, 4) != 0
                         ? (train_random_below(&random, 2) != 0 ? MTC_MOST_WEIGHT
                                                                : -MTC_MOST_WEIGHT)
                         : (int)train_random_below(&random, 2 * MTC_MOST_WEIGHT + 1) -
                               MTC_MOST_WEIGHT);
    for (size_t i = 0; i < sizeof in; i++)
        in[i] = (int8_t)(train_random_below(&random, 4) != 0
                             ? (i / COLUMNS % 2 != 0 ? 127 : -127)
                             : (int)train_random_below(&random, 255) - 127);
    for (size_t i = 0; i < sizeof shifts; i++)
        shifts[i] = (uint8_t)train_random_below(&random, MTC_MOST_SHIFT + 1);
    for (size_t i = 0; i < ROWS; i++) {
        down[i] = (uint8_t)train_random_below(&random, MTC_MOST_DOWN + 1);
        bias[i] = (int32_t)train_random_below(&random, 1 << 30) - (1 << 29);
    }
    for (size_t i = 0; i < sizeof weights; i++) {
        const size_t block = i / ((size_t)MTC_ROWS_TOGETHER * COLUMNS);
        const size_t inside = i % ((size_t)MTC_ROWS_TOGETHER * COLUMNS);
        const size_t row = inside / 4 % MTC_ROWS_TOGETHER;
        const size_t group = inside / (4 * MTC_ROWS_TOGETHER) / (MTC_GROUP / 4);
        offsets[(block * (COLUMNS / MTC_GROUP) + group) * MTC_ROWS_TOGETHER + row] +=
            128 * weights[i];
    }
    const mtc_matrix matrix = {ROWS, COLUMNS, weights, shifts, down, bias, offsets};
    mtc_kernel_multiply(MTC_KERNEL_PLAIN, &matrix, in, INPUTS, expected);
    for (int kernel = 0; kernel < MTC_KERNELS; kernel++) {
        if (!mtc_kernel_works((mtc_kernel)kernel)) continue;
        mtc_kernel_multiply((mtc_kernel)kernel, &matrix, in, INPUTS, got);
        assert_memory_equal(expected, got, sizeof expected);
    }
}

static void heads_are_a_tree_with_one_root_in_each_piece(void **state) {
    (void)state;
    mtc_network *const network = loaded();
    asked *const self = ask(network, mtc_kernel_best());
    for (uint32_t s = 0; s < self->count; s++) {
        const mtc_sentence_reading sentence = self->reading.sentences[s];
        for (uint32_t begin = 0; begin < sentence.count; begin += MTC_PIECE_WORDS) {
            const uint32_t rest = sentence.count - begin;
            const uint32_t end =
                begin + (rest < MTC_PIECE_WORDS ? rest : MTC_PIECE_WORDS);
            uint32_t roots = 0;
            for (uint32_t i = begin; i < end; i++) {
                uint32_t steps = 0, at = i;
                while (self->reading.words[sentence.first + at].head != MTC_HEAD_ROOT) {
                    at = self->reading.words[sentence.first + at].head;
                    assert_in_range(at, begin, end - 1);
                    assert_true(steps++ < MTC_PIECE_WORDS);
                }
                roots += at == i;
            }
            assert_int_equal(roots, 1);
        }
    }
    end_asking(self);
    mtc_network_free(network);
}

static void a_word_is_told_where_it_stands_again(void **state) {
    (void)state;
    /* minister met minister , [masked] met [masked] minister */
    static const uint64_t KEYS[] = {7, 8, 7, 9, 0, 8, 0, 7};
    enum { COUNT = sizeof KEYS / sizeof *KEYS };
    /* six classes of the distance before × six behind: 1, 2, up to 4, 10, 40 */
    static const uint32_t ROWS[COUNT] = {2, 3, 2 * 6 + 4, 0, 0, 3 * 6, 0, 4 * 6};
    uint32_t rows[COUNT];
    mtc_word_features_repeat(KEYS, COUNT, rows);
    for (size_t i = 0; i < COUNT; i++) assert_int_equal(rows[i], ROWS[i]);
    uint64_t far[MTC_REPEAT_REACH + 2] = {5};
    uint32_t far_rows[MTC_REPEAT_REACH + 2];
    far[MTC_REPEAT_REACH + 1] = 5;
    mtc_word_features_repeat(far, MTC_REPEAT_REACH + 2, far_rows);
    assert_int_equal(far_rows[0], 0);
}

static void whole_numbers_agree_with_the_floats_they_come_from(void **state) {
    (void)state;
    mtc_network *const network = loaded();
    static const char *const WORDS[] = {"The",  "new",   "law",   "will",
                                        "help", "small", "farms", "."};
    static const char *const UPOS[] = {"DET",  "ADJ", "NOUN", "AUX",
                                       "VERB", "ADJ", "NOUN", "PUNCT"};
    static const uint16_t HEADS[] = {2, 2, 4, 4, MTC_HEAD_ROOT, 6, 4, 4};
    enum { COUNT = sizeof WORDS / sizeof *WORDS };
    mtc_str words[COUNT];
    for (size_t i = 0; i < COUNT; i++) words[i] = mtc_str_of(WORDS[i]);
    const uint32_t length = COUNT;
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 16, 64U << 20);
    mtc_budget budget = mtc_budget_unlimited();
    mtc_reading reading;
    assert_int_equal(mtc_network_read(network, MTC_KERNEL_PLAIN, words, &length, 1,
                                      &arena, &budget, &reading),
                     MTC_OK);
    for (size_t i = 0; i < COUNT; i++) {
        assert_string_equal(mtc_upos_name((mtc_upos)reading.words[i].upos), UPOS[i]);
        assert_int_equal(reading.words[i].head, HEADS[i]);
    }
    assert_true(reading.words[3].finite > UINT16_MAX / 2);
    assert_true(reading.words[4].finite < UINT16_MAX / 2);
    mtc_arena_fini(&arena);
    mtc_network_free(network);
}

static uint64_t never(void *context) {
    (void)context;
    return UINT64_MAX;
}

static void it_stops_when_time_or_memory_ends(void **state) {
    (void)state;
    mtc_network *const network = loaded();
    mtc_str words[MANY];
    invent(1, words, MANY);
    const uint32_t length = MANY;
    mtc_reading reading;
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 16, 64U << 20);
    mtc_budget late = {.now_us = never, .deadline_us = 1};
    assert_int_equal(mtc_network_read(network, mtc_kernel_best(), words, &length, 1,
                                      &arena, &late, &reading),
                     MTC_DEADLINE);
    mtc_arena_fini(&arena);
    mtc_arena_init(&arena, 1 << 12, 1 << 14);
    mtc_budget budget = mtc_budget_unlimited();
    assert_int_equal(mtc_network_read(network, mtc_kernel_best(), words, &length, 1,
                                      &arena, &budget, &reading),
                     MTC_NO_MEMORY);
    mtc_arena_fini(&arena);
    mtc_network_free(network);
}

/* --- Damaged files --- */

static const char DAMAGED[] = MTC_TEST_OUT ".damaged";

static mtc_status load_bytes(const char *bytes, size_t size, mtc_network **ret_network) {
    FILE *const file = fopen(DAMAGED, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    mtc_error error = {0};
    return mtc_network_load(DAMAGED, ret_network, &error);
}

static void a_damaged_file_is_refused(void **state) {
    (void)state;
    const mtc_str sound = train_read(MODEL);
    char *const bytes = (char *)(uintptr_t)sound.ptr;
    mtc_network *network;
    train_random random = {8};
    for (int i = 0; i < 12; i++) {
        const size_t at =
            i < 8 ? (size_t)i * 8 : train_random_below(&random, (uint32_t)sound.len);
        bytes[at] = (char)(bytes[at] ^ 0x10);
        assert_int_equal(load_bytes(bytes, sound.len, &network), MTC_INVALID_FILE);
        bytes[at] = (char)(bytes[at] ^ 0x10);
    }
    static const size_t LENGTHS[] = {0, 7, 63, 64, 500, 70000};
    for (size_t i = 0; i < sizeof LENGTHS / sizeof *LENGTHS; i++)
        assert_int_equal(load_bytes(bytes, LENGTHS[i], &network), MTC_INVALID_FILE);
    assert_int_equal(load_bytes(bytes, sound.len - 1, &network), MTC_INVALID_FILE);
    assert_int_equal(load_bytes(bytes, sound.len, &network), MTC_OK);
    mtc_network_free(network);
    free(bytes);
}

/* Someone may damage a file and set its checksum right: whatever loads can be asked. */
static void a_forged_file_does_no_harm(void **state) {
    (void)state;
    const mtc_str sound = train_read(MODEL);
    char *const bytes = (char *)(uintptr_t)sound.ptr;
    train_random random = {21};
    for (int i = 0; i < 40; i++) {
        /* Mostly the table and the first sections, where sizes and numbers stand. */
        const uint32_t bound = i % 4 == 0 ? (uint32_t)sound.len : 2400;
        const size_t at = 64 + train_random_below(&random, bound - 64);
        const char kept = bytes[at];
        bytes[at] = (char)train_random_next(&random);
        crypto_hash_sha256_state hash;
        crypto_hash_sha256_init(&hash);
        crypto_hash_sha256_update(&hash, (const unsigned char *)bytes, 32);
        crypto_hash_sha256_update(&hash, (const unsigned char *)bytes + 64,
                                  sound.len - 64);
        crypto_hash_sha256_final(&hash, (unsigned char *)bytes + 32);
        mtc_network *network;
        if (load_bytes(bytes, sound.len, &network) == MTC_OK) {
            if (i % 4 == 0) end_asking(ask(network, mtc_kernel_best()));
            mtc_network_free(network);
        }
        bytes[at] = kept;
    }
    free(bytes);
}

/* --- Articles --- */

static mtc_annotator *annotator(void) {
    mtc_annotator *made = NULL;
    mtc_error error = {0};
    assert_int_equal(mtc_annotator_new(MODEL, mtc_kernel_best(), &made, &error), MTC_OK);
    return made;
}

static void every_token_of_prose_is_annotated(void **state) {
    (void)state;
    mtc_annotator *const reader = annotator();
    const mtc_document *const doc =
        read_text("Lena Maes didn't see the well-known harbour of Ghent.\n\n"
                  "The mayor's boats need new paint, she said.");
    assert_int_equal(mtc_annotate(reader, &support()->doc), MTC_OK);
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const mtc_annotation *const token = mtc_annotation_of(doc, i);
        assert_true(mtc_is_annotated(token));
        assert_true(token->relation < MTC_RELATION_COUNT);
        assert_true(mtc_xpos_of(doc, i).len > 0);
        if (token->head == MTC_NONE) continue;
        assert_true(token->head != i);
        assert_int_equal(doc->tokens.at[token->head].sentence,
                         doc->tokens.at[i].sentence);
    }
    mtc_annotator_free(reader);
}

static void bylines_and_datelines_are_not_annotated(void **state) {
    (void)state;
    mtc_annotator *const reader = annotator();
    const mtc_document *const doc =
        read_text("By Lena Maes and John Doe\n\nThe boats need new paint, she said.");
    assert_int_equal(doc->lines.at[1].kind, MTC_LINE_BYLINE);
    assert_int_equal(mtc_annotate(reader, &support()->doc), MTC_OK);
    const mtc_line *const byline = &doc->lines.at[1];
    for (uint32_t i = 0; i < byline->token_count; i++) {
        const mtc_annotation *const token =
            mtc_annotation_of(doc, byline->first_token + i);
        assert_false(mtc_is_annotated(token));
        assert_false(mtc_is_root(token));
        assert_int_equal(token->head, MTC_NONE);
    }
    mtc_annotator_free(reader);
}

static void a_document_that_was_not_annotated_can_be_asked(void **state) {
    (void)state;
    const mtc_document *const doc = read_text("The boats need new paint.");
    assert_false(mtc_is_annotated(mtc_annotation_of(doc, 0)));
    assert_int_equal(mtc_xpos_of(doc, 0).len, 0);
    assert_false(mtc_has_feature(doc, 0, MTC_STR("Number=Plur")));
    assert_int_equal(mtc_end_gap_of(doc, 0), 0);
}

static void it_is_not_annotated_where_time_or_memory_ends(void **state) {
    (void)state;
    mtc_annotator *const reader = annotator();
    mtc_document *const doc = &support()->doc;
    (void)read_text("The boats need new paint.");
    support()->budget.expired = true;
    assert_int_equal(mtc_annotate(reader, doc), MTC_DEADLINE);
    assert_null(doc->annotations);
    const mtc_str many = repeated("The boats need new paint. ", 2000);
    (void)read_article_bytes("Title", many);
    support()->arena.limit = support()->arena.used;
    assert_int_equal(mtc_annotate(reader, doc), MTC_NO_MEMORY);
    assert_null(doc->annotations);
    free((char *)(uintptr_t)many.ptr);
    support()->arena.limit = 1u << 30;
    mtc_annotator_free(reader);
}

static void relations_are_known_by_name(void **state) {
    (void)state;
    mtc_relation relation;
    for (int i = 0; i < MTC_RELATION_COUNT; i++) {
        const mtc_str name = mtc_str_of(mtc_relation_name((mtc_relation)i));
        assert_true(mtc_relation_find(name, &relation));
        assert_int_equal(relation, i);
    }
    assert_true(mtc_relation_find(MTC_STR("obl:tmod"), &relation));
    assert_int_equal(relation, MTC_RELATION_OBL);
    assert_false(mtc_relation_find(MTC_STR("subject"), &relation));
    assert_int_equal(relation, MTC_RELATION_DEP);
    assert_int_equal(mtc_relation_universal(MTC_RELATION_NSUBJ_PASS), MTC_RELATION_NSUBJ);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_paths_give_the_same_bytes),
        cmocka_unit_test(the_second_look_sees_the_same_on_all_paths),
        cmocka_unit_test(a_model_without_a_second_look_reads_too),
        cmocka_unit_test(extreme_products_are_exact_on_all_paths),
        cmocka_unit_test(heads_are_a_tree_with_one_root_in_each_piece),
        cmocka_unit_test(a_word_is_told_where_it_stands_again),
        cmocka_unit_test(whole_numbers_agree_with_the_floats_they_come_from),
        cmocka_unit_test(it_stops_when_time_or_memory_ends),
        cmocka_unit_test(a_damaged_file_is_refused),
        cmocka_unit_test(a_forged_file_does_no_harm),
        cmocka_unit_test(every_token_of_prose_is_annotated),
        cmocka_unit_test(bylines_and_datelines_are_not_annotated),
        cmocka_unit_test(a_document_that_was_not_annotated_can_be_asked),
        cmocka_unit_test(it_is_not_annotated_where_time_or_memory_ends),
        cmocka_unit_test(relations_are_known_by_name),
    };
    return cmocka_run_group_tests(tests, make_model, support_end);
}
