/* Formulas of metrics, private to measure/. A row's definition is its formula: the text that people read is what the
 * program computes from, so the two cannot differ.
 *
 *   formula = quotient [", where " item " > 0"]
 *   quotient = sum | item " / " item
 *   item = word | "(" sum ")"
 *   sum = item { " + " item | " - " item }
 *
 * Words are the names of counters, or of sums that have a name ("sought"). A formula without a quotient is a mean per
 * replication; with "where", a mean over the replications in which the condition holds. Times are microseconds here,
 * and seconds once a metric of unit OH_M_SECONDS is estimated. */
#ifndef OH_MEASURE_FORMULA_H
#define OH_MEASURE_FORMULA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "measure/metric.h"
#include "measure/record.h"

/* One vector of counters a scope. In an agent group's, OH_ANSWERED, OH_C_TALK_US and OH_C_WRAP_UP_US are the group's. */
enum {
    OH_V_CONTACTS = 0,
    OH_V_AGENTS = OH_V_CONTACTS + OH_N_CONTACT_COUNTS,
    OH_V_CENTRE = OH_V_AGENTS + OH_N_AGENT_COUNTS,
    OH_V_MAXIMA = OH_V_CENTRE + OH_N_CENTRE_COUNTS,
    OH_V_TAILS = OH_V_MAXIMA + OH_N_MAXIMA,
    OH_N_COUNTERS = OH_V_TAILS + OH_N_TAIL_COUNTS
};

/* A word of definitions: a counter, or a sum of other words. */
struct oh_word {
    const char *name;
    const char *meaning; /* plain words, no full stop */
    int counter;         /* OH_V_...; -1: `sum` */
    const char *sum;
};
size_t oh_words(const struct oh_word **words);
const struct oh_word *oh_word_find(const char *text, size_t length);

enum { OH_MAX_TERMS = 16 };
struct oh_linear { /* sum of coefficient * counter */
    uint32_t n;
    struct {
        int8_t coefficient;
        uint8_t counter;
    } term[OH_MAX_TERMS];
};
static inline int64_t oh_linear_value(const struct oh_linear *linear, const int64_t *counters) {
    int64_t value = 0;
    for (uint32_t i = 0; i < linear->n; i++)
        value += linear->term[i].coefficient * counters[linear->term[i].counter];
    return value;
}

struct oh_quotient {
    struct oh_linear numerator;
    struct oh_linear denominator; /* n == 0: 1 a replication */
    bool has_condition;
    struct oh_linear condition; /* counted only where it is > 0 */
};
/* Rows are the program's own: text that is no formula is a failed assertion. */
void oh_quotient_compile(const char *definition, struct oh_quotient *quotient);

/* The length of the word, or of the operator or bracket, that stands at `text`; 0 if it is the other or the end. */
size_t oh_word_length(const char *text);
size_t oh_operator_length(const char *text);

enum oh_metric_kind { OH_K_FORMULA, OH_K_PERCENTILE, OH_K_CHOSEN };

/* Distributions with percentiles; each is the sum of one or more histograms. */
enum oh_distribution {
    OH_D_ANSWERED,
    OH_D_ABANDONED,
    OH_D_ALL,
    OH_D_TOTAL,
    OH_D_TIME_TO_REACH,
    OH_D_TIME_TO_RESOLUTION,
    OH_D_CALLBACK_DELAY,
    OH_N_DISTRIBUTIONS
};

struct oh_metric {
    const char *id;
    enum oh_metric_unit unit;
    unsigned scopes;
    const char *title;      /* what a planner would say, no full stop */
    const char *definition; /* a formula, except of kinds other than OH_K_FORMULA */
    enum oh_metric_kind kind;
    enum oh_metric_family family;
    enum oh_distribution distribution; /* of percentiles */
    unsigned needs;                    /* OH_HAS_...: exists only where a scenario has it */
    const char *trials; /* shares of time: id of the count of the events behind them */
};

/* The rows of the table, in the order of reports. */
extern const struct oh_metric oh_metric_table[];
extern const size_t oh_n_metrics;

/* Whether the metric (of a family: with this parameter) belongs to a scope of a layout; ix is of the type or group. */
enum oh_path_status oh_metric_belongs(const struct oh_metric *metric, double parameter,
                                      const struct oh_layout *layout, unsigned scope, uint32_t ix);
/* Where the type has this tail, or -1. */
int oh_layout_tail(const struct oh_layout_type *type, double tail_s);
/* Whether all types have the same formula (false where there is no type). */
bool oh_layout_one_formula(const struct oh_layout *layout);
/* The row "service_level.<formula>". */
const struct oh_metric *oh_metric_of_formula(enum oh_formula formula);

#endif
