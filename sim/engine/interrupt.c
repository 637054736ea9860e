/* Preemptive priority: an agent is taken from a talk of lower priority. */
#include "engine/state.h"

static bool serves(const struct oh_engine *engine, uint32_t type_ix, uint32_t group_ix) {
    const struct oh_plan_type *type = &engine->plan->types[type_ix];
    for (uint32_t i = 0; i < type->n_groups; i++)
        if (type->group_ix[i] == group_ix)
            return true;
    return false;
}

/* Of the talks of lower priority than the type's: the lowest, of these the one that began last. */
static uint32_t weakest_talk(const struct oh_engine *engine, uint32_t type_ix) {
    const struct oh_plan *plan = engine->plan;
    uint32_t weakest = OH_NONE, weakest_priority = plan->types[type_ix].priority;
    int64_t since_us = 0;
    for (uint32_t i = 0; i < engine->n_agents; i++) {
        const struct oh_agent *agent = &engine->agents[i];
        if (!oh_agent_can_be_interrupted(engine, i) || !serves(engine, type_ix, agent->group_ix))
            continue;
        uint32_t priority = plan->types[engine->contacts[agent->contact_ix].type_ix].priority;
        bool is_weaker = priority > weakest_priority;
        bool is_later =
            weakest != OH_NONE && priority == weakest_priority && agent->talk_since_us > since_us;
        if (is_weaker || is_later) {
            weakest = i;
            weakest_priority = priority;
            since_us = agent->talk_since_us;
        }
    }
    return weakest;
}

uint32_t oh_interrupt_for(struct oh_engine *engine, uint32_t contact_ix) {
    uint32_t type_ix = engine->contacts[contact_ix].type_ix;
    uint32_t agent_ix = weakest_talk(engine, type_ix);
    if (agent_ix == OH_NONE)
        return OH_NONE;
    uint32_t other_ix = engine->agents[agent_ix].contact_ix;
    struct oh_contact *other = &engine->contacts[other_ix];
    int64_t left_us = oh_agent_break_off(engine, agent_ix);
    if (oh_way_of(engine, type_ix)->interrupts == OH_INTERRUPTS_RESTART) {
        int64_t *counts = oh_counts(engine, oh_attempt_type(engine, other), other->cell);
        oh_add_duration(&counts[OH_C_TALK_US], -left_us);
        left_us = -1;
    }
    other->talk_left_us = left_us;
    oh_contact_requeue(engine, other_ix);
    return agent_ix;
}
