/* pattern_compile.h: from the YAML of `pattern:` and `unless:` to an mtc_pattern. */
#ifndef MTC_RULES_PATTERN_COMPILE_H
#define MTC_RULES_PATTERN_COMPILE_H

#include "rules/pattern.h"
#include "rules/yaml.h"

/* `unless` may be NULL; `lines` is a bit per mtc_line_kind. All of *ret_pattern lives in
 * the reader's arena. INVALID_FILE at the node that is wrong. */
mtc_status mtc_pattern_compile(const mtc_yaml_reader *reader, const mtc_wordlists *lists,
                               const mtc_yaml *pattern, const mtc_yaml *unless,
                               uint32_t lines, const mtc_pattern **ret_pattern);

#endif
