/* Distributions for charts: even bins on a step that reads well on an axis. */
#include <math.h>
#include <stdlib.h>

#include "measure/tally.h"

enum { MOST_BINS = 120 };

static const struct {
    enum oh_distribution distribution;
    const char *id;
} curves[] = {{OH_D_ANSWERED, "wait_answered"}, {OH_D_ABANDONED, "wait_abandoned"}};
enum { N_CURVES = sizeof curves / sizeof curves[0] };

/* Neighbours differ by a factor of at most 2, so that there are at least 60 bins. */
static const double steps_s[] = {0.01, 0.02, 0.03, 0.05, 0.1,  0.2,  0.3,   0.5,   1,     2,
                                 3,    5,    10,   15,   20,   30,   60,    120,   180,   300,
                                 600,  900,  1200, 1800, 3600, 7200, 10800, 21600, 43200, 86400};
enum { N_STEPS = sizeof steps_s / sizeof steps_s[0] };

static double step_for(double upper_s) {
    for (uint32_t i = 0; i < N_STEPS; i++)
        if (upper_s <= MOST_BINS * steps_s[i])
            return steps_s[i];
    return steps_s[N_STEPS - 1];
}

/* What holds all but the last half percent of each distribution; at least a second. */
static double upper_end_s(const struct oh_pooled *pooled) {
    double upper_s = 1;
    for (int c = 0; c < N_CURVES; c++)
        if (pooled[c].n > 0)
            upper_s = fmax(upper_s, oh_histogram_quantile(pooled[c].c, 0.995).us / 1e6);
    return upper_s;
}

static void fill_curve(const struct oh_pooled *pooled, const double *edge_s, uint32_t n,
                       struct oh_arena *arena, struct oh_curve *curve) {
    double *share = OH_NEW_ARRAY(arena, n, double);
    double before = 0;
    for (uint32_t i = 0; i < n; i++) {
        double upto = oh_pooled_share(pooled, edge_s[i + 1] * 1e6);
        share[i] = upto - before;
        before = upto;
    }
    curve->n = n;
    curve->edge_s = edge_s;
    curve->share = share;
}

/* The curves of one scope share their edges; one without any contact is left out. */
static void fill_scope(const struct oh_tally *tally, uint32_t scope_ix, const char *name,
                       struct oh_pooled *pooled, struct oh_summary *summary) {
    struct oh_arena *arena = summary->arena;
    for (int c = 0; c < N_CURVES; c++)
        oh_pool_read(oh_tally_pool(tally, scope_ix, curves[c].distribution), tally->replications,
                     &pooled[c]);
    double upper_s = upper_end_s(pooled), step_s = step_for(upper_s);
    uint32_t n = (uint32_t)ceil(upper_s / step_s - 1e-9);
    double *edge_s = OH_NEW_ARRAY(arena, n + 1, double);
    for (uint32_t i = 0; i <= n; i++)
        edge_s[i] = i * step_s;
    for (int c = 0; c < N_CURVES; c++) {
        if (pooled[c].n == 0)
            continue;
        struct oh_curve *curve = &summary->curves[summary->n_curves++];
        curve->type = name;
        curve->id = curves[c].id;
        fill_curve(&pooled[c], edge_s, n, arena, curve);
    }
}

void oh_curves_fill(const struct oh_tally *tally, struct oh_summary *summary) {
    if (summary->n_types == 0)
        return;
    struct oh_pooled *pooled = oh_calloc(N_CURVES, sizeof *pooled);
    summary->curves =
        OH_NEW_ARRAY(summary->arena, (size_t)N_CURVES * (summary->n_types + 1), struct oh_curve);
    fill_scope(tally, 0, summary->total.name, pooled, summary);
    for (uint32_t t = 0; t < summary->n_types; t++)
        fill_scope(tally, oh_scope_of_type(t), summary->types[t].name, pooled, summary);
    free(pooled);
}
