/* Intervals over replications: Student, delta method, rare events, what does not exist. */
#include "measure/interval.h"
#include "test_measure_fixture.h"

static struct oh_ratio ratio_of(const double *x, const double *y, size_t n) {
    struct oh_ratio ratio = {0};
    for (size_t i = 0; i < n; i++)
        oh_ratio_add(&ratio, x[i], y != NULL ? y[i] : 1, oh_step_of(i + 1));
    return ratio;
}

static struct oh_estimate mean_of(const double *x, size_t n) {
    struct oh_ratio ratio = ratio_of(x, NULL, n);
    struct oh_level level = oh_level_of(n, 0.95);
    return oh_ratio_estimate(&ratio, &level);
}

static void the_quantile_is_students(void **state) {
    /* Tables of Student's t, two-sided: 12.7062, 2.0930, 2.8609 and so on. */
    static const struct {
        uint64_t n;
        double confidence, student;
    } rows[] = {{2, 0.95, 12.7062047362},  {3, 0.95, 4.30265272975}, {20, 0.95, 2.09302405441},
                {20, 0.99, 2.86093460646}, {8, 0.9, 1.89457860509},  {1000, 0.95, 1.96234146113}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_close(oh_level_of(rows[i].n, rows[i].confidence).student, rows[i].student, 1e-11,
                     "quantile");
    assert_true(isnan(oh_level_of(1, 0.95).student));
    assert_true(isnan(oh_level_of(0, 0.95).student));
}

static void constants_from_libraries_have_twelve_digits(void **state) {
    for (uint64_t n = 2; n < 200; n++) {
        struct oh_level level = oh_level_of(n, 0.95);
        char digits[40];
        snprintf(digits, sizeof digits, "%.11e %.11e", level.student, level.rare);
        double student, rare;
        assert_int_equal(sscanf(digits, "%lf %lf", &student, &rare), 2);
        assert_true(student == level.student && rare == level.rare);
    }
}

static void a_mean_has_students_interval(void **state) {
    static const double x[] = {1, 2, 3, 4}; /* mean 2.5, variance 5/3, t = 3.18244630528 */
    struct oh_estimate mean = mean_of(x, 4);
    assert_close(mean.value, 2.5, 0, "mean");
    assert_close(mean.high, 2.5 + 3.18244630528 * sqrt(5.0 / 3 / 4), 1e-11, "high");
    assert_close(mean.low, 2.5 - 3.18244630528 * sqrt(5.0 / 3 / 4), 1e-11, "low");
}

static void moments_of_large_numbers_do_not_cancel(void **state) {
    static const double x[] = {1e15 + 1, 1e15 + 2, 1e15 + 3, 1e15 + 4};
    struct oh_ratio ratio = ratio_of(x, NULL, 4);
    assert_close(ratio.m_xx, 5, 1e-12, "sum of squares");
}

static void a_constant_mean_may_have_no_width(void **state) {
    static const double x[] = {7, 7, 7};
    struct oh_estimate mean = mean_of(x, 3);
    assert_true(mean.low == 7 && mean.value == 7 && mean.high == 7);
}

static void what_one_replication_cannot_tell_is_nan(void **state) {
    struct oh_ratio ratio = {0};
    oh_ratio_add(&ratio, 3, 4, oh_step_of(1));
    struct oh_level level = oh_level_of(1, 0.95);
    struct oh_estimate rows[] = {oh_ratio_estimate(&ratio, &level),
                                 oh_share_estimate(&ratio, 4, &level)};
    for (int i = 0; i < 2; i++)
        assert_true(rows[i].value == 0.75 && isnan(rows[i].low) && isnan(rows[i].high));
}

static void a_denominator_of_zero_gives_nan(void **state) {
    static const double zero[] = {0, 0, 0};
    struct oh_ratio ratio = ratio_of(zero, zero, 3), none = {0};
    struct oh_level level = oh_level_of(3, 0.95), empty = oh_level_of(0, 0.95);
    struct oh_estimate rows[] = {oh_ratio_estimate(&ratio, &level),
                                 oh_share_estimate(&ratio, 1, &level),
                                 oh_ratio_estimate(&none, &empty)};
    for (int i = 0; i < 3; i++)
        assert_true(isnan(rows[i].value) && isnan(rows[i].low) && isnan(rows[i].high));
}

/* ---- ratios ---- */

/* The variance of a ratio by leaving out one replication at a time (Quenouille, Tukey). */
static double jackknife_variance(const double *x, const double *y, size_t n) {
    double sum_x = 0, sum_y = 0, mean = 0, squares = 0;
    double *without = malloc(n * sizeof *without);
    for (size_t i = 0; i < n; i++) {
        sum_x += x[i];
        sum_y += y[i];
    }
    for (size_t i = 0; i < n; i++) {
        without[i] = (sum_x - x[i]) / (sum_y - y[i]);
        mean += without[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        squares += (without[i] - mean) * (without[i] - mean);
    free(without);
    return squares * (double)(n - 1) / (double)n;
}

/* Days of a centre: how busy a day is drives both how many call and which share is answered. */
static void draw_days(uint64_t *state, double *answered, double *offered, size_t n, double cv) {
    for (size_t i = 0; i < n; i++) {
        double busyness = exp(cv * draw_normal(state) - cv * cv / 2);
        offered[i] = round(1000 * busyness);
        double share = 0.9 / (1 + 0.3 * busyness * busyness);
        answered[i] =
            fmin(offered[i], fmax(0, round(offered[i] * share + 15 * draw_normal(state))));
    }
}

static void the_delta_method_agrees_with_the_jackknife(void **state) {
    static const struct {
        size_t n;
        double cv, within;
    } rows[] = {
        {20, 0.05, 0.05}, {20, 0.3, 0.25}, {200, 0.05, 0.01}, {200, 0.3, 0.06}, {2000, 0.3, 0.02}};
    uint64_t seed = 4;
    static double x[2000], y[2000];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int repeat = 0; repeat < 50; repeat++) {
            draw_days(&seed, x, y, rows[i].n, rows[i].cv);
            struct oh_ratio ratio = ratio_of(x, y, rows[i].n);
            double delta = oh_ratio_variance(&ratio, rows[i].n);
            double jackknife = jackknife_variance(x, y, rows[i].n);
            assert_close(sqrt(delta), sqrt(jackknife), rows[i].within, "standard error");
        }
    }
}

/* Shares of experiments in which the interval holds the truth, for the delta method and for the jackknife. */
struct coverage {
    double delta, jackknife;
};
static struct coverage cover(size_t n, double cv, double truth, int experiments) {
    uint64_t seed = 5;
    static double x[64], y[64];
    double student = oh_level_of(n, 0.95).student;
    struct coverage coverage = {0, 0};
    for (int e = 0; e < experiments; e++) {
        draw_days(&seed, x, y, n, cv);
        struct oh_ratio ratio = ratio_of(x, y, n);
        double error = fabs(ratio.sum_x / ratio.sum_y - truth);
        coverage.delta += error <= student * sqrt(oh_ratio_variance(&ratio, n));
        coverage.jackknife += error <= student * sqrt(jackknife_variance(x, y, n));
    }
    coverage.delta /= experiments;
    coverage.jackknife /= experiments;
    return coverage;
}

static double true_share(double cv) {
    uint64_t seed = 6;
    double sum_x = 0, sum_y = 0, x, y;
    for (int day = 0; day < 1000000; day++) {
        draw_days(&seed, &x, &y, 1, cv);
        sum_x += x;
        sum_y += y;
    }
    return sum_x / sum_y;
}

static void the_delta_method_covers_as_well_as_the_jackknife_at_twenty_replications(void **state) {
    static const struct {
        double cv;
        unsigned low, high; /* per mille: skewed days cost either method some */
    } rows[] = {{0.05, 940, 960}, {0.1, 940, 960}, {0.2, 925, 950}, {0.3, 900, 930}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct coverage coverage = cover(20, rows[i].cv, true_share(rows[i].cv), 8000);
        assert_in_range((uintmax_t)(1000 * coverage.delta), rows[i].low, rows[i].high);
        assert_true(fabs(coverage.delta - coverage.jackknife) < 0.006);
    }
}

static void a_ratio_that_never_varies_has_exactly_no_variance(void **state) {
    static const double y[] = {100, 733, 511, 92, 1e6 + 7};
    double x[5];
    for (int i = 0; i < 5; i++)
        x[i] = 3 * y[i];
    struct oh_ratio ratio = ratio_of(x, y, 5);
    assert_true(oh_ratio_variance(&ratio, 5) == 0);
    x[2] += 1;
    ratio = ratio_of(x, y, 5);
    assert_true(oh_ratio_variance(&ratio, 5) > 0);

    double sevenths[1000], thirds[1000]; /* the ratio is no double: cancellation leaves some ulps */
    uint64_t seed = 14;
    for (int i = 0; i < 1000; i++) {
        double k = floor(1e9 * draw_uniform(&seed));
        sevenths[i] = 7 * k;
        thirds[i] = 3 * k;
    }
    for (size_t n = 2; n <= 1000; n++) {
        ratio = ratio_of(sevenths, thirds, n);
        assert_true(oh_ratio_variance(&ratio, n) == 0);
    }

    double large[7]; /* beyond 2^53 sums are rounded: still no variance */
    for (int i = 0; i < 7; i++)
        large[i] = 12345678901234567.0;
    ratio = ratio_of(large, large, 7);
    assert_true(oh_ratio_variance(&ratio, 7) == 0);
    ratio = ratio_of(large, NULL, 7);
    assert_true(oh_ratio_variance(&ratio, 7) == 0);
}

/* ---- shares ---- */

static struct oh_estimate share_of(const double *x, const double *y, size_t n, double trials) {
    struct oh_ratio ratio = ratio_of(x, y, n);
    struct oh_level level = oh_level_of(n, 0.95);
    return oh_share_estimate(&ratio, trials, &level);
}

static void no_event_leaves_room_for_three_and_a_bit(void **state) {
    static const double none[] = {0, 0, 0}, y[] = {100, 100, 100};
    struct oh_estimate share = share_of(none, y, 3, 300);
    assert_true(share.value == 0 && share.low == 0);
    assert_close(share.high, 3.68887945411 / 300, 1e-11, "bound"); /* -ln 0.025 */
    assert_true(share.high >= 1 - pow(0.025, 1 / 300.0));          /* Clopper and Pearson's */
    assert_close(share_of(none, y, 3, 30).high, 3.68887945411 / 30, 1e-11, "fewer trials");
    assert_true(share_of(none, y, 3, 2).high == 1);
}

static void nothing_but_events_is_its_mirror(void **state) {
    static const double y[] = {100, 90, 110};
    struct oh_estimate share = share_of(y, y, 3, 300);
    assert_true(share.value == 1 && share.high == 1);
    assert_close(share.low, 1 - 3.68887945411 / 300, 1e-11, "bound");
}

static void equal_shares_in_all_replications_still_have_a_width(void **state) {
    static const double x[] = {25, 25, 25, 25}, y[] = {100, 100, 100, 100};
    struct oh_estimate share = share_of(x, y, 4, 400);
    /* Wilson with t = 3.18244630528, n = 400 */
    assert_close(share.low, 0.187848263116, 1e-11, "low");
    assert_close(share.high, 0.324499059382, 1e-11, "high");
    assert_true(share.value == 0.25);
}

static void limits_of_shares_stay_within_zero_and_one(void **state) {
    static const double few[] = {0, 0, 1, 0}, many[] = {9, 10, 10, 10}, y[] = {10, 10, 10, 10};
    struct oh_estimate low = share_of(few, y, 4, 40), high = share_of(many, y, 4, 40);
    assert_true(low.low == 0 && low.high > low.value && low.high < 0.2);
    assert_true(high.high == 1 && high.low < high.value && high.low > 0.8);
}

static void clusters_of_events_count_as_fewer(void **state) {
    /* In half of the replications all wait, in the other half none: as good as one event a replication. */
    static const double x[] = {100, 0, 100, 0, 100, 0, 100, 0},
                        y[] = {100, 100, 100, 100, 100, 100, 100, 100};
    struct oh_ratio ratio = ratio_of(x, y, 8);
    assert_close(oh_design_effect(&ratio, 8), 100 * 8.0 / 7, 1e-12, "clusters of 100");
    uint64_t seed = 7;
    double independent[400], hundred[400];
    for (int i = 0; i < 400; i++) {
        hundred[i] = 100;
        independent[i] = 0;
        for (int k = 0; k < 100; k++)
            independent[i] += draw_uniform(&seed) < 0.3;
    }
    ratio = ratio_of(independent, hundred, 400);
    assert_close(oh_design_effect(&ratio, 400), 1, 0.25, "independent events");
    ratio = ratio_of(hundred, hundred, 400);
    assert_true(oh_design_effect(&ratio, 400) == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_quantile_is_students),
        cmocka_unit_test(constants_from_libraries_have_twelve_digits),
        cmocka_unit_test(a_mean_has_students_interval),
        cmocka_unit_test(moments_of_large_numbers_do_not_cancel),
        cmocka_unit_test(a_constant_mean_may_have_no_width),
        cmocka_unit_test(what_one_replication_cannot_tell_is_nan),
        cmocka_unit_test(a_denominator_of_zero_gives_nan),
        cmocka_unit_test(the_delta_method_agrees_with_the_jackknife),
        cmocka_unit_test(the_delta_method_covers_as_well_as_the_jackknife_at_twenty_replications),
        cmocka_unit_test(a_ratio_that_never_varies_has_exactly_no_variance),
        cmocka_unit_test(no_event_leaves_room_for_three_and_a_bit),
        cmocka_unit_test(nothing_but_events_is_its_mirror),
        cmocka_unit_test(equal_shares_in_all_replications_still_have_a_width),
        cmocka_unit_test(limits_of_shares_stay_within_zero_and_one),
        cmocka_unit_test(clusters_of_events_count_as_fewer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
