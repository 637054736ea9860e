#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "engine/state.h"

/* ---- making and ending ---- */

static uint32_t lay_out_agents(struct oh_engine *engine) {
    uint32_t n = 0;
    for (uint32_t g = 0; g < engine->plan->n_groups; g++) {
        engine->groups[g].first_agent = n;
        engine->groups[g].n_agents = engine->plan->groups[g].most;
        n += engine->plan->groups[g].most;
    }
    return n;
}

struct oh_engine *oh_engine_create(const struct oh_plan *plan) {
    struct oh_engine *engine = oh_calloc(1, sizeof *engine);
    engine->plan = plan;
    engine->routing = oh_routing_compile(plan);
    engine->queues = oh_calloc(plan->n_types, sizeof engine->queues[0]);
    engine->supplies = oh_calloc(plan->n_types, sizeof engine->supplies[0]);
    engine->mean_handle_s = oh_calloc(plan->n_types, sizeof engine->mean_handle_s[0]);
    engine->mean_patience_s = oh_calloc(plan->n_types, sizeof engine->mean_patience_s[0]);
    engine->groups = oh_calloc(plan->n_groups, sizeof engine->groups[0]);
    engine->n_agents = lay_out_agents(engine);
    engine->agents = oh_calloc(engine->n_agents, sizeof engine->agents[0]);
    engine->first_contact_owner = 1 + plan->n_types + engine->n_agents;
    for (uint32_t t = 0; t < plan->n_types; t++) {
        const struct oh_plan_type *type = &plan->types[t];
        uint32_t group_ix = type->n_groups ? type->group_ix[0] : 0;
        engine->mean_handle_s[t] = type->n_groups
                                       ? oh_dist_mean(type->talk[group_ix].dist[0]) +
                                             oh_dist_mean(type->wrap_up[group_ix].dist[0])
                                       : 0;
        engine->mean_patience_s[t] = oh_dist_mean(type->patience.dist[0]);
    }
    oh_ticks_compile(engine);
    oh_heap_reserve(&engine->heap, engine->first_contact_owner);
    return engine;
}

void oh_engine_destroy(struct oh_engine *engine) {
    if (!engine)
        return;
    oh_routing_destroy(engine->routing);
    oh_heap_fini(&engine->heap);
    free(engine->ticks);
    free(engine->queues);
    free(engine->supplies);
    free(engine->mean_handle_s);
    free(engine->mean_patience_s);
    free(engine->journeys);
    free(engine->groups);
    free(engine->agents);
    free(engine->contacts);
    free(engine);
}

void oh_engine_trace(struct oh_engine *engine, oh_trace_fn *trace, void *context) {
    engine->trace = trace;
    engine->trace_context = context;
}

bool oh_engine_run(struct oh_engine *engine, uint64_t replication, struct oh_stop stop,
                   struct oh_record *record) {
    oh_record_reset(record, replication);
    engine->record = record;
    return engine->plan->has_ways ? oh_run_ways(engine, replication, stop, record)
                                  : oh_run_plain(engine, replication, stop, record);
}
