/* Who finds n + j in the system starts at place m = j + 1 of the queue. From place i the next thing
 * to happen to this caller, or ahead, comes at rate n mu + i theta, and it is the caller's own
 * giving up with chance theta/(n mu + i theta). Hence, with all terms positive,
 *
 *   P(served | m) = n mu/(n mu + m theta)
 *   E[wait | m, served] = sum over i <= m of 1/(n mu + i theta)
 *   E[wait; gives up | m] = sum over i <= m of i theta/(n mu + i theta), over n mu + m theta */
#include <math.h>

#include "theory/birth_death.h"
#include "theory/erlang.h"

enum { STATES_MAX = 1000000 };

struct rates {
    double arrival, service, giving_up; /* the last two each */
    double agents;
};

static double birth(double state, const void *context) {
    (void)state;
    const struct rates *rates = context;
    return rates->arrival;
}

static double death(double state, const void *context) {
    const struct rates *rates = context;
    return fmin(state, rates->agents) * rates->service +
           fmax(state - rates->agents, 0) * rates->giving_up;
}

struct sums {
    double queued, answered, waited_answered, waited_abandoned, queue, busy;
};

static struct sums sum_states(const struct rates *rates, const struct oh_stationary *stationary,
                              double last) {
    struct sums sums = {0};
    double all = rates->agents * rates->service;
    double served_wait = 0;  /* sum over i <= m of 1/(n mu + i theta) */
    double gives_up_sum = 0; /* ... of i theta/(n mu + i theta) */
    /* The sums run over the places of the queue, so they start at the first, though it may have no
     * weight. */
    double place = 0;
    for (size_t i = 0; i < stationary->n; i++) {
        double state = stationary->first + (double)i;
        double share = stationary->share[i];
        sums.busy += share * fmin(state, rates->agents);
        sums.queue += share * fmax(0, state - rates->agents);
        if (state < rates->agents) {
            if (state < last)
                sums.answered += share;
            continue;
        }
        if (state >= last)
            break;
        double leaving = all;
        while (place < state - rates->agents + 1) {
            place++;
            leaving = all + place * rates->giving_up;
            served_wait += 1 / leaving;
            gives_up_sum += place * rates->giving_up / leaving;
        }
        sums.queued += share;
        sums.answered += share * all / leaving;
        sums.waited_answered += share * all / leaving * served_wait;
        sums.waited_abandoned += share * gives_up_sum / leaving;
    }
    return sums;
}

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NAN;
}

enum oh_theory_status oh_erlang_a(const struct oh_erlang_a_model *model,
                                  struct oh_erlang_a *result) {
    if (!(model->arrival_rate_per_s > 0 && isfinite(model->arrival_rate_per_s) &&
          model->handle_time_s > 0 && isfinite(model->handle_time_s) && model->agents >= 1 &&
          model->patience_mean_s > 0 && model->room >= 0))
        return OH_THEORY_RANGE;
    struct rates rates = {model->arrival_rate_per_s, 1 / model->handle_time_s,
                          1 / model->patience_mean_s, model->agents};
    double last = model->agents + model->room;
    struct oh_birth_death chain = {birth, death, &rates, last};
    struct oh_stationary stationary;
    enum oh_theory_status status = oh_birth_death_solve(&chain, STATES_MAX, &stationary);
    if (status != OH_THEORY_OK)
        return status;
    struct sums sums = sum_states(&rates, &stationary, last);
    result->blocked = isinf(last) ? 0 : oh_stationary_share(&stationary, last);
    result->queued = sums.queued;
    result->answered = sums.answered;
    result->abandoned = rates.giving_up * sums.queue / rates.arrival;
    result->wait_answered_s = ratio(sums.waited_answered, sums.answered);
    result->wait_abandoned_s = ratio(sums.waited_abandoned, result->abandoned);
    result->queue_length_mean = sums.queue;
    result->wait_all_s = ratio(sums.queue / rates.arrival, result->answered + result->abandoned);
    result->occupancy = sums.busy / rates.agents;
    oh_stationary_fini(&stationary);
    return OH_THEORY_OK;
}
