#include <stdlib.h>
#include <string.h>

#include <onhold/sweep.h>

#include "api/error.h"
#include "api/print.h"
#include "api/scenario.h"
#include "api/sweep.h"
#include "api/vary.h"
#include "report/report.h"

struct onhold_sweep {
    struct oh_sweep *sweep;
};

static struct oh_sweep *refuse(const char *why, const char *text, struct onhold_error **error) {
    struct oh_text told = {0};
    oh_text_printf(&told, "%s%s%s\n", why, text[0] != '\0' ? ": " : "", text);
    oh_error_set(error, told.data);
    oh_text_fini(&told);
    return NULL;
}

static struct oh_sweep *run(const struct oh_sweep_request *request, struct onhold_error **error) {
    struct oh_sweep_job job;
    struct oh_sweep *sweep = NULL;
    if (oh_sweep_prepare(&job, request))
        sweep = oh_sweep_run(&job);
    else if (job.misuse.length > 0)
        refuse(job.misuse.data, "", error);
    else
        oh_error_set_problems(error, job.model.diagnostics);
    oh_sweep_job_fini(&job);
    if (sweep == NULL || oh_sweep_done(sweep) > 0)
        return sweep;
    oh_sweep_destroy(sweep);
    return refuse("stopped before the first replication ended", "", error);
}

static struct oh_sweep *sweep_in(struct oh_arena *arena, const struct onhold_scenario *scenario,
                                 const struct onhold_parameter *parameters, size_t n,
                                 const struct onhold_sweep_options *options,
                                 struct onhold_error **error) {
    struct oh_varied *varied = OH_NEW_ARRAY(arena, n, struct oh_varied);
    for (size_t i = 0; i < n; i++) {
        struct oh_text problem = {0};
        varied[i].path = parameters[i].path;
        if (oh_vary_values(parameters[i].values, arena, &varied[i], &problem))
            continue;
        refuse(parameters[i].path, problem.data, error);
        oh_text_fini(&problem);
        return NULL;
    }
    return run(&(struct oh_sweep_request){.source = {.path = scenario->name,
                                                     .text = scenario->text,
                                                     .length = scenario->length,
                                                     .variant = scenario->variant,
                                                     .overrides = scenario->overrides,
                                                     .n_overrides = scenario->n_overrides},
                                          .n_varied = (uint32_t)n,
                                          .varied = varied,
                                          .is_zipped = options->zip,
                                          .n_metrics = options->n_metrics,
                                          .metrics = options->metrics,
                                          .goal = options->goal,
                                          .run = oh_public_run_options(&options->run)},
               error);
}

struct onhold_sweep *onhold_sweep(const struct onhold_scenario *scenario,
                                  const struct onhold_parameter *parameters, size_t n,
                                  const struct onhold_sweep_options *options,
                                  struct onhold_error **error) {
    static const struct onhold_sweep_options none;
    if (n == 0 || n > UINT16_MAX) {
        refuse("a sweep varies one value at least", "", error);
        return NULL;
    }
    struct oh_arena *arena = oh_arena_create();
    struct oh_sweep *found =
        sweep_in(arena, scenario, parameters, n, options != NULL ? options : &none, error);
    oh_arena_destroy(arena);
    if (found == NULL)
        return NULL;
    struct onhold_sweep *sweep = oh_malloc(sizeof *sweep);
    sweep->sweep = found;
    return sweep;
}

size_t onhold_sweep_cells(const struct onhold_sweep *sweep) {
    return sweep->sweep->n_cells;
}

const char *onhold_sweep_setting(const struct onhold_sweep *sweep, size_t cell, size_t parameter) {
    const struct oh_sweep *s = sweep->sweep;
    if (cell >= s->n_cells || parameter >= s->n_varied)
        return NULL;
    return s->varied[parameter].texts[s->cells[cell].value_ix[parameter]];
}

bool onhold_sweep_find(const struct onhold_sweep *sweep, size_t cell, const char *path,
                       struct onhold_estimate *estimate) {
    const struct oh_sweep *s = sweep->sweep;
    for (uint32_t i = 0; cell < s->n_cells && i < s->n_swept; i++) {
        if (s->cells[cell].replications == 0 || strcmp(s->swept[i].path, path) != 0)
            continue;
        const struct oh_estimate *found = &s->cells[cell].estimates[i];
        *estimate = (struct onhold_estimate){found->value, found->low, found->high,
                                             oh_metric_unit_name(s->swept[i].unit)};
        return true;
    }
    return false;
}

bool onhold_sweep_goal(const struct onhold_sweep *sweep, size_t *cell) {
    const struct oh_goal_result *goal = sweep->sweep->goal;
    if (goal == NULL || (goal->found != OH_FOUND && goal->found != OH_FOUND_ALL))
        return false;
    *cell = goal->value_ix;
    return true;
}

char *onhold_sweep_verdict(const struct onhold_sweep *sweep) {
    struct oh_text text = {0};
    if (sweep->sweep->goal != NULL)
        oh_goal_print(sweep->sweep, &text);
    return text.data;
}

bool onhold_sweep_is_complete(const struct onhold_sweep *sweep) {
    return sweep->sweep->complete;
}

char *onhold_sweep_print(const struct onhold_sweep *sweep, const char *format) {
    struct oh_content content = {.sweep = sweep->sweep};
    return oh_content_print(&content, format);
}

void onhold_sweep_destroy(struct onhold_sweep *sweep) {
    if (sweep == NULL)
        return;
    oh_sweep_destroy(sweep->sweep);
    free(sweep);
}
