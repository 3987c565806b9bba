/* model.h: a model file in memory, verified.
 *
 * Weights stay where the file was read to; small tables of numbers are copied, so that a
 * machine of either byte order can use the file. Constant once made.
 */
#ifndef MTC_LANGUAGE_NETWORK_MODEL_H
#define MTC_LANGUAGE_NETWORK_MODEL_H

#include "base/arena.h"
#include "base/status.h"
#include "language/network/format.h"

typedef struct mtc_matrix {
    uint32_t rows, columns; /* rows padded to MTC_ROWS_TOGETHER */
    const int8_t *weights;
    const uint8_t *shifts, *down;
    const int32_t *bias;
    const int32_t
        *offsets; /* 128 · sum of each group of weights, placed as the shifts are */
} mtc_matrix;

enum { MTC_BEND_ENTRIES = 4096, MTC_EXP_ENTRIES = 4096 };

typedef struct mtc_model {
    mtc_network_shape shape;
    mtc_question_rows questions;
    uint32_t input; /* width of all features together */
    mtc_vocabulary vocabulary;
    const int8_t *features[MTC_FEATURES];
    mtc_matrix layers[MTC_NETWORK_MOST_LAYERS];
    mtc_matrix answers, arc, label, token, gap;
    mtc_matrix look, look_out; /* where shape.look is not 0 */
    const int16_t *root;       /* arc, in 1/128 */
    const int16_t *distance;   /* MTC_DISTANCE_BIASES, in 1/1024 */
    const int16_t *label_root; /* label, in 1/1024 */
    /* At sums of −8 … +8 in steps of 1/256: tanh and the logistic function, in 1/32768.
     */
    const int16_t *tanh, *sigmoid;
    const uint16_t *exp;         /* e^−x for x = 0 … 16 in steps of 1/256, of 65535 */
    const uint16_t *calibration; /* MTC_OUTPUTS × MTC_CALIBRATION_KNOTS */
    const mtc_str *tags;         /* "UPOS\tXPOS\tFEATS" */
    const mtc_str *relations;    /* with subtypes */
    char sha256[65];             /* of the whole file, as the header holds it */
} mtc_model;

/* Reads and verifies the whole file; memory from the arena, which must outlive the model.
 * MTC_INVALID_FILE where anything about it is wrong. */
mtc_status mtc_model_read(const char *path, mtc_arena *arena, mtc_model *ret_model,
                          mtc_error *error);

#endif
