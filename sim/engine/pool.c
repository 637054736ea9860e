/* The pool of contacts, what is drawn at their addresses, and their trace. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "engine/state.h"
#include "random/dist_draw.h"

/* A value at the contact's own address. `uniform`: its first draw, if the caller has it already; below 0 if not. */
double oh_contact_draw(const struct oh_dist *dist, const struct oh_contact *contact, double uniform,
                       uint32_t ordinal, enum oh_purpose purpose) {
    if (uniform < 0 && dist->shortcut != OH_DIST_CONSTANT)
        uniform = oh_luck_uniform(contact->key, contact->caller, ordinal, purpose);
    return oh_dist_draw_fast(dist, uniform, contact->key, contact->caller, ordinal, purpose);
}

/* `array`, of `n` elements, in a larger block. */
static void *grown(void *array, uint32_t n, uint32_t capacity, size_t size) {
    void *larger = oh_aligned_array(64, capacity, size);
    if (array != NULL)
        memcpy(larger, array, n * size);
    free(array);
    return larger;
}

static void grow_pool(struct oh_engine *engine) {
    uint32_t n = engine->contact_capacity, capacity = n ? n * 2 : 256;
    engine->contacts = grown(engine->contacts, n, capacity, sizeof engine->contacts[0]);
    if (engine->plan->has_ways)
        engine->journeys = grown(engine->journeys, n, capacity, sizeof engine->journeys[0]);
    engine->contact_capacity = capacity;
    oh_heap_reserve(&engine->heap, engine->first_contact_owner + capacity);
}

uint32_t oh_contact_new(struct oh_engine *engine) {
    uint32_t ix = engine->free_contact;
    if (ix != OH_NONE) {
        engine->free_contact = engine->contacts[ix].next;
        return ix;
    }
    if (engine->n_contacts == engine->contact_capacity)
        grow_pool(engine);
    return engine->n_contacts++;
}

void oh_contact_free(struct oh_engine *engine, uint32_t contact_ix) {
    struct oh_contact *contact = &engine->contacts[contact_ix];
    contact->state = OH_CONTACT_FREE;
    contact->next = engine->free_contact;
    engine->free_contact = contact_ix;
}

/* ---- the trace ---- */

void oh_contact_trace(struct oh_engine *engine, uint32_t contact_ix, enum oh_outcome outcome,
                      int64_t ended_us, int64_t wrapped_up_us) {
    const struct oh_contact *contact = &engine->contacts[contact_ix];
    if (engine->trace == NULL)
        return;
    bool answered = contact->answered;
    uint32_t agent_ix =
        engine->journeys ? engine->journeys[contact_ix].answered_by : contact->agent_ix;
    uint32_t group_ix = answered ? engine->agents[agent_ix].group_ix : OH_NONE;
    struct oh_attempt attempt = {
        .replication = engine->record->replication,
        .type_ix = oh_attempt_type(engine, contact),
        .group_ix = group_ix,
        .day = contact->day,
        .caller = contact->caller,
        .attempt = contact->attempt,
        .agent = answered ? agent_ix - engine->groups[group_ix].first_agent : OH_NONE,
        .outcome = outcome,
        .counted = oh_counts_in_window(engine, contact->cell),
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
