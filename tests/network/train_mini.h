/* train_mini.h: the smallest training there is, for tests. */
#ifndef MTC_TESTS_TRAIN_MINI_H
#define MTC_TESTS_TRAIN_MINI_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "finish.h"
#include "memory.h"
#include "reader.h"
#include "train.h"

typedef struct mini {
    train_recipe recipe;
    train_data data;
    train_net net;
} mini;

static inline void mini_begin(mini *self) {
    train_recipe_read(&self->recipe, MTC_TEST_DIR "/data/mini.recipe",
                      MTC_TEST_DIR "/data");
    train_data_read(&self->data, &self->recipe);
    train_net_for(&self->net, &self->recipe, &self->data);
}

static inline void mini_end(mini *self) {
    train_net_free(&self->net);
    train_data_free(&self->data);
    train_recipe_free(&self->recipe);
}

static inline void mini_write(mini *self, const char *path) {
    train_finish(&self->net, &self->recipe, &self->data, path, NULL);
}

#endif
