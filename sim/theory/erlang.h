/* Erlang B, C and A: the classics, one struct each.
 *
 * A. K. Erlang: Solution of some problems in the theory of probabilities of significance in
 * automatic telephone exchanges, 1917 (B and C). C. Palm: Research on telephone traffic carried by
 * full availability groups, 1957 (A). */
#ifndef OH_THEORY_ERLANG_H
#define OH_THEORY_ERLANG_H

#include "theory/status.h"

/* ---- Erlang B: M/M/n/n, whoever finds all lines busy is lost ---- */

/* Blocking with `load` erlangs (>= 0) on `lines` (real, >= 0: D. Jagerman's extension between the
 * integers). 0 where it is below the smallest double. */
double oh_erlang_b(double load, double lines);

/* The load that is carried, load * (1 - B), without loss of digits when nearly all is blocked. */
double oh_erlang_b_carried(double load, double lines);

/* The least lines with blocking at most `target` (> 0). */
enum oh_theory_status oh_erlang_b_least_lines(double load, double target, int *lines);

/* ---- Erlang C: M/M/n, all wait until they are served ---- */

struct oh_erlang_c {
    double wait_share;          /* P(wait > 0) */
    double wait_mean_s;         /* of all: ASA */
    double wait_delayed_mean_s; /* of those who wait */
    double queue_length_mean;
    double occupancy;
};

/* OH_THEORY_UNSTABLE unless load < agents, where load = arrival rate times handle time. */
enum oh_theory_status oh_erlang_c(double arrival_rate_per_s, double handle_time_s, int agents,
                                  struct oh_erlang_c *result);

/* P(wait > t), and the time that a share p of all callers does not exceed. */
double oh_erlang_c_wait_over(const struct oh_erlang_c *solved, double t_s);
double oh_erlang_c_percentile(const struct oh_erlang_c *solved, double p);

/* The least agents that answer at least `target` (< 1) of the callers within t. */
enum oh_theory_status oh_erlang_c_least_agents(double arrival_rate_per_s, double handle_time_s,
                                               double t_s, double target, int *agents);

/* ---- Erlang A: M/M/n/n+r+M, exponential patience, room for r to wait ---- */

struct oh_erlang_a_model {
    double arrival_rate_per_s;
    double handle_time_s;
    int agents;
    double patience_mean_s; /* INFINITY: nobody gives up */
    double room;            /* integral; INFINITY: no limit */
};

struct oh_erlang_a {
    double blocked, queued, abandoned, answered; /* shares of all offered; queued: had to wait */
    double wait_answered_s, wait_abandoned_s;    /* means; NAN when nobody is */
    double wait_all_s;                           /* mean of answered and abandoned */
    double queue_length_mean, occupancy;
};

/* Sums over the states of the Markov chain: no quadrature, an independent check of offered_wait.h,
 * which has the distributions of the waits. OH_THEORY_TOO_LARGE beyond a million states of weight:
 * use offered_wait.h then. */
enum oh_theory_status oh_erlang_a(const struct oh_erlang_a_model *model,
                                  struct oh_erlang_a *result);

#endif
