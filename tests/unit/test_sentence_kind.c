/* What a sentence was meant to be. */
#include "language/annotation.h"
#include "language/language.h"
#include "support.h"

static mtc_language *language;

static int begin(void **state) {
    mtc_error error;
    mtc_error_clear(&error);
    if (support_begin(state) != 0) return -1;
    if (mtc_language_new(MTC_TEST_DATA_DIR, NULL, support()->lists, &language, &error) ==
        MTC_OK)
        return 0;
    (void)fprintf(stderr, "%s: %s\n", error.file, error.message);
    return -1;
}

static int end(void **state) {
    mtc_language_free(language);
    return support_end(state);
}

/* The document of the text behind a title; its sentences are counted from there. */
static const mtc_document *annotated(const char *text) {
    (void)read_article("A title", text);
    assert_int_equal(mtc_language_annotate(language, NULL, NULL, &support()->doc),
                     MTC_OK);
    return &support()->doc;
}

static mtc_sentence_note note_of(const mtc_document *doc, uint32_t sentence) {
    const uint32_t of_title = doc->lines.at[0].sentence_count;
    assert_in_range(of_title + sentence, 0, doc->sentences.count - 1);
    return mtc_sentence_note_of(doc, of_title + sentence);
}

static const char *kind_of(const char *text) {
    return mtc_sentence_kind_name((mtc_sentence_kind)note_of(annotated(text), 0).kind);
}

static void the_line_tells_the_kind(void **state) {
    (void)state;
    assert_string_equal(kind_of("The ferry sank off the coast on Monday."), "prose");
    assert_string_equal(kind_of("“The ferry sank,” she said."), "prose");
    assert_string_equal(kind_of("Photo: the ferry off the coast of Norway"), "caption");
    assert_string_equal(kind_of("By Jane Roe"), "caption");
    assert_string_equal(kind_of("OSLO, 3 March 2021"), "caption");
    assert_string_equal(kind_of("- three ferries and a tug\n- two boats\nThey sank."),
                        "list-item");
    assert_string_equal(kind_of("What We Know\nThe ferry sank off the coast."),
                        "headline");
    const mtc_document *const doc = annotated("The ferry sank.");
    assert_int_equal(doc->notes[0].kind, MTC_SENTENCE_HEADLINE);
}

static void another_language_is_told_from_english(void **state) {
    (void)state;
    static const char *const FOREIGN[] = {
        "Der Bürgermeister sagte, dass die Brücke bald wieder offen ist.",
        "Le maire a dit que le pont serait bientôt ouvert.",
        "El alcalde dijo que el puente se abrirá pronto.",
        "Burmistrz powiedział, że most będzie wkrótce otwarty.",
        "Borgmesteren sagde, at broen snart er åben igen.",
        "Belediye başkanı köprünün yakında açılacağını söyledi.",
        "Мэр сказал, что мост скоро откроют.",
        "Η γέφυρα θα ανοίξει σύντομα.",
    };
    static const char *const ENGLISH[] = {
        "The mayor said that the bridge would be open soon.",
        "Angela Merkel met Emmanuel Macron and Pedro Sánchez in Berlin.",
        "Die-hard fans of Le Monde and Der Spiegel read El País, too.",
        "The word Москва means Moscow, and Αθήνα means Athens.",
        "They sang “La Vie en rose” and “Che sarà” in São Paulo.",
        "Café owners ate pâté, jalapeños and a smörgåsbord.",
        "In 2021, 3.5 per cent.",
        "Zzorv Qvorxel!",
    };
    for (size_t i = 0; i < sizeof FOREIGN / sizeof *FOREIGN; i++) {
        const mtc_sentence_note note = note_of(annotated(FOREIGN[i]), 0);
        if (note.kind != MTC_SENTENCE_FOREIGN || note.foreign < MTC_SHARE(0.5))
            fail_msg("not foreign (%u): %s", note.foreign, FOREIGN[i]);
    }
    for (size_t i = 0; i < sizeof ENGLISH / sizeof *ENGLISH; i++) {
        const mtc_sentence_note note = note_of(annotated(ENGLISH[i]), 0);
        if (note.kind == MTC_SENTENCE_FOREIGN || note.foreign > MTC_SHARE(0.1))
            fail_msg("foreign (%u): %s", note.foreign, ENGLISH[i]);
    }
}

static void each_sentence_has_a_kind_of_its_own(void **state) {
    (void)state;
    const mtc_document *const doc =
        annotated("The bridge was shut. Der Bürgermeister sagte, dass sie bald wieder "
                  "offen ist. It was old.");
    assert_int_equal(note_of(doc, 0).kind, MTC_SENTENCE_PROSE);
    assert_int_equal(note_of(doc, 1).kind, MTC_SENTENCE_FOREIGN);
    assert_int_equal(note_of(doc, 2).kind, MTC_SENTENCE_PROSE);
}

static void what_is_hardly_made_of_words_is_debris(void **state) {
    (void)state;
    const mtc_document *const doc =
        annotated("The bridge was shut. <br/> {{name}} <b> %s ok. (*) It was old.");
    bool debris = false;
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        debris |= mtc_sentence_note_of(doc, i).kind == MTC_SENTENCE_DEBRIS;
    assert_true(debris);
}

static void a_document_that_was_not_annotated_says_nothing(void **state) {
    (void)state;
    const mtc_document *const doc = read_text("Le maire a dit que le pont est ouvert.");
    const mtc_sentence_note note = mtc_sentence_note_of(doc, 0);
    assert_int_equal(note.kind, MTC_SENTENCE_PROSE);
    assert_int_equal(note.foreign, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_tells_the_kind),
        cmocka_unit_test(another_language_is_told_from_english),
        cmocka_unit_test(each_sentence_has_a_kind_of_its_own),
        cmocka_unit_test(what_is_hardly_made_of_words_is_debris),
        cmocka_unit_test(a_document_that_was_not_annotated_says_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
