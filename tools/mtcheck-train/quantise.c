#include "quantise.h"

#include <endian.h>
#include <errno.h>
#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "language/network/model.h"
#include "memory.h"

enum { FINEST = 16 }; /* bits behind the point of a weight, at most */

typedef struct section {
    char name[MTC_NETWORK_NAME_SIZE];
    unsigned char *at;
    size_t length;
} section;

typedef struct file {
    section sections[64];
    size_t count;
} file;

/* A new section of zeros. */
static void *add_section(file *self, const char *name, size_t length) {
    if (self->count == sizeof self->sections / sizeof *self->sections)
        train_die("the model has too many sections");
    section *const made = &self->sections[self->count++];
    const size_t size = strlen(name);
    if (size >= sizeof made->name) train_die("the name of section %s is too long", name);
    memcpy(made->name, name, size);
    made->at = train_zeroed(length, 1);
    made->length = length;
    return made->at;
}

static void add_numbers16(file *self, const char *name, const int32_t *numbers,
                          size_t count) {
    uint16_t *const to = add_section(self, name, count * 2);
    for (size_t i = 0; i < count; i++) to[i] = htole16((uint16_t)numbers[i]);
}

static int32_t rounded(double value, int32_t least, int32_t most) {
    const double whole = floor(value + 0.5);
    return whole < least ? least : whole > most ? most : (int32_t)whole;
}

/* --- Matrices --- */

typedef struct packing {
    const float *weights, *bias;
    uint32_t rows, columns, input_bits;
    int8_t *packed;
    uint8_t *shifts, *down;
    uint32_t *biases;
} packing;

/* The most bits behind the point with which the group still fits a byte. */
static int bits_of_group(const float *weights) {
    float most = 0.0F;
    for (int i = 0; i < MTC_GROUP; i++)
        most = fabsf(weights[i]) > most ? fabsf(weights[i]) : most;
    int bits = FINEST;
    while (bits > 0 && ldexpf(most, bits) > (float)MTC_MOST_WEIGHT) bits--;
    if (ldexpf(most, bits) > (float)MTC_MOST_WEIGHT)
        train_die("a weight is too large for the model");
    return bits;
}

static void pack_row(const packing *job, uint32_t row) {
    const uint32_t groups = job->columns / MTC_GROUP;
    const size_t block = row / MTC_ROWS_TOGETHER, lane = row % MTC_ROWS_TOGETHER;
    const float *const weights = job->weights + (size_t)row * job->columns;
    int bits[32], least = FINEST, most = 0;
    for (uint32_t g = 0; g < groups; g++) {
        bits[g] = bits_of_group(weights + g * MTC_GROUP);
        least = bits[g] < least ? bits[g] : least;
    }
    for (uint32_t g = 0; g < groups; g++) {
        if (bits[g] > least + MTC_MOST_SHIFT) bits[g] = least + MTC_MOST_SHIFT;
        most = bits[g] > most ? bits[g] : most;
    }
    const int down = most + (int)job->input_bits - MTC_SUM_BITS;
    if (down < 0) train_die("a row of the model has too large weights");
    for (uint32_t g = 0; g < groups; g++)
        job->shifts[(block * groups + g) * MTC_ROWS_TOGETHER + lane] =
            (uint8_t)(most - bits[g]);
    for (uint32_t c = 0; c < job->columns; c++)
        job->packed[block * MTC_ROWS_TOGETHER * job->columns +
                    (c / 4 * MTC_ROWS_TOGETHER + lane) * 4 + c % 4] =
            (int8_t)rounded(ldexp((double)weights[c], bits[c / MTC_GROUP]),
                            -MTC_MOST_WEIGHT, MTC_MOST_WEIGHT);
    const double bias = ldexp((double)job->bias[row], most + (int)job->input_bits);
    const int32_t half = down == 0 ? 0 : 1 << (down - 1);
    job->biases[row] = htole32((uint32_t)(rounded(bias, -(1 << 28), 1 << 28) + half));
    job->down[row] = (uint8_t)down;
}

static void add_packed(file *self, const char *name, packing job) {
    const size_t rows = mtc_padded(job.rows, MTC_ROWS_TOGETHER);
    char full[32];
    (void)snprintf(full, sizeof full, "%s.w", name);
    job.packed = add_section(self, full, rows * job.columns);
    (void)snprintf(full, sizeof full, "%s.s", name);
    job.shifts = add_section(self, full, rows * (job.columns / MTC_GROUP));
    (void)snprintf(full, sizeof full, "%s.b", name);
    job.biases = add_section(self, full, rows * 4);
    (void)snprintf(full, sizeof full, "%s.d", name);
    job.down = add_section(self, full, rows);
    for (uint32_t row = 0; row < job.rows; row++) pack_row(&job, row);
}

static void add_matrix(file *self, const char *name, const train_net *net, int tensor,
                       uint32_t input_bits) {
    add_packed(self, name,
               (packing){.weights = train_weights(net, tensor),
                         .bias = train_weights(net, tensor + 1),
                         .rows = net->tensors[tensor].rows,
                         .columns = net->tensors[tensor].columns,
                         .input_bits = input_bits});
}

static void add_look(file *self, const train_look *look) {
    add_packed(self, "look",
               (packing){.weights = look->weights,
                         .bias = look->bias,
                         .rows = look->hidden,
                         .columns = look->columns,
                         .input_bits = MTC_STATE_BITS});
    add_packed(self, "lookout",
               (packing){.weights = look->out,
                         .bias = look->out_bias,
                         .rows = MTC_OUTPUTS,
                         .columns = look->hidden,
                         .input_bits = MTC_STATE_BITS});
}

/* --- Everything else --- */

static void add_features(file *self, const train_net *net) {
    for (int i = 0; i < MTC_FEATURES; i++) {
        char name[MTC_NETWORK_NAME_SIZE];
        (void)snprintf(name, sizeof name, "feature%d", i);
        const size_t count = (size_t)net->tensors[TENSOR_FEATURE + i].rows *
                             net->tensors[TENSOR_FEATURE + i].columns;
        int8_t *const to = add_section(self, name, count);
        const float *const from = train_weights(net, TENSOR_FEATURE + i);
        for (size_t j = 0; j < count; j++)
            to[j] =
                (int8_t)rounded(ldexp((double)from[j], MTC_EMBEDDING_BITS), -127, 127);
    }
}

static void add_names(file *self, const char *section_name, const train_names *names) {
    size_t length = 0;
    for (size_t i = 0; i < names->count; i++) length += names->at[i].len + 1;
    char *to = add_section(self, section_name, length);
    for (size_t i = 0; i < names->count; i++) {
        memcpy(to, names->at[i].ptr, names->at[i].len);
        to[names->at[i].len] = '\n';
        to += names->at[i].len + 1;
    }
}

/* An entry stands for the middle of its step. */
static void add_tables(file *self) {
    int32_t *const numbers = train_zeroed(MTC_BEND_ENTRIES, sizeof *numbers);
    const double middle = MTC_BEND_ENTRIES / 2.0;
    for (int i = 0; i < MTC_BEND_ENTRIES; i++)
        numbers[i] = rounded(32768 * tanh((i - middle + 0.5) / 256), -32767, 32767);
    add_numbers16(self, "tanh", numbers, MTC_BEND_ENTRIES);
    for (int i = 0; i < MTC_BEND_ENTRIES; i++)
        numbers[i] = rounded(32768 / (1 + exp(-(i - middle + 0.5) / 256)), 0, 32767);
    add_numbers16(self, "sigmoid", numbers, MTC_BEND_ENTRIES);
    for (int i = 0; i < MTC_EXP_ENTRIES; i++)
        numbers[i] = rounded(65535 * exp(-i / 256.0), 0, 65535);
    add_numbers16(self, "exp", numbers, MTC_EXP_ENTRIES);
    free(numbers);
}

/* `bend`: tanh is taken here, once and for all. */
static void add_row(file *self, const char *name, const train_net *net, int tensor,
                    double unit, bool bend) {
    const size_t count = (size_t)net->tensors[tensor].rows * net->tensors[tensor].columns;
    int32_t *const numbers = train_zeroed(count, sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        const double value = (double)train_weights(net, tensor)[i];
        numbers[i] = bend ? rounded(unit * tanh(value), -127, 127)
                          : rounded(unit * value, INT16_MIN, INT16_MAX);
    }
    add_numbers16(self, name, numbers, count);
    free(numbers);
}

static void add_shape(file *self, const mtc_network_shape *shape) {
    uint32_t numbers[sizeof *shape / sizeof(uint32_t)];
    memcpy(numbers, shape, sizeof numbers);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        numbers[i] = htole32(numbers[i]);
    memcpy(add_section(self, "shape", sizeof numbers), numbers, sizeof numbers);
}

static void add_all(file *self, const train_net *net, const train_data *data,
                    const train_look *look, const train_calibration *calibration) {
    mtc_network_shape shape = net->shape;
    shape.look = look == NULL ? 0 : look->hidden;
    add_shape(self, &shape);
    if (look != NULL) add_look(self, look);
    uint64_t *const hashes =
        add_section(self, "vocabulary", data->forms.vocabulary.count * 8);
    for (uint32_t i = 0; i < data->forms.vocabulary.count; i++)
        hashes[i] = htole64(data->forms.vocabulary.hashes[i]);
    add_features(self, net);
    for (uint32_t i = 0; i < net->shape.layers; i++) {
        char name[MTC_NETWORK_NAME_SIZE];
        (void)snprintf(name, sizeof name, "layer%u", i);
        add_matrix(self, name, net, TENSOR_LAYER + 2 * (int)i,
                   i == 0 ? MTC_EMBEDDING_BITS : MTC_STATE_BITS);
    }
    add_matrix(self, "questions", net, TENSOR_QUESTIONS, MTC_STATE_BITS);
    add_matrix(self, "arc", net, TENSOR_ARC, MTC_STATE_BITS);
    add_matrix(self, "label", net, TENSOR_LABEL, MTC_STATE_BITS);
    add_matrix(self, "token", net, TENSOR_TOKEN, MTC_STATE_BITS);
    add_matrix(self, "gap", net, TENSOR_GAP, MTC_STATE_BITS);
    add_row(self, "root", net, TENSOR_ROOT, 128, true);
    add_row(self, "distance", net, TENSOR_DISTANCE, 1024, false);
    add_row(self, "labelroot", net, TENSOR_LABEL_ROOT, 1024, false);
    add_tables(self);
    uint16_t *const knots = add_section(self, "calibration", sizeof calibration->at);
    for (int i = 0; i < MTC_OUTPUTS; i++)
        for (int j = 0; j < MTC_CALIBRATION_KNOTS; j++)
            knots[i * MTC_CALIBRATION_KNOTS + j] = htole16(calibration->at[i][j]);
    add_names(self, "tags", &data->inventory.tags);
    add_names(self, "relations", &data->inventory.relations);
}

train_calibration train_uncalibrated(void) {
    train_calibration plain;
    for (int i = 0; i < MTC_OUTPUTS; i++)
        for (int j = 0; j < MTC_CALIBRATION_KNOTS; j++)
            plain.at[i][j] =
                (uint16_t)rounded(65535 / (1 + exp(-(j * 0.25 - 16))), 0, 65535);
    return plain;
}

/* --- The file --- */

static void put_u32(unsigned char *at, uint32_t value) {
    value = htole32(value);
    memcpy(at, &value, sizeof value);
}

static void put_u64(unsigned char *at, uint64_t value) {
    value = htole64(value);
    memcpy(at, &value, sizeof value);
}

/* Header, table and sections in one piece of memory. */
static unsigned char *lay_out(const file *self, size_t *ret_size) {
    size_t size = MTC_NETWORK_HEADER + self->count * MTC_NETWORK_SECTION_SIZE;
    for (size_t i = 0; i < self->count; i++)
        size = (size + 63) / 64 * 64 + self->sections[i].length;
    unsigned char *const bytes = train_zeroed(size, 1);
    size_t at = MTC_NETWORK_HEADER + self->count * MTC_NETWORK_SECTION_SIZE;
    for (size_t i = 0; i < self->count; i++) {
        unsigned char *const entry =
            bytes + MTC_NETWORK_HEADER + i * MTC_NETWORK_SECTION_SIZE;
        at = (at + 63) / 64 * 64;
        memcpy(entry, self->sections[i].name, MTC_NETWORK_NAME_SIZE);
        put_u64(entry + 16, at);
        put_u64(entry + 24, self->sections[i].length);
        memcpy(bytes + at, self->sections[i].at, self->sections[i].length);
        at += self->sections[i].length;
    }
    for (size_t i = 0; i < 8; i++) bytes[i] = (unsigned char)MTC_NETWORK_MAGIC[i];
    put_u32(bytes + 8, MTC_NETWORK_VERSION);
    put_u32(bytes + 12, (uint32_t)self->count);
    put_u64(bytes + 16, size);
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, bytes, MTC_NETWORK_DIGEST_AT);
    crypto_hash_sha256_update(&state, bytes + MTC_NETWORK_HEADER,
                              size - MTC_NETWORK_HEADER);
    crypto_hash_sha256_final(&state, bytes + MTC_NETWORK_DIGEST_AT);
    *ret_size = size;
    return bytes;
}

void train_write_model(const train_net *net, const train_data *data,
                       const train_look *look, const train_calibration *calibration,
                       const char *path) {
    file made = {.count = 0};
    add_all(&made, net, data, look, calibration);
    size_t size;
    unsigned char *const bytes = lay_out(&made, &size);
    char next[4096];
    if (snprintf(next, sizeof next, "%s.new", path) >= (int)sizeof next)
        train_die("%s: the path is too long", path);
    FILE *const out = fopen(next, "wb");
    if (out == NULL) train_die("%s cannot be written: %s", next, strerror(errno));
    const bool written = fwrite(bytes, 1, size, out) == size;
    if (fclose(out) != 0 || !written || rename(next, path) != 0)
        train_die("%s cannot be written: %s", path, strerror(errno));
    free(bytes);
    for (size_t i = 0; i < made.count; i++) free(made.sections[i].at);
}
