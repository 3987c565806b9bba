#include "rules/pattern_compile.h"

#include <stdio.h>

#include "base/utf8.h"
#include "rules/pattern_reading.h"

enum {
    LONGEST_WORD = 100,
    MOST_REPEATS = 32,
    MOST_UNLESS = 16,
    MOST_UNLESS_TOKENS = 8,
    DEEPEST_INNER = 4,
};

static const char *const SHAPES[] = {"none", "lower", "capital", "upper", "mixed", NULL};
static const char *const KINDS[] = {"word",    "number",  "punctuation", "symbol",
                                    "address", "residue", NULL};
static const char *const FLAGS[] = {"space-before",
                                    "sentence-start",
                                    "abbreviation",
                                    "quoted",
                                    "bracketed",
                                    "opening",
                                    "closing",
                                    "quote",
                                    "after-break",
                                    "possessive",
                                    NULL};
static const char *const NEIGHBOURS[] = {
#define NEIGHBOUR_NAME(name, text) text,
    MTC_NEIGHBOUR_MAP(NEIGHBOUR_NAME)
#undef NEIGHBOUR_NAME
        NULL};

/* --- Conditions --- */

mtc_status mtc_read_mask(const mtc_pattern_reader *with, const mtc_yaml *node,
                         const char *what, const char *const *names, uint64_t *ret_mask) {
    const bool is_single = node->kind == MTC_YAML_SCALAR;
    const mtc_yaml *const items = is_single ? node : node->items;
    const size_t count = is_single ? 1 : node->count;
    if (node->kind == MTC_YAML_MAPPING || count == 0) {
        return mtc_yaml_fail(with->reader, node, "%s must be a name or a list of names",
                             what);
    }
    uint64_t mask = 0;
    for (size_t i = 0; i < count; i++) {
        size_t index = 0;
        const mtc_status status =
            mtc_yaml_read_choice(with->reader, &items[i], what, names, &index);
        if (status != MTC_OK) return status;
        mask |= UINT64_C(1) << index;
    }
    *ret_mask = mask;
    return MTC_OK;
}

mtc_status mtc_read_words(const mtc_pattern_reader *with, const mtc_yaml *node,
                          bool is_folded, const mtc_wordset **ret_words) {
    const mtc_yaml_reader *const reader = with->reader;
    const mtc_str *texts;
    size_t count;
    const mtc_status status =
        mtc_yaml_read_texts(reader, node, "word", LONGEST_WORD, &texts, &count);
    if (status != MTC_OK) return status;
    if (count == 0) return mtc_yaml_fail(reader, node, "a list of words is empty");
    mtc_wordset *const words = MTC_TAKE(reader->arena, mtc_wordset, 1);
    if (words == NULL) return mtc_yaml_no_memory(reader);
    for (size_t i = 0; i < count; i++) {
        const mtc_yaml *const at = node->kind == MTC_YAML_SCALAR ? node : &node->items[i];
        if (memchr(texts[i].ptr, ' ', texts[i].len) != NULL) {
            return mtc_yaml_fail(reader, at,
                                 "\"%.*s\" holds a space: a condition is about one token",
                                 (int)texts[i].len, texts[i].ptr);
        }
        const mtc_str normal = mtc_utf8_normalise(texts[i], reader->arena);
        const mtc_str folded = mtc_utf8_fold(normal, reader->arena);
        if (normal.ptr == NULL || folded.ptr == NULL) return mtc_yaml_no_memory(reader);
        if (is_folded && !mtc_str_equal(normal, folded)) {
            return mtc_yaml_fail(
                reader, at,
                "write \"%.*s\" in small letters (word: is for the exact "
                "form)",
                (int)folded.len, folded.ptr);
        }
        if (!mtc_wordset_add(words, reader->arena, normal, (mtc_str){0})) {
            return mtc_yaml_no_memory(reader);
        }
    }
    *ret_words = words;
    return MTC_OK;
}

static mtc_status read_word(const mtc_pattern_reader *with, const mtc_yaml *node,
                            mtc_condition *to) {
    to->kind = MTC_CONDITION_WORD;
    return mtc_read_words(with, node, false, &to->words);
}

static mtc_status read_lower(const mtc_pattern_reader *with, const mtc_yaml *node,
                             mtc_condition *to) {
    to->kind = MTC_CONDITION_LOWER;
    return mtc_read_words(with, node, true, &to->words);
}

static mtc_status read_list(const mtc_pattern_reader *with, const mtc_yaml *node,
                            mtc_condition *to) {
    mtc_str name;
    const mtc_status status = mtc_yaml_read_text(
        with->reader, node, "name of a word list", LONGEST_WORD, &name);
    if (status != MTC_OK) return status;
    to->kind = MTC_CONDITION_LIST;
    to->words = mtc_wordlists_get(with->lists, name.ptr);
    if (to->words->count > 0) return MTC_OK;
    return mtc_yaml_fail(with->reader, node,
                         "there is no word list \"%.*s\", or it is empty", (int)name.len,
                         name.ptr);
}

static mtc_status read_shape(const mtc_pattern_reader *with, const mtc_yaml *node,
                             mtc_condition *to) {
    to->kind = MTC_CONDITION_SHAPE;
    return mtc_read_mask(with, node, "shape", SHAPES, &to->mask);
}

static mtc_status read_kind(const mtc_pattern_reader *with, const mtc_yaml *node,
                            mtc_condition *to) {
    to->kind = MTC_CONDITION_KIND;
    return mtc_read_mask(with, node, "kind of token", KINDS, &to->mask);
}

static mtc_status read_is(const mtc_pattern_reader *with, const mtc_yaml *node,
                          mtc_condition *to) {
    to->kind = MTC_CONDITION_IS;
    return mtc_read_mask(with, node, "property", FLAGS, &to->mask);
}

static mtc_status read_after(const mtc_pattern_reader *with, const mtc_yaml *node,
                             mtc_condition *to) {
    to->kind = MTC_CONDITION_AFTER;
    return mtc_read_mask(with, node, "neighbour", NEIGHBOURS, &to->mask);
}

static mtc_status read_before(const mtc_pattern_reader *with, const mtc_yaml *node,
                              mtc_condition *to) {
    to->kind = MTC_CONDITION_BEFORE;
    return mtc_read_mask(with, node, "neighbour", NEIGHBOURS, &to->mask);
}

static mtc_status read_not_after(const mtc_pattern_reader *with, const mtc_yaml *node,
                                 mtc_condition *to) {
    to->is_negated = true;
    return read_after(with, node, to);
}

static mtc_status read_not_before(const mtc_pattern_reader *with, const mtc_yaml *node,
                                  mtc_condition *to) {
    to->is_negated = true;
    return read_before(with, node, to);
}

static mtc_status read_regex(const mtc_pattern_reader *with, const mtc_yaml *node,
                             mtc_condition *to) {
    to->kind = MTC_CONDITION_REGEX;
    return mtc_regex_read(with->reader, node, true, &to->regex);
}

/* The number of an element that stands before this one. */
static mtc_status read_earlier(const mtc_pattern_reader *with, const mtc_yaml *node,
                               const char *what, mtc_condition *to) {
    if (with->elements_before == 0) {
        return mtc_yaml_fail(with->reader, node,
                             "%s: no element of the pattern stands before this one",
                             what);
    }
    int element = 0;
    const mtc_status status = mtc_yaml_read_integer(with->reader, node, what, 1,
                                                    (int)with->elements_before, &element);
    to->element = (uint32_t)element - 1;
    return status;
}

static mtc_status read_same_as(const mtc_pattern_reader *with, const mtc_yaml *node,
                               mtc_condition *to) {
    to->kind = MTC_CONDITION_SAME_AS;
    return read_earlier(with, node, "same_as", to);
}

static mtc_status read_chain(const mtc_pattern_reader *with, const mtc_yaml *node,
                             mtc_condition *to) {
    to->kind = MTC_CONDITION_CHAIN;
    return read_earlier(with, node, "chain", to);
}

/* In the order in which they are asked: cheap ones first. */
static const struct {
    const char *key;
    mtc_condition_reader *read;
} CONDITIONS[] = {
    {"word", read_word},
    {"lower", read_lower},
    {"lemma", mtc_read_lemma},
    {"list", read_list},
    {"shape", read_shape},
    {"kind", read_kind},
    {"is", read_is},
    {"after", read_after},
    {"not_after", read_not_after},
    {"before", read_before},
    {"not_before", read_not_before},
    {"upos", mtc_read_upos},
    {"xpos", mtc_read_xpos},
    {"feats", mtc_read_feats},
    {"relation", mtc_read_relation},
    {"finite", mtc_read_finite},
    {"noun", mtc_read_noun},
    {"proper", mtc_read_proper},
    {"verb", mtc_read_verb},
    {"foreign", mtc_read_foreign},
    {"capital", mtc_read_capital},
    {"small", mtc_read_small},
    {"gap", mtc_read_gap},
    {"boundary", mtc_read_boundary},
    {"same_as", read_same_as},
    {"chain", read_chain},
    {"head", mtc_read_head},
    {"regex", read_regex},
};
enum { CONDITION_COUNT = sizeof CONDITIONS / sizeof *CONDITIONS };

/* What an element may hold; behind FIRST_INNER what also may stand inside a condition,
 * behind FIRST_TOKEN what also may in a token of an exception. */
static const char *const ELEMENT_KEYS[] = {
    "repeat",   "optional",   "mark",  "same_as", "chain",   "word",     "lower",
    "lemma",    "list",       "shape", "kind",    "is",      "after",    "not_after",
    "before",   "not_before", "upos",  "xpos",    "feats",   "relation", "finite",
    "noun",     "proper",     "verb",  "foreign", "capital", "small",    "gap",
    "boundary", "head",       "regex", "not",     NULL};
enum { FIRST_INNER = 3, FIRST_TOKEN = 5 };
static const char *const *const INNER_KEYS = ELEMENT_KEYS + FIRST_INNER;
static const char *const *const TOKEN_KEYS = ELEMENT_KEYS + FIRST_TOKEN;

static mtc_status read_conditions(const mtc_pattern_reader *with, const mtc_yaml *node,
                                  const mtc_condition **ret_conditions,
                                  size_t *ret_count) {
    mtc_condition *const conditions =
        MTC_TAKE(with->reader->arena, mtc_condition, CONDITION_COUNT + 1);
    if (conditions == NULL) return mtc_yaml_no_memory(with->reader);
    size_t count = 0;
    for (size_t i = 0; i < CONDITION_COUNT; i++) {
        const mtc_yaml *const value = mtc_yaml_get(node, CONDITIONS[i].key);
        if (value == NULL) continue;
        const mtc_status status = CONDITIONS[i].read(with, value, &conditions[count++]);
        if (status != MTC_OK) return status;
    }
    const mtc_yaml *const denied = mtc_yaml_get(node, "not");
    if (denied != NULL) {
        mtc_condition *const all = &conditions[count++];
        *all = (mtc_condition){.kind = MTC_CONDITION_ALL, .is_negated = true};
        const mtc_status status =
            mtc_read_inner(with, denied, "not", &all->inner, &all->inner_count);
        if (status != MTC_OK) return status;
    }
    *ret_conditions = conditions;
    *ret_count = count;
    return MTC_OK;
}

mtc_status mtc_read_inner(const mtc_pattern_reader *with, const mtc_yaml *node,
                          const char *what, const mtc_condition **ret_conditions,
                          size_t *ret_count) {
    if (with->depth == DEEPEST_INNER) {
        return mtc_yaml_fail(with->reader, node, "%s: nested too deeply", what);
    }
    mtc_pattern_reader inner = *with;
    inner.depth++;
    mtc_status status = mtc_yaml_check_keys(
        with->reader, node, what, with->element_count == 0 ? TOKEN_KEYS : INNER_KEYS);
    if (status == MTC_OK)
        status = read_conditions(&inner, node, ret_conditions, ret_count);
    if (status == MTC_OK && *ret_count == 0) {
        status =
            mtc_yaml_fail(with->reader, node, "%s: there is no condition in it", what);
    }
    return status;
}

/* --- Elements --- */

static mtc_status read_repeat(const mtc_pattern_reader *with, const mtc_yaml *node,
                              mtc_pattern_element *element) {
    if (node->kind != MTC_YAML_SEQUENCE || node->count != 2) {
        return mtc_yaml_fail(with->reader, node, "repeat is written [least, most]");
    }
    int least = 0, most = 0;
    mtc_status status = mtc_yaml_read_integer(with->reader, &node->items[0],
                                              "repeat (least)", 0, MOST_REPEATS, &least);
    if (status == MTC_OK) {
        status = mtc_yaml_read_integer(with->reader, &node->items[1], "repeat (most)", 1,
                                       MOST_REPEATS, &most);
    }
    if (status == MTC_OK && least > most) {
        return mtc_yaml_fail(with->reader, node, "repeat: %d is more than %d", least,
                             most);
    }
    element->least = (uint32_t)least;
    element->most = (uint32_t)most;
    return status;
}

static mtc_status read_element(const mtc_pattern_reader *with, const mtc_yaml *node,
                               const char *what, const char *const *keys,
                               mtc_pattern_element *element) {
    *element = (mtc_pattern_element){.least = 1, .most = 1};
    mtc_status status = mtc_yaml_check_keys(with->reader, node, what, keys);
    if (status == MTC_OK) {
        status =
            read_conditions(with, node, &element->conditions, &element->condition_count);
    }
    const mtc_yaml *const repeat = mtc_yaml_get(node, "repeat");
    if (status == MTC_OK && repeat != NULL) status = read_repeat(with, repeat, element);
    const mtc_yaml *const optional = mtc_yaml_get(node, "optional");
    bool is_optional = false;
    if (status == MTC_OK && optional != NULL) {
        status = mtc_yaml_read_flag(with->reader, optional, "optional", &is_optional);
    }
    if (is_optional) element->least = 0;
    const mtc_yaml *const mark = mtc_yaml_get(node, "mark");
    if (status == MTC_OK && mark != NULL) {
        status = mtc_yaml_read_flag(with->reader, mark, "mark", &element->is_marked);
    }
    return status;
}

static mtc_status read_elements(mtc_pattern_reader *with, const mtc_yaml *node,
                                mtc_pattern *pattern) {
    if (node->kind != MTC_YAML_SEQUENCE || node->count == 0) {
        return mtc_yaml_fail(with->reader, node, "pattern must be a list of elements");
    }
    if (node->count > MTC_PATTERN_ELEMENTS) {
        return mtc_yaml_fail(with->reader, &node->items[MTC_PATTERN_ELEMENTS],
                             "a pattern has at most %d elements", MTC_PATTERN_ELEMENTS);
    }
    mtc_pattern_element *const elements =
        MTC_TAKE(with->reader->arena, mtc_pattern_element, node->count);
    if (elements == NULL) return mtc_yaml_no_memory(with->reader);
    with->element_count = node->count;
    uint32_t most = 0;
    bool needs_a_token = false;
    for (size_t i = 0; i < node->count; i++) {
        with->elements_before = i;
        const mtc_status status = read_element(with, &node->items[i], "a pattern element",
                                               ELEMENT_KEYS, &elements[i]);
        if (status != MTC_OK) return status;
        most += elements[i].most;
        needs_a_token |= elements[i].least > 0 && elements[i].condition_count > 0;
    }
    if (!needs_a_token) {
        return mtc_yaml_fail(with->reader, node,
                             "the pattern matches anywhere: at least one element must be "
                             "required and have a condition");
    }
    if (most > MTC_PATTERN_TOKENS) {
        return mtc_yaml_fail(with->reader, node,
                             "the pattern may cover %u tokens; %d at most", most,
                             MTC_PATTERN_TOKENS);
    }
    pattern->elements = elements;
    pattern->element_count = node->count;
    return MTC_OK;
}

/* --- Exceptions --- */

static mtc_status read_unless_tokens(mtc_pattern_reader *with, const mtc_yaml *node,
                                     mtc_pattern_unless *unless) {
    const bool is_single = node->kind == MTC_YAML_MAPPING;
    const mtc_yaml *const items = is_single ? node : node->items;
    const size_t count = is_single ? 1 : node->count;
    if (node->kind == MTC_YAML_SCALAR || count == 0 || count > MOST_UNLESS_TOKENS) {
        return mtc_yaml_fail(with->reader, node,
                             "an exception names one to %d tokens by their conditions",
                             MOST_UNLESS_TOKENS);
    }
    mtc_pattern_element *const tokens =
        MTC_TAKE(with->reader->arena, mtc_pattern_element, count);
    if (tokens == NULL) return mtc_yaml_no_memory(with->reader);
    with->elements_before = with->element_count = 0;
    for (size_t i = 0; i < count; i++) {
        const mtc_status status = read_element(with, &items[i], "a token of an exception",
                                               TOKEN_KEYS, &tokens[i]);
        if (status != MTC_OK) return status;
    }
    unless->tokens = tokens;
    unless->token_count = count;
    return MTC_OK;
}

static mtc_status read_exception(mtc_pattern_reader *with, const mtc_yaml *node,
                                 mtc_pattern_unless *unless) {
    static const char *const KEYS[] = {"text", "before", "after", NULL};
    const mtc_status status =
        mtc_yaml_check_keys(with->reader, node, "an exception", KEYS);
    if (status != MTC_OK) return status;
    if (node->count != 1) {
        return mtc_yaml_fail(with->reader, node,
                             "an exception has one key: text, before or after");
    }
    const mtc_yaml *const value = &node->items[1];
    if (mtc_str_equal(node->items[0].text, MTC_STR("text"))) {
        return mtc_regex_read(with->reader, value, false, &unless->text);
    }
    unless->is_behind = mtc_str_equal(node->items[0].text, MTC_STR("after"));
    return read_unless_tokens(with, value, unless);
}

static mtc_status read_unless(mtc_pattern_reader *with, const mtc_yaml *node,
                              mtc_pattern *pattern) {
    if (node->kind != MTC_YAML_SEQUENCE || node->count > MOST_UNLESS) {
        return mtc_yaml_fail(with->reader, node,
                             "unless is a list of up to %d exceptions", MOST_UNLESS);
    }
    mtc_pattern_unless *const exceptions =
        MTC_TAKE(with->reader->arena, mtc_pattern_unless, node->count);
    if (exceptions == NULL) return mtc_yaml_no_memory(with->reader);
    for (size_t i = 0; i < node->count; i++) {
        const mtc_status status = read_exception(with, &node->items[i], &exceptions[i]);
        if (status != MTC_OK) return status;
    }
    pattern->unless = exceptions;
    pattern->unless_count = node->count;
    return MTC_OK;
}

mtc_status mtc_pattern_compile(const mtc_yaml_reader *reader, const mtc_wordlists *lists,
                               const mtc_yaml *pattern, const mtc_yaml *unless,
                               uint32_t lines, const mtc_pattern **ret_pattern) {
    mtc_pattern *const compiled = MTC_TAKE(reader->arena, mtc_pattern, 1);
    if (compiled == NULL) return mtc_yaml_no_memory(reader);
    mtc_pattern_reader with = {.reader = reader, .lists = lists};
    compiled->lines = lines;
    mtc_status status = read_elements(&with, pattern, compiled);
    if (status == MTC_OK && unless != NULL) status = read_unless(&with, unless, compiled);
    if (status != MTC_OK) return status;
    *ret_pattern = compiled;
    return MTC_OK;
}
