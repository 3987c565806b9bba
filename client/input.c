#include "input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Reading --- */

static const char *read_all(FILE *file, size_t limit, char **ret_bytes,
                            size_t *ret_size) {
    size_t size = 0, capacity = 64 << 10;
    char *bytes = malloc(capacity);
    while (bytes != NULL) {
        size += fread(bytes + size, 1, capacity - size, file);
        if (size > limit || size < capacity) break;
        capacity *= 2;
        char *const grown = realloc(bytes, capacity);
        if (grown == NULL) free(bytes);
        bytes = grown;
    }
    if (bytes == NULL) return "there is not enough memory";
    const char *const trouble = ferror(file)   ? strerror(errno)
                                : size > limit ? "it is larger than any article may be"
                                               : NULL;
    if (trouble != NULL) {
        free(bytes);
        return trouble;
    }
    *ret_bytes = bytes;
    *ret_size = size;
    return NULL;
}

/* --- Repairing --- */

/* Length of the sequence that begins at p; *ret_valid tells whether it is a whole code
 * point. An invalid one is maximal: as long as its bytes could still begin a code point.
 */
static size_t sequence(const unsigned char *p, size_t left, bool *ret_valid) {
    *ret_valid = p[0] < 0x80;
    if (p[0] < 0xC2 || p[0] > 0xF4) return 1;
    const size_t wanted = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    const unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    size_t have = 1;
    while (have < wanted && have < left && p[have] >= (have == 1 ? low : 0x80) &&
           p[have] <= (have == 1 ? high : 0xBF)) {
        have++;
    }
    *ret_valid = have == wanted;
    return have;
}

static bool add_patch(input *in, size_t repaired, size_t original) {
    if (in->patch_count == in->patch_capacity) {
        const size_t capacity = in->patch_capacity == 0 ? 16 : in->patch_capacity * 2;
        input_patch *const grown = realloc(in->patches, capacity * sizeof *grown);
        if (grown == NULL) return false;
        in->patches = grown;
        in->patch_capacity = capacity;
    }
    in->patches[in->patch_count++] = (input_patch){repaired, original};
    return true;
}

static bool repair(input *in, const char *raw, size_t size) {
    static const char MARK[] = "\xEF\xBB\xBF", REPLACEMENT[] = "\xEF\xBF\xBD";
    in->bytes = malloc(size * 3 + 1);
    if (in->bytes == NULL) return false;
    size_t at = 0;
    in->has_mark = size >= 3 && memcmp(raw, MARK, 3) == 0;
    if (in->has_mark) {
        at = 3;
        if (!add_patch(in, 0, 3)) return false;
    }
    while (at < size) {
        bool is_valid;
        const size_t length =
            sequence((const unsigned char *)raw + at, size - at, &is_valid);
        memcpy(in->bytes + in->size, is_valid ? raw + at : REPLACEMENT,
               is_valid ? length : 3);
        in->size += is_valid ? length : 3;
        at += length;
        if (!is_valid && length != 3 && !add_patch(in, in->size, at)) return false;
    }
    return true;
}

const char *input_read(const char *path, size_t limit, input *ret_input) {
    const bool is_stdin = strcmp(path, "-") == 0;
    FILE *const file = is_stdin ? stdin : fopen(path, "rb");
    if (file == NULL) return strerror(errno);
    char *raw = NULL;
    size_t size = 0;
    const char *trouble = read_all(file, limit, &raw, &size);
    if (!is_stdin) (void)fclose(file);
    if (trouble != NULL) return trouble;
    input in = {0};
    if (!repair(&in, raw, size)) {
        input_free(&in);
        trouble = "there is not enough memory";
    } else {
        *ret_input = in;
    }
    free(raw);
    return trouble;
}

void input_free(input *in) {
    free(in->bytes);
    free(in->patches);
    *in = (input){0};
}

/* --- The way back --- */

bool input_is_repaired(const input *in) {
    return in->patch_count > 0;
}

size_t input_original_byte(const input *in, size_t byte) {
    size_t low = 0, high = in->patch_count; /* the last patch at or before the byte */
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (in->patches[middle].repaired <= byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) return byte;
    const input_patch *const patch = &in->patches[low - 1];
    return patch->original + (byte - patch->repaired);
}
