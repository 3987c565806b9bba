/* Feeds each file of a folder to the fuzz target, whole, cut and spoilt: the same inputs
 * on every run. For discovery use libFuzzer (preset fuzz). */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_SEED = 1 << 20, SPOILT_COPIES = 24 };

static uint32_t next_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u; /* Numerical Recipes, ranqd1 */
    return *state >> 8;
}

/* Overwrites, removes or doubles a few stretches. */
static size_t spoil(uint8_t *bytes, size_t size, size_t capacity, uint32_t *state) {
    static const char *const PIECES[] = {
        "\"",           "{", "\xC3", "\xF0\x9F\x98\x80", "\n",
        "\xE2\x80\x9C", "[", "&#x",  "\\u0000",          "<!--",
        "  ",           "."};
    for (int change = 0; change < 3 && size > 4; change++) {
        const size_t at = next_random(state) % size;
        size_t length = next_random(state) % 16 + 1;
        if (length > size - at) length = size - at;
        const char *const piece =
            PIECES[next_random(state) % (sizeof PIECES / sizeof *PIECES)];
        switch (next_random(state) % 4) {
        case 0: bytes[at] = (uint8_t)next_random(state); break;
        case 1:
            memmove(bytes + at, bytes + at + length, size - at - length);
            size -= length;
            break;
        case 2:
            if (size + length > capacity) break;
            memmove(bytes + at + length, bytes + at, size - at);
            size += length;
            break;
        default:
            length = strlen(piece) < size - at ? strlen(piece) : size - at;
            memcpy(bytes + at, piece, length);
        }
    }
    return size;
}

static void replay(const uint8_t *seed, size_t size, uint32_t *state) {
    const size_t capacity = size + 64;
    (void)LLVMFuzzerTestOneInput(seed, size);
    for (int copy = 0; copy < SPOILT_COPIES; copy++) {
        uint8_t *const bytes = malloc(capacity);
        if (bytes == NULL) return;
        memcpy(bytes, seed, size);
        const size_t spoilt = copy == 0 ? size / 2 : spoil(bytes, size, capacity, state);
        uint8_t *const exact =
            malloc(spoilt + 1); /* so that a sanitizer sees its true end */
        if (exact != NULL) {
            memcpy(exact, bytes, spoilt);
            (void)LLVMFuzzerTestOneInput(exact, spoilt);
        }
        free(exact);
        free(bytes);
    }
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

int main(int argc, char **argv) {
    if (argc != 2) return 2;
    struct dirent **entries;
    const int count = scandir(argv[1], &entries, NULL, by_name);
    uint8_t *const seed = malloc(LARGEST_SEED);
    uint32_t state = 20110414;
    int replayed = 0;
    for (int i = 0; i < count; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name);
        FILE *const file = entries[i]->d_name[0] == '.' ? NULL : fopen(path, "rb");
        if (file != NULL && seed != NULL) {
            replay(seed, fread(seed, 1, LARGEST_SEED, file), &state);
            replayed++;
            (void)fclose(file);
        }
        free(entries[i]);
    }
    if (count >= 0) free(entries);
    free(seed);
    printf("%d seeds replayed\n", replayed);
    return replayed > 0 ? 0 : 1;
}
