/* Continuous distributions with an inverse in closed form: uniform, triangular, lognormal, normal, weibull. */
#include <math.h>

#include "random/dist_kind.h"

static double zero(const struct oh_dist_body *dist) {
    return 0.0;
}

static double given_0(const struct oh_dist_body *dist) {
    return dist->given[0];
}

static double power(double x, int order) {
    return order == 1 ? x : x * x;
}

/* ---- uniform: low, high ---- */

static void ordered_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    const size_t last = dist->form->n - 1;
    const double *given = dist->given;
    const struct oh_dist_parameter *parameters = dist->form->parameters;
    for (size_t i = 1; i <= last; i++)
        if (given[i] < given[i - 1])
            oh_dist_reject(maker, i, OH_MSG_PARAMETERS_DISAGREE, NULL, "'%s' is below '%s'",
                           parameters[i].name, parameters[i - 1].name);
    if (given[0] == given[last])
        oh_dist_reject(maker, last, OH_MSG_PARAMETERS_DISAGREE,
                       "for one value, write constant(...)", "'%s' equals '%s'",
                       parameters[last].name, parameters[0].name);
}

/* Where the density jumps or bends. */
static void given_breaks(const struct oh_dist_body *dist, struct oh_dist_breaks *to) {
    for (size_t i = 0; i < dist->form->n; i++)
        oh_dist_breaks_add(to, dist->given[i]);
}

static double uniform_cdf(const struct oh_dist_body *dist, double x) {
    return fmin(1.0, (x - dist->given[0]) / (dist->given[1] - dist->given[0]));
}

static double uniform_partial(const struct oh_dist_body *dist, double x, int order) {
    const double low = dist->given[0], high = dist->given[1], to = fmin(x, high);
    const double mean = 0.5 * (low + to);
    const double moment = order == 1 ? mean : (low * low + low * to + to * to) / 3.0;
    return moment * (to - low) / (high - low);
}

static double uniform_variance(const struct oh_dist_body *dist) {
    return power(dist->given[1] - dist->given[0], 2) / 12.0;
}

static double uniform_inverse(const struct oh_dist_body *dist, double u) {
    return dist->given[0] + (dist->given[1] - dist->given[0]) * u;
}

const struct oh_dist_kind oh_dist_kind_uniform = {
    .prepare = ordered_prepare,
    .lower = given_0,
    .cdf = uniform_cdf,
    .partial = uniform_partial,
    .variance = uniform_variance,
    .inverse = uniform_inverse,
    .breaks = given_breaks,
};

/* ---- triangular: low, mode, high ---- */

static double triangular_survival(const struct oh_dist_body *dist, double x) {
    const double low = dist->given[0], mode = dist->given[1], high = dist->given[2];
    if (x < mode)
        return 1.0 - power(x - low, 2) / ((high - low) * (mode - low));
    return x >= high ? 0.0 : power(high - x, 2) / ((high - low) * (high - mode));
}

static double triangular_cdf(const struct oh_dist_body *dist, double x) {
    const double low = dist->given[0], mode = dist->given[1], high = dist->given[2];
    if (x < mode)
        return power(x - low, 2) / ((high - low) * (mode - low));
    return 1.0 - triangular_survival(dist, x);
}

/* Integral of t^order (t - from), t from `from` to `to`. */
static double ramp(double from, double to, int order) {
    const double width = to - from;
    if (order == 1)
        return width * width * (2.0 * to + from) / 6.0;
    return width * width * (3.0 * to * to + 2.0 * to * from + from * from) / 12.0;
}

/* On the falling side, E[X^order; X > x] is taken off the whole moment. */
static double triangular_partial(const struct oh_dist_body *dist, double x, int order) {
    const double low = dist->given[0], mode = dist->given[1], high = dist->given[2];
    const double sum = low + mode + high;
    if (x < mode)
        return ramp(low, x, order) * 2.0 / ((high - low) * (mode - low));
    const double whole =
        order == 1 ? sum / 3.0 : (sum * sum - (low * mode + low * high + mode * high)) / 6.0;
    if (x >= high)
        return whole;
    const double above = ramp(high, x, order) * 2.0 / ((high - low) * (high - mode));
    return whole - above;
}

static double triangular_variance(const struct oh_dist_body *dist) {
    const double low = dist->given[0], mode = dist->given[1], high = dist->given[2];
    const double a = mode - low, b = high - mode;
    return (a * a + a * b + b * b) / 18.0;
}

static double triangular_inverse(const struct oh_dist_body *dist, double u) {
    const double low = dist->given[0], mode = dist->given[1], high = dist->given[2];
    const double width = high - low;
    if (u * width < mode - low)
        return low + sqrt(u * width * (mode - low));
    return high - sqrt((1.0 - u) * width * (high - mode));
}

const struct oh_dist_kind oh_dist_kind_triangular = {
    .prepare = ordered_prepare,
    .lower = given_0,
    .cdf = triangular_cdf,
    .survival = triangular_survival,
    .partial = triangular_partial,
    .variance = triangular_variance,
    .inverse = triangular_inverse,
    .breaks = given_breaks,
};

/* ---- lognormal: mean, cv; or median, sigma ---- */

static void lognormal_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    const bool by_median = dist->form == &dist->row->forms[1];
    const double squared_cv = dist->given[1] * dist->given[1];
    dist->lognormal.median = by_median ? dist->given[0] : dist->given[0] / sqrt(1.0 + squared_cv);
    dist->lognormal.sigma = by_median ? dist->given[1] : sqrt(oh_log1p(squared_cv));
}

static double lognormal_z(const struct oh_dist_body *dist, double x) {
    return oh_log(x / dist->lognormal.median) / dist->lognormal.sigma;
}

static double lognormal_cdf(const struct oh_dist_body *dist, double x) {
    return oh_normal_cdf(lognormal_z(dist, x));
}

static double lognormal_survival(const struct oh_dist_body *dist, double x) {
    return oh_normal_cdf(-lognormal_z(dist, x));
}

static double lognormal_partial(const struct oh_dist_body *dist, double x, int order) {
    const double sigma = dist->lognormal.sigma, shift = order * sigma;
    const double moment = power(dist->lognormal.median, order) * oh_exp(0.5 * shift * shift);
    return x == INFINITY ? moment : moment * oh_normal_cdf(lognormal_z(dist, x) - shift);
}

static double lognormal_variance(const struct oh_dist_body *dist) {
    const double variance_of_log = power(dist->lognormal.sigma, 2);
    return power(lognormal_partial(dist, INFINITY, 1), 2) * oh_expm1(variance_of_log);
}

static double lognormal_inverse(const struct oh_dist_body *dist, double u) {
    return dist->lognormal.median * oh_exp(dist->lognormal.sigma * oh_normal_inverse(u));
}

static void lognormal_inverse_batch(const struct oh_dist_body *dist, double *u, size_t n) {
    for (size_t i = 0; i < n; i++)
        u[i] = dist->lognormal.sigma * oh_normal_inverse(u[i]);
    oh_exp_batch(u, n, u);
    for (size_t i = 0; i < n; i++)
        u[i] = dist->lognormal.median * u[i];
}

const struct oh_dist_kind oh_dist_kind_lognormal = {
    .prepare = lognormal_prepare,
    .lower = zero,
    .cdf = lognormal_cdf,
    .survival = lognormal_survival,
    .partial = lognormal_partial,
    .variance = lognormal_variance,
    .inverse = lognormal_inverse,
    .inverse_batch = lognormal_inverse_batch,
};

/* ---- normal: mean, sd, conditional on being at least 0 ---- */

static double normal_density(double z) {
    const double one_by_root_2_pi = 0.39894228040143267794;
    return isinf(z) ? 0.0 : one_by_root_2_pi * oh_exp(-0.5 * z * z);
}

static void normal_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    dist->normal.kept = oh_normal_cdf(dist->given[0] / dist->given[1]);
}

static double normal_survival(const struct oh_dist_body *dist, double x) {
    return oh_normal_cdf((dist->given[0] - x) / dist->given[1]) / dist->normal.kept;
}

static double normal_cdf(const struct oh_dist_body *dist, double x) {
    return fmax(0.0, 1.0 - normal_survival(dist, x));
}

/* Moments of a truncated normal distribution; z runs from a to b. */
static double normal_partial(const struct oh_dist_body *dist, double x, int order) {
    const double mean = dist->given[0], sd = dist->given[1];
    const double a = -mean / sd, b = (x - mean) / sd;
    const double mass = oh_normal_cdf(b) - oh_normal_cdf(a);
    const double fall = normal_density(a) - normal_density(b);
    if (order == 1)
        return (mean * mass + sd * fall) / dist->normal.kept;
    const double edges = a * normal_density(a) - (isinf(b) ? 0.0 : b * normal_density(b));
    return (mean * mean * mass + 2.0 * mean * sd * fall + sd * sd * (mass + edges)) /
           dist->normal.kept;
}

static double normal_variance(const struct oh_dist_body *dist) {
    const double mean = dist->given[0], sd = dist->given[1], ratio = mean / sd;
    const double hazard = normal_density(ratio) / dist->normal.kept;
    return sd * sd * (1.0 - ratio * hazard - hazard * hazard);
}

/* By the upper tail, where 1 - u is exact; the last bit may fall below 0. */
static double normal_inverse(const struct oh_dist_body *dist, double u) {
    const double z = oh_normal_inverse((1.0 - u) * dist->normal.kept);
    return fmax(0.0, dist->given[0] - dist->given[1] * z);
}

const struct oh_dist_kind oh_dist_kind_normal = {
    .prepare = normal_prepare,
    .lower = zero,
    .cdf = normal_cdf,
    .survival = normal_survival,
    .partial = normal_partial,
    .variance = normal_variance,
    .inverse = normal_inverse,
};

/* ---- weibull: shape, scale; shape, mean; or mean, cv ---- */

static double weibull_squared_cv(double shape) {
    return oh_expm1(oh_log_gamma(1.0 + 2.0 / shape) - 2.0 * oh_log_gamma(1.0 + 1.0 / shape));
}

/* The coefficient of variation falls with the shape: bisect its logarithm to the last bit. */
static double weibull_shape_of(double cv, double low, double high) {
    for (int i = 0; i < 200; i++) {
        const double middle = sqrt(low * high);
        if (weibull_squared_cv(middle) > cv * cv)
            low = middle;
        else
            high = middle;
    }
    return sqrt(low * high);
}

static void weibull_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    const size_t form = (size_t)(dist->form - dist->row->forms);
    dist->weibull.shape =
        form == 2 ? weibull_shape_of(dist->given[1], 0.05, 1000.0) : dist->given[0];
    const double unit_mean = oh_gamma(1.0 + 1.0 / dist->weibull.shape);
    const double scales[] = {dist->given[1], dist->given[1] / unit_mean,
                             dist->given[0] / unit_mean};
    dist->weibull.scale = scales[form];
}

static double weibull_hazard(const struct oh_dist_body *dist, double x) {
    return oh_pow(x / dist->weibull.scale, dist->weibull.shape);
}

static double weibull_cdf(const struct oh_dist_body *dist, double x) {
    return -oh_expm1(-weibull_hazard(dist, x));
}

static double weibull_survival(const struct oh_dist_body *dist, double x) {
    return oh_exp(-weibull_hazard(dist, x));
}

static double weibull_partial(const struct oh_dist_body *dist, double x, int order) {
    const double exponent = 1.0 + order / dist->weibull.shape;
    const double moment = power(dist->weibull.scale, order) * oh_gamma(exponent);
    if (x == INFINITY)
        return moment;
    return moment * oh_gamma_cdf(exponent, weibull_hazard(dist, x));
}

static double weibull_variance(const struct oh_dist_body *dist) {
    return power(weibull_partial(dist, INFINITY, 1), 2) * weibull_squared_cv(dist->weibull.shape);
}

/* exp(log / shape) instead of pow: a third of the time, 1e-15 of the value. */
static double weibull_inverse(const struct oh_dist_body *dist, double u) {
    return dist->weibull.scale * oh_exp(oh_log(-oh_log(1.0 - u)) / dist->weibull.shape);
}

static void weibull_inverse_batch(const struct oh_dist_body *dist, double *u, size_t n) {
    for (size_t i = 0; i < n; i++)
        u[i] = 1.0 - u[i];
    oh_log_batch(u, n, u);
    for (size_t i = 0; i < n; i++)
        u[i] = -u[i];
    oh_log_batch(u, n, u);
    for (size_t i = 0; i < n; i++)
        u[i] = u[i] / dist->weibull.shape;
    oh_exp_batch(u, n, u);
    for (size_t i = 0; i < n; i++)
        u[i] = dist->weibull.scale * u[i];
}

const struct oh_dist_kind oh_dist_kind_weibull = {
    .prepare = weibull_prepare,
    .lower = zero,
    .cdf = weibull_cdf,
    .survival = weibull_survival,
    .partial = weibull_partial,
    .variance = weibull_variance,
    .inverse = weibull_inverse,
    .inverse_batch = weibull_inverse_batch,
};
