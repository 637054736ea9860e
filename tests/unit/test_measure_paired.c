/* Differences of paired values, worked out by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "measure/comparison.h"

static struct oh_series series(const double *x, const double *y, uint64_t n,
                               enum oh_metric_unit unit) {
    return (struct oh_series){.n = n, .stride = 1, .x = x, .y = y, .unit = unit};
}

static void assert_near(double value, double exact) {
    if (!(fabs(value - exact) <= 1e-9 * fmax(1, fabs(exact))))
        fail_msg("%.12g is not %.12g", value, exact);
}

/* Students's quantile at 97.5% with 2 degrees of freedom. */
#define T_2 4.302652729911

static void means_differ_as_in_a_paired_t_test(void **state) {
    static const double ones[] = {1, 1, 1}, a[] = {10, 20, 30}, b[] = {13, 22, 31};
    struct oh_series of_a = series(a, ones, 3, OH_M_CONTACTS);
    struct oh_series of_b = series(b, ones, 3, OH_M_CONTACTS);
    struct oh_paired p = oh_series_compare(&of_a, &of_b, 0.95);
    assert_near(p.a, 20);
    assert_near(p.b, 22);
    assert_near(p.difference.value, 2); /* of 3, 2, 1: variance 1 */
    assert_near(p.difference.high - p.difference.value, T_2 / sqrt(3));
    assert_near(p.difference.value - p.difference.low, T_2 / sqrt(3));
    assert_near(p.gain, (200.0 + 162) / 2); /* sums of squares 200 and 162 against 2 */
    assert_near(oh_series_variance(&of_a, &of_b), 1);
    assert_int_equal(oh_paired_change(&p), OH_CHANGE_NONE); /* 2 - 2.48 < 0 */
}

/* 6/20 = 0.3 and 9/30 = 0.3: deviations (x - 0.3 y) n / sum y. */
static void ratios_differ_by_the_delta_method(void **state) {
    static const double xa[] = {2, 4}, ya[] = {10, 10}, xb[] = {6, 6}, yb[] = {10, 20};
    struct oh_series a = series(xa, ya, 2, OH_M_SHARE), b = series(xb, yb, 2, OH_M_SHARE);
    struct oh_paired p = oh_series_compare(&a, &b, 0.95);
    assert_near(p.a, 0.3);
    assert_near(p.b, 0.4);
    /* a: -1, 1 times 2 / 20; b: 2, -2 times 2 / 30 */
    double of_a = 0.1, of_b = 4.0 / 30, of_d = of_a + of_b;
    assert_near(p.gain, (of_a * of_a + of_b * of_b) / (of_d * of_d));
    assert_near(p.difference.high - 0.1,
                12.706204736432 * of_d); /* t, 1 degree; / sqrt(2) * sqrt(2) */
}

/* Equal errors of three each have 4 degrees of freedom; where one side does not vary, the other's count alone. */
static void means_differ_as_in_welchs_test(void **state) {
    static const double ones[] = {1, 1, 1, 1}, a[] = {0, 3, 6}, b[] = {1, 4, 7};
    static const double still[] = {5, 5, 5, 5};
    struct oh_series of_a = series(a, ones, 3, OH_M_CONTACTS);
    struct oh_series of_b = series(b, ones, 3, OH_M_CONTACTS);
    struct oh_series of_still = series(still, ones, 4, OH_M_CONTACTS);
    struct oh_paired p = oh_series_welch(&of_a, &of_b, 0.95);
    assert_near(p.difference.value, 1);
    assert_near(p.difference.high - 1, 2.776445105198 * sqrt(6));
    assert_near(1 - p.difference.low, 2.776445105198 * sqrt(6));
    p = oh_series_welch(&of_still, &of_b, 0.95);
    assert_near(p.difference.value, -1);
    assert_near(p.difference.high + 1, T_2 * sqrt(3));
    assert_near(oh_series_error(&of_b), sqrt(3));
    assert_near(oh_series_error(&of_still), 0);
    /* The same callers: nothing but the difference is left. */
    p = oh_series_compare(&of_a, &of_b, 0.95);
    assert_near(p.difference.high, 1);
}

/* Nothing was seen in either: a bound as of independent events, not certainty. */
static void welch_of_shares_without_an_event_is_not_certain(void **state) {
    static const double none[] = {0, 0}, of[] = {50, 50};
    struct oh_series share = series(none, of, 2, OH_M_SHARE);
    struct oh_paired p = oh_series_welch(&share, &share, 0.95);
    assert_near(p.difference.value, 0);
    assert_near(p.difference.high, -log(0.025) / 100);
}

static void only_replications_that_both_have_count(void **state) {
    static const double ones[] = {1, 1, 1, 1}, a[] = {10, 20, 30, 1000}, b[] = {13, 22, 31};
    struct oh_series of_a = series(a, ones, 4, OH_M_SECONDS);
    struct oh_series of_b = series(b, ones, 3, OH_M_SECONDS);
    struct oh_paired p = oh_series_compare(&of_a, &of_b, 0.95);
    assert_near(p.difference.value, 2e-6); /* seconds from microseconds */
    assert_near(p.difference.high - p.difference.value, T_2 / sqrt(3) * 1e-6);
}

static void what_never_differs_has_no_width_unless_it_is_a_share(void **state) {
    static const double x[] = {5, 8, 2}, y[] = {10, 10, 10}, ones[] = {1, 1, 1};
    struct oh_series share = series(x, y, 3, OH_M_SHARE), count = series(x, ones, 3, OH_M_CONTACTS);
    struct oh_paired p = oh_series_compare(&count, &count, 0.95);
    assert_true(p.difference.low == 0 && p.difference.high == 0 && isnan(p.gain));
    p = oh_series_compare(&share, &share, 0.95);
    assert_near(p.difference.high, -log(0.025) / 30); /* none of 30 */
    assert_near(p.difference.low, log(0.025) / 30);
    assert_int_equal(oh_paired_change(&p), OH_CHANGE_NONE);
}

static void what_does_not_exist_stays_so(void **state) {
    static const double x[] = {1, 2}, y[] = {1, 1}, none[] = {0, 0};
    struct oh_series some = series(x, y, 2, OH_M_SECONDS), no = series(none, none, 2, OH_M_SECONDS);
    struct oh_paired p = oh_series_compare(&some, &no, 0.95);
    assert_true(!isnan(p.a) && isnan(p.b) && isnan(p.difference.value) && isnan(p.difference.low));
    some.n = 1;
    p = oh_series_compare(&some, &some, 0.95);
    assert_true(p.difference.value == 0 && isnan(p.difference.low));
    assert_int_equal(oh_paired_change(&p), OH_CHANGE_UNKNOWN);
}

static void better_is_judged_by_the_sense_of_the_metric(void **state) {
    struct oh_paired more = {1, 3, {2, 1, 3}, 1}, less = {3, 1, {-2, -3, -1}, 1};
    struct oh_paired none = {1, 1, {0, -1, 1}, 1};
    assert_int_equal(oh_paired_gain_or_loss(&more, oh_metric_sense("reached")), 1);
    assert_int_equal(oh_paired_gain_or_loss(&more, oh_metric_sense("wait_answered.mean")), -1);
    assert_int_equal(oh_paired_gain_or_loss(&less, oh_metric_sense("abandonment")), 1);
    assert_int_equal(oh_paired_gain_or_loss(&less, oh_metric_sense("service_level.offered")), -1);
    assert_int_equal(oh_paired_gain_or_loss(&more, oh_metric_sense("occupancy")), 0);
    assert_int_equal(oh_paired_gain_or_loss(&none, oh_metric_sense("reached")), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(means_differ_as_in_a_paired_t_test),
        cmocka_unit_test(ratios_differ_by_the_delta_method),
        cmocka_unit_test(means_differ_as_in_welchs_test),
        cmocka_unit_test(welch_of_shares_without_an_event_is_not_certain),
        cmocka_unit_test(only_replications_that_both_have_count),
        cmocka_unit_test(what_never_differs_has_no_width_unless_it_is_a_share),
        cmocka_unit_test(what_does_not_exist_stays_so),
        cmocka_unit_test(better_is_judged_by_the_sense_of_the_metric),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
