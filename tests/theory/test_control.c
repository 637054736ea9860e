/* Control variates: estimates stay right, and intervals get narrower by as much as the program says. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reference.h"
#include "simulate.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* The first row of erlang_a.csv. */
static const char *const scenario = "time: {length: 12h, warm_up: 2h}\n"
                                    "contacts:\n"
                                    "  calls:\n"
                                    "    arrivals: {rate: 600/h}\n"
                                    "    talk: exponential(%s)\n"
                                    "    patience: exponential(120s)\n"
                                    "    service_level: {answer_within: 20s}\n"
                                    "agents: {team: {count: 50}}\n" RUN_IN_FORMAT;

static const struct {
    const char *path, *column;
} metrics[] = {
    {"total.abandonment", "P_abandon"},
    {"total.wait_answered.mean", "ASA_served_s"},
    {"total.service_level", "P_served_within_20s"},
    {"total.queue_length.mean", "mean_queue"},
    {"total.occupancy", "occupancy"},
};

static struct oh_summary *run_with(const char *talk, bool control_variates) {
    char yaml[1024];
    struct model model;
    snprintf(yaml, sizeof yaml, scenario, talk);
    model_init(&model, yaml);
    struct oh_summary *summary =
        oh_run(model.plan, &(struct oh_run_options){.control_variates = control_variates});
    model_fini(&model);
    return summary;
}

static unsigned outside(const struct oh_summary *summary) {
    struct reference *table = reference_open("erlang_a");
    unsigned n = 0;
    for (size_t i = 0; i < N_OF(metrics); i++) {
        struct oh_estimate found = estimate_of(summary, metrics[i].path);
        double exact = reference_number(table, 0, metrics[i].column);
        assert_false(isnan(found.low));
        n += exact < found.low || exact > found.high;
    }
    reference_close(table);
    return n;
}

static void test_estimates_stay_right(void **state) {
    (void)state;
    struct oh_summary *with = run_with("300s", true), *without = run_with("300s", false);
    assert_int_equal(with->n_controls, 2);
    assert_string_equal(with->controls[0], "arrivals of calls");
    assert_string_equal(with->controls[1], "talk of calls");
    assert_int_equal(outside(with), 0);
    for (size_t i = 0; i < N_OF(metrics); i++) {
        struct oh_estimate a = estimate_of(with, metrics[i].path),
                           b = estimate_of(without, metrics[i].path);
        double gain = with->control_gains[oh_summary_use(with, metrics[i].path + 6)];
        double narrower = (b.high - b.low) / (a.high - a.low);
        print_message("           %-28s gain %.2f\n", metrics[i].path, gain);
        assert_true(gain > 1.5); /* arrivals and talk are most of what differs */
        assert_true(fabs(narrower * narrower / gain - 1) < 0.05); /* but for Student's freedom */
    }
    /* Nothing differs in how many come that is not known. */
    struct oh_estimate offered = estimate_of(with, "total.offered");
    assert_true(fabs(offered.value - 6000) < 1e-6 && offered.high - offered.low < 1e-6);
    oh_summary_destroy(with);
    oh_summary_destroy(without);
}

static void test_longer_talk_is_noticed(void **state) {
    (void)state;
    struct oh_summary *summary = run_with("303s", true);
    assert_true(outside(summary) > 0);
    oh_summary_destroy(summary);
}

/* Each control is 0 on average: patience and redials, two groups, a day that closes; and what does not apply is left
 * out. Estimates with and without agree. */
static void test_controls_have_mean_zero(void **state) {
    (void)state;
    struct model model;
    model_init(&model, "time: {open: 08:00, close: 12:00, at_close: drop}\n"
                       "contacts:\n"
                       "  a:\n"
                       "    arrivals: {rate: {08:00: 200/h, 10:00: 300/h, 12:00: 0/h}, busyness: "
                       "gamma(mean=1 cv=0.1)}\n"
                       "    talk: lognormal(mean=4min cv=1)\n"
                       "    patience: exponential(90s)\n"
                       "    retry: {after_abandon: {probability: 50%, delay: exponential(10min)}}\n"
                       "  b: {arrivals: {gap: exponential(1min)}, talk: 3min, patience: 5min}\n"
                       "agents: {one: {count: 12}, two: {count: 8}}\n"
                       "run: {replications: 2000, seed: 3, confidence: 99.9999%}\n");
    struct oh_summary *with =
        oh_run(model.plan, &(struct oh_run_options){.control_variates = true});
    struct oh_summary *without = oh_run(model.plan, &(struct oh_run_options){0});
    assert_int_equal(with->n_controls, 3);
    assert_string_equal(with->controls[2], "patience of a");
    static const char *const paths[] = {"contacts.a.abandonment", "contacts.b.wait_answered.mean",
                                        "total.service_level", "agents.two.occupancy"};
    for (size_t i = 0; i < N_OF(paths); i++) {
        struct oh_estimate a = estimate_of(with, paths[i]), b = estimate_of(without, paths[i]);
        assert_true(a.value >= b.low && a.value <= b.high);
        assert_true(a.high - a.low < b.high - b.low);
    }
    struct oh_estimate customers = estimate_of(with, "contacts.a.customers");
    assert_true(fabs(customers.value - 1000) < 1e-6);
    oh_summary_destroy(with);
    oh_summary_destroy(without);
    model_fini(&model);
}

static void test_few_replications_are_left_alone(void **state) {
    (void)state;
    char yaml[1024];
    struct model model;
    snprintf(yaml, sizeof yaml, scenario, "300s");
    model_init(&model, yaml);
    struct oh_run_options options = {.replications = 13, .control_variates = true};
    struct oh_summary *with = oh_run(model.plan, &options);
    options.control_variates = false;
    struct oh_summary *without = oh_run(model.plan, &options);
    assert_true(with->has_controls && with->n_controls == 0);
    for (size_t i = 0; i < N_OF(metrics); i++)
        assert_true(estimate_of(with, metrics[i].path).low ==
                    estimate_of(without, metrics[i].path).low);
    oh_summary_destroy(with);
    oh_summary_destroy(without);
    model_fini(&model);
}

/* Broken-off talks, teams of different speed, a warm-up: only what has a known mean is taken. */
static void test_only_what_is_known(void **state) {
    (void)state;
    static const struct {
        const char *agents, *time;
        uint32_t n;
    } rows[] = {
        {"{one: {count: 3}, two: {count: 3}}", "{length: 4h}", 3},
        {"{one: {count: 3}, two: {count: 3}}", "{length: 4h, warm_up: 1h}", 2},
        {"{one: {count: 3}, two: {count: 3, speed: 1.2}}", "{length: 4h}", 2},
        {"{one: {count: 3}, two: {count: 3, on_leave: requeue}}", "{length: 4h}", 1},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        char yaml[1024];
        struct model model;
        snprintf(yaml, sizeof yaml,
                 "time: %s\n"
                 "contacts: {a: {arrivals: {rate: 90/h}, talk: exponential(4min), "
                 "patience: exponential(1min)}}\n"
                 "agents: %s\n"
                 "run: {replications: 20}\n",
                 rows[i].time, rows[i].agents);
        model_init(&model, yaml);
        struct oh_summary *summary =
            oh_run(model.plan, &(struct oh_run_options){.control_variates = true});
        assert_int_equal(summary->n_controls, rows[i].n);
        oh_summary_destroy(summary);
        model_fini(&model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_estimates_stay_right),
        cmocka_unit_test(test_longer_talk_is_noticed),
        cmocka_unit_test(test_controls_have_mean_zero),
        cmocka_unit_test(test_few_replications_are_left_alone),
        cmocka_unit_test(test_only_what_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
