/* Stationary distribution of a birth-death chain.
 *
 * Only the states of weight are held: those within a factor 1e-305 of the likeliest one. The chain
 * is solved outwards from that state, by ratios, so neither 10,000 agents nor a tiny probability
 * loses digits. */
#ifndef OH_THEORY_BIRTH_DEATH_H
#define OH_THEORY_BIRTH_DEATH_H

#include <stddef.h>

#include "theory/status.h"

/* States 0 to `last` (integral; INFINITY: no end). birth(k)/death(k+1) must not rise with k, which
 * makes the distribution unimodal: true of every queue whose arrivals do not grow and whose
 * departures do not shrink. */
struct oh_birth_death {
    double (*birth)(double state, const void *context); /* rate from state to state + 1 */
    double (*death)(double state, const void *context); /* rate from state to state - 1 */
    const void *context;
    double last;
};

struct oh_stationary {
    double first; /* the state of share[0] */
    size_t n;
    double *share; /* P(state = first + i); owned */
};

/* OH_THEORY_UNSTABLE if births outrun deaths for ever, OH_THEORY_TOO_LARGE beyond `at_most` states
 * of weight; then nothing is owned. */
enum oh_theory_status oh_birth_death_solve(const struct oh_birth_death *chain, size_t at_most,
                                           struct oh_stationary *out);
void oh_stationary_fini(struct oh_stationary *stationary);

/* P(state), 0 outside the states of weight. */
double oh_stationary_share(const struct oh_stationary *stationary, double state);

#endif
