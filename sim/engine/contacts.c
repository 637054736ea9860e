/* What happens to a contact: it arrives, finds an agent or queues, is answered or leaves, and may try again. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "engine/state.h"
#include "random/dist_draw.h"

/* Attempt and leg, or conversation, as the second word of an address. */
static uint32_t attempt_ordinal(const struct oh_contact *contact) {
    return contact->attempt | (uint32_t)contact->leg << 16;
}

/* A value at the contact's own address. `uniform`: its first draw, if the caller has it already; below 0 if not. */
static double draw(const struct oh_dist *dist, const struct oh_contact *contact, double uniform,
                   uint32_t ordinal, enum oh_purpose purpose) {
    if (uniform < 0 && dist->shortcut != OH_DIST_CONSTANT)
        uniform = oh_luck_uniform(contact->key, contact->caller, ordinal, purpose);
    return oh_dist_draw_fast(dist, uniform, contact->key, contact->caller, ordinal, purpose);
}

/* ---- the pool ---- */

static void grow_pool(struct oh_engine *engine) {
    uint32_t capacity = engine->contact_capacity ? engine->contact_capacity * 2 : 256;
    struct oh_contact *contacts = oh_aligned_array(64, capacity, sizeof contacts[0]);
    if (engine->contacts)
        memcpy(contacts, engine->contacts, engine->contact_capacity * sizeof contacts[0]);
    free(engine->contacts);
    engine->contacts = contacts;
    engine->contact_capacity = capacity;
    oh_heap_reserve(&engine->heap, engine->first_contact_owner + capacity);
}

static uint32_t take_contact(struct oh_engine *engine) {
    uint32_t ix = engine->free_contact;
    if (ix != OH_NONE) {
        engine->free_contact = engine->contacts[ix].next;
        return ix;
    }
    if (engine->n_contacts == engine->contact_capacity)
        grow_pool(engine);
    return engine->n_contacts++;
}

static void free_contact(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    contact->state = OH_CONTACT_FREE;
    contact->next = engine->free_contact;
    engine->free_contact = contact_ix;
}

/* ---- integrals ---- */

void oh_queue_touch(struct oh_engine *engine, uint32_t type_ix) {
    struct oh_queue *queue = &engine->queues[type_ix];
    int64_t dt = engine->now - queue->touched_us;
    queue->touched_us = engine->now;
    queue->queue_us += dt * queue->length;
    if (engine->active)
        queue->redialing_us += dt * queue->redialing;
}

void oh_centre_touch(struct oh_engine *engine) {
    int64_t dt = engine->now - engine->centre_touched_us;
    engine->centre_touched_us = engine->now;
    engine->lines_us += dt * engine->lines_busy;
    if (engine->active)
        engine->window_us += dt;
}

static void change_lines(struct oh_engine *engine, int by) {
    oh_centre_touch(engine);
    engine->lines_busy += (uint32_t)by;
    if (by > 0 && oh_in_window(engine))
        oh_raise(&oh_centre_maxima(engine)[OH_MAX_LINES], engine->lines_busy);
}

/* ---- the trace ---- */

static void trace_attempt(struct oh_engine *engine, const struct oh_contact *contact,
                          enum oh_outcome outcome, int64_t ended_us, int64_t wrapped_up_us) {
    bool answered = contact->answered;
    uint32_t group_ix = answered ? engine->agents[contact->agent_ix].group_ix : OH_NONE;
    struct oh_attempt attempt = {
        .replication = engine->record->replication,
        .type_ix = contact->type_ix,
        .group_ix = group_ix,
        .day = contact->day,
        .caller = contact->caller,
        .attempt = contact->attempt,
        .agent = answered ? contact->agent_ix - engine->groups[group_ix].first_agent : OH_NONE,
        .outcome = outcome,
        .counted = contact->cell != OH_SLOT_OUTSIDE(&engine->plan->layout),
        .arrived_us = contact->arrived_us,
        .queued_us = contact->queued_us,
        .answered_us = answered ? contact->answered_us : -1,
        .ended_us = ended_us,
        .wrapped_up_us = wrapped_up_us,
        .wait_us = contact->waited_us,
        .patience_us = contact->patience_us,
        .talk_us = contact->talk_us,
    };
    engine->trace(engine->trace_context, &attempt);
}

/* ---- the end of an attempt, and the next one ---- */

static bool wants_retry(const struct oh_engine *engine, const struct oh_contact *contact,
                        enum oh_cause cause) {
    const struct oh_plan_type *type = &engine->plan->types[contact->type_ix];
    const struct oh_plan_retry *retry = &type->retry[cause];
    uint32_t done = contact->redials[cause];
    if (retry->n_probabilities == 0 || done >= retry->at_most ||
        contact->attempt > type->retry_at_most || contact->attempt == UINT16_MAX)
        return false;
    uint32_t i = done < retry->n_probabilities ? done : retry->n_probabilities - 1;
    return retry->probability[i] > 0 &&
           oh_luck_uniform(contact->key, contact->caller, contact->attempt, OH_FOR_RETRY) <
               retry->probability[i];
}

static void schedule_redial(struct oh_engine *engine, uint32_t contact_ix, enum oh_cause cause) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_dist *delay = engine->plan->types[contact->type_ix].retry[cause].delay;
    int64_t delay_us =
        oh_microseconds(draw(delay, contact, -1, contact->attempt, OH_FOR_RETRY_DELAY));
    contact->redials[cause]++;
    contact->state = OH_CONTACT_REDIALING;
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

/* Ends an attempt that no agent took. `cause` OH_N_CAUSES: the customer does not try again. */
static void end_attempt(struct oh_engine *engine, uint32_t contact_ix, enum oh_outcome outcome,
                        enum oh_cause cause) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    oh_counts(engine, contact->type_ix, contact->cell)[outcome]++;
    if (engine->trace)
        trace_attempt(engine, contact, outcome, engine->now, -1);
    if (cause != OH_N_CAUSES && wants_retry(engine, contact, cause))
        schedule_redial(engine, contact_ix, cause);
    else
        free_contact(engine, contact_ix);
}

/* ---- the queue ---- */

static void link_contact(struct oh_engine *engine, uint32_t contact_ix, bool at_head) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_queue *queue = &engine->queues[contact->type_ix];
    oh_queue_touch(engine, contact->type_ix);
    uint32_t next = at_head ? queue->head : OH_NONE;
    uint32_t prev = at_head ? OH_NONE : queue->tail;
    contact->next = next;
    contact->prev = prev;
    *(prev == OH_NONE ? &queue->head : &engine->contacts[prev].next) = contact_ix;
    *(next == OH_NONE ? &queue->tail : &engine->contacts[next].prev) = contact_ix;
    queue->length++;
    engine->waiting++;
    if (oh_in_window(engine)) {
        oh_raise(&oh_type_maxima(engine, contact->type_ix)[OH_MAX_QUEUE], queue->length);
        oh_raise(&oh_centre_maxima(engine)[OH_MAX_QUEUE], engine->waiting);
    }
}

/* Of a contact that leaves the queue, or still stands in it when the run ends. */
static void count_leg_wait(struct oh_engine *engine, struct oh_contact *contact) {
    int64_t waited = engine->now - contact->queued_us;
    engine->queues[contact->type_ix].waited_us += waited;
    contact->waited_us += waited;
    oh_counts(engine, contact->type_ix, contact->cell)[OH_C_LEG_WAIT_US] += waited;
}

static void unlink_contact(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_queue *queue = &engine->queues[contact->type_ix];
    oh_queue_touch(engine, contact->type_ix);
    *(contact->prev == OH_NONE ? &queue->head : &engine->contacts[contact->prev].next) =
        contact->next;
    *(contact->next == OH_NONE ? &queue->tail : &engine->contacts[contact->next].prev) =
        contact->prev;
    queue->length--;
    engine->waiting--;
    count_leg_wait(engine, contact);
}

/* Joins the queue, with the patience that `uniform` (or, below 0, a fresh draw) gives. */
static void enqueue(struct oh_engine *engine, uint32_t contact_ix, double uniform, bool at_head) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_type *type = &engine->plan->types[contact->type_ix];
    const struct oh_dist *patience = oh_dist_steps_at(&type->patience, engine->now);
    double seconds = draw(patience, contact, uniform, attempt_ordinal(contact), OH_FOR_PATIENCE);
    contact->patience_us = oh_microseconds(seconds);
    contact->state = OH_CONTACT_QUEUED;
    contact->queued_us = engine->now;
    contact->leg++;
    oh_counts(engine, contact->type_ix, contact->cell)[OH_C_LEGS]++;
    link_contact(engine, contact_ix, at_head);
    bool cut_off = type->max_wait_us <= contact->patience_us;
    int64_t stay = cut_off ? type->max_wait_us : contact->patience_us;
    int64_t until = oh_later(engine->now, stay);
    if (until < OH_FOREVER)
        oh_heap_push(&engine->heap, oh_contact_owner(engine, contact_ix),
                     cut_off ? OH_EVENT_CUT_OFF : OH_EVENT_ABANDON, until);
}

/* Of an answered attempt, when no further leg can follow. */
static void count_total_wait(struct oh_engine *engine, const struct oh_contact *contact) {
    int64_t wait = contact->waited_us;
    oh_counts(engine, contact->type_ix, contact->cell)[OH_C_W_TOTAL_US] += wait;
    if (contact->cell == OH_SLOT_OUTSIDE(&engine->plan->layout))
        return;
    const struct oh_layout_type *layout = &engine->plan->layout.types[contact->type_ix];
    struct oh_record *record = engine->record;
    oh_histogram_add(oh_record_histogram(record, contact->type_ix, OH_H_W_TOTAL), wait);
    oh_raise(&oh_type_maxima(engine, contact->type_ix)[OH_MAX_W_TOTAL_US], wait);
    for (uint32_t i = 0; i < layout->n_tails && wait > layout->tail_us[i]; i++)
        oh_record_tail(record, contact->type_ix, i)[OH_TAIL_TOTAL]++;
}

/* Leaves the queue unanswered. */
static void leave_queue(struct oh_engine *engine, uint32_t contact_ix, enum oh_outcome outcome,
                        enum oh_cause cause) {
    unlink_contact(engine, contact_ix);
    change_lines(engine, -1);
    struct oh_contact *contact = &engine->contacts[contact_ix];
    int64_t *counts = oh_counts(engine, contact->type_ix, contact->cell);
    if (contact->answered) { /* a later leg: the attempt has its outcome already */
        counts[OH_C_LEG_ABANDONED]++;
        count_total_wait(engine, contact);
        if (engine->trace)
            trace_attempt(engine, contact, OH_ANSWERED, engine->now, -1);
        free_contact(engine, contact_ix);
        return;
    }
    int64_t wait = contact->waited_us;
    const struct oh_layout_type *layout = &engine->plan->layout.types[contact->type_ix];
    bool abandoned = outcome == OH_ABANDONED;
    counts[OH_C_DELAYED] += wait > 0;
    counts[OH_C_LEFT_IN_T] += wait <= layout->answer_within_us;
    counts[OH_C_ABANDONED_IN_S] += abandoned && wait <= layout->short_abandon_us;
    counts[OH_C_W_LEFT_US] += wait;
    counts[OH_C_W_ABANDONED_US] += abandoned ? wait : 0;
    if (contact->cell != OH_SLOT_OUTSIDE(&engine->plan->layout)) {
        int64_t *maxima = oh_type_maxima(engine, contact->type_ix);
        oh_histogram_add(
            &engine->record->histograms[contact->type_ix * OH_N_HISTOGRAMS +
                                        (abandoned ? OH_H_W_ABANDONED : OH_H_W_LEFT_OTHERWISE)],
            wait);
        oh_raise(&maxima[OH_MAX_W_ALL_US], wait);
        if (abandoned)
            oh_raise(&maxima[OH_MAX_W_ABANDONED_US], wait);
        int64_t *tails = engine->record->tails + engine->record->tail_offset[contact->type_ix];
        for (uint32_t i = 0; i < layout->n_tails && wait > layout->tail_us[i]; i++) {
            tails[i * OH_N_TAIL_COUNTS + OH_TAIL_LEFT]++;
            tails[i * OH_N_TAIL_COUNTS + OH_TAIL_ABANDONED] += abandoned;
        }
    }
    end_attempt(engine, contact_ix, outcome, cause);
}

void oh_contact_abandon(struct oh_engine *engine, uint32_t contact_ix) {
    leave_queue(engine, contact_ix, OH_ABANDONED, OH_AFTER_ABANDON);
}

void oh_contact_cut_off(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_plan_type *type = &engine->plan->types[engine->contacts[contact_ix].type_ix];
    if (type->at_max_wait == OH_MAX_WAIT_MESSAGE)
        leave_queue(engine, contact_ix, OH_MESSAGE_LEFT, OH_N_CAUSES);
    else
        leave_queue(engine, contact_ix, OH_CUT_OFF, OH_AFTER_DISCONNECT);
}

void oh_contact_drop_queue(struct oh_engine *engine, uint32_t type_ix) {
    while (engine->queues[type_ix].head != OH_NONE) {
        uint32_t contact_ix = engine->queues[type_ix].head;
        oh_heap_cancel(&engine->heap, oh_contact_owner(engine, contact_ix));
        leave_queue(engine, contact_ix, OH_DROPPED, OH_AFTER_CLOSED);
    }
}

/* ---- being answered ---- */

static void count_answered(struct oh_engine *engine, struct oh_contact *contact) {
    int64_t wait = contact->waited_us;
    const struct oh_layout_type *layout = &engine->plan->layout.types[contact->type_ix];
    int64_t *counts = oh_counts(engine, contact->type_ix, contact->cell);
    counts[OH_ANSWERED]++;
    counts[OH_C_DELAYED] += wait > 0;
    counts[OH_C_ANSWERED_IN_T] += wait <= layout->answer_within_us;
    counts[OH_C_W_ANSWERED_US] += wait;
    if (contact->cell == OH_SLOT_OUTSIDE(&engine->plan->layout))
        return;
    struct oh_histogram *histograms =
        &engine->record->histograms[contact->type_ix * OH_N_HISTOGRAMS];
    oh_histogram_add(&histograms[OH_H_W_ANSWERED], wait);
    int64_t *maxima = oh_type_maxima(engine, contact->type_ix);
    oh_raise(&maxima[OH_MAX_W_ALL_US], wait);
    oh_raise(&maxima[OH_MAX_W_ANSWERED_US], wait);
    int64_t *tails = engine->record->tails + engine->record->tail_offset[contact->type_ix];
    for (uint32_t i = 0; i < layout->n_tails && wait > layout->tail_us[i]; i++)
        tails[i * OH_N_TAIL_COUNTS + OH_TAIL_ANSWERED]++;
}

static void count_reached(struct oh_engine *engine, struct oh_contact *contact) {
    contact->reached = true;
    int64_t took = engine->now - contact->first_arrived_us;
    int64_t *counts = oh_counts(engine, contact->type_ix, contact->first_cell);
    counts[OH_C_CUSTOMERS_REACHED]++;
    counts[OH_C_TIME_TO_REACH_US] += took;
    if (contact->first_cell == OH_SLOT_OUTSIDE(&engine->plan->layout))
        return;
    oh_histogram_add(
        &engine->record->histograms[contact->type_ix * OH_N_HISTOGRAMS + OH_H_TIME_TO_REACH], took);
    oh_raise(&oh_type_maxima(engine, contact->type_ix)[OH_MAX_TIME_TO_REACH_US], took);
}

/* What is drawn may be longer than any run: its sum is checked. */
static void add_duration(int64_t *sum, int64_t duration) {
    OH_INVARIANT(!__builtin_add_overflow(*sum, duration, sum));
}

static int64_t draw_talk(struct oh_engine *engine, struct oh_contact *contact, uint32_t group_ix) {
    const struct oh_dist *talk =
        oh_dist_steps_at(&engine->plan->types[contact->type_ix].talk[group_ix], engine->now);
    contact->conversation++;
    double seconds = draw(talk, contact, contact->talk_uniform, contact->conversation, OH_FOR_TALK);
    contact->talk_uniform = -1;
    int64_t talk_us = oh_microseconds(seconds);
    contact->talk_us = talk_us;
    add_duration(&oh_counts(engine, contact->type_ix, contact->cell)[OH_C_TALK_US], talk_us);
    return talk_us;
}

/* Connects a contact that is in no queue. */
static void answer(struct oh_engine *engine, uint32_t contact_ix, uint32_t agent_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t group_ix = engine->agents[agent_ix].group_ix;
    if (!contact->answered) {
        contact->answered = true;
        contact->answered_us = engine->now;
        count_answered(engine, contact);
        oh_record_agent_cell(engine->record, group_ix, contact->cell)[OH_A_ANSWERED]++;
        if (!contact->reached)
            count_reached(engine, contact);
    }
    contact->state = OH_CONTACT_TALKING;
    contact->agent_ix = agent_ix;
    int64_t talk_us = contact->talk_left_us;
    if (talk_us < 0)
        talk_us = draw_talk(engine, contact, group_ix);
    contact->talk_left_us = -1;
    oh_agent_start(engine, agent_ix, contact_ix, talk_us);
}

void oh_contact_take(struct oh_engine *engine, uint32_t contact_ix, uint32_t agent_ix) {
    oh_heap_cancel(&engine->heap, oh_contact_owner(engine, contact_ix));
    unlink_contact(engine, contact_ix);
    answer(engine, contact_ix, agent_ix);
}

/* The agent leaves in mid-call: back to the head of the queue, with what is left of the talk and new patience. */
void oh_contact_requeue(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t group_ix = oh_pick_group(engine, contact->type_ix);
    contact->queued_us = engine->now;
    if (group_ix != OH_NONE)
        answer(engine, contact_ix, oh_agent_take_idle(engine, group_ix));
    else
        enqueue(engine, contact_ix, -1, true);
}

/* The caller hangs up; returns to oh_agent_talk_end with the wrap-up scheduled or the agent free. */
void oh_contact_end_talk(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t agent_ix = contact->agent_ix;
    const struct oh_dist *wrap_up = oh_dist_steps_at(
        &engine->plan->types[contact->type_ix].wrap_up[engine->agents[agent_ix].group_ix],
        engine->now);
    double seconds = draw(wrap_up, contact, -1, contact->conversation, OH_FOR_WRAP_UP);
    int64_t wrap_up_us = oh_microseconds(seconds);
    add_duration(&oh_counts(engine, contact->type_ix, contact->cell)[OH_C_WRAP_UP_US], wrap_up_us);
    change_lines(engine, -1);
    count_total_wait(engine, contact);
    if (engine->trace)
        trace_attempt(engine, contact, OH_ANSWERED, engine->now, oh_later(engine->now, wrap_up_us));
    free_contact(engine, contact_ix);
    oh_agent_wrap_up(engine, agent_ix, wrap_up_us);
}

/* ---- arriving ---- */

static double expected_wait_s(const struct oh_engine *engine, uint32_t type_ix) {
    const struct oh_plan_type *type = &engine->plan->types[type_ix];
    uint32_t agents = 0;
    for (uint32_t i = 0; i < type->n_groups; i++)
        agents += oh_group_on_duty(&engine->groups[type->group_ix[i]]);
    double work = (engine->queues[type_ix].length + 1.0) * engine->mean_handle_s[type_ix];
    return agents ? work / agents : 1e300;
}

static bool balks(const struct oh_engine *engine, const struct oh_contact *contact) {
    const struct oh_plan_balk *balk = &engine->plan->types[contact->type_ix].balk;
    if (balk->by == OH_BALK_NEVER)
        return false;
    double level = 0;
    if (balk->by == OH_BALK_BY_QUEUE)
        level = engine->queues[contact->type_ix].length;
    else if (balk->by == OH_BALK_BY_EXPECTED_WAIT)
        level = expected_wait_s(engine, contact->type_ix);
    uint32_t i = balk->n;
    while (i > 0 && balk->at[i - 1] > level)
        i--;
    return i > 0 && balk->probability[i - 1] > 0 &&
           oh_luck_uniform(contact->key, contact->caller, contact->attempt, OH_FOR_BALK) <
               balk->probability[i - 1];
}

static bool is_full(const struct oh_engine *engine, uint32_t type_ix) {
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

/* An attempt at the door: closed, blocked, answered at once, turned away, or queued. */
static void try_to_reach(struct oh_engine *engine, uint32_t contact_ix, double patience_uniform) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    uint32_t type_ix = contact->type_ix;
    int64_t *counts = oh_counts(engine, type_ix, engine->cell);
    contact->cell = engine->cell;
    contact->arrived_us = engine->now;
    contact->queued_us = contact->patience_us = contact->talk_us = contact->answered_us = -1;
    contact->waited_us = 0;
    contact->leg = 0;
    contact->answered = false;
    engine->attempts++;
    counts[OH_C_OFFERED]++;
    counts[OH_C_REDIALS] += contact->attempt > 1;
    if (!engine->open) {
        end_attempt(engine, contact_ix, OH_CLOSED, OH_AFTER_CLOSED);
        return;
    }
    if (engine->lines_busy >= engine->plan->lines) {
        end_attempt(engine, contact_ix, OH_BLOCKED, OH_AFTER_BUSY);
        return;
    }
    uint32_t group_ix = oh_pick_group(engine, type_ix);
    if (group_ix != OH_NONE) {
        change_lines(engine, +1);
        answer(engine, contact_ix, oh_agent_take_idle(engine, group_ix));
    } else if (is_full(engine, type_ix)) {
        bool busy = engine->plan->types[type_ix].when_full == OH_FULL_BUSY;
        end_attempt(engine, contact_ix, busy ? OH_BLOCKED : OH_DISCONNECTED,
                    busy ? OH_AFTER_BUSY : OH_AFTER_DISCONNECT);
    } else if (balks(engine, contact)) {
        end_attempt(engine, contact_ix, OH_BALKED, OH_AFTER_ABANDON);
    } else {
        change_lines(engine, +1);
        enqueue(engine, contact_ix, patience_uniform, false);
    }
}

void oh_contact_arrive(struct oh_engine *engine, uint32_t type_ix) {
    struct oh_caller caller = oh_supply_take(&engine->supplies[type_ix]);
    int64_t next = oh_supply_peek(&engine->supplies[type_ix]);
    if (next < OH_FOREVER)
        oh_heap_push(&engine->heap, oh_source_owner(type_ix), OH_EVENT_ARRIVAL, next);
    uint32_t contact_ix = take_contact(engine);
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
    contact->first_cell = engine->cell;
    contact->first_arrived_us = engine->now;
    memset(contact->redials, 0, sizeof contact->redials);
    oh_counts(engine, type_ix, engine->cell)[OH_C_CUSTOMERS]++;
    try_to_reach(engine, contact_ix, caller.patience_uniform);
}

void oh_contact_redial(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    oh_queue_touch(engine, contact->type_ix);
    engine->queues[contact->type_ix].redialing--;
    engine->redialing--;
    contact->attempt++;
    try_to_reach(engine, contact_ix, -1);
}

/* ---- the end of the run ---- */

void oh_contacts_finish(struct oh_engine *engine) {
    for (uint32_t i = 0; i < engine->n_contacts; i++) {
        struct oh_contact *contact = &engine->contacts[i];
        if (contact->state == OH_CONTACT_FREE)
            continue;
        if (contact->state == OH_CONTACT_QUEUED) {
            count_leg_wait(engine, contact);
            if (!contact->answered)
                oh_counts(engine, contact->type_ix, contact->cell)[OH_UNFINISHED]++;
        }
        if (contact->answered)
            count_total_wait(engine, contact);
        if (!contact->reached)
            oh_counts(engine, contact->type_ix, contact->first_cell)[OH_C_CUSTOMERS_PENDING]++;
        if (engine->trace && contact->state != OH_CONTACT_REDIALING)
            trace_attempt(engine, contact, contact->answered ? OH_ANSWERED : OH_UNFINISHED, -1, -1);
    }
}
