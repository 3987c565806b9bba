/* A word inside a name where it cannot stand: "Joe US Biden", "Keir Mr Starmer"; and a
 * name the other way round than everywhere else: "Marin Sanna".
 *
 * A title, a club's FC, a country's letters or "former" between two parts of a name is
 * believed to be an intruder only on evidence: the article has the two parts side by
 * side elsewhere, or they are a known first name and a known surname.
 */
#include "base/status.h"
#include "detect/detector.h"
#include "language/mentions.h"
#include "language/shares.h"

static const char *const RULES[] = {"garbled.split-name", NULL};

enum {
    NOMINAL = 50, /* percent of readings */
    ADJECTIVE_SHARE = 80,
    SHORTEST_LETTERS = 3, /* NATO; JR and LL are initials */
    LONGEST_LETTERS = 5,
};

typedef struct {
    mtc_mention_words words;
    const mtc_wordset *intruders;          /* name-intruders.txt: folded word, kind */
    const mtc_wordset *pairs;              /* name-pairs.txt: white house */
    const mtc_wordset *place_prepositions; /* place-prepositions.txt: in, near */
    double seen, known, together, odd, turned;
} self_type;

/* What a word is when it stands outside names; decides what evidence it takes. */
typedef enum { NO_INTRUDER, TITLE, RANK, CLUB, COUNTRY, ADJECTIVE, OTHER } intruder_kind;

/* Counts of word pairs by open addressing; keys are folded ids + 1, 0: free. */
typedef struct {
    uint64_t *keys;
    uint32_t *counts;
    size_t mask;
} pair_counts;

typedef struct {
    pair_counts adjacent; /* "Joe Biden" */
    pair_counts split;    /* "Joe … Biden" with one word between */
} name_pairs;

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    self_type *const self = MTC_TAKE(setup->arena, self_type, 1);
    if (self == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for names");
    const mtc_rule *const rule = setup->rules[0];
    mtc_mention_words_init(&self->words, setup->lists);
    self->intruders = mtc_wordlists_get(setup->lists, "name-intruders");
    self->pairs = mtc_wordlists_get(setup->lists, "name-pairs");
    self->place_prepositions = mtc_wordlists_get(setup->lists, "place-prepositions");
    self->seen = mtc_rule_number(rule, "seen", 0.85);
    self->known = mtc_rule_number(rule, "known", 0.8);
    self->together = mtc_rule_number(rule, "together", 0.7);
    self->odd = mtc_rule_number(rule, "odd", 0.6);
    self->turned = mtc_rule_number(rule, "turned", 0.65);
    *ret_self = self;
    return MTC_OK;
}

static uint64_t pair_key(const mtc_document *doc, const mtc_token *a,
                         const mtc_token *b) {
    return ((uint64_t)mtc_token_stem_id(doc, a) + 1) << 32 | mtc_token_stem_id(doc, b);
}

static uint32_t *pair_slot(const pair_counts *pairs, uint64_t key) {
    size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & pairs->mask;
    while (pairs->keys[slot] != 0 && pairs->keys[slot] != key) {
        slot = (slot + 1) & pairs->mask;
    }
    pairs->keys[slot] = key;
    return &pairs->counts[slot];
}

static uint32_t pair_count(const pair_counts *pairs, uint64_t key) {
    size_t slot = (size_t)(key * 0x9E3779B97F4A7C15u >> 20) & pairs->mask;
    while (pairs->keys[slot] != 0 && pairs->keys[slot] != key) {
        slot = (slot + 1) & pairs->mask;
    }
    return pairs->keys[slot] == key ? pairs->counts[slot] : 0;
}

static bool pair_counts_init(pair_counts *pairs, size_t most, mtc_arena *arena) {
    size_t size = 16;
    while (size < 2 * most + 2) size *= 2;
    pairs->keys = MTC_TAKE(arena, uint64_t, size);
    pairs->counts = MTC_TAKE(arena, uint32_t, size);
    pairs->mask = size - 1;
    return pairs->keys != NULL && pairs->counts != NULL;
}

static bool follows_closely(const mtc_token *before, const mtc_token *token) {
    return token->sentence == before->sentence && token->sentence != MTC_NONE &&
           (token->flags & MTC_TOKEN_SPACE_BEFORE) != 0 &&
           (before->flags & MTC_TOKEN_POSSESSIVE) == 0;
}

static mtc_status count_pairs(const mtc_document *doc, name_pairs *ret_pairs) {
    name_pairs pairs;
    size_t capitals = 0;
    for (size_t i = 0; i < doc->tokens.count; i++) {
        capitals += mtc_token_is_name_part(doc, &doc->tokens.at[i]);
    }
    if (!pair_counts_init(&pairs.adjacent, capitals, doc->arena) ||
        !pair_counts_init(&pairs.split, capitals, doc->arena)) {
        return MTC_NO_MEMORY;
    }
    for (uint32_t i = 1; i < doc->tokens.count; i++) {
        const mtc_token *const token = mtc_token_at(doc, i);
        if (!mtc_token_is_name_part(doc, token) || !follows_closely(token - 1, token)) {
            continue;
        }
        if (mtc_token_is_name_part(doc, token - 1)) {
            ++*pair_slot(&pairs.adjacent, pair_key(doc, token - 1, token));
        }
        if (i >= 2 && mtc_token_is_name_part(doc, token - 2) &&
            follows_closely(token - 2, token - 1)) {
            ++*pair_slot(&pairs.split, pair_key(doc, token - 2, token));
        }
    }
    *ret_pairs = pairs;
    return MTC_OK;
}

/* "Joe young Biden", "Joe NATO Biden": an adjective, or letters that are no initials. */
static bool is_other_intruder(const mtc_document *doc, const mtc_token *token) {
    if (token->shape == MTC_SHAPE_UPPER) {
        const mtc_str text = mtc_token_text(doc, token);
        return text.len >= SHORTEST_LETTERS && text.len <= LONGEST_LETTERS &&
               (token->flags & MTC_TOKEN_ABBREVIATION) == 0;
    }
    return token->shape == MTC_SHAPE_LOWER &&
           mtc_form_share(doc, token, 1 << MTC_TAG_ADJECTIVE) >= ADJECTIVE_SHARE;
}

static intruder_kind kind_of(const self_type *self, const mtc_document *doc,
                             const mtc_token *token) {
    static const struct {
        const char *name;
        intruder_kind kind;
    } KINDS[] = {
        {"title", TITLE},     {"rank", RANK},           {"club", CLUB},
        {"country", COUNTRY}, {"adjective", ADJECTIVE},
    };
    if (token->kind != MTC_TOKEN_WORD || (token->flags & MTC_TOKEN_POSSESSIVE) != 0) {
        return NO_INTRUDER;
    }
    mtc_str text = mtc_token_folded(doc, token);
    const mtc_wordset_entry *entry = mtc_wordset_find(self->intruders, text);
    if (entry == NULL && text.len > 1 && text.ptr[text.len - 1] == '.') {
        text.len--;
        entry = mtc_wordset_find(self->intruders, text);
    }
    if (entry == NULL) return is_other_intruder(doc, token) ? OTHER : NO_INTRUDER;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (!mtc_str_equal(entry->payload, mtc_str_of(KINDS[i].name))) continue;
        const bool lower = token->shape == MTC_SHAPE_LOWER;
        const bool spoken = KINDS[i].kind == TITLE || KINDS[i].kind == RANK;
        const bool fits = KINDS[i].kind == ADJECTIVE ? lower
                          : spoken                   ? token->shape == MTC_SHAPE_CAPITAL
                                                     : token->shape == MTC_SHAPE_UPPER;
        return fits ? KINDS[i].kind : NO_INTRUDER;
    }
    return NO_INTRUDER;
}

static uint32_t knowledge_of(const mtc_document *doc, const mtc_token *token) {
    return doc->words.at[doc->words.at[token->word].stem].knowledge;
}

static bool knows(const mtc_document *doc, const mtc_token *token, uint32_t bits) {
    return (knowledge_of(doc, token) & bits) != 0;
}

static bool is_plain_first_name(const self_type *self, const mtc_document *doc,
                                const mtc_token *token) {
    return knows(doc, token, MTC_NAME_FIRST) &&
           !knows(doc, token, MTC_NAME_COUNTRY | MTC_NAME_DEMONYM) &&
           !mtc_token_is_in(self->words.calendar, doc, token) &&
           !mtc_token_is_title(&self->words, doc, token);
}

/* A word of the language that names nobody: Peace, Protection. */
static bool is_common_noun(const mtc_document *doc, const mtc_token *token) {
    return !knows(doc, token, MTC_NAME_LAST | MTC_NAME_FIRST) &&
           mtc_form_share(doc, token, 1 << MTC_TAG_NOUN) >= NOMINAL;
}

/* A name, as far as the word itself tells. */
static bool is_name(const self_type *self, const mtc_document *doc,
                    const mtc_token *token) {
    return knows(doc, token, MTC_NAME_LAST | MTC_NAME_FIRST | MTC_NAME_SEEN) &&
           mtc_form_share(doc, token, 1 << MTC_TAG_NOUN) < NOMINAL &&
           !mtc_token_is_in(self->words.calendar, doc, token) &&
           !mtc_token_is_title(&self->words, doc, token);
}

/* Neither a name nor the beginning of one: Foreign, Health. No club is called so. */
static bool is_plain_word(const mtc_document *doc, const mtc_token *token) {
    return token->shape == MTC_SHAPE_CAPITAL &&
           !knows(doc, token, MTC_NAME_ANY & ~(unsigned)MTC_NAME_BELIEVED) &&
           mtc_form_share(doc, token, MTC_SHARE_NOMINAL) >= 80 &&
           mtc_form_share(doc, token, 1 << MTC_TAG_PROPER) < 30 &&
           (mtc_token_lexeme(doc, token)->share[MTC_TAG_NOUN] < NOMINAL ||
            mtc_token_lexeme(doc, token)->plural < NOMINAL);
}

/* "in London", "outside Lyon": what stands behind such a word is where, not who. */
static bool is_placed(const self_type *self, const mtc_document *doc,
                      const mtc_token *token) {
    return token > doc->tokens.at && (token - 1)->sentence == token->sentence &&
           mtc_token_is_in(self->place_prepositions, doc, token - 1);
}

/* Does the name begin here, titles before it looked through? */
static bool begins_name(const self_type *self, const mtc_document *doc,
                        const mtc_token *token) {
    return token == doc->tokens.at || !mtc_token_is_name_part(doc, token - 1) ||
           !follows_closely(token - 1, token) ||
           mtc_token_is_title(&self->words, doc, token - 1);
}

static bool ends_chain(const mtc_document *doc, const mtc_token *token) {
    return token + 1 >= doc->tokens.at + doc->tokens.count ||
           !mtc_token_is_name_part(doc, token + 1) || !follows_closely(token, token + 1);
}

/* A name of somebody or something, where "in", "of" and titles do not explain it. */
static bool is_bare_name(const self_type *self, const mtc_document *doc,
                         const mtc_token *token) {
    const bool only_place = knows(doc, token, MTC_NAME_PLACE) &&
                            !knows(doc, token, MTC_NAME_FIRST | MTC_NAME_LAST);
    return (token->flags & MTC_TOKEN_STARTS_SENTENCE) == 0 && is_name(self, doc, token) &&
           !only_place &&
           !knows(doc, token,
                  MTC_NAME_COUNTRY | MTC_NAME_DEMONYM | MTC_NAME_ORGANISATION) &&
           begins_name(self, doc, token);
}

/* French, Danish: what never stands right before a title of courtesy. */
static bool is_nationality(const self_type *self, const mtc_document *doc,
                           const mtc_token *token) {
    return knows(doc, token, MTC_NAME_DEMONYM) && begins_name(self, doc, token) &&
           mtc_form_share(doc, token, 1 << MTC_TAG_ADJECTIVE) >= NOMINAL;
}

static double certainty_of_title(const self_type *self, const mtc_document *doc,
                                 const mtc_token *left, bool seen) {
    const mtc_token *const right = left + 2;
    if (mtc_token_is_title(&self->words, doc, left) ||
        mtc_token_is_title(&self->words, doc, right)) {
        return 0;
    }
    if (seen) return self->seen;
    if (is_placed(self, doc, left) || left->shape != MTC_SHAPE_CAPITAL ||
        !begins_name(self, doc, left) ||
        memchr(mtc_token_text(doc, left).ptr, '-', mtc_token_text(doc, left).len) !=
            NULL) {
        return 0;
    }
    if (is_plain_first_name(self, doc, left) && !is_common_noun(doc, right)) {
        return self->known;
    }
    if ((left->flags & MTC_TOKEN_STARTS_SENTENCE) != 0) return 0;
    const bool is_odd = is_common_noun(doc, right) || is_nationality(self, doc, left) ||
                        (is_bare_name(self, doc, left) && ends_chain(doc, right));
    return is_odd ? self->odd : 0;
}

static double certainty_of_club(const self_type *self, const mtc_document *doc,
                                const mtc_token *left, bool seen) {
    const mtc_token *const right = left + 2;
    if (seen) return self->seen;
    const bool right_is_place = knows(doc, right, MTC_NAME_PLACE | MTC_NAME_COUNTRY) &&
                                !knows(doc, right, MTC_NAME_FIRST | MTC_NAME_LAST);
    if (is_plain_first_name(self, doc, left) && is_name(self, doc, right) &&
        !right_is_place) {
        return self->known;
    }
    if (mtc_token_is_title(&self->words, doc, left)) {
        return is_plain_first_name(self, doc, right) ? self->known : 0;
    }
    return is_plain_word(doc, left) && !right_is_place && begins_name(self, doc, left)
               ? self->odd
               : 0;
}

/* "Bellerive former Oval in": an adjective, but no person or office behind it. */
static double certainty_of_adjective(const self_type *self, const mtc_document *doc,
                                     const mtc_token *left, bool seen) {
    const mtc_token *const right = left + 2;
    if (seen) return self->seen;
    if (is_placed(self, doc, left) || !is_bare_name(self, doc, left) ||
        right->shape != MTC_SHAPE_CAPITAL || !ends_chain(doc, right) ||
        knows(doc, right, MTC_NAME_FIRST | MTC_NAME_COUNTRY | MTC_NAME_DEMONYM)) {
        return 0;
    }
    const mtc_token *const next = right + 1;
    const bool goes_on = next < doc->tokens.at + doc->tokens.count &&
                         next->sentence == right->sentence &&
                         next->kind == MTC_TOKEN_WORD &&
                         mtc_token_share(doc, next, MTC_SHARE_NOMINAL) >= NOMINAL;
    return goes_on ? 0 : self->odd;
}

/* Do the two belong together in every article: "White House"? */
static bool is_known_pair(const self_type *self, const mtc_document *doc,
                          const mtc_token *left, const mtc_token *right) {
    char joined[64];
    const mtc_str a = doc->words.at[mtc_token_stem_id(doc, left)].text;
    const mtc_str b = doc->words.at[mtc_token_stem_id(doc, right)].text;
    if (a.len + 1 + b.len > sizeof joined) return false;
    memcpy(joined, a.ptr, a.len);
    joined[a.len] = ' ';
    memcpy(joined + a.len + 1, b.ptr, b.len);
    return mtc_wordset_has(self->pairs, (mtc_str){joined, a.len + 1 + b.len});
}

static double certainty(const self_type *self, const mtc_document *doc,
                        const name_pairs *pairs, const mtc_token *left,
                        intruder_kind kind) {
    const mtc_token *const right = left + 2;
    const uint64_t key = pair_key(doc, left, right);
    const uint32_t adjacent = pair_count(&pairs->adjacent, key);
    const uint32_t split = pair_count(&pairs->split, key);
    const bool seen = adjacent > 0 && split <= adjacent;
    if ((split > 1 && !seen) || left->word == left[1].word ||
        mtc_token_is_in(self->words.calendar, doc, left) ||
        mtc_token_is_in(self->words.calendar, doc, right)) {
        return 0;
    }
    const bool paired = kind != OTHER && is_known_pair(self, doc, left, right) &&
                        !mtc_token_is_title(&self->words, doc, right);
    if (paired) return self->known;
    if (kind == TITLE) return certainty_of_title(self, doc, left, seen);
    if (kind == CLUB) return certainty_of_club(self, doc, left, seen);
    if (mtc_token_is_title(&self->words, doc, right)) return 0;
    const bool person = is_plain_first_name(self, doc, left) &&
                        !is_placed(self, doc, left) && begins_name(self, doc, left);
    if (person && seen) return self->seen;
    /* "United US Nations", "Prime Sir Minister": what is always together elsewhere. */
    if (adjacent >= 2 && split == 1 && (kind == COUNTRY || kind == RANK) &&
        left->shape == MTC_SHAPE_CAPITAL &&
        !mtc_token_is_title(&self->words, doc, left) &&
        !knows(doc, left, MTC_NAME_DEMONYM)) {
        return self->together;
    }
    if (kind == OTHER || kind == RANK) return 0;
    if (person && is_name(self, doc, right) &&
        !knows(doc, right, MTC_NAME_COUNTRY | MTC_NAME_DEMONYM)) {
        return self->known;
    }
    return kind == ADJECTIVE ? certainty_of_adjective(self, doc, left, seen) : 0;
}

static mtc_status report(const mtc_detection *detection, const mtc_token *first,
                         const mtc_token *last, mtc_range mark, double confidence) {
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = mtc_range_join(first->at, last->at),
        .mark = mark,
        .confidence = (float)confidence,
    };
    return mtc_sink_add(detection->sink, &finding);
}

static mtc_status check_intruder(const mtc_detection *detection, const name_pairs *pairs,
                                 uint32_t index) {
    const self_type *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    const mtc_token *const token = mtc_token_at(doc, index);
    const intruder_kind kind = kind_of(self, doc, token);
    if (kind == NO_INTRUDER || index == 0 || index + 1 >= doc->tokens.count ||
        !mtc_token_is_name_part(doc, token - 1) ||
        !mtc_token_is_name_part(doc, token + 1) || !follows_closely(token - 1, token) ||
        !follows_closely(token, token + 1)) {
        return MTC_OK;
    }
    const double confidence = certainty(self, doc, pairs, token - 1, kind);
    if (confidence <= 0) return MTC_OK;
    return report(detection, token - 1, token + 1, token->at, confidence);
}

/* Part of a person's name, not of a place's or a body's. */
static bool can_be_turned(const self_type *self, const mtc_document *doc,
                          const mtc_token *part) {
    return mtc_form_share(doc, part, 1 << MTC_TAG_NOUN) < NOMINAL &&
           mtc_form_share(doc, part, 1 << MTC_TAG_ADJECTIVE) < NOMINAL &&
           (knows(doc, part, MTC_NAME_FIRST | MTC_NAME_LAST) ||
            !knows(doc, part, MTC_NAME_PLACE)) &&
           !knows(doc, part,
                  MTC_NAME_COUNTRY | MTC_NAME_DEMONYM | MTC_NAME_ORGANISATION) &&
           !mtc_token_is_in(self->words.calendar, doc, part) &&
           !mtc_token_is_title(&self->words, doc, part);
}

static bool is_known_word(const mtc_document *doc, const mtc_token *token) {
    return (doc->words.at[token->word].knowledge & MTC_KNOWN_ANY) != 0;
}

/* Is the first used alone, as a surname is, and the second never, as a forename is? */
static bool is_surname_by_use(const mtc_document *doc, const mtc_token *first,
                              const mtc_token *second) {
    enum { PAIRS = 2, ALONE = 2 };
    return doc->words.at[first->word].count >= PAIRS + ALONE &&
           doc->words.at[second->word].count == PAIRS;
}

/* Does the article elsewhere have the two in the other order? */
static bool is_turned(const self_type *self, const mtc_document *doc,
                      const name_pairs *pairs, const mtc_token *first) {
    const mtc_token *const second = first + 1;
    const uint32_t due = pair_count(&pairs->adjacent, pair_key(doc, second, first));
    if (pair_count(&pairs->adjacent, pair_key(doc, first, second)) != 1 || due == 0 ||
        !can_be_turned(self, doc, first) || !can_be_turned(self, doc, second)) {
        return false;
    }
    const bool certain = knows(doc, second, MTC_NAME_FIRST) &&
                         knows(doc, first, MTC_NAME_LAST) &&
                         !knows(doc, first, MTC_NAME_FIRST | MTC_NAME_PLACE);
    if (certain) return true;
    const bool is_person = knows(doc, first, MTC_NAME_FIRST | MTC_NAME_LAST) ||
                           knows(doc, second, MTC_NAME_FIRST | MTC_NAME_LAST) ||
                           !is_known_word(doc, first) || !is_known_word(doc, second);
    if (due == 1 && is_person && !is_known_word(doc, first) &&
        !knows(doc, first, MTC_NAME_PLACE) && is_surname_by_use(doc, first, second)) {
        return true;
    }
    return due >= 2 && is_person && !knows(doc, first, MTC_NAME_FIRST);
}

/* "Marin Sanna" where the article has "Sanna Marin". */
static mtc_status check_turned(const mtc_detection *detection, const name_pairs *pairs,
                               uint32_t index) {
    const self_type *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    const mtc_token *const first = mtc_token_at(doc, index), *const second = first + 1;
    if (index + 1 >= doc->tokens.count || first->shape != MTC_SHAPE_CAPITAL ||
        second->shape != MTC_SHAPE_CAPITAL || !mtc_token_is_name_part(doc, first) ||
        !mtc_token_is_name_part(doc, second) || !follows_closely(first, second) ||
        !begins_name(self, doc, first) || !ends_chain(doc, second) ||
        !is_turned(self, doc, pairs, first)) {
        return MTC_OK;
    }
    return report(detection, first, second, second->at, self->turned);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    name_pairs pairs;
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    mtc_status status = mtc_budget_spend(doc->budget, (uint32_t)doc->tokens.count);
    if (status == MTC_OK) status = count_pairs(doc, &pairs);
    for (uint32_t i = 0; status == MTC_OK && i < doc->tokens.count; i++) {
        status = mtc_budget_spend(doc->budget, 1);
        if (status == MTC_OK) status = check_intruder(detection, &pairs, i);
        if (status == MTC_OK) status = check_turned(detection, &pairs, i);
    }
    return status;
}

const mtc_detector mtc_detector_split_name = {"split_name", RULES, setup, run};
