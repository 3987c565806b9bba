/* wordset.h: sets of words that are read once and then only asked.
 *
 * A list file is UTF-8, one entry a line: the word, then, after a TAB, an optional
 * payload. Empty lines and lines that begin with `#` are skipped; ends are trimmed.
 * Entries are compared byte by byte: whoever asks folds first where the list is folded.
 */
#ifndef MTC_BASE_WORDSET_H
#define MTC_BASE_WORDSET_H

#include "base/arena.h"

typedef struct mtc_wordset_entry {
    mtc_str word, payload; /* payload.len 0: none */
} mtc_wordset_entry;

/* The hash stands beside the index, so that most searches for what is not there touch no
 * entry. */
typedef struct mtc_wordset_slot {
    uint32_t hash;
    uint32_t index; /* + 1; 0: free */
} mtc_wordset_slot;

/* Open addressing over entries; grows by doubling. Zero-initialised it is empty. */
typedef struct mtc_wordset {
    mtc_wordset_entry *entries; /* in the order they were added, no duplicates */
    mtc_wordset_slot *slots;
    uint32_t count, entry_capacity, slot_count;
    uint32_t longest; /* entry, in space-separated words */
    /* A bit for each entry by its ends and its length: most words are turned away by one
     * test, before they are hashed. */
    uint64_t filter[8];
} mtc_wordset;

/* Adds or replaces. Borrows the strings. False: no memory. */
bool mtc_wordset_add(mtc_wordset *set, mtc_arena *arena, mtc_str word, mtc_str payload);
/* The bit of `filter` that an entry sets: 0…511 (multiplicative hashing, Knuth 6.4). */
static inline uint32_t mtc_wordset_bit(mtc_str word) {
    if (word.len == 0) return 0;
    const uint32_t first = (unsigned char)word.ptr[0];
    const uint32_t last = (unsigned char)word.ptr[word.len - 1];
    return ((first | last << 8 | (uint32_t)word.len << 16) * 0x9E3779B1u) >> 23;
}

/* As mtc_wordset_find, without its filter. */
const mtc_wordset_entry *mtc_wordset_search(const mtc_wordset *set, mtc_str word);

/* NULL where it is not there; a NULL set is empty. */
static inline const mtc_wordset_entry *mtc_wordset_find(const mtc_wordset *set,
                                                        mtc_str word) {
    if (set == NULL) return NULL;
    const uint32_t bit = mtc_wordset_bit(word);
    return set->filter[bit / 64] >> (bit % 64) & 1 ? mtc_wordset_search(set, word) : NULL;
}

static inline bool mtc_wordset_has(const mtc_wordset *set, mtc_str word) {
    return mtc_wordset_find(set, word) != NULL;
}

/* --- All lists of a language, by name --- */

/* `dicts/en/titles.txt` is the list "titles". Files of the overlay add to lists of the
 * same name; a line `-word` there takes one away. */
typedef struct mtc_wordlists mtc_wordlists;

/* Reads every *.txt of `folder`, then of `overlay` (NULL: none). Memory from the arena.
 * INVALID_FILE where one cannot be read or is not UTF-8 (with its line). */
mtc_status mtc_wordlists_load(const char *folder, const char *overlay, mtc_arena *arena,
                              mtc_wordlists **ret_lists, mtc_error *error);
/* An unknown name is an empty list, never NULL. */
const mtc_wordset *mtc_wordlists_get(const mtc_wordlists *lists, const char *name);
/* SHA-256 over names and contents, in the order of names. */
void mtc_wordlists_checksum(const mtc_wordlists *lists, unsigned char ret_digest[32]);

#endif
