/* How exactly metrics are to be known, and how many replications that may take. */
#ifndef OH_STUDY_PRECISION_H
#define OH_STUDY_PRECISION_H

#include <stdbool.h>
#include <stddef.h>

#include "measure/summary.h"

struct oh_goal {
    const char *path;  /* "total.service_level" */
    const char *asked; /* as it was written, "±0.5%" */
    double margin; /* half the width of the interval: SI, or of the value's size where relative */
    bool is_relative;
};

struct oh_goals {
    size_t n;
    const struct oh_goal *items;
};

/* The half-width that a goal allows around a value. */
double oh_goal_width(const struct oh_goal *goal, double value);
/* Whether an interval is narrow enough. One that does not exist is not. */
bool oh_goal_is_reached(const struct oh_goal *goal, const struct oh_estimate *estimate);
/* How many replications it would take, judged by the interval after `done`: widths shrink with their square root. */
double oh_goal_need(const struct oh_goal *goal, const struct oh_estimate *estimate, double done);

/* The most that any goal needs. */
double oh_goals_need(const struct oh_goals *goals, const struct oh_tally *tally, double done);
/* Fills in summary->precisions. */
void oh_goals_report(const struct oh_goals *goals, struct oh_summary *summary);

#endif
