/* checkpoint.h: the state of a training between two steps, so that it can go on later and
 * end with the same file. Of use only on the machine that wrote it. */
#ifndef TRAIN_CHECKPOINT_H
#define TRAIN_CHECKPOINT_H

#include "optimise.h"

/* Replaces the file in one step. */
void train_checkpoint_write(const train_optimiser *optimiser, const char *path);
/* Leaves everything as it is where there is no file; dies where it belongs to another
 * shape of network. */
void train_checkpoint_read(train_optimiser *optimiser, const char *path);

#endif
