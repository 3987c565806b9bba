#include "rules/pattern_compile.h"

mtc_status mtc_pattern_compile(const mtc_yaml_reader *reader, const mtc_wordlists *lists,
                               const mtc_yaml *pattern, const mtc_yaml *unless,
                               uint32_t lines, const mtc_pattern **ret_pattern) {
    (void)lists, (void)unless, (void)lines, (void)ret_pattern;
    return mtc_yaml_fail(reader, pattern, "token patterns are not known yet");
}
