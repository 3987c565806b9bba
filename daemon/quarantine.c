#include "quarantine.h"

#include <sodium.h>
#include <string.h>
#include <sys/random.h>

_Static_assert(sizeof(((mtcd_quarantine *)NULL)->key) == crypto_shorthash_KEYBYTES,
               "key");

void quarantine_init(mtcd_quarantine *quarantine) {
    quarantine->count = 0;
    if (getrandom(quarantine->key, sizeof quarantine->key, 0) < 0)
        memset(quarantine->key, 0x5A, sizeof quarantine->key);
}

/* The end of the JSON string that begins (with its quote) at `begin`; text.len where it
 * does not end. */
static size_t string_end(mtc_str text, size_t begin) {
    for (size_t i = begin + 1; i < text.len; i++) {
        if (text.ptr[i] == '\\') {
            i++;
        } else if (text.ptr[i] == '"') {
            return i + 1;
        }
    }
    return text.len;
}

static size_t skip_space(mtc_str text, size_t at) {
    while (at < text.len && strchr(" \t\r\n", text.ptr[at]) != NULL &&
           text.ptr[at] != '\0')
        at++;
    return at;
}

/* Where the string value of the top-level key "id" stands; empty where there is none. */
static mtc_range find_id(mtc_str text) {
    size_t depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        if (c == '{' || c == '[') {
            depth++;
        } else if (c == '}' || c == ']') {
            depth--;
        } else if (c == '"') {
            const size_t end = string_end(text, i);
            const bool is_id =
                depth == 1 && end - i == 4 && memcmp(text.ptr + i, "\"id\"", 4) == 0;
            i = end - 1;
            if (!is_id) continue;
            const size_t colon = skip_space(text, end);
            if (colon >= text.len || text.ptr[colon] != ':') continue;
            const size_t value = skip_space(text, colon + 1);
            if (value < text.len && text.ptr[value] == '"')
                return (mtc_range){(uint32_t)value, (uint32_t)string_end(text, value)};
        }
    }
    return (mtc_range){0, 0};
}

uint64_t quarantine_hash(const mtcd_quarantine *quarantine, mtc_str request) {
    const mtc_range id = find_id(request);
    uint64_t parts[2];
    crypto_shorthash((unsigned char *)&parts[0], (const unsigned char *)request.ptr,
                     id.begin, quarantine->key);
    crypto_shorthash((unsigned char *)&parts[1],
                     (const unsigned char *)request.ptr + id.end, request.len - id.end,
                     quarantine->key);
    uint64_t hash;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)parts, sizeof parts,
                     quarantine->key);
    return hash;
}

void quarantine_crash(mtcd_quarantine *quarantine, uint64_t hash, uint64_t now) {
    struct mtcd_quarantine_entry *entry = NULL;
    struct mtcd_quarantine_entry *oldest = &quarantine->entries[0];
    for (uint32_t i = 0; i < quarantine->count; i++) {
        struct mtcd_quarantine_entry *const each = &quarantine->entries[i];
        if (each->hash == hash && each->until_us > now) entry = each;
        if (each->until_us < oldest->until_us) oldest = each;
    }
    if (entry == NULL) {
        entry = quarantine->count < QUARANTINE_ENTRIES
                    ? &quarantine->entries[quarantine->count++]
                    : oldest;
        *entry = (struct mtcd_quarantine_entry){.hash = hash};
    }
    entry->crashes++;
    entry->until_us = now + quarantine->keep_us;
}

bool quarantine_holds(const mtcd_quarantine *quarantine, uint64_t hash, uint64_t now) {
    if (quarantine->after == 0) return false;
    for (uint32_t i = 0; i < quarantine->count; i++) {
        const struct mtcd_quarantine_entry *const entry = &quarantine->entries[i];
        if (entry->hash == hash)
            if (entry->until_us > now && entry->crashes >= quarantine->after) return true;
    }
    return false;
}
