/* residue.h: what was never meant for a reader, found in one scan of the raw bytes.
 *
 * Markup, entities, placeholders, mojibake, hidden characters, interface text. The text
 * layer makes residue tokens and the line kinds "debris" and "interface" of it, the
 * detector reports it: one scan, one truth. Needs of *doc: bytes, text_begin, arena,
 * budget. Time is linear in the bytes, whatever they are.
 *
 * Residues come sorted and never overlap. Adjacent stretches of one kind are one residue,
 * also over the line end between them; white space at either end is never part of one.
 */
#ifndef MTC_TEXT_RESIDUE_H
#define MTC_TEXT_RESIDUE_H

#include "text/document.h"

/* Fills doc->residues. MTC_NO_MEMORY, MTC_DEADLINE (what was found so far stays). */
mtc_status mtc_residue_scan(mtc_document *doc, const mtc_wordlists *lists);

/* UTF-8 that was read as Windows-1252, read again as what it was. ptr NULL: it is not all
 * that, or there is no memory. */
mtc_str mtc_residue_reread(mtc_str misread, mtc_arena *arena);

#endif
