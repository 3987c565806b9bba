/* regex.h: regular expressions of rule files, by PCRE2's interpreter.
 *
 * UTF, Unicode properties, no \C, at most MTC_REGEX_LONGEST bytes. The service forbids
 * memory that is both writable and executable, so there is no JIT. Matching has limits of
 * steps, depth and heap; what runs into one has no answer (MTC_REGEX_GAVE_UP), the same
 * on every machine.
 */
#ifndef MTC_RULES_REGEX_H
#define MTC_RULES_REGEX_H

#include "rules/yaml.h"

enum { MTC_REGEX_LONGEST = 256 };

typedef struct mtc_regex mtc_regex;

/* `whole`: it must cover the subject, else it may match anywhere. INVALID_FILE with
 * PCRE2's reason and offset. Lives in the reader's arena. */
mtc_status mtc_regex_read(const mtc_yaml_reader *reader, const mtc_yaml *node, bool whole,
                          const mtc_regex **ret_regex);

/* What matching needs, made once for many matches. */
typedef struct mtc_regex_scratch mtc_regex_scratch;
/* NULL: no memory. */
mtc_regex_scratch *mtc_regex_scratch_new(mtc_arena *arena);

typedef enum mtc_regex_answer {
    MTC_REGEX_NO,
    MTC_REGEX_YES,
    MTC_REGEX_GAVE_UP,
    MTC_REGEX_NO_MEMORY
} mtc_regex_answer;

/* `subject` is valid UTF-8. */
mtc_regex_answer mtc_regex_match(const mtc_regex *regex, mtc_regex_scratch *scratch,
                                 mtc_str subject);

#endif
