/* losses.h: what the network is asked, and how wrong its answers are.
 *
 * Each function reads encoder->answers and writes its part of encoder->answer_slope
 * (every column is written by exactly one), adds to net->slope and returns the mean loss.
 */
#ifndef TRAIN_LOSSES_H
#define TRAIN_LOSSES_H

#include "encode.h"

typedef struct train_losses {
    train_encoder *encoder;
    const train_inventory *inventory;
    size_t capacity;                          /* words */
    float *dependent, *head, *turned, *label; /* words × arc, arc, arc, label */
    float *dependent_slope, *head_slope, *turned_slope, *label_slope;
    float *logits, *logits_slope; /* words × the widest output layer */
    float *bent, *bent_slope;     /* words and sentences × token or gap */
    float *distance, *root;       /* of each sentence: × MTC_DISTANCE_BIASES, × arc */
    float *guess, *guess_slope, *guess_rows, *guess_rows_slope;
    uint32_t *guess_items; /* masked words */
    size_t guess_capacity;
    double *sums; /* loss of each sentence */
    float scale;  /* of this loss: weight / number of answers */
} train_losses;

void train_losses_init(train_losses *losses, train_encoder *encoder,
                       const train_inventory *inventory);
void train_losses_free(train_losses *losses);
/* Before the others: room for the batch. */
void train_losses_begin(train_losses *losses);

/* Joint tags; where only the Penn tag is known, all joint tags that hold it. */
double train_loss_tags(train_losses *losses, float weight);
/* Head of every word (softmax over all words and the root) and relation (at its gold
 * head). */
double train_loss_arcs(train_losses *losses, float weight);
double train_loss_labels(train_losses *losses, float weight);
/* Yes-or-no answers of words and gaps. */
double train_loss_tokens(train_losses *losses, float weight);
double train_loss_gaps(train_losses *losses, float weight);
/* Which word was masked? */
double train_loss_guess(train_losses *losses, float weight);

/* --- Shared by the losses --- */

float *train_answers_of(const train_losses *losses, size_t word);
float *train_slopes_of(const train_losses *losses, size_t word);
/* Turns values into probabilities; returns the logarithm of their sum before. */
float train_soften(float *values, size_t count);
/* out = in · weightsᵀ + bias for `rows` rows of a small layer, and the way back. */
void train_apply(train_losses *losses, int tensor, size_t rows, const float *in,
                 float *out);
void train_apply_back(train_losses *losses, int tensor, size_t rows, const float *in,
                      const float *out_slope, float *in_slope);

/* --- Answers without a loss, for reports --- */

/* Greedy head of every word of a sentence (its own number of words: the root) and its
 * relation. Call train_losses_begin and train_arcs_prepare before. */
void train_arcs_prepare(train_losses *losses);
void train_arcs_best(train_losses *losses, const train_asked *sentence,
                     uint32_t *ret_heads, uint32_t *ret_relations);

#endif
