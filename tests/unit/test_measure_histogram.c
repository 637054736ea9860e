/* Histograms: edges, the error that is promised, quantiles against sorted data. */
#include "measure/histogram.h"
#include "test_measure_fixture.h"

static void every_bucket_holds_what_lies_between_its_edges(void **state) {
    for (uint32_t b = 0; b < OH_HIST_BUCKETS; b++) {
        int64_t low = oh_histogram_low(b), high = oh_histogram_high(b);
        assert_int_equal(oh_histogram_bucket(low), b);
        if (b > 0) {
            assert_true(high > low);
            assert_int_equal(oh_histogram_bucket(high - 1), b);
            assert_int_equal(oh_histogram_bucket(low - 1), b - 1);
        }
        if (b > 0 && b + 1 < OH_HIST_BUCKETS) {
            assert_int_equal(oh_histogram_bucket(high), b + 1);
            assert_int_equal(oh_histogram_low(b + 1), high);
        }
    }
}

static void edges_are_those_promised(void **state) {
    static const struct {
        int64_t us;
        int64_t low, high;
    } rows[] = {
        {-5, 0, 0},
        {0, 0, 0},
        {1, 1, 512},
        {511, 1, 512},
        {512, 512, 1024},
        {65535, 65024, 65536},
        {65536, 65536, 66048},
        {131072, 131072, 132096},
        {100000, 99840, 100352},
        {INT64_C(20000000), INT64_C(19922944), INT64_C(20054016)},
        {INT64_C(3600000000), INT64_C(3590324224), INT64_C(3607101440)},
        {INT64_C(1) << 50, (INT64_C(255) << 35), INT64_C(1) << 43},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t b = oh_histogram_bucket(rows[i].us);
        assert_int_equal(oh_histogram_low(b), rows[i].low);
        assert_int_equal(oh_histogram_high(b), rows[i].high);
    }
}

static void no_bucket_is_wider_than_a_128th_of_its_value_from_a_tenth_of_a_second(void **state) {
    for (uint32_t b = 1; b < OH_HIST_BUCKETS; b++) {
        double low = (double)oh_histogram_low(b), width = (double)oh_histogram_high(b) - low;
        if (low >= 0.1e6)
            assert_true(width <= low / 128);
        else
            assert_true(width <= 1024);
    }
}

static void buckets_in_use_are_found_wherever_they_are(void **state) {
    struct oh_histogram *histogram = calloc(1, sizeof *histogram), *again;
    struct oh_buckets *buckets = calloc(1, sizeof *buckets);
    again = calloc(1, sizeof *again);
    oh_histogram_read(histogram, buckets);
    assert_int_equal(buckets->n, 0);
    for (uint32_t b = 0; b < OH_HIST_BUCKETS; b++) {
        histogram->n[b] = 1 + b;
        oh_histogram_read(histogram, buckets);
        assert_int_equal(buckets->used[buckets->n - 1].bucket, b);
        assert_int_equal(buckets->used[buckets->n - 1].count, 1 + b);
        assert_int_equal(buckets->n, 1 + (b + 2) / 3); /* each third is left in */
        if (b % 3 != 0)
            histogram->n[b] = 0;
        assert_true(buckets->used[0].bucket == 0);
    }
    oh_histogram_read(histogram, buckets);
    oh_histogram_sum(again, buckets);
    assert_memory_equal(again, histogram, sizeof *histogram);
    free(buckets);
    free(histogram);
    free(again);
}

/* ---- quantiles ---- */

struct sample {
    size_t n;
    int64_t *us;
    uint64_t *cumulative;
};

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static struct sample sample_create(size_t n, int64_t (*draw)(uint64_t *), uint64_t *state) {
    struct sample sample = {n, malloc(n * sizeof *sample.us),
                            calloc(OH_HIST_BUCKETS, sizeof *sample.cumulative)};
    struct oh_histogram *histogram = calloc(1, sizeof *histogram);
    for (size_t i = 0; i < n; i++) {
        sample.us[i] = draw(state);
        oh_histogram_add(histogram, sample.us[i]);
    }
    uint64_t sum = 0;
    for (uint32_t b = 0; b < OH_HIST_BUCKETS; b++)
        sample.cumulative[b] = sum += histogram->n[b];
    free(histogram);
    qsort(sample.us, n, sizeof *sample.us, by_size);
    return sample;
}

static void sample_free(struct sample sample) {
    free(sample.us);
    free(sample.cumulative);
}

static int64_t draw_wait(uint64_t *state) {
    return draw_uniform(state) < 0.3 ? 0 : (int64_t)draw_exponential(state, 40e6);
}
static int64_t draw_any_size(uint64_t *state) {
    return (int64_t)exp2(43 * draw_uniform(state));
}
static int64_t draw_capped(uint64_t *state) {
    int64_t us = (int64_t)draw_exponential(state, 60e6);
    return us < 60000000 ? us : 60000000;
}

static void quantiles_lie_in_the_bucket_of_the_sorted_value(void **state) {
    static int64_t (*const draws[])(uint64_t *) = {draw_wait, draw_any_size, draw_capped};
    static const double ps[] = {0, 0.001, 0.1, 0.25, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1};
    static const size_t sizes[] = {1, 2, 3, 7, 10, 100, 999, 20000};
    uint64_t seed = 1;
    for (size_t i = 0; i < 3 * sizeof sizes / sizeof sizes[0] * 5; i++) {
        struct sample sample = sample_create(sizes[i / 15], draws[i % 3], &seed);
        double before = 0;
        for (size_t k = 0; k < sizeof ps / sizeof ps[0]; k++) {
            struct oh_quantile quantile = oh_histogram_quantile(sample.cumulative, ps[k]);
            size_t rank = (size_t)ceil(ps[k] * (double)sample.n - 1e-9);
            int64_t exact = sample.us[rank > 0 ? rank - 1 : 0];
            assert_int_equal(quantile.bucket, oh_histogram_bucket(exact));
            assert_true(fabs(quantile.us - (double)exact) <= fmax((double)exact / 128, 512));
            assert_true(quantile.us >= before);
            before = quantile.us;
        }
        sample_free(sample);
    }
}

static void quantiles_of_smooth_waits_are_far_better_than_a_bucket(void **state) {
    uint64_t seed = 2;
    struct sample sample = sample_create(1000000, draw_wait, &seed);
    for (int percent = 35; percent <= 99; percent++) {
        double p = percent / 100.0;
        size_t rank = (size_t)ceil(p * (double)sample.n);
        double exact = (double)sample.us[rank - 1];
        assert_close(oh_histogram_quantile(sample.cumulative, p).us, exact, 0.003, "quantile");
    }
    sample_free(sample);
}

static void unevenness_tells_a_constant_from_smooth_waits(void **state) {
    uint64_t seed = 3;
    struct sample sample = sample_create(1000000, draw_capped, &seed);
    uint32_t cap = oh_histogram_bucket(60000000);
    assert_true(oh_histogram_unevenness(sample.cumulative, cap) > 0.99);
    for (int64_t us = 5000000; us < 55000000; us += 5000000)
        assert_true(oh_histogram_unevenness(sample.cumulative, oh_histogram_bucket(us)) < 0.1);
    sample_free(sample);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bucket_holds_what_lies_between_its_edges),
        cmocka_unit_test(edges_are_those_promised),
        cmocka_unit_test(no_bucket_is_wider_than_a_128th_of_its_value_from_a_tenth_of_a_second),
        cmocka_unit_test(buckets_in_use_are_found_wherever_they_are),
        cmocka_unit_test(quantiles_lie_in_the_bucket_of_the_sorted_value),
        cmocka_unit_test(quantiles_of_smooth_waits_are_far_better_than_a_bucket),
        cmocka_unit_test(unevenness_tells_a_constant_from_smooth_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
