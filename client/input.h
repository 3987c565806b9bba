/* input.h: an article's file -> valid UTF-8, and the way back to places in the file.
 *
 * A byte order mark at the beginning is left out; each maximal invalid sequence (Unicode
 * Standard, table 3-8) becomes U+FFFD. In the file's own counting such a sequence is one
 * code point and one UTF-16 unit, so only bytes move, and everything moves by the mark.
 */
#ifndef MTCHECK_INPUT_H
#define MTCHECK_INPUT_H

#include "mtcheck/mtcheck.h"

typedef struct input_patch {
    size_t repaired,
        original; /* behind the replaced sequence: from here on they go in step */
} input_patch;

typedef struct input {
    char *bytes; /* valid UTF-8 */
    size_t size;
    input_patch *patches;
    size_t patch_count, patch_capacity;
    bool has_mark; /* began with a byte order mark */
} input;

/* Reads the file, or standard input for "-", at most `limit` bytes. NULL, or why not
 * (static or from strerror). */
const char *input_read(const char *path, size_t limit, input *ret_input);
void input_free(input *in);

/* Were places moved at all? */
bool input_is_repaired(const input *in);
/* Byte in the file of a byte in the repaired text. */
size_t input_original_byte(const input *in, size_t byte);

#endif
