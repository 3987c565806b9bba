#include "language/tag_model.h"
#include "base/file.h"

enum { LARGEST_MODEL = 16 << 20 };

/* Smoothing: weight of the shorter history, in occurrences. */
static const float HISTORY_WEIGHT = 8.0F, PAIR_WEIGHT = 4.0F;

const unsigned char *mtc_tagger_digest(const mtc_tagger *tagger) {
    return tagger->digest;
}

/* --- Reading the model --- */

static const char *const CLASS_NAMES[MTC_TAG_CLASSES] = {
    "noun", "proper", "pronoun",    "determiner", "adjective",   "adverb",  "finite",
    "base", "gerund", "participle", "adposition", "conjunction", "numeral", "other",
};

static mtc_str next_field(mtc_str *rest, char separator) {
    const char *const end =
        rest->len == 0 ? NULL : memchr(rest->ptr, separator, rest->len);
    const mtc_str field = {rest->ptr,
                           end == NULL ? rest->len : (size_t)(end - rest->ptr)};
    const size_t taken = end == NULL ? rest->len : field.len + 1;
    rest->ptr += taken;
    rest->len -= taken;
    return field;
}

static bool read_count(mtc_str field, float *ret_count) {
    uint32_t count = 0;
    if (field.len == 0 || field.len > 8) return false;
    for (size_t i = 0; i < field.len; i++) {
        if (field.ptr[i] < '0' || field.ptr[i] > '9') return false;
        count = count * 10 + (uint32_t)(field.ptr[i] - '0');
    }
    *ret_count = (float)count;
    return true;
}

/* "finite-be" is of class finite; states with names of their own are told here. */
static uint8_t class_of_state(mtc_str name) {
    static const struct {
        const char *state;
        mtc_tag_class class;
    } OWN[] = {{"genitive", MTC_TAG_NOUN},    {"clause", MTC_TAG_FINITE},
               {"to", MTC_TAG_ADPOSITION},    {"that", MTC_TAG_CONJUNCTION},
               {"relative", MTC_TAG_PRONOUN}, {"interrogative", MTC_TAG_ADVERB}};
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++) {
        if (mtc_str_equal(name, mtc_str_of(OWN[i].state))) return (uint8_t)OWN[i].class;
    }
    mtc_str rest = name;
    const mtc_str head = next_field(&rest, '-');
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) {
        if (mtc_str_equal(head, mtc_str_of(CLASS_NAMES[i]))) return (uint8_t)i;
    }
    return MTC_TAG_OTHER;
}

/* Index of the state, made where it is new; MTC_MOST_STATES: too many. */
static uint32_t state_named(mtc_tagger *tagger, mtc_str name) {
    for (uint32_t i = 0; i < tagger->state_count; i++) {
        if (mtc_str_equal(tagger->names[i], name)) return i;
    }
    if (tagger->state_count == MTC_MOST_STATES || name.len == 0) return MTC_MOST_STATES;
    tagger->names[tagger->state_count] = name;
    tagger->class_of[tagger->state_count] = class_of_state(name);
    return tagger->state_count++;
}

static bool read_triple(mtc_tagger *tagger, mtc_str line) {
    uint32_t states[3];
    for (int i = 0; i < 3; i++) {
        states[i] = state_named(tagger, next_field(&line, '\t'));
        if (states[i] == MTC_MOST_STATES) return false;
    }
    return read_count(line, mtc_follow(tagger, states[0], states[1], states[2]));
}

/* A payload that is an index: its length says it, its bytes are never read. */
static mtc_str index_payload(size_t index) {
    return (mtc_str){"", index + 1};
}

static bool read_word(mtc_tagger *tagger, mtc_str line, mtc_arena *arena) {
    const mtc_str word = next_field(&line, '\t');
    mtc_readings all = {.count = 0};
    float sum = 0;
    while (line.len > 0 && all.count < MTC_MOST_READINGS) {
        mtc_str pair = next_field(&line, ' ');
        const uint32_t state = state_named(tagger, next_field(&pair, ':'));
        float count;
        if (state == MTC_MOST_STATES || !read_count(pair, &count)) return false;
        all.at[all.count++] = (mtc_reading){(uint8_t)state, count};
        sum += count;
    }
    if (word.len == 0 || sum <= 0) return false;
    for (uint32_t i = 0; i < all.count; i++) all.at[i].weight /= sum;
    return mtc_wordset_add(&tagger->function_words, arena, word,
                           index_payload(tagger->word_readings.count)) &&
           mtc_vector_push(&tagger->word_readings, arena, all);
}

static bool read_ending(mtc_tagger *tagger, mtc_str line, mtc_arena *arena) {
    const mtc_str shape = next_field(&line, '\t');
    const mtc_str ending = next_field(&line, '\t');
    if (shape.len != 1 || ending.len == 0 || ending.len > 4 * MTC_LONGEST_ENDING)
        return false;
    char *const key = MTC_TAKE(arena, char, ending.len + 2);
    if (key == NULL) return false;
    key[0] = shape.ptr[0];
    const size_t length = mtc_str_equal(ending, MTC_STR("*")) ? 0 : ending.len;
    memcpy(key + 1, ending.ptr, length);
    mtc_ending_shares shares = {{0}};
    float sum = 0;
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) {
        if (!read_count(next_field(&line, ' '), &shares.share[i])) return false;
        sum += shares.share[i];
    }
    if (sum <= 0) return false;
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) shares.share[i] /= sum;
    return mtc_wordset_add(&tagger->endings, arena, (mtc_str){key, length + 1},
                           index_payload(tagger->ending_list.count)) &&
           mtc_vector_push(&tagger->ending_list, arena, shares);
}

static bool read_model_line(mtc_tagger *tagger, mtc_str line, mtc_arena *arena) {
    if (line.len == 0 || line.ptr[0] == '#') return true;
    const mtc_str kind = next_field(&line, '\t');
    if (kind.len != 1) return false;
    switch (kind.ptr[0]) {
    case 'T': return read_triple(tagger, line);
    case 'W': return read_word(tagger, line, arena);
    case 'E': return read_ending(tagger, line, arena);
    default: return false;
    }
}

static mtc_status read_model(mtc_tagger *tagger, mtc_str model, const char *path,
                             mtc_arena *arena, mtc_error *error) {
    for (uint32_t number = 1; model.len > 0; number++) {
        const mtc_str line = next_field(&model, '\n');
        if (read_model_line(tagger, line, arena)) continue;
        return mtc_fail_in_file(error, path, number, 1,
                                "this is no line of a tag model (T, W or E)");
    }
    return MTC_OK;
}

/* From counts to the share of each state after the two before it. */
static void smooth(mtc_tagger *tagger, float *pairs) {
    const uint32_t n = tagger->state_count;
    float total = 0;
    for (uint32_t a = 0; a < n; a++) {
        for (uint32_t b = 0; b < n; b++) {
            for (uint32_t c = 0; c < n; c++) {
                const float count = *mtc_follow(tagger, a, b, c);
                pairs[b * MTC_MOST_STATES + c] += count;
                tagger->single[c] += count;
                total += count;
            }
        }
    }
    for (uint32_t c = 0; c < n; c++) {
        tagger->single[c] = (tagger->single[c] + 0.5F) / total;
    }
    for (uint32_t b = 0; b < n; b++) {
        float before = 0;
        for (uint32_t c = 0; c < n; c++) before += pairs[b * MTC_MOST_STATES + c];
        for (uint32_t c = 0; c < n; c++) {
            float *const pair = &pairs[b * MTC_MOST_STATES + c];
            *pair = (*pair + PAIR_WEIGHT * tagger->single[c]) / (before + PAIR_WEIGHT);
        }
    }
    for (uint32_t a = 0; a < n; a++) {
        for (uint32_t b = 0; b < n; b++) {
            float before = 0;
            for (uint32_t c = 0; c < n; c++) before += *mtc_follow(tagger, a, b, c);
            for (uint32_t c = 0; c < n; c++) {
                float *const triple = mtc_follow(tagger, a, b, c);
                *triple = (*triple + HISTORY_WEIGHT * pairs[b * MTC_MOST_STATES + c]) /
                          (before + HISTORY_WEIGHT);
            }
        }
    }
}

static bool name_states(mtc_tagger *tagger) {
    const struct {
        const char *name;
        uint8_t *to;
    } NEEDED[] = {
        {"edge", &tagger->edge},     {"comma", &tagger->comma},
        {"stop", &tagger->stop},     {"colon", &tagger->colon},
        {"quote", &tagger->quote},   {"bracket", &tagger->bracket},
        {"dash", &tagger->dash},     {"other", &tagger->other},
        {"clause", &tagger->clause}, {"genitive", &tagger->genitive},
    };
    for (size_t i = 0; i < sizeof NEEDED / sizeof *NEEDED; i++) {
        const uint32_t state = state_named(tagger, mtc_str_of(NEEDED[i].name));
        if (state == MTC_MOST_STATES) return false;
        *NEEDED[i].to = (uint8_t)state;
    }
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) {
        const uint32_t state = state_named(tagger, mtc_str_of(CLASS_NAMES[i]));
        if (state == MTC_MOST_STATES) return false;
        tagger->open[i] = (uint8_t)state;
    }
    return true;
}

mtc_status mtc_tagger_new(const char *data_dir, const mtc_wordlists *lists,
                          mtc_arena *arena, mtc_tagger **ret_tagger, mtc_error *error) {
    mtc_tagger *const tagger = MTC_TAKE(arena, mtc_tagger, 1);
    char *const path =
        MTC_TAKE(arena, char, strlen(data_dir) + sizeof "/models/tags.tsv");
    if (tagger == NULL || path == NULL) return MTC_NO_MEMORY;
    memcpy(path, data_dir, strlen(data_dir));
    memcpy(path + strlen(data_dir), "/models/tags.tsv", sizeof "/models/tags.tsv");
    mtc_str model;
    mtc_status status = mtc_file_read(path, LARGEST_MODEL, arena, &model, error);
    if (status != MTC_OK) return status;
    tagger->counts =
        MTC_TAKE(arena, float, MTC_MOST_STATES *MTC_MOST_STATES *MTC_MOST_STATES);
    float *const pairs = MTC_TAKE(arena, float, MTC_MOST_STATES *MTC_MOST_STATES);
    if (tagger->counts == NULL || pairs == NULL) return MTC_NO_MEMORY;
    status = read_model(tagger, model, path, arena, error);
    if (status != MTC_OK) return status;
    if (!name_states(tagger)) {
        return mtc_fail_in_file(error, path, 0, 0, "the tag model has too many states");
    }
    smooth(tagger, pairs);
    tagger->function_list = mtc_wordlists_get(lists, "function-words");
    crypto_hash_sha256(tagger->digest, (const unsigned char *)model.ptr, model.len);
    *ret_tagger = tagger;
    return MTC_OK;
}
