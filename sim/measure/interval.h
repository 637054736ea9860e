/* Confidence intervals over replications, private to measure/. The order of additions is that of replications, so the
 * results are the same bytes for any number of threads; constants from libm and GSL are settled first. */
#ifndef OH_MEASURE_INTERVAL_H
#define OH_MEASURE_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/summary.h"

/* Constants of a set of n replications at a confidence level. */
struct oh_level {
    uint64_t n;
    double
        student; /* two-sided quantile with n - 1 degrees of freedom; NAN with fewer than two replications */
    double
        rare; /* -ln of half the error: so many events may be missed by a sample that shows none */
};
struct oh_level oh_level_of(uint64_t replications, double confidence);

/* Sums and centred co-moments of numerator and denominator over replications. */
struct oh_ratio {
    double sum_x, sum_y, m_xx, m_xy, m_yy;
};

/* The weight of the n-th addition (n from 1): the same for all ratios of a replication. */
struct oh_step {
    double n, weight; /* 1 / (n (n - 1)), 0 for the first */
};
struct oh_step oh_step_of(uint64_t n);

/* Youngs & Cramer 1971: as Welford's recurrence, but from plain sums, which are exact for integers below 2^53. */
static inline void oh_ratio_add(struct oh_ratio *ratio, double x, double y, struct oh_step step) {
    ratio->sum_x += x;
    ratio->sum_y += y;
    double dx = step.n * x - ratio->sum_x, dy = step.n * y - ratio->sum_y;
    ratio->m_xx += dx * dx * step.weight;
    ratio->m_xy += dx * dy * step.weight;
    ratio->m_yy += dy * dy * step.weight;
}

/* The variance of sum_x / sum_y by the delta method; exactly 0 where rounding is all that is left. */
double oh_ratio_variance(const struct oh_ratio *ratio, uint64_t n);

/* sum_x / sum_y with Student's t; all NAN where sum_y is 0, limits NAN with one replication. */
struct oh_estimate oh_ratio_estimate(const struct oh_ratio *ratio, const struct oh_level *level);

/* The same for a share of `trials` events: limits within 0 and 1, and never of width 0. Where replications show no
 * variance (no event, nothing but events), the interval is that of `trials` independent events. */
struct oh_estimate oh_share_estimate(const struct oh_ratio *ratio, double trials,
                                     const struct oh_level *level);

/* By what factor the variance of a share of events exceeds that of as many independent ones; at least 1. */
double oh_design_effect(const struct oh_ratio *ratio, uint64_t n);

#endif
