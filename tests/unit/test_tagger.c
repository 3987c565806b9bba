/* The tagger: shares where words stand, and refusal of spoilt models. */
#include "support.h"

#include <sys/stat.h>
#include <unistd.h>

#include "language/tagger.h"

static const mtc_document *tagged(const char *text, const mtc_tag_shares **ret_shares) {
    support_state *const s = support();
    const mtc_document *const doc = read_text(text);
    mtc_tagger *tagger;
    mtc_error error = {0};
    assert_int_equal(
        mtc_tagger_new(MTC_TEST_DATA_DIR, s->lists, &s->lasting, &tagger, &error),
        MTC_OK);
    assert_int_equal(mtc_tagger_run(tagger, doc, ret_shares), MTC_OK);
    return doc;
}

static size_t token_named(const mtc_document *doc, const char *text) {
    for (size_t i = 0; i < doc->tokens.count; i++) {
        const mtc_str bytes = mtc_token_bytes(doc, &doc->tokens.at[i]);
        if (mtc_str_equal(bytes, mtc_str_of(text))) return i;
    }
    fail_msg("no token %s", text);
    return 0;
}

static void shares_of_a_word_make_a_whole(void **state) {
    (void)state;
    const mtc_tag_shares *shares;
    const mtc_document *const doc =
        tagged("They were told that it has been sold.", &shares);
    for (size_t i = 0; i + 1 < doc->tokens.count; i++) {
        if (doc->tokens.at[i].kind != MTC_TOKEN_WORD) continue;
        unsigned sum = 0;
        for (unsigned t = 0; t < MTC_TAG_CLASSES; t++) sum += shares[i].share[t];
        assert_in_range(sum, 95, 105);
    }
    assert_in_range(shares[token_named(doc, "were")].share[MTC_TAG_FINITE], 60, 100);
    assert_in_range(shares[token_named(doc, "has")].share[MTC_TAG_FINITE], 60, 100);
}

static void a_mark_has_no_shares(void **state) {
    (void)state;
    const mtc_tag_shares *shares;
    const mtc_document *const doc = tagged("It was.", &shares);
    const mtc_tag_shares none = {{0}};
    assert_memory_equal(&shares[doc->tokens.count - 1], &none, sizeof none);
}

static void a_spoilt_model_is_refused_with_its_line(void **state) {
    (void)state;
    static const char *const SPOILT[] = {
        "# head\nT\tnoun\tnoun\n", "# head\nX\tnoun\n",        "# head\nW\tthe\tnoun\n",
        "# head\nE\tl\ts\t1 2\n",  "# head\nT\ta\tb\tc\t-1\n", "# head\nW\t\tnoun:1\n"};
    char folder[] = "/tmp/mtcheck-tagger-XXXXXX", path[128];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/models", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/models/tags.tsv", folder);
    for (size_t i = 0; i < sizeof SPOILT / sizeof *SPOILT; i++) {
        FILE *const file = fopen(path, "w");
        assert_non_null(file);
        (void)fputs(SPOILT[i], file);
        (void)fclose(file);
        mtc_tagger *tagger;
        mtc_error error = {0};
        assert_int_equal(mtc_tagger_new(folder, support()->lists, &support()->lasting,
                                        &tagger, &error),
                         MTC_INVALID_FILE);
        assert_int_equal(error.line, 2);
    }
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/models", folder);
    (void)rmdir(path);
    (void)rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_of_a_word_make_a_whole),
        cmocka_unit_test(a_mark_has_no_shares),
        cmocka_unit_test(a_spoilt_model_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, support_begin, support_end);
}
