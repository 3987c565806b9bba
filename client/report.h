/* report.h: a reply as people read it. */
#ifndef MTCHECK_REPORT_H
#define MTCHECK_REPORT_H

#include <stdio.h>

#include "reply.h"

typedef struct report_style {
    bool color;
    unsigned width; /* columns, at least 40 */
} report_style;

/* Prints the report on one article. `in` is the text that was checked: the places in
 * `from` must be those in it (reply_move_back has not been called). */
void report_print(FILE *out, const reply *from, const char *name, const input *in,
                  const char *title, report_style style);

/* The reply to health, stats, rules or version, as lines of text. */
void report_print_facts(FILE *out, const reply *from);

#endif
