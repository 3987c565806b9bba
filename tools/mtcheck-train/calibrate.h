/* calibrate.h: from raw answers to probabilities that mean what they say. */
#ifndef TRAIN_CALIBRATE_H
#define TRAIN_CALIBRATE_H

#include "quantise.h"

/* Reads the held-out text of the recipe (the half kept for this), spoils every other
 * sentence, asks the model at `path` and fits, for each output, a rising curve to the
 * share of right answers, where one sentence in fifty is spoilt. */
train_calibration train_calibrate(const train_recipe *recipe, train_data *data,
                                  const char *path);

#endif
