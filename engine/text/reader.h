/* reader.h: what the parts of the text layer share while one article is read
 * (engine/text only). An article is read line by line: tokens, kind, sentences; so what
 * has been read is whole whenever the budget ends. */
#ifndef MTC_TEXT_READER_H
#define MTC_TEXT_READER_H

#include "text/characters.h"
#include "text/words.h"

/* The word lists of the text layer (dicts/en; each says in its head what it means). */
typedef struct mtc_text_lists {
    const mtc_wordset *abbreviations, *address_endings, *attribution_verbs,
        *byline_markers, *caption_markers, *clause_marks, *date_words, *elisions,
        *opening_words, *small_words;
} mtc_text_lists;

/* Families of marks that pair. */
typedef enum mtc_mark_family {
    MTC_MARK_DOUBLE_QUOTE,
    MTC_MARK_SINGLE_QUOTE,
    MTC_MARK_ROUND,
    MTC_MARK_SQUARE,
    MTC_MARK_CURLY,
    MTC_MARK_POINTED,
    MTC_MARK_FAMILIES
} mtc_mark_family;

/* An open mark of the line, and a pair of marks (indices of tokens). */
typedef struct mtc_open_mark {
    uint32_t token, codepoint;
} mtc_open_mark;
typedef struct mtc_mark_pair {
    uint32_t open, close;
    bool is_quote;
} mtc_mark_pair;

/* A paragraph before it is read. */
typedef struct mtc_raw_line {
    mtc_range at;
    bool in_title, wrapped, blank_before, indented;
    bool verse; /* one of several short lines under each other */
} mtc_raw_line;

typedef struct mtc_reader {
    mtc_document *doc;
    mtc_text_lists lists;
    /* Of the first words of captions' and bylines' markers: by first byte, a bit for each
     * length. So few lines are compared with them at all. */
    uint32_t marker_lengths[256];
    mtc_form_table words;
    MTC_VECTOR(uint16_t) traits; /* by word, 0: not asked yet */
    MTC_VECTOR(mtc_raw_line) raw_lines;
    MTC_VECTOR(mtc_residue) barriers; /* the residues that become tokens */
    uint32_t next_barrier;            /* the first that ends behind the place read */
    bool headline_seen;               /* in the title or as first line of the text */
    bool is_mostly_indented;

    /* Of the line that is being read: */
    mtc_range line;
    uint32_t raw_line, first_token, first_barrier;
    MTC_VECTOR(mtc_open_mark) open[MTC_MARK_FAMILIES];
    MTC_VECTOR(mtc_mark_pair) pairs;
    uint32_t closers_from,
        closers_left; /* single quotes that could close, once counted */
    MTC_VECTOR(int32_t) depths;
} mtc_reader;

/* What the lists say of a word; asked once for each distinct form. */
enum mtc_trait {
    MTC_TRAIT_SMALL = 1 << 0,    /* titles write it small */
    MTC_TRAIT_DATE = 1 << 1,     /* of dates and times */
    MTC_TRAIT_FINITE = 1 << 2,   /* cannot but be a finite verb */
    MTC_TRAIT_SUBJECT = 1 << 3,  /* a personal pronoun */
    MTC_TRAIT_QUESTION = 1 << 4, /* what, how, why */
    MTC_TRAIT_OPENING = 1 << 5,  /* opens sentences */
    MTC_TRAIT_SAYING = 1 << 6,   /* tells who speaks */
    MTC_TRAITS_KNOWN = 1 << 15,
};

static inline const mtc_token *mtc_reader_token(const mtc_reader *reader, uint32_t at) {
    return &reader->doc->tokens.at[at];
}
uint16_t mtc_reader_look_up_traits(const mtc_reader *reader, uint32_t word);
static inline uint16_t mtc_reader_traits(const mtc_reader *reader,
                                         const mtc_token *token) {
    const uint16_t traits = reader->traits.at[token->word];
    return traits != 0 ? traits : mtc_reader_look_up_traits(reader, token->word);
}
static inline bool mtc_reader_has_trait(const mtc_reader *reader, const mtc_token *token,
                                        enum mtc_trait trait) {
    return (mtc_reader_traits(reader, token) & trait) != 0;
}

/* Does the payload (words between spaces) hold this word? */
bool mtc_payload_has(mtc_str payload, mtc_str word);

/* --- lines.c: fills raw_lines. */
mtc_status mtc_reader_find_lines(mtc_reader *reader);
/* --- tokens.c: appends the tokens of reader->line. MTC_DEADLINE, MTC_NO_MEMORY. */
mtc_status mtc_reader_read_tokens(mtc_reader *reader);
/* --- symbols.c: where what begins at `at` ends, which is neither word nor white space
 * nor a pairing mark. `is_free`: white space lies before it. */
uint32_t mtc_reader_symbol_end(mtc_str bytes, uint32_t at, uint32_t limit, bool is_free,
                               mtc_token_kind *ret_kind);
/* --- kinds.c: the kind of the raw line, whose tokens have been read. */
mtc_line_kind mtc_reader_judge_line(mtc_reader *reader, uint32_t raw_line);
/* --- sentences.c: appends the sentences of the tokens from first_token on. */
mtc_status mtc_reader_read_sentences(mtc_reader *reader, uint32_t line);
/* Is the token at `at` the bracket of "[17]"? It belongs to what it stands behind. */
bool mtc_reader_is_reference(const mtc_reader *reader, uint32_t at, uint32_t end);
/* What a sentence that ends with this token ends with. */
mtc_sentence_end mtc_reader_token_end(const mtc_reader *reader, const mtc_token *token);

/* --- abbreviations.c --- */

/* Does the stop at `stop`, directly behind the word from `begin`, belong to it? */
bool mtc_reader_is_abbreviation(const mtc_reader *reader, uint32_t begin, uint32_t stop,
                                const mtc_token *before);
/* An initialism or listed abbreviation with stops inside, "U.S." "p.m." "Ph.D.", that
 * begins at `begin` and whose first stop stands at `stop`: its end; 0: none. */
uint32_t mtc_reader_initialism_end(const mtc_reader *reader, uint32_t begin,
                                   uint32_t stop);
/* Can the sentence end with this abbreviation where `next` comes behind it? */
bool mtc_reader_abbreviation_ends(const mtc_reader *reader, const mtc_token *abbreviation,
                                  const mtc_token *next);

/* --- addresses.c: the end of a URL, e-mail address, domain or file name that begins at
 * `begin`, where a word or number has been read up to `at`; 0: none. Looks ahead over a
 * bounded stretch only. */
uint32_t mtc_reader_address_end(const mtc_reader *reader, uint32_t begin, uint32_t at,
                                uint32_t limit);

/* --- marks.c --- */

/* The family of a mark that pairs; MTC_MARK_FAMILIES: it is none. */
mtc_mark_family mtc_mark_family_of(uint32_t codepoint);
/* Tells whether the mark (the last token) opens or closes, and pairs it. */
bool mtc_reader_add_mark(mtc_reader *reader, uint32_t codepoint, mtc_mark_family family,
                         mtc_char before, mtc_char after);
/* Single quotes behind `at` in this line that could close. */
uint32_t mtc_reader_closers_behind(mtc_reader *reader, uint32_t at);
void mtc_reader_begin_marks(mtc_reader *reader);
/* Sets QUOTED and BRACKETED inside the pairs of the line. */
bool mtc_reader_finish_marks(mtc_reader *reader);

#endif
