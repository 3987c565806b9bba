#include "base/wordset.h"

static uint32_t hash_of(mtc_str word) {
    return (uint32_t)(mtc_str_hash(word) >> 32);
}

static uint32_t slot_of(const mtc_wordset *set, mtc_str word, uint32_t hash) {
    const uint32_t mask = set->slot_count - 1;
    uint32_t at = hash & mask;
    for (;; at = (at + 1) & mask) {
        const mtc_wordset_slot slot = set->slots[at];
        if (slot.index == 0) return at;
        if (slot.hash == hash && mtc_str_equal(set->entries[slot.index - 1].word, word)) {
            return at;
        }
    }
}

/* Keeps the table at most half full, so that a search for what is not there ends soon. */
static bool make_room(mtc_wordset *set, mtc_arena *arena) {
    if ((set->count + 1) * 2 <= set->slot_count) return true;
    const uint32_t wanted = set->slot_count == 0 ? 16 : set->slot_count * 2;
    mtc_wordset_slot *const slots = MTC_TAKE(arena, mtc_wordset_slot, wanted);
    mtc_wordset_entry *const entries = MTC_TAKE(arena, mtc_wordset_entry, wanted / 2);
    if (slots == NULL || entries == NULL) return false;
    if (set->count > 0) memcpy(entries, set->entries, set->count * sizeof *entries);
    set->slots = slots;
    set->slot_count = wanted;
    set->entries = entries;
    set->entry_capacity = wanted / 2;
    for (uint32_t i = 0; i < set->count; i++) {
        const uint32_t hash = hash_of(entries[i].word);
        slots[slot_of(set, entries[i].word, hash)] = (mtc_wordset_slot){hash, i + 1};
    }
    return true;
}

static uint32_t words_in(mtc_str entry) {
    uint32_t words = 1;
    for (size_t i = 0; i < entry.len; i++) words += entry.ptr[i] == ' ';
    return words;
}

bool mtc_wordset_add(mtc_wordset *set, mtc_arena *arena, mtc_str word, mtc_str payload) {
    if (!make_room(set, arena)) return false;
    const uint32_t hash = hash_of(word);
    mtc_wordset_slot *const slot = &set->slots[slot_of(set, word, hash)];
    if (slot->index != 0) {
        set->entries[slot->index - 1].payload = payload;
        return true;
    }
    set->entries[set->count++] = (mtc_wordset_entry){word, payload};
    *slot = (mtc_wordset_slot){hash, set->count};
    const uint32_t words = words_in(word);
    if (words > set->longest) set->longest = words;
    const uint32_t bit = mtc_wordset_bit(word);
    set->filter[bit / 64] |= (uint64_t)1 << (bit % 64);
    return true;
}

const mtc_wordset_entry *mtc_wordset_search(const mtc_wordset *set, mtc_str word) {
    if (set->count == 0) return NULL;
    const uint32_t index = set->slots[slot_of(set, word, hash_of(word))].index;
    return index == 0 ? NULL : &set->entries[index - 1];
}
