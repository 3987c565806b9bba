/* yaml_quoted.h: what stands between quotes in YAML 1.2 (private to engine/rules).
 *
 * libfyaml 0.7 finds where a quoted text begins and ends, but reads '''' as three quotes,
 * leaks memory over texts with many '' and gives broken bytes for some line ends behind a
 * backslash. So the text is decoded here. In both kinds a line break with the white space
 * around it is one space, and each further one is a line break.
 */
#ifndef MTC_RULES_YAML_QUOTED_H
#define MTC_RULES_YAML_QUOTED_H

#include "base/str.h"

/* `to` holds twice raw.len bytes (\\L alone grows, to three). Returns the length. */
size_t mtc_yaml_decode_single(mtc_str raw, char *to);
/* False where an escape is none or gives no character. */
bool mtc_yaml_decode_double(mtc_str raw, char *to, size_t *ret_length);

#endif
