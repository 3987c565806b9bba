#include "rules/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    PARENTHESES = 32, /* nested */
    MATCH_LIMIT = 5000,
    DEPTH_LIMIT = 500,
    HEAP_KIB = 512,
};

struct mtc_regex {
    const pcre2_code *code;
};

struct mtc_regex_scratch {
    pcre2_match_context *context;
    pcre2_match_data *data;
};

static void *take(size_t size, void *arena) {
    return mtc_arena_take(arena, size);
}

static void leave(void *memory, void *arena) {
    (void)memory, (void)arena; /* it ends with the arena */
}

static pcre2_compile_context *new_compile_context(mtc_arena *arena) {
    pcre2_general_context *const general =
        pcre2_general_context_create(take, leave, arena);
    if (general == NULL) return NULL;
    pcre2_compile_context *const context = pcre2_compile_context_create(general);
    if (context == NULL) return NULL;
    (void)pcre2_set_parens_nest_limit(context, PARENTHESES);
    (void)pcre2_set_max_pattern_length(context, MTC_REGEX_LONGEST);
    (void)pcre2_set_newline(context, PCRE2_NEWLINE_ANY);
    return context;
}

mtc_status mtc_regex_read(const mtc_yaml_reader *reader, const mtc_yaml *node, bool whole,
                          const mtc_regex **ret_regex) {
    mtc_str source;
    const mtc_status status = mtc_yaml_read_text(reader, node, "a regular expression",
                                                 MTC_REGEX_LONGEST, &source);
    if (status != MTC_OK) return status;
    mtc_regex *const regex = MTC_TAKE(reader->arena, mtc_regex, 1);
    pcre2_compile_context *const context = new_compile_context(reader->arena);
    if (regex == NULL || context == NULL) return mtc_yaml_no_memory(reader);
    int reason = 0;
    PCRE2_SIZE offset = 0;
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C |
                             PCRE2_DOLLAR_ENDONLY |
                             (whole ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0);
    regex->code = pcre2_compile((PCRE2_SPTR)source.ptr, source.len, options, &reason,
                                &offset, context);
    if (regex->code == NULL) {
        PCRE2_UCHAR text[160] = "";
        (void)pcre2_get_error_message(reason, text, sizeof text);
        return mtc_yaml_fail(reader, node,
                             "the regular expression is wrong at byte %zu: %s",
                             (size_t)offset, (const char *)text);
    }
    *ret_regex = regex;
    return MTC_OK;
}

mtc_regex_scratch *mtc_regex_scratch_new(mtc_arena *arena) {
    mtc_regex_scratch *const scratch = MTC_TAKE(arena, mtc_regex_scratch, 1);
    pcre2_general_context *const general =
        pcre2_general_context_create(take, leave, arena);
    if (scratch == NULL || general == NULL) return NULL;
    scratch->context = pcre2_match_context_create(general);
    scratch->data = pcre2_match_data_create(1, general);
    if (scratch->context == NULL || scratch->data == NULL) return NULL;
    (void)pcre2_set_match_limit(scratch->context, MATCH_LIMIT);
    (void)pcre2_set_depth_limit(scratch->context, DEPTH_LIMIT);
    (void)pcre2_set_heap_limit(scratch->context, HEAP_KIB);
    return scratch;
}

mtc_regex_answer mtc_regex_match(const mtc_regex *regex, mtc_regex_scratch *scratch,
                                 mtc_str subject) {
    const int found =
        pcre2_match(regex->code, (PCRE2_SPTR)(subject.len == 0 ? "" : subject.ptr),
                    subject.len, 0, PCRE2_NO_UTF_CHECK, scratch->data, scratch->context);
    if (found >= 0) return MTC_REGEX_YES; /* 0: more groups than places for them */
    if (found == PCRE2_ERROR_NOMATCH) return MTC_REGEX_NO;
    return found == PCRE2_ERROR_NOMEMORY ? MTC_REGEX_NO_MEMORY : MTC_REGEX_GAVE_UP;
}
