/* What a calibration found: plain data, all that a writer of calibrations may see. */
#ifndef OH_MEASURE_CALIBRATION_H
#define OH_MEASURE_CALIBRATION_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/summary.h"

enum { OH_MOST_FREE = 4, OH_MOST_TARGETS = 16 };

/* An unknown. Numbers are in SI units, but as they are written where the unit is none: "3.8" of "3.8 per agent". */
struct oh_fitted {
    const char *path;            /* "contacts.calls.patience" */
    const char *range;           /* as asked for: "exponential({20min..120min})" */
    const char *text;            /* what the scenario takes: "exponential(50.4min)" */
    double low, high;            /* of the range */
    struct oh_estimate estimate; /* limits by the luck of the replications; NAN: not determined */
    double leeway; /* how far the tolerances of the targets let it go either way; NAN: not known */
    double scale;  /* SI value of `unit` */
    const char *unit; /* as the range is written: "min", "%", "/h"; "": none */
    bool is_integral;
    bool is_at_edge;      /* of its range */
    bool is_undetermined; /* an open direction changes it */
};

struct oh_hit {
    const char *path, *asked; /* "total.reached", "37.6% ± 0.5%" */
    enum oh_metric_unit unit;
    double value, tolerance;     /* what it is to be, and how near */
    struct oh_estimate estimate; /* what it is */
    double off;                  /* the difference in tolerances; NAN: there is no such value */
    bool is_met;
};

/* A direction in which unknowns may move together. */
struct oh_direction {
    double sensitivity; /* by how many tolerances targets change over the whole of the ranges */
    double change[OH_MOST_FREE]; /* relative changes of the unknowns; the largest is 0.1 */
    bool is_open;                /* it changes no target that matters */
};

struct oh_calibration {
    struct oh_arena *arena; /* owns everything reachable from here, itself included */
    const char *name, *file, *digest, *variant, *overrides; /* as in a summary, before the fit */
    uint64_t seed, replications, contacts_simulated;
    double confidence;
    uint32_t n_fitted, n_hits;
    struct oh_fitted *fitted;
    struct oh_hit *hits;
    uint32_t n_directions; /* n_fitted, the most sensitive first; 0: not known, stopped before */
    struct oh_direction *directions;
    uint32_t n_open;
    uint64_t evaluations, most_evaluations; /* 0: stopped before the first */
    bool has_theory;                        /* started from closed forms */
    bool is_met;                            /* all targets are */
    bool complete;
    enum oh_ending ending; /* OH_ENDED_AT_MOST: all evaluations are used up */
    double wall_s;         /* for text alone */
};

void oh_calibration_destroy(struct oh_calibration *calibration); /* NULL is allowed */

#endif
