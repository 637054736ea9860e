/* One server: M/G/1 and GI/M/1, first come first served. */
#ifndef OH_THEORY_SINGLE_SERVER_H
#define OH_THEORY_SINGLE_SERVER_H

#include "theory/status.h"

struct oh_mg1 {
    double occupancy;
    double wait_share;        /* P(wait > 0) */
    double wait_mean_s;       /* Pollaczek 1930, Khinchine 1932 */
    double wait_sd_s;         /* Takacs 1962; NAN unless the third moment is given */
    double sojourn_mean_s;    /* wait and service */
    double queue_length_mean; /* waiting */
    double in_system_mean;
};

/* Moments of the service time: E[S] (> 0), E[S^2], E[S^3] (NAN if not known). OH_THEORY_UNSTABLE
 * unless arrival rate * E[S] < 1. */
enum oh_theory_status oh_mg1(double arrival_rate_per_s, double service_mean_s,
                             double service_second, double service_third, struct oh_mg1 *result);

struct oh_gim1 {
    double sigma; /* chance that an arrival finds the server busy */
    double service_rate_per_s;
    double wait_mean_s;
};

/* sigma is the root of sigma = A*((1 - sigma) mu), where `transform`, A*(s), is the Laplace
 * transform E[exp(-s A)] of the gap A between arrivals, of mean gap_mean_s. Kendall 1953.
 * OH_THEORY_UNSTABLE unless the mean service time is below the mean gap. */
enum oh_theory_status oh_gim1(double (*transform)(double s, const void *context),
                              const void *context, double gap_mean_s, double service_mean_s,
                              struct oh_gim1 *result);

/* P(wait <= t). */
double oh_gim1_wait_within(const struct oh_gim1 *solved, double t_s);

#endif
