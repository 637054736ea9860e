/* Do the intervals mean what they say? Over 400 seeds, 95% intervals from 20 replications of Erlang A hold the exact
 * value in 92% to 98% of the runs; outside of that, 4,000 further seeds decide at 93.5% to 96.5%. */
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

enum { SEEDS = 400, FURTHER_SEEDS = 4000, ROW = 0, TAIL_ROW = 1 };

/* 600 calls/h, 300 s, 50 agents, patience 120 s: the first row of erlang_a.csv, per second. */
#define LAMBDA (600 / 3600.0)
#define MU     (1 / 300.0)
#define THETA  (1 / 120.0)
#define AGENTS 50

static const char scenario[] = "time: {length: 5h, warm_up: 1h, interval: 24h}\n"
                               "contacts:\n"
                               "  calls:\n"
                               "    arrivals: {rate: 600/h}\n"
                               "    talk: exponential(300s)\n"
                               "    patience: exponential(120s)\n"
                               "    service_level: {answer_within: 20s}\n"
                               "agents: {team: {count: 50}}\n"
                               "run: {replications: 20, confidence: 95%}\n";

static const struct {
    const char *path, *column; /* of erlang_a; NULL: below */
} metrics[] = {
    {"total.abandonment", "P_abandon"},
    {"total.reached", "P_served"},
    {"total.share.delayed", "P_queue"},
    {"total.wait_answered.mean", "ASA_served_s"},
    {"total.wait_abandoned.mean", "mean_wait_abandoned_s"},
    {"total.wait_all.mean", "mean_wait_admitted_s"},
    {"total.service_level", "P_served_within_20s"},
    {"total.queue_length.mean", "mean_queue"},
    {"total.occupancy", "occupancy"},
    {"total.wait_all.p80", NULL},
    {"total.wait_all.p90", NULL},
    {"total.wait_all.p99", NULL},
};

/* ---- percentiles of the wait ---- */

/* The integral of exp(lambda H(x) - n mu x) from t on, H that of the patience's survival, by Simpson's rule. */
static double tail_integral(double t) {
    enum { PANELS = 20000 };
    const double step = 3000.0 / PANELS / 2;
    double sum = 0;
    for (int i = 0; i <= 2 * PANELS; i++) {
        double x = t + i * step;
        double weight = i == 0 || i == 2 * PANELS ? 1 : i % 2 ? 4 : 2;
        sum += weight * exp(LAMBDA * -expm1(-THETA * x) / THETA - AGENTS * MU * x);
    }
    return sum * step / 3;
}

/* P(W > t) = lambda G(t) J(t) / (e + lambda J(0)), e = 1 / B(a, n - 1): Zeltyn, Mandelbaum 2005. */
static double wait_tail(double t) {
    double blocking = 1;
    for (int k = 1; k < AGENTS; k++)
        blocking = LAMBDA / MU * blocking / (k + LAMBDA / MU * blocking);
    return LAMBDA * exp(-THETA * t) * tail_integral(t) / (1 / blocking + LAMBDA * tail_integral(0));
}

static double wait_percentile(double p) {
    double low = 0, high = 600;
    while (high - low > 1e-9 * high) {
        double middle = (low + high) / 2;
        *(wait_tail(middle) > 1 - p ? &low : &high) = middle;
    }
    return low;
}

static void tail_of_the_wait_is_the_tables(void **state) {
    struct reference *table = reference_open("erlang_a_tail");
    double t = reference_number(table, TAIL_ROW, "t_s");
    double exact = reference_number(table, TAIL_ROW, "P_actual_wait_gt_t");
    assert_true(t == 20 && fabs(wait_tail(t) / exact - 1) < 1e-8);
    reference_close(table);
}

/* ---- coverage ---- */

static double exact_value(size_t metric) {
    if (!metrics[metric].column) {
        double percent = atof(strrchr(metrics[metric].path, 'p') + 1);
        return wait_percentile(percent / 100);
    }
    struct reference *table = reference_open("erlang_a");
    double value = reference_number(table, ROW, metrics[metric].column);
    reference_close(table);
    return value;
}

/* How many of the intervals of `n` seeds hold the exact values, by metric. */
static void count_holding(struct oh_plan *plan, uint64_t first_seed, uint64_t n,
                          const double *exact, uint64_t *holding) {
    memset(holding, 0, N_OF(metrics) * sizeof holding[0]);
    for (uint64_t seed = first_seed; seed < first_seed + n; seed++) {
        plan->seed = seed;
        struct oh_summary *summary = oh_run(plan, &(struct oh_run_options){.threads = 1});
        for (size_t i = 0; i < N_OF(metrics); i++) {
            struct oh_estimate found = estimate_of(summary, metrics[i].path);
            holding[i] += found.low <= exact[i] && exact[i] <= found.high;
        }
        oh_summary_destroy(summary);
    }
}

static bool is_within(double share, double low, double high) {
    return low <= share && share <= high;
}

static void intervals_hold_the_exact_value_as_often_as_they_say(void **state) {
    struct model model;
    double exact[N_OF(metrics)];
    uint64_t first[N_OF(metrics)], further[N_OF(metrics)];
    bool is_settled = true, holds = true;
    for (size_t i = 0; i < N_OF(metrics); i++)
        exact[i] = exact_value(i);
    model_init(&model, scenario);
    count_holding(model.plan, 1, SEEDS, exact, first);
    for (size_t i = 0; i < N_OF(metrics); i++) {
        double share = (double)first[i] / SEEDS;
        print_message("           %-28s %.2f%%\n", metrics[i].path, 100 * share);
        is_settled = is_settled && is_within(share, 0.92, 0.98);
    }
    if (!is_settled)
        count_holding(model.plan, SEEDS + 1, FURTHER_SEEDS, exact, further);
    for (size_t i = 0; i < N_OF(metrics) && !is_settled; i++) {
        double share = (double)further[i] / FURTHER_SEEDS;
        if (is_within((double)first[i] / SEEDS, 0.92, 0.98) || is_within(share, 0.935, 0.965))
            continue;
        print_error("%s: %.2f%% of %d further intervals\n", metrics[i].path, 100 * share,
                    FURTHER_SEEDS);
        holds = false;
    }
    model_fini(&model);
    assert_true(holds);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tail_of_the_wait_is_the_tables),
        cmocka_unit_test(intervals_hold_the_exact_value_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
