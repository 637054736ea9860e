#include "study/rough.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "study/exact.h"
#include "theory/theory.h"

struct oh_rough {
    const char *type, *group; /* NULL: none has its name */
    bool is_all;              /* there is no other type */
    struct oh_theory_result result;
};

/* The mean of steps over the time in which they are above 0. */
static double mean_above_0(const struct oh_steps *steps, int64_t end_us) {
    double sum = 0, time = 0;
    for (uint32_t i = 0; i < steps->n; i++) {
        int64_t end = i + 1 < steps->n ? steps->start_us[i + 1] : end_us;
        if (steps->value[i] > 0 && end > steps->start_us[i]) {
            sum += steps->value[i] * (double)(end - steps->start_us[i]);
            time += (double)(end - steps->start_us[i]);
        }
    }
    return time > 0 ? sum / time : 0;
}

static double rate_of(const struct oh_plan *plan, const struct oh_plan_type *type) {
    return type->arrivals == OH_POISSON ? mean_above_0(&type->rate_per_s, plan->end_us)
                                        : 1 / oh_dist_mean(type->gap.dist[0]);
}

static const struct oh_plan_type *busiest(const struct oh_plan *plan) {
    const struct oh_plan_type *best = NULL;
    for (uint32_t i = 0; i < plan->n_types; i++)
        if (plan->types[i].n_groups > 0 &&
            (best == NULL || rate_of(plan, &plan->types[i]) > rate_of(plan, best)))
            best = &plan->types[i];
    return best;
}

static double room_of(const struct oh_plan *plan, const struct oh_plan_type *type, int agents) {
    double room = INFINITY;
    if (type->queue_limit >= 0)
        room = (double)type->queue_limit;
    if (plan->queue_limit >= 0)
        room = fmin(room, (double)plan->queue_limit);
    if (type->queue_limit_per_agent >= 0)
        room = fmin(room, floor(type->queue_limit_per_agent * agents + 1e-9));
    if (plan->lines != OH_NONE)
        room = fmin(room, fmax(0, (double)plan->lines - agents));
    return isfinite(room) ? room : -1;
}

static bool set_model(const struct oh_plan *plan, const struct oh_plan_type *type,
                      struct oh_arena *arena, struct oh_theory_model *model) {
    const struct oh_plan_group *group = &plan->groups[type->group_ix[0]];
    const struct oh_layout_type *layout = &plan->layout.types[type - plan->types];
    double agents = mean_above_0(&group->on_duty, plan->end_us);
    *model = oh_theory_model_init();
    model->arrival_rate_per_s = rate_of(plan, type);
    model->handle_time_s = oh_dist_mean(type->talk[type->group_ix[0]].dist[0]) +
                           oh_dist_mean(type->wrap_up[type->group_ix[0]].dist[0]);
    model->agents = (int)fmax(1, round(agents));
    model->patience = oh_exact_patience(type->patience.dist[0], arena);
    if (type->max_wait_us != OH_FOREVER)
        model->max_wait_s = (double)type->max_wait_us * 1e-6;
    model->answer_within_s = (double)layout->answer_within_us * 1e-6;
    model->room = room_of(plan, type, model->agents);
    model->full_room_disconnects = type->when_full == OH_FULL_DISCONNECT;
    return model->arrival_rate_per_s > 0 && isfinite(model->handle_time_s) &&
           model->handle_time_s > 0;
}

struct oh_rough *oh_rough_create(const struct oh_plan *plan) {
    const struct oh_plan_type *type = busiest(plan);
    if (type == NULL)
        return NULL;
    struct oh_arena *arena = oh_arena_create();
    struct oh_rough *rough = oh_calloc(1, sizeof *rough);
    struct oh_theory_model model;
    *rough = (struct oh_rough){.type = type->name,
                               .group = plan->groups[type->group_ix[0]].name,
                               .is_all = plan->n_types == 1};
    bool ok = set_model(plan, type, arena, &model) &&
              oh_theory_solve(&model, &rough->result, NULL) == OH_THEORY_OK;
    oh_arena_destroy(arena);
    if (ok)
        return rough;
    free(rough);
    return NULL;
}

/* What follows "contacts.NAME." in the path; NULL if it begins otherwise. */
static const char *behind(const char *path, const char *scope, const char *name) {
    size_t n = strlen(scope), length = strlen(name);
    bool fits = strncmp(path, scope, n) == 0 && strncmp(path + n, name, length) == 0 &&
                path[n + length] == '.';
    return fits ? path + n + length + 1 : NULL;
}

double oh_rough_metric(const struct oh_rough *rough, const char *path) {
    const char *id = behind(path, "contacts.", rough->type);
    if (id == NULL && rough->is_all && strncmp(path, "total.", 6) == 0)
        id = path + 6;
    const char *of_group = behind(path, "agents.", rough->group);
    if (id == NULL && rough->is_all && of_group != NULL && strcmp(of_group, "occupancy") == 0)
        id = of_group;
    return id != NULL ? oh_theory_metric_value(&rough->result, id) : NAN;
}
