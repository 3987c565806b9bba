#include "language/network/second_look.h"

enum { NOWHERE = UINT16_MAX };

/* What the tree says of a word. */
typedef struct fact {
    uint16_t clause;     /* head of the clause it stands in */
    uint16_t same, gone; /* the nearest same word before and behind; NOWHERE */
    uint16_t children;
    mtc_share least_child; /* how sure the least sure arc to a dependent is */
    int16_t child_doubt;   /* foreign body: the largest of the dependents */
    /* Of a clause's head: */
    mtc_share finite; /* of it or of its auxiliaries */
    bool has_subject, is_clause;
    int16_t arcs, sure, loose; /* arcs over the gap before it */
} fact;

struct mtc_piece_view {
    const mtc_network *network;
    const mtc_word_reading *words;
    const uint64_t *keys;
    const uint8_t *looks;
    const int16_t *end;
    uint32_t count;
    fact facts[MTC_PIECE_WORDS];
    int32_t finite_before[MTC_PIECE_WORDS + 1]; /* finite verbs before each word */
};

typedef struct mtc_piece_view piece_view;

static mtc_relation_class class_of(const piece_view *self, uint32_t i) {
    return self->network->class_of_relation[self->words[i].relation];
}

static bool is_half(mtc_share share) {
    return share > UINT16_MAX / 2;
}

/* --- Facts --- */

static bool opens_clause(const piece_view *self, uint32_t i) {
    switch (class_of(self, i)) {
    case MTC_CLASS_ROOT:
    case MTC_CLASS_CCOMP:
    case MTC_CLASS_ADVCL:
    case MTC_CLASS_ACL:
    case MTC_CLASS_PARATAXIS: return true;
    case MTC_CLASS_CONJ: return is_half(self->words[i].verb);
    default: return self->words[i].head == MTC_HEAD_ROOT;
    }
}

/* Up the tree to what opens a clause; every word is passed once. */
static void find_clauses(piece_view *self) {
    uint16_t way[MTC_PIECE_WORDS];
    for (uint32_t i = 0; i < self->count; i++) {
        self->facts[i].is_clause = opens_clause(self, i);
        self->facts[i].clause = self->facts[i].is_clause ? (uint16_t)i : NOWHERE;
    }
    for (uint32_t i = 0; i < self->count; i++) {
        uint32_t length = 0, at = i;
        while (self->facts[at].clause == NOWHERE) {
            way[length++] = (uint16_t)at;
            at = self->words[at].head;
        }
        while (length > 0) self->facts[way[--length]].clause = self->facts[at].clause;
    }
}

static void note_child(piece_view *self, uint32_t i) {
    const mtc_word_reading *const word = &self->words[i];
    fact *const head = &self->facts[word->head];
    head->children++;
    if (word->head_share < head->least_child) head->least_child = word->head_share;
    if (word->doubts[MTC_OUTPUT_FOREIGN] > head->child_doubt)
        head->child_doubt = word->doubts[MTC_OUTPUT_FOREIGN];
    const mtc_relation_class class = class_of(self, i);
    if (class == MTC_CLASS_AUX && word->finite > head->finite)
        head->finite = word->finite;
    if (class == MTC_CLASS_NSUBJ) head->has_subject = true;
}

static void find_same(piece_view *self) {
    for (uint32_t i = 1; i < self->count; i++) {
        const uint32_t same = mtc_same_word_before(self->keys, i);
        if (same == i) continue;
        self->facts[i].same = (uint16_t)same;
        if (self->facts[same].gone == NOWHERE) self->facts[same].gone = (uint16_t)i;
    }
}

/* An arc lies over all gaps between its ends: counted where it begins and ends, then
 * summed up. */
static void count_arcs(piece_view *self) {
    for (uint32_t i = 0; i < self->count; i++) {
        const mtc_word_reading *const word = &self->words[i];
        if (word->head == MTC_HEAD_ROOT) continue;
        fact *const from = &self->facts[(i < word->head ? i : word->head) + 1];
        const uint32_t end = (i < word->head ? word->head : i) + 1;
        const mtc_relation_class class = class_of(self, i);
        const bool loose = class == MTC_CLASS_CONJ || class == MTC_CLASS_PARATAXIS ||
                           class == MTC_CLASS_PUNCT;
        const bool sure = !loose && is_half(word->head_share);
        from->arcs++;
        from->loose = (int16_t)(from->loose + loose);
        from->sure = (int16_t)(from->sure + sure);
        if (end == self->count) continue;
        fact *const to = &self->facts[end];
        to->arcs--;
        to->loose = (int16_t)(to->loose - loose);
        to->sure = (int16_t)(to->sure - sure);
    }
    for (uint32_t i = 1; i < self->count; i++) {
        fact *const at = &self->facts[i];
        at->arcs = (int16_t)(at->arcs + at[-1].arcs);
        at->loose = (int16_t)(at->loose + at[-1].loose);
        at->sure = (int16_t)(at->sure + at[-1].sure);
    }
}

static void find_facts(piece_view *self) {
    self->finite_before[0] = 0;
    for (uint32_t i = 0; i < self->count; i++) {
        self->facts[i] = (fact){.same = NOWHERE,
                                .gone = NOWHERE,
                                .least_child = UINT16_MAX,
                                .child_doubt = INT16_MIN,
                                .finite = self->words[i].finite};
        self->finite_before[i + 1] =
            self->finite_before[i] + is_half(self->words[i].finite);
    }
    for (uint32_t i = 0; i < self->count; i++)
        if (self->words[i].head != MTC_HEAD_ROOT) note_child(self, i);
    find_clauses(self);
    find_same(self);
    count_arcs(self);
}

/* --- What is seen --- */

typedef struct pen {
    int8_t *at, *end;
} pen;

static void put(pen *to, int32_t value) {
    if (to->at == to->end) return;
    *to->at++ = (int8_t)(value > 127 ? 127 : value < -127 ? -127 : value);
}

static void put_logit(pen *to, int32_t value) {
    put(to, value / 64);
}

static void put_share(pen *to, mtc_share share) {
    put(to, share / 512);
}

static void put_bool(pen *to, bool yes) {
    put(to, yes ? 127 : 0);
}

static void put_one_of(pen *to, uint32_t which, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) put_bool(to, i == which);
}

/* The doubts of the word at a distance; 0 outside the piece is what no doubt looks like.
 */
static const mtc_word_reading *word_at(const piece_view *self, int64_t place) {
    static const mtc_word_reading none = {.head = MTC_HEAD_ROOT,
                                          .upos = MTC_UPOS_COUNT,
                                          .doubts = {-8192, -8192, -8192},
                                          .gaps = {-8192, -8192}};
    return place < 0 || place >= self->count ? &none : &self->words[place];
}

static void put_doubts(const piece_view *self, uint32_t i, pen *to) {
    const mtc_word_reading *const word = &self->words[i];
    const int64_t at = i;
    for (int k = 0; k < MTC_TOKEN_OUTPUTS; k++) put_logit(to, word->doubts[k]);
    for (int k = 0; k < MTC_GAP_OUTPUTS; k++) put_logit(to, word->gaps[k]);
    for (int k = 0; k < MTC_GAP_OUTPUTS; k++)
        put_logit(to, i + 1 < self->count ? word[1].gaps[k] : self->end[k]);
    for (int64_t k = -3; k <= 3; k++)
        if (k != 0) put_logit(to, word_at(self, at + k)->doubts[MTC_OUTPUT_FOREIGN]);
    for (int64_t k = -1; k <= 2; k++)
        if (k == -1 || k == 2) put_logit(to, word_at(self, at + k)->gaps[MTC_OUTPUT_GAP]);
    for (int64_t k = -1; k <= 1; k += 2) {
        put_logit(to, word_at(self, at + k)->doubts[MTC_OUTPUT_SMALL]);
        put_logit(to, word_at(self, at + k)->doubts[MTC_OUTPUT_CAPITAL]);
    }
    put_logit(to, word->head == MTC_HEAD_ROOT
                      ? -8192
                      : self->words[word->head].doubts[MTC_OUTPUT_FOREIGN]);
    put_logit(to, self->facts[i].children == 0 ? -8192 : self->facts[i].child_doubt);
}

/* Of all words of the piece but the one asked about and its neighbours. */
static void put_others(const piece_view *self, uint32_t i, const int32_t *left,
                       const int32_t *right, pen *to) {
    const int32_t before = i < 4 ? -8192 : left[i - 4];
    const int32_t behind = i + 4 >= self->count ? -8192 : right[i + 4];
    put_logit(to, before > behind ? before : behind);
    put(to, (int32_t)self->count * 2);
    put(to, (int32_t)i * 4);
    put(to, (int32_t)(self->count - i) * 4);
}

static void put_surety(const piece_view *self, uint32_t i, pen *to) {
    const mtc_word_reading *const word = &self->words[i];
    uint32_t heads = 0, relations = 0, tags = 0, count = 0;
    for (uint32_t k = i < 2 ? 0 : i - 2; k < self->count && k <= i + 2; k++, count++) {
        heads += self->words[k].head_share;
        relations += self->words[k].relation_share;
        tags += self->words[k].upos_share;
    }
    put_share(to, word->head_share);
    put_share(to, word->relation_share);
    put_share(to, word->upos_share);
    put_share(to, (mtc_share)(heads / count));
    put_share(to, (mtc_share)(relations / count));
    put_share(to, (mtc_share)(tags / count));
    put_share(to, word->finite);
    put_share(to, word->noun);
    put_share(to, word->proper);
    put_share(to, word->verb);
    put_share(to, self->facts[i].children == 0 ? UINT16_MAX : self->facts[i].least_child);
    put(to, self->facts[i].children * 16);
    put(to, word->head == MTC_HEAD_ROOT ? 0 : ((int32_t)word->head - (int32_t)i) * 8);
    put_share(to, word->head == MTC_HEAD_ROOT ? UINT16_MAX
                                              : self->words[word->head].head_share);
}

static bool is_argument(mtc_relation_class class) {
    return class == MTC_CLASS_NSUBJ || class == MTC_CLASS_OBJ || class == MTC_CLASS_OBL;
}

/* The same word elsewhere: where, and in which role. */
static void put_same(const piece_view *self, uint32_t i, uint16_t other, pen *to) {
    const bool there = other != NOWHERE;
    const uint32_t j = there ? other : i;
    const mtc_word_reading *const word = &self->words[i], *const twin = &self->words[j];
    const bool names = is_half(word->noun) || is_half(word->proper);
    const bool one_clause = self->facts[i].clause == self->facts[j].clause;
    const uint32_t apart = i > j ? i - j : j - i;
    put(to, there ? 127 - (int32_t)apart * 3 : 0);
    put_bool(to,
             there && names && word->head == twin->head && word->head != MTC_HEAD_ROOT);
    put_bool(to, there && names && one_clause && is_argument(class_of(self, i)) &&
                     is_argument(class_of(self, j)));
    put_bool(to, there && names && one_clause);
    put_bool(to, there && (word->head == j || twin->head == i));
    put_bool(to, there && names);
}

static void put_clause(const piece_view *self, uint32_t i, pen *to) {
    const fact *const clause = &self->facts[self->facts[i].clause];
    const uint32_t before = self->facts[i == 0 ? 0 : i - 1].clause;
    put_share(to, clause->finite);
    put_bool(to, clause->has_subject);
    put_bool(to, self->words[self->facts[i].clause].head == MTC_HEAD_ROOT);
    put_share(to, self->words[self->facts[i].clause].verb);
    put_bool(to, before == self->facts[i].clause);
    put_share(to, self->facts[before].finite);
    put_bool(to, self->facts[before].has_subject);
    put(to, self->finite_before[i] * 32);
    put(to, (self->finite_before[self->count] - self->finite_before[i]) * 32);
}

static void put_gap(const piece_view *self, uint32_t i, pen *to) {
    const fact *const at = &self->facts[i];
    put(to, at->arcs * 12);
    put(to, at->sure * 16);
    put(to, at->loose * 32);
    put_bool(to, i > 0 && (self->words[i].head == i - 1 || self->words[i - 1].head == i));
}

static void put_looks(const piece_view *self, uint32_t i, pen *to) {
    for (int bit = 0; bit < MTC_LOOK_BITS; bit++)
        put_bool(to, (self->looks[i] >> bit & 1) != 0);
    put_bool(to, i > 0 && (self->looks[i - 1] & MTC_LOOK_UPPER) != 0);
    put_bool(to, i + 1 < self->count && (self->looks[i + 1] & MTC_LOOK_UPPER) != 0);
    put_bool(to, i > 0 && (self->looks[i - 1] & MTC_LOOK_MARK) != 0);
    put_bool(to, i + 1 < self->count && (self->looks[i + 1] & MTC_LOOK_MARK) != 0);
}

static void see_word(const piece_view *self, uint32_t i, const int32_t *left,
                     const int32_t *right, int8_t *row) {
    pen to = {row, row + MTC_LOOK_SEEN};
    memset(row, 0, MTC_LOOK_SEEN);
    put_doubts(self, i, &to);
    put_others(self, i, left, right, &to);
    put_surety(self, i, &to);
    put_same(self, i, self->facts[i].same, &to);
    put_same(self, i, self->facts[i].gone, &to);
    put_clause(self, i, &to);
    put_gap(self, i, &to);
    put_looks(self, i, &to);
    put_one_of(&to, class_of(self, i), MTC_CLASSES);
    put_one_of(&to,
               self->words[i].head == MTC_HEAD_ROOT
                   ? MTC_CLASSES
                   : (uint32_t)class_of(self, self->words[i].head),
               MTC_CLASSES);
    put_one_of(&to, self->words[i].upos, MTC_UPOS_COUNT);
    put_one_of(&to, word_at(self, (int64_t)i - 1)->upos, MTC_UPOS_COUNT);
    put_one_of(&to, word_at(self, (int64_t)i + 1)->upos, MTC_UPOS_COUNT);
}

static int8_t *row_at(const mtc_batch *batch, size_t word) {
    return batch->seen + word * mtc_look_columns(&batch->network->model.shape);
}

static void bend_word(const mtc_batch *batch, size_t word, int8_t *to) {
    const mtc_model *const model = &batch->network->model;
    mtc_bend(model, batch->answers + word * model->answers.rows + model->questions.token,
             model->shape.token, to);
}

/* What the neighbours and the head read of the encoder; zeros where there is none. */
static void lend_neighbours(const mtc_batch *batch, uint32_t first, uint32_t i,
                            const piece_view *self) {
    const size_t width = batch->network->model.shape.token;
    const uint16_t head = self->words[i].head;
    int8_t *to = row_at(batch, first + i) + MTC_LOOK_SEEN + width;
    const bool there[3] = {i > 0, i + 1 < self->count, head != MTC_HEAD_ROOT};
    const uint32_t from[3] = {i - 1, i + 1, head};
    for (int k = 0; k < 3; k++, to += width) {
        if (there[k])
            memcpy(to, row_at(batch, first + from[k]) + MTC_LOOK_SEEN, width);
        else
            memset(to, 0, width);
    }
}

static void see_piece(mtc_batch *batch, uint32_t piece, const mtc_word_reading *words,
                      const int16_t *end) {
    const uint32_t first = batch->first[piece];
    piece_view *const self = batch->view;
    self->network = batch->network;
    self->words = words + first;
    self->keys = batch->keys + first;
    self->looks = batch->looks + first;
    self->end = end;
    self->count = batch->first[piece + 1] - first;
    find_facts(self);
    /* The largest doubt up to each word and from each word on. */
    int32_t left[MTC_PIECE_WORDS], right[MTC_PIECE_WORDS];
    for (uint32_t i = 0; i < self->count; i++) {
        const int32_t own = self->words[i].doubts[MTC_OUTPUT_FOREIGN];
        left[i] = i > 0 && left[i - 1] > own ? left[i - 1] : own;
    }
    for (uint32_t i = self->count; i-- > 0;) {
        const int32_t own = self->words[i].doubts[MTC_OUTPUT_FOREIGN];
        right[i] = i + 1 < self->count && right[i + 1] > own ? right[i + 1] : own;
    }
    for (uint32_t i = 0; i < self->count; i++) {
        int8_t *const row = row_at(batch, first + i);
        see_word(self, i, left, right, row);
        bend_word(batch, first + i, row + MTC_LOOK_SEEN);
    }
    for (uint32_t i = 0; i < self->count; i++) lend_neighbours(batch, first, i, self);
}

void mtc_batch_see(mtc_batch *batch, const mtc_word_reading *words,
                   int16_t (*ends)[MTC_GAP_OUTPUTS]) {
    for (uint32_t piece = 0; piece < batch->pieces; piece++)
        see_piece(batch, piece, words, ends[piece]);
}

static int16_t sum16(int32_t a, int32_t b) {
    const int32_t sum = a + b;
    return (int16_t)(sum > INT16_MAX ? INT16_MAX : sum < INT16_MIN ? INT16_MIN : sum);
}

void mtc_batch_look_again(mtc_batch *batch, mtc_word_reading *words) {
    const mtc_model *const model = &batch->network->model;
    const size_t hidden = model->shape.look, rows = model->look_out.rows;
    mtc_kernel_multiply(batch->kernel, &model->look, batch->seen, batch->words,
                        batch->gates);
    for (size_t i = 0; i < batch->words; i++)
        mtc_bend(model, batch->gates + i * model->look.rows, hidden,
                 batch->bent + i * hidden);
    mtc_kernel_multiply(batch->kernel, &model->look_out, batch->bent, batch->words,
                        batch->small);
    for (size_t i = 0; i < batch->words; i++) {
        const int16_t *const change = batch->small + i * rows;
        for (size_t k = 0; k < MTC_TOKEN_OUTPUTS; k++)
            words[i].doubts[k] = sum16(words[i].doubts[k], change[k]);
        for (size_t k = 0; k < MTC_GAP_OUTPUTS; k++)
            words[i].gaps[k] = sum16(words[i].gaps[k], change[MTC_TOKEN_OUTPUTS + k]);
    }
}

bool mtc_batch_make_view(mtc_batch *batch, mtc_arena *arena) {
    batch->view = MTC_TAKE(arena, piece_view, 1);
    return batch->view != NULL;
}
