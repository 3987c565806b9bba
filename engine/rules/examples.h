/* examples.h: the `wrong:` and `right:` examples of rule files.
 *
 * Only `mtcheck --test-rules` and the tests read them; the engine does not. The expected
 * span of a wrong example stands in [ ] (several where the rule speaks several times); a
 * bracket that is meant is written \[ or \].
 * In right examples brackets mean themselves.
 */
#ifndef MTC_RULES_EXAMPLES_H
#define MTC_RULES_EXAMPLES_H

#include "base/status.h"
#include "base/vector.h"

/* An example without a title is checked behind this one, so that its first line is no
 * headline. It holds no word of any language. */
#define MTC_EXAMPLE_TITLE MTC_STR("1")

enum {
    MTC_EXAMPLES_WANTED = 5, /* of each kind, for each rule that comes with mtcheck */
    MTC_EXAMPLES_OWN = 3,    /* the same, for an operator's own */
    MTC_EXAMPLE_SPANS = 8,
};

typedef struct mtc_example {
    mtc_str rule; /* id */
    mtc_str file;
    uint32_t line;
    bool is_wrong;
    uint32_t number;                       /* from 1 within its list */
    mtc_str title, text;                   /* as checked: without the marks */
    const char *profile;                   /* NULL: the default */
    mtc_range expected[MTC_EXAMPLE_SPANS]; /* of a wrong one: bytes of text or title */
    size_t expected_count;
    bool is_in_title;
} mtc_example;

/* How many a rule has, whether any or none. */
typedef struct mtc_example_count {
    mtc_str rule, file;
    uint32_t line;
    uint32_t wrong, right;
} mtc_example_count;

typedef struct mtc_example_list {
    MTC_VECTOR(mtc_example) examples;
    MTC_VECTOR(mtc_example_count) counts; /* one a rule, in the order of the files */
} mtc_example_list;

/* Reads all *.yaml of the folder but profiles.yaml and
 * confidence.yaml. INVALID_FILE with file, line and column where an example is wrong;
 * whether the rules are right is the loader's business.
 */
mtc_status mtc_examples_read(const char *folder, mtc_arena *arena,
                             mtc_example_list *ret_list, mtc_error *error);

#endif
