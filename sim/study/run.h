/* Replications on threads, merged strictly in order: the same seed gives the same bytes for any number of threads. */
#ifndef OH_STUDY_RUN_H
#define OH_STUDY_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/engine.h"
#include "measure/summary.h"
#include "plan/plan.h"

/* Called from the thread that called oh_run, after each merged replication (for a progress bar). */
typedef void oh_progress_fn(void *context, uint64_t done, uint64_t of);

struct oh_run_options {
    uint64_t first_replication; /* 0; to rerun one alone: its number, with replications = 1 */
    uint64_t replications;      /* 0: the plan's */
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
