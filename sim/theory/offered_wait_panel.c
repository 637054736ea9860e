/* Everything on a panel comes from survival at the Gauss nodes: its running integral H, then the
 * slope lambda S (1 - B(lambda H, r - 1)) - n mu of the log density (B, Erlang's formula, is the
 * derivative of the cut exponential series in disguise: e_r'/e_r = 1 - B), then the running
 * integral of that, then the sums. The height is integrated from the peak outwards, so that large
 * exponents never cancel. */
#include <math.h>
#include <stdint.h>

#include "theory/erlang.h"
#include "theory/offered_wait_panel.h"

enum { BISECTIONS = 70 }; /* of an interval, to neighbouring doubles as a rule */
static const double JUMP = 1e-12;

double oh_wait_survival(const struct oh_wait_terms *terms, double x) {
    const struct oh_patience *patience = &terms->patience;
    if (x >= terms->max_wait_s)
        return 0;
    if (patience->kind == OH_PATIENCE_NEVER_ENDS)
        return 1;
    if (patience->kind == OH_PATIENCE_EXPONENTIAL)
        return exp(-x / patience->mean_s);
    return fmin(1, fmax(0, patience->survival(x, patience->context)));
}

double oh_wait_impatience(const struct oh_wait_terms *terms, double x) {
    const struct oh_patience *patience = &terms->patience;
    if (x >= terms->max_wait_s)
        return terms->impatient_at_cut;
    if (patience->kind == OH_PATIENCE_NEVER_ENDS)
        return 0;
    if (patience->kind == OH_PATIENCE_EXPONENTIAL)
        return -expm1(-x / patience->mean_s);
    if (patience->cdf == NULL)
        return 1 - oh_wait_survival(terms, x);
    return fmin(1, fmax(0, patience->cdf(x, patience->context)));
}

/* Erlang B of the work ahead on r - 1 lines, and 1 minus it. */
struct room_share {
    double full, open;
};

static struct room_share room_share(const struct oh_wait_terms *terms, double patient) {
    double lines = terms->room - 1;
    if (isinf(lines) || patient <= 0)
        return (struct room_share){lines == 0, lines > 0};
    if (lines == 0)
        return (struct room_share){1, 0};
    double work = terms->arrival_rate_per_s * patient;
    double turned_away = work * oh_erlang_b(work, lines - 1);
    return (struct room_share){turned_away / (lines + turned_away), lines / (lines + turned_away)};
}

static double slope(const struct oh_wait_terms *terms, double survival, double open) {
    return terms->arrival_rate_per_s * survival * open - terms->release_rate_per_s;
}

double oh_wait_slope(const struct oh_wait_terms *terms, const struct oh_wait_point *at) {
    return slope(terms, oh_wait_survival(terms, at->x), room_share(terms, at->patient).open);
}

struct nodes {
    double x[OH_GAUSS_ORDER], survival[OH_GAUSS_ORDER], impatience[OH_GAUSS_ORDER];
    double patient[OH_GAUSS_ORDER], impatient[OH_GAUSS_ORDER]; /* running integrals */
    double full[OH_GAUSS_ORDER], slope[OH_GAUSS_ORDER], height[OH_GAUSS_ORDER];
};

static double dot(const double *weights, const double *values) {
    double sum = 0;
    for (int i = 0; i < OH_GAUSS_ORDER; i++)
        sum += weights[i] * values[i];
    return sum;
}

/* running[i] = start + integral of values up to node i */
static void run(const struct oh_gauss *rule, double half, double start, const double *values,
                double *running) {
    for (int i = 0; i < OH_GAUSS_ORDER; i++)
        running[i] = start + half * dot(rule->upto[i], values);
}

/* Fills running and the ends, one of which, *known, is given. */
static void run_between(const struct oh_gauss *rule, double half, const double *values,
                        double *from, double *to, const double *known, double *running) {
    double increase = half * dot(rule->weight, values);
    if (known == from)
        *to = *from + increase;
    else
        *from = *to - increase;
    run(rule, half, *from, values, running);
}

/* A jump between an end and the node next to it escapes the quadrature, but not this. */
static double roughness(const struct oh_wait_terms *terms, const struct oh_wait_panel *panel,
                        const double *survival) {
    double at_left = oh_wait_survival(terms, panel->from.x);
    double at_right = oh_wait_survival(terms, nextafter(panel->to.x, 0));
    return fmax(fabs(dot(terms->rule.left, survival) - at_left),
                fabs(dot(terms->rule.right, survival) - at_right));
}

/* E[R; R <= x] of those who are not cut off: x P(R <= x) - integral of P(R <= u), or the integral
 * of P(R > u) - x P(R > x), whichever loses fewer digits. */
static double given_up_wait(const struct oh_wait_terms *terms, const struct nodes *at, int i) {
    double x = fmin(at->x[i], terms->max_wait_s);
    double still_patient = at->x[i] < terms->max_wait_s ? at->survival[i] : terms->patient_at_cut;
    double wait = at->impatience[i] < 0.5 ? x * at->impatience[i] - at->impatient[i]
                                          : at->patient[i] - x * still_patient;
    return fmax(0, wait);
}

static void add_node(const struct oh_wait_terms *terms, const struct nodes *at, int i,
                     double weight, double *sum) {
    double x = at->x[i];
    double mass = weight * exp(at->height[i]);
    sum[SUM_ALL] += mass;
    sum[SUM_ANSWERED] += mass * at->survival[i];
    sum[SUM_ABANDONED] += mass * at->impatience[i];
    sum[SUM_OFFERED_WAIT] += mass * x;
    sum[SUM_ANSWERED_WAIT] += mass * x * at->survival[i];
    sum[SUM_ABANDONED_WAIT] += mass * given_up_wait(terms, at, i);
    sum[SUM_ALL_WAIT] += mass * at->patient[i];
    if (isfinite(terms->room))
        sum[SUM_BLOCKED] +=
            mass * at->full[i] * terms->arrival_rate_per_s * at->patient[i] / terms->room;
}

struct oh_wait_panel oh_wait_integrate(const struct oh_wait_terms *terms,
                                       const struct oh_wait_point *known, double x) {
    struct oh_wait_panel panel = {.from.x = fmin(known->x, x), .to.x = fmax(known->x, x)};
    struct oh_wait_point *end = known->x <= x ? &panel.from : &panel.to;
    *end = *known;
    const struct oh_gauss *rule = &terms->rule;
    double half = (panel.to.x - panel.from.x) / 2;
    int cut = panel.from.x >= terms->max_wait_s;
    struct nodes at;
    double running_impatience[OH_GAUSS_ORDER];
    for (int i = 0; i < OH_GAUSS_ORDER; i++) {
        at.x[i] = panel.from.x + half * (1 + rule->node[i]);
        at.survival[i] = oh_wait_survival(terms, at.x[i]);
        at.impatience[i] = oh_wait_impatience(terms, at.x[i]);
        running_impatience[i] = cut ? 0 : at.impatience[i];
    }
    panel.roughness = roughness(terms, &panel, at.survival);
    run_between(rule, half, at.survival, &panel.from.patient, &panel.to.patient, &end->patient,
                at.patient);
    run_between(rule, half, running_impatience, &panel.from.impatient, &panel.to.impatient,
                &end->impatient, at.impatient);
    for (int i = 0; i < OH_GAUSS_ORDER; i++) {
        struct room_share room = room_share(terms, at.patient[i]);
        at.full[i] = room.full;
        at.slope[i] = slope(terms, at.survival[i], room.open);
    }
    run_between(rule, half, at.slope, &panel.from.height, &panel.to.height, &end->height,
                at.height);
    for (int i = 0; i < OH_GAUSS_ORDER; i++)
        add_node(terms, &at, i, half * rule->weight[i], panel.sum);
    return panel;
}

/* The number of breaks at or before x. */
static size_t breaks_upto(const struct oh_patience *patience, double x) {
    size_t low = 0;
    size_t high = patience->n_breaks;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (patience->breaks_s[middle] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

double oh_wait_break_after(const struct oh_wait_terms *terms, double x) {
    double next = terms->max_wait_s > x ? terms->max_wait_s : INFINITY;
    const struct oh_patience *patience = &terms->patience;
    size_t known = patience->kind == OH_PATIENCE_GENERAL ? breaks_upto(patience, x) : SIZE_MAX;
    return known < patience->n_breaks ? fmin(next, patience->breaks_s[known]) : next;
}

double oh_wait_break_before(const struct oh_wait_terms *terms, double x) {
    double next = terms->max_wait_s < x ? terms->max_wait_s : 0;
    const struct oh_patience *patience = &terms->patience;
    size_t known = patience->kind == OH_PATIENCE_GENERAL ? breaks_upto(patience, x) : 0;
    while (known > 0 && patience->breaks_s[known - 1] >= x)
        known--;
    return known > 0 ? fmax(next, patience->breaks_s[known - 1]) : next;
}

double oh_wait_find_jump(const struct oh_wait_terms *terms, double from, double to) {
    double low = from;
    double high = nextafter(to, from);
    double at_low = oh_wait_survival(terms, low);
    double at_high = oh_wait_survival(terms, high);
    for (int i = 0; i < BISECTIONS && nextafter(low, high) < high; i++) {
        double middle = low + (high - low) / 2;
        double at_middle = oh_wait_survival(terms, middle);
        if (at_low - at_middle >= at_middle - at_high) {
            high = middle;
            at_high = at_middle;
        } else {
            low = middle;
            at_low = at_middle;
        }
    }
    return at_low - at_high > JUMP ? high : NAN;
}
