/* The engine: one replication of a plan. No globals, no I/O; memory is allocated per engine and reused. */
#ifndef OH_ENGINE_ENGINE_H
#define OH_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/record.h"
#include "plan/plan.h"

/* One attempt with all its times, for --trace; times in microseconds from the start of the run, -1 where there is none. */
struct oh_attempt {
    uint64_t replication;
    uint32_t type_ix, group_ix; /* group: OH_NONE if not answered */
    uint32_t source_ix;         /* type of the arrival: with day and caller, who the customer is */
    uint32_t day;     /* of the customer's first attempt: part of the customer's address */
    uint32_t caller;  /* number of the customer on that day and type */
    uint32_t attempt; /* 1 is the first call */
    uint32_t agent;   /* within the group; OH_NONE */
    enum oh_outcome outcome;
    bool counted; /* arrived in the window */
    int64_t arrived_us, queued_us, answered_us, ended_us, wrapped_up_us;
    int64_t wait_us, patience_us, talk_us;
};
typedef void oh_trace_fn(void *context, const struct oh_attempt *attempt);

struct oh_engine;
struct oh_engine *oh_engine_create(const struct oh_plan *plan);
void oh_engine_destroy(struct oh_engine *engine);

/* Asked every few thousand events, from the thread that runs: true ends the replication. NULL: never. */
typedef bool oh_stop_fn(void *context);
struct oh_stop {
    oh_stop_fn *asks;
    void *context;
};

/* Calls `trace` for every attempt as it ends (answered ones: when wrap-up ends or the run does). NULL: none. */
void oh_engine_trace(struct oh_engine *engine, oh_trace_fn *trace, void *context);

/* Runs replication `replication` (0-based) and leaves its counts in `record`, which is reset first. False if
 * it was stopped. Invariants are checked. */
bool oh_engine_run(struct oh_engine *engine, uint64_t replication, struct oh_stop stop,
                   struct oh_record *record);

#endif
