/* pattern_parts.h: what a pattern is made of (private to engine/rules). */
#ifndef MTC_RULES_PATTERN_PARTS_H
#define MTC_RULES_PATTERN_PARTS_H

#include "rules/pattern.h"
#include "rules/regex.h"

/* What a neighbour is, for `after:` and the like; a bit each. */
#define MTC_NEIGHBOUR_MAP(X)                                                             \
    X(START, "start") /* nothing: the sentence begins or ends here */                    \
    X(END, "end")                                                                        \
    X(WORD, "word")                                                                      \
    X(NUMBER, "number")                                                                  \
    X(QUOTE, "quote")                                                                    \
    X(BRACKET, "bracket")                                                                \
    X(COMMA, "comma")                                                                    \
    X(STOP, "stop")                                                                      \
    X(COLON, "colon")                                                                    \
    X(SEMICOLON, "semicolon")                                                            \
    X(DASH, "dash")                                                                      \
    X(SLASH, "slash")                                                                    \
    X(PUNCTUATION, "punctuation")                                                        \
    X(SYMBOL, "symbol")                                                                  \
    X(ADDRESS, "address")                                                                \
    X(RESIDUE, "residue")

enum mtc_neighbour {
#define MTC_NEIGHBOUR_ENUM(name, text) MTC_NEIGHBOUR_##name,
    MTC_NEIGHBOUR_MAP(MTC_NEIGHBOUR_ENUM)
#undef MTC_NEIGHBOUR_ENUM
        MTC_NEIGHBOURS
};

typedef enum mtc_condition_kind {
    MTC_CONDITION_WORD,   /* exact form in `words` */
    MTC_CONDITION_LOWER,  /* folded form in `words` */
    MTC_CONDITION_LIST,   /* exact or folded form in `words` */
    MTC_CONDITION_SHAPE,  /* bit of `mask` */
    MTC_CONDITION_KIND,   /* bit of `mask` */
    MTC_CONDITION_IS,     /* any flag of `mask` */
    MTC_CONDITION_AFTER,  /* the token before is one of `mask` */
    MTC_CONDITION_BEFORE, /* the token behind is one of `mask` */
    MTC_CONDITION_REGEX,
    MTC_CONDITION_SAME_AS, /* folded like the last token of `element` */
    MTC_CONDITION_CHAIN,   /* in the name chain of the last token of `element` */
    MTC_CONDITION_LEMMA,   /* the folded form, possessive ending off, in `words` */
    /* On grammar: where the token is not annotated, the match fails whatever the answer
     * would mean. */
    MTC_CONDITION_UPOS,       /* bit of `mask` */
    MTC_CONDITION_XPOS,       /* the same */
    MTC_CONDITION_RELATION,   /* the same */
    MTC_CONDITION_FEATURES,   /* all of one of `masks` */
    MTC_CONDITION_SHARE,      /* `share` lies in `least` … `most` */
    MTC_CONDITION_ROOT,       /* it has no head */
    MTC_CONDITION_HEAD_IN,    /* its head is one of the tokens of `element` */
    MTC_CONDITION_HEAD_LATER, /* the same of one that follows: asked at the end */
    MTC_CONDITION_HEAD,       /* its head meets all of `inner` */
    MTC_CONDITION_ALL,        /* all of `inner` */
} mtc_condition_kind;

/* What the network says with a share. */
typedef enum mtc_shared_answer {
    MTC_ANSWER_FINITE,
    MTC_ANSWER_NOUN,
    MTC_ANSWER_PROPER,
    MTC_ANSWER_VERB,
    MTC_ANSWER_FOREIGN,
    MTC_ANSWER_CAPITAL,
    MTC_ANSWER_SMALL,
    MTC_ANSWER_GAP,
    MTC_ANSWER_BOUNDARY,
} mtc_shared_answer;

typedef struct mtc_condition {
    mtc_condition_kind kind;
    bool is_negated;
    uint8_t share;        /* mtc_shared_answer */
    uint16_t least, most; /* mtc_share */
    uint32_t element;
    uint64_t mask;
    const uint64_t *masks;
    size_t mask_count;
    const mtc_wordset *words;
    const mtc_regex *regex;
    const struct mtc_condition *inner;
    size_t inner_count;
} mtc_condition;

/* A run of `least` to `most` tokens that meet all conditions. */
typedef struct mtc_pattern_element {
    const mtc_condition *conditions;
    size_t condition_count;
    uint32_t least, most;
    bool is_marked;
} mtc_pattern_element;

/* An exception: a text in the sentence, or tokens right before or behind the match. */
typedef struct mtc_pattern_unless {
    const mtc_regex *text; /* NULL: tokens */
    const mtc_pattern_element *tokens;
    size_t token_count;
    bool is_behind;
} mtc_pattern_unless;

struct mtc_pattern {
    const mtc_pattern_element *elements;
    size_t element_count;
    const mtc_pattern_unless *unless;
    size_t unless_count;
    uint32_t lines; /* bit per mtc_line_kind */
};

#endif
