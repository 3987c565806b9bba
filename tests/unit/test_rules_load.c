#include "rules_folder.h"

#include "rules/yaml.h"

/* A rule file that is wrong, and what must be said about it. */
typedef struct {
    const char *file;
    unsigned line, column;
    const char *reason; /* a part of it */
} refusal;

static void expect_refusals(const refusal *refusals, size_t count) {
    rules_folder folder;
    rules_folder_init(&folder);
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        rules_folder_write(&folder, "rules/test.yaml", refusals[i].file);
        const mtc_status status = rules_folder_load(&folder, false);
        const bool is_right = status == MTC_INVALID_FILE &&
                              folder.error.line == refusals[i].line &&
                              folder.error.column == refusals[i].column &&
                              strstr(folder.error.message, refusals[i].reason) != NULL;
        if (is_right) {
            assert_non_null(strstr(folder.error.file, "/rules/test.yaml"));
            continue;
        }
        print_error("%s\nwanted %u:%u %s\ngot    %u:%u %s\n", refusals[i].file,
                    refusals[i].line, refusals[i].column, refusals[i].reason,
                    folder.error.line, folder.error.column, folder.error.message);
        wrong++;
    }
    rules_folder_fini(&folder);
    assert_int_equal(wrong, 0);
}
#define EXPECT_REFUSALS(table) expect_refusals(table, sizeof(table) / sizeof *(table))

#define ID         "- id: test.rule\n"
#define WITH(line) ID PLAIN_KEYS line /* `line` is the 8th */

static void what_is_no_yaml_is_refused_with_its_place(void **state) {
    (void)state;
    static const refusal REFUSALS[] = {
        {"- a: \"open\n", 1, 7, "without closing quote"},
        {"- a: b: c\n", 1, 7, "is not valid YAML"},
        {"- {a: [b}\n", 1, 9, "is not valid YAML"},
        {"- a: \"\\q\"\n", 1, 7, "invalid escape"},
        {"- a: \"\\ud800\"\n", 1, 7, "invalid UTF8 escape"},
        {"-\ta: b\n", 1, 2, "holds a tab"},
        {"- a: \x01\n", 1, 6, "control character U+0001"},
        {"- a\r- b\n", 1, 4, "control character U+000D"},
        {"- a: \xC3\n", 1, 6, "not valid UTF-8"},
        {"%YAML 1.2\n---\n- a\n", 1, 1, "directives"},
        {"- a: &b c\n", 1, 9, "anchors"},
        {"- a: *b\n", 1, 7, "aliases"},
        {"- a: !!str b\n", 1, 12, "tags"},
        {"- id: a.b\n---\n- id: a.b\n", 2, 1, "a second document"},
        {"- {a: 1, a: 2}\n", 1, 10, "the key \"a\" stands in line 1 already"},
        {"- {[a]: 1}\n", 1, 4, "a key must be a plain text"},
        {"[[[[[[[[[[[[[[[[[[[[[", 1, 17, "nested too deeply"},
    };
    EXPECT_REFUSALS(REFUSALS);
}

static void a_wrong_entry_is_refused_with_its_place(void **state) {
    (void)state;
    static const refusal REFUSALS[] = {
        {"a: b\n", 1, 1, "a rule file is a list of rules"},
        {"- a\n", 1, 3, "a rule must be a mapping, not a single value"},
        {"- summary: x\n", 1, 3, "a rule lacks the key \"id\""},
        {"- id: Test.rule\n", 1, 7, "an id is written family.name"},
        {"- id: test\n", 1, 7, "an id is written family.name"},
        {"- id: other.rule\n", 1, 7, "belongs into other.yaml"},
        {ID "  message: x\n", 1, 3, "rule test.rule lacks the key \"summary\""},
        {WITH("  severty: major\n"), 8, 3, "did you mean \"severity\"?"},
        {WITH("  xyzzy: 1\n"), 8, 3, "unknown key of a rule \"xyzzy\" (known: id"},
        {WITH("  weight: heavy\n"), 8, 11, "weight must be a decimal number"},
        {WITH("  weight: .nan\n"), 8, 11, "weight must be a decimal number"},
        {WITH("  weight: .inf\n"), 8, 11, "weight must be a decimal number"},
        {WITH("  weight: 1e3\n"), 8, 11, "weight must be a decimal number"},
        {WITH("  weight: \"1\"\n"), 8, 11, "weight must be a decimal number"},
        {WITH("  weight: -1\n"), 8, 11, "weight must lie between 0 and 100"},
        {WITH("  weight: [1]\n"), 8, 11, "weight must be a single value, not a list"},
        {WITH("  confidence: 1.5\n"), 8, 15, "confidence must lie between"},
        {WITH("  off: maybe\n"), 8, 8, "off must be true or false"},
        {WITH("  lines: [body, captions]\n"), 8, 17, "did you mean \"caption\"?"},
        {WITH("  lines: []\n"), 8, 10, "lines must be a list"},
        {WITH("  explains: [Test]\n"), 8, 14, "is no rule id or glob"},
        {WITH("  profiles: {qiet: {off: true}}\n"), 8, 14, "did you mean \"quiet\"?"},
        {WITH("  profiles: {quiet: {of: true}}\n"), 8, 22, "did you mean \"off\"?"},
        {WITH("  profiles: [quiet]\n"), 8, 13, "profiles must be a mapping"},
        {WITH("  parameters: [1]\n"), 8, 15, "parameters must be a mapping"},
        {WITH("  parameters: {A: 1}\n"), 8, 16, "a parameter is named"},
        {WITH("  parameters: {a: {b: 1}}\n"), 8, 19, "parameter a must be a single"},
        {WITH("  unless: [{text: a}]\n"), 8, 11, "unless belongs to a pattern"},
        {WITH("- id: test.rule\n"), 8, 7, "line 1 already"},
        {ID "  message: \"{what} is\"\n  summary: x\n  dimension: accuracy\n"
            "  type: omission\n  its: omission\n  severity: minor\n",
         2, 12, "unknown placeholder {what}"},
        {ID "  message: \"{match\"\n  summary: x\n  dimension: accuracy\n"
            "  type: omission\n  its: omission\n  severity: minor\n",
         2, 12, "unknown placeholder {match"},
        {ID "  message: x\n  summary:\n  dimension: accuracy\n"
            "  type: omission\n  its: omission\n  severity: minor\n",
         3, 3, "summary is empty"},
        {ID "  message: x\n  summary: x\n  dimension: accurate\n"
            "  type: omission\n  its: omission\n  severity: minor\n",
         4, 14, "did you mean \"accuracy\"?"},
        {ID "  message: x\n  summary: x\n  dimension: accuracy\n"
            "  type: grammar\n  its: omission\n  severity: minor\n",
         5, 9, "unknown type \"grammar\" (known: mistranslation"},
        {ID "  message: x\n  summary: x\n  dimension: accuracy\n"
            "  type: omission\n  its: omision\n  severity: minor\n",
         6, 8, "unknown ITS type \"omision\": did you mean \"omission\"?"},
        {ID "  message: x\n  summary: x\n  dimension: accuracy\n"
            "  type: omission\n  its: omission\n  severity: bad\n",
         7, 13, "unknown severity \"bad\" (known: neutral, minor, major, critical)"},
    };
    EXPECT_REFUSALS(REFUSALS);
}

static void a_wrong_pattern_is_refused_with_its_place(void **state) {
    (void)state;
    static const refusal REFUSALS[] = {
        {WITH("  pattern: a\n"), 8, 12, "pattern must be a list"},
        {WITH("  pattern: []\n"), 8, 12, "pattern must be a list"},
        {WITH("  pattern: [{}]\n"), 8, 12, "the pattern matches anywhere"},
        {WITH("  pattern: [{word: a, optional: true}]\n"), 8, 12, "matches anywhere"},
        {WITH("  pattern: [{wrd: a}]\n"), 8, 14, "did you mean \"word\"?"},
        {WITH("  pattern: [{upos: VRB}]\n"), 8, 20, "did you mean \"VERB\"?"},
        {WITH("  pattern: [{xpos: [VBD, VBQ]}]\n"), 8, 26, "unknown Penn tag \"VBQ\""},
        {WITH("  pattern: [{feats: Number=Plural}]\n"), 8, 21, "mean \"Number=Plur\"?"},
        {WITH("  pattern: [{feats: \"Tense=Past|\"}]\n"), 8, 21, "unknown feature"},
        {WITH("  pattern: [{feats: {a: b}}]\n"), 8, 21, "a text or a list"},
        {WITH("  pattern: [{relation: nsub}]\n"), 8, 24, "mean \"nsubj\"?"},
        {WITH("  pattern: [{lemma: Be}]\n"), 8, 21, "write \"be\" in small letters"},
        {WITH("  pattern: [{lemma: []}]\n"), 8, 21, "a list of words is empty"},
        {WITH("  pattern: [{finite: 0.7}]\n"), 8, 22, "a bound is written \">0.7\""},
        {WITH("  pattern: [{finite: \">a\"}]\n"), 8, 22, "a bound is written"},
        {WITH("  pattern: [{gap: \">1\"}]\n"), 8, 19, "nothing lies there"},
        {WITH("  pattern: [{gap: \"<0\"}]\n"), 8, 19, "nothing lies there"},
        {WITH("  pattern: [{finit: \">0.7\"}]\n"), 8, 14, "mean \"finite\"?"},
        {WITH("  pattern: [{word: a, head: 1}]\n"), 8, 29, "is not its own head"},
        {WITH("  pattern: [{word: a, head: 2}]\n"), 8, 29, "between 1 and 1"},
        {WITH("  pattern: [{word: a, head: up}]\n"), 8, 29, "head is \"root\""},
        {WITH("  pattern: [{word: a, head: {}}]\n"), 8, 29, "no condition in it"},
        {WITH("  pattern: [{word: a, head: {upos: A}}]\n"), 8, 36, "unknown part of"},
        {WITH("  pattern: [{not: {head: 2}}, {word: a}]\n"), 8, 26,
         "it can only be an element that stands before"},
        {WITH("  pattern: [{word: a}]\n  unless: [{after: {head: 1}}]\n"), 9, 27,
         "has no elements beside it"},
        {WITH("  pattern: [{word: [a b]}]\n"), 8, 21, "holds a space"},
        {WITH("  pattern: [{word: []}]\n"), 8, 20, "a list of words is empty"},
        {WITH("  pattern: [{lower: It}]\n"), 8, 21, "write \"it\" in small letters"},
        {WITH("  pattern: [{list: none}]\n"), 8, 20, "there is no word list \"none\""},
        {WITH("  pattern: [{shape: big}]\n"), 8, 21, "unknown shape \"big\""},
        {WITH("  pattern: [{kind: words}]\n"), 8, 20, "did you mean \"word\"?"},
        {WITH("  pattern: [{not_after: coma, word: a}]\n"), 8, 25, "mean \"comma\"?"},
        {WITH("  pattern: [{is: quotd}]\n"), 8, 18, "did you mean \"quoted\"?"},
        {WITH("  pattern: [{regex: '(a'}]\n"), 8, 21,
         "wrong at byte 2: missing closing parenthesis"},
        {WITH("  pattern: [{regex: '\\C'}]\n"), 8, 21, "wrong at byte 2"},
        {WITH("  pattern: [{word: a, repeat: 3}]\n"), 8, 31, "repeat is written"},
        {WITH("  pattern: [{word: a, repeat: [3, 2]}]\n"), 8, 31, "3 is more than 2"},
        {WITH("  pattern: [{word: a, repeat: [1, 99]}]\n"), 8, 35, "between 1 and 32"},
        {WITH("  pattern: [{word: a, repeat: [1, 1.5]}]\n"), 8, 35, "a whole number"},
        {WITH("  pattern: [{word: a, repeat: [1, 32]}, {repeat: [1, 32]}, {word: b}]\n"),
         8, 12, "may cover 65 tokens"},
        {WITH("  pattern: [{same_as: 1}]\n"), 8, 23, "no element of the pattern"},
        {WITH("  pattern: [{word: a}, {same_as: 2}]\n"), 8, 34, "between 1 and 1"},
        {WITH("  pattern: [{chain: 1}]\n"), 8, 21, "no element of the pattern"},
        {WITH("  pattern: [{word: a, mark: yes}]\n"), 8, 29,
         "mark must be true or false"},
        {WITH("  pattern: [{word: a}]\n  unless: {text: b}\n"), 9, 11,
         "unless is a list"},
        {WITH("  pattern: [{word: a}]\n  unless: [{txt: b}]\n"), 9, 13, "mean \"text\"?"},
        {WITH("  pattern: [{word: a}]\n  unless: [{text: '['}]\n"), 9, 19,
         "the regular expression is wrong"},
        {WITH("  pattern: [{word: a}]\n  unless: [{text: a, after: b}]\n"), 9, 12,
         "an exception has one key"},
        {WITH("  pattern: [{word: a}]\n  unless: [{after: {mark: true}}]\n"), 9, 21,
         "unknown key of a token of an exception"},
    };
    EXPECT_REFUSALS(REFUSALS);
}

static void a_wrong_profile_is_refused_with_its_place(void **state) {
    (void)state;
    static const refusal REFUSALS[] = {
        {"a: b\n", 1, 1, "profiles are a list"},
        {"- {name: quiet}\n", 1, 3, "lacks the key \"min_confidence\""},
        {"- {nme: quiet}\n", 1, 4, "did you mean \"name\"?"},
        {PLAIN_PROFILES "- {name: news}\n", 3, 10, "stands in this file already"},
        {"- {name: news, min_confidence: 2, pass: 80, review: 50, acceptable: 10}\n", 1,
         32, "min_confidence must lie between 0 and 1"},
        {"- {name: news, min_confidence: 0.5, pass: 50, review: 60, acceptable: 10}\n", 1,
         3, "review (60) lies above pass (50)"},
        {"- name: news\n  min_confidence: 0.5\n  pass: 80\n  review: 50\n  acceptable: "
         "10\n"
         "  rules: {\"tset.*\": {off: true}}\n",
         6, 11, "no rule is called \"tset.*\""},
        {"- {name: quiet, min_confidence: 0.5, pass: 80, review: 50, acceptable: 10}\n",
         0, 0, "with a profile \"news\""},
    };
    rules_folder folder;
    rules_folder_init(&folder);
    rules_folder_write(&folder, "rules/test.yaml", ID PLAIN_KEYS);
    for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++) {
        rules_folder_write(&folder, "rules/profiles.yaml", REFUSALS[i].file);
        assert_int_equal(rules_folder_load(&folder, false), MTC_INVALID_FILE);
        assert_non_null(strstr(folder.error.message, REFUSALS[i].reason));
        assert_int_equal(folder.error.line, REFUSALS[i].line);
        assert_int_equal(folder.error.column, REFUSALS[i].column);
    }
    rules_folder_fini(&folder);
}

static void a_rule_holds_what_its_entry_says(void **state) {
    (void)state;
    rules_folder folder;
    rules_folder_init(&folder);
    rules_folder_write(
        &folder, "rules/test.yaml",
        "- id: test.zeta\n" PLAIN_KEYS "- id: test.alpha\n"
        "  summary: The first\n  message: \"“{match}” {1}\"\n  dimension: accuracy\n"
        "  type: mistranslation\n  its: numbers\n  severity: critical\n  weight: 0.5\n"
        "  confidence: 0.6\n  lines: [body, caption]\n  explains: [\"other.*\"]\n"
        "  parameters: {number: 2.5, text: \"7\", list: [no, null], single: one}\n"
        "  profiles: {quiet: {off: true}}\n  wrong: [\"[x]\"]\n  right: [y]\n");
    assert_int_equal(rules_folder_load(&folder, false), MTC_OK);
    assert_int_equal(folder.set->rule_count, 2);
    const mtc_rule *const rule = mtc_rule_set_find(folder.set, MTC_STR("test.alpha"));
    assert_ptr_equal(rule, &folder.set->rules[0]); /* sorted by id */
    assert_null(mtc_rule_set_find(folder.set, MTC_STR("test.beta")));
    assert_true(mtc_str_equal(rule->family, MTC_STR("test")));
    assert_true(mtc_str_equal(rule->message, MTC_STR("“{match}” {1}")));
    assert_true(mtc_str_equal(rule->its, MTC_STR("numbers")));
    assert_int_equal(rule->severity, MTC_CRITICAL);
    assert_true(rule->weight == 0.5 && rule->confidence == 0.6);
    assert_int_equal(rule->lines, 1u << MTC_LINE_BODY | 1u << MTC_LINE_CAPTION);
    assert_int_equal(rule->line, 8);
    assert_true(mtc_rule_number(rule, "number", 0) == 2.5);
    assert_true(mtc_rule_number(rule, "text", 1) == 1);
    assert_true(mtc_rule_number(rule, "none", 9) == 9);
    assert_true(mtc_str_equal(mtc_rule_text(rule, "text", MTC_STR("")), MTC_STR("7")));
    size_t count;
    const mtc_str *list = mtc_rule_list(rule, "list", &count);
    assert_int_equal(count, 2);
    assert_true(mtc_str_equal(list[1], MTC_STR("null")));
    (void)mtc_rule_list(rule, "single", &count);
    assert_int_equal(count, 1);
    assert_null(mtc_rule_list(rule, "none", &count));
    assert_int_equal(count, 0);
    const mtc_rule *const plain = &folder.set->rules[1];
    assert_true(plain->weight == 1 && !plain->off && plain->pattern == NULL);
    assert_int_equal(plain->lines >> MTC_LINE_DEBRIS & 1u, 0);
    assert_int_equal(plain->lines >> MTC_LINE_BODY & 1u, 1);
    rules_folder_fini(&folder);
}

static void the_narrower_word_on_a_profile_wins(void **state) {
    (void)state;
    rules_folder folder;
    rules_folder_init(&folder);
    rules_folder_write(&folder, "rules/profiles.yaml",
                       "- name: news\n  min_confidence: 0.5\n  pass: 80\n  review: 50\n"
                       "  acceptable: 10\n  rules:\n"
                       "    \"test.*\": {weight: 3, severity: major}\n"
                       "    test.b: {off: true}\n");
    rules_folder_write(&folder, "rules/test.yaml",
                       "- id: test.a\n" PLAIN_KEYS "  profiles: {news: {weight: 7}}\n"
                       "- id: test.b\n" PLAIN_KEYS);
    assert_int_equal(rules_folder_load(&folder, false), MTC_OK);
    const mtc_profile *const news = mtc_rule_set_profile(folder.set, MTC_STR("news"));
    assert_null(mtc_rule_set_profile(folder.set, MTC_STR("none")));
    assert_true(news->pass == 80 && news->min_confidence == 0.5);
    assert_true(news->weights[0] == 7 && !news->off[0]);
    assert_int_equal(news->severities[0], MTC_MAJOR);
    assert_true(news->weights[1] == 0 && news->off[1]);
    rules_folder_fini(&folder);
}

static void an_operator_changes_only_what_he_names(void **state) {
    (void)state;
    rules_folder folder;
    rules_folder_init(&folder);
    rules_folder_write(&folder, "rules/test.yaml",
                       "- id: test.a\n" PLAIN_KEYS "  confidence: 0.7\n"
                       "  parameters: {least: 3, words: [x]}\n"
                       "- id: test.b\n" PLAIN_KEYS);
    rules_folder_write(&folder, "overlay/rules.d/a.yaml",
                       "- id: test.a\n  severity: major\n  parameters: {least: 5}\n"
                       "- id: test.b\n  off: true\n"
                       "- id: house.style\n" PLAIN_KEYS "  pattern: [{word: whilst}]\n");
    rules_folder_write(&folder, "overlay/rules.d/b.yaml",
                       "- id: house.style\n  weight: 0.2\n");
    rules_folder_write(&folder, "overlay/rules.d/profiles.yaml",
                       "- {name: news, pass: 85}\n");
    assert_int_equal(rules_folder_load(&folder, true), MTC_OK);
    const mtc_rule *const a = mtc_rule_set_find(folder.set, MTC_STR("test.a"));
    assert_int_equal(a->severity, MTC_MAJOR);
    assert_true(a->confidence == 0.7 && a->weight == 1);
    assert_true(mtc_rule_number(a, "least", 0) == 5);
    size_t count;
    assert_non_null(mtc_rule_list(a, "words", &count));
    const mtc_rule *const b = mtc_rule_set_find(folder.set, MTC_STR("test.b"));
    assert_true(b->off);
    const mtc_rule *const style = mtc_rule_set_find(folder.set, MTC_STR("house.style"));
    assert_true(style->pattern != NULL && style->weight == 0.2);
    const mtc_profile *const news = mtc_rule_set_profile(folder.set, MTC_STR("news"));
    assert_true(news->off[b->index] && !news->off[a->index]);
    assert_true(news->pass == 85 && news->review == 50);
    rules_folder_fini(&folder);
}

static void an_operators_slip_is_refused(void **state) {
    (void)state;
    static const refusal REFUSALS[] = {
        {"- id: test.aa\n  severity: major\n", 1, 3, "rule test.aa lacks the key"},
        {"- id: test.aa\n" PLAIN_KEYS, 1, 3, "is new here and has no pattern"},
        {"- id: test.a\n  message: x\n", 2, 3, "unknown key of a change to a rule"},
        {"- id: test.a\n  parameters: {leats: 1}\n", 2, 16, "did you mean \"least\"?"},
        {"- id: test.a\n  parameters: {least: [1]}\n", 2, 23, "is a number in the rule"},
    };
    rules_folder folder;
    rules_folder_init(&folder);
    rules_folder_write(&folder, "rules/test.yaml",
                       "- id: test.a\n" PLAIN_KEYS "  parameters: {least: 3}\n");
    for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++) {
        rules_folder_write(&folder, "overlay/rules.d/a.yaml", REFUSALS[i].file);
        assert_int_equal(rules_folder_load(&folder, true), MTC_INVALID_FILE);
        assert_non_null(strstr(folder.error.message, REFUSALS[i].reason));
        assert_int_equal(folder.error.line, REFUSALS[i].line);
        assert_int_equal(folder.error.column, REFUSALS[i].column);
        assert_non_null(strstr(folder.error.file, "rules.d/a.yaml"));
    }
    rules_folder_fini(&folder);
}

static void the_checksum_follows_every_byte_and_nothing_else(void **state) {
    (void)state;
    rules_folder folder, elsewhere;
    rules_folder_init(&folder);
    rules_folder_init(&elsewhere);
    rules_folder_write(&folder, "rules/test.yaml", "- id: test.a\n" PLAIN_KEYS);
    rules_folder_write(&elsewhere, "rules/test.yaml", "- id: test.a\n" PLAIN_KEYS);
    assert_int_equal(rules_folder_load(&folder, true), MTC_OK);
    assert_int_equal(rules_folder_load(&elsewhere, true), MTC_OK);
    assert_string_equal(folder.set->checksum, elsewhere.set->checksum);
    assert_memory_equal(folder.set->checksum, "sha256:", 7);
    assert_int_equal(strlen(folder.set->checksum), 71);
    rules_folder_write(&elsewhere, "overlay/rules.d/a.yaml",
                       "- {id: test.a, weight: 1}\n");
    assert_int_equal(rules_folder_load(&elsewhere, true), MTC_OK);
    assert_string_not_equal(folder.set->checksum, elsewhere.set->checksum);
    rules_folder_fini(&folder);
    rules_folder_fini(&elsewhere);
}

static void quoted_texts_mean_what_yaml_says(void **state) {
    (void)state;
    static const struct {
        const char *quoted;
        mtc_str text;
    } TEXTS[] = {
        {"'it''s ''''so'''", MTC_STR("it's ''so'")},
        {"'a \n     b\n\n     c '", MTC_STR("a b\nc ")},
        {"\"a\\tb\\x41\\u00e9\\U0001F600\\L\"", MTC_STR("a\tbA\u00e9\U0001F600\u2028")},
        {"\"a \\\n     \\ b\\ \n     c\"", MTC_STR("a  b  c")},
    };
    mtc_arena arena;
    mtc_arena_init(&arena, 4096, 1 << 20);
    mtc_error error;
    mtc_error_clear(&error);
    const mtc_yaml_reader reader = {"test", &arena, &error};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        char file[200];
        (void)snprintf(file, sizeof file, "- %s\n", TEXTS[i].quoted);
        const mtc_yaml *root;
        assert_int_equal(mtc_yaml_parse(&reader, mtc_str_of(file), &arena, &root),
                         MTC_OK);
        const mtc_str got = root->items[0].text;
        assert_int_equal(got.len, TEXTS[i].text.len);
        assert_memory_equal(got.ptr, TEXTS[i].text.ptr, got.len);
    }
    mtc_arena_fini(&arena);
}

/* Any bytes: an answer, never a crash. The seeds are rule files with a few bytes changed.
 */
static void spoilt_files_are_answered(void **state) {
    (void)state;
    static const char SEED[] =
        "- id: test.a\n" PLAIN_KEYS
        "  pattern:\n    - {word: [He, 'she'], not_after: quote}\n"
        "    - {optional: true, regex: \"[a-z]+\\u00e9\"}\n    - {same_as: 1, mark: "
        "true}\n"
        "  unless:\n    - {text: '(?i)that was'}\n    - before: [{lower: x}]\n"
        "  wrong:\n    - |\n      a\n      b\n    - >-\n      c\n  right: [d, "
        "\"e\\[\"]\n";
    static const char BYTES[] = "\n \"'[]{}:,-#&*!|>%@`?\\a0\xC3\xA9~";
    rules_folder folder;
    rules_folder_init(&folder);
    uint32_t random = 12345;
    for (int round = 0; round < 1500; round++) {
        char bytes[sizeof SEED];
        memcpy(bytes, SEED, sizeof SEED);
        size_t length = sizeof SEED - 1;
        for (uint32_t changes = (uint32_t)round % 5 + 1; changes > 0; changes--) {
            random = random * 1664525u + 1013904223u;
            bytes[(random >> 8) % length] = BYTES[(random >> 3) % (sizeof BYTES - 1)];
        }
        random = random * 1664525u + 1013904223u;
        if (round % 7 == 0) length = (random >> 8) % length;
        rules_folder_write_bytes(&folder, "rules/test.yaml", bytes, length);
        const mtc_status status = rules_folder_load(&folder, false);
        assert_true(status == MTC_OK || status == MTC_INVALID_FILE);
        assert_true(status == MTC_OK || folder.error.message[0] != '\0');
    }
    rules_folder_fini(&folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_yaml_is_refused_with_its_place),
        cmocka_unit_test(a_wrong_entry_is_refused_with_its_place),
        cmocka_unit_test(a_wrong_pattern_is_refused_with_its_place),
        cmocka_unit_test(a_wrong_profile_is_refused_with_its_place),
        cmocka_unit_test(a_rule_holds_what_its_entry_says),
        cmocka_unit_test(the_narrower_word_on_a_profile_wins),
        cmocka_unit_test(an_operator_changes_only_what_he_names),
        cmocka_unit_test(an_operators_slip_is_refused),
        cmocka_unit_test(the_checksum_follows_every_byte_and_nothing_else),
        cmocka_unit_test(quoted_texts_mean_what_yaml_says),
        cmocka_unit_test(spoilt_files_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
