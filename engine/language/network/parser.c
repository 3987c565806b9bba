/* parser.c: heads and relations. Greedy where that is a tree; else the cheapest change of
 * heads makes it one. */
#include "language/network/encoder.h"

static const int32_t NEVER = INT32_MIN / 2;

/* All words' vectors as dependents and as heads. */
static void bend_arcs(mtc_batch *batch) {
    const mtc_model *const model = &batch->network->model;
    const size_t arc = model->shape.arc;
    for (size_t i = 0; i < batch->words; i++) {
        const int16_t *const answers = batch->answers + i * model->answers.rows;
        int8_t head[MTC_MOST_HIDDEN];
        mtc_bend(model, answers + model->questions.dependent, arc, batch->bent + i * arc);
        mtc_bend(model, answers + model->questions.head, arc, head);
        for (size_t j = 0; j < arc; j++) batch->heads[i * arc + j] = (int16_t)head[j];
    }
    mtc_kernel_multiply(batch->kernel, &model->arc, batch->bent, batch->words,
                        batch->turned);
}

/* Sum of 16-bit products. Each is below 2^15 · 2^7, and there are at most 2^9. */
static int32_t dot(const int16_t *a, const int16_t *b, size_t count) {
    int32_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += a[i] * b[i];
    return sum >> MTC_STATE_BITS;
}

static size_t distance_of(size_t dependent, size_t head) {
    const int32_t most = MTC_DISTANCES / 2;
    const int32_t apart = (int32_t)head - (int32_t)dependent;
    const int32_t place = (apart < -most ? -most : apart > most ? most : apart) + most;
    return (size_t)place;
}

/* scores[i · (n + 1) + j]: how well j (n: the root) is the head of i. */
static void score_piece(const mtc_batch *batch, uint32_t first, size_t n) {
    const mtc_model *const model = &batch->network->model;
    const size_t arc = model->shape.arc;
    for (size_t i = 0; i < n; i++) {
        const int16_t *const turned = batch->turned + (first + i) * arc;
        int32_t *const scores = batch->scores + i * (n + 1);
        for (size_t j = 0; j < n; j++)
            scores[j] = dot(turned, batch->heads + (first + j) * arc, arc) +
                        model->distance[distance_of(i, j)];
        scores[i] = NEVER;
        scores[n] = dot(turned, model->root, arc) + model->distance[MTC_DISTANCE_ROOT];
    }
}

static size_t best_of(const int32_t *scores, size_t count) {
    size_t best = 0;
    for (size_t j = 1; j < count; j++)
        if (scores[j] > scores[best]) best = j;
    return best;
}

/* Exactly one word hangs on the root: the one that loses least by it. */
static void choose_root(const int32_t *scores, size_t n, uint16_t *heads) {
    size_t root = n, best_gain = 0;
    int64_t top = INT64_MIN;
    for (size_t i = 0; i < n; i++) {
        heads[i] = (uint16_t)best_of(scores + i * (n + 1), n);
        const int64_t gain = (int64_t)scores[i * (n + 1) + n] -
                             (n == 1 ? 0 : scores[i * (n + 1) + heads[i]]);
        if (gain > top) {
            top = gain;
            best_gain = i;
        }
    }
    root = best_gain;
    heads[root] = MTC_HEAD_ROOT;
}

/* Marks each word with the number of the walk that first met it; a walk that meets itself
 * has found a circle: returns one of its words, n where there is none. */
static size_t find_circle(const uint16_t *heads, size_t n, uint16_t *marks) {
    memset(marks, 0, n * sizeof *marks);
    for (size_t i = 0; i < n; i++) {
        const uint16_t walk = (uint16_t)(i + 1);
        size_t at = i;
        while (marks[at] == 0) {
            marks[at] = walk;
            if (heads[at] == MTC_HEAD_ROOT) break;
            at = heads[at];
        }
        if (marks[at] == walk && heads[at] != MTC_HEAD_ROOT) return at;
    }
    return n;
}

enum { OUTSIDE, INSIDE, UNKNOWN, ON_THE_WAY };

/* inside[i] = INSIDE: the way up from i leads into the circle; OUTSIDE: it leads to the
 * root or into another circle. */
static void mark_inside(const uint16_t *heads, size_t n, size_t circle, uint8_t *inside,
                        uint16_t *way) {
    memset(inside, UNKNOWN, MTC_PIECE_WORDS);
    for (size_t at = circle; inside[at] == UNKNOWN; at = heads[at]) inside[at] = INSIDE;
    for (size_t i = 0; i < n; i++) {
        size_t length = 0, at = i;
        while (inside[at] == UNKNOWN) {
            inside[at] = ON_THE_WAY;
            way[length++] = (uint16_t)at;
            if (heads[at] == MTC_HEAD_ROOT) break;
            at = heads[at];
        }
        const uint8_t answer = inside[at] == INSIDE ? INSIDE : OUTSIDE;
        while (length > 0) inside[way[--length]] = answer;
    }
}

/* The word of the circle that loses least by a head outside gets it. Every call leaves
 * one circle less. */
static void break_circle(const int32_t *scores, size_t n, uint16_t *heads, size_t circle,
                         const uint8_t *inside) {
    size_t word = circle, head = n, at = circle;
    int64_t least = INT64_MAX;
    do {
        const int32_t *const row = scores + at * (n + 1);
        for (size_t j = 0; j < n; j++) {
            const int64_t loss = (int64_t)row[heads[at]] - row[j];
            if (inside[j] == INSIDE || loss >= least) continue;
            least = loss;
            word = at;
            head = j;
        }
        at = heads[at];
    } while (at != circle);
    heads[word] = (uint16_t)head;
}

static void make_tree(const int32_t *scores, size_t n, uint16_t *heads) {
    uint16_t marks[MTC_PIECE_WORDS] = {0};
    uint8_t inside[MTC_PIECE_WORDS] = {0};
    choose_root(scores, n, heads);
    for (size_t circle; (circle = find_circle(heads, n, marks)) < n;) {
        mark_inside(heads, n, circle, inside, marks);
        break_circle(scores, n, heads, circle, inside);
    }
}

static void parse_piece(const mtc_batch *batch, uint32_t piece, mtc_word_reading *out) {
    const uint32_t first = batch->first[piece];
    const size_t n = batch->first[piece + 1] - first;
    uint16_t heads[MTC_PIECE_WORDS] = {0}, powers[MTC_PIECE_WORDS + 1];
    score_piece(batch, first, n);
    make_tree(batch->scores, n, heads);
    for (size_t i = 0; i < n; i++) {
        const size_t place = heads[i] == MTC_HEAD_ROOT ? n : heads[i];
        const uint32_t sum = mtc_soften(&batch->network->model,
                                        batch->scores + i * (n + 1), n + 1, powers);
        out[first + i].head = heads[i];
        out[first + i].head_share = mtc_share_of(powers[place], sum);
    }
}

/* Relations of all words to the heads they have got. */
static void name_relations(mtc_batch *batch, mtc_word_reading *out) {
    const mtc_model *const model = &batch->network->model;
    const size_t label = model->shape.label, relations = model->shape.relations;
    int32_t scores[256];
    uint16_t powers[256];
    for (uint32_t piece = 0; piece < batch->pieces; piece++) {
        for (size_t i = batch->first[piece]; i < batch->first[piece + 1]; i++) {
            const int16_t *const own = batch->answers + i * model->answers.rows +
                                       model->questions.label_dependent;
            const int16_t *const other = out[i].head == MTC_HEAD_ROOT
                                             ? model->label_root
                                             : batch->answers +
                                                   (batch->first[piece] + out[i].head) *
                                                       (size_t)model->answers.rows +
                                                   model->questions.label_head;
            mtc_bend_sums(model, own, other, label, batch->bent + i * label);
        }
    }
    mtc_kernel_multiply(batch->kernel, &model->label, batch->bent, batch->words,
                        batch->small);
    for (size_t i = 0; i < batch->words; i++) {
        for (size_t j = 0; j < relations; j++)
            scores[j] = batch->small[i * model->label.rows + j];
        const size_t best = best_of(scores, relations);
        const uint32_t sum = mtc_soften(model, scores, relations, powers);
        out[i].relation = (uint8_t)best;
        out[i].relation_share = mtc_share_of(powers[best], sum);
    }
}

mtc_status mtc_batch_parse(mtc_batch *batch, mtc_budget *budget, mtc_word_reading *out) {
    bend_arcs(batch);
    for (uint32_t piece = 0; piece < batch->pieces; piece++) {
        const uint32_t n = batch->first[piece + 1] - batch->first[piece];
        const mtc_status status = mtc_budget_spend(budget, n + n * n / 64);
        if (status != MTC_OK) return status;
        parse_piece(batch, piece, out);
    }
    name_relations(batch, out);
    return MTC_OK;
}
