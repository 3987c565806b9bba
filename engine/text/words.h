/* words.h: the distinct forms of an article (engine/text only).
 *
 * A hash table in the arena of the request over raw bytes; two spellings of one normal
 * form (don't, don’t) are two keys of one word.
 */
#ifndef MTC_TEXT_WORDS_H
#define MTC_TEXT_WORDS_H

#include "text/document.h"

typedef struct mtc_word_key {
    mtc_str raw;
    uint32_t hash, word;
} mtc_word_key;

typedef struct mtc_form_table {
    mtc_document *doc; /* whose words they are */
    MTC_VECTOR(mtc_word_key) keys;
    uint32_t *slots; /* index + 1 into keys, 0: free */
    uint32_t slot_count;
    uint32_t of_byte[128]; /* word + 1 of each ASCII character alone */
} mtc_form_table;

/* `expected`: words to make room for at first. False: no memory. */
bool mtc_form_table_init(mtc_form_table *table, mtc_document *doc, uint32_t expected);

/* The word of these bytes, which must live as long as the document; makes it, its folded
 * form and its stem where they are new. False: no memory. */
bool mtc_form_table_find(mtc_form_table *table, mtc_str raw, uint32_t *ret_word);

#endif
