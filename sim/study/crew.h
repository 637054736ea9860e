/* Replications of one or several plans on threads. The records of a replication are handed over plan by plan, strictly
 * in replication order, on the calling thread: what is made of them is the same for any number of threads.
 *
 * Several plans run on the same callers: replication r of each has the same luck where their seeds are the same. */
#ifndef OH_STUDY_CREW_H
#define OH_STUDY_CREW_H

#include <stdint.h>

#include "engine/engine.h"
#include "plan/plan.h"

/* `replication` counts from 0; the record is valid during the call only. */
typedef void oh_take_fn(void *context, uint32_t plan_ix, uint64_t replication,
                        const struct oh_record *record);

struct oh_crew {
    const struct oh_plan *const *plans;
    uint32_t n_plans;
    unsigned threads;    /* 0: as many as processors */
    struct oh_stop stop; /* asked on all threads */
    oh_trace_fn *trace;  /* NULL: none; else replications run one after the other */
    void *trace_context;
    oh_take_fn *take;
    void *take_context;
};

/* Runs the replications from `first` to before `end` of all plans, and returns how many of them are whole: less than
 * asked for only if it was stopped. A replication is handed over once all plans have finished it, or not at all. */
uint64_t oh_crew_run(const struct oh_crew *crew, uint64_t first, uint64_t end);

#endif
