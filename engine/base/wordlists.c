#include <sodium/crypto_hash_sha256.h>

#include "base/file.h"
#include "base/utf8.h"
#include "base/wordset.h"

typedef struct {
    mtc_str name;
    mtc_wordset words, removed;
} named_list;

struct mtc_wordlists {
    MTC_VECTOR(named_list) lists;
    unsigned char digest[32];
};

enum { LARGEST_LIST = 16 << 20 };

/* "…/dicts/en/titles.txt" -> "titles" */
static mtc_str list_name(mtc_str path) {
    size_t begin = path.len;
    while (begin > 0 && path.ptr[begin - 1] != '/') begin--;
    return (mtc_str){path.ptr + begin, path.len - begin - sizeof ".txt" + 1};
}

static named_list *find(const mtc_wordlists *lists, mtc_str name) {
    for (size_t i = 0; i < lists->lists.count; i++) {
        if (mtc_str_equal(lists->lists.at[i].name, name)) return &lists->lists.at[i];
    }
    return NULL;
}

static uint32_t line_of(mtc_str bytes, size_t position) {
    uint32_t line = 1;
    for (size_t i = 0; i < position; i++) line += bytes.ptr[i] == '\n';
    return line;
}

static bool add_entry(named_list *list, mtc_str line, bool is_overlay, mtc_arena *arena) {
    const mtc_str whole = mtc_str_trim(line);
    if (whole.len == 0 || whole.ptr[0] == '#') return true;
    if (is_overlay && whole.ptr[0] == '-' && whole.len > 1) {
        const mtc_str word =
            mtc_utf8_normalise((mtc_str){whole.ptr + 1, whole.len - 1}, arena);
        return word.ptr != NULL &&
               mtc_wordset_add(&list->removed, arena, word, (mtc_str){0});
    }
    const char *const tab = memchr(whole.ptr, '\t', whole.len);
    const size_t word_length = tab == NULL ? whole.len : (size_t)(tab - whole.ptr);
    const mtc_str payload =
        tab == NULL ? (mtc_str){0}
                    : mtc_str_trim((mtc_str){tab + 1, whole.len - word_length - 1});
    const mtc_str word =
        mtc_utf8_normalise(mtc_str_trim((mtc_str){whole.ptr, word_length}), arena);
    return word.ptr != NULL && mtc_wordset_add(&list->words, arena, word, payload);
}

static mtc_status read_list(mtc_wordlists *lists, mtc_str path, bool is_overlay,
                            mtc_arena *arena, crypto_hash_sha256_state *hash,
                            mtc_error *error) {
    mtc_str bytes;
    const mtc_status status = mtc_file_read(path.ptr, LARGEST_LIST, arena, &bytes, error);
    if (status != MTC_OK) return status;
    const size_t valid = mtc_utf8_valid_prefix(bytes);
    if (valid < bytes.len) {
        return mtc_fail_in_file(error, path.ptr, line_of(bytes, valid), 0,
                                "is not valid UTF-8");
    }
    const mtc_str name = list_name(path);
    crypto_hash_sha256_update(hash, (const unsigned char *)name.ptr, name.len + 1);
    crypto_hash_sha256_update(hash, (const unsigned char *)bytes.ptr, bytes.len + 1);
    named_list *list = find(lists, name);
    if (list == NULL) {
        if (!mtc_vector_push(&lists->lists, arena, (named_list){.name = name})) {
            return mtc_fail(error, MTC_NO_MEMORY, "no memory for %s", path.ptr);
        }
        list = &lists->lists.at[lists->lists.count - 1];
    }
    while (bytes.len > 0) {
        const char *const end = memchr(bytes.ptr, '\n', bytes.len);
        const size_t length = end == NULL ? bytes.len : (size_t)(end - bytes.ptr);
        if (!add_entry(list, (mtc_str){bytes.ptr, length}, is_overlay, arena)) {
            return mtc_fail(error, MTC_NO_MEMORY, "no memory for %s", path.ptr);
        }
        const size_t skipped = length + (end != NULL);
        bytes = (mtc_str){bytes.ptr + skipped, bytes.len - skipped};
    }
    return MTC_OK;
}

static mtc_status read_folder(mtc_wordlists *lists, const char *folder, bool is_overlay,
                              mtc_arena *arena, crypto_hash_sha256_state *hash,
                              mtc_error *error) {
    mtc_path_list paths;
    mtc_status status =
        mtc_folder_list(folder, MTC_STR(".txt"), is_overlay, arena, &paths, error);
    for (size_t i = 0; status == MTC_OK && i < paths.count; i++) {
        status = read_list(lists, paths.at[i], is_overlay, arena, hash, error);
    }
    return status;
}

/* Rebuilds a list from which the overlay takes words away. */
static bool take_away(named_list *list, mtc_arena *arena) {
    if (list->removed.count == 0) return true;
    mtc_wordset kept = {0};
    for (uint32_t i = 0; i < list->words.count; i++) {
        const mtc_wordset_entry *const entry = &list->words.entries[i];
        if (mtc_wordset_has(&list->removed, entry->word)) continue;
        if (!mtc_wordset_add(&kept, arena, entry->word, entry->payload)) return false;
    }
    list->words = kept;
    return true;
}

mtc_status mtc_wordlists_load(const char *folder, const char *overlay, mtc_arena *arena,
                              mtc_wordlists **ret_lists, mtc_error *error) {
    mtc_wordlists *const lists = MTC_TAKE(arena, mtc_wordlists, 1);
    if (lists == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for word lists");
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    mtc_status status = read_folder(lists, folder, false, arena, &hash, error);
    if (status == MTC_OK && overlay != NULL) {
        status = read_folder(lists, overlay, true, arena, &hash, error);
    }
    if (status != MTC_OK) return status;
    for (size_t i = 0; i < lists->lists.count; i++) {
        if (!take_away(&lists->lists.at[i], arena)) {
            return mtc_fail(error, MTC_NO_MEMORY, "no memory for word lists");
        }
    }
    crypto_hash_sha256_final(&hash, lists->digest);
    *ret_lists = lists;
    return MTC_OK;
}

const mtc_wordset *mtc_wordlists_get(const mtc_wordlists *lists, const char *name) {
    static const mtc_wordset EMPTY = {0};
    const named_list *const list = find(lists, mtc_str_of(name));
    return list == NULL ? &EMPTY : &list->words;
}

void mtc_wordlists_checksum(const mtc_wordlists *lists, unsigned char ret_digest[32]) {
    memcpy(ret_digest, lists->digest, sizeof lists->digest);
}
