/* Somebody does something to himself: "Liz Truss interviewed Truss".
 *
 * Looked for on the surface: a name as subject, a verb (auxiliaries and adverbs before
 * it, a preposition behind it), and the same name, or its shortened form, as all of the
 * object. What is sound in that form (two people of one surname, two
 * teams of one town, "Holm said Holm would …", "Holm Dairy trusts Holm Dairy milk") is
 * kept out by what stands around it and by the kind of verb.
 */
#include "detect/same_entity.h"

#include "base/status.h"
#include "language/shares.h"

static const char *const RULES[] = {"garbled.same-entity", NULL};

enum {
    LONGEST_GAP = 9,         /* tokens between the two: has also shaken hands with the */
    LONGEST_NOUN_PHRASE = 2, /* words but the determiner */
    MOST_HELPERS = 3,        /* auxiliaries and adverbs before the verb */
    SHORTEST_CLAUSE = 5,     /* tokens: the one saw the one */
    VERB_SHARE = 70,         /* percent of readings, for the verb of the clause */
    FINITE_SHARE = 25,       /* of these, where no auxiliary stands before it */
    MODIFIER_SHARE = 50,
    AUXILIARY = MTC_FUNCTION_VERBS | MTC_FUNCTION_BIT(PARTICLE),
    ARTICLE = MTC_FUNCTION_BIT(ARTICLE),
    DETERMINER = MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(DETERMINER) |
                 MTC_FUNCTION_BIT(POSSESSIVE) | MTC_FUNCTION_BIT(QUANTIFIER),
    RELATIVE = MTC_FUNCTION_BIT(RELATIVE) | MTC_FUNCTION_BIT(INTERROGATIVE),
};

mtc_status mtc_same_entity_setup(const mtc_detector_setup *setup, const void **ret_self,
                                 mtc_error *error) {
    mtc_same_entity *const self = MTC_TAKE(setup->arena, mtc_same_entity, 1);
    if (self == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for names");
    const mtc_rule *const rule = setup->rules[0];
    mtc_mention_words_init(&self->words, setup->lists);
    self->functions = mtc_wordlists_get(setup->lists, "function-words");
    self->verbs = mtc_wordlists_get(setup->lists, "same-entity-verbs");
    self->prepositions = mtc_wordlists_get(setup->lists, "same-entity-prepositions");
    self->place_modifiers = mtc_wordlists_get(setup->lists, "place-modifiers");
    self->mutual = mtc_wordlists_get(setup->lists, "mutual-verbs");
    self->sayings = mtc_wordlists_get(setup->lists, "set-repetitions");
    self->object_ends = mtc_wordlists_get(setup->lists, "object-ends");
    self->whole = mtc_rule_number(rule, "whole", 0.9);
    self->shortened = mtc_rule_number(rule, "shortened", 0.8);
    self->lengthened = mtc_rule_number(rule, "lengthened", 0.65);
    self->telling = mtc_rule_list(rule, "telling", &self->telling_count);
    self->shared = mtc_rule_number(rule, "shared", 0.4);
    self->bare = mtc_rule_number(rule, "bare", 0.65);
    *ret_self = self;
    return MTC_OK;
}

static bool is_lower_word(const mtc_token *token) {
    return token->kind == MTC_TOKEN_WORD && token->shape == MTC_SHAPE_LOWER;
}

mtc_str mtc_same_entity_verb(const mtc_same_entity *self, const mtc_document *doc,
                             const mtc_token *token) {
    const mtc_wordset_entry *const entry =
        mtc_wordset_find(self->verbs, mtc_token_folded(doc, token));
    return entry == NULL ? (mtc_str){0} : entry->payload;
}

static bool is_verb(const mtc_document *doc, const mtc_token *token, bool helped) {
    return mtc_token_share(doc, token, MTC_SHARE_VERB) >= VERB_SHARE &&
           (helped || mtc_token_share(doc, token, MTC_SHARE_FINITE) >= FINITE_SHARE);
}

/* Nothing, or a short noun phrase: (shook) hands, (signed) a new treaty. */
static bool is_noun_phrase(const mtc_same_entity *self, const mtc_document *doc,
                           uint32_t from, uint32_t to) {
    if (from == to) return true;
    if (mtc_token_is_function(self->functions, doc, mtc_token_at(doc, from), DETERMINER))
        from++;
    for (uint32_t i = from; i < to; i++) {
        if (mtc_token_share(doc, mtc_token_at(doc, i), MTC_SHARE_NOMINAL) <
            MODIFIER_SHARE) {
            return false;
        }
    }
    return to > from && to - from <= LONGEST_NOUN_PHRASE &&
           mtc_token_share(doc, mtc_token_at(doc, to - 1), MTC_SHARE_NOUN) >=
               MODIFIER_SHARE;
}

/* Does the gap [from, to) read: auxiliaries, verb, [noun] preposition, article? */
static bool read_gap(const mtc_same_entity *self, const mtc_document *doc, uint32_t from,
                     uint32_t to, mtc_str *ret_kind) {
    if (mtc_token_is_function(self->functions, doc, mtc_token_at(doc, to - 1), ARTICLE))
        to--;
    for (uint32_t i = from; i < to; i++) {
        const mtc_token *const token = mtc_token_at(doc, i);
        if (!is_lower_word(token) || (token->flags & MTC_TOKEN_ABBREVIATION) != 0) {
            return false; /* "Holm v. Holm" */
        }
    }
    uint32_t at = from;
    bool helped = false;
    while (at < to && at - from < MOST_HELPERS) {
        const mtc_token *const token = mtc_token_at(doc, at);
        const bool auxiliary =
            mtc_token_is_function(self->functions, doc, token, AUXILIARY);
        if (!auxiliary && mtc_token_share(doc, token, MTC_SHARE_ADVERB) < VERB_SHARE) {
            break;
        }
        helped = helped || auxiliary;
        at++;
    }
    if (at >= to || !is_verb(doc, mtc_token_at(doc, at), helped)) return false;
    *ret_kind = mtc_same_entity_verb(self, doc, mtc_token_at(doc, at));
    if (mtc_str_equal(*ret_kind, MTC_STR("never"))) return false;
    at++;
    if (at == to) return !mtc_str_equal(*ret_kind, MTC_STR("clause"));
    return mtc_token_is_in(self->prepositions, doc, mtc_token_at(doc, to - 1)) &&
           is_noun_phrase(self, doc, at, to - 1);
}

/* Can what begins at `first` be the subject? Not behind "of", "blamed" or "and". */
static bool can_be_subject(const mtc_same_entity *self, const mtc_document *doc,
                           uint32_t begin, uint32_t first) {
    if (first > begin && mtc_token_is_function(self->functions, doc,
                                               mtc_token_at(doc, first - 1), ARTICLE)) {
        first--;
    }
    if (first == begin) return true;
    const mtc_token *before = mtc_token_at(doc, first - 1);
    if (before->kind == MTC_TOKEN_PUNCTUATION) {
        return (before->flags & (MTC_TOKEN_QUOTE | MTC_TOKEN_OPENS)) != 0 ||
               mtc_str_equal(mtc_token_bytes(doc, before), MTC_STR(","));
    }
    if (before->kind == MTC_TOKEN_NUMBER) return true;
    if (before->kind != MTC_TOKEN_WORD) return false;
    if ((before->flags & MTC_TOKEN_POSSESSIVE) != 0) return false;
    /* "the portrait of (dry goods merchant) Holm": look through to the preposition. */
    while (first - 1 > begin && is_lower_word(before) &&
           (mtc_token_share(doc, before, MTC_SHARE_NOMINAL) >= MODIFIER_SHARE ||
            mtc_token_is_function(self->functions, doc, before, ARTICLE))) {
        first--;
        before--;
    }
    return mtc_token_share(doc, before,
                           MTC_SHARE_ADPOSITION | MTC_SHARE_CONJUNCTION |
                               MTC_SHARE_VERB) < MODIFIER_SHARE;
}

/* "Holm told Holm that", "Holm explained to Holm why": what was told, no relative. */
static bool tells(const mtc_same_entity *self, const mtc_document *doc, uint32_t from,
                  uint32_t to, uint32_t sentence_end) {
    const uint32_t content = MTC_FUNCTION_BIT(RELATIVE) | MTC_FUNCTION_BIT(INTERROGATIVE);
    uint32_t next = to + 1;
    while (next < sentence_end && mtc_token_is_name_part(doc, mtc_token_at(doc, next))) {
        next++;
    }
    if (next >= sentence_end ||
        !mtc_token_is_function(self->functions, doc, mtc_token_at(doc, next), content) ||
        mtc_token_share(doc, mtc_token_at(doc, next), 1 << MTC_TAG_PRONOUN) >= 50) {
        return false;
    }
    for (uint32_t i = from; i < to; i++) {
        const mtc_str text = mtc_token_folded(doc, mtc_token_at(doc, i));
        for (size_t k = 0; k < self->telling_count; k++) {
            if (mtc_str_equal(text, self->telling[k])) return true;
        }
    }
    return false;
}

/* Is the object complete at `end`: no noun, verb or number goes on from it? */
static bool is_whole_object(const mtc_same_entity *self, const mtc_document *doc,
                            uint32_t end, uint32_t sentence_end) {
    if (end >= sentence_end) return true;
    const mtc_token *const next = mtc_token_at(doc, end);
    const bool has_more = end + 1 < sentence_end;
    if (mtc_token_is_in(self->object_ends, doc, next)) return true;
    switch (next->kind) {
    case MTC_TOKEN_PUNCTUATION: {
        const mtc_str mark = mtc_token_bytes(doc, next);
        if (mtc_str_equal(mark, MTC_STR(","))) {
            if (!has_more) return true;
            const mtc_token *const behind = mtc_token_at(doc, end + 1);
            return !mtc_token_is_function(self->functions, doc, behind, RELATIVE) &&
                   !mtc_token_is_name_part(doc, behind);
        }
        return (next->flags & (MTC_TOKEN_CLOSES | MTC_TOKEN_QUOTE)) != 0 ||
               (mark.len == 1 && memchr(".;:!?", mark.ptr[0], 5) != NULL);
    }
    case MTC_TOKEN_WORD: break;
    default: return false;
    }
    if ((next->flags & MTC_TOKEN_SPACE_BEFORE) == 0 || next->shape != MTC_SHAPE_LOWER ||
        mtc_token_is_function(self->functions, doc, next, RELATIVE)) {
        return false;
    }
    if (mtc_token_share(doc, next, MTC_SHARE_CONJUNCTION) >= 50 && has_more) {
        const mtc_token *const joined = mtc_token_at(doc, end + 1);
        return is_lower_word(joined) &&
               mtc_token_share(doc, joined, MTC_SHARE_DETERMINER) < MODIFIER_SHARE &&
               mtc_token_share(doc, joined, MTC_SHARE_NOMINAL) < MODIFIER_SHARE;
    }
    return mtc_token_share(doc, next, MTC_SHARE_NOMINAL | MTC_SHARE_VERB) <
           MODIFIER_SHARE;
}

/* "Holm met with Holm and her band": one object of two, and no verb of its own behind. */
static bool is_joined_object(const mtc_same_entity *self, const mtc_document *doc,
                             uint32_t end, uint32_t sentence_end) {
    if (end + 2 >= sentence_end ||
        !mtc_token_is_function(self->functions, doc, mtc_token_at(doc, end),
                               MTC_FUNCTION_BIT(COORDINATOR)) ||
        !mtc_token_is_function(self->functions, doc, mtc_token_at(doc, end + 1),
                               DETERMINER)) {
        return false;
    }
    for (uint32_t i = end; i < sentence_end; i++) {
        if (mtc_tag_share(doc, i, MTC_TAG_FINITE) >= FINITE_SHARE) return false;
    }
    return true;
}

mtc_status mtc_forenames_find(const mtc_same_entity *self, const mtc_document *doc,
                              mtc_forenames *ret_forenames) {
    mtc_forenames found = {
        .forename = MTC_TAKE(doc->arena, uint32_t, doc->words.count + 1),
        .shared = MTC_TAKE(doc->arena, bool, doc->words.count + 1),
    };
    if (found.forename == NULL || found.shared == NULL) return MTC_NO_MEMORY;
    for (size_t i = 0; i < doc->words.count; i++) found.forename[i] = MTC_NONE;
    for (uint32_t i = 1; i < doc->tokens.count; i++) {
        const mtc_token *const part = mtc_token_at(doc, i), *const before = part - 1;
        if (before->sentence != part->sentence || before->sentence == MTC_NONE ||
            !mtc_token_is_name_part(doc, part) || !mtc_token_is_name_part(doc, before) ||
            (before->flags & (MTC_TOKEN_STARTS_SENTENCE | MTC_TOKEN_POSSESSIVE)) ==
                MTC_TOKEN_POSSESSIVE ||
            (doc->words.at[before->word].knowledge & MTC_NAME_FIRST) == 0 ||
            mtc_token_is_title(&self->words, doc, before)) {
            continue;
        }
        const uint32_t name = mtc_token_stem_id(doc, part);
        const uint32_t forename = mtc_token_stem_id(doc, before);
        if (found.forename[name] == MTC_NONE)
            found.forename[name] = forename;
        else if (found.forename[name] != forename)
            found.shared[name] = true;
    }
    *ret_forenames = found;
    return MTC_OK;
}

static bool is_place(const mtc_document *doc, uint32_t index) {
    return (doc->words.at[doc->words.at[mtc_token_at(doc, index)->word].stem].knowledge &
            (MTC_NAME_PLACE | MTC_NAME_COUNTRY)) != 0;
}

/* Danes, Thais, Rangers: many at once. */
static bool is_people(const mtc_document *doc, uint32_t index) {
    const mtc_token *const token = mtc_token_at(doc, index);
    const mtc_lexeme *const lexeme = mtc_token_lexeme(doc, token);
    return (doc->words.at[token->word].knowledge & MTC_NAME_DEMONYM) != 0 ||
           (lexeme != NULL && lexeme->plural >= 50);
}

static bool is_first_name(const mtc_document *doc, uint32_t index) {
    return (doc->words.at[mtc_token_at(doc, index)->word].knowledge & MTC_NAME_FIRST) !=
           0;
}

static bool is_only_calendar(const mtc_same_entity *self, const mtc_document *doc,
                             const mtc_mention *mention) {
    for (uint32_t i = mention->name; i < mention->end; i++) {
        if (!mtc_token_is_in(self->words.calendar, doc, mtc_token_at(doc, i)))
            return false;
    }
    return true;
}

/* Is what the object lacks a word that makes another place of it, or it a country? */
static bool is_other_place(const mtc_same_entity *self, const mtc_document *doc,
                           const mtc_mention *subject, const mtc_mention *object) {
    const uint32_t behind = subject->end - mtc_mention_length(object);
    const uint32_t knowledge =
        doc->words.at[doc->words.at[mtc_token_at(doc, object->end - 1)->word].stem]
            .knowledge;
    return (knowledge & MTC_NAME_COUNTRY) != 0 ||
           (mtc_token_is_in(self->place_modifiers, doc, mtc_token_at(doc, behind - 1)) &&
            mtc_form_share(doc, mtc_token_at(doc, object->end - 1), 1 << MTC_TAG_NOUN) <
                50);
}

/* The whole name stands in the article before the sentence: whoever "Holm" is, it is the
 * one who was named so. */
static bool is_named_before(const mtc_document *doc, const mtc_mention *whole,
                            uint32_t before) {
    enum { FARTHEST = 4000 }; /* tokens */
    const uint32_t length = mtc_mention_length(whole);
    const uint32_t from = before > FARTHEST ? before - FARTHEST : 0;
    for (uint32_t i = from; i + length <= before; i++) {
        uint32_t same = 0;
        while (same < length &&
               mtc_token_stem_id(doc, mtc_token_at(doc, i + same)) ==
                   mtc_token_stem_id(doc, mtc_token_at(doc, whole->name + same))) {
            same++;
        }
        if (same == length) return true;
    }
    return false;
}

/* A place after which nobody is called. */
static bool is_only_place(const mtc_document *doc, uint32_t index) {
    const mtc_word *const word = &doc->words.at[mtc_token_at(doc, index)->word];
    return is_place(doc, index) &&
           !(doc->words.at[word->stem].knowledge & (MTC_NAME_FIRST | MTC_NAME_LAST));
}

/* "Holm met with Anna Holm", where Anna Holm is the only one of that name. */
static double certainty_of_longer(const mtc_same_entity *self, const mtc_document *doc,
                                  const mtc_forenames *people, const mtc_mention *subject,
                                  const mtc_mention *object, mtc_str kind) {
    const mtc_mention_link link = mtc_mention_compare(&self->words, doc, object, subject);
    const uint32_t length = mtc_mention_length(object);
    const uint32_t name = subject->name;
    if (link != MTC_MENTIONS_SURNAME && link != MTC_MENTIONS_FORENAME) return 0;
    if (kind.len > 0 || mtc_mention_length(subject) != 1 || length > 3) return 0;
    if (mtc_mention_has_title(subject) || mtc_mention_has_title(object)) return 0;
    if (is_only_place(doc, name) || is_people(doc, name) ||
        is_only_place(doc, object->end - 1) || is_only_place(doc, object->name)) {
        return 0;
    }
    if (people->shared[mtc_token_stem_id(doc, mtc_token_at(doc, object->end - 1))])
        return 0;
    return is_named_before(doc, object, subject->first) ? self->lengthened : 0;
}

/* How sure we are that both are one; 0: they may well be two. */
double mtc_same_entity_certainty(const mtc_same_entity *self, const mtc_document *doc,
                                 const mtc_forenames *people, const mtc_mention *subject,
                                 const mtc_mention *object, mtc_str kind) {
    const mtc_mention_link link = mtc_mention_compare(&self->words, doc, subject, object);
    if (link == MTC_MENTIONS_DIFFER || is_only_calendar(self, doc, object)) return 0;
    const bool titled = mtc_mention_has_title(object);
    if (titled && !mtc_mention_titles_agree(doc, subject, object)) return 0;
    /* "The Holm White Paper was linked to the White Paper": another one. */
    if (link == MTC_MENTIONS_SURNAME &&
        mtc_token_is_function(self->functions, doc, mtc_token_at(doc, object->first - 1),
                              ARTICLE)) {
        return 0;
    }
    const uint32_t last = object->end - 1;
    const bool single = mtc_mention_length(object) == 1;
    const bool is_sport = mtc_str_equal(kind, MTC_STR("sport"));
    if (is_place(doc, last) && mtc_str_equal(kind, MTC_STR("place"))) return 0;
    const bool shared =
        single && people->shared[mtc_token_stem_id(doc, mtc_token_at(doc, last))];
    switch (link) {
    case MTC_MENTIONS_EQUAL:
        if (single && !titled && mtc_mention_has_title(subject)) {
            return shared ? 0 : self->shortened;
        }
        if (single && is_people(doc, last)) return 0;
        if (single && !titled) return is_sport || shared ? 0 : self->bare;
        return is_sport && is_place(doc, last) ? 0 : self->whole;
    case MTC_MENTIONS_SURNAME:
        /* West Holm is not Holm, and a family stays a family. */
        if (mtc_str_equal(kind, MTC_STR("family"))) return 0;
        if (is_place(doc, last) && is_other_place(self, doc, subject, object)) return 0;
        return shared ? self->shared : self->shortened;
    case MTC_MENTIONS_FORENAME:
        return single && mtc_mention_length(subject) <= 3 &&
                       is_first_name(doc, subject->name) && !is_place(doc, subject->name)
                   ? self->shortened
                   : 0;
    case MTC_MENTIONS_ACRONYM: return self->shortened;
    default: return 0;
    }
}

void mtc_same_entity_drop_calendar(const mtc_same_entity *self, const mtc_document *doc,
                                   uint32_t begin, mtc_mention *subject) {
    while (
        subject->first > begin && subject->first + 1 < subject->end &&
        mtc_token_is_in(self->words.calendar, doc, mtc_token_at(doc, subject->first)) &&
        mtc_token_share(doc, mtc_token_at(doc, subject->first - 1),
                        MTC_SHARE_ADPOSITION) >= 50) {
        subject->first++;
        if (subject->name < subject->first) subject->name = subject->first;
    }
}

mtc_status mtc_same_entity_report(const mtc_detection *detection, uint32_t first,
                                  uint32_t object, uint32_t last, double confidence) {
    const mtc_document *const doc = detection->doc;
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = mtc_range_join(mtc_token_at(doc, first)->at, mtc_token_at(doc, last)->at),
        .mark =
            mtc_range_join(mtc_token_at(doc, object)->at, mtc_token_at(doc, last)->at),
        .confidence = (float)confidence,
    };
    return mtc_sink_add(detection->sink, &finding);
}

/* Does nothing behind the noun tell which one it is: "of the interior"? */
static bool ends_noun(const mtc_same_entity *self, const mtc_document *doc, uint32_t end,
                      uint32_t sentence_end) {
    return end >= sentence_end || mtc_token_at(doc, end)->kind == MTC_TOKEN_PUNCTUATION ||
           mtc_token_is_in(self->object_ends, doc, mtc_token_at(doc, end));
}

/* "The ministry praised the ministry.": no name, but the whole of the clause. */
static mtc_status check_nouns(const mtc_detection *detection,
                              const mtc_sentence *sentence) {
    const mtc_same_entity *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    if (sentence->token_count < SHORTEST_CLAUSE ||
        !mtc_token_is_function(self->functions, doc, mtc_token_at(doc, begin), ARTICLE)) {
        return MTC_OK;
    }
    const mtc_token *const subject = mtc_token_at(doc, begin + 1);
    if (!is_lower_word(subject) || (subject->flags & MTC_TOKEN_POSSESSIVE) != 0 ||
        mtc_form_share(doc, subject, MTC_SHARE_NOUN) < VERB_SHARE) {
        return MTC_OK;
    }
    const uint32_t most = end - begin < LONGEST_GAP + 3 ? end - begin : LONGEST_GAP + 3;
    for (uint32_t i = 4; i < most; i++) {
        const uint32_t object = begin + i;
        mtc_str kind;
        if (mtc_token_at(doc, object)->word != subject->word ||
            mtc_token_folded_id(doc, mtc_token_at(doc, object - 1)) !=
                mtc_token_folded_id(doc, mtc_token_at(doc, begin))) {
            continue;
        }
        if (!read_gap(self, doc, begin + 2, object, &kind) || kind.len > 0 ||
            !is_whole_object(self, doc, object + 1, end) ||
            !ends_noun(self, doc, object + 1, end)) {
            return MTC_OK;
        }
        return mtc_same_entity_report(detection, begin, object - 1, object, self->bare);
    }
    return MTC_OK;
}

static mtc_status check_sentence(const mtc_detection *detection,
                                 const mtc_sentence *sentence, mtc_forenames *people) {
    const mtc_same_entity *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    mtc_mention subject, object;
    if (!mtc_mention_next(&self->words, doc, begin, end, &subject)) return MTC_OK;
    for (; mtc_mention_next(&self->words, doc, subject.end, end, &object);
         subject = object) {
        mtc_str kind;
        const uint32_t whole = subject.first;
        mtc_same_entity_drop_calendar(self, doc, begin, &subject);
        const bool is_dated = subject.first > whole;
        if (subject.possessive || object.possessive ||
            mtc_mention_length(&subject) == 0 || object.first == subject.end ||
            object.first - subject.end > LONGEST_GAP ||
            mtc_mention_length(&object) == 0 ||
            !read_gap(self, doc, subject.end, object.first, &kind) ||
            (!is_dated && !can_be_subject(self, doc, begin, subject.first)) ||
            (!is_whole_object(self, doc, object.end, end) &&
             !(kind.len == 0 && is_joined_object(self, doc, object.end, end)) &&
             !tells(self, doc, subject.end, object.first, end))) {
            continue;
        }
        if (people->forename == NULL) {
            const mtc_status status = mtc_forenames_find(self, doc, people);
            if (status != MTC_OK) return status;
        }
        double confidence =
            mtc_same_entity_certainty(self, doc, people, &subject, &object, kind);
        if (confidence <= 0) {
            confidence = certainty_of_longer(self, doc, people, &subject, &object, kind);
        }
        if (confidence <= 0) continue;
        const mtc_status status = mtc_same_entity_report(
            detection, subject.first, object.first, object.end - 1, confidence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    mtc_forenames people = {0};
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        mtc_status status = mtc_budget_spend(doc->budget, sentence->token_count + 1);
        if (status == MTC_OK) status = check_sentence(detection, sentence, &people);
        if (status == MTC_OK) status = check_nouns(detection, sentence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_same_entity = {"same_entity", RULES,
                                               mtc_same_entity_setup, run};
