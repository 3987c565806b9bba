#include "language/neighbour.h"

/* What a slip of this kind costs against frequency, in centibels: the share of each kind
 * among typing errors, roughly (Kernighan, Church and Gale 1990). */
static const int16_t COSTS[] = {[MTC_SLIP_DOUBLED] = 0,
                                [MTC_SLIP_TRANSPOSED] = 20,
                                [MTC_SLIP_DROPPED] = 60,
                                [MTC_SLIP_ADDED] = 60,
                                [MTC_SLIP_REPLACED] = 90};

static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz";

/* Hashes of the form's parts, so that a candidate's hash takes no look at its bytes. */
typedef struct {
    uint64_t head[MTC_LONGEST_SLIP + 1]; /* of the first i bytes */
    uint64_t tail[MTC_LONGEST_SLIP + 1]; /* of the bytes from i on */
    uint64_t power[MTC_LONGEST_SLIP + 1];
} part_hashes;

typedef struct {
    const mtc_language *language;
    const mtc_form_filter *words;
    mtc_str form;
    part_hashes hashes;
    char candidate[MTC_LONGEST_SLIP + 1];
    mtc_neighbour best;
    int best_value;
} quest;

static void hash_parts(mtc_str form, part_hashes *hashes) {
    hashes->head[0] = 0;
    hashes->power[0] = 1;
    for (size_t i = 0; i < form.len; i++) {
        hashes->head[i + 1] = mtc_form_hash_next(hashes->head[i], form.ptr[i]);
        hashes->power[i + 1] = hashes->power[i] * MTC_FORM_POWER;
    }
    hashes->tail[form.len] = 0;
    for (size_t i = form.len; i-- > 0;) {
        const uint64_t alone = (unsigned char)form.ptr[i];
        hashes->tail[i] = alone * hashes->power[form.len - i - 1] + hashes->tail[i + 1];
    }
}

/* Can the form be a word when `head` goes before its bytes from `from` on? */
static bool may_be_word(const quest *search, uint64_t head, size_t from) {
    const part_hashes *const hashes = &search->hashes;
    return mtc_form_filter_may_have(search->words,
                                    head * hashes->power[search->form.len - from] +
                                        hashes->tail[from]);
}

static void weigh(quest *search, size_t length, mtc_slip slip) {
    const mtc_lexeme *lexeme;
    const mtc_str form = {search->candidate, length};
    if (!mtc_language_has_word(search->language, form, &lexeme)) return;
    if (lexeme->capital != MTC_CAPITAL_UNKNOWN && lexeme->capital > 60) return;
    const int value = lexeme->centibels - COSTS[slip];
    if (search->best.slip != MTC_SLIP_NONE && value <= search->best_value) return;
    search->best_value = value;
    search->best = (mtc_neighbour){
        .slip = slip, .centibels = lexeme->centibels, .length = (uint8_t)length};
    memcpy(search->best.form, form.ptr, length);
}

/* Does a letter at `at` stand beside an equal one? */
static bool is_doubled(mtc_str form, size_t at) {
    return (at > 0 && form.ptr[at - 1] == form.ptr[at]) ||
           (at + 1 < form.len && form.ptr[at + 1] == form.ptr[at]);
}

/* The candidate is the form without the letter at `at`: it was added. */
static void try_without(quest *search, size_t at) {
    const mtc_str form = search->form;
    if (!may_be_word(search, search->hashes.head[at], at + 1)) return;
    memcpy(search->candidate, form.ptr, at);
    memcpy(search->candidate + at, form.ptr + at + 1, form.len - at - 1);
    weigh(search, form.len - 1, is_doubled(form, at) ? MTC_SLIP_DOUBLED : MTC_SLIP_ADDED);
}

static void try_swapped(quest *search, size_t at) {
    const mtc_str form = search->form;
    if (at + 1 >= form.len || form.ptr[at] == form.ptr[at + 1]) return;
    const uint64_t head = mtc_form_hash_next(
        mtc_form_hash_next(search->hashes.head[at], form.ptr[at + 1]), form.ptr[at]);
    if (!may_be_word(search, head, at + 2)) return;
    memcpy(search->candidate, form.ptr, form.len);
    search->candidate[at] = form.ptr[at + 1];
    search->candidate[at + 1] = form.ptr[at];
    weigh(search, form.len, MTC_SLIP_TRANSPOSED);
}

static void try_replaced(quest *search, size_t at) {
    const mtc_str form = search->form;
    for (const char *letter = LETTERS; *letter != '\0'; letter++) {
        const uint64_t head = mtc_form_hash_next(search->hashes.head[at], *letter);
        if (*letter == form.ptr[at] || !may_be_word(search, head, at + 1)) continue;
        memcpy(search->candidate, form.ptr, form.len);
        search->candidate[at] = *letter;
        weigh(search, form.len, MTC_SLIP_REPLACED);
    }
}

/* The candidate has a letter more before `at`: it was dropped. */
static void try_with(quest *search, size_t at) {
    const mtc_str form = search->form;
    for (const char *letter = LETTERS; *letter != '\0'; letter++) {
        const uint64_t head = mtc_form_hash_next(search->hashes.head[at], *letter);
        if (!may_be_word(search, head, at)) continue;
        memcpy(search->candidate, form.ptr, at);
        search->candidate[at] = *letter;
        memcpy(search->candidate + at + 1, form.ptr + at, form.len - at);
        const bool doubles = is_doubled((mtc_str){search->candidate, form.len + 1}, at);
        weigh(search, form.len + 1, doubles ? MTC_SLIP_DOUBLED : MTC_SLIP_DROPPED);
    }
}

bool mtc_neighbour_find(const mtc_language *language, mtc_str folded,
                        mtc_neighbour *ret_neighbour) {
    if (folded.len < 2 || folded.len >= MTC_LONGEST_SLIP) return false;
    for (size_t i = 0; i < folded.len; i++) {
        if (folded.ptr[i] < 'a' || folded.ptr[i] > 'z') return false;
    }
    quest search = {
        .language = language, .words = mtc_language_words(language), .form = folded};
    hash_parts(folded, &search.hashes);
    for (size_t at = 0; at < folded.len; at++) {
        try_without(&search, at);
        try_swapped(&search, at);
        try_replaced(&search, at);
        try_with(&search, at);
    }
    try_with(&search, folded.len);
    if (search.best.slip == MTC_SLIP_NONE) return false;
    *ret_neighbour = search.best;
    return true;
}

static size_t shared_head(mtc_str a, mtc_str b) {
    size_t length = 0;
    while (length < a.len && length < b.len && a.ptr[length] == b.ptr[length]) length++;
    return length;
}

static bool equal_tails(mtc_str a, size_t a_from, mtc_str b, size_t b_from) {
    return mtc_str_equal((mtc_str){a.ptr + a_from, a.len - a_from},
                         (mtc_str){b.ptr + b_from, b.len - b_from});
}

mtc_slip mtc_slip_between(mtc_str wrong, mtc_str right, size_t *ret_at) {
    const size_t at = shared_head(wrong, right);
    mtc_slip slip = MTC_SLIP_NONE;
    if (wrong.len == right.len && at < wrong.len) {
        if (equal_tails(wrong, at + 1, right, at + 1)) {
            slip = MTC_SLIP_REPLACED;
        } else if (at + 1 < wrong.len && wrong.ptr[at] == right.ptr[at + 1] &&
                   wrong.ptr[at + 1] == right.ptr[at] &&
                   equal_tails(wrong, at + 2, right, at + 2)) {
            slip = MTC_SLIP_TRANSPOSED;
        }
    } else if (wrong.len == right.len + 1 && equal_tails(wrong, at + 1, right, at)) {
        slip = is_doubled(wrong, at) ? MTC_SLIP_DOUBLED : MTC_SLIP_ADDED;
    } else if (wrong.len + 1 == right.len && equal_tails(wrong, at, right, at + 1)) {
        slip = is_doubled(right, at) ? MTC_SLIP_DOUBLED : MTC_SLIP_DROPPED;
    }
    if (slip != MTC_SLIP_NONE) *ret_at = at;
    return slip;
}
