/* pattern_grammar.c: conditions on the forms of a word and on what the network says. */
#include "language/annotation.h"
#include "language/inflection.h"
#include "language/tagset.h"
#include "rules/pattern_reading.h"

mtc_status mtc_read_lemma(const mtc_pattern_reader *with, const mtc_yaml *node,
                          mtc_condition *to) {
    const mtc_wordset *lemmas = NULL;
    const mtc_status status = mtc_read_words(with, node, true, &lemmas);
    if (status != MTC_OK) return status;
    mtc_arena *const arena = with->reader->arena;
    mtc_wordset *const forms = MTC_TAKE(arena, mtc_wordset, 1);
    if (forms == NULL) return mtc_yaml_no_memory(with->reader);
    const mtc_wordset *const irregular =
        mtc_wordlists_get(with->lists, "irregular-forms");
    for (uint32_t i = 0; i < lemmas->count; i++) {
        if (!mtc_inflect(irregular, lemmas->entries[i].word, arena, forms))
            return mtc_yaml_no_memory(with->reader);
    }
    to->kind = MTC_CONDITION_LEMMA;
    to->words = forms;
    return MTC_OK;
}

mtc_status mtc_read_upos(const mtc_pattern_reader *with, const mtc_yaml *node,
                         mtc_condition *to) {
    to->kind = MTC_CONDITION_UPOS;
    return mtc_read_mask(with, node, "part of speech", mtc_upos_names, &to->mask);
}

mtc_status mtc_read_xpos(const mtc_pattern_reader *with, const mtc_yaml *node,
                         mtc_condition *to) {
    to->kind = MTC_CONDITION_XPOS;
    return mtc_read_mask(with, node, "Penn tag", mtc_xpos_names, &to->mask);
}

/* A relation without subtype stands for all its subtypes. */
mtc_status mtc_read_relation(const mtc_pattern_reader *with, const mtc_yaml *node,
                             mtc_condition *to) {
    to->kind = MTC_CONDITION_RELATION;
    const mtc_status status =
        mtc_read_mask(with, node, "relation", mtc_relation_names, &to->mask);
    for (int i = 0; i < MTC_RELATION_COUNT; i++) {
        const mtc_relation universal = mtc_relation_universal((mtc_relation)i);
        if ((to->mask >> universal & 1) != 0) to->mask |= UINT64_C(1) << i;
    }
    return status;
}

/* "Number=Plur|Person=3": all of them. */
static mtc_status read_features(const mtc_pattern_reader *with, const mtc_yaml *node,
                                uint64_t *ret_mask) {
    if (node->kind != MTC_YAML_SCALAR)
        return mtc_yaml_fail(with->reader, node,
                             "feats must be written \"Number=Plur|Person=3\"");
    uint64_t mask = 0;
    for (size_t begin = 0, end; begin <= node->text.len; begin = end + 1) {
        const char *const from = node->text.ptr + begin;
        const char *const bar =
            begin == node->text.len ? NULL : memchr(from, '|', node->text.len - begin);
        end = bar == NULL ? node->text.len : (size_t)(bar - node->text.ptr);
        mtc_yaml one = *node;
        one.text = (mtc_str){from, end - begin};
        size_t index = 0;
        const mtc_status status = mtc_yaml_read_choice(with->reader, &one, "feature",
                                                       mtc_feature_names, &index);
        if (status != MTC_OK) return status;
        mask |= UINT64_C(1) << index;
    }
    *ret_mask = mask;
    return MTC_OK;
}

mtc_status mtc_read_feats(const mtc_pattern_reader *with, const mtc_yaml *node,
                          mtc_condition *to) {
    const bool is_single = node->kind == MTC_YAML_SCALAR;
    const mtc_yaml *const items = is_single ? node : node->items;
    const size_t count = is_single ? 1 : node->count;
    if (node->kind == MTC_YAML_MAPPING || count == 0)
        return mtc_yaml_fail(with->reader, node, "feats must be a text or a list");
    uint64_t *const masks = MTC_TAKE(with->reader->arena, uint64_t, count);
    if (masks == NULL) return mtc_yaml_no_memory(with->reader);
    for (size_t i = 0; i < count; i++) {
        const mtc_status status = read_features(with, &items[i], &masks[i]);
        if (status != MTC_OK) return status;
    }
    to->kind = MTC_CONDITION_FEATURES;
    to->masks = masks;
    to->mask_count = count;
    return MTC_OK;
}

/* --- Shares --- */

static mtc_status read_share(const mtc_pattern_reader *with, const mtc_yaml *node,
                             mtc_shared_answer answer, mtc_condition *to) {
    const mtc_str text = node->kind == MTC_YAML_SCALAR ? node->text : (mtc_str){"", 0};
    const bool is_less = text.len > 0 && text.ptr[0] == '<';
    double bound = 0;
    if (text.len < 2 || (!is_less && text.ptr[0] != '>') ||
        !mtc_yaml_is_number((mtc_str){text.ptr + 1, text.len - 1}, &bound)) {
        return mtc_yaml_fail(with->reader, node,
                             "a bound is written \">0.7\" or \"<0.2\", in quotes");
    }
    if (bound < 0 || bound > 1 || (is_less && bound <= 0) || (!is_less && bound >= 1)) {
        return mtc_yaml_fail(with->reader, node,
                             "nothing lies there: shares are from 0 to 1");
    }
    to->kind = MTC_CONDITION_SHARE;
    to->share = (uint8_t)answer;
    to->least = is_less ? 0 : (uint16_t)(bound * UINT16_MAX) + 1;
    const uint16_t below = (uint16_t)(bound * UINT16_MAX);
    to->most = !is_less ? UINT16_MAX : below < bound * UINT16_MAX ? below : below - 1;
    return MTC_OK;
}

#define MTC_SHARE_READER(name, answer)                                                   \
    mtc_status name(const mtc_pattern_reader *with, const mtc_yaml *node,                \
                    mtc_condition *to) {                                                 \
        return read_share(with, node, answer, to);                                       \
    }
MTC_SHARE_READER(mtc_read_finite, MTC_ANSWER_FINITE)
MTC_SHARE_READER(mtc_read_noun, MTC_ANSWER_NOUN)
MTC_SHARE_READER(mtc_read_proper, MTC_ANSWER_PROPER)
MTC_SHARE_READER(mtc_read_verb, MTC_ANSWER_VERB)
MTC_SHARE_READER(mtc_read_foreign, MTC_ANSWER_FOREIGN)
MTC_SHARE_READER(mtc_read_capital, MTC_ANSWER_CAPITAL)
MTC_SHARE_READER(mtc_read_small, MTC_ANSWER_SMALL)
MTC_SHARE_READER(mtc_read_gap, MTC_ANSWER_GAP)
MTC_SHARE_READER(mtc_read_boundary, MTC_ANSWER_BOUNDARY)

/* --- Heads --- */

/* The number of another element. One that follows is asked for when all are found, which
 * an element can wait for, but no condition inside another. */
static mtc_status read_head_element(const mtc_pattern_reader *with, const mtc_yaml *node,
                                    mtc_condition *to) {
    if (with->element_count == 0) {
        return mtc_yaml_fail(with->reader, node,
                             "head: a token of an exception has no elements beside it");
    }
    int element = 0;
    const mtc_status status = mtc_yaml_read_integer(with->reader, node, "head", 1,
                                                    (int)with->element_count, &element);
    if (status != MTC_OK) return status;
    to->element = (uint32_t)element - 1;
    if (to->element == with->elements_before)
        return mtc_yaml_fail(with->reader, node, "head: an element is not its own head");
    const bool is_later = to->element > with->elements_before;
    if (is_later && with->depth > 0) {
        return mtc_yaml_fail(with->reader, node,
                             "head: inside another condition it can only be an element "
                             "that stands before this one");
    }
    to->kind = is_later ? MTC_CONDITION_HEAD_LATER : MTC_CONDITION_HEAD_IN;
    return MTC_OK;
}

mtc_status mtc_read_head(const mtc_pattern_reader *with, const mtc_yaml *node,
                         mtc_condition *to) {
    double number;
    if (node->kind == MTC_YAML_MAPPING) {
        to->kind = MTC_CONDITION_HEAD;
        return mtc_read_inner(with, node, "head", &to->inner, &to->inner_count);
    }
    if (node->kind == MTC_YAML_SCALAR && mtc_str_equal(node->text, MTC_STR("root"))) {
        to->kind = MTC_CONDITION_ROOT;
        return MTC_OK;
    }
    if (node->kind != MTC_YAML_SCALAR || !mtc_yaml_is_number(node->text, &number)) {
        return mtc_yaml_fail(with->reader, node,
                             "head is \"root\", the number of an element, or conditions "
                             "in { }");
    }
    return read_head_element(with, node, to);
}
