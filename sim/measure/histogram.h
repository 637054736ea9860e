/* Wait histograms: counts by log-linear bucket of microseconds.
 *
 * Exactly 0 has a bucket of its own. Below 65.5 ms buckets are 512 us wide; above, each octave is cut into 128, so a
 * bucket is at most 1/128 = 0.78% of its value wide from 0.1 s on, up to 2^43 us (101 days); longer waits fall into
 * the last bucket. (The idea of cutting octaves evenly is that of HdrHistogram and fio.) */
#ifndef OH_MEASURE_HISTOGRAM_H
#define OH_MEASURE_HISTOGRAM_H

#include <stdint.h>

enum {
    OH_HIST_LINEAR_SHIFT = 9,
    OH_HIST_SUB_BITS = 7,
    OH_HIST_FIRST_OCTAVE = OH_HIST_LINEAR_SHIFT + OH_HIST_SUB_BITS, /* 2^16 us */
    OH_HIST_LAST_OCTAVE = 42,
    OH_HIST_BUCKETS =
        1 + (1 << OH_HIST_SUB_BITS) * (1 + OH_HIST_LAST_OCTAVE - OH_HIST_FIRST_OCTAVE + 1)
};

struct oh_histogram {
    uint32_t n[OH_HIST_BUCKETS];
};

static inline uint32_t oh_histogram_bucket(int64_t us) {
    if (us <= 0)
        return 0;
    uint64_t v = (uint64_t)us;
    if (v < (UINT64_C(1) << OH_HIST_FIRST_OCTAVE))
        return 1 + (uint32_t)(v >> OH_HIST_LINEAR_SHIFT);
    uint32_t octave = 63 - (uint32_t)__builtin_clzll(v);
    if (octave > OH_HIST_LAST_OCTAVE)
        return OH_HIST_BUCKETS - 1;
    uint32_t sub = (uint32_t)(v >> (octave - OH_HIST_SUB_BITS)) & ((1u << OH_HIST_SUB_BITS) - 1);
    return 1 + ((1 + octave - OH_HIST_FIRST_OCTAVE) << OH_HIST_SUB_BITS) + sub;
}

static inline void oh_histogram_add(struct oh_histogram *histogram, int64_t us) {
    histogram->n[oh_histogram_bucket(us)]++;
}

/* Lower and upper edge of a bucket in microseconds: values v with low <= v < high (bucket 0: v = 0, both 0; the last
 * bucket also holds all that is longer). */
int64_t oh_histogram_low(uint32_t bucket);
int64_t oh_histogram_high(uint32_t bucket);

/* The buckets in use, ascending, and their counts. */
struct oh_buckets {
    uint32_t n;
    struct {
        uint32_t bucket, count;
    } used[OH_HIST_BUCKETS];
};
void oh_histogram_read(const struct oh_histogram *histogram, struct oh_buckets *buckets);
void oh_histogram_sum(struct oh_histogram *histogram, const struct oh_buckets *buckets);

/* The smallest value that at least the share p of all values does not exceed. It is known to lie in `bucket`; within
 * it, values are taken to lie evenly. So it is off by less than the bucket's width. */
struct oh_quantile {
    uint32_t bucket;
    double within; /* 0 to 1: place between the bucket's edges */
    double us;
};
/* From cumulative counts [OH_HIST_BUCKETS], of which the last must not be 0. p is cut to 0..1. */
struct oh_quantile oh_histogram_quantile(const uint64_t *cumulative, double p);

/* How far, from 0 to 1, interpolation within a bucket cannot be trusted: the part of its count that is out of line
 * with its neighbours. 0 where counts run smoothly, 1 where one value stands alone (a constant, a cap). */
double oh_histogram_unevenness(const uint64_t *cumulative, uint32_t bucket);

#endif
