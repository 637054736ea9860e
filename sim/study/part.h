/* What an interval is like for a team, as planners see it: how many contacts are to be expected, how long one takes, how
 * many agents are on duty. Of several days that an interval row stands for, on average. Private to study/. */
#ifndef OH_STUDY_PART_H
#define OH_STUDY_PART_H

#include "measure/summary.h"
#include "plan/plan.h"
#include "study/teams.h"

/* A part in the making: the types of a team, and the one that is told (all of them: OH_NONE). */
struct oh_part {
    const struct oh_plan *plan;
    const struct oh_teams *teams;
    const struct oh_summary *summary;
    struct oh_arena *arena;
    uint32_t team, type_ix;
    bool is_counted;
};

static inline bool oh_part_has(const struct oh_part *part, uint32_t type_ix) {
    return part->teams->of_type[type_ix] == part->team;
}

/* Whether how many come is known from the simulation alone, as in a centre from its switch: of redials and the like. */
bool oh_part_is_counted(const struct oh_part *part);

/* Of an interval row: sums over its stretches. */
struct oh_part_state {
    double open_s, agents_s; /* agents: integral */
    double *count;           /* [n_types] expected */
    int64_t middle_us;       /* of the first stretch: durations as they are then */
};
struct oh_part_state oh_part_state_of(const struct oh_part *part, uint32_t row);

double oh_part_count(const struct oh_part *part, const struct oh_part_state *state);
/* Mean talk and wrap-up in seconds, types by their counts. */
double oh_part_handle(const struct oh_part *part, const struct oh_part_state *state);

#endif
