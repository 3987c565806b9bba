#include "rule_new.h"

#include <string.h>

static const char SKELETON[] =
    "# yaml-language-server: $schema=%s/rules/rules.schema.json\n"
    "# Every key is explained in docs/RULES.md. Try it: mtcheck --test-rules FOLDER\n"
    "- id: %s\n"
    "  summary: What is wrong, in one line\n"
    "  message: \"“{match}”: what a reader should be told.\"\n"
    "  dimension: linguistic-conventions # accuracy, terminology, style, …\n"
    "  type: grammar # spelling, punctuation, …\n"
    "  its: grammar # misspelling, typographical, …\n"
    "  severity: minor # neutral, minor, major, critical\n"
    "  weight: 1\n"
    "  confidence: 0.8 # the share of readers who would agree\n"
    "  pattern:\n"
    "    - lower: [first, word]\n"
    "    - mark: true # what is reported; without it the whole match\n"
    "      lower: second\n"
    "  unless:\n"
    "    - text: '(?i)an expression that makes it right'\n"
    "  wrong: # at least three; the expected span in brackets\n"
    "    - \"A first [second] time.\"\n"
    "    - \"Some word [second] thoughts.\"\n"
    "    - \"A first [second] one.\"\n"
    "  right: # at least three that look alike and are sound\n"
    "    - \"A second first time.\"\n"
    "    - \"First and second.\"\n"
    "    - \"An expression that makes it right: first second.\"\n";

static bool is_name(const char *text, size_t length) {
    if (length == 0 || text[0] < 'a' || text[0] > 'z') return false;
    return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") >= length;
}

bool mtc_rule_new(const char *id, const char *data_dir, FILE *out, FILE *errors) {
    const char *const point = strchr(id, '.');
    if (point == NULL || strlen(id) > 64 || !is_name(id, (size_t)(point - id)) ||
        !is_name(point + 1, strlen(point + 1))) {
        fprintf(errors, "a rule id is written family.name in small letters, digits and "
                        "hyphens, for example quotes.nested\n");
        return false;
    }
    fprintf(out, SKELETON, data_dir, id);
    return true;
}
