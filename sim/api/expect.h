/* `expect:` before a run (do the paths name metrics, in the right units?) and after it (are they met?). */
#ifndef OH_API_EXPECT_H
#define OH_API_EXPECT_H

#include "base/diag.h"
#include "measure/summary.h"
#include "scenario/scenario.h"

void oh_expect_check(const struct oh_scenario *scenario, const struct oh_layout *layout,
                     struct oh_diagnostics *diagnostics);

/* The metric of a path that a user wrote; false, and reported, if the run will not have it. */
bool oh_expect_path(const char *path, struct oh_place place, const struct oh_layout *layout,
                    struct oh_diagnostics *diagnostics, struct oh_arena *arena,
                    struct oh_metric_path *found);

/* Whether a quantity of `unit` can be held against a metric. */
bool oh_metric_takes(enum oh_metric_unit metric, enum oh_unit unit);

/* Fills in summary->expectations: by the point estimate; a metric without a value is inconclusive. */
void oh_expect_judge(const struct oh_scenario *scenario, struct oh_summary *summary);

#endif
