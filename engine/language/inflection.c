#include "language/inflection.h"

typedef struct {
    mtc_str lemma;
    mtc_arena *arena;
    mtc_wordset *forms;
    bool has_memory;
} inflecting;

static bool is_vowel(char letter) {
    return memchr("aeiou", letter, 5) != NULL;
}

/* The letter `behind` places before the end; NUL: there is none. */
static char letter(const inflecting *with, size_t behind) {
    const mtc_str lemma = with->lemma;
    return behind < lemma.len ? lemma.ptr[lemma.len - 1 - behind] : '\0';
}

static bool ends_with(const inflecting *with, const char *ending) {
    return mtc_str_ends_with(with->lemma, mtc_str_of(ending));
}

/* The lemma without its last `dropped` bytes, a letter again (NUL: none), an ending. */
static void add(inflecting *with, size_t dropped, char again, const char *ending) {
    const mtc_str lemma = with->lemma;
    const size_t kept = lemma.len - dropped, added = strlen(ending);
    char *const form = MTC_TAKE(with->arena, char, lemma.len + added + 2);
    if (form == NULL) {
        with->has_memory = false;
        return;
    }
    memcpy(form, lemma.ptr, kept);
    size_t length = kept;
    if (again != '\0') form[length++] = again;
    memcpy(form + length, ending, added);
    with->has_memory &= mtc_wordset_add(with->forms, with->arena,
                                        (mtc_str){form, length + added}, (mtc_str){0});
}

static bool ends_in_consonant_and_y(const inflecting *with) {
    return letter(with, 0) == 'y' && with->lemma.len > 1 && !is_vowel(letter(with, 1));
}

static void add_s(inflecting *with) {
    const bool hisses = memchr("sxz", letter(with, 0), 3) != NULL ||
                        ends_with(with, "ch") || ends_with(with, "sh");
    if (ends_in_consonant_and_y(with)) {
        add(with, 1, '\0', "ies");
        return;
    }
    if (hisses || letter(with, 0) == 'o') add(with, 0, '\0', "es");
    if (!hisses) add(with, 0, '\0', "s");
}

static size_t syllables(mtc_str lemma) {
    size_t count = 0;
    for (size_t i = 0; i < lemma.len; i++)
        count += is_vowel(lemma.ptr[i]) && (i == 0 || !is_vowel(lemma.ptr[i - 1]));
    return count;
}

/* "stop" doubles its last letter, "visit" does not, "admit" does: of a word of more
 * syllables than one both are made. */
static void add_to_consonant(inflecting *with, const char *ending) {
    const char last = letter(with, 0);
    const bool may_double = with->lemma.len >= 3 && !is_vowel(last) &&
                            memchr("wxy", last, 3) == NULL && is_vowel(letter(with, 1)) &&
                            !is_vowel(letter(with, 2));
    if (may_double) add(with, 0, last, ending);
    if (!may_double || syllables(with->lemma) > 1) add(with, 0, '\0', ending);
}

static void add_ed(inflecting *with) {
    if (letter(with, 0) == 'e') {
        add(with, 0, '\0', "d");
    } else if (ends_in_consonant_and_y(with)) {
        add(with, 1, '\0', "ied");
    } else {
        add_to_consonant(with, "ed");
    }
}

static void add_ing(inflecting *with) {
    if (ends_with(with, "ie")) {
        add(with, 2, '\0', "ying");
    } else if (letter(with, 0) == 'e' && with->lemma.len > 2 &&
               memchr("eoy", letter(with, 1), 3) == NULL) {
        add(with, 1, '\0', "ing");
    } else {
        add_to_consonant(with, "ing");
    }
}

static void add_listed(inflecting *with, mtc_str forms) {
    while (forms.len > 0) {
        const char *const space = memchr(forms.ptr, ' ', forms.len);
        const size_t length = space == NULL ? forms.len : (size_t)(space - forms.ptr);
        with->has_memory &= mtc_wordset_add(with->forms, with->arena,
                                            (mtc_str){forms.ptr, length}, (mtc_str){0});
        const size_t used = length + (space != NULL);
        forms = (mtc_str){forms.ptr + used, forms.len - used};
    }
}

bool mtc_inflect(const mtc_wordset *irregular, mtc_str lemma, mtc_arena *arena,
                 mtc_wordset *forms) {
    inflecting with = {lemma, arena, forms, true};
    if (lemma.len == 0) return true;
    with.has_memory = mtc_wordset_add(forms, arena, lemma, (mtc_str){0});
    const mtc_wordset_entry *const entry = mtc_wordset_find(irregular, lemma);
    mtc_str listed = entry == NULL ? (mtc_str){"", 0} : entry->payload;
    const bool is_added = listed.len > 0 && listed.ptr[0] == '+';
    if (is_added) listed = (mtc_str){listed.ptr + 1, listed.len - 1};
    add_s(&with);
    if (entry == NULL || is_added) add_ed(&with);
    add_ing(&with);
    add_listed(&with, listed);
    return with.has_memory;
}
