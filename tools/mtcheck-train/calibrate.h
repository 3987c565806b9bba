/* calibrate.h: from raw answers to probabilities that mean what they say. */
#ifndef TRAIN_CALIBRATE_H
#define TRAIN_CALIBRATE_H

#include "quantise.h"
#include "questions.h"

/* Asks the model at `path` about held-out sentences, every second one spoilt, and fits,
 * for each output, a rising curve to the share of right answers, where one sentence in
 * fifty is spoilt. */
train_calibration train_calibrate(const train_reservoir *text, const char *path);

#endif
