#include "recipe.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "reader.h"

static bool next_word(mtc_str *line, mtc_str *ret_word) {
    do {
        if (!train_next_field(line, ' ', ret_word)) return false;
    } while (ret_word->len == 0);
    return true;
}

static bool read_number(mtc_str text, uint32_t *ret_number) {
    uint32_t number = 0;
    if (text.len == 0 || text.len > 9) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        number = number * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    *ret_number = number;
    return true;
}

static void add_file(train_files *files, const char *folder, mtc_str name,
                     uint32_t share) {
    const size_t size = strlen(folder) + name.len + 2;
    char *const path = train_zeroed(size, 1);
    (void)snprintf(path, size, "%s/%.*s", folder, (int)name.len, name.ptr);
    train_push(files, ((train_file){path, share}));
}

static bool set_number(train_recipe *recipe, mtc_str name, uint32_t value) {
#define X(field, unused)                                                                 \
    if (mtc_str_equal(name, MTC_STR(#field))) {                                          \
        recipe->field = value;                                                           \
        return true;                                                                     \
    }
    TRAIN_NUMBERS(X)
#undef X
    return false;
}

static bool set_corruption(train_recipe *recipe, mtc_str name, uint32_t share) {
#define X(field)                                                                         \
    if (mtc_str_equal(name, MTC_STR(#field))) {                                          \
        recipe->spoil_share[TRAIN_SPOIL_##field] = share;                                \
        return true;                                                                     \
    }
    TRAIN_CORRUPTIONS(X)
#undef X
    return false;
}

static train_list *list_named(train_lists *lists, mtc_str name) {
    if (mtc_str_equal(name, MTC_STR("abbreviations"))) return &lists->abbreviations;
    if (mtc_str_equal(name, MTC_STR("verbs"))) return &lists->verbs;
    return mtc_str_equal(name, MTC_STR("functions")) ? &lists->functions : NULL;
}

static bool add_words(train_list *list, mtc_str line) {
    for (mtc_str word; next_word(&line, &word);) {
        char *const copy = train_zeroed(word.len + 1, 1);
        memcpy(copy, word.ptr, word.len);
        train_push(list, copy);
    }
    return true;
}

static bool read_entry(train_recipe *recipe, mtc_str line, const char *folder,
                       const char *own_folder) {
    mtc_str key, name, digits = {"0", 1};
    uint32_t number;
    if (!next_word(&line, &key)) return false;
    train_list *const list = list_named(&recipe->lists, key);
    if (list != NULL) return add_words(list, line);
    if (!next_word(&line, &name)) return false;
    const bool has_more = next_word(&line, &digits);
    if (!has_more && read_number(name, &number)) return set_number(recipe, key, number);
    if (!read_number(digits, &number)) return false;
    if (mtc_str_equal(key, MTC_STR("corruption")) && has_more)
        return set_corruption(recipe, name, number);
    train_files *const texts = mtc_str_equal(key, MTC_STR("source"))  ? &recipe->sources
                               : mtc_str_equal(key, MTC_STR("apart")) ? &recipe->apart
                                                                      : NULL;
    if (texts != NULL && has_more) {
        add_file(texts, folder, name, number);
        return true;
    }
    if (has_more) return false;
    if (mtc_str_equal(key, MTC_STR("slips"))) {
        add_file(&recipe->slips, own_folder, name, 0);
        return true;
    }
    train_files *const files = mtc_str_equal(key, MTC_STR("treebank"))
                                   ? &recipe->treebanks
                               : mtc_str_equal(key, MTC_STR("dev"))    ? &recipe->dev
                               : mtc_str_equal(key, MTC_STR("tagged")) ? &recipe->tagged
                                                                       : NULL;
    if (files == NULL) return false;
    add_file(files, folder, name, 0);
    return true;
}

void train_recipe_read(train_recipe *recipe, const char *path, const char *data_folder) {
    *recipe = (train_recipe){
#define X(name, value) .name = (value),
        TRAIN_NUMBERS(X)
#undef X
    };
    const char *const end = strrchr(path, '/');
    char *const own_folder =
        end == NULL ? strdup(".") : strndup(path, (size_t)(end - path));
    if (own_folder == NULL) train_die("no memory");
    const mtc_str whole = train_read(path);
    mtc_str rest = whole, line;
    for (unsigned number = 1; train_next_line(&rest, &line); number++) {
        const char *const comment = memchr(line.ptr, '#', line.len);
        if (comment != NULL) line.len = (size_t)(comment - line.ptr);
        line = mtc_str_trim(line);
        if (line.len > 0 && !read_entry(recipe, line, data_folder, own_folder))
            train_die("%s, line %u: not understood", path, number);
    }
    free((void *)(uintptr_t)whole.ptr);
    free(own_folder);
}

static void free_files(train_files *files) {
    for (size_t i = 0; i < files->count; i++) free(files->at[i].path);
    free(files->at);
}

static void free_list(train_list *list) {
    for (size_t i = 0; i < list->count; i++) free(list->at[i]);
    free(list->at);
}

void train_recipe_free(train_recipe *recipe) {
    free_list(&recipe->lists.abbreviations);
    free_list(&recipe->lists.verbs);
    free_list(&recipe->lists.functions);
    free_files(&recipe->sources);
    free_files(&recipe->apart);
    free_files(&recipe->treebanks);
    free_files(&recipe->dev);
    free_files(&recipe->tagged);
    free_files(&recipe->slips);
}
