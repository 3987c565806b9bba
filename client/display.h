/* display.h: text of unknown origin on a terminal. */
#ifndef MTCHECK_DISPLAY_H
#define MTCHECK_DISPLAY_H

#include <stdio.h>

#include "mtcheck/mtcheck.h"

/* Columns of one code point: 0 for combining ones, 2 for wide ones (UAX #11); control,
 * bidi and other invisible characters count as they are shown by display_print, as
 * <U+202E>. */
unsigned display_width_of(uint32_t codepoint);
unsigned display_width(mtc_str text);

/* Prints valid UTF-8 with everything invisible or dangerous made visible as <U+202E>. */
void display_print(FILE *out, mtc_str text);

/* Prints words wrapped to `width` columns, each line behind `indent` spaces; ends the
 * line. */
void display_wrap(FILE *out, mtc_str text, unsigned indent, unsigned width);

/* The next code point of valid UTF-8 at *offset, which moves behind it. */
uint32_t display_next(mtc_str text, size_t *offset);

#endif
