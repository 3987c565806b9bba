#include "language/network/encoder.h"

#include "language/network/second_look.h"

static uint32_t larger(uint32_t a, uint32_t b) {
    return a > b ? a : b;
}

static uint32_t smaller(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

bool mtc_batch_init(mtc_batch *batch, const mtc_network *network, mtc_kernel kernel,
                    uint32_t all_words, mtc_arena *arena) {
    const mtc_model *const model = &network->model;
    const mtc_network_shape *const shape = &model->shape;
    const size_t words = smaller(all_words, MTC_BATCH_WORDS + MTC_PIECE_WORDS);
    const size_t longest = smaller(all_words, MTC_PIECE_WORDS);
    const uint32_t bent =
        larger(larger(larger(shape->arc, shape->label), larger(shape->token, shape->gap)),
               shape->look);
    const uint32_t small = larger(model->label.rows, MTC_ROWS_TOGETHER);
    *batch = (mtc_batch){.network = network, .kernel = kernel, .arena = arena};
    batch->first = MTC_TAKE(arena, uint32_t, words + 1);
    batch->keys = MTC_TAKE(arena, uint64_t, words);
    batch->looks = MTC_TAKE(arena, uint8_t, words);
    batch->seen = MTC_TAKE(arena, int8_t, words * mtc_look_columns(shape));
    batch->input = MTC_TAKE(arena, int8_t, words * model->input);
    batch->encoded = MTC_TAKE(arena, int8_t, words * 2 * shape->hidden);
    batch->gates = MTC_TAKE(arena, int16_t, words * 6 * shape->hidden);
    batch->answers = MTC_TAKE(arena, int16_t, words * model->answers.rows);
    batch->bent = MTC_TAKE(arena, int8_t, 2 * words * bent);
    batch->small = MTC_TAKE(arena, int16_t, 2 * words * small);
    batch->turned = MTC_TAKE(arena, int16_t, words * shape->arc);
    batch->heads = MTC_TAKE(arena, int16_t, words * shape->arc);
    batch->scores = MTC_TAKE(arena, int32_t, longest * (longest + 1));
    return batch->first != NULL && batch->keys != NULL && batch->looks != NULL &&
           batch->seen != NULL && mtc_batch_make_view(batch, arena) &&
           batch->input != NULL && batch->encoded != NULL && batch->gates != NULL &&
           batch->answers != NULL && batch->bent != NULL && batch->small != NULL &&
           batch->turned != NULL && batch->heads != NULL && batch->scores != NULL;
}

enum { BENT_TOGETHER = 512 };

/* Places in the tables of tanh and the logistic function: −8 … +8 in steps of 1/256.
 * A loop of its own, which compilers turn into vectors; only looking up is one by one. */
static inline void find_places(const int16_t *sums, size_t count, uint16_t *places) {
    const int16_t most = MTC_BEND_ENTRIES / 2 - 1, least = -MTC_BEND_ENTRIES / 2;
    for (size_t i = 0; i < count; i++) {
        const int16_t place = (int16_t)(sums[i] >> (MTC_SUM_BITS - 8));
        const int16_t above = place < least ? least : place;
        places[i] =
            (uint16_t)((above > most ? most : above) + (int16_t)(MTC_BEND_ENTRIES / 2));
    }
}

static inline __attribute__((always_inline)) void look_up(const int16_t *table,
                                                          const int16_t *sums,
                                                          size_t count, int16_t *values) {
    uint16_t places[MTC_MOST_HIDDEN];
    find_places(sums, count, places);
    for (size_t i = 0; i < count; i++) values[i] = table[places[i]];
}

void mtc_bend(const mtc_model *model, const int16_t *sums, size_t count, int8_t *bent) {
    uint16_t places[BENT_TOGETHER];
    for (size_t done = 0; done < count; done += BENT_TOGETHER) {
        const size_t now = count - done < BENT_TOGETHER ? count - done : BENT_TOGETHER;
        find_places(sums + done, now, places);
        for (size_t i = 0; i < now; i++) {
            const int32_t value = (model->tanh[places[i]] + 128) >> 8;
            bent[done + i] = (int8_t)(value > 127 ? 127 : value < -127 ? -127 : value);
        }
    }
}

void mtc_bend_sums(const mtc_model *model, const int16_t *a, const int16_t *b,
                   size_t count, int8_t *bent) {
    int16_t sums[MTC_MOST_HIDDEN];
    for (size_t i = 0; i < count; i++) {
        const int32_t sum = a[i] + b[i];
        sums[i] = (int16_t)(sum > INT16_MAX   ? INT16_MAX
                            : sum < INT16_MIN ? INT16_MIN
                                              : sum);
    }
    mtc_bend(model, sums, count, bent);
}

typedef struct gate_row {
    int16_t z[MTC_MOST_HIDDEN], f[MTC_MOST_HIDDEN], r[MTC_MOST_HIDDEN];
} gate_row;

static inline __attribute__((always_inline)) void open_gates(const mtc_model *model,
                                                             const int16_t *sums,
                                                             size_t hidden,
                                                             gate_row *row) {
    look_up(model->tanh, sums, hidden, row->z);
    look_up(model->sigmoid, sums + hidden, hidden, row->f);
    look_up(model->sigmoid, sums + 2 * hidden, hidden, row->r);
}

/* One word in one direction; states in 1/32768. (z − state)(1 − f) lies within ±2^31 less
 * the rounding unit, as |z − state| ≤ 65534. */
static inline __attribute__((always_inline)) void step(const gate_row *restrict row,
                                                       int32_t *restrict states,
                                                       const int8_t *restrict past,
                                                       int8_t *restrict output,
                                                       size_t hidden) {
    for (size_t i = 0; i < hidden; i++) {
        const int32_t state =
            states[i] + (((row->z[i] - states[i]) * (32768 - row->f[i]) + 16384) >> 15);
        const int32_t by = past == NULL ? 0 : (32768 - row->r[i]) * (past[i] * 256);
        const int32_t sum = (row->r[i] * state + by + (1 << 22)) >> 23;
        states[i] = state;
        output[i] = (int8_t)(sum > 127 ? 127 : sum < -127 ? -127 : sum);
    }
}

/* Both directions over one piece. `past`: what the layer read, where it may pass by; it
 * may be the place of the output itself. */
static inline __attribute__((always_inline)) void scan(const mtc_batch *batch,
                                                       uint32_t piece, bool passes_by) {
    const mtc_model *const model = &batch->network->model;
    const size_t hidden = model->shape.hidden;
    const uint32_t begin = batch->first[piece], end = batch->first[piece + 1];
    for (size_t direction = 0; direction < 2; direction++) {
        int32_t states[MTC_MOST_HIDDEN];
        gate_row row;
        int8_t past[MTC_MOST_HIDDEN];
        memset(states, 0, hidden * sizeof *states);
        for (uint32_t i = begin; i < end; i++) {
            const size_t word = direction == 0 ? i : begin + (end - 1 - i);
            int8_t *const output = batch->encoded + (word * 2 + direction) * hidden;
            open_gates(model, batch->gates + (word * 6 + direction * 3) * hidden, hidden,
                       &row);
            if (passes_by) memcpy(past, output, hidden);
            step(&row, states, passes_by ? past : NULL, output, hidden);
        }
    }
}

static void scan_plain(const mtc_batch *batch, uint32_t piece, bool passes_by) {
    scan(batch, piece, passes_by);
}

#ifdef __x86_64__
/* The same whole numbers, eight at once. */
static __attribute__((target("avx2"))) void scan_avx2(const mtc_batch *batch,
                                                      uint32_t piece, bool passes_by) {
    scan(batch, piece, passes_by);
}
#endif

static void scan_piece(const mtc_batch *batch, uint32_t piece, bool passes_by) {
#ifdef __x86_64__
    if (batch->kernel != MTC_KERNEL_PLAIN) {
        scan_avx2(batch, piece, passes_by);
        return;
    }
#endif
    scan_plain(batch, piece, passes_by);
}

void mtc_batch_encode(mtc_batch *batch) {
    const mtc_model *const model = &batch->network->model;
    for (uint32_t layer = 0; layer < model->shape.layers; layer++) {
        mtc_kernel_multiply(batch->kernel, &model->layers[layer],
                            layer == 0 ? batch->input : batch->encoded, batch->words,
                            batch->gates);
        for (uint32_t piece = 0; piece < batch->pieces; piece++)
            scan_piece(batch, piece, layer > 0);
    }
    mtc_kernel_multiply(batch->kernel, &model->answers, batch->encoded, batch->words,
                        batch->answers);
}

uint32_t mtc_soften(const mtc_model *model, const int32_t *scores, size_t count,
                    uint16_t *powers) {
    int32_t top = scores[0];
    for (size_t i = 1; i < count; i++) top = scores[i] > top ? scores[i] : top;
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        const uint32_t below = (uint32_t)(top - scores[i]) >> (MTC_SUM_BITS - 8);
        powers[i] = below < MTC_EXP_ENTRIES ? model->exp[below] : 0;
        sum += powers[i];
    }
    return sum;
}
