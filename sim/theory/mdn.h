/* M/D/n: constant handle times. C. D. Crommelin: Delay probability formulae when the holding times
 * are constant, 1932. */
#ifndef OH_THEORY_MDN_H
#define OH_THEORY_MDN_H

#include "theory/status.h"

struct oh_mdn {
    double wait_share; /* P(wait > 0) */
    double wait_mean_s;
    double queue_length_mean;
    double occupancy;
};

/* OH_THEORY_UNSTABLE unless arrival rate * handle time < agents. */
enum oh_theory_status oh_mdn(double arrival_rate_per_s, double handle_time_s, int agents,
                             struct oh_mdn *result);

#endif
