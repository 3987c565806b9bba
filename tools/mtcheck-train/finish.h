/* finish.h: from a trained network to the file that is shipped. */
#ifndef TRAIN_FINISH_H
#define TRAIN_FINISH_H

#include "train.h"

/* Writes the model, learns its second look from its own answers, then calibrates what
 * both say together. The file is replaced at each step and usable after each. */
void train_finish(const train_net *net, const train_recipe *recipe, train_data *data,
                  const char *path, void (*say)(const char *line));

#endif
