/* yaml.h: untrusted YAML as a small tree with places, and typed reading of it.
 *
 * libfyaml parses; the tree is ours. Refused: anchors, aliases, tags, directives, several
 * documents, keys that are no plain text, duplicate keys, more than MTC_YAML_DEPTH
 * levels, MTC_YAML_NODES nodes or MTC_YAML_KEYS keys in one mapping. Every scalar is
 * text; what it means is decided by whoever reads it, so that a word list may hold `no`
 * and `null`.
 *
 * All functions that fail do so with file, line and column of the node.
 */
#ifndef MTC_RULES_YAML_H
#define MTC_RULES_YAML_H

#include "base/status.h"
#include "base/vector.h"

enum { MTC_YAML_DEPTH = 16, MTC_YAML_NODES = 200000, MTC_YAML_KEYS = 500 };

typedef enum mtc_yaml_kind {
    MTC_YAML_SCALAR,
    MTC_YAML_SEQUENCE,
    MTC_YAML_MAPPING
} mtc_yaml_kind;

typedef struct mtc_yaml {
    mtc_yaml_kind kind;
    bool is_plain;                /* a scalar without quotes or block */
    mtc_str text;                 /* of a scalar */
    uint32_t line, column;        /* from 1, column in code points */
    const struct mtc_yaml *items; /* of a mapping: key, value, key, value … */
    size_t count;                 /* items, or pairs of a mapping */
} mtc_yaml;

/* Where the texts that are read go to, and what errors are filed under. */
typedef struct mtc_yaml_reader {
    const char *file;
    mtc_arena *arena;
    mtc_error *error;
} mtc_yaml_reader;

/* The tree lives in `scratch`. An empty file is an empty sequence. */
mtc_status mtc_yaml_parse(const mtc_yaml_reader *reader, mtc_str bytes,
                          mtc_arena *scratch, const mtc_yaml **ret_root);

/* INVALID_FILE at the node. */
mtc_status mtc_yaml_fail(const mtc_yaml_reader *reader, const mtc_yaml *node,
                         const char *format, ...) __attribute__((format(printf, 3, 4)));
mtc_status mtc_yaml_no_memory(const mtc_yaml_reader *reader);
/* At most 60 bytes of it, cut on a boundary, to be quoted in a message. */
mtc_str mtc_yaml_excerpt(mtc_str text);

/* The value under the key; NULL where the mapping has none. */
const mtc_yaml *mtc_yaml_get(const mtc_yaml *mapping, const char *key);
/* The name in the NULL-terminated list that `text` may be a slip of; NULL: none is near.
 */
const char *mtc_yaml_nearest(mtc_str text, const char *const *names);

/* Each of the following refuses a node of another kind; `what` names the thing. */

/* A mapping with keys of the NULL-terminated list only; the nearest is suggested. */
mtc_status mtc_yaml_check_keys(const mtc_yaml_reader *reader, const mtc_yaml *node,
                               const char *what, const char *const *known);
/* One line without control characters, not empty, at most `most` bytes. */
mtc_status mtc_yaml_read_text(const mtc_yaml_reader *reader, const mtc_yaml *node,
                              const char *what, size_t most, mtc_str *ret_text);
/* A list of such texts, or one alone. */
mtc_status mtc_yaml_read_texts(const mtc_yaml_reader *reader, const mtc_yaml *node,
                               const char *what, size_t most, const mtc_str **ret_texts,
                               size_t *ret_count);
/* Decimal digits with an optional sign and point: no exponent, infinity or NaN. */
mtc_status mtc_yaml_read_number(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                const char *what, double least, double most,
                                double *ret_number);
mtc_status mtc_yaml_read_integer(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                 const char *what, int least, int most, int *ret_number);
/* `true` or `false`. */
mtc_status mtc_yaml_read_flag(const mtc_yaml_reader *reader, const mtc_yaml *node,
                              const char *what, bool *ret_flag);
/* Index into the NULL-terminated list. */
mtc_status mtc_yaml_read_choice(const mtc_yaml_reader *reader, const mtc_yaml *node,
                                const char *what, const char *const *names,
                                size_t *ret_index);

/* False where the text is no number as above. */
bool mtc_yaml_is_number(mtc_str text, double *ret_number);

#endif
