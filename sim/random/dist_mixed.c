/* Constants, and distributions made of others: never, shifted, capped, hyperexponential, mixture. */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "random/dist_kind.h"

static double power(double x, int order) {
    return order == 1 ? x : x * x;
}

/* ---- constant: value ---- */

static double constant_lower(const struct oh_dist_body *dist) {
    return dist->given[0];
}

static double constant_cdf(const struct oh_dist_body *dist, double x) {
    return 1.0;
}

static double constant_partial(const struct oh_dist_body *dist, double x, int order) {
    return power(dist->given[0], order);
}

static double constant_inverse(const struct oh_dist_body *dist, double u) {
    return dist->given[0];
}

static void constant_breaks(const struct oh_dist_body *dist, struct oh_dist_breaks *to) {
    oh_dist_breaks_add(to, dist->given[0]);
}

const struct oh_dist_kind oh_dist_kind_constant = {
    .lower = constant_lower,
    .cdf = constant_cdf,
    .partial = constant_partial,
    .inverse = constant_inverse,
    .breaks = constant_breaks,
};

/* ---- never ---- */

static double infinity(const struct oh_dist_body *dist) {
    return INFINITY;
}

static double infinity_partial(const struct oh_dist_body *dist, double x, int order) {
    return INFINITY;
}

static double infinity_inverse(const struct oh_dist_body *dist, double u) {
    return INFINITY;
}

static double infinity_cdf(const struct oh_dist_body *dist, double x) {
    return 0.0;
}

const struct oh_dist_kind oh_dist_kind_never = {
    .lower = infinity,
    .cdf = infinity_cdf,
    .partial = infinity_partial,
    .inverse = infinity_inverse,
};

/* ---- shifted: a distribution, by ---- */

static double shifted_lower(const struct oh_dist_body *dist) {
    return oh_dist_lower(dist->part[0]) + dist->given[1];
}

/* The part's value that gives x. Of those that do, rounding included, the largest, so that a step of the part's cdf
 * stands exactly at the value that is drawn. */
static double before_shift(const struct oh_dist_body *dist, double x) {
    const double by = dist->given[1], ulp = nextafter(x, INFINITY) - x;
    const double largest = x - by + 0.5 * ulp;
    return largest + by <= x ? largest : nextafter(largest, -INFINITY);
}

static double shifted_cdf(const struct oh_dist_body *dist, double x) {
    return oh_dist_cdf(dist->part[0], before_shift(dist, x));
}

static double shifted_survival(const struct oh_dist_body *dist, double x) {
    return oh_dist_survival(dist->part[0], before_shift(dist, x));
}

static double shifted_partial(const struct oh_dist_body *dist, double x, int order) {
    const struct oh_dist *part = dist->part[0];
    const double by = dist->given[1], to = x == INFINITY ? x : before_shift(dist, x);
    const double first = oh_dist_partial(part, to, 1) + by * oh_dist_cdf(part, to);
    if (order == 1)
        return first;
    return oh_dist_partial(part, to, 2) + by * (oh_dist_partial(part, to, 1) + first);
}

static double shifted_variance(const struct oh_dist_body *dist) {
    return oh_dist_variance(dist->part[0]);
}

static double shifted_inverse(const struct oh_dist_body *dist, double u) {
    return oh_dist_inverse(dist->part[0], u) + dist->given[1];
}

static double shifted_draw(const struct oh_dist_body *dist, double uniform, oh_key key,
                           uint32_t item, uint32_t ordinal, uint32_t purpose) {
    return oh_dist_draw_with(dist->part[0], uniform, key, item, ordinal, purpose) + dist->given[1];
}

static void shifted_breaks(const struct oh_dist_body *dist, struct oh_dist_breaks *to) {
    const size_t before = to->n;
    oh_dist_breaks_of(dist->part[0], to);
    for (size_t i = before; i < to->n; i++)
        to->time[i] += dist->given[1];
    oh_dist_breaks_add(to, oh_dist_lower(&dist->head));
}

const struct oh_dist_kind oh_dist_kind_shifted = {
    .lower = shifted_lower,
    .cdf = shifted_cdf,
    .survival = shifted_survival,
    .partial = shifted_partial,
    .variance = shifted_variance,
    .inverse = shifted_inverse,
    .draw = shifted_draw,
    .breaks = shifted_breaks,
};

/* ---- scaled: a distribution, by ---- */

static double scaled_lower(const struct oh_dist_body *dist) {
    return oh_dist_lower(dist->part[0]) * dist->given[1];
}

/* As before_shift. Rounding is off by a step or two at most, but among subnormal numbers. */
static double before_scaling(const struct oh_dist_body *dist, double x) {
    const double by = dist->given[1];
    double value = x / by;
    for (int i = 0; i < 3 && value * by > x; i++)
        value = nextafter(value, -INFINITY);
    for (int i = 0; i < 3 && nextafter(value, INFINITY) * by <= x; i++)
        value = nextafter(value, INFINITY);
    return value;
}

static double scaled_cdf(const struct oh_dist_body *dist, double x) {
    return oh_dist_cdf(dist->part[0], before_scaling(dist, x));
}

static double scaled_survival(const struct oh_dist_body *dist, double x) {
    return oh_dist_survival(dist->part[0], before_scaling(dist, x));
}

static double scaled_partial(const struct oh_dist_body *dist, double x, int order) {
    const double to = x == INFINITY ? x : before_scaling(dist, x);
    return power(dist->given[1], order) * oh_dist_partial(dist->part[0], to, order);
}

static double scaled_variance(const struct oh_dist_body *dist) {
    return power(dist->given[1], 2) * oh_dist_variance(dist->part[0]);
}

static double scaled_inverse(const struct oh_dist_body *dist, double u) {
    return oh_dist_inverse(dist->part[0], u) * dist->given[1];
}

static double scaled_draw(const struct oh_dist_body *dist, double uniform, oh_key key,
                          uint32_t item, uint32_t ordinal, uint32_t purpose) {
    return oh_dist_draw_with(dist->part[0], uniform, key, item, ordinal, purpose) * dist->given[1];
}

static void scaled_breaks(const struct oh_dist_body *dist, struct oh_dist_breaks *to) {
    const size_t before = to->n;
    oh_dist_breaks_of(dist->part[0], to);
    for (size_t i = before; i < to->n; i++)
        to->time[i] *= dist->given[1];
}

const struct oh_dist_kind oh_dist_kind_scaled = {
    .lower = scaled_lower,
    .cdf = scaled_cdf,
    .survival = scaled_survival,
    .partial = scaled_partial,
    .variance = scaled_variance,
    .inverse = scaled_inverse,
    .draw = scaled_draw,
    .breaks = scaled_breaks,
};

/* ---- capped: a distribution, at ---- */

static double capped_lower(const struct oh_dist_body *dist) {
    return fmin(oh_dist_lower(dist->part[0]), dist->given[1]);
}

static double capped_cdf(const struct oh_dist_body *dist, double x) {
    return x >= dist->given[1] ? 1.0 : oh_dist_cdf(dist->part[0], x);
}

static double capped_survival(const struct oh_dist_body *dist, double x) {
    return x >= dist->given[1] ? 0.0 : oh_dist_survival(dist->part[0], x);
}

static double capped_partial(const struct oh_dist_body *dist, double x, int order) {
    const double at = dist->given[1];
    if (x < at)
        return oh_dist_partial(dist->part[0], x, order);
    return oh_dist_partial(dist->part[0], at, order) +
           power(at, order) * oh_dist_survival(dist->part[0], at);
}

static double capped_inverse(const struct oh_dist_body *dist, double u) {
    return fmin(oh_dist_inverse(dist->part[0], u), dist->given[1]);
}

static double capped_draw(const struct oh_dist_body *dist, double uniform, oh_key key,
                          uint32_t item, uint32_t ordinal, uint32_t purpose) {
    return fmin(oh_dist_draw_with(dist->part[0], uniform, key, item, ordinal, purpose),
                dist->given[1]);
}

/* What lies beyond the cap becomes the cap. */
static void capped_breaks(const struct oh_dist_body *dist, struct oh_dist_breaks *to) {
    const size_t before = to->n;
    oh_dist_breaks_of(dist->part[0], to);
    for (size_t i = before; i < to->n; i++)
        to->time[i] = fmin(to->time[i], dist->given[1]);
    oh_dist_breaks_add(to, dist->given[1]);
}

const struct oh_dist_kind oh_dist_kind_capped = {
    .lower = capped_lower,
    .cdf = capped_cdf,
    .survival = capped_survival,
    .partial = capped_partial,
    .inverse = capped_inverse,
    .draw = capped_draw,
    .breaks = capped_breaks,
};

/* ---- mixture: shares and distributions; hyperexponential: shares and means ---- */

/* One uniform decides: the share into which it falls selects the part, its place inside the share is the part's
 * uniform. Parts are drawn in the order of their means, so that equal mixtures written in different order give equal
 * values, and a larger uniform tends to give a larger value. */
struct drawn_part {
    const struct oh_dist *dist;
    double share, mean;
    size_t ix; /* as written; decides between equal means */
};

static int compare_parts(const void *left, const void *right) {
    const struct drawn_part *a = left, *b = right;
    if (a->mean != b->mean)
        return a->mean < b->mean ? -1 : 1;
    return (a->ix > b->ix) - (a->ix < b->ix);
}

static void order_by_mean(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    struct drawn_part *parts = OH_NEW_ARRAY(maker->arena, dist->n, struct drawn_part);
    for (size_t i = 0; i < dist->n; i++)
        parts[i] = (struct drawn_part){.dist = dist->part[i],
                                       .share = dist->number[0][i] / dist->mixture.sum,
                                       .mean = oh_dist_mean(dist->part[i]),
                                       .ix = i};
    qsort(parts, dist->n, sizeof parts[0], compare_parts);
    double reached = 0;
    dist->drawn = OH_NEW_ARRAY(maker->arena, dist->n, const struct oh_dist *);
    dist->cumulative = OH_NEW_ARRAY(maker->arena, dist->n, double);
    for (size_t i = 0; i < dist->n; i++) {
        dist->drawn[i] = parts[i].dist;
        dist->cumulative[i] = reached += parts[i].share;
    }
    /* What rounding left over belongs to the last part that can be drawn. */
    for (size_t i = dist->n; i-- > 0 && dist->cumulative[i] == reached;)
        dist->cumulative[i] = 1.0;
}

static void mixture_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    double sum = 0;
    for (size_t i = 0; i < dist->n; i++)
        sum += dist->number[0][i];
    dist->mixture.sum = sum;
    if (fabs(sum - 1.0) > 1e-9) {
        char text[48];
        oh_dist_reject(maker, 0, OH_MSG_SHARES_NOT_ONE, NULL,
                       "the probabilities of '%s' add up to %s%%, not to 100%%", dist->row->name,
                       oh_number_print(100.0 * sum, 10, text, sizeof text));
        return;
    }
    order_by_mean(dist, maker);
}

static void hyperexponential_prepare(struct oh_dist_body *dist, struct oh_dist_maker *maker) {
    dist->part = OH_NEW_ARRAY(maker->arena, dist->n, const struct oh_dist *);
    for (size_t i = 0; i < dist->n; i++)
        dist->part[i] = oh_dist_exponential(maker->arena, dist->number[1][i]);
    mixture_prepare(dist, maker);
}

/* Sum over parts of share times f; a part of share 0 counts nothing, even if infinite. */
#define SUM_OF_PARTS(dist, f)                                                                      \
    double sum = 0;                                                                                \
    for (size_t i = 0; i < (dist)->n; i++)                                                         \
        if ((dist)->number[0][i] > 0)                                                              \
            sum += (dist)->number[0][i] * (f);                                                     \
    return sum / (dist)->mixture.sum

static double mixture_cdf(const struct oh_dist_body *dist, double x) {
    SUM_OF_PARTS(dist, oh_dist_cdf(dist->part[i], x));
}

static double mixture_survival(const struct oh_dist_body *dist, double x) {
    SUM_OF_PARTS(dist, oh_dist_survival(dist->part[i], x));
}

static double mixture_partial(const struct oh_dist_body *dist, double x, int order) {
    SUM_OF_PARTS(dist, oh_dist_partial(dist->part[i], x, order));
}

static double mixture_variance(const struct oh_dist_body *dist) {
    const double mean = mixture_partial(dist, INFINITY, 1);
    SUM_OF_PARTS(dist,
                 oh_dist_variance(dist->part[i]) + power(oh_dist_mean(dist->part[i]) - mean, 2));
}

static double mixture_lower(const struct oh_dist_body *dist) {
    double least = INFINITY;
    for (size_t i = 0; i < dist->n; i++)
        if (dist->number[0][i] > 0)
            least = fmin(least, oh_dist_lower(dist->part[i]));
    return least;
}

static double mixture_draw(const struct oh_dist_body *dist, double uniform, oh_key key,
                           uint32_t item, uint32_t ordinal, uint32_t purpose) {
    size_t i = 0;
    while (uniform >= dist->cumulative[i])
        i++;
    const double from = i > 0 ? dist->cumulative[i - 1] : 0.0;
    const double inside = (uniform - from) / (dist->cumulative[i] - from);
    const double rest = fmax(0x1p-53, fmin(inside, 1.0 - 0x1p-53));
    return oh_dist_draw_with(dist->drawn[i], rest, key, item, ordinal, purpose);
}

static void mixture_breaks(const struct oh_dist_body *dist, struct oh_dist_breaks *to) {
    for (size_t i = 0; i < dist->n; i++)
        if (dist->number[0][i] > 0)
            oh_dist_breaks_of(dist->part[i], to);
}

const struct oh_dist_kind oh_dist_kind_mixture = {
    .prepare = mixture_prepare,
    .lower = mixture_lower,
    .cdf = mixture_cdf,
    .survival = mixture_survival,
    .partial = mixture_partial,
    .variance = mixture_variance,
    .draw = mixture_draw,
    .breaks = mixture_breaks,
};

const struct oh_dist_kind oh_dist_kind_hyperexponential = {
    .prepare = hyperexponential_prepare,
    .lower = mixture_lower,
    .cdf = mixture_cdf,
    .survival = mixture_survival,
    .partial = mixture_partial,
    .variance = mixture_variance,
    .draw = mixture_draw,
};
