#include "study/stages.h"

#include <math.h>
#include <time.h>

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Between the crew and whoever asked for the study: counts progress, and ends the crew's work in time. */
struct stage {
    const struct oh_crew *crew;
    const struct oh_stages *stages;
    double deadline_s;
    uint64_t end;
};

static bool is_stopped(const struct stage *stage) {
    return stage->crew->stop.asks != NULL && stage->crew->stop.asks(stage->crew->stop.context);
}

static bool is_late(const struct stage *stage) {
    return isfinite(stage->deadline_s) && seconds_now() >= stage->deadline_s;
}

static bool must_end(void *context) {
    const struct stage *stage = context;
    return is_stopped(stage) || is_late(stage);
}

static void take(void *context, uint32_t plan_ix, uint64_t replication,
                 const struct oh_record *record) {
    const struct stage *stage = context;
    const struct oh_stages *stages = stage->stages;
    stage->crew->take(stage->crew->take_context, plan_ix, replication, record);
    if (stages->progress != NULL && plan_ix + 1 == stage->crew->n_plans)
        stages->progress(stages->progress_context, replication - stages->first + 1, stage->end);
}

/* A tenth more than seems needed spares a further stage; no more than twice what there is, as the need is known only
 * roughly. */
static uint64_t next_end(double need, uint64_t done, uint64_t most) {
    double n = (double)done;
    double end = ceil(fmin(fmax(1.1 * need, 1.25 * n), 2 * n));
    return end < (double)most ? (uint64_t)end : most;
}

static uint64_t first_end(const struct oh_stages *stages) {
    uint64_t n = stages->replications;
    if (stages->need == NULL)
        return n;
    if (n < OH_LEAST_FOR_PRECISION)
        n = OH_LEAST_FOR_PRECISION;
    return n < stages->most ? n : stages->most;
}

struct oh_stages_end oh_stages_run(const struct oh_crew *crew, const struct oh_stages *stages) {
    struct stage stage = {.crew = crew,
                          .stages = stages,
                          .deadline_s = seconds_now() + stages->max_time_s,
                          .end = first_end(stages)};
    uint64_t done = 0;
    for (;;) {
        struct oh_crew working = *crew;
        working.stop = (struct oh_stop){must_end, &stage};
        working.take = take;
        working.take_context = &stage;
        done += oh_crew_run(&working, stages->first + done, stages->first + stage.end);
        if (done < stage.end)
            return (struct oh_stages_end){
                done, stage.end, is_stopped(&stage) ? OH_ENDED_INTERRUPTED : OH_ENDED_BY_TIME};
        double need = stages->need != NULL ? stages->need(stages->need_context, done) : 0;
        if (need <= (double)done)
            return (struct oh_stages_end){done, done, OH_ENDED_ENOUGH};
        if (done >= stages->most)
            return (struct oh_stages_end){done, done, OH_ENDED_AT_MOST};
        stage.end = next_end(need, done, stages->most);
    }
}
