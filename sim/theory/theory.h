/* Exact results of queueing theory for one queue with Poisson arrivals, exponential handle times
 * and equal agents.
 *
 * Start from oh_theory_model_init(), set what is known, call oh_theory_solve(), then walk over
 * oh_theory_metrics(). The result holds what the metric ids of a simulation mean, so both can
 * stand side by side. The single formulas, with their own plain structs, are in erlang.h,
 * offered_wait.h, single_server.h, priority.h, redial.h, birth_death.h.
 *
 * Units: seconds and per second; shares from 0 to 1; NAN is what does not exist (the mean wait of
 * the abandoned where nobody abandons). Nothing here keeps state: every function may be called
 * from any thread. */
#ifndef OH_THEORY_THEORY_H
#define OH_THEORY_THEORY_H

#include <stdbool.h>
#include <stddef.h>

#include "theory/patience.h"
#include "theory/status.h"

/* The service-level formulas. `sought` are all who wanted a person; the others leave out those who
 * found the room full. `left` gave up or were cut off. */
enum oh_theory_formula {
    OH_THEORY_OFFERED,                 /* answered<=T / sought */
    OH_THEORY_ANSWERED_ONLY,           /* answered<=T / answered */
    OH_THEORY_ABANDONS_NEGATIVE,       /* answered<=T / (answered + left) */
    OH_THEORY_EARLY_ABANDONS_EXCLUDED, /* answered<=T / (answered + left - left<=T) */
    OH_THEORY_ABANDONS_POSITIVE,       /* (answered<=T + left<=T) / (answered + left) */
    OH_THEORY_SHORT_ABANDONS_EXCLUDED, /* answered<=T / (answered + left - abandoned<=S) */
    OH_THEORY_N_FORMULAS
};
extern const char *const oh_theory_formula_names[OH_THEORY_N_FORMULAS]; /* "offered", ... */

enum { OH_THEORY_TAILS = 4, OH_THEORY_METRICS_MAX = 64 };

struct oh_theory_model {
    double arrival_rate_per_s; /* > 0 */
    double handle_time_s;      /* mean talk and wrap-up together, > 0 */
    int agents;                /* >= 1 */
    struct oh_patience patience;
    double max_wait_s;          /* whoever has waited so long is cut off; INFINITY: nobody; > 0 */
    double room;                /* waiting places, integral; 0: none; negative: no limit */
    bool full_room_disconnects; /* a full room counts as `disconnection`; otherwise as `blocking` */
    double answer_within_s;     /* T of the service levels, >= 0 */
    double short_abandon_s;     /* S, >= 0 */
    enum oh_theory_formula formula; /* the one that `service_level` repeats */
    size_t n_tails;                 /* share of callers waiting longer than tails_s[i], >= 0 */
    double tails_s[OH_THEORY_TAILS];
};

/* Endless patience, no limits, T = 20 s, S = 5 s, formula `offered`, no tails; the rest 0. */
struct oh_theory_model oh_theory_model_init(void);

/* How long a group of callers waited, in seconds. All NAN for an empty group. */
struct oh_theory_waits {
    double mean, p50, p80, p90, p95, p99;
    double over[OH_THEORY_TAILS]; /* shares, for the model's tails */
};

struct oh_theory_result {
    double offered_load; /* erlangs: arrival rate times handle time */
    double reached, abandonment, abandonment_after_short, blocking,
        disconnection;    /* of all offered */
    double delayed_share; /* of all offered: joined the queue, answered in the end or not */
    struct oh_theory_waits wait_answered, wait_abandoned, wait_all; /* all: answered and left */
    double wait_delayed_mean; /* of those who joined the queue */
    double service_level;     /* by the model's formula */
    double service_levels[OH_THEORY_N_FORMULAS];
    double occupancy;                                            /* busy share of an agent's time */
    double busy_agents_mean, queue_length_mean, lines_busy_mean; /* time averages */
    size_t n_tails;
    double tails_s[OH_THEORY_TAILS];
};

/* Solves the most special model that covers the case. *model_name (may be NULL) becomes a static
 * string:
 *
 *   M/M/n/n           no room: Erlang B, whatever the patience
 *   M/M/n             endless patience, no limit: Erlang C
 *   M/M/n/n+r         endless patience, limited room
 *   M/M/n+M, M/M/n/n+r+M    exponential patience: Erlang A
 *   M/M/n+G, M/M/n/n+r+G    any other patience, or a maximum wait
 *
 * OH_THEORY_UNSTABLE: the queue grows for ever; OH_THEORY_RANGE: a number outside the ranges
 * above; OH_THEORY_NUMERIC: the patience function could not be integrated. On failure all of
 * *result is NAN but the offered load. Precision: about 10 digits up to 100,000 agents, whatever
 * the load and the patience. */
enum oh_theory_status oh_theory_solve(const struct oh_theory_model *model,
                                      struct oh_theory_result *result, const char **model_name);

/* One number of a result: id and unit as in the simulation's metrics. */
struct oh_theory_metric {
    char id[40]; /* "reached", "wait_answered.p90", "wait_all.over_600s", "service_level.offered" */
    const char *unit; /* "share", "s", "contacts", "erlangs" */
    double value;     /* NAN: does not exist */
};

/* Writes all metrics of a result in the order of a report and returns how many (at most
 * OH_THEORY_METRICS_MAX). Ids that only theory has: offered_load, wait_delayed.mean. */
size_t oh_theory_metrics(const struct oh_theory_result *result,
                         struct oh_theory_metric out[OH_THEORY_METRICS_MAX]);

/* The metric of that id, or NAN: "service_level", "abandonment", "wait_answered.p90", ... */
double oh_theory_metric_value(const struct oh_theory_result *result, const char *id);

/* A goal such as "service_level at least 0.8" or "blocking at most 0.01". */
struct oh_theory_goal {
    const char *metric; /* an id of oh_theory_metrics */
    bool at_least;      /* otherwise at most */
    double value;
};

/* The least number of agents with which the model meets the goal; model->agents is not read. The
 * metric must improve with every agent, as all service levels, `reached`, `abandonment`,
 * `blocking` and the waits of all do. With room 0 agents are lines. Fills *agents and, unless
 * NULL, *result and *model_name for that number. OH_THEORY_NO_ANSWER: not even 10 million agents
 * do; otherwise statuses as oh_theory_solve, never UNSTABLE. */
enum oh_theory_status oh_theory_least_agents(const struct oh_theory_model *model,
                                             const struct oh_theory_goal *goal, int *agents,
                                             struct oh_theory_result *result,
                                             const char **model_name);

#endif
