/* Private to offered_wait*.c: the density of the offered wait, interval by interval. */
#ifndef OH_THEORY_OFFERED_WAIT_PANEL_H
#define OH_THEORY_OFFERED_WAIT_PANEL_H

#include <stddef.h>

#include "theory/gauss.h"
#include "theory/offered_wait.h"

/* Integrals of the density times ... */
enum oh_wait_sum {
    SUM_ALL,            /* 1 */
    SUM_ANSWERED,       /* P(R > x) */
    SUM_ABANDONED,      /* P(R <= x), of those who give up before they are cut off */
    SUM_OFFERED_WAIT,   /* x */
    SUM_ANSWERED_WAIT,  /* x P(R > x) */
    SUM_ABANDONED_WAIT, /* E[R; R <= x] */
    SUM_ALL_WAIT,       /* E[min(x, R)] */
    SUM_BLOCKED,        /* weight of the full room against the rest of it */
    N_SUMS
};

/* What the density is built of. */
struct oh_wait_terms {
    struct oh_gauss rule;
    struct oh_patience patience;
    double arrival_rate_per_s, release_rate_per_s; /* lambda, n mu */
    double room, max_wait_s;
    double patient_at_cut, impatient_at_cut; /* P(R >= max_wait_s), P(R < max_wait_s) */
};

/* At a time x: the integrals of P(R > u) and P(R <= u) up to x, cut at max_wait_s, and the
 * logarithm of the density against its highest point. */
struct oh_wait_point {
    double x, patient, impatient, height;
};

struct oh_wait_panel {
    struct oh_wait_point from, to;
    double sum[N_SUMS];
    double roughness; /* how far survival at the ends is from where the nodes let expect it */
};

double oh_wait_survival(const struct oh_wait_terms *terms, double x);
double oh_wait_impatience(const struct oh_wait_terms *terms, double x);

/* Derivative of the logarithm of the density. It falls with x: the density has one peak. */
double oh_wait_slope(const struct oh_wait_terms *terms, const struct oh_wait_point *at);

/* Integrates from a known point to x, which may lie before it. No break may lie between. */
struct oh_wait_panel oh_wait_integrate(const struct oh_wait_terms *terms,
                                       const struct oh_wait_point *known, double x);

/* The nearest break strictly after x, INFINITY if there is none; strictly before x, 0 if there is
 * none. */
double oh_wait_break_after(const struct oh_wait_terms *terms, double x);
double oh_wait_break_before(const struct oh_wait_terms *terms, double x);

/* A jump of survival inside (from, to): the first instant behind it, NAN if none is seen. Halves
 * towards the larger fall, so of several jumps it is not always the largest; of a steep fall it
 * may be a place inside. */
double oh_wait_find_jump(const struct oh_wait_terms *terms, double from, double to);

struct oh_wait_panels {
    struct oh_wait_panel *panel; /* owned */
    size_t n, capacity;
};

/* A point near enough to the peak to count heights from. OH_THEORY_UNSTABLE if the density rises
 * for ever. */
enum oh_theory_status oh_wait_find_peak(const struct oh_wait_terms *terms,
                                        struct oh_wait_point *peak);

/* Adds the panels from the peak on, forward or backward, to where the density is nothing. */
enum oh_theory_status oh_wait_lay_panels(const struct oh_wait_terms *terms,
                                         const struct oh_wait_point *peak, int forward,
                                         struct oh_wait_panels *panels);

#endif
