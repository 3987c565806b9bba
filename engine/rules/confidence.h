/* confidence.h: from a finding's evidence to the share of readers who would agree.
 *
 * Detectors say how strong their evidence is, in numbers of their own. A curve for each
 * rule (rules/en/confidence.yaml, made by bench/fit-confidence) turns that into the
 * measured share of true findings: straight between its knots, level beyond them, never
 * falling. A rule without a curve is believed as it says.
 */
#ifndef MTC_RULES_CONFIDENCE_H
#define MTC_RULES_CONFIDENCE_H

#include "rules/rule_set.h"

/* Evidence and confidence are from 0 to 1. Of rules about accuracy, evidence that the
 * detector itself does not call strong stays below MTC_SUSPICION: from the translation
 * alone an error of meaning can be suspected, not known. */
double mtc_confidence_of(const mtc_rule *rule, double evidence);

#define MTC_SUSPICION 0.6

#endif
