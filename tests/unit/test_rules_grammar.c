/* Conditions on grammar, over an analysis written down by hand. */
#include "language/annotation.h"
#include "language/inflection.h"
#include "language/name_chain.h"
#include "language/tagset.h"
#include "rules/pattern.h"
#include "rules_folder.h"

/* --- An analysis --- */

typedef struct {
    const char *form, *upos, *xpos, *features, *relation;
    int head; /* −1: the root */
    double finite, gap;
} analysed;

static const analysed BRIDGE[] = {
    {"The", "DET", "DT", "Definite=Def|PronType=Art", "det", 2, 0, 0},
    {"old", "ADJ", "JJ", "Degree=Pos", "amod", 2, 0, 0},
    {"mayor", "NOUN", "NN", "Number=Sing", "nsubj:pass", 4, 0, 0},
    {"was", "AUX", "VBD", "Mood=Ind|Number=Sing|Person=3|VerbForm=Fin", "aux:pass", 4,
     0.9, 0},
    {"seen", "VERB", "VBN", "Tense=Past|VerbForm=Part", "root", -1, 0.1, 0},
    {"at", "ADP", "IN", "_", "case", 7, 0, 0.5},
    {"new", "ADJ", "JJ", "Degree=Pos", "amod", 7, 0, 0},
    {"bridges", "NOUN", "NNS", "Number=Plur", "obl", 4, 0, 0.25},
    {".", "PUNCT", ".", "_", "punct", 4, 0, 0},
};
enum { WORDS = sizeof BRIDGE / sizeof *BRIDGE };
static const char TEXT[] = "The old mayor was seen at new bridges.";

static uint32_t place_of(mtc_str name, const char *const *names) {
    uint32_t place = 0;
    while (names[place] != NULL && !mtc_str_equal(name, mtc_str_of(names[place])))
        place++;
    assert_non_null(names[place]);
    return place;
}

static uint64_t feature_bits(mtc_str features) {
    uint64_t bits = 0;
    for (size_t begin = 0, end; begin < features.len; begin = end + 1) {
        end = begin;
        while (end < features.len && features.ptr[end] != '|') end++;
        const mtc_str one = {features.ptr + begin, end - begin};
        if (!mtc_str_equal(one, MTC_STR("_")))
            bits |= UINT64_C(1) << place_of(one, mtc_feature_names);
    }
    return bits;
}

static void annotate(mtc_document *doc, mtc_annotation *tokens, mtc_tag_meaning *tags,
                     mtc_annotations *all) {
    uint32_t first = 0;
    while (doc->tokens.at[first].at.begin < doc->text_begin) first++;
    assert_int_equal(doc->tokens.count, first + WORDS);
    for (uint32_t i = 0; i < WORDS; i++) {
        const analysed *const from = &BRIDGE[i];
        mtc_relation relation;
        assert_true(mtc_relation_find(mtc_str_of(from->relation), &relation));
        tags[i].xpos_bit = UINT64_C(1)
                           << place_of(mtc_str_of(from->xpos), mtc_xpos_names);
        tags[i].feature_bits = feature_bits(mtc_str_of(from->features));
        tokens[first + i] = (mtc_annotation){
            .head = from->head < 0 ? MTC_NONE : first + (uint32_t)from->head,
            .tag = (uint16_t)i,
            .upos = (uint8_t)place_of(mtc_str_of(from->upos), mtc_upos_names),
            .relation = (uint8_t)relation,
            .upos_share = UINT16_MAX,
            .finite = MTC_SHARE(from->finite),
            .gap = MTC_SHARE(from->gap)};
    }
    *all = (mtc_annotations){.tokens = tokens, .tags = tags};
    doc->annotations = all;
}

/* --- Matching --- */

typedef struct {
    const mtc_document *doc;
    char found[200]; /* "a|b|" */
} notes;

static mtc_status note(void *context, const mtc_pattern_match *match) {
    notes *const to = context;
    const mtc_str text = mtc_document_slice(to->doc, match->at);
    const size_t used = strlen(to->found);
    if (match->at.begin >= to->doc->text_begin)
        (void)snprintf(to->found + used, sizeof to->found - used, "%.*s|", (int)text.len,
                       text.ptr);
    return MTC_OK;
}

typedef struct {
    const char *pattern, *found;
} matching;

static size_t run_case(rules_folder *folder, const matching *one, bool is_annotated) {
    char rules[2000];
    (void)snprintf(rules, sizeof rules, "- id: test.rule\n" PLAIN_KEYS "  pattern: %s\n",
                   one->pattern);
    rules_folder_write(folder, "dicts/irregular-forms.txt",
                       "see\tsaw seen\nbe\tam is are was were been being\n");
    rules_folder_write(folder, "rules/test.yaml", rules);
    if (rules_folder_load(folder, false) != MTC_OK)
        fail_msg("%s\n%s", one->pattern, folder->error.message);
    const mtc_pattern_index *index;
    assert_int_equal(
        mtc_pattern_index_new(&folder->set->rules[0].pattern, 1, &folder->arena, &index),
        MTC_OK);
    mtc_budget budget = mtc_budget_unlimited();
    mtc_document doc;
    assert_int_equal(mtc_document_read(&doc, MTC_STR("1"), mtc_str_of(TEXT),
                                       folder->lists, &folder->arena, &budget),
                     MTC_OK);
    mtc_annotation tokens[WORDS + 1] = {{0}};
    mtc_tag_meaning tags[WORDS] = {{0}};
    mtc_annotations all;
    if (is_annotated) annotate(&doc, tokens, tags, &all);
    /* "mayor" and "bridges" as if they were one. */
    uint32_t chain_of[WORDS + 1];
    memset(chain_of, 0xFF, sizeof chain_of);
    chain_of[3] = chain_of[8] = 0;
    const mtc_name_chains chains = {chain_of, 1};
    doc.chains = &chains;
    notes taken = {.doc = &doc};
    assert_int_equal(mtc_pattern_index_run(index, &doc, NULL, note, &taken), MTC_OK);
    if (strcmp(taken.found, one->found) == 0) return 0;
    print_error("%s\nwanted %s\ngot    %s\n", one->pattern, one->found, taken.found);
    return 1;
}

static void expect_matches(const matching *cases, size_t count, bool is_annotated) {
    rules_folder folder;
    rules_folder_init(&folder);
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++)
        wrong += run_case(&folder, &cases[i], is_annotated);
    rules_folder_fini(&folder);
    assert_int_equal(wrong, 0);
}
#define EXPECT_MATCHES(table, is_annotated)                                              \
    expect_matches(table, sizeof(table) / sizeof *(table), is_annotated)

static void each_condition_matches_what_it_says(void **state) {
    (void)state;
    static const matching CASES[] = {
        {"[{upos: ADJ}]", "old|new|"},
        {"[{upos: [ADP, DET]}]", "The|at|"},
        {"[{xpos: [VBN, NNS]}]", "seen|bridges|"},
        {"[{feats: Number=Plur}]", "bridges|"},
        {"[{feats: \"Number=Sing|VerbForm=Fin\"}]", "was|"},
        {"[{feats: [Number=Sing, Number=Plur]}]", "mayor|was|bridges|"},
        {"[{relation: nsubj}]", "mayor|"},
        {"[{relation: nsubj:pass}]", "mayor|"},
        {"[{relation: nsubj:outer}]", ""},
        {"[{finite: \">0.7\"}]", "was|"},
        {"[{upos: [VERB, AUX], finite: \"<0.7\"}]", "seen|"},
        {"[{gap: \">0.3\"}]", "at|"},
        {"[{gap: \">0.2\"}]", "at|bridges|"},
        {"[{lemma: see}]", "seen|"},
        {"[{lemma: [be, bridge]}]", "was|bridges|"},
        {"[{lemma: see}, {upos: ADP}]", "seen at|"},
        {"[{not: {upos: [ADJ, NOUN, DET, PUNCT]}}]", "was|seen|at|"},
    };
    EXPECT_MATCHES(CASES, true);
}

static void heads_are_followed(void **state) {
    (void)state;
    static const matching CASES[] = {
        {"[{head: root}]", "seen|"},
        {"[{head: {upos: NOUN}}]", "The|old|at|new|"},
        {"[{head: {feats: Number=Plur}}]", "at|new|"},
        {"[{head: {head: {lemma: see}}}]", "The|old|at|new|"},
        {"[{upos: NOUN}, {upos: AUX}, {upos: VERB}]", "mayor was seen|"},
        {"[{upos: DET, head: 3}, {}, {upos: NOUN}]", "The old mayor|"},
        {"[{upos: NOUN}, {upos: AUX, head: 1}]", ""},
        {"[{upos: VERB}, {upos: ADP}, {}, {upos: NOUN, head: 1}]",
         "seen at new bridges|"},
        {"[{upos: VERB}, {upos: ADP, head: 1}]", ""},
        {"[{upos: VERB}, {upos: ADP, not: {head: 1}}]", "seen at|"},
        {"[{upos: [ADJ, DET], head: 2, repeat: [1, 3]}, {upos: NOUN}]",
         "The old mayor|new bridges|"},
    };
    EXPECT_MATCHES(CASES, true);
}

static void names_of_one_chain_are_found(void **state) {
    (void)state;
    static const matching CASES[] = {
        {"[{word: mayor}, {repeat: [1, 5]}, {chain: 1}]",
         "mayor was seen at new bridges|"},
        {"[{word: old}, {repeat: [1, 5]}, {chain: 1}]", ""},
        {"[{word: mayor}, {not: {chain: 1}}]", "mayor was|"},
    };
    EXPECT_MATCHES(CASES, true);
}

/* What is not known is no reason to report, whichever way a condition is put. */
static void nothing_is_reported_without_an_analysis(void **state) {
    (void)state;
    static const matching CASES[] = {
        {"[{upos: ADJ}]", ""},
        {"[{word: mayor, not: {upos: VERB}}]", ""},
        {"[{word: mayor, finite: \"<0.5\"}]", ""},
        {"[{word: mayor, not: {head: {upos: VERB}}}]", ""},
        {"[{word: mayor}]", "mayor|"},
    };
    EXPECT_MATCHES(CASES, false);
}

/* --- Forms --- */

static void forms_follow_the_rules_of_spelling(void **state) {
    (void)state;
    static const struct {
        const char *lemma, *forms, *others;
    } CASES[] = {
        {"walk", "walk walks walked walking", "walkked"},
        {"stop", "stops stopped stopping", "stoped stoping"},
        {"visit", "visits visited visiting", ""},
        {"admit", "admits admitted admitting", ""},
        {"carry", "carries carried carrying", "carrys carryed"},
        {"play", "plays played playing", "plaies"},
        {"make", "makes making", "makeing"},
        {"agree", "agrees agreed agreeing", "agreing"},
        {"die", "dies died dying", "dieing"},
        {"watch", "watches watched watching", "watchs"},
        {"see", "see sees saw seen seeing", "seed seeed"},
        {"be", "be is was being", "bed"},
        {"box", "boxes boxed boxing", "boxxed"},
        {"man", "man men", ""},
        {"row", "rows rowed rowing", "rowwed"},
        {"go", "goes going", ""},
        {"a", "a", ""},
    };
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 16, 1 << 20);
    mtc_wordset irregular = {0};
    assert_true(mtc_wordset_add(&irregular, &arena, MTC_STR("see"), MTC_STR("saw seen")));
    assert_true(mtc_wordset_add(&irregular, &arena, MTC_STR("be"), MTC_STR("is was")));
    assert_true(mtc_wordset_add(&irregular, &arena, MTC_STR("man"), MTC_STR("+men")));
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        mtc_wordset forms = {0};
        assert_true(mtc_inflect(&irregular, mtc_str_of(CASES[i].lemma), &arena, &forms));
        for (int is_other = 0; is_other < 2; is_other++) {
            mtc_str left = mtc_str_of(is_other != 0 ? CASES[i].others : CASES[i].forms);
            while (left.len > 0) {
                const char *const space = memchr(left.ptr, ' ', left.len);
                const size_t length =
                    space == NULL ? left.len : (size_t)(space - left.ptr);
                if (mtc_wordset_has(&forms, (mtc_str){left.ptr, length}) == is_other)
                    fail_msg("%s: %.*s", CASES[i].lemma, (int)length, left.ptr);
                const size_t used = length + (space != NULL);
                left = (mtc_str){left.ptr + used, left.len - used};
            }
        }
    }
    mtc_arena_fini(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_condition_matches_what_it_says),
        cmocka_unit_test(heads_are_followed),
        cmocka_unit_test(names_of_one_chain_are_found),
        cmocka_unit_test(nothing_is_reported_without_an_analysis),
        cmocka_unit_test(forms_follow_the_rules_of_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
