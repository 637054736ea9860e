/* Redials against exact values. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "test_theory_table.h"
#include "theory/redial.h"

static void redial_row(struct row *row) {
    struct oh_redial_model model = {
        .first_rate_per_s = row_number(row, "lambda_first"),
        .handle_time_s = row->off / row_number(row, "mu"),
        .agents = (int)row_number(row, "n"),
        .room = (int)row_number(row, "waiting_room"),
        .patience_mean_s = 1 / row_number(row, "theta"),
        .redial_delay_s = 1 / row_number(row, "nu_retry_rate"),
        .redial_after_block = row_number(row, "P_redial_after_block"),
        .redial_after_abandon = row_number(row, "P_redial_after_abandon"),
    };
    struct oh_redial queue;
    assert_int_equal(oh_redial(&model, &queue), OH_THEORY_OK);
    row_expect(row, "mean_orbit", queue.orbit_mean);
    row_expect(row, "mean_queue", queue.queue_length_mean);
    row_expect(row, "occupancy", queue.occupancy);
    row_expect(row, "attempt_rate", queue.attempt_rate_per_s);
    row_expect(row, "attempts_per_first_call", queue.attempts_per_first_call);
    row_expect(row, "blocked_per_attempt", queue.blocked_per_attempt);
    row_expect(row, "abandoned_per_attempt", queue.abandoned_per_attempt);
    row_expect(row, "served_per_attempt", queue.served_per_attempt);
    row_expect(row, "served_per_first_call", queue.served_per_first_call);
    row_expect(row, "closed_form_orbit", queue.orbit_mean);
}

/* Blocking of 1e-17 is printed with 9 good digits. */
static void redials_are_exact(void **state) {
    table_compare("redial.csv", 1e-9, 1e-17, redial_row);
}

static struct oh_redial_model busy_desk(void) {
    return (struct oh_redial_model){.first_rate_per_s = 12,
                                    .handle_time_s = 1,
                                    .agents = 10,
                                    .room = 5,
                                    .patience_mean_s = 5,
                                    .redial_delay_s = 2,
                                    .redial_after_block = 0.8,
                                    .redial_after_abandon = 0.5};
}

static void slow_redials_come_as_a_stream_of_their_own(void **state) {
    struct oh_redial_model model = busy_desk();
    struct oh_redial slow;
    assert_int_equal(oh_redial_slow(&model, &slow), OH_THEORY_OK);
    double error[2];
    for (int i = 0; i < 2; i++) {
        model.redial_delay_s = i == 0 ? 2 : 20;
        struct oh_redial exact;
        assert_int_equal(oh_redial(&model, &exact), OH_THEORY_OK);
        error[i] = fabs(slow.served_per_first_call / exact.served_per_first_call - 1);
    }
    assert_true(error[0] < 0.01);
    assert_true(error[1] < error[0] / 5);
}

static void nobody_redials_without_a_reason(void **state) {
    struct oh_redial_model model = busy_desk();
    model.redial_after_block = model.redial_after_abandon = 0;
    struct oh_redial exact, slow;
    assert_int_equal(oh_redial(&model, &exact), OH_THEORY_OK);
    assert_int_equal(oh_redial_slow(&model, &slow), OH_THEORY_OK);
    assert_true(exact.orbit_mean == 0 && exact.attempts_per_first_call == 1);
    assert_true(fabs(exact.served_per_attempt - slow.served_per_attempt) < 1e-12);
    assert_true(fabs(exact.blocked_per_attempt - slow.blocked_per_attempt) < 1e-12);
}

static void every_person_ends_somewhere(void **state) {
    struct oh_redial_model model = busy_desk();
    struct oh_redial queue;
    assert_int_equal(oh_redial(&model, &queue), OH_THEORY_OK);
    double given_up = queue.attempts_per_first_call *
                      (0.2 * queue.blocked_per_attempt + 0.5 * queue.abandoned_per_attempt);
    assert_true(fabs(queue.served_per_first_call + given_up - 1) < 1e-9);
    assert_true(fabs(queue.attempts_per_first_call - 1 - queue.orbit_mean / 2 / 12) < 1e-9);
}

static void endless_redials_beyond_capacity_have_no_steady_state(void **state) {
    struct oh_redial_model model = busy_desk();
    model.redial_after_block = 1;
    model.patience_mean_s = INFINITY;
    struct oh_redial queue;
    assert_int_equal(oh_redial(&model, &queue), OH_THEORY_UNSTABLE);
    model.first_rate_per_s = 9.5;
    assert_int_equal(oh_redial(&model, &queue), OH_THEORY_OK);
    assert_true(fabs(queue.served_per_first_call - 1) < 1e-9);
    model.redial_after_block = 1.5;
    assert_int_equal(oh_redial(&model, &queue), OH_THEORY_RANGE);
}

static void a_large_centre_is_refused_exactly_and_answered_nearly(void **state) {
    struct oh_redial_model model = busy_desk();
    model.agents = 1850;
    model.room = 5800;
    model.first_rate_per_s = 3000;
    struct oh_redial queue;
    assert_int_equal(oh_redial(&model, &queue), OH_THEORY_TOO_LARGE);
    assert_int_equal(oh_redial_slow(&model, &queue), OH_THEORY_OK);
    assert_true(queue.served_per_first_call > 0.6 && queue.served_per_first_call < 0.62);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(redials_are_exact),
        cmocka_unit_test(slow_redials_come_as_a_stream_of_their_own),
        cmocka_unit_test(nobody_redials_without_a_reason),
        cmocka_unit_test(every_person_ends_somewhere),
        cmocka_unit_test(endless_redials_beyond_capacity_have_no_steady_state),
        cmocka_unit_test(a_large_centre_is_refused_exactly_and_answered_nearly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
