#include "language/function_words.h"

enum { LONGEST_WORD = 24 };

mtc_function_class mtc_function_class_of(mtc_str name) {
    static const char *const NAMES[] = {"",
#define NAME(name, text) text,
                                        MTC_FUNCTION_MAP(NAME)
#undef NAME
    };
    for (unsigned i = 1; i < MTC_FUNCTION_CLASSES; i++) {
        if (mtc_str_equal(name, mtc_str_of(NAMES[i]))) return (mtc_function_class)i;
    }
    return MTC_FUNCTION_NONE;
}

/* Copies with U+2019 as "'"; 0 where it is too long to be a function word. */
static size_t plain_apostrophe(mtc_str word, char to[LONGEST_WORD]) {
    size_t length = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (length == LONGEST_WORD) return 0;
        if (i + 2 < word.len && memcmp(word.ptr + i, "\xE2\x80\x99", 3) == 0) {
            to[length++] = '\'';
            i += 2;
        } else {
            to[length++] = word.ptr[i];
        }
    }
    return length;
}

const mtc_wordset_entry *mtc_function_entry_find(const mtc_wordset *list,
                                                 mtc_str folded) {
    char plain[LONGEST_WORD];
    if (folded.len == 0 || folded.len > LONGEST_WORD) return NULL;
    const size_t length = plain_apostrophe(folded, plain);
    return mtc_wordset_find(list, (mtc_str){plain, length});
}

mtc_function_class mtc_function_class_find(const mtc_wordset *list, mtc_str folded) {
    const mtc_wordset_entry *const entry = mtc_function_entry_find(list, folded);
    return entry == NULL ? MTC_FUNCTION_NONE : mtc_function_class_of(entry->payload);
}

const uint8_t *mtc_function_classes_read(const mtc_document *doc,
                                         const mtc_wordset *list) {
    if (doc->functions != NULL) return doc->functions;
    uint8_t *const classes = MTC_TAKE(doc->arena, uint8_t, doc->words.count + 1);
    if (classes == NULL) return NULL;
    for (size_t i = 0; i < doc->words.count; i++) {
        const uint32_t folded = doc->words.at[i].folded;
        classes[i] = (uint8_t)mtc_function_class_find(list, doc->words.at[folded].text);
    }
    return classes;
}
