/* The exact answer beside the simulated one, whenever theory knows it for the plan. */
#ifndef OH_STUDY_EXACT_H
#define OH_STUDY_EXACT_H

#include "base/arena.h"
#include "measure/summary.h"
#include "plan/plan.h"
#include "theory/theory.h"

/* Fills theory_model and theory of the summary where the plan is a model that theory/ solves: one contact type with
 * Poisson arrivals at a constant rate, one group of constant size, exponential talk (wrap-up none), nothing that
 * steps, redials or closes. Leaves the summary as it is otherwise. */
void oh_exact_beside(const struct oh_plan *plan, struct oh_summary *summary);

/* A distribution as theory wants patience: with the times at which its survival jumps or bends, in `arena`. The
 * distribution must live as long. */
struct oh_patience oh_exact_patience(const struct oh_dist *dist, struct oh_arena *arena);

/* A service-level formula as theory names it. */
enum oh_theory_formula oh_exact_formula(enum oh_formula formula);

#endif
