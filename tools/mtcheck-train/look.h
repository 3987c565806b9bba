/* look.h: the second look of the network (engine/language/network/second_look.h) is
 * learnt last, on text that is spoilt, from the answers of the model as shipped.
 */
#ifndef TRAIN_LOOK_H
#define TRAIN_LOOK_H

#include "questions.h"

typedef struct train_look {
    uint32_t columns, hidden;
    float *weights, *bias; /* hidden × columns; hidden */
    float *out, *out_bias; /* MTC_OUTPUTS × hidden; MTC_OUTPUTS */
} train_look;

/* `path`: a model without a second look. */
train_look train_look_learn(const train_reservoir *text, const char *path,
                            void (*say)(const char *line));
void train_look_free(train_look *look);

#endif
