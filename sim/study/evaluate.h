/* Targets at points of the unit cube of the unknowns: plans made, run on the same callers, and remembered. Private to the
 * calibration. */
#ifndef OH_STUDY_EVALUATE_H
#define OH_STUDY_EVALUATE_H

#include "study/calibrate.h"

/* What was simulated at settled values. */
struct oh_point {
    double x[OH_MOST_FREE];
    double metric[OH_MOST_TARGETS]; /* NAN: does not exist */
    double low[OH_MOST_TARGETS], high[OH_MOST_TARGETS];
    double covariance[OH_MOST_TARGETS][OH_MOST_TARGETS]; /* of the metrics, by luck */
};

struct oh_evaluator {
    const struct oh_calibrate_question *question;
    struct oh_point *points; /* in the order of their evaluation */
    size_t n, room;
    uint64_t most;     /* evaluations for now; some are kept back for the end */
    bool is_spent;     /* more were wanted */
    double deadline_s; /* on the monotonic clock */
    uint64_t contacts;
    enum oh_ending ending; /* OH_ENDED_ENOUGH, unless a simulation was stopped */
};

void oh_evaluator_init(struct oh_evaluator *e, const struct oh_calibrate_question *question);
void oh_evaluator_fini(struct oh_evaluator *e);

/* Between 0 and 1 from the low end of the range to the high one, and back: by ratios where both ends are above 0. */
double oh_free_value(const struct oh_free *free, double u);
double oh_free_place(const struct oh_free *free, double value);

/* Simulates whatever of `n` points u[0..n-1][n_free] is not known yet, side by side, as far as there are
 * evaluations left. false: not all of them are known then. */
bool oh_evaluate(struct oh_evaluator *e, double (*u)[OH_MOST_FREE], size_t n);

/* Differences from the targets in tolerances at a point that has been evaluated. */
void oh_residuals(const struct oh_evaluator *e, const double *u, double *residuals);
/* The sum of their squares of one point. */
double oh_misfit(const struct oh_evaluator *e, const struct oh_point *point);

#endif
