/* annotation.h: what the network says of an article's tokens, for detectors to ask.
 *
 * The network counts words as Universal Dependencies does ("do" "n't", "well" "-"
 * "known"); a token that is several such words speaks with the voice of the one that
 * hangs on a word outside the token, and says "finite" where any of them is.
 *
 * Probabilities are shares of 65535. Those of the outputs that look for defects (foreign,
 * gap, boundary, capital, small) are calibrated where one sentence in fifty is spoilt.
 *
 * Read are sentences on lines of prose: headlines, body, captions, list items and
 * quotations. All other tokens, and all of a document that was not annotated, have shares
 * of 0 and no head; a detector that asks for a share *below* a bound looks at
 * mtc_is_annotated first.
 *
 * What a whole sentence was meant to be (mtc_sentence_note_of) is told without the
 * network, for every sentence; see sentence_kind.h.
 *
 *   const mtc_annotation *const verb = mtc_annotation_of(doc, token);
 *   if (mtc_is_annotated(verb) && verb->finite > MTC_SHARE(0.7)) …
 */
#ifndef MTC_LANGUAGE_ANNOTATION_H
#define MTC_LANGUAGE_ANNOTATION_H

#include "language/network/network.h"
#include "language/relation.h"
#include "language/sentence_kind.h"
#include "text/document.h"

/* 0 … 1 as a share. */
#define MTC_SHARE(part) ((mtc_share)((part)*65535.0))

typedef struct mtc_annotation {
    uint32_t head; /* token of the same sentence; MTC_NONE: the root, or not annotated */
    uint16_t tag;  /* place in mtc_annotations.tags */
    uint8_t upos;  /* mtc_upos */
    uint8_t relation; /* mtc_relation */
    mtc_share upos_share, head_share, relation_share;
    mtc_share finite, noun, proper, verb;
    mtc_share foreign;  /* this token does not belong here */
    mtc_share capital;  /* it should begin with a capital, and does not */
    mtc_share small;    /* it begins with a capital, and should not */
    mtc_share gap;      /* a word is missing before it */
    mtc_share boundary; /* a sentence should end before it */
} mtc_annotation;

/* What a tag stands for. Its `upos` is that of the tag; mtc_annotation.upos sums up all
 * tags of a part of speech and is the better answer. */
typedef struct mtc_tag_meaning {
    mtc_upos upos;
    mtc_str xpos;                    /* of the Penn Treebank: "VBD" */
    mtc_str features;                /* "Mood=Ind|Number=Sing"; "_": none */
    uint64_t xpos_bit, feature_bits; /* by their place in tagset.h; 0: not known there */
} mtc_tag_meaning;

typedef struct mtc_annotations {
    const mtc_annotation *tokens; /* one for each token of the document */
    const mtc_share *end_gaps; /* of each sentence: a word is missing behind its last */
    const mtc_tag_meaning *tags;
} mtc_annotations;

/* --- To ask a document --- */

static inline const mtc_annotation *mtc_annotation_of(const mtc_document *doc,
                                                      uint32_t token) {
    static const mtc_annotation none = {.head = MTC_NONE};
    return doc->annotations == NULL ? &none : &doc->annotations->tokens[token];
}

/* The network has read this token. */
static inline bool mtc_is_annotated(const mtc_annotation *annotation) {
    return annotation->upos_share > 0;
}

static inline bool mtc_is_root(const mtc_annotation *annotation) {
    return mtc_is_annotated(annotation) && annotation->head == MTC_NONE;
}

/* "VBD"; empty where the token is not annotated. */
static inline mtc_str mtc_xpos_of(const mtc_document *doc, uint32_t token) {
    const mtc_annotation *const from = mtc_annotation_of(doc, token);
    return mtc_is_annotated(from) ? doc->annotations->tags[from->tag].xpos
                                  : (mtc_str){"", 0};
}

/* Does the most likely tag have the feature, "Number=Plur"? */
bool mtc_has_feature(const mtc_document *doc, uint32_t token, mtc_str feature);

/* A word is missing behind the last of the sentence. */
static inline mtc_share mtc_end_gap_of(const mtc_document *doc, uint32_t sentence) {
    return doc->annotations == NULL ? 0 : doc->annotations->end_gaps[sentence];
}

/* --- To annotate it --- */

/* A network and what is known of its answers; constant, for all sessions. */
typedef struct mtc_annotator mtc_annotator;

/* Reads and verifies the model file. INVALID_FILE, NO_MEMORY. */
mtc_status mtc_annotator_new(const char *path, mtc_kernel kernel,
                             mtc_annotator **ret_annotator, mtc_error *error);
void mtc_annotator_free(mtc_annotator *annotator);
const mtc_network *mtc_annotator_network(const mtc_annotator *annotator);

/* Reads all sentences of prose and sets doc->annotations. Memory from the document's
 * arena, time from its budget. NO_MEMORY, DEADLINE: the document is not annotated. */
mtc_status mtc_annotate(const mtc_annotator *annotator, mtc_document *doc);

#endif
