/* What a distribution is made of; private to random/.
 *
 * To add one: write its functions (in the file of its family), declare its struct oh_dist_kind below, and give it a row
 * in dist_table.c. Parser, printer, `explain`, schema and contract test follow from the row. */
#ifndef OH_RANDOM_DIST_KIND_H
#define OH_RANDOM_DIST_KIND_H

#include "random/dist.h"
#include "random/dist_draw.h"

struct oh_dist_maker;

/* `head` first: a struct oh_dist is the visible start of its body. */
struct oh_dist_body {
    struct oh_dist head;
    const struct oh_dist_row *row;
    const struct oh_dist_form *form;  /* the set of parameters it was written with */
    enum oh_unit unit;                /* OH_UNIT_DURATION or OH_UNIT_NUMBER */
    double given[OH_DIST_PARAMETERS]; /* numbers as written, in the order of the form */
    union {
        struct {
            double shape, scale;  /* gamma and erlang (shape = k) */
            double d, inverse_9d; /* of Marsaglia and Tsang; d = shape (+ 1 below 1) - 1/3 */
        } gamma;
        struct {
            double median, sigma;
        } lognormal;
        struct {
            double kept; /* probability of not being cut */
        } normal;
        struct {
            double shape, scale;
        } weibull;
        struct {
            double low, shape;
        } pareto;
        struct {
            double median, shape;
        } loglogistic;
        struct {
            double sum; /* of the shares as written, 1 but for rounding */
        } mixture;
    };

    /* Repeated forms: column j of repetition i is number[j][i], or part[i] where it is a distribution.
     * Wrappers (capped, shifted) have one part. Data files: number[0] are the values. */
    size_t n;
    double *number[2];
    const struct oh_dist **part;
    double *cumulative;           /* mixtures: of the shares as drawn; hazard: at number[0] */
    const struct oh_dist **drawn; /* mixtures: the parts in the order of drawing */
    const char *file, *column;    /* empirical */
};

static inline const struct oh_dist_body *oh_dist_body_of(const struct oh_dist *dist) {
    return (const struct oh_dist_body *)dist;
}

/* A growing list of times. */
struct oh_dist_breaks {
    double *time;
    size_t n, capacity;
};
void oh_dist_breaks_add(struct oh_dist_breaks *to, double time);
void oh_dist_breaks_of(const struct oh_dist *part, struct oh_dist_breaks *to);

/* How a row is computed. `x` and `u` are finite unless said; x may be below the least value. NULL where allowed. */
struct oh_dist_kind {
    /* Checks what no single bound can, computes constants, reads data; calls oh_dist_reject on failure. May be NULL. */
    void (*prepare)(struct oh_dist_body *dist, struct oh_dist_maker *maker);
    double (*lower)(const struct oh_dist_body *dist);
    double (*cdf)(const struct oh_dist_body *dist, double x);
    double (*survival)(const struct oh_dist_body *dist, double x); /* NULL: 1 - cdf */
    /* E[X^order; X <= x], order 1 or 2; x may be INFINITY, then the moment, possibly infinite. */
    double (*partial)(const struct oh_dist_body *dist, double x, int order);
    double (*variance)(const struct oh_dist_body *dist); /* NULL: second moment - mean^2 */
    double (*inverse)(const struct oh_dist_body *dist,
                      double u); /* rising in u; NULL: there is none */
    void (*inverse_batch)(const struct oh_dist_body *dist, double *u,
                          size_t n); /* in place; NULL: one by one */
    /* Adds the times at which the cdf jumps or bends, in any order. NULL: none above 0. */
    void (*breaks)(const struct oh_dist_body *dist, struct oh_dist_breaks *to);
    /* NULL: inverse at the uniform. */
    double (*draw)(const struct oh_dist_body *dist, double uniform, oh_key key, uint32_t item,
                   uint32_t ordinal, uint32_t purpose);
};

extern const struct oh_dist_kind oh_dist_kind_constant, oh_dist_kind_never, oh_dist_kind_uniform,
    oh_dist_kind_triangular, oh_dist_kind_exponential, oh_dist_kind_erlang, oh_dist_kind_gamma,
    oh_dist_kind_lognormal, oh_dist_kind_normal, oh_dist_kind_weibull, oh_dist_kind_pareto,
    oh_dist_kind_loglogistic, oh_dist_kind_hyperexponential, oh_dist_kind_mixture,
    oh_dist_kind_shifted, oh_dist_kind_scaled, oh_dist_kind_capped, oh_dist_kind_empirical,
    oh_dist_kind_hazard;

/* What `prepare` may use besides the parameters themselves. */
struct oh_dist_maker {
    struct oh_arena *arena;
    const char *directory;
    struct oh_diagnostics *diagnostics;
    const struct oh_place
        *places; /* of the arguments in the order of the form, repetitions in turn */
    bool has_failed;
};

/* Reports a problem of argument `ix`. Printf-like; hint may be NULL. */
__attribute__((format(printf, 5, 6))) void oh_dist_reject(struct oh_dist_maker *maker, size_t ix,
                                                          enum oh_message_id id, const char *hint,
                                                          const char *format, ...);

/* How a parameter is written in a distribution of `unit`. */
enum oh_unit oh_dist_unit_of(enum oh_unit unit, enum oh_dist_value value);

const struct oh_dist_row *oh_dist_row_find(const char *name); /* NULL if there is none */

/* A new distribution without any numbers; the caller fills them in and calls oh_dist_finish. */
struct oh_dist_body *oh_dist_create(struct oh_arena *arena, const struct oh_dist_row *row,
                                    enum oh_unit unit);
/* Prepares it and finds its shortcut. NULL if it was rejected. */
const struct oh_dist *oh_dist_finish(struct oh_dist_body *body, struct oh_dist_maker *maker);

/* E[X^order; X <= x], order 1 or 2, any x. */
double oh_dist_partial(const struct oh_dist *dist, double x, int order);

/* P(X <= x) of the gamma distribution of scale 1; x may be INFINITY. */
double oh_gamma_cdf(double shape, double x);

#endif
