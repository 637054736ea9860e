/* Erlang C in closed form, from Erlang B. */
#include <limits.h>
#include <math.h>

#include "theory/erlang.h"

enum oh_theory_status oh_erlang_c(double arrival_rate_per_s, double handle_time_s, int agents,
                                  struct oh_erlang_c *result) {
    if (!(arrival_rate_per_s > 0 && handle_time_s > 0 && agents >= 1))
        return OH_THEORY_RANGE;
    double load = arrival_rate_per_s * handle_time_s;
    if (!(load < agents))
        return OH_THEORY_UNSTABLE;
    double blocking = oh_erlang_b(load, agents);
    double idle = agents - load;
    result->wait_share = agents * blocking / (idle + load * blocking);
    result->wait_delayed_mean_s = handle_time_s / idle;
    result->wait_mean_s = result->wait_share * result->wait_delayed_mean_s;
    result->queue_length_mean = result->wait_share * load / idle;
    result->occupancy = load / agents;
    return OH_THEORY_OK;
}

double oh_erlang_c_wait_over(const struct oh_erlang_c *solved, double t_s) {
    return solved->wait_share * exp(-t_s / solved->wait_delayed_mean_s);
}

double oh_erlang_c_percentile(const struct oh_erlang_c *solved, double p) {
    double over = 1 - p;
    if (solved->wait_share <= over)
        return 0;
    return solved->wait_delayed_mean_s * log(solved->wait_share / over);
}

static int meets(double arrival_rate_per_s, double handle_time_s, int agents, double t_s,
                 double target) {
    struct oh_erlang_c solved;
    if (oh_erlang_c(arrival_rate_per_s, handle_time_s, agents, &solved) != OH_THEORY_OK)
        return 0;
    return 1 - oh_erlang_c_wait_over(&solved, t_s) >= target;
}

enum oh_theory_status oh_erlang_c_least_agents(double arrival_rate_per_s, double handle_time_s,
                                               double t_s, double target, int *agents) {
    double load = arrival_rate_per_s * handle_time_s;
    if (!(arrival_rate_per_s > 0 && handle_time_s > 0 && t_s >= 0 && target < 1))
        return OH_THEORY_RANGE;
    if (!(load < INT_MAX / 4))
        return OH_THEORY_NO_ANSWER;
    int fails = (int)load; /* unstable */
    int step = 1;
    while (!meets(arrival_rate_per_s, handle_time_s, fails + step, t_s, target))
        step *= 2;
    int passes = fails + step;
    while (passes - fails > 1) {
        int middle = fails + (passes - fails) / 2;
        if (meets(arrival_rate_per_s, handle_time_s, middle, t_s, target))
            passes = middle;
        else
            fails = middle;
    }
    *agents = passes;
    return OH_THEORY_OK;
}
