/* What a check found, and what a baseline keeps for later checks: plain data, all that their writers may see. */
#ifndef OH_MEASURE_CHECKS_H
#define OH_MEASURE_CHECKS_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/comparison.h"
#include "measure/series.h"
#include "measure/summary.h"

/* ---- baselines ---- */

struct oh_baseline_metric {
    const char *path;
    const char *margin; /* "±1%": differences within it do not matter */
    enum oh_metric_unit unit;
    double value, standard_error;
    struct oh_series series; /* with a stride of 1 */
};

/* A scenario as it was. */
struct oh_baseline_entry {
    const char *file, *name, *digest, *variant, *overrides, *version;
    const char *result; /* digest of the whole result of these replications */
    uint64_t replications, seed;
    double confidence;
    uint32_t n_metrics;
    const struct oh_baseline_metric *metrics;
};

struct oh_baseline {
    const char *file;
    uint32_t n_entries;
    struct oh_baseline_entry *entries;
};

/* ---- checks ---- */

enum oh_check_kind {
    OH_CHECK_EXPECTED, /* a metric is held against a condition of the scenario */
    OH_CHECK_CHANGED,  /* its difference from the baseline against a margin */
    OH_CHECK_EXACT     /* the whole result against that of the baseline, byte by byte */
};

/* Pass: the interval lies within the limits; fail: outside of them; inconclusive: it holds one. */
struct oh_check {
    enum oh_check_kind kind;
    const char *path;   /* "total.reached"; "result" of an exact one */
    const char *target; /* "at least 80%", "±1%" */
    const char *id;     /* the path's end */
    const struct oh_metric *metric;
    double parameter; /* of the metric's family */
    enum oh_metric_unit unit;
    enum oh_sense sense;
    double low, high;            /* limits, both still good; -INFINITY, INFINITY: none */
    struct oh_estimate estimate; /* of the metric, or of the difference */
    double before, now;          /* the metric, of a difference; else NAN */
    bool is_paired;              /* on the same callers as the baseline */
    double confidence;           /* of the interval */
    uint64_t replications;       /* after which it was decided, or given up */
    enum oh_verdict verdict;
    const char *note;      /* what else there is to say; NULL: nothing */
    const char *file;      /* where the condition stands */
    uint32_t line, column; /* 0: not known */
};

struct oh_checked { /* a scenario */
    struct oh_compared scenario;
    uint64_t seed;
    double confidence;
    enum oh_ending ending;
    bool has_changed; /* the scenario is not that of the baseline any more */
    uint32_t n_checks;
    struct oh_check *checks;
};

struct oh_checks {
    struct oh_arena *arena; /* owns everything reachable from here, itself included */
    const char *baseline;   /* its file; NULL: none */
    uint32_t n_scenarios;
    struct oh_checked *scenarios;
    uint32_t n_shared; /* checks by interval that share the error allowed */
};

void oh_checks_destroy(struct oh_checks *checks); /* NULL is allowed */

/* How many have a verdict. */
uint32_t oh_checks_count(const struct oh_checks *checks, enum oh_verdict verdict);

#endif
