/* What queueing formulas say of a scenario's intervals, beside what was simulated: plain data for writers. */
#ifndef OH_MEASURE_BESIDE_H
#define OH_MEASURE_BESIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/summary.h"

enum oh_beside_formula { OH_ERLANG_C, OH_ERLANG_A, OH_MMNG, OH_N_BESIDE_FORMULAS };
enum oh_beside_metric {
    OH_BESIDE_SERVICE_LEVEL,
    OH_BESIDE_WAIT,
    OH_BESIDE_ABANDONMENT,
    OH_N_BESIDE_METRICS
};

/* Texts by formula: a key for files and a name for people. */
struct oh_beside_name {
    const char *key, *name;
};
extern const struct oh_beside_name oh_beside_formulas[OH_N_BESIDE_FORMULAS];
/* The metrics' ids and units, as everywhere. */
struct oh_beside_id {
    const char *id;
    enum oh_metric_unit unit;
};
extern const struct oh_beside_id oh_beside_metrics[OH_N_BESIDE_METRICS];

struct oh_beside_answer {
    bool is_unstable; /* more work than the agents can do: the formula's queue grows for ever */
    double value[OH_N_BESIDE_METRICS]; /* NAN: none */
};

/* An interval with agents on duty and contacts. */
struct oh_beside_row {
    uint32_t day, weekday, start_s;
    double rate_per_s, handle_s;
    double patience_s; /* INFINITY: never gives up */
    int agents;
    struct oh_estimate simulated[OH_N_BESIDE_METRICS];
    struct oh_beside_answer answers[OH_N_BESIDE_FORMULAS];
};

/* A formula less the simulation over the intervals where both have a value, weighted by contacts. */
struct oh_beside_gap {
    uint32_t n;      /* of intervals */
    double mean;     /* NAN without an interval */
    uint32_t worst;  /* row of the largest difference */
    double at_worst; /* the difference there */
};

/* Contacts that share a team, or a type of these where other types of the scenario have teams of their own. */
struct oh_beside_part {
    const char *scope;   /* "total" or "contacts.NAME" */
    const char *why_not; /* a sentence why no formula applies; NULL: one does */
    bool is_counted;     /* rates are of contacts offered in the simulation, redials included */
    uint32_t n_rows;
    const struct oh_beside_row *rows;
    struct oh_beside_gap gaps[OH_N_BESIDE_FORMULAS][OH_N_BESIDE_METRICS];
    uint32_t unstable[OH_N_BESIDE_FORMULAS]; /* rows without an answer */
};

struct oh_beside {
    uint32_t n_parts;
    const struct oh_beside_part *parts;
};

/* The difference of a formula from the simulation, with the simulation's interval. */
struct oh_estimate oh_beside_difference(const struct oh_beside_row *row,
                                        enum oh_beside_formula formula,
                                        enum oh_beside_metric metric);
/* Fills gaps and unstable from the rows. */
void oh_beside_sum_up(struct oh_beside_part *part);

#endif
