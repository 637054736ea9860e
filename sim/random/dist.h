/* Distributions: a table, one row each: name, parameters, moments, cdf, and an inverse or a sampler.
 *
 * Values are plain numbers (seconds for durations, a factor for busyness). A distribution is immutable once made and
 * may be shared by threads. All functions on the drawing path give the same bits on every machine. */
#ifndef OH_RANDOM_DIST_H
#define OH_RANDOM_DIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "random/luck.h"

struct oh_dist; /* opaque outside random/ but for the inline fast path in dist_draw.h */

/* Parses "lognormal(mean=4min cv=1.2)". What a bare number inside means (a duration needs its unit, a factor none) is
 * told by `unit` (OH_UNIT_DURATION or OH_UNIT_NUMBER). A bare quantity, "20s", is constant(20s).
 * Problems go to `diagnostics` with places inside `place`; then NULL is returned.
 * `directory`: what file names in empirical(...) are relative to; "" for the current one. */
#include "base/units.h"
const struct oh_dist *oh_dist_parse(struct oh_arena *arena, const char *text, enum oh_unit unit,
                                    struct oh_place place, const char *directory,
                                    struct oh_diagnostics *diagnostics);

/* The canonical text; parsing it gives an equal distribution. */
void oh_dist_print(const struct oh_dist *dist, struct oh_text *to);

/* Constructors used by plans and tests (mean > 0). */
const struct oh_dist *oh_dist_constant(struct oh_arena *arena, double value);
const struct oh_dist *oh_dist_exponential(struct oh_arena *arena, double mean);

bool oh_dist_is_never(const struct oh_dist *dist); /* infinite with probability 1 */
bool oh_dist_is_constant(const struct oh_dist *dist, double *value);
const char *oh_dist_name(const struct oh_dist *dist);     /* the row's name, "exponential" */
double oh_dist_mean(const struct oh_dist *dist);          /* may be infinite */
double oh_dist_variance(const struct oh_dist *dist);      /* may be infinite */
double oh_dist_cdf(const struct oh_dist *dist, double x); /* P(X <= x) */
double oh_dist_lower(const struct oh_dist *dist);         /* least possible value */
bool oh_dist_has_inverse(
    const struct oh_dist *dist); /* one uniform is enough, and monotone in it */

/* One value at an address, given the uniform that block 0's first draw there yields (already drawn in a batch). */
double oh_dist_draw_with(const struct oh_dist *dist, double uniform, oh_key key, uint32_t item,
                         uint32_t ordinal, uint32_t purpose);
/* The same, drawing the uniform too. */
double oh_dist_draw(const struct oh_dist *dist, oh_key key, uint32_t item, uint32_t ordinal,
                    uint32_t purpose);

/* The table, for `explain`, the schema and the contract test. */
struct oh_dist_parameter {
    const char *name; /* "mean" */
    const char *meaning;
    bool is_time; /* takes the distribution's unit; otherwise a plain number or share */
};
struct oh_dist_row {
    const char *name;
    const char *synopsis; /* "lognormal(mean=4min cv=1.2) or lognormal(median=3min sigma=0.9)" */
    const char *about;
    const char *example; /* parses with durations; the contract test runs every example */
};
size_t oh_dist_rows(const struct oh_dist_row **rows);

#endif
