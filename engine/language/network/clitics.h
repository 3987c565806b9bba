/* clitics.h: from the tokens of a text to the words that grammar counts.
 *
 * Universal Dependencies counts "don't" as two words and "Maes's" as two, takes most
 * words with hyphens apart, the hyphen a word of its own, and a unit off its figure
 * ("30|m").
 */
#ifndef MTC_LANGUAGE_NETWORK_CLITICS_H
#define MTC_LANGUAGE_NETWORK_CLITICS_H

#include "base/str.h"

enum { MTC_WORD_PARTS = 16 };

/* Parts of a token in order, without gaps or overlap, each at least one byte; returns
 * their number, 1 to MTC_WORD_PARTS (what would be more stays together). */
uint32_t mtc_split_word(mtc_str token, mtc_range ret_parts[MTC_WORD_PARTS]);

#endif
