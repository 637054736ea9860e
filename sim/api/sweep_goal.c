/* The smallest or largest value with which a goal is met. */
#include <math.h>
#include <string.h>

#include "api/expect.h"
#include "api/precise.h"
#include "api/sweep.h"
#include "study/threshold.h"

/* "service_level >= 80%": the metric ends where the first of these begins. */
static size_t metric_end(const char *goal) {
    static const char *const signs[] = {">", "<", " at least ", " at most ", " between ", "="};
    size_t end = strlen(goal);
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        const char *found = strstr(goal, signs[i]);
        if (found != NULL && (size_t)(found - goal) < end)
            end = (size_t)(found - goal);
    }
    return end;
}

static bool is_ascending(const struct oh_varied *varied) {
    for (uint32_t i = 0; i < varied->n; i++)
        if (isnan(varied->numbers[i]) || (i > 0 && !(varied->numbers[i - 1] < varied->numbers[i])))
            return false;
    return true;
}

static bool refuse(struct oh_sweep_job *job, const char *why) {
    oh_text_puts(&job->misuse, why);
    return false;
}

static bool read_condition(struct oh_sweep_job *job, const char *text, struct oh_place place) {
    struct oh_diagnostics *diagnostics = job->model.diagnostics;
    struct oh_expectation condition;
    if (!oh_expectation_parse(text, place, &condition, diagnostics))
        return false;
    if (condition.kind != OH_EXPECT_AT_LEAST && condition.kind != OH_EXPECT_AT_MOST)
        return refuse(job, "a goal has one limit: 'at least' or 'at most'");
    if (!oh_metric_takes(job->goal_unit, condition.unit)) {
        oh_diag_add(diagnostics, OH_MSG_METRIC_UNIT, place, NULL,
                    "'%s' is measured in another unit", job->goal_path);
        return false;
    }
    struct oh_text said = {0};
    oh_expectation_print(&condition, &said);
    job->goal_condition = oh_arena_strdup(job->arena, said.data);
    oh_text_fini(&said);
    job->goal_low = condition.low;
    job->goal_high = condition.high;
    return true;
}

bool oh_sweep_read_goal(struct oh_sweep_job *job) {
    const struct oh_sweep_request *request = job->request;
    const char *goal = request->goal;
    if (request->n_varied != 1)
        return refuse(job, "--goal takes one --vary");
    if (!is_ascending(&request->varied[0]))
        return refuse(job, "--goal takes values that go up, such as 20..40");
    const struct oh_layout *layout = &job->model.plan->layout;
    size_t end = metric_end(goal), n = end;
    while (n > 0 && goal[n - 1] == ' ')
        n--;
    size_t start = end + strspn(goal + end, " ");
    struct oh_place place = oh_sweep_place(job, "--goal", goal);
    struct oh_metric_path found;
    job->goal_path = oh_arena_strdup(
        job->arena, oh_precise_path(oh_arena_strndup(job->arena, goal, n), layout, job->arena));
    if (!oh_expect_path(job->goal_path, oh_place_within(place, 0, oh_utf8_length(goal, n)), layout,
                        job->model.diagnostics, job->model.arena, &found))
        return false;
    job->goal_unit = oh_metric_unit_of(found.metric);
    return read_condition(job, goal + start,
                          oh_place_within(place, oh_utf8_length(goal, start),
                                          oh_utf8_length(goal + start, strlen(goal + start))));
}

/* ---- seeking ---- */

struct row {
    const struct oh_sweep_job *job;
    struct oh_sweep *sweep;
    struct oh_model model; /* that is open */
};

static struct oh_plan *open_cell(void *context, uint32_t ix) {
    struct row *row = context;
    oh_sweep_load(row->job, ix, &row->model);
    return row->model.plan;
}

static void close_cell(void *context, uint32_t ix, const struct oh_summary *summary) {
    struct row *row = context;
    if (summary->replications > 0)
        oh_sweep_take(row->sweep, ix, &row->model, summary);
    oh_model_fini(&row->model);
}

void oh_sweep_seek(const struct oh_sweep_job *job, struct oh_sweep *sweep) {
    struct row row = {.job = job, .sweep = sweep};
    struct oh_row_of_plans plans = {job->n_cells, open_cell, close_cell, &row};
    struct oh_threshold_question question = {job->goal_path, job->goal_low, job->goal_high,
                                             sweep->confidence};
    struct oh_run_options run = oh_model_options(&job->model, &job->request->run);
    enum oh_judged *judged = OH_NEW_ARRAY(sweep->arena, job->n_cells, enum oh_judged);
    struct oh_threshold found = oh_threshold_find(&plans, &question, &run, judged);
    struct oh_goal_result *goal = OH_NEW(sweep->arena, struct oh_goal_result);
    *goal =
        (struct oh_goal_result){.path = oh_arena_strdup(sweep->arena, job->goal_path),
                                .condition = oh_arena_strdup(sweep->arena, job->goal_condition),
                                .unit = job->goal_unit,
                                .limit = isfinite(job->goal_low) ? job->goal_low : job->goal_high,
                                .found = found.found,
                                .is_smallest = found.is_smallest,
                                .value_ix = found.value_ix,
                                .neighbour_ix = found.neighbour_ix,
                                .judged = judged};
    sweep->goal = goal;
    sweep->ending = found.ending;
    sweep->complete = found.ending == OH_ENDED_ENOUGH || found.ending == OH_ENDED_AT_MOST;
}
