/* format.h: the model file, written by tools/mtcheck-train, read by the engine.
 *
 *   bytes  0…7    magic "MTCNET\r\n"
 *          8…11   version of the format        (all numbers little-endian)
 *         12…15   number of sections
 *         16…23   size of the file
 *         24…31   zero
 *         32…63   SHA-256 of bytes 0…31 and 64…end
 *         64…     table of sections, 32 bytes each: name (16 bytes, zero-padded),
 *                 offset, length; offsets are multiples of 64
 *
 * A matrix NAME of R rows (a multiple of 16) and C columns (a multiple of 64) is three
 * sections:
 *   NAME.w  int8   weights −64 … 64, as [R/16][C/4][16 rows][4 columns]
 *   NAME.s  uint8  shifts of the groups of 64 columns, as [R/16][C/64][16 rows], ≤ 7
 *   NAME.b  int32  biases of the rows, half of the rounding unit of the row added
 *   NAME.d  uint8  down-shifts of the rows, ≤ 24
 * so that, with inputs x, row r gives
 *   (bias + Σ over groups g of (Σ over the 64 columns w·x) << shift[r][g]) >> down[r]
 * in units of 1/1024, saturated to 16 bits.
 */
#ifndef MTC_LANGUAGE_NETWORK_FORMAT_H
#define MTC_LANGUAGE_NETWORK_FORMAT_H

#include "language/network/features.h"

#define MTC_NETWORK_MAGIC "MTCNET\r\n"
enum {
    MTC_NETWORK_VERSION = 4,
    MTC_NETWORK_HEADER = 64,
    MTC_NETWORK_DIGEST_AT = 32,
    MTC_NETWORK_SECTION_SIZE = 32,
    MTC_NETWORK_NAME_SIZE = 16,
    MTC_NETWORK_MOST_LAYERS = 4,
};

enum {
    MTC_ROWS_TOGETHER = 16, /* rows of a matrix that are computed side by side */
    MTC_GROUP = 64,         /* columns with one scale */
    MTC_MOST_HIDDEN = 1024,
    MTC_MOST_TAGS = 1024,
    MTC_MOST_WEIGHT = 64, /* of a matrix: −64 … 64 */
    MTC_MOST_SHIFT = 7,
    MTC_MOST_DOWN = 24,
    MTC_EMBEDDING_BITS = 6, /* an embedding of 1.0 is 64 */
    MTC_STATE_BITS = 7,     /* an encoder output of 1.0 would be 128; it stays below */
    MTC_SUM_BITS = 10,      /* a sum of 1.0 is 1024 */
};

/* Yes-or-no outputs: of a token, and of the gap before a token (or behind the last). */
enum {
    MTC_OUTPUT_FOREIGN, /* this word does not belong */
    MTC_OUTPUT_CAPITAL, /* it should begin with a capital and does not */
    MTC_OUTPUT_SMALL,   /* it begins with a capital and should not */
    MTC_TOKEN_OUTPUTS
};
enum {
    MTC_OUTPUT_GAP,      /* a word is missing here */
    MTC_OUTPUT_BOUNDARY, /* a sentence should end here */
    MTC_GAP_OUTPUTS
};
enum { MTC_OUTPUTS = MTC_TOKEN_OUTPUTS + MTC_GAP_OUTPUTS };

/* A calibration table: probability (of 65535) at logit −16, −15.75 … +16. */
enum { MTC_CALIBRATION_KNOTS = 129 };

/* Head distance −16 … +16 (farther counts as 16), and the root, have a bias each. */
enum { MTC_DISTANCES = 33, MTC_DISTANCE_ROOT = 33, MTC_DISTANCE_BIASES = 34 };

/* Section "shape": these numbers, uint32 each, in this order. */
typedef struct mtc_network_shape {
    uint32_t words; /* rows of the word table, reserved ones included */
    uint32_t width[MTC_FEATURES];
    uint32_t layers;
    uint32_t hidden; /* states in each direction */
    uint32_t arc, label, token, gap;
    uint32_t look;            /* hidden width of the second look; 0: there is none */
    uint32_t tags, relations; /* as many as there are names, before padding */
} mtc_network_shape;

static inline uint32_t mtc_padded(uint32_t count, uint32_t unit) {
    return (count + unit - 1) / unit * unit;
}

enum { MTC_LOOK_SEEN = 192 }; /* what the second look sees of the tree */

/* Width of what the second look sees of a word: the tree; and what the outputs of words
 * read of the encoder at the word, its two neighbours and its head. */
static inline uint32_t mtc_look_columns(const mtc_network_shape *shape) {
    return MTC_LOOK_SEEN + 4 * shape->token;
}

static inline uint32_t mtc_network_input_width(const mtc_network_shape *shape) {
    uint32_t sum = 0;
    for (int i = 0; i < MTC_FEATURES; i++) sum += shape->width[i];
    return sum;
}

/* The matrix "questions" reads the encoder; its rows in order. */
typedef struct mtc_question_rows {
    uint32_t dependent, head, token, label_dependent, label_head, gap_left, gap_right,
        tags, all;
} mtc_question_rows;

static inline mtc_question_rows mtc_network_questions(const mtc_network_shape *shape) {
    mtc_question_rows rows;
    rows.dependent = 0;
    rows.head = rows.dependent + shape->arc;
    rows.token = rows.head + shape->arc;
    rows.label_dependent = rows.token + shape->token;
    rows.label_head = rows.label_dependent + shape->label;
    rows.gap_left = rows.label_head + shape->label;
    rows.gap_right = rows.gap_left + shape->gap;
    rows.tags = rows.gap_right + shape->gap;
    rows.all = rows.tags + mtc_padded(shape->tags, MTC_ROWS_TOGETHER);
    return rows;
}

static inline uint32_t mtc_feature_rows(const mtc_network_shape *shape, int feature) {
    switch (feature) {
    case MTC_FEATURE_WORD: return shape->words;
    case MTC_FEATURE_SUFFIX4: return MTC_SUFFIX4_ROWS;
    case MTC_FEATURE_SUFFIX3: return MTC_SUFFIX3_ROWS;
    case MTC_FEATURE_SUFFIX2: return MTC_SUFFIX2_ROWS;
    case MTC_FEATURE_PREFIX3: return MTC_PREFIX3_ROWS;
    case MTC_FEATURE_REPEAT: return MTC_REPEAT_ROWS;
    default: return MTC_SHAPE_ROWS;
    }
}

#endif
