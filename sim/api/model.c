#include "api/model.h"

#include <math.h>

#include "api/expect.h"
#include "api/precise.h"
#include "base/assert.h"

/* Batches are made of intervals that follow one another. */
static enum oh_interval_rows rows_of(const struct oh_scenario *scenario,
                                     const struct oh_model_source *source) {
    return isnan(scenario->run.batches) ? source->intervals : OH_INTERVALS_EACH;
}

void oh_model_load(struct oh_model *model, const struct oh_model_source *source) {
    *model = (struct oh_model){.arena = oh_arena_create(), .diagnostics = oh_diag_create()};
    model->scenario =
        source->text == NULL
            ? oh_scenario_load(model->arena, source->path, source->overrides, source->n_overrides,
                               source->variant, model->diagnostics)
            : oh_scenario_load_text(model->arena, source->path, source->text, source->length,
                                    source->overrides, source->n_overrides, source->variant,
                                    model->diagnostics);
    if (model->scenario == NULL)
        return;
    model->plan = oh_plan_compile(
        model->scenario, &(struct oh_plan_options){.intervals = rows_of(model->scenario, source)},
        model->diagnostics);
    if (model->plan == NULL)
        return;
    oh_expect_check(model->scenario, &model->plan->layout, model->diagnostics);
    model->goals =
        oh_precise_goals(model->scenario, &model->plan->layout, model->diagnostics, model->arena);
    if (oh_diag_errors(model->diagnostics) > 0) {
        oh_plan_destroy(model->plan);
        model->plan = NULL;
    }
}

void oh_model_fini(struct oh_model *model) {
    if (model->plan != NULL)
        oh_plan_destroy(model->plan);
    oh_diag_destroy(model->diagnostics);
    oh_arena_destroy(model->arena);
}

struct oh_run_options oh_model_options(const struct oh_model *model,
                                       const struct oh_run_options *options) {
    struct oh_run_options run = *options;
    const struct oh_scenario *scenario = model->scenario;
    if (run.replications != 1)
        run.goals = model->goals;
    if (run.max_replications == 0)
        run.max_replications = (uint64_t)scenario->run.max_replications;
    if (run.max_time_s == 0 && !isnan(scenario->run.max_time_s))
        run.max_time_s = scenario->run.max_time_s;
    return run;
}

struct oh_summary *oh_model_run(const struct oh_model *model,
                                const struct oh_run_options *options) {
    OH_ARGUMENT(model->plan != NULL);
    struct oh_run_options run = oh_model_options(model, options);
    if (!isnan(model->scenario->run.batches)) {
        run.batches = (uint32_t)model->scenario->run.batches;
        run.replications = 1;
    }
    struct oh_summary *summary = oh_run(model->plan, &run);
    oh_expect_judge(model->scenario, summary);
    return summary;
}
