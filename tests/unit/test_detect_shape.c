/* Detectors of sentence shape: repetition, boundaries, fragments, agreement, order. */
#include "marked.h"

#define PROMISE(name) static void name(void **state)
#define FOR(rule)                                                                        \
    (void)state;                                                                         \
    static const char *const it = (rule)

PROMISE(a_word_twice_in_a_row_is_reported) {
    FOR("repetition.word");
    expect(it, "The keeper fed [the the] seals.");
    expect(it, "A [narrow narrow] bridge leads there.");
    expect(it, "It took [two two] hours.");
    expect(it, "[The the] door was shut.");
}

PROMISE(sound_doublings_are_believed) {
    FOR("repetition.word");
    expect(it, "She had had enough, and they knew that that was true.");
    expect(it, "He gave her her coat.");
    expect(it, "They flew to Walla Walla and saw Duran Duran.");
    expect(it, "“It was a long long way,” he said.");
    expect(it, "The score was 3 3 at the break.");
    expect(it, "He spoke to the US us boys had never seen.");
    expect(it, "The first half ended. Ended too was the hope.");
    expect(it, "He cried no no no no.");
}

PROMISE(a_phrase_twice_in_a_row_is_reported_whole) {
    FOR("repetition.phrase");
    expect(it, "The boats [were tied up were tied up] at night.");
    expect(it, "They [asked whether the, asked whether the] mill could stay.");
    expect(it, "She [waits for and waits for] the boat.");
    expect(it, "They will [be able to be able to] swim.");
}

PROMISE(a_longer_stretch_twice_weighs_more) {
    FOR("repetition.passage");
    expect(it, "The boats [were tied to the quay were tied to the quay] at night.");
    expect(it, "They met [in the old town hall, in the old town hall] of Ghent.");
    expect(it, "They saw the gate of the town, the gate of the town was shut.");
    expect(it, "“We will not go back, we will not go back,” they sang.");
    expect(it, "She waits for and waits for the boat.");
}

PROMISE(chains_names_and_speech_may_repeat) {
    FOR("repetition.phrase");
    expect(it, "It grew more and more and more.");
    expect(it, "Bit by bit by bit it fell.");
    expect(it, "They went round and round and round.");
    expect(it, "They sang New York, New York all night.");
    expect(it, "“Come on, come on,” she said.");
    expect(it, "“We will win, we will win,” they sang.");
    expect(it, "Whatever it is it is not ours.");
}

PROMISE(three_times_is_a_loop_and_one_issue) {
    FOR("repetition.loop");
    expect(it, "The wall was [made of stone made of stone made of stone] and clay.");
    expect(it, "They [want to, want to, want to] leave.");
    expect(it, "Fans sang “one more song, one more song, one more song!” at the end.");
}

PROMISE(a_word_that_is_stuck_is_a_loop) {
    FOR("repetition.loop");
    expect(it, "The house has a [window window window window] to the south.");
    expect(it, "They called it [Sunda Sunda Sunda Sunda Sunda] for short.");
    expect(it, "He ate [bread, bread, bread, bread, bread, bread] all day.");
    expect(it, "It was [very wet, and very wet, and very wet, and very wet].");
    expect(it, "They met at Sunda Sunda Sunda.");
    expect(it, "He cried no, no, no, no, no, no, no.");
    expect(it, "It was very very very very late.");
    expect(it, "Bread, bread, bread was all they had.");
}

PROMISE(a_long_sentence_said_twice_is_reported_once) {
    FOR("repetition.sentence");
    expect(it,
           "The ferry to the north island sails only once a day. It is old. [The ferry "
           "to the north island sails only once a day.]");
    expect(it, "It was over. It was over.");
}

PROMISE(a_missing_stop_before_a_pronoun_is_reported) {
    FOR("boundary.glued");
    expect(it, "The king left the [island He] was tired of the rain.");
    expect(it,
           "The new road was opened in [spring They're] still at work on the bridge.");
    expect(it, "The king loved the sea. He was tired.");
    expect(it, "They believed He would return.");
}

PROMISE(a_missing_stop_before_a_link_or_determiner_is_reported) {
    FOR("boundary.glued");
    expect(it, "The team won the [cup However], the coach was not happy with it.");
    expect(it, "The crew lost the [way Because] it snowed, nobody came to help.");
    expect(it, "The firm closed its oldest [mine The] last worker left in May.");
    expect(it, "The judge read The Economist and he met The Edge of U2.");
    expect(it, "They work for the newspaper The Herald and it pays them well.");
    expect(it, "The ship was called Made In Norway and it sank.");
}

PROMISE(two_sentences_joined_without_a_space_are_reported) {
    FOR("boundary.glued");
    expect(it, "The guests went [home.Then] it began to snow.");
    expect(it, "He writes in Node.js and visits Booking.com daily.");
}

PROMISE(a_stop_before_a_small_letter_is_reported) {
    FOR("boundary.broken");
    expect(it, "The king sailed to [Denmark. and] the queen stayed.");
    expect(it, "He called the plan “[mad”. but] it worked.");
    expect(it, "The house was sold by Smith Bros. and its partners.");
    expect(it, "They met at 6 p.m. and left.");
    expect(it, "It grew ... and grew.");
    expect(it, "The shop sells shoes. adidas makes them.");
    expect(it, "They use tools. youtube-dl is one of them.");
}

PROMISE(a_paragraph_owes_a_stop) {
    FOR("boundary.no-final-stop");
    expect(it, "The mayor thanked the crews. They had worked all [night]");
    expect(it, "The mayor thanked the crews. They had worked all night.");
    expect(it, "The mayor thanked the crews. They named three things:");
    expect(it, "How it works");
}

PROMISE(a_house_without_stops_is_left_alone) {
    FOR("boundary.no-final-stop");
    expect(it,
           "The mayor thanked the crews who had worked on the road all night long\n\n"
           "The police closed the bridge because the river had risen by a metre\n\n"
           "The school was opened again after the storm had left the valley in ruins\n\n"
           "The farmers asked the state for help because the harvest had been lost");
}

PROMISE(a_clause_alone_is_a_fragment) {
    FOR("fragment.subordinate-only");
    expect(it, "The vote was lost. [Which surprised the whole of the old party.]");
    expect(it, "The vote was lost. [Because the members from the north stayed at home.]");
    expect(it, "The vote was lost. [With three members still on their way home.]");
    expect(it, "The vote was lost. [Before the last of the members had come.]");
}

PROMISE(a_main_clause_makes_it_whole) {
    FOR("fragment.subordinate-only");
    expect(it, "Because the members stayed at home, the vote was lost.");
    expect(it, "After the vote she left the hall.");
    expect(it, "When the bell rang the children ran home.");
    expect(it, "If you see smoke, call the fire brigade.");
    expect(it, "Why was it lost? Because the members from the north stayed at home.");
    expect(it, "Which of the members stayed at home?");
    expect(it, "“Because the members from the north stayed at home.”");
    expect(it, "Although tired, the members went on.");
}

PROMISE(a_paragraph_does_not_begin_in_the_middle) {
    FOR("fragment.lowercase-start");
    expect(it,
           "The mayor spoke first on Monday.\n\n[and thanked the crews for their work.]");
    expect(it, "The mayor spoke first on Monday.\n\niPhone owners were asked to leave.");
    expect(it, "The mayor named three reasons,\n\nand thanked the crews for their work.");
}

PROMISE(a_plural_wants_a_plural_verb) {
    FOR("agreement.subject-verb");
    expect(it, "The [bridges was] closed.");
    expect(it, "At least nine [sailors is] missing.");
    expect(it, "He said that the [farmers has] left.");
    expect(it, "The boat sank while [they was] asleep.");
    expect(it, "The number of bridges was small.");
    expect(it, "One of the farmers has left.");
    expect(it, "Driving lorries was his work.");
    expect(it, "Ten years is long.");
    expect(it, "The news is bad and politics is hard.");
}

PROMISE(determiner_and_noun_agree) {
    FOR("agreement.determiner");
    expect(it, "They came from [these village] in spring.");
    expect(it, "He saw [a problems] at once.");
    expect(it, "These village elders came.");
    expect(it, "He drove a sports car for a few weeks.");
}

PROMISE(the_article_follows_the_sound) {
    FOR("agreement.article");
    expect(it, "He saw [a owl] and [an dog].");
    expect(it, "It is [a MP] who waits [a hour] for [an one] like that.");
    expect(it, "She was [an 17-year-old] then, and [a 18-year-old] now.");
    expect(it, "An MP, a UN envoy, a NATO man and an FBI man met at an hour.");
    expect(it, "An historic day at a university, a one-off, a European matter.");
    expect(it, "A H/T to all, a A$60 note, vitamin A and an 1800s house.");
}

PROMISE(words_in_no_order_are_one_stretch) {
    FOR("garbled.word-salad");
    expect(it, "The crew [of in and the was to the from of sailed] home.");
    expect(it, "The crew of the ship that was lost in the storm sailed home.");
}

PROMISE(a_verb_that_is_missing_is_seen_by_its_neighbours) {
    FOR("garbled.missing-verb");
    expect(it, "It was a verdict [that not] accepted by the town.");
    expect(it, "[There no] hope for the old mill.");
    expect(it, "The baker [who making] bread for the town is ill.");
    expect(it, "She knew the town since [she a] child.");
    expect(it, "It is a law that not only helps the town.");
}

PROMISE(a_noun_that_is_missing_is_seen_by_its_neighbours) {
    FOR("garbled.missing-word");
    expect(it, "They saw [the of] the town.");
    expect(it, "They walked to [the.]");
    expect(it, "A film of and for the town.");
    expect(it, "Vitamin A is good.");
}

/* Whatever the text, an answer comes, and soon. */
PROMISE(long_and_odd_texts_are_survived) {
    (void)state;
    enum { SIZE = 200000 };
    static const char *const PIECES[] = {
        "a ",           "the the ", "of and, ",     "Because ",
        ". and ",       "he he ",   "\n\n",         "“",
        "x.Then ",      "1 1 ",     "an ",          "which ",
        "Was It also ", "… ",       "\xE2\x80\x99", "was on was in in "};
    char *const text = malloc(SIZE);
    assert_non_null(text);
    for (size_t p = 0; p < sizeof PIECES / sizeof *PIECES; p++) {
        const size_t size = strlen(PIECES[p]);
        size_t length = 0;
        for (; length + size <= SIZE; length += size) {
            memcpy(text + length, PIECES[p], size);
        }
        size_t count;
        (void)marked_check("*", (mtc_str){text, length}, &count);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_twice_in_a_row_is_reported),
        cmocka_unit_test(sound_doublings_are_believed),
        cmocka_unit_test(a_phrase_twice_in_a_row_is_reported_whole),
        cmocka_unit_test(a_longer_stretch_twice_weighs_more),
        cmocka_unit_test(chains_names_and_speech_may_repeat),
        cmocka_unit_test(three_times_is_a_loop_and_one_issue),
        cmocka_unit_test(a_word_that_is_stuck_is_a_loop),
        cmocka_unit_test(a_long_sentence_said_twice_is_reported_once),
        cmocka_unit_test(a_missing_stop_before_a_pronoun_is_reported),
        cmocka_unit_test(a_missing_stop_before_a_link_or_determiner_is_reported),
        cmocka_unit_test(two_sentences_joined_without_a_space_are_reported),
        cmocka_unit_test(a_stop_before_a_small_letter_is_reported),
        cmocka_unit_test(a_paragraph_owes_a_stop),
        cmocka_unit_test(a_house_without_stops_is_left_alone),
        cmocka_unit_test(a_clause_alone_is_a_fragment),
        cmocka_unit_test(a_main_clause_makes_it_whole),
        cmocka_unit_test(a_paragraph_does_not_begin_in_the_middle),
        cmocka_unit_test(a_plural_wants_a_plural_verb),
        cmocka_unit_test(determiner_and_noun_agree),
        cmocka_unit_test(the_article_follows_the_sound),
        cmocka_unit_test(words_in_no_order_are_one_stretch),
        cmocka_unit_test(a_verb_that_is_missing_is_seen_by_its_neighbours),
        cmocka_unit_test(a_noun_that_is_missing_is_seen_by_its_neighbours),
        cmocka_unit_test(long_and_odd_texts_are_survived),
    };
    return cmocka_run_group_tests(tests, marked_load, marked_unload);
}
