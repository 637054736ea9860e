/* Which of several plans is best at a metric: replications go on, on the same callers, and plans that can no longer be
 * the best get no more of them.
 *
 * Kim and Nelson 2001, A fully sequential procedure for indifference-zone selection in simulation: from the variances of
 * differences in the first stage follow bounds that a plan must not fall below. With the confidence asked for, the one
 * that is left is the best, or less than the indifference worse than it. Callers in common are allowed for, and make it
 * quick. Looking less often than after every replication, as here, only errs on the safe side. Ratios are taken by their
 * deviations, as everywhere. */
#ifndef OH_STUDY_BEST_H
#define OH_STUDY_BEST_H

#include "measure/comparison.h"
#include "study/stages.h"

struct oh_best_question {
    const char *path;
    enum oh_sense sense; /* not OH_NEITHER */
    double indifference; /* above 0 */
    bool is_relative;    /* to the size of the first plan's value in the first stage */
    double confidence;
};

struct oh_selection;
/* Tallies, one a plan, that keep their values. */
struct oh_selection *oh_selection_create(const struct oh_best_question *question,
                                         struct oh_tally *const *tallies, uint32_t n);
void oh_selection_destroy(struct oh_selection *selection); /* NULL is allowed */

/* As oh_stages_run with `crew` and `stages`, but decides itself how far to go and with which plans. The crew's `take`
 * gets the index of the plan among all. */
struct oh_stages_end oh_selection_run(struct oh_selection *selection, const struct oh_crew *crew,
                                      const struct oh_stages *stages);

const struct oh_best *oh_selection_report(const struct oh_selection *selection,
                                          struct oh_arena *arena);

#endif
