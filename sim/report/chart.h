/* Data files of charts, made from one scenario's result. Private to report/.
 *
 * A data file is tab separated text for gnuplot, in blocks two blank lines apart; the first holds the texts. Texts are
 * quoted and escaped so that gnuplot reads every byte as data. What each block holds is said in the script's head. */
#ifndef OH_REPORT_CHART_H
#define OH_REPORT_CHART_H

#include <jansson.h>
#include <stdbool.h>

#include "base/text.h"
#include "measure/summary.h"

/* Appends the data. NULL if that went well; else why there is nothing to draw ("nobody waited"). */
typedef const char *oh_chart_fn(const json_t *result, struct oh_text *to);

oh_chart_fn oh_chart_wait, oh_chart_day, oh_chart_outcomes, oh_chart_queue, oh_chart_compare,
    oh_chart_curve, oh_chart_heat, oh_chart_tornado;

/* The value of a metric in a scope ("total" or a member of "contacts" or "agents"); NAN if it is null or not there. */
double oh_chart_value(const json_t *scope, const char *id);
struct oh_estimate oh_chart_estimate(const json_t *scope, const char *id);

/* The first three lines of a data file: the scenario's name on one line or two, and a subtitle. */
void oh_chart_titles(const json_t *result, const char *subtitle, struct oh_text *to);
/* A quoted field, then a named one on a line of its own. */
void oh_chart_quote(const char *text, struct oh_text *to);
void oh_chart_text(const char *what, const char *text, struct oh_text *to);
/* Tab-separated numbers, 7 digits, NaN for what does not exist; no line end. */
void oh_chart_numbers(const double *values, size_t n, struct oh_text *to);
void oh_chart_end_block(struct oh_text *to);

/* "43.1% reached a person, after 28 min 4 s on average" */
void oh_chart_headline(const json_t *result, struct oh_text *to);

#endif
