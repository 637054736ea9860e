/* Is the warm-up long enough? */
#ifndef OH_STUDY_WARM_UP_H
#define OH_STUDY_WARM_UP_H

#include "measure/summary.h"
#include "plan/plan.h"

/* Adds a warning to the summary where the start of the window still differs from the rest. Only of runs that have a
 * warm-up and are steady: nothing but luck changes over time. */
void oh_warm_up_check(const struct oh_plan *plan, const struct oh_tally *tally,
                      struct oh_summary *summary);

/* White 1997, An effective truncation heuristic for bias reduction in simulation output (MSER): how many of the first
 * values to leave out so that the mean of the rest is known best, by sum of squares / (values left)^2; at most half. */
uint32_t oh_mser(const double *values, uint32_t n);

#endif
