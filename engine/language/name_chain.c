#include "language/name_chain.h"

#include <stdlib.h>

#include "base/utf8.h"

enum {
    MOST_NAMESAKES = 16,  /* names with one first or last word that are looked at */
    LONGEST_FULL_NAME = 3 /* words of a name whose first one may stand alone */
};

/* A distinct name, by its words. */
typedef struct {
    mtc_mention first;                    /* its first mention */
    uint32_t parent;                      /* union-find; itself: a root */
    uint32_t next_of_last, next_of_first; /* the name with the same word before it */
    bool has_title;                       /* somewhere in the article */
} name;

typedef struct {
    uint64_t hash;
    uint32_t name;
} initials;

typedef struct {
    const mtc_mention_words *words;
    const mtc_document *doc;
    MTC_VECTOR(name) names;
    uint32_t *by_last, *by_first; /* by word: the latest name that ends or begins so */
    uint32_t *of_token;           /* a name while reading, then its chain */
    initials *acronyms;           /* what longer names can be shortened to, sorted */
    size_t acronym_count;
} chains;

static uint32_t stem_at(const chains *self, uint32_t token) {
    return mtc_token_stem_id(self->doc, mtc_token_at(self->doc, token));
}

static uint32_t knowledge_at(const chains *self, uint32_t token) {
    const mtc_document *const doc = self->doc;
    return doc->words.at[doc->words.at[mtc_token_at(doc, token)->word].stem].knowledge;
}

static uint32_t root_of(chains *self, uint32_t at) {
    name *const names = self->names.at;
    while (names != NULL && names[at].parent != at) {
        names[at].parent = names[names[at].parent].parent;
        at = names[at].parent;
    }
    return at;
}

/* --- Distinct names --- */

/* "On Monday Ms Holm": the day is no part of the name, which begins behind it. */
static bool next_mention(const chains *self, uint32_t from, uint32_t end,
                         mtc_mention *ret_mention) {
    while (mtc_mention_next(self->words, self->doc, from, end, ret_mention)) {
        if (!mtc_token_is_in(self->words->calendar, self->doc,
                             mtc_token_at(self->doc, ret_mention->first)))
            return true;
        from = ret_mention->first + 1;
    }
    return false;
}

static uint32_t find_name(const chains *self, const mtc_mention *mention) {
    uint32_t at = self->by_last[stem_at(self, mention->end - 1)];
    for (size_t i = 0; self->names.at != NULL && at != MTC_NONE && i < MOST_NAMESAKES;
         i++) {
        const name *const known = &self->names.at[at];
        if (mtc_mention_compare(self->words, self->doc, &known->first, mention) ==
            MTC_MENTIONS_EQUAL)
            return at;
        at = known->next_of_last;
    }
    return MTC_NONE;
}

static bool add_mention(chains *self, const mtc_mention *mention) {
    uint32_t at = find_name(self, mention);
    if (at == MTC_NONE) {
        at = (uint32_t)self->names.count;
        uint32_t *const last = &self->by_last[stem_at(self, mention->end - 1)];
        uint32_t *const first = &self->by_first[stem_at(self, mention->name)];
        const name fresh = {.first = *mention,
                            .parent = at,
                            .next_of_last = *last,
                            .next_of_first = *first};
        if (!mtc_vector_push(&self->names, self->doc->arena, fresh)) return false;
        *last = *first = at;
    }
    if (self->names.at != NULL && mtc_mention_has_title(mention))
        self->names.at[at].has_title = true;
    for (uint32_t i = mention->first; i < mention->end; i++) self->of_token[i] = at;
    return true;
}

static mtc_status read_names(chains *self) {
    const mtc_document *const doc = self->doc;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        const uint32_t end = sentence->first_token + sentence->token_count;
        if (mtc_budget_spend(doc->budget, sentence->token_count + 1) != MTC_OK)
            return MTC_DEADLINE;
        mtc_mention mention;
        for (uint32_t from = sentence->first_token;
             next_mention(self, from, end, &mention); from = mention.end) {
            if (mtc_mention_length(&mention) > 0 && !add_mention(self, &mention))
                return MTC_NO_MEMORY;
        }
    }
    return MTC_OK;
}

/* --- Acronyms --- */

static int compare_initials(const void *a, const void *b) {
    const initials *const left = a, *const right = b;
    if (left->hash != right->hash) return left->hash < right->hash ? -1 : 1;
    return left->name < right->name ? -1 : left->name > right->name;
}

static uint64_t hash_with(uint64_t hash, uint32_t codepoint) {
    return (hash ^ codepoint) * UINT64_C(0x100000001B3); /* FNV-1a */
}

static uint64_t hash_of_initials(const chains *self, const mtc_mention *mention) {
    uint64_t hash = 0;
    for (uint32_t i = mention->name; i < mention->end; i++) {
        const mtc_token *const part = mtc_token_at(self->doc, i);
        const mtc_str text = mtc_token_folded(self->doc, part);
        uint32_t begin = 0;
        if (text.len == 0 || mtc_token_is_in(self->words->particles, self->doc, part))
            continue;
        hash = hash_with(hash, mtc_utf8_next(text, &begin));
    }
    return hash;
}

static uint64_t hash_of_letters(mtc_str text) {
    uint64_t hash = 0;
    for (uint32_t at = 0; at < text.len;) {
        const uint32_t letter = mtc_utf8_next(text, &at);
        if (letter != '.') hash = hash_with(hash, letter);
    }
    return hash;
}

static bool sort_acronyms(chains *self) {
    self->acronyms = MTC_TAKE(self->doc->arena, initials, self->names.count);
    if (self->acronyms == NULL) return false;
    for (uint32_t i = 0; i < self->names.count; i++) {
        const mtc_mention *const mention = &self->names.at[i].first;
        if (mtc_mention_length(mention) < 2) continue;
        self->acronyms[self->acronym_count++] =
            (initials){hash_of_initials(self, mention), i};
    }
    if (self->acronym_count > 0)
        qsort(self->acronyms, self->acronym_count, sizeof *self->acronyms,
              compare_initials);
    return true;
}

/* Place of the first with this hash or a larger one. */
static size_t first_acronym(const chains *self, uint64_t hash) {
    size_t low = 0, high = self->acronym_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (self->acronyms[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- Which longer name a shorter one means --- */

enum { AMBIGUOUS = MTC_NONE - 1 };

/* Can the last words of a longer name stand for all of it? */
static bool is_surname(const chains *self, const name *shorter) {
    const uint32_t place = MTC_NAME_PLACE | MTC_NAME_COUNTRY | MTC_NAME_DEMONYM;
    return shorter->has_title || mtc_mention_length(&shorter->first) > 1 ||
           (knowledge_at(self, shorter->first.name) & place) == 0;
}

static bool is_forename(const chains *self, const name *shorter, const name *longer) {
    const uint32_t known = knowledge_at(self, shorter->first.name);
    return mtc_mention_length(&shorter->first) == 1 &&
           mtc_mention_length(&longer->first) <= LONGEST_FULL_NAME &&
           (known & MTC_NAME_FIRST) != 0 &&
           (known & (MTC_NAME_PLACE | MTC_NAME_COUNTRY)) == 0;
}

static void consider(chains *self, uint32_t shorter, uint32_t longer,
                     uint32_t *candidate) {
    const name *const a = &self->names.at[longer], *const b = &self->names.at[shorter];
    if (mtc_mention_length(&a->first) <= mtc_mention_length(&b->first)) return;
    switch (mtc_mention_compare(self->words, self->doc, &a->first, &b->first)) {
    case MTC_MENTIONS_SURNAME:
        if (!is_surname(self, b)) return;
        break;
    case MTC_MENTIONS_FORENAME:
        if (!is_forename(self, b, a)) return;
        break;
    case MTC_MENTIONS_ACRONYM: break;
    default: return;
    }
    const uint32_t root = root_of(self, longer);
    *candidate = *candidate == MTC_NONE || *candidate == root ? root : AMBIGUOUS;
}

static void link_name(chains *self, uint32_t at) {
    const mtc_mention *const mention = &self->names.at[at].first;
    uint32_t candidate = MTC_NONE;
    uint32_t other = self->by_last[stem_at(self, mention->end - 1)];
    for (size_t i = 0; other != MTC_NONE && i < MOST_NAMESAKES; i++) {
        consider(self, at, other, &candidate);
        other = self->names.at[other].next_of_last;
    }
    other = self->by_first[stem_at(self, mention->name)];
    for (size_t i = 0; other != MTC_NONE && i < MOST_NAMESAKES; i++) {
        consider(self, at, other, &candidate);
        other = self->names.at[other].next_of_first;
    }
    const mtc_token *const only = mtc_token_at(self->doc, mention->name);
    if (mtc_mention_length(mention) == 1 && only->shape == MTC_SHAPE_UPPER) {
        const uint64_t hash = hash_of_letters(mtc_token_folded(self->doc, only));
        size_t place = first_acronym(self, hash);
        for (size_t i = 0; i < MOST_NAMESAKES && place < self->acronym_count &&
                           self->acronyms[place].hash == hash;
             i++, place++)
            consider(self, at, self->acronyms[place].name, &candidate);
    }
    if (candidate != MTC_NONE && candidate != AMBIGUOUS)
        self->names.at[at].parent = candidate;
}

/* Longer names first, so that each shorter one finds whole chains. */
static mtc_status link_names(chains *self) {
    uint32_t longest = 0;
    for (size_t i = 0; i < self->names.count; i++) {
        const uint32_t length = mtc_mention_length(&self->names.at[i].first);
        if (length > longest) longest = length;
    }
    const uint32_t most = longest < 8 ? longest : 8; /* longer ones link to nothing */
    for (uint32_t length = most; length > 0; length--) {
        for (uint32_t i = 0; i < self->names.count; i++) {
            if (mtc_budget_spend(self->doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
            if (mtc_mention_length(&self->names.at[i].first) == length)
                link_name(self, i);
        }
    }
    return MTC_OK;
}

static const mtc_name_chains *number(chains *self) {
    mtc_name_chains *const made = MTC_TAKE(self->doc->arena, mtc_name_chains, 1);
    uint32_t *const numbers = MTC_TAKE(self->doc->arena, uint32_t, self->names.count);
    if (made == NULL || numbers == NULL) return NULL;
    for (uint32_t i = 0; i < self->names.count; i++)
        numbers[i] = root_of(self, i) == i ? made->count++ : MTC_NONE;
    for (size_t i = 0; i < self->doc->tokens.count; i++)
        if (self->of_token[i] != MTC_NONE)
            self->of_token[i] = numbers[root_of(self, self->of_token[i])];
    made->of_token = self->of_token;
    return made;
}

mtc_status mtc_name_chains_read(const mtc_mention_words *words, const mtc_document *doc,
                                const mtc_name_chains **ret_chains) {
    chains self = {.words = words,
                   .doc = doc,
                   .by_last = MTC_TAKE(doc->arena, uint32_t, doc->words.count),
                   .by_first = MTC_TAKE(doc->arena, uint32_t, doc->words.count),
                   .of_token = MTC_TAKE(doc->arena, uint32_t, doc->tokens.count)};
    if (self.by_last == NULL || self.by_first == NULL || self.of_token == NULL)
        return MTC_NO_MEMORY;
    memset(self.by_last, 0xFF, doc->words.count * sizeof *self.by_last);
    memset(self.by_first, 0xFF, doc->words.count * sizeof *self.by_first);
    memset(self.of_token, 0xFF, doc->tokens.count * sizeof *self.of_token);
    mtc_status status = read_names(&self);
    if (status == MTC_OK && !sort_acronyms(&self)) status = MTC_NO_MEMORY;
    if (status == MTC_OK) status = link_names(&self);
    if (status != MTC_OK) return status;
    *ret_chains = number(&self);
    return *ret_chains == NULL ? MTC_NO_MEMORY : MTC_OK;
}
