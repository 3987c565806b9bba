#include "language/annotation.h"

#include <stdlib.h>

#include "language/network/clitics.h"
#include "language/tagset.h"

struct mtc_annotator {
    mtc_network *network;
    mtc_kernel kernel;
    uint8_t relations[256]; /* mtc_relation of the network's numbers */
    mtc_tag_meaning *tags;
};

/* --- The annotator --- */

/* Up to `mark`, which is taken off together with what lies before it. */
static mtc_str next_part(mtc_str *line, char mark) {
    const char *const end = line->len == 0 ? NULL : memchr(line->ptr, mark, line->len);
    const mtc_str part = {line->ptr, end == NULL ? line->len : (size_t)(end - line->ptr)};
    *line = end == NULL ? (mtc_str){"", 0} : (mtc_str){end + 1, line->len - part.len - 1};
    return part;
}

static uint64_t bit_of(mtc_str name, const char *const *names) {
    for (size_t i = 0; names[i] != NULL && i < 64; i++)
        if (mtc_str_equal(name, mtc_str_of(names[i]))) return UINT64_C(1) << i;
    return 0;
}

static mtc_tag_meaning meaning_of(mtc_str tag) {
    const mtc_str upos = next_part(&tag, '\t'), xpos = next_part(&tag, '\t');
    mtc_tag_meaning meaning = {.upos = MTC_UPOS_X,
                               .xpos = xpos,
                               .features = tag,
                               .xpos_bit = bit_of(xpos, mtc_xpos_names)};
    for (int i = 0; i < MTC_UPOS_COUNT; i++)
        if (mtc_str_equal(upos, mtc_str_of(mtc_upos_names[i])))
            meaning.upos = (mtc_upos)i;
    while (tag.len > 0)
        meaning.feature_bits |= bit_of(next_part(&tag, '|'), mtc_feature_names);
    return meaning;
}

static mtc_status learn_names(mtc_annotator *annotator, mtc_error *error) {
    const mtc_network_shape *const shape = &mtc_network_model(annotator->network)->shape;
    annotator->tags = calloc(shape->tags, sizeof *annotator->tags);
    if (annotator->tags == NULL)
        return mtc_fail(error, MTC_NO_MEMORY, "no memory for the names of tags");
    for (uint32_t i = 0; i < shape->tags; i++)
        annotator->tags[i] = meaning_of(mtc_network_tag(annotator->network, (uint16_t)i));
    for (uint32_t i = 0; i < shape->relations; i++) {
        mtc_relation relation;
        (void)mtc_relation_find(mtc_network_relation(annotator->network, (uint8_t)i),
                                &relation);
        annotator->relations[i] = (uint8_t)relation;
    }
    return MTC_OK;
}

mtc_status mtc_annotator_new(const char *path, mtc_kernel kernel,
                             mtc_annotator **ret_annotator, mtc_error *error) {
    mtc_annotator *const annotator = calloc(1, sizeof *annotator);
    if (annotator == NULL)
        return mtc_fail(error, MTC_NO_MEMORY, "no memory for an annotator");
    annotator->kernel = kernel;
    mtc_status status = mtc_network_load(path, &annotator->network, error);
    if (status == MTC_OK) status = learn_names(annotator, error);
    if (status != MTC_OK) {
        mtc_annotator_free(annotator);
        return status;
    }
    *ret_annotator = annotator;
    return MTC_OK;
}

void mtc_annotator_free(mtc_annotator *annotator) {
    if (annotator == NULL) return;
    mtc_network_free(annotator->network);
    free(annotator->tags);
    free(annotator);
}

const mtc_network *mtc_annotator_network(const mtc_annotator *annotator) {
    return annotator->network;
}

bool mtc_has_feature(const mtc_document *doc, uint32_t token, mtc_str feature) {
    const mtc_annotation *const from = mtc_annotation_of(doc, token);
    if (!mtc_is_annotated(from)) return false;
    mtc_str all = doc->annotations->tags[from->tag].features;
    while (all.len > 0)
        if (mtc_str_equal(next_part(&all, '|'), feature)) return true;
    return false;
}

/* --- A document --- */

/* The document as the network reads it. */
typedef struct script {
    const mtc_annotator *annotator;
    const mtc_document *doc;
    MTC_VECTOR(mtc_str) words;
    MTC_VECTOR(uint32_t) tokens;    /* of each word */
    MTC_VECTOR(uint32_t) lengths;   /* of each sentence that has words */
    MTC_VECTOR(uint32_t) sentences; /* its number in the document */
} script;

static bool write_token(script *self, uint32_t token) {
    const mtc_token *const from = &self->doc->tokens.at[token];
    if (from->kind == MTC_TOKEN_RESIDUE) return true;
    const mtc_str text = mtc_token_text(self->doc, from);
    if (text.len == 0) return true;
    mtc_range parts[MTC_WORD_PARTS] = {{0, (uint32_t)text.len}};
    const uint32_t count =
        from->kind == MTC_TOKEN_ADDRESS ? 1 : mtc_split_word(text, parts);
    for (uint32_t i = 0; i < count; i++) {
        if (!mtc_vector_push(&self->words, self->doc->arena,
                             mtc_str_slice(text, parts[i])) ||
            !mtc_vector_push(&self->tokens, self->doc->arena, token))
            return false;
    }
    return true;
}

enum { MOST_WORDS = UINT16_MAX - 2 }; /* that mtc_network_read takes in a sentence */

/* Lines in which somebody meant to write language. */
static bool is_prose(mtc_line_kind kind) {
    switch (kind) {
    case MTC_LINE_HEADLINE:
    case MTC_LINE_BODY:
    case MTC_LINE_CAPTION:
    case MTC_LINE_LIST_ITEM:
    case MTC_LINE_QUOTATION: return true;
    default: return false;
    }
}

static bool write_sentence(script *self, uint32_t sentence) {
    const mtc_sentence *const from = &self->doc->sentences.at[sentence];
    const size_t before = self->words.count;
    if (!is_prose(mtc_sentence_line(self->doc, from)->kind)) return true;
    for (uint32_t i = 0; i < from->token_count; i++) {
        if (self->words.count - before > MOST_WORDS - MTC_WORD_PARTS) break;
        if (!write_token(self, from->first_token + i)) return false;
    }
    const uint32_t length = (uint32_t)(self->words.count - before);
    if (length == 0) return true;
    return mtc_vector_push(&self->lengths, self->doc->arena, length) &&
           mtc_vector_push(&self->sentences, self->doc->arena, sentence);
}

static mtc_share larger(mtc_share a, mtc_share b) {
    return a > b ? a : b;
}

static mtc_share doubt(const script *self, const mtc_word_reading *word,
                       uint32_t output) {
    return mtc_network_calibrated(self->annotator->network, output, word->doubts[output]);
}

static mtc_share gap(const script *self, const int16_t *answers, uint32_t output) {
    return mtc_network_calibrated(self->annotator->network, MTC_TOKEN_OUTPUTS + output,
                                  answers[output]);
}

/* The words [first, end) are one token; `sentence` is where their sentence begins. */
static mtc_annotation join(const script *self, const mtc_reading *reading,
                           uint32_t sentence, uint32_t first, uint32_t end) {
    uint32_t main = first;
    for (uint32_t i = first; i < end; i++) {
        const uint16_t head = reading->words[i].head;
        main = i;
        if (head == MTC_HEAD_ROOT || sentence + head < first || sentence + head >= end)
            break;
    }
    const mtc_word_reading *const voice = &reading->words[main];
    const mtc_word_reading *const front = &reading->words[first];
    mtc_annotation made = {.head = voice->head == MTC_HEAD_ROOT
                                       ? MTC_NONE
                                       : self->tokens.at[sentence + voice->head],
                           .tag = voice->tag,
                           .upos = voice->upos,
                           .relation = self->annotator->relations[voice->relation],
                           .upos_share = voice->upos_share,
                           .head_share = voice->head_share,
                           .relation_share = voice->relation_share,
                           .noun = voice->noun,
                           .proper = voice->proper,
                           .capital = doubt(self, front, MTC_OUTPUT_CAPITAL),
                           .small = doubt(self, front, MTC_OUTPUT_SMALL),
                           .gap = gap(self, front->gaps, MTC_OUTPUT_GAP),
                           .boundary = gap(self, front->gaps, MTC_OUTPUT_BOUNDARY)};
    for (uint32_t i = first; i < end; i++) {
        const mtc_word_reading *const word = &reading->words[i];
        made.finite = larger(made.finite, word->finite);
        made.verb = larger(made.verb, word->verb);
        made.foreign = larger(made.foreign, doubt(self, word, MTC_OUTPUT_FOREIGN));
    }
    return made;
}

static const mtc_annotations *take_down(const script *self, const mtc_reading *reading) {
    const size_t token_count = self->doc->tokens.count;
    mtc_annotation *const tokens =
        MTC_TAKE(self->doc->arena, mtc_annotation, token_count);
    mtc_share *const ends =
        MTC_TAKE(self->doc->arena, mtc_share, self->doc->sentences.count);
    mtc_annotations *const made = MTC_TAKE(self->doc->arena, mtc_annotations, 1);
    if (tokens == NULL || ends == NULL || made == NULL) return NULL;
    for (size_t i = 0; i < token_count; i++) tokens[i].head = MTC_NONE;
    *made = (mtc_annotations){tokens, ends, self->annotator->tags};
    if (self->tokens.at == NULL) return made; /* no sentence has words */
    for (uint32_t s = 0; s < reading->sentence_count; s++) {
        const mtc_sentence_reading *const sentence = &reading->sentences[s];
        const uint32_t stop = sentence->first + sentence->count;
        ends[self->sentences.at[s]] = gap(self, sentence->end_gap, MTC_OUTPUT_GAP);
        for (uint32_t first = sentence->first, end; first < stop; first = end) {
            const uint32_t token = self->tokens.at[first];
            for (end = first + 1; end < stop && self->tokens.at[end] == token;) end++;
            tokens[token] = join(self, reading, sentence->first, first, end);
        }
    }
    return made;
}

mtc_status mtc_annotate(const mtc_annotator *annotator, mtc_document *doc) {
    script self = {.annotator = annotator, .doc = doc};
    mtc_reading reading;
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        if (!write_sentence(&self, i)) return MTC_NO_MEMORY;
    const mtc_status status = mtc_network_read(
        annotator->network, annotator->kernel, self.words.at, self.lengths.at,
        (uint32_t)self.lengths.count, doc->arena, doc->budget, &reading);
    if (status != MTC_OK) return status;
    doc->annotations = take_down(&self, &reading);
    return doc->annotations == NULL ? MTC_NO_MEMORY : MTC_OK;
}
