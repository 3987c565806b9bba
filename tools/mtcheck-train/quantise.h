/* quantise.h: from float weights to the model file. */
#ifndef TRAIN_QUANTISE_H
#define TRAIN_QUANTISE_H

#include "look.h"
#include "net.h"
#include "train.h"

typedef struct train_calibration {
    uint16_t at[MTC_OUTPUTS][MTC_CALIBRATION_KNOTS];
} train_calibration;

/* The logistic function itself: what an output says before it is calibrated. */
train_calibration train_uncalibrated(void);

/* Writes the model as format.h describes it; replaces the file in one step. `look`: NULL
 * where there is no second look. */
void train_write_model(const train_net *net, const train_data *data,
                       const train_look *look, const train_calibration *calibration,
                       const char *path);

#endif
