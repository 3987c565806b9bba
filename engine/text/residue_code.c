/* Style sheets, scripts, JSON, and the bracket codes of content systems and wikis. */
#include "text/residue_scan.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* --- CSS --- */

/* Is [at, end) `property: value` up to `;` or the end? */
static bool is_declaration(const mtc_residue_scanner *scan, uint32_t at, uint32_t end) {
    at = mtc_scan_skip_space(scan, at);
    const uint32_t name = at;
    while (at < end && (mtc_is_lower(scan->text.ptr[at]) || scan->text.ptr[at] == '-'))
        at++;
    if (at - name < 2) return false;
    at = mtc_scan_skip_blanks(scan, at);
    return at < end && scan->text.ptr[at] == ':' && at + 1 < end;
}

/* The body of a rule from behind `{`: where it ends behind `}`, or, where the text was
 * cut off, at the end of the last declaration; 0: no such body. */
static uint32_t css_body_end(const mtc_residue_scanner *scan, uint32_t at) {
    enum { LONGEST = 2000 };
    uint32_t declaration = at, count = 0, last = 0;
    for (uint32_t i = at; i < scan->end && i - at < LONGEST; i++) {
        const char byte = scan->text.ptr[i];
        if (byte == '{' || byte == '<') return 0;
        if (byte != ';' && byte != '}') continue;
        const uint32_t first = mtc_scan_skip_space(scan, declaration);
        if (first < i) {
            if (!is_declaration(scan, first, i)) return 0;
            count++;
            last = i + 1;
        }
        if (byte == '}') return count > 0 || first == i ? i + 1 : 0;
        declaration = i + 1;
    }
    return count > 1 ? last : 0;
}

static bool is_selector_chunk(mtc_str chunk) {
    static const char *const ELEMENTS[] = {
        "a",      "article", "aside",  "b",    "body",    "button", "div",
        "em",     "figure",  "footer", "form", "h1",      "h2",     "h3",
        "h4",     "header",  "html",   "i",    "img",     "input",  "li",
        "main",   "nav",     "ol",     "p",    "section", "small",  "span",
        "strong", "table",   "td",     "th",   "tr",      "ul",     "video"};
    if (mtc_is_any(".#*@:>+~[&", chunk.ptr[0]))
        return chunk.len > 1 || chunk.ptr[0] != '.';
    size_t end = 0;
    while (end < chunk.len && mtc_is_alnum(chunk.ptr[end])) end++;
    if (!mtc_scan_is_one_of(ELEMENTS, COUNT(ELEMENTS), (mtc_str){chunk.ptr, end}))
        return false;
    return end == chunk.len || mtc_is_any(".#:,[>", chunk.ptr[end]);
}

/* Walks back from `{` over the selectors before it, within the line. */
static uint32_t selector_begin(const mtc_residue_scanner *scan, uint32_t brace) {
    enum { LONGEST = 300 };
    uint32_t floor =
        scan->line_begin > scan->last_end ? scan->line_begin : scan->last_end;
    if (brace - floor > LONGEST) floor = brace - LONGEST;
    uint32_t begin = brace, at = brace;
    while (at > floor) {
        while (at > floor && mtc_is_space(scan->text.ptr[at - 1])) at--;
        uint32_t first = at;
        while (first > floor && !mtc_is_space(scan->text.ptr[first - 1])) first--;
        if (first == at) break;
        const mtc_str chunk = {scan->text.ptr + first, at - first};
        /* `@media (max-width: 600px)`: its brackets hold what is no selector. */
        const bool in_query = mtc_is_any("(0123456789", chunk.ptr[0]) ||
                              chunk.ptr[chunk.len - 1] == ')' ||
                              mtc_str_equal(chunk, MTC_STR("and"));
        if (!in_query && !is_selector_chunk(chunk)) break;
        if (!in_query) begin = first;
        at = first;
    }
    return begin;
}

static bool css(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    const uint32_t begin = selector_begin(scan, at);
    if (begin == at && mtc_scan_before(scan, at) != '\n') {
        /* Without a selector two declarations are asked for by css_body_end's caller. */
        const uint32_t end = css_body_end(scan, at + 1);
        const bool two = end != 0 && memchr(scan->text.ptr + at, ';', end - at) != NULL;
        return two && mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.9);
    }
    if (mtc_scan_byte(scan, begin) == '@')
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, begin, at + 1, 0.95);
    const uint32_t end = css_body_end(scan, at + 1);
    return end != 0 && mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, begin, end, 0.97);
}

/* --- JSON and scripts --- */

/* `{"key":` or `[{"key":`: where the value ends that begins there; 0: none does. */
static uint32_t json_end(const mtc_residue_scanner *scan, uint32_t at) {
    enum { LONGEST = 20000 };
    uint32_t key = at + 1;
    if (mtc_scan_byte(scan, at) == '[') {
        key = mtc_scan_skip_space(scan, key);
        if (mtc_scan_byte(scan, key) != '{') return 0;
        key++;
    }
    key = mtc_scan_skip_space(scan, key);
    const char mark = mtc_scan_byte(scan, key);
    if (mark != '"' && mark != '\'') return 0;
    uint32_t name = key + 1;
    while (name - key < 64 && mtc_scan_byte(scan, name) != mark &&
           mtc_scan_byte(scan, name) > ' ')
        name++;
    if (mtc_scan_byte(scan, name) != mark) return 0;
    if (mtc_scan_byte(scan, mtc_scan_skip_space(scan, name + 1)) != ':') return 0;
    int depth = 0;
    bool quoted = false;
    for (uint32_t i = at; i < scan->end && i - at < LONGEST; i++) {
        const char byte = scan->text.ptr[i];
        if (byte == '\\') {
            i++;
        } else if (byte == mark) {
            quoted = !quoted;
        } else if (!quoted && (byte == '{' || byte == '[')) {
            depth++;
        } else if (!quoted && (byte == '}' || byte == ']') && --depth == 0) {
            return i + 1;
        }
    }
    return scan->line_end > name ? scan->line_end : name + 1;
}

bool mtc_residue_code(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    const char byte = mtc_scan_byte(scan, at);
    if (byte != '{' && byte != '[') return false;
    const uint32_t json = json_end(scan, at);
    if (json != 0) return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, json, 0.95);
    return byte == '{' && css(scan, at, ret_found);
}

/* A line of script: it ends as statements do and calls or assigns as only programs do. */
bool mtc_residue_code_line(mtc_residue_scanner *scan, uint32_t at,
                           mtc_residue *ret_found) {
    static const char *const SIGNS[] = {
        "function(", "function (", "window.",     "document.", "=>",
        "googletag", "});",        "adsbygoogle", "datalayer", "console.log(",
        ".push(",    "jquery(",    "$(",          "var _",     "settimeout("};
    enum { LONGEST = 4000 };
    uint32_t end = scan->line_end;
    while (end > at && mtc_is_space(scan->text.ptr[end - 1])) end--;
    if (end - at < 2 || end - at > LONGEST) return false;
    const char last = scan->text.ptr[end - 1];
    if (!mtc_is_any(";{}", last)) {
        /* A style declaration list without its rule. */
        return false;
    }
    const mtc_str line = {scan->text.ptr + at, end - at};
    if (mtc_str_equal(line, MTC_STR("});")) || mtc_str_equal(line, MTC_STR("})();")) ||
        mtc_str_equal(line, MTC_STR("};")))
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.95);
    if (memchr(line.ptr, '(', line.len) == NULL &&
        memchr(line.ptr, '=', line.len) == NULL)
        return false;
    for (uint32_t i = at; i < end; i++) {
        for (size_t sign = 0; sign < COUNT(SIGNS); sign++) {
            if (mtc_to_lower(scan->text.ptr[i]) == SIGNS[sign][0] &&
                mtc_scan_has(scan, i, mtc_str_of(SIGNS[sign])))
                return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.95);
        }
    }
    return false;
}

/* --- [shortcodes attr="…"], BBCode, [[wiki links]], {{templates}} --- */

static bool is_code_name(mtc_str name) {
    static const char *const NAMES[] = {
        "ads",    "audio",     "audioplayer", "blockquote", "button",    "caption",
        "center", "code",      "color",       "column",     "embed",     "embedyt",
        "font",   "gallery",   "iframe",      "img",        "instagram", "list",
        "media",  "pullquote", "quote",       "related",    "size",      "spoiler",
        "table",  "tweet",     "twitter",     "url",        "video",     "youtube"};
    return mtc_scan_is_one_of(NAMES, COUNT(NAMES), name);
}

static bool shortcode(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    enum { LONGEST = 800 };
    const bool closing = mtc_scan_byte(scan, at + 1) == '/';
    const uint32_t begin = at + 1 + closing;
    uint32_t name_end = begin;
    while (name_end - begin < 40 && (mtc_is_alnum(mtc_scan_byte(scan, name_end)) ||
                                     mtc_is_any("_-", mtc_scan_byte(scan, name_end))))
        name_end++;
    const mtc_str name = {scan->text.ptr + begin, name_end - begin};
    if (name.len == 0) return false;
    uint32_t close = name_end;
    bool assigned = false;
    while (close < scan->end && close - at < LONGEST) {
        const char byte = scan->text.ptr[close];
        if (byte == ']' || byte == '[' || byte == '\n') break;
        assigned = assigned || byte == '=';
        close++;
    }
    if (mtc_scan_byte(scan, close) != ']') return false;
    const bool bare =
        close == name_end || (close == name_end + 1 && scan->text.ptr[name_end] == '/');
    const bool underscored =
        memchr(name.ptr, '_', name.len) != NULL && mtc_is_lower(name.ptr[0]);
    /* A lone letter in brackets is an editor's change of case: closing tags alone count.
     */
    const bool sure =
        (closing && bare && mtc_is_alpha(name.ptr[0])) || assigned ||
        (bare && (is_code_name(name) || underscored) && mtc_is_lower(name.ptr[0]));
    return sure && mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, close + 1,
                                assigned || closing ? 0.95 : 0.85);
}

/* The pair of doubled marks that opens at `at` and closes within reach: its end; 0. */
static uint32_t doubled_end(const mtc_residue_scanner *scan, uint32_t at, char open,
                            char close, uint32_t longest, bool over_lines) {
    for (uint32_t i = at + 2; i + 1 < scan->end && i - at < longest; i++) {
        const char byte = scan->text.ptr[i];
        if (byte == close && scan->text.ptr[i + 1] == close) return i + 2;
        if (byte == open && scan->text.ptr[i + 1] == open) return 0;
        if (byte == '\n' && !over_lines) return 0;
    }
    return 0;
}

/* `[text](target)` and `![text](target)`: the end; 0: none. */
static uint32_t link_end(const mtc_residue_scanner *scan, uint32_t at) {
    enum { LONGEST = 300 };
    uint32_t i = at + 1;
    while (i < scan->end && i - at < LONGEST && !mtc_is_any("[]\n", scan->text.ptr[i]))
        i++;
    if (mtc_scan_byte(scan, i) != ']' || mtc_scan_byte(scan, i + 1) != '(') return 0;
    const uint32_t target = i + 2;
    for (i = target; i < scan->end && i - target < LONGEST; i++) {
        const char byte = scan->text.ptr[i];
        if (byte == ')') break;
        if (byte == '\n' || byte == '(') return 0;
    }
    if (mtc_scan_byte(scan, i) != ')' || i == target) return 0;
    const char first = scan->text.ptr[target];
    const bool is_target = first == '/' || first == '#' ||
                           mtc_scan_has(scan, target, MTC_STR("http")) ||
                           mtc_scan_has(scan, target, MTC_STR("mailto:")) ||
                           mtc_scan_has(scan, target, MTC_STR("www."));
    return is_target ? i + 1 : 0;
}

bool mtc_residue_bracket_code(mtc_residue_scanner *scan, uint32_t at,
                              mtc_residue *ret_found) {
    const char byte = mtc_scan_byte(scan, at), next = mtc_scan_byte(scan, at + 1);
    uint32_t end = 0;
    if (byte == '[' && next == '[') {
        end = doubled_end(scan, at, '[', ']', 300, false);
    } else if (byte == '{' && (next == '{' || next == '%')) {
        end = next == '{' ? doubled_end(scan, at, '{', '}', 600, true) : 0;
        if (next == '%') {
            end = mtc_scan_find(scan, at + 2, at + 200 < scan->end ? at + 200 : scan->end,
                                MTC_STR("%}"));
            end = mtc_scan_has(scan, end, MTC_STR("%}")) ? end + 2 : 0;
        }
    } else if (byte == '!' && next == '[') {
        end = link_end(scan, at + 1);
    } else if (byte == '[') {
        end = link_end(scan, at);
        if (end == 0) return shortcode(scan, at, ret_found);
    } else if (byte == ']' && next == ']') {
        end = at + 2; /* its opening pair was cut off, or it would have been consumed */
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.75);
    }
    return end != 0 && mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.95);
}

/* --- Markdown and wiki marks --- */

/* `mark text mark` around something: its end; 0: none. */
static uint32_t emphasis_end(const mtc_residue_scanner *scan, uint32_t at, mtc_str mark) {
    enum { LONGEST = 300 };
    if (!mtc_scan_has(scan, at, mark)) return 0;
    const uint32_t inside = at + (uint32_t)mark.len;
    const char first = mtc_scan_byte(scan, inside);
    if (mtc_is_space(first) || first == '\0' || first == mark.ptr[0]) return 0;
    const char before = mtc_scan_before(scan, at);
    if (mtc_is_word_byte(before) || before == mark.ptr[0]) return 0;
    uint32_t limit =
        inside + LONGEST < scan->line_end ? inside + LONGEST : scan->line_end;
    for (uint32_t i = inside; i < limit; i++) {
        if (scan->text.ptr[i] != mark.ptr[0]) continue;
        if (!mtc_scan_has(scan, i, mark) || mtc_is_space(scan->text.ptr[i - 1])) return 0;
        return i + (uint32_t)mark.len;
    }
    return 0;
}

static bool heading(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    const char byte = mtc_scan_byte(scan, at);
    uint32_t marks = at;
    while (marks - at < 7 && mtc_scan_byte(scan, marks) == byte) marks++;
    const uint32_t count = marks - at;
    if (count > 6) return false;
    if (byte == '#') {
        if (mtc_scan_byte(scan, marks) != ' ' ||
            !mtc_is_alpha(mtc_scan_byte(scan, marks + 1)))
            return false;
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, marks,
                            count > 1 ? 0.9 : 0.6);
    }
    uint32_t end = scan->line_end;
    while (end > marks && mtc_is_space(scan->text.ptr[end - 1])) end--;
    if (count < 2 || end < marks + count + 1) return false;
    for (uint32_t i = end - count; i < end; i++) {
        if (scan->text.ptr[i] != '=') return false;
    }
    return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.95);
}

bool mtc_residue_light_markup(mtc_residue_scanner *scan, uint32_t at,
                              mtc_residue *ret_found) {
    const char byte = mtc_scan_byte(scan, at);
    const bool at_line = at == scan->line_begin;
    if (at_line && (byte == '#' || byte == '=') && heading(scan, at, ret_found))
        return true;
    if (at_line &&
        (mtc_scan_has(scan, at, MTC_STR("{|")) || mtc_scan_has(scan, at, MTC_STR("|}")) ||
         mtc_scan_has(scan, at, MTC_STR("|-")))) {
        uint32_t end = scan->line_end;
        while (end > at + 2 && mtc_is_space(scan->text.ptr[end - 1])) end--;
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.9);
    }
    if (mtc_scan_has(scan, at, MTC_STR("```")))
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, at + 3, 0.9);
    if (mtc_scan_has(scan, at, MTC_STR("-->")) || mtc_scan_has(scan, at, MTC_STR("]]>")))
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, at + 3, 0.8);
    const mtc_str mark = byte == '*'    ? MTC_STR("**")
                         : byte == '\'' ? MTC_STR("'''")
                         : byte == '~'  ? MTC_STR("~~")
                                        : MTC_STR("");
    const uint32_t end = mark.len > 0 ? emphasis_end(scan, at, mark) : 0;
    if (end == 0) return false;
    /* Of a long stretch only the mark is residue: its words are the article's. */
    const uint32_t reported = end - at <= 60 ? end : at + (uint32_t)mark.len;
    return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, reported, 0.85);
}
