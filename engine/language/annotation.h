/* annotation.h: what the network says of an article's tokens, for detectors to ask.
 *
 * The network counts words as Universal Dependencies does ("do" "n't", "well" "-"
 * "known"); a token that is several such words speaks with the voice of the one that
 * hangs on a word outside the token, and says "finite" where any of them is.
 *
 * Probabilities are shares of 65535. Those of the outputs that look for defects (foreign,
 * gap, boundary, capital, small) are calibrated where one sentence in fifty is spoilt.
 */
#ifndef MTC_LANGUAGE_ANNOTATION_H
#define MTC_LANGUAGE_ANNOTATION_H

#include "language/network/network.h"
#include "text/document.h"

typedef struct mtc_annotation {
    uint32_t head; /* token of the same sentence; MTC_NONE: the root, or not annotated */
    uint16_t tag;  /* mtc_network_tag */
    uint8_t upos;  /* mtc_upos */
    uint8_t relation; /* mtc_network_relation */
    mtc_share upos_share, head_share, relation_share;
    mtc_share finite, noun, proper, verb;
    mtc_share foreign;  /* this token does not belong here */
    mtc_share capital;  /* it should begin with a capital, and does not */
    mtc_share small;    /* it begins with a capital, and should not */
    mtc_share gap;      /* a word is missing before it */
    mtc_share boundary; /* a sentence should end before it */
} mtc_annotation;

typedef struct mtc_annotations {
    const mtc_annotation *tokens; /* one for each token of the document; all zero but for
                                     the head where the token is in no sentence */
    const mtc_share *end_gaps; /* of each sentence: a word is missing behind its last */
} mtc_annotations;

/* Reads all sentences of the document. Memory from its arena, time from its budget.
 * NO_MEMORY, DEADLINE. */
mtc_status mtc_annotate(const mtc_network *network, mtc_kernel kernel,
                        const mtc_document *doc, mtc_annotations *ret_annotations);

#endif
