/* final: the figures on PUD, which nothing is tuned on. Run it once, for a model that is
 * to be shipped, and write the run down in docs/decisions/pud-log.md.
 *   final DATA_FOLDER MODEL DICTS_FOLDER */
#include <stdio.h>

#include "measure.h"
#include "mtcheck-train/memory.h"
#include "raw.h"

int main(int count, char **values) {
    char path[4096];
    if (count != 4) train_die("usage: final DATA_FOLDER MODEL DICTS_FOLDER");
    bench_model model = {.kernel = mtc_kernel_best()};
    mtc_error error = {0};
    if (mtc_network_load(values[2], &model.network, &error) != MTC_OK)
        train_die("%s: %s", values[2], error.message);
    (void)snprintf(path, sizeof path, "%s/treebanks/pud-test.conllu.xz", values[1]);
    printf("model %s\n", mtc_network_checksum(model.network));
    bench_treebank(&model, "PUD", path);
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 16, 1U << 28);
    bench_raw(bench_raw_lists(values[3], &arena), "PUD", path);
    mtc_arena_fini(&arena);
    mtc_network_free(model.network);
    return 0;
}
