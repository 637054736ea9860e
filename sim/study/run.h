/* Replications on threads, merged strictly in order: the same seed gives the same bytes for any number of threads. */
#ifndef OH_STUDY_RUN_H
#define OH_STUDY_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/summary.h"
#include "plan/plan.h"
#include "study/precision.h"
#include "study/stages.h"

enum { OH_MOST_REPLICATIONS = 10000 };

struct oh_run_options {
    uint64_t first_replication; /* 0; to rerun one alone: its number, with replications = 1 */
    uint64_t replications;      /* 0: the plan's; with goals, the first stage */
    struct oh_goals goals;      /* none: as many replications as said */
    uint64_t max_replications;  /* with goals; 0: OH_MOST_REPLICATIONS */
    uint32_t batches;           /* into which replications are cut for the intervals; 0: not cut */
    bool control_variates;      /* not with batches; goals go by plain intervals */
    double max_time_s;          /* of wall time; 0: no limit. What it ends is not reproducible */
    unsigned threads;           /* 0: as many as processors */
    struct oh_stop stop;        /* ends the run early, with a prefix of replications */
    oh_progress_fn *progress;
    void *progress_context;
    oh_trace_fn *trace; /* attempts in replication order; runs on one thread */
    void *trace_context;
};

/* The summary with names, run and theory filled in. Never NULL; with no finished replication all is NAN. */
struct oh_summary *oh_run(const struct oh_plan *plan, const struct oh_run_options *options);

#endif
