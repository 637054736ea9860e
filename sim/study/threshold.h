/* From which plan on a condition is met: of plans in a row, such as one agent more each, of which those on one side meet
 * it and those on the other do not.
 *
 * The row is halved; a plan gets more replications until its interval is clear of the limit, or as many as it may have.
 * An answer names a plan that meets the condition and its neighbour that does not: both are right with the confidence
 * asked for. The error is shared out evenly among all plans that halving can judge (Bonferroni), and of a plan's share
 * the j-th look at its interval has the part 1 / (j (j + 1)), as all looks together have the whole of it: looking again
 * and again does not make an answer surer than it is. Judgements have one side, so intervals are those of twice the
 * error. All plans meet the same callers, which makes the row go one way in nearly every case where it does so at all. */
#ifndef OH_STUDY_THRESHOLD_H
#define OH_STUDY_THRESHOLD_H

#include "measure/sweep.h"
#include "plan/plan.h"
#include "study/run.h"

/* The plans, one at a time. */
struct oh_row_of_plans {
    uint32_t n;
    /* Gives plan `ix`, lent until it is closed. */
    struct oh_plan *(*open)(void *context, uint32_t ix);
    /* What came of it; the summary is gone afterwards. With no replication finished, too. */
    void (*close)(void *context, uint32_t ix, const struct oh_summary *summary);
    void *context;
};

struct oh_threshold_question {
    const char *path;
    double low, high;  /* it is met from low to high; one of them is infinite */
    double confidence; /* of the answer */
};

struct oh_threshold {
    enum oh_found found;
    bool is_smallest;
    uint32_t value_ix, neighbour_ix; /* OH_NO_VALUE */
    enum oh_ending ending;
};

/* `judged` [n] is filled in. */
struct oh_threshold oh_threshold_find(const struct oh_row_of_plans *row,
                                      const struct oh_threshold_question *question,
                                      const struct oh_run_options *options, enum oh_judged *judged);

#endif
