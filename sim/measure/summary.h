/* The summary: estimates with intervals, and all that a writer may see. Plain data; writers see nothing else. */
#ifndef OH_MEASURE_SUMMARY_H
#define OH_MEASURE_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "measure/layout.h"
#include "measure/metric.h"
#include "measure/record.h"

/* NAN: does not exist (printed as null). With one replication low and high are NAN. */
struct oh_estimate {
    double value, low, high;
};

/* Half the width of the interval, the wider side where they differ; NAN if there is none. */
double oh_half_width(const struct oh_estimate *estimate);

/* A metric in use: a row, with its parameter filled in. Ids are unique within a summary. */
struct oh_use {
    const struct oh_metric *metric;
    double parameter; /* of a family: percentile 0..1, tail in seconds */
    char id[56];      /* "wait_answered.over_600s" */
    bool chosen;      /* reserved for marks in reports */
};

struct oh_scope {
    const char *name;                    /* of the type or group; "total" */
    const struct oh_estimate *estimates; /* [n_uses] */
    const bool *present;                 /* [n_uses]: whether the metric belongs here */
    enum oh_formula formula;             /* types; of the total where has_formula */
    bool has_formula;
    double answer_within_s, short_abandon_s;
};

struct oh_row { /* an interval row */
    uint32_t day, weekday, start_s;
    struct oh_scope total, *types, *groups; /* present only for metrics with OH_IN_INTERVALS */
    double queue_p10, queue_p90; /* mean queue length of the interval, over replications */
};

/* A distribution for charts: share of contacts by bin, edges in seconds. */
struct oh_curve {
    const char *type; /* contact type or "total" */
    const char *id;   /* "wait_answered", "wait_abandoned" */
    uint32_t n;
    const double *edge_s; /* [n + 1] */
    const double *share;  /* [n], of all in the distribution */
};

struct oh_theory_value {
    const char *id, *unit;
    double value;
};

enum oh_verdict { OH_PASS, OH_FAIL, OH_INCONCLUSIVE };
struct oh_expectation_result {
    const char *path, *target;
    struct oh_estimate estimate;
    enum oh_metric_unit unit;
    enum oh_verdict verdict; /* as `run` judges: by the point estimate */
    bool straddles;          /* the interval holds the limit */
};

/* Why there are no more replications. */
enum oh_ending {
    OH_ENDED_ENOUGH,      /* all that were asked for, or that the precision asked for took */
    OH_ENDED_AT_MOST,     /* the most allowed, and the precision is not reached */
    OH_ENDED_BY_TIME,     /* the time allowed is over: not reproducible */
    OH_ENDED_INTERRUPTED, /* Ctrl-C */
};

/* A metric that was to be known so well. */
struct oh_precision_result {
    const char *path, *asked; /* "total.service_level", "±0.5%" */
    struct oh_estimate estimate;
    enum oh_metric_unit unit;
    double wanted; /* half the width that is narrow enough */
    bool reached;
};

struct oh_summary {
    struct oh_arena *arena; /* owns everything reachable from here, itself included */
    const char *scenario_name, *scenario_file, *scenario_digest,
        *scenario_variant;          /* variant NULL if none */
    const char *scenario_overrides; /* values set beside it, "path=value" a line; NULL if none */
    uint64_t replications, seed, contacts_simulated;
    uint64_t
        replications_asked; /* more than `replications` where the run stopped early; 0: unknown */
    uint32_t batches;       /* into which each replication was cut for the intervals; 1: not cut */
    double confidence;
    bool
        complete; /* false after Ctrl-C or when time is over: replications is then a contiguous prefix */
    enum oh_ending ending;
    double wall_s; /* for text reports only; never in machine formats */
    uint32_t n_uses, n_types, n_groups, n_rows, n_curves;
    const struct oh_use *uses;
    struct oh_scope total;
    struct oh_scope *types, *groups;
    unsigned has;         /* OH_HAS_... of the layout */
    const char *currency; /* "USD"; NULL if there is no money */
    bool each_day;
    double interval_s;
    struct oh_row *rows;
    struct oh_curve *curves;
    const char *theory_model; /* NULL if none applies */
    bool has_warm_up;         /* set beside theory_model: the run does not start empty */
    bool closes; /* there are hours after closing in which what is in the queue is finished */
    uint32_t n_theory;
    struct oh_theory_value *theory;
    bool has_controls; /* estimates of the whole run are by control variates, if there are any: */
    uint32_t n_controls;
    const char *const *controls; /* "arrivals of calls" */
    const double
        *control_gains; /* [n_uses] by what factor variances of the total shrank; NAN: not */
    uint32_t n_expectations;
    struct oh_expectation_result *expectations;
    uint32_t n_precisions;
    const struct oh_precision_result *precisions;
    uint32_t n_warnings;
    const char **warnings; /* sentences: what was seen, why it matters, what to try */
};

/* Share of the attempts unfinished at the end of the run above which shares mislead: a warning says so. */
#define OH_MUCH_UNFINISHED 0.005

void oh_summary_destroy(struct oh_summary *summary); /* NULL is allowed */

/* Adds a sentence, which lives in the summary's arena. */
void oh_summary_warn(struct oh_summary *summary, const char *sentence);

/* "contacts", "s", "USD": lives as long as the summary. */
const char *oh_summary_unit(const struct oh_summary *summary, enum oh_metric_unit unit);
/* Index of a metric by id, or -1. */
int oh_summary_use(const struct oh_summary *summary, const char *id);
/* The scope of "total", "contacts.NAME" or "agents.NAME" and the use of the rest of a path; false if there is none. */
bool oh_summary_find(const struct oh_summary *summary, const char *path,
                     const struct oh_scope **scope, int *use);

/* Moments over replications, merged strictly in replication order: the same records in the same order give the same
 * bytes. Memory does not grow with replications (but for at most 1,000 queue lengths a row). Not thread-safe. The
 * layout, and those of the records, must be the same one and outlive the tally. */
struct oh_tally;
struct oh_tally *oh_tally_create(const struct oh_layout *layout);
/* Before the first replication: cuts each into `n` batches of interval rows that follow one another, and takes the batches
 * for independent (Conway 1963, batch means): one long run has intervals then. What cells do not count has none: maxima,
 * tails, percentiles, interval rows. The layout needs n rows at least, each day its own. */
void oh_tally_cut(struct oh_tally *tally, uint32_t n);
void oh_tally_add(struct oh_tally *tally, const struct oh_record *record);
uint64_t oh_tally_replications(const struct oh_tally *tally);
/* The estimate so far of a path such as "total.service_level", for stopping rules; false if there is no such path. */
bool oh_tally_estimate(const struct oh_tally *tally, const char *path,
                       struct oh_estimate *estimate);
/* The same at a confidence of its own. */
bool oh_tally_estimate_at(const struct oh_tally *tally, const char *path, double confidence,
                          struct oh_estimate *estimate);
/* Estimates with intervals at layout->confidence: fills total, types, groups, rows, curves, replications, contacts
 * simulated, confidence, and warnings of measuring (unfinished above 0.5%). The caller fills in names, run, theory and
 * expectations. With no replication all values are NAN. */
struct oh_summary *oh_tally_summarise(const struct oh_tally *tally);
void oh_tally_destroy(struct oh_tally *tally); /* NULL is allowed */

#endif
