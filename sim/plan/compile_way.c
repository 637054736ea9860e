/* What may happen to a contact beside queue and talk, from the scenario to the plan. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plan/steps.h"

/* ---- chances ---- */

static const double *shares_by_group(struct oh_compiler *c, const struct oh_chance *chance) {
    double *share = OH_NEW_ARRAY(c->arena, c->scenario->agents.n, double);
    for (uint32_t i = 0; i < chance->groups.n; i++)
        share[oh_group_index(c->scenario, chance->groups.name[i])] = chance->share[i];
    return share;
}

struct oh_plan_chance oh_chance_compile(struct oh_compiler *c, const struct oh_chance *chance) {
    struct oh_plan_chance plan = {chance->by, chance->n, NULL, chance->share};
    if (chance->by == OH_CHANCE_BY_GROUP) {
        plan.n = c->scenario->agents.n;
        plan.share = shares_by_group(c, chance);
    } else if (chance->by >= OH_CHANCE_BY_WAIT) {
        plan.at = chance->at;
    }
    if (plan.by == OH_CHANCE_ALWAYS_DRAW && plan.share[0] == 0)
        plan.by = OH_CHANCE_NEVER;
    return plan;
}

static bool is_always(const struct oh_chance *chance) {
    return chance->by == OH_CHANCE_ALWAYS_DRAW && chance->share[0] == 1;
}

static bool is_never(const struct oh_chance *chance) {
    return chance->by == OH_CHANCE_NEVER ||
           (chance->by == OH_CHANCE_ALWAYS_DRAW && chance->share[0] == 0);
}

static bool expects_wait(const struct oh_chance *chance) {
    return chance->by == OH_CHANCE_BY_EXPECTED_WAIT;
}

/* ---- parts ---- */

static void add_branches(struct oh_compiler *c, const struct oh_branches *branches, bool is_wrong,
                         struct oh_plan_branch *into, uint32_t *n) {
    for (uint32_t i = 0; i < branches->n; i++)
        into[(*n)++] =
            (struct oh_plan_branch){oh_type_index(c->scenario, branches->items[i].name), is_wrong,
                                    oh_chance_compile(c, &branches->items[i].chance)};
}

static bool compile_menu(struct oh_compiler *c, const struct oh_contact *contact,
                         struct oh_plan_way *way) {
    uint32_t n = contact->ivr.leads_to.n + contact->ivr.wrong_choice.n;
    struct oh_plan_branch *branches = OH_NEW_ARRAY(c->arena, n, struct oh_plan_branch);
    struct oh_plan_menu *menu = &way->menu;
    add_branches(c, &contact->ivr.leads_to, false, branches, &menu->n_branches);
    add_branches(c, &contact->ivr.wrong_choice, true, branches, &menu->n_branches);
    menu->branches = branches;
    menu->hung_up = oh_chance_compile(c, &contact->ivr.hung_up);
    menu->self_served = oh_chance_compile(c, &contact->ivr.self_served);
    if (!oh_dist_steps_expand(c, &contact->ivr.time,
                              oh_arena_printf(c->arena, "the menu of '%s'", contact->name),
                              &way->menu_time))
        return false;
    double time_s;
    bool takes_time =
        way->menu_time.n > 1 || !oh_dist_is_constant(way->menu_time.dist[0], &time_s) || time_s > 0;
    if (n > 0 || takes_time || !is_never(&contact->ivr.hung_up) ||
        !is_never(&contact->ivr.self_served))
        way->uses |= OH_USES_MENU;
    return true;
}

static void add_transfers(struct oh_compiler *c, const struct oh_transfers *transfers,
                          bool are_conferences, struct oh_plan_transfer *into, uint32_t *n) {
    for (uint32_t i = 0; i < transfers->n; i++) {
        const struct oh_transfer *from = &transfers->items[i];
        const struct oh_dist *none = oh_dist_constant(c->arena, 0);
        struct oh_plan_transfer *to = &into[(*n)++];
        *to = (struct oh_plan_transfer){
            .type_ix = oh_type_index(c->scenario, from->name),
            .how = are_conferences ? OH_HANDOVER_CONFERENCE : (enum oh_handover)from->how,
            .chance = oh_chance_compile(c, &from->probability),
            .together = from->together != NULL || are_conferences ? from->together : none,
            .afterwards = from->afterwards != NULL ? from->afterwards : none,
            .if_refused = are_conferences ? OH_REFUSED_BACK : (enum oh_refused)from->if_refused,
            .if_none_free = (enum oh_none_free)from->if_none_free};
    }
}

static void compile_transfers(struct oh_compiler *c, const struct oh_contact *contact,
                              struct oh_plan_way *way) {
    uint32_t n = contact->transfer.n + contact->conference.n;
    struct oh_plan_transfer *transfers = OH_NEW_ARRAY(c->arena, n, struct oh_plan_transfer);
    add_transfers(c, &contact->transfer, false, transfers, &way->n_transfers);
    add_transfers(c, &contact->conference, true, transfers, &way->n_transfers);
    way->transfers = transfers;
    if (n > 0)
        way->uses |= OH_USES_TRANSFERS;
    if (!contact->misrouted.is_given)
        return;
    way->uses |= OH_USES_MISROUTED;
    way->misrouted_talk = contact->misrouted.talk;
    way->misrouted = (struct oh_plan_transfer){.type_ix = OH_NONE,
                                               .how = (enum oh_handover)contact->misrouted.how,
                                               .together = oh_dist_constant(c->arena, 0),
                                               .if_refused = OH_REFUSED_LOST};
}

static int by_delay(const void *a, const void *b) {
    const struct oh_plan_overflow *x = a, *y = b;
    return (x->after_us > y->after_us) - (x->after_us < y->after_us);
}

static void compile_overflow(struct oh_compiler *c, const struct oh_contact *contact,
                             struct oh_plan_way *way) {
    struct oh_plan_overflow *overflows =
        OH_NEW_ARRAY(c->arena, contact->overflow.n, struct oh_plan_overflow);
    for (uint32_t i = 0; i < contact->overflow.n; i++)
        if (contact->overflow.items[i].after_s > 0) /* else the group handles it */
            overflows[way->n_overflows++] = (struct oh_plan_overflow){
                oh_group_index(c->scenario, contact->overflow.items[i].name),
                oh_plan_microseconds(contact->overflow.items[i].after_s)};
    qsort(overflows, way->n_overflows, sizeof overflows[0], by_delay);
    way->overflows = overflows;
    if (way->n_overflows > 0)
        way->uses |= OH_USES_OVERFLOW;
}

static void compile_callback(struct oh_compiler *c, const struct oh_contact *contact,
                             struct oh_plan_way *way) {
    if (!contact->callback.is_given)
        return;
    way->uses |= OH_USES_CALLBACK;
    way->callback = (struct oh_plan_callback){
        .after_us =
            contact->callback.after_s > 0 ? oh_plan_microseconds(contact->callback.after_s) : -1,
        .accept = oh_chance_compile(c, &contact->callback.accept),
        .reach = oh_chance_compile(c, &contact->callback.reach),
        .dial = contact->callback.dial,
        .again_after = contact->callback.again_after,
        .tries = (uint32_t)contact->callback.tries,
        .place = (enum oh_callback_place)contact->callback.place,
        .is_excluded = contact->callbacks == OH_CALLBACKS_EXCLUDE};
}

static void compile_announcement(struct oh_compiler *c, const struct oh_contact *contact,
                                 struct oh_plan_way *way) {
    if (!contact->announcement.is_given)
        return;
    way->uses |= OH_USES_ANNOUNCEMENT;
    way->announcement =
        (struct oh_plan_announcement){oh_plan_microseconds(contact->announcement.after_s),
                                      oh_plan_microseconds(contact->announcement.every_s),
                                      oh_chance_compile(c, &contact->announcement.leave),
                                      oh_chance_compile(c, &contact->announcement.patience)};
}

static bool estimates(const struct oh_contact *contact) {
    return expects_wait(&contact->balk) || expects_wait(&contact->callback.accept) ||
           expects_wait(&contact->announcement.leave) ||
           expects_wait(&contact->announcement.patience) || !isnan(contact->max_expected_wait_s) ||
           contact->estimator != OH_ESTIMATE_IF_NEEDED;
}

static bool matter_counts(const struct oh_contact *contact) {
    return !is_always(&contact->resolved) || !is_never(&contact->departure.resolved) ||
           !is_never(&contact->departure.unresolved) || !is_never(&contact->departure.unreached) ||
           contact->retry[OH_AFTER_UNRESOLVED].is_given || contact->money.per_resolved.amount > 0 ||
           contact->money.per_lost_customer.amount > 0;
}

bool oh_way_compile(struct oh_compiler *c, const struct oh_contact *contact,
                    struct oh_plan_type *into) {
    struct oh_plan_way *way = &into->way;
    *way = (struct oh_plan_way){
        .max_expected_wait_us = oh_plan_microseconds(contact->max_expected_wait_s),
        .estimator = (enum oh_estimator)contact->estimator,
        .interrupts = (enum oh_interrupts)contact->interrupts,
        .resolved = oh_chance_compile(c, &contact->resolved),
        .departure_resolved = oh_chance_compile(c, &contact->departure.resolved),
        .departure_unresolved = oh_chance_compile(c, &contact->departure.unresolved),
        .departure_unreached = oh_chance_compile(c, &contact->departure.unreached),
        .credit_us = oh_plan_microseconds(contact->urgency.credit_s),
        .growth = contact->urgency.growth,
        .at_close = contact->at_close == OH_CLOSE_AS_CENTRE ? c->plan->at_close
                                                            : (enum oh_at_close)contact->at_close};
    compile_transfers(c, contact, way);
    compile_overflow(c, contact, way);
    compile_callback(c, contact, way);
    compile_announcement(c, contact, way);
    if (estimates(contact))
        way->uses |= OH_USES_ESTIMATE;
    if (way->max_expected_wait_us != OH_FOREVER)
        way->uses |= OH_USES_WAIT_LIMIT;
    if (way->interrupts != OH_INTERRUPTS_NEVER)
        way->uses |= OH_USES_INTERRUPTS;
    if (contact->when_closed == OH_CLOSED_NEXT_OPENING && c->plan->has_hours)
        way->uses |= OH_USES_NEXT_OPENING;
    if (contact->when_closed == OH_CLOSED_JOIN && c->plan->has_hours) {
        way->uses |= OH_USES_NIGHT;
        if (contact->at_close == OH_CLOSE_AS_CENTRE)
            way->at_close = OH_CLOSE_KEEP;
    }
    if (matter_counts(contact))
        way->uses |= OH_USES_MATTER;
    return compile_menu(c, contact, way);
}

/* ---- the whole ---- */

static bool changes_type(const struct oh_plan_type *type, uint32_t type_ix) {
    for (int cause = 0; cause < OH_N_CAUSES; cause++)
        for (uint32_t i = 0; i < type->retry[cause].n_to; i++)
            if (type->retry[cause].to[i] != type_ix)
                return true;
    return false;
}

/* A customer's matter goes with them from type to type, and so does what is kept about it. */
void oh_ways_finish(struct oh_compiler *c) {
    struct oh_plan *plan = c->plan;
    unsigned uses = 0;
    bool changes = false;
    for (uint32_t t = 0; t < plan->n_types; t++) {
        uses |= plan->types[t].way.uses;
        changes |= changes_type(&plan->types[t], t);
    }
    plan->has_ways = uses != 0 || changes || plan->order == OH_BY_URGENCY;
    if (uses & OH_USES_MATTER)
        plan->layout.has |= OH_HAS_MATTER;
    if (uses & (OH_USES_TRANSFERS | OH_USES_MISROUTED))
        plan->layout.has |= OH_HAS_TRANSFERS;
    if (uses & OH_USES_CALLBACK)
        plan->layout.has |= OH_HAS_CALLBACKS;
    if (uses & OH_USES_ESTIMATE)
        plan->layout.has |= OH_HAS_ESTIMATES;
}
