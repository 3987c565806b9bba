#include "base/utf8.h"
#include "language/tag_model.h"

enum { LONGEST_CHUNK = 192 }; /* tokens looked at together */

/* How often a name has a small initial, and any other word a capital, inside a sentence.
 */
static const float WRONG_CASE = 0.03F;
/* What a word's ending counts beside its own occurrences. */
static const float ENDING_WEIGHT = 2.0F;
static const float LEAST_READING = 1e-4F;

/* shares of the pairs (reading of the token before, reading of the token) */
typedef float pair_shares[MTC_MOST_READINGS][MTC_MOST_READINGS];

typedef struct {
    const mtc_tagger *tagger;
    const mtc_document *doc;
    const uint8_t *functions;
    mtc_tag_shares *shares;
    /* of the chunk; index 0 and 1 are the edge before it */
    mtc_readings lattice[LONGEST_CHUNK + 3];
    pair_shares forward[LONGEST_CHUNK + 3];
} tagging;

/* --- What a token can be, wherever it stands --- */

static const mtc_ending_shares *shares_of_ending(const tagging *t, mtc_str folded,
                                                 bool capital) {
    char key[1 + 4 * MTC_LONGEST_ENDING] = {capital ? 'C' : 'l'};
    uint32_t starts[MTC_LONGEST_ENDING + 1];
    uint32_t count = 0, at = (uint32_t)folded.len;
    starts[count++] = at;
    while (at > 0 && count <= MTC_LONGEST_ENDING) {
        do at--;
        while (at > 0 && ((unsigned char)folded.ptr[at] & 0xC0) == 0x80);
        starts[count++] = at;
    }
    while (count-- > 0) {
        const size_t length = folded.len - starts[count];
        memcpy(key + 1, folded.ptr + starts[count], length);
        const mtc_wordset_entry *const entry =
            mtc_wordset_find(&t->tagger->endings, (mtc_str){key, length + 1});
        if (entry != NULL) return &t->tagger->ending_list.at[mtc_payload_index(entry)];
    }
    return NULL;
}

static void add_reading(mtc_readings *all, uint32_t state, float weight) {
    if (weight <= 0) return;
    if (all->count < MTC_MOST_READINGS) {
        all->at[all->count++] = (mtc_reading){(uint8_t)state, weight};
        return;
    }
    uint32_t least = 0;
    for (uint32_t i = 1; i < all->count; i++) {
        if (all->at[i].weight < all->at[least].weight) least = i;
    }
    if (weight > all->at[least].weight) {
        all->at[least] = (mtc_reading){(uint8_t)state, weight};
    }
}

static mtc_readings readings_of_word(const tagging *t, const mtc_token *token) {
    const mtc_tagger *const tagger = t->tagger;
    const mtc_word *const word = &t->doc->words.at[token->word];
    const mtc_str folded = t->doc->words.at[word->folded].text;
    const bool first = token->flags & MTC_TOKEN_STARTS_SENTENCE;
    const bool capital = token->shape != MTC_SHAPE_LOWER;
    mtc_readings all = {.count = 0};
    if (token->flags & MTC_TOKEN_POSSESSIVE && !t->functions[token->word]) {
        add_reading(&all, tagger->genitive, 1);
        return all;
    }
    const mtc_lexeme *const lexeme = word->lexeme;
    const float seen = lexeme == NULL ? 0 : (float)lexeme->count;
    const mtc_ending_shares *const ending = shares_of_ending(t, folded, first || capital);
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) {
        const float own = lexeme != NULL && seen > 0 ? (float)lexeme->share[i] / 100 : 0;
        const float by_ending = ending == NULL ? 0 : ending->share[i];
        float weight = (own * seen + by_ending * ENDING_WEIGHT) / (seen + ENDING_WEIGHT);
        weight /= tagger->single[tagger->open[i]];
        const bool name = i == MTC_TAG_PROPER;
        if (!first) weight *= name == capital ? 1 - WRONG_CASE : WRONG_CASE;
        add_reading(&all, tagger->open[i], weight);
    }
    return all;
}

static mtc_readings readings_of_function_word(const tagging *t, const mtc_token *token) {
    const mtc_tagger *const tagger = t->tagger;
    const uint8_t function = t->functions[token->word];
    mtc_readings all = {.count = 0};
    const mtc_str folded = mtc_token_folded(t->doc, token);
    const mtc_wordset_entry *const entry =
        mtc_wordset_find(&tagger->function_words, folded);
    if (function == MTC_FUNCTION_CLAUSE) {
        add_reading(&all, tagger->clause, 1);
    } else if (entry != NULL) {
        const mtc_readings *const model =
            &tagger->word_readings.at[mtc_payload_index(entry)];
        const bool inside = !(token->flags & MTC_TOKEN_STARTS_SENTENCE);
        const bool capital = token->shape != MTC_SHAPE_LOWER;
        for (uint32_t i = 0; i < model->count; i++) {
            const uint8_t state = model->at[i].state;
            float weight = model->at[i].weight / tagger->single[state];
            const bool name = tagger->class_of[state] == MTC_TAG_PROPER;
            if (inside) weight *= name == capital ? 1 - WRONG_CASE : WRONG_CASE;
            add_reading(&all, state, weight);
        }
    }
    return all;
}

static uint8_t state_of_mark(const tagging *t, const mtc_token *token) {
    if (token->flags & MTC_TOKEN_QUOTE) return t->tagger->quote;
    if (token->flags & (MTC_TOKEN_OPENS | MTC_TOKEN_CLOSES)) return t->tagger->bracket;
    const mtc_str text = mtc_token_bytes(t->doc, token);
    uint32_t offset = 0;
    switch (text.len == 0 ? 0 : mtc_utf8_next(text, &offset)) {
    case ',': return t->tagger->comma;
    case '.':
    case '!':
    case '?':
    case 0x2026: return t->tagger->stop;
    case ':':
    case ';': return t->tagger->colon;
    case '-':
    case 0x2013:
    case 0x2014: return t->tagger->dash;
    default: return t->tagger->other;
    }
}

static void normalise(mtc_readings *all) {
    float sum = 0;
    for (uint32_t i = 0; i < all->count; i++) sum += all->at[i].weight;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        const float share = all->at[i].weight / sum;
        if (share > LEAST_READING) {
            all->at[kept++] = (mtc_reading){all->at[i].state, share};
        }
    }
    all->count = kept;
}

static mtc_readings readings_of(const tagging *t, const mtc_token *token) {
    mtc_readings all = {.count = 0};
    if (token->kind == MTC_TOKEN_WORD) {
        if (t->functions[token->word]) all = readings_of_function_word(t, token);
        if (all.count == 0) all = readings_of_word(t, token);
        if (all.count == 0) add_reading(&all, t->tagger->open[MTC_TAG_PROPER], 1);
    } else if (token->kind == MTC_TOKEN_NUMBER) {
        add_reading(&all, t->tagger->open[MTC_TAG_NUMERAL], 1);
    } else if (token->kind == MTC_TOKEN_ADDRESS) {
        add_reading(&all, t->tagger->open[MTC_TAG_PROPER], 1);
    } else if (token->kind == MTC_TOKEN_PUNCTUATION) {
        add_reading(&all, state_of_mark(t, token), 1);
    } else {
        add_reading(&all, t->tagger->other, 1);
    }
    normalise(&all);
    return all;
}

/* --- What it is here --- */

/* shares[b][c] at n from those at n - 1; each sums to 1. */
static void step_forward(tagging *t, uint32_t n) {
    const mtc_readings *const A = &t->lattice[n - 2], *const B = &t->lattice[n - 1];
    const mtc_readings *const C = &t->lattice[n];
    float sum = 0;
    for (uint32_t b = 0; b < B->count; b++) {
        for (uint32_t c = 0; c < C->count; c++) {
            float share = 0;
            for (uint32_t a = 0; a < A->count; a++) {
                share +=
                    t->forward[n - 1][a][b] * *mtc_follow(t->tagger, A->at[a].state,
                                                          B->at[b].state, C->at[c].state);
            }
            share *= C->at[c].weight;
            t->forward[n][b][c] = share;
            sum += share;
        }
    }
    if (sum <= 0) sum = 1;
    for (uint32_t b = 0; b < B->count; b++) {
        for (uint32_t c = 0; c < C->count; c++) t->forward[n][b][c] /= sum;
    }
}

/* backward at n - 1 from that at n. */
static void step_backward(const tagging *t, uint32_t n, pair_shares backward) {
    const mtc_readings *const A = &t->lattice[n - 2], *const B = &t->lattice[n - 1];
    const mtc_readings *const C = &t->lattice[n];
    pair_shares before = {{0}};
    float sum = 0;
    for (uint32_t a = 0; a < A->count; a++) {
        for (uint32_t b = 0; b < B->count; b++) {
            for (uint32_t c = 0; c < C->count; c++) {
                before[a][b] += backward[b][c] * C->at[c].weight *
                                *mtc_follow(t->tagger, A->at[a].state, B->at[b].state,
                                            C->at[c].state);
            }
            sum += before[a][b];
        }
    }
    if (sum <= 0) sum = 1;
    for (uint32_t a = 0; a < A->count; a++) {
        for (uint32_t b = 0; b < B->count; b++) backward[a][b] = before[a][b] / sum;
    }
}

static void write_shares(const tagging *t, uint32_t n, const pair_shares backward,
                         mtc_tag_shares *ret_shares) {
    const mtc_readings *const B = &t->lattice[n - 1], *const C = &t->lattice[n];
    float shares[MTC_TAG_CLASSES] = {0}, sum = 0;
    for (uint32_t b = 0; b < B->count; b++) {
        for (uint32_t c = 0; c < C->count; c++) {
            const float share = t->forward[n][b][c] * backward[b][c];
            shares[t->tagger->class_of[C->at[c].state]] += share;
            sum += share;
        }
    }
    if (sum <= 0) return;
    for (unsigned i = 0; i < MTC_TAG_CLASSES; i++) {
        ret_shares->share[i] = (uint8_t)(100 * shares[i] / sum + 0.5F);
    }
}

static void tag_chunk(tagging *t, uint32_t first, uint32_t count) {
    const mtc_readings edge = {.at = {{t->tagger->edge, 1}}, .count = 1};
    t->lattice[0] = t->lattice[1] = t->lattice[count + 2] = edge;
    t->forward[1][0][0] = 1;
    for (uint32_t i = 0; i < count; i++) {
        t->lattice[i + 2] = readings_of(t, &t->doc->tokens.at[first + i]);
        step_forward(t, i + 2);
    }
    pair_shares backward = {{0}};
    for (uint32_t b = 0; b < MTC_MOST_READINGS; b++) backward[b][0] = 1;
    for (uint32_t n = count + 2; n > 2; n--) {
        step_backward(t, n, backward);
        const mtc_token *const token = &t->doc->tokens.at[first + n - 3];
        if (token->kind <= MTC_TOKEN_NUMBER) {
            write_shares(t, n - 1, (const float(*)[MTC_MOST_READINGS])backward,
                         &t->shares[first + n - 3]);
        }
    }
}

mtc_status mtc_tagger_run(const mtc_tagger *tagger, const mtc_document *doc,
                          const mtc_tag_shares **ret_shares) {
    tagging *const t = MTC_TAKE(doc->arena, tagging, 1);
    if (t == NULL) return MTC_NO_MEMORY;
    t->tagger = tagger;
    t->doc = doc;
    t->shares = MTC_TAKE(doc->arena, mtc_tag_shares, doc->tokens.count + 1);
    t->functions = mtc_function_classes_read(doc, tagger->function_list);
    if (t->shares == NULL || t->functions == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        for (uint32_t done = 0; done < sentence->token_count; done += LONGEST_CHUNK) {
            const uint32_t left = sentence->token_count - done;
            const uint32_t count = left < LONGEST_CHUNK ? left : LONGEST_CHUNK;
            if (mtc_budget_spend(doc->budget, 2 * count) != MTC_OK) return MTC_DEADLINE;
            tag_chunk(t, sentence->first_token + done, count);
        }
    }
    *ret_shares = t->shares;
    return MTC_OK;
}
