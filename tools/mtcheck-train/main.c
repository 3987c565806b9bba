/* mtcheck-train: from treebanks and plain text to one model file. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "finish.h"
#include "memory.h"
#include "train.h"

static const char USAGE[] =
    "usage: mtcheck-train --data FOLDER --recipe FILE [--out FILE] [--checkpoint FILE]\n"
    "                     [--threads N] [--steps N]\n"
    "Trains the network that the recipe describes and writes the model. With "
    "--checkpoint\n"
    "an interrupted training goes on where it stood; --steps ends this run early.\n";

typedef struct arguments {
    const char *data, *recipe, *out, *checkpoint;
    unsigned threads;
    unsigned long steps;
} arguments;

static arguments read_arguments(int count, char **values) {
    static const struct option OPTIONS[] = {{"data", required_argument, NULL, 'd'},
                                            {"recipe", required_argument, NULL, 'r'},
                                            {"out", required_argument, NULL, 'o'},
                                            {"checkpoint", required_argument, NULL, 'c'},
                                            {"threads", required_argument, NULL, 't'},
                                            {"steps", required_argument, NULL, 's'},
                                            {"help", no_argument, NULL, 'h'},
                                            {0}};
    arguments given = {.threads = 1};
    for (int option; (option = getopt_long(count, values, "", OPTIONS, NULL)) != -1;) {
        switch (option) {
        case 'd': given.data = optarg; break;
        case 'r': given.recipe = optarg; break;
        case 'o': given.out = optarg; break;
        case 'c': given.checkpoint = optarg; break;
        case 't': given.threads = (unsigned)strtoul(optarg, NULL, 10); break;
        case 's': given.steps = strtoul(optarg, NULL, 10); break;
        case 'h': fputs(USAGE, stdout); exit(0);
        default: fputs(USAGE, stderr); exit(2);
        }
    }
    if (given.data == NULL || given.recipe == NULL || given.threads < 1 ||
        given.threads > 64) {
        fputs(USAGE, stderr);
        exit(2);
    }
    return given;
}

static void say(const char *line) {
    fprintf(stderr, "%s\n", line);
}

int main(int count, char **values) {
    const arguments given = read_arguments(count, values);
    train_recipe recipe;
    train_data data;
    train_net net;
    train_recipe_read(&recipe, given.recipe, given.data);
    train_data_read(&data, &recipe);
    train_net_for(&net, &recipe, &data);
    fprintf(stderr,
            "%zu sentences of text (%zu words), %zu trees, %zu tagged; %u words known, "
            "%zu tags, %zu relations, %zu weights\n",
            data.text.sentences.count, data.text.words.count, data.trees.sentences.count,
            data.tagged.sentences.count, data.forms.vocabulary.count,
            data.inventory.tags.count, data.inventory.relations.count, net.size);
    const bool ended = train_run(&net, &recipe, &data, given.threads, given.checkpoint,
                                 given.steps, say);
    const train_scores scores = train_measure(&net, &data, &data.dev, given.threads);
    printf("dev: UPOS %.2f tags %.2f UAS %.2f LAS %.2f (%zu words, float network)\n",
           100 * scores.upos, 100 * scores.tags, 100 * scores.uas, 100 * scores.las,
           scores.words);
    if (given.out != NULL) train_finish(&net, &recipe, &data, given.out, say);
    if (!ended) fputs("the training is not at its end\n", stderr);
    train_net_free(&net);
    train_data_free(&data);
    train_recipe_free(&recipe);
    return 0;
}
