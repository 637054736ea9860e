/* Contact types and the groups that take them, as teams that have nothing to do with each other. */
#ifndef OH_STUDY_TEAMS_H
#define OH_STUDY_TEAMS_H

#include <stdbool.h>

#include "base/arena.h"
#include "plan/plan.h"

struct oh_teams {
    uint32_t n;
    const uint32_t *of_type, *of_group; /* number of the team */
};

struct oh_teams oh_teams_of(const struct oh_plan *plan, struct oh_arena *arena);

/* Whether every type of the team is handled by every group of it. */
bool oh_team_shares_all(const struct oh_plan *plan, const struct oh_teams *teams, uint32_t team);

#endif
