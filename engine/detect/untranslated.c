/* untranslated.c: what the translation left as it was: words of another script, stretches
 * of another language in Latin script, and articles that are not English at all.
 *
 * Another language is told by what English is not: words that no dictionary knows, and
 * the small words of other languages (list "foreign-words"). Each word of a line weighs
 * for or against; a stretch that weighs enough is reported, by whole sentences where it
 * fills them. Names, titles of organisations and quoted phrases weigh nothing.
 */
#include <unicode/uscript.h>

#include "base/utf8.h"
#include "detect/clause.h"
#include "detect/detector.h"
#include "language/origin.h"

static const char *const RULES[] = {"untranslated.script", "untranslated.language",
                                    "untranslated.article", NULL};
enum { SCRIPT, LANGUAGE, ARTICLE };

static const float WEIGHTS[] = {
    [MTC_ORIGIN_NEUTRAL] = 0,  [MTC_ORIGIN_ENGLISH] = -2.5f, [MTC_ORIGIN_BOTH] = 0.5f,
    [MTC_ORIGIN_FUNCTION] = 2, [MTC_ORIGIN_UNKNOWN] = 1.5f,  [MTC_ORIGIN_STRANGE] = 2};

typedef struct {
    const mtc_wordset *foreign, *mentions;
    mtc_rule_words links; /* small words that loans and names hold: de, con, alla */
    float brief;          /* evidence of a few words within a sentence */
} lists;

typedef struct {
    const mtc_detection *detection;
    const mtc_document *doc;
    const lists *lists;
    const uint8_t *origins; /* by word */
} look;

static mtc_status setup(const mtc_detector_setup *engine, const void **ret_self,
                        mtc_error *error) {
    (void)error;
    lists *const all = MTC_TAKE(engine->arena, lists, 1);
    if (all == NULL) return MTC_NO_MEMORY;
    all->foreign = mtc_wordlists_get(engine->lists, "foreign-words");
    all->mentions = mtc_wordlists_get(engine->lists, "mention-words");
    const mtc_rule *const rule = engine->rules[LANGUAGE];
    all->links = mtc_rule_words_of(rule, "links");
    all->brief = (float)mtc_rule_number(rule, "brief", 0.8);
    *ret_self = all;
    return MTC_OK;
}

/* --- The whole article --- */

typedef struct {
    uint32_t latin, other;                             /* letters */
    uint32_t counts[sizeof WEIGHTS / sizeof *WEIGHTS]; /* words by origin */
} balance;

static bool is_read(const mtc_line *line) {
    return line->kind != MTC_LINE_DEBRIS && line->kind != MTC_LINE_INTERFACE;
}

static balance weigh_article(const look *at) {
    balance all = {0};
    const mtc_document *const doc = at->doc;
    for (size_t i = 0; i < doc->tokens.count; i++) {
        const mtc_token *const token = &doc->tokens.at[i];
        if (token->kind != MTC_TOKEN_WORD || token->sentence == MTC_NONE) continue;
        const uint32_t letters = mtc_utf8_count(mtc_token_bytes(doc, token), NULL);
        if (mtc_token_is_other_script(token)) {
            all.other += letters;
        } else {
            all.latin += letters;
            all.counts[mtc_token_origin(at->origins, token)]++;
        }
    }
    return all;
}

static bool is_foreign_article(const balance *all) {
    enum { ENOUGH_LETTERS = 20, ENOUGH_WORDS = 15 };
    if (all->other >= ENOUGH_LETTERS && all->other > all->latin * 3 / 2) return true;
    const uint32_t foreign = all->counts[MTC_ORIGIN_FUNCTION] +
                             all->counts[MTC_ORIGIN_UNKNOWN] +
                             all->counts[MTC_ORIGIN_STRANGE];
    return foreign >= ENOUGH_WORDS && all->counts[MTC_ORIGIN_FUNCTION] >= 3 &&
           all->counts[MTC_ORIGIN_ENGLISH] * 4 <= foreign * 3;
}

static mtc_status report_article(const look *at) {
    const mtc_document *const doc = at->doc;
    mtc_range whole = {0, 0};
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        if (line->in_title || !is_read(line)) continue;
        whole = mtc_range_length(whole) == 0 ? line->at : mtc_range_join(whole, line->at);
    }
    if (mtc_range_length(whole) == 0) whole = (mtc_range){0, (uint32_t)doc->bytes.len};
    const mtc_finding finding = {
        .rule = at->detection->rules[ARTICLE], .at = whole, .any_line = true};
    const mtc_status status = mtc_sink_add(at->detection->sink, &finding);
    /* Nothing else that the rules of English say about it would help anybody. */
    at->detection->sink->closed = true;
    return status;
}

/* --- Another script --- */

static uint32_t end_of_line(const mtc_line *line) {
    return line->first_token + line->token_count;
}

/* Does the original stand beside its Latin form, in brackets or before a bracket? */
static bool is_gloss(const look *at, const mtc_line *line, uint32_t first,
                     uint32_t last) {
    const mtc_token *const tokens = at->doc->tokens.at;
    if (tokens[first].flags & MTC_TOKEN_BRACKETED) return last - first < 12;
    if (last + 2 >= end_of_line(line)) return false;
    return (tokens[last + 1].flags & MTC_TOKEN_OPENS) != 0 &&
           (tokens[last + 1].flags & MTC_TOKEN_QUOTE) == 0 &&
           tokens[last + 2].script == USCRIPT_LATIN;
}

/* "the word …", "called …": the stretch is spoken about. */
static bool is_mentioned(const look *at, const mtc_line *line, uint32_t first) {
    for (uint32_t back = 1; back <= 2 && first >= line->first_token + back; back++) {
        const mtc_token *const token = &at->doc->tokens.at[first - back];
        if (token->kind == MTC_TOKEN_WORD &&
            mtc_wordset_has(at->lists->mentions, mtc_token_folded(at->doc, token)))
            return true;
    }
    return false;
}

static bool is_symbol_like(const look *at, uint32_t first, uint32_t last) {
    const mtc_token *const token = &at->doc->tokens.at[first];
    const uint32_t letters = mtc_utf8_count(mtc_token_bytes(at->doc, token), NULL);
    if (first != last) return false;
    if (token->script == USCRIPT_GREEK) return letters <= 2;
    return token->script == USCRIPT_CYRILLIC && letters <= 1;
}

/* Does the stretch fill a quotation? (Inside one, English around it, it is left over.) */
static bool fills_quotation(const look *at, const mtc_line *line, uint32_t first,
                            uint32_t last) {
    const mtc_token *const tokens = at->doc->tokens.at;
    if (first == line->first_token || !(tokens[first - 1].flags & MTC_TOKEN_QUOTE))
        return false;
    while (++last < end_of_line(line) && tokens[last].kind == MTC_TOKEN_PUNCTUATION) {
        if (tokens[last].flags & MTC_TOKEN_QUOTE) return true;
    }
    return false;
}

static mtc_status report_script(const look *at, const mtc_line *line, uint32_t first,
                                uint32_t last) {
    const mtc_token *const tokens = at->doc->tokens.at;
    if (is_symbol_like(at, first, last) || is_gloss(at, line, first, last)) return MTC_OK;
    const bool quoted = last - first < 8 && fills_quotation(at, line, first, last);
    const mtc_finding finding = {
        .rule = at->detection->rules[SCRIPT],
        .at = mtc_range_join(tokens[first].at, tokens[last].at),
        .confidence = quoted || is_mentioned(at, line, first) ? 0.35f : 0.92f,
        .any_line = true};
    return mtc_sink_add(at->detection->sink, &finding);
}

static mtc_status read_scripts(const look *at, const mtc_line *line) {
    const mtc_token *const tokens = at->doc->tokens.at;
    for (uint32_t i = line->first_token; i < end_of_line(line); i++) {
        if (!mtc_token_is_other_script(&tokens[i])) continue;
        uint32_t last = i;
        for (uint32_t next = i + 1; next < end_of_line(line); next++) {
            if (mtc_token_is_other_script(&tokens[next])) last = next;
            const bool between = tokens[next].kind == MTC_TOKEN_PUNCTUATION ||
                                 tokens[next].kind == MTC_TOKEN_NUMBER;
            if (last != next && (!between || (tokens[next].flags & MTC_TOKEN_OPENS) != 0))
                break;
        }
        const mtc_status status = report_script(at, line, i, last);
        if (status != MTC_OK) return status;
        i = last;
    }
    return MTC_OK;
}

/* --- Another language --- */

enum { LANGUAGE_CODES = 26 * 26 };

typedef struct {
    uint32_t first, last; /* tokens, inclusive */
    float weight;
    uint32_t counts[sizeof WEIGHTS / sizeof *WEIGHTS];
    uint32_t names;
    bool quoted;
} stretch;

/* How many words of the stretch one language shares at most. */
static uint32_t shared_words(const look *at, const stretch *found) {
    uint8_t votes[LANGUAGE_CODES] = {0};
    uint32_t most = 0;
    for (uint32_t i = found->first; i <= found->last; i++) {
        const mtc_token *const token = &at->doc->tokens.at[i];
        if (token->kind != MTC_TOKEN_WORD) continue;
        const mtc_wordset_entry *const entry =
            mtc_wordset_find(at->lists->foreign, mtc_token_folded(at->doc, token));
        if (entry == NULL) continue;
        for (size_t c = 0; c + 1 < entry->payload.len; c += 3) {
            const char a = entry->payload.ptr[c], b = entry->payload.ptr[c + 1];
            if (a < 'a' || a > 'z' || b < 'a' || b > 'z') break;
            uint8_t *const vote = &votes[(a - 'a') * 26 + (b - 'a')];
            if (*vote < UINT8_MAX) ++*vote;
            if (*vote > most) most = *vote;
        }
    }
    return most;
}

static bool is_foreign(const look *at, const stretch *found) {
    const uint32_t function = found->counts[MTC_ORIGIN_FUNCTION];
    const uint32_t content =
        found->counts[MTC_ORIGIN_UNKNOWN] + found->counts[MTC_ORIGIN_STRANGE];
    const uint32_t foreign = function + content;
    if (foreign < (found->quoted ? 8u : 3u)) return false;
    if (found->counts[MTC_ORIGIN_ENGLISH] * 4 > foreign + found->counts[MTC_ORIGIN_BOTH])
        return false;
    if (found->names > foreign + found->counts[MTC_ORIGIN_BOTH]) return false;
    if (function == 0)
        return content >= 5 && found->counts[MTC_ORIGIN_ENGLISH] == 0 &&
               found->weight >= 8;
    if (content == 0 && foreign < 5) return false;
    const uint32_t shared = shared_words(at, found);
    return found->weight >= 5 && (shared >= 2 || content >= 3);
}

/* Does a word with a capital stand there, so that the stretch may be part of a name? */
static bool is_name_beside(const look *at, const stretch *found, uint32_t token) {
    const mtc_document *const doc = at->doc;
    if (token >= doc->tokens.count) return false;
    const mtc_token *const beside = &doc->tokens.at[token];
    return beside->sentence == doc->tokens.at[found->first].sentence &&
           beside->kind == MTC_TOKEN_WORD && beside->shape != MTC_SHAPE_LOWER &&
           !(beside->flags & MTC_TOKEN_STARTS_SENTENCE);
}

/* "because nie miała": a few words in small letters, one of them such as no loan holds
 * and no name. */
static bool is_brief(const look *at, const stretch *found) {
    enum { MOST = 12 };
    const mtc_token *const tokens = at->doc->tokens.at;
    if (found->quoted || found->last - found->first >= MOST ||
        found->counts[MTC_ORIGIN_ENGLISH] > 0 || found->counts[MTC_ORIGIN_NEUTRAL] > 0)
        return false;
    uint32_t strong = 0;
    for (uint32_t i = found->first; i <= found->last; i++) {
        if (tokens[i].kind != MTC_TOKEN_WORD || tokens[i].shape != MTC_SHAPE_LOWER ||
            (tokens[i].flags & MTC_TOKEN_BRACKETED))
            return false;
        strong +=
            mtc_token_origin(at->origins, &tokens[i]) == MTC_ORIGIN_FUNCTION &&
            !mtc_rule_words_have(at->lists->links, mtc_token_folded(at->doc, &tokens[i]));
    }
    const uint32_t content =
        found->counts[MTC_ORIGIN_UNKNOWN] + found->counts[MTC_ORIGIN_STRANGE];
    if (strong == 0 || (content == 0 && shared_words(at, found) < 2)) return false;
    const uint32_t line = mtc_document_line_at(at->doc, tokens[found->first].at.begin);
    return found->last > found->first &&
           !is_mentioned(at, &at->doc->lines.at[line], found->first) &&
           !(found->first > 0 && is_name_beside(at, found, found->first - 1)) &&
           !is_name_beside(at, found, found->last + 1);
}

/* One step to a neighbour of its sentence that is no residue; the same token: none. */
static uint32_t neighbour(const mtc_document *doc, uint32_t token, bool backwards) {
    const uint32_t sentence = doc->tokens.at[token].sentence;
    if (sentence == MTC_NONE || (backwards && token == 0)) return token;
    const uint32_t next = backwards ? token - 1 : token + 1;
    if (next >= doc->tokens.count || doc->tokens.at[next].sentence != sentence ||
        doc->tokens.at[next].kind == MTC_TOKEN_RESIDUE)
        return token;
    return next;
}

/* The stretch, to the ends of its sentences where it fills most of what lies there. */
static mtc_range place_of(const look *at, const stretch *found) {
    const mtc_document *const doc = at->doc;
    uint32_t first = found->first, last = found->last;
    /* At most half as much again on each side: so the walk is bounded, too. */
    const uint32_t reach = (last - first + 1) / 2;
    for (uint32_t i = 0; i < reach; i++) first = neighbour(doc, first, true);
    if (neighbour(doc, first, true) != first) first = found->first;
    for (uint32_t i = 0; i < reach; i++) last = neighbour(doc, last, false);
    if (neighbour(doc, last, false) != last) last = found->last;
    return mtc_range_join(doc->tokens.at[first].at, doc->tokens.at[last].at);
}

/* "Spanish language: Buenos días", "in German: Gute Fahrt": the original is given on
 * purpose. Names that weigh nothing may stand between. */
static bool is_labelled(const look *at, const stretch *found) {
    enum { NAMES = 4, LABEL = 3 };
    const mtc_document *const doc = at->doc;
    const uint32_t line =
        mtc_document_line_at(doc, doc->tokens.at[found->first].at.begin);
    const uint32_t begin = doc->lines.at[line].first_token;
    uint32_t colon = found->first;
    for (uint32_t i = 0; i <= NAMES && colon > begin; i++) {
        colon--;
        if (mtc_is_mark(doc, colon, ':')) break;
        if (mtc_token_origin(at->origins, &doc->tokens.at[colon]) != MTC_ORIGIN_NEUTRAL)
            return false;
    }
    if (!mtc_is_mark(doc, colon, ':')) return false;
    for (uint32_t i = 1; i <= LABEL && colon >= begin + i; i++) {
        const mtc_token *const token = &doc->tokens.at[colon - i];
        if (token->kind == MTC_TOKEN_WORD &&
            (doc->words.at[token->word].knowledge & MTC_NAME_DEMONYM) != 0)
            return true;
    }
    return false;
}

static mtc_status report_language(const look *at, const stretch *found) {
    if (found->weight <= 0) return MTC_OK;
    const bool whole = is_foreign(at, found);
    if (!whole && !is_brief(at, found)) return MTC_OK;
    const mtc_token *const tokens = at->doc->tokens.at;
    const mtc_finding finding = {
        .rule = at->detection->rules[LANGUAGE],
        .at = whole ? place_of(at, found)
                    : mtc_range_join(tokens[found->first].at, tokens[found->last].at),
        .confidence = is_labelled(at, found) ? 0.35f
                      : !whole               ? at->lists->brief
                      : found->weight >= 8   ? 0.92f
                                             : 0.75f,
        .any_line = true};
    return mtc_sink_add(at->detection->sink, &finding);
}

/* Walks over the words of a line with a running weight; a stretch ends where it has lost
 * what two English words take away. */
static mtc_status read_languages(const look *at, const mtc_line *line) {
    const mtc_token *const tokens = at->doc->tokens.at;
    stretch running = {0}, best = {0};
    bool open = false;
    for (uint32_t i = line->first_token; i < end_of_line(line); i++) {
        if (tokens[i].kind != MTC_TOKEN_WORD) continue;
        const bool quoted = (tokens[i].flags & MTC_TOKEN_QUOTED) != 0;
        const mtc_origin word = mtc_token_origin(at->origins, &tokens[i]);
        const bool lost = running.weight + WEIGHTS[word] < 0 ||
                          running.weight + WEIGHTS[word] < best.weight - 4.5f;
        if (open && (lost || quoted != running.quoted)) {
            const mtc_status status = report_language(at, &best);
            if (status != MTC_OK) return status;
            open = false;
        }
        if (!open) {
            if (WEIGHTS[word] < 1) continue;
            running = (stretch){.first = i, .quoted = quoted};
            best = running;
            open = true;
        }
        running.last = i;
        running.weight += WEIGHTS[word];
        running.counts[word]++;
        running.names += word == MTC_ORIGIN_NEUTRAL;
        if (running.weight >= best.weight && WEIGHTS[word] >= 1) best = running;
    }
    return open ? report_language(at, &best) : MTC_OK;
}

static mtc_status run(const mtc_detection *detection) {
    const mtc_document *const doc = detection->doc;
    look at = {.detection = detection, .doc = doc, .lists = detection->self};
    at.origins = mtc_origins_read(doc, at.lists->foreign);
    if (at.origins == NULL) return MTC_NO_MEMORY;
    const balance all = weigh_article(&at);
    if (mtc_sink_wants(detection->sink, detection->rules[ARTICLE]) &&
        is_foreign_article(&all))
        return report_article(&at);
    for (size_t i = 0; i < doc->lines.count; i++) {
        const mtc_line *const line = &doc->lines.at[i];
        if (mtc_budget_spend(doc->budget, line->token_count + 1) != MTC_OK)
            return MTC_DEADLINE;
        /* Also beside markup: what it holds itself is a residue token, no word. */
        mtc_status status = read_scripts(&at, line);
        if (status == MTC_OK) status = read_languages(&at, line);
        if (status != MTC_OK) return status;
    }
    return MTC_OK;
}

const mtc_detector mtc_detector_untranslated = {"untranslated", RULES, setup, run};
