/* corpus.h: all data that a training or a measurement reads, as sentences of forms.
 *
 * Plain text is held apart by whole stretches of HELD_OUT_LINES lines (about an article
 * each), one in twenty, the half of them for calibration, the other half for reports.
 */
#ifndef TRAIN_CORPUS_H
#define TRAIN_CORPUS_H

#include "forms.h"

typedef enum train_part {
    TRAIN_PART_TRAIN,
    TRAIN_PART_CALIBRATE,
    TRAIN_PART_REPORT,
    TRAIN_PART_APART_CALIBRATE, /* the halves of a file that is not trained on at all */
    TRAIN_PART_APART_REPORT,
    TRAIN_PART_WHOLE, /* such a file without regard to its halves */
} train_part;

enum { TRAIN_NO_TAG = 0xFFFF, TRAIN_NO_XPOS = 0xFF, TRAIN_ROOT = 0xFFFF };

/* What a treebank says of a word. */
typedef struct train_mark {
    uint16_t tag;  /* joint tag; TRAIN_NO_TAG: only xpos is known */
    uint16_t head; /* place in the sentence; TRAIN_ROOT */
    uint8_t xpos;  /* TRAIN_NO_XPOS: unknown */
    uint8_t relation;
    uint8_t upos; /* number in the inventory of parts of speech, for the report */
} train_mark;

typedef struct train_sentence {
    uint32_t first, count;
    uint32_t paragraph; /* sentences of one paragraph follow each other */
    uint16_t source;
    bool has_tree;
} train_sentence;

typedef struct train_names {
    mtc_str *at;
    size_t count, capacity;
    uint32_t *counts; /* as many as capacity says at the last growth; see names_number */
    size_t counts_capacity;
} train_names;

uint32_t train_names_number(train_names *names, mtc_str name);
/* UINT32_MAX where it is not there. */
uint32_t train_names_find(const train_names *names, mtc_str name);

/* The tags and relations of the treebanks that are trained on. */
typedef struct train_inventory {
    train_names tags;      /* "UPOS\tXPOS\tFEATS", those that occur often enough */
    train_names relations; /* with subtypes */
    train_names upos, xpos;
    uint8_t *upos_of_tag, *xpos_of_tag;
} train_inventory;

typedef struct train_corpus {
    train_forms *forms;
    struct {
        train_sentence *at;
        size_t count, capacity;
    } sentences;
    struct {
        uint32_t *at;
        size_t count, capacity;
    } words; /* forms */
    struct {
        train_mark *at;
        size_t count, capacity;
    } marks; /* one a word, where the corpus is annotated */
} train_corpus;

/* Reads the inventory off a treebank (call for each), then settles it: tags that occur
 * fewer than `least` times go. */
void train_inventory_count(train_inventory *inventory, mtc_str conllu);
void train_inventory_settle(train_inventory *inventory, uint32_t least);

/* Each appends. `weight`: by how much an occurrence counts for the vocabulary. */
void train_corpus_add_treebank(train_corpus *corpus, const train_inventory *inventory,
                               mtc_str conllu, uint32_t weight);
void train_corpus_add_tagged(train_corpus *corpus, const train_inventory *inventory,
                             mtc_str archive, uint32_t weight);
void train_corpus_add_text(train_corpus *corpus, mtc_str text, train_part part,
                           uint16_t source, uint32_t weight);
void train_corpus_free(train_corpus *corpus);
void train_inventory_free(train_inventory *inventory);

#endif
