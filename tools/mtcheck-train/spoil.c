#include "spoil.h"

enum { TRIES = 12 };

enum {
    FOREIGN = 1 << 0, /* as format.h counts them */
    CAPITAL = 1 << 1,
    SMALL = 1 << 2,
    GAP = 1 << 0,
    BOUNDARY = 1 << 1
};

typedef struct spoiler {
    train_draft *draft;
    const train_corpus *corpus;
    size_t sentence;
    train_random *random;
    bool plainly; /* nothing is changed beside */
} spoiler;

void train_draft_take(train_draft *draft, const train_corpus *corpus, size_t sentence) {
    const train_sentence from = corpus->sentences.at[sentence];
    draft->count = from.count < TRAIN_DRAFT_MOST / 2 ? from.count : TRAIN_DRAFT_MOST / 2;
    draft->end_gap_bits = 0;
    for (uint32_t i = 0; i < draft->count; i++)
        draft->words[i] = (train_draft_word){.form = corpus->words.at[from.first + i]};
}

static const train_form *form_of(const spoiler *self, uint32_t form) {
    return &self->corpus->forms->at[form];
}

static uint32_t flags_at(const spoiler *self, uint32_t i) {
    return form_of(self, self->draft->words[i].form)->flags;
}

static bool is_mark(const spoiler *self, uint32_t i) {
    return (flags_at(self, i) & TRAIN_FORM_MARK) != 0;
}

/* A place below `end`, at random. */
static uint32_t somewhere(const spoiler *self, uint32_t begin, uint32_t end) {
    return begin + train_random_below(self->random, end - begin);
}

static void open_gap(train_draft *draft, uint32_t at, uint32_t count) {
    memmove(draft->words + at + count, draft->words + at,
            (draft->count - at) * sizeof *draft->words);
    draft->count += count;
}

/* Takes words out; what their gaps said goes to the word behind, with `bits`. */
static void take_out(train_draft *draft, uint32_t at, uint32_t count, uint8_t bits) {
    for (uint32_t i = at; i < at + count; i++) bits |= draft->words[i].gap_bits;
    memmove(draft->words + at, draft->words + at + count,
            (draft->count - at - count) * sizeof *draft->words);
    draft->count -= count;
    if (at < draft->count)
        draft->words[at].gap_bits |= bits;
    else
        draft->end_gap_bits |= bits;
}

static bool fits(const train_draft *draft, uint32_t more) {
    return draft->count + more <= TRAIN_DRAFT_MOST;
}

static bool spoil_shuffle(const spoiler *self) {
    train_draft *const draft = self->draft;
    const uint32_t size = 3 + train_random_below(self->random, 5);
    if (draft->count < size + 2) return false;
    const uint32_t begin = somewhere(self, 0, draft->count - size);
    uint32_t before[8];
    for (uint32_t i = 0; i < size; i++) before[i] = draft->words[begin + i].form;
    for (uint32_t i = size; i-- > 1;) {
        const uint32_t j = train_random_below(self->random, i + 1);
        const uint32_t kept = draft->words[begin + i].form;
        draft->words[begin + i].form = draft->words[begin + j].form;
        draft->words[begin + j].form = kept;
    }
    bool changed = false;
    for (uint32_t i = 0; i < size; i++) {
        if (before[i] == draft->words[begin + i].form) continue;
        draft->words[begin + i].token_bits |= FOREIGN;
        changed = true;
    }
    return changed;
}

static bool spoil_swap(const spoiler *self) {
    train_draft *const draft = self->draft;
    if (draft->count < 5) return false;
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t i = somewhere(self, 0, draft->count - 2);
        const uint32_t j = i + 1 + train_random_below(self->random, 6);
        if (j >= draft->count || is_mark(self, i) || is_mark(self, j)) continue;
        const uint32_t kept = draft->words[i].form;
        if (kept == draft->words[j].form) continue;
        draft->words[i].form = draft->words[j].form;
        draft->words[j].form = kept;
        draft->words[i].token_bits |= FOREIGN;
        draft->words[j].token_bits |= FOREIGN;
        return true;
    }
    return false;
}

/* A word from anywhere in the text; like it in case where `like` is one. */
static uint32_t stranger(const spoiler *self, uint32_t like) {
    const uint32_t wanted = like & (TRAIN_FORM_LOWER | TRAIN_FORM_CAPITAL);
    uint32_t form = 0;
    for (int tries = 0; tries < TRIES; tries++) {
        form = self->corpus->words.at[train_random_below(
            self->random, (uint32_t)self->corpus->words.count)];
        const uint32_t flags = form_of(self, form)->flags;
        if ((flags & TRAIN_FORM_MARK) != 0) continue;
        if ((flags & TRAIN_FORM_FUNCTION) != 0 &&
            (train_random_next(self->random) & 3) != 0)
            continue;
        if (wanted == 0 || (flags & wanted) != 0) break;
    }
    return form;
}

static bool spoil_replace(const spoiler *self) {
    train_draft *const draft = self->draft;
    const uint32_t wanted = 1 + train_random_below(self->random, 3);
    uint32_t done = 0;
    for (int tries = 0; tries < TRIES && done < wanted && draft->count > 4; tries++) {
        const uint32_t i = somewhere(self, 0, draft->count);
        if (is_mark(self, i)) continue;
        const uint32_t form = stranger(self, flags_at(self, i));
        if (form_of(self, form)->key == form_of(self, draft->words[i].form)->key)
            continue;
        draft->words[i].form = form;
        draft->words[i].token_bits |= FOREIGN;
        done++;
    }
    return done > 0;
}

static bool spoil_insert(const spoiler *self) {
    train_draft *const draft = self->draft;
    if (!fits(draft, 1) || draft->count < 3) return false;
    const uint32_t at = somewhere(self, 1, draft->count);
    open_gap(draft, at, 1);
    draft->words[at] = (train_draft_word){.form = stranger(self, 0),
                                          .token_bits = FOREIGN,
                                          .gap_bits = draft->words[at + 1].gap_bits};
    draft->words[at + 1].gap_bits = 0;
    return true;
}

static bool spoil_loop(const spoiler *self) {
    train_draft *const draft = self->draft;
    const uint32_t size = 1 + train_random_below(self->random, 5);
    if (!fits(draft, size) || draft->count < size + 3) return false;
    const uint32_t begin = somewhere(self, 0, draft->count - size - 1);
    for (uint32_t i = begin; i < begin + size; i++)
        if (is_mark(self, i) || (flags_at(self, i) & TRAIN_FORM_DIGIT) != 0) return false;
    open_gap(draft, begin + size, size);
    for (uint32_t i = 0; i < size; i++)
        draft->words[begin + size + i] = (train_draft_word){
            .form = draft->words[begin + i].form, .token_bits = FOREIGN};
    return true;
}

typedef struct stretch {
    uint32_t begin, count;
} stretch;

/* Runs of capitalised words, or else single content words, that could be arguments. */
static uint32_t find_arguments(const spoiler *self, stretch found[16]) {
    uint32_t count = 0;
    const bool names = (train_random_next(self->random) & 1) != 0;
    for (uint32_t i = 1; i < self->draft->count && count < 16; i++) {
        const uint32_t flags = flags_at(self, i);
        const size_t length = form_of(self, self->draft->words[i].form)->text.len;
        if (names && (flags & TRAIN_FORM_CAPITAL) != 0) {
            if (count > 0 && found[count - 1].begin + found[count - 1].count == i)
                found[count - 1].count++;
            else
                found[count++] = (stretch){i, 1};
        } else if (!names && (flags & TRAIN_FORM_LOWER) != 0 && length > 4 &&
                   (flags & (TRAIN_FORM_VERB | TRAIN_FORM_FUNCTION |
                             TRAIN_FORM_COMMON_VERB)) == 0) {
            found[count++] = (stretch){i, 1};
        }
    }
    return count;
}

bool train_draft_put_again(train_draft *draft, uint32_t from, uint32_t from_count,
                           uint32_t to, uint32_t to_count) {
    train_draft_word copy[4];
    if (from_count > 4 || !fits(draft, from_count)) return false;
    bool is_same = from_count == to_count;
    for (uint32_t k = 0; k < from_count; k++) {
        copy[k] = (train_draft_word){.form = draft->words[from + k].form,
                                     .token_bits = FOREIGN};
        is_same = is_same && copy[k].form == draft->words[to + k].form;
    }
    if (is_same) return false;
    take_out(draft, to, to_count, 0);
    open_gap(draft, to, from_count);
    memcpy(draft->words + to, copy, from_count * sizeof *copy);
    return true;
}

/* One argument takes the place of the other. */
static bool spoil_argument(const spoiler *self) {
    stretch found[16];
    const uint32_t count = find_arguments(self, found);
    if (count < 2) return false;
    const uint32_t i = train_random_below(self->random, count);
    uint32_t j = train_random_below(self->random, count - 1);
    if (j >= i) j++;
    return train_draft_put_again(self->draft, found[i].begin, found[i].count,
                                 found[j].begin, found[j].count);
}

void train_draft_leave_out(train_draft *draft, uint32_t word) {
    take_out(draft, word, 1, GAP);
}

static bool spoil_drop_verb(const spoiler *self) {
    train_draft *const draft = self->draft;
    if (draft->count < 5) return false;
    for (int tries = 0; tries < 2 * TRIES; tries++) {
        const uint32_t i = somewhere(self, 1, draft->count);
        const uint32_t flags = flags_at(self, i);
        if ((flags & (TRAIN_FORM_VERB | TRAIN_FORM_COMMON_VERB)) == 0) continue;
        /* "'s" is more often a possessive than a verb. */
        if (form_of(self, draft->words[i].form)->text.ptr[0] == '\'') continue;
        take_out(draft, i, 1, GAP);
        return true;
    }
    return false;
}

static bool spoil_drop_word(const spoiler *self) {
    train_draft *const draft = self->draft;
    if (draft->count < 5) return false;
    const bool any = train_random_below(self->random, 5) == 0;
    for (int tries = 0; tries < TRIES; tries++) {
        const uint32_t i = somewhere(self, 0, draft->count);
        if (is_mark(self, i)) continue;
        if (!any && (flags_at(self, i) & TRAIN_FORM_FUNCTION) == 0) continue;
        take_out(draft, i, 1, GAP);
        return true;
    }
    return false;
}

/* Beginning or end of the sentence is lost. */
static bool spoil_cut(const spoiler *self) {
    train_draft *const draft = self->draft;
    if (draft->count < 8) return false;
    const uint32_t size = 1 + train_random_below(self->random, draft->count / 3);
    if ((train_random_next(self->random) & 1) != 0)
        take_out(draft, 0, size, GAP);
    else
        take_out(draft, draft->count - 1 - size, size, GAP);
    return true;
}

/* The form with its first letter small, or with its first letter a capital. */
static uint32_t in_case(const spoiler *self, uint32_t form, bool capital) {
    const uint32_t flags = form_of(self, form)->flags;
    const bool turns =
        capital ? (flags & TRAIN_FORM_LOWER) != 0 : (flags & TRAIN_FORM_CAPITAL) != 0;
    return turns ? train_forms_other_case(self->corpus->forms, form) : form;
}

static bool spoil_drop_stop(const spoiler *self) {
    train_draft *const draft = self->draft;
    const train_sentence *const all = self->corpus->sentences.at;
    if (self->sentence + 1 >= self->corpus->sentences.count) return false;
    const train_sentence next = all[self->sentence + 1];
    if (next.paragraph != all[self->sentence].paragraph ||
        next.source != all[self->sentence].source || next.count > TRAIN_DRAFT_MOST / 2 ||
        !fits(draft, next.count) || draft->count < 3 ||
        (flags_at(self, draft->count - 1) & TRAIN_FORM_STOP) == 0)
        return false;
    draft->count--;
    const uint32_t begin = draft->count;
    for (uint32_t i = 0; i < next.count; i++)
        draft->words[draft->count++] =
            (train_draft_word){.form = self->corpus->words.at[next.first + i]};
    draft->words[begin].gap_bits |= BOUNDARY;
    /* A word that is mostly small elsewhere loses its capital half of the time. */
    if (!self->plainly && (train_random_next(self->random) & 1) != 0) {
        const uint32_t form = draft->words[begin].form,
                       small = in_case(self, form, false);
        if (small != form && form_of(self, small)->count > form_of(self, form)->count) {
            draft->words[begin].form = small;
            draft->words[begin].token_bits |= CAPITAL;
        }
    }
    return true;
}

static bool spoil_insert_stop(const spoiler *self) {
    train_draft *const draft = self->draft;
    if (!fits(draft, 1) || draft->count < 8) return false;
    const uint32_t at = somewhere(self, 2, draft->count - 2);
    if (is_mark(self, at) || is_mark(self, at - 1)) return false;
    const uint32_t stop = train_forms_number(self->corpus->forms, MTC_STR("."));
    open_gap(draft, at, 1);
    draft->words[at] = (train_draft_word){.form = stop, .token_bits = FOREIGN};
    const uint32_t raised = in_case(self, draft->words[at + 1].form, true);
    if ((train_random_next(self->random) & 1) != 0 &&
        raised != draft->words[at + 1].form) {
        draft->words[at + 1].form = raised;
        draft->words[at + 1].token_bits |= SMALL;
    }
    return true;
}

static bool spoil_case(const spoiler *self, bool raise) {
    train_draft *const draft = self->draft;
    for (int tries = 0; tries < TRIES && draft->count > 3; tries++) {
        const uint32_t i = somewhere(self, raise ? 1 : 0, draft->count);
        const uint32_t form = draft->words[i].form, other = in_case(self, form, raise);
        if (other == form || form_of(self, form)->text.len < 2) continue;
        draft->words[i].form = other;
        draft->words[i].token_bits |= raise ? SMALL : CAPITAL;
        return true;
    }
    return false;
}

void train_draft_lower_first(train_draft *draft, const train_corpus *corpus) {
    const spoiler self = {.draft = draft, .corpus = corpus};
    const uint32_t form = draft->words[0].form, small = in_case(&self, form, false);
    if (small == form) return;
    draft->words[0].form = small;
    draft->words[0].token_bits |= CAPITAL;
}

static bool spoil_raise(const spoiler *self) {
    return spoil_case(self, true);
}

static bool spoil_lower(const spoiler *self) {
    return spoil_case(self, false);
}

static bool spoil_in(enum train_corruption way, const spoiler *self) {
    static bool (*const WAYS[])(const spoiler *) = {
#define X(name) spoil_##name,
        TRAIN_CORRUPTIONS(X)
#undef X
    };
    return WAYS[way](self);
}

bool train_draft_spoil_by(train_draft *draft, const train_corpus *corpus, size_t sentence,
                          enum train_corruption way, train_random *random) {
    const spoiler self = {draft, corpus, sentence, random, .plainly = true};
    return spoil_in(way, &self);
}

bool train_draft_spoil(train_draft *draft, const train_corpus *corpus, size_t sentence,
                       const uint32_t *shares, train_random *random) {
    uint32_t all = 0;
    for (int i = 0; i < TRAIN_SPOILS; i++) all += shares[i];
    if (all == 0) return false;
    uint32_t drawn = train_random_below(random, all);
    int way = 0;
    while (drawn >= shares[way]) drawn -= shares[way++];
    const spoiler self = {draft, corpus, sentence, random, .plainly = false};
    return spoil_in((enum train_corruption)way, &self);
}
