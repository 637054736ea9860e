/* The gamma family: exponential, erlang, gamma. Moments and cdf are those of the gamma distribution. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "random/dist_kind.h"

static double lower(const struct oh_dist_body *dist) {
    return 0.0;
}

/* Beyond this the survival function is below 1e-160, and GSL may complain of underflow. */
static bool is_far_out(double shape, double x) {
    return x > 750.0 + 2.0 * shape;
}

double oh_gamma_cdf(double shape, double x) {
    return is_far_out(shape, x) ? 1.0 : gsl_cdf_gamma_P(x, shape, 1.0);
}

static double gamma_cdf(const struct oh_dist_body *dist, double x) {
    return oh_gamma_cdf(dist->gamma.shape, x / dist->gamma.scale);
}

static double gamma_survival(const struct oh_dist_body *dist, double x) {
    const double shape = dist->gamma.shape, y = x / dist->gamma.scale;
    return is_far_out(shape, y) ? 0.0 : gsl_cdf_gamma_Q(y, shape, 1.0);
}

/* x^order times the density is again a gamma density, its shape larger by the order. */
static double gamma_partial(const struct oh_dist_body *dist, double x, int order) {
    const double shape = dist->gamma.shape, scale = dist->gamma.scale;
    const double moment = order == 1 ? shape * scale : shape * scale * (shape * scale + scale);
    return x == INFINITY ? moment : moment * oh_gamma_cdf(shape + order, x / scale);
}

static double gamma_variance(const struct oh_dist_body *dist) {
    return dist->gamma.shape * dist->gamma.scale * dist->gamma.scale;
}

static void exponential_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    dist->gamma.shape = 1.0;
    dist->gamma.scale = dist->given[0];
}

static double exponential_cdf(const struct oh_dist_body *dist, double x) {
    return -oh_expm1(-x / dist->gamma.scale);
}

static double exponential_survival(const struct oh_dist_body *dist, double x) {
    return oh_exp(-x / dist->gamma.scale);
}

/* Drawn by its shortcut; this says that it has an inverse. */
static double exponential_inverse(const struct oh_dist_body *dist, double u) {
    return -dist->gamma.scale * oh_log(1.0 - u);
}

const struct oh_dist_kind oh_dist_kind_exponential = {
    .prepare = exponential_prepare,
    .lower = lower,
    .cdf = exponential_cdf,
    .survival = exponential_survival,
    .partial = gamma_partial,
    .variance = gamma_variance,
    .inverse = exponential_inverse,
};

static void erlang_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    dist->gamma.shape = dist->given[0];
    dist->gamma.scale = dist->given[1] / dist->given[0];
}

/* A sum of k exponentials is minus the logarithm of a product of k uniforms. No uniform is below 2^-53, so a product of
 * 16 does not underflow. The first one is reversed, so that k = 1 is the exponential to the bit. */
static double erlang_draw(const struct oh_dist_body *dist, double uniform, oh_key key,
                          uint32_t item, uint32_t ordinal, uint32_t purpose) {
    enum { SAFE = 16 };
    const int k = (int)dist->given[0];
    struct oh_luck luck = oh_luck_at(key, item, ordinal, purpose);
    if (k > 1)
        oh_luck_next(&luck);
    double product = 1.0 - uniform, sum = 0.0;
    for (int i = 1; i < k; i++) {
        if (i % SAFE == 0) {
            sum += oh_log(product);
            product = 1.0;
        }
        product *= oh_luck_next(&luck);
    }
    return -dist->gamma.scale * (sum + oh_log(product));
}

const struct oh_dist_kind oh_dist_kind_erlang = {
    .prepare = erlang_prepare,
    .lower = lower,
    .cdf = gamma_cdf,
    .survival = gamma_survival,
    .partial = gamma_partial,
    .variance = gamma_variance,
    .draw = erlang_draw,
};

static void gamma_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    const bool by_shape = dist->form == &dist->row->forms[1];
    const double squared_cv = dist->given[1] * dist->given[1];
    dist->gamma.shape = by_shape ? dist->given[0] : 1.0 / squared_cv;
    dist->gamma.scale = by_shape ? dist->given[1] : dist->given[0] * squared_cv;
    const double shape = dist->gamma.shape;
    dist->gamma.d = (shape < 1.0 ? shape + 1.0 : shape) - 1.0 / 3.0;
    dist->gamma.inverse_9d = 1.0 / sqrt(9.0 * dist->gamma.d);
}

/* G. Marsaglia, W. Tsang: A simple method for generating gamma variables, ACM TOMS 26 (2000); below shape 1 with their
 * boost: a value of shape + 1 times a power of a uniform. The normal variate is the inverse at the address's first
 * uniform, so that in the 95% and more of cases where the first one is accepted the value rises with it. */
static double gamma_draw(const struct oh_dist_body *dist, double uniform, oh_key key, uint32_t item,
                         uint32_t ordinal, uint32_t purpose) {
    const double d = dist->gamma.d;
    struct oh_luck luck = oh_luck_at(key, item, ordinal, purpose);
    oh_luck_next(&luck);
    for (double u = uniform;; u = oh_luck_next(&luck)) {
        const double z = oh_normal_inverse(u);
        const double root = 1.0 + dist->gamma.inverse_9d * z;
        if (root <= 0.0)
            continue;
        const double v = root * root * root, w = oh_luck_next(&luck), z2 = z * z;
        if (w >= 1.0 - 0.0331 * z2 * z2 && oh_log(w) >= 0.5 * z2 + d * (1.0 - v + oh_log(v)))
            continue;
        const double value = d * v * dist->gamma.scale;
        if (dist->gamma.shape >= 1.0)
            return value;
        return value * oh_exp(oh_log(oh_luck_next(&luck)) / dist->gamma.shape);
    }
}

const struct oh_dist_kind oh_dist_kind_gamma = {
    .prepare = gamma_prepare,
    .lower = lower,
    .cdf = gamma_cdf,
    .survival = gamma_survival,
    .partial = gamma_partial,
    .variance = gamma_variance,
    .draw = gamma_draw,
};
