/* Dates that no calendar has: 31 June, February 30th, 29 February 2023, 31/06/2020, and
 * weekdays that do not fall on their date ("Monday, 3 March 2021").
 *
 * A month's name beside a number is not always a date ("May 35 people", "March 40 miles
 * north", "Sept 31st Street", "the May 68 protests"), so the greater the number, the more
 * the words around must say that a day is meant.
 */
#include "base/status.h"
#include "detect/calendar.h"
#include "detect/detector.h"
#include "language/mentions.h"
#include "language/shares.h"

static const char *const RULES[] = {"consistency.date", NULL};

/* A number above it beside a month is hardly a slip for a day. */
enum { LARGEST_DAY = 39 };

typedef struct {
    const mtc_wordset *months;       /* months.txt: folded name, number */
    const mtc_wordset *weekdays;     /* weekdays.txt: folded name, 1 (Monday) to 7 */
    const mtc_wordset *prepositions; /* date-prepositions.txt: on, until, since */
    const mtc_wordset *links;        /* date-links.txt: of, the */
    const mtc_str *ordinal_endings;  /* st, nd, rd, th */
    size_t ordinal_ending_count;
} self_type;

/* A day, a month and perhaps a year, in tokens [first, end). */
typedef struct {
    uint32_t first, end;
    uint32_t month_at;
    unsigned day, month, year; /* year 0: none is given */
    bool ordinal, day_first, linked;
} written_date;

static mtc_status setup(const mtc_detector_setup *setup, const void **ret_self,
                        mtc_error *error) {
    self_type *const self = MTC_TAKE(setup->arena, self_type, 1);
    if (self == NULL) return mtc_fail(error, MTC_NO_MEMORY, "no memory for dates");
    self->months = mtc_wordlists_get(setup->lists, "months");
    self->weekdays = mtc_wordlists_get(setup->lists, "weekdays");
    self->prepositions = mtc_wordlists_get(setup->lists, "date-prepositions");
    self->links = mtc_wordlists_get(setup->lists, "date-links");
    self->ordinal_endings =
        mtc_rule_list(setup->rules[0], "ordinal_endings", &self->ordinal_ending_count);
    *ret_self = self;
    return MTC_OK;
}

/* Reads up to four digits at *at: their number, and behind them *at. */
static unsigned read_digits(mtc_str text, size_t *at, unsigned *ret_count) {
    unsigned value = 0, count = 0;
    while (*at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9') {
        if (count < 5) value = value * 10 + (unsigned)(text.ptr[*at] - '0');
        count++;
        (*at)++;
    }
    *ret_count = count;
    return value;
}

/* "31", "31st": one or two digits and nothing else but the ending of an ordinal. */
static bool read_day(const self_type *self, const mtc_document *doc, uint32_t index,
                     unsigned *ret_day, bool *ret_ordinal) {
    const mtc_token *const token = mtc_token_at(doc, index);
    if (token->kind != MTC_TOKEN_NUMBER) return false;
    const mtc_str text = mtc_token_folded(doc, token);
    size_t at = 0;
    unsigned digits;
    const unsigned day = read_digits(text, &at, &digits);
    if (digits == 0 || digits > 2) return false;
    const mtc_str ending = {text.ptr + at, text.len - at};
    bool known = ending.len == 0;
    for (size_t i = 0; i < self->ordinal_ending_count; i++) {
        known = known || mtc_str_equal(ending, self->ordinal_endings[i]);
    }
    if (!known) return false;
    *ret_day = day;
    *ret_ordinal = ending.len > 0;
    return true;
}

static bool read_year(const mtc_document *doc, uint32_t index, unsigned *ret_year) {
    const mtc_token *const token = mtc_token_at(doc, index);
    const mtc_str text = mtc_token_bytes(doc, token);
    size_t at = 0;
    unsigned digits;
    if (token->kind != MTC_TOKEN_NUMBER) return false;
    const unsigned year = read_digits(text, &at, &digits);
    if (digits != 4 || at != text.len || year < 1000 || year > 2999) return false;
    *ret_year = year;
    return true;
}

/* The number that a list of names gives a token with a capital; 0: it is none. */
static unsigned number_of_name(const mtc_wordset *names, const mtc_document *doc,
                               const mtc_token *token) {
    if (token->kind != MTC_TOKEN_WORD ||
        (token->shape != MTC_SHAPE_CAPITAL && token->shape != MTC_SHAPE_UPPER)) {
        return 0;
    }
    mtc_str text = mtc_token_folded(doc, token);
    const mtc_wordset_entry *entry = mtc_wordset_find(names, text);
    if (entry == NULL && text.len > 1 && text.ptr[text.len - 1] == '.') {
        text.len--;
        entry = mtc_wordset_find(names, text);
    }
    size_t at = 0;
    unsigned digits;
    return entry == NULL ? 0 : read_digits(entry->payload, &at, &digits);
}

static bool is_mark(const mtc_document *doc, uint32_t index, char mark) {
    const mtc_str text = mtc_token_bytes(doc, mtc_token_at(doc, index));
    return text.len == 1 && text.ptr[0] == mark;
}

/* The year behind a date that ends at date->end, with or without a comma. */
static void add_year(const mtc_document *doc, uint32_t end, written_date *date) {
    uint32_t at = date->end;
    if (at < end && is_mark(doc, at, ',')) at++;
    if (at < end && read_year(doc, at, &date->year)) date->end = at + 1;
}

/* The date around the month's name at `month_at`, in tokens [begin, end). */
static bool read_date(const self_type *self, const mtc_document *doc, uint32_t begin,
                      uint32_t end, uint32_t month_at, unsigned month,
                      written_date *ret_date) {
    written_date date = {.month = month, .month_at = month_at};
    uint32_t day_at = month_at - 1;
    if (month_at > begin) {
        date.linked = month_at - begin >= 2 &&
                      mtc_token_is_in(self->links, doc, mtc_token_at(doc, day_at));
        if (date.linked) day_at--;
        if (read_day(self, doc, day_at, &date.day, &date.ordinal) &&
            (!date.linked || date.ordinal)) {
            date.first = day_at;
            date.end = month_at + 1;
            date.day_first = true;
            add_year(doc, end, &date);
            *ret_date = date;
            return true;
        }
    }
    date.linked = false;
    day_at = month_at + 1;
    if (day_at >= end || !read_day(self, doc, day_at, &date.day, &date.ordinal)) {
        return false;
    }
    date.first = month_at;
    date.end = day_at + 1;
    add_year(doc, end, &date);
    *ret_date = date;
    return true;
}

static bool is_plural_noun(const mtc_document *doc, const mtc_token *token) {
    const mtc_lexeme *const lexeme = mtc_token_lexeme(doc, token);
    return token->kind == MTC_TOKEN_WORD && token->shape == MTC_SHAPE_LOWER &&
           lexeme != NULL && lexeme->share[MTC_TAG_NOUN] >= 50 && lexeme->plural >= 50;
}

/* Does what stands around say that the number is a day, though no month has it? */
static bool is_meant(const self_type *self, const mtc_document *doc, uint32_t begin,
                     uint32_t end, const written_date *date) {
    if (date->year != 0 || date->linked) return true;
    const mtc_token *const next = date->end < end ? mtc_token_at(doc, date->end) : NULL;
    const mtc_token *const before =
        date->first > begin ? mtc_token_at(doc, date->first - 1) : NULL;
    if (before != NULL && before->kind == MTC_TOKEN_SYMBOL) return false;
    if (next != NULL &&
        (is_plural_noun(doc, next) || (next->flags & MTC_TOKEN_SPACE_BEFORE) == 0)) {
        const bool is_pause = next->kind == MTC_TOKEN_PUNCTUATION &&
                              !is_mark(doc, date->end, '-') &&
                              !is_mark(doc, date->end, '/');
        if (!is_pause) return false;
    }
    if (date->ordinal && next != NULL && next->kind == MTC_TOKEN_WORD &&
        next->shape != MTC_SHAPE_LOWER) {
        return false;
    }
    if (next != NULL &&
        (next->kind == MTC_TOKEN_SYMBOL || next->kind == MTC_TOKEN_NUMBER)) {
        return false;
    }
    if (date->day >= 1 && date->day <= 31) return true;
    if (date->ordinal) return true;
    const bool dated = before != NULL && mtc_token_is_in(self->prepositions, doc, before);
    if (next != NULL && next->kind == MTC_TOKEN_WORD &&
        mtc_token_share(doc, next, MTC_SHARE_NOMINAL) >= 50) {
        return false;
    }
    if (date->day == 0) return false;
    if (date->day_first) {
        if (dated) return true;
        return date->day <= LARGEST_DAY &&
               (before == NULL || before->kind == MTC_TOKEN_PUNCTUATION ||
                (before->kind == MTC_TOKEN_WORD &&
                 mtc_token_share(doc, before, MTC_SHARE_NOUN) < 50 &&
                 before->shape == MTC_SHAPE_LOWER));
    }
    return dated && date->day <= LARGEST_DAY;
}

static mtc_status report(const mtc_detection *detection, uint32_t first, uint32_t end,
                         double confidence) {
    const mtc_document *const doc = detection->doc;
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at =
            mtc_range_join(mtc_token_at(doc, first)->at, mtc_token_at(doc, end - 1)->at),
        .confidence = (float)confidence,
    };
    return mtc_sink_add(detection->sink, &finding);
}

static mtc_status check_weekday(const mtc_detection *detection, uint32_t begin,
                                const written_date *date) {
    const self_type *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    if (date->year < MTC_CALENDAR_FIRST_YEAR || date->year > MTC_CALENDAR_LAST_YEAR) {
        return MTC_OK;
    }
    uint32_t at = date->first;
    for (unsigned skipped = 0; skipped < 2 && at > begin; skipped++) {
        const uint32_t before = at - 1;
        const unsigned weekday =
            number_of_name(self->weekdays, doc, mtc_token_at(doc, before));
        if (weekday != 0) {
            /* The Evening Sun, July 18, 1925 */
            if (before > begin &&
                mtc_token_is_name_part(doc, mtc_token_at(doc, before - 1))) {
                return MTC_OK;
            }
            const unsigned due = mtc_calendar_weekday(date->year, date->month, date->day);
            return weekday == due ? MTC_OK : report(detection, before, date->end, 0.85);
        }
        if (!is_mark(doc, before, ',') && !is_mark(doc, before, '(') &&
            !mtc_token_is_in(self->links, doc, mtc_token_at(doc, before))) {
            return MTC_OK;
        }
        at = before;
    }
    return MTC_OK;
}

static mtc_status check_month(const mtc_detection *detection, uint32_t begin,
                              uint32_t end, uint32_t month_at, unsigned month) {
    const self_type *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    written_date date;
    if (!read_date(self, doc, begin, end, month_at, month, &date)) return MTC_OK;
    const unsigned days = mtc_calendar_days(date.month, date.year);
    if (date.day >= 1 && date.day <= days) return check_weekday(detection, begin, &date);
    if (!is_meant(self, doc, begin, end, &date)) return MTC_OK;
    return report(detection, date.first, date.end, date.day <= 31 ? 0.95 : 0.85);
}

/* Is what was read up to `at` only the beginning of something longer: 1.6.2020-3? */
static bool goes_on(mtc_str text, size_t at) {
    if (at >= text.len) return false;
    const char next = text.ptr[at];
    if (next == '_' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z')) {
        return true;
    }
    const bool is_joint = next == '.' || next == '/' || next == '-' || next == ':';
    return is_joint && at + 1 < text.len && text.ptr[at + 1] >= '0' &&
           text.ptr[at + 1] <= '9';
}

/* "31/06/2020", "31.6.2020", "2021-02-30": three numbers with one mark between them. */
static bool is_impossible_numeric(mtc_str text, size_t *ret_length) {
    unsigned value[3], digits[3];
    size_t at = 0;
    char mark = 0;
    for (unsigned i = 0; i < 3; i++) {
        value[i] = read_digits(text, &at, &digits[i]);
        if (digits[i] == 0) return false;
        if (i == 2) break;
        if (at >= text.len ||
            (text.ptr[at] != '/' && text.ptr[at] != '.' && text.ptr[at] != '-') ||
            (i == 1 && text.ptr[at] != mark)) {
            return false;
        }
        mark = text.ptr[at++];
    }
    if (goes_on(text, at)) return false;
    *ret_length = at;
    if (digits[0] == 4 && digits[1] == 2 && digits[2] == 2 && mark != '.') {
        return mtc_calendar_has_year(value[0]) && value[1] >= 1 && value[1] <= 12 &&
               value[2] > mtc_calendar_days(value[1], value[0]) && value[2] <= 31;
    }
    if (digits[2] != 4 || digits[0] > 2 || digits[1] > 2 || mark == '-' ||
        !mtc_calendar_has_year(value[2])) {
        return false;
    }
    const unsigned a = value[0], b = value[1], year = value[2];
    if (a == 0 || b == 0 || a > LARGEST_DAY || b > LARGEST_DAY || (a > 12 && b > 12)) {
        return false;
    }
    const bool day_first = b <= 12 && a <= mtc_calendar_days(b, year);
    const bool month_first = a <= 12 && b <= mtc_calendar_days(a, year);
    return !day_first && !month_first;
}

static mtc_status check_numeric(const mtc_detection *detection,
                                const mtc_sentence *sentence, const mtc_token *token) {
    const mtc_document *const doc = detection->doc;
    if ((token->flags & MTC_TOKEN_SPACE_BEFORE) == 0 && token->at.begin > 0) {
        const char before = doc->bytes.ptr[token->at.begin - 1];
        if (before != '(' && before != '[') return MTC_OK;
    }
    size_t length;
    const mtc_range rest = {token->at.begin, sentence->at.end};
    if (rest.begin >= rest.end ||
        !is_impossible_numeric(mtc_document_slice(doc, rest), &length)) {
        return MTC_OK;
    }
    const mtc_finding finding = {
        .rule = detection->rules[0],
        .at = {token->at.begin, token->at.begin + (uint32_t)length},
        .confidence = 0.85f,
    };
    return mtc_sink_add(detection->sink, &finding);
}

static mtc_status check_sentence(const mtc_detection *detection,
                                 const mtc_sentence *sentence) {
    const self_type *const self = detection->self;
    const mtc_document *const doc = detection->doc;
    const uint32_t begin = sentence->first_token, end = begin + sentence->token_count;
    for (uint32_t i = begin; i < end; i++) {
        const mtc_token *const token = mtc_token_at(doc, i);
        mtc_status status = MTC_OK;
        if (token->kind == MTC_TOKEN_NUMBER) {
            status = check_numeric(detection, sentence, token);
        } else {
            const unsigned month = number_of_name(self->months, doc, token);
            if (month != 0) status = check_month(detection, begin, end, i, month);
        }
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    if (!mtc_sink_wants(detection->sink, detection->rules[0])) return MTC_OK;
    for (size_t i = 0; i < doc->sentences.count; i++) {
        const mtc_sentence *const sentence = &doc->sentences.at[i];
        mtc_status status = mtc_budget_spend(doc->budget, sentence->token_count + 1);
        if (status == MTC_OK) status = check_sentence(detection, sentence);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_dates = {"dates", RULES, setup, run};
