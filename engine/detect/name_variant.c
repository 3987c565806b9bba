/* name_variant.c: one name in two spellings (Tymoshenko, Timoshenko).
 *
 * Two capitalised forms one slip apart are found by what they share once a letter is left
 * out of each (Mor and Fraenkel 1982), which takes time linear in the article. The odd
 * one is the form that nobody knows; people and places that merely resemble each other
 * are told apart by the company their names keep.
 */
#include <stdlib.h>

#include "detect/detector.h"
#include "detect/mentions.h"
#include "language/names.h"
#include "language/neighbour.h"

static const char *const RULES[] = {"consistency.name-variant", NULL};
enum { NAME_VARIANT };

enum {
    LONGEST_NAME = 40,   /* bytes */
    LARGEST_GROUP = 8,   /* forms that share a key: more are no names */
    MOST_COMPANIONS = 6, /* mentions whose neighbours are remembered */
};

typedef struct {
    uint32_t shortest;
    float known, outnumbered, equal, titled;
    uint32_t most_reports; /* of one odd form */
    mtc_mention_words words;
} limits;

/* A name: all capitalised forms of one stem. */
typedef struct {
    mtc_str form;       /* folded */
    uint32_t knowledge; /* of all its forms, but what the article alone suggests */
    const mtc_lexeme *lexeme;
    uint32_t count, inside, first_token;
    uint32_t titled; /* directly behind a title: Dr Holm */
    bool lower;      /* stands in lower case too */
    uint32_t before[MOST_COMPANIONS], behind[MOST_COMPANIONS]; /* stems; MTC_NONE */
    uint32_t right; /* index of the name meant; MTC_NONE: this one is fine */
    float confidence;
    uint32_t reported;
} name;

typedef struct {
    uint64_t key;
    uint32_t name;
} key_entry;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const limits *settings;
    MTC_VECTOR(name) names;
    uint32_t *name_of; /* by stem: index + 1; 0: none */
    key_entry *keys;
    size_t key_count;
} reader;

/* --- Gathering --- */

static bool is_capitalised(const mtc_token *token) {
    return token->kind == MTC_TOKEN_WORD && token->sentence != MTC_NONE &&
           (token->shape == MTC_SHAPE_CAPITAL || token->shape == MTC_SHAPE_MIXED);
}

/* The stem of the capitalised word directly beside the token; MTC_NONE: none. */
static uint32_t companion(const mtc_document *doc, uint32_t at, uint32_t other) {
    if (other >= doc->tokens.count) return MTC_NONE;
    const mtc_token *const a = &doc->tokens.at[at], *const b = &doc->tokens.at[other];
    if (mtc_names_is_common(doc, &doc->words.at[b->word])) return MTC_NONE;
    const uint32_t gap = other > at ? b->at.begin - a->at.end : a->at.begin - b->at.end;
    if (b->sentence != a->sentence || gap > 1 || !is_capitalised(b)) return MTC_NONE;
    return mtc_token_stem_id(doc, b);
}

static void remember(uint32_t companions[MOST_COMPANIONS], uint32_t stem) {
    for (size_t i = 0; i < MOST_COMPANIONS && stem != MTC_NONE; i++) {
        if (companions[i] == stem) return;
        if (companions[i] == MTC_NONE) {
            companions[i] = stem;
            return;
        }
    }
}

static bool add_mention(reader *reading, uint32_t at) {
    const mtc_document *const doc = reading->doc;
    const mtc_token *const token = &doc->tokens.at[at];
    const mtc_word *const word = &doc->words.at[token->word];
    const uint32_t stem = mtc_token_stem_id(doc, token);
    const mtc_str form = doc->words.at[stem].text;
    if (form.len < 4 || form.len > LONGEST_NAME) return true;
    if (reading->name_of[stem] == 0) {
        name fresh = {
            .form = form, .lexeme = word->lexeme, .first_token = at, .right = MTC_NONE};
        memset(fresh.before, 0xFF, sizeof fresh.before);
        memset(fresh.behind, 0xFF, sizeof fresh.behind);
        if (!mtc_vector_push(&reading->names, doc->arena, fresh)) return false;
        reading->name_of[stem] = (uint32_t)reading->names.count;
    }
    name *const entry = &reading->names.at[reading->name_of[stem] - 1];
    entry->count++;
    entry->titled += at > 0 && doc->tokens.at[at - 1].sentence == token->sentence &&
                     mtc_token_is_title(&reading->settings->words, doc, token - 1);
    entry->inside += !(token->flags & MTC_TOKEN_STARTS_SENTENCE);
    entry->knowledge |= (word->knowledge | doc->words.at[word->stem].knowledge) &
                        ~(uint32_t)MTC_NAME_BELIEVED;
    remember(entry->before, at == 0 ? MTC_NONE : companion(doc, at, at - 1));
    remember(entry->behind, companion(doc, at, at + 1));
    return true;
}

/* NULL: none of this stem was gathered. */
static name *name_at(const reader *reading, const mtc_token *token) {
    const uint32_t entry = reading->name_of[mtc_token_stem_id(reading->doc, token)];
    return entry == 0 || reading->names.at == NULL ? NULL : &reading->names.at[entry - 1];
}

static mtc_status gather(reader *reading) {
    const mtc_document *const doc = reading->doc;
    reading->name_of = MTC_TAKE(doc->arena, uint32_t, doc->words.count);
    if (reading->name_of == NULL) return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (mtc_budget_spend(doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        if (is_capitalised(&doc->tokens.at[i]) && !add_mention(reading, i))
            return MTC_NO_MEMORY;
    }
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        if (token->kind != MTC_TOKEN_WORD || token->shape != MTC_SHAPE_LOWER) continue;
        name *const entry = name_at(reading, token);
        if (entry != NULL) entry->lower = true;
    }
    return MTC_OK;
}

/* --- Pairs --- */

static int compare_keys(const void *a, const void *b) {
    const key_entry *const left = a, *const right = b;
    if (left->key != right->key) return left->key < right->key ? -1 : 1;
    return left->name < right->name ? -1 : left->name > right->name;
}

static mtc_status make_keys(reader *reading) {
    size_t room = 0;
    for (size_t i = 0; i < reading->names.count; i++)
        room += reading->names.at[i].form.len + 1;
    reading->keys = MTC_TAKE(reading->doc->arena, key_entry, room);
    if (reading->keys == NULL) return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < reading->names.count; i++) {
        const mtc_str form = reading->names.at[i].form;
        if (mtc_budget_spend(reading->doc->budget, 4) != MTC_OK) return MTC_DEADLINE;
        reading->keys[reading->key_count++] = (key_entry){mtc_str_hash(form), i};
        char shorter[LONGEST_NAME];
        for (size_t at = 0; at < form.len; at++) {
            memcpy(shorter, form.ptr, at);
            memcpy(shorter + at, form.ptr + at + 1, form.len - at - 1);
            reading->keys[reading->key_count++] =
                (key_entry){mtc_str_hash((mtc_str){shorter, form.len - 1}), i};
        }
    }
    if (reading->key_count > 0)
        qsort(reading->keys, reading->key_count, sizeof *reading->keys, compare_keys);
    return MTC_OK;
}

static bool share(const uint32_t a[MOST_COMPANIONS], const uint32_t b[MOST_COMPANIONS]) {
    for (size_t i = 0; i < MOST_COMPANIONS && a[i] != MTC_NONE; i++) {
        for (size_t k = 0; k < MOST_COMPANIONS && b[k] != MTC_NONE; k++) {
            if (a[i] == b[k]) return true;
        }
    }
    return false;
}

static bool is_known(const name *entry) {
    return (entry->knowledge & (MTC_KNOWN_ANY | MTC_NAME_ANY)) != 0;
}

/* A letter at the end makes plurals, demonyms and wives (Iran, Irani; Karimov, Karimova),
 * unless a word of the dictionary lost it. Names that begin differently belong to
 * different people. */
static bool is_sound_pair(const name *odd, const name *right, mtc_slip slip, size_t at) {
    if (slip == MTC_SLIP_ADDED) return at == 0 || at >= right->form.len;
    if (slip == MTC_SLIP_DROPPED) {
        const bool is_in_dictionary =
            (right->knowledge & (MTC_KNOWN_US | MTC_KNOWN_GB)) != 0;
        return at == 0 || (at >= odd->form.len && !is_in_dictionary);
    }
    return at == 0 && slip == MTC_SLIP_REPLACED;
}

/* "Dr Holmm" for Dr Anna Holm: a letter too many or too few beside its twin, and the odd
 * one is never named but by a title. */
static bool is_titled_doubling(const name *odd, const name *right, mtc_slip slip) {
    return slip == MTC_SLIP_DOUBLED && odd->titled == odd->count &&
           right->before[0] != MTC_NONE && right->titled < right->count;
}

static float confidence_of(const reader *reading, const name *odd, const name *right) {
    const limits *const settings = reading->settings;
    size_t at = 0;
    const mtc_slip slip = mtc_slip_between(odd->form, right->form, &at);
    if (slip != MTC_SLIP_NONE && !odd->lower && is_titled_doubling(odd, right, slip)) {
        return settings->titled;
    }
    if (slip == MTC_SLIP_NONE || odd->lower || is_known(odd)) return 0;
    const bool same_company =
        share(odd->before, right->before) || share(odd->behind, right->behind);
    if (!same_company && is_sound_pair(odd, right, slip, at)) return 0;
    const bool other_company =
        odd->before[0] != MTC_NONE && right->before[0] != MTC_NONE && !same_company;
    if (other_company) return 0;
    if (!same_company && right->form.len < settings->shortest &&
        (odd->lexeme != NULL || !is_known(right) || right->count < 3 * odd->count))
        return 0;
    if (odd->count > right->count && !same_company) return 0;
    if (odd->lexeme != NULL)
        return same_company && right->count >= 2 * odd->count ? settings->equal : 0;
    if (is_known(right)) return settings->known;
    if (right->count >= 2 * odd->count) return settings->outnumbered;
    return right->form.len > settings->shortest || same_company ? settings->equal : 0;
}

static void judge(reader *reading, uint32_t first, uint32_t second) {
    name *const names = reading->names.at;
    const uint32_t pairs[2][2] = {{first, second}, {second, first}};
    float best = 0;
    uint32_t odd = MTC_NONE, right = MTC_NONE;
    for (size_t i = 0; i < 2; i++) {
        const float confidence =
            confidence_of(reading, &names[pairs[i][0]], &names[pairs[i][1]]);
        /* Of two equals the later one is odd. */
        if (confidence > best || (confidence == best && best > 0)) {
            best = confidence;
            odd = pairs[i][0];
            right = pairs[i][1];
        }
    }
    if (odd == MTC_NONE || best <= names[odd].confidence) return;
    names[odd].confidence = best;
    names[odd].right = right;
}

static mtc_status pair_up(reader *reading) {
    for (size_t begin = 0, end; begin < reading->key_count; begin = end) {
        end = begin + 1;
        while (end < reading->key_count &&
               reading->keys[end].key == reading->keys[begin].key)
            end++;
        if (mtc_budget_spend(reading->doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        if (end - begin > LARGEST_GROUP) continue;
        for (size_t i = begin; i < end; i++) {
            for (size_t k = i + 1; k < end; k++) {
                if (reading->keys[i].name != reading->keys[k].name)
                    judge(reading, reading->keys[i].name, reading->keys[k].name);
            }
        }
    }
    return MTC_OK;
}

/* --- Reporting --- */

static mtc_status report(reader *reading, const mtc_token *token, name *odd) {
    const mtc_document *const doc = reading->doc;
    const name *const right = &reading->names.at[odd->right];
    const mtc_token *const other = &doc->tokens.at[right->first_token];
    const mtc_word *const word = &doc->words.at[other->word];
    const mtc_str meant = doc->words.at[word->stem].text;
    /* Which of two is right is known where one is a known word or the commoner. */
    const bool repairable = odd->confidence > reading->settings->equal &&
                            doc->words.at[token->word].stem == token->word &&
                            token->shape == MTC_SHAPE_CAPITAL &&
                            other->shape == MTC_SHAPE_CAPITAL;
    const mtc_finding finding = {.rule = reading->detection->rules[NAME_VARIANT],
                                 .at = token->at,
                                 .confidence = odd->confidence,
                                 .arguments = {meant},
                                 .repairs = {{token->at, meant}},
                                 .repair_count = repairable};
    odd->reported++;
    return mtc_sink_add(reading->detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    if (!mtc_sink_wants(detection->sink, detection->rules[NAME_VARIANT])) return MTC_OK;
    const mtc_document *const doc = detection->doc;
    reader reading = {.detection = detection, .doc = doc, .settings = detection->self};
    mtc_status status = gather(&reading);
    if (status == MTC_OK) status = make_keys(&reading);
    if (status == MTC_OK) status = pair_up(&reading);
    for (uint32_t i = 0; status == MTC_OK && i < doc->tokens.count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        if (!is_capitalised(token)) continue;
        name *const odd = name_at(&reading, token);
        /* In brackets a name may stand as another language writes it. */
        if (odd == NULL || (token->flags & MTC_TOKEN_BRACKETED) ||
            odd->right == MTC_NONE || odd->reported >= reading.settings->most_reports)
            continue;
        status = report(&reading, token, odd);
    }
    return status;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    limits *const self = MTC_TAKE(setup->arena, limits, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    const mtc_rule *const rule = setup->rules[NAME_VARIANT];
    *self = (limits){.shortest = (uint32_t)mtc_rule_number(rule, "shortest", 5),
                     .known = (float)mtc_rule_number(rule, "known", 0.85),
                     .outnumbered = (float)mtc_rule_number(rule, "outnumbered", 0.75),
                     .titled = (float)mtc_rule_number(rule, "titled", 0.65),
                     .equal = (float)mtc_rule_number(rule, "equal", 0.55),
                     .most_reports = (uint32_t)mtc_rule_number(rule, "most_reports", 3)};
    mtc_mention_words_init(&self->words, setup->lists);
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_name_variant = {"name_variant", RULES, setup, run};
