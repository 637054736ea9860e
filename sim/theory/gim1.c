/* sigma = A*((1 - sigma) mu) has the root 1 always and one more in [0, 1) if the queue is stable.
 * In v = 1 - sigma the function v - 1 + A*(v mu) is convex, 0 at 0, falls and rises again through
 * the wanted root. */
#include <gsl/gsl_roots.h>
#include <math.h>

#include "base/assert.h"
#include "theory/single_server.h"

struct gap {
    double (*transform)(double s, const void *context);
    const void *context;
    double service_rate_per_s;
};

static double excess(double v, void *context) {
    const struct gap *gap = context;
    return v - 1 + gap->transform(v * gap->service_rate_per_s, gap->context);
}

static double find_root(gsl_function *function, double low, double high) {
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    OH_INVARIANT(solver != NULL);
    gsl_root_fsolver_set(solver, function, low, high);
    double root = high;
    for (int i = 0; i < 200; i++) {
        gsl_root_fsolver_iterate(solver);
        root = gsl_root_fsolver_root(solver);
        double width = gsl_root_fsolver_x_upper(solver) - gsl_root_fsolver_x_lower(solver);
        if (width <= 1e-15 * root)
            break;
    }
    gsl_root_fsolver_free(solver);
    return root;
}

enum oh_theory_status oh_gim1(double (*transform)(double s, const void *context),
                              const void *context, double gap_mean_s, double service_mean_s,
                              struct oh_gim1 *result) {
    if (!(gap_mean_s > 0 && service_mean_s > 0))
        return OH_THEORY_RANGE;
    if (!(service_mean_s < gap_mean_s))
        return OH_THEORY_UNSTABLE;
    struct gap gap = {transform, context, 1 / service_mean_s};
    gsl_function function = {excess, &gap};
    double low = 1 - service_mean_s / gap_mean_s; /* near the least excess, if not there */
    while (!(excess(low, &gap) < 0)) {
        low /= 2;
        if (low < 1e-12)
            return OH_THEORY_NUMERIC;
    }
    double v = excess(1, &gap) > 0 ? find_root(&function, low, 1) : 1;
    result->sigma = 1 - v;
    result->service_rate_per_s = gap.service_rate_per_s;
    result->wait_mean_s = result->sigma / v * service_mean_s;
    return OH_THEORY_OK;
}

double oh_gim1_wait_within(const struct oh_gim1 *solved, double t_s) {
    return 1 - solved->sigma * exp(-(1 - solved->sigma) * solved->service_rate_per_s * t_s);
}
