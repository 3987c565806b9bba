/* persons.h: whom the names, nouns and pronouns of an article can mean, and of which sex
 * its bearers of names are: by titles (Mr, Ms), by forenames that tell it, else by the
 * pronouns behind a name in sentences that name nobody else.
 *
 * Linear in the article. For gender.c.
 */
#ifndef MTC_DETECT_PERSONS_H
#define MTC_DETECT_PERSONS_H

#include "detect/detector.h"
#include "language/mentions.h"
#include "language/name_chain.h"

typedef enum { MTC_MASCULINE, MTC_FEMININE, MTC_NEITHER } mtc_gender;

typedef struct mtc_person_word_list {
    const mtc_str *at;
    size_t count;
} mtc_person_word_list;

typedef struct mtc_person_words {
    mtc_mention_words mentions;
    const mtc_wordset *forenames; /* forenames.txt: m or f */
    const mtc_wordset *persons;   /* persons.txt: nouns that a pronoun can mean */
    mtc_person_word_list pronouns[2], titles[2], endings; /* of the rule */
    uint32_t votes; /* of pronouns that tell a sex alone */
} mtc_person_words;

/* Lists of the language, parameters of the rule. */
void mtc_person_words_init(mtc_person_words *words, const mtc_wordlists *lists,
                           const mtc_rule *rule);

/* Whom a token means, where it is no chain of names. */
enum { MTC_NOBODY = MTC_NONE, MTC_SOMEBODY = MTC_NONE - 1, MTC_A_SHIP = MTC_NONE - 2 };

static inline bool mtc_means_chain(uint32_t means) {
    return means < MTC_A_SHIP;
}

/* Of one chain: how often what was said. */
typedef struct mtc_bearer {
    uint32_t titles[2], forenames[2];
    uint32_t votes[2];  /* pronouns behind it in sentences that name nobody else */
    uint32_t forename;  /* word of the first one; MTC_NONE: none */
    uint32_t titled_in; /* sentence of the last title, which was … */
    mtc_gender last_title;
    uint32_t reports; /* for the detector */
    bool several;     /* forenames */
    bool has_kin;     /* relatives are named beside it */
    bool has_couple;  /* titles of both sexes stand before it in one sentence */
} mtc_bearer;

typedef struct mtc_persons {
    const mtc_person_words *words;
    const mtc_document *doc;
    mtc_bearer *bearers; /* by chain */
    uint32_t *means;     /* by token: chain, MTC_NOBODY, MTC_SOMEBODY, MTC_A_SHIP */
    uint8_t *pronouns;   /* by token: mtc_gender */
    uint32_t counts[2];  /* pronouns in the article */
    bool has_kin;        /* relatives are named somewhere */
} mtc_persons;

/* From the document's arena; it must have chains and annotations. NO_MEMORY, DEADLINE. */
mtc_status mtc_persons_read(const mtc_person_words *words, const mtc_document *doc,
                            mtc_persons *ret_persons);

/* NEITHER: unknown, or both. */
mtc_gender mtc_person_sex(const mtc_persons *persons, const mtc_bearer *one);

/* The next mention of a name, behind a day or month: "on Monday Ms Holm". */
bool mtc_person_next_mention(const mtc_persons *persons, uint32_t from, uint32_t end,
                             mtc_mention *ret_mention);
/* The sex told by the title right before the name; "MS" is a ship. */
mtc_gender mtc_person_title(const mtc_persons *persons, const mtc_mention *mention);
/* Is the token such a title? */
bool mtc_person_is_title(const mtc_persons *persons, uint32_t token, mtc_gender sex);

#endif
