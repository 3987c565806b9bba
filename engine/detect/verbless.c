/* verbless.c: statements without a finite verb, and what may do without one. */
#include "detect/statement.h"

/* "Later, in the square.": a phrase of a sentence with one comma, in running text */
static bool is_phrase_with_comma(const mtc_statement_reader *at, const mtc_statement *c) {
    uint32_t marks = 0, prepositions = 0;
    for (uint32_t i = c->first; i + 1 < c->end; i++) {
        const bool begins = i == c->first || mtc_is_mark(at->doc, i - 1, ',');
        if (mtc_is_mark(at->doc, i, ','))
            marks++;
        else if (!mtc_is_wordlike(mtc_read_token(at, i)))
            return false;
        prepositions += begins && mtc_said_of(at, i)->upos == MTC_UPOS_ADP;
    }
    return marks == 1 && prepositions > 0 && !mtc_statement_is_alone(at, c);
}

/* "Water, if you don't.", "Lee v P." */
static bool is_aside(const mtc_statement_reader *at, const mtc_statement *c) {
    enum { LONG = 5 };
    if (mtc_count_words(at->doc, c->first, c->end) >= LONG) return false;
    const bool phrase = is_phrase_with_comma(at, c);
    for (uint32_t i = c->first; i + 1 < c->end; i++) {
        const mtc_token *const token = mtc_read_token(at, i);
        if (mtc_said_of(at, i)->finite > MTC_SHARE(0.5)) return true;
        if (!mtc_is_wordlike(token) && !phrase) return true;
        if (mtc_range_length(token->at) == 1 && mtc_is_wordlike(token) &&
            !mtc_word_is_in(at, i, MTC_FUNCTION_BIT(ARTICLE)))
            return true;
    }
    return false;
}

/* "No comment so far.", "Not so the mayor.", "Hence the fear of floods." */
static bool is_said_without_verb(const mtc_statement_reader *at, const mtc_statement *c) {
    const uint32_t answers = MTC_FUNCTION_BIT(NEGATION) | MTC_FUNCTION_BIT(INTERROGATIVE);
    return mtc_word_is_in(at, c->first, answers) ||
           mtc_wordset_has(at->limits->starts,
                           mtc_token_folded(at->doc, mtc_read_token(at, c->first))) ||
           mtc_said_of(at, c->first)->upos == MTC_UPOS_INTJ;
}

/* Where a clause below explains away a finite verb, any other form behind it that may be
 * one counts: "the shares that he held increased", "those whom we asked speak of", "the
 * fair, which was to last a week, opened in May". */
static bool is_open_verb(const mtc_statement_reader *at, const mtc_statement *c,
                         uint32_t token) {
    enum { SOMETIMES = 10 };
    const mtc_annotation *const said = mtc_said_of(at, token);
    const bool behind_comma =
        mtc_read_token(at, token - 1)->kind == MTC_TOKEN_PUNCTUATION &&
        !mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(CONJ));
    if (mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(AMOD)) ||
        mtc_tree_child(&at->tree, token,
                       MTC_RELATION_AUXILIARIES | MTC_RELATION_BIT(MARK)) != MTC_NONE)
        return false;
    const bool behind_verb = mtc_said_of(at, token - 1)->upos == MTC_UPOS_VERB;
    if ((behind_comma || behind_verb) && said->noun + said->proper < MTC_SHARE(0.5) &&
        mtc_form_share(at->doc, mtc_read_token(at, token), 1u << MTC_TAG_BASE) >=
            SOMETIMES)
        return true;
    const bool tensed = mtc_said_xpos(at, token, "VBN") ||
                        mtc_said_xpos(at, token, "VBD") ||
                        mtc_said_xpos(at, token, "VB") || mtc_said_xpos(at, token, "VBP");
    return said->verb >= MTC_SHARE(0.3) && tensed &&
           (behind_comma || behind_verb ||
            (said->upos == MTC_UPOS_VERB && !mtc_said_xpos(at, token, "VB") &&
             !mtc_is_bound(at, c, token)));
}

/* "Mix 400 grams", "Note the date": a first word that can be a base form, and an object.
 */
static bool may_be_order(const mtc_statement_reader *at, const mtc_statement *c) {
    enum { SOMETIMES = 5, OFTEN = 30 };
    if (c->first + 1 >= c->end) return false;
    const unsigned base =
        mtc_form_share(at->doc, mtc_read_token(at, c->first), 1u << MTC_TAG_BASE);
    const mtc_annotation *const next = mtc_said_of(at, c->first + 1);
    if (base >= OFTEN && next->upos == MTC_UPOS_PROPN) return true;
    return base >= SOMETIMES &&
           (next->upos == MTC_UPOS_NUM || next->upos == MTC_UPOS_DET ||
            next->upos == MTC_UPOS_PRON);
}

static bool has_finite_verb(const mtc_statement_reader *at, const mtc_statement *c) {
    if (may_be_order(at, c)) return true;
    const double enough =
        mtc_statement_is_alone(at, c) ? at->limits->absent_alone : at->limits->absent;
    double absent = 1;
    uint32_t bound = MTC_NONE; /* the first finite verb of a clause below */
    if (mtc_has_more_verbs(at, c)) return true;
    for (uint32_t i = c->first; i < c->end; i++) {
        const mtc_share finite = mtc_said_of(at, i)->finite;
        const bool possible = mtc_may_be_verb(at, c, i);
        if (!possible && finite < MTC_SHARE(0.02)) continue;
        if (mtc_is_bound(at, c, i)) {
            if (bound == MTC_NONE && finite >= at->limits->finite) bound = i;
            continue;
        }
        if (possible) return true;
        absent *= 1 - finite / 65535.0;
        if (absent < enough) return true;
    }
    for (uint32_t i = bound; bound != MTC_NONE && i < c->end; i++)
        if (is_open_verb(at, c, i)) return true;
    return false;
}

/* Lines of one sentence without a verb, in a row, are a list. */
static bool is_in_list(const mtc_statement_reader *at, const mtc_statement *c) {
    const mtc_line *const line = mtc_sentence_line(at->doc, c->sentence);
    if (!mtc_statement_is_alone(at, c)) return false;
    const size_t index = c->sentence->line;
    for (int side = -1; side <= 1; side += 2) {
        if (side < 0 ? index == 0 : index + 1 >= at->doc->lines.count) continue;
        const mtc_line *const next = side < 0 ? line - 1 : line + 1;
        if (next->sentence_count != 1) continue;
        mtc_statement other;
        if (mtc_statement_read(at, next->first_sentence, &other) &&
            !has_finite_verb(at, &other))
            return true;
    }
    return false;
}

/* "Leeds out of sight when a shot in the last minute hit the post.", "Two men who had
 * stayed at home rescued by neighbours.": too long for a heading, and what they hold is
 * no part of a noun phrase. */
static bool tells_story(const mtc_statement_reader *at, const mtc_statement *c) {
    enum { LONG = 15 };
    if (mtc_count_words(at->doc, c->first, c->end) < LONG) return false;
    for (uint32_t i = c->first + 1; i < c->end; i++) {
        const bool finite = mtc_tree_finite(&at->tree, i) >= at->limits->finite;
        if (finite && mtc_relation_is_in(at->doc, i, MTC_RELATION_BIT(ADVCL)) &&
            mtc_said_of(at, i)->head == c->root)
            return true;
        if (!finite && mtc_said_xpos(at, i, "VBN") &&
            mtc_tree_child(&at->tree, i, MTC_RELATION_BIT(OBL_AGENT)) != MTC_NONE &&
            mtc_tree_child(&at->tree, i, MTC_RELATION_AUXILIARIES) == MTC_NONE)
            return true;
    }
    return false;
}

/* "The harbour – a place for ships.", "Making the roads safer.", "First flight of the new
 * plane.": a line of its own that is a heading or an item. */
bool mtc_statement_is_item(const mtc_statement_reader *at, const mtc_statement *c) {
    if (!mtc_statement_is_alone(at, c) || tells_story(at, c)) return false;
    if (mtc_said_xpos(at, c->first, "VBG") || mtc_said_xpos(at, c->first, "VB"))
        return true;
    return mtc_said_of(at, c->root)->upos != MTC_UPOS_VERB;
}

bool mtc_statement_lacks_verb(const mtc_statement_reader *at, const mtc_statement *c) {
    return !is_said_without_verb(at, c) && !is_aside(at, c) && !has_finite_verb(at, c) &&
           !is_in_list(at, c);
}

/* Words 2 … 12 behind a preposition with a capital, all small and none a verb. */
static bool is_small_phrase(const mtc_statement_reader *at, uint32_t first,
                            uint32_t end) {
    enum { FEWEST = 3, MOST = 12 };
    if (mtc_read_token(at, first)->shape != MTC_SHAPE_CAPITAL ||
        mtc_said_of(at, first)->upos != MTC_UPOS_ADP)
        return false;
    uint32_t words = 1;
    for (uint32_t i = first + 1; i < end; i++) {
        if (!mtc_is_wordlike(mtc_read_token(at, i))) return false;
        if (mtc_read_token(at, i)->shape != MTC_SHAPE_LOWER ||
            mtc_said_of(at, i)->verb >= MTC_SHARE(0.1))
            return false;
        words++;
    }
    return words >= FEWEST && words <= MOST;
}

bool mtc_is_quoted_phrase(const mtc_statement_reader *at, uint32_t index) {
    const mtc_sentence *const sentence = &at->doc->sentences.at[index];
    const mtc_line *const line = mtc_sentence_line(at->doc, sentence);
    if (line->kind != MTC_LINE_BODY || line->in_title || index == line->first_sentence ||
        at->doc->sentences.at[index - 1].end != MTC_END_STOP || sentence->token_count < 3)
        return false;
    const uint32_t first = sentence->first_token;
    const uint32_t last = first + sentence->token_count - 1;
    return (mtc_read_token(at, first)->flags & MTC_TOKEN_QUOTE) != 0 &&
           (mtc_read_token(at, last)->flags & MTC_TOKEN_QUOTE) != 0 &&
           mtc_is_annotated(mtc_said_of(at, first + 1)) &&
           is_small_phrase(at, first + 1, last);
}
