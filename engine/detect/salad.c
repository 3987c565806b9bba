/* salad.c: stretches of words in no order ("tensions the between two the over and").
 *
 * Each word adds how much rather it stands behind the two before it in shuffled words
 * than in text (engine/language/word_order.h), less a toll for being in text at all. The
 * stretch with the highest sum (Kadane's algorithm) is reported where the sum is high
 * enough: a sequential likelihood-ratio test (Wald 1945) of "no order" against "text".
 *
 * Where that says nothing, the network is asked too: words that it calls foreign to their
 * place add the odds of that, so that what is out of order beyond its neighbours ("the
 * test whether vary any such") counts as well.
 */
#include "detect/clause.h"
#include "detect/detector.h"
#include "language/annotation.h"
#include "language/word_order.h"

static const char *const RULES[] = {"garbled.word-salad", NULL};

enum { SHORTEST_ORDER = 4 }; /* words between two stretches that make them two */

typedef struct {
    const mtc_wordset *function_words;
    uint32_t symbol_count;
    int16_t (*scores)[2]; /* [first × symbol_count + second]: next to it, one between */
    int toll, threshold, sure, far_percent;
    uint32_t fewest_words;
    /* With the network's word: 100 is one bit of odds. */
    int foreign_base, foreign_least, foreign_most, order_percent, foreign_threshold,
        foreign_sure;
    uint32_t foreign_fewest; /* words that are foreign for sure */
    uint32_t foreign_words;  /* of the stretch, at least */
    mtc_share foreign;
} table;

/* --- The table --- */

static bool read_number(mtc_str *rest, int *ret_number) {
    *rest = mtc_str_trim(*rest);
    size_t i = 0;
    const bool negative = rest->len > 0 && rest->ptr[0] == '-';
    if (negative) i++;
    const size_t first = i;
    int number = 0;
    while (i < rest->len && i < first + 5 && rest->ptr[i] >= '0' && rest->ptr[i] <= '9') {
        number = number * 10 + (rest->ptr[i++] - '0');
    }
    if (i == first) return false;
    rest->ptr += i;
    rest->len -= i;
    *ret_number = negative ? -number : number;
    return true;
}

static void read_pair(table *self, const mtc_wordset_entry *entry) {
    const char *const space = memchr(entry->word.ptr, ' ', entry->word.len);
    if (space == NULL) return;
    const size_t length = (size_t)(space - entry->word.ptr);
    const mtc_str second = {space + 1, entry->word.len - length - 1};
    const uint32_t a =
        mtc_order_symbol_named(self->function_words, (mtc_str){entry->word.ptr, length});
    const uint32_t b = mtc_order_symbol_named(self->function_words, second);
    mtc_str rest = entry->payload;
    int near, far;
    if (a == MTC_ORDER_NONE || b == MTC_ORDER_NONE) return;
    if (!read_number(&rest, &near) || !read_number(&rest, &far)) return;
    int16_t *const scores = self->scores[a * self->symbol_count + b];
    scores[0] = (int16_t)(near > 2000 ? 2000 : near < -2000 ? -2000 : near);
    scores[1] = (int16_t)(far > 2000 ? 2000 : far < -2000 ? -2000 : far);
}

/* --- One sentence --- */

typedef struct {
    uint32_t first, end; /* tokens */
    int sum;
} stretch;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const table *table;
    const uint16_t *symbols;
    bool found; /* in this sentence */
} look;

static int score_of(const look *at, uint32_t token, uint32_t first) {
    const table *const t = at->table;
    const uint32_t n = t->symbol_count;
    int score = -t->toll;
    if (token > first) {
        score += t->scores[at->symbols[token - 1] * n + at->symbols[token]][0];
    }
    if (token > first + 1) {
        score += t->scores[at->symbols[token - 2] * n + at->symbols[token]][1] *
                 t->far_percent / 100;
    }
    return score;
}

static mtc_status report(look *at, const stretch *found) {
    const table *const t = at->table;
    if (found->sum < t->threshold) return MTC_OK;
    if (mtc_count_words(at->doc, found->first, found->end) < t->fewest_words)
        return MTC_OK;
    at->found = true;
    const mtc_rule *const rule = at->detection->rules[0];
    const mtc_finding finding = {
        .rule = rule,
        .at = {at->doc->tokens.at[found->first].at.begin,
               at->doc->tokens.at[found->end - 1].at.end},
        .confidence = found->sum >= t->sure
                          ? (float)rule->confidence
                          : (float)mtc_rule_number(rule, "confidence_unsure", 0.6),
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

/* Two stretches of one sentence with a few words between them are one defect. */
static mtc_status keep(look *at, stretch *pending, const stretch *found) {
    if (found->sum < at->table->threshold) return MTC_OK;
    if (pending->sum > 0 && found->first <= pending->end + SHORTEST_ORDER) {
        pending->end = found->end;
        pending->sum += found->sum;
        return MTC_OK;
    }
    const mtc_status status = pending->sum > 0 ? report(at, pending) : MTC_OK;
    *pending = *found;
    return status;
}

/* Tokens [first, end) without a mark between them. */
static mtc_status look_at_run(look *at, uint32_t first, uint32_t end, stretch *pending) {
    stretch best = {0};
    int sum = 0;
    uint32_t begin = first;
    mtc_status status = MTC_OK;
    for (uint32_t i = first + 1; i < end && status == MTC_OK; i++) {
        if (sum <= 0) {
            status = keep(at, pending, &best);
            best.sum = sum = 0;
            begin = i - 1;
        }
        sum += score_of(at, i, begin);
        if (sum > best.sum) best = (stretch){begin, i + 1, sum};
    }
    return status == MTC_OK ? keep(at, pending, &best) : status;
}

/* --- With the network --- */

/* The logarithm of a share to base 2, times 100, straight between powers of 2. */
static int bits_of(mtc_share share) {
    int bits = 0;
    uint32_t power = 1;
    while (2 * power <= share) {
        power *= 2;
        bits++;
    }
    return 100 * bits + (int)(100 * (share - power) / power) - 1600;
}

static int bounded(int value, int least, int most) {
    return value < least ? least : value > most ? most : value;
}

static int foreign_score(const look *at, uint32_t token, uint32_t first) {
    const table *const t = at->table;
    const mtc_share foreign = mtc_annotation_of(at->doc, token)->foreign;
    if (!mtc_is_wordlike(&at->doc->tokens.at[token])) return 0;
    const mtc_token *const next = &at->doc->tokens.at[token + 1];
    if (mtc_annotation_of(at->doc, token)->upos == MTC_UPOS_ADP &&
        token + 1 < at->doc->tokens.count && next->kind == MTC_TOKEN_PUNCTUATION)
        return t->foreign_least; /* "a place to live in." */
    const int odds = bounded(bits_of(foreign < 1 ? 1 : foreign) - t->foreign_base,
                             t->foreign_least, t->foreign_most);
    if (token == first || at->symbols[token] == MTC_ORDER_NONE ||
        at->symbols[token - 1] == MTC_ORDER_NONE)
        return odds;
    const int order =
        t->scores[at->symbols[token - 1] * t->symbol_count + at->symbols[token]][0] -
        t->toll;
    return odds + bounded(order, -200, 300) * t->order_percent / 100;
}

/* The stretch of the highest sum; a part of a name or of another language is none. */
static stretch find_foreign(const look *at, uint32_t first, uint32_t end) {
    stretch best = {0};
    int sum = 0;
    uint32_t begin = first;
    for (uint32_t i = first; i < end; i++) {
        if (sum <= 0) {
            sum = 0;
            begin = i;
        }
        sum += foreign_score(at, i, begin);
        if (sum > best.sum) best = (stretch){begin, i + 1, sum};
    }
    return best;
}

/* Does the same word stand nearby in the sentence? What is said twice over is another
 * rule's. */
static bool is_repeated(const look *at, uint32_t token) {
    enum { NEARBY = 12 };
    const mtc_token *const self = &at->doc->tokens.at[token];
    const mtc_sentence *const sentence = &at->doc->sentences.at[self->sentence];
    const uint32_t first = sentence->first_token, end = first + sentence->token_count;
    for (uint32_t i = token > first + NEARBY ? token - NEARBY : first;
         i < end && i <= token + NEARBY; i++)
        if (i != token && at->doc->tokens.at[i].word == self->word) return true;
    return false;
}

static bool is_english_salad(const look *at, const stretch *found) {
    uint32_t words = 0, foreign = 0, known = 0, small = 0, repeated = 0;
    for (uint32_t i = found->first; i < found->end; i++) {
        const mtc_token *const token = &at->doc->tokens.at[i];
        if (!mtc_is_wordlike(token)) continue;
        words++;
        foreign += mtc_annotation_of(at->doc, i)->foreign >= at->table->foreign;
        small += token->shape == MTC_SHAPE_LOWER;
        repeated += is_repeated(at, i);
        known += (at->doc->words.at[token->word].knowledge & MTC_KNOWN_ANY) != 0 ||
                 token->shape != MTC_SHAPE_LOWER;
    }
    return words >= at->table->foreign_words && foreign >= at->table->foreign_fewest &&
           known * 10 >= words * 9 && 2 * small >= words && 2 * repeated < words;
}

static mtc_status look_with_network(const look *at, const mtc_sentence *sentence) {
    const table *const t = at->table;
    const stretch found = find_foreign(at, sentence->first_token,
                                       sentence->first_token + sentence->token_count);
    if (found.sum < t->foreign_threshold || !is_english_salad(at, &found)) return MTC_OK;
    const mtc_rule *const rule = at->detection->rules[0];
    const mtc_finding finding = {
        .rule = rule,
        .at = {at->doc->tokens.at[found.first].at.begin,
               at->doc->tokens.at[found.end - 1].at.end},
        .confidence = found.sum >= t->foreign_sure
                          ? (float)rule->confidence
                          : (float)mtc_rule_number(rule, "confidence_unsure", 0.6),
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status look_at_sentence(look *at, const mtc_sentence *sentence) {
    const uint32_t end = sentence->first_token + sentence->token_count;
    uint32_t begin = sentence->first_token;
    stretch pending = {0};
    for (uint32_t i = begin; i <= end; i++) {
        if (i < end && at->symbols[i] != MTC_ORDER_NONE) continue;
        const mtc_status status = look_at_run(at, begin, i, &pending);
        if (status != MTC_OK) return status;
        begin = i + 1;
    }
    at->found = false;
    const mtc_status status = report(at, &pending);
    if (status != MTC_OK || at->found || at->doc->annotations == NULL) return status;
    return look_with_network(at, sentence);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    look at = {.detection = detection, .doc = doc, .table = detection->self};
    at.symbols = mtc_order_symbols_read(doc, at.table->function_words);
    if (at.symbols == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        const mtc_line *const line = mtc_sentence_line(doc, sentence);
        if (!(detection->rules[0]->lines & (1u << line->kind))) continue;
        if (line->title_case) continue;
        /* Questions have an order of their own. */
        if (sentence->end == MTC_END_QUESTION) continue;
        if (mtc_budget_spend(doc->budget, sentence->token_count) != MTC_OK) {
            return MTC_DEADLINE;
        }
        const mtc_status status = look_at_sentence(&at, sentence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    table *const self = MTC_TAKE(setup->arena, table, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->symbol_count = mtc_order_symbol_count(self->function_words);
    self->scores = mtc_arena_take_array(setup->arena,
                                        (size_t)self->symbol_count * self->symbol_count,
                                        sizeof *self->scores);
    if (self->scores == NULL) return MTC_NO_MEMORY;
    const mtc_wordset *const pairs = mtc_wordlists_get(setup->lists, "word-pairs");
    for (uint32_t i = 0; i < pairs->count; i++) read_pair(self, &pairs->entries[i]);
    const mtc_rule *const rule = setup->rules[0];
    self->toll = (int)mtc_rule_number(rule, "toll", 60);
    self->threshold = (int)mtc_rule_number(rule, "threshold", 900);
    self->sure = (int)mtc_rule_number(rule, "sure", 1200);
    self->far_percent = (int)mtc_rule_number(rule, "far_percent", 50);
    self->fewest_words = (uint32_t)mtc_rule_number(rule, "fewest_words", 4);
    self->foreign_base = (int)mtc_rule_number(rule, "foreign_base", -640);
    self->foreign_least = (int)mtc_rule_number(rule, "foreign_least", -220);
    self->foreign_most = (int)mtc_rule_number(rule, "foreign_most", 580);
    self->order_percent = (int)mtc_rule_number(rule, "order_percent", 30);
    self->foreign_threshold = (int)mtc_rule_number(rule, "foreign_threshold", 2300);
    self->foreign_sure = (int)mtc_rule_number(rule, "foreign_sure", 2000);
    self->foreign_fewest = (uint32_t)mtc_rule_number(rule, "foreign_fewest", 3);
    self->foreign_words = (uint32_t)mtc_rule_number(rule, "foreign_words", 4);
    self->foreign = MTC_SHARE(mtc_rule_number(rule, "foreign_above", 0.05));
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_salad = {"salad", RULES, setup, run};
