/* Does a check cry wolf, and does it bark? A desk with five agents is held against a baseline of itself, on callers of its
 * own and on the same ones: over 1,000 seeds fewer than 1% of the checks of an unchanged desk fail, and over 95% fail
 * where talks are so much longer that each metric is worse by twice its margin. The control, without margin and with the
 * error let go, fails far too often: the count can see it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "simulate.h"
#include "study/check.h"

enum { SEEDS = 1000, LONG = 4000, MOST = 1600, N = 2 };

static const char scenario[] = "time: {length: 4h, interval: 24h}\n"
                               "contacts:\n"
                               "  calls:\n"
                               "    arrivals: {rate: 60/h}\n"
                               "    talk: exponential(%s)\n"
                               "    patience: exponential(120s)\n"
                               "agents: {team: {count: 5}}\n"
                               "run: {replications: 30}\n";

static const struct {
    const char *path;
    double worse; /* the direction */
} metrics[N] = {{"total.reached", -1}, {"total.wait_answered.mean", 1}};

struct desk {
    struct model model;
    struct oh_tally *tally; /* of the last run */
};

static void desk_init(struct desk *desk, const char *talk) {
    char yaml[512];
    snprintf(yaml, sizeof yaml, scenario, talk);
    desk->tally = NULL;
    model_init(&desk->model, yaml);
}

static void desk_fini(struct desk *desk) {
    oh_tally_destroy(desk->tally);
    model_fini(&desk->model);
}

/* Runs so many replications and keeps them. */
static void desk_run(struct desk *desk, uint64_t seed, uint64_t replications) {
    struct oh_check_options options = {.run = {.replications = replications}, .is_fixed = true};
    options.run.threads = 1;
    oh_tally_destroy(desk->tally);
    desk->model.plan->seed = seed;
    oh_summary_destroy(oh_check_run(desk->model.plan, NULL, 0, &options, &desk->tally));
}

/* How much the metrics differ in truth. */
static void true_differences(struct desk *a, struct desk *b, double *differences) {
    desk_run(a, 77, LONG);
    desk_run(b, 77, LONG);
    for (size_t m = 0; m < N; m++) {
        struct oh_series of_a, of_b;
        oh_tally_series(a->tally, metrics[m].path, &of_a);
        oh_tally_series(b->tally, metrics[m].path, &of_b);
        struct oh_paired paired = oh_series_compare(&of_a, &of_b, 0.99);
        differences[m] = paired.difference.value;
        assert_true(differences[m] * metrics[m].worse > 0);
        assert_true(oh_half_width(&paired.difference) < 0.1 * fabs(differences[m]));
    }
}

/* Of the baseline in `before`: whether a check of `now` fails. */
static enum oh_verdict check(const struct desk *before, struct desk *now, uint64_t seed,
                             const double *margins, double error) {
    struct oh_check_item items[N] = {0};
    struct oh_series series[N];
    for (size_t m = 0; m < N; m++) {
        oh_tally_series(before->tally, metrics[m].path, &series[m]);
        items[m].before = &series[m];
        items[m].check.path = metrics[m].path;
        items[m].check.is_paired = seed == before->model.plan->seed;
        items[m].check.low = metrics[m].worse > 0 ? -INFINITY : -margins[m];
        items[m].check.high = metrics[m].worse < 0 ? INFINITY : margins[m];
    }
    now->model.plan->seed = seed;
    struct oh_tally *tally;
    oh_summary_destroy(
        oh_check_run(now->model.plan, items, N,
                     &(struct oh_check_options){.run = {.threads = 1, .max_replications = MOST},
                                                .error = error / N},
                     &tally));
    oh_tally_destroy(tally);
    enum oh_verdict verdict = OH_PASS;
    for (size_t m = 0; m < N; m++)
        if (items[m].check.verdict != OH_PASS && verdict != OH_FAIL)
            verdict = items[m].check.verdict;
    return verdict;
}

struct counts {
    uint64_t fail, pass;
};

static struct counts over_seeds(struct desk *before, struct desk *now, bool is_paired,
                                const double *margins, double error, uint64_t replications) {
    struct counts counts = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        desk_run(before, seed, replications);
        enum oh_verdict verdict =
            check(before, now, is_paired ? seed : seed + SEEDS, margins, error);
        counts.fail += verdict == OH_FAIL;
        counts.pass += verdict == OH_PASS;
    }
    print_message("           %s: %.1f%% fail, %.1f%% pass\n", is_paired ? "paired" : "unpaired",
                  100.0 * (double)counts.fail / SEEDS, 100.0 * (double)counts.pass / SEEDS);
    return counts;
}

static void alarms_are_true(void **state) {
    static const uint64_t replications[] = {400, 60}; /* unpaired, paired */
    struct desk desk, same, slower;
    double margins[N], none[N] = {0};
    desk_init(&desk, "240s");
    desk_init(&same, "240s");
    desk_init(&slower, "252s");
    true_differences(&desk, &slower, margins);
    for (size_t m = 0; m < N; m++)
        margins[m] = fabs(margins[m]) / 2;
    for (int is_paired = 0; is_paired < 2; is_paired++) {
        uint64_t n = replications[is_paired];
        struct counts unchanged = over_seeds(&desk, &same, is_paired, margins, 0.05, n);
        assert_true(unchanged.fail < SEEDS / 100);
        struct counts changed = over_seeds(&desk, &slower, is_paired, margins, 0.05, n);
        assert_true(changed.fail > 0.95 * SEEDS);
    }
    struct counts control = over_seeds(&desk, &same, false, none, 0.5, 30);
    assert_true(control.fail > SEEDS / 20);
    desk_fini(&desk);
    desk_fini(&same);
    desk_fini(&slower);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(alarms_are_true)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
