/* The scan itself: line by line, interface text first, then the recognisers by the byte
 * that stands there. */
#include "text/residue_scan.h"

typedef bool recogniser(mtc_residue_scanner *scan, uint32_t at, mtc_residue *ret_found);

/* Who is asked at which bytes, in this order. NULL: at every byte outside ASCII and at
 * control characters. */
static const struct {
    recogniser *recognise;
    const char *bytes;
} RECOGNISERS[] = {
    {mtc_residue_tag, "<"},
    {mtc_residue_light_markup, "#=*'~`|{-]"},
    {mtc_residue_bracket_code, "[{!]"},
    {mtc_residue_code, "[{"},
    {mtc_residue_escape, "?&\\%u"},
    {mtc_residue_entity, "&#"},
    {mtc_residue_placeholder, "%{$[?_Xx@#^~|<"},
    {mtc_residue_encoding, NULL},
    {mtc_residue_homoglyphs, NULL},
};
enum {
    RECOGNISER_COUNT = sizeof RECOGNISERS / sizeof *RECOGNISERS,
    PLACEHOLDER = 6,
    ENCODING = 7
};

/* For each byte a bit for each recogniser. */
typedef struct dispatch {
    uint16_t asked[256];
} dispatch;

static void fill_dispatch(const mtc_residue_scanner *scan, dispatch *table) {
    *table = (dispatch){{0}};
    for (unsigned i = 0; i < RECOGNISER_COUNT; i++) {
        const char *const bytes = RECOGNISERS[i].bytes;
        for (unsigned byte = 0; byte < 256; byte++) {
            const bool wide = byte >= 0x80 ||
                              (byte < 0x20 && !mtc_is_space((char)byte)) || byte == 0x7F;
            if (bytes == NULL ? wide : mtc_is_any(bytes, (char)byte))
                table->asked[byte] |= (uint16_t)(1u << i);
        }
    }
    table->asked['?'] |= 1u << ENCODING;
    for (unsigned byte = 0; byte < 256; byte++) {
        if (scan->phrase_seconds[(unsigned char)mtc_to_lower((char)byte)] != 0)
            table->asked[byte] |= 1u << PLACEHOLDER;
    }
}

/* --- What was found --- */

/* True where only white space lies between. */
static bool is_adjacent(const mtc_residue_scanner *scan, uint32_t end, uint32_t begin) {
    while (end < begin && mtc_is_space(scan->text.ptr[end])) end++;
    return end >= begin;
}

/* Adjacent stretches of one kind are one residue. Lines of interface text stay apart
 * where together they would be far longer than the shortest of them: a reader is shown
 * which line is meant. */
static bool push(mtc_residue_scanner *scan, mtc_residue found) {
    scan->last_end = found.at.end;
    mtc_residue *const last =
        scan->found.count == 0 ? NULL : &scan->found.at[scan->found.count - 1];
    if (last != NULL && last->kind == found.kind && last->at.begin >= scan->begin &&
        is_adjacent(scan, last->at.end, found.at.begin)) {
        const uint32_t length = mtc_range_length(found.at);
        const uint32_t shortest =
            length < scan->shortest_part ? length : scan->shortest_part;
        if (found.kind != MTC_RESIDUE_INTERFACE ||
            found.at.end - last->at.begin <= 3 * shortest) {
            last->at.end = found.at.end;
            if (found.confidence > last->confidence) last->confidence = found.confidence;
            scan->shortest_part = shortest;
            return true;
        }
    }
    scan->shortest_part = mtc_range_length(found.at);
    return mtc_vector_push(&scan->found, scan->arena, found);
}

/* --- Lines and runs of non-space bytes --- */

static bool is_rtl(uint32_t codepoint) {
    return (codepoint >= 0x590 && codepoint <= 0x8FF) ||
           (codepoint >= 0xFB1D && codepoint <= 0xFDFF) ||
           (codepoint >= 0xFE70 && codepoint <= 0xFEFE);
}

static void enter_line(mtc_residue_scanner *scan, uint32_t at) {
    scan->line_begin = at;
    scan->line_has_rtl = false;
    while (at < scan->end && scan->text.ptr[at] != '\n' && scan->text.ptr[at] != '\r') {
        const unsigned char lead = (unsigned char)scan->text.ptr[at];
        if (lead < 0x80) {
            at++;
        } else {
            scan->line_has_rtl =
                is_rtl(mtc_utf8_next(scan->text, &at)) || scan->line_has_rtl;
        }
    }
    scan->line_end = at;
}

/* Only the beginning is looked at: it is asked again behind every residue. */
static bool is_address(const mtc_residue_scanner *scan, uint32_t at, uint32_t end) {
    enum { LONGEST = 200 };
    if (end - at > LONGEST) end = at + LONGEST;
    while (at < end && mtc_is_any("(<[\"'", scan->text.ptr[at])) at++;
    if (mtc_scan_has(scan, at, MTC_STR("www."))) return true;
    bool point_before = false, at_sign = false, domain = false;
    for (uint32_t i = at; i < end; i++) {
        const char byte = scan->text.ptr[i];
        if (byte == ':' && mtc_scan_has(scan, i, MTC_STR("://"))) return true;
        if (byte == '@' && i > at) at_sign = mtc_is_alnum(scan->text.ptr[i - 1]);
        if (byte == '.' && mtc_is_alnum(mtc_scan_byte(scan, i + 1))) {
            if (at_sign) return true;
            point_before = mtc_is_alpha(mtc_scan_byte(scan, i + 1));
        }
        if (byte == '/' && point_before && mtc_is_alnum(mtc_scan_byte(scan, i + 1)))
            domain = true;
        if (!mtc_is_alnum(byte) && !mtc_is_any("-._~:/?#@!$&()*+,;=%", byte)) break;
    }
    return domain;
}

static void enter_chunk(mtc_residue_scanner *scan, uint32_t at) {
    uint32_t end = at;
    while (end < scan->end && !mtc_is_space(scan->text.ptr[end])) end++;
    scan->chunk_begin = at;
    scan->chunk_end = end;
    scan->chunk_is_address = is_address(scan, at, end);
}

/* --- The scan --- */

static bool recognise(mtc_residue_scanner *scan, const dispatch *table, uint32_t at,
                      mtc_residue *ret_found) {
    if (at == scan->chunk_begin && mtc_residue_attributes(scan, at, ret_found))
        return true;
    const unsigned asked = table->asked[(unsigned char)scan->text.ptr[at]];
    for (unsigned i = 0; asked >> i != 0; i++) {
        if ((asked >> i & 1u) != 0 && RECOGNISERS[i].recognise(scan, at, ret_found))
            return true;
    }
    return false;
}

static uint32_t next_character(const mtc_residue_scanner *scan, uint32_t at) {
    do at++;
    while (at < scan->end && ((unsigned char)scan->text.ptr[at] & 0xC0) == 0x80);
    return at;
}

/* Reads [at, limit); returns where to go on, behind `limit` where a residue reached over
 * it. */
static mtc_status read_stretch(mtc_residue_scanner *scan, const dispatch *table,
                               mtc_budget *budget, uint32_t at, uint32_t limit,
                               uint32_t *ret_next) {
    uint32_t paid_to = at;
    while (at < limit) {
        if (at - paid_to >= 4096) {
            if (mtc_budget_spend(budget, 41) != MTC_OK) return MTC_DEADLINE;
            paid_to = at;
        }
        if (mtc_is_space(scan->text.ptr[at])) {
            at++;
            continue;
        }
        if (at >= scan->chunk_end || at < scan->chunk_begin) enter_chunk(scan, at);
        mtc_residue found;
        if (!recognise(scan, table, at, &found)) {
            at = next_character(scan, at);
            continue;
        }
        if (!push(scan, found)) return MTC_NO_MEMORY;
        at = found.at.end > at ? found.at.end : next_character(scan, at);
        if (at < scan->chunk_end)
            scan->chunk_is_address = is_address(scan, at, scan->chunk_end);
    }
    *ret_next = at;
    return MTC_OK;
}

static mtc_status read_line(mtc_residue_scanner *scan, const dispatch *table,
                            mtc_budget *budget, uint32_t at, uint32_t *ret_next) {
    enum { MOST_RANGES = 16 };
    mtc_range interface[MOST_RANGES];
    size_t count = 0;
    if (at == scan->line_begin) {
        mtc_residue_interface(scan, interface, MOST_RANGES, &count);
        mtc_residue code;
        if (count == 0 &&
            mtc_residue_code_line(scan, mtc_scan_skip_blanks(scan, at), &code)) {
            *ret_next = code.at.end;
            return push(scan, code) ? MTC_OK : MTC_NO_MEMORY;
        }
    }
    for (size_t i = 0; i <= count; i++) {
        const uint32_t limit = i < count ? interface[i].begin : scan->line_end;
        if (at < limit) {
            const mtc_status status = read_stretch(scan, table, budget, at, limit, &at);
            if (status != MTC_OK) return status;
        }
        if (i == count || at > interface[i].begin) continue;
        const mtc_residue found = {
            .at = interface[i], .kind = MTC_RESIDUE_INTERFACE, .confidence = 0.9f};
        if (!push(scan, found)) return MTC_NO_MEMORY;
        at = interface[i].end;
    }
    *ret_next = at;
    return MTC_OK;
}

static mtc_status read_part(mtc_residue_scanner *scan, const dispatch *table,
                            mtc_budget *budget, uint32_t begin, uint32_t end) {
    scan->begin = scan->last_end = scan->debris_read_to = scan->query_read_to = begin;
    scan->chunk_begin = scan->chunk_end = scan->line_end = begin;
    scan->end = end;
    scan->no_comment_end = scan->no_script_end = scan->no_style_end = false;
    for (uint32_t at = begin; at < end;) {
        at = mtc_scan_skip_space(scan, at);
        if (at >= end) break;
        if (at >= scan->line_end) enter_line(scan, at);
        const uint32_t length = scan->line_end - at;
        if (mtc_budget_spend(budget, length / 100 + 1) != MTC_OK) return MTC_DEADLINE;
        const mtc_status status = read_line(scan, table, budget, at, &at);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

mtc_status mtc_residue_scan(mtc_document *doc, const mtc_wordlists *lists) {
    mtc_residue_scanner *const scan = MTC_TAKE(doc->arena, mtc_residue_scanner, 1);
    dispatch *const table = MTC_TAKE(doc->arena, dispatch, 1);
    if (scan == NULL || table == NULL) return MTC_NO_MEMORY;
    scan->text = doc->bytes;
    scan->arena = doc->arena;
    scan->placeholder_words = mtc_wordlists_get(lists, "placeholder-words");
    scan->placeholder_phrases = mtc_wordlists_get(lists, "placeholder-phrases");
    scan->interface_words = mtc_wordlists_get(lists, "interface-words");
    scan->interface_lines = mtc_wordlists_get(lists, "interface-lines");
    scan->interface_openings = mtc_wordlists_get(lists, "interface-openings");
    scan->interface_phrases = mtc_wordlists_get(lists, "interface-phrases");
    for (uint32_t i = 0; i < scan->placeholder_phrases->count; i++) {
        const mtc_str phrase = scan->placeholder_phrases->entries[i].word;
        if (phrase.len > 1)
            scan->phrase_seconds[(unsigned char)phrase.ptr[0]] |= 1u
                                                                  << (phrase.ptr[1] & 31);
    }
    fill_dispatch(scan, table);
    mtc_residue_interface_begin(scan);
    const uint32_t length = (uint32_t)doc->bytes.len;
    mtc_status status = doc->text_begin > 0
                            ? read_part(scan, table, doc->budget, 0, doc->text_begin)
                            : MTC_OK;
    if (status == MTC_OK)
        status = read_part(scan, table, doc->budget, doc->text_begin, length);
    doc->residues.at = scan->found.at;
    doc->residues.count = scan->found.count;
    doc->residues.capacity = scan->found.capacity;
    return status;
}
