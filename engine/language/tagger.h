/* tagger.h: which part of speech each token is likely to be, where it stands.
 *
 * A hidden Markov model over pairs of states (Rabiner 1989, forward and backward): what a
 * word can be comes from the lexicon, from its ending where the lexicon does not know it,
 * and for function words from the model itself; what may follow what, from the model
 * (models/tags.tsv, written by tools/make-tag-model). Only additions, multiplications and
 * divisions of floats in a fixed order: the same text gives the same shares everywhere.
 *
 * Rules ask for shares with a bound, never for the best tag alone: VBD and VBN differ
 * less than it seems.
 */
#ifndef MTC_LANGUAGE_TAGGER_H
#define MTC_LANGUAGE_TAGGER_H

#include "language/function_words.h"
#include "language/lexicon.h"

typedef struct mtc_tagger mtc_tagger;

/* Percent, sum about 100; all 0 for tokens that are no words or lie outside sentences. */
typedef struct mtc_tag_shares {
    uint8_t share[MTC_TAG_CLASSES];
} mtc_tag_shares;

/* Reads data_dir/models/tags.tsv. All of it lives in the arena; `lists` must outlive it.
 * INVALID_FILE with file, line and reason. */
mtc_status mtc_tagger_new(const char *data_dir, const mtc_wordlists *lists,
                          mtc_arena *arena, mtc_tagger **ret_tagger, mtc_error *error);
/* SHA-256 of the model file. */
const unsigned char *mtc_tagger_digest(const mtc_tagger *tagger);

/* One entry a token of the document, from its arena. Lexemes must have been filled in. */
mtc_status mtc_tagger_run(const mtc_tagger *tagger, const mtc_document *doc,
                          const mtc_tag_shares **ret_shares);

/* Percent of the tag at the token, where it stands; 0 in a document that is not tagged.
 */
static inline unsigned mtc_tag_share(const mtc_document *doc, uint32_t token,
                                     mtc_tag_class tag) {
    return doc->tags == NULL ? 0 : doc->tags[token].share[tag];
}

#endif
