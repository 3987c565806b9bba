/* raw-text: how the text layer cuts a treebank, and where it errs.
 *   raw-text DICTS_FOLDER TREEBANK.conllu[.xz] [--differences] */
#include <string.h>

#include "mtcheck-train/memory.h"
#include "raw.h"

int main(int count, char **values) {
    if (count < 3) train_die("usage: raw-text DICTS_FOLDER TREEBANK [--differences]");
    const bool tells = count > 3 && strcmp(values[3], "--differences") == 0;
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 16, 1U << 28);
    const mtc_wordlists *const lists = bench_raw_lists(values[1], &arena);
    if (tells) (void)bench_raw_read(lists, values[2], stdout);
    bench_raw(lists, values[2], values[2]);
    mtc_arena_fini(&arena);
    return 0;
}
