#include "study/exact.h"

#include <math.h>
#include <string.h>

#include "random/dist.h"

/* ---- is the plan a model that theory knows? ---- */

static bool is_dist(const struct oh_dist_steps *steps, const char *name) {
    return steps->n == 1 && strcmp(oh_dist_name(steps->dist[0]), name) == 0;
}

static bool is_zero(const struct oh_dist_steps *steps) {
    double value;
    return steps->n == 1 && oh_dist_is_constant(steps->dist[0], &value) && value == 0;
}

static bool never_retries(const struct oh_plan_type *type) {
    for (int cause = 0; cause < OH_N_CAUSES; cause++)
        for (uint32_t i = 0; i < type->retry[cause].chance.n; i++)
            if (type->retry[cause].chance.share[i] > 0)
                return false;
    return true;
}

static bool is_steady(const struct oh_plan *plan) {
    return !plan->has_hours && !plan->has_ways && plan->n_types == 1 && plan->n_groups == 1 &&
           plan->types[0].n_groups == 1;
}

static bool has_markov_calls(const struct oh_plan_type *type) {
    return type->arrivals == OH_POISSON && type->rate_per_s.n == 1 && type->rate_slope == NULL &&
           type->n_factors == 0 && type->rate_per_s.value[0] > 0 &&
           is_dist(&type->talk[0], "exponential") && is_zero(&type->wrap_up[0]) &&
           type->patience.n == 1;
}

static bool has_fixed_agents(const struct oh_plan_group *group) {
    return group->on_duty.n == 1 && group->shrinkage_as == OH_SHRINK_FIXED &&
           group->on_duty.value[0] >= 1;
}

static bool is_markov_queue(const struct oh_plan *plan) {
    if (!is_steady(plan))
        return false;
    const struct oh_plan_type *type = &plan->types[0];
    return has_markov_calls(type) && type->balk.by == OH_CHANCE_NEVER && never_retries(type) &&
           has_fixed_agents(&plan->groups[0]) && type->at_max_wait == OH_MAX_WAIT_DISCONNECT;
}

/* ---- the model ---- */

static double patience_survival(double t_s, const void *context) {
    return oh_dist_survival(context, t_s);
}

static double patience_cdf(double t_s, const void *context) {
    return oh_dist_cdf(context, t_s);
}

struct oh_patience oh_exact_patience(const struct oh_dist *dist, struct oh_arena *arena) {
    if (oh_dist_is_never(dist))
        return oh_patience_never_ends();
    if (strcmp(oh_dist_name(dist), "exponential") == 0)
        return oh_patience_exponential(oh_dist_mean(dist));
    struct oh_patience patience = {.kind = OH_PATIENCE_GENERAL,
                                   .survival = patience_survival,
                                   .cdf = patience_cdf,
                                   .context = dist};
    patience.n_breaks = oh_dist_breaks(dist, arena, &patience.breaks_s);
    return patience;
}

enum oh_theory_formula oh_exact_formula(enum oh_formula formula) {
    for (int i = 0; i < OH_THEORY_N_FORMULAS; i++)
        if (strcmp(oh_theory_formula_names[i], oh_formula_name(formula)) == 0)
            return (enum oh_theory_formula)i;
    return OH_THEORY_ABANDONS_NEGATIVE;
}

/* The least of the limits on those who wait, and whether whoever meets it hears a busy signal. */
static void set_room(struct oh_theory_model *model, const struct oh_plan *plan) {
    const struct oh_plan_type *type = &plan->types[0];
    double room = INFINITY;
    if (type->queue_limit >= 0)
        room = (double)type->queue_limit;
    if (plan->queue_limit >= 0)
        room = fmin(room, (double)plan->queue_limit);
    if (type->queue_limit_per_agent >= 0)
        room = fmin(room, floor(type->queue_limit_per_agent * model->agents + 1e-9));
    model->full_room_disconnects = isfinite(room) && type->when_full == OH_FULL_DISCONNECT;
    if (plan->lines != OH_NONE && (double)plan->lines - model->agents <= room) {
        room = (double)plan->lines - model->agents;
        model->full_room_disconnects = false;
    }
    model->room = isfinite(room) ? room : -1;
}

static struct oh_theory_model model_of(const struct oh_plan *plan, struct oh_arena *arena) {
    const struct oh_plan_type *type = &plan->types[0];
    const struct oh_layout_type *layout = &plan->layout.types[0];
    struct oh_theory_model model = oh_theory_model_init();
    model.arrival_rate_per_s = type->rate_per_s.value[0];
    model.handle_time_s = oh_dist_mean(type->talk[0].dist[0]);
    model.agents = (int)plan->groups[0].on_duty.value[0];
    model.patience = oh_exact_patience(type->patience.dist[0], arena);
    model.max_wait_s =
        type->max_wait_us == OH_FOREVER ? INFINITY : (double)type->max_wait_us * 1e-6;
    model.answer_within_s = (double)layout->answer_within_us * 1e-6;
    model.short_abandon_s = (double)layout->short_abandon_us * 1e-6;
    model.formula = oh_exact_formula(layout->formula);
    model.n_tails = layout->n_tails < OH_THEORY_TAILS ? layout->n_tails : OH_THEORY_TAILS;
    for (size_t i = 0; i < model.n_tails; i++)
        model.tails_s[i] = (double)layout->tail_us[i] * 1e-6;
    set_room(&model, plan);
    return model;
}

void oh_exact_beside(const struct oh_plan *plan, struct oh_summary *summary) {
    if (!is_markov_queue(plan))
        return;
    struct oh_theory_model model = model_of(plan, summary->arena);
    if (plan->lines != OH_NONE && plan->lines < (uint32_t)model.agents)
        return;
    struct oh_theory_result result;
    const char *name;
    if (oh_theory_solve(&model, &result, &name) != OH_THEORY_OK)
        return;
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
    size_t n = oh_theory_metrics(&result, metrics);
    summary->theory = OH_NEW_ARRAY(summary->arena, n, struct oh_theory_value);
    summary->theory_model = name;
    summary->has_warm_up = plan->warm_up_us > 0;
    for (size_t i = 0; i < n; i++)
        if (isfinite(metrics[i].value))
            summary->theory[summary->n_theory++] = (struct oh_theory_value){
                oh_arena_strdup(summary->arena, metrics[i].id), metrics[i].unit, metrics[i].value};
}
