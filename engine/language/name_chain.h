/* name_chain.h: which mentions in an article mean the same: "Prime Minister Lena Holm",
 * "Holm", "Ms Holm"; "World Health Organization", "WHO".
 *
 * A chain is a set of names. A shorter name belongs to a longer one where it is how that
 * ends (a surname), how it begins (a forename that is known as one), or made of its
 * initials, and where exactly one chain of the article fits: with a Lena and a Jan Holm
 * about, "Holm" is a chain of its own. Places do not lend their names (London is not
 * Jack London). Titles are no part of a name; the days and months are no names.
 *
 * Looked for on the surface of all lines with sentences (mentions.h), whatever the case
 * of the network is; linear in the article.
 */
#ifndef MTC_LANGUAGE_NAME_CHAIN_H
#define MTC_LANGUAGE_NAME_CHAIN_H

#include "language/mentions.h"

typedef struct mtc_name_chains {
    const uint32_t *of_token; /* its chain, titles included; MTC_NONE: in no name */
    uint32_t count;
} mtc_name_chains;

/* Knowledge must have been filled in. Memory from the document's arena. NO_MEMORY,
 * DEADLINE. */
mtc_status mtc_name_chains_read(const mtc_mention_words *words, const mtc_document *doc,
                                const mtc_name_chains **ret_chains);

/* MTC_NONE: the token is part of no name. */
static inline uint32_t mtc_chain_of(const mtc_document *doc, uint32_t token) {
    return doc->chains == NULL ? MTC_NONE : doc->chains->of_token[token];
}

#endif
