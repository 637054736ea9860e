#include "study/controls.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/control.h"
#include "plan/rate.h"

enum kind { ARRIVALS, TALK, PATIENCE, N_KINDS };

struct control {
    enum kind kind;
    uint32_t type_ix;
    double mean; /* of arrivals: how many; of the others: the mean in microseconds */
};

struct oh_study_controls {
    const struct oh_plan *plan;
    uint32_t q;
    struct control *control; /* [n_types * N_KINDS], q in use */
    uint64_t n, room;
    double *values; /* [n][q] */
};

/* ---- which apply ---- */

static bool arrivals_of(const struct oh_plan *plan, const struct oh_plan_type *type, double *mean) {
    if (type->arrivals != OH_POISSON)
        return false;
    double factor = 1;
    for (uint32_t i = 0; i < type->n_factors; i++)
        factor *= oh_dist_mean(plan->factors[type->factor_ix[i]].dist);
    *mean = factor * (oh_rate_until(type, plan->end_us) - oh_rate_until(type, plan->warm_up_us));
    return *mean > 0;
}

/* Nothing but queue and talk, and no talk is broken off. */
static bool is_plain(const struct oh_plan *plan) {
    bool is_plain = !plan->has_ways;
    for (uint32_t g = 0; g < plan->n_groups; g++)
        is_plain &= plan->groups[g].on_leave == OH_LEAVE_FINISH;
    return is_plain;
}

static bool talk_of(const struct oh_plan *plan, const struct oh_plan_type *type, double *mean) {
    double value, common = NAN;
    if (!is_plain(plan))
        return false;
    for (uint32_t i = 0; i < type->n_groups; i++) {
        const struct oh_dist_steps *talk = &type->talk[type->group_ix[i]];
        if (talk->n != 1 || oh_dist_is_constant(talk->dist[0], &value) ||
            !isfinite(oh_dist_variance(talk->dist[0])))
            return false;
        if (i > 0 && oh_dist_mean(talk->dist[0]) != common)
            return false;
        common = oh_dist_mean(talk->dist[0]);
    }
    *mean = 1e6 * common;
    return type->n_groups > 0;
}

static bool patience_of(const struct oh_plan *plan, const struct oh_plan_type *type, double *mean) {
    const struct oh_dist_steps *patience = &type->patience;
    if (!is_plain(plan) || plan->warm_up_us > 0 || patience->n != 1 ||
        strcmp(oh_dist_name(patience->dist[0]), "exponential") != 0)
        return false;
    *mean = 1e6 * oh_dist_mean(patience->dist[0]);
    return true;
}

/* What each kind is, and what a replication had more of than expected. */
static double more_arrivals(const int64_t *counts, double mean) {
    return (double)counts[OH_C_CUSTOMERS] - mean;
}
static double more_talk(const int64_t *counts, double mean) {
    return (double)counts[OH_C_TALK_US] / mean - (double)counts[OH_ANSWERED];
}
static double more_abandoned(const int64_t *counts, double mean) {
    return (double)counts[OH_ABANDONED] - (double)counts[OH_C_QUEUE_US] / mean;
}
static const struct {
    const char *name;
    bool (*applies)(const struct oh_plan *plan, const struct oh_plan_type *type, double *mean);
    double (*more)(const int64_t *counts, double mean);
} kinds[N_KINDS] = {
    [ARRIVALS] = {"arrivals", arrivals_of, more_arrivals},
    [TALK] = {"talk", talk_of, more_talk},
    [PATIENCE] = {"patience", patience_of, more_abandoned},
};

struct oh_study_controls *oh_study_controls_create(const struct oh_plan *plan) {
    struct oh_study_controls *c = oh_calloc(1, sizeof *c);
    c->plan = plan;
    c->control = oh_calloc((size_t)plan->n_types * N_KINDS + 1, sizeof *c->control);
    for (uint32_t t = 0; t < plan->n_types; t++)
        for (int k = 0; k < N_KINDS; k++) {
            struct control control = {.kind = (enum kind)k, .type_ix = t};
            if (kinds[k].applies(plan, &plan->types[t], &control.mean))
                c->control[c->q++] = control;
        }
    return c;
}

void oh_study_controls_destroy(struct oh_study_controls *c) {
    if (c == NULL)
        return;
    free(c->control);
    free(c->values);
    free(c);
}

void oh_study_controls_add(struct oh_study_controls *c, const struct oh_record *record) {
    int64_t counts[OH_N_CONTACT_COUNTS];
    if (c->n == c->room) {
        c->room = 2 * c->room + 32;
        c->values = oh_realloc_array(c->values, c->room * c->q + 1, sizeof *c->values);
    }
    double *values = c->values + c->n++ * c->q;
    for (uint32_t i = 0; i < c->q; i++) {
        memset(counts, 0, sizeof counts);
        for (uint32_t cell = 0; cell < OH_SLOT_OUTSIDE(record->layout); cell++) {
            const int64_t *of = oh_record_contact_cell(record, c->control[i].type_ix, cell);
            for (uint32_t k = 0; k < OH_N_CONTACT_COUNTS; k++)
                counts[k] += of[k];
        }
        values[i] = kinds[c->control[i].kind].more(counts, c->control[i].mean);
    }
}

/* ---- applying ---- */

/* Without those that are the same in all replications: nobody abandoned. */
static struct oh_controls varying(const struct oh_study_controls *c, double *to, bool *is_used) {
    struct oh_controls controls = {.n = c->n, .values = to};
    for (uint32_t i = 0; i < c->q; i++) {
        is_used[i] = false;
        for (uint64_t r = 1; r < c->n; r++)
            is_used[i] |= c->values[r * c->q + i] != c->values[i];
        controls.q += is_used[i];
    }
    for (uint64_t r = 0; r < c->n; r++)
        for (uint32_t i = 0; i < c->q; i++)
            if (is_used[i])
                *to++ = c->values[r * c->q + i];
    return controls;
}

static void control_scope(const struct oh_tally *tally, const struct oh_controls *controls,
                          const char *prefix, struct oh_summary *summary, struct oh_scope *scope,
                          double *gains) {
    struct oh_estimate *estimates =
        OH_NEW_ARRAY(summary->arena, summary->n_uses, struct oh_estimate);
    memcpy(estimates, scope->estimates, summary->n_uses * sizeof *estimates);
    for (uint32_t u = 0; u < summary->n_uses; u++) {
        struct oh_series series;
        double gain = NAN;
        const char *path =
            oh_arena_printf(summary->arena, "%s%s.%s", prefix, scope->name, summary->uses[u].id);
        if (oh_tally_series(tally, path, &series) &&
            oh_series_control(&series, controls, summary->confidence, &estimates[u], &gain) &&
            series.unit == OH_M_SHARE) {
            estimates[u].low = fmin(1, fmax(0, estimates[u].low));
            estimates[u].value = fmin(1, fmax(0, estimates[u].value));
            estimates[u].high = fmin(1, fmax(0, estimates[u].high));
        }
        if (gains != NULL)
            gains[u] = gain;
    }
    scope->estimates = estimates;
}

static void name_controls(const struct oh_study_controls *c, const bool *is_used,
                          struct oh_summary *summary) {
    const char **names = OH_NEW_ARRAY(summary->arena, c->q, const char *);
    for (uint32_t i = 0; i < c->q; i++)
        if (is_used[i])
            names[summary->n_controls++] =
                oh_arena_printf(summary->arena, "%s of %s", kinds[c->control[i].kind].name,
                                c->plan->types[c->control[i].type_ix].name);
    summary->controls = names;
}

void oh_study_controls_apply(const struct oh_study_controls *c, const struct oh_tally *tally,
                             struct oh_summary *summary) {
    double *values = oh_calloc(c->n * c->q + 1, sizeof *values);
    bool *is_used = oh_calloc(c->q + 1, sizeof *is_used);
    struct oh_controls controls = varying(c, values, is_used);
    double *gains = OH_NEW_ARRAY(summary->arena, summary->n_uses, double);
    summary->has_controls = true;
    if (controls.n >= controls.q + OH_LEAST_BESIDE_CONTROLS)
        name_controls(c, is_used, summary);
    control_scope(tally, &controls, "", summary, &summary->total, gains);
    for (uint32_t t = 0; t < summary->n_types; t++)
        control_scope(tally, &controls, "contacts.", summary, &summary->types[t], NULL);
    for (uint32_t g = 0; g < summary->n_groups; g++)
        control_scope(tally, &controls, "agents.", summary, &summary->groups[g], NULL);
    summary->control_gains = gains;
    free(values);
    free(is_used);
}
