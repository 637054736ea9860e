/* Choosing by the lists that routing/ compiled: the lowest tier wins, within a tier the longest idle or waiting. */
#include "engine/state.h"

uint32_t oh_pick_group(const struct oh_engine *engine, uint32_t type_ix) {
    const struct oh_route_list *list = &engine->routing->groups_of_type[type_ix];
    uint32_t best = OH_NONE, best_tier = 0;
    int64_t best_since = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        struct oh_route route = list->routes[i];
        if (best != OH_NONE && route.tier != best_tier)
            break;
        const struct oh_group *group = &engine->groups[route.ix];
        if (group->idle == 0)
            continue;
        int64_t since = engine->agents[group->idle_head].since_us;
        if (best == OH_NONE || since < best_since) {
            best = route.ix;
            best_tier = route.tier;
            best_since = since;
        }
    }
    return best;
}

/* Whether the first in a queue may be taken by this route now. */
static bool is_open_route(const struct oh_engine *engine, struct oh_route route, uint32_t head) {
    if (head == OH_NONE)
        return false;
    if (!engine->open && engine->plan->types[route.ix].way.at_close == OH_CLOSE_KEEP)
        return false;
    return route.after_us == 0 || engine->now - engine->contacts[head].queued_us >= route.after_us;
}

/* First come, first served: by when the contact joined the list. */
static int64_t order_of(const struct oh_engine *engine, uint32_t contact_ix) {
    return engine->journeys ? engine->journeys[contact_ix].order_us
                            : engine->contacts[contact_ix].arrived_us;
}

static double urgency(const struct oh_engine *engine, uint32_t type_ix, uint32_t contact_ix) {
    const struct oh_plan_way *way = &engine->plan->types[type_ix].way;
    int64_t waited_us = engine->now - engine->journeys[contact_ix].order_us;
    return way->growth * (double)(waited_us + way->credit_us);
}

static uint32_t pick_most_urgent(const struct oh_engine *engine, const struct oh_route_list *list) {
    uint32_t best = OH_NONE;
    double most = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        struct oh_route route = list->routes[i];
        uint32_t head = engine->queues[route.ix].head;
        if (!is_open_route(engine, route, head))
            continue;
        double its = urgency(engine, route.ix, head);
        bool is_equal = its == most;
        if (best == OH_NONE || its > most ||
            (is_equal && order_of(engine, head) < order_of(engine, best))) {
            best = head;
            most = its;
        }
    }
    return best;
}

uint32_t oh_pick_contact(const struct oh_engine *engine, uint32_t group_ix) {
    const struct oh_route_list *list = &engine->routing->types_of_group[group_ix];
    uint32_t best = OH_NONE, best_tier = 0;
    int64_t best_order = 0;
    if (engine->plan->order == OH_BY_URGENCY)
        return pick_most_urgent(engine, list);
    for (uint32_t i = 0; i < list->n; i++) {
        struct oh_route route = list->routes[i];
        if (best != OH_NONE && route.tier != best_tier)
            break;
        uint32_t head = engine->queues[route.ix].head;
        if (!is_open_route(engine, route, head))
            continue;
        int64_t order = order_of(engine, head);
        if (best == OH_NONE || order < best_order) {
            best = head;
            best_tier = route.tier;
            best_order = order;
        }
    }
    return best;
}
