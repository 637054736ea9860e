/* The queues: joining, leaving, and what is counted of the waits. */
#include "engine/state.h"

/* ---- integrals ---- */

void oh_queue_touch(struct oh_engine *engine, uint32_t type_ix) {
    struct oh_queue *queue = &engine->queues[type_ix];
    int64_t dt = engine->now - queue->touched_us;
    queue->touched_us = engine->now;
    if (engine->active) {
        queue->queue_us += dt * queue->length;
        queue->redialing_us += dt * queue->redialing;
    } else {
        queue->closed_us += dt * queue->length;
    }
}

void oh_centre_touch(struct oh_engine *engine) {
    int64_t dt = engine->now - engine->centre_touched_us;
    engine->centre_touched_us = engine->now;
    engine->lines_us += dt * engine->lines_busy;
    if (engine->active)
        engine->window_us += dt;
}

void oh_lines_change(struct oh_engine *engine, int by) {
    oh_centre_touch(engine);
    engine->lines_busy += (uint32_t)by;
    if (by > 0 && oh_in_window(engine))
        oh_raise(&oh_centre_maxima(engine)[OH_MAX_LINES], engine->lines_busy);
}

/* ---- the list ---- */

void oh_queue_link(struct oh_engine *engine, uint32_t contact_ix, bool at_head) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_queue *queue = &engine->queues[contact->type_ix];
    uint32_t next = at_head ? queue->head : OH_NONE;
    uint32_t prev = at_head ? OH_NONE : queue->tail;
    contact->next = next;
    contact->prev = prev;
    *(prev == OH_NONE ? &queue->head : &engine->contacts[prev].next) = contact_ix;
    *(next == OH_NONE ? &queue->tail : &engine->contacts[next].prev) = contact_ix;
}

void oh_queue_unlink(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_queue *queue = &engine->queues[contact->type_ix];
    *(contact->prev == OH_NONE ? &queue->head : &engine->contacts[contact->prev].next) =
        contact->next;
    *(contact->next == OH_NONE ? &queue->tail : &engine->contacts[contact->next].prev) =
        contact->prev;
}

/* ---- on the line ---- */

static void join_line(struct oh_engine *engine, uint32_t type_ix) {
    struct oh_queue *queue = &engine->queues[type_ix];
    oh_queue_touch(engine, type_ix);
    queue->length++;
    engine->waiting++;
    if (oh_in_window(engine)) {
        oh_raise(&oh_type_maxima(engine, type_ix)[OH_MAX_QUEUE], queue->length);
        oh_raise(&oh_centre_maxima(engine)[OH_MAX_QUEUE], engine->waiting);
    }
}

void oh_queue_leave_line(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_queue *queue = &engine->queues[contact->type_ix];
    int64_t waited = engine->now - contact->queued_us;
    oh_queue_touch(engine, contact->type_ix);
    queue->length--;
    engine->waiting--;
    queue->waited_us += waited;
    contact->waited_us += waited;
    int64_t *counts = oh_counts(engine, contact->type_ix, contact->cell);
    counts[OH_C_LEG_WAIT_US] += waited;
    if (!engine->journeys)
        return;
    struct oh_journey *journey = &engine->journeys[contact_ix];
    journey->held_us += waited;
    counts[OH_C_LATER_LEG_WAIT_US] += journey->is_later_leg ? waited : 0;
}

/* The first of: the centre's longest wait, the caller's patience. */
static void schedule_leaving(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_type *type = &engine->plan->types[contact->type_ix];
    bool cut_off = type->max_wait_us <= contact->patience_us;
    int64_t until = oh_later(engine->now, cut_off ? type->max_wait_us : contact->patience_us);
    if (until < OH_FOREVER)
        oh_heap_push(&engine->heap, oh_contact_owner(engine, contact_ix),
                     cut_off ? OH_EVENT_CUT_OFF : OH_EVENT_ABANDON, until);
}

void oh_queue_join(struct oh_engine *engine, uint32_t contact_ix, double uniform, bool at_head) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_type *type = &engine->plan->types[contact->type_ix];
    const struct oh_dist *patience = oh_dist_steps_at(&type->patience, engine->now);
    double seconds = oh_contact_draw(patience, contact, uniform, oh_ordinal(contact, contact->leg),
                                     OH_FOR_PATIENCE);
    contact->patience_us = oh_microseconds(seconds);
    contact->state = OH_CONTACT_QUEUED;
    contact->queued_us = engine->now;
    contact->leg++;
    oh_queue_link(engine, contact_ix, at_head);
    join_line(engine, contact->type_ix);
    if (engine->journeys)
        oh_waiting_join(engine, contact_ix);
    else
        schedule_leaving(engine, contact_ix);
}

/* ---- leaving unanswered ---- */

static void count_left(struct oh_engine *engine, const struct oh_contact *contact, bool abandoned) {
    uint32_t type_ix = contact->type_ix;
    int64_t wait = contact->waited_us;
    int64_t *counts = oh_counts(engine, type_ix, contact->cell);
    const struct oh_layout_type *layout = &engine->plan->layout.types[type_ix];
    counts[OH_C_DELAYED] += wait > 0;
    counts[OH_C_LEFT_IN_T] += wait <= layout->answer_within_us;
    counts[OH_C_ABANDONED_IN_S] += abandoned && wait <= layout->short_abandon_us;
    counts[OH_C_W_LEFT_US] += wait;
    counts[OH_C_W_ABANDONED_US] += abandoned ? wait : 0;
    if (!oh_counts_in_window(engine, contact->cell))
        return;
    int64_t *maxima = oh_type_maxima(engine, type_ix);
    enum oh_histogram_id id = abandoned ? OH_H_W_ABANDONED : OH_H_W_LEFT_OTHERWISE;
    oh_histogram_add(oh_record_histogram(engine->record, type_ix, id), wait);
    oh_raise(&maxima[OH_MAX_W_ALL_US], wait);
    if (abandoned)
        oh_raise(&maxima[OH_MAX_W_ABANDONED_US], wait);
    for (uint32_t i = 0; i < layout->n_tails && wait > layout->tail_us[i]; i++) {
        int64_t *tail = oh_record_tail(engine->record, type_ix, i);
        tail[OH_TAIL_LEFT]++;
        tail[OH_TAIL_ABANDONED] += abandoned;
    }
}

void oh_contact_leave(struct oh_engine *engine, uint32_t contact_ix, enum oh_outcome outcome,
                      enum oh_cause cause) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    oh_queue_unlink(engine, contact_ix);
    oh_queue_leave_line(engine, contact_ix);
    oh_lines_change(engine, -1);
    if (!contact->answered) {
        count_left(engine, contact, outcome == OH_ABANDONED);
        oh_attempt_end(engine, contact_ix, outcome, cause);
        return;
    }
    /* A later leg: the attempt has its outcome already. */
    oh_counts(engine, contact->type_ix, contact->cell)[OH_C_LEG_ABANDONED]++;
    if (engine->journeys)
        oh_transfer_release_first(engine, contact_ix);
    oh_attempt_conclude(engine, contact_ix, false, cause, -1);
}

void oh_contact_abandon(struct oh_engine *engine, uint32_t contact_ix) {
    oh_contact_leave(engine, contact_ix, OH_ABANDONED, OH_AFTER_ABANDON);
}

void oh_contact_cut_off(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_plan_type *type = &engine->plan->types[engine->contacts[contact_ix].type_ix];
    if (type->at_max_wait == OH_MAX_WAIT_MESSAGE)
        oh_contact_leave(engine, contact_ix, OH_MESSAGE_LEFT, OH_N_CAUSES);
    else
        oh_contact_leave(engine, contact_ix, OH_CUT_OFF, OH_AFTER_DISCONNECT);
}

void oh_contact_drop_queue(struct oh_engine *engine, uint32_t type_ix) {
    while (engine->queues[type_ix].head != OH_NONE) {
        uint32_t contact_ix = engine->queues[type_ix].head;
        oh_heap_cancel(&engine->heap, oh_contact_owner(engine, contact_ix));
        if (engine->contacts[contact_ix].state == OH_CONTACT_QUEUED) {
            oh_contact_leave(engine, contact_ix, OH_DROPPED, OH_AFTER_CLOSED);
            continue;
        }
        oh_queue_unlink(engine, contact_ix);
        engine->callbacks--;
        oh_attempt_end(engine, contact_ix, OH_CALLBACK_LOST, OH_AFTER_CLOSED);
    }
}
