/* Heavy tails: pareto and loglogistic. Their means are infinite up to a shape of 1, their variances up to 2. */
#include <math.h>

#include "random/dist_kind.h"

/* The sets of parameters of both, in the order of the table: by the least value or the median, the mean, the scale. */
enum { BY_VALUE, BY_MEAN, BY_SCALE };

static const double PI = 3.14159265358979323846;

static size_t form_of(const struct oh_dist_body *dist) {
    return (size_t)(dist->form - dist->row->forms);
}

static double power(double x, int order) {
    return order == 1 ? x : x * x;
}

/* ---- pareto: low, shape; mean, shape; or shape, scale (scale is low) ---- */

static void pareto_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    const double *given = dist->given;
    const size_t form = form_of(dist);
    dist->pareto.shape = form == BY_SCALE ? given[0] : given[1];
    const double shape = dist->pareto.shape;
    dist->pareto.low = form == BY_MEAN    ? given[0] * ((shape - 1.0) / shape)
                       : form == BY_SCALE ? given[1]
                                          : given[0];
}

static double pareto_lower(const struct oh_dist_body *dist) {
    return dist->pareto.low;
}

static double pareto_survival(const struct oh_dist_body *dist, double x) {
    return oh_pow(dist->pareto.low / x, dist->pareto.shape);
}

static double pareto_cdf(const struct oh_dist_body *dist, double x) {
    return -oh_expm1(dist->pareto.shape * oh_log(dist->pareto.low / x));
}

static double pareto_partial(const struct oh_dist_body *dist, double x, int order) {
    const double low = dist->pareto.low, shape = dist->pareto.shape, excess = shape - order;
    if (x == INFINITY)
        return excess > 0 ? power(low, order) * shape / excess : INFINITY;
    const double log_ratio = oh_log(x / low);
    const double integral = excess == 0 ? log_ratio : -oh_expm1(-excess * log_ratio) / excess;
    return power(low, order) * shape * integral;
}

static void pareto_breaks(const struct oh_dist_body *dist, struct oh_dist_breaks *to) {
    oh_dist_breaks_add(to, dist->pareto.low);
}

static double pareto_inverse(const struct oh_dist_body *dist, double u) {
    return dist->pareto.low * oh_exp(-oh_log(1.0 - u) / dist->pareto.shape);
}

const struct oh_dist_kind oh_dist_kind_pareto = {
    .prepare = pareto_prepare,
    .lower = pareto_lower,
    .cdf = pareto_cdf,
    .survival = pareto_survival,
    .partial = pareto_partial,
    .inverse = pareto_inverse,
    .breaks = pareto_breaks,
};

/* ---- loglogistic: median, shape; mean, shape; or shape, scale (scale is the median) ---- */

static double zero(const struct oh_dist_body *dist) {
    return 0.0;
}

/* The mean of a median of 1; b is 1 / shape below 1. */
static double loglogistic_unit_mean(double b) {
    return PI * b / oh_sin(PI * b);
}

static void loglogistic_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    const double *given = dist->given;
    const size_t form = form_of(dist);
    dist->loglogistic.shape = form == BY_SCALE ? given[0] : given[1];
    const double shape = dist->loglogistic.shape;
    dist->loglogistic.median = form == BY_MEAN    ? given[0] / loglogistic_unit_mean(1.0 / shape)
                               : form == BY_SCALE ? given[1]
                                                  : given[0];
}

static double loglogistic_odds(const struct oh_dist_body *dist, double x) {
    return oh_pow(x / dist->loglogistic.median, dist->loglogistic.shape);
}

static double loglogistic_survival(const struct oh_dist_body *dist, double x) {
    return 1.0 / (1.0 + loglogistic_odds(dist, x));
}

static double loglogistic_cdf(const struct oh_dist_body *dist, double x) {
    return x <= 0 ? 0.0 : 1.0 / (1.0 + 1.0 / loglogistic_odds(dist, x));
}

/* Integral of exp(b s) times the logistic density of s, the logarithm of the odds, from where nothing is left below up
 * to `to`: Gauss-Legendre with 5 nodes on panels of width 1/4, good to 1e-13. */
static double logistic_integral(double b, double to) {
    static const double node[] = {0.0, 0.5384693101056831, 0.9061798459386640};
    static const double weight[] = {0.5688888888888889, 0.4786286704993665, 0.2369268850561891};
    double sum = 0;
    for (double right = to; right > -45.0; right -= 0.25)
        for (int i = -2; i <= 2; i++) {
            const int k = i < 0 ? -i : i;
            const double s = right - 0.125 + (i < 0 ? -0.125 : 0.125) * node[k];
            const double e = oh_exp(-fabs(s));
            sum += 0.125 * weight[k] * oh_exp(b * s) * e / ((1.0 + e) * (1.0 + e));
        }
    return sum;
}

static double loglogistic_partial(const struct oh_dist_body *dist, double x, int order) {
    const double b = order / dist->loglogistic.shape,
                 scale = power(dist->loglogistic.median, order);
    if (x == INFINITY)
        return b < 1 ? scale * loglogistic_unit_mean(b) : INFINITY;
    if (x <= 0)
        return 0.0;
    const double log_odds = dist->loglogistic.shape * oh_log(x / dist->loglogistic.median);
    return scale * logistic_integral(b, b < 1 ? fmin(log_odds, 45.0 / (1.0 - b)) : log_odds);
}

static double loglogistic_inverse(const struct oh_dist_body *dist, double u) {
    return dist->loglogistic.median * oh_exp(oh_log(u / (1.0 - u)) / dist->loglogistic.shape);
}

const struct oh_dist_kind oh_dist_kind_loglogistic = {
    .prepare = loglogistic_prepare,
    .lower = zero,
    .cdf = loglogistic_cdf,
    .survival = loglogistic_survival,
    .partial = loglogistic_partial,
    .inverse = loglogistic_inverse,
};
