/* Erlang B, C and A against exact values. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "test_theory_table.h"
#include "theory/erlang.h"
#include "theory/offered_wait.h"
#include "theory/theory.h"

static double rate(const struct row *row) {
    return row_number(row, "calls_per_hour") / 3600;
}

/* A model with the columns that most files share; the control changes the handle time. */
static struct oh_theory_model model_of(const struct row *row, double agents,
                                       double patience_mean_s) {
    struct oh_theory_model model = oh_theory_model_init();
    model.arrival_rate_per_s = rate(row);
    model.handle_time_s = row_varied(row, "aht_s");
    model.agents = (int)agents;
    model.patience = oh_patience_exponential(patience_mean_s);
    return model;
}

static struct oh_theory_result solved(const struct oh_theory_model *model, const char *name) {
    struct oh_theory_result result;
    const char *solved_as;
    assert_int_equal(oh_theory_solve(model, &result, &solved_as), OH_THEORY_OK);
    assert_string_equal(solved_as, name);
    return result;
}

static void erlang_b_row(struct row *row) {
    double load = row_varied(row, "a_erlang");
    double lines = row_number(row, "n");
    row_expect(row, "B", oh_erlang_b(load, lines));
    row_expect(row, "occupancy", oh_erlang_b_carried(load, lines) / lines);
    row_expect(row, "overflow_erlang", load * oh_erlang_b(load, lines));
    struct oh_theory_model model = oh_theory_model_init();
    model.arrival_rate_per_s = load;
    model.handle_time_s = 1;
    model.agents = (int)lines;
    model.room = 0;
    struct oh_theory_result result = solved(&model, "M/M/n/n");
    row_expect(row, "B", result.blocking);
    row_expect(row, "occupancy", result.occupancy);
    int least;
    assert_int_equal(oh_erlang_b_least_lines(load, row_number(row, "B") * (1 + 1e-9), &least),
                     OH_THEORY_OK);
    row_expect(row, "n", least);
}

static void erlang_b_is_exact(void **state) {
    table_compare("erlang_b.csv", 1e-9, 0, erlang_b_row);
}

static void erlang_c_row(struct row *row) {
    struct oh_erlang_c queue;
    int agents = (int)row_number(row, "n");
    double within_s = row_number(row, "T_s");
    enum oh_theory_status status = oh_erlang_c(rate(row), row_varied(row, "aht_s"), agents, &queue);
    if (status == OH_THEORY_UNSTABLE && row->off != 1) {
        row->wrong++;
        return;
    }
    assert_int_equal(status, OH_THEORY_OK);
    row_expect(row, "occupancy", queue.occupancy);
    row_expect(row, "P_wait", queue.wait_share);
    row_expect(row, "ASA_s", queue.wait_mean_s);
    row_expect(row, "mean_wait_of_delayed_s", queue.wait_delayed_mean_s);
    row_expect(row, "mean_queue", queue.queue_length_mean);
    row_expect(row, "SL_within_T", 1 - oh_erlang_c_wait_over(&queue, within_s));
    row_expect(row, "wait_90pct_s", oh_erlang_c_percentile(&queue, 0.9));

    struct oh_theory_model model = model_of(row, agents, INFINITY);
    model.answer_within_s = within_s;
    struct oh_theory_result result = solved(&model, "M/M/n");
    row_expect(row, "occupancy", result.occupancy);
    row_expect(row, "P_wait", result.delayed_share);
    row_expect(row, "ASA_s", result.wait_answered.mean);
    row_expect(row, "mean_wait_of_delayed_s", result.wait_delayed_mean);
    row_expect(row, "mean_queue", result.queue_length_mean);
    row_expect(row, "SL_within_T", result.service_level);
    row_expect(row, "wait_90pct_s", result.wait_all.p90);
}

static void erlang_c_is_exact(void **state) {
    table_compare("erlang_c.csv", 1e-9, 0, erlang_c_row);
}

static void erlang_a_row(struct row *row) {
    struct oh_erlang_a_model chain = {rate(row), row_varied(row, "aht_s"),
                                      (int)row_number(row, "n"), row_number(row, "patience_mean_s"),
                                      row_number(row, "waiting_room")};
    struct oh_erlang_a by_states;
    assert_int_equal(oh_erlang_a(&chain, &by_states), OH_THEORY_OK);
    row_expect(row, "P_block", by_states.blocked);
    row_expect(row, "P_queue", by_states.queued);
    row_expect(row, "P_abandon", by_states.abandoned);
    row_expect(row, "P_served", by_states.answered);
    row_expect(row, "mean_queue", by_states.queue_length_mean);
    row_expect(row, "mean_wait_admitted_s", by_states.wait_all_s);
    row_expect(row, "ASA_served_s", by_states.wait_answered_s);
    row_expect(row, "mean_wait_abandoned_s", by_states.wait_abandoned_s);
    row_expect(row, "occupancy", by_states.occupancy);

    struct oh_theory_model model =
        model_of(row, row_number(row, "n"), row_number(row, "patience_mean_s"));
    model.room = chain.room == INFINITY ? -1 : chain.room;
    model.n_tails = 1;
    model.tails_s[0] = 20;
    struct oh_theory_result result = solved(&model, chain.room == 0          ? "M/M/n/n"
                                                    : chain.room == INFINITY ? "M/M/n+M"
                                                                             : "M/M/n/n+r+M");
    row_expect(row, "P_block", result.blocking);
    row_expect(row, "P_queue", result.delayed_share);
    row_expect(row, "P_abandon", result.abandonment);
    row_expect(row, "P_served", result.reached);
    row_expect(row, "mean_queue", result.queue_length_mean);
    row_expect(row, "mean_wait_admitted_s", result.wait_all.mean);
    row_expect(row, "ASA_served_s", result.wait_answered.mean);
    row_expect(row, "mean_wait_abandoned_s", result.wait_abandoned.mean);
    row_expect(row, "occupancy", result.occupancy);
    row_expect(row, "P_served_within_20s", result.service_level);
    row_expect(row, "P_wait_gt_20s", result.wait_all.over[0]);
}

static void erlang_a_is_exact_by_states_and_by_waits(void **state) {
    table_compare("erlang_a.csv", 1e-9, 0, erlang_a_row);
}

static void erlang_a_tail_row(struct row *row) {
    struct oh_offered_wait_model model = {rate(row),
                                          row_varied(row, "aht_s"),
                                          (int)row_number(row, "n"),
                                          oh_patience_exponential(row_number(row, "patience_s")),
                                          INFINITY,
                                          INFINITY};
    struct oh_offered_wait *law;
    assert_int_equal(oh_offered_wait_create(&model, &law), OH_THEORY_OK);
    double t_s = row_number(row, "t_s");
    row_expect(row, "P_offered_wait_gt_t", oh_offered_wait_over(law, t_s));
    row_expect(row, "P_actual_wait_gt_t", oh_offered_wait_actual_over(law, t_s));
    oh_offered_wait_destroy(law);
}

static void tails_are_exact_down_to_1e_16(void **state) {
    table_compare("erlang_a_tail.csv", 1e-9, 0, erlang_a_tail_row);
}

static void sl_variants_row(struct row *row) {
    struct oh_theory_model model =
        model_of(row, row_number(row, "n"), row_number(row, "patience_s"));
    model.answer_within_s = row_number(row, "T_s");
    struct oh_theory_result result = solved(&model, "M/M/n+M");
    const double *levels = result.service_levels;
    row_expect(row, "P_answered", result.reached);
    row_expect(row, "P_abandoned", result.abandonment);
    row_expect(row, "P_answered_le_T", result.service_level);
    row_expect(row, "P_abandoned_le_T",
               levels[OH_THEORY_ABANDONS_POSITIVE] - levels[OH_THEORY_OFFERED]);
    row_expect(row, "SL1_answered_only", levels[OH_THEORY_ANSWERED_ONLY]);
    row_expect(row, "SL2_abandons_negative", levels[OH_THEORY_OFFERED]);
    row_expect(row, "SL2_abandons_negative", levels[OH_THEORY_ABANDONS_NEGATIVE]);
    row_expect(row, "SL3_abandons_le_T_excluded", levels[OH_THEORY_EARLY_ABANDONS_EXCLUDED]);
    row_expect(row, "SL4_abandons_positive", levels[OH_THEORY_ABANDONS_POSITIVE]);
    row_expect(row, "SL5_short_abandons_le_5s_excluded", levels[OH_THEORY_SHORT_ABANDONS_EXCLUDED]);
    row_expect(row, "ASA_s", result.wait_answered.mean);
    row_expect(row, "mean_wait_all_s", result.wait_all.mean);
    row_expect(row, "abandon_rate", result.abandonment);
    row_expect(row, "abandon_rate_excl_short5", result.abandonment_after_short);
}

static void every_service_level_formula_is_exact(void **state) {
    table_compare("sl_variants.csv", 1e-9, 0, sl_variants_row);
}

static void staffing_row(struct row *row) {
    struct oh_theory_goal goal = {"service_level", true, row_number(row, "SL_target")};
    struct oh_theory_model model = model_of(row, 0, INFINITY);
    model.answer_within_s = row_number(row, "T_s");
    int agents;
    struct oh_theory_result result;
    assert_int_equal(oh_theory_least_agents(&model, &goal, &agents, &result, NULL), OH_THEORY_OK);
    row_expect(row, "n_erlangC", agents);
    row_expect(row, "SL_C", result.service_level);
    row_expect(row, "ASA_C_s", result.wait_answered.mean);
    row_expect(row, "occ_C", result.occupancy);
    assert_int_equal(oh_erlang_c_least_agents(rate(row), model.handle_time_s, model.answer_within_s,
                                              goal.value, &agents),
                     OH_THEORY_OK);
    row_expect(row, "n_erlangC", agents);
    model.patience = oh_patience_exponential(180);
    assert_int_equal(oh_theory_least_agents(&model, &goal, &agents, &result, NULL), OH_THEORY_OK);
    row_expect(row, "n_erlangA_patience180", agents);
    row_expect(row, "SL_A", result.service_level);
    row_expect(row, "Pab_A", result.abandonment);
    row_expect(row, "ASA_A_s", result.wait_answered.mean);
    row_expect(row, "occ_A", result.occupancy);
}

static void least_agents_are_exact(void **state) {
    table_compare("staffing.csv", 1e-9, 0, staffing_row);
}

/* R is printed with fewer digits than P(wait) shows, so it is taken from n = R + beta sqrt(R). */
static void square_root_row(struct row *row) {
    double n = row_number(row, "n");
    double beta = row_number(row, "beta");
    double root = (sqrt(beta * beta + 4 * n) - beta) / 2;
    double load = root * root * row->off;
    double theta = row_number(row, "theta_over_mu");
    if (isnan(theta)) {
        struct oh_erlang_c queue;
        if (oh_erlang_c(load, 1, (int)n, &queue) == OH_THEORY_OK)
            row_expect(row, "exact", queue.wait_share);
        else
            row->wrong += row->off != 1;
        return;
    }
    struct oh_erlang_a_model model = {load, 1, (int)n, 1 / theta, INFINITY};
    struct oh_erlang_a queue;
    assert_int_equal(oh_erlang_a(&model, &queue), OH_THEORY_OK);
    bool is_wait = strcmp(row_text(row, "quantity"), "Garnett P(wait)") == 0;
    row_expect(row, "exact", is_wait ? queue.queued : queue.abandoned);
}

static void square_root_staffing_is_exact(void **state) {
    table_compare("qed.csv", 1e-9, 0, square_root_row);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(erlang_b_is_exact),
        cmocka_unit_test(erlang_c_is_exact),
        cmocka_unit_test(erlang_a_is_exact_by_states_and_by_waits),
        cmocka_unit_test(tails_are_exact_down_to_1e_16),
        cmocka_unit_test(every_service_level_formula_is_exact),
        cmocka_unit_test(least_agents_are_exact),
        cmocka_unit_test(square_root_staffing_is_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
