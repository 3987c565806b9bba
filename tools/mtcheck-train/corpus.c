#include "corpus.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "memory.h"
#include "reader.h"
#include "tokenise.h"

enum {
    HELD_OUT_LINES = 50,
    HELD_OUT_ONE_IN = 20,
    HELD_OUT_AT = 7,
    SHORTEST = 4,  /* words of a sentence of plain text */
    LONGEST = 120, /* words of a sentence that is trained on */
    CONLLU_FIELDS = 10
};

/* Columns of CoNLL-U. */
enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC };

static uint32_t number_of(mtc_str digits) {
    uint32_t number = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') return UINT32_MAX;
        number = number * 10 + (uint32_t)(digits.ptr[i] - '0');
    }
    return number;
}

/* A line of a word of its own: not a comment, a range ("1-2") or an empty node ("8.1").
 */
static bool read_word(mtc_str line, mtc_str fields[CONLLU_FIELDS]) {
    for (int i = 0; i < CONLLU_FIELDS; i++)
        if (!train_next_field(&line, '\t', &fields[i])) return false;
    return number_of(fields[ID]) != UINT32_MAX;
}

/* UPOS, XPOS and FEATS with tabs between, in `buffer`. */
static mtc_str joint_tag(const mtc_str *fields, char buffer[256]) {
    size_t length = 0;
    for (int i = UPOS; i <= FEATS; i++) {
        if (length + fields[i].len + 1 >= 256) break;
        if (i > UPOS) buffer[length++] = '\t';
        memcpy(buffer + length, fields[i].ptr, fields[i].len);
        length += fields[i].len;
    }
    return (mtc_str){buffer, length};
}

void train_inventory_count(train_inventory *inventory, mtc_str conllu) {
    mtc_str line, fields[CONLLU_FIELDS];
    char buffer[256];
    while (train_next_line(&conllu, &line)) {
        if (!read_word(line, fields)) continue;
        (void)train_names_number(&inventory->tags, joint_tag(fields, buffer));
        (void)train_names_number(&inventory->relations, fields[DEPREL]);
    }
}

static mtc_str part_of_tag(mtc_str tag, int part) {
    mtc_str field = {tag.ptr, 0};
    for (int i = 0; i <= part; i++) (void)train_next_field(&tag, '\t', &field);
    return field;
}

void train_inventory_settle(train_inventory *inventory, uint32_t least) {
    train_names *const tags = &inventory->tags;
    size_t kept = 0;
    for (size_t i = 0; i < tags->count; i++) {
        if (tags->counts[i] < least) {
            free((void *)(uintptr_t)tags->at[i].ptr);
            continue;
        }
        tags->counts[kept] = tags->counts[i];
        tags->at[kept++] = tags->at[i];
    }
    tags->count = kept;
    inventory->upos_of_tag = train_zeroed(kept, 1);
    inventory->xpos_of_tag = train_zeroed(kept, 1);
    for (size_t i = 0; i < kept; i++) {
        inventory->upos_of_tag[i] =
            (uint8_t)train_names_number(&inventory->upos, part_of_tag(tags->at[i], 0));
        inventory->xpos_of_tag[i] =
            (uint8_t)train_names_number(&inventory->xpos, part_of_tag(tags->at[i], 1));
    }
}

/* The tag itself, or the most frequent one of the same UPOS and XPOS; else of the same
 * UPOS. */
static uint16_t nearest_tag(const train_inventory *inventory, const mtc_str *fields) {
    char buffer[256];
    const uint32_t exact = train_names_find(&inventory->tags, joint_tag(fields, buffer));
    if (exact != UINT32_MAX) return (uint16_t)exact;
    const uint32_t upos = train_names_find(&inventory->upos, fields[UPOS]);
    const uint32_t xpos = train_names_find(&inventory->xpos, fields[XPOS]);
    uint32_t best = TRAIN_NO_TAG, best_count = 0;
    for (uint32_t i = 0; i < inventory->tags.count; i++) {
        if (inventory->upos_of_tag[i] != upos) continue;
        const uint32_t count = inventory->tags.counts[i] +
                               (inventory->xpos_of_tag[i] == xpos ? 1U << 30 : 0);
        if (count > best_count) {
            best_count = count;
            best = i;
        }
    }
    return (uint16_t)best;
}

static void count_form(train_corpus *corpus, uint32_t form, uint32_t weight) {
    corpus->forms->at[form].count += weight;
    train_push(&corpus->words, form);
}

static bool is_finite_verb(mtc_str xpos) {
    return mtc_str_equal(xpos, MTC_STR("VBD")) || mtc_str_equal(xpos, MTC_STR("VBZ")) ||
           mtc_str_equal(xpos, MTC_STR("VBP")) || mtc_str_equal(xpos, MTC_STR("MD"));
}

static void add_word(train_corpus *corpus, const train_inventory *inventory,
                     const mtc_str *fields, uint32_t weight) {
    const uint32_t form = train_forms_number(corpus->forms, fields[FORM]);
    corpus->forms->at[form].tagged_count++;
    if (is_finite_verb(fields[XPOS])) corpus->forms->at[form].verb_count++;
    count_form(corpus, form, weight);
    const uint32_t head = number_of(fields[HEAD]);
    const uint32_t relation = train_names_find(&inventory->relations, fields[DEPREL]);
    const uint32_t upos = train_names_find(&inventory->upos, fields[UPOS]);
    const train_mark mark = {
        .tag = nearest_tag(inventory, fields),
        .xpos = (uint8_t)train_names_find(&inventory->xpos, fields[XPOS]),
        .head = head == 0 || head == UINT32_MAX ? TRAIN_ROOT : (uint16_t)(head - 1),
        .relation = relation == UINT32_MAX ? 0 : (uint8_t)relation,
        .upos = (uint8_t)upos};
    train_push(&corpus->marks, mark);
}

static void end_sentence(train_corpus *corpus, size_t first, uint16_t source,
                         uint32_t paragraph, bool has_tree) {
    if (corpus->words.count == first) return;
    const train_sentence sentence = {.first = (uint32_t)first,
                                     .count = (uint32_t)(corpus->words.count - first),
                                     .paragraph = paragraph,
                                     .source = source,
                                     .has_tree = has_tree};
    train_push(&corpus->sentences, sentence);
}

void train_corpus_add_treebank(train_corpus *corpus, const train_inventory *inventory,
                               mtc_str conllu, uint32_t weight) {
    mtc_str line, fields[CONLLU_FIELDS];
    size_t first = corpus->words.count;
    while (train_next_line(&conllu, &line)) {
        if (line.len == 0) {
            end_sentence(corpus, first, 0, 0, true);
            first = corpus->words.count;
        } else if (read_word(line, fields)) {
            add_word(corpus, inventory, fields, weight);
        }
    }
    end_sentence(corpus, first, 0, 0, true);
}

/* "hope_VBP" */
static bool add_tagged_word(train_corpus *corpus, const train_inventory *inventory,
                            mtc_str item, uint32_t weight) {
    size_t cut = item.len;
    while (cut > 0 && item.ptr[cut - 1] != '_') cut--;
    if (cut < 2 || mtc_utf8_valid_prefix(item) != item.len) return false;
    const mtc_str form = {item.ptr, cut - 1}, tag = {item.ptr + cut, item.len - cut};
    const uint32_t number = train_forms_number(corpus->forms, form);
    corpus->forms->at[number].tagged_count++;
    if (is_finite_verb(tag)) corpus->forms->at[number].verb_count++;
    count_form(corpus, number, weight);
    const train_mark mark = {.tag = TRAIN_NO_TAG,
                             .xpos = (uint8_t)train_names_find(&inventory->xpos, tag),
                             .head = TRAIN_ROOT};
    train_push(&corpus->marks, mark);
    return true;
}

void train_corpus_add_tagged(train_corpus *corpus, const train_inventory *inventory,
                             mtc_str archive, uint32_t weight) {
    mtc_str name, text, line, item;
    while (train_next_member(&archive, &name, &text)) {
        if (memmem(name.ptr, name.len, "categories", 10) != NULL) continue;
        while (train_next_line(&text, &line)) {
            const size_t first = corpus->words.count;
            while (train_next_field(&line, ' ', &item))
                (void)add_tagged_word(corpus, inventory, item, weight);
            const size_t count = corpus->words.count - first;
            if (count <= LONGEST) end_sentence(corpus, first, 0, 0, false);
        }
    }
}

static bool is_in_part(train_part part, size_t line) {
    const size_t block = line / HELD_OUT_LINES;
    const bool held_out = block % HELD_OUT_ONE_IN == HELD_OUT_AT,
               first_half = block / HELD_OUT_ONE_IN % 2 == 0;
    switch (part) {
    case TRAIN_PART_TRAIN: return !held_out;
    case TRAIN_PART_CALIBRATE: return held_out && first_half;
    case TRAIN_PART_REPORT: return held_out && !first_half;
    case TRAIN_PART_APART_CALIBRATE: return block % 2 == 0;
    case TRAIN_PART_APART_REPORT: return block % 2 != 0;
    case TRAIN_PART_WHOLE: break;
    }
    return true;
}

/* Edited prose: it begins with a capital, a digit or a quotation mark and ends in a stop.
 */
static bool is_clean(const train_words *words) {
    if (words->count < SHORTEST || words->count > LONGEST) return false;
    const char head = words->at[0].ptr[0];
    if (head >= 'a' && head <= 'z') return false;
    for (size_t i = words->count; i > 0; i--) {
        const mtc_str word = words->at[i - 1];
        if (word.len == 1 && strchr(".!?", word.ptr[0]) != NULL) return true;
        if (word.len == 1 && strchr("\"')]", word.ptr[0]) != NULL) continue;
        return word.len == 3 && (memcmp(word.ptr, "\xE2\x80\x9D", 3) == 0);
    }
    return false;
}

void train_corpus_add_text(train_corpus *corpus, mtc_str text, train_part part,
                           uint16_t source, uint32_t weight) {
    mtc_str line;
    train_words words = {0};
    for (size_t number = 0; train_next_line(&text, &line); number++) {
        if (!is_in_part(part, number)) continue;
        if (mtc_utf8_valid_prefix(line) != line.len) continue;
        while (train_next_sentence(corpus->forms->lists, &line, &words)) {
            if (!is_clean(&words)) continue;
            const size_t first = corpus->words.count;
            for (size_t i = 0; i < words.count; i++)
                count_form(corpus, train_forms_number(corpus->forms, words.at[i]),
                           weight);
            end_sentence(corpus, first, source, (uint32_t)number, false);
        }
    }
    free(words.at);
}

void train_corpus_free(train_corpus *corpus) {
    free(corpus->sentences.at);
    free(corpus->words.at);
    free(corpus->marks.at);
    *corpus = (train_corpus){0};
}

/* --- Names --- */

uint32_t train_names_find(const train_names *names, mtc_str name) {
    for (size_t i = 0; i < names->count; i++)
        if (mtc_str_equal(names->at[i], name)) return (uint32_t)i;
    return UINT32_MAX;
}

uint32_t train_names_number(train_names *names, mtc_str name) {
    uint32_t number = train_names_find(names, name);
    if (number == UINT32_MAX) {
        number = (uint32_t)names->count;
        char *const copy = train_zeroed(name.len + 1, 1);
        memcpy(copy, name.ptr, name.len);
        train_push(names, ((mtc_str){copy, name.len}));
        if (names->counts_capacity < names->capacity) {
            names->counts =
                train_resized(names->counts, names->capacity, sizeof(uint32_t));
            names->counts_capacity = names->capacity;
        }
        names->counts[number] = 0;
    }
    names->counts[number]++;
    return number;
}

static void free_names(train_names *names) {
    for (size_t i = 0; i < names->count; i++) free((void *)(uintptr_t)names->at[i].ptr);
    free(names->at);
    free(names->counts);
}

void train_inventory_free(train_inventory *inventory) {
    free_names(&inventory->tags);
    free_names(&inventory->relations);
    free_names(&inventory->upos);
    free_names(&inventory->xpos);
    free(inventory->upos_of_tag);
    free(inventory->xpos_of_tag);
    *inventory = (train_inventory){0};
}
