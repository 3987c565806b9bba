/* missing.c: places where a verb or a noun is missing, seen by the words of grammar
 * beside the gap ("a result that not recognised", "the of the house"). */
#include "detect/clause.h"
#include "detect/detector.h"
#include "language/annotation.h"

enum { VERB, WORD };
static const char *const RULES[] = {"garbled.missing-verb", "garbled.missing-word", NULL};

/* dicts/en/gap-words.txt: what a word says about a gap beside it. */
enum gap_role {
    PLACE_HOLDER = 1 << 0,       /* there: begins a sentence, and a verb follows */
    AFTER_PLACE_HOLDER = 1 << 1, /* no: never right behind it */
    AFTER_NEGATION = 1 << 2,     /* only: "that not only" */
    PREDICATE = 1 << 3,          /* likely: with "to" it needs a form of be */
    OF_PEOPLE = 1 << 4,          /* who: persons are ready, willing, able by themselves */
    PREPOSITIONAL = 1 << 5,      /* including: a gerund that is a preposition */
    NEEDS_NOUN = 1 << 6,         /* the: a noun follows */
    NO_NOUN = 1 << 7,            /* of: is none, and stands before none without one */
    NEEDS_OBJECT = 1 << 8,       /* into: hardly ever stands without what follows it */
    ONLY_SUBJECT = 1 << 9,       /* he: a pronoun that is nothing but a subject */
};

typedef struct {
    const mtc_wordset *function_words, *gap_words;
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *functions; /* mtc_function_class by word */
    const uint16_t *roles;    /* gap_role by word */
} look;

/* Between two tokens; confidence 0: none. */
typedef struct {
    int rule;
    uint32_t before, behind;
    float confidence;
} gap;
static const gap NO_GAP = {0, 0, 0, 0};

static const mtc_token *token_at(const look *at, uint32_t token) {
    return &at->doc->tokens.at[token];
}

static bool is_in(const look *at, uint32_t token, uint32_t classes) {
    return mtc_is_function(at->doc, at->functions, token, classes);
}

static bool has_role(const look *at, uint32_t token, unsigned roles) {
    return token_at(at, token)->kind == MTC_TOKEN_WORD &&
           (at->roles[token_at(at, token)->word] & roles);
}

static bool is_small(const look *at, uint32_t token) {
    return token_at(at, token)->shape == MTC_SHAPE_LOWER;
}

static unsigned share(const look *at, uint32_t token, mtc_tag_class tag) {
    return mtc_tag_share(at->doc, token, tag);
}

static const mtc_sentence *sentence_of(const look *at, uint32_t token) {
    return &at->doc->sentences.at[token_at(at, token)->sentence];
}

static uint32_t sentence_end(const look *at, uint32_t token) {
    return sentence_of(at, token)->first_token + sentence_of(at, token)->token_count;
}

static gap gap_of(const look *at, int rule, uint32_t token, const char *pattern) {
    const double confidence = mtc_rule_number(at->detection->rules[rule], pattern, 0);
    return (gap){rule, token, token + 1, (float)confidence};
}

/* --- A verb --- */

/* "that", "which" or "who" that begins a clause. */
static bool begins_relative(const look *at, uint32_t token) {
    return is_in(at, token, MTC_FUNCTION_BIT(RELATIVE)) && is_small(at, token) &&
           share(at, token, MTC_TAG_DETERMINER) < 30 &&
           share(at, token, MTC_TAG_ADVERB) < 30;
}

/* "that not recognised": a negation with no verb to deny. */
static gap before_negation(const look *at, uint32_t token) {
    if (token + 2 >= sentence_end(at, token) || !begins_relative(at, token))
        return NO_GAP;
    if (!is_in(at, token + 1, MTC_FUNCTION_BIT(NEGATION))) return NO_GAP;
    if (has_role(at, token + 2, AFTER_NEGATION)) return NO_GAP;
    const unsigned predicate = share(at, token + 2, MTC_TAG_PARTICIPLE) +
                               share(at, token + 2, MTC_TAG_GERUND) +
                               share(at, token + 2, MTC_TAG_ADJECTIVE);
    return predicate < 60 ? NO_GAP : gap_of(at, VERB, token, "negation");
}

static bool is_to(const look *at, uint32_t token) {
    const mtc_str to = mtc_rule_text(at->detection->rules[VERB], "to", MTC_STR(""));
    return mtc_str_equal(mtc_token_folded(at->doc, token_at(at, token)), to);
}

/* Where a clause begins: its subject may follow. */
static bool begins_clause(const look *at, uint32_t token) {
    if (token_at(at, token)->flags & MTC_TOKEN_STARTS_SENTENCE) return true;
    if (token == sentence_of(at, token)->first_token) return true;
    if (is_in(at, token - 1, MTC_FUNCTION_BIT(SUBORDINATOR))) {
        return share(at, token - 1, MTC_TAG_CONJUNCTION) >= 50;
    }
    return is_in(at, token - 1, MTC_FUNCTION_BIT(RELATIVE)) &&
           share(at, token - 1, MTC_TAG_CONJUNCTION) >= 60;
}

/* "There no reason" */
static gap behind_place_holder(const look *at, uint32_t token) {
    if (!has_role(at, token, PLACE_HOLDER) || !begins_clause(at, token)) return NO_GAP;
    const bool noun = share(at, token + 1, MTC_TAG_NOUN) >= 90 &&
                      is_small(at, token + 1) && share(at, token + 1, MTC_TAG_FINITE) < 2;
    if (!noun && !has_role(at, token + 1, AFTER_PLACE_HOLDER)) return NO_GAP;
    return gap_of(at, VERB, token, "place_holder");
}

/* "We not cutting", "since he a child", "it ready to": a subject and what can be no verb
 */
static gap pronoun_without_verb(const look *at, uint32_t token) {
    if (!has_role(at, token, ONLY_SUBJECT) || !begins_clause(at, token)) return NO_GAP;
    if (token + 2 >= sentence_end(at, token)) return NO_GAP;
    if (is_in(at, token + 1, MTC_FUNCTION_BIT(NEGATION))) {
        /* "asked that he not be named" */
        return has_role(at, token + 2, AFTER_NEGATION) ||
                       share(at, token + 2, MTC_TAG_BASE) >= 30
                   ? NO_GAP
                   : gap_of(at, VERB, token, "pronoun_negation");
    }
    const bool predicate = has_role(at, token + 1, PREDICATE) && is_to(at, token + 2) &&
                           share(at, token + 1, MTC_TAG_FINITE) < 5;
    if (predicate) return gap_of(at, VERB, token, "pronoun_predicate");
    if (is_to(at, token + 1) && share(at, token + 2, MTC_TAG_BASE) >= 80) {
        return gap_of(at, VERB, token, "pronoun_to");
    }
    if (is_in(at, token + 1, MTC_FUNCTION_BIT(ARTICLE))) {
        return gap_of(at, VERB, token, "pronoun_article");
    }
    return NO_GAP;
}

/* "an artist who making toys" */
static gap before_gerund(const look *at, uint32_t token) {
    if (!begins_relative(at, token) || token + 2 >= sentence_end(at, token))
        return NO_GAP;
    if (share(at, token + 1, MTC_TAG_GERUND) < 50) return NO_GAP;
    if (has_role(at, token + 1, PREPOSITIONAL)) return NO_GAP;
    /* "the news that rising prices …" */
    if (share(at, token, MTC_TAG_CONJUNCTION) >= 5) return NO_GAP;
    if (token == sentence_of(at, token)->first_token ||
        is_in(at, token - 1, MTC_FUNCTION_BIT(PREPOSITION))) {
        return NO_GAP; /* "most of which being" */
    }
    return gap_of(at, VERB, token, "gerund");
}

/* "they running to the gate", where a clause begins */
static gap pronoun_before_gerund(const look *at, uint32_t token) {
    if (!is_in(at, token, MTC_FUNCTION_BIT(SUBJECT))) return NO_GAP;
    if (token + 2 >= sentence_end(at, token)) return NO_GAP;
    if (share(at, token + 1, MTC_TAG_GERUND) < 70) return NO_GAP;
    if (has_role(at, token + 1, PREPOSITIONAL) || has_role(at, token, PLACE_HOLDER)) {
        return NO_GAP;
    }
    return begins_clause(at, token) ? gap_of(at, VERB, token, "pronoun_gerund") : NO_GAP;
}

/* "which likely to", "a visit which expected to": a predicate without its "is" */
static gap before_predicate(const look *at, uint32_t token) {
    if (!begins_relative(at, token) || token + 2 >= sentence_end(at, token))
        return NO_GAP;
    if (!has_role(at, token + 1, PREDICATE)) return NO_GAP;
    if (has_role(at, token, OF_PEOPLE) && !has_role(at, token + 1, OF_PEOPLE)) {
        return NO_GAP; /* "those who expected to win" */
    }
    if (!is_to(at, token + 2)) return NO_GAP;
    if (share(at, token, MTC_TAG_CONJUNCTION) >= 30) return NO_GAP;
    return gap_of(at, VERB, token, "predicate");
}

/* May the token be a finite verb, whatever the tagger prefers? */
static bool may_be_finite(const look *at, uint32_t token) {
    if (share(at, token, MTC_TAG_FINITE) >= 5) return true;
    if (share(at, token, MTC_TAG_PARTICIPLE) < 5) return false;
    const mtc_str text = mtc_token_folded(at->doc, token_at(at, token));
    return mtc_str_ends_with(text, MTC_STR("ed"));
}

static bool follows_to(const look *at, uint32_t token) {
    return is_to(at, token - 1) || (token >= 2 && is_to(at, token - 2) &&
                                    share(at, token - 1, MTC_TAG_ADVERB) >= 50);
}

/* "he said that the country ready for a vote." up to the end no verb comes */
static gap clause_without_verb(const look *at, uint32_t token) {
    enum { FEWEST = 5 };
    if (!begins_relative(at, token) || share(at, token, MTC_TAG_CONJUNCTION) < 80) {
        return NO_GAP;
    }
    const uint32_t end = sentence_end(at, token);
    if (token + 1 < end && has_role(at, token + 1, ONLY_SUBJECT)) return NO_GAP;
    uint32_t words = 0, i = token + 1;
    for (; i < end && token_at(at, i)->kind != MTC_TOKEN_PUNCTUATION; i++) {
        if (may_be_finite(at, i) || !mtc_is_wordlike(token_at(at, i))) return NO_GAP;
        /* "that Holm's been able to pay": the network knows better */
        if (at->doc->annotations != NULL &&
            mtc_annotation_of(at->doc, i)->finite >= MTC_SHARE(0.2))
            return NO_GAP;
        /* "recommended that the army either upgrade …" */
        if (share(at, i, MTC_TAG_BASE) >= 20 && !follows_to(at, i)) return NO_GAP;
        if (words == 0 && share(at, i, MTC_TAG_ADPOSITION) >= 20) return NO_GAP;
        words++;
    }
    if (words < FEWEST || i >= end || !mtc_is_mark(at->doc, i, '.')) return NO_GAP;
    return gap_of(at, VERB, token, "clause");
}

/* --- A noun --- */

/* "the of the house", "a was" */
static gap behind_article(const look *at, uint32_t token) {
    if (!has_role(at, token, NEEDS_NOUN)) return NO_GAP;
    if (!is_small(at, token) &&
        !(token_at(at, token)->flags & MTC_TOKEN_STARTS_SENTENCE)) {
        return NO_GAP;
    }
    const bool stop = token + 1 < sentence_end(at, token) &&
                      mtc_is_mark(at->doc, token + 1, '.') &&
                      !(token_at(at, token + 1)->flags & MTC_TOKEN_SPACE_BEFORE) &&
                      token_at(at, token)->shape == MTC_SHAPE_LOWER &&
                      mtc_range_length(token_at(at, token)->at) > 1;
    if (stop) return gap_of(at, WORD, token, "before_stop");
    if (!has_role(at, token + 1, NO_NOUN) || !is_small(at, token + 1)) return NO_GAP;
    return gap_of(at, WORD, token, "article");
}

/* "the city of and its mayor", but "of and for the people" */
static gap behind_preposition(const look *at, uint32_t token) {
    if (!has_role(at, token, NEEDS_OBJECT) || !is_small(at, token)) return NO_GAP;
    if (!is_in(at, token + 1, MTC_FUNCTION_BIT(COORDINATOR))) return NO_GAP;
    if (token + 2 >= sentence_end(at, token)) return NO_GAP;
    if (share(at, token + 2, MTC_TAG_ADPOSITION) >= 20 ||
        share(at, token + 2, MTC_TAG_FINITE) + share(at, token + 2, MTC_TAG_BASE) +
                share(at, token + 2, MTC_TAG_PARTICIPLE) +
                share(at, token + 2, MTC_TAG_ADVERB) >=
            20) {
        return NO_GAP;
    }
    /* "aware of and open to new ways": one object for two prepositions */
    for (uint32_t i = token + 3; i < sentence_end(at, token) && i < token + 7; i++) {
        if (share(at, i, MTC_TAG_ADPOSITION) >= 20) return NO_GAP;
    }
    return gap_of(at, WORD, token, "preposition");
}

static mtc_status report(const look *at, const gap *found) {
    if (found->confidence <= 0) return MTC_OK;
    const mtc_token *const before = token_at(at, found->before);
    const mtc_token *const behind = token_at(at, found->behind);
    const mtc_finding finding = {
        .rule = at->detection->rules[found->rule],
        .at = mtc_range_join(before->at, behind->at),
        .mark = {before->at.end, before->at.end},
        .confidence = found->confidence,
        .arguments = {mtc_document_slice(at->doc, before->at)},
    };
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status look_at_token(const look *at, uint32_t token) {
    static gap (*const PATTERNS[])(const look *, uint32_t) = {
        before_negation,      behind_place_holder,   before_gerund,
        pronoun_without_verb, pronoun_before_gerund, before_predicate,
        clause_without_verb,  behind_article,        behind_preposition,
    };
    for (size_t i = 0; i < sizeof PATTERNS / sizeof *PATTERNS; i++) {
        const gap found = PATTERNS[i](at, token);
        if (found.confidence > 0) return report(at, &found);
    }
    return MTC_OK;
}

static unsigned role_named(mtc_str name) {
    static const char *const NAMES[] = {
        "place-holder", "after-place-holder", "after-negation", "predicate",
        "of-people",    "prepositional",      "needs-noun",     "no-noun",
        "needs-object", "only-subject"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (mtc_str_equal(name, mtc_str_of(NAMES[i]))) return 1u << i;
    }
    return 0;
}

static const uint16_t *read_roles(const look *at) {
    const mtc_document *const doc = at->doc;
    uint16_t *const roles = MTC_TAKE(doc->arena, uint16_t, doc->words.count + 1);
    if (roles == NULL) return NULL;
    for (size_t i = 0; i < doc->words.count; i++) {
        const mtc_wordset_entry *const entry = mtc_wordset_find(
            at->lists->gap_words, doc->words.at[doc->words.at[i].folded].text);
        if (entry == NULL) continue;
        mtc_str rest = entry->payload;
        while (rest.len > 0) {
            const char *const space = memchr(rest.ptr, ' ', rest.len);
            const size_t length = space == NULL ? rest.len : (size_t)(space - rest.ptr);
            roles[i] |= (uint16_t)role_named((mtc_str){rest.ptr, length});
            const size_t taken = space == NULL ? length : length + 1;
            rest = (mtc_str){rest.ptr + taken, rest.len - taken};
        }
    }
    return roles;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->tags == NULL) return MTC_OK;
    look at = {.detection = detection, .doc = doc, .lists = detection->self};
    at.functions = mtc_function_classes_read(doc, at.lists->function_words);
    if (at.functions == NULL) return MTC_NO_MEMORY;
    at.roles = read_roles(&at);
    if (at.roles == NULL) return MTC_NO_MEMORY;
    for (size_t s = 0; s < doc->sentences.count; s++) {
        const mtc_sentence *const sentence = &doc->sentences.at[s];
        const mtc_line *const line = mtc_sentence_line(doc, sentence);
        if (mtc_budget_spend(doc->budget, 2 * sentence->token_count) != MTC_OK) {
            return MTC_DEADLINE;
        }
        if (line->title_case) continue;
        for (uint32_t i = 0; i + 1 < sentence->token_count; i++) {
            const mtc_status status = look_at_token(&at, sentence->first_token + i);
            if (status != MTC_OK) return status;
        }
    }
    return MTC_OK;
}

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const self = MTC_TAKE(setup->arena, lists, 1);
    if (self == NULL) return MTC_NO_MEMORY;
    self->function_words = mtc_wordlists_get(setup->lists, "function-words");
    self->gap_words = mtc_wordlists_get(setup->lists, "gap-words");
    *ret_self = self;
    return MTC_OK;
}

const mtc_detector mtc_detector_missing = {"missing", RULES, setup, run};
