/* Formulas beside the simulation: where an interval is a queue in balance they are exact, where it is not they are off. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "simulate.h"
#include "study/beside.h"

/* A centre in balance, each kind of caller with talk and patience of its own. */
static const char *const steady =
    "time: {length: 9h, warm_up: 1h, interval: 4h}\n"
    "contacts:\n"
    "  calls: {arrivals: {rate: 400/h}, talk: exponential(%s), patience: exponential(60s)}\n"
    "  other: {arrivals: {rate: 200/h}, talk: exponential(%s), patience: exponential(240s)}\n"
    "agents: {team: {count: 36}, second: {count: 20, shrinkage: 30%%}}\n" RUN_IN_FORMAT;

static void compose(struct model *model, const char *talk) {
    char yaml[1024];
    snprintf(yaml, sizeof yaml, steady, talk, talk);
    model_init(model, yaml);
}

static struct oh_summary *run_model(const struct model *model) {
    return oh_run(model->plan, &(struct oh_run_options){0});
}

/* How many differences of a formula from the simulation are more than luck. */
static unsigned off(const struct oh_beside_part *part, enum oh_beside_formula formula) {
    unsigned n = 0;
    for (uint32_t r = 0; r < part->n_rows; r++)
        for (int m = 0; m < OH_N_BESIDE_METRICS; m++) {
            struct oh_estimate d =
                oh_beside_difference(&part->rows[r], formula, (enum oh_beside_metric)m);
            assert_false(isnan(d.low));
            n += d.low > 0 || d.high < 0;
        }
    return n;
}

static const struct oh_beside_part *only_part(const struct oh_beside *beside) {
    assert_int_equal(beside->n_parts, 1);
    assert_null(beside->parts[0].why_not);
    return &beside->parts[0];
}

static void test_exact_in_balance(void **state) {
    (void)state;
    struct model model;
    compose(&model, "300s");
    struct oh_summary *summary = run_model(&model);
    const struct oh_beside_part *part =
        only_part(oh_beside_formulas_of(model.plan, summary, model.arena));
    assert_string_equal(part->scope, "total");
    assert_true(part->n_rows >= 2);
    for (uint32_t r = 0; r < part->n_rows; r++) {
        assert_true(fabs(part->rows[r].rate_per_s - 600 / 3600.0) < 1e-12);
        assert_true(fabs(part->rows[r].handle_s - 300) < 1e-9);
        assert_true(fabs(part->rows[r].patience_s - 120) < 1e-9);
        assert_int_equal(part->rows[r].agents, 50);
    }
    assert_int_equal(off(part, OH_MMNG), 0);
    assert_true(off(part, OH_ERLANG_A) > 0); /* the mean of two kinds of patience is not both */
    assert_int_equal(part->unstable[OH_ERLANG_C], part->n_rows);
    oh_summary_destroy(summary);
    model_fini(&model);
}

/* The control: what would be said of talks 5% longer is off. */
static void test_longer_talk_is_off(void **state) {
    (void)state;
    struct model model, longer;
    compose(&model, "300s");
    compose(&longer, "315s");
    struct oh_summary *summary = run_model(&model);
    const struct oh_beside_part *part =
        only_part(oh_beside_formulas_of(longer.plan, summary, model.arena));
    assert_true(off(part, OH_MMNG) > 0);
    oh_summary_destroy(summary);
    model_fini(&model);
    model_fini(&longer);
}

/* An hour with too few agents leaves a queue behind, which no formula of the next hour knows of. */
static void test_rush_is_carried_over(void **state) {
    (void)state;
    struct model model;
    model_init(&model,
               "time: {open: 08:00, close: 12:00, interval: 30min}\n"
               "contacts:\n"
               "  calls: {arrivals: {rate: {08:00: 60/h, 09:00: 300/h, 10:00: 60/h, 12:00: 0/h}},\n"
               "          talk: exponential(4min), wrap_up: 1min, patience: exponential(1h)}\n"
               "agents: {team: {count: {08:00: 12, 10:45: 24}}}\n" RUN_AS_TESTS_DO);
    struct oh_summary *summary = run_model(&model);
    const struct oh_beside_part *part =
        only_part(oh_beside_formulas_of(model.plan, summary, model.arena));
    assert_int_equal(part->n_rows, 8);
    const struct oh_beside_row *after = &part->rows[4]; /* 10:00, quiet again */
    assert_true(fabs(after->rate_per_s - 60 / 3600.0) < 1e-12);
    assert_true(fabs(after->handle_s - 300) < 1e-9);
    assert_int_equal(after->agents, 12);
    assert_int_equal(part->rows[5].agents, 18); /* half of 10:30 with 12, half with 24 */
    assert_true(oh_beside_difference(after, OH_MMNG, OH_BESIDE_SERVICE_LEVEL).low > 0.5);
    assert_true(oh_beside_difference(after, OH_MMNG, OH_BESIDE_WAIT).high < -60);
    assert_false(after->answers[OH_ERLANG_C].is_unstable);
    assert_true(part->rows[2].answers[OH_ERLANG_C].is_unstable);
    assert_int_equal(part->unstable[OH_ERLANG_C], 2);
    assert_int_equal(part->gaps[OH_ERLANG_C][OH_BESIDE_WAIT].n, 6);
    assert_int_equal(part->gaps[OH_MMNG][OH_BESIDE_SERVICE_LEVEL].worst, 4);
    oh_summary_destroy(summary);
    model_fini(&model);
}

/* Teams of their own are parts; of types that share some groups only nothing is said. */
static void test_parts(void **state) {
    (void)state;
    struct model model;
    model_init(&model, "time: {length: 2h, interval: 1h}\n"
                       "contacts:\n"
                       "  a: {arrivals: {rate: 60/h}, talk: 4min, patience: 2min}\n"
                       "  b: {arrivals: {rate: 60/h}, talk: 4min, patience: 2min}\n"
                       "  c: {arrivals: {rate: 60/h}, talk: 4min, patience: 2min}\n"
                       "agents:\n"
                       "  one: {count: 5, handles: [a]}\n"
                       "  two: {count: 5, handles: [b, c]}\n"
                       "  three: {count: 1, handles: [c]}\n"
                       "run: {replications: 2}\n");
    struct oh_summary *summary = run_model(&model);
    const struct oh_beside *beside = oh_beside_formulas_of(model.plan, summary, model.arena);
    assert_int_equal(beside->n_parts, 3);
    assert_null(beside->parts[0].why_not);
    assert_int_equal(beside->parts[0].n_rows, 2);
    assert_string_equal(beside->parts[0].scope, "contacts.a");
    assert_non_null(strstr(beside->parts[1].why_not, "'b' shares some groups"));
    assert_non_null(strstr(beside->parts[2].why_not, "'c' shares some groups"));
    assert_null(oh_beside_why_not(model.plan, model.arena));
    oh_summary_destroy(summary);
    model_fini(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact_in_balance),
        cmocka_unit_test(test_longer_talk_is_off),
        cmocka_unit_test(test_rush_is_carried_over),
        cmocka_unit_test(test_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
