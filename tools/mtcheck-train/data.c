#include <stdio.h>
#include <stdlib.h>

#include "memory.h"
#include "reader.h"
#include "train.h"

enum { TREE_WEIGHT = 4, TAGGED_WEIGHT = 2, TEXT_WEIGHT = 1 };

static void free_text(mtc_str text) {
    free((void *)(uintptr_t)text.ptr);
}

static void read_treebanks(train_data *data, const train_recipe *recipe) {
    for (size_t i = 0; i < recipe->treebanks.count; i++) {
        const mtc_str text = train_read(recipe->treebanks.at[i].path);
        train_inventory_count(&data->inventory, text);
        free_text(text);
    }
    train_inventory_settle(&data->inventory, recipe->least_tag);
    for (size_t i = 0; i < recipe->treebanks.count; i++) {
        const mtc_str text = train_read(recipe->treebanks.at[i].path);
        train_corpus_add_treebank(&data->trees, &data->inventory, text, TREE_WEIGHT);
        free_text(text);
    }
}

void train_data_read(train_data *data, const train_recipe *recipe) {
    *data = (train_data){.forms = {.lists = &recipe->lists}};
    data->text.forms = data->trees.forms = data->tagged.forms = data->dev.forms =
        &data->forms;
    read_treebanks(data, recipe);
    for (size_t i = 0; i < recipe->tagged.count; i++) {
        const mtc_str archive = train_read(recipe->tagged.at[i].path);
        train_corpus_add_tagged(&data->tagged, &data->inventory, archive, TAGGED_WEIGHT);
        free_text(archive);
    }
    for (size_t i = 0; i < recipe->sources.count; i++) {
        const mtc_str text = train_read(recipe->sources.at[i].path);
        train_corpus_add_text(&data->text, text, TRAIN_PART_TRAIN, (uint16_t)i,
                              TEXT_WEIGHT);
        free_text(text);
    }
    for (size_t i = 0; i < recipe->dev.count; i++) {
        const mtc_str text = train_read(recipe->dev.at[i].path);
        train_corpus_add_treebank(&data->dev, &data->inventory, text, 0);
        free_text(text);
    }
    train_forms_settle(&data->forms, recipe->words, recipe->classes);
}

void train_data_free(train_data *data) {
    train_corpus_free(&data->text);
    train_corpus_free(&data->trees);
    train_corpus_free(&data->tagged);
    train_corpus_free(&data->dev);
    train_inventory_free(&data->inventory);
    train_forms_free(&data->forms);
}

void train_net_for(train_net *net, const train_recipe *recipe, const train_data *data) {
    const mtc_network_shape shape = {
        .words = MTC_ROWS_RESERVED + data->forms.vocabulary.count,
        .width = {recipe->width_word, recipe->width_suffix4, recipe->width_suffix3,
                  recipe->width_suffix2, recipe->width_prefix3, recipe->width_shape,
                  recipe->width_repeat},
        .layers = recipe->layers,
        .hidden = recipe->hidden,
        .arc = recipe->arc,
        .label = recipe->label,
        .token = recipe->token,
        .gap = recipe->gap,
        .tags = (uint32_t)data->inventory.tags.count,
        .relations = (uint32_t)data->inventory.relations.count};
    if (mtc_network_input_width(&shape) % MTC_GROUP != 0 ||
        2 * shape.hidden % MTC_GROUP != 0 || shape.arc % MTC_GROUP != 0 ||
        shape.label % MTC_GROUP != 0 || shape.token % MTC_GROUP != 0 ||
        shape.gap % MTC_GROUP != 0 || shape.hidden > 1024 || shape.arc > 256 ||
        shape.label > 256)
        train_die("widths must be multiples of %d (256 at most; hidden: of half of it, "
                  "up to 1024)",
                  MTC_GROUP);
    if (shape.layers < 1 || shape.layers > MTC_NETWORK_MOST_LAYERS)
        train_die("1 to %d layers", MTC_NETWORK_MOST_LAYERS);
    train_net_init(net, &shape, recipe->classes + TRAIN_SHARED_CLASSES, recipe->seed);
}
