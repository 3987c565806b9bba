#include "language/tagset.h"

#include <stddef.h>

#include "language/network/network.h"
#include "language/relation.h"

const char *const mtc_upos_names[] = {
#define NAME(name) #name,
    MTC_UPOS_MAP(NAME)
#undef NAME
        NULL};

const char *const mtc_relation_names[] = {
#define NAME(name, text) text,
    MTC_RELATION_MAP(NAME)
#undef NAME
        NULL};

const char *const mtc_xpos_names[] = {
    "$",    "''",  ",",   "-LRB-", "-RRB-", ".",    ":",   "ADD", "AFX", "CC",
    "CD",   "DT",  "EX",  "FW",    "GW",    "HYPH", "IN",  "JJ",  "JJR", "JJS",
    "LS",   "MD",  "NFP", "NN",    "NNP",   "NNPS", "NNS", "PDT", "POS", "PRP",
    "PRP$", "RB",  "RBR", "RBS",   "RP",    "SYM",  "TO",  "UH",  "VB",  "VBD",
    "VBG",  "VBN", "VBP", "VBZ",   "WDT",   "WP",   "WP$", "WRB", "``",  NULL};

const char *const mtc_feature_names[] = {"Abbr=Yes",      "Case=Acc",
                                         "Case=Gen",      "Case=Nom",
                                         "Definite=Def",  "Definite=Ind",
                                         "Degree=Cmp",    "Degree=Pos",
                                         "Degree=Sup",    "ExtPos=ADP",
                                         "ExtPos=ADV",    "ExtPos=CCONJ",
                                         "ExtPos=PRON",   "ExtPos=PROPN",
                                         "ExtPos=SCONJ",  "Foreign=Yes",
                                         "Gender=Fem",    "Gender=Masc",
                                         "Gender=Neut",   "Mood=Imp",
                                         "Mood=Ind",      "Mood=Sub",
                                         "NumForm=Combi", "NumForm=Digit",
                                         "NumForm=Roman", "NumForm=Word",
                                         "NumType=Card",  "NumType=Frac",
                                         "NumType=Mult",  "NumType=Ord",
                                         "Number=Plur",   "Number=Ptan",
                                         "Number=Sing",   "Person=1",
                                         "Person=2",      "Person=3",
                                         "Polarity=Neg",  "Polarity=Pos",
                                         "Poss=Yes",      "PronType=Art",
                                         "PronType=Dem",  "PronType=Emp",
                                         "PronType=Ind",  "PronType=Int",
                                         "PronType=Neg",  "PronType=Prs",
                                         "PronType=Rcp",  "PronType=Rel",
                                         "PronType=Tot",  "Reflex=Yes",
                                         "Style=Coll",    "Style=Expr",
                                         "Style=Vrnc",    "Tense=Past",
                                         "Tense=Pres",    "Typo=Yes",
                                         "VerbForm=Fin",  "VerbForm=Ger",
                                         "VerbForm=Inf",  "VerbForm=Part",
                                         "Voice=Pass",    NULL};
