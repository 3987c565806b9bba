#include "marked.h"

static void polarity(const char *marked) {
    expect("consistency.polarity", marked);
}

static void a_statement_and_its_denial_cannot_both_stand(void **state) {
    (void)state;
    polarity("The council sold the mill. [The council did not sell the mill.]");
    polarity("Lena Vold is not the owner of the mill. [Vold is the owner of the mill.]");
    polarity("The council will sell the mill. [The council won't sell the mill.]");
    polarity("The council sold the mill. The council sold the mill.");
    polarity("The council did not sell the mill. The council did not sell the mill.");
}

static void what_differs_in_a_word_is_another_statement(void **state) {
    (void)state;
    polarity("The council sold the mill. The council did not sell the old mill.");
    polarity("The council sold the mill. The owner did not sell the mill.");
    polarity(
        "The council voted for the mill. The council did not vote against the mill.");
    polarity("The council sells the mill. The council did not sell the mill.");
}

static void change_doubt_and_speech_are_sound(void **state) {
    (void)state;
    polarity("The council sold the mill. Before, the council had not sold the mill.");
    polarity("The council may sell the mill. The council may not sell the mill.");
    polarity("“The council sold the mill.” The council did not sell the mill.");
    polarity("Did the council sell the mill? The council did not sell the mill.");
    polarity("It sold the mill. It did not sell the mill.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_and_its_denial_cannot_both_stand),
        cmocka_unit_test(what_differs_in_a_word_is_another_statement),
        cmocka_unit_test(change_doubt_and_speech_are_sound),
    };
    return cmocka_run_group_tests(tests, marked_load, marked_unload);
}
