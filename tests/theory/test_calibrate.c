/* Calibrations against exact values: what Erlang A makes of known unknowns are the targets, and the unknowns must come
 * back within the limits that the calibration states. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api/calibrate.h"
#include "theory/theory.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static const double RATE = 600 / 3600.0, PATIENCE_S = 120, TALK_S = 300;
enum { AGENTS = 50 };

/* The centre in which everything is known, and what is not is somewhere else. */
static void print_centre(char *yaml, size_t size, int replications, int seed,
                         const char *confidence) {
    snprintf(
        yaml, size,
        "time: {length: 5h, warm_up: 1h}\n"
        "contacts:\n"
        "  calls: {arrivals: {rate: 600/h}, talk: exponential(300s), patience: exponential(120s)}\n"
        "agents: {team: {count: 50}}\n"
        "run: {replications: %d, seed: %d, confidence: %s}\n",
        replications, seed, confidence);
}

/* "total.reached=93.1% ± 0.1%" with the exact value; `tolerance` in the metric's own unit or relative. */
struct exact {
    const char *id, *unit;
    double scale; /* of the unit */
    const char *tolerance;
};
static const struct exact reached = {"reached", "%", 0.01, "0.1%"};
static const struct exact wait = {"wait_answered.mean", "s", 1, "0.1s"};
static const struct exact occupancy = {"occupancy", "%", 0.01, "0.1%"};

static const char *target(struct oh_arena *arena, const struct exact *exact, double rate) {
    struct oh_theory_model model = oh_theory_model_init();
    struct oh_theory_result result;
    model.arrival_rate_per_s = rate;
    model.handle_time_s = TALK_S;
    model.agents = AGENTS;
    model.patience = oh_patience_exponential(PATIENCE_S);
    assert_int_equal(oh_theory_solve(&model, &result, NULL), OH_THEORY_OK);
    double value = oh_theory_metric_value(&result, exact->id) / exact->scale;
    const char *scope = strcmp(exact->id, "occupancy") == 0 ? "agents.team" : "total";
    return oh_arena_printf(arena, "%s.%s=%.6f%s \xC2\xB1 %s", scope, exact->id, value, exact->unit,
                           exact->tolerance);
}

/* All that one calibration needs. */
struct trial {
    struct oh_arena *arena;
    char yaml[512];
    struct oh_model_source source;
    struct oh_model model;
    struct oh_calibration *found;
};

static void trial_run(struct trial *trial, const char *const *free, size_t n_free,
                      const struct exact *const *exacts, size_t n_exacts, double rate,
                      int replications, int seed, const char *confidence) {
    const char *targets[OH_MOST_TARGETS];
    struct oh_fit fit;
    trial->arena = oh_arena_create();
    print_centre(trial->yaml, sizeof trial->yaml, replications, seed, confidence);
    trial->source = (struct oh_model_source){
        .path = "centre.yaml", .text = trial->yaml, .length = strlen(trial->yaml)};
    oh_model_load(&trial->model, &trial->source);
    for (size_t i = 0; i < n_exacts; i++)
        targets[i] = target(trial->arena, exacts[i], rate);
    struct oh_calibrate_request request = {
        .free = free, .n_free = n_free, .targets = targets, .n_targets = n_exacts};
    assert_int_equal(oh_fit_init(&fit, &trial->model, &trial->source, &request), OH_FIT_OK);
    trial->found = oh_fit_run(&fit, &trial->model, &request);
    oh_fit_fini(&fit);
}

static void trial_fini(struct trial *trial) {
    oh_calibration_destroy(trial->found);
    oh_model_fini(&trial->model);
    oh_arena_destroy(trial->arena);
}

static bool holds(const struct oh_fitted *fitted, double truth) {
    return fitted->estimate.low <= truth && truth <= fitted->estimate.high;
}

#define FREE_RATE     "contacts.calls.arrivals.rate=400/h..900/h"
#define FREE_PATIENCE "contacts.calls.patience=exponential({30s..900s})"
#define FREE_TALK     "contacts.calls.talk=exponential({200s..400s})"

static void two_unknowns_come_back(void **state) {
    struct trial trial;
    trial_run(&trial, (const char *[]){FREE_RATE, FREE_PATIENCE}, 2,
              (const struct exact *[]){&reached, &wait}, 2, RATE, 60, 7, "99.9999%");
    assert_true(trial.found->is_met);
    assert_int_equal(trial.found->n_open, 0);
    assert_true(holds(&trial.found->fitted[0], RATE));
    assert_true(holds(&trial.found->fitted[1], PATIENCE_S));
    /* The limits say something. */
    assert_true(oh_half_width(&trial.found->fitted[0].estimate) < 0.03 * RATE);
    assert_true(oh_half_width(&trial.found->fitted[1].estimate) < 0.1 * PATIENCE_S);
    trial_fini(&trial);
}

static void three_unknowns_come_back(void **state) {
    struct trial trial;
    trial_run(&trial, (const char *[]){FREE_RATE, FREE_PATIENCE, FREE_TALK}, 3,
              (const struct exact *[]){&reached, &wait, &occupancy}, 3, RATE, 60, 7, "99.9999%");
    static const double truth[] = {600 / 3600.0, 120, 300};
    assert_true(trial.found->is_met);
    assert_int_equal(trial.found->n_open, 0);
    for (size_t j = 0; j < N_OF(truth); j++)
        assert_true(holds(&trial.found->fitted[j], truth[j]));
    trial_fini(&trial);
}

/* The same targets of a centre with 3% more calls: what held before must not hold now. */
static void another_truth_does_not_come_back(void **state) {
    struct trial trial;
    trial_run(&trial, (const char *[]){FREE_RATE, FREE_PATIENCE}, 2,
              (const struct exact *[]){&reached, &wait}, 2, 1.04 * RATE, 60, 7, "99.9999%");
    assert_true(trial.found->is_met);
    assert_false(holds(&trial.found->fitted[0], RATE));
    assert_true(holds(&trial.found->fitted[0], 1.04 * RATE));
    trial_fini(&trial);
}

static void a_whole_number_comes_back(void **state) {
    struct trial trial;
    trial_run(&trial, (const char *[]){"agents.team.count=20..90"}, 1,
              (const struct exact *[]){&reached}, 1, RATE, 60, 7, "99.9999%");
    assert_true(trial.found->fitted[0].is_integral);
    assert_true(trial.found->fitted[0].estimate.value == AGENTS);
    assert_string_equal(trial.found->fitted[0].text, "50");
    trial_fini(&trial);
}

/* With one target for two unknowns one relation is open, and it is the one that theory says: moving along it leaves the
 * exact value where it is. */
static void what_is_open_is_named(void **state) {
    struct trial trial;
    trial_run(&trial, (const char *[]){FREE_RATE, FREE_PATIENCE}, 2,
              (const struct exact *[]){&reached}, 1, RATE, 20, 7, "95%");
    const struct oh_calibration *c = trial.found;
    assert_true(c->is_met);
    assert_int_equal(c->n_open, 1);
    assert_true(c->directions[1].is_open && !c->directions[0].is_open);
    assert_true(isnan(c->fitted[0].estimate.low) && c->fitted[0].is_undetermined);
    double value[2];
    for (int side = 0; side < 2; side++) {
        struct oh_theory_model model = oh_theory_model_init();
        struct oh_theory_result result;
        double step = side == 0 ? -0.2 : 0.2; /* of the direction, whose largest change is 10% */
        model.arrival_rate_per_s =
            c->fitted[0].estimate.value * (1 + step * c->directions[1].change[0]);
        model.handle_time_s = TALK_S;
        model.agents = AGENTS;
        model.patience = oh_patience_exponential(c->fitted[1].estimate.value *
                                                 (1 + step * c->directions[1].change[1]));
        assert_int_equal(oh_theory_solve(&model, &result, NULL), OH_THEORY_OK);
        value[side] = result.reached;
    }
    assert_true(fabs(value[1] - value[0]) < 0.0005);
    trial_fini(&trial);
}

/* The limits hold the truth about as often as they say: 20 seeds, 90%; fewer than 14 have a chance of 0.002. */
static void limits_hold_as_often_as_they_say(void **state) {
    int held[2] = {0};
    for (int seed = 1; seed <= 20; seed++) {
        struct trial trial;
        trial_run(&trial, (const char *[]){FREE_RATE, FREE_PATIENCE}, 2,
                  (const struct exact *[]){&reached, &wait}, 2, RATE, 8, seed, "90%");
        held[0] += holds(&trial.found->fitted[0], RATE);
        held[1] += holds(&trial.found->fitted[1], PATIENCE_S);
        trial_fini(&trial);
    }
    print_message("rate %d, patience %d of 20 at 90%%\n", held[0], held[1]);
    assert_true(held[0] >= 14 && held[1] >= 14);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_unknowns_come_back),
        cmocka_unit_test(three_unknowns_come_back),
        cmocka_unit_test(another_truth_does_not_come_back),
        cmocka_unit_test(a_whole_number_comes_back),
        cmocka_unit_test(what_is_open_is_named),
        cmocka_unit_test(limits_hold_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
