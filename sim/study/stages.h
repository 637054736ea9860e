/* How many replications: as many as said, or stage by stage until a study has what it wants. Decisions fall between
 * stages only, when everything so far has been merged in order, so they are the same for any number of threads.
 *
 * Looking at an interval after every replication and stopping when it is narrow picks those that are narrow by chance:
 * they hold the true value too seldom. Chow and Robbins (1965) show that it does not matter in the limit of narrow
 * intervals; with a first stage of 30 replications and stages that grow by a quarter at least, 95% intervals hold the
 * mean of normal values in 94.2% to 95% of the cases, of exponential ones in 91.4% to 94.7% (by simulation, 10 to 1000
 * replications needed; looking first at 10 gives 93.7% and 86.6%). */
#ifndef OH_STUDY_STAGES_H
#define OH_STUDY_STAGES_H

#include "measure/summary.h"
#include "study/crew.h"

enum { OH_LEAST_FOR_PRECISION = 30 };

/* Called from the thread that runs the study, after each merged replication (for a progress bar). */
typedef void oh_progress_fn(void *context, uint64_t done, uint64_t of);

/* How many replications the study would need in all, judged after `done`; no more than `done`: it has what it wants. */
typedef double oh_need_fn(void *context, uint64_t done);

struct oh_stages {
    uint64_t first;        /* number of the first replication */
    uint64_t replications; /* of the first stage; with `need`, OH_LEAST_FOR_PRECISION at least */
    uint64_t most;         /* with `need`: never more */
    double max_time_s;     /* of wall time, over all stages; INFINITY: no limit */
    oh_need_fn *need;      /* NULL: one stage */
    void *need_context;
    oh_progress_fn *progress;
    void *progress_context;
};

struct oh_stages_end {
    uint64_t done;         /* whole replications */
    uint64_t asked;        /* those of the stage that was stopped, else as done */
    enum oh_ending ending; /* OH_ENDED_AT_MOST: `most` were not enough */
};
/* `need` may change the crew's plans between stages. */
struct oh_stages_end oh_stages_run(const struct oh_crew *crew, const struct oh_stages *stages);

#endif
