/* `expect:` before a run (do the paths name metrics, in the right units?) and after it (are they met?). */
#ifndef OH_API_EXPECT_H
#define OH_API_EXPECT_H

#include "base/diag.h"
#include "measure/summary.h"
#include "scenario/scenario.h"

void oh_expect_check(const struct oh_scenario *scenario, const struct oh_layout *layout,
                     struct oh_diagnostics *diagnostics);

/* Fills in summary->expectations: by the point estimate; a metric without a value is inconclusive. */
void oh_expect_judge(const struct oh_scenario *scenario, struct oh_summary *summary);

#endif
