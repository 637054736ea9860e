/* Deterministic mathematics: right to the stated error, the same bits one by one and in batches, and the same bits
 * everywhere. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "random/luck.h"
/* The source itself: both vector widths are tested, whichever this processor would choose. */
#include "random/real.c" /* NOLINT(bugprone-suspicious-include) */

#define N_OF(array) (sizeof(array) / sizeof(array)[0])
enum { N = 20000 };

/* Values spread over many orders of magnitude, next to 1, and at the ends of what a uniform can be. */
static double *positive_values(void) {
    static double values[N];
    oh_luck_batch(1, 0, N, 0, 0, values, NULL);
    for (size_t i = 0; i < N; i += 4) {
        values[i] = pow(10.0, 600 * values[i] - 300);
        values[i + 1] = 1.0 + (values[i + 1] - 0.5) * pow(2.0, -(double)(i / 4 % 51));
    }
    values[2] = 0x1p-53;
    values[3] = 1.0 - 0x1p-53;
    values[6] = 1.0;
    values[7] = 0x1p-1040;
    return values;
}

static double ulps(double value, double exact) {
    return fabs(value - exact) / (nextafter(fabs(exact), INFINITY) - fabs(exact));
}

static void logarithm_is_right_within_its_bound(void **state) {
    const double *x = positive_values();
    for (size_t i = 0; i < N; i++)
        assert_true(ulps(oh_log(x[i]), log(x[i])) <= 4.0); /* libm's own error included */
    assert_true(oh_log(1.0) == 0.0);
    assert_true(oh_log(0.0) == -INFINITY);
    assert_true(oh_log(INFINITY) == INFINITY);
}

static void other_functions_are_right_within_their_bound(void **state) {
    for (size_t i = 0; i < N; i++) {
        const double x = 20 * oh_luck_uniform(2, (uint32_t)i, 0, 0) - 10;
        const double y = oh_luck_uniform(3, (uint32_t)i, 0, 0);
        assert_true(ulps(oh_exp(x), exp(x)) <= 2.0);
        assert_true(ulps(oh_sin(x), sin(x)) <= 2.0);
        assert_true(ulps(oh_cos(x), cos(x)) <= 2.0);
        assert_true(ulps(oh_pow(fabs(x), y), pow(fabs(x), y)) <= 2.0);
        assert_true(ulps(oh_log1p(y), log1p(y)) <= 2.0);
        assert_true(ulps(oh_expm1(y), expm1(y)) <= 2.0);
        assert_true(ulps(oh_gamma(fabs(x) + 0.01), tgamma(fabs(x) + 0.01)) <= 6.0);
    }
    assert_true(oh_exp(-INFINITY) == 0.0);
    assert_true(oh_exp(INFINITY) == INFINITY);
}

typedef size_t batch_function(const double *x, size_t n, double *y);
typedef double real_function(double x);

static void assert_batch(batch_function *batch, real_function *one, const double *x) {
    static double y[N];
    for (size_t n = 0; n < 20; n++) {
        memset(y, 0, sizeof y);
        const size_t done = batch(x + n, n, y);
        assert_true(done <= n);
        for (size_t i = 0; i < 20; i++)
            assert_true(y[i] == (i < done ? one(x[n + i]) : 0.0));
    }
    const size_t done = batch(x, N, y);
    for (size_t i = 0; i < done; i++) {
        const double expected = one(x[i]);
        assert_memory_equal(&y[i], &expected, sizeof expected);
    }
}

static size_t whole_log(const double *x, size_t n, double *y) {
    oh_log_batch(x, n, y);
    return n;
}
static size_t whole_exp(const double *x, size_t n, double *y) {
    oh_exp_batch(x, n, y);
    return n;
}

static void batches_give_the_same_bits_as_one_by_one(void **state) {
    const double *x = positive_values();
    static double exponents[N];
    for (size_t i = 0; i < N; i++)
        exponents[i] = 1600 * oh_luck_uniform(5, (uint32_t)i, 0, 0) - 800;
    assert_batch(whole_log, oh_log, x);
    assert_batch(whole_exp, oh_exp, exponents);
#ifdef __x86_64__
    assert_batch(log_by_two, oh_log, x);
    assert_batch(exp_by_two, oh_exp, exponents);
    if (__builtin_cpu_supports("avx")) {
        assert_batch(log_by_four, oh_log, x);
        assert_batch(exp_by_four, oh_exp, exponents);
    }
#endif
}

/* The variants without vectors are what other processors than x86-64 get. */
static void vectors_and_plain_variants_agree_to_the_bit(void **state) {
    static const double ends[] = {0.0,    -0.0,     1.0,      709.782712893384, 709.782712893385,
                                  -708.4, -745.13,  -745.14,  1e-320,           1e300,
                                  -1e300, INFINITY, -INFINITY};
    for (uint32_t i = 0; i < 200000; i++) {
        const double u = oh_luck_uniform(9, i, 0, 0);
        const double x = i < N_OF(ends) ? ends[i] : 1600 * u - 800;
        const double plain = Sleef_cinz_expd1_u10purec(x), ours = oh_exp(x);
        assert_memory_equal(&plain, &ours, sizeof ours);
    }
}

static void batch_may_work_in_place(void **state) {
    double x[37], y[37];
    oh_luck_batch(8, 0, 37, 0, 0, x, NULL);
    oh_log_batch(x, 37, y);
    oh_log_batch(x, 37, x);
    assert_memory_equal(x, y, sizeof x);
}

static void normal_quantile_is_that_of_gsl(void **state) {
    static const double ends[] = {0x1p-53, 1e-300, 1e-12, 0.075, 0.0749999, 0.5, 1.0 - 0x1p-53};
    for (size_t i = 0; i < N_OF(ends); i++)
        assert_true(fabs(oh_normal_inverse(ends[i]) - gsl_cdf_ugaussian_Pinv(ends[i])) <=
                    1e-14 * fabs(gsl_cdf_ugaussian_Pinv(ends[i])));
    for (uint32_t i = 0; i < N; i++) {
        const double u = oh_luck_uniform(4, i, 0, 0);
        const double x = oh_normal_inverse(u);
        assert_true(fabs(x - gsl_cdf_ugaussian_Pinv(u)) <= 1e-14 * (1e-3 + fabs(x)));
        assert_true(oh_normal_inverse(1.0 - u) == -x);
        assert_true(fabs(oh_normal_cdf(x) - u) <= 1e-15);
    }
}

static void normal_cdf_is_right_in_the_tail(void **state) {
    for (double x = -8; x <= 8; x += 0.01) {
        const double exact = gsl_cdf_ugaussian_P(x);
        assert_true(fabs(oh_normal_cdf(x) - exact) <= 1e-14 * exact);
    }
}

static void settling_rounds_to_12_digits(void **state) {
    assert_true(oh_settle(0.1 + 0.2) == 0.3);
    assert_true(oh_settle(1.0 / 3.0) == 0.333333333333);
    assert_true(oh_settle(-123456.7890123456) == -123456.789012);
    assert_true(oh_settle(0.0) == 0.0);
    assert_true(oh_settle(INFINITY) == INFINITY);
    const double settled = oh_settle(2.0 / 3.0e200);
    assert_true(oh_settle(settled) == settled);
}

static uint64_t hash_of(real_function *f, double low, double high) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (uint32_t i = 0; i < 4096; i++) {
        const double y = f(low + (high - low) * oh_luck_uniform(6, i, 0, 0));
        uint64_t bits;
        memcpy(&bits, &y, sizeof bits);
        hash = (hash ^ bits) * UINT64_C(0x100000001b3);
        hash ^= hash >> 29;
    }
    return hash;
}

static double square_root_of_2_to_the(double x) {
    return oh_pow(1.4142135623730951, x);
}

/* Made on x86-64 with gcc. Whatever the compiler, the processor, or the variants that libm chose: the same bits. */
static void bits_are_the_same_everywhere(void **state) {
    static const struct {
        real_function *f;
        double low, high;
        uint64_t hash;
    } rows[] = {
        {oh_log, 0.0, 1.0, UINT64_C(0x3882dbeeb492c15c)},
        {oh_log, 0.0, 1e6, UINT64_C(0x44f6c56b60f27b6c)},
        {oh_exp, -40.0, 40.0, UINT64_C(0x3e38817c958983cb)},
        {square_root_of_2_to_the, -40.0, 40.0, UINT64_C(0x224a86cad1d41e14)},
        {oh_sin, -100.0, 100.0, UINT64_C(0xd8faa7b0d20f33cf)},
        {oh_cos, -100.0, 100.0, UINT64_C(0x71b3b5e4201f0e69)},
        {oh_log1p, 0.0, 10.0, UINT64_C(0x3f16579fce359c84)},
        {oh_expm1, -1.0, 10.0, UINT64_C(0xaa40a3285b187a39)},
        {oh_gamma, 0.01, 20.0, UINT64_C(0xa643aac23c0ad378)},
        {oh_log_gamma, 0.01, 200.0, UINT64_C(0x9dfb3d9dad1fd6eb)},
        {oh_normal_cdf, -8.0, 8.0, UINT64_C(0x65e77949e30256b0)},
        {oh_normal_inverse, 0.0, 1.0, UINT64_C(0x006c44ef02c5a632)},
        {oh_normal_inverse, 0.0, 1e-12, UINT64_C(0xa57fe665cd3f29a5)},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        const uint64_t hash = hash_of(rows[i].f, rows[i].low, rows[i].high);
        if (hash != rows[i].hash)
            print_error("row %zu: UINT64_C(0x%016llx)\n", i, (unsigned long long)hash);
        assert_int_equal(hash, rows[i].hash);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithm_is_right_within_its_bound),
        cmocka_unit_test(other_functions_are_right_within_their_bound),
        cmocka_unit_test(batches_give_the_same_bits_as_one_by_one),
        cmocka_unit_test(vectors_and_plain_variants_agree_to_the_bit),
        cmocka_unit_test(batch_may_work_in_place),
        cmocka_unit_test(normal_quantile_is_that_of_gsl),
        cmocka_unit_test(normal_cdf_is_right_in_the_tail),
        cmocka_unit_test(settling_rounds_to_12_digits),
        cmocka_unit_test(bits_are_the_same_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
