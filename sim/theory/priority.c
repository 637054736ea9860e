#include <math.h>

#include "theory/erlang.h"
#include "theory/priority.h"

/* W_k = C / (n mu (1 - s_{k-1}) (1 - s_k)), where s_k is the share of the agents that classes up
 * to k need. With all classes too much together, class k sees the agents busy with others all the
 * time: C = 1. */
enum oh_theory_status oh_priority_mmn(const double *arrival_rates_per_s, size_t n_classes,
                                      double handle_time_s, int agents, double *wait_mean_s) {
    double rate = 0;
    for (size_t k = 0; k < n_classes; k++) {
        if (!(arrival_rates_per_s[k] >= 0))
            return OH_THEORY_RANGE;
        rate += arrival_rates_per_s[k];
    }
    if (!(rate > 0 && handle_time_s > 0 && agents >= 1))
        return OH_THEORY_RANGE;
    struct oh_erlang_c all;
    double wait_share =
        oh_erlang_c(rate, handle_time_s, agents, &all) == OH_THEORY_OK ? all.wait_share : 1;
    double step = handle_time_s / agents;
    double idle_before = 1;
    double ahead = 0;
    for (size_t k = 0; k < n_classes; k++) {
        ahead += arrival_rates_per_s[k] * step;
        double idle = 1 - ahead;
        wait_mean_s[k] = idle > 0 ? wait_share * step / (idle_before * idle) : INFINITY;
        idle_before = idle;
    }
    return OH_THEORY_OK;
}

static double work(const struct oh_priority_class *class) {
    return class->arrival_rate_per_s * class->service_mean_s;
}

/* Mean service that an arrival finds still to be done, of callers of this class. */
static double residual(const struct oh_priority_class *class) {
    return class->arrival_rate_per_s * class->service_second / 2;
}

enum oh_theory_status oh_priority_mg1(const struct oh_priority_class *classes, size_t n_classes,
                                      struct oh_priority_waits *waits) {
    double all_work = 0;
    double all_residual = 0;
    for (size_t k = 0; k < n_classes; k++) {
        if (!(classes[k].arrival_rate_per_s >= 0 && classes[k].service_mean_s > 0 &&
              classes[k].service_second > 0))
            return OH_THEORY_RANGE;
        all_work += work(&classes[k]);
        all_residual += residual(&classes[k]);
    }
    if (!(all_work < 1))
        return OH_THEORY_UNSTABLE;
    double idle_before = 1;
    double residual_ahead = 0;
    for (size_t k = 0; k < n_classes; k++) {
        double idle = idle_before - work(&classes[k]);
        residual_ahead += residual(&classes[k]);
        waits[k].wait_mean_s = all_residual / (idle_before * idle);
        waits[k].sojourn_mean_s = waits[k].wait_mean_s + classes[k].service_mean_s;
        waits[k].sojourn_preemptive_mean_s =
            classes[k].service_mean_s / idle_before + residual_ahead / (idle_before * idle);
        idle_before = idle;
    }
    return OH_THEORY_OK;
}
