/* network.h: one small network reads sentences; detectors ask its answers.
 *
 *   words of many sentences --(features)--> rows of tables --(encoder)--> a vector a word
 *   --(questions)--> tags, heads, relations, and what seems wrong
 *   --(second look)--> what seems wrong, once the tree is known
 *
 * Everything is whole numbers, so that the answers are the same on every processor. A
 * network is constant; memory for a reading comes from the arena.
 *
 * Long sentences: the encoder takes time in proportion to the words. Heads are scored
 * pair by pair, so a sentence of more than MTC_PIECE_WORDS words is read in pieces of
 * that many: time grows with the words there too, and a head is never looked for beyond
 * its piece.
 */
#ifndef MTC_LANGUAGE_NETWORK_NETWORK_H
#define MTC_LANGUAGE_NETWORK_NETWORK_H

#include "base/arena.h"
#include "base/budget.h"
#include "base/status.h"
#include "language/network/kernel.h"

typedef struct mtc_network mtc_network;

enum { MTC_PIECE_WORDS = 256 };

/* The parts of speech of Universal Dependencies. */
#define MTC_UPOS_MAP(ENTRY)                                                              \
    ENTRY(ADJ)                                                                           \
    ENTRY(ADP)                                                                           \
    ENTRY(ADV)                                                                           \
    ENTRY(AUX)                                                                           \
    ENTRY(CCONJ)                                                                         \
    ENTRY(DET)                                                                           \
    ENTRY(INTJ)                                                                          \
    ENTRY(NOUN)                                                                          \
    ENTRY(NUM)                                                                           \
    ENTRY(PART)                                                                          \
    ENTRY(PRON)                                                                          \
    ENTRY(PROPN)                                                                         \
    ENTRY(PUNCT)                                                                         \
    ENTRY(SCONJ)                                                                         \
    ENTRY(SYM)                                                                           \
    ENTRY(VERB)                                                                          \
    ENTRY(X)

typedef enum mtc_upos {
#define MTC_UPOS_ENUM(name) MTC_UPOS_##name,
    MTC_UPOS_MAP(MTC_UPOS_ENUM)
#undef MTC_UPOS_ENUM
        MTC_UPOS_COUNT
} mtc_upos;

/* A probability of 1 is 65535. */
typedef uint16_t mtc_share;

/* What the network says of a word. Fits 32 bytes. */
typedef struct mtc_word_reading {
    uint16_t head; /* place in the sentence; MTC_HEAD_ROOT */
    uint16_t tag;  /* the most likely joint tag: mtc_network_tag */
    uint8_t upos;  /* the most likely part of speech */
    uint8_t relation;
    mtc_share upos_share, head_share, relation_share;
    mtc_share finite;                  /* a finite verb or auxiliary */
    mtc_share noun, proper, verb;      /* NOUN, PROPN, VERB or AUX */
    int16_t doubts[MTC_TOKEN_OUTPUTS]; /* raw answers, in 1/1024 of a logit */
    int16_t gaps[MTC_GAP_OUTPUTS];     /* of the gap before the word */
} mtc_word_reading;

enum { MTC_HEAD_ROOT = UINT16_MAX };

typedef struct mtc_sentence_reading {
    uint32_t first, count;            /* words */
    int16_t end_gap[MTC_GAP_OUTPUTS]; /* behind its last word */
} mtc_sentence_reading;

typedef struct mtc_reading {
    mtc_word_reading *words; /* as many as were given */
    mtc_sentence_reading *sentences;
    uint32_t word_count, sentence_count;
} mtc_reading;

/* INVALID_FILE, NO_MEMORY. */
mtc_status mtc_network_load(const char *path, mtc_network **ret_network,
                            mtc_error *error);
void mtc_network_free(mtc_network *network);

const mtc_model *mtc_network_model(const mtc_network *network);
/* SHA-256 that the model file holds, in hex. */
const char *mtc_network_checksum(const mtc_network *network);

/* Reads sentences: `lengths[i]` words each (at most 65534, and not 0), one after the
 * other in `words` (valid UTF-8, not empty; syntactic words, see clitics.h). NO_MEMORY;
 * DEADLINE where the budget runs out (nothing is returned then). */
mtc_status mtc_network_read(const mtc_network *network, mtc_kernel kernel,
                            const mtc_str *words, const uint32_t *lengths,
                            uint32_t sentence_count, mtc_arena *arena, mtc_budget *budget,
                            mtc_reading *ret_reading);

/* The same, and what the second look saw of each word (mtc_look_columns of the shape, in
 * second_look.h's units); from the arena, NULL: nobody asks. For the trainer. */
mtc_status mtc_network_read_seen(const mtc_network *network, mtc_kernel kernel,
                                 const mtc_str *words, const uint32_t *lengths,
                                 uint32_t sentence_count, mtc_arena *arena,
                                 mtc_budget *budget, mtc_reading *ret_reading,
                                 const int8_t **ret_seen);

/* "NOUN\tNN\tNumber=Sing" and "nsubj:pass". Static as long as the network lives. */
mtc_str mtc_network_tag(const mtc_network *network, uint16_t tag);
mtc_str mtc_network_relation(const mtc_network *network, uint8_t relation);
/* "NOUN". Static. */
const char *mtc_upos_name(mtc_upos upos);

/* Calibrated probability of a raw answer. `output` counts the words' outputs, then those
 * of the gaps (MTC_TOKEN_OUTPUTS + MTC_OUTPUT_GAP …). */
mtc_share mtc_network_calibrated(const mtc_network *network, uint32_t output,
                                 int16_t answer);

#endif
