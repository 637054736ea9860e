/* What Erlang C, Erlang A and M/M/n+G would have said of each interval on its own, beside what was simulated.
 *
 * Planners take every interval for a queue of its own in balance: the expected rate, the mean handle time and the agents
 * on duty in it. That knows of no rush that is carried over, of no talk that is not exponential, of no priority. */
#ifndef OH_STUDY_BESIDE_H
#define OH_STUDY_BESIDE_H

#include "measure/beside.h"
#include "plan/plan.h"

/* Why no formula applies to any part of the plan, a sentence in the arena; NULL: one applies to a part at least. */
const char *oh_beside_why_not(const struct oh_plan *plan, struct oh_arena *arena);

/* The parts of a plan: types are one part where they share all their groups with each other and with nobody else. All
 * types in one part are told together, else each on its own. */
const struct oh_beside *oh_beside_formulas_of(const struct oh_plan *plan,
                                              const struct oh_summary *summary,
                                              struct oh_arena *arena);

#endif
