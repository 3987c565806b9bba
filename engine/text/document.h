/* document.h: the article as all layers behind engine/text see it.
 *
 *   bytes --> residues (markup and the like)  --> lines with kinds --> sentences -->
 * tokens words (distinct forms)
 *
 * Everything lives in the arena of the request. Ranges are bytes of `bytes`, which is the
 * title, two line feeds and the text, or the text alone (then text_begin is 0).
 * Lines, sentences, tokens and residues are sorted by place and never overlap within
 * their kind.
 *
 * engine/text fills all of it but the fields marked "language": those belong to
 * engine/language (mtc_language_annotate). After that the document is constant.
 */
#ifndef MTC_TEXT_DOCUMENT_H
#define MTC_TEXT_DOCUMENT_H

#include "base/budget.h"
#include "base/vector.h"
#include "base/wordset.h"
#include "text/offsets.h"

struct mtc_lexeme;        /* language/lexicon.h */
struct mtc_tag_shares;    /* language/tagger.h */
struct mtc_annotations;   /* language/annotation.h */
struct mtc_sentence_note; /* language/sentence_kind.h */
struct mtc_name_chains;   /* language/name_chain.h */

#define MTC_NONE UINT32_MAX

/* --- Residue: what was never meant for a reader --- */

typedef enum mtc_residue_kind {
    MTC_RESIDUE_MARKUP,      /* tags, attributes, srcset, style, script, shortcodes */
    MTC_RESIDUE_ENTITY,      /* &amp; &#160; \u2019 */
    MTC_RESIDUE_PLACEHOLDER, /* %s {{name}} [%author%] $VAR1 [?] */
    MTC_RESIDUE_MOJIBAKE,    /* â€™ Ã© U+FFFD */
    MTC_RESIDUE_HIDDEN,      /* zero-width, bidi controls, homoglyphs inside words */
    MTC_RESIDUE_INTERFACE,   /* comment form, share line, cookie line */
    MTC_RESIDUE_KINDS
} mtc_residue_kind;

typedef struct mtc_residue {
    mtc_range at;
    mtc_residue_kind kind;
    float confidence; /* that it is residue: 0…1 */
} mtc_residue;

/* --- Lines --- */

typedef enum mtc_line_kind {
    MTC_LINE_HEADLINE,
    MTC_LINE_BODY, /* only these owe a sentence a verb and a final stop */
    MTC_LINE_CAPTION,
    MTC_LINE_BYLINE,
    MTC_LINE_DATELINE,
    MTC_LINE_LIST_ITEM,
    MTC_LINE_QUOTATION, /* a block quotation or verse */
    MTC_LINE_INTERFACE,
    MTC_LINE_DEBRIS,
    MTC_LINE_KINDS
} mtc_line_kind;
/* "headline" … "debris". Static. */
const char *mtc_line_kind_name(mtc_line_kind kind);

/* A paragraph: one physical line, or several of hard-wrapped text. Blank lines are none.
 */
typedef struct mtc_line {
    mtc_range at; /* without white space at the ends */
    mtc_line_kind kind;
    bool in_title, wrapped; /* wrapped: joined from several physical lines */
    bool title_case;        /* Nearly Every Long Word Has a Capital */
    uint32_t first_sentence, sentence_count; /* 0 for debris and interface text */
    uint32_t first_token, token_count;
} mtc_line;

/* --- Sentences --- */

/* What stands at the end of a sentence (closing quotes and brackets looked through). */
typedef enum mtc_sentence_end {
    MTC_END_NONE,
    MTC_END_STOP, /* a full stop, also of another script (。) */
    MTC_END_QUESTION,
    MTC_END_EXCLAMATION,
    MTC_END_ELLIPSIS,
    MTC_END_COLON,
    MTC_END_SEMICOLON,
    MTC_END_COMMA,
    MTC_END_DASH,
} mtc_sentence_end;

typedef struct mtc_sentence {
    mtc_range at;
    uint32_t line; /* index */
    uint32_t first_token, token_count;
    mtc_sentence_end end;
    /* Evidence for those who judge boundaries; the splitter repairs nothing. */
    bool begins_lower;  /* its first word begins with a lower-case letter */
    bool joined_before; /* no white space between it and the sentence before ("end.Then")
                         */
} mtc_sentence;

/* --- Tokens --- */

typedef enum mtc_token_kind {
    MTC_TOKEN_WORD,   /* letters, with inner apostrophes and hyphens: don't, Maes's,
                         well-known */
    MTC_TOKEN_NUMBER, /* 3, 3.5, 1,200, 31st, 5:30, 1/2 */
    MTC_TOKEN_PUNCTUATION,
    MTC_TOKEN_SYMBOL,  /* $ % + and emoji */
    MTC_TOKEN_ADDRESS, /* URL, e-mail, @handle, #hashtag, file name */
    MTC_TOKEN_RESIDUE, /* a residue, as far as it lies in the line; with the word around
                          it where it mangles a letter (donâ€™t). Hidden characters make
                          no token: they are looked through */
} mtc_token_kind;

typedef enum mtc_shape {
    MTC_SHAPE_NONE,    /* no letter with case */
    MTC_SHAPE_LOWER,   /* minister */
    MTC_SHAPE_CAPITAL, /* Minister, and one capital letter alone */
    MTC_SHAPE_UPPER,   /* NATO */
    MTC_SHAPE_MIXED,   /* iPhone, McDonald */
} mtc_shape;

enum mtc_token_flag {
    MTC_TOKEN_SPACE_BEFORE = 1 << 0,    /* white space, or the line begins here */
    MTC_TOKEN_STARTS_SENTENCE = 1 << 1, /* the first word of it, marks looked through */
    MTC_TOKEN_ABBREVIATION = 1 << 2, /* "Mr.", "U.S.", "p.m.": its stop belongs to it */
    MTC_TOKEN_QUOTED = 1 << 3,       /* inside quotation marks as far as they pair */
    MTC_TOKEN_BRACKETED = 1 << 4,    /* inside brackets as far as they pair */
    MTC_TOKEN_OPENS = 1 << 5,        /* an opening quotation mark or bracket */
    MTC_TOKEN_CLOSES = 1 << 6,
    MTC_TOKEN_QUOTE = 1 << 7, /* a quotation mark (never an apostrophe) */
    MTC_TOKEN_AFTER_BREAK =
        1 << 8,                    /* a line break inside a wrapped line lies before it */
    MTC_TOKEN_POSSESSIVE = 1 << 9, /* ends in 's or s' */
};

typedef struct mtc_token {
    mtc_range at;
    uint32_t word;     /* index into words: its exact normalised form */
    uint32_t sentence; /* index; MTC_NONE on debris and interface lines */
    uint16_t flags;
    uint8_t kind, shape;
    uint16_t
        script; /* ICU UScriptCode of its letters; USCRIPT_COMMON where it has none */
    uint16_t unused;
} mtc_token;

/* --- Words: the distinct forms of the article --- */

enum mtc_knowledge {                        /* language */
                     MTC_KNOWN_US = 1 << 0, /* hunspell en_US */
                     MTC_KNOWN_GB = 1 << 1,
                     MTC_KNOWN_LIST =
                         1 << 2, /* dicts, the operator's words or the request's */
                     MTC_KNOWN_FREQUENT =
                         1 << 3, /* common enough in the frequency list to be no slip */
                     MTC_NAME_FIRST = 1 << 8,
                     MTC_NAME_LAST = 1 << 9,
                     MTC_NAME_PLACE = 1 << 10,
                     MTC_NAME_COUNTRY = 1 << 11,
                     MTC_NAME_DEMONYM = 1 << 12,
                     MTC_NAME_ORGANISATION = 1 << 13,
                     MTC_NAME_BELIEVED =
                         1 << 14,             /* on the evidence of the article itself */
                     MTC_NAME_SEEN = 1 << 15, /* hardly ever in lower case in news text */
};
#define MTC_KNOWN_ANY 0xFFu
#define MTC_NAME_ANY  0xFF00u

typedef struct mtc_word {
    mtc_str text; /* normalised, case kept: NFC, ligatures resolved, apostrophes ' and
                     hyphens -, nothing invisible */
    uint32_t
        folded; /* index of the word that is its case-folded form; itself if it is one */
    uint32_t stem;  /* index of the word without possessive 's or '; itself where none */
    uint32_t count; /* tokens of exactly this form */
    uint32_t first_token;  /* MTC_NONE where it only stands for its folded form or stem */
    uint32_t inside_count; /* of these, not first in their sentence nor on headline-like
                              lines */
    uint32_t knowledge;    /* language: enum mtc_knowledge */
    const struct mtc_lexeme
        *lexeme; /* language: of the folded stem; NULL: not in the lexicon */
} mtc_word;

/* --- The document --- */

typedef struct mtc_document {
    mtc_str bytes;
    uint32_t text_begin;
    bool has_title;
    mtc_offsets offsets;
    MTC_VECTOR(mtc_residue) residues;
    MTC_VECTOR(mtc_line) lines;
    MTC_VECTOR(mtc_sentence) sentences;
    MTC_VECTOR(mtc_token) tokens;
    MTC_VECTOR(mtc_word) words;
    const uint8_t *functions; /* language: mtc_function_class by word; NULL: not read */
    const uint8_t *origins;   /* language: mtc_origin by word; NULL: not read */
    const struct mtc_sentence_note *notes; /* language: one a sentence; NULL: not read */
    const struct mtc_tag_shares *tags;     /* language: one a token; NULL: not tagged */
    const struct mtc_annotations *annotations; /* language: what the network says; NULL:
                                                  not annotated */
    const struct mtc_name_chains *chains; /* language: which names mean the same; NULL:
                                             not read */
    uint32_t scored_words; /* DESIGN: runs of non-space that hold a letter or digit, in
                              title, headline and body lines */
    uint32_t read_to;      /* bytes analysed: bytes.len unless the budget ran out */
    mtc_arena *arena;
    mtc_budget *budget;
} mtc_document;

/* Reads an article. title.ptr NULL: none. Borrows `text` (and copies both into the arena
 * where there is a title). Valid UTF-8, at most 1 MiB together. `lists` gives
 * abbreviations, interface phrases and so on (see docs/ARCHITECTURE.md,
 * "Text"). MTC_NO_MEMORY. Where the budget runs out it returns MTC_DEADLINE and a
 * document that is right as far as read_to. */
mtc_status mtc_document_read(mtc_document *ret_document, mtc_str title, mtc_str text,
                             const mtc_wordlists *lists, mtc_arena *arena,
                             mtc_budget *budget);

/* The article's own bytes at a place. */
static inline mtc_str mtc_document_slice(const mtc_document *doc, mtc_range at) {
    return mtc_str_slice(doc->bytes, at);
}
static inline const mtc_token *mtc_token_at(const mtc_document *doc, uint32_t index) {
    return &doc->tokens.at[index];
}
static inline mtc_str mtc_token_bytes(const mtc_document *doc, const mtc_token *token) {
    return mtc_str_slice(doc->bytes, token->at);
}
/* Its normalised form, and that form folded. */
static inline mtc_str mtc_token_text(const mtc_document *doc, const mtc_token *token) {
    return doc->words.at[token->word].text;
}
static inline mtc_str mtc_token_folded(const mtc_document *doc, const mtc_token *token) {
    return doc->words.at[doc->words.at[token->word].folded].text;
}
static inline uint32_t mtc_token_folded_id(const mtc_document *doc,
                                           const mtc_token *token) {
    return doc->words.at[token->word].folded;
}
/* The folded form without a possessive ending, to compare mentions by. */
static inline uint32_t mtc_token_stem_id(const mtc_document *doc,
                                         const mtc_token *token) {
    return doc->words.at[doc->words.at[token->word].stem].folded;
}
static inline const mtc_line *mtc_sentence_line(const mtc_document *doc,
                                                const mtc_sentence *sentence) {
    return &doc->lines.at[sentence->line];
}
/* Index of the sentence that holds the byte, of the line that does; MTC_NONE: none does.
 */
uint32_t mtc_document_sentence_at(const mtc_document *doc, uint32_t byte);
uint32_t mtc_document_line_at(const mtc_document *doc, uint32_t byte);
/* Index of the first token that ends behind the byte; tokens.count: none. */
uint32_t mtc_document_token_at(const mtc_document *doc, uint32_t byte);

#endif
