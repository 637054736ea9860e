/* Panels are laid from the peak of the density outwards, each halved until both ways of integrating it agree, until
 * the density has fallen below the smallest double. Sums against the peak are then scaled by P(all agents busy). */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "theory/erlang.h"
#include "theory/offered_wait_panel.h"

enum { PANELS_MAX = 400000, BISECTIONS = 40 };
static const double LOWEST = -680; /* one more panel keeps the density a normal double */
static const double FALL_MAX = 20; /* of the logarithm, over one panel */
/* Relative, of a panel and its halves, whose own error is then far smaller. */
static const double AGREE = 2e-14; /* of survival */
static const double DENSITIES_AGREE =
    1e-12;                             /* heights are rounded to some 1e-13 far from the peak */
static const double SMOOTH = 1e-9;     /* survival next to the ends of a panel */
static const double ROUNDING = 4e-16;  /* of P(R <= x) where it is 1 - survival */
static const double NARROWEST = 1e-13; /* relative to x: a jump nobody told us of */
static const double NARROWEST_AT_0 = 1e-20; /* relative to the mean time between releases */
static const double END_OF_TIME = 1e15;     /* seconds */

struct oh_offered_wait {
    struct oh_wait_terms terms;
    struct oh_wait_panel *panels; /* ascending */
    size_t n_panels, capacity;
    /* Sums of the panels before and after one. */
    double *answered_before, *abandoned_before, *answered_after, *all_after;
    double sum[N_SUMS];
    double scale; /* probability per unit of the sums */
    struct oh_offered_wait_totals totals;
};

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
        narrow || (fmax(trial.half[0].roughness, trial.half[1].roughness) < SMOOTH &&
                   agree(at_once.patient, trial.end.patient,
                         AGREE * fmax(at_once.patient, known->patient) + rounding) &&
                   agree(at_once.impatient, trial.end.impatient,
                         AGREE * fmax(0, fmax(at_once.impatient, known->impatient)) + rounding));
    /* Near the peak the slope is the difference of two rates. */
    double noise = ROUNDING * terms->arrival_rate_per_s * width;
    double all = trial.half[0].sum[SUM_ALL] + trial.half[1].sum[SUM_ALL];
    trial.density_is_sure =
        narrow || (trial.survival_is_sure &&
                   agree(whole.sum[SUM_ALL], all, (DENSITIES_AGREE + noise) * all) &&
                   trial.end.height >= known->height - FALL_MAX);
    return trial;
}

/* Survival integrated from a known point to x > known->x, through all breaks. Heights mean nothing here. */
static struct oh_wait_point advance(const struct oh_wait_terms *terms,
                                    const struct oh_wait_point *known, double x) {
    struct oh_wait_terms survival_only = *terms;
    survival_only.arrival_rate_per_s = 0;
    survival_only.room = INFINITY;
    struct oh_wait_point at = *known;
    double step = x - at.x;
    while (at.x < x) {
        double end = fmin(fmin(at.x + step, x), oh_wait_break_after(terms, at.x));
        struct trial trial = try_panel(&survival_only, &at, end);
        step = trial.survival_is_sure ? 2 * (end - at.x) : (end - at.x) / 2;
        if (trial.survival_is_sure)
            at = trial.end;
    }
    return at;
}

/* Near enough to the peak to count heights from. */
static enum oh_theory_status find_peak(const struct oh_wait_terms *terms,
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

/* The density at the peak over lambda p(n - 1), as a logarithm. */
static double log_peak(const struct oh_wait_terms *terms, const struct oh_wait_point *peak) {
    double work = terms->arrival_rate_per_s * peak->patient;
    double drain = terms->release_rate_per_s * peak->x;
    double full = isinf(terms->room) ? 0 : oh_erlang_b(work, terms->room - 1);
    if (full < 1e-280)
        return work - drain;
    double others = terms->room - 1;
    double series = (others > 0 ? others * log(work) : 0) - lgamma(others + 1) - log(full);
    return series - drain;
}

static enum oh_theory_status add_panel(struct oh_offered_wait *law,
                                       const struct oh_wait_panel *panel) {
    if (law->n_panels == PANELS_MAX)
        return OH_THEORY_NUMERIC;
    if (law->n_panels == law->capacity) {
        law->capacity = law->capacity ? 2 * law->capacity : 256;
        law->panels = oh_realloc_array(law->panels, law->capacity, sizeof *law->panels);
    }
    law->panels[law->n_panels++] = *panel;
    return OH_THEORY_OK;
}

/* Lays panels from the peak, forward or backward, to where nothing is left. */
static enum oh_theory_status lay_panels(struct oh_offered_wait *law,
                                        const struct oh_wait_point *peak, int forward) {
    const struct oh_wait_terms *terms = &law->terms;
    struct oh_wait_point at = *peak;
    double step = forward ? fmax(1 / terms->release_rate_per_s, 1e-3 * peak->x) : peak->x;
    while (at.height > LOWEST && (forward || at.x > 0)) {
        double end = forward ? fmin(at.x + step, oh_wait_break_after(terms, at.x))
                             : fmax(at.x - step, oh_wait_break_before(terms, at.x));
        struct trial trial = try_panel(terms, &at, end);
        step = fabs(end - at.x) * (trial.density_is_sure ? 2 : 0.5);
        if (!trial.density_is_sure)
            continue;
        at = trial.end;
        enum oh_theory_status status = add_panel(law, &trial.half[0]);
        if (status == OH_THEORY_OK)
            status = add_panel(law, &trial.half[1]);
        if (status != OH_THEORY_OK)
            return status;
        if (!(at.x < END_OF_TIME * 1e3))
            return OH_THEORY_UNSTABLE;
    }
    return OH_THEORY_OK;
}

static void reverse(struct oh_wait_panel *panels, size_t n) {
    for (size_t i = 0; i < n / 2; i++) {
        struct oh_wait_panel panel = panels[i];
        panels[i] = panels[n - 1 - i];
        panels[n - 1 - i] = panel;
    }
}

static void add_up(struct oh_offered_wait *law) {
    size_t n = law->n_panels;
    law->answered_before = oh_calloc(n, sizeof(double));
    law->abandoned_before = oh_calloc(n, sizeof(double));
    law->answered_after = oh_calloc(n, sizeof(double));
    law->all_after = oh_calloc(n, sizeof(double));
    for (size_t i = 0; i < n; i++) {
        law->answered_before[i] = law->sum[SUM_ANSWERED];
        law->abandoned_before[i] = law->sum[SUM_ABANDONED];
        for (int k = 0; k < N_SUMS; k++)
            law->sum[k] += law->panels[i].sum[k];
    }
    for (size_t i = n - 1; i-- > 0;) {
        const double *next = law->panels[i + 1].sum;
        law->answered_after[i] = law->answered_after[i + 1] + next[SUM_ANSWERED];
        law->all_after[i] = law->all_after[i + 1] + next[SUM_ALL];
    }
}

/* The panel that holds t; n_panels if it lies behind all. */
static size_t find_panel(const struct oh_offered_wait *law, double t_s) {
    size_t low = 0;
    size_t high = law->n_panels;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (law->panels[middle].to.x <= t_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What lies to both sides of t, unscaled. */
struct sides {
    double answered_before, abandoned_before, answered_after, all_after;
};

static struct sides split_at(const struct oh_offered_wait *law, double t_s) {
    size_t ix = find_panel(law, t_s);
    if (ix == law->n_panels)
        return (struct sides){law->sum[SUM_ANSWERED], law->sum[SUM_ABANDONED], 0, 0};
    struct sides sides = {law->answered_before[ix], law->abandoned_before[ix],
                          law->answered_after[ix], law->all_after[ix]};
    struct oh_wait_panel rest = law->panels[ix];
    if (t_s > rest.from.x) {
        struct oh_wait_panel head = oh_wait_integrate(&law->terms, &rest.from, t_s);
        sides.answered_before += head.sum[SUM_ANSWERED];
        sides.abandoned_before += head.sum[SUM_ABANDONED];
        rest = oh_wait_integrate(&law->terms, &head.to, rest.to.x);
    }
    sides.answered_after += rest.sum[SUM_ANSWERED];
    sides.all_after += rest.sum[SUM_ALL];
    return sides;
}

static double cut_off_share(const struct oh_offered_wait *law) {
    double cut = law->terms.max_wait_s;
    return isinf(cut) ? 0 : law->scale * law->terms.patient_at_cut * split_at(law, cut).all_after;
}

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NAN;
}

static void total_up(struct oh_offered_wait *law, double log_odds_busy) {
    const double *sum = law->sum;
    double busy = 1 / (1 + exp(-log_odds_busy));
    law->scale = busy / (sum[SUM_ALL] + sum[SUM_BLOCKED]);
    double scale = law->scale;
    struct oh_offered_wait_totals *totals = &law->totals;
    totals->no_wait = 1 / (1 + exp(log_odds_busy));
    totals->queued = scale * sum[SUM_ALL];
    totals->blocked = scale * sum[SUM_BLOCKED];
    totals->ends.answered = totals->no_wait + scale * sum[SUM_ANSWERED];
    totals->ends.abandoned = scale * sum[SUM_ABANDONED];
    totals->ends.cut_off = cut_off_share(law);
    double admitted = totals->no_wait + totals->queued;
    totals->wait_answered_s = ratio(scale * sum[SUM_ANSWERED_WAIT], totals->ends.answered);
    totals->wait_abandoned_s = ratio(scale * sum[SUM_ABANDONED_WAIT], totals->ends.abandoned);
    totals->wait_all_s = ratio(scale * sum[SUM_ALL_WAIT], admitted);
    totals->offered_wait_s = ratio(scale * sum[SUM_OFFERED_WAIT], admitted);
    totals->queue_length_mean = law->terms.arrival_rate_per_s * scale * sum[SUM_ALL_WAIT];
}

static int is_in_range(const struct oh_offered_wait_model *model) {
    const struct oh_patience *patience = &model->patience;
    int patience_is_usable = patience->kind == OH_PATIENCE_NEVER_ENDS ||
                             (patience->kind == OH_PATIENCE_EXPONENTIAL && patience->mean_s > 0 &&
                              isfinite(patience->mean_s)) ||
                             (patience->kind == OH_PATIENCE_GENERAL && patience->survival != NULL);
    return patience_is_usable && model->arrival_rate_per_s > 0 &&
           isfinite(model->arrival_rate_per_s) && model->handle_time_s > 0 &&
           isfinite(model->handle_time_s) && model->agents >= 1 && model->max_wait_s > 0 &&
           model->room >= 1;
}

static void init_terms(struct oh_offered_wait *law, const struct oh_offered_wait_model *model) {
    struct oh_wait_terms *terms = &law->terms;
    oh_gauss_init(&terms->rule);
    terms->patience = model->patience;
    terms->arrival_rate_per_s = model->arrival_rate_per_s;
    terms->release_rate_per_s = model->agents / model->handle_time_s;
    terms->room = model->room;
    terms->max_wait_s = model->max_wait_s;
    if (isfinite(model->max_wait_s)) {
        double before_cut = nextafter(model->max_wait_s, 0);
        terms->patient_at_cut = oh_wait_survival(terms, before_cut);
        terms->impatient_at_cut = oh_wait_impatience(terms, before_cut);
    }
}

/* *log_weight: of all states with n or more in the system, against that with n - 1. */
static enum oh_theory_status build(struct oh_offered_wait *law, double *log_weight) {
    struct oh_wait_point peak;
    enum oh_theory_status status = find_peak(&law->terms, &peak);
    if (status != OH_THEORY_OK)
        return status;
    peak.height = 0;
    if (peak.x > 0)
        status = lay_panels(law, &peak, 0);
    reverse(law->panels, law->n_panels);
    if (status == OH_THEORY_OK)
        status = lay_panels(law, &peak, 1);
    if (status != OH_THEORY_OK)
        return status;
    add_up(law);
    double against_peak =
        law->terms.arrival_rate_per_s * (law->sum[SUM_ALL] + law->sum[SUM_BLOCKED]);
    *log_weight = log(against_peak) + log_peak(&law->terms, &peak);
    return OH_THEORY_OK;
}

enum oh_theory_status oh_offered_wait_create(const struct oh_offered_wait_model *model,
                                             struct oh_offered_wait **law) {
    if (!is_in_range(model))
        return OH_THEORY_RANGE;
    struct oh_offered_wait *made = oh_calloc(1, sizeof *made);
    init_terms(made, model);
    double log_weight;
    enum oh_theory_status status = build(made, &log_weight);
    if (status != OH_THEORY_OK) {
        oh_offered_wait_destroy(made);
        return status;
    }
    double load = model->arrival_rate_per_s * model->handle_time_s;
    total_up(made, log_weight + log(oh_erlang_b(load, model->agents - 1)));
    made->totals.occupancy = made->totals.ends.answered * load / model->agents;
    *law = made;
    return OH_THEORY_OK;
}

void oh_offered_wait_destroy(struct oh_offered_wait *law) {
    if (law == NULL)
        return;
    free(law->panels);
    free(law->answered_before);
    free(law->abandoned_before);
    free(law->answered_after);
    free(law->all_after);
    free(law);
}

const struct oh_offered_wait_totals *oh_offered_wait_totals(const struct oh_offered_wait *law) {
    return &law->totals;
}

struct oh_wait_split oh_offered_wait_within(const struct oh_offered_wait *law, double t_s) {
    if (t_s < 0)
        return (struct oh_wait_split){0, 0, 0};
    if (t_s >= law->terms.max_wait_s)
        return law->totals.ends;
    struct sides sides = split_at(law, t_s);
    double impatient =
        sides.all_after > 0 ? oh_wait_impatience(&law->terms, t_s) * sides.all_after : 0;
    return (struct oh_wait_split){.answered =
                                      law->totals.no_wait + law->scale * sides.answered_before,
                                  .abandoned = law->scale * (sides.abandoned_before + impatient)};
}

/* Whoever is still in the queue at t ends in one of three ways, of which giving up is what remains. */
struct oh_wait_split oh_offered_wait_beyond(const struct oh_offered_wait *law, double t_s) {
    if (t_s < 0)
        return law->totals.ends;
    if (t_s >= law->terms.max_wait_s)
        return (struct oh_wait_split){0, 0, 0};
    struct sides sides = split_at(law, t_s);
    double all = law->scale * oh_wait_survival(&law->terms, t_s) * sides.all_after;
    double answered = law->scale * sides.answered_after;
    double cut_off = law->totals.ends.cut_off;
    return (struct oh_wait_split){answered, fmax(0, all - answered - cut_off), cut_off};
}

double oh_offered_wait_over(const struct oh_offered_wait *law, double t_s) {
    return law->scale * split_at(law, t_s).all_after;
}

double oh_offered_wait_actual_over(const struct oh_offered_wait *law, double t_s) {
    return oh_wait_survival(&law->terms, t_s) * oh_offered_wait_over(law, t_s);
}
