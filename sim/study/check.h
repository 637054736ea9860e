/* A plan held against limits: its metrics, or their differences from a baseline, until each is within or outside.
 *
 * Stage by stage each check is judged by an interval, and what is decided stays so. The error allowed is shared out:
 * among all checks (Bonferroni), and among the looks at each, a part 1 / (k (k + 1)) for the k-th of them and what is left,
 * 1 / k, for the last one possible; these parts add up to 1. So with the confidence asked for, no verdict at all is wrong,
 * however many looks it takes. Stages double, so there are few looks. */
#ifndef OH_STUDY_CHECK_H
#define OH_STUDY_CHECK_H

#include "measure/checks.h"
#include "plan/plan.h"
#include "study/run.h"

/* So many times the replications of an unpaired baseline are enough: its own error is 94% of the variance then. */
enum { OH_MOST_PER_BASELINE = 16 };

struct oh_check_item {
    struct oh_check check;          /* verdict and all that is found out are filled in */
    const struct oh_series *before; /* NULL: the metric itself is held against the limits */
};

struct oh_check_options {
    struct oh_run_options run; /* goals are reached besides, if they can be */
    double error;              /* allowed to each check */
    bool is_fixed;             /* as many replications as said, no more */
};

/* Fills in the items' checks and the summary; `tally` (not NULL) becomes what was kept, to be destroyed while the plan
 * lives. With no finished replication all are inconclusive. The check's `before` and `now` are in units of the metric. */
struct oh_summary *oh_check_run(const struct oh_plan *plan, struct oh_check_item *items, size_t n,
                                const struct oh_check_options *options, struct oh_tally **tally);

#endif
