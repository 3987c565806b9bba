#include "detect/tree.h"

enum { MOST_DESCENDANTS = 512 }; /* more than a piece of the network's reading has */

bool mtc_tree_read(const mtc_document *doc, mtc_tree *ret_tree) {
    const size_t count = doc->tokens.count;
    uint32_t *const first = MTC_TAKE(doc->arena, uint32_t, count + 1);
    uint32_t *const next = MTC_TAKE(doc->arena, uint32_t, count + 1);
    if (first == NULL || next == NULL) return false;
    for (size_t i = 0; i <= count; i++) first[i] = next[i] = MTC_NONE;
    for (size_t i = count; i > 0; i--) { /* from behind, so that the first comes first */
        const uint32_t child = (uint32_t)(i - 1);
        const uint32_t head = mtc_annotation_of(doc, child)->head;
        if (head == MTC_NONE || head == child) continue;
        next[child] = first[head];
        first[head] = child;
    }
    *ret_tree = (mtc_tree){doc, first, next};
    return true;
}

static uint32_t among(const mtc_tree *tree, uint32_t child, uint64_t relations) {
    while (child != MTC_NONE && !mtc_relation_is_in(tree->doc, child, relations))
        child = tree->next_sibling[child];
    return child;
}

uint32_t mtc_tree_child(const mtc_tree *tree, uint32_t token, uint64_t relations) {
    return among(tree, tree->first_child[token], relations);
}

uint32_t mtc_tree_next_child(const mtc_tree *tree, uint32_t child, uint64_t relations) {
    return among(tree, tree->next_sibling[child], relations);
}

mtc_share mtc_tree_finite(const mtc_tree *tree, uint32_t token) {
    mtc_share highest = mtc_annotation_of(tree->doc, token)->finite;
    uint32_t child = mtc_tree_child(tree, token, MTC_RELATION_AUXILIARIES);
    for (; child != MTC_NONE;
         child = mtc_tree_next_child(tree, child, MTC_RELATION_AUXILIARIES)) {
        const mtc_share finite = mtc_annotation_of(tree->doc, child)->finite;
        if (finite > highest) highest = finite;
    }
    return highest;
}

mtc_range mtc_tree_span(const mtc_tree *tree, uint32_t token) {
    uint32_t waiting[MOST_DESCENDANTS], count = 1;
    mtc_range span = {token, token + 1};
    waiting[0] = token;
    for (uint32_t done = 0; done < count; done++) {
        uint32_t child = tree->first_child[waiting[done]];
        for (; child != MTC_NONE && count < MOST_DESCENDANTS;
             child = tree->next_sibling[child]) {
            if (child < span.begin) span.begin = child;
            if (child >= span.end) span.end = child + 1;
            waiting[count++] = child;
        }
    }
    return span;
}
