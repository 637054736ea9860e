/* Agents: idle lists (longest idle first), talk and wrap-up, coming and leaving with the staffing. */
#include <string.h>

#include "engine/state.h"

uint32_t oh_group_on_duty(const struct oh_group *group) {
    return group->idle + group->talking + group->wrapping;
}

void oh_group_touch(struct oh_engine *engine, uint32_t group_ix) {
    struct oh_group *group = &engine->groups[group_ix];
    int64_t dt = engine->now - group->touched_us;
    group->touched_us = engine->now;
    group->talk_us += dt * group->talking;
    group->wrap_up_us += dt * group->wrapping;
    group->available_us += dt * group->idle;
    group->overtime_us += dt * group->leaving;
    group->scheduled_us += dt * group->scheduled;
}

/* ---- the idle list ---- */

static void append_idle(struct oh_engine *engine, uint32_t agent_ix) {
    struct oh_agent *agent = &engine->agents[agent_ix];
    struct oh_group *group = &engine->groups[agent->group_ix];
    agent->state = OH_AGENT_IDLE;
    agent->since_us = engine->now;
    agent->next = OH_NONE;
    agent->prev = group->idle_tail;
    *(agent->prev == OH_NONE ? &group->idle_head : &engine->agents[agent->prev].next) = agent_ix;
    group->idle_tail = agent_ix;
    group->idle++;
}

static void remove_idle(struct oh_engine *engine, uint32_t agent_ix) {
    struct oh_agent *agent = &engine->agents[agent_ix];
    struct oh_group *group = &engine->groups[agent->group_ix];
    *(agent->prev == OH_NONE ? &group->idle_head : &engine->agents[agent->prev].next) = agent->next;
    *(agent->next == OH_NONE ? &group->idle_tail : &engine->agents[agent->next].prev) = agent->prev;
    group->idle--;
}

uint32_t oh_agent_take_idle(struct oh_engine *engine, uint32_t group_ix) {
    uint32_t agent_ix = engine->groups[group_ix].idle_head;
    oh_group_touch(engine, group_ix);
    remove_idle(engine, agent_ix);
    return agent_ix;
}

/* ---- busy runs ---- */

static void end_busy_run(struct oh_engine *engine, struct oh_agent *agent) {
    if (agent->state < OH_AGENT_TALKING)
        return;
    oh_raise(&agent->longest_us, engine->now - agent->since_us);
    if (agent->row > agent->most_in_a_row)
        agent->most_in_a_row = agent->row;
}

void oh_agents_end_day(struct oh_engine *engine, bool counts) {
    const struct oh_layout *layout = &engine->plan->layout;
    uint32_t cell = counts ? OH_SLOT_AFTER_HOURS(layout) : OH_SLOT_OUTSIDE(layout);
    for (uint32_t i = 0; i < engine->n_agents; i++) {
        struct oh_agent *agent = &engine->agents[i];
        end_busy_run(engine, agent);
        if (agent->worked) {
            int64_t *counted = oh_record_agent_cell(engine->record, agent->group_ix, cell);
            counted[OH_A_BUSY_RUN_US] += agent->longest_us;
            counted[OH_A_ROW] += agent->most_in_a_row;
            counted[OH_A_BUSY_RUNS]++;
        }
        if (!counts) /* a run that goes on counts from the warm-up's end */
            agent->since_us = agent->state == OH_AGENT_IDLE ? agent->since_us : engine->now;
        agent->longest_us = 0;
        agent->most_in_a_row = 0;
        agent->worked = agent->state != OH_AGENT_OFF;
    }
}

/* ---- talk, wrap-up, free again ---- */

static void hold(struct oh_engine *engine, struct oh_agent *agent) {
    engine->groups[agent->group_ix].held_us += engine->now - agent->talk_since_us;
}

static void begin_talk(struct oh_engine *engine, uint32_t agent_ix, uint32_t contact_ix) {
    struct oh_agent *agent = &engine->agents[agent_ix];
    struct oh_group *group = &engine->groups[agent->group_ix];
    if (agent->state == OH_AGENT_IDLE) {
        agent->since_us = engine->now;
        agent->row = 0;
    }
    agent->row++;
    agent->state = OH_AGENT_TALKING;
    agent->contact_ix = contact_ix;
    agent->talk_since_us = engine->now;
    group->talking++;
    engine->busy++;
    if (oh_in_window(engine)) {
        oh_raise(&oh_group_maxima(engine, agent->group_ix)[OH_MAX_BUSY],
                 group->talking + group->wrapping);
        oh_raise(&oh_centre_maxima(engine)[OH_MAX_BUSY], engine->busy);
    }
}

static void schedule_talk_end(struct oh_engine *engine, uint32_t agent_ix, int64_t talk_us) {
    oh_heap_push(&engine->heap, oh_agent_owner(engine, agent_ix), OH_EVENT_TALK_END,
                 oh_later(engine->now, talk_us));
}

void oh_agent_start(struct oh_engine *engine, uint32_t agent_ix, uint32_t contact_ix,
                    int64_t talk_us) {
    begin_talk(engine, agent_ix, contact_ix);
    schedule_talk_end(engine, agent_ix, talk_us);
}

void oh_agent_start_holding(struct oh_engine *engine, uint32_t agent_ix, uint32_t contact_ix) {
    begin_talk(engine, agent_ix, contact_ix);
    oh_agent_hold(engine, agent_ix);
}

void oh_agent_hold(struct oh_engine *engine, uint32_t agent_ix) {
    engine->agents[agent_ix].state = OH_AGENT_HOLDING;
}

void oh_agent_go_on(struct oh_engine *engine, uint32_t agent_ix, int64_t talk_us) {
    engine->agents[agent_ix].state = OH_AGENT_TALKING;
    schedule_talk_end(engine, agent_ix, talk_us);
}

static void go_off_duty(struct oh_engine *engine, uint32_t agent_ix) {
    struct oh_agent *agent = &engine->agents[agent_ix];
    struct oh_group *group = &engine->groups[agent->group_ix];
    end_busy_run(engine, agent);
    agent->state = OH_AGENT_OFF;
    agent->next = group->off_head;
    group->off_head = agent_ix;
}

/* An agent counted neither idle nor busy: takes the next contact, waits for one, or goes home. */
static void become_free(struct oh_engine *engine, uint32_t agent_ix) {
    struct oh_agent *agent = &engine->agents[agent_ix];
    struct oh_group *group = &engine->groups[agent->group_ix];
    bool leaves = group->leaving > 0;
    if (!leaves || engine->finishing) {
        uint32_t contact_ix = engine->waiting | engine->callbacks
                                  ? oh_pick_contact(engine, agent->group_ix)
                                  : OH_NONE;
        if (contact_ix != OH_NONE) {
            oh_contact_take(engine, contact_ix, agent_ix);
            return;
        }
    }
    if (leaves) {
        group->leaving--;
        go_off_duty(engine, agent_ix);
        oh_clock_after_leaving(engine);
        return;
    }
    end_busy_run(engine, agent);
    append_idle(engine, agent_ix);
}

void oh_agent_wrap_up(struct oh_engine *engine, uint32_t agent_ix, int64_t wrap_up_us) {
    struct oh_agent *agent = &engine->agents[agent_ix];
    struct oh_group *group = &engine->groups[agent->group_ix];
    oh_group_touch(engine, agent->group_ix);
    hold(engine, agent);
    group->talking--;
    if (wrap_up_us > 0) {
        group->wrapping++;
        agent->state = OH_AGENT_WRAPPING;
        agent->talk_since_us = engine->now;
        oh_heap_push(&engine->heap, oh_agent_owner(engine, agent_ix), OH_EVENT_WRAP_UP_END,
                     oh_later(engine->now, wrap_up_us));
        return;
    }
    engine->busy--;
    become_free(engine, agent_ix);
}

void oh_agent_wrap_up_end(struct oh_engine *engine, uint32_t agent_ix) {
    struct oh_agent *agent = &engine->agents[agent_ix];
    oh_group_touch(engine, agent->group_ix);
    hold(engine, agent);
    engine->groups[agent->group_ix].wrapping--;
    engine->busy--;
    become_free(engine, agent_ix);
}

/* ---- staffing ---- */

void oh_group_rise(struct oh_engine *engine, uint32_t group_ix, uint32_t target) {
    struct oh_group *group = &engine->groups[group_ix];
    oh_group_touch(engine, group_ix);
    uint32_t staying = oh_group_on_duty(group) - group->leaving;
    uint32_t more = target > staying ? target - staying : 0;
    uint32_t recalled = more < group->leaving ? more : group->leaving;
    group->leaving -= recalled;
    for (more -= recalled; more > 0; more--) {
        uint32_t agent_ix = group->off_head;
        OH_INVARIANT(agent_ix != OH_NONE);
        struct oh_agent *agent = &engine->agents[agent_ix];
        group->off_head = agent->next;
        agent->worked = true;
        agent->since_us = engine->now;
        agent->state = OH_AGENT_IDLE;
        become_free(engine, agent_ix);
    }
}

bool oh_agent_can_be_interrupted(const struct oh_engine *engine, uint32_t agent_ix) {
    const struct oh_agent *agent = &engine->agents[agent_ix];
    return agent->state == OH_AGENT_TALKING &&
           (!engine->journeys || engine->journeys[agent->contact_ix].stage == OH_STAGE_PLAIN);
}

/* The agent in mid-call who took the call last: the least work is interrupted. OH_NONE: nobody talks. */
static uint32_t latest_talker(const struct oh_engine *engine, uint32_t group_ix) {
    const struct oh_group *group = &engine->groups[group_ix];
    uint32_t latest = OH_NONE;
    for (uint32_t i = group->first_agent; i < group->first_agent + group->n_agents; i++)
        if (oh_agent_can_be_interrupted(engine, i) &&
            (latest == OH_NONE ||
             engine->agents[i].talk_since_us > engine->agents[latest].talk_since_us))
            latest = i;
    return latest;
}

int64_t oh_agent_break_off(struct oh_engine *engine, uint32_t agent_ix) {
    struct oh_agent *agent = &engine->agents[agent_ix];
    struct oh_heap *heap = &engine->heap;
    uint32_t owner = oh_agent_owner(engine, agent_ix);
    int64_t left_us = (int64_t)heap->node[heap->place[owner]].time - engine->now;
    oh_heap_cancel(heap, owner);
    oh_group_touch(engine, agent->group_ix);
    hold(engine, agent);
    engine->groups[agent->group_ix].talking--;
    engine->busy--;
    return left_us;
}

static bool interrupt_one(struct oh_engine *engine, uint32_t group_ix) {
    uint32_t agent_ix = latest_talker(engine, group_ix);
    if (agent_ix == OH_NONE)
        return false;
    struct oh_agent *agent = &engine->agents[agent_ix];
    engine->contacts[agent->contact_ix].talk_left_us = oh_agent_break_off(engine, agent_ix);
    go_off_duty(engine, agent_ix);
    oh_contact_requeue(engine, agent->contact_ix);
    return true;
}

void oh_group_fall(struct oh_engine *engine, uint32_t group_ix, uint32_t target) {
    struct oh_group *group = &engine->groups[group_ix];
    oh_group_touch(engine, group_ix);
    uint32_t staying = oh_group_on_duty(group) - group->leaving;
    uint32_t fewer = staying > target ? staying - target : 0;
    for (; fewer > 0 && group->idle > 0; fewer--) {
        uint32_t agent_ix = group->idle_tail;
        remove_idle(engine, agent_ix);
        go_off_duty(engine, agent_ix);
    }
    if (engine->plan->groups[group_ix].on_leave == OH_LEAVE_REQUEUE && engine->open)
        while (fewer > 0 && interrupt_one(engine, group_ix))
            fewer--;
    group->leaving += fewer;
}

/* How many of the first `scheduled` agents are there today, each absent with probability `absent`. */
uint32_t oh_group_present(struct oh_engine *engine, uint32_t group_ix, uint32_t scheduled,
                          double absent) {
    struct oh_group *group = &engine->groups[group_ix];
    uint32_t day = (uint32_t)(engine->now / OH_US_PER_DAY);
    uint32_t present = 0;
    oh_key key = oh_luck_stream(engine->root, engine->plan->groups[group_ix].luck_name, day);
    for (uint32_t i = 0; i < scheduled && i < group->n_agents; i++)
        present += oh_luck_uniform(key, i, 0, OH_FOR_ABSENCE) >= absent;
    return present;
}
