/* relation.h: the grammatical relations of Universal Dependencies by name, so that
 * detectors need not know how a model numbers them.
 */
#ifndef MTC_LANGUAGE_RELATION_H
#define MTC_LANGUAGE_RELATION_H

#include "base/str.h"

/* name, as it is written. A subtype stands behind what it is a kind of. */
#define MTC_RELATION_MAP(ENTRY)                                                          \
    ENTRY(DEP, "dep") /* also what no other name fits */                                 \
    ENTRY(ROOT, "root")                                                                  \
    ENTRY(ACL, "acl")                                                                    \
    ENTRY(ACL_RELCL, "acl:relcl")                                                        \
    ENTRY(ADVCL, "advcl")                                                                \
    ENTRY(ADVCL_RELCL, "advcl:relcl")                                                    \
    ENTRY(ADVMOD, "advmod")                                                              \
    ENTRY(AMOD, "amod")                                                                  \
    ENTRY(APPOS, "appos")                                                                \
    ENTRY(AUX, "aux")                                                                    \
    ENTRY(AUX_PASS, "aux:pass")                                                          \
    ENTRY(CASE, "case")                                                                  \
    ENTRY(CC, "cc")                                                                      \
    ENTRY(CC_PRECONJ, "cc:preconj")                                                      \
    ENTRY(CCOMP, "ccomp")                                                                \
    ENTRY(COMPOUND, "compound")                                                          \
    ENTRY(COMPOUND_PRT, "compound:prt")                                                  \
    ENTRY(CONJ, "conj")                                                                  \
    ENTRY(COP, "cop")                                                                    \
    ENTRY(CSUBJ, "csubj")                                                                \
    ENTRY(CSUBJ_OUTER, "csubj:outer")                                                    \
    ENTRY(CSUBJ_PASS, "csubj:pass")                                                      \
    ENTRY(DET, "det")                                                                    \
    ENTRY(DET_PREDET, "det:predet")                                                      \
    ENTRY(DISCOURSE, "discourse")                                                        \
    ENTRY(DISLOCATED, "dislocated")                                                      \
    ENTRY(EXPL, "expl")                                                                  \
    ENTRY(FIXED, "fixed")                                                                \
    ENTRY(FLAT, "flat")                                                                  \
    ENTRY(GOESWITH, "goeswith")                                                          \
    ENTRY(IOBJ, "iobj")                                                                  \
    ENTRY(LIST, "list")                                                                  \
    ENTRY(MARK, "mark")                                                                  \
    ENTRY(NMOD, "nmod")                                                                  \
    ENTRY(NMOD_DESC, "nmod:desc")                                                        \
    ENTRY(NMOD_POSS, "nmod:poss")                                                        \
    ENTRY(NMOD_UNMARKED, "nmod:unmarked")                                                \
    ENTRY(NSUBJ, "nsubj")                                                                \
    ENTRY(NSUBJ_OUTER, "nsubj:outer")                                                    \
    ENTRY(NSUBJ_PASS, "nsubj:pass")                                                      \
    ENTRY(NUMMOD, "nummod")                                                              \
    ENTRY(OBJ, "obj")                                                                    \
    ENTRY(OBL, "obl")                                                                    \
    ENTRY(OBL_AGENT, "obl:agent")                                                        \
    ENTRY(OBL_UNMARKED, "obl:unmarked")                                                  \
    ENTRY(ORPHAN, "orphan")                                                              \
    ENTRY(PARATAXIS, "parataxis")                                                        \
    ENTRY(PUNCT, "punct")                                                                \
    ENTRY(REPARANDUM, "reparandum")                                                      \
    ENTRY(VOCATIVE, "vocative")                                                          \
    ENTRY(XCOMP, "xcomp")

typedef enum mtc_relation {
#define MTC_RELATION_ENUM(name, text) MTC_RELATION_##name,
    MTC_RELATION_MAP(MTC_RELATION_ENUM)
#undef MTC_RELATION_ENUM
        MTC_RELATION_COUNT
} mtc_relation;

/* Of a name; one whose subtype is not known is its universal relation. False: not even
 * that is known, and *ret_relation is DEP. */
bool mtc_relation_find(mtc_str name, mtc_relation *ret_relation);
/* "nsubj:pass". Static. */
const char *mtc_relation_name(mtc_relation relation);
/* Without its subtype: NSUBJ for NSUBJ_PASS. */
mtc_relation mtc_relation_universal(mtc_relation relation);

/* The subject of a clause, a clause as subject left out. */
static inline bool mtc_relation_is_subject(mtc_relation relation) {
    return relation == MTC_RELATION_NSUBJ || relation == MTC_RELATION_NSUBJ_PASS ||
           relation == MTC_RELATION_NSUBJ_OUTER;
}

#endif
