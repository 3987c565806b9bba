#include "language/speller.h"

#include <hunspell/hunspell.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

enum {
    DICTIONARIES = 2,
    LARGEST_DICTIONARY = 32 << 20,
    LONGEST_ASKED = 80, /* bytes; hunspell's own limit is 100 characters */
};

struct mtc_speller {
    Hunhandle *handles[DICTIONARIES];
    pthread_mutex_t lock;
};

static const struct {
    const char *name;
    uint32_t knowledge;
} LANGUAGES[DICTIONARIES] = {{"en_US", MTC_KNOWN_US}, {"en_GB", MTC_KNOWN_GB}};

/* Hunspell_create races with itself; nothing else is shared between two spellers. */
static pthread_mutex_t creation = PTHREAD_MUTEX_INITIALIZER;

/* --- Loading --- */

/* The first line of a .dic file is the number of its entries, more or less. */
static bool has_plausible_count(mtc_str bytes) {
    uint64_t announced = 0, lines = 0;
    size_t at = mtc_str_starts_with(bytes, MTC_STR("\uFEFF")) ? 3 : 0;
    const size_t last = at + 9;
    while (at < bytes.len && at < last && bytes.ptr[at] >= '0' && bytes.ptr[at] <= '9') {
        announced = announced * 10 + (uint64_t)(bytes.ptr[at++] - '0');
    }
    for (size_t i = 0; i < bytes.len; i++) lines += bytes.ptr[i] == '\n';
    return announced > 0 && announced / 2 <= lines && lines / 2 <= announced;
}

static bool declares_utf8(mtc_str bytes) {
    return memmem(bytes.ptr, bytes.len, "SET UTF-8", sizeof "SET UTF-8" - 1) != NULL;
}

static mtc_status verify_file(const char *path, bool is_dictionary, mtc_error *error) {
    mtc_arena arena;
    mtc_arena_init(&arena, 64 * 1024, LARGEST_DICTIONARY + (1 << 20));
    mtc_str bytes;
    mtc_status status = mtc_file_read(path, LARGEST_DICTIONARY, &arena, &bytes, error);
    if (status == MTC_OK) {
        const bool is_text = mtc_utf8_valid_prefix(bytes) == bytes.len &&
                             memchr(bytes.ptr, '\0', bytes.len) == NULL;
        const bool is_plausible =
            is_dictionary ? has_plausible_count(bytes) : declares_utf8(bytes);
        if (!is_text || !is_plausible) {
            status = mtc_fail_in_file(error, path, 0, 0, "is no hunspell %s in UTF-8",
                                      is_dictionary ? "dictionary" : "affix file");
        }
    }
    mtc_arena_fini(&arena);
    return status;
}

static mtc_status verify_answers(Hunhandle *handle, const char *path, mtc_error *error) {
    static const struct {
        const char *form;
        int answer;
    } PROOFS[] = {{"the", 1},    {"minister", 1},   {"ministers", 1},
                  {"walked", 1}, {"Monday", 1},     {"monday", 0},
                  {"qzxv", 0},   {"ministerss", 0}, {"thewalked", 0}};
    for (size_t i = 0; i < sizeof PROOFS / sizeof *PROOFS; i++) {
        if ((Hunspell_spell(handle, PROOFS[i].form) != 0) != (PROOFS[i].answer != 0)) {
            return mtc_fail_in_file(error, path, 0, 0,
                                    "gives a wrong answer about \"%s\": it is damaged",
                                    PROOFS[i].form);
        }
    }
    return MTC_OK;
}

static mtc_status open_dictionary(const char *folder, const char *name,
                                  Hunhandle **ret_handle, mtc_error *error) {
    char affixes[4096], words[4096];
    const int affix_length = snprintf(affixes, sizeof affixes, "%s/%s.aff", folder, name);
    const int word_length = snprintf(words, sizeof words, "%s/%s.dic", folder, name);
    if (affix_length < 0 || word_length < 0 || (size_t)affix_length >= sizeof affixes ||
        (size_t)word_length >= sizeof words) {
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "the hunspell folder's name is too long");
    }
    mtc_status status = verify_file(affixes, false, error);
    if (status == MTC_OK) status = verify_file(words, true, error);
    if (status != MTC_OK) return status;
    (void)pthread_mutex_lock(&creation);
    Hunhandle *const handle = Hunspell_create(affixes, words);
    (void)pthread_mutex_unlock(&creation);
    if (handle == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for %s", words);
    status = verify_answers(handle, words, error);
    if (status == MTC_OK) {
        *ret_handle = handle;
    } else {
        Hunspell_destroy(handle);
    }
    return status;
}

mtc_status mtc_speller_new(const char *folder, mtc_speller **ret_speller,
                           mtc_error *error) {
    mtc_speller *const speller = calloc(1, sizeof *speller);
    if (speller == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for hunspell");
    if (pthread_mutex_init(&speller->lock, NULL) != 0) {
        free(speller);
        return mtc_fail(error, MTC_NO_MEMORY, "no lock for hunspell");
    }
    mtc_status status = MTC_OK;
    for (size_t i = 0; status == MTC_OK && i < DICTIONARIES; i++) {
        status = open_dictionary(folder, LANGUAGES[i].name, &speller->handles[i], error);
    }
    if (status == MTC_OK) {
        *ret_speller = speller;
    } else {
        mtc_speller_free(speller);
    }
    return status;
}

void mtc_speller_free(mtc_speller *speller) {
    if (speller == NULL) return;
    for (size_t i = 0; i < DICTIONARIES; i++) {
        if (speller->handles[i] != NULL) Hunspell_destroy(speller->handles[i]);
    }
    (void)pthread_mutex_destroy(&speller->lock);
    free(speller);
}

/* --- Asking --- */

static uint32_t ask_hunspell(mtc_speller *speller, mtc_str form) {
    char zero_terminated[LONGEST_ASKED + 1];
    memcpy(zero_terminated, form.ptr, form.len);
    zero_terminated[form.len] = '\0';
    uint32_t knowledge = 0;
    (void)pthread_mutex_lock(&speller->lock);
    for (size_t i = 0; i < DICTIONARIES; i++) {
        if (Hunspell_spell(speller->handles[i], zero_terminated) != 0)
            knowledge |= LANGUAGES[i].knowledge;
    }
    (void)pthread_mutex_unlock(&speller->lock);
    return knowledge;
}

/* Two places for each hash value, the newer form first. Most forms are short, so that
 * places of two sizes hold more of them: 504 KiB together. */
enum {
    WAYS = 2,
    SHORT_SETS = 12288,
    LONG_SETS = 1920,
    LONGEST_SHORT = 14,
    LONGEST_LONG = 30,
};

/* A place is a byte of length (0: free), a byte of knowledge, then the form. */
struct mtc_speller_cache {
    uint8_t short_forms[SHORT_SETS][WAYS][LONGEST_SHORT + 2];
    uint8_t long_forms[LONG_SETS][WAYS][LONGEST_LONG + 2];
};

typedef struct {
    uint8_t *first; /* NULL: the form cannot be kept */
    size_t size;    /* of one place */
} places;

static places places_of(mtc_speller_cache *cache, mtc_str form) {
    if (cache == NULL || form.len > LONGEST_LONG) return (places){NULL, 0};
    const uint64_t hash = mtc_str_hash(form);
    return form.len <= LONGEST_SHORT
               ? (places){cache->short_forms[hash % SHORT_SETS][0], LONGEST_SHORT + 2}
               : (places){cache->long_forms[hash % LONG_SETS][0], LONGEST_LONG + 2};
}

mtc_speller_cache *mtc_speller_cache_new(void) {
    return calloc(1, sizeof(mtc_speller_cache));
}

void mtc_speller_cache_free(mtc_speller_cache *cache) {
    free(cache);
}

uint32_t mtc_speller_ask(mtc_speller *speller, mtc_speller_cache *cache, mtc_str form) {
    if (form.len == 0 || form.len > LONGEST_ASKED ||
        memchr(form.ptr, '\0', form.len) != NULL)
        return 0;
    const places kept = places_of(cache, form);
    for (size_t way = 0; kept.first != NULL && way < WAYS; way++) {
        const uint8_t *const place = kept.first + way * kept.size;
        if (place[0] == form.len && memcmp(place + 2, form.ptr, form.len) == 0)
            return place[1];
    }
    const uint32_t knowledge = ask_hunspell(speller, form);
    if (kept.first != NULL) {
        memcpy(kept.first + kept.size, kept.first, kept.size);
        kept.first[0] = (uint8_t)form.len;
        kept.first[1] = (uint8_t)knowledge;
        memcpy(kept.first + 2, form.ptr, form.len);
    }
    return knowledge;
}

/* --- Suggesting --- */

static bool holds(const mtc_str *words, size_t count, mtc_str word) {
    for (size_t i = 0; i < count; i++) {
        if (mtc_str_equal(words[i], word)) return true;
    }
    return false;
}

mtc_status mtc_speller_suggest(mtc_speller *speller, mtc_str form, uint32_t most,
                               mtc_arena *arena, mtc_str **ret_words, size_t *ret_count) {
    mtc_str *const words = MTC_TAKE(arena, mtc_str, most);
    if (words == NULL && most > 0) return MTC_NO_MEMORY;
    size_t count = 0;
    bool has_memory = true;
    char zero_terminated[LONGEST_ASKED + 1];
    const bool is_askable = form.len > 0 && form.len <= LONGEST_ASKED &&
                            memchr(form.ptr, '\0', form.len) == NULL;
    if (is_askable) {
        memcpy(zero_terminated, form.ptr, form.len);
        zero_terminated[form.len] = '\0';
    }
    for (size_t i = 0; is_askable && has_memory && i < DICTIONARIES && count < most;
         i++) {
        char **found = NULL;
        (void)pthread_mutex_lock(&speller->lock);
        const int found_count =
            Hunspell_suggest(speller->handles[i], &found, zero_terminated);
        for (int k = 0; has_memory && k < found_count && count < most; k++) {
            const mtc_str word = mtc_str_of(found[k]);
            if (holds(words, count, word)) continue;
            words[count] = mtc_arena_copy(arena, word);
            has_memory = words[count].ptr != NULL;
            count += has_memory;
        }
        if (found != NULL) Hunspell_free_list(speller->handles[i], &found, found_count);
        (void)pthread_mutex_unlock(&speller->lock);
    }
    if (!has_memory) return MTC_NO_MEMORY;
    *ret_words = words;
    *ret_count = count;
    return MTC_OK;
}
