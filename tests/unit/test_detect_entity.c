#include "marked.h"

#include "detect/calendar.h"

static void same(const char *marked) {
    expect("garbled.same-entity", marked);
}
static void split(const char *marked) {
    expect("garbled.split-name", marked);
}
static void tautology(const char *marked) {
    expect("garbled.tautology", marked);
}

static void nobody_meets_himself(void **state) {
    (void)state;
    same("[President Ida Holm met with President Ida Holm] on Friday.");
    same("[Marta Lindqvist has sharply criticised Lindqvist] for the delay.");
    same("[Gregor Vance signed a new treaty with Vance] last week.");
    same("[Gregor Vance wrote to Vance] about it.");
    same("In Oslo, [Foreign Minister Gregor Vance spoke to Vance] by phone.");
    same("The [Harbour Authority was sued by the Harbour Authority] last year.");
}

static void a_noun_may_be_doer_and_object_as_little(void **state) {
    (void)state;
    same("[The ministry praised the ministry].");
    same("[The driver has agreed with the driver] on Tuesday.");
    same("The ministry praised the ministry of the interior.");
    same("The ministry said the ministry was closed.");
    same("The man met the man who had called.");
    same("The team beat the team from Oslo.");
}

static void two_of_one_name_may_meet(void **state) {
    (void)state;
    same("Holm beat Holm in the final.");
    same("Anna Holm thanked Clara Holm.");
    same("Anna Holm arrived with her father Peter Holm. Anna Holm thanked Holm.");
    same("Paul Vance married Vance in 1991.");
    same("West Virginia thanked Virginia.");
}

static void a_clause_or_a_longer_object_is_sound(void **state) {
    (void)state;
    same("Russia moved more troops to the Russia–Norway border.");
    same("Gregor Vance wrote Vance a letter.");
    same("Marta Lindqvist hoped Lindqvist would win.");
    same("Silver Lake Energy praised Silver Lake Energy engineers.");
    same("Marta Lindqvist thanked Lindqvist's family.");
    same("The friends of Marta Lindqvist thanked Lindqvist.");
    same("Those who elected Marta Lindqvist thanked Lindqvist.");
    same("A portrait of cattle merchant Peter Holm shows Holm as a young man.");
    same("The Harbour Plan was written by the Harbour Plan, Land and Sea Office.");
    same("When Marta Lindqvist called, Lindqvist was away.");
}

static void a_title_inside_a_name_is_an_intruder(void **state) {
    (void)state;
    split("The speech was given by [Robert Mr Collins] on Sunday.");
    split("In London Mr Collins met the press.");
    split("On Monday Mr Collins met the press.");
    split("The guest was [Edward NATO Collins]. Edward Collins spoke first.");
    split("The guest was [Edward young Collins]. Edward Collins spoke first.");
    split("The guest was Edward J. Collins. Edward Collins spoke first.");
    split("They pay for [Danish Mr Lindqvist] and his friends.");
    split("She spoke to the then-President [Peter Mr Collins] at noon.");
    split("The Market Hall, [Collins former Arena] and others take part.");
    split("They invited British former Minister Collins.");
    split("Prime Minister Mr Collins met the press.");
}

static void names_of_every_article_are_known(void **state) {
    (void)state;
    split("They were received at the [White Mr House] on Sunday.");
    split("The [European former Union] has a seat there.");
    split("The White House has a lawn.");
    split("The Ninth U.S. Circuit Court heard the case.");
}

static void the_article_itself_is_evidence(void **state) {
    (void)state;
    split("The Harvest Ministry was closed. Staff of the [Harvest FC Ministry] left.");
    split("The Harvest FC Ministry was closed. Staff of the Harvest FC Ministry left.");
    split("It honours Sanna Lindqvist. They met Sanna Lindqvist. "
          "A speech by [Lindqvist Sanna] followed.");
}

static void one_word_cannot_fill_a_clause(void **state) {
    (void)state;
    tautology("[The engine used the engine as an engine.]");
    tautology("[The engine is an engine that has an engine.]");
    tautology("A contract is a contract is a contract, she said.");
    tautology("Location, location, location was all that counted.");
    tautology("“They talked of [plans planned],” she said.");
    tautology("“The engine used the engine as an engine,” she said.");
    tautology("It is a school, a school that is no ordinary school.");
    tautology("A very short, a very clear and a very good answer is what we need.");
    tautology("Our success is your success and your success is our success.");
    tautology("[The driver told the driver of the driver.]");
    tautology("The report says that the town council asked a lawyer to read the report "
              "before the mayor could sign the report.");
}

static void no_noun_does_it_to_itself(void **state) {
    (void)state;
    same("Last winter [the ferry line was sold by the ferry line].");
    same("On Monday [the old school had warned the old school] in the north.");
    same("[White horses, in contrast, carried white horses] over the hill.");
    same("In the war [Lindqvist showed no mercy to Lindqvist], she said.");
    same("In the flood neighbours helped neighbours to save the mill.");
    same("In the north violence breeds violence, the mayor says.");
    same("The vote passed, with forty members backing the vote.");
    same("Norway summoned the Swedish envoy to Norway on Friday.");
    same("The old school warned the old school of the north.");
    same("Atlas 2 outlived Atlas 1 by a year.");
}

static void a_phrase_fills_one_place_of_a_clause(void **state) {
    (void)state;
    tautology("He painted [the door of the chapel and the door of the chapel].");
    same("[The new law on fishing was changed by the new law on fishing].");
    tautology("They sold [the roof of the house of the roof of the house].");
    tautology("The new law on fishing is older than the new law on fishing in lakes.");
    tautology("“The new law on fishing was changed by the new law on fishing,” he said.");
    tautology("The price of bread rose, while the price of bread in towns fell.");
    tautology("The head of the school and the head of the school board came.");
}

static void the_calendar_is_gregorian(void **state) {
    (void)state;
    assert_int_equal(mtc_calendar_days(2, 1900), 28);
    assert_int_equal(mtc_calendar_days(2, 2000), 29);
    assert_int_equal(mtc_calendar_days(2, 0), 29);
    assert_int_equal(mtc_calendar_days(6, 2020), 30);
    assert_int_equal(mtc_calendar_weekday(2000, 1, 1), 6);
    assert_int_equal(mtc_calendar_weekday(1900, 1, 1), 1);
    assert_int_equal(mtc_calendar_weekday(2024, 2, 29), 4);
}

static void date(const char *marked) {
    expect("consistency.date", marked);
}

static void no_month_has_such_a_day(void **state) {
    (void)state;
    date("The fair opens on [31 April].");
    date("The fair opens on [April 31st, 2020].");
    date("The fair opens on the [33rd of May].");
    date("She was born on [29 February 1900].");
    date("Send it before [31/06/2020], please.");
    date("It opened on [Monday, March 3, 2021].");
}

static void a_number_beside_a_month_is_not_always_a_day(void **state) {
    (void)state;
    date("In May 35 people were hurt.");
    date("The protests of May 68 changed much.");
    date("In August 35,000 came.");
    date("She was born on 29 February 2000, a Tuesday.");
    date("Send it before 12/31/2020 or 31/12/2020.");
}

static void list(const char *marked) {
    expect("consistency.number-list", marked);
}

static void a_list_has_as_many_items_as_announced(void **state) {
    (void)state;
    list("[Two halls burned: the market hall, the music hall and the sports hall].");
    list("Offices in [five cities, namely Oslo, Bergen and Turku], were closed.");
    list("[Eight of the ships, the Aurora, the Baltic and the Corona], sailed on.");
    list("The [two halls are the market hall, the music hall and the sports hall].");
    list("It opens in [two towns (Oslo, Bergen and Turku)] soon.");
    list("Three halls burned: the market hall, the music hall and the sports hall.");
}

static void a_list_that_can_be_counted_otherwise_is_left_alone(void **state) {
    (void)state;
    list("He owns two dogs, a cat, a horse and a pony.");
    list("Two cities, Lyon, France, and Turin, Italy, took part.");
    list("The five cities are large, loud and dear.");
    list("Two cities (Oslo; Bergen, in the west; and Turku) agreed.");
    list("About five cities, Oslo, Bergen and Turku, stay closed.");
    list("Five cities, including Oslo, Bergen and Turku, stay closed.");
    list("Three countries, Bosnia and Herzegovina, Serbia and Croatia, agreed.");
}

static void long_repetitive_text_is_read_in_time(void **state) {
    (void)state;
    static const char *const BRICKS[] = {
        "Holm met ", "two of the ", "A, ", "and the well ",
        "Joe US ",   "31 June ",    "1/",  "a well of "};
    enum { SIZE = 200000 };
    char *const text = malloc(SIZE);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof BRICKS / sizeof *BRICKS; i++) {
        size_t length = 0;
        const size_t brick = strlen(BRICKS[i]);
        for (; length + brick < SIZE; length += brick)
            memcpy(text + length, BRICKS[i], brick);
        size_t count;
        (void)marked_check("*", (mtc_str){text, length}, &count);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_meets_himself),
        cmocka_unit_test(a_noun_may_be_doer_and_object_as_little),
        cmocka_unit_test(two_of_one_name_may_meet),
        cmocka_unit_test(a_clause_or_a_longer_object_is_sound),
        cmocka_unit_test(a_title_inside_a_name_is_an_intruder),
        cmocka_unit_test(names_of_every_article_are_known),
        cmocka_unit_test(the_article_itself_is_evidence),
        cmocka_unit_test(one_word_cannot_fill_a_clause),
        cmocka_unit_test(no_noun_does_it_to_itself),
        cmocka_unit_test(a_phrase_fills_one_place_of_a_clause),
        cmocka_unit_test(the_calendar_is_gregorian),
        cmocka_unit_test(no_month_has_such_a_day),
        cmocka_unit_test(a_number_beside_a_month_is_not_always_a_day),
        cmocka_unit_test(a_list_has_as_many_items_as_announced),
        cmocka_unit_test(a_list_that_can_be_counted_otherwise_is_left_alone),
        cmocka_unit_test(long_repetitive_text_is_read_in_time),
    };
    return cmocka_run_group_tests(tests, marked_load, marked_unload);
}
