#include <math.h>

#include "theory/single_server.h"

enum oh_theory_status oh_mg1(double arrival_rate_per_s, double service_mean_s,
                             double service_second, double service_third, struct oh_mg1 *result) {
    if (!(arrival_rate_per_s > 0 && service_mean_s > 0 && service_second > 0))
        return OH_THEORY_RANGE;
    double busy = arrival_rate_per_s * service_mean_s;
    if (!(busy < 1))
        return OH_THEORY_UNSTABLE;
    double wait = arrival_rate_per_s * service_second / (2 * (1 - busy));
    result->occupancy = busy;
    result->wait_share = busy;
    result->wait_mean_s = wait;
    /* E[W^2] = 2 E[W]^2 + lambda E[S^3] / (3 (1 - rho)) */
    result->wait_sd_s = sqrt(wait * wait + arrival_rate_per_s * service_third / (3 * (1 - busy)));
    result->sojourn_mean_s = wait + service_mean_s;
    result->queue_length_mean = arrival_rate_per_s * wait;
    result->in_system_mean = arrival_rate_per_s * result->sojourn_mean_s;
    return OH_THEORY_OK;
}
