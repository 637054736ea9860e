/* What single values do to metrics, each made smaller and larger by the same share. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "api/compare.h"
#include "api/sweep.h"
#include "api/swept.h"

enum { LESS, MORE, N_SIDES, MOST_BARS = 400 };

/* What would be changed. */
struct bar {
    const char *path, *text;
    const char *sides[N_SIDES]; /* NULL: cannot be changed that way */
};

struct plan_of_bars {
    const struct oh_sweep_job *job;
    struct oh_arena *arena;
    uint32_t n, n_left_out;
    struct bar *bars;
    const char **left_out;
};

static void load_changed(const struct oh_sweep_job *job, const char *path, const char *value,
                         struct oh_model *model) {
    struct oh_model_source source = job->request->source;
    struct oh_override *overrides =
        OH_NEW_ARRAY(job->arena, source.n_overrides + 1, struct oh_override);
    if (source.n_overrides > 0)
        memcpy(overrides, source.overrides, source.n_overrides * sizeof *overrides);
    overrides[source.n_overrides++] =
        (struct oh_override){.flag = "--vary", .path = path, .value = value};
    source.overrides = overrides;
    oh_model_load(model, &source);
}

/* The value, if the scenario takes it. */
static const char *side_of(const struct plan_of_bars *plan, const char *path,
                           const struct oh_node *node, const struct oh_key *key, double factor) {
    struct oh_text text = {0};
    const char *value = NULL;
    if (oh_swept_scale(node, key, factor, &text)) {
        struct oh_model model;
        load_changed(plan->job, path, text.data, &model);
        if (model.plan != NULL)
            value = oh_arena_strdup(plan->arena, text.data);
        oh_model_fini(&model);
    }
    oh_text_fini(&text);
    return value;
}

static void add_bar(void *context, const char *path, const struct oh_node *node,
                    const struct oh_key *key) {
    struct plan_of_bars *plan = context;
    double by = plan->job->request->tornado_by;
    struct bar bar = {.path = oh_arena_strdup(plan->arena, path)};
    bar.sides[LESS] = side_of(plan, path, node, key, 1 - by);
    bar.sides[MORE] = side_of(plan, path, node, key, 1 + by);
    if ((bar.sides[LESS] == NULL && bar.sides[MORE] == NULL) || plan->n == MOST_BARS) {
        plan->left_out = oh_realloc_array(plan->left_out, plan->n_left_out + 1, sizeof(char *));
        plan->left_out[plan->n_left_out++] = bar.path;
        return;
    }
    struct oh_text text = {0};
    oh_node_print(node, &text);
    bar.text = oh_arena_strdup(plan->arena, text.data);
    oh_text_fini(&text);
    plan->bars = oh_realloc_array(plan->bars, plan->n + 1, sizeof *plan->bars);
    plan->bars[plan->n++] = bar;
}

static void plan_init(struct plan_of_bars *plan, const struct oh_sweep_job *job,
                      struct oh_arena *arena) {
    const struct oh_sweep_request *request = job->request;
    const struct oh_node *root = job->model.scenario->root;
    *plan = (struct plan_of_bars){.job = job, .arena = arena};
    if (request->n_paths == 0)
        oh_swept_each(root, add_bar, plan);
    for (size_t i = 0; i < request->n_paths; i++) {
        const struct oh_node *node = oh_swept_find(root, request->paths[i]);
        const struct oh_key *key = oh_schema_find(request->paths[i]);
        if (node != NULL && key != NULL)
            add_bar(plan, request->paths[i], node, key);
    }
}

static void plan_fini(struct plan_of_bars *plan) {
    free(plan->bars);
    free(plan->left_out);
}

bool oh_sweep_check_tornado(struct oh_sweep_job *job) {
    const struct oh_node *root = job->model.scenario->root;
    for (size_t i = 0; i < job->request->n_paths; i++) {
        const char *path = job->request->paths[i];
        if (oh_swept_find(root, path) != NULL && oh_schema_find(path) != NULL)
            continue;
        oh_text_printf(&job->misuse, "the scenario gives no value at '%s'", path);
        return false;
    }
    struct oh_metric_path found;
    for (uint32_t i = 0; i < job->n_swept; i++)
        if (oh_metric_path(job->swept[i].path, &job->model.plan->layout, &found) == OH_PATH_OK &&
            oh_metric_family_of(found.metric) == OH_PERCENTILES) {
            oh_text_printf(&job->misuse, "'%s': percentiles are not compared", job->swept[i].path);
            return false;
        }
    struct plan_of_bars plan;
    plan_init(&plan, job, job->arena);
    bool ok = plan.n > 0 && (job->request->n_paths == 0 || plan.n_left_out == 0);
    if (!ok)
        oh_text_printf(&job->misuse, "%s%s%s cannot be made larger or smaller",
                       plan.n_left_out > 0 ? "'" : "",
                       plan.n_left_out > 0 ? plan.left_out[0] : "the scenario's values",
                       plan.n_left_out > 0 ? "'" : "");
    plan_fini(&plan);
    return ok;
}

/* ---- running ---- */

static const struct oh_paired *effects_of(const struct oh_sweep *sweep,
                                          const struct oh_comparison *comparison, uint32_t b_ix) {
    struct oh_paired *effects = OH_NEW_ARRAY(sweep->arena, sweep->n_swept, struct oh_paired);
    for (uint32_t i = 0; i < sweep->n_swept; i++) {
        const struct oh_pair *pair = oh_comparison_find(comparison, 0, b_ix, sweep->swept[i].path);
        effects[i] =
            pair != NULL ? pair->paired : (struct oh_paired){NAN, NAN, {NAN, NAN, NAN}, NAN};
    }
    return effects;
}

/* The scenario as it is, then both sides of each bar. */
static struct oh_comparison *compare(const struct plan_of_bars *plan) {
    const struct oh_sweep_job *job = plan->job;
    struct oh_model *models = oh_calloc(1 + (size_t)plan->n * N_SIDES, sizeof *models);
    size_t n = 1;
    models[0] = job->model;
    for (uint32_t b = 0; b < plan->n; b++)
        for (int side = LESS; side < N_SIDES; side++)
            if (plan->bars[b].sides[side] != NULL)
                load_changed(job, plan->bars[b].path, plan->bars[b].sides[side], &models[n++]);
    struct oh_comparison *comparison =
        oh_models_compare(models, n, &(struct oh_compare_request){.run = job->request->run});
    for (size_t i = 1; i < n; i++)
        oh_model_fini(&models[i]);
    free(models);
    return comparison;
}

static void keep_bars(const struct plan_of_bars *plan, const struct oh_comparison *comparison,
                      struct oh_sweep *sweep) {
    struct oh_tornado *tornado = OH_NEW(sweep->arena, struct oh_tornado);
    struct oh_tornado_bar *bars = OH_NEW_ARRAY(sweep->arena, plan->n, struct oh_tornado_bar);
    const char **left_out = OH_NEW_ARRAY(sweep->arena, plan->n_left_out, const char *);
    uint32_t b_ix = 1;
    for (uint32_t b = 0; b < plan->n; b++) {
        const struct bar *bar = &plan->bars[b];
        bars[b] = (struct oh_tornado_bar){.path = bar->path, .text = bar->text};
        bars[b].less.text = bar->sides[LESS];
        if (bar->sides[LESS] != NULL)
            bars[b].less.effects = effects_of(sweep, comparison, b_ix++);
        bars[b].more.text = bar->sides[MORE];
        if (bar->sides[MORE] != NULL)
            bars[b].more.effects = effects_of(sweep, comparison, b_ix++);
    }
    for (uint32_t i = 0; i < plan->n_left_out; i++)
        left_out[i] = plan->left_out[i];
    *tornado = (struct oh_tornado){.by = plan->job->request->tornado_by,
                                   .n = plan->n,
                                   .bars = bars,
                                   .n_left_out = plan->n_left_out,
                                   .left_out = left_out,
                                   .pair_confidence = comparison->pair_confidence};
    sweep->tornado = tornado;
}

void oh_sweep_tornado(const struct oh_sweep_job *job, struct oh_sweep *sweep) {
    struct plan_of_bars plan;
    plan_init(&plan, job, sweep->arena);
    struct oh_comparison *comparison = compare(&plan);
    sweep->replications = comparison->replications;
    sweep->complete = comparison->complete;
    sweep->ending = comparison->ending;
    keep_bars(&plan, comparison, sweep);
    plan_fini(&plan);
    oh_comparison_destroy(comparison);
}
