#include "checkpoint.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"

static const uint64_t MAGIC = 0x314B4354434E544Du;

void train_checkpoint_write(const train_optimiser *optimiser, const char *path) {
    char next[4096];
    if (snprintf(next, sizeof next, "%s.new", path) >= (int)sizeof next)
        train_die("%s: the path is too long", path);
    FILE *const file = fopen(next, "wb");
    if (file == NULL) train_die("%s cannot be written: %s", next, strerror(errno));
    const uint64_t head[3] = {MAGIC, optimiser->net->size, optimiser->step};
    const size_t size = optimiser->net->size;
    const bool written =
        fwrite(head, sizeof head, 1, file) == 1 &&
        fwrite(optimiser->net->weights, sizeof(float), size, file) == size &&
        fwrite(optimiser->mean, sizeof(float), size, file) == size &&
        fwrite(optimiser->square, sizeof(float), size, file) == size;
    if (fclose(file) != 0 || !written || rename(next, path) != 0)
        train_die("%s cannot be written: %s", path, strerror(errno));
}

void train_checkpoint_read(train_optimiser *optimiser, const char *path) {
    FILE *const file = fopen(path, "rb");
    if (file == NULL) {
        if (errno == ENOENT) return;
        train_die("%s cannot be opened: %s", path, strerror(errno));
    }
    uint64_t head[3];
    const size_t size = optimiser->net->size;
    if (fread(head, sizeof head, 1, file) != 1 || head[0] != MAGIC || head[1] != size ||
        fread(optimiser->net->weights, sizeof(float), size, file) != size ||
        fread(optimiser->mean, sizeof(float), size, file) != size ||
        fread(optimiser->square, sizeof(float), size, file) != size)
        train_die("%s is no checkpoint of this training", path);
    optimiser->step = head[2];
    (void)fclose(file);
}
