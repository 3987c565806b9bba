/* tree.h: the network's heads read downwards, for detectors that ask about clauses.
 *
 * A token that is several words of grammar hangs where its most important word does, so
 * the heads of tokens are nearly a tree, but a circle can occur: what climbs or descends
 * here is bounded.
 */
#ifndef MTC_DETECT_TREE_H
#define MTC_DETECT_TREE_H

#include "language/annotation.h"

typedef struct mtc_tree {
    const mtc_document *doc;
    const uint32_t *first_child; /* by token, MTC_NONE: none; children in reading order */
    const uint32_t *next_sibling;
} mtc_tree;

/* A set of relations: MTC_RELATION_BIT(NSUBJ) | MTC_RELATION_BIT(OBJ). */
#define MTC_RELATION_BIT(name) (UINT64_C(1) << MTC_RELATION_##name)
#define MTC_RELATION_SUBJECTS                                                            \
    (MTC_RELATION_BIT(NSUBJ) | MTC_RELATION_BIT(NSUBJ_PASS) |                            \
     MTC_RELATION_BIT(NSUBJ_OUTER) | MTC_RELATION_BIT(CSUBJ) |                           \
     MTC_RELATION_BIT(CSUBJ_PASS) | MTC_RELATION_BIT(CSUBJ_OUTER) |                      \
     MTC_RELATION_BIT(EXPL))
#define MTC_RELATION_AUXILIARIES                                                         \
    (MTC_RELATION_BIT(AUX) | MTC_RELATION_BIT(AUX_PASS) | MTC_RELATION_BIT(COP))

/* From the arena of the document, in time proportional to its tokens. Without annotations
 * no token has a child. False: no memory. */
bool mtc_tree_read(const mtc_document *doc, mtc_tree *ret_tree);

static inline bool mtc_relation_is_in(const mtc_document *doc, uint32_t token,
                                      uint64_t relations) {
    return relations >> mtc_annotation_of(doc, token)->relation & 1;
}

/* The first child of the token in one of these relations; MTC_NONE: there is none. */
uint32_t mtc_tree_child(const mtc_tree *tree, uint32_t token, uint64_t relations);
/* The next one behind `child`. */
uint32_t mtc_tree_next_child(const mtc_tree *tree, uint32_t child, uint64_t relations);

/* The highest share of "finite" of the token and its auxiliaries. */
mtc_share mtc_tree_finite(const mtc_tree *tree, uint32_t token);

/* The tokens from the first to the last that hang on the token, itself included. */
mtc_range mtc_tree_span(const mtc_tree *tree, uint32_t token);

#endif
