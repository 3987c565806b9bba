/* mentions.h: names in a sentence, and which of them can mean the same.
 *
 * A mention is a chain of words with capitals, with the titles before it and the
 * particles inside it: `Prime Minister Ursula von der Leyen`, `al-Maliki`, `J. K. Holm`,
 * `UNESCO`, `Bank of Sweden`. It ends at a possessive. The finder looks at the surface
 * only; it takes no memory and keeps no state, so that a finder with grammar can stand in
 * for it later.
 */
#ifndef MTC_LANGUAGE_MENTIONS_H
#define MTC_LANGUAGE_MENTIONS_H

#include "base/wordset.h"
#include "text/document.h"

typedef struct mtc_mention_words {
    const mtc_wordset *titles;    /* titles.txt: mr, president, prime minister */
    const mtc_wordset *particles; /* name-particles.txt: van, der, bin, of */
    const mtc_wordset *calendar;  /* calendar.txt: monday, june */
} mtc_mention_words;

void mtc_mention_words_init(mtc_mention_words *words, const mtc_wordlists *lists);

typedef struct mtc_mention {
    uint32_t first, end; /* tokens [first, end) */
    uint32_t name;       /* where the name proper begins; `end`: nothing but titles */
    bool possessive;     /* its last token carries 's or ' */
} mtc_mention;

/* The first mention in tokens [from, end); false: there is none. */
bool mtc_mention_next(const mtc_mention_words *words, const mtc_document *doc,
                      uint32_t from, uint32_t end, mtc_mention *ret_mention);

/* Can this token be part of a name: a word with a capital that is no function word? */
bool mtc_token_is_name_part(const mtc_document *doc, const mtc_token *token);

/* Is the token a title before a name? A stop behind it and what a
 * hyphen joins before it (then-President) are looked through. */
bool mtc_token_is_title(const mtc_mention_words *words, const mtc_document *doc,
                        const mtc_token *token);

/* Does the list (of folded words) hold the token? Its stop is looked through. */
bool mtc_token_is_in(const mtc_wordset *list, const mtc_document *doc,
                     const mtc_token *token);

typedef enum mtc_mention_link {
    MTC_MENTIONS_DIFFER,
    MTC_MENTIONS_EQUAL,    /* the same name, word for word */
    MTC_MENTIONS_SURNAME,  /* the later one is how the earlier one ends */
    MTC_MENTIONS_FORENAME, /* the later one is how the earlier one begins */
    MTC_MENTIONS_ACRONYM,  /* the later one is made of the earlier one's initials */
} mtc_mention_link;

/* Compares names without titles; a possessive ending does not count. */
mtc_mention_link mtc_mention_compare(const mtc_mention_words *words,
                                     const mtc_document *doc, const mtc_mention *earlier,
                                     const mtc_mention *later);

/* Do both carry the same titles? (None on both sides is the same too.) */
bool mtc_mention_titles_agree(const mtc_document *doc, const mtc_mention *a,
                              const mtc_mention *b);

static inline bool mtc_mention_has_title(const mtc_mention *mention) {
    return mention->name > mention->first;
}
/* Words of the name proper. */
static inline uint32_t mtc_mention_length(const mtc_mention *mention) {
    return mention->end - mention->name;
}

#endif
