/* One server, constant handle times and priorities against exact values. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "test_theory_table.h"
#include "theory/mdn.h"
#include "theory/priority.h"
#include "theory/single_server.h"

/* In the control a 5% longer service may be too much: that is a difference too. */
static bool is_solved(struct row *row, enum oh_theory_status status) {
    if (status == OH_THEORY_UNSTABLE && row->off != 1) {
        row->wrong++;
        return false;
    }
    assert_int_equal(status, OH_THEORY_OK);
    return true;
}

static void mg1_row(struct row *row) {
    struct oh_mg1 queue;
    double off = row->off;
    if (!is_solved(row, oh_mg1(row_number(row, "lambda"), row_varied(row, "ES"),
                               off * row_varied(row, "ES2"), off * off * row_varied(row, "ES3"),
                               &queue)))
        return;
    row_expect(row, "rho", queue.occupancy);
    row_expect(row, "rho", queue.wait_share);
    row_expect(row, "Wq_mean", queue.wait_mean_s);
    row_expect(row, "Wq_sd", queue.wait_sd_s);
    row_expect(row, "W_mean", queue.sojourn_mean_s);
    row_expect(row, "Lq", queue.queue_length_mean);
    row_expect(row, "L", queue.in_system_mean);
}

static void one_server_is_exact(void **state) {
    table_compare("mg1.csv", 1e-9, 0, mg1_row);
}

static double constant_gap(double s, const void *context) {
    const double *mean = context;
    return exp(-s * *mean);
}

static double erlang4_gap(double s, const void *context) {
    const double *mean = context;
    return pow(1 + s * *mean / 4, -4);
}

static double exponential_gap(double s, const void *context) {
    const double *mean = context;
    return 1 / (1 + s * *mean);
}

static void gim1_row(struct row *row) {
    double gap = 1 / row_varied(row, "rho");
    struct oh_gim1 queue;
    if (!is_solved(row, oh_gim1(strcmp(row_text(row, "interarrival"), "D") == 0 ? constant_gap
                                                                                : erlang4_gap,
                                &gap, gap, 1, &queue)))
        return;
    row_expect(row, "sigma", queue.sigma);
    row_expect(row, "P_wait", 1 - oh_gim1_wait_within(&queue, 0));
    row_expect(row, "Wq_in_service_times", queue.wait_mean_s);
}

static void renewal_arrivals_are_exact(void **state) {
    table_compare("gim1.csv", 1e-9, 0, gim1_row);
}

static void exponential_gaps_make_m_m_1(void **state) {
    for (double busy = 0.001; busy < 1; busy += 0.037) {
        double gap = 3 / busy;
        struct oh_gim1 queue;
        assert_int_equal(oh_gim1(exponential_gap, &gap, gap, 3, &queue), OH_THEORY_OK);
        assert_true(fabs(queue.sigma - busy) < 1e-12);
        assert_true(fabs(oh_gim1_wait_within(&queue, 7) - (1 - busy * exp(-(1 - busy) * 7 / 3))) <
                    1e-12);
    }
}

static void mdn_row(struct row *row) {
    struct oh_mdn queue;
    if (!is_solved(row, oh_mdn(row_number(row, "lambda"), row_varied(row, "D"),
                               (int)row_number(row, "n"), &queue)))
        return;
    row_expect(row, "rho", queue.occupancy);
    row_expect(row, "Wq", queue.wait_mean_s);
    row_expect(row, "P_wait", queue.wait_share);
}

static void constant_handle_times_are_exact(void **state) {
    table_compare("mdn.csv", 1e-9, 0, mdn_row);
}

static void priority_mmn_row(struct row *row) {
    double rates[2] = {row_number(row, "lambda1"), row_number(row, "lambda2")};
    double waits[2];
    assert_int_equal(oh_priority_mmn(rates, 2, row->off / row_number(row, "mu"),
                                     (int)row_number(row, "n"), waits),
                     OH_THEORY_OK);
    row_expect(row, "Wq1", waits[0]);
    row_expect(row, "Wq2", waits[1]);
    row_expect(row, "Wq_overall",
               (rates[0] * waits[0] + rates[1] * waits[1]) / (rates[0] + rates[1]));
}

static void priorities_among_many_agents_are_exact(void **state) {
    table_compare("priority_mmn.csv", 1e-9, 0, priority_mmn_row);
}

/* The file shows one class of each model; these are all. */
static const struct {
    const char *name;
    size_t n_classes;
    struct oh_priority_class classes[3];
} priority_models[] = {
    {"M/M/1 3 classes", 3, {{0.2, 1, 2}, {0.2, 1, 2}, {0.3, 1, 2}}},
    {"M/G/1: exp(0.5) then det(1)", 2, {{0.4, 0.5, 0.5}, {0.6, 1, 1}}},
    {"M/G/1: exp(2), exp(0.5)", 2, {{0.2, 2, 8}, {0.8, 0.5, 0.5}}},
    {"M/D/1 2 classes", 2, {{0.4, 1, 1}, {0.4, 1, 1}}},
};

static void priority_mg1_row(struct row *row) {
    size_t ix = 0;
    while (strcmp(priority_models[ix].name, row_text(row, "model")) != 0)
        assert_true(++ix < sizeof priority_models / sizeof *priority_models);
    struct oh_priority_class classes[3];
    struct oh_priority_waits waits[3];
    for (size_t k = 0; k < 3; k++) {
        classes[k] = priority_models[ix].classes[k];
        classes[k].service_mean_s *= row->off;
        classes[k].service_second *= row->off * row->off;
    }
    if (!is_solved(row, oh_priority_mg1(classes, priority_models[ix].n_classes, waits)))
        return;
    size_t k = (size_t)row_number(row, "class") - 1;
    row_expect(row, "lambda", classes[k].arrival_rate_per_s);
    row_expect(row, "ES", classes[k].service_mean_s);
    row_expect(row, "ES2", classes[k].service_second);
    row_expect(row, "Wq_nonpreemptive", waits[k].wait_mean_s);
    row_expect(row, "T_nonpreemptive", waits[k].sojourn_mean_s);
    row_expect(row, "T_preemptive_resume", waits[k].sojourn_preemptive_mean_s);
}

static void priorities_on_one_server_are_exact(void **state) {
    table_compare("priority_mg1.csv", 1e-9, 0, priority_mg1_row);
}

static void a_class_beyond_capacity_waits_for_ever(void **state) {
    const double rates[3] = {0.5, 0.3, 0.4};
    double waits[3];
    assert_int_equal(oh_priority_mmn(rates, 3, 1, 1, waits), OH_THEORY_OK);
    assert_true(isfinite(waits[0]) && isfinite(waits[1]) && isinf(waits[2]));
    assert_true(fabs(waits[0] - 1 / 0.5) < 1e-12); /* agents never idle: C = 1 */
}

static void one_server_refuses_too_much_work(void **state) {
    struct oh_mg1 mg1;
    struct oh_gim1 gim1;
    struct oh_mdn mdn;
    double gap = 1;
    assert_int_equal(oh_mg1(1, 1, 2, 6, &mg1), OH_THEORY_UNSTABLE);
    assert_int_equal(oh_mg1(-1, 1, 2, 6, &mg1), OH_THEORY_RANGE);
    assert_int_equal(oh_gim1(constant_gap, &gap, gap, 1, &gim1), OH_THEORY_UNSTABLE);
    assert_int_equal(oh_mdn(2, 1, 2, &mdn), OH_THEORY_UNSTABLE);
    assert_int_equal(oh_mdn(2, 0, 2, &mdn), OH_THEORY_RANGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_server_is_exact),
        cmocka_unit_test(renewal_arrivals_are_exact),
        cmocka_unit_test(exponential_gaps_make_m_m_1),
        cmocka_unit_test(constant_handle_times_are_exact),
        cmocka_unit_test(priorities_among_many_agents_are_exact),
        cmocka_unit_test(priorities_on_one_server_are_exact),
        cmocka_unit_test(a_class_beyond_capacity_waits_for_ever),
        cmocka_unit_test(one_server_refuses_too_much_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
