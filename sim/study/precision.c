#include "study/precision.h"

#include <math.h>

double oh_goal_width(const struct oh_goal *goal, double value) {
    return goal->is_relative ? goal->margin * fabs(value) : goal->margin;
}

bool oh_goal_is_reached(const struct oh_goal *goal, const struct oh_estimate *estimate) {
    return oh_half_width(estimate) <= oh_goal_width(goal, estimate->value);
}

double oh_goal_need(const struct oh_goal *goal, const struct oh_estimate *estimate, double done) {
    if (oh_goal_is_reached(goal, estimate))
        return 0;
    double over = oh_half_width(estimate) / oh_goal_width(goal, estimate->value);
    return isfinite(over) ? fmax(done + 1, done * over * over) : INFINITY;
}

static const struct oh_estimate nothing = {NAN, NAN, NAN};

double oh_goals_need(const struct oh_goals *goals, const struct oh_tally *tally, double done) {
    double most = 0;
    for (size_t i = 0; i < goals->n; i++) {
        struct oh_estimate estimate = nothing;
        oh_tally_estimate(tally, goals->items[i].path, &estimate);
        most = fmax(most, oh_goal_need(&goals->items[i], &estimate, done));
    }
    return most;
}

static struct oh_precision_result result_of(const struct oh_goal *goal,
                                            const struct oh_summary *summary) {
    struct oh_precision_result result = {.path = oh_arena_strdup(summary->arena, goal->path),
                                         .asked = oh_arena_strdup(summary->arena, goal->asked),
                                         .estimate = nothing,
                                         .unit = OH_M_RATIO};
    const struct oh_scope *scope;
    int use;
    if (oh_summary_find(summary, goal->path, &scope, &use)) {
        result.estimate = scope->estimates[use];
        result.unit = oh_metric_unit_of(summary->uses[use].metric);
    }
    result.wanted = oh_goal_width(goal, result.estimate.value);
    result.reached = oh_goal_is_reached(goal, &result.estimate);
    return result;
}

void oh_goals_report(const struct oh_goals *goals, struct oh_summary *summary) {
    struct oh_precision_result *results =
        OH_NEW_ARRAY(summary->arena, goals->n, struct oh_precision_result);
    for (size_t i = 0; i < goals->n; i++)
        results[i] = result_of(&goals->items[i], summary);
    summary->precisions = results;
    summary->n_precisions = (uint32_t)goals->n;
}
