/* The table of metrics: each definition once. Everything that prints, explains, checks or documents a metric reads it.
 *
 * A metric is a ratio of two linear combinations of counters, a mean of maxima, or a percentile of a histogram. */
#ifndef OH_MEASURE_METRIC_H
#define OH_MEASURE_METRIC_H

#include <stdbool.h>
#include <stddef.h>

#include "measure/layout.h"

enum oh_metric_unit { OH_M_CONTACTS, OH_M_SHARE, OH_M_SECONDS, OH_M_RATIO };
const char *oh_metric_unit_name(enum oh_metric_unit unit); /* "contacts" "share" "s" "1" */

enum { OH_IN_TOTAL = 1, OH_IN_CONTACTS = 2, OH_IN_AGENTS = 4, OH_IN_INTERVALS = 8 };

struct oh_metric; /* a row; its formula is private to measure/ */

size_t oh_metrics(const struct oh_metric **rows);
const struct oh_metric *oh_metric_row(size_t ix);
const char *
oh_metric_id(const struct oh_metric *metric); /* "wait_answered.over_<T>s" for families */
enum oh_metric_unit oh_metric_unit_of(const struct oh_metric *metric);
unsigned oh_metric_scopes(const struct oh_metric *metric);   /* OH_IN_... */
const char *oh_metric_title(const struct oh_metric *metric); /* "average wait of those answered" */
const char *
oh_metric_definition(const struct oh_metric *metric); /* "sum of W of answered / answered" */
const char *oh_formula_name(enum oh_formula formula); /* "abandons_negative" */

#endif
