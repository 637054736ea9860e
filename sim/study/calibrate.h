/* Unknowns of a scenario found from what it is to give: the least sum of squared differences from the targets, each
 * counted in its tolerance. All evaluations meet the same callers, so what luck adds is nearly the same everywhere and
 * differences are due to the unknowns.
 *
 * Starts come from closed forms where theory knows something like the plan, from the scenario as it is, and from points
 * spread over the ranges; the best of them are improved by Levenberg and Marquardt's method (GSL's
 * gsl_multifit_nlinear). Between whole numbers the metrics are interpolated; at the end all whole numbers around are
 * tried, and what else is free is fitted anew for each. */
#ifndef OH_STUDY_CALIBRATE_H
#define OH_STUDY_CALIBRATE_H

#include "measure/calibration.h"
#include "plan/plan.h"
#include "study/run.h"

enum { OH_FIT_DIGITS = 5 }; /* that fitted values have, in their unit */

struct oh_free {
    double low, high; /* SI, low < high */
    double scale;     /* of the unit in which values are written, with OH_FIT_DIGITS digits */
    bool is_integral;
    double present; /* what the scenario says; NAN: unknown or out of the range */
};

struct oh_target {
    const char *path; /* of a metric that the plans have */
    double value, tolerance;
};

struct oh_calibrate_question {
    uint32_t n_free, n_targets;
    const struct oh_free *free;
    const struct oh_target *targets;
    /* The plan with these values of the unknowns; NULL: there is none. And what gives it back. */
    const struct oh_plan *(*plan)(void *context, const double *values);
    void (*release)(void *context, const struct oh_plan *plan);
    void *context;
    uint64_t most_evaluations; /* simulations of one plan each */
    struct oh_run_options run; /* replications, time, threads, stop, progress (by evaluations) */
};

/* Fills in what is about numbers: estimates, leeways, hits, directions and what follows from them, how it ended. The
 * lists have `n_fitted` and `n_hits` elements already. */
void oh_calibrate(const struct oh_calibrate_question *question, struct oh_calibration *found);

/* A value as it is written: OH_FIT_DIGITS digits in its unit, or a whole number. */
double oh_free_settle(const struct oh_free *free, double value);

#endif
