/* encoder.h: from rows of features to the sums that answer questions; private to
 * engine/language/network. */
#ifndef MTC_LANGUAGE_NETWORK_ENCODER_H
#define MTC_LANGUAGE_NETWORK_ENCODER_H

#include "language/network/network.h"

/* Relations without their subtypes, as the second look tells them apart. */
#define MTC_RELATION_CLASSES(X)                                                          \
    X(ROOT, "root")                                                                      \
    X(NSUBJ, "nsubj")                                                                    \
    X(OBJ, "obj")                                                                        \
    X(OBL, "obl")                                                                        \
    X(NMOD, "nmod")                                                                      \
    X(APPOS, "appos")                                                                    \
    X(COMPOUND, "compound")                                                              \
    X(FLAT, "flat")                                                                      \
    X(AMOD, "amod")                                                                      \
    X(DET, "det")                                                                        \
    X(CASE, "case")                                                                      \
    X(ADVMOD, "advmod")                                                                  \
    X(NUMMOD, "nummod")                                                                  \
    X(COP, "cop")                                                                        \
    X(AUX, "aux")                                                                        \
    X(MARK, "mark")                                                                      \
    X(CC, "cc")                                                                          \
    X(CONJ, "conj")                                                                      \
    X(PUNCT, "punct")                                                                    \
    X(CCOMP, "ccomp")                                                                    \
    X(XCOMP, "xcomp")                                                                    \
    X(ADVCL, "advcl")                                                                    \
    X(ACL, "acl")                                                                        \
    X(PARATAXIS, "parataxis")

typedef enum mtc_relation_class {
#define X(name, text) MTC_CLASS_##name,
    MTC_RELATION_CLASSES(X)
#undef X
        MTC_CLASS_OTHER,
    MTC_CLASSES
} mtc_relation_class;

/* How a word looks, a bit each. */
enum {
    MTC_LOOK_UPPER = 1 << 0, /* its first letter is a capital */
    MTC_LOOK_LOWER = 1 << 1, /* it holds a small letter */
    MTC_LOOK_DIGIT = 1 << 2,
    MTC_LOOK_MARK = 1 << 3,  /* neither letters nor digits */
    MTC_LOOK_KNOWN = 1 << 4, /* a word of the vocabulary */
    MTC_LOOK_BITS = 5
};

struct mtc_network {
    mtc_arena arena;
    mtc_model model;
    uint8_t *upos_of_tag;           /* mtc_upos; MTC_UPOS_X where the name is none */
    uint8_t *finite_of_tag;         /* 1: a finite form */
    uint8_t class_of_relation[256]; /* mtc_relation_class */
};

enum { MTC_BATCH_WORDS = 128 }; /* a batch holds at most these and one piece more */

/* Whole pieces of sentences, read together. */
typedef struct mtc_batch {
    const mtc_network *network;
    mtc_kernel kernel;
    mtc_arena *arena; /* for what lives as long as the batch */
    uint32_t words, pieces;
    uint32_t *first;  /* word of each piece; first[pieces] = words */
    uint64_t *keys;   /* of the words */
    uint8_t *looks;   /* MTC_LOOK_UPPER … of the words */
    int8_t *input;    /* words × model->input */
    int8_t *encoded;  /* words × 2 hidden */
    int16_t *gates;   /* words × 6 hidden */
    int16_t *answers; /* words × answers.rows, in 1/1024 */
    int8_t *bent;     /* words (and gaps) × the widest small layer */
    int16_t *small;   /* what comes out of a small layer */
    int16_t *turned;  /* words × arc */
    int16_t *heads;   /* words × arc, in 1/128 */
    int32_t *scores;  /* one piece: words × (words + 1) */
    int8_t *seen;     /* words × what the second look sees */
    struct mtc_piece_view *view;
} mtc_batch;

/* Room for the largest batch that `all_words` words can fill, at most MTC_BATCH_WORDS +
 * MTC_PIECE_WORDS. False: no memory. */
bool mtc_batch_init(mtc_batch *batch, const mtc_network *network, mtc_kernel kernel,
                    uint32_t all_words, mtc_arena *arena);

/* Fills in `answers` from `input`. */
void mtc_batch_encode(mtc_batch *batch);

/* tanh of sums in 1/1024, in 1/128: −127 … 127. */
void mtc_bend(const mtc_model *model, const int16_t *sums, size_t count, int8_t *bent);
/* The same of a[i] + b[i]; at most MTC_MOST_HIDDEN. */
void mtc_bend_sums(const mtc_model *model, const int16_t *a, const int16_t *b,
                   size_t count, int8_t *bent);

/* Fills in heads, relations and their shares of all pieces; `out` has one reading a word.
 */
mtc_status mtc_batch_parse(mtc_batch *batch, mtc_budget *budget, mtc_word_reading *out);

/* Probabilities of `count` scores in 1/1024: e^(score − top) of 65535 each into `powers`;
 * returns their sum (at least 1). */
uint32_t mtc_soften(const mtc_model *model, const int32_t *scores, size_t count,
                    uint16_t *powers);

/* part of whole as a share; whole > 0 */
static inline mtc_share mtc_share_of(uint64_t part, uint64_t whole) {
    return (mtc_share)((part * UINT16_MAX + whole / 2) / whole);
}

#endif
