/* budget.h: stop in time without reading the clock at every step.
 *
 * Whoever loops spends operations (about one for each token or hundred bytes looked at);
 * every STEP of them the caller's clock is asked once. Once expired it stays expired.
 */
#ifndef MTC_BASE_BUDGET_H
#define MTC_BASE_BUDGET_H

#include "mtcheck/mtcheck.h"

typedef struct mtc_budget {
    uint64_t (*now_us)(void *context); /* NULL: no deadline */
    void *context;
    uint64_t deadline_us;
    uint32_t left; /* operations until the clock is asked again */
    bool expired;
} mtc_budget;

enum { MTC_BUDGET_STEP = 2048 };

static inline mtc_budget mtc_budget_unlimited(void) {
    return (mtc_budget){.left = MTC_BUDGET_STEP};
}

/* MTC_OK while there is time, MTC_DEADLINE from the moment there is none. */
static inline mtc_status mtc_budget_spend(mtc_budget *budget, uint32_t operations) {
    if (budget->expired) return MTC_DEADLINE;
    if (operations < budget->left) {
        budget->left -= operations;
        return MTC_OK;
    }
    budget->left = MTC_BUDGET_STEP;
    if (budget->now_us == NULL || budget->now_us(budget->context) < budget->deadline_us) {
        return MTC_OK;
    }
    budget->expired = true;
    return MTC_DEADLINE;
}

#endif
