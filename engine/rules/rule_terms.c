#include "rules/rule_terms.h"

#include <stddef.h>

enum { MOST_TYPES = 12 };

/* One row a dimension; both arrays below are made from it. */
static const struct {
    const char *types[MOST_TYPES];
} TYPES[] = {
    {{"inconsistent-with-terminology-resource", "inconsistent-use", "wrong-term"}},
    {{"mistranslation", "overtranslation", "undertranslation", "addition", "omission",
      "do-not-translate", "untranslated"}},
    {{"grammar", "punctuation", "spelling", "unintelligible", "character-encoding",
      "textual-conventions"}},
    {{"organizational-style", "third-party-style", "inconsistent-with-external-reference",
      "language-register", "awkward-style", "unidiomatic-style", "inconsistent-style"}},
    {{"number", "currency", "measurement", "time", "date", "address", "telephone",
      "shortcut-key"}},
    {{"culture-specific-reference", "offensive"}},
    {{"layout", "markup-tag", "character-formatting", "character-encoding", "truncation",
      "missing-text", "link", "graphics"}},
};

const char *const mtc_dimension_names[] = {"terminology",
                                           "accuracy",
                                           "linguistic-conventions",
                                           "style",
                                           "locale-conventions",
                                           "audience-appropriateness",
                                           "design-and-markup",
                                           NULL};

const char *const mtc_its_names[] = {"terminology",
                                     "mistranslation",
                                     "omission",
                                     "untranslated",
                                     "addition",
                                     "duplication",
                                     "inconsistency",
                                     "grammar",
                                     "legal",
                                     "register",
                                     "locale-specific-content",
                                     "locale-violation",
                                     "style",
                                     "characters",
                                     "misspelling",
                                     "typographical",
                                     "formatting",
                                     "inconsistent-entities",
                                     "numbers",
                                     "markup",
                                     "pattern-problem",
                                     "whitespace",
                                     "internationalization",
                                     "length",
                                     "non-conformance",
                                     "uncategorized",
                                     "other",
                                     NULL};

const char *const mtc_severity_names[] = {"neutral", "minor", "major", "critical", NULL};

const char *const mtc_line_names[] = {"headline", "body",      "caption",   "byline",
                                      "dateline", "list-item", "quotation", "interface",
                                      "debris",   NULL};

const char *const *mtc_type_names(unsigned long dimension) {
    return TYPES[dimension].types;
}
