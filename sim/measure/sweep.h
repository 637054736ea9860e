/* What a sweep found: a scenario with some of its values changed, on the same callers each time. Plain data, all that a
 * writer of sweeps may see. */
#ifndef OH_MEASURE_SWEEP_H
#define OH_MEASURE_SWEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/comparison.h"
#include "measure/summary.h"

/* What is varied, and the values that it takes. */
struct oh_varied {
    const char *path; /* "agents.desk.count" */
    uint32_t n;
    const char *const *texts; /* as one would write them: "20", "3min" */
    const double *numbers;    /* SI; NAN for what is no quantity */
};

struct oh_swept {
    const char *path; /* "total.reached" */
    const char *id;   /* its end */
    const char *title;
    enum oh_metric_unit unit;
    enum oh_sense sense;
};

/* One setting of all that is varied. */
struct oh_cell_of_sweep {
    const uint32_t *value_ix; /* [n_varied] */
    uint64_t replications;    /* 0: not run */
    bool complete;            /* not stopped early */
    bool is_precise;          /* all precisions asked for were reached */
    uint64_t contacts_simulated;
    const char *digest;                  /* of the scenario so changed */
    const struct oh_estimate *estimates; /* [n_swept] */
};

/* ---- the smallest or largest value that meets a condition ---- */

enum oh_judged { OH_NOT_JUDGED, OH_MEETS, OH_FAILS, OH_UNDECIDED };

enum oh_found {
    OH_FOUND,     /* the outermost value that meets the condition, and its neighbour does not */
    OH_FOUND_ALL, /* all values meet it */
    OH_FOUND_NONE,
    OH_FOUND_UNDECIDED
};

struct oh_goal_result {
    const char *path, *condition; /* "total.service_level", "at least 80%" */
    double limit;                 /* of the condition */
    enum oh_metric_unit unit;
    enum oh_found found;
    bool is_smallest; /* larger values meet it too; else smaller ones do */
    uint32_t value_ix,
        neighbour_ix;             /* that meets it, and, next to it, that does not; OH_NO_VALUE */
    const enum oh_judged *judged; /* [n_cells] */
};
#define OH_NO_VALUE UINT32_MAX

/* ---- what each of several values does to metrics ---- */

struct oh_tornado_side {
    const char *text;                /* the value; NULL: as it is */
    const struct oh_paired *effects; /* [n_swept], against the scenario as it is */
};

struct oh_tornado_bar {
    const char *path;
    const char *text; /* the value as it is */
    struct oh_tornado_side less, more;
};

struct oh_tornado {
    double by; /* 0.1 */
    uint32_t n;
    const struct oh_tornado_bar *bars;
    uint32_t n_left_out;
    const char *const *left_out; /* paths whose values cannot be changed so */
    double pair_confidence;
};

struct oh_sweep {
    struct oh_arena *arena; /* owns everything reachable from here, itself included */
    const char *name, *file, *variant, *overrides; /* as in a summary */
    uint64_t seed;
    double confidence;
    bool is_zipped; /* the i-th values of all go together; else each with each */
    uint32_t n_varied, n_swept, n_cells;
    const struct oh_varied *varied;
    const struct oh_swept *swept;
    struct oh_cell_of_sweep *cells;    /* the last one varied changes fastest */
    const struct oh_goal_result *goal; /* NULL: not asked for */
    const struct oh_tornado *tornado;  /* NULL: not asked for; else there are no cells */
    uint64_t replications;             /* of a tornado */
    bool complete;
    enum oh_ending ending;
    uint32_t n_warnings; /* of single runs */
    const char *const *warnings;
    double wall_s; /* for text alone */
};

void oh_sweep_destroy(struct oh_sweep *sweep); /* NULL is allowed */

/* How many cells have results. */
uint32_t oh_sweep_done(const struct oh_sweep *sweep);

/* The larger of what either side of a bar does to a metric; 0 where nothing is known. */
double oh_tornado_size(const struct oh_tornado_bar *bar, uint32_t swept_ix);
/* Indices of the bars, largest effect on a metric first. */
void oh_tornado_sort(const struct oh_tornado *tornado, uint32_t swept_ix, uint32_t *order);

#endif
