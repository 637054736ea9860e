/* What the window of the statistics takes in, in scenarios without chance: levels that stand when it begins, legs of
 * whichever order, and who is served after the last closing. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "simulate.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static void check(const char *yaml, const struct claim *claims, size_t n) {
    struct oh_summary *summary = simulate(yaml);
    for (size_t i = 0; i < n; i++) {
        double value = estimate_of(summary, claims[i].path).value;
        if (!(fabs(value - claims[i].exact) < 1e-9))
            fail_msg("%s is %.12g, not %.12g", claims[i].path, value, claims[i].exact);
    }
    oh_summary_destroy(summary);
}

#define CHECK(yaml, ...)                                                                           \
    do {                                                                                           \
        const struct claim claims[] = {__VA_ARGS__};                                               \
        check(yaml "run: {replications: 1}\n", claims, N_OF(claims));                              \
    } while (0)

/* Calls at 10, 20, 30 s: one talks, two wait, nobody joins them later. */
static void levels_at_the_end_of_the_warm_up_are_in_the_maxima(void **state) {
    CHECK("time: {length: 65s, warm_up: 35s}\n"
          "lines: 9\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 1h, queue: {limit: 2}}}\n"
          "agents: {team: {count: 1}}\n",
          {"total.offered", 3}, {"total.disconnected", 3}, {"total.queue_length.mean", 2},
          {"total.queue_length.max", 2}, {"contacts.calls.queue_length.max", 2},
          {"total.lines_busy.max", 3}, {"total.busy_agents.max", 1},
          {"agents.team.busy_agents.max", 1});
    CHECK("time: {length: 55s, warm_up: 35s}\n"
          "contacts: {calls: {arrivals: {gap: 30s}, talk: 1h, queue: {limit: 0},\n"
          "  retry: {after_disconnect: {probability: 100%, delay: 1h, at_most: 1}}}}\n"
          "agents: {team: {count: 0}}\n",
          {"total.waiting_to_redial.mean", 1}, {"total.waiting_to_redial.max", 1},
          {"contacts.calls.waiting_to_redial.max", 1});
}

/* Who is turned away before the opening stands among those between attempts when the doors open. */
static void levels_at_the_opening_are_in_the_maxima(void **state) {
    struct oh_summary *summary =
        simulate("time: {open: 01:00, close: 02:00}\n"
                 "contacts: {calls: {arrivals: {rate: {00:00: 1/s, 00:10: 0/h}}, talk: 1s,\n"
                 "  retry: {after_closed: {probability: 100%, delay: 100min, at_most: 1}}}}\n"
                 "agents: {team: {count: 100}}\n"
                 "run: {replications: 1}\n");
    double customers = estimate_of(summary, "total.customers").value;
    assert_true(customers > 500);
    assert_true(estimate_of(summary, "total.waiting_to_redial.max").value == customers);
    assert_true(estimate_of(summary, "contacts.calls.waiting_to_redial.max").value == customers);
    oh_summary_destroy(summary);
}

/* Talks of 9 s at 10, 20, 30 s; 4 s of the last lie in the window, and then 3 s of one more. */
static void busy_runs_before_the_end_of_the_warm_up_do_not_count(void **state) {
    CHECK("time: {length: 43s, warm_up: 35s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 9s}}\n"
          "agents: {team: {count: 1}}\n",
          {"agents.team.longest_busy_run", 4}, {"agents.team.talk_time", 7});
}

/* Waits of 0, 2, 4, 6 and 8 s, and one of 5 s that the end cuts short: it is no leg that has ended. */
static void first_legs_are_legs(void **state) {
    CHECK("time: {length: 65s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 12s, tails: [4s]}}\n"
          "agents: {team: {count: 1}}\n",
          {"total.queue.legs", 5}, {"total.queue.wait.mean", 4}, {"total.wait_total.mean", 4},
          {"total.wait_total.over_4s", 0.4}, {"contacts.calls.wait_total.over_4s", 0.4});
}

/* Answered at 30 min, queues again at 34 min and gives up at 36 min, or stands there until the run ends: the time in
 * the queue that has not ended is in no average of legs. */
static void total_wait_takes_in_a_leg_that_nobody_answers(void **state) {
    CHECK(
        "time: {length: 50min}\n"
        "contacts: {calls: {arrivals: {gap: 30min}, talk: 10min, patience: 2min, tails: [1min]}}\n"
        "agents: {team: {count: {00:00: 1, 00:34: 0}, on_leave: requeue}}\n",
        {"total.wait_total.mean", 120}, {"total.wait_total.max", 120},
        {"total.wait_total.over_60s", 1}, {"total.wait_answered.over_60s", 0},
        {"total.queue.legs", 1}, {"total.queue.wait.mean", 120});
    CHECK("time: {length: 50min}\n"
          "contacts: {calls: {arrivals: {gap: 30min}, talk: 10min, tails: [1min]}}\n"
          "agents: {team: {count: {00:00: 1, 00:34: 0}, on_leave: requeue}}\n",
          {"total.wait_total.mean", 960}, {"total.wait_total.max", 960},
          {"total.wait_total.over_60s", 1}, {"total.queue.wait.mean", 0});
}

/* The second call, of 8 min, is taken at 29 min, and its talk goes on to 54 min: into a row that does not exist. */
static void row_of_the_last_closing_ends_with_its_interval(void **state) {
    struct oh_summary *summary =
        simulate("time: {open: 00:00, close: 00:10}\n"
                 "contacts: {calls: {arrivals: {gap: 4min}, talk: 25min}}\n"
                 "agents: {team: {count: 1}}\n"
                 "run: {replications: 1}\n");
    assert_int_equal(summary->n_rows, 1);
    const struct oh_estimate *row = summary->rows[0].total.estimates;
    double queue = row[oh_summary_use(summary, "queue_length.mean")].value;
    double busy = row[oh_summary_use(summary, "busy_agents.mean")].value;
    assert_true(fabs(queue - 21 / 30.0) < 1e-12);
    assert_true(fabs(busy - 26 / 30.0) < 1e-12);
    assert_true(fabs(estimate_of(summary, "total.busy_agents.mean").value - 50 / 54.0) < 1e-12);
    oh_summary_destroy(summary);
}

/* 0.29 x 100 is 28.999999999999996 to a machine. */
static void limit_per_agent_is_rounded_down_from_what_was_meant(void **state) {
    CHECK("time: {length: 151s}\n"
          "contacts: {calls: {arrivals: {gap: 1s}, talk: 1h, queue: {limit: 0.29 per agent}}}\n"
          "agents: {team: {count: 100}}\n",
          {"total.offered", 150}, {"total.answered", 100}, {"total.queue_length.max", 29},
          {"total.disconnected", 21});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_at_the_end_of_the_warm_up_are_in_the_maxima),
        cmocka_unit_test(levels_at_the_opening_are_in_the_maxima),
        cmocka_unit_test(busy_runs_before_the_end_of_the_warm_up_do_not_count),
        cmocka_unit_test(first_legs_are_legs),
        cmocka_unit_test(total_wait_takes_in_a_leg_that_nobody_answers),
        cmocka_unit_test(row_of_the_last_closing_ends_with_its_interval),
        cmocka_unit_test(limit_per_agent_is_rounded_down_from_what_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
