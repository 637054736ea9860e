/* How attempts end, whether there is another one, and what becomes of the customer. */
#include "engine/state.h"

/* ---- the next attempt ---- */

static bool wants_retry(const struct oh_engine *engine, const struct oh_contact *contact,
                        enum oh_cause cause) {
    const struct oh_plan_type *type = &engine->plan->types[contact->type_ix];
    const struct oh_plan_retry *retry = &type->retry[cause];
    uint32_t done = contact->redials[cause];
    if (retry->chance.by == OH_CHANCE_NEVER || done >= retry->at_most ||
        contact->attempt > type->retry_at_most || contact->attempt == UINT16_MAX)
        return false;
    struct oh_occasion occasion = {done + 1, contact->type_ix, OH_NONE, contact->waited_us};
    return oh_chance_happens(engine, &retry->chance, contact, &occasion, contact->attempt,
                             OH_FOR_RETRY);
}

static void schedule_redial(struct oh_engine *engine, uint32_t contact_ix, enum oh_cause cause) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_retry *retry = &engine->plan->types[contact->type_ix].retry[cause];
    int64_t delay_us = oh_microseconds(
        oh_contact_draw(retry->delay, contact, -1, contact->attempt, OH_FOR_RETRY_DELAY));
    contact->redials[cause]++;
    contact->state = OH_CONTACT_REDIALING;
    contact->type_ix = (uint16_t)retry->to;
    oh_queue_touch(engine, contact->type_ix);
    struct oh_queue *queue = &engine->queues[contact->type_ix];
    queue->redialing++;
    engine->redialing++;
    if (oh_in_window(engine) && engine->active) {
        oh_raise(&oh_type_maxima(engine, contact->type_ix)[OH_MAX_REDIALING], queue->redialing);
        oh_raise(&oh_centre_maxima(engine)[OH_MAX_REDIALING], engine->redialing);
    }
    int64_t at = oh_later(engine->now, delay_us);
    if (at < OH_FOREVER && !engine->ended)
        oh_heap_push(&engine->heap, oh_contact_owner(engine, contact_ix), OH_EVENT_REDIAL, at);
}

/* ---- the customer ---- */

static void count_resolved(struct oh_engine *engine, const struct oh_contact *contact) {
    const struct oh_journey *journey = &engine->journeys[contact - engine->contacts];
    int64_t took = engine->now - contact->first_arrived_us;
    int64_t *counts = oh_counts(engine, journey->first_type, contact->first_cell);
    counts[OH_C_CUSTOMERS_RESOLVED]++;
    counts[OH_C_RESOLVED_AT_FIRST] += journey->answered_attempts == 1;
    counts[OH_C_TIME_TO_RESOLUTION_US] += took;
    if (!oh_counts_in_window(engine, contact->first_cell))
        return;
    oh_histogram_add(
        oh_record_histogram(engine->record, journey->first_type, OH_H_TIME_TO_RESOLUTION), took);
    oh_raise(&oh_type_maxima(engine, journey->first_type)[OH_MAX_TIME_TO_RESOLUTION_US], took);
}

static void judge_departure(struct oh_engine *engine, const struct oh_contact *contact,
                            bool is_resolved) {
    const struct oh_journey *journey = &engine->journeys[contact - engine->contacts];
    const struct oh_plan_way *way = oh_way_of(engine, journey->first_type);
    const struct oh_plan_chance *chance = is_resolved        ? &way->departure_resolved
                                          : contact->reached ? &way->departure_unresolved
                                                             : &way->departure_unreached;
    struct oh_occasion occasion = {contact->attempt, journey->first_type, OH_NONE,
                                   journey->held_us};
    if (oh_chance_happens(engine, chance, contact, &occasion, contact->attempt, OH_FOR_DEPARTURE))
        oh_counts(engine, journey->first_type, contact->first_cell)[OH_C_CUSTOMERS_LOST]++;
}

/* Tries again, or is done with the centre. */
static void end_or_retry(struct oh_engine *engine, uint32_t contact_ix, bool is_resolved,
                         enum oh_cause cause) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    if (!is_resolved && cause != OH_N_CAUSES && wants_retry(engine, contact, cause)) {
        schedule_redial(engine, contact_ix, cause);
        return;
    }
    if (engine->plan->layout.has & OH_HAS_MATTER) {
        if (is_resolved)
            count_resolved(engine, contact);
        judge_departure(engine, contact, is_resolved);
    }
    oh_contact_free(engine, contact_ix);
}

/* ---- attempts ---- */

/* Ends an attempt that no agent took. `cause` OH_N_CAUSES: the customer does not try again. */
void oh_attempt_end(struct oh_engine *engine, uint32_t contact_ix, enum oh_outcome outcome,
                    enum oh_cause cause) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    oh_counts(engine, oh_attempt_type(engine, contact), contact->cell)[outcome]++;
    oh_contact_trace(engine, contact_ix, outcome, engine->now, -1);
    end_or_retry(engine, contact_ix, outcome == OH_SELF_SERVED, cause);
}

/* Of an answered attempt, when no further leg can follow. */
static void count_total_wait(struct oh_engine *engine, const struct oh_contact *contact) {
    int64_t wait = contact->waited_us;
    uint32_t type_ix = oh_attempt_type(engine, contact);
    oh_counts(engine, type_ix, contact->cell)[OH_C_W_TOTAL_US] += wait;
    if (!oh_counts_in_window(engine, contact->cell))
        return;
    const struct oh_layout_type *layout = &engine->plan->layout.types[type_ix];
    struct oh_record *record = engine->record;
    oh_histogram_add(oh_record_histogram(record, type_ix, OH_H_W_TOTAL), wait);
    oh_raise(&oh_type_maxima(engine, type_ix)[OH_MAX_W_TOTAL_US], wait);
    for (uint32_t i = 0; i < layout->n_tails && wait > layout->tail_us[i]; i++)
        oh_record_tail(record, type_ix, i)[OH_TAIL_TOTAL]++;
}

void oh_attempt_conclude(struct oh_engine *engine, uint32_t contact_ix, bool is_resolved,
                         enum oh_cause cause, int64_t wrapped_up_us) {
    count_total_wait(engine, &engine->contacts[contact_ix]);
    oh_contact_trace(engine, contact_ix, OH_ANSWERED, engine->now, wrapped_up_us);
    end_or_retry(engine, contact_ix, is_resolved, cause);
}

/* ---- the end of the run ---- */

/* Of a queue that is still there: the integral of its length ends here, too. */
static void end_wait(struct oh_engine *engine, struct oh_contact *contact) {
    int64_t waited = engine->now - contact->queued_us;
    engine->queues[contact->type_ix].waited_us += waited;
    contact->waited_us += waited;
}

static void finish_contact(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    bool is_trying = contact->state != OH_CONTACT_REDIALING && contact->state != OH_CONTACT_MOVED;
    if (contact->state == OH_CONTACT_MENU)
        oh_contact_settle(engine, contact_ix);
    if (contact->state == OH_CONTACT_QUEUED)
        end_wait(engine, contact);
    if (is_trying && !contact->answered)
        oh_counts(engine, oh_attempt_type(engine, contact), contact->cell)[OH_UNFINISHED]++;
    if (is_trying && contact->answered)
        count_total_wait(engine, contact);
    bool is_counted = contact->attempt > 1 || contact->state != OH_CONTACT_MOVED;
    if (!contact->reached && is_counted)
        oh_counts(engine, oh_first_type(engine, contact),
                  contact->first_cell)[OH_C_CUSTOMERS_PENDING]++;
    if (is_trying)
        oh_contact_trace(engine, contact_ix, contact->answered ? OH_ANSWERED : OH_UNFINISHED, -1,
                         -1);
}

void oh_contacts_finish(struct oh_engine *engine) {
    for (uint32_t i = 0; i < engine->n_contacts; i++)
        if (engine->contacts[i].state != OH_CONTACT_FREE)
            finish_contact(engine, i);
}
