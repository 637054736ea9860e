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

uint32_t oh_pick_contact(const struct oh_engine *engine, uint32_t group_ix) {
    const struct oh_route_list *list = &engine->routing->types_of_group[group_ix];
    uint32_t best = OH_NONE, best_tier = 0;
    int64_t best_order = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        struct oh_route route = list->routes[i];
        if (best != OH_NONE && route.tier != best_tier)
            break;
        uint32_t head = engine->queues[route.ix].head;
        if (head == OH_NONE)
            continue;
        int64_t order = engine->contacts[head].arrived_us;
        if (best == OH_NONE || order < best_order) {
            best = head;
            best_tier = route.tier;
            best_order = order;
        }
    }
    return best;
}
