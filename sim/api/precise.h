/* `run.precision` before a run: do the paths name metrics, in the right units? And what a study makes of it. */
#ifndef OH_API_PRECISE_H
#define OH_API_PRECISE_H

#include "base/arena.h"
#include "base/diag.h"
#include "scenario/scenario.h"
#include "study/precision.h"

/* The goals of a scenario, in the arena. A metric without a scope is the total's. What is wrong is reported and left
 * out. */
struct oh_goals oh_precise_goals(const struct oh_scenario *scenario, const struct oh_layout *layout,
                                 struct oh_diagnostics *diagnostics, struct oh_arena *arena);

/* The path of what a user wrote: a metric that stands alone is the total's. */
const char *oh_precise_path(const char *written, const struct oh_layout *layout,
                            struct oh_arena *arena);

/* Whether a margin can be held against a metric, and whether it is relative to its value, as a percentage of anything
 * but a share is. */
bool oh_margin_fits(const struct oh_margin *margin, enum oh_metric_unit unit, bool *is_relative);

#endif
