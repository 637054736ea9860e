/* What each replication adds to a metric's numerator and denominator. Plans that ran on the same callers can be compared
 * by it replication by replication, metrics regressed on others, and ratios stay ratios of sums.
 *
 * Memory grows with replications: 16 bytes for each metric of each scope. */
#ifndef OH_MEASURE_SERIES_H
#define OH_MEASURE_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "measure/summary.h"

/* Values x[i * stride] and y[i * stride] of replications i; times in microseconds. The metric is sum x / sum y. Valid
 * until the next replication is added. */
struct oh_series {
    uint64_t n;
    size_t stride;
    const double *x, *y;
    enum oh_metric_unit unit;
};

/* To be called before the first replication is added: keeps the values of all metrics but percentiles, and, of interval
 * rows, of the total's service_level, reached, abandonment and wait_answered.mean. */
void oh_tally_keep(struct oh_tally *tally);

/* The series of a path, and of an interval row of the total; false if it is not kept. */
bool oh_tally_series(const struct oh_tally *tally, const char *path, struct oh_series *series);
bool oh_tally_row_series(const struct oh_tally *tally, uint32_t row, const char *id,
                         struct oh_series *series);

/* Mean queue length of the interval rows, [replications][n_slots], of as many replications as were kept. */
const float *oh_tally_queue_rows(const struct oh_tally *tally, uint64_t *replications);

/* The metrics kept of interval rows; NULL behind the last. */
const char *oh_row_series_id(size_t ix);

/* The metric of a series, in its unit: seconds, share...; NAN if there is nothing to divide by. */
double oh_series_value(const struct oh_series *series);

/* The difference of a metric between two plans that ran on the same callers. */
struct oh_paired {
    double a, b;                   /* the metric of either */
    struct oh_estimate difference; /* b - a */
    double
        gain; /* by what factor the variance of b - a would be larger had the two not met the same callers; NAN where
                    nothing varies */
};

/* Over the replications that both have. Student's t on the linearised values, which the delta method makes of ratios; at
 * `confidence`. A share that never differs gets the bound of as many independent events. All NAN where either has no
 * value; limits NAN with one replication. */
struct oh_paired oh_series_compare(const struct oh_series *a, const struct oh_series *b,
                                   double confidence);

/* The same of independent replications, which may differ in number: Welch 1947, The generalization of 'Student's' problem
 * when several different population variances are involved. The gain is 1. */
struct oh_paired oh_series_welch(const struct oh_series *a, const struct oh_series *b,
                                 double confidence);

/* The standard error of the metric of a series; NAN with less than two replications. */
double oh_series_error(const struct oh_series *series);

/* The variance of b - a for one replication: n times that of the difference; 0 with less than two. */
double oh_series_variance(const struct oh_series *a, const struct oh_series *b);

/* The covariance of two metrics of one plan over all its replications (of the metrics, not of a replication's part in
 * them); NAN with less than two, or where either has no value. */
double oh_series_covariance(const struct oh_series *a, const struct oh_series *b);

/* By how many standard deviations of a metric its interval reaches to either side; NAN with less than two. */
double oh_student(uint64_t replications, double confidence);

#endif
