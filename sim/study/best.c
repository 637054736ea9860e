#include "study/best.h"

#include <math.h>
#include <stdlib.h>

#include "base/text.h"

struct oh_selection {
    struct oh_best_question question;
    struct oh_tally *const *tallies;
    uint32_t n, n_left;
    uint32_t *left;       /* [n_left] plans that may be the best, ascending */
    uint64_t *dropped_at; /* [n]; 0: not */
    double *variance;     /* [n][n] of differences, of the first stage */
    double indifference;  /* in units of the metric; NAN before the first stage */
    double spread;        /* h^2 of Kim and Nelson */
    const struct oh_crew *asked;
    const struct oh_plan **plans; /* [n_left] */
    struct oh_crew crew;
};

struct oh_selection *oh_selection_create(const struct oh_best_question *question,
                                         struct oh_tally *const *tallies, uint32_t n) {
    struct oh_selection *selection = oh_calloc(1, sizeof *selection);
    *selection = (struct oh_selection){.question = *question,
                                       .tallies = tallies,
                                       .n = n,
                                       .n_left = n,
                                       .left = oh_calloc(n, sizeof *selection->left),
                                       .dropped_at = oh_calloc(n, sizeof(uint64_t)),
                                       .variance = oh_calloc((size_t)n * n, sizeof(double)),
                                       .plans = oh_calloc(n, sizeof *selection->plans),
                                       .indifference = NAN};
    for (uint32_t i = 0; i < n; i++)
        selection->left[i] = i;
    return selection;
}

void oh_selection_destroy(struct oh_selection *selection) {
    if (selection == NULL)
        return;
    free(selection->left);
    free(selection->dropped_at);
    free(selection->variance);
    free(selection->plans);
    free(selection);
}

static struct oh_series series_of(const struct oh_selection *selection, uint32_t plan_ix) {
    struct oh_series series = {0};
    oh_tally_series(selection->tallies[plan_ix], selection->question.path, &series);
    return series;
}

/* The larger the better. */
static double merit(const struct oh_selection *selection, uint32_t plan_ix) {
    struct oh_series series = series_of(selection, plan_ix);
    double value = oh_series_value(&series);
    return selection->question.sense == OH_MORE_IS_BETTER ? value : -value;
}

/* ---- Kim and Nelson ---- */

static void end_first_stage(struct oh_selection *selection, uint64_t n0) {
    double error = 1 - selection->question.confidence, r = (double)n0;
    double eta = (pow(2 * error / (selection->n - 1), -2 / (r - 1)) - 1) / 2;
    selection->spread = oh_number_settle(2 * eta * (r - 1));
    selection->indifference = selection->question.indifference;
    if (selection->question.is_relative)
        selection->indifference *= fabs(merit(selection, 0));
    for (uint32_t i = 0; i < selection->n; i++)
        for (uint32_t l = 0; l < i; l++) {
            struct oh_series a = series_of(selection, i), b = series_of(selection, l);
            double variance = oh_series_variance(&a, &b);
            selection->variance[i * selection->n + l] = variance;
            selection->variance[l * selection->n + i] = variance;
        }
}

/* How far one may be behind another without being dropped. */
static double slack(const struct oh_selection *selection, uint32_t i, uint32_t l, double r) {
    double delta = selection->indifference;
    double variance = selection->variance[i * selection->n + l];
    if (!(delta > 0))
        return variance > 0 ? INFINITY : 0;
    return fmax(0, delta / (2 * r) * (selection->spread * variance / (delta * delta) - r));
}

static bool is_behind(const struct oh_selection *selection, uint32_t i, const double *merits,
                      double r) {
    for (uint32_t k = 0; k < selection->n_left; k++) {
        uint32_t l = selection->left[k];
        if (l != i && merits[i] < merits[l] - slack(selection, i, l, r))
            return true;
    }
    return false;
}

/* Equals can never be told apart: once there is no slack, the first one stands for all. */
static bool is_a_tie(const struct oh_selection *selection, double r) {
    for (uint32_t k = 1; k < selection->n_left; k++)
        if (slack(selection, selection->left[0], selection->left[k], r) > 0)
            return false;
    return true;
}

static void drop(struct oh_selection *selection, uint64_t done) {
    double *merits = oh_calloc(selection->n, sizeof *merits);
    bool *is_dropped = oh_calloc(selection->n, sizeof *is_dropped);
    for (uint32_t k = 0; k < selection->n_left; k++)
        merits[selection->left[k]] = merit(selection, selection->left[k]);
    for (uint32_t k = 0; k < selection->n_left; k++)
        is_dropped[selection->left[k]] =
            is_behind(selection, selection->left[k], merits, (double)done);
    uint32_t kept = 0;
    for (uint32_t k = 0; k < selection->n_left; k++) {
        uint32_t i = selection->left[k];
        if (is_dropped[i])
            selection->dropped_at[i] = done;
        else
            selection->left[kept++] = i;
    }
    selection->n_left = kept;
    free(merits);
    free(is_dropped);
}

/* ---- running ---- */

static void enlist(struct oh_selection *selection) {
    for (uint32_t k = 0; k < selection->n_left; k++)
        selection->plans[k] = selection->asked->plans[selection->left[k]];
    selection->crew.n_plans = selection->n_left;
}

static double need(void *context, uint64_t done) {
    struct oh_selection *selection = context;
    if (isnan(selection->indifference))
        end_first_stage(selection, done);
    drop(selection, done);
    if (selection->n_left > 1 && is_a_tie(selection, (double)done))
        selection->n_left = 1;
    enlist(selection);
    return selection->n_left > 1 ? (double)done + 1 : 0;
}

static void take(void *context, uint32_t plan_ix, uint64_t replication,
                 const struct oh_record *record) {
    const struct oh_selection *selection = context;
    selection->asked->take(selection->asked->take_context, selection->left[plan_ix], replication,
                           record);
}

struct oh_stages_end oh_selection_run(struct oh_selection *selection, const struct oh_crew *crew,
                                      const struct oh_stages *stages) {
    struct oh_stages own = *stages;
    selection->asked = crew;
    selection->crew = *crew;
    selection->crew.plans = selection->plans;
    selection->crew.take = take;
    selection->crew.take_context = selection;
    own.need = need;
    own.need_context = selection;
    enlist(selection);
    return oh_stages_run(&selection->crew, &own);
}

/* ---- report ---- */

static uint32_t leader(const struct oh_selection *selection) {
    uint32_t best = selection->left[0];
    for (uint32_t k = 1; k < selection->n_left; k++)
        if (merit(selection, selection->left[k]) > merit(selection, best))
            best = selection->left[k];
    return best;
}

const struct oh_best *oh_selection_report(const struct oh_selection *selection,
                                          struct oh_arena *arena) {
    struct oh_best *best = OH_NEW(arena, struct oh_best);
    struct oh_series first = series_of(selection, 0);
    *best = (struct oh_best){.path = oh_arena_strdup(arena, selection->question.path),
                             .unit = first.unit,
                             .sense = selection->question.sense,
                             .indifference = selection->indifference,
                             .is_decided = selection->n_left == 1,
                             .best_ix = leader(selection)};
    best->of = oh_arena_alloc(arena, selection->n * sizeof *best->of);
    for (uint32_t i = 0; i < selection->n; i++) {
        struct oh_series series = series_of(selection, i);
        best->of[i].value = oh_series_value(&series);
        best->of[i].replications = series.n;
        best->of[i].is_dropped = selection->dropped_at[i] > 0;
    }
    return best;
}
