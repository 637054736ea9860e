#include "measure/pool.h"

#include <math.h>

void oh_pool_add(struct oh_pool *pool, const struct oh_buckets *buckets, int64_t longest_us) {
    if (longest_us > pool->longest_us)
        pool->longest_us = longest_us;
    uint64_t all = 0;
    for (uint32_t i = 0; i < buckets->n; i++)
        all += buckets->used[i].count;
    double n = (double)all, c = 0;
    pool->sum_nn += n * n;
    for (uint32_t i = 0; i < buckets->n; i++) {
        uint32_t b = buckets->used[i].bucket;
        double k = buckets->used[i].count;
        pool->step[b].c += buckets->used[i].count;
        pool->step[b].cc += k * (2 * c + k); /* (c + k)^2 - c^2 */
        pool->step[b].cn += k * n;
        c += k;
    }
}

void oh_pool_read(const struct oh_pool *pool, uint64_t replications, struct oh_pooled *pooled) {
    uint64_t n = 0;
    for (uint32_t b = 0; b < OH_HIST_BUCKETS; b++) {
        n += pool->step[b].c;
        pooled->c[b] = n;
    }
    pooled->n = n;
    if (n == 0)
        return;
    pooled->longest_us = pool->longest_us > 0 ? (double)pool->longest_us : INFINITY;
    double r = (double)replications, cc = 0, cn = 0;
    double scale = replications < 2 ? 0 : r / (r - 1) / ((double)n * (double)n);
    for (uint32_t b = 0; b < OH_HIST_BUCKETS; b++) {
        cc += pool->step[b].cc;
        cn += pool->step[b].cn;
        double share = (double)pooled->c[b] / (double)n;
        double squares = cc - 2 * share * cn + share * share * pool->sum_nn;
        pooled->variance[b] = fmax(0, squares) * scale;
    }
}

/* Between the edges of a bucket the variance is taken to change evenly, as the share does. */
static double variance_at(const struct oh_pooled *pooled, struct oh_quantile at) {
    double before = at.bucket == 0 ? 0 : pooled->variance[at.bucket - 1];
    return before + at.within * (pooled->variance[at.bucket] - before);
}

/* Limits, as far out as values of the limit's bucket may lie: where its count is out of line with its neighbours, a
 * single value may hold it all, anywhere in the bucket. */
static double lower_limit(const struct oh_pooled *pooled, double p) {
    struct oh_quantile limit = oh_histogram_quantile(pooled->c, p);
    double edge = (double)oh_histogram_low(limit.bucket);
    return limit.us - oh_histogram_unevenness(pooled->c, limit.bucket) * (limit.us - edge);
}

static double upper_limit(const struct oh_pooled *pooled, double p) {
    struct oh_quantile limit = oh_histogram_quantile(pooled->c, p);
    double edge = (double)oh_histogram_high(limit.bucket);
    return limit.us + oh_histogram_unevenness(pooled->c, limit.bucket) * (edge - limit.us);
}

/* Woodruff 1952, Confidence intervals for medians and other position measures. */
struct oh_estimate oh_pooled_quantile(const struct oh_pooled *pooled, double p,
                                      const struct oh_level *level) {
    if (pooled->n == 0)
        return (struct oh_estimate){NAN, NAN, NAN};
    struct oh_quantile quantile = oh_histogram_quantile(pooled->c, p);
    double half = level->student * sqrt(variance_at(pooled, quantile));
    double most = pooled->longest_us; /* a bucket reaches beyond the largest value in it */
    double value = fmin(quantile.us, most);
    if (isnan(half))
        return (struct oh_estimate){value, NAN, NAN};
    return (struct oh_estimate){value, fmin(lower_limit(pooled, p - half), most),
                                fmin(upper_limit(pooled, p + half), most)};
}

double oh_pooled_share(const struct oh_pooled *pooled, double us) {
    uint32_t bucket = oh_histogram_bucket((int64_t)us);
    double low = (double)oh_histogram_low(bucket), high = (double)oh_histogram_high(bucket);
    double before = bucket == 0 ? 0 : (double)pooled->c[bucket - 1];
    double in = (double)pooled->c[bucket] - before;
    double within = bucket == 0 ? 1 : fmin(1, fmax(0, (us - low) / (high - low)));
    return (before + in * within) / (double)pooled->n;
}
