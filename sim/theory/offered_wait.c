/* Panels are laid from the peak of the density outwards, each halved until both ways of
 * integrating it agree, until the density has fallen below the smallest double. Sums against the
 * peak are then scaled by P(all agents busy). */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "theory/erlang.h"
#include "theory/offered_wait_panel.h"

struct oh_offered_wait {
    struct oh_wait_terms terms;
    struct oh_wait_panels panels; /* ascending */
    /* Sums of the panels before and after one. */
    double *answered_before, *abandoned_before, *answered_after, *all_after;
    double sum[N_SUMS];
    double scale; /* probability per unit of the sums */
    struct oh_offered_wait_totals totals;
};

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

static void reverse(struct oh_wait_panels *panels) {
    for (size_t i = 0; i < panels->n / 2; i++) {
        struct oh_wait_panel *mirror = &panels->panel[panels->n - 1 - i];
        struct oh_wait_panel panel = panels->panel[i];
        panels->panel[i] = *mirror;
        *mirror = panel;
    }
}

static void add_up(struct oh_offered_wait *law) {
    size_t n = law->panels.n;
    law->answered_before = oh_calloc(n, sizeof(double));
    law->abandoned_before = oh_calloc(n, sizeof(double));
    law->answered_after = oh_calloc(n, sizeof(double));
    law->all_after = oh_calloc(n, sizeof(double));
    for (size_t i = 0; i < n; i++) {
        law->answered_before[i] = law->sum[SUM_ANSWERED];
        law->abandoned_before[i] = law->sum[SUM_ABANDONED];
        for (int k = 0; k < N_SUMS; k++)
            law->sum[k] += law->panels.panel[i].sum[k];
    }
    for (size_t i = n - 1; i-- > 0;) {
        const double *next = law->panels.panel[i + 1].sum;
        law->answered_after[i] = law->answered_after[i + 1] + next[SUM_ANSWERED];
        law->all_after[i] = law->all_after[i + 1] + next[SUM_ALL];
    }
}

/* The panel that holds t; n_panels if it lies behind all. */
static size_t find_panel(const struct oh_offered_wait *law, double t_s) {
    size_t low = 0;
    size_t high = law->panels.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (law->panels.panel[middle].to.x <= t_s)
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
    if (ix == law->panels.n)
        return (struct sides){law->sum[SUM_ANSWERED], law->sum[SUM_ABANDONED], 0, 0};
    struct sides sides = {law->answered_before[ix], law->abandoned_before[ix],
                          law->answered_after[ix], law->all_after[ix]};
    struct oh_wait_panel rest = law->panels.panel[ix];
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
    enum oh_theory_status status = oh_wait_find_peak(&law->terms, &peak);
    if (status != OH_THEORY_OK)
        return status;
    peak.height = 0;
    if (peak.x > 0)
        status = oh_wait_lay_panels(&law->terms, &peak, 0, &law->panels);
    reverse(&law->panels);
    if (status == OH_THEORY_OK)
        status = oh_wait_lay_panels(&law->terms, &peak, 1, &law->panels);
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
    free(law->panels.panel);
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

/* Whoever is still in the queue at t ends in one of three ways, of which giving up is what
 * remains. */
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
