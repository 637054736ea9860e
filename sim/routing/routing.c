#include "routing/routing.h"

#include <stdlib.h>

typedef uint32_t oh_tier_fn(const struct oh_plan *plan, uint32_t type_ix, uint32_t rank);

static uint32_t tier_by_priority(const struct oh_plan *plan, uint32_t type_ix, uint32_t rank) {
    return plan->types[type_ix].priority;
}

static uint32_t tier_of_all(const struct oh_plan *plan, uint32_t type_ix, uint32_t rank) {
    return 0;
}

static uint32_t tier_by_rank(const struct oh_plan *plan, uint32_t type_ix, uint32_t rank) {
    return rank;
}

static oh_tier_fn *const contact_orders[] = {
    [OH_BY_PRIORITY] = tier_by_priority,
    [OH_FIFO] = tier_of_all,
    [OH_BY_LIST] = tier_by_rank,
    [OH_BY_URGENCY] = tier_of_all,
};

static oh_tier_fn *const agent_choices[] = {
    [OH_GROUP_ORDER] = tier_by_rank,
    [OH_LONGEST_IDLE] = tier_of_all,
};

/* Insertion sort: stable, so that within a tier the plan's order decides between equals. */
static void sort_by_tier(struct oh_route_list *list) {
    for (uint32_t i = 1; i < list->n; i++) {
        struct oh_route route = list->routes[i];
        uint32_t j = i;
        for (; j > 0 && list->routes[j - 1].tier > route.tier; j--)
            list->routes[j] = list->routes[j - 1];
        list->routes[j] = route;
    }
}

static bool has_route(const struct oh_route_list *list, uint32_t ix) {
    for (uint32_t i = 0; i < list->n; i++)
        if (list->routes[i].ix == ix)
            return true;
    return false;
}

static void add_type(struct oh_route_list *list, const struct oh_plan *plan, uint32_t type_ix,
                     int64_t after_us) {
    uint32_t tier = contact_orders[plan->order](plan, type_ix, list->n);
    list->routes[list->n++] = (struct oh_route){type_ix, tier, after_us};
}

static struct oh_route_list list_types(struct oh_arena *arena, const struct oh_plan *plan,
                                       uint32_t group_ix) {
    const struct oh_plan_group *group = &plan->groups[group_ix];
    struct oh_route_list list = {
        0, OH_NEW_ARRAY(arena, group->n_types + plan->n_types, struct oh_route)};
    for (uint32_t i = 0; i < group->n_types; i++)
        add_type(&list, plan, group->type_ix[i], 0);
    for (uint32_t t = 0; t < plan->n_types; t++)
        for (uint32_t i = 0; i < plan->types[t].way.n_overflows; i++)
            if (plan->types[t].way.overflows[i].group_ix == group_ix && !has_route(&list, t))
                add_type(&list, plan, t, plan->types[t].way.overflows[i].after_us);
    sort_by_tier(&list);
    return list;
}

static struct oh_route_list list_groups(struct oh_arena *arena, const struct oh_plan *plan,
                                        uint32_t type_ix) {
    const struct oh_plan_type *type = &plan->types[type_ix];
    struct oh_route_list list = {0, OH_NEW_ARRAY(arena, type->n_groups, struct oh_route)};
    for (uint32_t i = 0; i < type->n_groups; i++)
        list.routes[list.n++] = (struct oh_route){
            type->group_ix[i], agent_choices[plan->agent_choice](plan, type_ix, i), 0};
    sort_by_tier(&list);
    return list;
}

struct oh_routing *oh_routing_compile(const struct oh_plan *plan) {
    struct oh_arena *arena = oh_arena_create();
    struct oh_routing *routing = OH_NEW(arena, struct oh_routing);
    routing->arena = arena;
    routing->groups_of_type = OH_NEW_ARRAY(arena, plan->n_types, struct oh_route_list);
    routing->types_of_group = OH_NEW_ARRAY(arena, plan->n_groups, struct oh_route_list);
    for (uint32_t t = 0; t < plan->n_types; t++)
        routing->groups_of_type[t] = list_groups(arena, plan, t);
    for (uint32_t g = 0; g < plan->n_groups; g++)
        routing->types_of_group[g] = list_types(arena, plan, g);
    return routing;
}

void oh_routing_destroy(struct oh_routing *routing) {
    if (routing)
        oh_arena_destroy(routing->arena);
}
