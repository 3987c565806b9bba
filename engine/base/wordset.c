#include "base/wordset.h"

static uint32_t slot_of(const mtc_wordset *set, mtc_str word) {
    const uint32_t mask = set->slot_count - 1;
    uint32_t slot = (uint32_t)mtc_str_hash(word) & mask;
    while (set->slots[slot] != 0 &&
           !mtc_str_equal(set->entries[set->slots[slot] - 1].word, word)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

/* Keeps the table at most half full, so that a search for what is not there ends soon. */
static bool make_room(mtc_wordset *set, mtc_arena *arena) {
    if ((set->count + 1) * 2 <= set->slot_count) return true;
    const uint32_t wanted = set->slot_count == 0 ? 16 : set->slot_count * 2;
    uint32_t *const slots = MTC_TAKE(arena, uint32_t, wanted);
    mtc_wordset_entry *const entries = MTC_TAKE(arena, mtc_wordset_entry, wanted / 2);
    if (slots == NULL || entries == NULL) return false;
    if (set->count > 0) memcpy(entries, set->entries, set->count * sizeof *entries);
    set->slots = slots;
    set->slot_count = wanted;
    set->entries = entries;
    set->entry_capacity = wanted / 2;
    for (uint32_t i = 0; i < set->count; i++)
        set->slots[slot_of(set, entries[i].word)] = i + 1;
    return true;
}

static uint32_t words_in(mtc_str entry) {
    uint32_t words = 1;
    for (size_t i = 0; i < entry.len; i++) words += entry.ptr[i] == ' ';
    return words;
}

bool mtc_wordset_add(mtc_wordset *set, mtc_arena *arena, mtc_str word, mtc_str payload) {
    if (!make_room(set, arena)) return false;
    const uint32_t slot = slot_of(set, word);
    if (set->slots[slot] != 0) {
        set->entries[set->slots[slot] - 1].payload = payload;
        return true;
    }
    set->entries[set->count++] = (mtc_wordset_entry){word, payload};
    set->slots[slot] = set->count;
    const uint32_t words = words_in(word);
    if (words > set->longest) set->longest = words;
    return true;
}

const mtc_wordset_entry *mtc_wordset_find(const mtc_wordset *set, mtc_str word) {
    if (set == NULL || set->count == 0) return NULL;
    const uint32_t slot = slot_of(set, word);
    return set->slots[slot] == 0 ? NULL : &set->entries[set->slots[slot] - 1];
}
