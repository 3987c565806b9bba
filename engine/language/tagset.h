/* tagset.h: the names that tags are made of, for whoever reads them from a file.
 * NULL-terminated lists, in the order of the enums where there is one. Static.
 */
#ifndef MTC_LANGUAGE_TAGSET_H
#define MTC_LANGUAGE_TAGSET_H

extern const char *const mtc_upos_names[];     /* by mtc_upos: "ADJ" … "X" */
extern const char *const mtc_relation_names[]; /* by mtc_relation: "dep" … "xcomp" */
extern const char *const mtc_xpos_names[];     /* of the Penn Treebank: "NN", "VBD" */
extern const char *const mtc_feature_names[];  /* of English: "Number=Sing" */

#endif
