/* sentence_kind.h: what each sentence was meant to be, as its line and its words tell it,
 * without the network.
 *
 * The kind of the line decides (docs/ARCHITECTURE.md, "Line kinds") unless the sentence
 * is hardly made of words, or is in another language. Of the kinds of lines there is no
 * honest probability: they are rules. Of the other language there is one, calibrated
 * where one sentence in fifty is in another language (docs/decisions/sentence-kind.md).
 */
#ifndef MTC_LANGUAGE_SENTENCE_KIND_H
#define MTC_LANGUAGE_SENTENCE_KIND_H

#include "language/origin.h"

typedef enum mtc_sentence_kind {
    MTC_SENTENCE_PROSE, /* body and quotation: sentences that owe a verb */
    MTC_SENTENCE_HEADLINE,
    MTC_SENTENCE_LIST_ITEM,
    MTC_SENTENCE_CAPTION, /* also bylines and datelines */
    MTC_SENTENCE_DEBRIS,  /* no words, or more residue than words */
    MTC_SENTENCE_FOREIGN, /* in another language */
    MTC_SENTENCE_KINDS
} mtc_sentence_kind;
/* "prose" … "foreign". Static. */
const char *mtc_sentence_kind_name(mtc_sentence_kind kind);

typedef struct mtc_sentence_note {
    uint16_t foreign; /* that it is in another language: a share of 65535 */
    uint8_t kind;     /* mtc_sentence_kind; FOREIGN where that is more likely than not */
} mtc_sentence_note;

/* A note for each sentence, from the document's arena. `origins`: mtc_origins_read.
 * NO_MEMORY, DEADLINE. */
mtc_status mtc_sentence_notes_read(const mtc_document *doc, const uint8_t *origins,
                                   const mtc_sentence_note **ret_notes);

/* The note of a sentence of an annotated document. */
static inline mtc_sentence_note mtc_sentence_note_of(const mtc_document *doc,
                                                     uint32_t sentence) {
    return doc->notes == NULL ? (mtc_sentence_note){0} : doc->notes[sentence];
}

#endif
