/* raw.h: tokens and sentences of the text layer against a treebank's.
 *
 * The treebank is joined into plain text again: its documents are articles, its
 * paragraphs lie an empty line apart (where none are marked, a document is one), a blank
 * stands between sentences and between words, but where SpaceAfter=No says otherwise.
 *
 * Scored as in the CoNLL 2018 shared task: a token or sentence is right when both its
 * ends are; tokens are those of the surface, so "don't" is one. Our compounds with
 * hyphens are compared in the parts that the annotation layer makes of them (clitics.h),
 * since the treebanks take them apart. A line that has no sentences (debris, interface
 * text) counts as one sentence.
 */
#ifndef BENCH_RAW_H
#define BENCH_RAW_H

#include <stdio.h>

#include "base/wordset.h"

typedef struct bench_raw_tally {
    size_t gold, ours, right;
} bench_raw_tally;

typedef struct bench_raw_score {
    bench_raw_tally tokens, sentences;
} bench_raw_score;

/* `differences` (may be NULL) is told what is not right, for people to read. */
bench_raw_score bench_raw_read(const mtc_wordlists *lists, const char *path,
                               FILE *differences);

/* Prints precision, recall and F1 of both. */
void bench_raw(const mtc_wordlists *lists, const char *name, const char *path);

/* The word lists of the folder, in memory of the arena; dies where they cannot be read.
 */
const mtc_wordlists *bench_raw_lists(const char *folder, mtc_arena *arena);

#endif
