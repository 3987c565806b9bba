/* The scan for residues: what it finds, what it leaves alone, and that its time is
 * linear. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/entity.h"
#include "text/residue.h"

typedef struct {
    mtc_arena load, request;
    mtc_wordlists *lists;
} fixture;

static int load_lists(void **state) {
    fixture *const all = calloc(1, sizeof *all);
    mtc_error error;
    if (all == NULL) return -1;
    mtc_arena_init(&all->load, 64 * 1024, 64u << 20);
    mtc_arena_init(&all->request, 64 * 1024, 256u << 20);
    *state = all;
    return mtc_wordlists_load(MTC_TEST_DATA_DIR "/dicts/en", NULL, &all->load,
                              &all->lists, &error) == MTC_OK
               ? 0
               : -1;
}

static int free_lists(void **state) {
    fixture *const all = *state;
    mtc_arena_fini(&all->request);
    mtc_arena_fini(&all->load);
    free(all);
    return 0;
}

static void scan(fixture *all, mtc_str text, uint32_t text_begin, mtc_document *doc,
                 mtc_budget *budget) {
    mtc_arena_reset(&all->request);
    *budget = mtc_budget_unlimited();
    *doc = (mtc_document){.bytes = text,
                          .text_begin = text_begin,
                          .arena = &all->request,
                          .budget = budget};
    assert_int_equal(mtc_residue_scan(doc, all->lists), MTC_OK);
}

/* The text with its residues marked as «M:…», the letter telling the kind. */
static const char *marked(fixture *all, const char *text) {
    mtc_document doc;
    mtc_budget budget;
    scan(all, mtc_str_of(text), 0, &doc, &budget);
    char *const out = mtc_arena_take(&all->request, 8 * doc.bytes.len + 64);
    size_t length = 0, next = 0;
    for (size_t i = 0; i <= doc.bytes.len; i++) {
        if (next > 0 && doc.residues.at[next - 1].at.end == i)
            length += (size_t)sprintf(out + length, "»");
        if (next < doc.residues.count && doc.residues.at[next].at.begin == i) {
            length += (size_t)sprintf(out + length,
                                      "«%c:", "MEPBHI"[doc.residues.at[next].kind]);
            next++;
        }
        if (i < doc.bytes.len) out[length++] = text[i];
    }
    out[length] = '\0';
    return out;
}

static void expect(fixture *all, const char *const (*cases)[2], size_t count) {
    for (size_t i = 0; i < count; i++) {
        const char *const wanted = cases[i][1] == NULL ? cases[i][0] : cases[i][1];
        assert_string_equal(marked(all, cases[i][0]), wanted);
    }
}
#define EXPECT(state, cases) expect(*(state), cases, sizeof(cases) / sizeof *(cases))

static void tags_whole_or_cut_off_are_markup(void **state) {
    static const char *const CASES[][2] = {
        {"one <p>two</p> three", "one «M:<p>»two«M:</p>» three"},
        {"one <BR/> two", "one «M:<BR/>» two"},
        {"a <a href=\"x y\" rel=z>b", "a «M:<a href=\"x y\" rel=z>»b"},
        {"cut <img src=\"a.png\" alt=\"b", "cut «M:<img src=\"a.png\" alt=\"b»"},
        {"<video controls autoplay></video>", "«M:<video controls autoplay></video>»"},
        {"x <!-- y\nz --> w", "x «M:<!-- y\nz -->» w"},
        {"x <!-- y", "x «M:<!--» y"},
        {"x <style>.a { b: c }</style> y", "x «M:<style>.a { b: c }</style>» y"},
        {"x <script>if (a < b) {}</script> y", "x «M:<script>if (a < b) {}</script>» y"},
        {"x <my-tag> y", "x «M:<my-tag>» y"},
        {"x <o:p></o:p> y", "x «M:<o:p></o:p>» y"},
        {"x <?php echo 1; ?> y", "x «M:<?php echo 1; ?>» y"},
        {"a < b and c > d", NULL},
        {"I <3 you", NULL},
        {"x <a@b.org> y <https://a.org/> z", NULL},
        {"<< and >> and <> and <", NULL},
    };
    EXPECT(state, CASES);
}

static void attributes_without_their_tag_are_markup(void **state) {
    static const char *const CASES[][2] = {
        {"a.jpg 1x, /b/c.png 2x\" alt=\"one two\"/> x",
         "a.jpg 1x, «M:/b/c.png 2x\" alt=\"one two\"/>» x"},
        {"width=\"3\" height=\"4\"></amp-img>",
         "«M:width=\"3\" height=\"4\"></amp-img>»"},
        {"see https://a.org/b.jpg and more", NULL},
        {"E=mc2 and a=b and x = \"y\"", NULL},
        {"the size is 240w or 3x", NULL},
    };
    EXPECT(state, CASES);
}

static void code_of_other_kinds_is_markup(void **state) {
    static const char *const CASES[][2] = {
        {"x\n.a, p > b { margin: 0; color: red }\ny",
         "x\n«M:.a, p > b { margin: 0; color: red }»\ny"},
        {"@media (max-width: 9px) { .a { color: c } }",
         "«M:@media (max-width: 9px) { .a { color: c }» }"},
        {"x {\"key\": [1, \"}\"]} y", "x «M:{\"key\": [1, \"}\"]}» y"},
        {"x\nwindow.a = function() { b(); }\ny",
         "x\n«M:window.a = function() { b(); }»\ny"},
        {"[gallery ids=\"1,2\"] x", "«M:[gallery ids=\"1,2\"]» x"},
        {"[b]x[/b] y [i]t is", "[b]x«M:[/b]» y [i]t is"},
        {"x [[A|b]] y", "x «M:[[A|b]]» y"},
        {"x ![a](b.png) [c](http://d.org) y", "x ![a](b.png) «M:[c](http://d.org)» y"},
        {"{{Infobox\n|a=b}} x", "«M:{{Infobox\n|a=b}}» x"},
        {"x **b c** y", "x «M:**b c**» y"},
        {"## Head\nx", "«M:##» Head\nx"},
        {"== Head ==\nx", "«M:== Head ==»\nx"},
        {"x ?resize=6&ssl=1 y", "x «M:?resize=6&ssl=1» y"},
        {"[he] said [sic] and [...] and [a, b] and f(x)[1]", NULL},
        {"A** and B***, 2 ** 3, f**k", NULL},
        {"the set {a, b} and {Note: so it is}", NULL},
        {"He left; she (too) stayed;", NULL},
    };
    EXPECT(state, CASES);
}

static void references_and_escapes_are_entities(void **state) {
    static const char *const CASES[][2] = {
        {"a&nbsp;b &amp b", "a«E:&nbsp;»b «E:&amp» b"},
        {"a&amp;nbsp;b", "a«E:&amp;nbsp;»b"},
        {"a& #160; b", "a«E:& #160;» b"},
        {"a#160;b #1; #metoo", "a#160;b #1; #metoo"},
        {"a\\u2019s \\u{2019} \\x92", "a«E:\\u2019»s «E:\\u{2019} \\x92»"},
        {"end.\\n\\nNew", "end.«E:\\n\\n»New"},
        {"au2019s", "a«E:u2019»s"},
        {"a%20b", "a«E:%20»b"},
        {"C:\\new\\table", NULL},
        {"AT&T; R&D &c. 50%20 a&b;", NULL},
        {"http://a.b/?x=1&lt=2&amp=3 y", NULL},
    };
    EXPECT(state, CASES);
}

static void placeholders_are_told_from_prices_and_insertions(void **state) {
    static const char *const CASES[][2] = {
        {"a %s b %d, %1$s.", "a «P:%s» b «P:%d», «P:%1$s»."},
        {"a {0} {x_y} ${z} b", "a «P:{0} {x_y} ${z}» b"},
        {"a $VAR12 b $first_name c", "a «P:$VAR12» b «P:$first_name» c"},
        {"a @@X@@ __Y_Z__ ##W## b", "a «P:@@X@@ __Y_Z__ ##W##» b"},
        {"a [?] b [%x%] c []", "a «P:[?]» b «P:[%x%]» c «P:[]»"},
        {"a [INSERT DATE] b [FIRST_NAME]", "a «P:[INSERT DATE]» b «P:[FIRST_NAME]»"},
        {"a XXXX b lorem ipsum c", "a «P:XXXX» b «P:lorem ipsum» c"},
        {"ha@@ lf", "ha«P:@@» lf"},
        {"100%s 5% share 100%, $US8, $AU20, $USD80, $EGC, $5m, A$AP", NULL},
        {"[NATO] [of] [He] [12] XXX XXL Super Bowl", NULL},
        {"So??? one@b.org @you #tag A::B::C", NULL},
    };
    EXPECT(state, CASES);
}

static void wrong_decoding_is_told_from_foreign_names(void **state) {
    static const char *const CASES[][2] = {
        {"donâ€™t cafÃ© Â£5", "don«B:â€™»t caf«B:Ã© Â£»5"},
        {"Ð¿Ñ€Ð¸", "«B:Ð¿Ñ€Ð¸»"},
        {"a \xEF\xBF\xBD b", "a «B:\xEF\xBF\xBD» b"},
        {"don?t what?s", "don«B:?»t what«B:?»s"},
        {"donât", "don«B:â»t"},
        {"voilÃ  and 5Â°C", "voil«B:Ã»  and 5«B:Â°»C"},
        {"SÃO PAULO, MANHÃ, Ângela, Âlvaro, crêpe, Íñigo, naïve", NULL},
        {"« L’ÉTÉ » “LA FORÊT” “café”… «CAFÉ»", NULL},
        {"so? then why?", NULL},
        {"5 °C, 3 €, ½, ™, Dvořák, Øresund, Þór", NULL},
    };
    EXPECT(state, CASES);
}

static void hidden_characters_are_told_from_joiners(void **state) {
    static const char *const CASES[][2] = {
        {"a\u200Bb", "a«H:\u200B»b"},
        {"a\u202Eb\u2066", "a«H:\u202E»b«H:\u2066»"},
        {"a\uFEFFb", "a«H:\uFEFF»b"},
        {"a\x01 b", "a«H:\x01» b"},
        {"the b\u0430nk and \u0421ity", "the «H:b\u0430nk» and «H:\u0421ity»"},
        {"\uFEFFa", NULL},
        {"👨‍👩‍👧 می‌خواهم 🏴󠁧󠁢󠁥󠁮󠁧󠁿", NULL},
        {"\u200Fשלום\u200F x", NULL},
        {"β-blocker μm Δt αβ Москва", NULL},
    };
    EXPECT(state, CASES);
}

static void interface_text_is_whole_lines_or_sentences(void **state) {
    static const char *const CASES[][2] = {
        {"Leave a Reply", "«I:Leave a Reply»"},
        {"It rained. Click here to subscribe to our newsletter.",
         "It rained. «I:Click here to subscribe to our newsletter.»"},
        {"Click here to view the gallery The mayor left.",
         "«I:Click here to view the gallery» The mayor left."},
        {"Facebook | Twitter | Email", "«I:Facebook | Twitter | Email»"},
        {"3 min read", "«I:3 min read»"},
        {"The firm said it uses cookies to track readers.", NULL},
        {"She would not comment on the reply.", NULL},
        {"“Click here,” he said, and she clicked.", NULL},
        {"Facebook posts called for calm.", NULL},
        {"I agree with that. So do we.", NULL},
    };
    EXPECT(state, CASES);
}

static void a_residue_never_reaches_from_the_title_into_the_text(void **state) {
    mtc_document doc;
    mtc_budget budget;
    scan(*state, MTC_STR("A <!-- b\n\nc --> d"), 10, &doc, &budget);
    for (size_t i = 0; i < doc.residues.count; i++)
        assert_true(doc.residues.at[i].at.end <= 10 || doc.residues.at[i].at.begin >= 10);
}

static void entities_are_decoded_for_repair(void **state) {
    fixture *const all = *state;
    static const char *const CASES[][2] = {
        {"&amp;", "&"},       {"&#160;", " "}, {"&nbsp", " "},   {"\\u2019", "’"},
        {"&amp;quot;", "\""}, {"&#x41;", "A"}, {"&#146;", "’"},  {"%20", " "},
        {"& #8211;", "–"},    {"\\\"", "\""},  {"&Eacute;", "É"}};
    mtc_arena_reset(&all->request);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const mtc_str decoded = mtc_entity_decode(mtc_str_of(CASES[i][0]), &all->request);
        assert_non_null(decoded.ptr);
        assert_true(mtc_str_equal(decoded, mtc_str_of(CASES[i][1])));
    }
    assert_null(mtc_entity_decode(MTC_STR("\\u{2019}"), &all->request).ptr);
    assert_null(mtc_entity_decode(MTC_STR("&bogus;"), &all->request).ptr);
    assert_null(mtc_entity_decode(MTC_STR("&#xD800;"), &all->request).ptr);
}

/* Any of these would take minutes if a look ahead were repeated without a bound. */
static void hostile_texts_are_read_to_their_end(void **state) {
    static const char *const PIECES[] = {
        "<",       "<a ",       "<!--",   "<style>",  "&amp;",  "[",
        "[[",      "{",         "{{",     "{\"a\":",  "a=\"",   "a='b ",
        "%",       "\\u",       "__",     "**a",      "\n** a", "Ã",
        "\u0430a", "?a=",       "@@a",    "x.jpg ",   "\n",     "![a](",
        "'''a",    "http://a/", "a{b:c;", "a. ",      "a ",     "\u200B",
        "=\"",     "#1",        "$a_",    "<script ", ";}",     "\xEF\xBF\xBD"};
    enum { LENGTH = 256 * 1024 };
    char *const text = malloc(LENGTH);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        const mtc_str piece = mtc_str_of(PIECES[i]);
        size_t length = 0;
        for (; length + piece.len <= LENGTH; length += piece.len)
            memcpy(text + length, piece.ptr, piece.len);
        mtc_document doc;
        mtc_budget budget;
        scan(*state, (mtc_str){text, length}, 0, &doc, &budget);
    }
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_whole_or_cut_off_are_markup),
        cmocka_unit_test(attributes_without_their_tag_are_markup),
        cmocka_unit_test(code_of_other_kinds_is_markup),
        cmocka_unit_test(references_and_escapes_are_entities),
        cmocka_unit_test(placeholders_are_told_from_prices_and_insertions),
        cmocka_unit_test(wrong_decoding_is_told_from_foreign_names),
        cmocka_unit_test(hidden_characters_are_told_from_joiners),
        cmocka_unit_test(interface_text_is_whole_lines_or_sentences),
        cmocka_unit_test(a_residue_never_reaches_from_the_title_into_the_text),
        cmocka_unit_test(entities_are_decoded_for_repair),
        cmocka_unit_test(hostile_texts_are_read_to_their_end),
    };
    return cmocka_run_group_tests(tests, load_lists, free_lists);
}
