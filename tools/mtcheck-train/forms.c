#include "forms.h"

#include <stdio.h>
#include <stdlib.h>

#include "memory.h"

static uint32_t flags_of(const train_lists *lists, mtc_str text) {
    uint32_t flags = 0;
    bool has_small = false, has_sign = false;
    for (size_t i = 0; i < text.len; i++) {
        const unsigned char byte = (unsigned char)text.ptr[i];
        if (i > 0 && ((byte >= 'a' && byte <= 'z') || byte >= 0x80)) has_small = true;
        if ((byte >= '0' && byte <= '9') ||
            ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z'))
            has_sign = true;
    }
    const char head = text.ptr[0];
    if (head >= 'a' && head <= 'z') flags |= TRAIN_FORM_LOWER;
    if (head >= 'A' && head <= 'Z' && has_small) flags |= TRAIN_FORM_CAPITAL;
    if (head >= '0' && head <= '9') flags |= TRAIN_FORM_DIGIT;
    if (!has_sign) flags |= TRAIN_FORM_MARK;
    if (text.len == 1 && (head == '.' || head == '!' || head == '?'))
        flags |= TRAIN_FORM_STOP;
    if (train_list_has(&lists->verbs, text)) flags |= TRAIN_FORM_VERB;
    if (train_list_has(&lists->functions, text)) flags |= TRAIN_FORM_FUNCTION;
    return flags;
}

static void grow(train_forms *forms) {
    forms->slot_count = forms->slot_count == 0 ? 1U << 16 : forms->slot_count * 2;
    free(forms->slots);
    forms->slots = train_zeroed(forms->slot_count, sizeof *forms->slots);
    for (uint32_t number = 1; number < forms->count; number++) {
        uint32_t slot = (uint32_t)mtc_str_hash(forms->at[number].text);
        while (forms->slots[slot & (forms->slot_count - 1)] != 0) slot++;
        forms->slots[slot & (forms->slot_count - 1)] = number;
    }
}

static uint32_t append(train_forms *forms, mtc_str text) {
    if (forms->count == forms->capacity) {
        forms->capacity = forms->capacity == 0 ? 1U << 15 : forms->capacity * 2;
        forms->at = train_resized(forms->at, forms->capacity, sizeof *forms->at);
    }
    char *const copy = train_zeroed(text.len + 1, 1);
    memcpy(copy, text.ptr, text.len);
    train_form *const form = &forms->at[forms->count];
    *form = (train_form){.text = {copy, text.len}};
    if (text.len > 0) {
        form->key = mtc_word_key(form->text);
        form->flags = flags_of(forms->lists, form->text);
    }
    return forms->count++;
}

static void describe(train_forms *forms, uint32_t number);

uint32_t train_forms_number(train_forms *forms, mtc_str text) {
    if (forms->count == 0) append(forms, MTC_STR(""));
    if (forms->count * 2 >= forms->slot_count) grow(forms);
    uint32_t slot = (uint32_t)mtc_str_hash(text);
    for (;; slot++) {
        uint32_t *const at = &forms->slots[slot & (forms->slot_count - 1)];
        if (*at == 0) {
            *at = append(forms, text);
            const uint32_t number = *at;
            if (forms->vocabulary.hashes != NULL) describe(forms, number);
            return number;
        }
        if (mtc_str_equal(forms->at[*at].text, text)) return *at;
    }
}

/* --- The vocabulary --- */

typedef struct keyed {
    uint64_t key;
    uint32_t count;
} keyed;

static int by_key(const void *a, const void *b) {
    const keyed *const left = a, *const right = b;
    return left->key < right->key ? -1 : left->key > right->key;
}

static int by_count(const void *a, const void *b) {
    const keyed *const left = a, *const right = b;
    if (left->count != right->count) return left->count > right->count ? -1 : 1;
    return by_key(a, b);
}

static int by_hash(const void *a, const void *b) {
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

/* Row of a key in the vocabulary; MTC_ROW_UNKNOWN where it has none. */
static uint32_t row_of(const mtc_vocabulary *vocabulary, uint64_t key) {
    const uint64_t *const found =
        bsearch(&key, vocabulary->hashes, vocabulary->count, sizeof key, by_hash);
    return found == NULL ? MTC_ROW_UNKNOWN
                         : MTC_ROWS_RESERVED + (uint32_t)(found - vocabulary->hashes);
}

static void describe(train_forms *forms, uint32_t number) {
    train_form *const form = &forms->at[number];
    for (int first = 0; first < 2; first++)
        form->inside[first] =
            mtc_word_features_of(form->text, first == 1, &forms->vocabulary);
    const uint32_t row = row_of(&forms->vocabulary, form->key);
    const uint32_t class = row == MTC_ROW_UNKNOWN ? 0 : forms->class_of_row[row];
    form->target = class > 0
                       ? class - 1
                       : forms->class_count + form->inside[0].row[MTC_FEATURE_SUFFIX3] %
                                                  TRAIN_SHARED_CLASSES;
}

static void choose(train_forms *forms, keyed *keys, uint32_t count, uint32_t words,
                   uint32_t classes) {
    qsort(keys, count, sizeof *keys, by_count);
    uint32_t taken = 0;
    while (taken < count && taken < words && keys[taken].count >= 2) taken++;
    uint64_t *const hashes = train_zeroed(taken + 1, sizeof *hashes);
    for (uint32_t i = 0; i < taken; i++) hashes[i] = keys[i].key;
    qsort(hashes, taken, sizeof *hashes, by_hash);
    forms->vocabulary = (mtc_vocabulary){hashes, taken};
    forms->class_count = classes;
    forms->class_of_row =
        train_zeroed(taken + MTC_ROWS_RESERVED, sizeof *forms->class_of_row);
    for (uint32_t i = 0; i < classes && i < taken; i++)
        forms->class_of_row[row_of(&forms->vocabulary, keys[i].key)] = i + 1;
}

void train_forms_settle(train_forms *forms, uint32_t words, uint32_t classes) {
    keyed *const keys = train_zeroed(forms->count, sizeof *keys);
    uint32_t count = 0;
    for (uint32_t i = 1; i < forms->count; i++)
        keys[count++] = (keyed){forms->at[i].key, forms->at[i].count};
    qsort(keys, count, sizeof *keys, by_key);
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (distinct > 0 && keys[distinct - 1].key == keys[i].key)
            keys[distinct - 1].count += keys[i].count;
        else
            keys[distinct++] = keys[i];
    }
    choose(forms, keys, distinct, words, classes);
    free(keys);
    for (uint32_t i = 1; i < forms->count; i++) {
        train_form *const form = &forms->at[i];
        describe(forms, i);
        if (form->verb_count >= 3 && form->verb_count * 10 > form->tagged_count * 7)
            form->flags |= TRAIN_FORM_COMMON_VERB;
    }
}

uint32_t train_forms_other_case(train_forms *forms, uint32_t number) {
    if (forms->at[number].other_case != 0) return forms->at[number].other_case;
    const mtc_str text = forms->at[number].text;
    char bytes[128];
    uint32_t other = number;
    if (text.len > 0 && text.len < sizeof bytes && ((text.ptr[0] | 0x20) >= 'a') &&
        ((text.ptr[0] | 0x20) <= 'z')) {
        memcpy(bytes, text.ptr, text.len);
        bytes[0] = (char)(bytes[0] ^ 0x20);
        other = train_forms_number(forms, (mtc_str){bytes, text.len});
    }
    forms->at[number].other_case = other;
    return other;
}

void train_forms_free(train_forms *forms) {
    for (uint32_t i = 0; i < forms->count; i++)
        free((void *)(uintptr_t)forms->at[i].text.ptr);
    free(forms->at);
    free(forms->slots);
    free((void *)(uintptr_t)forms->vocabulary.hashes);
    free(forms->class_of_row);
    *forms = (train_forms){0};
}
