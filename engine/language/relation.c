#include "language/relation.h"

#include "language/tagset.h"

static bool find_exactly(mtc_str name, mtc_relation *ret_relation) {
    for (int i = 0; i < MTC_RELATION_COUNT; i++) {
        if (!mtc_str_equal(name, mtc_str_of(mtc_relation_names[i]))) continue;
        *ret_relation = (mtc_relation)i;
        return true;
    }
    return false;
}

static mtc_str without_subtype(mtc_str name) {
    const char *const colon = name.len == 0 ? NULL : memchr(name.ptr, ':', name.len);
    return colon == NULL ? name : (mtc_str){name.ptr, (size_t)(colon - name.ptr)};
}

bool mtc_relation_find(mtc_str name, mtc_relation *ret_relation) {
    *ret_relation = MTC_RELATION_DEP;
    return find_exactly(name, ret_relation) ||
           find_exactly(without_subtype(name), ret_relation);
}

const char *mtc_relation_name(mtc_relation relation) {
    return mtc_relation_names[relation];
}

mtc_relation mtc_relation_universal(mtc_relation relation) {
    mtc_relation found = relation;
    (void)find_exactly(without_subtype(mtc_str_of(mtc_relation_names[relation])), &found);
    return found;
}
