/* Chances that depend on something, and the wait that a contact has to expect. */
#include "engine/state.h"
#include "random/real.h"

/* ---- the expected wait ---- */

static uint32_t agents_on_duty(const struct oh_engine *engine, uint32_t type_ix) {
    const struct oh_plan_type *type = &engine->plan->types[type_ix];
    uint32_t agents = 0;
    for (uint32_t i = 0; i < type->n_groups; i++)
        agents += oh_group_on_duty(&engine->groups[type->group_ix[i]]);
    return agents;
}

static bool is_in_queue(const struct oh_contact *contact, uint32_t type_ix) {
    return contact->state == OH_CONTACT_QUEUED && contact->type_ix == type_ix;
}

/* Contacts on the line ahead of this one, which may stand in the queue or before it. */
static uint32_t count_ahead(const struct oh_engine *engine, uint32_t type_ix,
                            const struct oh_contact *contact) {
    const struct oh_queue *queue = &engine->queues[type_ix];
    if (!is_in_queue(contact, type_ix))
        return queue->length;
    if (contact->next == OH_NONE)
        return queue->length - 1;
    uint32_t ahead = 0;
    for (uint32_t i = contact->prev; i != OH_NONE; i = engine->contacts[i].prev)
        ahead += engine->contacts[i].state == OH_CONTACT_QUEUED;
    return ahead;
}

/* The logarithmic derivative of the gamma function, x > 0: recurrence up to 10, then the asymptotic series (Abramowitz
 * and Stegun 6.3.5, 6.3.18). */
static double digamma(double x) {
    double value = 0;
    for (; x < 10; x += 1)
        value -= 1 / x;
    double y = 1 / (x * x);
    return value + oh_log(x) - 0.5 / x -
           y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y / 240)));
}

/* The mean wait of somebody patient behind `ahead` others in M/M/n+M: the sum over i = 0 .. ahead of
 * 1 / (n mu + i theta). */
static double erlang_a_wait_s(double served_per_s, double theta, uint32_t ahead) {
    double a = served_per_s / theta;
    return (digamma(a + ahead + 1) - digamma(a)) / theta;
}

static double by_queue_s(const struct oh_engine *engine, uint32_t type_ix,
                         const struct oh_contact *contact, bool some_leave) {
    uint32_t agents = agents_on_duty(engine, type_ix);
    uint32_t ahead = count_ahead(engine, type_ix, contact);
    double handle_s = engine->mean_handle_s[type_ix];
    double patience_s = engine->mean_patience_s[type_ix];
    if (agents == 0)
        return 1e300;
    if (some_leave && patience_s < 1e15 && patience_s > 0 && handle_s > 0)
        return erlang_a_wait_s(agents / handle_s, 1 / patience_s, ahead);
    return (ahead + 1.0) * handle_s / agents;
}

double oh_expected_wait_s(const struct oh_engine *engine, uint32_t type_ix,
                          const struct oh_contact *contact) {
    const struct oh_queue *queue = &engine->queues[type_ix];
    int64_t waited_us = is_in_queue(contact, type_ix) ? engine->now - contact->queued_us : 0;
    int64_t expected_us = 0;
    switch (oh_way_of(engine, type_ix)->estimator) {
    case OH_ESTIMATE_IF_NEEDED:
    case OH_ESTIMATE_QUEUE:
        return by_queue_s(engine, type_ix, contact, false);
    case OH_ESTIMATE_ERLANG_A:
        return by_queue_s(engine, type_ix, contact, true);
    case OH_ESTIMATE_HEAD_OF_LINE:
        if (queue->head != OH_NONE)
            expected_us = engine->now - engine->contacts[queue->head].queued_us;
        break;
    case OH_ESTIMATE_LAST_TO_ENTER_SERVICE:
        expected_us = queue->last_wait_us;
        break;
    }
    return expected_us > waited_us ? (double)(expected_us - waited_us) * 1e-6 : 0;
}

/* ---- chances ---- */

static uint32_t place_in_list(const struct oh_plan_chance *chance, uint32_t ordinal) {
    return ordinal > chance->n ? chance->n - 1 : ordinal - 1;
}

static double level(const struct oh_engine *engine, const struct oh_plan_chance *chance,
                    const struct oh_contact *contact, const struct oh_occasion *occasion) {
    if (chance->by == OH_CHANCE_BY_WAIT)
        return (double)occasion->wait_us * 1e-6;
    if (chance->by == OH_CHANCE_BY_QUEUE)
        return count_ahead(engine, occasion->type_ix, contact);
    return oh_expected_wait_s(engine, occasion->type_ix, contact);
}

/* Which share holds; OH_NONE: none, it is below the first step. */
static uint32_t entry_of(const struct oh_engine *engine, const struct oh_plan_chance *chance,
                         const struct oh_contact *contact, const struct oh_occasion *occasion) {
    switch (chance->by) {
    case OH_CHANCE_NEVER:
        return OH_NONE;
    case OH_CHANCE_ALWAYS_DRAW:
        return 0;
    case OH_CHANCE_BY_ORDINAL:
        return place_in_list(chance, occasion->ordinal);
    case OH_CHANCE_BY_ATTEMPT:
        return place_in_list(chance, contact->attempt);
    case OH_CHANCE_BY_GROUP:
        return occasion->group_ix;
    default:
        break;
    }
    double at = level(engine, chance, contact, occasion);
    uint32_t i = chance->n;
    while (i > 0 && chance->at[i - 1] > at)
        i--;
    return i > 0 ? i - 1 : OH_NONE;
}

bool oh_chance_applies(const struct oh_engine *engine, const struct oh_plan_chance *chance,
                       const struct oh_contact *contact, const struct oh_occasion *occasion) {
    return entry_of(engine, chance, contact, occasion) != OH_NONE;
}

double oh_chance_share(const struct oh_engine *engine, const struct oh_plan_chance *chance,
                       const struct oh_contact *contact, const struct oh_occasion *occasion) {
    uint32_t entry = entry_of(engine, chance, contact, occasion);
    return entry == OH_NONE ? 0 : chance->share[entry];
}

bool oh_chance_happens(const struct oh_engine *engine, const struct oh_plan_chance *chance,
                       const struct oh_contact *contact, const struct oh_occasion *occasion,
                       uint32_t address, enum oh_purpose purpose) {
    if (chance->by == OH_CHANCE_NEVER)
        return false;
    double share = oh_chance_share(engine, chance, contact, occasion);
    return share >= 1 ||
           (share > 0 && oh_luck_uniform(contact->key, contact->caller, address, purpose) < share);
}
