/* Percentiles with intervals from constant memory, private to measure/.
 *
 * Let c be a replication's count up to the end of a bucket and n its count of all. A pool keeps the sums over
 * replications of c, c^2 and c n for each bucket, from which follow the share c / n of all replications together and,
 * by the delta method, its variance. They are kept as differences from bucket to bucket, which are 0 wherever a
 * replication has an empty bucket, so that adding a replication costs a few additions for each bucket that it uses. */
#ifndef OH_MEASURE_POOL_H
#define OH_MEASURE_POOL_H

#include <stdint.h>

#include "measure/histogram.h"
#include "measure/interval.h"

struct oh_pool {
    double sum_nn;
    int64_t longest_us; /* exact; 0 where it is not known or all values are 0 */
    struct {
        uint64_t c;
        double cc, cn;
    } step[OH_HIST_BUCKETS];
};

/* `longest_us` is the largest value of the replication: no percentile exceeds the largest of all. 0: not known. */
void oh_pool_add(struct oh_pool *pool, const struct oh_buckets *buckets, int64_t longest_us);

/* A pool made ready to be read: running sums in place of differences. */
struct oh_pooled {
    uint64_t n;        /* values in all; nothing else is set where it is 0 */
    double longest_us; /* INFINITY where it is not known */
    uint64_t c[OH_HIST_BUCKETS];
    double variance[OH_HIST_BUCKETS]; /* of the share up to the end of the bucket */
};
void oh_pool_read(const struct oh_pool *pool, uint64_t replications, struct oh_pooled *pooled);

/* The p-th quantile in microseconds, with Woodruff's interval: the interval of the share at the estimate, read back
 * as values, and moved out by what the buckets leave open, but never beyond the largest value. All NAN where there is no value. */
struct oh_estimate oh_pooled_quantile(const struct oh_pooled *pooled, double p,
                                      const struct oh_level *level);

/* The share of values below `us`, values taken to lie evenly within their bucket; bucket 0 counts as below. */
double oh_pooled_share(const struct oh_pooled *pooled, double us);

#endif
