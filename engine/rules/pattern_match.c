#include "rules/pattern_match.h"

#include "base/utf8.h"
#include "language/annotation.h"
#include "language/name_chain.h"

enum {
    LONGEST_TOKEN = 256, /* bytes a regular expression looks at */
    CONTEXT = 1000,      /* bytes around a match where an exception's text may stand */
};

/* --- Conditions --- */

static uint32_t punctuation_class(uint32_t codepoint) {
    switch (codepoint) {
    case ',':
    case 0xFF0C:
    case 0x3001: return MTC_NEIGHBOUR_COMMA;
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F: return MTC_NEIGHBOUR_STOP;
    case ':':
    case 0xFF1A: return MTC_NEIGHBOUR_COLON;
    case ';':
    case 0xFF1B: return MTC_NEIGHBOUR_SEMICOLON;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return MTC_NEIGHBOUR_DASH;
    case '/': return MTC_NEIGHBOUR_SLASH;
    default: return MTC_NEIGHBOUR_PUNCTUATION;
    }
}

/* The bit of what a token is as a neighbour. */
static uint32_t neighbour_bit(const mtc_document *doc, const mtc_token *token) {
    static const uint8_t CLASSES[] = {
        [MTC_TOKEN_WORD] = MTC_NEIGHBOUR_WORD,
        [MTC_TOKEN_NUMBER] = MTC_NEIGHBOUR_NUMBER,
        [MTC_TOKEN_PUNCTUATION] = MTC_NEIGHBOUR_PUNCTUATION,
        [MTC_TOKEN_SYMBOL] = MTC_NEIGHBOUR_SYMBOL,
        [MTC_TOKEN_ADDRESS] = MTC_NEIGHBOUR_ADDRESS,
        [MTC_TOKEN_RESIDUE] = MTC_NEIGHBOUR_RESIDUE,
    };
    if ((token->flags & MTC_TOKEN_QUOTE) != 0) return 1u << MTC_NEIGHBOUR_QUOTE;
    if (token->kind != MTC_TOKEN_PUNCTUATION && token->kind != MTC_TOKEN_SYMBOL) {
        return 1u << CLASSES[token->kind];
    }
    if ((token->flags & (MTC_TOKEN_OPENS | MTC_TOKEN_CLOSES)) != 0) {
        return 1u << MTC_NEIGHBOUR_BRACKET;
    }
    uint32_t begin = 0;
    const uint32_t class =
        punctuation_class(mtc_utf8_next(mtc_token_bytes(doc, token), &begin));
    return 1u << (class == MTC_NEIGHBOUR_PUNCTUATION ? CLASSES[token->kind] : class);
}

static uint32_t bit_before(const mtc_matcher *matcher, uint32_t token) {
    if (token == matcher->first) return 1u << MTC_NEIGHBOUR_START;
    return neighbour_bit(matcher->doc, &matcher->doc->tokens.at[token - 1]);
}

static uint32_t bit_behind(const mtc_matcher *matcher, uint32_t token) {
    if (token + 1 == matcher->end) return 1u << MTC_NEIGHBOUR_END;
    return neighbour_bit(matcher->doc, &matcher->doc->tokens.at[token + 1]);
}

/* One that gives up has no answer: the attempt fails, whatever the answer would mean. */
static bool matches_regex(mtc_matcher *matcher, const mtc_regex *regex, mtc_str subject) {
    if (matcher->regex == NULL) {
        matcher->regex = mtc_regex_scratch_new(matcher->doc->arena);
    }
    const mtc_regex_answer answer = matcher->regex == NULL
                                        ? MTC_REGEX_NO_MEMORY
                                        : mtc_regex_match(regex, matcher->regex, subject);
    if (answer == MTC_REGEX_NO_MEMORY) matcher->is_out_of_memory = true;
    if (answer == MTC_REGEX_GAVE_UP) matcher->steps = 0;
    return answer == MTC_REGEX_YES;
}

bool mtc_matcher_covers(mtc_matcher *matcher, const mtc_regex *regex, mtc_str token) {
    return token.len <= LONGEST_TOKEN && matches_regex(matcher, regex, token);
}

/* Flags in the order of the names in pattern_compile.c. */
static bool has_flag(const mtc_token *token, uint64_t mask) {
    static const uint16_t FLAGS[] = {MTC_TOKEN_SPACE_BEFORE, MTC_TOKEN_STARTS_SENTENCE,
                                     MTC_TOKEN_ABBREVIATION, MTC_TOKEN_QUOTED,
                                     MTC_TOKEN_BRACKETED,    MTC_TOKEN_OPENS,
                                     MTC_TOKEN_CLOSES,       MTC_TOKEN_QUOTE,
                                     MTC_TOKEN_AFTER_BREAK,  MTC_TOKEN_POSSESSIVE};
    uint32_t wanted = 0;
    for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++) {
        if ((mask >> i & 1u) != 0) wanted |= FLAGS[i];
    }
    return (token->flags & wanted) != 0;
}

typedef struct {
    mtc_matcher *matcher;
    const mtc_pattern_element *elements;
    size_t element_count;
    uint32_t from[MTC_PATTERN_ELEMENTS], to[MTC_PATTERN_ELEMENTS]; /* tokens covered */
} attempt;

static bool meets_all(attempt *with, const mtc_condition *conditions, size_t count,
                      uint32_t token);

/* --- Grammar --- */

static mtc_share answer_of(const mtc_annotation *token, uint8_t answer) {
    switch ((mtc_shared_answer)answer) {
    case MTC_ANSWER_FINITE: return token->finite;
    case MTC_ANSWER_NOUN: return token->noun;
    case MTC_ANSWER_PROPER: return token->proper;
    case MTC_ANSWER_VERB: return token->verb;
    case MTC_ANSWER_FOREIGN: return token->foreign;
    case MTC_ANSWER_CAPITAL: return token->capital;
    case MTC_ANSWER_SMALL: return token->small;
    case MTC_ANSWER_GAP: return token->gap;
    case MTC_ANSWER_BOUNDARY: return token->boundary;
    }
    return 0;
}

static bool has_one_of(uint64_t bits, const mtc_condition *condition) {
    for (size_t i = 0; i < condition->mask_count; i++)
        if ((bits & condition->masks[i]) == condition->masks[i]) return true;
    return false;
}

/* Is the head of the token among those that the element covers? */
static bool hangs_on(const attempt *with, uint32_t token, uint32_t element) {
    const uint32_t head = mtc_annotation_of(with->matcher->doc, token)->head;
    return head != MTC_NONE && head >= with->from[element] && head < with->to[element];
}

static bool meets_grammar(attempt *with, const mtc_condition *condition, uint32_t at) {
    const mtc_document *const doc = with->matcher->doc;
    const mtc_annotation *const token = mtc_annotation_of(doc, at);
    if (!mtc_is_annotated(token)) {
        with->matcher->steps = 0; /* nobody knows: the attempt fails */
        return false;
    }
    const mtc_tag_meaning *const tag = &doc->annotations->tags[token->tag];
    switch (condition->kind) {
    case MTC_CONDITION_UPOS: return (condition->mask >> token->upos & 1) != 0;
    case MTC_CONDITION_XPOS: return (condition->mask & tag->xpos_bit) != 0;
    case MTC_CONDITION_RELATION: return (condition->mask >> token->relation & 1) != 0;
    case MTC_CONDITION_FEATURES: return has_one_of(tag->feature_bits, condition);
    case MTC_CONDITION_SHARE: {
        const mtc_share answer = answer_of(token, condition->share);
        return answer >= condition->least && answer <= condition->most;
    }
    case MTC_CONDITION_ROOT: return token->head == MTC_NONE;
    case MTC_CONDITION_HEAD_IN: return hangs_on(with, at, condition->element);
    case MTC_CONDITION_HEAD_LATER: return true; /* see heads_agree */
    case MTC_CONDITION_HEAD:
        return token->head != MTC_NONE &&
               meets_all(with, condition->inner, condition->inner_count, token->head);
    default: return false;
    }
}

/* --- Conditions of all kinds --- */

static bool meets(attempt *with, const mtc_condition *condition, uint32_t at) {
    mtc_matcher *const matcher = with->matcher;
    const mtc_document *const doc = matcher->doc;
    const mtc_token *const token = &doc->tokens.at[at];
    switch (condition->kind) {
    case MTC_CONDITION_WORD:
        return mtc_wordset_has(condition->words, mtc_token_text(doc, token));
    case MTC_CONDITION_LOWER:
        return mtc_wordset_has(condition->words, mtc_token_folded(doc, token));
    case MTC_CONDITION_LIST:
        return mtc_wordset_has(condition->words, mtc_token_folded(doc, token)) ||
               mtc_wordset_has(condition->words, mtc_token_text(doc, token));
    case MTC_CONDITION_SHAPE: return (condition->mask >> token->shape & 1u) != 0;
    case MTC_CONDITION_KIND: return (condition->mask >> token->kind & 1u) != 0;
    case MTC_CONDITION_IS: return has_flag(token, condition->mask);
    case MTC_CONDITION_AFTER: return (condition->mask & bit_before(matcher, at)) != 0;
    case MTC_CONDITION_BEFORE: return (condition->mask & bit_behind(matcher, at)) != 0;
    case MTC_CONDITION_REGEX:
        return mtc_matcher_covers(matcher, condition->regex, mtc_token_text(doc, token));
    case MTC_CONDITION_SAME_AS: {
        const uint32_t end = with->to[condition->element];
        return end > with->from[condition->element] &&
               mtc_token_folded_id(doc, &doc->tokens.at[end - 1]) ==
                   mtc_token_folded_id(doc, token);
    }
    case MTC_CONDITION_CHAIN: {
        const uint32_t end = with->to[condition->element];
        const uint32_t chain = mtc_chain_of(doc, at);
        return chain != MTC_NONE && end > with->from[condition->element] &&
               mtc_chain_of(doc, end - 1) == chain;
    }
    case MTC_CONDITION_LEMMA:
        return mtc_wordset_has(condition->words,
                               doc->words.at[mtc_token_stem_id(doc, token)].text);
    case MTC_CONDITION_ALL:
        return meets_all(with, condition->inner, condition->inner_count, at);
    default: return meets_grammar(with, condition, at);
    }
}

static bool meets_all(attempt *with, const mtc_condition *conditions, size_t count,
                      uint32_t token) {
    for (size_t i = 0; i < count; i++) {
        if (with->matcher->steps == 0) return false;
        with->matcher->steps--;
        if (meets(with, &conditions[i], token) == conditions[i].is_negated) return false;
    }
    return true;
}

/* --- Elements --- */

/* Heads in elements that stood behind the one that asked. */
static bool heads_agree(const attempt *with) {
    for (size_t i = 0; i < with->element_count; i++) {
        const mtc_pattern_element *const element = &with->elements[i];
        for (size_t k = 0; k < element->condition_count; k++) {
            const mtc_condition *const condition = &element->conditions[k];
            if (condition->kind != MTC_CONDITION_HEAD_LATER) continue;
            for (uint32_t token = with->from[i]; token < with->to[i]; token++)
                if (!hangs_on(with, token, condition->element)) return false;
        }
    }
    return true;
}

/* Covers as many tokens as it can, then fewer, until the rest of the pattern fits behind.
 * At most MTC_PATTERN_ELEMENTS calls deep; the steps bound how often. */
static bool match_elements(attempt *with, size_t index, uint32_t token) {
    if (index == with->element_count) return heads_agree(with);
    const mtc_pattern_element *const element = &with->elements[index];
    with->from[index] = token;
    with->to[index] = token; /* same_as never looks at the element it stands in */
    uint32_t covered = 0;
    while (
        covered < element->most && token + covered < with->matcher->end &&
        meets_all(with, element->conditions, element->condition_count, token + covered)) {
        covered++;
    }
    for (;; covered--) {
        if (covered < element->least || with->matcher->steps == 0) return false;
        with->matcher->steps--;
        with->from[index] = token;
        with->to[index] = token + covered;
        if (match_elements(with, index + 1, token + covered)) return true;
        if (covered == 0) return false;
    }
}

/* --- Exceptions --- */

static bool has_tokens_at(mtc_matcher *matcher, const mtc_pattern_unless *unless,
                          uint32_t token) {
    attempt with = {.matcher = matcher};
    for (size_t i = 0; i < unless->token_count; i++) {
        const mtc_pattern_element *const wanted = &unless->tokens[i];
        if (!meets_all(&with, wanted->conditions, wanted->condition_count,
                       token + (uint32_t)i)) {
            return false;
        }
    }
    return true;
}

/* The sentence, or what lies around the match where the sentence is very long. */
static mtc_str text_around(const mtc_matcher *matcher, const mtc_pattern_match *match) {
    const mtc_token *const tokens = matcher->doc->tokens.at;
    const mtc_str bytes = matcher->doc->bytes;
    uint32_t begin = tokens[matcher->first].at.begin;
    uint32_t end = tokens[matcher->end - 1].at.end;
    const uint32_t from = tokens[match->first].at.begin;
    const uint32_t to = tokens[match->last - 1].at.end;
    if (from - begin > CONTEXT) begin = from - CONTEXT;
    if (end - to > CONTEXT) end = to + CONTEXT;
    while (begin < from && ((unsigned char)bytes.ptr[begin] & 0xC0) == 0x80) begin++;
    while (end > to && end < bytes.len &&
           ((unsigned char)bytes.ptr[end] & 0xC0) == 0x80) {
        end--;
    }
    return mtc_str_slice(bytes, (mtc_range){begin, end});
}

static bool is_excepted(mtc_matcher *matcher, const mtc_pattern *pattern,
                        const mtc_pattern_match *match) {
    for (size_t i = 0; i < pattern->unless_count; i++) {
        const mtc_pattern_unless *const unless = &pattern->unless[i];
        if (unless->text != NULL) {
            const mtc_str subject = text_around(matcher, match);
            if (matches_regex(matcher, unless->text, subject)) return true;
        } else if (unless->is_behind) {
            if (matcher->end - match->last >= unless->token_count &&
                has_tokens_at(matcher, unless, match->last)) {
                return true;
            }
        } else if (match->first - matcher->first >= unless->token_count &&
                   has_tokens_at(matcher, unless,
                                 match->first - (uint32_t)unless->token_count)) {
            return true;
        }
    }
    return false;
}

static mtc_range range_of(const mtc_document *doc, uint32_t from, uint32_t to) {
    if (from == to) return (mtc_range){0, 0};
    return mtc_range_join(doc->tokens.at[from].at, doc->tokens.at[to - 1].at);
}

bool mtc_pattern_match_at(mtc_matcher *matcher, const mtc_pattern *pattern,
                          uint32_t token, mtc_pattern_match *ret_match) {
    const mtc_document *const doc = matcher->doc;
    attempt with = {.matcher = matcher,
                    .elements = pattern->elements,
                    .element_count = pattern->element_count};
    matcher->steps = MTC_PATTERN_STEPS;
    if (!match_elements(&with, 0, token)) return false;
    const size_t last = pattern->element_count - 1;
    mtc_pattern_match match = {.first = token, .last = with.to[last]};
    uint32_t marked_from = UINT32_MAX, marked_to = 0;
    for (size_t i = 0; i <= last; i++) {
        if (i < MTC_PATTERN_ARGUMENTS) {
            match.arguments[i] = range_of(doc, with.from[i], with.to[i]);
        }
        if (!pattern->elements[i].is_marked || with.from[i] == with.to[i]) continue;
        if (with.from[i] < marked_from) marked_from = with.from[i];
        if (with.to[i] > marked_to) marked_to = with.to[i];
    }
    if (marked_from < marked_to) match.mark = range_of(doc, marked_from, marked_to);
    match.at = marked_from < marked_to ? match.mark : range_of(doc, token, match.last);
    if (is_excepted(matcher, pattern, &match) || matcher->steps == 0) return false;
    *ret_match = match;
    return true;
}
