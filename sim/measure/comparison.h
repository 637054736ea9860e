/* What a comparison found: plain data, all that a writer of comparisons may see. */
#ifndef OH_MEASURE_COMPARISON_H
#define OH_MEASURE_COMPARISON_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/beside.h"
#include "measure/series.h"
#include "measure/summary.h"

/* Which way is good for those who call or pay. */
enum oh_sense { OH_NEITHER, OH_MORE_IS_BETTER, OH_LESS_IS_BETTER };
enum oh_sense oh_metric_sense(const char *id);

struct oh_compared {
    const char *label; /* the variant, or the file without folder and ending */
    const char *name, *file, *digest, *variant, *overrides; /* as in a summary */
    uint64_t replications;
    uint64_t contacts_simulated;
    const struct oh_beside *beside; /* what formulas say; NULL: not asked for */
};

struct oh_pair {
    uint32_t a_ix, b_ix; /* of scenarios */
    const char *path;    /* "total.reached" */
    const char *id;      /* its end: "reached" */
    const struct oh_metric *metric;
    double parameter; /* of the metric's family */
    enum oh_metric_unit unit;
    enum oh_sense sense;
    struct oh_paired paired; /* b - a */
};

/* An interval row of the total, by pair of scenarios. */
struct oh_pair_row {
    uint32_t a_ix, b_ix;
    uint32_t day, weekday, start_s;
    const char *id;
    enum oh_metric_unit unit;
    enum oh_sense sense;
    struct oh_paired paired;
};

/* Which scenario is best at one metric. */
struct oh_best {
    const char *path;
    enum oh_metric_unit unit;
    enum oh_sense sense;
    double indifference; /* differences below it do not matter */
    bool is_decided;
    uint32_t best_ix; /* if decided; else the one that leads */
    struct {
        double value;
        uint64_t replications; /* when it was dropped, or at the end */
        bool is_dropped;
    } * of; /* [n_scenarios] */
};

struct oh_comparison {
    struct oh_arena *arena; /* owns everything reachable from here, itself included */
    uint32_t n_scenarios;
    const struct oh_compared *scenarios;
    uint64_t seed, replications; /* that all scenarios have */
    double confidence;
    uint32_t n_comparisons; /* pairs of scenarios: */
    double pair_confidence; /* so that all intervals of a metric hold with `confidence` */
    bool complete;
    enum oh_ending ending;
    uint64_t replications_asked;
    uint32_t n_pairs, n_rows;
    const struct oh_pair *pairs; /* comparison by comparison, in each in the order of reports */
    const struct oh_pair_row *rows;
    bool each_day;
    const char *currency;  /* that all scenarios have; else NULL */
    uint32_t n_precisions; /* of differences */
    const struct oh_precision_result *precisions;
    const struct oh_best *best; /* NULL: not asked for */
    bool
        has_different_spans; /* scenarios do not cover the same hours: counts differ for that alone */
    double wall_s;           /* for text alone */
};

void oh_comparison_destroy(struct oh_comparison *comparison); /* NULL is allowed */

/* The pair of two scenarios and a path; NULL if there is none. */
const struct oh_pair *oh_comparison_find(const struct oh_comparison *comparison, uint32_t a_ix,
                                         uint32_t b_ix, const char *path);

/* Whether the interval shows a difference, and which way. */
enum oh_change { OH_CHANGE_NONE, OH_CHANGE_MORE, OH_CHANGE_LESS, OH_CHANGE_UNKNOWN };
enum oh_change oh_paired_change(const struct oh_paired *paired);
/* Whether that is good or bad: 1, -1; 0 where nothing is shown or it is neither. */
int oh_paired_gain_or_loss(const struct oh_paired *paired, enum oh_sense sense);

#endif
