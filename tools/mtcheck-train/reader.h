/* reader.h: whole files, plain or .xz, and the pieces of a tar archive. */
#ifndef TRAIN_READER_H
#define TRAIN_READER_H

#include <stdbool.h>

#include "base/str.h"

/* The whole file, unpacked where its name ends in .xz; to be freed. Dies where it cannot
 * be read. */
mtc_str train_read(const char *path);

/* Takes the next line (without its end) off the text. False: there is none. */
bool train_next_line(mtc_str *text, mtc_str *ret_line);

/* Takes the part before the next `separator` off the text. False: there is none. */
bool train_next_field(mtc_str *text, char separator, mtc_str *ret_field);

/* Takes the next regular file off a tar archive. False: there is none. */
bool train_next_member(mtc_str *archive, mtc_str *ret_name, mtc_str *ret_bytes);

#endif
