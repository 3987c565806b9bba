/* final: the figures on PUD, which nothing is tuned on. Run it once, for a model that is
 * to be shipped, and write the run down in docs/decisions/pud-log.md.
 *   final DATA_FOLDER MODEL */
#include <stdio.h>

#include "measure.h"
#include "mtcheck-train/memory.h"

int main(int count, char **values) {
    char path[4096];
    if (count != 3) train_die("usage: final DATA_FOLDER MODEL");
    bench_model model = {.kernel = mtc_kernel_best()};
    mtc_error error = {0};
    if (mtc_network_load(values[2], &model.network, &error) != MTC_OK)
        train_die("%s: %s", values[2], error.message);
    (void)snprintf(path, sizeof path, "%s/treebanks/pud-test.conllu.xz", values[1]);
    printf("model %s\n", mtc_network_checksum(model.network));
    bench_treebank(&model, "PUD", path);
    mtc_network_free(model.network);
    return 0;
}
