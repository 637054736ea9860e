/* A warm-up that is too short is told, one that is long enough is not. M/M/n at 98% load begins empty and takes hours to
 * forget that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "simulate.h"
#include "study/warm_up.h"

static const char *scenario(char *buffer, size_t size, const char *time, const char *rate,
                            int replications, int seed) {
    snprintf(buffer, size,
             "time: {%s}\n"
             "contacts: {calls: {arrivals: {rate: %s}, talk: exponential(300s)}}\n"
             "agents: {team: {count: 10}}\n"
             "run: {replications: %d, seed: %d}\n",
             time, rate, replications, seed);
    return buffer;
}

static bool warns(const char *time, const char *rate, int replications, int seed) {
    char yaml[512];
    struct oh_summary *summary =
        simulate(scenario(yaml, sizeof yaml, time, rate, replications, seed));
    bool found = false;
    for (uint32_t i = 0; i < summary->n_warnings; i++)
        found = found || strstr(summary->warnings[i], "set time.warm_up to") != NULL;
    oh_summary_destroy(summary);
    return found;
}

static void the_place_is_where_the_rest_is_known_best(void **state) {
    const double settles[] = {9, 5, 2, 1, 1.1, 0.9, 1, 1.1, 0.9, 1},
                 even[] = {1, 2, 1, 2, 1, 2, 1, 2};
    /* by hand: of 3, 1, 2, 2 the sums of squares from 0, 1, 2 on are 2, 2/3, 0 over 16, 9, 4 */
    const double few[] = {3, 1, 2, 2};
    assert_int_equal(oh_mser(few, 4), 2);
    assert_int_equal(oh_mser(settles, 10), 3);
    assert_int_equal(oh_mser(even, 8), 0);
    assert_int_equal(oh_mser(even, 1), 0);
}

static void a_warm_up_that_is_too_short_is_told(void **state) {
    assert_true(warns("length: 41h, warm_up: 1h", "118/h", 100, 1));
    assert_true(warns("length: 12h, warm_up: 30min", "118/h", 200, 2)); /* few intervals */
}

static void one_that_is_long_enough_is_not(void **state) {
    unsigned alarms = 0;
    for (int seed = 1; seed <= 100; seed++)
        alarms += warns("length: 30h, warm_up: 5h", "90/h", 20, seed);
    print_message("           %u of 100\n", alarms);
    assert_true(alarms <= 3);
}

static void without_a_warm_up_or_where_rates_change_nothing_is_said(void **state) {
    assert_false(warns("length: 41h", "118/h", 100, 1));
    assert_false(warns("length: 41h, warm_up: 1h", "{00:00: 100/h, 12:00: 118/h}", 100, 1));
    assert_false(warns("length: 41h, warm_up: 1h", "118/h", 1, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_place_is_where_the_rest_is_known_best),
        cmocka_unit_test(a_warm_up_that_is_too_short_is_told),
        cmocka_unit_test(one_that_is_long_enough_is_not),
        cmocka_unit_test(without_a_warm_up_or_where_rates_change_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
