/* Seen D apart, the number in system obeys X' = max(X - n, 0) + Poisson(a), a = lambda D. Its
 * generating function has the roots of z^n = exp(a (z - 1)) inside the unit circle, one for each
 * n-th root of unity w: z = w exp(a (z - 1)/n), found by Newton's method from the fixed point's
 * first steps. With them
 *
 *   E[queue] = (a^2 - n (n - 1)) / (2 (n - a)) + sum of 1/(1 - z)
 *   P(X < n) = (n - a) / product of (1 - z)
 *
 * Both are differences of numbers of order n: a queue that is nearly empty loses digits. */
#include <complex.h>
#include <math.h>

#include "theory/mdn.h"

static double complex find_root(double share, double complex unit_root) {
    double complex z = unit_root * cexp(-share);
    for (int i = 0; i < 10; i++)
        z = unit_root * cexp(share * (z - 1));
    for (int i = 0; i < 100; i++) {
        double complex mapped = unit_root * cexp(share * (z - 1));
        double complex step = (z - mapped) / (1 - share * mapped);
        z -= step;
        if (cabs(step) <= 1e-16)
            break;
    }
    return z;
}

enum oh_theory_status oh_mdn(double arrival_rate_per_s, double handle_time_s, int agents,
                             struct oh_mdn *result) {
    if (!(arrival_rate_per_s > 0 && handle_time_s > 0 && agents >= 1))
        return OH_THEORY_RANGE;
    double load = arrival_rate_per_s * handle_time_s;
    double idle = agents - load;
    if (!(idle > 0))
        return OH_THEORY_UNSTABLE;
    double n = agents;
    double queue = (load * load - n * (n - 1)) / (2 * idle);
    double complex log_product = 0;
    for (int k = 1; k < agents; k++) {
        double complex root = find_root(load / n, cexp(2 * M_PI * I * k / n));
        queue += creal(1 / (1 - root));
        log_product += clog(1 - root);
    }
    result->queue_length_mean = queue;
    result->wait_mean_s = queue / arrival_rate_per_s;
    result->wait_share = 1 - idle * exp(-creal(log_product));
    result->occupancy = load / n;
    return OH_THEORY_OK;
}
