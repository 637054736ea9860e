/* The table of metrics: each definition once. Everything that prints, explains, checks or documents a metric reads it.
 *
 * A metric is a ratio of two linear combinations of counters, a mean of maxima, or a percentile of a histogram. */
#ifndef OH_MEASURE_METRIC_H
#define OH_MEASURE_METRIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "measure/layout.h"

enum oh_metric_unit {
    OH_M_CONTACTS,
    OH_M_SHARE,
    OH_M_SECONDS,
    OH_M_RATIO,
    OH_M_AGENTS,
    OH_M_MONEY
};
/* "contacts" "share" "s" "1" "agents" "currency"; see oh_summary_unit. */
const char *oh_metric_unit_name(enum oh_metric_unit unit);
/* What is counted in millionths is divided by it: times and money 1e6, all else 1. */
double oh_metric_counts_per_unit(enum oh_metric_unit unit);
/* The name of the unit where money is in this currency; NULL: not known. */
const char *oh_metric_unit_in(enum oh_metric_unit unit, const char *currency);

/* Where a metric belongs: to the total, to contact types, to agent groups; and, besides, to interval rows of those. */
enum { OH_IN_TOTAL = 1, OH_IN_CONTACTS = 2, OH_IN_AGENTS = 4, OH_IN_INTERVALS = 8 };

struct oh_metric; /* a row; its formula is private to measure/ */

/* How many rows; they come in the order of reports. A family (percentiles, tails) is one row. */
size_t oh_metrics(const struct oh_metric **rows); /* rows may be NULL */
const struct oh_metric *oh_metric_row(size_t ix);
const char *
oh_metric_id(const struct oh_metric *metric); /* "wait_answered.over_<T>s" for families */
enum oh_metric_unit oh_metric_unit_of(const struct oh_metric *metric);
unsigned oh_metric_scopes(const struct oh_metric *metric);   /* OH_IN_... */
unsigned oh_metric_needs(const struct oh_metric *metric);    /* OH_HAS_... */
const char *oh_metric_title(const struct oh_metric *metric); /* "average wait of those answered" */
const char *
oh_metric_definition(const struct oh_metric *metric); /* "sum of W of answered / answered" */
/* The definition as simple as it is for a run that has these things (OH_HAS_...); in the buffer. */
const char *oh_metric_print_definition(const struct oh_metric *metric, unsigned has, char *buffer,
                                       size_t size);
const char *oh_formula_name(enum oh_formula formula); /* "abandons_negative" */

/* Families: the parameter is the percentile (0.9) or the tail in seconds (600). */
enum oh_metric_family { OH_NO_FAMILY, OH_PERCENTILES, OH_TAILS };
enum oh_metric_family oh_metric_family_of(const struct oh_metric *metric);
size_t oh_metric_percentiles(const double **percentiles); /* 0.5 0.8 0.9 0.95 0.99 */
/* The id with the parameter filled in: "wait_answered.p90", "wait_answered.over_600s". */
const char *oh_metric_print_id(const struct oh_metric *metric, double parameter, char *buffer,
                               size_t size);
/* The title with the parameter filled in: "wait that 90% of those answered do not exceed". */
const char *oh_metric_print_title(const struct oh_metric *metric, double parameter, char *buffer,
                                  size_t size);
/* The row of an id as printed above; NULL if there is none. */
const struct oh_metric *oh_metric_find(const char *id, double *parameter);

/* The id of what planners call "asa" or "Abandon rate" (capitals, blanks and dashes do not matter); NULL if unknown. */
const char *oh_metric_synonym(const char *word);
/* The words in order; NULL behind the last. */
const char *oh_metric_synonym_row(size_t ix);

/* The exact definition in sentences: what it is, its formula, what each word of the formula means. With a layout, also
 * T, S and formula of each contact type; layout may be NULL. Plain text of a few lines, in the arena. */
const char *oh_metric_explain(const struct oh_metric *metric, double parameter,
                              const struct oh_layout *layout, struct oh_arena *arena);

/* A path such as "contacts.sales.service_level": whether the run that a layout stands for will have it. */
enum oh_path_status {
    OH_PATH_OK,
    OH_PATH_NO_SCOPE,  /* neither "total.", "contacts.NAME." nor "agents.NAME.", or no such NAME */
    OH_PATH_NO_METRIC, /* no such id */
    OH_PATH_NOT_HERE,  /* the metric does not belong to such a scope */
    OH_PATH_NO_TAIL, /* the threshold is not in the type's tails (total: not in the tails of all types) */
    OH_PATH_NOT_FED, /* a metric of something that the scenario does not have, such as a limit of lines */
    OH_PATH_MIXED /* service_level in the total, where types differ in formula: its value is NAN */
};
struct oh_metric_path {
    unsigned scope; /* OH_IN_TOTAL, OH_IN_CONTACTS or OH_IN_AGENTS */
    uint32_t ix;    /* of the type or group */
    const struct oh_metric *metric;
    double parameter;
    const char *id; /* the part of the path behind the scope; NULL if there is no scope */
};
enum oh_path_status oh_metric_path(const char *path, const struct oh_layout *layout,
                                   struct oh_metric_path *found);

#endif
