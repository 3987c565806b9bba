#include "detect/statement.h"

/* --- Which sentences are judged --- */

bool mtc_asks_for_noun(const mtc_statement_reader *at, uint32_t token) {
    return mtc_word_is_in(at, token,
                          MTC_FUNCTION_BIT(ARTICLE) | MTC_FUNCTION_BIT(POSSESSIVE) |
                              MTC_FUNCTION_BIT(DETERMINER) |
                              MTC_FUNCTION_BIT(PREPOSITION) |
                              MTC_FUNCTION_BIT(QUANTIFIER));
}

/* Names alone are none, quoted words alone are somebody's; but "In Ghent, Bruges and
 * Aalst" begins like a sentence, and so does "A call for a “new beginning” of the talks".
 */
static bool owes_verb(const mtc_statement_reader *at, const mtc_sentence *sentence) {
    enum { LONG = 8 };
    uint32_t words = 0, capitals = 0, quoted = 0, marks = 0, last = 0;
    for (uint32_t i = 0; i < sentence->token_count; i++) {
        const uint32_t token = sentence->first_token + i;
        const uint16_t flags = mtc_read_token(at, token)->flags;
        quoted += (flags & (MTC_TOKEN_QUOTED | MTC_TOKEN_QUOTE)) != 0;
        if ((flags & MTC_TOKEN_QUOTE) != 0 && marks++ % 2 == 0 &&
            (words == 0 || !mtc_asks_for_noun(at, last)))
            return false;
        if (!mtc_is_wordlike(mtc_read_token(at, token))) continue;
        words++;
        capitals += words > 1 && mtc_read_token(at, token)->shape != MTC_SHAPE_LOWER;
        last = token;
    }
    if (marks % 2 != 0 || 2 * quoted > words ||
        (mtc_read_token(at, last)->flags & MTC_TOKEN_QUOTED) != 0)
        return false;
    const bool of_names = 3 * capitals >= 2 * words;
    return !of_names || (words >= LONG && mtc_word_is_in(at, sentence->first_token,
                                                         MTC_FUNCTION_BIT(PREPOSITION)));
}

bool mtc_statement_read(const mtc_statement_reader *at, uint32_t index,
                        mtc_statement *ret_candidate) {
    const mtc_sentence *const sentence = &at->doc->sentences.at[index];
    if (!mtc_is_statement(at->doc, sentence, at->limits->fewest_words) ||
        !owes_verb(at, sentence))
        return false;
    if (index > 0 && at->doc->sentences.at[index - 1].end == MTC_END_QUESTION)
        return false; /* its answer */
    mtc_statement c = {.sentence = sentence,
                       .first = sentence->first_token,
                       .end = sentence->first_token + sentence->token_count,
                       .root = MTC_NONE};
    while (c.first < c.end && !mtc_is_wordlike(mtc_read_token(at, c.first))) c.first++;
    for (uint32_t i = c.first; i < c.end; i++) {
        if (mtc_is_wordlike(mtc_read_token(at, i)) &&
            !mtc_is_annotated(mtc_said_of(at, i)))
            return false;
        if (c.root == MTC_NONE && mtc_is_root(mtc_said_of(at, i))) c.root = i;
    }
    if (c.first == c.end || c.root == MTC_NONE) return false;
    *ret_candidate = c;
    return true;
}

bool mtc_statement_is_alone(const mtc_statement_reader *at, const mtc_statement *c) {
    return mtc_sentence_line(at->doc, c->sentence)->sentence_count == 1;
}

/* --- Clauses below another --- */

/* A word that puts a clause under another: a conjunction, a relative or question word. */
static bool is_subordinator(const mtc_statement_reader *at, uint32_t token) {
    if (mtc_read_token(at, token)->shape == MTC_SHAPE_UPPER) return false; /* WHO */
    const mtc_str xpos = mtc_xpos_of(at->doc, token);
    if (xpos.len > 1 && xpos.ptr[0] == 'W') return true;
    /* "with the result that he lacked discipline", whatever "that" is to the verb */
    if (mtc_str_equal(xpos, MTC_STR("IN")) &&
        mtc_word_is_in(at, token, MTC_FUNCTION_BIT(RELATIVE)))
        return true;
    return mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(MARK)) &&
           (mtc_said_of(at, token)->upos == MTC_UPOS_SCONJ ||
            mtc_word_is_in(at, token, MTC_FUNCTION_BIT(SUBORDINATOR)));
}

/* Does a word before the verb say that its clause is subordinate? */
static bool has_subordinator(const mtc_statement_reader *at, uint32_t verb) {
    const uint32_t mark = mtc_tree_child(&at->tree, verb, MTC_RELATION_BIT(MARK));
    /* "from" stands before "leaving", never before "left" */
    if (mark != MTC_NONE && (mtc_said_of(at, verb)->finite < at->limits->finite ||
                             !mtc_word_is_in(at, mark, MTC_FUNCTION_BIT(PREPOSITION))))
        return true;
    const mtc_range span = mtc_tree_span(&at->tree, verb);
    for (uint32_t i = span.begin; i < verb && i < span.begin + 3; i++)
        if (is_subordinator(at, i)) return true;
    return false;
}

/* "when", "because", "who" that hangs on the verb itself. */
static bool has_own_subordinator(const mtc_statement_reader *at, uint32_t verb) {
    const uint64_t any = ~UINT64_C(0);
    uint32_t child = mtc_tree_child(&at->tree, verb, any);
    for (; child != MTC_NONE && child < verb;
         child = mtc_tree_next_child(&at->tree, child, any))
        if (is_subordinator(at, child) &&
            mtc_said_of(at, child)->head_share >= at->limits->bound)
            return true;
    return false;
}

/* "what our task is", "on how it was built": the word that the clause hangs on opens it.
 */
static bool is_free_relative(const mtc_statement_reader *at, uint32_t verb) {
    return mtc_relation_is_in(at->doc, verb,
                              MTC_RELATION_BIT(ACL_RELCL) |
                                  MTC_RELATION_BIT(ADVCL_RELCL)) &&
           mtc_said_of(at, verb)->head < verb &&
           is_subordinator(at, mtc_said_of(at, verb)->head);
}

/* "the songs you might hear": a relative without its pronoun. */
static bool is_bare_relative(const mtc_statement_reader *at, uint32_t verb) {
    const mtc_annotation *const said = mtc_said_of(at, verb);
    if (!mtc_relation_is_in(at->doc, verb, MTC_RELATION_BIT(ACL_RELCL)) ||
        said->head >= verb || said->head_share < at->limits->bound)
        return false;
    const uint32_t subject = mtc_tree_child(&at->tree, verb, MTC_RELATION_SUBJECTS);
    return subject == said->head + 1 && mtc_said_of(at, subject)->upos == MTC_UPOS_PRON &&
           !is_subordinator(at, subject);
}

static bool has_finite_before(const mtc_statement_reader *at, const mtc_statement *c,
                              uint32_t end) {
    for (uint32_t i = c->first; i < end; i++)
        if (mtc_said_of(at, i)->finite >= MTC_SHARE(0.2)) return true;
    return false;
}

/* "In two lectures, that address the question": the only clause is a relative one. */
static bool is_relative_root(const mtc_statement_reader *at, const mtc_statement *c) {
    const uint32_t subject = mtc_tree_child(&at->tree, c->root, MTC_RELATION_SUBJECTS);
    return subject != MTC_NONE && subject > c->first && subject < c->root &&
           mtc_said_xpos(at, subject, "WDT") &&
           mtc_said_of(at, subject)->head_share >= at->limits->linked &&
           mtc_said_of(at, subject - 1)->upos != MTC_UPOS_CCONJ &&
           !has_finite_before(at, c, subject);
}

/* Is the token part of a clause that is surely subordinate? */
bool mtc_is_bound(const mtc_statement_reader *at, const mtc_statement *c,
                  uint32_t token) {
    enum { MOST_STEPS = 24 };
    const uint64_t subordinate = MTC_RELATION_BIT(ACL_RELCL) | MTC_RELATION_BIT(ACL) |
                                 MTC_RELATION_BIT(ADVCL) | MTC_RELATION_BIT(ADVCL_RELCL) |
                                 MTC_RELATION_BIT(CSUBJ) | MTC_RELATION_BIT(CCOMP);
    for (int step = 0; step < MOST_STEPS; step++) {
        const mtc_annotation *const said = mtc_said_of(at, token);
        if (said->head == MTC_NONE) return token == c->root && is_relative_root(at, c);
        if (mtc_relation_is_in(at->doc, token, subordinate) &&
            (has_own_subordinator(at, token) ||
             (said->head_share >= at->limits->bound && has_subordinator(at, token))))
            return true;
        if (is_free_relative(at, token) || is_bare_relative(at, token)) return true;
        token = said->head;
    }
    return false;
}

/* "that he was ill and his wife was not": an auxiliary of a clause that shares the
 * conjunction of the one before. */
static bool is_coordinated(const mtc_statement_reader *at, uint32_t token) {
    const uint32_t head = mtc_said_of(at, token)->head;
    if (mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(CONJ))) return true;
    if (head == MTC_NONE || mtc_said_of(at, head)->head == MTC_NONE ||
        !mtc_relation_is_in(at->doc, token, MTC_RELATION_AUXILIARIES) ||
        !mtc_relation_is_in(at->doc, head, MTC_RELATION_BIT(CONJ)) ||
        mtc_is_root(mtc_said_of(at, mtc_said_of(at, head)->head)))
        return false;
    const uint32_t link = mtc_tree_child(&at->tree, head, MTC_RELATION_BIT(CC));
    return link != MTC_NONE &&
           (link + 1 == token ||
            mtc_tree_child(&at->tree, head, MTC_RELATION_SUBJECTS) != MTC_NONE);
}

/* Does the subordinator ask for a finite verb? In "by planting" it does not. */
static bool asks_for_verb(const mtc_statement_reader *at, uint32_t token) {
    const uint32_t head = mtc_said_of(at, token)->head;
    if (!mtc_relation_is_in(at->doc, token, MTC_RELATION_BIT(MARK)) || head == MTC_NONE)
        return true;
    const uint32_t subject = mtc_tree_child(&at->tree, head, MTC_RELATION_SUBJECTS);
    return mtc_tree_finite(&at->tree, head) >= MTC_SHARE(0.2) ||
           (subject != MTC_NONE && mtc_said_of(at, subject)->finite >= MTC_SHARE(0.2));
}

/* Each of these words accounts for one verb, and for those coordinated with it. */
bool mtc_has_more_verbs(const mtc_statement_reader *at, const mtc_statement *c) {
    double verbs = 0;
    for (uint32_t i = c->first; i < c->end; i++) {
        verbs -=
            (is_subordinator(at, i) && asks_for_verb(at, i)) || is_bare_relative(at, i);
        if (!is_coordinated(at, i)) verbs += mtc_said_of(at, i)->finite / 65535.0;
    }
    return verbs > at->limits->verbs_over;
}
