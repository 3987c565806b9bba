#include "marked.h"

static void label(const char *marked) {
    expect("residue.translation", marked);
}

static void cut(const char *marked) {
    expect("fragment.cut-off", marked);
}

static void labels_of_translations_are_no_text(void **state) {
    (void)state;
    label("[Translation:] The mill was sold.");
    label("The mill was sold.\n\n[(Translated from Estonian)]");
    label("The mill was sold.\n\n[Machine translation]");
    label("[Here is the translated article:]\n\nThe mill was sold.");
}

static void who_translates_may_sign_and_be_written_about(void **state) {
    (void)state;
    label("The mill was sold.\n\nTranslated by Anna Lind");
    label("Translation is hard work.");
    label("Translated from Estonian, the poem lost its rhyme.");
    label("The machine translation: nobody had read it.");
    label("translation: the sign has no capital.");
}

static void the_end_of_an_article_is_the_end_of_a_sentence(void **state) {
    (void)state;
    cut("The mill was sold to the owner of [the]");
    cut("The mill was sold to the [owner,]");
    cut("The mill was sold.\n\nIt had been built for a man [who]\n\nReporting by Anna "
        "Lind");
    cut("The mill was sold to the owner of the inn.");
    cut("Nobody knows whom the mill was sold to");
    cut("The mill was sold to the\n\nowner of the inn.");
    cut("The house of");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_of_translations_are_no_text),
        cmocka_unit_test(who_translates_may_sign_and_be_written_about),
        cmocka_unit_test(the_end_of_an_article_is_the_end_of_a_sentence),
    };
    return cmocka_run_group_tests(tests, marked_load, marked_unload);
}
