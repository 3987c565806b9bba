#include "text/words.h"

#include "base/utf8.h"
#include "text/characters.h"

static const uint32_t SMALLEST_TABLE = 256;

bool mtc_form_table_init(mtc_form_table *table, mtc_document *doc, uint32_t expected) {
    uint32_t slot_count = SMALLEST_TABLE;
    while (slot_count < expected * 2) slot_count *= 2;
    *table = (mtc_form_table){.doc = doc, .slot_count = slot_count};
    table->slots = MTC_TAKE(doc->arena, uint32_t, slot_count);
    return table->slots != NULL;
}

static uint32_t *slot_of(const mtc_form_table *table, mtc_str raw, uint32_t hash) {
    const uint32_t mask = table->slot_count - 1;
    for (uint32_t slot = hash & mask;; slot = (slot + 1) & mask) {
        const uint32_t taken = table->slots[slot];
        if (taken == 0) return &table->slots[slot];
        const mtc_word_key *const key = &table->keys.at[taken - 1];
        if (key->hash == hash && mtc_str_equal(key->raw, raw)) return &table->slots[slot];
    }
}

/* Keeps the table at most half full. */
static bool make_room(mtc_form_table *table) {
    if ((table->keys.count + 1) * 2 <= table->slot_count) return true;
    const uint32_t wanted = table->slot_count * 2;
    uint32_t *const slots = MTC_TAKE(table->doc->arena, uint32_t, wanted);
    if (slots == NULL) return false;
    table->slots = slots;
    table->slot_count = wanted;
    for (uint32_t i = 0; i < table->keys.count; i++) {
        const mtc_word_key *const key = &table->keys.at[i];
        *slot_of(table, key->raw, key->hash) = i + 1;
    }
    return true;
}

static bool is_ascii(mtc_str text) {
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80) return false;
    }
    return true;
}

/* What readers take for the same: apostrophes become ', hyphens -, and what nobody sees
 * goes. Joiners stay outside Latin text, where they change letters. */
static mtc_str plain_marks(mtc_str raw, mtc_arena *arena) {
    char *const bytes = mtc_arena_take(arena, raw.len + 1);
    if (bytes == NULL) return (mtc_str){NULL, 0};
    size_t length = 0;
    uint32_t before = 0;
    for (uint32_t at = 0; at < raw.len;) {
        const mtc_char c = mtc_char_at(raw, at, (uint32_t)raw.len);
        at += c.length;
        const bool is_joiner = c.codepoint == 0x200C || c.codepoint == 0x200D;
        if (c.class == MTC_CHAR_FORMAT && !(is_joiner && before >= 0x370)) continue;
        uint32_t codepoint = c.codepoint;
        if (raw.len > c.length && mtc_is_apostrophe(codepoint)) codepoint = '\'';
        if (raw.len > c.length && mtc_is_hyphen(codepoint)) codepoint = '-';
        length += mtc_utf8_encode(codepoint, bytes + length);
        before = codepoint;
    }
    return (mtc_str){bytes, length};
}

/* Without 's or the ' of s', however many; len 0 where it has none. */
static mtc_str without_possessive(mtc_str text) {
    mtc_str stem = text;
    for (;;) {
        const size_t length = stem.len;
        if (length > 2 && stem.ptr[length - 2] == '\'' &&
            (stem.ptr[length - 1] == 's' || stem.ptr[length - 1] == 'S'))
            stem.len -= 2;
        else if (length > 2 && stem.ptr[length - 1] == '\'')
            stem.len--;
        else
            break;
    }
    return stem.len < text.len ? stem : (mtc_str){NULL, 0};
}

static bool add_key(mtc_form_table *table, mtc_str raw, uint32_t hash, uint32_t word) {
    if (!make_room(table)) return false;
    const mtc_word_key key = {raw, hash, word};
    if (!mtc_vector_push(&table->keys, table->doc->arena, key)) return false;
    *slot_of(table, raw, hash) = (uint32_t)table->keys.count;
    return true;
}

static bool find_normal(mtc_form_table *table, mtc_str text, bool is_folded,
                        uint32_t *ret_word);

/* `text` is in its normal form (and folded, if so told) and not in the table. */
static bool add_word(mtc_form_table *table, mtc_str text, uint32_t hash, bool is_folded,
                     uint32_t *ret_word) {
    mtc_document *const doc = table->doc;
    const uint32_t index = (uint32_t)doc->words.count;
    const mtc_word word = {
        .text = text, .folded = index, .stem = index, .first_token = MTC_NONE};
    if (!mtc_vector_push(&doc->words, doc->arena, word)) return false;
    if (!add_key(table, text, hash, index)) return false;
    const mtc_str folded = is_folded ? text : mtc_utf8_fold(text, doc->arena);
    if (folded.ptr == NULL) return false;
    uint32_t other;
    if (!mtc_str_equal(folded, text)) {
        if (!find_normal(table, folded, true, &other)) return false;
        doc->words.at[index].folded = other;
    }
    const mtc_str stem = without_possessive(text);
    if (stem.len > 0) {
        if (!find_normal(table, stem, is_folded, &other)) return false;
        doc->words.at[index].stem = other;
    }
    *ret_word = index;
    return true;
}

static bool find_normal(mtc_form_table *table, mtc_str text, bool is_folded,
                        uint32_t *ret_word) {
    const uint32_t hash = (uint32_t)mtc_str_hash(text);
    const uint32_t taken = *slot_of(table, text, hash);
    if (taken != 0) {
        *ret_word = table->keys.at[taken - 1].word;
        return true;
    }
    return add_word(table, text, hash, is_folded, ret_word);
}

static bool find_any(mtc_form_table *table, mtc_str raw, uint32_t *ret_word) {
    const uint32_t hash = (uint32_t)mtc_str_hash(raw);
    const uint32_t taken = *slot_of(table, raw, hash);
    if (taken != 0) {
        *ret_word = table->keys.at[taken - 1].word;
        return true;
    }
    if (is_ascii(raw)) return add_word(table, raw, hash, false, ret_word);
    const mtc_str plain = plain_marks(raw, table->doc->arena);
    if (plain.ptr == NULL) return false;
    const mtc_str text = mtc_utf8_normalise(plain, table->doc->arena);
    if (text.ptr == NULL) return false;
    if (!find_normal(table, text, false, ret_word)) return false;
    return mtc_str_equal(text, raw) || add_key(table, raw, hash, *ret_word);
}

bool mtc_form_table_find(mtc_form_table *table, mtc_str raw, uint32_t *ret_word) {
    const unsigned char byte = (unsigned char)raw.ptr[0];
    if (raw.len != 1 || byte >= 128) return find_any(table, raw, ret_word);
    if (table->of_byte[byte] == 0) {
        uint32_t word;
        if (!find_any(table, raw, &word)) return false;
        table->of_byte[byte] = word + 1;
    }
    *ret_word = table->of_byte[byte] - 1;
    return true;
}
