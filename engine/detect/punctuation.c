/* punctuation.c: marks of other languages, marks that stand twice, blanks where none are
 * due or missing ones, numbers written as other languages write them. */
#include <unicode/uscript.h>

#include "base/utf8.h"
#include "detect/detector.h"

static const char *const RULES[] = {"punctuation.foreign", "punctuation.doubled",
                                    "punctuation.spacing", "punctuation.number-format",
                                    NULL};
enum { FOREIGN, DOUBLED, SPACING, NUMBER_FORMAT, RULE_COUNT };

/* More of one kind are the habit of a whole text ("word , word"): the first ones tell it.
 */
enum { MOST_OF_A_KIND = 12 };

typedef struct {
    const mtc_wordset *units, *abbreviations;
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const mtc_line *line;
    uint32_t reported[RULE_COUNT];
} look;

static mtc_status setup(const mtc_detector_setup *engine, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const all = MTC_TAKE(engine->arena, lists, 1);
    if (all == NULL) return MTC_NO_MEMORY;
    all->units = mtc_wordlists_get(engine->lists, "number-units");
    all->abbreviations = mtc_wordlists_get(engine->lists, "abbreviations");
    *ret_self = all;
    return MTC_OK;
}

static mtc_status report(look *at, int rule, mtc_range place, double confidence,
                         mtc_str replacement) {
    if (at->reported[rule]++ >= MOST_OF_A_KIND) return MTC_OK;
    mtc_finding finding = {
        .rule = at->detection->rules[rule], .at = place, .confidence = (float)confidence};
    if (replacement.ptr != NULL) {
        finding.repairs[0] = (mtc_found_repair){place, replacement};
        finding.repair_count = 1;
    }
    return mtc_sink_add(at->detection->sink, &finding);
}

static const mtc_str NO_REPAIR = {NULL, 0};

/* --- Bytes around a place, within its line --- */

static char byte_at(const look *at, uint32_t place) {
    return place >= at->line->at.begin && place < at->line->at.end
               ? at->doc->bytes.ptr[place]
               : '\0';
}
static char byte_before(const look *at, uint32_t place) {
    return place > at->line->at.begin ? at->doc->bytes.ptr[place - 1] : '\0';
}
static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\0' || byte == '\n' || byte == '\r';
}
static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}
static bool is_one_of(char byte, const char *bytes) {
    return byte != '\0' && strchr(bytes, byte) != NULL;
}

static uint32_t end_of_line(const look *at) {
    return at->line->first_token + at->line->token_count;
}
/* The token beside `token` in its line; NULL: none. */
static const mtc_token *beside(const look *at, uint32_t token, int step) {
    if (step < 0 && token == at->line->first_token) return NULL;
    if (step > 0 && token + 1 >= end_of_line(at)) return NULL;
    return &at->doc->tokens.at[step < 0 ? token - 1 : token + 1];
}

/* --- Marks of other languages --- */

static mtc_str english_for(uint32_t codepoint) {
    static const struct {
        uint32_t codepoint;
        const char *english;
    } MARKS[] = {
        {0xA1, ""},    {0xBF, ""},    {0x37E, "?"},  {0x387, ";"},   {0x589, "."},
        {0x60C, ","},  {0x61B, ";"},  {0x61F, "?"},  {0x66A, "%"},   {0x66B, "."},
        {0x66C, ","},  {0x6D4, "."},  {0x964, "."},  {0x965, "."},   {0x1362, "."},
        {0x1363, ","}, {0x3001, ","}, {0x3002, "."}, {0x300A, "“"},  {0x300B, "”"},
        {0x300C, "“"}, {0x300D, "”"}, {0x300E, "‘"}, {0x300F, "’"},  {0x3010, "["},
        {0x3011, "]"}, {0xFE50, ","}, {0xFF01, "!"}, {0xFF02, "\""}, {0xFF05, "%"},
        {0xFF08, "("}, {0xFF09, ")"}, {0xFF0C, ","}, {0xFF0D, "-"},  {0xFF0E, "."},
        {0xFF0F, "/"}, {0xFF1A, ":"}, {0xFF1B, ";"}, {0xFF1F, "?"},  {0xFF3B, "["},
        {0xFF3D, "]"}, {0xFF5E, "~"}, {0xFF61, "."}, {0xFF64, ","},
    };
    size_t low = 0, high = sizeof MARKS / sizeof *MARKS;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (MARKS[middle].codepoint == codepoint)
            return mtc_str_of(MARKS[middle].english);
        if (MARKS[middle].codepoint < codepoint) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (mtc_str){NULL, 0};
}

static bool is_other_script(const mtc_token *token) {
    return token != NULL && token->script > USCRIPT_INHERITED &&
           token->script != USCRIPT_LATIN;
}

static mtc_status judge_foreign(look *at, uint32_t token) {
    const mtc_token *const mark = &at->doc->tokens.at[token];
    uint32_t offset = mark->at.begin;
    const uint32_t codepoint = mtc_utf8_next(at->doc->bytes, &offset);
    if (codepoint < 0x80) return MTC_OK;
    const mtc_str english = english_for(codepoint);
    if (english.ptr == NULL) return MTC_OK;
    /* It belongs to words of its own script; a Spanish mark to a quoted Spanish cry. */
    if (is_other_script(beside(at, token, -1)) || is_other_script(beside(at, token, 1)))
        return MTC_OK;
    const bool spanish = codepoint == 0xA1 || codepoint == 0xBF;
    if (spanish && (mark->flags & (MTC_TOKEN_QUOTED | MTC_TOKEN_BRACKETED)) != 0)
        return MTC_OK;
    return report(at, FOREIGN, mark->at, spanish ? 0.6 : 0.9, english);
}

/* --- Marks that stand twice --- */

/* Before ".," and ".." an abbreviation may stand that no list knows: only an English
 * word with small letters rules that out. */
static bool is_surely_no_abbreviation(const look *at, uint32_t stop, uint32_t shortest) {
    const mtc_token *const before = beside(at, stop, -1);
    if (before == NULL || before->kind != MTC_TOKEN_WORD) return false;
    if (before->shape != MTC_SHAPE_LOWER || mtc_range_length(before->at) < shortest)
        return false;
    if (before->flags & MTC_TOKEN_ABBREVIATION) return false;
    if (mtc_wordset_has(at->lists->abbreviations, mtc_token_folded(at->doc, before)))
        return false;
    const mtc_word *const word = &at->doc->words.at[before->word];
    return (word->knowledge & (MTC_KNOWN_US | MTC_KNOWN_GB)) != 0;
}

/* The mark that stays: the strongest of the run. Before a small letter no mark that ends
 * a sentence may stay, and what was meant by ".." there nobody knows. */
static mtc_str one_mark_of(const look *at, uint32_t token, mtc_str run) {
    static const char STRENGTH[] = "?!.:;,"; /* the strongest first */
    const char *strongest = STRENGTH + sizeof STRENGTH - 2;
    for (size_t i = 0; i < run.len; i++) {
        const char *const met = strchr(STRENGTH, run.ptr[i]);
        if (met < strongest) strongest = met;
    }
    uint32_t next = token;
    while (next + 1 < end_of_line(at) &&
           at->doc->tokens.at[next].kind == MTC_TOKEN_PUNCTUATION)
        next++;
    const bool goes_on = at->doc->tokens.at[next].kind == MTC_TOKEN_WORD &&
                         at->doc->tokens.at[next].shape == MTC_SHAPE_LOWER;
    if (!goes_on || *strongest == ':' || *strongest == ';' || *strongest == ',')
        return (mtc_str){strongest, 1};
    return memchr(run.ptr, ',', run.len) != NULL ? MTC_STR(",") : NO_REPAIR;
}

/* The run of stops and commas that begins with this token, as bytes. */
static mtc_status judge_doubled(look *at, uint32_t token) {
    const mtc_token *const mark = &at->doc->tokens.at[token];
    const char first = byte_at(at, mark->at.begin);
    if (!is_one_of(first, ".,;:!?")) return MTC_OK;
    if (is_one_of(byte_before(at, mark->at.begin), ".,;:!?")) return MTC_OK;
    uint32_t end = mark->at.begin;
    while (is_one_of(byte_at(at, end), ".,;:!?")) end++;
    const uint32_t length = end - mark->at.begin;
    if (length < 2) return MTC_OK;
    const mtc_str run = mtc_document_slice(at->doc, (mtc_range){mark->at.begin, end});
    const bool before_end =
        is_blank(byte_at(at, end)) || is_one_of(byte_at(at, end), "\"')");
    if (!before_end && (unsigned char)byte_at(at, end) != 0xE2) return MTC_OK;
    static const char *const WRONG[] = {",,", ",;", ";,", ";;", ",.", ";.", ":.",
                                        ",:", ":,", "!.", "?.", ",?", ",!", ",,,"};
    bool wrong = false;
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++)
        wrong = wrong || mtc_str_equal(run, mtc_str_of(WRONG[i]));
    const bool stop_first = mtc_str_equal(run, MTC_STR("..")) ||
                            mtc_str_equal(run, MTC_STR(".,")) ||
                            mtc_str_equal(run, MTC_STR(".;"));
    if (!wrong &&
        !(stop_first && is_surely_no_abbreviation(at, token, run.ptr[1] == '.' ? 2 : 4)))
        return MTC_OK;
    /* "Yahoo!." and "Jeopardy!." are names. */
    const mtc_token *const before = beside(at, token, -1);
    const bool after_name = before != NULL && before->shape != MTC_SHAPE_LOWER;
    if ((first == '!' || first == '?') && after_name) return MTC_OK;
    return report(at, DOUBLED, (mtc_range){mark->at.begin, end}, 0.85,
                  one_mark_of(at, token, run));
}

/* --- Blanks --- */

static bool is_plain_word(const mtc_token *token) {
    return token != NULL && token->kind == MTC_TOKEN_WORD &&
           mtc_range_length(token->at) >= 2 && token->script == USCRIPT_LATIN;
}

/* The mark, with a blank behind it where one is due. */
static mtc_str with_blank(const look *at, const mtc_token *mark, bool due) {
    const mtc_str bytes = mtc_token_bytes(at->doc, mark);
    return !due                  ? bytes
           : bytes.ptr[0] == ',' ? MTC_STR(", ")
           : bytes.ptr[0] == ';' ? MTC_STR("; ")
                                 : NO_REPAIR;
}

static mtc_status judge_blank_before(look *at, uint32_t token) {
    const mtc_token *const mark = &at->doc->tokens.at[token];
    const mtc_token *const before = beside(at, token, -1);
    if (before == NULL || !(mark->flags & MTC_TOKEN_SPACE_BEFORE)) return MTC_OK;
    if (mark->flags & MTC_TOKEN_AFTER_BREAK) return MTC_OK;
    const char first = byte_at(at, mark->at.begin);
    if (!is_one_of(first, ",;:!?.") || mtc_range_length(mark->at) != 1) return MTC_OK;
    const bool word_before = before->kind == MTC_TOKEN_WORD ||
                             before->kind == MTC_TOKEN_NUMBER ||
                             (before->flags & MTC_TOKEN_CLOSES) != 0;
    if (!word_before) return MTC_OK;
    const char next = byte_at(at, mark->at.end);
    /* "4 : 3" */
    const mtc_token *const behind = beside(at, token, 1);
    if (first == ':' && before->kind == MTC_TOKEN_NUMBER && behind != NULL &&
        behind->kind == MTC_TOKEN_NUMBER)
        return MTC_OK;
    /* ":)" and ".5" and "...": the mark begins something. */
    if (is_one_of(next, ".)(-") || is_digit(next) || is_one_of(next, ",;:!?"))
        return MTC_OK;
    if (first == '.' && !is_blank(next) && next != '"') return MTC_OK;
    if (first == ':' && !is_blank(next)) return MTC_OK;
    uint32_t begin = mark->at.begin;
    while (is_blank(byte_before(at, begin)) && begin > before->at.end) begin--;
    const bool glued = !is_blank(next) && is_plain_word(behind);
    return report(at, SPACING, (mtc_range){begin, mark->at.end}, 0.85,
                  with_blank(at, mark, glued));
}

/* "word,word": no blank where one is due. */
static mtc_status judge_blank_behind(look *at, uint32_t token) {
    const mtc_token *const mark = &at->doc->tokens.at[token];
    const char first = byte_at(at, mark->at.begin);
    if ((first != ',' && first != ';') || mtc_range_length(mark->at) != 1) return MTC_OK;
    const mtc_token *const before = beside(at, token, -1), *const behind =
                                                               beside(at, token, 1);
    if (!is_plain_word(before) || !is_plain_word(behind)) return MTC_OK;
    if (behind->flags & MTC_TOKEN_SPACE_BEFORE) return MTC_OK;
    if (behind->shape == MTC_SHAPE_UPPER) return MTC_OK;
    if (mark->flags & MTC_TOKEN_SPACE_BEFORE) return MTC_OK; /* judged as that */
    return report(at, SPACING, mark->at, 0.85, with_blank(at, mark, true));
}

/* --- Numbers --- */

typedef enum { NO_FORM, DECIMAL_COMMA, GROUPED_BY_STOPS } form;

/* "3,5", "3,50"; "1.200,50", "1.234.567". */
static form form_of(mtc_str digits) {
    size_t at = 0, groups = 0, last = 0;
    while (at < digits.len && is_digit(digits.ptr[at])) at++;
    if (at == 0 || at > 4) return NO_FORM;
    while (at + 3 < digits.len && digits.ptr[at] == '.' && is_digit(digits.ptr[at + 1]) &&
           is_digit(digits.ptr[at + 2]) && is_digit(digits.ptr[at + 3]) &&
           !(at + 4 < digits.len && is_digit(digits.ptr[at + 4]))) {
        at += 4;
        groups++;
    }
    if (at == digits.len) return groups >= 2 ? GROUPED_BY_STOPS : NO_FORM;
    if (digits.ptr[at] != ',') return NO_FORM;
    last = ++at;
    while (at < digits.len && is_digit(digits.ptr[at])) at++;
    if (at != digits.len || at == last) return NO_FORM;
    if (groups >= 1) return GROUPED_BY_STOPS;
    return at - last <= 2 ? DECIMAL_COMMA : NO_FORM;
}

/* With its marks swapped. ptr NULL: no memory. */
static mtc_str in_english(mtc_str digits, mtc_arena *arena) {
    char *const bytes = mtc_arena_take(arena, digits.len);
    if (bytes == NULL) return NO_REPAIR;
    for (size_t i = 0; i < digits.len; i++)
        bytes[i] = digits.ptr[i] == ','   ? '.'
                   : digits.ptr[i] == '.' ? ','
                                          : digits.ptr[i];
    return (mtc_str){bytes, digits.len};
}

static bool has_unit(const look *at, uint32_t token, uint32_t end) {
    if (byte_at(at, end) == '%' || byte_at(at, end + (byte_at(at, end) == ' ')) == '%')
        return true;
    while (token + 1 < end_of_line(at) && at->doc->tokens.at[token + 1].at.begin < end)
        token++;
    const mtc_token *const behind = beside(at, token, 1);
    return behind != NULL && behind->kind == MTC_TOKEN_WORD &&
           mtc_wordset_has(at->lists->units, mtc_token_folded(at->doc, behind));
}

static bool has_currency_before(const look *at, uint32_t place) {
    if (byte_before(at, place) == '$') return true;
    const mtc_str before = {at->doc->bytes.ptr + at->line->at.begin,
                            place - at->line->at.begin};
    return mtc_str_ends_with(before, MTC_STR("€")) ||
           mtc_str_ends_with(before, MTC_STR("£")) ||
           mtc_str_ends_with(before, MTC_STR("¥"));
}

static mtc_status judge_number(look *at, uint32_t token) {
    enum { LONGEST = 24 };
    const mtc_token *const number = &at->doc->tokens.at[token];
    const uint32_t begin = number->at.begin;
    if (is_one_of(byte_before(at, begin), ".,") || is_digit(byte_before(at, begin)))
        return MTC_OK;
    uint32_t end = begin;
    while (end - begin < LONGEST &&
           (is_digit(byte_at(at, end)) || is_one_of(byte_at(at, end), ".,")))
        end++;
    while (end > begin && !is_digit(byte_at(at, end - 1))) end--;
    const mtc_str digits = mtc_document_slice(at->doc, (mtc_range){begin, end});
    const form found = form_of(digits);
    if (found == NO_FORM || is_one_of(byte_at(at, end), "-/:")) return MTC_OK;
    if (found == DECIMAL_COMMA && !has_unit(at, token, end) &&
        !(has_currency_before(at, begin) && digits.len > 3 &&
          digits.ptr[digits.len - 3] == ','))
        return MTC_OK;
    return report(at, NUMBER_FORMAT, (mtc_range){begin, end}, 0.85,
                  in_english(digits, at->doc->arena));
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    look at = {.detection = detection, .doc = doc, .lists = detection->self};
    for (size_t l = 0; l < doc->lines.count; l++) {
        at.line = &doc->lines.at[l];
        if (mtc_budget_spend(doc->budget, at.line->token_count + 1) != MTC_OK)
            return MTC_DEADLINE;
        if (at.line->sentence_count == 0) continue;
        mtc_status status = MTC_OK;
        for (uint32_t i = at.line->first_token; i < end_of_line(&at) && status == MTC_OK;
             i++) {
            const mtc_token *const token = &doc->tokens.at[i];
            if (token->kind == MTC_TOKEN_NUMBER) status = judge_number(&at, i);
            if (token->kind != MTC_TOKEN_PUNCTUATION && token->kind != MTC_TOKEN_SYMBOL)
                continue;
            status = judge_foreign(&at, i);
            if (status == MTC_OK) status = judge_doubled(&at, i);
            if (status == MTC_OK) status = judge_blank_before(&at, i);
            if (status == MTC_OK) status = judge_blank_behind(&at, i);
        }
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_punctuation = {"punctuation", RULES, setup, run};
