/* The chain is solved by the elimination of W. Grassmann, M. Taksar and D. Heyman (Regenerative
 * analysis and steady state distributions for Markov chains, 1985), which never subtracts, on the
 * band that the transitions fill. States are numbered so that the band is narrow: the smaller of
 * the two dimensions runs fastest. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "theory/erlang.h"
#include "theory/redial.h"

static const double CELLS_MAX = 16777216; /* of 8 bytes */
static const double WORK_MAX = 2e9;       /* multiplications, some seconds */
static const double NO_WEIGHT = 1e-16;

struct chain {
    const struct oh_redial_model *model;
    size_t full;  /* most calls in system */
    size_t orbit; /* most people about to redial that are held */
    size_t n, band;
    double *rate;  /* of row r and column c: rate[r * (2 * band + 1) + c - r + band] */
    double *share; /* P(state) */
};

static size_t state_of(const struct chain *chain, size_t calls, size_t orbit) {
    return chain->full <= chain->orbit ? orbit * (chain->full + 1) + calls
                                       : calls * (chain->orbit + 1) + orbit;
}

static double *cell(const struct chain *chain, size_t row, size_t column) {
    return &chain->rate[row * (2 * chain->band + 1) + column + chain->band - row];
}

static void add(struct chain *chain, size_t from, size_t to, double rate) {
    if (rate > 0)
        *cell(chain, from, to) += rate;
}

static size_t busy(const struct oh_redial_model *model, size_t calls) {
    return calls < (size_t)model->agents ? calls : (size_t)model->agents;
}

static void add_transitions(struct chain *chain, size_t calls, size_t orbit) {
    const struct oh_redial_model *model = chain->model;
    size_t here = state_of(chain, calls, orbit);
    size_t joined = orbit < chain->orbit ? orbit + 1 : orbit;
    double redials = (double)orbit / model->redial_delay_s;
    if (calls < chain->full) {
        add(chain, here, state_of(chain, calls + 1, orbit), model->first_rate_per_s);
        if (orbit > 0)
            add(chain, here, state_of(chain, calls + 1, orbit - 1), redials);
    } else {
        if (joined != orbit)
            add(chain, here, state_of(chain, calls, joined),
                model->first_rate_per_s * model->redial_after_block);
        if (orbit > 0)
            add(chain, here, state_of(chain, calls, orbit - 1),
                redials * (1 - model->redial_after_block));
    }
    if (calls == 0)
        return;
    double served = (double)busy(model, calls) / model->handle_time_s;
    double given_up = (double)(calls - busy(model, calls)) / model->patience_mean_s;
    double again = joined != orbit ? model->redial_after_abandon : 0;
    add(chain, here, state_of(chain, calls - 1, orbit), served + given_up * (1 - again));
    if (again > 0)
        add(chain, here, state_of(chain, calls - 1, joined), given_up * again);
}

/* Takes state `last` out: what passed through it goes on directly. */
static void eliminate(struct chain *chain, size_t last) {
    size_t low = last > chain->band ? last - chain->band : 0;
    const double *from_last = cell(chain, last, low);
    double leaving = 0;
    for (size_t i = low; i < last; i++)
        leaving += from_last[i - low];
    for (size_t i = low; i < last; i++) {
        double *into_last = cell(chain, i, last);
        if (*into_last == 0)
            continue;
        *into_last /= leaving;
        double *row = cell(chain, i, low);
        for (size_t j = 0; j < last - low; j++)
            row[j] += *into_last * from_last[j];
    }
}

static void substitute_back(struct chain *chain) {
    double sum = 1;
    chain->share[0] = 1;
    for (size_t state = 1; state < chain->n; state++) {
        double share = 0;
        for (size_t i = state > chain->band ? state - chain->band : 0; i < state; i++)
            share += chain->share[i] * *cell(chain, i, state);
        chain->share[state] = share;
        sum += share;
        if (sum > 1e250) {
            for (size_t i = 0; i <= state; i++)
                chain->share[i] /= sum;
            sum = 1;
        }
    }
    for (size_t i = 0; i < chain->n; i++)
        chain->share[i] /= sum;
}

static void solve(struct chain *chain) {
    chain->rate = oh_calloc(chain->n * (2 * chain->band + 1), sizeof(double));
    chain->share = oh_calloc(chain->n, sizeof(double));
    for (size_t calls = 0; calls <= chain->full; calls++)
        for (size_t orbit = 0; orbit <= chain->orbit; orbit++)
            add_transitions(chain, calls, orbit);
    for (size_t last = chain->n - 1; last > 0; last--)
        eliminate(chain, last);
    substitute_back(chain);
}

/* All quantities from the four flows, per second. */
static struct oh_redial from_flows(const struct oh_redial_model *model, double attempts,
                                   double blocked, double abandoned, double served) {
    return (struct oh_redial){
        .orbit_mean = (attempts - model->first_rate_per_s) * model->redial_delay_s,
        .occupancy = served * model->handle_time_s / model->agents,
        .attempt_rate_per_s = attempts,
        .attempts_per_first_call = attempts / model->first_rate_per_s,
        .blocked_per_attempt = blocked / attempts,
        .abandoned_per_attempt = abandoned / attempts,
        .served_per_attempt = served / attempts,
        .served_per_first_call = served / model->first_rate_per_s,
    };
}

static struct oh_redial measure(const struct chain *chain) {
    const struct oh_redial_model *model = chain->model;
    double redials = 0, blocked = 0, queue = 0, at_work = 0, at_end = 0;
    for (size_t calls = 0; calls <= chain->full; calls++) {
        for (size_t orbit = 0; orbit <= chain->orbit; orbit++) {
            double share = chain->share[state_of(chain, calls, orbit)];
            double redial_rate = (double)orbit / model->redial_delay_s;
            redials += share * redial_rate;
            queue += share * (double)(calls - busy(model, calls));
            at_work += share * (double)busy(model, calls);
            blocked += calls == chain->full ? share * (model->first_rate_per_s + redial_rate) : 0;
            at_end += orbit == chain->orbit ? share : 0;
        }
    }
    struct oh_redial result =
        from_flows(model, model->first_rate_per_s + redials, blocked,
                   queue / model->patience_mean_s, at_work / model->handle_time_s);
    result.orbit_mean = redials * model->redial_delay_s;
    result.queue_length_mean = queue;
    result.cut_off_weight = at_end;
    return result;
}

static enum oh_theory_status solve_up_to(const struct oh_redial_model *model, size_t orbit,
                                         struct oh_redial *result) {
    struct chain chain = {.model = model, .full = (size_t)model->agents + (size_t)model->room};
    chain.orbit = orbit;
    chain.n = (chain.full + 1) * (orbit + 1);
    chain.band = (chain.full < orbit ? chain.full : orbit) + 1;
    double band = (double)chain.band;
    if ((double)chain.n * (2 * band + 1) > CELLS_MAX || (double)chain.n * band * band > WORK_MAX)
        return OH_THEORY_TOO_LARGE;
    solve(&chain);
    *result = measure(&chain);
    free(chain.rate);
    free(chain.share);
    return OH_THEORY_OK;
}

static int is_share(double value) {
    return value >= 0 && value <= 1;
}

static int is_positive(double value) {
    return value > 0 && isfinite(value);
}

/* People leave for ever by being served, by not redialling when they give up, or when they are
 * blocked. Only if the last never happens can the orbit outgrow the rest, and then the room is
 * always full. */
static enum oh_theory_status check(const struct oh_redial_model *model) {
    if (!(is_positive(model->first_rate_per_s) && is_positive(model->handle_time_s) &&
          model->agents >= 1 && model->room >= 0 && model->patience_mean_s > 0 &&
          is_positive(model->redial_delay_s) && is_share(model->redial_after_block) &&
          is_share(model->redial_after_abandon)))
        return OH_THEORY_RANGE;
    double leaving = model->agents / model->handle_time_s +
                     model->room / model->patience_mean_s * (1 - model->redial_after_abandon);
    int stable = model->redial_after_block < 1 || model->first_rate_per_s < leaving;
    return stable ? OH_THEORY_OK : OH_THEORY_UNSTABLE;
}

enum oh_theory_status oh_redial(const struct oh_redial_model *model, struct oh_redial *result) {
    enum oh_theory_status status = oh_redial_slow(model, result);
    if (status != OH_THEORY_OK)
        return status;
    double guess = result->orbit_mean + 10 * sqrt(result->orbit_mean) + 20;
    do {
        if (guess > CELLS_MAX)
            return OH_THEORY_TOO_LARGE;
        status = solve_up_to(model, (size_t)guess, result);
        guess *= 1.5;
    } while (status == OH_THEORY_OK && result->cut_off_weight > NO_WEIGHT);
    return status;
}

/* ---- redials as a stream of their own ---- */

/* First attempts that would make `attempts` in all, with the state at that rate in *busy_state. */
static double first_attempts(const struct oh_redial_model *model, double attempts,
                             struct oh_erlang_a *at_rate, enum oh_theory_status *status) {
    struct oh_erlang_a_model queue = {attempts, model->handle_time_s, model->agents,
                                      model->patience_mean_s, model->room};
    *status = oh_erlang_a(&queue, at_rate);
    return attempts * (at_rate->answered + (1 - model->redial_after_block) * at_rate->blocked +
                       (1 - model->redial_after_abandon) * at_rate->abandoned);
}

enum oh_theory_status oh_redial_slow(const struct oh_redial_model *model,
                                     struct oh_redial *result) {
    enum oh_theory_status status = check(model);
    if (status != OH_THEORY_OK)
        return status;
    struct oh_erlang_a state;
    double low = model->first_rate_per_s;
    double high = low;
    while (first_attempts(model, high, &state, &status) < model->first_rate_per_s) {
        if (status != OH_THEORY_OK || high > 1e12 * low)
            return status != OH_THEORY_OK ? status : OH_THEORY_NUMERIC;
        high *= 2;
    }
    while (high - low > 1e-15 * high) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        if (first_attempts(model, middle, &state, &status) < model->first_rate_per_s)
            low = middle;
        else
            high = middle;
    }
    first_attempts(model, high, &state, &status);
    if (status != OH_THEORY_OK)
        return status;
    *result = from_flows(model, high, high * state.blocked, high * state.abandoned,
                         high * state.answered);
    result->queue_length_mean = state.queue_length_mean;
    return OH_THEORY_OK;
}
