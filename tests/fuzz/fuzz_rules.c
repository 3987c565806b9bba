/* Whatever the bytes of a rule file: a set of rules or a refusal with a reason, twice the
 * same, and nothing left behind. Patterns that compile run over an article. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "rules/rule_reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char ARTICLE[] =
    "The river rose. He said “we, we will not go” and She left at 5:30 for the the "
    "gate.\n\n"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbb It was was so, so, so good — 1,200 of 3.\n";

static void demand(bool condition) {
    if (!condition) abort();
}

static mtc_status found(void *context, const mtc_pattern_match *match) {
    const mtc_document *const doc = context;
    demand(match->first < match->last && match->last <= doc->tokens.count);
    demand(match->at.begin < match->at.end && match->at.end <= doc->bytes.len);
    return MTC_OK;
}

static void run_patterns(const mtc_rule_reading *reading, mtc_arena *arena) {
    const mtc_pattern **const patterns =
        MTC_TAKE(arena, const mtc_pattern *, reading->drafts.count);
    demand(patterns != NULL);
    size_t count = 0;
    for (size_t i = 0; i < reading->drafts.count; i++) {
        const mtc_pattern *const pattern = reading->drafts.at[i].rule.pattern;
        if (pattern != NULL) patterns[count++] = pattern;
    }
    const mtc_pattern_index *index;
    mtc_budget budget = mtc_budget_unlimited();
    mtc_document doc;
    demand(mtc_pattern_index_new(patterns, count, arena, &index) == MTC_OK);
    demand(mtc_document_read(&doc, MTC_STR("1"), mtc_str_of(ARTICLE), reading->lists,
                             arena, &budget) == MTC_OK);
    demand(mtc_pattern_index_run(index, &doc, NULL, found, &doc) == MTC_OK);
}

static void read_once(mtc_str bytes, mtc_error *ret_error) {
    mtc_arena arena, scratch;
    mtc_arena_init(&arena, 64 << 10, 256 << 20);
    mtc_arena_init(&scratch, 64 << 10, 256 << 20);
    mtc_error_clear(ret_error);
    mtc_wordlists *lists;
    demand(mtc_wordlists_load(MTC_TEST_DATA_DIR "/tests/fuzz/no-lists", NULL, &arena,
                              &lists, NULL) == MTC_OK);
    const mtc_yaml_reader reader = {"rules.yaml", &arena, ret_error};
    mtc_rule_reading reading = {
        .lists = lists, .arena = &arena, .scratch = &scratch, .error = ret_error};
    const mtc_yaml *root;
    mtc_status status = mtc_yaml_parse(&reader, bytes, &scratch, &root);
    if (status == MTC_OK) {
        status = mtc_rule_file_read(&reading, "rules.yaml", MTC_STR(""), root);
    }
    demand((status == MTC_OK) == (ret_error->status == MTC_OK));
    demand(status == MTC_OK || ret_error->message[0] != '\0');
    if (status == MTC_OK) run_patterns(&reading, &arena);
    mtc_arena_fini(&scratch);
    mtc_arena_fini(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mtc_error first, second;
    const mtc_str bytes = {(const char *)data, size};
    read_once(bytes, &first);
    read_once(bytes, &second);
    demand(strcmp(first.message, second.message) == 0 && first.line == second.line &&
           first.column == second.column);
    return 0;
}
