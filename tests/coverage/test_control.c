/* Do intervals with control variates mean what they say? Over 400 seeds of Erlang A, 95% intervals of 30 replications hold the
 * exact value in 92% to 98%. The control, the value of 1% longer talk, is held less often. */
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
static const char *const scenario = "time: {length: 10h, warm_up: 2h}\n"
                                    "contacts:\n"
                                    "  calls:\n"
                                    "    arrivals: {rate: 600/h}\n"
                                    "    talk: exponential(%s)\n"
                                    "    patience: exponential(120s)\n"
                                    "    service_level: {answer_within: 20s}\n"
                                    "agents: {team: {count: 50}}\n"
                                    "run: {confidence: 95%%}\n";

static const struct {
    const char *path, *column;
} metrics[] = {
    {"total.abandonment", "P_abandon"},
    {"total.wait_answered.mean", "ASA_served_s"},
    {"total.service_level", "P_served_within_20s"},
    {"total.queue_length.mean", "mean_queue"},
    {"total.occupancy", "occupancy"},
};

static void count_holding(const char *talk, uint64_t *holding) {
    char yaml[1024];
    struct model model;
    snprintf(yaml, sizeof yaml, scenario, talk);
    model_init(&model, yaml);
    struct reference *table = reference_open("erlang_a");
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        model.plan->seed = seed;
        struct oh_summary *summary = oh_run(
            model.plan,
            &(struct oh_run_options){.replications = 30, .control_variates = true, .threads = 1});
        for (size_t i = 0; i < N_OF(metrics); i++) {
            struct oh_estimate found = estimate_of(summary, metrics[i].path);
            double exact = reference_number(table, ROW, metrics[i].column);
            holding[i] += found.low <= exact && exact <= found.high;
        }
        oh_summary_destroy(summary);
    }
    reference_close(table);
    model_fini(&model);
}

static void controlled_intervals_hold_the_exact_value(void **state) {
    uint64_t holding[N_OF(metrics)] = {0};
    count_holding("300s", holding);
    for (size_t i = 0; i < N_OF(metrics); i++) {
        double share = (double)holding[i] / SEEDS;
        print_message("           %-28s %.2f%%\n", metrics[i].path, 100 * share);
        assert_true(share >= 0.92 && share <= 0.98);
    }
}

static void the_value_of_longer_talk_is_held_less_often(void **state) {
    uint64_t holding[N_OF(metrics)] = {0};
    count_holding("303s", holding);
    for (size_t i = 0; i < N_OF(metrics); i++)
        assert_true((double)holding[i] < 0.92 * SEEDS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(controlled_intervals_hold_the_exact_value),
        cmocka_unit_test(the_value_of_longer_talk_is_held_less_often),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
