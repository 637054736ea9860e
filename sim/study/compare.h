/* Several plans on the same callers, and how they differ. Plans share the seed, replications and confidence of the first
 * one; replication r of each meets the same callers with the same patience and questions, so differences are taken
 * replication by replication. */
#ifndef OH_STUDY_COMPARE_H
#define OH_STUDY_COMPARE_H

#include "measure/comparison.h"
#include "plan/plan.h"
#include "study/best.h"
#include "study/run.h"

struct oh_compare_options {
    struct oh_run_options
        run; /* goals are of differences: relative ones of the first scenario's value. No trace */
    bool all_pairs;                      /* else each with the first */
    bool with_theory;                    /* what formulas say of the intervals of each plan */
    const struct oh_best_question *best; /* NULL: not asked for; its confidence is the plans' */
};

/* Never NULL. Labels are those of `labels`, one a plan. Plans are lent the first one's seed and
 * confidence, and given theirs back.
 * There must be two plans at least; one, with theory. */
struct oh_comparison *oh_compare(struct oh_plan *const *plans, const char *const *labels,
                                 uint32_t n, const struct oh_compare_options *options);

#endif
