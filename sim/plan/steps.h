/* From values of the day and week to steps of absolute time. Private to plan/. */
#ifndef OH_PLAN_STEPS_H
#define OH_PLAN_STEPS_H

#include <math.h>

#include "plan/plan.h"
#include "scenario/scenario.h"

/* Rounded once; what is not given is for ever. */
static inline int64_t oh_plan_microseconds(double seconds) {
    return isnan(seconds) ? OH_FOREVER : (int64_t)llround(seconds * 1e6);
}

/* What all parts of the compilation share. */
struct oh_compiler {
    const struct oh_scenario *scenario;
    struct oh_diagnostics *diagnostics;
    struct oh_arena *arena; /* the plan's */
    struct oh_plan *plan;
    uint32_t n_days;
    bool *is_closed_day; /* [n_days]; nothing is needed of a value on such a day */
    uint64_t n_steps;    /* of all values so far */
};

/* Whether more steps fit into a plan of sane size; reports once if not. */
bool oh_steps_allow(struct oh_compiler *compiler, uint64_t more);

/* Expands a value over the run. false with a problem reported if it says nothing about a day that needs it. `what` names
 * it in messages: "the count of 'team'". */
bool oh_steps_expand(struct oh_compiler *compiler, const struct oh_value *value, const char *what,
                     struct oh_steps *into);
/* The same for a value that may change evenly within a step; *slope is NULL if it never does. */
bool oh_lines_expand(struct oh_compiler *compiler, const struct oh_value *value, const char *what,
                     struct oh_steps *into, const double **slope);
bool oh_dist_steps_expand(struct oh_compiler *compiler, const struct oh_value *value,
                          const char *what, struct oh_dist_steps *into);

/* The steps of f(a, b), wherever one of them steps. */
struct oh_steps oh_steps_constant(struct oh_arena *arena, double value);
struct oh_dist_steps oh_dist_steps_constant(struct oh_arena *arena, double value);

typedef double oh_steps_join(double a, double b);
struct oh_steps oh_steps_combine(struct oh_arena *arena, const struct oh_steps *a,
                                 const struct oh_steps *b, oh_steps_join *join);

double oh_steps_largest(const struct oh_steps *steps);

/* Indices of names that the scenario has (checked before); OH_NONE if not. */
uint32_t oh_type_index(const struct oh_scenario *scenario, const char *name);
uint32_t oh_group_index(const struct oh_scenario *scenario, const char *name);

/* compile_way.c: what may happen to a contact beside queue and talk. */
struct oh_plan_chance oh_chance_compile(struct oh_compiler *compiler,
                                        const struct oh_chance *chance);
bool oh_way_compile(struct oh_compiler *compiler, const struct oh_contact *contact,
                    struct oh_plan_type *into);
void oh_ways_finish(struct oh_compiler *compiler); /* when all types are there */

#endif
