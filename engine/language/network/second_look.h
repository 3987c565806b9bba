/* second_look.h: what the tree says of the doubts; private to engine/language/network.
 *
 * The encoder answers its yes-or-no questions before any head is chosen. Whether a clause
 * has a finite verb, whether one name fills two places beside one verb, and how many arcs
 * cross a gap can only be asked behind the parser. So each word is looked at once more: a
 * small network with one hidden layer sees the first answers of the word, of its
 * neighbours and of its head, how sure the parser was, and what the tree looks like
 * there, and corrects the answers (stacked generalisation, Wolpert 1992).
 *
 * All of it takes time in proportion to the words, but for looking for the same word
 * around each (MTC_REPEAT_REACH words).
 */
#ifndef MTC_LANGUAGE_NETWORK_SECOND_LOOK_H
#define MTC_LANGUAGE_NETWORK_SECOND_LOOK_H

#include "language/network/encoder.h"

/* Room for what is noted of a piece. False: no memory. */
bool mtc_batch_make_view(mtc_batch *batch, mtc_arena *arena);

/* Fills in batch->seen for all words: mtc_look_columns values each, −127 … 127, of which
 * 127 is 1 and a logit of 8. `ends`: answers of the gap behind each piece. */
void mtc_batch_see(mtc_batch *batch, const mtc_word_reading *words,
                   int16_t (*ends)[MTC_GAP_OUTPUTS]);

/* Corrects the doubts and gaps of all words by what was seen; the gaps behind the last
 * words stay as they are. */
void mtc_batch_look_again(mtc_batch *batch, mtc_word_reading *words);

#endif
