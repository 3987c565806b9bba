/* Placeholders: what a program should have replaced by a word. */
#include "text/residue_scan.h"

static bool is_name_byte(char byte) {
    return mtc_is_alnum(byte) || byte == '_' || byte == '.' || byte == '-';
}

static uint32_t name_end(const mtc_residue_scanner *scan, uint32_t at) {
    enum { LONGEST = 40 };
    uint32_t end = at;
    while (end - at < LONGEST && is_name_byte(mtc_scan_byte(scan, end))) end++;
    while (end > at && mtc_is_any(".-", scan->text.ptr[end - 1])) end--;
    return end;
}

static uint32_t skip_one_blank(const mtc_residue_scanner *scan, uint32_t at) {
    return mtc_scan_byte(scan, at) == ' ' ? at + 1 : at;
}

/* A name, blanks allowed around it, and then `close`: the end; 0: no. */
static uint32_t enclosed_end(const mtc_residue_scanner *scan, uint32_t at,
                             mtc_str close) {
    const uint32_t first = skip_one_blank(scan, at);
    uint32_t end = name_end(scan, first);
    if (end == first) return 0;
    end = skip_one_blank(scan, end);
    return mtc_scan_has(scan, end, close) ? end + (uint32_t)close.len : 0;
}

/* --- %s, %(name)s, %name%, {0}, ${name}, $VAR1 --- */

static uint32_t percent_end(const mtc_residue_scanner *scan, uint32_t at) {
    if (mtc_is_digit(mtc_scan_before(scan, at)) || mtc_scan_before(scan, at) == '%')
        return 0;
    uint32_t end = at + 1;
    const bool named = mtc_scan_byte(scan, end) == '(' || mtc_scan_byte(scan, end) == '{';
    if (named) {
        end = enclosed_end(scan, end + 1,
                           mtc_scan_byte(scan, end) == '(' ? MTC_STR(")") : MTC_STR("}"));
        if (end == 0) return 0;
        return mtc_is_any("sdif", mtc_scan_byte(scan, end)) ? end + 1 : end;
    }
    if (mtc_scan_byte(scan, end) == '@') return end + 1;
    const uint32_t word = name_end(scan, end);
    if (word > end + 1 && mtc_scan_byte(scan, word) == '%' &&
        mtc_is_alpha(scan->text.ptr[end]))
        return word + 1;
    while (end - at < 6 && mtc_is_any("0123456789.$-+", mtc_scan_byte(scan, end))) end++;
    if (mtc_scan_byte(scan, end) == 'l') end++;
    if (!mtc_is_any("sdiufx", mtc_scan_byte(scan, end))) return 0;
    end++;
    return mtc_is_word_byte(mtc_scan_byte(scan, end)) ? 0 : end;
}

static uint32_t brace_end(const mtc_residue_scanner *scan, uint32_t at) {
    if (mtc_scan_byte(scan, at + 1) == '}') return at + 2;
    return enclosed_end(scan, at + 1, MTC_STR("}"));
}

/* Is it one of the three-letter codes of currencies called dollar, with digits behind? */
static bool is_dollar(const char *letters) {
    static const char CODES[] =
        "AUD BBD BMD BND BSD BZD CAD CAN FJD GYD HKD JMD KYD LRD NAD "
        "NTD NZD SBD SGD SRD TTD TWD USD XCD";
    for (size_t i = 0; i + 3 < sizeof CODES; i += 4) {
        if (memcmp(letters, CODES + i, 3) == 0) return mtc_is_digit(letters[3]);
    }
    return false;
}

/* `$VAR1`, `$user_name`, `${…}`, never a price or a ticker ($EGC). */
static uint32_t dollar_end(const mtc_residue_scanner *scan, uint32_t at,
                           double *confidence) {
    const char before = mtc_scan_before(scan, at), next = mtc_scan_byte(scan, at + 1);
    if (next == '{' || next == '(')
        return enclosed_end(scan, at + 2, next == '{' ? MTC_STR("}") : MTC_STR(")"));
    if (mtc_is_word_byte(before) || before == '$' || !(mtc_is_alpha(next) || next == '_'))
        return 0;
    uint32_t end = at + 1;
    bool upper = false, lower = false, digit = false, underscore = false;
    uint32_t letters = 0;
    for (; end - at < 40 &&
           (mtc_is_alnum(mtc_scan_byte(scan, end)) || mtc_scan_byte(scan, end) == '_');
         end++) {
        const char byte = scan->text.ptr[end];
        upper = upper || mtc_is_upper(byte);
        lower = lower || mtc_is_lower(byte);
        digit = digit || mtc_is_digit(byte);
        underscore = underscore || byte == '_';
        letters += mtc_is_alpha(byte);
    }
    /* "$US8" and "$NZD40" are sums of money. */
    const bool sum = !underscore && (letters < 3 || is_dollar(scan->text.ptr + at + 1));
    if (digit && sum) return 0;
    if (mtc_is_any("$-", mtc_scan_byte(scan, end)) ||
        mtc_is_word_byte(mtc_scan_byte(scan, end)))
        return 0;
    const bool variable = end - at > 2 && (underscore || (upper && !lower && digit));
    const bool word = lower && !upper && !digit && end - at > 4;
    if (!variable && !word) return 0;
    *confidence = variable ? 0.95 : 0.6;
    return end;
}

/* --- @@TERM@@, __NAME__, ##X##, <<name>> --- */

static uint32_t doubled_end(const mtc_residue_scanner *scan, uint32_t at) {
    static const char PAIRS[] = "@@##%%$$__||^^~~<>";
    const char open = mtc_scan_byte(scan, at);
    if (open == '\0' || mtc_scan_byte(scan, at + 1) != open) return 0;
    /* `ha@@ lf` of a subword splitter. */
    if (open == '@' && mtc_is_word_byte(mtc_scan_before(scan, at)) &&
        mtc_scan_byte(scan, at + 2) == ' ')
        return at + 2;
    const char *const within = open == '<' || open == '~' ? "_-" : "_ -";
    for (size_t i = 0; i + 1 < sizeof PAIRS; i += 2) {
        if (PAIRS[i] != open) continue;
        const char close[2] = {PAIRS[i + 1], PAIRS[i + 1]};
        uint32_t end = at + 2;
        while (end - at < 42 && (mtc_is_alnum(mtc_scan_byte(scan, end)) ||
                                 mtc_is_any(within, mtc_scan_byte(scan, end))))
            end++;
        /* The name's own underscores may have run into the closing pair. */
        while (open == '_' && end > at + 4 && scan->text.ptr[end - 1] != '_') end--;
        if (open == '_' && end > at + 4 && scan->text.ptr[end - 2] == '_') return end;
        if (end == at + 2 || !mtc_scan_has(scan, end, (mtc_str){close, 2})) return 0;
        return end + 2;
    }
    return 0;
}

/* --- [?], [%author%], [INSERT NAME] --- */

static bool holds_placeholder_word(const mtc_residue_scanner *scan, uint32_t at,
                                   uint32_t end) {
    while (at < end) {
        while (at < end && !mtc_is_alnum(scan->text.ptr[at])) at++;
        char folded[32];
        size_t length = 0;
        while (at < end && mtc_is_alnum(scan->text.ptr[at])) {
            if (length < sizeof folded)
                folded[length++] = mtc_to_lower(scan->text.ptr[at]);
            at++;
        }
        if (length > 0 &&
            mtc_wordset_has(scan->placeholder_words, (mtc_str){folded, length}))
            return true;
    }
    return false;
}

static uint32_t bracket_end(const mtc_residue_scanner *scan, uint32_t at,
                            double *confidence) {
    enum { LONGEST = 60 };
    uint32_t end = at + 1, letters = 0, capitals = 0;
    bool question = true, sign = false, underscore = false;
    for (; end - at < LONGEST && end < scan->end; end++) {
        const char byte = scan->text.ptr[end];
        if (byte == ']' || byte == '[' || byte == '\n') break;
        letters += mtc_is_alpha(byte);
        capitals += mtc_is_upper(byte);
        question = question && byte == '?';
        sign = sign || mtc_is_any("%$@{}", byte);
        underscore = underscore || byte == '_';
    }
    if (mtc_scan_byte(scan, end) != ']') return 0;
    const uint32_t inside = end - at - 1;
    *confidence = 0.95;
    if (inside == 0 || (inside == 1 && scan->text.ptr[at + 1] == ' ')) {
        *confidence = 0.75;
        return mtc_is_alnum(mtc_scan_before(scan, at)) ? 0 : end + 1;
    }
    if (question) {
        /* Directly behind a word it is an editor's doubt. */
        if (mtc_is_word_byte(mtc_scan_before(scan, at))) *confidence = 0.45;
        return end + 1;
    }
    const char first = scan->text.ptr[at + 1], last = scan->text.ptr[end - 1];
    if (sign && first == last && letters > 0) return end + 1;
    if (sign && letters > 0 && mtc_is_any("%{", first)) return end + 1;
    if (underscore && capitals == letters && letters > 1) return end + 1;
    *confidence = 0.85;
    return capitals == letters && letters > 1 && holds_placeholder_word(scan, at + 1, end)
               ? end + 1
               : 0;
}

/* --- XXXX, ????, set phrases --- */

static uint32_t run_end(const mtc_residue_scanner *scan, uint32_t at, uint32_t least) {
    const char byte = mtc_scan_byte(scan, at), before = mtc_scan_before(scan, at);
    if (mtc_is_word_byte(before) || before == byte || mtc_is_any("?!.", before)) return 0;
    uint32_t end = at;
    while (mtc_scan_byte(scan, end) == byte) end++;
    return end - at >= least && !mtc_is_word_byte(mtc_scan_byte(scan, end)) ? end : 0;
}

/* A phrase of the list that begins at this word: its end; 0: none does. */
static uint32_t phrase_end(const mtc_residue_scanner *scan, uint32_t at) {
    enum { LONGEST = 40 };
    const uint32_t seconds =
        scan->phrase_seconds[(unsigned char)mtc_to_lower(scan->text.ptr[at])];
    if ((seconds >> (mtc_to_lower(mtc_scan_byte(scan, at + 1)) & 31) & 1u) == 0) return 0;
    if (mtc_is_word_byte(mtc_scan_before(scan, at))) return 0;
    char folded[LONGEST];
    uint32_t found = 0, blanks = 0;
    for (uint32_t end = at; end - at < LONGEST && end < scan->line_end; end++) {
        folded[end - at] = mtc_to_lower(scan->text.ptr[end]);
        if (folded[end - at] == ' ' && ++blanks >= scan->placeholder_phrases->longest)
            break;
        const mtc_str so_far = {folded, end + 1 - at};
        const bool at_edge = !mtc_is_word_byte(mtc_scan_byte(scan, end + 1)) ||
                             !mtc_is_word_byte(scan->text.ptr[end]);
        if (at_edge && mtc_wordset_has(scan->placeholder_phrases, so_far))
            found = end + 1;
    }
    return found;
}

bool mtc_residue_placeholder(mtc_residue_scanner *scan, uint32_t at,
                             mtc_residue *ret_found) {
    if (scan->chunk_is_address) return false;
    const char byte = mtc_scan_byte(scan, at);
    double confidence = 0.95;
    uint32_t end = doubled_end(scan, at);
    if (end == 0) {
        switch (byte) {
        case '%': end = percent_end(scan, at); break;
        case '{': end = brace_end(scan, at); break;
        case '$': end = dollar_end(scan, at, &confidence); break;
        case '[': end = bracket_end(scan, at, &confidence); break;
        case '?':
            end = run_end(scan, at, 3);
            confidence = 0.7;
            break;
        case '_':
            end = run_end(scan, at, 4);
            confidence = 0.6;
            break;
        case 'X':
        case 'x':
            end = run_end(scan, at, 4);
            confidence = 0.85;
            break;
        default: break;
        }
    }
    if (end == 0 && scan->phrase_seconds[(unsigned char)mtc_to_lower(byte)] != 0)
        end = phrase_end(scan, at);
    return end != 0 &&
           mtc_scan_set(ret_found, MTC_RESIDUE_PLACEHOLDER, at, end, confidence);
}
