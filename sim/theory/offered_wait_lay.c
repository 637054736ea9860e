/* A panel is trusted when it agrees with its halves. Where it does not, either survival jumps
 * inside, and the next try ends at the jump, or the panel is halved. */
#include <math.h>

#include "base/arena.h"
#include "theory/offered_wait_panel.h"

enum { PANELS_MAX = 400000, BISECTIONS = 40 };
static const double LOWEST = -680;      /* one more panel keeps the density a normal double */
static const double FALL_MAX = 20;      /* of the logarithm, over one panel */
static const double END_OF_TIME = 1e15; /* seconds */

/* How near a panel and its halves must be, relative; the halves' own error is then far smaller. */
static const double SURVIVALS_AGREE = 2e-14;
static const double DENSITIES_AGREE =
    1e-12;                             /* heights are rounded to some 1e-13 far from the peak */
static const double ENDS_AGREE = 1e-9; /* survival extrapolated to the ends of a panel */
static const double ROUNDING = 4e-16;  /* of P(R <= x) where it is 1 - survival */

/* A panel so narrow is taken as it is: relative to x, at 0 to the mean time between releases. */
static const double NARROWEST = 1e-13;
static const double NARROWEST_AT_0 = 1e-20;

static int agree(double one, double other, double within) {
    return fabs(one - other) <= within;
}

/* A panel laid as a whole and in halves, from a known point on. */
struct trial {
    struct oh_wait_panel half[2];
    struct oh_wait_point end;
    int survival_is_sure, density_is_sure;
};

static struct trial try_panel(const struct oh_wait_terms *terms, const struct oh_wait_point *known,
                              double x) {
    struct trial trial;
    int forward = known->x < x;
    struct oh_wait_panel whole = oh_wait_integrate(terms, known, x);
    trial.half[0] = oh_wait_integrate(terms, known, known->x + (x - known->x) / 2);
    trial.half[1] = oh_wait_integrate(terms, forward ? &trial.half[0].to : &trial.half[0].from, x);
    struct oh_wait_point at_once = forward ? whole.to : whole.from;
    trial.end = forward ? trial.half[1].to : trial.half[1].from;
    double width = fabs(x - known->x);
    int narrow =
        width <= NARROWEST * known->x || width * terms->release_rate_per_s < NARROWEST_AT_0;
    /* Going back, the integrals are differences of larger ones. */
    double rounding = ROUNDING * (forward ? width : known->x);
    trial.survival_is_sure =
        narrow ||
        (fmax(trial.half[0].roughness, trial.half[1].roughness) < ENDS_AGREE &&
         agree(at_once.patient, trial.end.patient,
               SURVIVALS_AGREE * fmax(at_once.patient, known->patient) + rounding) &&
         agree(at_once.impatient, trial.end.impatient,
               SURVIVALS_AGREE * fmax(0, fmax(at_once.impatient, known->impatient)) + rounding));
    /* Near the peak the slope is the difference of two rates. */
    double noise = ROUNDING * terms->arrival_rate_per_s * width;
    double all = trial.half[0].sum[SUM_ALL] + trial.half[1].sum[SUM_ALL];
    trial.density_is_sure =
        narrow || (trial.survival_is_sure &&
                   agree(whole.sum[SUM_ALL], all, (DENSITIES_AGREE + noise) * all) &&
                   trial.end.height >= known->height - FALL_MAX);
    return trial;
}

/* The walk from panel to panel. */
struct walk {
    struct oh_wait_point at;
    double step; /* that is tried next, more or less */
    double end;  /* of the next try */
};

/* After a try that failed: nearer. */
static void retreat(const struct oh_wait_terms *terms, struct walk *walk) {
    double width = fabs(walk->end - walk->at.x);
    double jump =
        oh_wait_find_jump(terms, fmin(walk->at.x, walk->end), fmax(walk->at.x, walk->end));
    double to_jump = fabs(jump - walk->at.x);
    if (to_jump > 0 && to_jump < width) { /* false of NAN */
        walk->end = jump;
        walk->step = fmax(width / 2, 2 * to_jump);
    } else {
        walk->end = walk->at.x + (walk->end - walk->at.x) / 2;
        walk->step = width;
    }
}

/* Survival integrated from a known point to x > known->x, through all breaks. Heights mean nothing
 * here. */
static struct oh_wait_point advance(const struct oh_wait_terms *terms,
                                    const struct oh_wait_point *known, double x) {
    struct oh_wait_terms survival_only = *terms;
    survival_only.arrival_rate_per_s = 0;
    survival_only.room = INFINITY;
    struct walk walk = {*known, x - known->x, 0};
    while (walk.at.x < x) {
        walk.end = fmin(fmin(walk.at.x + walk.step, x), oh_wait_break_after(terms, walk.at.x));
        walk.step *= 2;
        struct trial trial;
        while (trial = try_panel(&survival_only, &walk.at, walk.end), !trial.survival_is_sure)
            retreat(terms, &walk);
        walk.at = trial.end;
    }
    return walk.at;
}

/* Near enough to the peak to count heights from. */
enum oh_theory_status oh_wait_find_peak(const struct oh_wait_terms *terms,
                                        struct oh_wait_point *peak) {
    struct oh_wait_point low = {0, 0, 0, 0};
    *peak = low;
    if (oh_wait_slope(terms, &low) <= 0)
        return OH_THEORY_OK;
    double x = 1 / terms->release_rate_per_s;
    struct oh_wait_point high = advance(terms, &low, x);
    while (oh_wait_slope(terms, &high) > 0) {
        low = high;
        if (high.x > END_OF_TIME)
            return OH_THEORY_UNSTABLE;
        high = advance(terms, &low, 2 * low.x);
    }
    for (int i = 0; i < BISECTIONS && low.x < high.x; i++) {
        struct oh_wait_point middle = advance(terms, &low, low.x + (high.x - low.x) / 2);
        *(oh_wait_slope(terms, &middle) > 0 ? &low : &high) = middle;
    }
    *peak = high;
    return OH_THEORY_OK;
}

static enum oh_theory_status add_panel(struct oh_wait_panels *panels,
                                       const struct oh_wait_panel *panel) {
    if (panels->n == PANELS_MAX)
        return OH_THEORY_NUMERIC;
    if (panels->n == panels->capacity) {
        panels->capacity = panels->capacity ? 2 * panels->capacity : 256;
        panels->panel = oh_realloc_array(panels->panel, panels->capacity, sizeof *panels->panel);
    }
    panels->panel[panels->n++] = *panel;
    return OH_THEORY_OK;
}

enum oh_theory_status oh_wait_lay_panels(const struct oh_wait_terms *terms,
                                         const struct oh_wait_point *peak, int forward,
                                         struct oh_wait_panels *panels) {
    struct walk walk = {*peak, 0, 0};
    walk.step = forward ? fmax(1 / terms->release_rate_per_s, 1e-3 * peak->x) : peak->x;
    while (walk.at.height > LOWEST && (forward || walk.at.x > 0)) {
        double x = walk.at.x;
        walk.end = forward ? fmin(x + walk.step, oh_wait_break_after(terms, x))
                           : fmax(x - walk.step, oh_wait_break_before(terms, x));
        walk.step = 2 * fabs(walk.end - x);
        struct trial trial;
        while (trial = try_panel(terms, &walk.at, walk.end), !trial.density_is_sure)
            retreat(terms, &walk);
        walk.at = trial.end;
        enum oh_theory_status status = add_panel(panels, &trial.half[0]);
        if (status == OH_THEORY_OK)
            status = add_panel(panels, &trial.half[1]);
        if (status != OH_THEORY_OK)
            return status;
        if (!(walk.at.x < END_OF_TIME * 1e3))
            return OH_THEORY_UNSTABLE;
    }
    return OH_THEORY_OK;
}
