/* HTML and XML tags, whole or cut off, comments, and the attributes of tags whose
 * beginning was lost. */
#include "text/residue_scan.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Sorted, as mtc_scan_is_one_of wants it. */
static const char *const ELEMENTS[] = {
    "a",          "abbr",     "acronym",  "address",    "applet",  "area",     "article",
    "aside",      "audio",    "b",        "base",       "bdi",     "bdo",      "big",
    "blockquote", "body",     "br",       "button",     "canvas",  "caption",  "center",
    "cite",       "code",     "col",      "colgroup",   "data",    "datalist", "dd",
    "del",        "details",  "dfn",      "dialog",     "div",     "dl",       "dt",
    "em",         "embed",    "fieldset", "figcaption", "figure",  "font",     "footer",
    "form",       "frame",    "frameset", "g",          "h1",      "h2",       "h3",
    "h4",         "h5",       "h6",       "head",       "header",  "hr",       "html",
    "i",          "iframe",   "img",      "input",      "ins",     "kbd",      "label",
    "legend",     "li",       "link",     "main",       "map",     "mark",     "math",
    "menu",       "meta",     "nav",      "noscript",   "object",  "ol",       "optgroup",
    "option",     "p",        "param",    "path",       "picture", "pre",      "q",
    "ref",        "rp",       "rt",       "ruby",       "s",       "samp",     "script",
    "section",    "select",   "small",    "source",     "span",    "strike",   "strong",
    "style",      "sub",      "summary",  "sup",        "svg",     "table",    "tbody",
    "td",         "template", "textarea", "tfoot",      "th",      "thead",    "time",
    "title",      "tr",       "track",    "tt",         "u",       "ul",       "use",
    "var",        "video",    "wbr",
};

static const char *const ATTRIBUTES[] = {
    "action",      "align",       "allow",       "allowfullscreen",
    "alt",         "attribution", "autoplay",    "bgcolor",
    "border",      "cellpadding", "cellspacing", "charset",
    "class",       "color",       "colspan",     "content",
    "controls",    "crossorigin", "datetime",    "decoding",
    "dir",         "face",        "fill",        "for",
    "frameborder", "height",      "href",        "id",
    "integrity",   "itemprop",    "itemscope",   "itemtype",
    "lang",        "layout",      "loading",     "media",
    "method",      "name",        "onclick",     "onload",
    "placeholder", "poster",      "property",    "rel",
    "role",        "rowspan",     "scrolling",   "sizes",
    "src",         "srcset",      "style",       "tabindex",
    "target",      "title",       "type",        "valign",
    "value",       "viewbox",     "width",       "xmlns",
};

bool mtc_scan_is_one_of(const char *const *table, size_t count, mtc_str word) {
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        int order = 0;
        size_t i = 0;
        for (; order == 0 && i < word.len && table[middle][i] != '\0'; i++)
            order = mtc_to_lower(word.ptr[i]) - table[middle][i];
        if (order == 0) order = i < word.len ? 1 : table[middle][i] != '\0' ? -1 : 0;
        if (order == 0) return true;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

static bool is_name_byte(char byte) {
    return mtc_is_alnum(byte) || byte == '-' || byte == '_' || byte == ':';
}

static mtc_str name_at(const mtc_residue_scanner *scan, uint32_t at) {
    uint32_t end = at;
    while (end - at < 64 && is_name_byte(mtc_scan_byte(scan, end))) end++;
    return (mtc_str){scan->text.ptr + at, end - at};
}

static bool is_element(mtc_str name) {
    return mtc_scan_is_one_of(ELEMENTS, COUNT(ELEMENTS), name);
}

static bool is_attribute(mtc_str name) {
    return mtc_str_starts_with(name, MTC_STR("data-")) ||
           mtc_str_starts_with(name, MTC_STR("aria-")) ||
           mtc_scan_is_one_of(ATTRIBUTES, COUNT(ATTRIBUTES), name);
}

/* `name="value"` at `at`: where it ends; 0: none stands there. A value whose quotation
 * mark never closes ends with its run of non-space bytes. */
static uint32_t attribute_end(const mtc_residue_scanner *scan, uint32_t at) {
    enum { LONGEST_VALUE = 600 };
    const mtc_str name = name_at(scan, at);
    if (name.len == 0 || !mtc_is_alpha(name.ptr[0])) return 0;
    uint32_t value = at + (uint32_t)name.len;
    if (mtc_scan_byte(scan, value) != '=') return 0;
    value++;
    const char mark = mtc_scan_byte(scan, value);
    if (mark == '"' || mark == '\'') {
        for (uint32_t end = value + 1; end < scan->end && end - value < LONGEST_VALUE;
             end++) {
            const char byte = scan->text.ptr[end];
            if (byte == mark) return end + 1;
            if (byte == '\n' || byte == '<') break;
        }
    } else if ((!mtc_is_alnum(mark) && mark != '/' && mark != '#') ||
               !is_attribute(name)) {
        return 0;
    }
    while (value < scan->end && !mtc_is_space(scan->text.ptr[value]) &&
           scan->text.ptr[value] != '>' && scan->text.ptr[value] != '<')
        value++;
    return value;
}

/* --- Tags --- */

static bool comment(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    if (!mtc_scan_has(scan, at, MTC_STR("<!--"))) return false;
    uint32_t end = at + 4;
    if (!scan->no_comment_end) {
        const uint32_t close = mtc_scan_find(scan, end, scan->end, MTC_STR("-->"));
        scan->no_comment_end = close == scan->end;
        if (!scan->no_comment_end) end = close + 3;
    }
    return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.98);
}

/* `<!DOCTYPE …>`, `<![CDATA[`, `<?php … ?>`, `<% … %>`. */
static bool declaration(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    enum { LONGEST = 400 };
    const char second = mtc_scan_byte(scan, at + 1);
    if (mtc_scan_has(scan, at, MTC_STR("<![CDATA[")))
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, at + 9, 0.98);
    const bool wanted = second == '%' ||
                        (second == '?' && mtc_is_lower(mtc_scan_byte(scan, at + 2))) ||
                        (second == '!' && mtc_is_alpha(mtc_scan_byte(scan, at + 2)));
    if (!wanted) return false;
    for (uint32_t end = at + 2; end < scan->end && end - at < LONGEST; end++) {
        const char byte = scan->text.ptr[end];
        if (byte == '>')
            return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end + 1, 0.97);
        if (byte == '<') return false;
    }
    return false;
}

/* The body of a style or script element belongs to its tag. */
static uint32_t with_body(mtc_residue_scanner *scan, mtc_str name, uint32_t end) {
    const bool style = mtc_str_equal_ignoring_ascii_case(name, MTC_STR("style"));
    const bool script = mtc_str_equal_ignoring_ascii_case(name, MTC_STR("script"));
    bool *const missing = style ? &scan->no_style_end : &scan->no_script_end;
    if ((!style && !script) || *missing) return end;
    const mtc_str close = style ? MTC_STR("</style>") : MTC_STR("</script>");
    const uint32_t found = mtc_scan_find(scan, end, scan->end, close);
    *missing = found == scan->end;
    return *missing ? end : found + (uint32_t)close.len;
}

bool mtc_residue_tag(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found) {
    if (mtc_scan_byte(scan, at) != '<') return false;
    if (comment(scan, at, ret_found) || declaration(scan, at, ret_found)) return true;
    const bool closing = mtc_scan_byte(scan, at + 1) == '/';
    const mtc_str name = name_at(scan, at + 1 + closing);
    if (name.len == 0 || !mtc_is_alpha(name.ptr[0])) return false;
    const bool known = is_element(name);
    uint32_t end = at + 1 + closing + (uint32_t)name.len;
    uint32_t attributes = 0;
    for (uint32_t next; attributes < 64; attributes++) {
        next = mtc_scan_skip_space(scan, end);
        uint32_t behind = attribute_end(scan, next);
        /* Attributes without a value: allowfullscreen, async, defer … */
        if (behind == 0 && known && next > end) {
            const mtc_str flag = name_at(scan, next);
            const char after = mtc_scan_byte(scan, next + (uint32_t)flag.len);
            if (flag.len > 0 && (after == '>' || after == '/' || is_attribute(flag)))
                behind = next + (uint32_t)flag.len;
        }
        if (behind == 0) break;
        end = behind;
    }
    uint32_t close = mtc_scan_skip_space(scan, end);
    const bool slash = mtc_scan_byte(scan, close) == '/';
    close += slash;
    const bool closed = mtc_scan_byte(scan, close) == '>';
    const bool sure = known || attributes > 0 || (closed && (closing || slash)) ||
                      memchr(name.ptr, '-', name.len) != NULL;
    if (closed && sure) {
        const uint32_t whole = closing ? close + 1 : with_body(scan, name, close + 1);
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, whole, 0.98);
    }
    if (closed && name.len > 1)
        return mtc_scan_set(ret_found, MTC_RESIDUE_PLACEHOLDER, at, close + 1, 0.7);
    /* Cut off: believed with an attribute, as a closing tag, or at the end of its line.
     */
    if (known && (attributes > 0 || closing))
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.95);
    const char after = mtc_scan_byte(scan, end);
    if (known && name.len > 2 && (after == '\n' || after == '\0'))
        return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.8);
    return false;
}

/* --- Debris of attributes --- */

static bool has_file_ending(mtc_str chunk) {
    static const char *const ENDINGS[] = {".avif", ".css", ".gif", ".jpeg", ".jpg", ".js",
                                          ".mp4",  ".png", ".svg", ".webm", ".webp"};
    size_t end = 0;
    while (end < chunk.len && !mtc_is_any("?\",;'", chunk.ptr[end])) end++;
    const mtc_str path = {chunk.ptr, end};
    for (size_t i = 0; i < COUNT(ENDINGS); i++) {
        if (mtc_str_ends_with(path, mtc_str_of(ENDINGS[i]))) return true;
    }
    return false;
}

/* A picture's path or any URL: material of `src` and `srcset`. */
static bool is_source(mtc_str chunk) {
    if (memchr(chunk.ptr, '/', chunk.len) == NULL) return false;
    return has_file_ending(chunk) || mtc_str_starts_with(chunk, MTC_STR("http://")) ||
           mtc_str_starts_with(chunk, MTC_STR("https://")) ||
           mtc_str_starts_with(chunk, MTC_STR("//"));
}

/* `240w,` or `1.5x"` of a srcset: length of the descriptor with its marks; 0: none. */
static uint32_t descriptor_length(mtc_str chunk) {
    size_t at = 0;
    while (at < chunk.len && (mtc_is_digit(chunk.ptr[at]) || chunk.ptr[at] == '.')) at++;
    if (at == 0 || at > 6 || at == chunk.len) return 0;
    if (chunk.ptr[at] != 'w' && chunk.ptr[at] != 'x') return 0;
    at++;
    while (at < chunk.len && mtc_is_any(",\"'", chunk.ptr[at])) at++;
    const bool whole = at == chunk.len || chunk.ptr[at] == '>' || chunk.ptr[at] == '/';
    return whole ? (uint32_t)at : 0;
}

/* What one step through debris met. */
typedef struct step {
    uint32_t end; /* 0: no debris here */
    int evidence; /* 2: surely of a tag, 1: perhaps, 0: only beside others */
} step;

static step debris_step(mtc_residue_scanner *scan, uint32_t at, bool after_source,
                        int evidence) {
    const char first = mtc_scan_byte(scan, at);
    uint32_t attribute = at;
    while (attribute - at < 3 && mtc_is_any("\"';", mtc_scan_byte(scan, attribute)))
        attribute++;
    const uint32_t behind = attribute_end(scan, attribute);
    if (behind != 0)
        return (step){behind, is_attribute(name_at(scan, attribute)) ? 2 : 1};
    mtc_residue tag;
    if (first == '<' && mtc_residue_tag(scan, at, &tag)) return (step){tag.at.end, 1};
    if (evidence > 0 && (first == '>' || first == '/') &&
        (first == '>' || mtc_scan_byte(scan, at + 1) == '>'))
        return (step){at + (first == '>' ? 1 : 2), 2};
    uint32_t end = at;
    while (end < scan->end && !mtc_is_space(scan->text.ptr[end])) end++;
    const mtc_str chunk = {scan->text.ptr + at, end - at};
    if (chunk.len == 0) return (step){0, 0};
    const uint32_t descriptor = descriptor_length(chunk);
    if (descriptor > 0 && after_source) return (step){at + descriptor, 2};
    if (is_source(chunk)) return (step){end, 0};
    if (evidence > 1 && descriptor > 0) return (step){at + descriptor, 0};
    if (evidence > 0) {
        const mtc_str flag = name_at(scan, at);
        const char after = mtc_scan_byte(scan, at + (uint32_t)flag.len);
        if (flag.len > 1 && is_attribute(flag) && (after == '>' || after == '/'))
            return (step){at + (uint32_t)flag.len, 1};
    }
    return (step){0, 0};
}

bool mtc_residue_attributes(mtc_residue_scanner *scan, uint32_t at,
                            mtc_residue *ret_found) {
    if (at < scan->debris_read_to) return false;
    uint32_t next = at, end = at;
    int evidence = 0;
    bool after_source = false;
    while (next < scan->line_end) {
        const step met = debris_step(scan, next, after_source, evidence);
        if (met.end == 0) break;
        after_source = met.evidence == 0;
        evidence += met.evidence;
        end = met.end;
        next = mtc_scan_skip_blanks(scan, end);
    }
    scan->debris_read_to = end;
    if (evidence < 2) return false;
    return mtc_scan_set(ret_found, MTC_RESIDUE_MARKUP, at, end, 0.97);
}
