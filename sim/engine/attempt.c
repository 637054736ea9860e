/* An attempt at the door: closed, blocked, through the menu, answered at once, turned away, or queued. */
#include <string.h>

#include "engine/state.h"

/* ---- what it counts under ---- */

void oh_contact_settle(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    int64_t *counts = oh_counts(engine, contact->type_ix, contact->cell);
    bool is_first = contact->attempt == 1;
    counts[OH_C_OFFERED]++;
    counts[is_first ? OH_C_CUSTOMERS : OH_C_REDIALS]++;
    engine->attempts++;
    if (!engine->journeys)
        return;
    struct oh_journey *journey = &engine->journeys[contact_ix];
    journey->attempt_type = contact->type_ix;
    if (is_first)
        journey->first_type = contact->type_ix;
}

/* ---- the queue's own rules ---- */

static bool anybody_on_duty(const struct oh_engine *engine, uint32_t type_ix) {
    const struct oh_plan_type *type = &engine->plan->types[type_ix];
    for (uint32_t i = 0; i < type->n_groups; i++)
        if (oh_group_on_duty(&engine->groups[type->group_ix[i]]) > 0)
            return true;
    return false;
}

bool oh_contact_may_join(const struct oh_engine *engine, uint32_t type_ix) {
    enum oh_at_close at_close = oh_way_of(engine, type_ix)->at_close;
    return engine->open || (at_close == OH_CLOSE_KEEP && !engine->ended) ||
           (at_close == OH_CLOSE_FINISH && engine->finishing && anybody_on_duty(engine, type_ix));
}

bool oh_contact_is_full(const struct oh_engine *engine, uint32_t type_ix) {
    const struct oh_plan_type *type = &engine->plan->types[type_ix];
    uint32_t length = engine->queues[type_ix].length;
    if (type->queue_limit >= 0 && length >= type->queue_limit)
        return true;
    if (engine->plan->queue_limit >= 0 && engine->waiting >= engine->plan->queue_limit)
        return true;
    if (type->queue_limit_per_agent < 0)
        return false;
    uint32_t agents = 0;
    for (uint32_t i = 0; i < type->n_groups; i++)
        agents += oh_group_on_duty(&engine->groups[type->group_ix[i]]);
    return length + 1 > type->queue_limit_per_agent * agents + 1e-9; /* 0.29 x 100 is 29 */
}

static bool expects_too_long(const struct oh_engine *engine, const struct oh_contact *contact) {
    const struct oh_plan_way *way = oh_way_of(engine, contact->type_ix);
    return (way->uses & OH_USES_WAIT_LIMIT) &&
           oh_expected_wait_s(engine, contact->type_ix, contact) * 1e6 >
               (double)way->max_expected_wait_us;
}

static bool balks(const struct oh_engine *engine, const struct oh_contact *contact) {
    struct oh_occasion occasion = {contact->attempt, contact->type_ix, OH_NONE, 0};
    return oh_chance_happens(engine, &engine->plan->types[contact->type_ix].balk, contact,
                             &occasion, contact->attempt, OH_FOR_BALK);
}

/* ---- the door ---- */

static void turn_away(struct oh_engine *engine, uint32_t contact_ix, enum oh_outcome outcome,
                      enum oh_cause cause, bool has_line) {
    if (has_line)
        oh_lines_change(engine, -1);
    oh_attempt_end(engine, contact_ix, outcome, cause);
}

/* `has_line`: it came through the menu. */
static void ask_for_agent(struct oh_engine *engine, uint32_t contact_ix, double patience_uniform,
                          bool has_line) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t type_ix = contact->type_ix;
    const struct oh_plan_way *way = oh_way_of(engine, type_ix);
    uint32_t group_ix = oh_pick_group(engine, type_ix);
    if (group_ix != OH_NONE) {
        if (!has_line)
            oh_lines_change(engine, +1);
        oh_contact_answer(engine, contact_ix, oh_agent_take_idle(engine, group_ix));
        return;
    }
    uint32_t agent_ix =
        way->uses & OH_USES_INTERRUPTS ? oh_interrupt_for(engine, contact_ix) : OH_NONE;
    if (agent_ix != OH_NONE) {
        if (!has_line)
            oh_lines_change(engine, +1);
        oh_contact_answer(engine, contact_ix, agent_ix);
    } else if (oh_contact_is_full(engine, type_ix) || expects_too_long(engine, contact)) {
        bool busy = engine->plan->types[type_ix].when_full == OH_FULL_BUSY;
        turn_away(engine, contact_ix, busy ? OH_BLOCKED : OH_DISCONNECTED,
                  busy ? OH_AFTER_BUSY : OH_AFTER_DISCONNECT, has_line);
    } else if (balks(engine, contact) || ((way->uses & OH_USES_ANNOUNCEMENT) &&
                                          oh_announcement_turns_away(engine, contact_ix))) {
        turn_away(engine, contact_ix, OH_BALKED, OH_AFTER_ABANDON, has_line);
    } else if ((way->uses & OH_USES_CALLBACK) && way->callback.after_us < 0 &&
               oh_callback_is_accepted(engine, contact_ix)) {
        if (has_line)
            oh_lines_change(engine, -1);
        oh_callback_begin(engine, contact_ix);
    } else {
        if (!has_line)
            oh_lines_change(engine, +1);
        if (engine->journeys)
            engine->journeys[contact_ix].order_us = engine->now;
        oh_queue_join(engine, contact_ix, patience_uniform, false);
    }
}

/* ---- the menu ---- */

static void enter_menu(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_way *way = oh_way_of(engine, contact->type_ix);
    const struct oh_dist *time = oh_dist_steps_at(&way->menu_time, engine->now);
    int64_t time_us =
        oh_microseconds(oh_contact_draw(time, contact, -1, contact->attempt, OH_FOR_MENU));
    oh_lines_change(engine, +1);
    contact->state = OH_CONTACT_MENU;
    if (time_us > 0)
        oh_heap_push(&engine->heap, oh_contact_owner(engine, contact_ix), OH_EVENT_MENU_END,
                     oh_later(engine->now, time_us));
    else
        oh_contact_menu_end(engine, contact_ix);
}

/* Takes the share off `uniform`; true if that is where it falls. */
static bool falls_into(const struct oh_engine *engine, const struct oh_plan_chance *chance,
                       const struct oh_contact *contact, double *uniform) {
    struct oh_occasion occasion = {contact->attempt, contact->type_ix, OH_NONE, 0};
    *uniform -= oh_chance_share(engine, chance, contact, &occasion);
    return *uniform < 0;
}

/* Where the menu leads; OH_N_OUTCOMES: to an agent. May change the type. */
static enum oh_outcome choose_in_menu(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_menu *menu = &oh_way_of(engine, contact->type_ix)->menu;
    double uniform =
        oh_luck_uniform(contact->key, contact->caller, contact->attempt, OH_FOR_MENU_CHOICE);
    if (falls_into(engine, &menu->hung_up, contact, &uniform))
        return OH_HUNG_UP;
    if (falls_into(engine, &menu->self_served, contact, &uniform))
        return OH_SELF_SERVED;
    for (uint32_t i = 0; i < menu->n_branches; i++) {
        const struct oh_plan_branch *branch = &menu->branches[i];
        if (!falls_into(engine, &branch->chance, contact, &uniform))
            continue;
        if (branch->is_wrong)
            engine->journeys[contact_ix].wanted_type = contact->type_ix;
        contact->type_ix = (uint16_t)branch->type_ix;
        break;
    }
    return OH_N_OUTCOMES;
}

void oh_contact_menu_end(struct oh_engine *engine, uint32_t contact_ix) {
    enum oh_outcome outcome = choose_in_menu(engine, contact_ix);
    uint32_t type_ix = engine->contacts[contact_ix].type_ix;
    oh_contact_settle(engine, contact_ix);
    if (outcome != OH_N_OUTCOMES)
        turn_away(engine, contact_ix, outcome, OH_N_CAUSES, true);
    else if (!oh_contact_may_join(engine, type_ix))
        turn_away(engine, contact_ix, OH_DROPPED, OH_AFTER_CLOSED, true);
    else
        ask_for_agent(engine, contact_ix, -1, true);
}

/* ---- an attempt begins ---- */

/* Puts the attempt off until the centre opens; false if it does not any more. */
static bool wait_for_opening(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_plan *plan = engine->plan;
    if (!(oh_way_of(engine, engine->contacts[contact_ix].type_ix)->uses & OH_USES_NEXT_OPENING) ||
        engine->opening_ix >= plan->n_openings)
        return false;
    engine->contacts[contact_ix].state = OH_CONTACT_MOVED;
    oh_heap_push(&engine->heap, oh_contact_owner(engine, contact_ix), OH_EVENT_REDIAL,
                 plan->openings[engine->opening_ix].open_us);
    return true;
}

static void begin_journey(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_journey *journey = &engine->journeys[contact_ix];
    journey->wanted_type = OH_NO_TYPE;
    journey->stage = OH_STAGE_PLAIN;
    journey->tries = 0;
    journey->is_later_leg = journey->is_leg_open = false;
    journey->dial_us = 0;
    journey->first_agent = journey->answered_by = OH_NONE;
    journey->accepted_us = journey->estimate_us = -1;
    journey->order_us = engine->now;
}

static void try_to_reach(struct oh_engine *engine, uint32_t contact_ix, double patience_uniform) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    if (!engine->open && wait_for_opening(engine, contact_ix))
        return;
    contact->cell = engine->cell;
    contact->arrived_us = engine->now;
    contact->queued_us = contact->patience_us = contact->talk_us = contact->answered_us = -1;
    contact->waited_us = 0;
    contact->leg = 0;
    contact->answered = false;
    if (contact->attempt == 1) {
        contact->first_cell = engine->cell;
        contact->first_arrived_us = engine->now;
    }
    bool is_blocked = engine->lines_busy >= engine->plan->lines;
    if (engine->journeys) {
        begin_journey(engine, contact_ix);
        if (engine->open && !is_blocked &&
            (oh_way_of(engine, contact->type_ix)->uses & OH_USES_MENU)) {
            enter_menu(engine, contact_ix);
            return;
        }
    }
    oh_contact_settle(engine, contact_ix);
    if (!engine->open)
        oh_attempt_end(engine, contact_ix, OH_CLOSED, OH_AFTER_CLOSED);
    else if (is_blocked)
        oh_attempt_end(engine, contact_ix, OH_BLOCKED, OH_AFTER_BUSY);
    else
        ask_for_agent(engine, contact_ix, patience_uniform, false);
}

void oh_contact_arrive(struct oh_engine *engine, uint32_t type_ix) {
    struct oh_caller caller = oh_supply_take(&engine->supplies[type_ix]);
    int64_t next = oh_supply_peek(&engine->supplies[type_ix]);
    if (next < OH_FOREVER)
        oh_heap_push(&engine->heap, oh_source_owner(type_ix), OH_EVENT_ARRIVAL, next);
    uint32_t contact_ix = oh_contact_new(engine);
    struct oh_contact *contact = &engine->contacts[contact_ix];
    contact->key = caller.key;
    contact->caller = caller.number;
    contact->day = caller.day;
    contact->type_ix = (uint16_t)type_ix;
    contact->attempt = 1;
    contact->conversation = 0;
    contact->reached = false;
    contact->talk_uniform = caller.talk_uniform;
    contact->talk_left_us = -1;
    memset(contact->redials, 0, sizeof contact->redials);
    if (engine->journeys) {
        struct oh_journey *journey = &engine->journeys[contact_ix];
        journey->attempt_type = journey->first_type = (uint16_t)type_ix;
        journey->answered_attempts = 0;
        journey->held_us = 0;
    }
    try_to_reach(engine, contact_ix, caller.patience_uniform);
}

void oh_contact_redial(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    if (contact->state == OH_CONTACT_REDIALING) {
        oh_queue_touch(engine, contact->type_ix);
        engine->queues[contact->type_ix].redialing--;
        engine->redialing--;
        contact->attempt++;
    }
    try_to_reach(engine, contact_ix, -1);
}
