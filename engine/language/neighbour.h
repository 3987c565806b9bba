/* neighbour.h: the word that someone may have meant who wrote an unknown one. */
#ifndef MTC_LANGUAGE_NEIGHBOUR_H
#define MTC_LANGUAGE_NEIGHBOUR_H

#include "language/language.h"

typedef enum mtc_slip {
    MTC_SLIP_NONE,
    MTC_SLIP_DOUBLED,    /* reppresent; also a doubled letter written once: acommodate */
    MTC_SLIP_TRANSPOSED, /* locaetd */
    MTC_SLIP_DROPPED,    /* satement */
    MTC_SLIP_ADDED,      /* finanzce */
    MTC_SLIP_REPLACED,   /* stoems */
} mtc_slip;

enum { MTC_LONGEST_SLIP = 32 }; /* bytes of the longest form looked at */

typedef struct mtc_neighbour {
    mtc_slip slip;
    int16_t centibels; /* of the word */
    uint8_t length;
    char form[MTC_LONGEST_SLIP + 1];
} mtc_neighbour;

/* The likeliest word of the lexicon one slip away from a folded form of ASCII letters:
 * frequent ones before rare ones, doubled and swapped letters before replaced ones.
 * False: there is none. Costs a look at one bit for each of about
 * 50 · length candidates. */
bool mtc_neighbour_find(const mtc_language *language, mtc_str folded,
                        mtc_neighbour *ret_neighbour);

/* Are the two forms (ASCII or not, bytes) one slip apart? MTC_SLIP_NONE: no, or equal.
 * The slip is the one that makes `wrong` out of `right`; *ret_at is its byte in `right`.
 */
mtc_slip mtc_slip_between(mtc_str wrong, mtc_str right, size_t *ret_at);

#endif
