/* Percentiles with intervals: against sorted data, against moments worked out in full, and coverage. */
#include "measure/pool.h"
#include "test_measure_fixture.h"

struct replications {
    struct oh_pool *pool;
    struct oh_pooled *pooled;
    struct oh_histogram *histogram;
    int64_t longest_us; /* of the replication at hand; 0: not known */
    uint64_t n;
};

static struct replications replications_create(void) {
    return (struct replications){calloc(1, sizeof(struct oh_pool)),
                                 calloc(1, sizeof(struct oh_pooled)),
                                 calloc(1, sizeof(struct oh_histogram)), 0, 0};
}

static void replications_free(struct replications *replications) {
    free(replications->pool);
    free(replications->pooled);
    free(replications->histogram);
}

/* Adds what the histogram holds as one replication, and empties it. */
static void close_replication(struct replications *replications) {
    static struct oh_buckets buckets;
    oh_histogram_read(replications->histogram, &buckets);
    oh_pool_add(replications->pool, &buckets, replications->longest_us);
    replications->n++;
    memset(replications->histogram, 0, sizeof *replications->histogram);
}

static struct oh_estimate quantile(struct replications *replications, double p) {
    struct oh_level level = oh_level_of(replications->n, 0.95);
    oh_pool_read(replications->pool, replications->n, replications->pooled);
    return oh_pooled_quantile(replications->pooled, p, &level);
}

/* Waits of M/M/1, served in order (Lindley 1952), from equilibrium: P(W > t) = load e^{-(1 - load) t / mean}. They
 * depend on each other within a replication. */
static const double service_us = 100e6, load = 0.7;

static double exact_quantile(double p) {
    return p <= 1 - load ? 0 : service_us / (1 - load) * log(load / (1 - p));
}

static void draw_waits(uint64_t *seed, struct oh_histogram *histogram, int n) {
    double wait =
        draw_uniform(seed) < 1 - load ? 0 : draw_exponential(seed, service_us / (1 - load));
    for (int i = 0; i < n; i++) {
        oh_histogram_add(histogram, (int64_t)wait);
        wait += draw_exponential(seed, service_us) - draw_exponential(seed, service_us / load);
        wait = wait > 0 ? wait : 0;
    }
}

static void variance_of_each_bucket_is_that_of_a_ratio_over_replications(void **state) {
    enum { N = 30 };
    struct replications replications = replications_create();
    static uint32_t counts[N][OH_HIST_BUCKETS];
    uint64_t seed = 8;
    for (int r = 0; r < N; r++) {
        draw_waits(&seed, replications.histogram, 50 + 20 * r);
        memcpy(counts[r], replications.histogram->n, sizeof counts[r]);
        close_replication(&replications);
    }
    quantile(&replications, 0.5);
    double c[N] = {0}, n[N] = {0};
    for (int r = 0; r < N; r++)
        n[r] = 50 + 20 * r;
    for (uint32_t b = 0; b < OH_HIST_BUCKETS; b++) {
        struct oh_ratio ratio = {0};
        for (int r = 0; r < N; r++) {
            c[r] += counts[r][b];
            oh_ratio_add(&ratio, c[r], n[r], oh_step_of((uint64_t)r + 1));
        }
        double expected = oh_ratio_variance(&ratio, N);
        assert_int_equal(replications.pooled->c[b], ratio.sum_x);
        assert_true(fabs(replications.pooled->variance[b] - expected) <= 1e-9 * expected + 1e-20);
    }
    replications_free(&replications);
}

static void the_order_of_buckets_or_gaps_does_not_matter(void **state) {
    struct replications replications = replications_create();
    static const int64_t waits[3][4] = {{0, 1000000, 1000000, 5000000}, /* ends early */
                                        {2000000, 9000000, 90000000, 900000000},
                                        {0, 0, 0, 0}};
    for (int r = 0; r < 3; r++) {
        for (int i = 0; i < 4; i++)
            oh_histogram_add(replications.histogram, waits[r][i]);
        close_replication(&replications);
    }
    close_replication(&replications); /* one without any contact */
    assert_true(quantile(&replications, 5 / 12.0).value == 0);
    assert_true(fabs(quantile(&replications, 6 / 12.0).value - 1e6) < 1e6 / 128);
    assert_true(fabs(quantile(&replications, 8 / 12.0).value - 2e6) < 2e6 / 128);
    assert_true(fabs(quantile(&replications, 1).value - 900e6) < 900e6 / 128);
    uint32_t last = OH_HIST_BUCKETS - 1;
    assert_int_equal(replications.pooled->c[last], 12);
    assert_true(replications.pooled->variance[last] < 1e-18);
    replications_free(&replications);
}

static void no_value_no_percentile(void **state) {
    struct replications replications = replications_create();
    struct oh_estimate none = quantile(&replications, 0.9);
    assert_true(isnan(none.value) && isnan(none.low) && isnan(none.high));
    close_replication(&replications);
    close_replication(&replications);
    none = quantile(&replications, 0.9);
    assert_true(isnan(none.value) && isnan(none.low) && isnan(none.high));
    replications_free(&replications);
}

static void one_replication_has_a_value_and_no_limits(void **state) {
    struct replications replications = replications_create();
    oh_histogram_add(replications.histogram, 1000000);
    close_replication(&replications);
    struct oh_estimate median = quantile(&replications, 0.5);
    assert_true(fabs(median.value - 1e6) < 1e6 / 128);
    assert_true(isnan(median.low) && isnan(median.high));
    replications_free(&replications);
}

static void zero_waits_are_exactly_zero(void **state) {
    struct replications replications = replications_create();
    for (int r = 0; r < 5; r++) {
        for (int i = 0; i < 10; i++)
            oh_histogram_add(replications.histogram, 0);
        close_replication(&replications);
    }
    struct oh_estimate p99 = quantile(&replications, 0.99);
    assert_true(p99.value == 0 && p99.low == 0 && p99.high == 0);
    replications_free(&replications);
}

static void limits_reach_as_far_as_a_constant_may_lie_in_its_bucket(void **state) {
    /* All give up after the same time: whichever it is, each percentile's interval holds it. */
    uint64_t seed = 9;
    for (int i = 0; i < 300; i++) {
        int64_t constant = (int64_t)exp2(10 + 30 * draw_uniform(&seed));
        struct replications replications = replications_create();
        for (int r = 0; r < 4; r++) {
            for (int k = 0; k <= i % 7; k++)
                oh_histogram_add(replications.histogram, constant);
            close_replication(&replications);
        }
        for (int percent = 5; percent < 100; percent += 15) {
            struct oh_estimate estimate = quantile(&replications, percent / 100.0);
            assert_true(estimate.low <= (double)constant && (double)constant <= estimate.high);
            assert_true(estimate.low <= estimate.value && estimate.value <= estimate.high);
            assert_true(estimate.high - estimate.low <= fmax((double)constant / 128, 512));
        }
        replications_free(&replications);
    }
}

static void no_percentile_exceeds_the_largest_value(void **state) {
    /* Cut off at 600 s, which lies low in its bucket; the last replication's longest is shorter. */
    static const int64_t cap = 600000000, shorter = 597000000;
    for (int n = 1; n <= 4; n++) {
        struct replications replications = replications_create();
        for (int r = n - 1; r >= 0; r--) {
            replications.longest_us = r > 0 || n == 1 ? cap : shorter;
            for (int i = 0; i < 50; i++)
                oh_histogram_add(replications.histogram, replications.longest_us);
            close_replication(&replications);
        }
        struct oh_estimate p99 = quantile(&replications, 0.99);
        assert_true(p99.value == (double)cap);
        assert_true(n == 1 || (p99.low <= p99.value && p99.high == (double)cap));
        replications_free(&replications);
    }
}

/* Of `experiments` with `n` replications, the share whose interval holds the truth. */
struct target {
    double p;
    double truth;
    int held;
    double width; /* summed */
};

static void cover(uint64_t seed, int experiments, int n,
                  void (*draw)(uint64_t *, struct oh_histogram *), struct target *targets,
                  size_t n_targets) {
    for (int e = 0; e < experiments; e++) {
        struct replications replications = replications_create();
        for (int r = 0; r < n; r++) {
            draw(&seed, replications.histogram);
            close_replication(&replications);
        }
        for (size_t t = 0; t < n_targets; t++) {
            struct oh_estimate estimate = quantile(&replications, targets[t].p);
            targets[t].held +=
                estimate.low <= targets[t].truth && targets[t].truth <= estimate.high;
            targets[t].width += estimate.high - estimate.low;
        }
        replications_free(&replications);
    }
}

static void draw_dependent(uint64_t *seed, struct oh_histogram *histogram) {
    draw_waits(seed, histogram, 1000);
}

static void intervals_hold_the_truth_of_dependent_waits_as_often_as_they_say(void **state) {
    enum { EXPERIMENTS = 1200 };
    struct target targets[] = {{.p = 0.5, .truth = exact_quantile(0.5)},
                               {.p = 0.8, .truth = exact_quantile(0.8)},
                               {.p = 0.9, .truth = exact_quantile(0.9)},
                               {.p = 0.95, .truth = exact_quantile(0.95)}};
    cover(10, EXPERIMENTS, 40, draw_dependent, targets, 4);
    for (int t = 0; t < 4; t++)
        assert_in_range((uintmax_t)(1000 * targets[t].held / EXPERIMENTS), 930, 970);
}

static void draw_independent(uint64_t *seed, struct oh_histogram *histogram) {
    for (int i = 0; i < 4000; i++)
        oh_histogram_add(histogram, (int64_t)draw_exponential(seed, 60e6));
}

static void narrow_intervals_are_not_blown_up_by_buckets(void **state) {
    /* 80,000 waits: half widths of 1% and less, about that of a bucket. */
    enum { EXPERIMENTS = 800 };
    struct target targets[] = {{.p = 0.5, .truth = 60e6 * log(2)},
                               {.p = 0.9, .truth = 60e6 * log(10)},
                               {.p = 0.99, .truth = 60e6 * log(100)}};
    cover(11, EXPERIMENTS, 20, draw_independent, targets, 3);
    for (int t = 0; t < 3; t++) {
        assert_in_range((uintmax_t)(1000 * targets[t].held / EXPERIMENTS), 930, 975);
        double p = targets[t].p, density = (1 - p) / 60e6;
        double expected = 2 * 2.09302405441 * sqrt(p * (1 - p) / 80000) / density;
        assert_close(targets[t].width / EXPERIMENTS, expected, 0.07, "width");
    }
}

static void draw_capped(uint64_t *seed, struct oh_histogram *histogram) {
    for (int i = 0; i < 400; i++) {
        int64_t us = (int64_t)draw_exponential(seed, 60e6);
        oh_histogram_add(histogram, us < 120000000 ? us : 120000000);
    }
}

static void percentiles_at_and_beside_a_cap_are_held(void **state) {
    /* 13.5% wait until they are cut off at 120 s. */
    enum { EXPERIMENTS = 400 };
    struct target targets[] = {{.p = 0.86, .truth = 60e6 * log(1 / 0.14)},
                               {.p = 0.865, .truth = 120e6},
                               {.p = 0.87, .truth = 120e6},
                               {.p = 0.9, .truth = 120e6},
                               {.p = 0.99, .truth = 120e6}};
    cover(12, EXPERIMENTS, 20, draw_capped, targets, 5);
    for (int t = 0; t < 5; t++)
        assert_in_range((uintmax_t)(1000 * targets[t].held / EXPERIMENTS), 930, 1000);
    assert_int_equal(targets[3].held, EXPERIMENTS);
    assert_int_equal(targets[4].held, EXPERIMENTS);
}

static void shares_below_a_value_follow_the_counts(void **state) {
    struct replications replications = replications_create();
    for (int i = 0; i < 30; i++)
        oh_histogram_add(replications.histogram, i < 10 ? 0 : (int64_t)i * 1000000);
    close_replication(&replications);
    quantile(&replications, 0.5);
    assert_close(oh_pooled_share(replications.pooled, 0), 10 / 30.0, 1e-12, "zero waits");
    assert_close(oh_pooled_share(replications.pooled, 14.5e6), 15 / 30.0, 1e-12, "below 14.5 s");
    assert_close(oh_pooled_share(replications.pooled, 1e12), 1, 1e-12, "all");
    replications_free(&replications);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variance_of_each_bucket_is_that_of_a_ratio_over_replications),
        cmocka_unit_test(the_order_of_buckets_or_gaps_does_not_matter),
        cmocka_unit_test(no_value_no_percentile),
        cmocka_unit_test(one_replication_has_a_value_and_no_limits),
        cmocka_unit_test(zero_waits_are_exactly_zero),
        cmocka_unit_test(limits_reach_as_far_as_a_constant_may_lie_in_its_bucket),
        cmocka_unit_test(no_percentile_exceeds_the_largest_value),
        cmocka_unit_test(intervals_hold_the_truth_of_dependent_waits_as_often_as_they_say),
        cmocka_unit_test(narrow_intervals_are_not_blown_up_by_buckets),
        cmocka_unit_test(percentiles_at_and_beside_a_cap_are_held),
        cmocka_unit_test(shares_below_a_value_follow_the_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
