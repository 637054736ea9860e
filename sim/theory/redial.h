/* Callers who try again: attempts against people.
 *
 * Poisson first attempts, n agents with exponential handle times, r places to wait, exponential
 * patience. Whoever finds the room full, or gives up, tries again with a certain chance after an
 * exponential time, again and again. The state is (calls in system, people about to redial); its
 * stationary distribution is computed with the second number cut off where it has no weight left.
 * G. Falin, J. Templeton: Retrial queues, 1997. */
#ifndef OH_THEORY_REDIAL_H
#define OH_THEORY_REDIAL_H

#include "theory/status.h"

struct oh_redial_model {
    double first_rate_per_s;                         /* first attempts, > 0 */
    double handle_time_s;                            /* > 0 */
    int agents;                                      /* >= 1 */
    int room;                                        /* >= 0 */
    double patience_mean_s;                          /* > 0; INFINITY: nobody gives up */
    double redial_delay_s;                           /* mean time until the next attempt, > 0 */
    double redial_after_block, redial_after_abandon; /* chances */
};

struct oh_redial {
    double orbit_mean; /* people between attempts */
    double queue_length_mean, occupancy;
    double attempt_rate_per_s; /* first attempts and redials */
    double attempts_per_first_call;
    double blocked_per_attempt, abandoned_per_attempt, served_per_attempt;
    double served_per_first_call; /* share of people who are reached in the end */
    double cut_off_weight;        /* weight of the last orbit size that was held: the error made */
};

/* Exact to about 10 digits, for some tens of agents and waiting places: OH_THEORY_TOO_LARGE where
 * more memory than 128 MiB or the work of minutes would be due. OH_THEORY_UNSTABLE if the orbit
 * grows for ever. */
enum oh_theory_status oh_redial(const struct oh_redial_model *model, struct oh_redial *result);

/* The same quantities if redials came as a Poisson stream of their own: a fixed point over Erlang
 * A, for any size. Exact in the limit of long delays. */
enum oh_theory_status oh_redial_slow(const struct oh_redial_model *model, struct oh_redial *result);

#endif
