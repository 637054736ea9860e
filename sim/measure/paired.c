/* Differences between plans that ran on the same callers. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/text.h"
#include "measure/interval.h"
#include "measure/series.h"

/* Sums over the first n replications of a series. */
struct sums {
    double x, y;
};

static struct sums sums_of(const struct oh_series *series, uint64_t n) {
    struct sums sums = {0};
    for (uint64_t i = 0; i < n; i++) {
        sums.x += series->x[i * series->stride];
        sums.y += series->y[i * series->stride];
    }
    return sums;
}

static double per_unit(const struct oh_series *series) {
    return oh_metric_counts_per_unit(series->unit);
}

double oh_series_value(const struct oh_series *series) {
    struct sums sums = sums_of(series, series->n);
    return sums.y != 0 ? sums.x / sums.y / per_unit(series) : NAN;
}

/* A replication's part in the deviation of the ratio from its value (Cochran 1977, 6.3): their mean is 0. */
static double deviation(const struct oh_series *series, struct sums sums, uint64_t n, uint64_t i) {
    double x = series->x[i * series->stride], y = series->y[i * series->stride];
    return (x - sums.x / sums.y * y) * (double)n / sums.y;
}

struct squares {
    double a, b, difference; /* sums of squared deviations */
};

static struct squares squares_of(const struct oh_series *a, struct sums of_a,
                                 const struct oh_series *b, struct sums of_b, uint64_t n) {
    struct squares squares = {0};
    for (uint64_t i = 0; i < n; i++) {
        double in_a = deviation(a, of_a, n, i), in_b = deviation(b, of_b, n, i);
        squares.a += in_a * in_a;
        squares.b += in_b * in_b;
        squares.difference += (in_b - in_a) * (in_b - in_a);
    }
    double size = fabs(of_a.x / of_a.y) + fabs(of_b.x / of_b.y);
    double rounding = 1e-24 * (double)n * size * size + 1e-24 * (squares.a + squares.b);
    if (squares.difference <= rounding)
        squares.difference = 0;
    return squares;
}

static uint64_t least(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* Nobody's fate differed: with the chance of half the error, as many as rare / trials would have shown no difference. */
static double bound_of_unseen(struct sums of_a, struct sums of_b, const struct oh_level *level) {
    return fmin(1, level->rare / fmax(1, fmin(of_a.y, of_b.y)));
}

struct oh_paired oh_series_compare(const struct oh_series *a, const struct oh_series *b,
                                   double confidence) {
    uint64_t n = least(a->n, b->n);
    struct sums of_a = sums_of(a, n), of_b = sums_of(b, n);
    struct oh_paired paired = {NAN, NAN, {NAN, NAN, NAN}, NAN};
    if (of_a.y != 0)
        paired.a = of_a.x / of_a.y / per_unit(a);
    if (of_b.y != 0)
        paired.b = of_b.x / of_b.y / per_unit(b);
    paired.difference.value = paired.b - paired.a;
    if (n < 2 || isnan(paired.difference.value))
        return paired;
    struct oh_level level = oh_level_of(n, confidence);
    struct squares squares = squares_of(a, of_a, b, of_b, n);
    double r = (double)n;
    double half = level.student * sqrt(squares.difference / (r * (r - 1))) / per_unit(a);
    if (squares.difference > 0)
        paired.gain = (squares.a + squares.b) / squares.difference;
    else if (a->unit == OH_M_SHARE)
        half = bound_of_unseen(of_a, of_b, &level);
    paired.difference.low = paired.difference.value - half;
    paired.difference.high = paired.difference.value + half;
    return paired;
}

double oh_series_variance(const struct oh_series *a, const struct oh_series *b) {
    uint64_t n = least(a->n, b->n);
    struct sums of_a = sums_of(a, n), of_b = sums_of(b, n);
    if (n < 2 || of_a.y == 0 || of_b.y == 0)
        return 0;
    double per = per_unit(a);
    return squares_of(a, of_a, b, of_b, n).difference / (double)(n - 1) / (per * per);
}

double oh_series_covariance(const struct oh_series *a, const struct oh_series *b) {
    uint64_t n = least(a->n, b->n);
    struct sums of_a = sums_of(a, n), of_b = sums_of(b, n);
    if (n < 2 || of_a.y == 0 || of_b.y == 0)
        return NAN;
    double sum = 0, r = (double)n;
    for (uint64_t i = 0; i < n; i++)
        sum += deviation(a, of_a, n, i) * deviation(b, of_b, n, i);
    return sum / (r * (r - 1)) / (per_unit(a) * per_unit(b));
}

double oh_student(uint64_t replications, double confidence) {
    return oh_level_of(replications, confidence).student;
}

/* ---- independent replications ---- */

/* The variance of a ratio, in its unit. */
static double variance_of(const struct oh_series *series) {
    uint64_t n = series->n;
    struct sums sums = sums_of(series, n);
    if (n < 2 || sums.y == 0)
        return NAN;
    double squares = 0, per = per_unit(series), r = (double)n, size = sums.x / sums.y;
    for (uint64_t i = 0; i < n; i++) {
        double part = deviation(series, sums, n, i);
        squares += part * part;
    }
    if (squares <= 1e-24 * r * size * size)
        return 0;
    return squares / (r * (r - 1)) / (per * per);
}

double oh_series_error(const struct oh_series *series) {
    return sqrt(variance_of(series));
}

/* Welch-Satterthwaite. */
static double freedom_of(double of_a, double n_a, double of_b, double n_b) {
    double sum = of_a + of_b;
    return sum * sum / (of_a * of_a / (n_a - 1) + of_b * of_b / (n_b - 1));
}

struct oh_paired oh_series_welch(const struct oh_series *a, const struct oh_series *b,
                                 double confidence) {
    struct sums of_a = sums_of(a, a->n), of_b = sums_of(b, b->n);
    struct oh_paired paired = {oh_series_value(a), oh_series_value(b), {NAN, NAN, NAN}, 1};
    paired.difference.value = paired.b - paired.a;
    double in_a = variance_of(a), in_b = variance_of(b), half = 0;
    if (isnan(in_a + in_b))
        return paired;
    struct oh_level level = oh_level_of(least(a->n, b->n), confidence);
    if (in_a + in_b > 0)
        half = sqrt(in_a + in_b) *
               oh_number_settle(gsl_cdf_tdist_Qinv(
                   (1 - confidence) / 2, freedom_of(in_a, (double)a->n, in_b, (double)b->n)));
    else if (a->unit == OH_M_SHARE)
        half = bound_of_unseen(of_a, of_b, &level);
    paired.difference.low = paired.difference.value - half;
    paired.difference.high = paired.difference.value + half;
    return paired;
}
