/* lexicon_table.h: the lexicon and the gazetteer, one table over folded forms.
 *
 * Read from dicts/LANGUAGE/lexicon.tsv and gazetteer.tsv (columns: models/README.md),
 * then constant. An entry may have a lexeme, kinds of names, or both. Everything lives in
 * one arena, so processes forked later share the pages.
 */
#ifndef MTC_LANGUAGE_LEXICON_TABLE_H
#define MTC_LANGUAGE_LEXICON_TABLE_H

#include "base/file.h"
#include "language/form_filter.h"
#include "language/lexicon.h"

/* No form in the table is longer, in bytes. */
enum { MTC_LONGEST_FORM = 40 };

typedef struct mtc_lexicon_entry {
    const char *form;
    uint8_t length;
    bool has_lexeme;
    bool is_word;   /* too common in edited text to be a slip */
    uint32_t names; /* MTC_NAME_… */
    mtc_lexeme lexeme;
} mtc_lexicon_entry;

typedef struct mtc_lexicon_table {
    mtc_lexicon_entry *entries;
    uint32_t *slots; /* 12 bits of the hash, then index + 1; 0: free */
    uint32_t count, capacity, mask;
    mtc_form_filter words;    /* the forms with is_word */
    unsigned char digest[32]; /* SHA-256 over the BLAKE2b of both files, which is ten
                                 times faster */
} mtc_lexicon_table;

/* INVALID_FILE with the line that is wrong; NO_MEMORY. */
mtc_status mtc_lexicon_table_load(const char *folder, mtc_arena *arena,
                                  mtc_lexicon_table *ret_table, mtc_error *error);
/* Folded, with a straight apostrophe; NULL where it is not there. */
const mtc_lexicon_entry *mtc_lexicon_table_find(const mtc_lexicon_table *table,
                                                mtc_str form);

#endif
