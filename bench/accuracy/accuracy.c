/* accuracy: every figure of a model but those on PUD.
 *   accuracy --data FOLDER --recipe FILE --model FILE [--dicts FOLDER of word lists, for
 *            raw text] [--eval FOLDER of clean articles] [--alarms N to list of each
 *            output] [--calibrate: the half of the held-out text that the model is
 *            calibrated on, to look for slips of authors in it]
 * The recipe names the list of the authors' slips.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure.h"
#include "mtcheck-train/memory.h"
#include "mtcheck-train/recipe.h"
#include "raw.h"

static void treebank(const bench_model *model, const char *data, const char *name,
                     const char *file) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/treebanks/%s.conllu.xz", data, file);
    bench_treebank(model, name, path);
}

static void raw_text(const char *data, const char *dicts) {
    static const char *const TREEBANKS[][2] = {
        {"EWT dev", "ewt-dev"}, {"EWT test", "ewt-test"}, {"GUM dev", "gum-free-dev"}};
    mtc_arena arena;
    mtc_arena_init(&arena, 1 << 16, 1U << 28);
    const mtc_wordlists *const lists = bench_raw_lists(dicts, &arena);
    for (size_t i = 0; i < sizeof TREEBANKS / sizeof *TREEBANKS; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/treebanks/%s.conllu.xz", data,
                       TREEBANKS[i][1]);
        bench_raw(lists, TREEBANKS[i][0], path);
    }
    mtc_arena_fini(&arena);
}

int main(int count, char **values) {
    static const struct option OPTIONS[] = {{"data", required_argument, NULL, 'd'},
                                            {"recipe", required_argument, NULL, 'r'},
                                            {"model", required_argument, NULL, 'm'},
                                            {"eval", required_argument, NULL, 'e'},
                                            {"dicts", required_argument, NULL, 'w'},
                                            {"calibrate", no_argument, NULL, 'c'},
                                            {"alarms", required_argument, NULL, 'a'},
                                            {0}};
    const char *data = NULL, *path = NULL, *eval = NULL, *recipe_path = NULL,
               *dicts = NULL;
    bool calibrate = false;
    size_t listed = 0;
    for (int option; (option = getopt_long(count, values, "", OPTIONS, NULL)) != -1;) {
        if (option == 'd')
            data = optarg;
        else if (option == 'm')
            path = optarg;
        else if (option == 'e')
            eval = optarg;
        else if (option == 'w')
            dicts = optarg;
        else if (option == 'c')
            calibrate = true;
        else if (option == 'a')
            listed = strtoul(optarg, NULL, 10);
        else if (option == 'r')
            recipe_path = optarg;
        else
            return 2;
    }
    if (data == NULL || path == NULL || recipe_path == NULL)
        train_die("--data, --recipe and --model are needed");
    train_recipe recipe;
    train_recipe_read(&recipe, recipe_path, data);
    bench_model model = {.kernel = mtc_kernel_best()};
    mtc_error error = {0};
    if (mtc_network_load(path, &model.network, &error) != MTC_OK)
        train_die("%s: %s", path, error.message);
    printf("model %s\n", mtc_network_checksum(model.network));
    treebank(&model, data, "EWT dev", "ewt-dev");
    treebank(&model, data, "EWT test", "ewt-test");
    treebank(&model, data, "GUM dev", "gum-free-dev");
    treebank(&model, data, "GUM test", "gum-free-test");
    if (dicts != NULL) raw_text(data, dicts);
    bench_pool pool;
    bench_pool_read(&pool, &recipe.lists, data, eval, calibrate);
    for (size_t i = 0; i < recipe.slips.count; i++)
        bench_pool_mark_slips(&pool, recipe.slips.at[i].path);
    bench_doubts(&model, &pool, listed);
    bench_speed(&model, &pool);
    bench_pool_free(&pool);
    train_recipe_free(&recipe);
    mtc_network_free(model.network);
    return 0;
}
