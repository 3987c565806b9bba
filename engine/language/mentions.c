#include "language/mentions.h"

#include "base/utf8.h"
#include "language/shares.h"

enum {
    FUNCTION_WORD = 60,      /* percent of readings: The, With, She */
    LONGEST_TITLE = 4,       /* words: deputy prime minister general */
    LONGEST_PARTICLE_RUN = 3 /* of the, van der, de la */
};

void mtc_mention_words_init(mtc_mention_words *words, const mtc_wordlists *lists) {
    words->titles = mtc_wordlists_get(lists, "titles");
    words->particles = mtc_wordlists_get(lists, "name-particles");
    words->calendar = mtc_wordlists_get(lists, "calendar");
}

bool mtc_token_is_in(const mtc_wordset *list, const mtc_document *doc,
                     const mtc_token *token) {
    mtc_str text = doc->words.at[mtc_token_stem_id(doc, token)].text;
    if (mtc_wordset_has(list, text)) return true;
    if (text.len < 2 || text.ptr[text.len - 1] != '.') return false;
    text.len--;
    return mtc_wordset_has(list, text);
}

bool mtc_token_is_name_part(const mtc_document *doc, const mtc_token *token) {
    if (token->kind != MTC_TOKEN_WORD) return false;
    switch (token->shape) {
    case MTC_SHAPE_UPPER:
    case MTC_SHAPE_MIXED: return true;
    case MTC_SHAPE_CAPITAL: break;
    default: return false;
    }
    const unsigned function = mtc_form_share(doc, token, MTC_SHARE_FUNCTION);
    if (function >= FUNCTION_WORD) return false;
    if ((token->flags & MTC_TOKEN_STARTS_SENTENCE) == 0) return true;
    if ((doc->words.at[token->word].knowledge & MTC_NAME_ANY) != 0) return true;
    /* The capital of a first word says nothing. */
    return !mtc_token_has_shares(doc, token) ||
           mtc_form_share(doc, token, MTC_SHARE_NOMINAL) >= 50;
}

bool mtc_token_is_title(const mtc_mention_words *words, const mtc_document *doc,
                        const mtc_token *token) {
    if (token->kind != MTC_TOKEN_WORD || (token->flags & MTC_TOKEN_POSSESSIVE) != 0) {
        return false;
    }
    if (mtc_token_is_in(words->titles, doc, token)) return true;
    const mtc_str text = mtc_token_folded(doc, token);
    const char *const hyphen = memrchr(text.ptr, '-', text.len);
    if (hyphen == NULL) return false;
    const size_t skipped = (size_t)(hyphen + 1 - text.ptr);
    return mtc_wordset_has(words->titles,
                           (mtc_str){text.ptr + skipped, text.len - skipped});
}

static bool follows_closely(const mtc_token *token) {
    return (token->flags & MTC_TOKEN_SPACE_BEFORE) != 0;
}

/* How many tokens from `at` on form one entry of the titles, longest first. */
static uint32_t title_length(const mtc_mention_words *words, const mtc_document *doc,
                             uint32_t at, uint32_t end) {
    char joined[96];
    uint32_t found = 0;
    size_t length = 0;
    const uint32_t longest =
        words->titles->longest < LONGEST_TITLE ? words->titles->longest : LONGEST_TITLE;
    for (uint32_t i = 0; i < longest && at + i < end; i++) {
        const mtc_token *const token = &doc->tokens.at[at + i];
        if (token->kind != MTC_TOKEN_WORD || (token->flags & MTC_TOKEN_POSSESSIVE) != 0 ||
            (i > 0 && !follows_closely(token))) {
            break;
        }
        const mtc_str text = mtc_token_folded(doc, token);
        if (length + text.len + 1 > sizeof joined) break;
        if (i > 0) joined[length++] = ' ';
        memcpy(joined + length, text.ptr, text.len);
        length += text.len;
        const size_t without_stop = length - (joined[length - 1] == '.');
        if (mtc_wordset_has(words->titles, (mtc_str){joined, length}) ||
            mtc_wordset_has(words->titles, (mtc_str){joined, without_stop})) {
            found = i + 1;
        }
    }
    return found;
}

/* Behind particles at `at` a word with a capital must follow: its index, else `at`. */
static uint32_t behind_particles(const mtc_mention_words *words, const mtc_document *doc,
                                 uint32_t at, uint32_t end) {
    for (uint32_t i = at; i < end && i - at <= LONGEST_PARTICLE_RUN; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        if (!follows_closely(token)) return at;
        if (i > at && mtc_token_is_name_part(doc, token)) return i;
        if (token->kind != MTC_TOKEN_WORD || token->shape != MTC_SHAPE_LOWER ||
            !mtc_token_is_in(words->particles, doc, token)) {
            return at;
        }
    }
    return at;
}

static uint32_t name_end(const mtc_mention_words *words, const mtc_document *doc,
                         uint32_t at, uint32_t end) {
    while (at < end) {
        if ((doc->tokens.at[at].flags & MTC_TOKEN_POSSESSIVE) != 0) return at + 1;
        const uint32_t next = at + 1;
        if (next >= end || !follows_closely(&doc->tokens.at[next])) return next;
        if (mtc_token_is_name_part(doc, &doc->tokens.at[next])) {
            at = next;
            continue;
        }
        const uint32_t behind = behind_particles(words, doc, next, end);
        if (behind == next) return next;
        at = behind;
    }
    return end;
}

/* Titles with capitals in front of the name, and one title without ("president Holm"). */
static uint32_t name_begin(const mtc_mention_words *words, const mtc_document *doc,
                           uint32_t first, uint32_t end) {
    uint32_t at = first;
    while (at < end) {
        const uint32_t length = title_length(words, doc, at, end);
        if (length == 0) break;
        at += length;
    }
    return at < end ? at : end;
}

bool mtc_mention_next(const mtc_mention_words *words, const mtc_document *doc,
                      uint32_t from, uint32_t end, mtc_mention *ret_mention) {
    while (from < end && !mtc_token_is_name_part(doc, &doc->tokens.at[from])) from++;
    if (from >= end) return false;
    const uint32_t last = name_end(words, doc, from, end);
    *ret_mention = (mtc_mention){
        .first = from,
        .end = last,
        .name = name_begin(words, doc, from, last),
        .possessive = (doc->tokens.at[last - 1].flags & MTC_TOKEN_POSSESSIVE) != 0,
    };
    return true;
}

static bool same_words(const mtc_document *doc, uint32_t a, uint32_t b, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (mtc_token_stem_id(doc, &doc->tokens.at[a + i]) !=
            mtc_token_stem_id(doc, &doc->tokens.at[b + i])) {
            return false;
        }
    }
    return true;
}

/* Is the one word of `later` made of the initials of `earlier`, particles left out? */
static bool is_acronym(const mtc_mention_words *words, const mtc_document *doc,
                       const mtc_mention *earlier, const mtc_mention *later) {
    const mtc_token *const token = &doc->tokens.at[later->name];
    if (mtc_mention_length(later) != 1 || token->shape != MTC_SHAPE_UPPER) return false;
    const mtc_str letters = mtc_token_folded(doc, token);
    uint32_t at = 0;
    for (uint32_t i = earlier->name; i < earlier->end; i++) {
        const mtc_token *const part = &doc->tokens.at[i];
        if (mtc_token_is_in(words->particles, doc, part)) continue;
        const mtc_str text = mtc_token_folded(doc, part);
        while (at < letters.len && letters.ptr[at] == '.') at++;
        if (at >= letters.len || text.len == 0) return false;
        uint32_t begin = 0;
        if (mtc_utf8_next(letters, &at) != mtc_utf8_next(text, &begin)) return false;
    }
    while (at < letters.len && letters.ptr[at] == '.') at++;
    return at == letters.len && letters.len >= 2;
}

/* `Bank of Sweden` does not end in a surname, `Ursula von der Leyen` does. */
static bool has_link(const mtc_mention_words *words, const mtc_document *doc,
                     uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        const mtc_wordset_entry *const entry =
            mtc_wordset_find(words->particles, mtc_token_folded(doc, &doc->tokens.at[i]));
        if (entry != NULL && entry->payload.len > 0) return true;
    }
    return false;
}

mtc_mention_link mtc_mention_compare(const mtc_mention_words *words,
                                     const mtc_document *doc, const mtc_mention *earlier,
                                     const mtc_mention *later) {
    const uint32_t longer = mtc_mention_length(earlier);
    const uint32_t shorter = mtc_mention_length(later);
    if (shorter == 0 || shorter > longer) return MTC_MENTIONS_DIFFER;
    if (shorter == longer) {
        return same_words(doc, earlier->name, later->name, longer) ? MTC_MENTIONS_EQUAL
                                                                   : MTC_MENTIONS_DIFFER;
    }
    const uint32_t rest = earlier->end - shorter;
    if (same_words(doc, rest, later->name, shorter)) {
        return has_link(words, doc, earlier->name, rest) ? MTC_MENTIONS_DIFFER
                                                         : MTC_MENTIONS_SURNAME;
    }
    if (same_words(doc, earlier->name, later->name, shorter)) {
        return MTC_MENTIONS_FORENAME;
    }
    return is_acronym(words, doc, earlier, later) ? MTC_MENTIONS_ACRONYM
                                                  : MTC_MENTIONS_DIFFER;
}

bool mtc_mention_titles_agree(const mtc_document *doc, const mtc_mention *a,
                              const mtc_mention *b) {
    const uint32_t count = a->name - a->first;
    return count == b->name - b->first && same_words(doc, a->first, b->first, count);
}
