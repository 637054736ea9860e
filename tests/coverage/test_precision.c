/* Do intervals still mean what they say when the run goes on until they are narrow enough? Over 400 seeds of Erlang A,
 * 95% intervals of runs that a precision ended hold the exact value in 92% at least. The control, a rule that looks
 * after every replication from the third on, does not get there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "reference.h"
#include "simulate.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { SEEDS = 400, ROW = 0, NAIVE_FIRST = 3 };

/* The first row of erlang_a.csv. */
static const char scenario[] = "time: {length: 5h, warm_up: 1h, interval: 24h}\n"
                               "contacts:\n"
                               "  calls:\n"
                               "    arrivals: {rate: 600/h}\n"
                               "    talk: exponential(300s)\n"
                               "    patience: exponential(120s)\n"
                               "    service_level: {answer_within: 20s}\n"
                               "agents: {team: {count: 50}}\n"
                               "run: {replications: 2, confidence: 95%}\n";

/* Some 80 to 110 replications. */
static const struct {
    struct oh_goal goal;
    const char *column; /* of erlang_a */
} cases[] = {
    {{"total.service_level",
      "\xC2\xB1"
      "1.2%",
      0.012, false},
     "P_served_within_20s"},
    {{"total.wait_answered.mean",
      "\xC2\xB1"
      "5%",
      0.05, true},
     "ASA_served_s"},
    {{"total.abandonment",
      "\xC2\xB1"
      "5% relative",
      0.05, true},
     "P_abandon"},
};

static double exact_value(const char *column) {
    struct reference *table = reference_open("erlang_a");
    double value = reference_number(table, ROW, column);
    reference_close(table);
    return value;
}

static bool holds(const struct oh_estimate *estimate, double exact) {
    return estimate->low <= exact && exact <= estimate->high;
}

static void intervals_that_end_the_run_hold_the_exact_value(void **state) {
    struct model model;
    model_init(&model, scenario);
    for (size_t c = 0; c < N_OF(cases); c++) {
        double exact = exact_value(cases[c].column);
        uint64_t holding = 0, replications = 0;
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            model.plan->seed = seed;
            struct oh_summary *summary =
                oh_run(model.plan, &(struct oh_run_options){.goals = {1, &cases[c].goal}});
            struct oh_estimate found = estimate_of(summary, cases[c].goal.path);
            assert_true(summary->ending == OH_ENDED_ENOUGH && summary->precisions[0].reached);
            assert_true(oh_half_width(&found) <= oh_goal_width(&cases[c].goal, found.value));
            holding += holds(&found, exact);
            replications += summary->replications;
            oh_summary_destroy(summary);
        }
        print_message("           %-28s %.2f%%, %.0f replications\n", cases[c].goal.path,
                      100.0 * (double)holding / SEEDS, (double)replications / SEEDS);
        assert_true((double)holding >= 0.92 * SEEDS);
        assert_true(replications > 35 * SEEDS);
    }
    model_fini(&model);
}

/* ---- the control ---- */

struct naive {
    const struct oh_goal *goal;
    struct oh_tally *tally;
    struct oh_estimate estimate;
    bool is_done;
};

static void look_at_once(void *context, uint32_t plan_ix, uint64_t replication,
                         const struct oh_record *record) {
    struct naive *naive = context;
    if (naive->is_done)
        return;
    oh_tally_add(naive->tally, record);
    oh_tally_estimate(naive->tally, naive->goal->path, &naive->estimate);
    naive->is_done =
        replication + 1 >= NAIVE_FIRST && oh_goal_is_reached(naive->goal, &naive->estimate);
}

static bool is_done(void *context) {
    return ((struct naive *)context)->is_done;
}

static void looking_after_every_replication_is_noticed(void **state) {
    struct model model;
    model_init(&model, scenario);
    const struct oh_goal wide = {"total.service_level",
                                 "\xC2\xB1"
                                 "3.5%",
                                 0.035, false};
    double exact = exact_value("P_served_within_20s");
    uint64_t holding = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct naive naive = {.goal = &wide, .tally = oh_tally_create(&model.plan->layout)};
        const struct oh_plan *plan = model.plan;
        model.plan->seed = seed;
        oh_crew_run(&(struct oh_crew){.plans = &plan,
                                      .n_plans = 1,
                                      .threads = 1,
                                      .stop = {is_done, &naive},
                                      .take = look_at_once,
                                      .take_context = &naive},
                    0, 1000);
        holding += holds(&naive.estimate, exact);
        oh_tally_destroy(naive.tally);
    }
    print_message("           %.2f%%\n", 100.0 * (double)holding / SEEDS);
    model_fini(&model);
    assert_true((double)holding < 0.92 * SEEDS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_that_end_the_run_hold_the_exact_value),
        cmocka_unit_test(looking_after_every_replication_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
