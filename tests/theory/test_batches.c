/* One long run in batches against the exact values of Erlang A. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "simulate.h"

enum { BATCHES = 50 };

/* 500 hours that count, in intervals of an hour, each with a row of its own. */
static void run_init(struct model *model, double talk_s) {
    char yaml[512];
    snprintf(yaml, sizeof yaml,
             "time: {length: 510h, warm_up: 10h, interval: 1h}\n"
             "contacts: {calls: {arrivals: {rate: 600/h}, talk: exponential(%gs), patience: "
             "exponential(2min)}}\n"
             "agents: {team: {count: 50}}\n"
             "run: {seed: 7, confidence: 99.9999%%}\n",
             talk_s);
    model_init_each(model, yaml);
}

static struct oh_summary *run(const struct model *model, uint32_t batches) {
    return oh_run(model->plan,
                  &(struct oh_run_options){.replications = 1, .batches = batches, .threads = 1});
}

/* How many exact values lie outside of their interval. */
static size_t broken(const struct oh_summary *simulated, const struct oh_summary *exact,
                     size_t *compared) {
    size_t n = 0;
    *compared = 0;
    for (uint32_t t = 0; t < exact->n_theory; t++) {
        int use = oh_summary_use(simulated, exact->theory[t].id);
        if (use < 0) /* the offered load */
            continue;
        struct oh_estimate e = simulated->total.estimates[use];
        *compared += !isnan(e.low);
        n +=
            !isnan(e.low) && !(e.low <= exact->theory[t].value && exact->theory[t].value <= e.high);
    }
    return n;
}

static void exact_values_lie_in_the_intervals_of_batches(void **state) {
    struct model model;
    size_t compared;
    run_init(&model, 300);
    struct oh_summary *summary = run(&model, BATCHES);
    assert_int_equal(summary->batches, BATCHES);
    assert_int_equal(broken(summary, summary, &compared), 0);
    assert_true(compared > 15);
    oh_summary_destroy(summary);
    model_fini(&model);
}

static void longer_talk_is_noticed_in_batches(void **state) {
    struct model model, said;
    size_t compared;
    run_init(&model, 300 * 1.05);
    run_init(&said, 300);
    struct oh_summary *summary = run(&model, BATCHES), *exact = run(&said, 2);
    assert_true(broken(summary, exact, &compared) > 5);
    oh_summary_destroy(summary);
    oh_summary_destroy(exact);
    model_fini(&model);
    model_fini(&said);
}

static void batches_change_no_value_and_give_none_to_what_cells_do_not_count(void **state) {
    struct model model;
    run_init(&model, 300);
    struct oh_summary *whole = run(&model, 0), *cut = run(&model, 7); /* of unequal length */
    for (uint32_t u = 0; u < whole->n_uses; u++) {
        double a = whole->total.estimates[u].value, b = cut->total.estimates[u].value;
        assert_true((isnan(a) && isnan(b)) || fabs(a - b) <= 1e-12 * fabs(a));
        assert_true(isnan(whole->total.estimates[u].low));
    }
    assert_true(estimate_of(cut, "total.offered").low < estimate_of(cut, "total.offered").value);
    assert_true(isnan(estimate_of(cut, "total.wait_answered.p90").low));
    assert_true(isnan(estimate_of(cut, "total.queue_length.max").low));
    assert_true(isnan(cut->rows[5].total.estimates[oh_summary_use(cut, "reached")].low));
    oh_summary_destroy(whole);
    oh_summary_destroy(cut);
    model_fini(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_values_lie_in_the_intervals_of_batches),
        cmocka_unit_test(longer_talk_is_noticed_in_batches),
        cmocka_unit_test(batches_change_no_value_and_give_none_to_what_cells_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
