/* What must hold of every queue, however large, empty, overloaded or impatient; and the limits
 * between the models. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "theory/birth_death.h"
#include "theory/erlang.h"
#include "theory/offered_wait.h"
#include "theory/theory.h"

static bool is_near(double a, double b, double tolerance) {
    return fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b));
}

static void assert_near(double a, double b, double tolerance) {
    if (!is_near(a, b, tolerance))
        fail_msg("%.15g is not %.15g", a, b);
}

/* ---- the grid ---- */

static const int agent_counts[] = {1, 3, 50, 1850, 100000};
static const double loads_per_agent[] = {1e-8, 0.5, 0.98, 1, 2.3, 1e4};
static const double patiences_s[] = {1e-9, 120, 4320, 1e7, 1e14, INFINITY};
static const double rooms[] = {-1, 1, 40, 5800};
static const double max_waits_s[] = {INFINITY, 600};

static void on_the_grid(double max_wait_s, void (*check)(const struct oh_theory_model *model)) {
    struct oh_theory_model model = oh_theory_model_init();
    model.handle_time_s = 300;
    model.max_wait_s = max_wait_s;
    model.n_tails = 2;
    model.tails_s[0] = 60;
    model.tails_s[1] = 600;
    for (size_t a = 0; a < sizeof agent_counts / sizeof *agent_counts; a++)
        for (size_t l = 0; l < sizeof loads_per_agent / sizeof *loads_per_agent; l++)
            for (size_t p = 0; p < sizeof patiences_s / sizeof *patiences_s; p++)
                for (size_t r = 0; r < sizeof rooms / sizeof *rooms; r++) {
                    model.agents = agent_counts[a];
                    model.arrival_rate_per_s =
                        loads_per_agent[l] * model.agents / model.handle_time_s;
                    model.patience = oh_patience_exponential(patiences_s[p]);
                    model.room = rooms[r];
                    check(&model);
                }
}

static void say(const struct oh_theory_model *model) {
    print_message("agents %d, load %g, patience %g s, room %g, max wait %g s\n", model->agents,
                  model->arrival_rate_per_s * model->handle_time_s, model->patience.mean_s,
                  model->room, model->max_wait_s);
}

static bool is_share(double value) {
    return value >= 0 && value <= 1;
}

static bool is_wait(const struct oh_theory_waits *waits) {
    return waits->mean >= 0 && waits->p50 >= 0 && waits->p50 <= waits->p80 &&
           waits->p80 <= waits->p90 && waits->p90 <= waits->p95 && waits->p95 <= waits->p99 &&
           isfinite(waits->p99) && is_share(waits->over[0]) && is_share(waits->over[1]) &&
           waits->over[0] >= waits->over[1];
}

/* The waits of all are those of the answered, of who gave up, and of who was cut off. */
static bool waits_add_up(const struct oh_theory_model *model,
                         const struct oh_theory_result *result) {
    double given_up =
        result->abandonment > 0 ? result->abandonment * result->wait_abandoned.mean : 0;
    double cut_off = result->disconnection > 0 ? result->disconnection * model->max_wait_s : 0;
    double parts = result->reached * result->wait_answered.mean + given_up + cut_off;
    return is_near(parts, result->wait_all.mean * (1 - result->blocking), 1e-9);
}

static bool holds_together(const struct oh_theory_model *model,
                           const struct oh_theory_result *result) {
    double sum = result->reached + result->abandonment + result->blocking + result->disconnection;
    bool levels = true;
    for (int i = 0; i < OH_THEORY_N_FORMULAS; i++)
        levels = levels && is_share(result->service_levels[i]);
    double given_up =
        result->queue_length_mean / model->patience.mean_s / model->arrival_rate_per_s;
    bool somebody_left = result->abandonment > 0;
    return fabs(sum - 1) < 1e-12 && levels && is_share(result->occupancy) &&
           is_share(result->delayed_share) && is_share(result->abandonment_after_short) &&
           is_near(result->abandonment, given_up, 1e-9) && waits_add_up(model, result) &&
           is_wait(&result->wait_answered) && is_wait(&result->wait_all) &&
           (somebody_left ? is_wait(&result->wait_abandoned) : isnan(result->wait_abandoned.p50));
}

static void check_whole(const struct oh_theory_model *model) {
    struct oh_theory_result result;
    enum oh_theory_status status = oh_theory_solve(model, &result, NULL);
    bool unstable = isinf(model->patience.mean_s) && model->room < 0 && isinf(model->max_wait_s) &&
                    model->arrival_rate_per_s * model->handle_time_s >= model->agents;
    if (status == (unstable ? OH_THEORY_UNSTABLE : OH_THEORY_OK) &&
        (unstable ? isnan(result.reached) : holds_together(model, &result)))
        return;
    say(model);
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
    size_t n = oh_theory_metrics(&result, metrics);
    for (size_t i = 0; i < n; i++)
        print_message("%s %.15g\n", metrics[i].id, metrics[i].value);
    fail_msg("status %d: shares do not add up, or a wait is impossible", status);
}

static void every_queue_holds_together(void **state) {
    for (size_t i = 0; i < sizeof max_waits_s / sizeof *max_waits_s; i++)
        on_the_grid(max_waits_s[i], check_whole);
}

/* Two independent ways to the same numbers: sums over states, integrals over waits. */
static void check_chain(const struct oh_theory_model *model) {
    struct oh_erlang_a_model asked = {model->arrival_rate_per_s, model->handle_time_s,
                                      model->agents, model->patience.mean_s,
                                      model->room < 0 ? INFINITY : model->room};
    struct oh_erlang_a chain;
    struct oh_theory_result result;
    if (oh_erlang_a(&asked, &chain) != OH_THEORY_OK ||
        oh_theory_solve(model, &result, NULL) != OH_THEORY_OK)
        return;
    const double pairs[][2] = {{chain.blocked, result.blocking},
                               {chain.queued, result.delayed_share},
                               {chain.abandoned, result.abandonment},
                               {chain.answered, result.reached},
                               {chain.wait_answered_s, result.wait_answered.mean},
                               {chain.wait_abandoned_s, result.wait_abandoned.mean},
                               {chain.wait_all_s, result.wait_all.mean},
                               {chain.queue_length_mean, result.queue_length_mean},
                               {chain.occupancy, result.occupancy}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        double by_states = pairs[i][0];
        double by_waits = pairs[i][1];
        double tolerance = by_states < 1e-100 ? 1e-6 : 1e-10;
        if (is_near(by_states, by_waits, tolerance) || fmax(by_states, by_waits) < 1e-290 ||
            (isnan(by_states) && isnan(by_waits)))
            continue;
        say(model);
        fail_msg("number %zu: %.15g by states, %.15g by waits", i, by_states, by_waits);
    }
}

static void states_and_waits_agree(void **state) {
    on_the_grid(INFINITY, check_chain);
}

/* ---- limits ---- */

static struct oh_theory_model desk(double patience_mean_s) {
    struct oh_theory_model model = oh_theory_model_init();
    model.arrival_rate_per_s = 600.0 / 3600;
    model.handle_time_s = 300;
    model.agents = 55;
    model.patience = oh_patience_exponential(patience_mean_s);
    return model;
}

static struct oh_theory_result solved(const struct oh_theory_model *model, const char *name) {
    struct oh_theory_result result;
    const char *solved_as;
    assert_int_equal(oh_theory_solve(model, &result, &solved_as), OH_THEORY_OK);
    assert_string_equal(solved_as, name);
    return result;
}

static void assert_same(const struct oh_theory_result *one, const struct oh_theory_result *other,
                        double tolerance) {
    struct oh_theory_metric a[OH_THEORY_METRICS_MAX], b[OH_THEORY_METRICS_MAX];
    size_t n = oh_theory_metrics(one, a);
    assert_int_equal(oh_theory_metrics(other, b), n);
    for (size_t i = 0; i < n; i++)
        if (strstr(a[i].id, "abandon") == NULL && !is_near(a[i].value, b[i].value, tolerance) &&
            fmax(a[i].value, b[i].value) > 1e-80 && !(isnan(a[i].value) && isnan(b[i].value)))
            fail_msg("%s: %.15g is not %.15g", a[i].id, a[i].value, b[i].value);
}

static void long_patience_makes_erlang_c(void **state) {
    struct oh_theory_model patient = desk(1e15);
    struct oh_theory_model endless = desk(INFINITY);
    struct oh_theory_result a = solved(&patient, "M/M/n+M");
    struct oh_theory_result c = solved(&endless, "M/M/n");
    assert_same(&a, &c, 1e-9);
    assert_true(a.abandonment < 1e-12);
    patient.patience = (struct oh_patience){.kind = OH_PATIENCE_EXPONENTIAL, .mean_s = INFINITY};
    a = solved(&patient, "M/M/n");
    assert_same(&a, &c, 0);
    patient.patience = oh_patience_exponential(1e4);
    a = solved(&patient, "M/M/n+M");
    assert_false(is_near(a.reached, c.reached, 1e-9));
}

static void no_patience_makes_erlang_b(void **state) {
    struct oh_theory_model impatient = desk(1e-9);
    struct oh_theory_model loss = desk(1e-9);
    loss.room = 0;
    struct oh_theory_result a = solved(&impatient, "M/M/n+M");
    struct oh_theory_result b = solved(&loss, "M/M/n/n");
    assert_near(a.abandonment, b.blocking, 1e-8);
    assert_near(a.occupancy, b.occupancy, 1e-9);
}

static void a_large_room_is_no_limit(void **state) {
    struct oh_theory_model open = desk(INFINITY);
    struct oh_theory_model limited = desk(INFINITY);
    limited.room = 2000;
    struct oh_theory_result c = solved(&open, "M/M/n");
    struct oh_theory_result r = solved(&limited, "M/M/n/n+r");
    assert_same(&c, &r, 1e-9);
}

static double half_stay(double t_s, const void *context) {
    return t_s < 30 ? 1 : 0.5;
}

static void who_never_gives_up_can_fill_the_queue(void **state) {
    struct oh_theory_model model = desk(1);
    model.patience = (struct oh_patience){.kind = OH_PATIENCE_GENERAL, .survival = half_stay};
    solved(&model, "M/M/n+G");
    model.agents = 24; /* half of 50 erlangs never give up */
    struct oh_theory_result result;
    assert_int_equal(oh_theory_solve(&model, &result, NULL), OH_THEORY_UNSTABLE);
    model.max_wait_s = 3600;
    assert_int_equal(oh_theory_solve(&model, &result, NULL), OH_THEORY_OK);
    assert_true(result.disconnection > 0.01);
    model.max_wait_s = INFINITY;
    model.room = 100;
    solved(&model, "M/M/n/n+r+G");
}

/* ---- room and general patience together ---- */

static double constant(double t_s, const void *context) {
    return t_s < *(const double *)context;
}

/* With one place to wait and constant patience d the place is held for min(Exp(n mu), d) at a
 * time: a chain of states 0 ... n + 1 whose last one lasts (1 - exp(-n mu d))/(n mu) on average. */
static void one_place_and_constant_patience(void **state) {
    double patience_s = 20;
    struct oh_theory_model model = desk(1);
    model.agents = 45;
    model.room = 1;
    model.patience = (struct oh_patience){
        .kind = OH_PATIENCE_GENERAL, .survival = constant, .context = &patience_s};
    double release = model.agents / model.handle_time_s;
    double held_s = -expm1(-release * patience_s) / release;
    double lost = exp(-release * patience_s);
    double per_full = model.arrival_rate_per_s * held_s; /* p(n+1)/p(n) */
    double full_agents = oh_erlang_b(model.arrival_rate_per_s * model.handle_time_s, 45);
    double p_n = full_agents / (1 + full_agents * per_full);
    struct oh_theory_result result = solved(&model, "M/M/n/n+r+G");
    assert_near(result.delayed_share, p_n, 1e-11);
    assert_near(result.blocking, p_n * per_full, 1e-11);
    assert_near(result.abandonment, p_n * lost, 1e-11);
    assert_near(result.wait_abandoned.mean, patience_s, 1e-11);
    assert_near(result.wait_abandoned.p50, patience_s, 1e-11);
    assert_near(result.queue_length_mean, p_n * per_full, 1e-11);
    /* exponential patience of the same mean is another queue */
    model.patience = oh_patience_exponential(patience_s);
    result = solved(&model, "M/M/n/n+r+M");
    assert_false(is_near(result.abandonment, p_n * lost, 0.05));
}

static double exponential(double t_s, const void *context) {
    return exp(-t_s / *(const double *)context);
}

static void patience_by_name_and_by_function_are_one(void **state) {
    double mean_s = 120;
    struct oh_theory_model named = desk(mean_s);
    named.room = 12;
    struct oh_theory_model general = named;
    general.patience = (struct oh_patience){
        .kind = OH_PATIENCE_GENERAL, .survival = exponential, .context = &mean_s};
    struct oh_theory_result m = solved(&named, "M/M/n/n+r+M");
    struct oh_theory_result g = solved(&general, "M/M/n/n+r+G");
    assert_same(&m, &g, 1e-11);
    assert_near(m.abandonment, g.abandonment, 1e-11);
    assert_near(m.wait_abandoned.p90, g.wait_abandoned.p90, 1e-10);
}

/* ---- percentiles, goals, names ---- */

static void percentiles_invert_the_tails(void **state) {
    struct oh_theory_model model = desk(120);
    model.agents = 45;
    model.max_wait_s = 60;
    struct oh_theory_result result = solved(&model, "M/M/n+G");
    model.n_tails = 3;
    model.tails_s[0] = result.wait_answered.p80;
    model.tails_s[1] = result.wait_abandoned.p80;
    model.tails_s[2] = result.wait_all.p80;
    result = solved(&model, "M/M/n+G");
    assert_near(result.wait_answered.over[0], 0.2, 1e-10);
    assert_near(result.wait_abandoned.over[1], 0.2, 1e-10);
    assert_near(result.wait_all.over[2], 0.2, 1e-10);
    assert_true(result.wait_all.p99 == 60); /* 1.5% are cut off there */
}

static void a_wait_of_just_the_limit_is_within_it(void **state) {
    struct oh_theory_model model = desk(120);
    model.agents = 45;
    model.max_wait_s = model.answer_within_s = 60;
    struct oh_theory_result at = solved(&model, "M/M/n+G");
    assert_near(at.service_levels[OH_THEORY_ABANDONS_POSITIVE], 1, 1e-13);
    assert_near(at.service_levels[OH_THEORY_EARLY_ABANDONS_EXCLUDED], 1, 1e-13);
    model.answer_within_s = 59.999;
    struct oh_theory_result before = solved(&model, "M/M/n+G");
    assert_true(before.service_levels[OH_THEORY_ABANDONS_POSITIVE] < 1 - at.disconnection);
}

static void short_abandons_leave_the_denominator(void **state) {
    struct oh_theory_model model = desk(120);
    model.agents = 45;
    model.max_wait_s = 60;
    struct oh_theory_result result = solved(&model, "M/M/n+G");
    double all = result.abandonment;
    double later = result.abandonment_after_short; /* (all - short) / (1 - short) */
    double brief = (all - later) / (1 - later);
    assert_near(result.service_levels[OH_THEORY_SHORT_ABANDONS_EXCLUDED],
                result.service_levels[OH_THEORY_OFFERED] / (1 - brief), 1e-12);
}

static void the_blocked_are_no_short_abandons(void **state) {
    struct oh_theory_model model = desk(120);
    model.room = 3;
    struct oh_theory_result result = solved(&model, "M/M/n/n+r+M");
    double brief = 1 - result.blocking -
                   result.service_level / result.service_levels[OH_THEORY_SHORT_ABANDONS_EXCLUDED];
    assert_near(result.abandonment_after_short, (result.abandonment - brief) / (1 - brief), 1e-12);
}

static void a_full_room_blocks_or_disconnects(void **state) {
    struct oh_theory_model model = desk(120);
    model.room = 3;
    struct oh_theory_result busy = solved(&model, "M/M/n/n+r+M");
    model.full_room_disconnects = true;
    struct oh_theory_result told = solved(&model, "M/M/n/n+r+M");
    assert_true(busy.blocking > 0.01 && busy.disconnection == 0);
    assert_true(told.disconnection == busy.blocking && told.blocking == 0);
    assert_true(told.reached == busy.reached);
}

static double slope_to(double t_s, const void *context) {
    return fmax(0, 1 - t_s / *(const double *)context);
}

static double stairs(double t_s, const void *context) { /* a thousand jumps of a thousandth */
    double step = floor(t_s * 5) + (t_s >= 0);
    return fmax(0, 1 - step / 1000);
}

static void a_thousand_jumps_are_nearly_a_slope(void **state) {
    static const double ends_s[] = {200};
    struct oh_theory_model model = desk(1);
    model.agents = 45;
    model.patience = (struct oh_patience){.kind = OH_PATIENCE_GENERAL, .survival = stairs};
    struct oh_theory_result untold = solved(&model, "M/M/n+G");
    double jumps_s[1000];
    for (int i = 0; i < 1000; i++)
        jumps_s[i] = i / 5.0;
    model.patience.breaks_s = jumps_s + 1;
    model.patience.n_breaks = 999;
    struct oh_theory_result told = solved(&model, "M/M/n+G");
    assert_same(&untold, &told, 1e-11);
    assert_near(untold.abandonment, told.abandonment, 1e-11);
    model.patience =
        (struct oh_patience){.kind = OH_PATIENCE_GENERAL, .survival = slope_to, .context = ends_s};
    struct oh_theory_result slope = solved(&model, "M/M/n+G");
    assert_near(untold.abandonment, slope.abandonment, 0.01);
    assert_false(is_near(untold.abandonment, slope.abandonment, 1e-6));
}

static void least_agents_are_least(void **state) {
    static const struct {
        const char *metric;
        bool at_least;
        double value;
    } goals[] = {{"service_level", true, 0.8},
                 {"service_level.early_abandons_excluded", true, 0.9},
                 {"abandonment", false, 0.03},
                 {"wait_all.p90", false, 30},
                 {"occupancy", false, 0.85}};
    for (size_t i = 0; i < sizeof goals / sizeof *goals; i++) {
        struct oh_theory_goal goal = {goals[i].metric, goals[i].at_least, goals[i].value};
        struct oh_theory_model model = desk(120);
        int found, agents = 0;
        struct oh_theory_result result;
        const char *name;
        assert_int_equal(oh_theory_least_agents(&model, &goal, &found, &result, &name),
                         OH_THEORY_OK);
        assert_string_equal(name, "M/M/n+M");
        for (bool met = false; !met;) {
            model.agents = ++agents;
            struct oh_theory_result one = solved(&model, "M/M/n+M");
            double value = oh_theory_metric_value(&one, goal.metric);
            met = goal.at_least ? value >= goal.value : value <= goal.value;
        }
        assert_int_equal(found, agents);
    }
}

static void goals_out_of_reach_are_told(void **state) {
    struct oh_theory_model model = desk(120);
    int agents;
    struct oh_theory_goal more_than_all = {"service_level", true, 1.5};
    assert_int_equal(oh_theory_least_agents(&model, &more_than_all, &agents, NULL, NULL),
                     OH_THEORY_NO_ANSWER);
    struct oh_theory_goal unknown = {"happiness", true, 0.5};
    assert_int_equal(oh_theory_least_agents(&model, &unknown, &agents, NULL, NULL),
                     OH_THEORY_NO_ANSWER);
    struct oh_theory_goal level = {"service_level", true, 0.8};
    model.handle_time_s = 0;
    assert_int_equal(oh_theory_least_agents(&model, &level, &agents, NULL, NULL), OH_THEORY_RANGE);
}

static void numbers_out_of_range_are_refused(void **state) {
    struct oh_theory_result result;
    for (int i = 0; i < 10; i++) {
        struct oh_theory_model model = desk(120);
        model.arrival_rate_per_s = i == 0 ? 0 : i == 1 ? NAN : model.arrival_rate_per_s;
        model.handle_time_s = i == 2 ? -1 : i == 3 ? INFINITY : model.handle_time_s;
        model.agents = i == 4 ? 0 : model.agents;
        model.patience.mean_s = i == 5 ? 0 : i == 6 ? NAN : model.patience.mean_s;
        model.max_wait_s = i == 7 ? 0 : model.max_wait_s;
        model.room = i == 8 ? 1.5 : model.room;
        model.answer_within_s = i == 9 ? -1 : model.answer_within_s;
        assert_int_equal(oh_theory_solve(&model, &result, NULL), OH_THEORY_RANGE);
        assert_true(isnan(result.reached) && isnan(result.wait_all.p99));
    }
    assert_string_equal(oh_theory_status_say(OH_THEORY_RANGE), "a number is out of range");
}

static void every_metric_has_an_id_and_a_unit(void **state) {
    struct oh_theory_model model = desk(120);
    model.n_tails = 2;
    model.tails_s[0] = 600;
    model.tails_s[1] = 2.5;
    struct oh_theory_result result = solved(&model, "M/M/n+M");
    struct oh_theory_metric metrics[OH_THEORY_METRICS_MAX];
    size_t n = oh_theory_metrics(&result, metrics);
    for (size_t i = 0; i < n; i++) {
        assert_true(isfinite(metrics[i].value) && strlen(metrics[i].unit) > 0);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(metrics[i].id, metrics[j].id);
    }
    assert_true(oh_theory_metric_value(&result, "reached") == result.reached);
    assert_true(oh_theory_metric_value(&result, "wait_all.p90") == result.wait_all.p90);
    assert_true(oh_theory_metric_value(&result, "wait_answered.over_2.5s") ==
                result.wait_answered.over[1]);
    assert_true(oh_theory_metric_value(&result, "service_level") == result.service_levels[0]);
    assert_true(isnan(oh_theory_metric_value(&result, "wait_all.over_1s")));
}

/* ---- formulas by themselves ---- */

static void blocking_is_that_of_the_recursion(void **state) {
    static const double loads[] = {1e-6, 0.3, 5, 99, 100, 101, 1000, 99000, 1e5, 1e6};
    for (size_t i = 0; i < sizeof loads / sizeof *loads; i++) {
        long double blocking = 1;
        for (int lines = 1; lines <= 100000; lines++) {
            blocking = loads[i] * blocking / (lines + loads[i] * blocking);
            if (blocking < 1e-300L)
                break;
            if (lines < 150 || lines % 9973 == 0) {
                assert_near(oh_erlang_b(loads[i], lines), (double)blocking, 1e-12);
                assert_near(oh_erlang_b_carried(loads[i], lines),
                            (double)(loads[i] * (1 - blocking)), 1e-12);
            }
        }
    }
}

/* 30-digit values of 1/(a^-x e^a Gamma(x + 1, a)) */
static void blocking_is_defined_between_the_lines(void **state) {
    assert_near(oh_erlang_b(3.7, 2.25), 0.54781729391816677, 1e-14);
    assert_near(oh_erlang_b(0.01, 0.3), 0.27769465950747871, 1e-14);
    assert_near(oh_erlang_b(5, 5.5), 0.23568110260284079, 1e-14);
    assert_near(oh_erlang_b(50, 0.4), 0.99215510616563038, 1e-14);
    assert_true(oh_erlang_b(0, 3) == 0 && oh_erlang_b(7, 0) == 1);
}

static double two_arrive(double state, const void *context) {
    return 2;
}

static double chats_done(double state, const void *context) { /* faster with more at once */
    static const double rates[] = {0, 1, 1.6, 2.1, 2.4};
    return rates[state < 4 ? (size_t)state : 4];
}

/* One agent, at most 4 chats at once, 20 more waiting. */
static void a_birth_death_chain_of_any_rates(void **state) {
    struct oh_birth_death chain = {two_arrive, chats_done, NULL, 24};
    struct oh_stationary shares;
    assert_int_equal(oh_birth_death_solve(&chain, 1000, &shares), OH_THEORY_OK);
    double queue = 0, chats = 0;
    for (int n = 0; n <= 24; n++) {
        double share = oh_stationary_share(&shares, n);
        queue += share * fmax(0, n - 4);
        chats += share * fmin(n, 4);
    }
    assert_near(oh_stationary_share(&shares, 24), 0.002650392926, 1e-9);
    assert_near(queue, 2.703740029, 1e-9);
    assert_near(chats, 3.109898996, 1e-9);
    assert_near(1 - oh_stationary_share(&shares, 0), 0.9487887094, 1e-9);
    assert_true(oh_stationary_share(&shares, 25) == 0);
    oh_stationary_fini(&shares);
    chain.last = INFINITY;
    assert_int_equal(oh_birth_death_solve(&chain, 10, &shares), OH_THEORY_TOO_LARGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_queue_holds_together),
        cmocka_unit_test(states_and_waits_agree),
        cmocka_unit_test(long_patience_makes_erlang_c),
        cmocka_unit_test(no_patience_makes_erlang_b),
        cmocka_unit_test(a_large_room_is_no_limit),
        cmocka_unit_test(who_never_gives_up_can_fill_the_queue),
        cmocka_unit_test(one_place_and_constant_patience),
        cmocka_unit_test(patience_by_name_and_by_function_are_one),
        cmocka_unit_test(percentiles_invert_the_tails),
        cmocka_unit_test(a_wait_of_just_the_limit_is_within_it),
        cmocka_unit_test(short_abandons_leave_the_denominator),
        cmocka_unit_test(the_blocked_are_no_short_abandons),
        cmocka_unit_test(a_full_room_blocks_or_disconnects),
        cmocka_unit_test(a_thousand_jumps_are_nearly_a_slope),
        cmocka_unit_test(least_agents_are_least),
        cmocka_unit_test(goals_out_of_reach_are_told),
        cmocka_unit_test(numbers_out_of_range_are_refused),
        cmocka_unit_test(every_metric_has_an_id_and_a_unit),
        cmocka_unit_test(blocking_is_that_of_the_recursion),
        cmocka_unit_test(blocking_is_defined_between_the_lines),
        cmocka_unit_test(a_birth_death_chain_of_any_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
