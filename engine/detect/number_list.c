/* A count and a list that disagree: "two sites: the mill, the quay and the market".
 *
 * The count is a number word or digit up to twenty before a plural noun; the list opens
 * with a colon, a dash, "namely", or as an apposition between commas. Only lists whose
 * items can be counted in one way are judged: each item a short name or noun phrase, one
 * conjunction before the last, nothing nested.
 */
#include "base/status.h"
#include "detect/detector.h"
#include "language/mentions.h"
#include "language/shares.h"

static const char *const RULES[] = {"consistency.number-list", NULL};

enum {
    MOST_ADJECTIVES = 2,   /* between count and noun */
    LONGEST_PREDICATE = 7, /* between noun and colon: "took part" */
    MOST_ITEMS = 30,
    LONGEST_ITEM = 5, /* words */
    NOMINAL = 50,     /* percent of readings */
};

typedef struct {
    const mtc_wordset *numbers;        /* numbers.txt: two, its value */
    const mtc_wordset *approximations; /* approximations.txt: about, than, least */
    const mtc_wordset *number_links;   /* number-links.txt: or, to */
    const mtc_wordset *openers;        /* list-openers.txt: namely */
    const mtc_wordset *links;          /* partitive-links.txt: of */
    const mtc_wordset *functions;      /* function-words.txt */
    const mtc_wordset *measures;       /* measure-nouns.txt: years, miles, goals */
    const mtc_wordset *heads;          /* list-heads.txt: countries; areas, "any" */
    const mtc_wordset *particles;      /* name-particles.txt */
    const mtc_wordset *joined;         /* joined-names.txt: bosnia, herzegovina */
    double certain, likely, possible;
} self_type;

typedef enum {
    OPENED_BY_COLON,
    OPENED_BY_WORD,
    OPENED_BY_COMMA,
    OPENED_BY_DASH,
    OPENED_BY_BRACKET,
    OPENED_BY_BE, /* the three countries ARE */
} opening;

typedef struct {
    uint32_t number_at, noun_at, list_at; /* tokens */
    unsigned count;
    opening opened;
    bool partitive; /* nine OF the players */
    bool definite;  /* THE nine players */
} counted;

typedef enum { ITEM_NAME, ITEM_DEFINITE, ITEM_OTHER } item_kind;

typedef struct {
    item_kind kind;
    unsigned count;       /* a dog 1, two doves 2 */
    uint32_t preposition; /* folded id of "in" before "in May"; MTC_NONE: none */
    bool plural;          /* "nuts": how many is open */
} list_item;

typedef struct {
    unsigned count, places, countries;
    unsigned sum;   /* of what the items count: a dog and two doves 3 */
    item_kind kind; /* of all items */
    bool mixed;     /* "salt and a lemon": of more than one kind */
    bool plural;    /* "apples and nuts": of kinds of things */
    uint32_t preposition;
    uint32_t end; /* token behind the list */
    bool ends_sentence;
} item_list;

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    self_type *const self = MTC_TAKE(setup->arena, self_type, 1);
    if (self == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for lists");
    self->numbers = mtc_wordlists_get(setup->lists, "numbers");
    self->approximations = mtc_wordlists_get(setup->lists, "approximations");
    self->number_links = mtc_wordlists_get(setup->lists, "number-links");
    self->openers = mtc_wordlists_get(setup->lists, "list-openers");
    self->links = mtc_wordlists_get(setup->lists, "partitive-links");
    self->functions = mtc_wordlists_get(setup->lists, "function-words");
    self->measures = mtc_wordlists_get(setup->lists, "measure-nouns");
    self->heads = mtc_wordlists_get(setup->lists, "list-heads");
    self->particles = mtc_wordlists_get(setup->lists, "name-particles");
    self->joined = mtc_wordlists_get(setup->lists, "joined-names");
    self->certain = mtc_rule_number(setup->rules[0], "certain", 0.85);
    self->likely = mtc_rule_number(setup->rules[0], "likely", 0.75);
    self->possible = mtc_rule_number(setup->rules[0], "possible", 0.6);
    *ret_self = self;
    return MTC_OK;
}

static bool is_conjunction(const self_type *self, const mtc_document *doc,
                           const mtc_token *token) {
    return mtc_token_is_function(self->functions, doc, token,
                                 MTC_FUNCTION_BIT(COORDINATOR)) ||
           mtc_str_equal(mtc_token_bytes(doc, token), MTC_STR("&"));
}

/* "the", "these", "its": what marks a noun phrase as definite; "a" does as well. */
static bool is_determiner(const self_type *self, const mtc_document *doc,
                          const mtc_token *token) {
    return mtc_token_is_function(self->functions, doc, token,
                                 MTC_FUNCTION_BIT(ARTICLE) |
                                     MTC_FUNCTION_BIT(DETERMINER) |
                                     MTC_FUNCTION_BIT(POSSESSIVE));
}

static bool is_lower_word(const mtc_token *token) {
    return token->kind == MTC_TOKEN_WORD && token->shape == MTC_SHAPE_LOWER;
}

static bool is_mark(const mtc_document *doc, uint32_t index, const char *mark) {
    return mtc_str_equal(mtc_token_bytes(doc, mtc_token_at(doc, index)),
                         mtc_str_of(mark));
}

static bool is_dash(const mtc_document *doc, uint32_t index) {
    return is_mark(doc, index, "–") || is_mark(doc, index, "—") ||
           (is_mark(doc, index, "-") &&
            (mtc_token_at(doc, index)->flags & MTC_TOKEN_SPACE_BEFORE) != 0);
}

/* 2 to 20, from a word or one or two digits; 0: it is no such count. */
static unsigned count_of(const self_type *self, const mtc_document *doc,
                         const mtc_token *token) {
    mtc_str text = mtc_token_folded(doc, token);
    if (token->kind == MTC_TOKEN_WORD) {
        const mtc_wordset_entry *const entry = mtc_wordset_find(self->numbers, text);
        if (entry == NULL) return 0;
        text = entry->payload;
    } else if (token->kind != MTC_TOKEN_NUMBER) {
        return 0;
    }
    unsigned value = 0;
    if (text.len == 0 || text.len > 2) return 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return 0;
        value = value * 10 + (unsigned)(text.ptr[i] - '0');
    }
    return value >= 2 && value <= 20 ? value : 0;
}

/* "about three", "Apollo 11", "two or three", "$5", "June 12" count nothing exactly. */
static bool is_exact(const self_type *self, const mtc_document *doc, uint32_t begin,
                     uint32_t number_at) {
    if (number_at == begin) return true;
    const mtc_token *const before = mtc_token_at(doc, number_at - 1);
    if ((mtc_token_at(doc, number_at)->flags & MTC_TOKEN_SPACE_BEFORE) == 0) {
        return (before->flags & (MTC_TOKEN_OPENS | MTC_TOKEN_QUOTE)) != 0;
    }
    switch (before->kind) {
    case MTC_TOKEN_SYMBOL:
    case MTC_TOKEN_NUMBER: return false;
    case MTC_TOKEN_WORD: break;
    default: return true;
    }
    const bool is_joined = number_at - begin >= 2 &&
                           mtc_token_is_in(self->number_links, doc, before) &&
                           count_of(self, doc, before - 1) != 0;
    if (is_joined || mtc_token_is_in(self->approximations, doc, before) ||
        count_of(self, doc, before) != 0) {
        return false;
    }
    return before->shape == MTC_SHAPE_LOWER ||
           (before->flags & MTC_TOKEN_STARTS_SENTENCE) != 0 ||
           mtc_token_at(doc, number_at)->kind == MTC_TOKEN_WORD;
}

static bool is_plural_noun(const mtc_document *doc, const mtc_token *token) {
    const mtc_lexeme *const lexeme = mtc_token_lexeme(doc, token);
    return is_lower_word(token) && (token->flags & MTC_TOKEN_POSSESSIVE) == 0 &&
           lexeme != NULL && lexeme->share[MTC_TAG_NOUN] >= NOMINAL &&
           lexeme->plural >= NOMINAL;
}

/* The plural noun that the number at `at` counts; `end`: there is none. */
static uint32_t counted_noun(const self_type *self, const mtc_document *doc, uint32_t at,
                             uint32_t end, bool *ret_partitive) {
    uint32_t next = at + 1;
    *ret_partitive = next + 1 < end &&
                     mtc_token_is_in(self->links, doc, mtc_token_at(doc, next)) &&
                     is_determiner(self, doc, mtc_token_at(doc, next + 1));
    if (*ret_partitive) next += 2;
    for (unsigned i = 0; i <= MOST_ADJECTIVES && next < end; i++, next++) {
        const mtc_token *const token = mtc_token_at(doc, next);
        if (is_plural_noun(doc, token)) {
            const bool goes_on = next + 1 < end && is_plural_noun(doc, token + 1);
            return goes_on ? end : next;
        }
        if (token->kind != MTC_TOKEN_WORD || (token->flags & MTC_TOKEN_POSSESSIVE) != 0 ||
            count_of(self, doc, token) != 0 ||
            mtc_token_share(doc, token, MTC_SHARE_NOMINAL) < NOMINAL) {
            return end;
        }
    }
    return end;
}

/* Where the list begins behind the counted noun: false where none opens. */
static bool find_opening(const self_type *self, const mtc_document *doc, uint32_t end,
                         counted *what) {
    uint32_t at = what->noun_at + 1;
    if (at + 4 >= end) return false;
    const bool comma = is_mark(doc, at, ",");
    if (comma || mtc_token_is_in(self->openers, doc, mtc_token_at(doc, at))) {
        const uint32_t word = at + comma;
        if (mtc_token_is_in(self->openers, doc, mtc_token_at(doc, word))) {
            what->opened = OPENED_BY_WORD;
            what->list_at = word + 1;
            if (is_mark(doc, what->list_at, ",") || is_mark(doc, what->list_at, ":")) {
                what->list_at++;
            }
            return true;
        }
        what->opened = OPENED_BY_COMMA;
        what->list_at = at + 1;
        return true;
    }
    what->list_at = at + 1;
    if (is_dash(doc, at)) {
        what->opened = OPENED_BY_DASH;
        return true;
    }
    if (is_mark(doc, at, "(")) {
        what->opened = OPENED_BY_BRACKET;
        return true;
    }
    if (what->definite &&
        mtc_token_is_function(self->functions, doc, mtc_token_at(doc, at),
                              MTC_FUNCTION_BIT(BE))) {
        what->opened = OPENED_BY_BE;
        return true;
    }
    for (unsigned i = 0; i <= LONGEST_PREDICATE && at < end; i++, at++) {
        const mtc_token *const token = mtc_token_at(doc, at);
        if (is_mark(doc, at, ":")) {
            what->opened = OPENED_BY_COLON;
            what->list_at = at + 1;
            return true;
        }
        if (!is_lower_word(token) || is_plural_noun(doc, token) ||
            count_of(self, doc, token) != 0 ||
            mtc_token_share(doc, token, MTC_SHARE_DETERMINER) >= NOMINAL) {
            return false;
        }
    }
    return false;
}

/* Does the phrase end like one thing, or several that are counted? */
static bool ends_item(const mtc_document *doc, const mtc_token *last, bool counts,
                      list_item *item) {
    item->plural = !counts && is_plural_noun(doc, last);
    if (is_plural_noun(doc, last)) return true;
    return !mtc_token_has_shares(doc, last) ||
           mtc_token_share(doc, last, MTC_SHARE_NOUN) >= NOMINAL;
}

/* One item from *at on: a name, or a noun phrase in lower case. Stops behind it. */
static bool read_item(const self_type *self, const mtc_document *doc, uint32_t *at,
                      uint32_t end, list_item *ret_item) {
    list_item item = {.count = 1, .preposition = MTC_NONE};
    uint32_t i = *at;
    if (i >= end) return false;
    bool names = true, definite = false, counts = false;
    unsigned words = 0;
    const mtc_token *const first = mtc_token_at(doc, i);
    if (mtc_token_is_function(self->functions, doc, first,
                              MTC_FUNCTION_BIT(PREPOSITION)) &&
        i + 1 < end) {
        item.preposition = mtc_token_folded_id(doc, first);
        i++;
    }
    if (is_determiner(self, doc, mtc_token_at(doc, i))) {
        definite = true;
        i++;
    } else if (count_of(self, doc, mtc_token_at(doc, i)) != 0) {
        definite = counts = true;
        item.count = count_of(self, doc, mtc_token_at(doc, i));
        i++;
    }
    for (; i < end && words <= LONGEST_ITEM; i++, words++) {
        const mtc_token *const token = mtc_token_at(doc, i);
        if (token->kind != MTC_TOKEN_WORD || is_conjunction(self, doc, token)) {
            break;
        }
        if (count_of(self, doc, token) != 0) return false;
        if (mtc_token_is_name_part(doc, token)) continue;
        const bool within = words > 0 && i + 1 < end;
        if (within && mtc_token_is_in(self->particles, doc, token) &&
            mtc_token_is_name_part(doc, token - 1) &&
            mtc_token_is_name_part(doc, token + 1)) {
            continue;
        }
        names = false;
        if (token->shape != MTC_SHAPE_LOWER ||
            (mtc_token_has_shares(doc, token) &&
             mtc_token_share(doc, token, MTC_SHARE_NOMINAL) < NOMINAL)) {
            break;
        }
    }
    if (words == 0 || words > LONGEST_ITEM || (counts && names)) return false;
    const mtc_token *const last = mtc_token_at(doc, i - 1);
    if (!names && !ends_item(doc, last, counts, &item)) return false;
    if ((last->flags & MTC_TOKEN_POSSESSIVE) != 0) return false;
    item.kind = names && !definite ? ITEM_NAME : definite ? ITEM_DEFINITE : ITEM_OTHER;
    *ret_item = item;
    *at = i;
    return true;
}

/* Takes the item into the list; false where the two do not belong together. */
static bool add_item(item_list *list, const list_item *item) {
    if (list->count == 0) {
        list->kind = item->kind;
        list->preposition = item->preposition;
    }
    if (item->preposition != list->preposition) return false;
    if (item->kind != list->kind) {
        if (item->kind == ITEM_NAME || list->kind == ITEM_NAME) return false;
        list->mixed = true;
    }
    list->plural = list->plural || item->plural;
    list->sum += item->count;
    list->count++;
    return true;
}

static void note_place(const mtc_document *doc, uint32_t first, item_list *list) {
    const uint32_t knowledge = doc->words.at[mtc_token_at(doc, first)->word].knowledge;
    if ((knowledge & MTC_NAME_COUNTRY) != 0)
        list->countries++;
    else if ((knowledge & MTC_NAME_PLACE) != 0)
        list->places++;
}

/* "Bosnia and Herzegovina" is one: do the words around the conjunction belong so? */
static bool is_joined(const self_type *self, const mtc_document *doc,
                      uint32_t conjunction) {
    const mtc_wordset_entry *const entry = mtc_wordset_find(
        self->joined, mtc_token_folded(doc, mtc_token_at(doc, conjunction - 1)));
    return entry != NULL &&
           mtc_str_equal(entry->payload,
                         mtc_token_folded(doc, mtc_token_at(doc, conjunction + 1)));
}

/* Reads "A, B, C and D" from `at`; false where it can be counted in several ways. */
static bool read_list(const self_type *self, const mtc_document *doc, uint32_t at,
                      uint32_t end, item_list *ret_list) {
    item_list list = {0};
    bool is_last = false, by_comma = false, by_semicolon = false;
    while (list.count < MOST_ITEMS) {
        list_item item;
        const uint32_t first = at;
        if (!read_item(self, doc, &at, end, &item) || !add_item(&list, &item)) {
            return false;
        }
        note_place(doc, first, &list);
        if (is_last || at + 1 >= end) break;
        by_comma = by_comma || is_mark(doc, at, ",");
        by_semicolon = by_semicolon || is_mark(doc, at, ";");
        if (by_comma && by_semicolon) return false;
        const bool separated = is_mark(doc, at, ",") || is_mark(doc, at, ";");
        if (separated) at++;
        if (at + 1 < end && is_conjunction(self, doc, mtc_token_at(doc, at))) {
            if (is_joined(self, doc, at)) return false;
            is_last = true;
            at++;
        } else if (!separated) {
            return false;
        }
    }
    if (!is_last) return false;
    list.end = at;
    list.ends_sentence = at >= end || is_mark(doc, at, ".") || is_mark(doc, at, "!") ||
                         is_mark(doc, at, "?");
    *ret_list = list;
    return true;
}

/* Behind the list: "…, declined": the comma that closes an apposition, and a verb. */
static bool is_closed(const mtc_document *doc, uint32_t at, uint32_t end) {
    if (at + 1 >= end || (!is_mark(doc, at, ",") && !is_dash(doc, at))) return false;
    uint32_t verb = at + 1; /* ", still share" */
    if (verb + 1 < end &&
        mtc_token_share(doc, mtc_token_at(doc, verb), MTC_SHARE_ADVERB) >= NOMINAL) {
        verb++;
    }
    return is_lower_word(mtc_token_at(doc, verb)) &&
           mtc_token_share(doc, mtc_token_at(doc, verb),
                           MTC_SHARE_PAST | MTC_SHARE_VERB) >= NOMINAL;
}

/* How sure we are that the list names what was counted; 0: it need not. */
static double certainty(const self_type *self, const mtc_document *doc,
                        const counted *what, const item_list *list, uint32_t end) {
    const mtc_wordset_entry *const head = mtc_wordset_find(
        self->heads, mtc_token_folded(doc, mtc_token_at(doc, what->noun_at)));
    const bool closed = is_closed(doc, list->end, end);
    const bool announced =
        what->opened == OPENED_BY_COLON || what->opened == OPENED_BY_WORD;
    const unsigned fewest = announced && list->kind == ITEM_NAME ? 2 : 3;
    if (list->count < fewest || list->count == what->count || list->sum == what->count) {
        return 0;
    }
    /* Only behind a colon a list may be of unlike things; of kinds, where kinds are
     * counted. */
    const bool loose = list->mixed || list->plural || list->preposition != MTC_NONE ||
                       list->sum != list->count;
    if (loose && !announced) return 0;
    if (list->plural && (head == NULL || head->payload.len == 0)) return 0;
    /* "Lyon, France" is one item of two words with a comma. */
    if (list->count > what->count && list->countries > 0 && list->places > 0) return 0;
    const bool bracketed = list->end < end && is_mark(doc, list->end, ")");
    if (!closed && !bracketed && !list->ends_sentence) return 0;
    switch (what->opened) {
    case OPENED_BY_WORD: return self->certain;
    case OPENED_BY_COLON: return list->ends_sentence ? self->certain : 0;
    case OPENED_BY_BRACKET: return bracketed ? self->likely : 0;
    case OPENED_BY_BE:
        return list->ends_sentence && list->kind != ITEM_OTHER ? self->likely : 0;
    case OPENED_BY_DASH: return list->kind == ITEM_OTHER ? 0 : self->likely;
    case OPENED_BY_COMMA:
        /* "Two dogs, the cat and the horse" is a list of its own. */
        if (list->kind == ITEM_OTHER) return 0;
        if (closed && (what->partitive || head != NULL)) return self->likely;
        if (closed || head == NULL) return 0;
        return list->kind == ITEM_NAME || mtc_str_equal(head->payload, MTC_STR("any"))
                   ? self->possible
                   : 0;
    }
    return 0;
}

static mtc_status check_count(const mtc_detection *detection, uint32_t begin,
                              uint32_t end, counted *what) {
    const self_type *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    item_list list;
    if (!is_exact(self, doc, begin, what->number_at)) return MTC_OK;
    what->definite = what->number_at > begin &&
                     is_determiner(self, doc, mtc_token_at(doc, what->number_at - 1));
    what->noun_at = counted_noun(self, doc, what->number_at, end, &what->partitive);
    if (what->noun_at >= end ||
        mtc_token_is_in(self->measures, doc, mtc_token_at(doc, what->noun_at)) ||
        !find_opening(self, doc, end, what) ||
        !read_list(self, doc, what->list_at, end, &list)) {
        return MTC_OK;
    }
    const double confidence = certainty(self, doc, what, &list, end);
    if (confidence <= 0) return MTC_OK;
    const uint32_t last = what->opened == OPENED_BY_BRACKET ? list.end : list.end - 1;
    const mtc_token *const number = mtc_token_at(doc, what->number_at);
    char *const found = mtc_arena_take(doc->arena, 3);
    if (found == NULL) return MTC_NO_MEMORY;
    found[0] = (char)('0' + list.count / 10);
    found[1] = (char)('0' + list.count % 10);
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = mtc_range_join(number->at, mtc_token_at(doc, last)->at),
        .mark = number->at,
        .arguments = {list.count < 10 ? (mtc_str){found + 1, 1} : (mtc_str){found, 2}},
        .confidence = (float)confidence,
    };
    return mtc_sink_add(detection->sink, &finding);
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    for (size_t s = 0; s < doc->sentences.count; s++) {
        const mtc_sentence *const sentence = &doc->sentences.at[s];
        const uint32_t begin = sentence->first_token;
        const uint32_t end = begin + sentence->token_count;
        mtc_status status = mtc_budget_spend(doc->budget, sentence->token_count + 1);
        for (uint32_t i = begin; status == MTC_OK && i < end; i++) {
            counted what = {.number_at = i,
                            .count =
                                count_of(detection->self, doc, mtc_token_at(doc, i))};
            if (what.count != 0) status = check_count(detection, begin, end, &what);
        }
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_number_list = {"number_list", RULES, setup, run};
