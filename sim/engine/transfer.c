/* More than one agent for a contact. After a talk the contact may go on to another queue. Of a cold transfer it goes
 * alone; of a warm transfer and of a conference its agent stays until a second one answers, and both may talk for a
 * while. Then the first leaves (transfer) or the second (conference). */
#include "engine/state.h"

/* ---- which transfer ---- */

static const struct oh_plan_transfer *choose(const struct oh_engine *engine,
                                             const struct oh_contact *contact) {
    const struct oh_plan_way *way = oh_way_of(engine, contact->type_ix);
    if (way->n_transfers == 0)
        return NULL;
    double uniform =
        oh_luck_uniform(contact->key, contact->caller, contact->conversation, OH_FOR_TRANSFER);
    struct oh_occasion occasion = {contact->conversation, OH_NONE,
                                   engine->agents[contact->agent_ix].group_ix, contact->waited_us};
    for (uint32_t i = 0; i < way->n_transfers; i++) {
        occasion.type_ix = way->transfers[i].type_ix;
        uniform -= oh_chance_share(engine, &way->transfers[i].chance, contact, &occasion);
        if (uniform < 0)
            return &way->transfers[i];
    }
    return NULL;
}

static bool is_misrouted(const struct oh_engine *engine, const struct oh_contact *contact) {
    uint16_t wanted = engine->journeys[contact - engine->contacts].wanted_type;
    return (oh_way_of(engine, contact->type_ix)->uses & OH_USES_MISROUTED) &&
           wanted != OH_NO_TYPE && wanted != contact->type_ix;
}

/* ---- agents who are done ---- */

static void release(struct oh_engine *engine, struct oh_contact *contact, uint32_t agent_ix,
                    uint32_t type_ix, uint32_t conversation) {
    int64_t wrap_up_us = oh_wrap_up_draw(engine, contact, type_ix, conversation, agent_ix);
    oh_agent_wrap_up(engine, agent_ix, wrap_up_us);
}

void oh_transfer_release_first(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_journey *journey = &engine->journeys[contact_ix];
    uint32_t agent_ix = journey->first_agent;
    journey->stage = OH_STAGE_PLAIN;
    if (agent_ix == OH_NONE)
        return;
    journey->first_agent = OH_NONE;
    release(engine, &engine->contacts[contact_ix], agent_ix, journey->from_type,
            journey->from_conversation);
}

/* ---- a leg begins ---- */

static void enter_leg(struct oh_engine *engine, uint32_t contact_ix, uint32_t type_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_journey *journey = &engine->journeys[contact_ix];
    contact->type_ix = (uint16_t)type_ix;
    journey->is_later_leg = journey->is_leg_open = true;
    journey->order_us = engine->now;
    if (journey->wanted_type == type_ix)
        journey->wanted_type = OH_NO_TYPE;
    oh_counts(engine, type_ix, contact->cell)[OH_C_TRANSFERRED]++;
    uint32_t group_ix = oh_pick_group(engine, type_ix);
    if (group_ix != OH_NONE)
        oh_contact_answer(engine, contact_ix, oh_agent_take_idle(engine, group_ix));
    else
        oh_queue_join(engine, contact_ix, -1, false);
}

/* Nobody can take it there, and it cannot wait: false. */
static bool is_let_in(const struct oh_engine *engine, uint32_t type_ix) {
    return oh_contact_may_join(engine, type_ix) &&
           (oh_pick_group(engine, type_ix) != OH_NONE || !oh_contact_is_full(engine, type_ix));
}

static void lose(struct oh_engine *engine, uint32_t contact_ix, enum oh_cause cause) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t agent_ix = contact->agent_ix, type_ix = contact->type_ix;
    int64_t wrap_up_us = oh_wrap_up_draw(engine, contact, type_ix, contact->conversation, agent_ix);
    oh_lines_change(engine, -1);
    oh_attempt_conclude(engine, contact_ix, false, cause, oh_later(engine->now, wrap_up_us));
    oh_agent_wrap_up(engine, agent_ix, wrap_up_us);
}

/* From the agent back to the head of the queue where it was. */
static void send_back(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t agent_ix = contact->agent_ix;
    uint32_t conversation = contact->conversation;
    contact->queued_us = engine->now;
    oh_queue_join(engine, contact_ix, -1, true);
    release(engine, contact, agent_ix, contact->type_ix, conversation);
}

static void refuse(struct oh_engine *engine, uint32_t contact_ix,
                   const struct oh_plan_transfer *transfer, uint32_t to) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    oh_counts(engine, to, contact->cell)[OH_C_LEG_BLOCKED]++;
    if (transfer->if_refused == OH_REFUSED_LOST)
        lose(engine, contact_ix, OH_AFTER_UNRESOLVED);
    else if (transfer->if_refused == OH_REFUSED_MESSAGE)
        lose(engine, contact_ix, OH_N_CAUSES);
    else if (transfer->how == OH_HANDOVER_COLD)
        send_back(engine, contact_ix);
    else
        oh_talk_conclude(engine, contact_ix);
}

static void begin_cold(struct oh_engine *engine, uint32_t contact_ix, uint32_t to) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t agent_ix = contact->agent_ix, from = contact->type_ix;
    int64_t wrap_up_us = oh_wrap_up_draw(engine, contact, from, contact->conversation, agent_ix);
    enter_leg(engine, contact_ix, to);
    oh_agent_wrap_up(engine, agent_ix, wrap_up_us);
}

static void begin_seeking(struct oh_engine *engine, uint32_t contact_ix,
                          const struct oh_plan_transfer *transfer, uint32_t to) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_journey *journey = &engine->journeys[contact_ix];
    journey->stage = OH_STAGE_SEEKING;
    journey->transfer = transfer;
    journey->first_agent = contact->agent_ix;
    journey->from_type = contact->type_ix;
    journey->from_conversation = contact->conversation;
    oh_agent_hold(engine, contact->agent_ix);
    enter_leg(engine, contact_ix, to);
}

bool oh_transfer_begin(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    bool misrouted = is_misrouted(engine, contact);
    const struct oh_plan_transfer *transfer =
        misrouted ? &oh_way_of(engine, contact->type_ix)->misrouted : choose(engine, contact);
    if (transfer == NULL)
        return false;
    uint32_t to = misrouted ? engine->journeys[contact_ix].wanted_type : transfer->type_ix;
    bool is_conference = transfer->how == OH_HANDOVER_CONFERENCE;
    if (is_conference && transfer->if_none_free == OH_NONE_FREE_SKIP &&
        oh_pick_group(engine, to) == OH_NONE)
        return false;
    if (contact->conversation >= OH_MOST_CONVERSATIONS)
        lose(engine, contact_ix, OH_N_CAUSES);
    else if (!is_let_in(engine, to))
        refuse(engine, contact_ix, transfer, to);
    else if (transfer->how == OH_HANDOVER_COLD)
        begin_cold(engine, contact_ix, to);
    else
        begin_seeking(engine, contact_ix, transfer, to);
    return true;
}

/* ---- the second agent ---- */

static int64_t draw_together(struct oh_engine *engine, struct oh_contact *contact,
                             const struct oh_plan_transfer *transfer, uint32_t group_ix) {
    if (transfer->together == NULL)
        return oh_talk_draw(engine, contact, group_ix);
    if (transfer->how == OH_HANDOVER_CONFERENCE)
        contact->conversation++;
    return oh_microseconds(
        oh_contact_draw(transfer->together, contact, -1, contact->conversation, OH_FOR_TOGETHER));
}

/* The first agent of a warm transfer leaves; the second goes on alone. */
static void hand_over(struct oh_engine *engine, uint32_t contact_ix, bool is_started) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t agent_ix = contact->agent_ix;
    int64_t talk_us = oh_talk_draw(engine, contact, engine->agents[agent_ix].group_ix);
    if (is_started)
        oh_agent_go_on(engine, agent_ix, talk_us);
    else
        oh_agent_start(engine, agent_ix, contact_ix, talk_us);
    oh_transfer_release_first(engine, contact_ix);
}

void oh_transfer_answered(struct oh_engine *engine, uint32_t contact_ix, uint32_t agent_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_journey *journey = &engine->journeys[contact_ix];
    contact->agent_ix = agent_ix;
    if (journey->transfer->how == OH_HANDOVER_CONFERENCE)
        oh_counts(engine, contact->type_ix, contact->cell)[OH_C_CONFERENCES]++;
    int64_t together_us =
        draw_together(engine, contact, journey->transfer, engine->agents[agent_ix].group_ix);
    if (together_us == 0 && journey->transfer->how == OH_HANDOVER_WARM) {
        hand_over(engine, contact_ix, false);
        return;
    }
    journey->stage = OH_STAGE_TOGETHER;
    oh_agent_start_holding(engine, agent_ix, contact_ix);
    int64_t until = oh_later(engine->now, together_us);
    if (until < OH_FOREVER)
        oh_heap_push(&engine->heap, oh_contact_owner(engine, contact_ix), OH_EVENT_TOGETHER_END,
                     until);
}

/* The second agent leaves, and the first finishes. */
static void end_conference(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_journey *journey = &engine->journeys[contact_ix];
    uint32_t second_ix = contact->agent_ix, second_type = contact->type_ix;
    uint32_t conversation = contact->conversation;
    contact->type_ix = journey->from_type;
    contact->agent_ix = journey->first_agent;
    journey->first_agent = OH_NONE;
    int64_t wrap_up_us = oh_wrap_up_draw(engine, contact, second_type, conversation, second_ix);
    int64_t afterwards_us = oh_microseconds(oh_contact_draw(journey->transfer->afterwards, contact,
                                                            -1, conversation, OH_FOR_AFTERWARDS));
    if (afterwards_us > 0) {
        journey->stage = OH_STAGE_AFTERWARDS;
        oh_agent_go_on(engine, contact->agent_ix, afterwards_us);
    } else {
        journey->stage = OH_STAGE_PLAIN;
        oh_talk_conclude(engine, contact_ix);
    }
    oh_agent_wrap_up(engine, second_ix, wrap_up_us);
}

void oh_transfer_together_end(struct oh_engine *engine, uint32_t contact_ix) {
    if (engine->journeys[contact_ix].transfer->how == OH_HANDOVER_CONFERENCE)
        end_conference(engine, contact_ix);
    else
        hand_over(engine, contact_ix, true);
}
