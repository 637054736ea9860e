/* What happens to a contact in the queue before somebody answers: other groups may take it, a call-back is offered,
 * announcements are heard. Each is due at a fixed time after joining; the contact's one event is the first of them, of
 * the centre's longest wait and of the caller's patience. */
#include "engine/state.h"

static bool is_first_leg(const struct oh_engine *engine, uint32_t contact_ix) {
    return !engine->journeys[contact_ix].is_later_leg && !engine->contacts[contact_ix].answered;
}

/* ---- announcements ---- */

static uint32_t announcement_number(const struct oh_plan_announcement *plan, int64_t elapsed) {
    return elapsed == plan->after_us ? 1
                                     : (uint32_t)((elapsed - plan->after_us) / plan->every_us) + 1;
}

static bool is_announced_at(const struct oh_plan_announcement *plan, int64_t elapsed) {
    return elapsed == plan->after_us || (plan->every_us < OH_FOREVER && elapsed > plan->after_us &&
                                         (elapsed - plan->after_us) % plan->every_us == 0);
}

static bool makes_leave(struct oh_engine *engine, uint32_t contact_ix, int64_t elapsed) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_announcement *plan = &oh_way_of(engine, contact->type_ix)->announcement;
    uint32_t number = announcement_number(plan, elapsed);
    struct oh_occasion occasion = {number, contact->type_ix, OH_NONE, elapsed};
    return oh_chance_happens(engine, &plan->leave, contact, &occasion, oh_ordinal(contact, number),
                             OH_FOR_ANNOUNCEMENT);
}

bool oh_announcement_turns_away(struct oh_engine *engine, uint32_t contact_ix) {
    uint32_t type_ix = engine->contacts[contact_ix].type_ix;
    return oh_way_of(engine, type_ix)->announcement.after_us == 0 &&
           makes_leave(engine, contact_ix, 0);
}

static void change_patience(struct oh_engine *engine, uint32_t contact_ix, int64_t elapsed) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_journey *journey = &engine->journeys[contact_ix];
    const struct oh_plan_announcement *plan = &oh_way_of(engine, contact->type_ix)->announcement;
    struct oh_occasion occasion = {announcement_number(plan, elapsed), contact->type_ix, OH_NONE,
                                   elapsed};
    if (journey->patience_end_us == OH_FOREVER ||
        !oh_chance_applies(engine, &plan->patience, contact, &occasion))
        return;
    double factor = oh_chance_share(engine, &plan->patience, contact, &occasion);
    double left_s = (double)(journey->patience_end_us - engine->now) * 1e-6 * factor;
    journey->patience_end_us = oh_later(engine->now, oh_microseconds(left_s));
}

/* ---- when ---- */

static int64_t next_announcement(const struct oh_plan_announcement *plan, int64_t elapsed) {
    if (elapsed < plan->after_us)
        return plan->after_us;
    if (plan->every_us == OH_FOREVER)
        return OH_FOREVER;
    return plan->after_us + ((elapsed - plan->after_us) / plan->every_us + 1) * plan->every_us;
}

static int64_t smaller(int64_t a, int64_t b) {
    return a < b ? a : b;
}

/* How long after joining the next thing is due; OH_FOREVER: nothing is. */
static int64_t next_due(const struct oh_engine *engine, uint32_t contact_ix, int64_t elapsed) {
    const struct oh_plan_way *way = oh_way_of(engine, engine->contacts[contact_ix].type_ix);
    int64_t due = OH_FOREVER;
    for (uint32_t i = way->n_overflows; i-- > 0;)
        if (way->overflows[i].after_us > elapsed)
            due = way->overflows[i].after_us;
    if (!is_first_leg(engine, contact_ix))
        return due;
    if ((way->uses & OH_USES_CALLBACK) && way->callback.after_us > elapsed)
        due = smaller(due, way->callback.after_us);
    if (way->uses & OH_USES_ANNOUNCEMENT)
        due = smaller(due, next_announcement(&way->announcement, elapsed));
    return due;
}

void oh_waiting_schedule(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_type *type = &engine->plan->types[contact->type_ix];
    int64_t elapsed = engine->now - contact->queued_us;
    int64_t due = oh_later(contact->queued_us, next_due(engine, contact_ix, elapsed));
    int64_t cut_off = oh_later(contact->queued_us, type->max_wait_us);
    int64_t abandon = engine->journeys[contact_ix].patience_end_us;
    int64_t at = smaller(due, smaller(cut_off, abandon));
    enum oh_event event = at == due       ? OH_EVENT_WAITING
                          : at == cut_off ? OH_EVENT_CUT_OFF
                                          : OH_EVENT_ABANDON;
    if (at < OH_FOREVER)
        oh_heap_push(&engine->heap, oh_contact_owner(engine, contact_ix), event, at);
}

/* ---- joining, and what is due ---- */

void oh_waiting_join(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    struct oh_journey *journey = &engine->journeys[contact_ix];
    const struct oh_plan_way *way = oh_way_of(engine, contact->type_ix);
    journey->patience_end_us = oh_later(engine->now, contact->patience_us);
    if (is_first_leg(engine, contact_ix)) {
        if (way->uses & OH_USES_ESTIMATE)
            journey->estimate_us =
                oh_microseconds(oh_expected_wait_s(engine, contact->type_ix, contact));
        if (journey->estimate_us == OH_FOREVER)
            journey->estimate_us = -1;
        if ((way->uses & OH_USES_ANNOUNCEMENT) && way->announcement.after_us == 0)
            change_patience(engine, contact_ix, 0);
    }
    oh_waiting_schedule(engine, contact_ix);
}

/* A free agent of the groups that may take it by now; OH_NONE. */
static uint32_t overflow_group(const struct oh_engine *engine, uint32_t contact_ix,
                               int64_t elapsed) {
    const struct oh_plan_way *way = oh_way_of(engine, engine->contacts[contact_ix].type_ix);
    for (uint32_t i = 0; i < way->n_overflows && way->overflows[i].after_us <= elapsed; i++)
        if (engine->groups[way->overflows[i].group_ix].idle > 0)
            return way->overflows[i].group_ix;
    return OH_NONE;
}

void oh_waiting_event(struct oh_engine *engine, uint32_t contact_ix) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    const struct oh_plan_way *way = oh_way_of(engine, contact->type_ix);
    int64_t elapsed = engine->now - contact->queued_us;
    uint32_t group_ix = overflow_group(engine, contact_ix, elapsed);
    if (group_ix != OH_NONE) {
        oh_contact_take(engine, contact_ix, oh_agent_take_idle(engine, group_ix));
        return;
    }
    if (is_first_leg(engine, contact_ix)) {
        if ((way->uses & OH_USES_CALLBACK) && way->callback.after_us == elapsed &&
            oh_callback_is_accepted(engine, contact_ix)) {
            oh_callback_leave_line(engine, contact_ix);
            return;
        }
        if ((way->uses & OH_USES_ANNOUNCEMENT) && is_announced_at(&way->announcement, elapsed)) {
            if (makes_leave(engine, contact_ix, elapsed)) {
                oh_contact_abandon(engine, contact_ix);
                return;
            }
            change_patience(engine, contact_ix, elapsed);
        }
    }
    oh_waiting_schedule(engine, contact_ix);
}
