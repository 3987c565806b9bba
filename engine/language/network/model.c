#include "language/network/model.h"

#include <endian.h>
#include <sodium.h>
#include <stdio.h>

#include "base/file.h"

enum {
    LARGEST_FILE = 64 << 20,
    MOST_SECTIONS = 128,
    WIDEST = 1024,
    MOST_WORDS = 1 << 22
};

typedef struct reader {
    const char *path;
    mtc_str bytes;
    uint32_t sections;
    mtc_arena *arena;
    mtc_error *error;
} reader;

static uint32_t read_u32(const char *at) {
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return le32toh(value);
}

static uint64_t read_u64(const char *at) {
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return le64toh(value);
}

static mtc_status wrong(const reader *self, const char *what) {
    return mtc_fail_in_file(self->error, self->path, 0, 0, "is no usable model: %s",
                            what);
}

static mtc_status no_memory(const reader *self) {
    return mtc_fail(self->error, MTC_NO_MEMORY, "no memory for the model %s", self->path);
}

static void digest_of(mtc_str bytes, unsigned char ret_digest[32]) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)bytes.ptr,
                              MTC_NETWORK_DIGEST_AT);
    crypto_hash_sha256_update(&state,
                              (const unsigned char *)bytes.ptr + MTC_NETWORK_HEADER,
                              bytes.len - MTC_NETWORK_HEADER);
    crypto_hash_sha256_final(&state, ret_digest);
}

static mtc_status check_header(reader *self, mtc_model *model) {
    const mtc_str bytes = self->bytes;
    if (bytes.len < MTC_NETWORK_HEADER || memcmp(bytes.ptr, MTC_NETWORK_MAGIC, 8) != 0)
        return wrong(self, "it does not begin as one");
    if (read_u32(bytes.ptr + 8) != MTC_NETWORK_VERSION)
        return wrong(self, "its version is not the one this program reads");
    self->sections = read_u32(bytes.ptr + 12);
    if (read_u64(bytes.ptr + 16) != bytes.len) return wrong(self, "it is not complete");
    unsigned char digest[32];
    digest_of(bytes, digest);
    if (memcmp(digest, bytes.ptr + MTC_NETWORK_DIGEST_AT, sizeof digest) != 0)
        return wrong(self, "its checksum does not match");
    if (self->sections > MOST_SECTIONS ||
        bytes.len <
            MTC_NETWORK_HEADER + (size_t)self->sections * MTC_NETWORK_SECTION_SIZE)
        return wrong(self, "its table of sections is cut off");
    mtc_sha256_hex(digest, model->sha256);
    return MTC_OK;
}

/* The bytes of a section; ptr NULL: it is not there or lies outside. */
static mtc_str section(const reader *self, const char *name) {
    for (uint32_t i = 0; i < self->sections; i++) {
        const char *const entry =
            self->bytes.ptr + MTC_NETWORK_HEADER + (size_t)i * MTC_NETWORK_SECTION_SIZE;
        if (strncmp(entry, name, MTC_NETWORK_NAME_SIZE) != 0) continue;
        const uint64_t offset = read_u64(entry + 16), length = read_u64(entry + 24);
        if (offset > self->bytes.len || length > self->bytes.len - offset) break;
        return (mtc_str){self->bytes.ptr + offset, length};
    }
    return (mtc_str){NULL, 0};
}

/* A section of exactly `length` bytes. */
static mtc_status exact(const reader *self, const char *name, uint64_t length,
                        const char **ret_bytes) {
    const mtc_str found = section(self, name);
    if (found.ptr == NULL || found.len != length)
        return mtc_fail_in_file(self->error, self->path, 0, 0,
                                "is no usable model: section %s is missing or has the "
                                "wrong size",
                                name);
    *ret_bytes = found.ptr;
    return MTC_OK;
}

#define TRY(call)                                                                        \
    do {                                                                                 \
        const mtc_status tried = (call);                                                 \
        if (tried != MTC_OK) return tried;                                               \
    } while (0)

static mtc_status numbers16(const reader *self, const char *name, size_t count,
                            const uint16_t **ret_numbers) {
    const char *bytes = NULL;
    TRY(exact(self, name, count * 2, &bytes));
    uint16_t *const numbers = MTC_TAKE(self->arena, uint16_t, count);
    if (numbers == NULL) return no_memory(self);
    memcpy(numbers, bytes, count * 2);
    for (size_t i = 0; i < count; i++) numbers[i] = le16toh(numbers[i]);
    *ret_numbers = numbers;
    return MTC_OK;
}

static mtc_status signed16(const reader *self, const char *name, size_t count,
                           const int16_t **ret_numbers) {
    const uint16_t *numbers = NULL;
    TRY(numbers16(self, name, count, &numbers));
    *ret_numbers = (const int16_t *)numbers;
    return MTC_OK;
}

static mtc_status read_shape(const reader *self, mtc_model *model) {
    const char *bytes = NULL;
    mtc_network_shape *const shape = &model->shape;
    TRY(exact(self, "shape", sizeof *shape, &bytes));
    memcpy(shape, bytes, sizeof *shape);
    uint32_t numbers[sizeof *shape / sizeof(uint32_t)];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        numbers[i] = read_u32(bytes + 4 * i);
    memcpy(shape, numbers, sizeof numbers);
    if (shape->words < MTC_ROWS_RESERVED || shape->words > MOST_WORDS)
        return wrong(self, "its vocabulary is too large");
    const uint32_t widths[] = {2 * shape->hidden, shape->arc, shape->label, shape->token,
                               shape->gap};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (widths[i] == 0 || widths[i] > WIDEST || widths[i] % MTC_GROUP != 0)
            return wrong(self, "a width is not a multiple of 64 up to 1024");
    for (int i = 0; i < MTC_FEATURES; i++)
        if (shape->width[i] > WIDEST) return wrong(self, "a feature is too wide");
    model->input = mtc_network_input_width(shape);
    if (model->input == 0 || model->input > WIDEST || model->input % MTC_GROUP != 0)
        return wrong(self, "the features do not fill groups of 64");
    if (shape->look > WIDEST || shape->look % MTC_GROUP != 0 ||
        shape->look > 6 * shape->hidden)
        return wrong(self, "its second look is too wide");
    if (shape->layers == 0 || shape->layers > MTC_NETWORK_MOST_LAYERS ||
        shape->tags == 0 || shape->tags > WIDEST || shape->relations == 0 ||
        shape->relations > 256)
        return wrong(self, "a number of its shape is out of bounds");
    model->questions = mtc_network_questions(shape);
    return MTC_OK;
}

/* Sums of the groups, and a check that no sum can leave 32 bits. */
static mtc_status finish_matrix(const reader *self, mtc_matrix *matrix) {
    const uint32_t groups = matrix->columns / MTC_GROUP;
    int32_t *const offsets =
        MTC_TAKE(self->arena, int32_t, (size_t)matrix->rows * groups);
    if (offsets == NULL) return no_memory(self);
    const int8_t *weight = matrix->weights;
    for (size_t block = 0; block < matrix->rows / MTC_ROWS_TOGETHER; block++)
        for (uint32_t column = 0; column < matrix->columns; column += 4)
            for (size_t row = 0; row < MTC_ROWS_TOGETHER; row++, weight += 4)
                offsets[(block * groups + column / MTC_GROUP) * MTC_ROWS_TOGETHER +
                        row] += 128 * (weight[0] + weight[1] + weight[2] + weight[3]);
    matrix->offsets = offsets;
    for (size_t i = 0; i < (size_t)matrix->rows * matrix->columns; i++)
        if (matrix->weights[i] > MTC_MOST_WEIGHT || matrix->weights[i] < -MTC_MOST_WEIGHT)
            return wrong(self, "a weight lies outside −64 … 64");
    for (size_t i = 0; i < (size_t)matrix->rows * groups; i++)
        if (matrix->shifts[i] > MTC_MOST_SHIFT)
            return wrong(self, "a shift is too large");
    /* 64 · 127 · 64 < 2^19 in a group, 2^26 shifted, 8 groups make 2^29. */
    for (size_t i = 0; i < matrix->rows; i++)
        if (matrix->down[i] > MTC_MOST_DOWN || matrix->bias[i] > 1 << 29 ||
            matrix->bias[i] < -(1 << 29))
            return wrong(self, "a bias is too large");
    return MTC_OK;
}

static mtc_status read_matrix(const reader *self, const char *name, uint32_t rows,
                              uint32_t columns, mtc_matrix *ret_matrix) {
    mtc_matrix matrix = {.rows = mtc_padded(rows, MTC_ROWS_TOGETHER), .columns = columns};
    char full[32];
    const char *bytes = NULL;
    if (columns > 8 * MTC_GROUP) return wrong(self, "a matrix has too many columns");
    (void)snprintf(full, sizeof full, "%s.w", name);
    TRY(exact(self, full, (uint64_t)matrix.rows * columns, &bytes));
    matrix.weights = (const int8_t *)bytes;
    (void)snprintf(full, sizeof full, "%s.s", name);
    TRY(exact(self, full, (uint64_t)matrix.rows * (columns / MTC_GROUP), &bytes));
    matrix.shifts = (const uint8_t *)bytes;
    (void)snprintf(full, sizeof full, "%s.d", name);
    TRY(exact(self, full, matrix.rows, &bytes));
    matrix.down = (const uint8_t *)bytes;
    (void)snprintf(full, sizeof full, "%s.b", name);
    TRY(exact(self, full, (uint64_t)matrix.rows * 4, &bytes));
    int32_t *const bias = MTC_TAKE(self->arena, int32_t, matrix.rows);
    if (bias == NULL) return no_memory(self);
    for (uint32_t i = 0; i < matrix.rows; i++) bias[i] = (int32_t)read_u32(bytes + 4 * i);
    matrix.bias = bias;
    TRY(finish_matrix(self, &matrix));
    *ret_matrix = matrix;
    return MTC_OK;
}

static mtc_status read_vocabulary(const reader *self, mtc_model *model) {
    const uint32_t count = model->shape.words - MTC_ROWS_RESERVED;
    const char *bytes = NULL;
    TRY(exact(self, "vocabulary", (uint64_t)count * 8, &bytes));
    uint64_t *const hashes = MTC_TAKE(self->arena, uint64_t, count);
    if (hashes == NULL) return no_memory(self);
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = read_u64(bytes + 8 * (size_t)i);
        if (i > 0 && hashes[i] <= hashes[i - 1])
            return wrong(self, "its vocabulary is not sorted");
    }
    model->vocabulary = (mtc_vocabulary){hashes, count};
    return MTC_OK;
}

/* `count` lines, each ended by a line feed. */
static mtc_status read_names(const reader *self, const char *name, uint32_t count,
                             const mtc_str **ret_names) {
    mtc_str text = section(self, name);
    mtc_str *const names = MTC_TAKE(self->arena, mtc_str, count);
    if (names == NULL) return no_memory(self);
    for (uint32_t i = 0; i < count; i++) {
        const char *const end = text.len == 0 ? NULL : memchr(text.ptr, '\n', text.len);
        if (end == NULL) return wrong(self, "a name is missing");
        names[i] = (mtc_str){text.ptr, (size_t)(end - text.ptr)};
        text = (mtc_str){end + 1, text.len - names[i].len - 1};
    }
    *ret_names = names;
    return MTC_OK;
}

static mtc_status read_features(const reader *self, mtc_model *model) {
    for (int i = 0; i < MTC_FEATURES; i++) {
        char name[MTC_NETWORK_NAME_SIZE];
        const char *bytes = NULL;
        (void)snprintf(name, sizeof name, "feature%d", i);
        TRY(exact(self, name,
                  (uint64_t)mtc_feature_rows(&model->shape, i) * model->shape.width[i],
                  &bytes));
        model->features[i] = (const int8_t *)bytes;
        for (size_t j = 0;
             j < (size_t)mtc_feature_rows(&model->shape, i) * model->shape.width[i]; j++)
            if (model->features[i][j] == INT8_MIN)
                return wrong(self, "a feature is below −127");
    }
    return MTC_OK;
}

static mtc_status read_parts(const reader *self, mtc_model *model) {
    const mtc_network_shape *const shape = &model->shape;
    for (uint32_t i = 0; i < shape->layers; i++) {
        char name[MTC_NETWORK_NAME_SIZE];
        (void)snprintf(name, sizeof name, "layer%u", i);
        TRY(read_matrix(self, name, 6 * shape->hidden,
                        i == 0 ? model->input : 2 * shape->hidden, &model->layers[i]));
    }
    TRY(read_matrix(self, "questions", model->questions.all, 2 * shape->hidden,
                    &model->answers));
    TRY(read_matrix(self, "arc", shape->arc, shape->arc, &model->arc));
    TRY(read_matrix(self, "label", shape->relations, shape->label, &model->label));
    TRY(read_matrix(self, "token", MTC_TOKEN_OUTPUTS, shape->token, &model->token));
    TRY(read_matrix(self, "gap", MTC_GAP_OUTPUTS, shape->gap, &model->gap));
    if (shape->look > 0) {
        TRY(read_matrix(self, "look", shape->look, mtc_look_columns(shape),
                        &model->look));
        TRY(read_matrix(self, "lookout", MTC_OUTPUTS, shape->look, &model->look_out));
    }
    TRY(signed16(self, "root", shape->arc, &model->root));
    TRY(signed16(self, "distance", MTC_DISTANCE_BIASES, &model->distance));
    TRY(signed16(self, "labelroot", shape->label, &model->label_root));
    TRY(signed16(self, "tanh", MTC_BEND_ENTRIES, &model->tanh));
    TRY(signed16(self, "sigmoid", MTC_BEND_ENTRIES, &model->sigmoid));
    TRY(numbers16(self, "exp", MTC_EXP_ENTRIES, &model->exp));
    TRY(numbers16(self, "calibration", MTC_OUTPUTS * MTC_CALIBRATION_KNOTS,
                  &model->calibration));
    for (size_t i = 0; i < MTC_BEND_ENTRIES; i++)
        if (model->sigmoid[i] < 0) return wrong(self, "a gate opens backwards");
    for (size_t i = 0; i < shape->arc; i++)
        if (model->root[i] > 127 || model->root[i] < -127)
            return wrong(self, "its root is out of bounds");
    if (model->exp[0] == 0) return wrong(self, "its table of powers is empty");
    TRY(read_names(self, "tags", shape->tags, &model->tags));
    return read_names(self, "relations", shape->relations, &model->relations);
}

mtc_status mtc_model_read(const char *path, mtc_arena *arena, mtc_model *ret_model,
                          mtc_error *error) {
    reader self = {.path = path, .arena = arena, .error = error};
    mtc_model model = {0};
    TRY(mtc_file_read(path, LARGEST_FILE, arena, &self.bytes, error));
    TRY(check_header(&self, &model));
    TRY(read_shape(&self, &model));
    TRY(read_vocabulary(&self, &model));
    TRY(read_features(&self, &model));
    TRY(read_parts(&self, &model));
    *ret_model = model;
    return MTC_OK;
}
