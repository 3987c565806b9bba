#include "language/annotation.h"

#include "language/network/clitics.h"

/* The document as the network reads it. */
typedef struct script {
    const mtc_network *network;
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

static bool write_sentence(script *self, uint32_t sentence) {
    const mtc_sentence *const from = &self->doc->sentences.at[sentence];
    const size_t before = self->words.count;
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
    return mtc_network_calibrated(self->network, output, word->doubts[output]);
}

static mtc_share gap(const script *self, const int16_t *answers, uint32_t output) {
    return mtc_network_calibrated(self->network, MTC_TOKEN_OUTPUTS + output,
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
                           .relation = voice->relation,
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

static bool take_down(const script *self, const mtc_reading *reading,
                      mtc_annotations *ret_annotations) {
    const size_t token_count = self->doc->tokens.count;
    mtc_annotation *const tokens =
        MTC_TAKE(self->doc->arena, mtc_annotation, token_count);
    mtc_share *const ends =
        MTC_TAKE(self->doc->arena, mtc_share, self->doc->sentences.count);
    if (tokens == NULL || ends == NULL) return false;
    for (size_t i = 0; i < token_count; i++) tokens[i].head = MTC_NONE;
    *ret_annotations = (mtc_annotations){tokens, ends};
    if (self->tokens.at == NULL) return true; /* no sentence has words */
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
    return true;
}

mtc_status mtc_annotate(const mtc_network *network, mtc_kernel kernel,
                        const mtc_document *doc, mtc_annotations *ret_annotations) {
    script self = {.network = network, .doc = doc};
    mtc_reading reading;
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        if (!write_sentence(&self, i)) return MTC_NO_MEMORY;
    const mtc_status status =
        mtc_network_read(network, kernel, self.words.at, self.lengths.at,
                         (uint32_t)self.lengths.count, doc->arena, doc->budget, &reading);
    if (status != MTC_OK) return status;
    return take_down(&self, &reading, ret_annotations) ? MTC_OK : MTC_NO_MEMORY;
}
