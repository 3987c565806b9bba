#include "marked.h"

static void gender(const char *marked) {
    expect("consistency.gender", marked);
}

static void a_title_tells_the_sex_of_its_bearer(void **state) {
    (void)state;
    gender("[Ms Brandvold said that he] would sail in May.");
    gender("[Mr Brandvold hurt herself] on the stairs.");
    gender("Mrs Brandvold opened the mill. [He] added that the wheel was new.");
    gender("Ms Brandvold said that she would sail in May.");
    gender("The MS Brandvold lost his anchor.");
}

static void a_forename_does_where_the_pronoun_is_alone(void **state) {
    (void)state;
    gender("Linda Brandvold leads the board. She is a lawyer and sold her house. "
           "On Monday [Brandvold said he] would sail.");
    gender("Robin Brandvold leads the board. She is a lawyer and sold her house. "
           "On Monday Robin Brandvold said she would sail.");
    gender("Linda Brandvold leads the board. On Monday Brandvold said he would sail.");
}

static void anybody_else_near_may_be_meant(void **state) {
    (void)state;
    gender("Ms Brandvold met Mr Lund and said that he was right.");
    gender("Ms Brandvold met Tarmo and said that he was right.");
    gender("Ms Brandvold met a sailor and said that he was right.");
    gender("Ms Brandvold fed the dog. He had been hungry.");
    gender("Mr Brandvold bought a yacht. She sank in May.");
    gender("The sailor came late. Ms Brandvold said that he was ill.");
    gender("When he came, Ms Brandvold spoke to Jan Lund.");
    gender("“He is right,” Ms Brandvold said.");
}

static void relatives_share_a_surname(void **state) {
    (void)state;
    gender("Mr and Mrs Brandvold sold the mill.");
    gender("Linda Brandvold and her husband sold the mill. Brandvold said he was tired.");
    gender("Linda Brandvold sold the mill. Mr Brandvold, her brother, was away. "
           "Mrs Brandvold spoke.");
    gender("Mr Paul Brandvold and Mrs Brandvold sold the mill.");
}

static void titles_of_one_bearer_agree(void **state) {
    (void)state;
    gender("Linda Brandvold sold the mill. Ms Brandvold said it was old. "
           "On Monday [Mr Brandvold] left the town.");
    gender("Ms Brandvold sold the mill. Mr Brandvold left the town.");
    gender("Linda Brandvold and Paul Brandvold sold the mill. Ms Brandvold spoke. "
           "Mr Brandvold left the town.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_tells_the_sex_of_its_bearer),
        cmocka_unit_test(a_forename_does_where_the_pronoun_is_alone),
        cmocka_unit_test(anybody_else_near_may_be_meant),
        cmocka_unit_test(relatives_share_a_surname),
        cmocka_unit_test(titles_of_one_bearer_agree),
    };
    return cmocka_run_group_tests(tests, marked_load, marked_unload);
}
