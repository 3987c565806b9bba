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
    uint32_t longest;       /* entry, in space-separated words */
    uint32_t longest_bytes; /* entry, in bytes */
} mtc_wordset;

/* Adds or replaces. Borrows the strings. False: no memory. */
bool mtc_wordset_add(mtc_wordset *set, mtc_arena *arena, mtc_str word, mtc_str payload);
/* NULL where it is not there; a NULL set is empty. */
const mtc_wordset_entry *mtc_wordset_find(const mtc_wordset *set, mtc_str word);

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
