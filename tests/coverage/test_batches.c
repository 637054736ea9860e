/* Do intervals from batches mean what they say? Over 400 seeds of Erlang A, 95% intervals of one run in 20 batches of
 * four hours hold the exact value in 92% to 98%. The control, batches of five minutes, which remember one another, does
 * not get there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "reference.h"
#include "simulate.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { SEEDS = 400, ROW = 0 };

/* The first row of erlang_a.csv. */
static const char scenario[] = "time: {length: 82h, warm_up: 2h, interval: 5min}\n"
                               "contacts:\n"
                               "  calls:\n"
                               "    arrivals: {rate: 600/h}\n"
                               "    talk: exponential(300s)\n"
                               "    patience: exponential(120s)\n"
                               "    service_level: {answer_within: 20s}\n"
                               "agents: {team: {count: 50}}\n"
                               "run: {confidence: 95%}\n";

static const struct {
    const char *path, *column;
} metrics[] = {
    {"total.abandonment", "P_abandon"},
    {"total.wait_answered.mean", "ASA_served_s"},
    {"total.service_level", "P_served_within_20s"},
    {"total.queue_length.mean", "mean_queue"},
    {"total.occupancy", "occupancy"},
};

static void count_holding(struct oh_plan *plan, uint32_t batches, uint64_t *holding) {
    struct reference *table = reference_open("erlang_a");
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        plan->seed = seed;
        struct oh_summary *summary = oh_run(
            plan, &(struct oh_run_options){.replications = 1, .batches = batches, .threads = 1});
        for (size_t i = 0; i < N_OF(metrics); i++) {
            struct oh_estimate found = estimate_of(summary, metrics[i].path);
            double exact = reference_number(table, ROW, metrics[i].column);
            holding[i] += found.low <= exact && exact <= found.high;
        }
        oh_summary_destroy(summary);
    }
    reference_close(table);
}

static void intervals_of_batches_hold_the_exact_value(void **state) {
    struct model model;
    uint64_t holding[N_OF(metrics)] = {0};
    model_init_each(&model, scenario);
    count_holding(model.plan, 20, holding);
    for (size_t i = 0; i < N_OF(metrics); i++) {
        double share = (double)holding[i] / SEEDS;
        print_message("           %-28s %.2f%%\n", metrics[i].path, 100 * share);
        assert_true(share >= 0.92 && share <= 0.98);
    }
    model_fini(&model);
}

static void batches_that_are_too_short_are_noticed(void **state) {
    struct model model;
    uint64_t holding[N_OF(metrics)] = {0};
    model_init_each(&model, scenario);
    count_holding(model.plan, 960, holding);
    for (size_t i = 0; i < N_OF(metrics); i++)
        assert_true((double)holding[i] < 0.92 * SEEDS);
    model_fini(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_of_batches_hold_the_exact_value),
        cmocka_unit_test(batches_that_are_too_short_are_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
