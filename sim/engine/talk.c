/* Being answered, the talk, and its end. */
#include "engine/state.h"

/* ---- counting ---- */

static void count_estimate(const struct oh_journey *journey, int64_t wait, int64_t *counts) {
    if (journey->estimate_us < 0)
        return;
    int64_t error = journey->estimate_us - wait;
    counts[OH_C_ESTIMATES]++;
    counts[OH_C_ESTIMATE_BIAS_US] += error;
    counts[OH_C_ESTIMATE_ERROR_US] += error < 0 ? -error : error;
}

/* Of an accepted call-back, now answered. Whether it was in time for the service level. */
static bool count_callback(struct oh_engine *engine, const struct oh_contact *contact,
                           uint32_t type_ix, int64_t *counts) {
    const struct oh_journey *journey = &engine->journeys[contact - engine->contacts];
    int64_t delay = engine->now + journey->dial_us - journey->accepted_us;
    counts[OH_C_CALLBACKS_ANSWERED]++;
    counts[OH_C_CALLBACK_DELAY_US] += delay;
    if (oh_counts_in_window(engine, contact->cell)) {
        oh_histogram_add(oh_record_histogram(engine->record, type_ix, OH_H_CALLBACK_DELAY), delay);
        oh_raise(&oh_type_maxima(engine, type_ix)[OH_MAX_CALLBACK_DELAY_US], delay);
    }
    if (oh_way_of(engine, type_ix)->callback.is_excluded) {
        counts[OH_C_SL_EXCLUDED]++;
        return false;
    }
    return delay <= engine->plan->layout.types[type_ix].answer_within_us;
}

static void count_answered(struct oh_engine *engine, const struct oh_contact *contact) {
    int64_t wait = contact->waited_us;
    uint32_t type_ix = oh_attempt_type(engine, contact);
    const struct oh_layout_type *layout = &engine->plan->layout.types[type_ix];
    int64_t *counts = oh_counts(engine, type_ix, contact->cell);
    bool is_in_time = true;
    if (engine->journeys) {
        const struct oh_journey *journey = &engine->journeys[contact - engine->contacts];
        count_estimate(journey, wait, counts);
        if (journey->accepted_us >= 0)
            is_in_time = count_callback(engine, contact, type_ix, counts);
    }
    counts[OH_ANSWERED]++;
    counts[OH_C_DELAYED] += wait > 0;
    counts[OH_C_ANSWERED_IN_T] += wait <= layout->answer_within_us && is_in_time;
    counts[OH_C_W_ANSWERED_US] += wait;
    if (!oh_counts_in_window(engine, contact->cell))
        return;
    oh_histogram_add(oh_record_histogram(engine->record, type_ix, OH_H_W_ANSWERED), wait);
    int64_t *maxima = oh_type_maxima(engine, type_ix);
    oh_raise(&maxima[OH_MAX_W_ALL_US], wait);
    oh_raise(&maxima[OH_MAX_W_ANSWERED_US], wait);
    for (uint32_t i = 0; i < layout->n_tails && wait > layout->tail_us[i]; i++)
        oh_record_tail(engine->record, type_ix, i)[OH_TAIL_ANSWERED]++;
}

static void count_reached(struct oh_engine *engine, struct oh_contact *contact) {
    contact->reached = true;
    uint32_t type_ix = oh_first_type(engine, contact);
    int64_t took = engine->now - contact->first_arrived_us;
    int64_t *counts = oh_counts(engine, type_ix, contact->first_cell);
    counts[OH_C_CUSTOMERS_REACHED]++;
    counts[OH_C_TIME_TO_REACH_US] += took;
    if (!oh_counts_in_window(engine, contact->first_cell))
        return;
    oh_histogram_add(oh_record_histogram(engine->record, type_ix, OH_H_TIME_TO_REACH), took);
    oh_raise(&oh_type_maxima(engine, type_ix)[OH_MAX_TIME_TO_REACH_US], took);
}

/* ---- durations ---- */

static const struct oh_dist *talk_time(const struct oh_engine *engine,
                                       const struct oh_contact *contact, uint32_t group_ix) {
    const struct oh_plan_type *type = &engine->plan->types[contact->type_ix];
    if (engine->journeys && (type->way.uses & OH_USES_MISROUTED)) {
        uint16_t wanted = engine->journeys[contact - engine->contacts].wanted_type;
        if (wanted != OH_NO_TYPE && wanted != contact->type_ix)
            return type->way.misrouted_talk;
    }
    return oh_dist_steps_at(&type->talk[group_ix], engine->now);
}

int64_t oh_talk_draw(struct oh_engine *engine, struct oh_contact *contact, uint32_t group_ix) {
    const struct oh_dist *talk = talk_time(engine, contact, group_ix);
    contact->conversation++;
    double seconds =
        oh_contact_draw(talk, contact, contact->talk_uniform, contact->conversation, OH_FOR_TALK);
    contact->talk_uniform = -1;
    int64_t talk_us = oh_microseconds(seconds);
    contact->talk_us = talk_us;
    oh_add_duration(
        &oh_counts(engine, oh_attempt_type(engine, contact), contact->cell)[OH_C_TALK_US], talk_us);
    return talk_us;
}

int64_t oh_wrap_up_draw(struct oh_engine *engine, struct oh_contact *contact, uint32_t type_ix,
                        uint32_t conversation, uint32_t agent_ix) {
    const struct oh_dist *wrap_up = oh_dist_steps_at(
        &engine->plan->types[type_ix].wrap_up[engine->agents[agent_ix].group_ix], engine->now);
    int64_t wrap_up_us =
        oh_microseconds(oh_contact_draw(wrap_up, contact, -1, conversation, OH_FOR_WRAP_UP));
    oh_add_duration(
        &oh_counts(engine, oh_attempt_type(engine, contact), contact->cell)[OH_C_WRAP_UP_US],
        wrap_up_us);
    return wrap_up_us;
}

/* ---- from the queue to the end of the talk ---- */

static void answer_first(struct oh_engine *engine, uint32_t contact_ix, uint32_t agent_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t group_ix = engine->agents[agent_ix].group_ix;
    contact->answered = true;
    contact->answered_us = engine->now;
    count_answered(engine, contact);
    oh_record_agent_cell(engine->record, group_ix, contact->cell)[OH_A_ANSWERED]++;
    if (!contact->reached)
        count_reached(engine, contact);
    if (!engine->journeys)
        return;
    engine->journeys[contact_ix].answered_by = agent_ix;
    engine->journeys[contact_ix].answered_attempts++;
}

static void answer_leg(struct oh_engine *engine, uint32_t contact_ix, uint32_t agent_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t group_ix = engine->agents[agent_ix].group_ix;
    engine->journeys[contact_ix].is_leg_open = false;
    oh_counts(engine, contact->type_ix, contact->cell)[OH_C_LEG_ANSWERED]++;
    oh_record_agent_cell(engine->record, group_ix, contact->cell)[OH_A_ANSWERED]++;
}

/* Connects a contact that is in no queue. */
void oh_contact_answer(struct oh_engine *engine, uint32_t contact_ix, uint32_t agent_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    int64_t dial_us = 0;
    contact->state = OH_CONTACT_TALKING;
    if (!contact->answered)
        answer_first(engine, contact_ix, agent_ix);
    if (engine->journeys) {
        struct oh_journey *journey = &engine->journeys[contact_ix];
        if (journey->is_leg_open)
            answer_leg(engine, contact_ix, agent_ix);
        if (journey->stage == OH_STAGE_SEEKING) {
            oh_transfer_answered(engine, contact_ix, agent_ix);
            return;
        }
        dial_us = journey->dial_us;
        journey->dial_us = 0;
    }
    contact->agent_ix = agent_ix;
    int64_t talk_us = contact->talk_left_us;
    if (talk_us < 0)
        talk_us = oh_talk_draw(engine, contact, engine->agents[agent_ix].group_ix);
    contact->talk_left_us = -1;
    oh_agent_start(engine, agent_ix, contact_ix, oh_later(talk_us, dial_us));
}

void oh_contact_take(struct oh_engine *engine, uint32_t contact_ix, uint32_t agent_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    oh_heap_cancel(&engine->heap, oh_contact_owner(engine, contact_ix));
    oh_queue_unlink(engine, contact_ix);
    if (contact->state == OH_CONTACT_CALLBACK) {
        engine->callbacks--;
        oh_callback_dial(engine, contact_ix, agent_ix);
        return;
    }
    oh_queue_leave_line(engine, contact_ix);
    if (engine->journeys)
        engine->queues[contact->type_ix].last_wait_us = engine->now - contact->queued_us;
    oh_contact_answer(engine, contact_ix, agent_ix);
}

/* The agent leaves in mid-call: back to the head of the queue, with what is left of the talk and new patience. */
void oh_contact_requeue(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t group_ix = oh_pick_group(engine, contact->type_ix);
    contact->queued_us = engine->now;
    if (group_ix != OH_NONE)
        oh_contact_answer(engine, contact_ix, oh_agent_take_idle(engine, group_ix));
    else
        oh_queue_join(engine, contact_ix, -1, true);
}

/* ---- the end of the talk ---- */

static bool settles_the_matter(const struct oh_engine *engine, const struct oh_contact *contact) {
    struct oh_occasion occasion = {contact->conversation, contact->type_ix,
                                   engine->agents[contact->agent_ix].group_ix, contact->waited_us};
    return oh_chance_happens(engine, &oh_way_of(engine, contact->type_ix)->resolved, contact,
                             &occasion, contact->conversation, OH_FOR_RESOLUTION);
}

void oh_talk_conclude(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t agent_ix = contact->agent_ix;
    int64_t wrap_up_us =
        oh_wrap_up_draw(engine, contact, contact->type_ix, contact->conversation, agent_ix);
    bool is_resolved = !engine->journeys || settles_the_matter(engine, contact);
    oh_lines_change(engine, -1);
    oh_attempt_conclude(engine, contact_ix, is_resolved, OH_AFTER_UNRESOLVED,
                        oh_later(engine->now, wrap_up_us));
    oh_agent_wrap_up(engine, agent_ix, wrap_up_us);
}

void oh_contact_end_talk(struct oh_engine *engine, uint32_t contact_ix) {
    if (engine->journeys) {
        enum oh_stage stage = engine->journeys[contact_ix].stage;
        if (stage == OH_STAGE_DIALING) {
            oh_callback_failed(engine, contact_ix);
            return;
        }
        if (stage == OH_STAGE_PLAIN && oh_transfer_begin(engine, contact_ix))
            return;
    }
    oh_talk_conclude(engine, contact_ix);
}
