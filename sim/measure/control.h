/* Control variates: what a replication had more or less of than is known to come on average (arrivals, talk, patience)
 * explains part of how its metrics differ, and that part is taken off by regression (Lavenberg & Welch 1981, "A perspective
 * on the use of control variables to increase the efficiency of Monte Carlo simulations", Management Science 27). Of
 * ratios it is the linearised values that are regressed. */
#ifndef OH_MEASURE_CONTROL_H
#define OH_MEASURE_CONTROL_H

#include "measure/series.h"

enum { OH_LEAST_BESIDE_CONTROLS = 12 }; /* replications beyond the number of controls */

struct oh_controls {
    uint64_t n;           /* replications */
    uint32_t q;           /* controls, each of which varies */
    const double *values; /* [n][q], each less its known mean */
};

/* The estimate by regression, with Student's t of n - 1 - q degrees of freedom, and by what factor the variance is
 * smaller. false, and nothing is changed, where replications do not differ or are too few. */
bool oh_series_control(const struct oh_series *series, const struct oh_controls *controls,
                       double confidence, struct oh_estimate *estimate, double *gain);

#endif
