#include "base/utf8.h"
#include "rules/pattern_match.h"

enum {
    TOKEN_KINDS = MTC_TOKEN_RESIDUE + 1,
    SHAPES = MTC_SHAPE_MIXED + 1,
    BITS = 64,
    NOT_LOOKED_UP = UINT8_MAX,
    COVERING_COSTS = 16, /* operations for one regular expression on one form */
};

/* A pattern that can only begin with a word of this set, too large to be indexed. */
typedef struct {
    size_t pattern;
    const mtc_wordset *words;
} listed_start;

/* A pattern that begins with what a regular expression covers: asked once a form. */
typedef struct {
    size_t pattern;
    const mtc_regex *regex;
} regex_start;

/* Which patterns may begin with a token: those in the row of its kind and shape, those
 * under its folded form, those one of whose lists holds it. */
struct mtc_pattern_index {
    const mtc_pattern *const *patterns;
    size_t count, row_length;       /* in units of 64 patterns */
    uint32_t lines;                 /* of any pattern */
    uint64_t *by_form;              /* [kind][shape][row_length] */
    mtc_wordset words;              /* folded form -> … */
    MTC_VECTOR(uint64_t *) by_word; /* … row, by place in `words` */
    MTC_VECTOR(listed_start) listed;
    MTC_VECTOR(regex_start) covered;
};

/* --- Making it --- */

static uint64_t *form_row(const mtc_pattern_index *index, unsigned kind, unsigned shape) {
    return &index->by_form[(kind * SHAPES + shape) * index->row_length];
}

static void set_bit(uint64_t *row, size_t pattern) {
    row[pattern / BITS] |= UINT64_C(1) << pattern % BITS;
}

static bool add_word(mtc_pattern_index *index, mtc_arena *arena, size_t pattern,
                     mtc_str word) {
    const mtc_str folded = mtc_utf8_fold(word, arena);
    if (folded.ptr == NULL) return false;
    const mtc_wordset_entry *entry = mtc_wordset_find(&index->words, folded);
    if (entry == NULL) {
        uint64_t *const row = MTC_TAKE(arena, uint64_t, index->row_length);
        if (row == NULL || !mtc_vector_push(&index->by_word, arena, row) ||
            !mtc_wordset_add(&index->words, arena, folded, (mtc_str){0})) {
            return false;
        }
        entry = mtc_wordset_find(&index->words, folded);
    }
    set_bit(index->by_word.at[entry - index->words.entries], pattern);
    return true;
}

static bool add_words(mtc_pattern_index *index, mtc_arena *arena, size_t pattern,
                      const mtc_wordset *words) {
    for (uint32_t i = 0; i < words->count; i++) {
        if (!add_word(index, arena, pattern, words->entries[i].word)) return false;
    }
    return true;
}

static void add_forms(mtc_pattern_index *index, size_t pattern, uint64_t kinds,
                      uint64_t shapes) {
    for (unsigned kind = 0; kind < TOKEN_KINDS; kind++) {
        for (unsigned shape = 0; shape < SHAPES; shape++) {
            if ((kinds >> kind & 1u) == 0 || (shapes >> shape & 1u) == 0) continue;
            set_bit(form_row(index, kind, shape), pattern);
        }
    }
}

static bool add_element(mtc_pattern_index *index, mtc_arena *arena, size_t pattern,
                        const mtc_pattern_element *element) {
    uint64_t kinds = UINT64_MAX, shapes = UINT64_MAX;
    const mtc_regex *regex = NULL;
    for (size_t i = 0; i < element->condition_count; i++) {
        const mtc_condition *const condition = &element->conditions[i];
        if (condition->is_negated) continue;
        switch (condition->kind) {
        case MTC_CONDITION_WORD:
        case MTC_CONDITION_LOWER:
        case MTC_CONDITION_LEMMA:
            return add_words(index, arena, pattern, condition->words);
        case MTC_CONDITION_LIST:
            return mtc_vector_push(&index->listed, arena,
                                   ((listed_start){pattern, condition->words}));
        case MTC_CONDITION_REGEX: regex = condition->regex; break;
        case MTC_CONDITION_KIND: kinds &= condition->mask; break;
        case MTC_CONDITION_SHAPE: shapes &= condition->mask; break;
        default: break;
        }
    }
    if (regex != NULL) {
        return mtc_vector_push(&index->covered, arena, ((regex_start){pattern, regex}));
    }
    add_forms(index, pattern, kinds, shapes);
    return true;
}

/* A pattern begins with its first element, or a later one where all before may be left
 * out. */
static bool add_pattern(mtc_pattern_index *index, mtc_arena *arena, size_t place) {
    const mtc_pattern *const pattern = index->patterns[place];
    index->lines |= pattern->lines;
    for (size_t i = 0; i < pattern->element_count; i++) {
        if (!add_element(index, arena, place, &pattern->elements[i])) return false;
        if (pattern->elements[i].least > 0) break;
    }
    return true;
}

mtc_status mtc_pattern_index_new(const mtc_pattern *const *patterns, size_t count,
                                 mtc_arena *arena, const mtc_pattern_index **ret_index) {
    mtc_pattern_index *const index = MTC_TAKE(arena, mtc_pattern_index, 1);
    if (index == NULL) return MTC_NO_MEMORY;
    index->patterns = patterns;
    index->count = count;
    index->row_length = (count + BITS - 1) / BITS;
    index->by_form = MTC_TAKE(arena, uint64_t, TOKEN_KINDS * SHAPES * index->row_length);
    if (index->by_form == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < count; i++) {
        if (!add_pattern(index, arena, i)) return MTC_NO_MEMORY;
    }
    *ret_index = index;
    return MTC_OK;
}

/* --- Running it --- */

typedef struct {
    const mtc_pattern_index *index;
    mtc_matcher matcher;
    const bool *wanted;
    uint64_t *rows;       /* by word: which patterns may begin with it */
    uint8_t *states;      /* by word: has any, has none, NOT_LOOKED_UP */
    uint32_t *not_before; /* by pattern: tokens before this one are covered already */
    uint32_t owed;        /* operations not told to the budget yet */
    mtc_pattern_found found;
    void *context;
} run;

/* Adds the patterns that may begin with the folded form. */
static void add_row_of(const mtc_pattern_index *index, mtc_str folded, uint64_t *row) {
    const mtc_wordset_entry *const entry = mtc_wordset_find(&index->words, folded);
    if (entry == NULL) return;
    const uint64_t *const known = index->by_word.at[entry - index->words.entries];
    for (size_t i = 0; i < index->row_length; i++) row[i] |= known[i];
}

/* Looks a distinct form up once. */
static const uint64_t *word_row(run *with, uint32_t word) {
    const mtc_pattern_index *const index = with->index;
    uint64_t *const row = &with->rows[word * index->row_length];
    if (with->states[word] != NOT_LOOKED_UP) return with->states[word] ? row : NULL;
    const mtc_document *const doc = with->matcher.doc;
    const mtc_word *const known = &doc->words.at[word];
    const mtc_str folded = doc->words.at[known->folded].text;
    add_row_of(index, folded, row);
    if (known->stem != word) /* a lemma looks through a possessive ending */
        add_row_of(index, doc->words.at[doc->words.at[known->stem].folded].text, row);
    for (size_t i = 0; i < index->listed.count; i++) {
        const listed_start *const listed = &index->listed.at[i];
        if (mtc_wordset_has(listed->words, folded) ||
            mtc_wordset_has(listed->words, known->text)) {
            set_bit(row, listed->pattern);
        }
    }
    for (size_t i = 0; i < index->covered.count; i++) {
        const regex_start *const covered = &index->covered.at[i];
        if (mtc_matcher_covers(&with->matcher, covered->regex, known->text)) {
            set_bit(row, covered->pattern);
        }
    }
    with->owed += COVERING_COSTS * (uint32_t)index->covered.count;
    with->states[word] = 0;
    for (size_t i = 0; i < index->row_length; i++) with->states[word] |= row[i] != 0;
    return with->states[word] ? row : NULL;
}

static mtc_status try_pattern(run *with, size_t place, uint32_t token,
                              uint32_t line_bit) {
    const mtc_pattern *const pattern = with->index->patterns[place];
    if ((pattern->lines & line_bit) == 0 || token < with->not_before[place] ||
        (with->wanted != NULL && !with->wanted[place])) {
        return MTC_OK;
    }
    mtc_pattern_match match;
    const bool does_match = mtc_pattern_match_at(&with->matcher, pattern, token, &match);
    if (with->matcher.is_out_of_memory) return MTC_NO_MEMORY;
    const uint32_t steps = MTC_PATTERN_STEPS - with->matcher.steps;
    mtc_status status = mtc_budget_spend(with->matcher.doc->budget, steps / 8);
    if (status != MTC_OK || !does_match) return status;
    with->not_before[place] = match.last;
    match.pattern = place;
    return with->found(with->context, &match);
}

static mtc_status try_token(run *with, uint32_t at, uint32_t line_bit) {
    const mtc_pattern_index *const index = with->index;
    const mtc_token *const token = &with->matcher.doc->tokens.at[at];
    const uint64_t *const by_form = form_row(index, token->kind, token->shape);
    const uint64_t *const by_word = word_row(with, token->word);
    if (with->matcher.is_out_of_memory) return MTC_NO_MEMORY;
    for (size_t i = 0; i < index->row_length; i++) {
        uint64_t bits = by_form[i] | (by_word == NULL ? 0 : by_word[i]);
        for (; bits != 0; bits &= bits - 1) {
            const size_t place = i * BITS + (size_t)__builtin_ctzll(bits);
            const mtc_status status = try_pattern(with, place, at, line_bit);
            if (status != MTC_OK) return status;
        }
    }
    return MTC_OK;
}

static mtc_status try_sentence(run *with, const mtc_sentence *sentence) {
    const mtc_document *const doc = with->matcher.doc;
    const uint32_t line_bit = 1u << mtc_sentence_line(doc, sentence)->kind;
    if ((with->index->lines & line_bit) == 0) return MTC_OK;
    with->matcher.first = sentence->first_token;
    with->matcher.end = sentence->first_token + sentence->token_count;
    for (uint32_t at = with->matcher.first; at < with->matcher.end; at++) {
        mtc_status status = mtc_budget_spend(doc->budget, 1 + with->owed);
        with->owed = 0;
        if (status == MTC_OK) status = try_token(with, at, line_bit);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

mtc_status mtc_pattern_index_run(const mtc_pattern_index *index, const mtc_document *doc,
                                 const bool *wanted, mtc_pattern_found found,
                                 void *context) {
    if (index->count == 0) return MTC_OK;
    run with = {.index = index,
                .matcher = {.doc = doc},
                .wanted = wanted,
                .rows =
                    MTC_TAKE(doc->arena, uint64_t, doc->words.count * index->row_length),
                .states = MTC_TAKE(doc->arena, uint8_t, doc->words.count),
                .not_before = MTC_TAKE(doc->arena, uint32_t, index->count),
                .found = found,
                .context = context};
    if (with.rows == NULL || with.states == NULL || with.not_before == NULL) {
        return MTC_NO_MEMORY;
    }
    memset(with.states, NOT_LOOKED_UP, doc->words.count);
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_status status = try_sentence(&with, &doc->sentences.at[i]);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}
