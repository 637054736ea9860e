/* Call-backs: the contact stands in the list of its queue, but not on the line, until an agent dials. */
#include "engine/state.h"

static const struct oh_plan_callback *plan_of(const struct oh_engine *engine, uint32_t contact_ix) {
    return &oh_way_of(engine, engine->contacts[contact_ix].type_ix)->callback;
}

/* The number of the present try as part of an address. */
static uint32_t try_ordinal(const struct oh_engine *engine, uint32_t contact_ix) {
    return oh_ordinal(&engine->contacts[contact_ix], engine->journeys[contact_ix].tries + 1u);
}

bool oh_callback_is_accepted(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_occasion occasion = {contact->attempt, contact->type_ix, OH_NONE, 0};
    return oh_chance_happens(engine, &plan_of(engine, contact_ix)->accept, contact, &occasion,
                             contact->attempt, OH_FOR_CALLBACK);
}

static void accept(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    contact->state = OH_CONTACT_CALLBACK;
    engine->journeys[contact_ix].accepted_us = engine->now;
    engine->callbacks++;
    oh_counts(engine, oh_attempt_type(engine, contact), contact->cell)[OH_C_CALLBACKS]++;
}

void oh_callback_begin(struct oh_engine *engine, uint32_t contact_ix) {
    engine->contacts[contact_ix].queued_us = engine->now;
    engine->journeys[contact_ix].order_us = engine->now;
    accept(engine, contact_ix);
    oh_queue_link(engine, contact_ix, false);
}

void oh_callback_leave_line(struct oh_engine *engine, uint32_t contact_ix) {
    oh_queue_leave_line(engine, contact_ix);
    oh_lines_change(engine, -1);
    accept(engine, contact_ix);
    if (plan_of(engine, contact_ix)->place == OH_PLACE_KEEP)
        return;
    oh_queue_unlink(engine, contact_ix);
    engine->journeys[contact_ix].order_us = engine->now;
    oh_queue_link(engine, contact_ix, false);
}

void oh_callback_dial(struct oh_engine *engine, uint32_t contact_ix, uint32_t agent_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_journey *journey = &engine->journeys[contact_ix];
    const struct oh_plan_callback *plan = plan_of(engine, contact_ix);
    uint32_t ordinal = try_ordinal(engine, contact_ix);
    int64_t dial_us =
        oh_microseconds(oh_contact_draw(plan->dial, contact, -1, ordinal, OH_FOR_DIAL));
    struct oh_occasion occasion = {journey->tries + 1u, contact->type_ix, OH_NONE, 0};
    if (oh_chance_happens(engine, &plan->reach, contact, &occasion, ordinal, OH_FOR_REACH)) {
        journey->dial_us = dial_us;
        oh_lines_change(engine, +1);
        oh_contact_answer(engine, contact_ix, agent_ix);
        return;
    }
    journey->stage = OH_STAGE_DIALING;
    contact->state = OH_CONTACT_TALKING;
    contact->agent_ix = agent_ix;
    oh_agent_start(engine, agent_ix, contact_ix, dial_us);
}

void oh_callback_failed(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_journey *journey = &engine->journeys[contact_ix];
    const struct oh_plan_callback *plan = plan_of(engine, contact_ix);
    uint32_t agent_ix = contact->agent_ix, ordinal = try_ordinal(engine, contact_ix);
    journey->stage = OH_STAGE_PLAIN;
    if (++journey->tries < plan->tries) {
        int64_t wait_us = oh_microseconds(
            oh_contact_draw(plan->again_after, contact, -1, ordinal, OH_FOR_NEXT_TRY));
        int64_t at = oh_later(engine->now, wait_us);
        contact->state = OH_CONTACT_AWAITING;
        if (at < OH_FOREVER)
            oh_heap_push(&engine->heap, oh_contact_owner(engine, contact_ix), OH_EVENT_CALLBACK,
                         at);
    } else {
        oh_attempt_end(engine, contact_ix, OH_CALLBACK_LOST, OH_N_CAUSES);
    }
    oh_agent_wrap_up(engine, agent_ix, 0);
}

void oh_callback_due(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    if (!oh_contact_may_join(engine, contact->type_ix)) {
        oh_attempt_end(engine, contact_ix, OH_CALLBACK_LOST, OH_AFTER_CLOSED);
        return;
    }
    uint32_t group_ix = oh_pick_group(engine, contact->type_ix);
    if (group_ix != OH_NONE) {
        oh_callback_dial(engine, contact_ix, oh_agent_take_idle(engine, group_ix));
        return;
    }
    contact->state = OH_CONTACT_CALLBACK;
    engine->callbacks++;
    oh_queue_link(engine, contact_ix, true);
}
