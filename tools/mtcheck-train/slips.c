#include "slips.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "reader.h"

enum { MOST_TEXT = 1 << 14 };

uint64_t train_sentence_name(const train_forms *forms, const uint32_t *words,
                             size_t count) {
    char text[MOST_TEXT];
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        const mtc_str word = forms->at[words[i]].text;
        if (length + word.len + 1 > sizeof text) break;
        memcpy(text + length, word.ptr, word.len);
        length += word.len;
        text[length++] = ' ';
    }
    return mtc_str_hash((mtc_str){text, length});
}

static int by_value(const void *a, const void *b) {
    const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

train_slips train_slips_read(const char *path) {
    train_slips slips = {0};
    const mtc_str whole = train_read(path);
    mtc_str rest = whole, line;
    while (train_next_line(&rest, &line))
        if (line.len > 16 && line.ptr[0] != '#')
            train_push(&slips, strtoull(line.ptr, NULL, 16));
    free((void *)(uintptr_t)whole.ptr);
    if (slips.count > 0) qsort(slips.at, slips.count, sizeof *slips.at, by_value);
    return slips;
}

bool train_slips_hold(const train_slips *slips, uint64_t name) {
    return slips->count > 0 &&
           bsearch(&name, slips->at, slips->count, sizeof name, by_value) != NULL;
}

void train_slips_free(train_slips *slips) {
    free(slips->at);
    *slips = (train_slips){0};
}
