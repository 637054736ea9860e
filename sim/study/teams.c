#include "study/teams.h"

/* Gives everybody of one team the number of the other. */
static void join(uint32_t *of, uint32_t n, uint32_t a, uint32_t b) {
    for (uint32_t i = 0; i < n; i++)
        if (of[i] == a)
            of[i] = b;
}

/* Numbers from 0 on, in the order in which they come. */
static uint32_t renumber(uint32_t *of, uint32_t n) {
    uint32_t teams = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (of[i] < n)
            join(of + i, n - i, of[i], n + teams++);
    }
    for (uint32_t i = 0; i < n; i++)
        of[i] -= n;
    return teams;
}

struct oh_teams oh_teams_of(const struct oh_plan *plan, struct oh_arena *arena) {
    uint32_t n = plan->n_types + plan->n_groups;
    uint32_t *of = OH_NEW_ARRAY(arena, n, uint32_t);
    for (uint32_t i = 0; i < n; i++)
        of[i] = i;
    for (uint32_t t = 0; t < plan->n_types; t++)
        for (uint32_t i = 0; i < plan->types[t].n_groups; i++)
            join(of, n, of[plan->n_types + plan->types[t].group_ix[i]], of[t]);
    return (struct oh_teams){renumber(of, n), of, of + plan->n_types};
}

bool oh_team_shares_all(const struct oh_plan *plan, const struct oh_teams *teams, uint32_t team) {
    uint32_t groups = 0;
    for (uint32_t g = 0; g < plan->n_groups; g++)
        groups += teams->of_group[g] == team;
    for (uint32_t t = 0; t < plan->n_types; t++)
        if (teams->of_type[t] == team && plan->types[t].n_groups != groups)
            return false;
    return true;
}
