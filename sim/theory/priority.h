/* Priorities, class 0 first, first come first served inside a class; endless patience.
 *
 * A. Cobham: Priority assignment in waiting line problems, 1954. */
#ifndef OH_THEORY_PRIORITY_H
#define OH_THEORY_PRIORITY_H

#include <stddef.h>

#include "theory/status.h"

/* M/M/n, non-preemptive, one mean handle time for all classes. wait_mean_s[k] is of all callers of
 * class k, INFINITY where the classes up to k are more than the agents can serve. OH_THEORY_RANGE
 * for unusable numbers. */
enum oh_theory_status oh_priority_mmn(const double *arrival_rates_per_s, size_t n_classes,
                                      double handle_time_s, int agents, double *wait_mean_s);

struct oh_priority_class {
    double arrival_rate_per_s;
    double service_mean_s, service_second; /* E[S], E[S^2] */
};

struct oh_priority_waits {
    double wait_mean_s;               /* non-preemptive: before service */
    double sojourn_mean_s;            /* non-preemptive: wait and service */
    double sojourn_preemptive_mean_s; /* preemptive resume */
};

/* M/G/1 with n_classes classes. A non-preemptive queue needs all classes together to be stable:
 * OH_THEORY_UNSTABLE otherwise. */
enum oh_theory_status oh_priority_mg1(const struct oh_priority_class *classes, size_t n_classes,
                                      struct oh_priority_waits *waits);

#endif
