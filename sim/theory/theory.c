/* Every model is reduced to the same few numbers and two functions, what became of whom within t
 * and beyond t; all metrics follow from those in one place. */
#include "theory/theory.h"

#include <gsl/gsl_roots.h>
#include <math.h>

#include "base/assert.h"
#include "theory/erlang.h"
#include "theory/offered_wait.h"

const char *const oh_theory_formula_names[OH_THEORY_N_FORMULAS] = {
    [OH_THEORY_OFFERED] = "offered",
    [OH_THEORY_ANSWERED_ONLY] = "answered_only",
    [OH_THEORY_ABANDONS_NEGATIVE] = "abandons_negative",
    [OH_THEORY_EARLY_ABANDONS_EXCLUDED] = "early_abandons_excluded",
    [OH_THEORY_ABANDONS_POSITIVE] = "abandons_positive",
    [OH_THEORY_SHORT_ABANDONS_EXCLUDED] = "short_abandons_excluded",
};

/* A solved queue, shares of all offered. */
struct core {
    double blocked, queued;
    struct oh_wait_split ends;
    double wait_answered_s, wait_abandoned_s, queue_length;
    double max_wait_s;
    struct oh_wait_split (*within)(const struct core *core, double t_s);
    struct oh_wait_split (*beyond)(const struct core *core, double t_s);
    struct oh_erlang_c delay;    /* of M/M/n */
    struct oh_offered_wait *law; /* of the rest that queue; owned */
};

struct oh_theory_model oh_theory_model_init(void) {
    return (struct oh_theory_model){.patience = oh_patience_never_ends(),
                                    .max_wait_s = INFINITY,
                                    .room = -1,
                                    .answer_within_s = 20,
                                    .short_abandon_s = 5};
}

/* ---- the models ---- */

static struct oh_wait_split within_without_queue(const struct core *core, double t_s) {
    (void)t_s;
    return core->ends;
}

static struct oh_wait_split nobody_beyond(const struct core *core, double t_s) {
    (void)core;
    (void)t_s;
    return (struct oh_wait_split){0, 0, 0};
}

static enum oh_theory_status solve_loss(const struct oh_theory_model *model, struct core *core) {
    double load = model->arrival_rate_per_s * model->handle_time_s;
    core->blocked = oh_erlang_b(load, model->agents);
    core->ends.answered = oh_erlang_b_carried(load, model->agents) / load;
    core->within = within_without_queue;
    core->beyond = nobody_beyond;
    core->wait_abandoned_s = NAN;
    return OH_THEORY_OK;
}

static struct oh_wait_split within_delay(const struct core *core, double t_s) {
    return (struct oh_wait_split){.answered = 1 - oh_erlang_c_wait_over(&core->delay, t_s)};
}

static struct oh_wait_split beyond_delay(const struct core *core, double t_s) {
    return (struct oh_wait_split){.answered = oh_erlang_c_wait_over(&core->delay, t_s)};
}

static enum oh_theory_status solve_delay(const struct oh_theory_model *model, struct core *core) {
    enum oh_theory_status status =
        oh_erlang_c(model->arrival_rate_per_s, model->handle_time_s, model->agents, &core->delay);
    core->queued = core->delay.wait_share;
    core->ends.answered = 1;
    core->wait_answered_s = core->delay.wait_mean_s;
    core->wait_abandoned_s = NAN;
    core->queue_length = core->delay.queue_length_mean;
    core->within = within_delay;
    core->beyond = beyond_delay;
    return status;
}

static struct oh_wait_split within_offered_wait(const struct core *core, double t_s) {
    return oh_offered_wait_within(core->law, t_s);
}

static struct oh_wait_split beyond_offered_wait(const struct core *core, double t_s) {
    return oh_offered_wait_beyond(core->law, t_s);
}

static enum oh_theory_status solve_offered_wait(const struct oh_theory_model *model,
                                                struct core *core) {
    struct oh_offered_wait_model queue = {
        .arrival_rate_per_s = model->arrival_rate_per_s,
        .handle_time_s = model->handle_time_s,
        .agents = model->agents,
        .patience = model->patience,
        .max_wait_s = model->max_wait_s,
        .room = model->room < 0 ? INFINITY : model->room,
    };
    enum oh_theory_status status = oh_offered_wait_create(&queue, &core->law);
    if (status != OH_THEORY_OK)
        return status;
    const struct oh_offered_wait_totals *totals = oh_offered_wait_totals(core->law);
    core->blocked = totals->blocked;
    core->queued = totals->queued;
    core->ends = totals->ends;
    core->wait_answered_s = totals->wait_answered_s;
    core->wait_abandoned_s = totals->wait_abandoned_s;
    core->queue_length = totals->queue_length_mean;
    core->within = within_offered_wait;
    core->beyond = beyond_offered_wait;
    return OH_THEORY_OK;
}

static bool has_no_room(const struct oh_theory_model *model) {
    return model->room == 0;
}

static bool is_patience_endless(const struct oh_theory_model *model) {
    return model->patience.kind == OH_PATIENCE_NEVER_ENDS && isinf(model->max_wait_s);
}

static bool is_patience_exponential(const struct oh_theory_model *model) {
    return model->patience.kind == OH_PATIENCE_EXPONENTIAL && isinf(model->max_wait_s);
}

static bool is_any(const struct oh_theory_model *model) {
    (void)model;
    return true;
}

/* The first row that applies is taken. */
static const struct {
    bool (*applies)(const struct oh_theory_model *model);
    const char *name, *name_with_room;
    enum oh_theory_status (*solve)(const struct oh_theory_model *model, struct core *core);
    enum oh_theory_status (*solve_with_room)(const struct oh_theory_model *model,
                                             struct core *core);
} rows[] = {
    {has_no_room, "M/M/n/n", "M/M/n/n", solve_loss, solve_loss},
    {is_patience_endless, "M/M/n", "M/M/n/n+r", solve_delay, solve_offered_wait},
    {is_patience_exponential, "M/M/n+M", "M/M/n/n+r+M", solve_offered_wait, solve_offered_wait},
    {is_any, "M/M/n+G", "M/M/n/n+r+G", solve_offered_wait, solve_offered_wait},
};

/* ---- from a solved queue to metrics ---- */

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NAN;
}

static double share(double part, double whole) {
    double value = ratio(part, whole);
    return isnan(value) ? value : fmin(1, fmax(0, value));
}

/* Which callers a wait is of. */
typedef double (*pick_group)(struct oh_wait_split split);

static double pick_answered(struct oh_wait_split split) {
    return split.answered;
}

static double pick_abandoned(struct oh_wait_split split) {
    return split.abandoned;
}

static double pick_all(struct oh_wait_split split) {
    return split.answered + split.abandoned + split.cut_off;
}

struct quantile {
    const struct core *core;
    pick_group pick;
    double target;
};

static double short_of_target(double t_s, void *context) {
    const struct quantile *quantile = context;
    return quantile->pick(quantile->core->within(quantile->core, t_s)) - quantile->target;
}

/* The least t >= `low` with P(W <= t) >= p, some multiple of `scale_s`, by Brent's method, which
 * halves where the distribution jumps. */
static double percentile(const struct core *core, pick_group pick, double scale_s, double low,
                         double p) {
    double all = pick(core->ends);
    struct quantile quantile = {core, pick, p * all};
    if (short_of_target(low, &quantile) >= 0)
        return low;
    double high = fmax(2 * low, scale_s);
    while (short_of_target(high, &quantile) < 0)
        high *= 2;
    gsl_function function = {short_of_target, &quantile};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    OH_INVARIANT(solver != NULL);
    gsl_root_fsolver_set(solver, &function, low, high);
    for (int i = 0; i < 300; i++) {
        gsl_root_fsolver_iterate(solver);
        high = gsl_root_fsolver_x_upper(solver);
        if (high - gsl_root_fsolver_x_lower(solver) <= 1e-14 * high)
            break;
    }
    gsl_root_fsolver_free(solver);
    return fmin(high, core->max_wait_s);
}

static void fill_waits(const struct oh_theory_model *model, const struct core *core,
                       pick_group pick, double mean_s, double scale_s,
                       struct oh_theory_waits *waits) {
    double all = pick(core->ends);
    if (!(all > 0))
        return;
    waits->mean = mean_s;
    waits->p50 = percentile(core, pick, scale_s, 0, 0.50);
    waits->p80 = percentile(core, pick, scale_s, waits->p50, 0.80);
    waits->p90 = percentile(core, pick, scale_s, waits->p80, 0.90);
    waits->p95 = percentile(core, pick, scale_s, waits->p90, 0.95);
    waits->p99 = percentile(core, pick, scale_s, waits->p95, 0.99);
    for (size_t i = 0; i < model->n_tails; i++)
        waits->over[i] = share(pick(core->beyond(core, model->tails_s[i])), all);
}

static void fill_service_levels(const struct oh_theory_model *model, const struct core *core,
                                struct oh_theory_result *result) {
    struct oh_wait_split soon = core->within(core, model->answer_within_s);
    struct oh_wait_split late = core->beyond(core, model->answer_within_s);
    double answered = core->ends.answered;
    double left = core->ends.abandoned + core->ends.cut_off;
    double left_soon = soon.abandoned + soon.cut_off;
    double left_late = late.abandoned + late.cut_off;
    double abandoned_late = core->beyond(core, model->short_abandon_s).abandoned;
    double *levels = result->service_levels;
    levels[OH_THEORY_OFFERED] = share(soon.answered, 1);
    levels[OH_THEORY_ANSWERED_ONLY] = share(soon.answered, answered);
    levels[OH_THEORY_ABANDONS_NEGATIVE] = share(soon.answered, answered + left);
    levels[OH_THEORY_EARLY_ABANDONS_EXCLUDED] = share(soon.answered, answered + left_late);
    levels[OH_THEORY_ABANDONS_POSITIVE] = share(soon.answered + left_soon, answered + left);
    levels[OH_THEORY_SHORT_ABANDONS_EXCLUDED] =
        share(soon.answered, answered + abandoned_late + core->ends.cut_off);
    result->service_level = levels[model->formula];
    result->abandonment_after_short =
        share(abandoned_late, answered + abandoned_late + core->ends.cut_off + core->blocked);
}

static void fill(const struct oh_theory_model *model, const struct core *core,
                 struct oh_theory_result *result) {
    double arrivals = model->arrival_rate_per_s;
    double admitted = pick_all(core->ends);
    result->reached = core->ends.answered;
    result->abandonment = core->ends.abandoned;
    result->blocking = model->full_room_disconnects ? 0 : core->blocked;
    result->disconnection = core->ends.cut_off + (model->full_room_disconnects ? core->blocked : 0);
    result->delayed_share = core->queued;
    result->wait_delayed_mean = ratio(core->queue_length, arrivals * core->queued);
    double wait_all_s = ratio(core->queue_length, arrivals * admitted);
    fill_waits(model, core, pick_answered, core->wait_answered_s, result->wait_delayed_mean,
               &result->wait_answered);
    fill_waits(model, core, pick_abandoned, core->wait_abandoned_s, result->wait_delayed_mean,
               &result->wait_abandoned);
    fill_waits(model, core, pick_all, wait_all_s, result->wait_delayed_mean, &result->wait_all);
    fill_service_levels(model, core, result);
    result->busy_agents_mean = core->ends.answered * result->offered_load;
    result->occupancy = fmin(1, result->busy_agents_mean / model->agents);
    result->queue_length_mean = core->queue_length;
    result->lines_busy_mean = result->busy_agents_mean + core->queue_length;
}

/* ---- the entry ---- */

static bool is_positive(double value) {
    return value > 0 && isfinite(value);
}

static bool is_in_range(const struct oh_theory_model *model) {
    bool tails_are_usable = model->n_tails <= OH_THEORY_TAILS;
    for (size_t i = 0; tails_are_usable && i < model->n_tails; i++)
        tails_are_usable = model->tails_s[i] >= 0;
    bool patience_is_usable =
        model->patience.kind != OH_PATIENCE_EXPONENTIAL || model->patience.mean_s > 0;
    return tails_are_usable && patience_is_usable && is_positive(model->arrival_rate_per_s) &&
           is_positive(model->handle_time_s) &&
           is_positive(model->arrival_rate_per_s * model->handle_time_s) && model->agents >= 1 &&
           model->max_wait_s > 0 && !isnan(model->room) && floor(model->room) == model->room &&
           model->answer_within_s >= 0 && model->short_abandon_s >= 0 &&
           (unsigned)model->formula < OH_THEORY_N_FORMULAS;
}

static struct oh_theory_result no_result(const struct oh_theory_model *model) {
    static const struct oh_theory_waits no_waits = {
        NAN, NAN, NAN, NAN, NAN, NAN, {NAN, NAN, NAN, NAN}};
    struct oh_theory_result result = {
        .offered_load = model->arrival_rate_per_s * model->handle_time_s,
        .reached = NAN,
        .abandonment = NAN,
        .abandonment_after_short = NAN,
        .blocking = NAN,
        .disconnection = NAN,
        .delayed_share = NAN,
        .wait_answered = no_waits,
        .wait_abandoned = no_waits,
        .wait_all = no_waits,
        .wait_delayed_mean = NAN,
        .service_level = NAN,
        .service_levels = {NAN, NAN, NAN, NAN, NAN, NAN},
        .occupancy = NAN,
        .busy_agents_mean = NAN,
        .queue_length_mean = NAN,
        .lines_busy_mean = NAN,
        .n_tails = model->n_tails <= OH_THEORY_TAILS ? model->n_tails : 0,
    };
    for (size_t i = 0; i < OH_THEORY_TAILS; i++)
        result.tails_s[i] = model->tails_s[i];
    return result;
}

enum oh_theory_status oh_theory_solve(const struct oh_theory_model *model,
                                      struct oh_theory_result *result, const char **model_name) {
    struct oh_theory_model queue = *model;
    if (queue.patience.kind == OH_PATIENCE_EXPONENTIAL)
        queue.patience = oh_patience_exponential(queue.patience.mean_s);
    size_t row = 0;
    while (!rows[row].applies(&queue))
        row++;
    bool limited = queue.room >= 0 && isfinite(queue.room);
    if (model_name != NULL)
        *model_name = limited ? rows[row].name_with_room : rows[row].name;
    *result = no_result(&queue);
    if (!is_in_range(&queue))
        return OH_THEORY_RANGE;
    struct core core = {.max_wait_s = queue.max_wait_s};
    enum oh_theory_status status =
        (limited ? rows[row].solve_with_room : rows[row].solve)(&queue, &core);
    if (status == OH_THEORY_OK)
        fill(&queue, &core, result);
    oh_offered_wait_destroy(core.law);
    return status;
}
