#include "measure/histogram.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"

static const uint32_t per_octave = UINT32_C(1) << OH_HIST_SUB_BITS;

int64_t oh_histogram_low(uint32_t bucket) {
    OH_ARGUMENT(bucket < OH_HIST_BUCKETS);
    if (bucket <= 1)
        return bucket;
    uint32_t part = (bucket - 1) >> OH_HIST_SUB_BITS, sub = (bucket - 1) & (per_octave - 1);
    if (part == 0)
        return (int64_t)sub << OH_HIST_LINEAR_SHIFT;
    return (int64_t)(per_octave + sub) << (OH_HIST_LINEAR_SHIFT + part - 1);
}

int64_t oh_histogram_high(uint32_t bucket) {
    OH_ARGUMENT(bucket < OH_HIST_BUCKETS);
    if (bucket == 0)
        return 0;
    if (bucket == OH_HIST_BUCKETS - 1)
        return INT64_C(1) << (OH_HIST_LAST_OCTAVE + 1);
    return oh_histogram_low(bucket + 1);
}

/* Most buckets are empty: eight at a time are passed over. */
void oh_histogram_read(const struct oh_histogram *histogram, struct oh_buckets *buckets) {
    enum { BLOCK = 8, PAIRS = BLOCK / 2 };
    uint32_t n = 0;
    for (uint32_t first = 0; first < OH_HIST_BUCKETS; first += BLOCK) {
        uint32_t end = first + BLOCK;
        if (end <= OH_HIST_BUCKETS) {
            uint64_t pair[PAIRS];
            memcpy(pair, histogram->n + first, sizeof pair);
            if ((pair[0] | pair[1] | pair[2] | pair[3]) == 0)
                continue;
        }
        for (uint32_t b = first; b < end && b < OH_HIST_BUCKETS; b++) {
            if (histogram->n[b] == 0)
                continue;
            buckets->used[n].bucket = b;
            buckets->used[n++].count = histogram->n[b];
        }
    }
    buckets->n = n;
}

void oh_histogram_sum(struct oh_histogram *histogram, const struct oh_buckets *buckets) {
    for (uint32_t i = 0; i < buckets->n; i++)
        histogram->n[buckets->used[i].bucket] += buckets->used[i].count;
}

/* The first bucket by whose end at least `rank` values are counted. */
static uint32_t bucket_of_rank(const uint64_t *cumulative, double rank) {
    uint32_t low = 0, high = OH_HIST_BUCKETS - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((double)cumulative[middle] >= rank)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static uint64_t count_before(const uint64_t *cumulative, uint32_t bucket) {
    return bucket == 0 ? 0 : cumulative[bucket - 1];
}

static uint64_t count_in(const uint64_t *cumulative, uint32_t bucket) {
    return cumulative[bucket] - count_before(cumulative, bucket);
}

struct oh_quantile oh_histogram_quantile(const uint64_t *cumulative, double p) {
    uint64_t n = cumulative[OH_HIST_BUCKETS - 1];
    OH_ARGUMENT(n > 0);
    double rank = fmin(fmax(p, 0), 1) * (double)n;
    struct oh_quantile quantile = {0};
    /* At rank 0 any positive rank below 1 finds the first bucket that is not empty. */
    quantile.bucket = bucket_of_rank(cumulative, rank > 0 ? rank : 0.5);
    double low = (double)oh_histogram_low(quantile.bucket);
    double high = (double)oh_histogram_high(quantile.bucket);
    quantile.within = (rank - (double)count_before(cumulative, quantile.bucket)) /
                      (double)count_in(cumulative, quantile.bucket);
    quantile.us = low + quantile.within * (high - low);
    return quantile;
}

static double width(uint32_t bucket) {
    return (double)(oh_histogram_high(bucket) - oh_histogram_low(bucket));
}

double oh_histogram_unevenness(const uint64_t *cumulative, uint32_t bucket) {
    double count = (double)count_in(cumulative, bucket);
    if (bucket == 0 || count == 0)
        return bucket == 0 ? 0 : 1;
    double density = 0, neighbours = 0;
    if (bucket > 1) {
        density += (double)count_in(cumulative, bucket - 1) / width(bucket - 1);
        neighbours++;
    }
    if (bucket + 1 < OH_HIST_BUCKETS) {
        density += (double)count_in(cumulative, bucket + 1) / width(bucket + 1);
        neighbours++;
    }
    return fmin(1, fabs(count - density / neighbours * width(bucket)) / count);
}
