/* Distributions: a table, one row each: name, parameters, moments, cdf, and an inverse or a sampler.
 *
 * Values are plain numbers (seconds for durations, a factor for busyness), never negative, possibly infinite
 * ("never"). A distribution is immutable once made, lives in the arena it was made in, and may be shared by threads.
 * Everything on the drawing path gives the same bits on every machine; moments and cdf are exact to some 12 digits. */
#ifndef OH_RANDOM_DIST_H
#define OH_RANDOM_DIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "base/units.h"
#include "random/luck.h"

struct oh_dist; /* opaque outside random/ but for the inline fast path in dist_draw.h */

/* Parses "lognormal(mean=4min cv=1.2)". What a bare number inside means (a duration needs its unit, a factor none) is
 * told by `unit` (OH_UNIT_DURATION or OH_UNIT_NUMBER). A bare quantity, "20s", is constant(20s).
 * Problems go to `diagnostics` with places inside `place`, all of them in one go; then NULL is returned.
 * File names in empirical(...): `prefix` is put before relative ones for good, and the result is relative to `directory`;
 * "" for none and for the current one. */
const struct oh_dist *oh_dist_parse(struct oh_arena *arena, const char *text, enum oh_unit unit,
                                    struct oh_place place, const char *directory,
                                    const char *prefix, struct oh_diagnostics *diagnostics);

/* The canonical text; parsing it gives an equal distribution. */
void oh_dist_print(const struct oh_dist *dist, struct oh_text *to);

/* Constructors used by plans and tests; printed as durations. value >= 0, possibly INFINITY; mean > 0, finite. */
const struct oh_dist *oh_dist_constant(struct oh_arena *arena, double value);
const struct oh_dist *oh_dist_exponential(struct oh_arena *arena, double mean);

/* `dist` with every value multiplied by `factor` > 0: the work at another speed. */
const struct oh_dist *oh_dist_scaled(struct oh_arena *arena, const struct oh_dist *dist,
                                     double factor);

bool oh_dist_is_never(const struct oh_dist *dist); /* infinite with probability 1 */
bool oh_dist_is_constant(const struct oh_dist *dist,
                         double *value);              /* finite, with probability 1 */
const char *oh_dist_name(const struct oh_dist *dist); /* the row's name, "exponential" */

/* Exact values, not for hot paths. */
double oh_dist_mean(const struct oh_dist *dist);               /* may be infinite */
double oh_dist_variance(const struct oh_dist *dist);           /* may be infinite */
double oh_dist_second_moment(const struct oh_dist *dist);      /* E[X^2]; may be infinite */
double oh_dist_cdf(const struct oh_dist *dist, double x);      /* P(X <= x) */
double oh_dist_survival(const struct oh_dist *dist, double x); /* P(X > x), exact in the tail */
/* E[min(X, x)], the integral of the survival function from 0 to x. */
double oh_dist_limited_mean(const struct oh_dist *dist, double x);
double oh_dist_lower(const struct oh_dist *dist); /* least possible value */
/* Where the survival function jumps or bends: times > 0, rising, in `arena`. Returns how many; quadrature is exact only
 * between them. */
size_t oh_dist_breaks(const struct oh_dist *dist, struct oh_arena *arena, const double **times);

/* Whether one uniform is enough and the value never falls as the uniform rises. */
bool oh_dist_has_inverse(const struct oh_dist *dist);
/* The quantile at 0 < u < 1: what a draw with this uniform gives. Only if it has an inverse. */
double oh_dist_inverse(const struct oh_dist *dist, double u);

/* One value at an address, given the uniform that block 0's first draw there yields (already drawn in a batch).
 * dist_draw.h has the same as an inline function. */
double oh_dist_draw_with(const struct oh_dist *dist, double uniform, oh_key key, uint32_t item,
                         uint32_t ordinal, uint32_t purpose);
/* The same, drawing the uniform too. */
double oh_dist_draw(const struct oh_dist *dist, oh_key key, uint32_t item, uint32_t ordinal,
                    uint32_t purpose);
/* The same for `n` consecutive items, and several times as fast. */
void oh_dist_draw_batch(const struct oh_dist *dist, oh_key key, uint32_t first_item, uint32_t n,
                        uint32_t ordinal, uint32_t purpose, double *values);

/* The table, for `explain`, the schema and the contract test. */
enum oh_dist_value {
    OH_DIST_TIME,         /* takes the distribution's unit: "20s", or "1.2" for a factor */
    OH_DIST_RATE,         /* per such time: "2/h" */
    OH_DIST_NUMBER,       /* "0.9" */
    OH_DIST_COUNT,        /* "2" */
    OH_DIST_SHARE,        /* "90%" */
    OH_DIST_DISTRIBUTION, /* "exponential(mean=60s)" */
    OH_DIST_TEXT          /* "talk.csv", in quotes if it has blanks, commas or parentheses */
};
struct oh_dist_parameter {
    const char *name; /* "mean" */
    const char *meaning;
    enum oh_dist_value value;
    double low, high; /* bounds, included; an exclusive bound is given by a number just inside it */
};
enum { OH_DIST_PARAMETERS = 3 }; /* at most so many parameters in a form */
struct oh_dist_form {
    struct oh_dist_parameter parameters[OH_DIST_PARAMETERS]; /* in positional order */
    size_t n;
    bool repeats; /* the parameters come again and again, without names: "90% 67s 10% 600s" */
};
struct oh_dist_row {
    const char *name;
    const char *synopsis; /* "lognormal(mean=4min cv=1.2) or lognormal(median=3min sigma=0.9)" */
    const char *about;
    const char *example; /* parses with durations; the contract test runs every example */
    const struct oh_dist_form *forms; /* alternative sets of parameters; without names, the first */
    size_t n_forms;
    const struct oh_dist_kind *kind; /* how it is computed, private to random/ */
};
size_t oh_dist_rows(const struct oh_dist_row **rows);

#endif
