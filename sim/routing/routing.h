/* Routing: which free agent takes an arrival, and which waiting contact a free agent takes.
 *
 * A policy is compiled once into lists with tiers: of several candidates the lowest tier wins, within a tier the longest
 * (idle or waiting). So the event loop runs no policy code and calls no function pointer; a new static policy is a row
 * in the table of routing.c. */
#ifndef OH_ROUTING_ROUTING_H
#define OH_ROUTING_ROUTING_H

#include <stdint.h>

#include "plan/plan.h"

struct oh_route {
    uint32_t ix;      /* of the group, or of the type */
    uint32_t tier;    /* ascending along a list */
    int64_t after_us; /* of types: only contacts that have waited so long */
};

struct oh_route_list {
    uint32_t n;
    struct oh_route *routes;
};

struct oh_routing {
    struct oh_arena *arena;
    struct oh_route_list *groups_of_type; /* [n_types] */
    struct oh_route_list *types_of_group; /* [n_groups] */
};

struct oh_routing *oh_routing_compile(const struct oh_plan *plan);
void oh_routing_destroy(struct oh_routing *routing);

#endif
