#include "language/network/network.h"

#include <stdlib.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "language/network/encoder.h"
#include "language/network/second_look.h"

enum { ARENA_BLOCK = 1 << 16, ARENA_LIMIT = 128 << 20 };

static const char *const UPOS_NAMES[] = {
#define NAME(name) #name,
    MTC_UPOS_MAP(NAME)
#undef NAME
};

const char *mtc_upos_name(mtc_upos upos) {
    return UPOS_NAMES[upos];
}

static uint8_t upos_of(mtc_str tag) {
    const char *const end = memchr(tag.ptr, '\t', tag.len);
    const mtc_str name = {tag.ptr, end == NULL ? tag.len : (size_t)(end - tag.ptr)};
    for (uint32_t i = 0; i < MTC_UPOS_COUNT; i++)
        if (mtc_str_equal(name, mtc_str_of(UPOS_NAMES[i]))) return (uint8_t)i;
    return MTC_UPOS_X;
}

static bool is_finite(mtc_str tag) {
    return memmem(tag.ptr, tag.len, "VerbForm=Fin", 12) != NULL;
}

/* The class of "nsubj:pass" is that of "nsubj". */
static uint8_t relation_class(mtc_str relation) {
    static const char *const NAMES[] = {
#define NAME(name, text) text,
        MTC_RELATION_CLASSES(NAME)
#undef NAME
    };
    const char *const colon = memchr(relation.ptr, ':', relation.len);
    if (colon != NULL) relation.len = (size_t)(colon - relation.ptr);
    for (int i = 0; i < MTC_CLASS_OTHER; i++)
        if (mtc_str_equal(relation, mtc_str_of(NAMES[i]))) return (uint8_t)i;
    return MTC_CLASS_OTHER;
}

mtc_status mtc_network_load(const char *path, mtc_network **ret_network,
                            mtc_error *error) {
    mtc_network *const network = calloc(1, sizeof *network);
    if (network == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for a network");
    mtc_arena_init(&network->arena, ARENA_BLOCK, ARENA_LIMIT);
    mtc_status status = mtc_model_read(path, &network->arena, &network->model, error);
    if (status == MTC_OK) {
        const uint32_t tags = network->model.shape.tags;
        network->upos_of_tag = MTC_TAKE(&network->arena, uint8_t, tags);
        network->finite_of_tag = MTC_TAKE(&network->arena, uint8_t, tags);
        if (network->upos_of_tag == NULL || network->finite_of_tag == NULL)
            status = mtc_fail(error, MTC_NO_MEMORY, "no memory for a network");
    }
    if (status != MTC_OK) {
        mtc_network_free(network);
        return status;
    }
    for (uint32_t i = 0; i < network->model.shape.tags; i++) {
        network->upos_of_tag[i] = upos_of(network->model.tags[i]);
        network->finite_of_tag[i] = is_finite(network->model.tags[i]);
    }
    for (uint32_t i = 0; i < network->model.shape.relations; i++)
        network->class_of_relation[i] = relation_class(network->model.relations[i]);
    *ret_network = network;
    return MTC_OK;
}

void mtc_network_free(mtc_network *network) {
    if (network == NULL) return;
    mtc_arena_fini(&network->arena);
    free(network);
}

const mtc_model *mtc_network_model(const mtc_network *network) {
    return &network->model;
}

const char *mtc_network_checksum(const mtc_network *network) {
    return network->model.sha256;
}

mtc_str mtc_network_tag(const mtc_network *network, uint16_t tag) {
    return network->model.tags[tag];
}

mtc_str mtc_network_relation(const mtc_network *network, uint8_t relation) {
    return network->model.relations[relation];
}

mtc_share mtc_network_calibrated(const mtc_network *network, uint32_t output,
                                 int16_t answer) {
    const uint16_t *const knots =
        network->model.calibration + (size_t)output * MTC_CALIBRATION_KNOTS;
    const int32_t step = 1 << (MTC_SUM_BITS - 2); /* a quarter of a logit */
    const int32_t most = (MTC_CALIBRATION_KNOTS - 1) * step;
    int32_t place = answer + most / 2;
    place = place < 0 ? 0 : place > most ? most : place;
    const int32_t knot = place == most ? MTC_CALIBRATION_KNOTS - 2 : place / step;
    const int32_t behind = place - knot * step;
    return (
        mtc_share)((knots[knot] * (step - behind) + knots[knot + 1] * behind + step / 2) /
                   step);
}

/* --- Reading --- */

static uint8_t look_of(mtc_str word, bool known) {
    uint8_t look = MTC_LOOK_MARK;
    bool first = true;
    /* Beginnings tell; addresses may be long. */
    for (uint32_t at = 0; at < word.len && at < 64;) {
        const UChar32 point = (UChar32)mtc_utf8_next(word, &at);
        if (u_isdigit(point)) look |= MTC_LOOK_DIGIT;
        if (u_isupper(point) && first) look |= MTC_LOOK_UPPER;
        if (u_islower(point)) look |= MTC_LOOK_LOWER;
        if (u_isalnum(point)) {
            look = (uint8_t)(look & ~MTC_LOOK_MARK);
            first = false;
        }
    }
    return known ? look | MTC_LOOK_KNOWN : look;
}

static void put_word(mtc_batch *batch, mtc_str word, bool first) {
    const mtc_model *const model = &batch->network->model;
    const mtc_word_features features =
        mtc_word_features_of(word, first, &model->vocabulary);
    int8_t *to = batch->input + (size_t)batch->words * model->input;
    batch->keys[batch->words] = features.key;
    batch->looks[batch->words] =
        look_of(word, features.row[MTC_FEATURE_WORD] != MTC_ROW_UNKNOWN);
    for (int i = 0; i < MTC_FEATURES; i++) {
        const size_t width = model->shape.width[i];
        memcpy(to, model->features[i] + features.row[i] * width, width);
        to += width;
    }
    batch->words++;
}

/* The repetitions of the piece that has just been put there: the last feature. */
static void note_repeats(mtc_batch *batch) {
    const mtc_model *const model = &batch->network->model;
    const size_t width = model->shape.width[MTC_FEATURE_REPEAT];
    const uint32_t first = batch->first[batch->pieces - 1];
    uint32_t rows[MTC_PIECE_WORDS];
    mtc_word_features_repeat(batch->keys + first, batch->words - first, rows);
    for (uint32_t i = first; i < batch->words; i++)
        memcpy(batch->input + (size_t)(i + 1) * model->input - width,
               model->features[MTC_FEATURE_REPEAT] + rows[i - first] * width, width);
}

static void tag_word(const mtc_batch *batch, uint32_t word, mtc_word_reading *out) {
    const mtc_network *const network = batch->network;
    const mtc_model *const model = &network->model;
    const int16_t *const answers =
        batch->answers + word * (size_t)model->answers.rows + model->questions.tags;
    int32_t scores[MTC_MOST_TAGS];
    uint16_t powers[MTC_MOST_TAGS];
    uint32_t parts[MTC_UPOS_COUNT] = {0}, finite = 0, best = 0;
    for (uint32_t i = 0; i < model->shape.tags; i++) scores[i] = answers[i];
    const uint32_t sum = mtc_soften(model, scores, model->shape.tags, powers);
    for (uint32_t i = 0; i < model->shape.tags; i++) {
        parts[network->upos_of_tag[i]] += powers[i];
        if (network->finite_of_tag[i] != 0) finite += powers[i];
        if (scores[i] > scores[best]) best = i;
    }
    uint32_t upos = 0;
    for (uint32_t i = 1; i < MTC_UPOS_COUNT; i++)
        if (parts[i] > parts[upos]) upos = i;
    out->tag = (uint16_t)best;
    out->upos = (uint8_t)upos;
    out->upos_share = mtc_share_of(parts[upos], sum);
    out->finite = mtc_share_of(finite, sum);
    out->noun = mtc_share_of(parts[MTC_UPOS_NOUN], sum);
    out->proper = mtc_share_of(parts[MTC_UPOS_PROPN], sum);
    out->verb = mtc_share_of(parts[MTC_UPOS_VERB] + parts[MTC_UPOS_AUX], sum);
}

static void doubt_words(mtc_batch *batch, mtc_word_reading *out) {
    const mtc_model *const model = &batch->network->model;
    const size_t width = model->shape.token;
    for (size_t i = 0; i < batch->words; i++) {
        const int16_t *const answers =
            batch->answers + i * model->answers.rows + model->questions.token;
        mtc_bend(model, answers, width, batch->bent + i * width);
    }
    mtc_kernel_multiply(batch->kernel, &model->token, batch->bent, batch->words,
                        batch->small);
    for (size_t i = 0; i < batch->words; i++)
        memcpy(out[i].doubts, batch->small + i * model->token.rows, sizeof out[i].doubts);
}

/* Gap i of a piece lies before its word i; the last one behind all of them. */
static void bend_gaps(mtc_batch *batch, uint32_t piece) {
    static const int16_t NONE[MTC_MOST_HIDDEN];
    const mtc_model *const model = &batch->network->model;
    const size_t width = model->shape.gap, rows = model->answers.rows;
    const size_t first = batch->first[piece], end = batch->first[piece + 1];
    for (size_t i = first; i <= end; i++) {
        const int16_t *const left =
            i == first ? NONE
                       : batch->answers + (i - 1) * rows + model->questions.gap_left;
        const int16_t *const right =
            i == end ? NONE : batch->answers + i * rows + model->questions.gap_right;
        mtc_bend_sums(model, left, right, width, batch->bent + (i + piece) * width);
    }
}

/* `ends`: answers of the gap behind each piece. */
static void doubt_gaps(mtc_batch *batch, mtc_word_reading *out,
                       int16_t (*ends)[MTC_GAP_OUTPUTS]) {
    const mtc_matrix *const gap = &batch->network->model.gap;
    for (uint32_t piece = 0; piece < batch->pieces; piece++) bend_gaps(batch, piece);
    mtc_kernel_multiply(batch->kernel, gap, batch->bent, batch->words + batch->pieces,
                        batch->small);
    for (uint32_t piece = 0; piece < batch->pieces; piece++) {
        for (size_t i = batch->first[piece]; i < batch->first[piece + 1]; i++)
            memcpy(out[i].gaps, batch->small + (i + piece) * gap->rows,
                   sizeof out[i].gaps);
        memcpy(ends[piece],
               batch->small + ((size_t)batch->first[piece + 1] + piece) * gap->rows,
               sizeof ends[piece]);
    }
}

typedef struct run {
    mtc_batch batch;
    mtc_budget *budget;
    mtc_reading reading;
    uint32_t done;         /* words of earlier batches */
    uint32_t *sentence_of; /* of each piece of the batch */
    int16_t (*ends)[MTC_GAP_OUTPUTS];
    int8_t *seen; /* NULL: nobody asked */
} run;

static void look_again(run *self, mtc_word_reading *out) {
    mtc_batch *const batch = &self->batch;
    const mtc_network_shape *const shape = &batch->network->model.shape;
    const size_t columns = mtc_look_columns(shape);
    if (self->seen == NULL && shape->look == 0) return;
    mtc_batch_see(batch, out, self->ends);
    if (self->seen != NULL)
        memcpy(self->seen + self->done * columns, batch->seen, batch->words * columns);
    if (shape->look > 0) mtc_batch_look_again(batch, out);
}

static mtc_status read_batch(run *self) {
    mtc_batch *const batch = &self->batch;
    mtc_word_reading *const out = self->reading.words + self->done;
    mtc_status status = mtc_budget_spend(self->budget, batch->words * 8);
    if (status != MTC_OK) return status;
    batch->first[batch->pieces] = batch->words;
    mtc_batch_encode(batch);
    for (uint32_t i = 0; i < batch->words; i++) tag_word(batch, i, &out[i]);
    status = mtc_batch_parse(batch, self->budget, out);
    if (status != MTC_OK) return status;
    doubt_words(batch, out);
    doubt_gaps(batch, out, self->ends);
    look_again(self, out);
    for (uint32_t piece = 0; piece < batch->pieces; piece++) {
        mtc_sentence_reading *const sentence =
            &self->reading.sentences[self->sentence_of[piece]];
        memcpy(sentence->end_gap, self->ends[piece], sizeof sentence->end_gap);
        /* Heads count from the piece so far, from now on from the sentence. */
        const uint32_t before = self->done + batch->first[piece] - sentence->first;
        for (uint32_t i = batch->first[piece]; before > 0 && i < batch->first[piece + 1];
             i++)
            if (out[i].head != MTC_HEAD_ROOT)
                out[i].head = (uint16_t)(out[i].head + before);
    }
    self->done += batch->words;
    batch->words = batch->pieces = 0;
    return MTC_OK;
}

static mtc_status read_sentence(run *self, uint32_t number, const mtc_str *words,
                                uint32_t length) {
    for (uint32_t i = 0; i < length; i++) {
        if (i % MTC_PIECE_WORDS == 0) {
            if (self->batch.words >= MTC_BATCH_WORDS) {
                const mtc_status status = read_batch(self);
                if (status != MTC_OK) return status;
            }
            self->sentence_of[self->batch.pieces] = number;
            self->batch.first[self->batch.pieces++] = self->batch.words;
        }
        put_word(&self->batch, words[i], i == 0);
        if ((i + 1) % MTC_PIECE_WORDS == 0 || i + 1 == length) note_repeats(&self->batch);
    }
    return MTC_OK;
}

static bool make_room(run *self, const uint32_t *lengths, uint32_t count,
                      mtc_arena *arena) {
    mtc_reading *const reading = &self->reading;
    const size_t pieces = MTC_BATCH_WORDS + MTC_PIECE_WORDS;
    for (uint32_t i = 0; i < count; i++) reading->word_count += lengths[i];
    reading->sentence_count = count;
    reading->words = MTC_TAKE(arena, mtc_word_reading, reading->word_count);
    reading->sentences = MTC_TAKE(arena, mtc_sentence_reading, count);
    self->sentence_of = MTC_TAKE(arena, uint32_t, pieces);
    self->ends = mtc_arena_take_array(arena, pieces, sizeof *self->ends);
    return reading->words != NULL && reading->sentences != NULL &&
           self->sentence_of != NULL && self->ends != NULL;
}

static mtc_status read_all(run *self, const mtc_network *network, mtc_kernel kernel,
                           const mtc_str *words, const uint32_t *lengths,
                           mtc_arena *arena) {
    if (!mtc_batch_init(&self->batch, network, kernel, self->reading.word_count, arena))
        return MTC_NO_MEMORY;
    uint32_t first = 0;
    for (uint32_t i = 0; i < self->reading.sentence_count; i++) {
        self->reading.sentences[i] =
            (mtc_sentence_reading){.first = first, .count = lengths[i]};
        const mtc_status status = read_sentence(self, i, words + first, lengths[i]);
        if (status != MTC_OK) return status;
        first += lengths[i];
    }
    return self->batch.words > 0 ? read_batch(self) : MTC_OK;
}

mtc_status mtc_network_read_seen(const mtc_network *network, mtc_kernel kernel,
                                 const mtc_str *words, const uint32_t *lengths,
                                 uint32_t sentence_count, mtc_arena *arena,
                                 mtc_budget *budget, mtc_reading *ret_reading,
                                 const int8_t **ret_seen) {
    run self = {.budget = budget};
    if (!make_room(&self, lengths, sentence_count, arena)) return MTC_NO_MEMORY;
    if (ret_seen != NULL) {
        self.seen = MTC_TAKE(arena, int8_t,
                             (size_t)self.reading.word_count *
                                 mtc_look_columns(&network->model.shape));
        if (self.seen == NULL) return MTC_NO_MEMORY;
    }
    const mtc_status status = read_all(&self, network, kernel, words, lengths, arena);
    if (status != MTC_OK) return status;
    *ret_reading = self.reading;
    if (ret_seen != NULL) *ret_seen = self.seen;
    return MTC_OK;
}

mtc_status mtc_network_read(const mtc_network *network, mtc_kernel kernel,
                            const mtc_str *words, const uint32_t *lengths,
                            uint32_t sentence_count, mtc_arena *arena, mtc_budget *budget,
                            mtc_reading *ret_reading) {
    return mtc_network_read_seen(network, kernel, words, lengths, sentence_count, arena,
                                 budget, ret_reading, NULL);
}
