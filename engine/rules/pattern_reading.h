/* pattern_reading.h: what reads one condition of a pattern (private to engine/rules). */
#ifndef MTC_RULES_PATTERN_READING_H
#define MTC_RULES_PATTERN_READING_H

#include "rules/pattern_parts.h"
#include "rules/yaml.h"

typedef struct mtc_pattern_reader {
    const mtc_yaml_reader *reader;
    const mtc_wordlists *lists;
    size_t elements_before; /* of the element that is read */
    size_t element_count;   /* of the pattern; 0: a token of an exception is read */
    int depth;              /* how many conditions around this one */
} mtc_pattern_reader;

typedef mtc_status mtc_condition_reader(const mtc_pattern_reader *with,
                                        const mtc_yaml *value, mtc_condition *to);

/* A name or a list of names of the NULL-terminated list: a bit each. */
mtc_status mtc_read_mask(const mtc_pattern_reader *with, const mtc_yaml *node,
                         const char *what, const char *const *names, uint64_t *ret_mask);
/* A word or a list of words, normalised. */
mtc_status mtc_read_words(const mtc_pattern_reader *with, const mtc_yaml *node,
                          bool is_folded, const mtc_wordset **ret_words);
/* A mapping of conditions inside a condition. */
mtc_status mtc_read_inner(const mtc_pattern_reader *with, const mtc_yaml *node,
                          const char *what, const mtc_condition **ret_conditions,
                          size_t *ret_count);

/* Conditions on words and grammar: pattern_grammar.c. */
mtc_condition_reader mtc_read_lemma, mtc_read_upos, mtc_read_xpos, mtc_read_feats,
    mtc_read_relation, mtc_read_finite, mtc_read_noun, mtc_read_proper, mtc_read_verb,
    mtc_read_foreign, mtc_read_capital, mtc_read_small, mtc_read_gap, mtc_read_boundary,
    mtc_read_head;

#endif
