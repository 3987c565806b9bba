/* arguments.c: somebody does something to himself, by the network's grammar: one entity
 * stands as the subject of a verb and as another of its arguments, wherever in the
 * sentence ("On Friday Truss, who had come by train, at last thanked Truss").
 *
 * Names are compared as entities (full name, surname, title and name), other nouns by
 * their whole phrase, where that names one thing: "the court", "his brother".
 */
#include "detect/arguments.h"
#include "base/status.h"
#include "detect/clause.h"

static const char *const RULES[] = {"garbled.same-entity", NULL};

enum {
    MOST_PHRASE = 12,      /* tokens of a noun phrase */
    MOST_APART = 30,       /* tokens between the two */
    SHORTEST_SENTENCE = 7, /* tokens; shorter ones are proverbs */
};

static const mtc_annotation *said_of(const mtc_arguments *at, uint32_t token) {
    return mtc_annotation_of(at->doc, token);
}

static const mtc_token *token_at(const mtc_arguments *at, uint32_t token) {
    return mtc_token_at(at->doc, token);
}

static bool is_joined(const mtc_arguments *at, uint32_t token) {
    const mtc_annotation *const said = said_of(at, token);
    return (uint64_t)said->head_share * said->relation_share >=
           (uint64_t)at->joined * UINT16_MAX;
}

/* --- Noun phrases --- */

bool mtc_has_case(const mtc_arguments *at, uint32_t noun, mtc_rule_words words) {
    const uint32_t preposition = mtc_tree_child(&at->tree, noun, MTC_RELATION_BIT(CASE));
    return preposition != MTC_NONE &&
           mtc_rule_words_have(words,
                               mtc_token_folded(at->doc, token_at(at, preposition)));
}

/* May what hangs on a noun from behind tell which one is meant, "the team of the north"?
 */
typedef enum { NO_MORE, PERHAPS, TELLS } modifier;

static modifier look_behind(const mtc_arguments *at, uint32_t head, uint32_t child,
                            bool is_subject) {
    const uint64_t joined = MTC_RELATION_BIT(CONJ) | MTC_RELATION_BIT(CC);
    const uint64_t loose = MTC_RELATION_BIT(NMOD) | MTC_RELATION_BIT(NMOD_UNMARKED) |
                           MTC_RELATION_BIT(OBL) | MTC_RELATION_BIT(OBL_UNMARKED) |
                           MTC_RELATION_BIT(ADVMOD);
    const bool aside = mtc_is_mark(at->doc, head + 1, ',');
    if (mtc_relation_is_in(at->doc, child, MTC_RELATION_BIT(FLAT))) return NO_MORE;
    /* "the court, which …": told by the way */
    if (aside && is_subject && !mtc_relation_is_in(at->doc, child, joined))
        return NO_MORE;
    /* "remedied the fault by using oil": it hangs on the verb, whatever is said */
    if (mtc_relation_is_in(at->doc, child, MTC_RELATION_BIT(ACL)) &&
        mtc_token_is_in(at->self->object_ends, at->doc,
                        token_at(at, mtc_tree_span(&at->tree, child).begin)))
        return NO_MORE;
    return !is_subject && mtc_relation_is_in(at->doc, child, loose) &&
                   !mtc_has_case(at, child, at->telling)
               ? PERHAPS
               : TELLS;
}

/* Of two words or more that say something: "the old ferry", but not "the ferry". */
static bool is_telling(const mtc_arguments *at, mtc_range phrase) {
    uint32_t weighty = 0;
    for (uint32_t i = phrase.begin; i < phrase.end; i++) {
        const mtc_annotation *const said = said_of(at, i);
        weighty += said->upos == MTC_UPOS_ADJ || said->upos == MTC_UPOS_NUM ||
                   said->noun + said->proper >= MTC_SHARE(0.5);
    }
    return weighty >= 2;
}

/* The tokens of the phrase that end in its head, or in the rest of a name behind it;
 * empty: more hangs on it than a phrase of one thing has. */
static mtc_range phrase_of(const mtc_arguments *at, uint32_t head, bool is_subject) {
    const uint64_t before = MTC_RELATION_BIT(DET) | MTC_RELATION_BIT(DET_PREDET) |
                            MTC_RELATION_BIT(AMOD) | MTC_RELATION_BIT(COMPOUND) |
                            MTC_RELATION_BIT(NUMMOD) | MTC_RELATION_BIT(NMOD_POSS) |
                            MTC_RELATION_BIT(FLAT) | MTC_RELATION_BIT(NMOD_DESC);
    const uint64_t beside = MTC_RELATION_BIT(CASE) | MTC_RELATION_BIT(PUNCT) |
                            MTC_RELATION_BIT(MARK) | MTC_RELATION_BIT(CC);
    const mtc_range none = {head, head};
    mtc_range phrase = {head, head + 1};
    bool perhaps = false;
    for (uint32_t child = at->tree.first_child[head]; child != MTC_NONE;
         child = at->tree.next_sibling[child]) {
        const mtc_range span = mtc_tree_span(&at->tree, child);
        if (mtc_relation_is_in(at->doc, child, beside)) continue;
        if (child > head) {
            const modifier behind = look_behind(at, head, child, is_subject);
            if (behind == TELLS) return none;
            perhaps = perhaps || behind == PERHAPS;
            if (!mtc_relation_is_in(at->doc, child, MTC_RELATION_BIT(FLAT))) continue;
        }
        if (!mtc_relation_is_in(at->doc, child, before)) return none;
        if (span.begin < phrase.begin) phrase.begin = span.begin;
        if (span.end > phrase.end) phrase.end = span.end;
    }
    if (perhaps && !is_telling(at, phrase)) return none;
    return mtc_range_length(phrase) > MOST_PHRASE ? none : phrase;
}

bool mtc_same_words(const mtc_arguments *at, mtc_range a, mtc_range b) {
    if (mtc_range_length(a) != mtc_range_length(b)) return false;
    for (uint32_t i = 0; i < mtc_range_length(a); i++) {
        if (mtc_token_folded_id(at->doc, token_at(at, a.begin + i)) !=
            mtc_token_folded_id(at->doc, token_at(at, b.begin + i)))
            return false;
    }
    return true;
}

/* "the court", "his brother", "iodised salt": one thing, and the same one each time; but
 * "some people help some people", "a day follows a day". */
static bool is_definite(const mtc_arguments *at, mtc_range phrase) {
    const mtc_token *const first = token_at(at, phrase.begin);
    if (mtc_range_length(phrase) < 2) return false;
    if (mtc_token_is_function(at->self->functions, at->doc, first,
                              MTC_FUNCTION_BIT(QUANTIFIER)))
        return mtc_range_length(phrase) > 2;
    if (!mtc_token_is_function(at->self->functions, at->doc, first,
                               MTC_FUNCTION_BIT(ARTICLE)))
        return first->kind == MTC_TOKEN_WORD;
    return mtc_range_length(first->at) > 2; /* no "a", no "an" */
}

/* A common noun, or a title that stands for its bearer. */
static bool is_noun(const mtc_arguments *at, uint32_t token) {
    return said_of(at, token)->noun + said_of(at, token)->proper >= MTC_SHARE(0.8);
}

/* "called the ship a wreck", but not "allowed the ship to sail", "to be a wreck" */
bool mtc_is_named_so(const mtc_arguments *at, uint32_t object) {
    const uint32_t more =
        mtc_tree_child(&at->tree, said_of(at, object)->head, MTC_RELATION_BIT(XCOMP));
    return more != MTC_NONE && said_of(at, more)->upos != MTC_UPOS_VERB &&
           mtc_tree_child(&at->tree, more, MTC_RELATION_BIT(MARK)) == MTC_NONE;
}

/* "Dog eats dog", "Neighbours help neighbours", "Violence breeds violence" */
bool mtc_is_saying(const mtc_arguments *at, uint32_t subject, uint32_t object) {
    return mtc_token_is_in(at->self->mutual, at->doc,
                           token_at(at, said_of(at, object)->head)) ||
           mtc_token_is_in(at->self->sayings, at->doc, token_at(at, subject));
}

static bool is_short(const mtc_arguments *at, uint32_t token) {
    return at->doc->sentences.at[token_at(at, token)->sentence].token_count <
           SHORTEST_SENTENCE;
}

/* "met the team of the north": what follows may tell which team. */
static bool goes_on(const mtc_arguments *at, uint32_t verb, mtc_range object,
                    mtc_str kind) {
    if (object.end >= at->doc->tokens.count) return false;
    const mtc_annotation *const next = said_of(at, object.end);
    if (token_at(at, object.end)->kind == MTC_TOKEN_NUMBER) return true;
    if (next->upos != MTC_UPOS_ADP) return false;
    if (mtc_token_is_in(at->self->object_ends, at->doc, token_at(at, object.end)))
        return false;
    if (next->head == MTC_NONE) return true;
    if (is_telling(at, object)) return mtc_has_case(at, next->head, at->telling);
    if (mtc_str_equal(kind, MTC_STR("sport"))) return true;
    const mtc_annotation *const noun = said_of(at, next->head);
    if (noun->head == verb) return noun->head_share < MTC_SHARE(0.55);
    return noun->head == MTC_NONE || noun->head < verb || noun->head < object.end;
}

/* "Dog eats dog", "Violence leads to violence": two nouns alone may well be two. */
static double judge_nouns(const mtc_arguments *at, uint32_t subject, uint32_t object,
                          mtc_str kind) {
    if (!is_noun(at, subject)) return 0;
    const mtc_range one = phrase_of(at, subject, true);
    const mtc_range two = phrase_of(at, object, false);
    if (mtc_range_length(one) == 0 || !mtc_same_words(at, one, two)) return 0;
    if (goes_on(at, said_of(at, object)->head, two, kind)) return 0;
    if (mtc_is_named_so(at, object)) return 0;
    if (is_definite(at, one)) return at->noun;
    return mtc_range_length(one) == 1 && !is_short(at, subject) &&
                   !mtc_is_saying(at, subject, object)
               ? at->bare_noun
               : 0;
}

/* --- Names --- */

/* The mention that holds the token; false: it is part of none. */
static bool mention_at(const mtc_arguments *at, uint32_t token,
                       mtc_mention *ret_mention) {
    const mtc_sentence *const sentence =
        &at->doc->sentences.at[token_at(at, token)->sentence];
    const uint32_t begin = token - sentence->first_token < MOST_PHRASE
                               ? sentence->first_token
                               : token - MOST_PHRASE;
    const uint32_t end = sentence->first_token + sentence->token_count;
    mtc_mention mention = {.end = begin};
    while (mtc_mention_next(&at->self->words, at->doc, mention.end, end, &mention) &&
           mention.first <= token) {
        if (token >= mention.end) continue;
        *ret_mention = mention;
        return mention.end > mention.name && !mention.possessive;
    }
    return false;
}

/* "founded the Holm Dairy near Ghent": a name of some words is known without it. */
static bool is_by_the_way(const mtc_arguments *at, const mtc_mention *mention,
                          uint32_t child) {
    enum { LONG_NAME = 3 };
    return child >= mention->end && mtc_mention_length(mention) >= LONG_NAME &&
           mtc_relation_is_in(at->doc, child, MTC_RELATION_BIT(NMOD)) &&
           !mtc_has_case(at, child, at->telling);
}

/* "founded the Holm Dairy, and the mill was sold": one more noun behind a comma and an
 * "and", not the last of a list, more likely begins a clause. */
static bool begins_clause(const mtc_arguments *at, uint32_t head, uint32_t child) {
    const uint64_t conjunct = MTC_RELATION_BIT(CONJ);
    const uint32_t first = mtc_tree_child(&at->tree, head, conjunct);
    const uint32_t begin = mtc_tree_span(&at->tree, child).begin;
    if (first != child || mtc_tree_next_child(&at->tree, child, conjunct) != MTC_NONE)
        return false;
    /* The link hangs on the noun, or on the verb of the clause. */
    uint32_t link = begin;
    if (begin > head + 1 && said_of(at, begin - 1)->upos == MTC_UPOS_CCONJ) link--;
    return link > head + 1 && said_of(at, link)->upos == MTC_UPOS_CCONJ &&
           mtc_is_mark(at->doc, link - 1, ',');
}

/* Is the mention all that the argument says: no "Holm and Lund", no "Holm of Ghent"? */
static bool is_whole(const mtc_arguments *at, const mtc_mention *mention, uint32_t head,
                     uint64_t allowed) {
    const uint64_t any = MTC_RELATION_BIT(CONJ) | MTC_RELATION_BIT(NMOD) |
                         MTC_RELATION_BIT(NMOD_POSS) | MTC_RELATION_BIT(NUMMOD) |
                         MTC_RELATION_BIT(NMOD_UNMARKED) | MTC_RELATION_BIT(APPOS) |
                         MTC_RELATION_BIT(COMPOUND) | MTC_RELATION_BIT(AMOD) |
                         MTC_RELATION_BIT(ACL_RELCL) | MTC_RELATION_BIT(ACL);
    const uint64_t more = any & ~allowed;
    if (head + 1 < mention->end && head < mention->name) return false;
    for (uint32_t child = mtc_tree_child(&at->tree, head, more); child != MTC_NONE;
         child = mtc_tree_next_child(&at->tree, child, more))
        if ((child < mention->first || child >= mention->end) &&
            !is_by_the_way(at, mention, child) && !begins_clause(at, head, child))
            return false;
    return true;
}

static bool is_place(const mtc_arguments *at, uint32_t token) {
    const mtc_word *const word = &at->doc->words.at[token_at(at, token)->word];
    return word->knowledge & (MTC_NAME_PLACE | MTC_NAME_COUNTRY);
}

static double judge_names(mtc_arguments *at, uint32_t subject, uint32_t object,
                          mtc_str kind, mtc_mention *ret_one, mtc_mention *ret_two) {
    if (mtc_is_named_so(at, object)) return 0; /* "Holm made Holm great" */
    if (!mention_at(at, subject, ret_one) || !mention_at(at, object, ret_two)) return 0;
    if (ret_one->first == ret_two->first) return 0;
    const uint32_t begin =
        at->doc->sentences.at[token_at(at, subject)->sentence].first_token;
    mtc_same_entity_drop_calendar(at->self, at->doc, begin, ret_one);
    const uint64_t told =
        MTC_RELATION_BIT(ACL_RELCL) | MTC_RELATION_BIT(APPOS) | MTC_RELATION_BIT(ACL);
    if (ret_two->end < at->doc->tokens.count &&
        token_at(at, ret_two->end)->kind == MTC_TOKEN_NUMBER)
        return 0; /* "Atlas 2 outlived Atlas 1" */
    const uint32_t role = mtc_tree_child(&at->tree, object, MTC_RELATION_BIT(CASE));
    if (role != MTC_NONE &&
        mtc_str_equal(mtc_token_folded(at->doc, token_at(at, role)), at->role))
        return 0; /* "will act as Commissioner" */
    if (!is_whole(at, ret_one, subject, told) || !is_whole(at, ret_two, object, 0))
        return 0;
    if (at->people.forename == NULL &&
        mtc_forenames_find(at->self, at->doc, &at->people) != MTC_OK)
        return 0;
    /* "Holm wrote Holm a letter" */
    const uint64_t objects = MTC_RELATION_BIT(OBJ) | MTC_RELATION_BIT(IOBJ);
    if (mtc_str_equal(kind, MTC_STR("clause")) &&
        mtc_relation_is_in(at->doc, object, objects) &&
        mtc_tree_next_child(&at->tree, object, objects) != MTC_NONE)
        return 0;
    /* "Real Madrid played in Madrid" */
    if (is_place(at, object) &&
        !mtc_relation_is_in(at->doc, object, MTC_RELATION_BIT(OBJ)) &&
        mtc_mention_length(ret_one) != mtc_mention_length(ret_two))
        return 0;
    return mtc_same_entity_certainty(at->self, at->doc, &at->people, ret_one, ret_two,
                                     kind);
}

/* --- Verbs and their arguments --- */

/* "came to see", "left, thanking all", but not "with Holm leaving". */
static bool shares_subject(const mtc_arguments *at, uint32_t verb) {
    if (verb == 0 || said_of(at, verb)->finite >= MTC_SHARE(0.2)) return false;
    return mtc_is_mark(at->doc, verb - 1, ',') ||
           said_of(at, verb - 1)->upos == MTC_UPOS_PART;
}

/* The subject of a verb, of the one that it is coordinated with ("came and saw"), or of
 * the one that it completes ("wanted to see"). */
static uint32_t subject_of(const mtc_arguments *at, uint32_t verb) {
    enum { MOST_STEPS = 3 };
    const uint64_t subjects = MTC_RELATION_BIT(NSUBJ) | MTC_RELATION_BIT(NSUBJ_PASS);
    for (int step = 0; step < MOST_STEPS; step++) {
        const uint32_t subject = mtc_tree_child(&at->tree, verb, subjects);
        if (subject != MTC_NONE) return is_joined(at, subject) ? subject : MTC_NONE;
        const uint32_t head = said_of(at, verb)->head;
        if (head == MTC_NONE || !is_joined(at, verb)) return MTC_NONE;
        if (said_of(at, head)->upos != MTC_UPOS_VERB) return MTC_NONE;
        if (mtc_relation_is_in(at->doc, verb, MTC_RELATION_BIT(XCOMP))) {
            const uint32_t own = mtc_tree_child(&at->tree, verb, MTC_RELATION_BIT(OBJ));
            if (mtc_tree_child(&at->tree, head, MTC_RELATION_BIT(OBJ)) != MTC_NONE ||
                (own != MTC_NONE && own < verb))
                return MTC_NONE; /* "asked Lund to see", wherever Lund is said to hang */
        } else if (mtc_relation_is_in(at->doc, verb, MTC_RELATION_BIT(ADVCL))) {
            if (!shares_subject(at, verb)) return MTC_NONE;
        } else if (!mtc_relation_is_in(at->doc, verb, MTC_RELATION_BIT(CONJ))) {
            return MTC_NONE;
        }
        verb = head;
    }
    return MTC_NONE;
}

/* "called the envoy to Norway": hangs on the noun, whatever the network says. */
static bool belongs_to_object(const mtc_arguments *at, uint32_t verb, uint32_t noun) {
    if (!mtc_relation_is_in(at->doc, noun, MTC_RELATION_BIT(OBL))) return false;
    const uint32_t link = mtc_tree_child(&at->tree, noun, MTC_RELATION_BIT(CASE));
    if (link == MTC_NONE || link == 0 || said_of(at, link - 1)->head != verb ||
        !mtc_relation_is_in(at->doc, link - 1, MTC_RELATION_BIT(OBJ)))
        return false;
    const uint32_t article = mtc_tree_child(&at->tree, link - 1, MTC_RELATION_BIT(DET));
    return article != MTC_NONE &&
           mtc_has_feature(at->doc, article, MTC_STR("Definite=Def"));
}

static mtc_status judge_pair(mtc_arguments *at, uint32_t verb, uint32_t subject,
                             uint32_t object) {
    if (belongs_to_object(at, verb, object)) return MTC_OK;
    const mtc_str kind = mtc_same_entity_verb(at->self, at->doc, token_at(at, verb));
    mtc_mention one = {0}, two = {0};
    const double doubted = mtc_judge_doubted(at, subject, object, kind);
    double evidence = mtc_str_equal(kind, MTC_STR("never"))
                          ? 0
                          : judge_names(at, subject, object, kind, &one, &two);
    if (evidence > 0) {
        return mtc_same_entity_report(at->detection, one.first, two.first, two.end - 1,
                                      evidence > doubted ? evidence : doubted);
    }
    evidence = judge_nouns(at, subject, object, kind);
    if (evidence < doubted) evidence = doubted;
    if (evidence <= 0) return MTC_OK;
    const mtc_range first = mtc_noun_front(at, subject),
                    second = mtc_noun_front(at, object);
    return mtc_same_entity_report(at->detection, first.begin, second.begin,
                                  second.end - 1, evidence);
}

/* "Holm showed no mercy to Holm": the phrase may hang on a noun that goes with the verb.
 */
static mtc_status look_below(mtc_arguments *at, uint32_t verb, uint32_t subject,
                             uint32_t object) {
    const uint64_t inner = MTC_RELATION_BIT(NMOD);
    const uint32_t article = mtc_tree_child(&at->tree, object, MTC_RELATION_BIT(DET));
    if (article != MTC_NONE && mtc_has_feature(at->doc, article, MTC_STR("Definite=Def")))
        return MTC_OK; /* "called the envoy to Holm" */
    for (uint32_t child = mtc_tree_child(&at->tree, object, inner); child != MTC_NONE;
         child = mtc_tree_next_child(&at->tree, child, inner)) {
        if (child < object || child - subject > MOST_APART || !is_joined(at, child) ||
            !mtc_has_case(at, child, at->inner))
            continue;
        const mtc_status status = judge_pair(at, verb, subject, child);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status look_at_verb(mtc_arguments *at, uint32_t verb) {
    const uint64_t arguments = MTC_RELATION_BIT(OBJ) | MTC_RELATION_BIT(IOBJ) |
                               MTC_RELATION_BIT(OBL) | MTC_RELATION_BIT(OBL_AGENT);
    uint32_t object = mtc_tree_child(&at->tree, verb, arguments);
    if (object == MTC_NONE) return MTC_OK;
    const uint32_t subject = subject_of(at, verb);
    if (subject == MTC_NONE || subject > verb) return MTC_OK;
    for (; object != MTC_NONE;
         object = mtc_tree_next_child(&at->tree, object, arguments)) {
        if (object < verb || object - subject > MOST_APART || !is_joined(at, object))
            continue;
        mtc_status status = judge_pair(at, verb, subject, object);
        if (status == MTC_OK) status = look_below(at, verb, subject, object);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (doc->annotations == NULL) return MTC_OK;
    mtc_arguments at = {.detection = detection, .self = detection->self, .doc = doc};
    if (!mtc_tree_read(doc, &at.tree)) return MTC_NO_MEMORY;
    const mtc_rule *const rule = detection->rules[0];
    at.joined = MTC_SHARE(mtc_rule_number(rule, "joined", 0.15));
    at.inner = mtc_rule_words_of(rule, "inner");
    at.telling = mtc_rule_words_of(rule, "telling_apart");
    at.role = mtc_rule_text(rule, "role", MTC_STR(""));
    at.noun = mtc_rule_number(rule, "noun", 0.65);
    at.bare_noun = mtc_rule_number(rule, "bare_noun", 0.55);
    at.doubtful = MTC_SHARE(mtc_rule_number(rule, "doubtful", 0.2));
    at.doubtful_for_sure = MTC_SHARE(mtc_rule_number(rule, "doubtful_for_sure", 0.3));
    at.doubted = mtc_rule_number(rule, "doubted", 0.6);
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        if (mtc_budget_spend(doc->budget, 1) != MTC_OK) return MTC_DEADLINE;
        if (said_of(&at, i)->upos != MTC_UPOS_VERB &&
            said_of(&at, i)->upos != MTC_UPOS_ADJ)
            continue; /* an adjective: "feels good for", "is afraid of" */
        const mtc_status status = look_at_verb(&at, i);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_arguments = {"arguments", RULES, mtc_same_entity_setup,
                                             run};
