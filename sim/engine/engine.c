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
    oh_clock_compile(engine);
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

/* ---- starting a replication from empty ---- */

static void reset_group(struct oh_engine *engine, uint32_t group_ix) {
    struct oh_group *group = &engine->groups[group_ix];
    *group = (struct oh_group){.idle_head = OH_NONE,
                               .idle_tail = OH_NONE,
                               .off_head = OH_NONE,
                               .first_agent = group->first_agent,
                               .n_agents = group->n_agents};
    for (uint32_t i = group->n_agents; i-- > 0;) {
        uint32_t agent_ix = group->first_agent + i;
        engine->agents[agent_ix] =
            (struct oh_agent){.next = group->off_head, .group_ix = (uint16_t)group_ix};
        group->off_head = agent_ix;
    }
}

static void reset(struct oh_engine *engine, uint64_t replication) {
    const struct oh_plan *plan = engine->plan;
    oh_heap_reset(&engine->heap);
    engine->root = oh_luck_root(plan->seed, replication);
    engine->now = engine->centre_touched_us = engine->lines_us = engine->window_us = 0;
    engine->open = engine->finishing = engine->ended = engine->active = false;
    engine->attempts = 0;
    engine->waiting = engine->callbacks = engine->busy = engine->lines_busy = engine->redialing = 0;
    engine->n_contacts = 0;
    engine->free_contact = OH_NONE;
    for (uint32_t g = 0; g < plan->n_groups; g++)
        reset_group(engine, g);
    for (uint32_t t = 0; t < plan->n_types; t++) {
        engine->queues[t] = (struct oh_queue){.head = OH_NONE, .tail = OH_NONE};
        oh_supply_start(&engine->supplies[t], plan, t, engine->root);
        int64_t first = oh_supply_peek(&engine->supplies[t]);
        if (first < OH_FOREVER)
            oh_heap_push(&engine->heap, oh_source_owner(t), OH_EVENT_ARRIVAL, first);
    }
    oh_clock_start(engine);
}

/* ---- the loop ---- */

static void handle(struct oh_engine *engine, struct oh_node event) {
    uint32_t owner = oh_node_owner(event);
    uint32_t agent_ix = owner - 1 - engine->plan->n_types;
    uint32_t contact_ix = owner - engine->first_contact_owner;
    switch ((enum oh_event)oh_node_class(event)) {
    case OH_EVENT_TALK_END:
        oh_contact_end_talk(engine, engine->agents[agent_ix].contact_ix);
        break;
    case OH_EVENT_WRAP_UP_END:
        oh_agent_wrap_up_end(engine, agent_ix);
        break;
    case OH_EVENT_CLOCK:
        oh_clock_tick(engine);
        break;
    case OH_EVENT_TOGETHER_END:
        oh_transfer_together_end(engine, contact_ix);
        break;
    case OH_EVENT_WAITING:
        oh_waiting_event(engine, contact_ix);
        break;
    case OH_EVENT_CALLBACK:
        oh_callback_due(engine, contact_ix);
        break;
    case OH_EVENT_MENU_END:
        oh_contact_menu_end(engine, contact_ix);
        break;
    case OH_EVENT_CUT_OFF:
        oh_contact_cut_off(engine, contact_ix);
        break;
    case OH_EVENT_ABANDON:
        oh_contact_abandon(engine, contact_ix);
        break;
    case OH_EVENT_REDIAL:
        oh_contact_redial(engine, contact_ix);
        break;
    case OH_EVENT_ARRIVAL:
        oh_contact_arrive(engine, owner - 1);
        break;
    }
}

/* Runs until nothing is left to happen before the end; false: stopped. */
static bool run_events(struct oh_engine *engine, struct oh_stop stop) {
    struct oh_heap *heap = &engine->heap;
    uint64_t end = engine->plan->has_hours ? OH_FOREVER : (uint64_t)engine->plan->end_us;
    for (uint32_t n = 0; heap->node[OH_HEAP_ROOT].time < end; n++) {
        if (n % 4096 == 0 && stop.asks &&
            stop.asks(stop.context)) /* at once, too: a replication may be shorter */
            return false;
        struct oh_node event = oh_heap_take(heap);
        engine->now = (int64_t)event.time;
        handle(engine, event);
        oh_heap_close(heap);
    }
    OH_INVARIANT(heap->sequence < OH_SEQUENCE_END);
    if (!engine->plan->has_hours)
        engine->now = engine->plan->end_us;
    return true;
}

/* ---- the end, and what must hold of it ---- */

static int64_t sum_cells(const int64_t *cells, uint32_t n_cells, uint32_t stride, uint32_t count) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < n_cells; i++)
        sum += cells[(uint64_t)i * stride + count];
    return sum;
}

static void check_type(const struct oh_engine *engine, uint32_t type_ix) {
    uint32_t n_cells = OH_N_CELLS(&engine->plan->layout);
    const int64_t *cells = oh_counts(engine, type_ix, 0);
    int64_t total[OH_N_CONTACT_COUNTS], outcomes = 0;
    for (uint32_t i = 0; i < OH_N_CONTACT_COUNTS; i++)
        total[i] = sum_cells(cells, n_cells, OH_N_CONTACT_COUNTS, i);
    for (uint32_t i = 0; i < OH_N_OUTCOMES; i++)
        outcomes += total[i];
    const struct oh_queue *queue = &engine->queues[type_ix];
    OH_INVARIANT(total[OH_C_OFFERED] == outcomes);
    OH_INVARIANT(total[OH_C_OFFERED] == total[OH_C_CUSTOMERS] + total[OH_C_REDIALS]);
    OH_INVARIANT(total[OH_C_CUSTOMERS_REACHED] + total[OH_C_CUSTOMERS_PENDING] <=
                 total[OH_C_CUSTOMERS]);
    OH_INVARIANT(queue->queue_total_us == queue->waited_us);
    OH_INVARIANT(total[OH_C_QUEUE_US] <= queue->queue_total_us); /* kept queues stand over night */
}

/* What is added up over types and groups must fit as well. */
static void check_sums(const struct oh_engine *engine) {
    int64_t waited = 0, paid = 0;
    for (uint32_t t = 0; t < engine->plan->n_types; t++)
        OH_INVARIANT(!__builtin_add_overflow(waited, engine->queues[t].waited_us, &waited));
    for (uint32_t g = 0; g < engine->plan->n_groups; g++)
        OH_INVARIANT(!__builtin_add_overflow(paid, engine->groups[g].paid_total_us, &paid));
}

static void check_group(const struct oh_engine *engine, uint32_t group_ix) {
    const struct oh_group *group = &engine->groups[group_ix];
    OH_INVARIANT(group->busy_total_us == group->held_us);
}

static void finish(struct oh_engine *engine) {
    const struct oh_plan *plan = engine->plan;
    oh_clock_flush(engine);
    oh_agents_end_day(engine, engine->now > plan->warm_up_us);
    for (uint32_t i = 0; i < engine->n_agents; i++) {
        struct oh_agent *agent = &engine->agents[i];
        if (agent->state >= OH_AGENT_TALKING)
            engine->groups[agent->group_ix].held_us += engine->now - agent->talk_since_us;
    }
    oh_contacts_finish(engine);
    int64_t *centre = oh_centre_maxima(engine);
    for (uint32_t t = 0; t < plan->n_types; t++) {
        check_type(engine, t);
        for (uint32_t i = OH_MAX_W_ANSWERED_US; i < OH_N_MAXIMA; i++)
            oh_raise(&centre[i], oh_type_maxima(engine, t)[i]);
    }
    for (uint32_t g = 0; g < plan->n_groups; g++)
        check_group(engine, g);
    check_sums(engine);
    engine->record->attempts = engine->attempts;
}

bool oh_engine_run(struct oh_engine *engine, uint64_t replication, struct oh_stop stop,
                   struct oh_record *record) {
    oh_record_reset(record, replication);
    engine->record = record;
    reset(engine, replication);
    if (!run_events(engine, stop))
        return false;
    finish(engine);
    return true;
}
