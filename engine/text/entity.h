/* entity.h: what character references, escapes and look-alike letters stand for. */
#ifndef MTC_TEXT_ENTITY_H
#define MTC_TEXT_ENTITY_H

#include "base/arena.h"

/* The code point of a named reference of HTML ("nbsp"), as news texts carry them; 0: not
 * known. Case counts ("Aacute"). */
uint32_t mtc_entity_codepoint(mtc_str name);

/* The text with all references (&amp; &#160; &nbsp) and escapes (\u2019 \n \" %20)
 * resolved, also those that were escaped twice; no-break spaces become plain ones. ptr
 * NULL: something in it cannot be resolved, or no memory. */
mtc_str mtc_entity_decode(mtc_str text, mtc_arena *arena);

/* The Latin letter that this Cyrillic or Greek one looks like; 0: none. */
char mtc_lookalike_latin(uint32_t codepoint);

#endif
