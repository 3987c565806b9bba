#include "language/lexicon_table.h"

#include <sodium/crypto_generichash.h>
#include <sodium/crypto_hash_sha256.h>
#include <stdio.h>

#include "base/utf8.h"
#include "text/document.h"

enum {
    LARGEST_FILE = 32 << 20,
    INDEX_BITS = 20,
    INDEX_MASK = (1 << INDEX_BITS) - 1,
    MOST_FIELDS = 6,
};

/* --- Look-up --- */

static uint32_t slot_of(const mtc_lexicon_table *table, mtc_str form, uint64_t hash) {
    const uint32_t tag = (uint32_t)(hash >> 40) & ~(uint32_t)INDEX_MASK;
    uint32_t slot = (uint32_t)hash & table->mask;
    for (; table->slots[slot] != 0; slot = (slot + 1) & table->mask) {
        if ((table->slots[slot] & ~(uint32_t)INDEX_MASK) != tag) continue;
        const mtc_lexicon_entry *const entry =
            &table->entries[(table->slots[slot] & INDEX_MASK) - 1];
        if (mtc_str_equal((mtc_str){entry->form, entry->length}, form)) break;
    }
    return slot;
}

const mtc_lexicon_entry *mtc_lexicon_table_find(const mtc_lexicon_table *table,
                                                mtc_str form) {
    if (form.len == 0 || form.len > MTC_LONGEST_FORM) return NULL;
    const uint32_t slot = slot_of(table, form, mtc_str_hash(form));
    if (table->slots[slot] == 0) return NULL;
    return &table->entries[(table->slots[slot] & INDEX_MASK) - 1];
}

/* The entry of that form, made where there is none; NULL: the table is full. */
static mtc_lexicon_entry *take_entry(mtc_lexicon_table *table, mtc_str form) {
    const uint64_t hash = mtc_str_hash(form);
    const uint32_t slot = slot_of(table, form, hash);
    if (table->slots[slot] != 0)
        return &table->entries[(table->slots[slot] & INDEX_MASK) - 1];
    if (table->count == table->capacity) return NULL;
    mtc_lexicon_entry *const entry = &table->entries[table->count++];
    *entry = (mtc_lexicon_entry){.form = form.ptr, .length = (uint8_t)form.len};
    table->slots[slot] = ((uint32_t)(hash >> 40) & ~(uint32_t)INDEX_MASK) | table->count;
    return entry;
}

/* --- Reading --- */

/* A whole decimal number in [low, high]. */
static bool read_number(mtc_str text, int32_t low, int32_t high, int32_t *ret_number) {
    const bool is_negative = text.len > 0 && text.ptr[0] == '-';
    int32_t number = 0;
    if (text.len == is_negative || text.len > 7) return false;
    for (size_t i = is_negative; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        number = number * 10 + (text.ptr[i] - '0');
    }
    if (is_negative) number = -number;
    if (number < low || number > high) return false;
    *ret_number = number;
    return true;
}

static size_t split(mtc_str line, char mark, mtc_str *fields, size_t most) {
    size_t count = 0;
    while (count < most) {
        const char *const end =
            count + 1 == most ? NULL : memchr(line.ptr, mark, line.len);
        const size_t length = end == NULL ? line.len : (size_t)(end - line.ptr);
        fields[count++] = (mtc_str){line.ptr, length};
        if (end == NULL) break;
        line = (mtc_str){line.ptr + length + 1, line.len - length - 1};
    }
    return count;
}

/* "N60 J40 s20": letters of classes in the order of mtc_tag_class, s and z. */
static bool read_shares(mtc_str text, mtc_lexeme *lexeme) {
    static const char LETTERS[MTC_TAG_CLASSES + 1] = "NXPDJRFBGEICMO";
    while (text.len > 0) {
        mtc_str parts[2] = {{NULL, 0}, {NULL, 0}};
        (void)split(text, ' ', parts, 2);
        int32_t percent;
        if (parts[0].len < 2 ||
            !read_number((mtc_str){parts[0].ptr + 1, parts[0].len - 1}, 0, 100, &percent))
            return false;
        const char letter = parts[0].ptr[0];
        const char *const class = letter == '\0' ? NULL : strchr(LETTERS, letter);
        if (class != NULL) {
            lexeme->share[class - LETTERS] = (uint8_t)percent;
        } else if (letter == 's') {
            lexeme->plural = (uint8_t)percent;
        } else if (letter == 'z') {
            lexeme->third = (uint8_t)percent;
        } else {
            return false;
        }
        text = parts[1];
    }
    return true;
}

static bool read_lexeme(mtc_lexicon_table *table, const mtc_str *fields, size_t count) {
    mtc_lexeme lexeme = {.capital = MTC_CAPITAL_UNKNOWN};
    int32_t number;
    if (count < 2 || !read_number(fields[1], -1000, 0, &number)) return false;
    lexeme.centibels = (int16_t)number;
    if (count > 3 && fields[3].len > 0) {
        if (!read_number(fields[3], 0, 100, &number)) return false;
        lexeme.capital = (uint8_t)number;
    }
    if (count > 4) {
        if (!read_number(fields[4], 0, 9999999, &number)) return false;
        lexeme.count = (uint16_t)(number > UINT16_MAX ? UINT16_MAX : number);
    }
    if (count > 5 && !read_shares(fields[5], &lexeme)) return false;
    mtc_lexicon_entry *const entry = take_entry(table, fields[0]);
    if (entry == NULL) return false;
    entry->has_lexeme = true;
    entry->is_word = count > 2 && mtc_str_equal(fields[2], MTC_STR("w"));
    entry->lexeme = lexeme;
    if (entry->is_word) mtc_form_filter_add(&table->words, fields[0]);
    return true;
}

static bool read_name(mtc_lexicon_table *table, const mtc_str *fields, size_t count) {
    static const struct {
        char letter;
        uint32_t names;
    } KINDS[] = {{'F', MTC_NAME_FIRST},       {'L', MTC_NAME_LAST},
                 {'P', MTC_NAME_PLACE},       {'C', MTC_NAME_COUNTRY},
                 {'D', MTC_NAME_DEMONYM},     {'X', MTC_NAME_SEEN},
                 {'O', MTC_NAME_ORGANISATION}};
    if (count != 2 || fields[1].len == 0) return false;
    uint32_t names = 0;
    for (size_t i = 0; i < fields[1].len; i++) {
        uint32_t kind = 0;
        for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) {
            if (KINDS[k].letter == fields[1].ptr[i]) kind = KINDS[k].names;
        }
        if (kind == 0) return false;
        names |= kind;
    }
    mtc_lexicon_entry *const entry = take_entry(table, fields[0]);
    if (entry == NULL) return false;
    entry->names |= names;
    return true;
}

typedef bool read_row(mtc_lexicon_table *table, const mtc_str *fields, size_t count);

static mtc_status read_rows(mtc_lexicon_table *table, const char *path, mtc_str bytes,
                            read_row *read, mtc_error *error) {
    for (uint32_t line = 1; bytes.len > 0; line++) {
        const char *const end = memchr(bytes.ptr, '\n', bytes.len);
        const size_t length = end == NULL ? bytes.len : (size_t)(end - bytes.ptr);
        const mtc_str row = {bytes.ptr, length};
        const size_t skipped = length + (end != NULL);
        bytes = (mtc_str){bytes.ptr + skipped, bytes.len - skipped};
        if (length == 0 || row.ptr[0] == '#') continue;
        mtc_str fields[MOST_FIELDS];
        const size_t count = split(row, '\t', fields, MOST_FIELDS);
        if (fields[0].len == 0 || fields[0].len > MTC_LONGEST_FORM ||
            !read(table, fields, count)) {
            return mtc_fail_in_file(error, path, line, 0, "is no row of this table");
        }
    }
    return MTC_OK;
}

static uint32_t count_lines(mtc_str bytes) {
    uint32_t lines = 1;
    for (size_t i = 0; i < bytes.len; i++) lines += bytes.ptr[i] == '\n';
    return lines;
}

static mtc_status read_file(const char *folder, const char *name, mtc_arena *arena,
                            char path[4096], mtc_str *ret_bytes, mtc_error *error) {
    const int length = snprintf(path, 4096, "%s/%s", folder, name);
    if (length < 0 || length >= 4096)
        return mtc_fail(error, MTC_INVALID_ARGUMENT,
                        "the data folder's name is too long");
    mtc_str bytes;
    const mtc_status status = mtc_file_read(path, LARGEST_FILE, arena, &bytes, error);
    if (status != MTC_OK) return status;
    const size_t valid = mtc_utf8_valid_prefix(bytes);
    if (valid < bytes.len) {
        return mtc_fail_in_file(error, path, count_lines((mtc_str){bytes.ptr, valid}), 0,
                                "is not valid UTF-8");
    }
    *ret_bytes = bytes;
    return MTC_OK;
}

static bool make_room(mtc_lexicon_table *table, uint32_t rows, mtc_arena *arena) {
    uint32_t slots = 1024;
    while (slots < rows * 2) slots *= 2;
    table->slots = MTC_TAKE(arena, uint32_t, slots);
    table->entries = MTC_TAKE(arena, mtc_lexicon_entry, rows);
    table->capacity = rows;
    table->mask = slots - 1;
    return table->slots != NULL && table->entries != NULL &&
           mtc_form_filter_init(&table->words, arena);
}

mtc_status mtc_lexicon_table_load(const char *folder, mtc_arena *arena,
                                  mtc_lexicon_table *ret_table, mtc_error *error) {
    static const struct {
        const char *name;
        read_row *read;
    } FILES[] = {{"lexicon.tsv", read_lexeme}, {"gazetteer.tsv", read_name}};
    enum { FILE_COUNT = sizeof FILES / sizeof *FILES };
    char paths[FILE_COUNT][4096];
    mtc_str bytes[FILE_COUNT];
    mtc_lexicon_table table = {0};
    unsigned char digests[FILE_COUNT][32];
    uint64_t rows = 0;
    for (size_t i = 0; i < FILE_COUNT; i++) {
        const mtc_status status =
            read_file(folder, FILES[i].name, arena, paths[i], &bytes[i], error);
        if (status != MTC_OK) return status;
        rows += count_lines(bytes[i]);
        (void)crypto_generichash(digests[i], sizeof digests[i],
                                 (const unsigned char *)bytes[i].ptr, bytes[i].len, NULL,
                                 0);
    }
    (void)crypto_hash_sha256(table.digest, digests[0], sizeof digests);
    if (rows >= INDEX_MASK)
        return mtc_fail_in_file(error, paths[0], 0, 0, "has more rows than %d",
                                INDEX_MASK);
    if (!make_room(&table, (uint32_t)rows, arena))
        return mtc_fail(error, MTC_NO_MEMORY, "no memory for the lexicon");
    for (size_t i = 0; i < FILE_COUNT; i++) {
        const mtc_status status =
            read_rows(&table, paths[i], bytes[i], FILES[i].read, error);
        if (status != MTC_OK) return status;
    }
    *ret_table = table;
    return MTC_OK;
}
