#include "detect/persons.h"

#include "detect/clause.h"
#include "detect/tree.h"
#include "language/names.h"

enum {
    MOST_JOINED = 4,         /* nouns: "Dahl, the director and owner" */
    SHORTEST_WITH_ENDING = 5 /* bytes of a noun that is known by its ending */
};

static bool is_among(mtc_person_word_list list, mtc_str text) {
    for (size_t i = 0; i < list.count; i++) {
        if (mtc_str_equal(list.at[i], text)) return true;
    }
    return false;
}

static mtc_str folded_at(const mtc_persons *at, uint32_t token) {
    return mtc_token_folded(at->doc, mtc_token_at(at->doc, token));
}

static uint32_t knowledge_at(const mtc_persons *at, uint32_t token) {
    const mtc_document *const doc = at->doc;
    return doc->words.at[doc->words.at[mtc_token_at(doc, token)->word].stem].knowledge;
}

/* --- What names say --- */

bool mtc_person_next_mention(const mtc_persons *at, uint32_t from, uint32_t end,
                             mtc_mention *ret_mention) {
    do {
        if (!mtc_mention_next(&at->words->mentions, at->doc, from, end, ret_mention))
            return false;
        from = ret_mention->end;
        if (mtc_token_is_in(at->words->mentions.calendar, at->doc,
                            mtc_token_at(at->doc, ret_mention->first)))
            from = ret_mention->first + 1;
        else if (mtc_mention_length(ret_mention) > 0)
            return true;
    } while (from < end);
    return false;
}

bool mtc_person_is_title(const mtc_persons *at, uint32_t token, mtc_gender sex) {
    return is_among(at->words->titles[sex], folded_at(at, token));
}

mtc_gender mtc_person_title(const mtc_persons *at, const mtc_mention *mention) {
    if (!mtc_mention_has_title(mention)) return MTC_NEITHER;
    const mtc_token *const title = mtc_token_at(at->doc, mention->name - 1);
    if (title->shape != MTC_SHAPE_CAPITAL) return MTC_NEITHER;
    const mtc_str text = mtc_token_folded(at->doc, title);
    for (mtc_gender sex = MTC_MASCULINE; sex < MTC_NEITHER; sex++) {
        if (is_among(at->words->titles[sex], text)) return sex;
    }
    return MTC_NEITHER;
}

static mtc_gender gender_of_forename(const mtc_persons *at, const mtc_mention *mention) {
    if (mtc_mention_length(mention) < 2) return MTC_NEITHER;
    const mtc_wordset_entry *const entry =
        mtc_wordset_find(at->words->forenames, folded_at(at, mention->name));
    if (entry == NULL) return MTC_NEITHER;
    return mtc_str_equal(entry->payload, MTC_STR("f")) ? MTC_FEMININE : MTC_MASCULINE;
}

static bool has_article(const mtc_persons *at, const mtc_mention *mention) {
    if (mention->first == 0 || at->doc->functions == NULL) return false;
    const uint32_t before = mention->first - 1;
    return mtc_token_at(at->doc, before)->sentence ==
               mtc_token_at(at->doc, mention->first)->sentence &&
           mtc_is_function(at->doc, at->doc->functions, before,
                           MTC_FUNCTION_BIT(ARTICLE));
}

/* A word that stands in names of things rather than of persons; what nobody knows may be
 * somebody's name. */
static bool is_of_things(const mtc_persons *at, uint32_t token) {
    const uint32_t thing = MTC_NAME_PLACE | MTC_NAME_DEMONYM | MTC_NAME_ORGANISATION;
    const uint32_t known = knowledge_at(at, token);
    if ((known & MTC_NAME_COUNTRY) ||
        mtc_names_is_common(at->doc,
                            &at->doc->words.at[mtc_token_at(at->doc, token)->word]))
        return true;
    if (known & (MTC_NAME_FIRST | MTC_NAME_LAST)) return false;
    return (known & (MTC_KNOWN_ANY | thing)) != 0 ||
           mtc_token_at(at->doc, token)->shape == MTC_SHAPE_UPPER;
}

/* Places, peoples, institutions, words with a capital: what no "he" can mean. */
static bool is_thing(const mtc_persons *at, const mtc_mention *mention) {
    if (mtc_mention_has_title(mention)) return false;
    if (has_article(at, mention) || is_of_things(at, mention->end - 1)) return true;
    for (uint32_t i = mention->name; i < mention->end; i++) {
        if (!is_of_things(at, i)) return false;
    }
    return true;
}

static void hear_forename(mtc_bearer *one, uint32_t word, mtc_gender sex) {
    if (one->forename == MTC_NONE) one->forename = word;
    if (one->forename != word) one->several = true;
    if (sex != MTC_NEITHER) one->forenames[sex]++;
}

static void read_mention(mtc_persons *at, const mtc_mention *mention) {
    const uint32_t chain = mtc_chain_of(at->doc, mention->end - 1);
    if (chain == MTC_NONE) return;
    const uint32_t means = is_thing(at, mention) ? MTC_NOBODY : chain;
    for (uint32_t i = mention->first; i < mention->end; i++) at->means[i] = means;
    if (means == MTC_NOBODY) return;
    mtc_bearer *const one = &at->bearers[chain];
    const mtc_gender title = mtc_person_title(at, mention);
    if (title != MTC_NEITHER) {
        const uint32_t sentence = mtc_token_at(at->doc, mention->first)->sentence;
        if (one->titled_in == sentence && one->last_title != title)
            one->has_couple = true;
        one->titled_in = sentence;
        one->last_title = title;
        one->titles[title]++;
    }
    if (mtc_mention_length(mention) > 1)
        hear_forename(one,
                      mtc_token_stem_id(at->doc, mtc_token_at(at->doc, mention->name)),
                      gender_of_forename(at, mention));
}

/* --- Other referents --- */

static bool is_plural(const mtc_persons *at, uint32_t token) {
    return mtc_has_feature(at->doc, token, MTC_STR("Number=Plur"));
}

static bool has_ending(const mtc_persons *at, mtc_str text) {
    if (text.len < SHORTEST_WITH_ENDING) return false;
    for (size_t i = 0; i < at->words->endings.count; i++) {
        if (mtc_str_ends_with(text, at->words->endings.at[i])) return true;
    }
    return false;
}

/* "director Lena Dahl", "Dahl, the director and owner", "Dahl, who is the director": the
 * noun means the name beside it. */
static bool is_beside_name(const mtc_persons *at, uint32_t token) {
    const uint64_t beside = MTC_RELATION_BIT(APPOS) | MTC_RELATION_BIT(COMPOUND) |
                            MTC_RELATION_BIT(FLAT) | MTC_RELATION_BIT(NMOD_DESC) |
                            MTC_RELATION_BIT(ACL_RELCL);
    for (int step = 0; step < MOST_JOINED; step++) {
        const uint32_t head = mtc_annotation_of(at->doc, token)->head;
        if (head == MTC_NONE) return false;
        if (mtc_relation_is_in(at->doc, token, beside))
            return mtc_chain_of(at->doc, head) != MTC_NONE;
        if (!mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(CONJ))) return false;
        token = head;
    }
    return false;
}

static bool is_kin(const mtc_wordset_entry *entry) {
    return entry != NULL && mtc_str_equal(entry->payload, MTC_STR("kin"));
}

static void read_noun(mtc_persons *at, uint32_t token) {
    const mtc_token *const word = mtc_token_at(at->doc, token);
    if (word->kind != MTC_TOKEN_WORD || at->means[token] != MTC_NOBODY) return;
    const mtc_str text = at->doc->words.at[mtc_token_stem_id(at->doc, word)].text;
    const mtc_wordset_entry *const entry = mtc_wordset_find(at->words->persons, text);
    if (is_kin(entry)) at->has_kin = true;
    if (entry == NULL && !(word->shape == MTC_SHAPE_LOWER && has_ending(at, text)))
        return;
    const mtc_annotation *const said = mtc_annotation_of(at->doc, token);
    if (said->noun < MTC_SHARE(0.5) && said->upos != MTC_UPOS_PRON) return;
    if (is_plural(at, token) || is_beside_name(at, token)) return;
    const bool is_ship = entry != NULL && mtc_str_equal(entry->payload, MTC_STR("ship"));
    at->means[token] = is_ship ? MTC_A_SHIP : MTC_SOMEBODY;
}

/* A noun that a name stands beside, or that a name or a pronoun is the subject of, means
 * that one: "She is a lawyer". */
static void read_heads(mtc_persons *at, uint32_t begin, uint32_t end) {
    for (uint32_t i = begin; i < end; i++) {
        const mtc_annotation *const said = mtc_annotation_of(at->doc, i);
        if (said->head == MTC_NONE) continue;
        if (!mtc_means_chain(at->means[i]) && at->pronouns[i] == MTC_NEITHER) continue;
        if (at->means[said->head] != MTC_SOMEBODY) continue;
        const bool same = said->relation == MTC_RELATION_APPOS ||
                          said->relation == MTC_RELATION_FLAT ||
                          said->relation == MTC_RELATION_NSUBJ;
        if (same) at->means[said->head] = MTC_NOBODY;
    }
}

static void read_pronoun(mtc_persons *at, uint32_t token) {
    const mtc_str text = folded_at(at, token);
    at->pronouns[token] = MTC_NEITHER;
    for (mtc_gender sex = MTC_MASCULINE; sex < MTC_NEITHER; sex++) {
        if (!is_among(at->words->pronouns[sex], text)) continue;
        at->pronouns[token] = (uint8_t)sex;
        at->counts[sex]++;
    }
}

/* Relatives beside a name, or two titles joined: "Mr and Mrs Dahl". */
static void spread_kin(mtc_persons *at, uint32_t begin, uint32_t end) {
    bool has_kin = false;
    for (uint32_t i = begin; i < end; i++) {
        const mtc_token *const token = mtc_token_at(at->doc, i);
        const mtc_wordset_entry *const entry =
            mtc_wordset_find(at->words->persons,
                             at->doc->words.at[mtc_token_stem_id(at->doc, token)].text);
        has_kin = has_kin || is_kin(entry);
    }
    for (uint32_t i = begin; has_kin && i < end; i++) {
        const uint32_t chain = mtc_chain_of(at->doc, i);
        if (chain != MTC_NONE) at->bearers[chain].has_kin = true;
    }
}

static void read_sentence(mtc_persons *at, const mtc_sentence *sentence) {
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    mtc_mention mention = {.end = begin};
    while (mtc_person_next_mention(at, mention.end, end, &mention))
        read_mention(at, &mention);
    for (uint32_t i = begin; i < end; i++) {
        read_pronoun(at, i);
        read_noun(at, i);
    }
    read_heads(at, begin, end);
    spread_kin(at, begin, end);
}

/* --- The sex of a bearer --- */

/* A sentence that names one bearer alone: its pronouns behind the name vote. */
static void vote(mtc_persons *at, const mtc_sentence *sentence) {
    const uint32_t end = sentence->first_token + sentence->token_count;
    uint32_t chain = MTC_NOBODY;
    for (uint32_t i = sentence->first_token; i < end; i++) {
        if (!mtc_means_chain(at->means[i])) continue;
        if (chain != MTC_NOBODY && chain != at->means[i]) return;
        chain = at->means[i];
    }
    if (chain == MTC_NOBODY) return;
    bool named = false;
    for (uint32_t i = sentence->first_token; i < end; i++) {
        named = named || mtc_means_chain(at->means[i]);
        if (named && at->pronouns[i] != MTC_NEITHER)
            at->bearers[chain].votes[at->pronouns[i]]++;
    }
}

/* The sex of most pronouns behind the name. */
static mtc_gender sex_by_votes(const mtc_persons *at, const mtc_bearer *one) {
    for (mtc_gender sex = MTC_MASCULINE; sex < MTC_NEITHER; sex++) {
        const uint32_t against = one->votes[MTC_FEMININE - sex];
        if (one->votes[sex] >= at->words->votes && one->votes[sex] > 2 * against)
            return sex;
    }
    return MTC_NEITHER;
}

/* The sex that titles and forenames give the bearer, or where they say nothing pronouns;
 * MTC_NEITHER: unknown, or both. */
mtc_gender mtc_person_sex(const mtc_persons *at, const mtc_bearer *one) {
    mtc_gender told = MTC_NEITHER;
    for (mtc_gender sex = MTC_MASCULINE; sex < MTC_NEITHER; sex++) {
        if (one->titles[sex] == 0 && one->forenames[sex] == 0) continue;
        if (told != MTC_NEITHER) return MTC_NEITHER;
        told = sex;
    }
    return told != MTC_NEITHER ? told : sex_by_votes(at, one);
}

/* --- All of it --- */

mtc_status mtc_persons_read(const mtc_person_words *words, const mtc_document *doc,
                            mtc_persons *ret_persons) {
    mtc_persons at = {.words = words,
                      .doc = doc,
                      .bearers = MTC_TAKE(doc->arena, mtc_bearer, doc->chains->count + 1),
                      .means = MTC_TAKE(doc->arena, uint32_t, doc->tokens.count + 1),
                      .pronouns = MTC_TAKE(doc->arena, uint8_t, doc->tokens.count + 1)};
    if (at.bearers == NULL || at.means == NULL || at.pronouns == NULL)
        return MTC_NO_MEMORY;
    for (uint32_t i = 0; i < doc->chains->count; i++) at.bearers[i].forename = MTC_NONE;
    memset(at.means, 0xFF, doc->tokens.count * sizeof *at.means);
    memset(at.pronouns, MTC_NEITHER, doc->tokens.count);
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        if (mtc_budget_spend(doc->budget, 4 * sentence->token_count + 1) != MTC_OK)
            return MTC_DEADLINE;
        read_sentence(&at, sentence);
    }
    for (size_t i = 0; i < doc->sentences.count; i++) {
        if (mtc_budget_spend(doc->budget, doc->sentences.at[i].token_count + 1) != MTC_OK)
            return MTC_DEADLINE;
        vote(&at, &doc->sentences.at[i]);
    }
    *ret_persons = at;
    return MTC_OK;
}

static mtc_person_word_list list_of(const mtc_rule *rule, const char *name) {
    mtc_person_word_list list = {NULL, 0};
    list.at = mtc_rule_list(rule, name, &list.count);
    return list;
}

void mtc_person_words_init(mtc_person_words *words, const mtc_wordlists *lists,
                           const mtc_rule *rule) {
    *words = (mtc_person_words){
        .forenames = mtc_wordlists_get(lists, "forenames"),
        .persons = mtc_wordlists_get(lists, "persons"),
        .pronouns = {list_of(rule, "masculine"), list_of(rule, "feminine")},
        .titles = {list_of(rule, "masculine_titles"), list_of(rule, "feminine_titles")},
        .endings = list_of(rule, "person_endings"),
        .votes = (uint32_t)mtc_rule_number(rule, "votes", 3)};
    mtc_mention_words_init(&words->mentions, lists);
}
