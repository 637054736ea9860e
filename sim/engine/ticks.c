/* The moments at which the clock acts: staffing, hours, rows and days change. */
#include <stdlib.h>

#include "base/arena.h"
#include "engine/state.h"

struct moments {
    int64_t *at;
    uint32_t n, capacity;
    int64_t end;
};

static void add_moment(struct moments *moments, int64_t at) {
    if (at < 0 || at > moments->end)
        return;
    if (moments->n == moments->capacity) {
        moments->capacity = moments->capacity ? 2 * moments->capacity : 64;
        moments->at = oh_realloc_array(moments->at, moments->capacity, sizeof moments->at[0]);
    }
    moments->at[moments->n++] = at;
}

static void add_every(struct moments *moments, int64_t period) {
    for (int64_t at = period; at <= moments->end; at += period)
        add_moment(moments, at);
}

static void add_steps(struct moments *moments, const struct oh_steps *steps) {
    for (uint32_t i = 0; i < steps->n; i++)
        add_moment(moments, steps->start_us[i]);
}

static int compare_moments(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void oh_ticks_compile(struct oh_engine *engine) {
    const struct oh_plan *plan = engine->plan;
    struct moments moments = {.end = plan->end_us};
    add_moment(&moments, 0);
    add_moment(&moments, plan->warm_up_us);
    add_moment(&moments, plan->end_us);
    add_every(&moments, OH_US_PER_DAY);
    if (plan->layout.n_slots > 0)
        add_every(&moments, plan->layout.interval_us);
    for (uint32_t i = 0; i < plan->n_openings; i++) {
        add_moment(&moments, plan->openings[i].open_us);
        add_moment(&moments, plan->openings[i].close_us);
    }
    for (uint32_t i = 0; i < plan->n_groups; i++) {
        add_steps(&moments, &plan->groups[i].on_duty);
        add_steps(&moments, &plan->groups[i].scheduled);
        if (plan->groups[i].shrinkage_as == OH_SHRINK_ABSENCE)
            add_steps(&moments, &plan->groups[i].shrinkage);
    }
    OH_INVARIANT(moments.at);
    qsort(moments.at, moments.n, sizeof moments.at[0], compare_moments);
    uint32_t n = 0;
    for (uint32_t i = 0; i < moments.n; i++)
        if (n == 0 || moments.at[i] != moments.at[n - 1])
            moments.at[n++] = moments.at[i];
    engine->ticks = moments.at;
    engine->n_ticks = n;
}
