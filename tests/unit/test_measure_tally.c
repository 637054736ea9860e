/* Tallies: merging in order, interval rows, extremes, curves, warnings. */
#include "base/arena.h"
#include "test_measure_fixture.h"

struct run {
    struct centre centre;
    struct oh_record record;
    struct oh_tally *tally;
};

static void run_start(struct run *run) {
    centre_init(&run->centre);
    oh_record_init(&run->record, &run->centre.layout);
    run->tally = oh_tally_create(&run->centre.layout);
}

static struct oh_summary *run_end(struct run *run) {
    struct oh_summary *summary = oh_tally_summarise(run->tally);
    oh_tally_destroy(run->tally);
    oh_record_fini(&run->record);
    return summary;
}

/* A replication that answers `answered` of `offered` sales contacts, abandons the rest, half of them after a wait. */
static void add_simple(struct run *run, int64_t answered, int64_t offered) {
    struct oh_record *record = &run->record;
    oh_record_reset(record, oh_tally_replications(run->tally));
    record->attempts = (uint64_t)offered;
    *contact_count(record, SALES, ROW_EIGHT, OH_C_OFFERED) = offered;
    *contact_count(record, SALES, ROW_EIGHT, OH_ANSWERED) = answered;
    *contact_count(record, SALES, ROW_EIGHT, OH_ABANDONED) = offered - answered;
    *contact_count(record, SALES, ROW_EIGHT, OH_C_DELAYED) = offered / 2;
    record->centre[OH_T_WINDOW_US] = 3600000000;
    oh_tally_add(run->tally, record);
}

static void counts_are_means_per_replication_and_ratios_are_of_sums(void **state) {
    struct run run;
    run_start(&run);
    add_simple(&run, 10, 20);
    add_simple(&run, 90, 100);
    add_simple(&run, 30, 60);
    assert_int_equal(oh_tally_replications(run.tally), 3);
    struct oh_summary *summary = run_end(&run);
    assert_close(estimate_of(summary, "total.offered").value, 60, 0, "offered");
    /* standard deviation 40, t = 4.30265272975 */
    assert_close(estimate_of(summary, "total.offered").high, 60 + 4.30265272975 * 40 / sqrt(3),
                 1e-12, "offered high");
    struct oh_estimate reached = estimate_of(summary, "contacts.sales.reached");
    assert_close(reached.value, 130 / 180.0, 1e-15, "reached");
    /* residuals x - 13/18 y: -40/9, 160/9, -120/9; their squares sum to 41600/81 */
    double half = 4.30265272975 * sqrt(41600 / 81.0 * (3 / 2.0)) / 180;
    assert_close(reached.low, 130 / 180.0 - half, 1e-11, "reached low");
    assert_close(reached.high, fmin(1, 130 / 180.0 + half), 1e-11, "reached high");
    assert_int_equal(summary->contacts_simulated, 180);
    assert_int_equal(summary->replications, 3);
    oh_summary_destroy(summary);
}

static void without_replications_nothing_exists(void **state) {
    struct run run;
    run_start(&run);
    struct oh_summary *summary = run_end(&run);
    assert_int_equal(summary->replications, 0);
    for (uint32_t u = 0; u < summary->n_uses; u++) {
        assert_true(isnan(summary->total.estimates[u].value));
        assert_true(isnan(summary->types[CARE].estimates[u].high));
        assert_true(isnan(summary->rows[0].total.estimates[u].low));
    }
    assert_int_equal(summary->n_curves, 0);
    assert_int_equal(summary->n_warnings, 0);
    oh_summary_destroy(summary);
}

static void a_layout_without_types_groups_or_rows_will_do(void **state) {
    struct oh_layout layout = {.confidence = 0.95};
    struct oh_record record;
    oh_record_init(&record, &layout);
    struct oh_summary *summary = summarise(&layout, &record, 1);
    assert_true(estimate_of(summary, "total.offered").value == 0);
    assert_true(isnan(estimate_of(summary, "total.reached").value));
    assert_true(isnan(estimate_of(summary, "total.wait_answered.p90").value));
    oh_summary_destroy(summary);
    oh_record_fini(&record);
}

/* ---- rare events, seen from outside ---- */

static void no_event_is_bounded_by_its_trials(void **state) {
    struct run run;
    run_start(&run);
    for (int i = 0; i < 4; i++)
        add_simple(&run, 100, 100);
    struct oh_summary *summary = run_end(&run);
    struct oh_estimate abandonment = estimate_of(summary, "total.abandonment");
    assert_true(abandonment.value == 0 && abandonment.low == 0);
    assert_close(abandonment.high, 3.68887945411 / 400, 1e-11, "abandonment");
    struct oh_estimate reached = estimate_of(summary, "total.reached");
    assert_true(reached.value == 1 && reached.high == 1);
    assert_close(reached.low, 1 - 3.68887945411 / 400, 1e-11, "reached");
    struct oh_estimate offered = estimate_of(summary, "total.offered");
    assert_true(offered.low == 100 && offered.high == 100); /* a count may be constant */
    oh_summary_destroy(summary);
}

static void trials_that_come_in_clusters_count_as_fewer(void **state) {
    struct run run;
    run_start(&run);
    for (int i = 0; i < 8; i++) {
        oh_record_reset(&run.record, 0);
        *contact_count(&run.record, SALES, ROW_EIGHT, OH_C_OFFERED) = 100;
        *contact_count(&run.record, SALES, ROW_EIGHT, OH_ANSWERED) = 100;
        *contact_count(&run.record, SALES, ROW_EIGHT, OH_C_DELAYED) = i % 2 == 0 ? 100 : 0;
        oh_tally_add(run.tally, &run.record);
    }
    struct oh_summary *summary = run_end(&run);
    /* 800 trials in clusters worth 100 * 8 / 7: 7 */
    assert_close(estimate_of(summary, "total.abandonment").high, 3.68887945411 / 7, 1e-11, "high");
    oh_summary_destroy(summary);
}

static void agents_who_are_always_busy_leave_room_by_what_they_answered(void **state) {
    struct run run;
    run_start(&run);
    for (int i = 0; i < 5; i++) {
        oh_record_reset(&run.record, 0);
        *agent_count(&run.record, DESK, ROW_EIGHT, OH_A_TALK_US) = 3600000000;
        *agent_count(&run.record, DESK, ROW_EIGHT, OH_A_ANSWERED) = 20;
        *agent_count(&run.record, BACK, ROW_EIGHT, OH_A_AVAILABLE_US) = 3600000000;
        oh_tally_add(run.tally, &run.record);
    }
    struct oh_summary *summary = run_end(&run);
    struct oh_estimate desk = estimate_of(summary, "agents.desk.occupancy");
    assert_true(desk.value == 1 && desk.high == 1);
    assert_close(desk.low, 1 - 3.68887945411 / 100, 1e-11, "desk");
    struct oh_estimate back = estimate_of(summary, "agents.back.occupancy");
    assert_true(back.value == 0 && back.low == 0);
    assert_close(back.high, 3.68887945411 / 5, 1e-11, "back: no call, five replications");
    oh_summary_destroy(summary);
}

/* ---- extremes ---- */

static void a_longest_wait_is_averaged_over_replications_that_have_one(void **state) {
    struct run run;
    run_start(&run);
    static const int64_t longest_s[] = {0, 30, 50, 0};
    for (int i = 0; i < 4; i++) {
        oh_record_reset(&run.record, 0);
        *contact_count(&run.record, SALES, ROW_EIGHT, OH_ABANDONED) = i % 3 != 0;
        int64_t *maxima = oh_record_maxima(&run.record, SALES);
        maxima[OH_MAX_W_ABANDONED_US] = longest_s[i] * 1000000;
        maxima[OH_MAX_QUEUE] = 4 * i;
        oh_tally_add(run.tally, &run.record);
    }
    struct oh_summary *summary = run_end(&run);
    assert_close(estimate_of(summary, "contacts.sales.wait_abandoned.max").value, 40, 0, "two");
    assert_close(estimate_of(summary, "contacts.sales.queue_length.max").value, 6, 0, "four");
    assert_true(isnan(estimate_of(summary, "contacts.sales.wait_answered.max").value));
    assert_true(isnan(estimate_of(summary, "contacts.care.wait_abandoned.max").value));
    oh_summary_destroy(summary);
}

/* ---- interval rows ---- */

static struct oh_summary *summarise_filled(struct run *run) {
    run_start(run);
    for (int i = 0; i < 2; i++) {
        oh_record_reset(&run->record, 0);
        record_fill(&run->record);
        oh_tally_add(run->tally, &run->record);
    }
    return run_end(run);
}

static double in_row(const struct oh_summary *summary, const struct oh_scope *scope,
                     const char *id) {
    int use = oh_summary_use(summary, id);
    assert_true(use >= 0 && scope->present[use]);
    return scope->estimates[use].value;
}

static void rows_are_per_occurrence_and_per_time_that_counts(void **state) {
    struct run run;
    struct oh_summary *summary = summarise_filled(&run);
    const struct oh_row *eight = &summary->rows[ROW_EIGHT], *nine = &summary->rows[ROW_NINE];
    /* eight holds x - x/6 - x/4 of the fixture's numbers and occurs twice; nine x/6 and half a time */
    assert_close(in_row(summary, &eight->types[SALES], "offered"), (676 - 112 - 169) / 2.0, 0, "8");
    assert_close(in_row(summary, &nine->types[SALES], "offered"), 112 / 0.5, 0, "9");
    assert_close(in_row(summary, &nine->total, "offered"), (112 + 47) / 0.5, 0, "9 total");
    assert_close(in_row(summary, &nine->groups[DESK], "answered"), 65 / 0.5, 0, "9 desk");
    assert_close(in_row(summary, &eight->total, "queue_length.mean"), 7.5, 1e-15, "queue");
    assert_close(in_row(summary, &eight->groups[DESK], "occupancy"), 0.9, 1e-9, "occupancy");
    assert_close(in_row(summary, &nine->groups[BACK], "scheduled"), 10, 1e-12, "scheduled");
    assert_close(in_row(summary, &nine->total, "scheduled"), 30, 1e-12, "scheduled in all");
    assert_close(in_row(summary, &eight->types[SALES], "wait_answered.mean"), 28000 / 234.0, 1e-15,
                 "wait");
    assert_close(in_row(summary, &eight->types[CARE], "service_level"),
                 (90 - 15 - 22) / (88.0 + (16 - 2 - 4) + (12 - 2 - 3) + (18 - 3 - 4) +
                                   (22 - 3 - 5) - (4 - 0 - 1)),
                 1e-15, "service level");
    assert_int_equal(nine->start_s, 9 * 3600);
    oh_summary_destroy(summary);
}

static void a_row_that_never_occurs_has_no_values(void **state) {
    struct run run;
    struct oh_summary *summary = summarise_filled(&run);
    const struct oh_row *never = &summary->rows[ROW_NEVER];
    assert_true(isnan(in_row(summary, &never->total, "offered")));
    assert_true(isnan(in_row(summary, &never->total, "queue_length.mean")));
    assert_true(isnan(never->queue_p10) && isnan(never->queue_p90));
    oh_summary_destroy(summary);
}

static void rows_have_what_is_meant_for_rows_only(void **state) {
    struct run run;
    struct oh_summary *summary = summarise_filled(&run);
    for (uint32_t u = 0; u < summary->n_uses; u++) {
        bool meant = (oh_metric_scopes(summary->uses[u].metric) & OH_IN_INTERVALS) != 0;
        const struct oh_row *row = &summary->rows[0];
        assert_int_equal(row->total.present[u], meant && summary->total.present[u]);
        assert_int_equal(row->types[CARE].present[u], meant && summary->types[CARE].present[u]);
        assert_int_equal(row->groups[BACK].present[u], meant && summary->groups[BACK].present[u]);
    }
    oh_summary_destroy(summary);
}

static void the_queue_band_is_of_replications(void **state) {
    struct run run;
    run_start(&run);
    for (int i = 0; i < 1500; i++) { /* the first thousand: 0 to 999 in a shuffled order */
        oh_record_reset(&run.record, 0);
        oh_record_centre_cell(&run.record, ROW_NINE)[OH_T_WINDOW_US] = 1000;
        *contact_count(&run.record, SALES, ROW_NINE, OH_C_QUEUE_US) =
            i < 1000 ? i * 389 % 1000 * 400 : 99000000;
        *contact_count(&run.record, CARE, ROW_NINE, OH_C_QUEUE_US) =
            i < 1000 ? i * 389 % 1000 * 600 : 99000000;
        oh_tally_add(run.tally, &run.record);
    }
    struct oh_summary *summary = run_end(&run);
    assert_close(summary->rows[ROW_NINE].queue_p10, 99.9, 1e-6, "p10");
    assert_close(summary->rows[ROW_NINE].queue_p90, 899.1, 1e-6, "p90");
    assert_true(isnan(summary->rows[ROW_EIGHT].queue_p10)); /* no time counted there */
    oh_summary_destroy(summary);
}

/* ---- merging ---- */

static void fill_at_random(struct oh_record *record, uint64_t replication) {
    uint64_t seed = 1000 + replication;
    oh_record_reset(record, replication);
    record_fill(record);
    for (int t = 0; t < N_TYPES; t++) {
        for (int c = 0; c < OH_N_CONTACT_COUNTS; c++)
            *contact_count(record, t, ROW_EIGHT, c) += (int64_t)draw_exponential(&seed, 1e4);
        for (int h = 0; h < OH_N_HISTOGRAMS; h++)
            for (int i = 0; i < 200; i++)
                oh_histogram_add(
                    oh_record_histogram(record, (uint32_t)t, (enum oh_histogram_id)h),
                    draw_uniform(&seed) < 0.2 ? 0 : (int64_t)draw_exponential(&seed, 60e6));
    }
}

static bool same_bits(const struct oh_estimate *a, const struct oh_estimate *b, uint32_t n) {
    return memcmp(a, b, n * sizeof *a) == 0;
}

static void the_same_records_in_order_give_the_same_bytes(void **state) {
    struct run run[2];
    struct oh_summary *summaries[2];
    for (int k = 0; k < 2; k++) {
        run_start(&run[k]);
        for (uint64_t r = 0; r < 25; r++) {
            fill_at_random(&run[k].record, r);
            oh_tally_add(run[k].tally, &run[k].record);
            if (k == 1 && r % 7 == 0) /* looking does not change anything */
                oh_summary_destroy(oh_tally_summarise(run[k].tally));
        }
        summaries[k] = run_end(&run[k]);
    }
    uint32_t n = summaries[0]->n_uses;
    assert_true(same_bits(summaries[0]->total.estimates, summaries[1]->total.estimates, n));
    assert_true(same_bits(summaries[0]->types[1].estimates, summaries[1]->types[1].estimates, n));
    assert_true(
        same_bits(summaries[0]->rows[1].total.estimates, summaries[1]->rows[1].total.estimates, n));
    oh_summary_destroy(summaries[0]);
    oh_summary_destroy(summaries[1]);
}

static void a_later_estimate_of_a_path_is_that_of_the_summary(void **state) {
    static const char *const paths[] = {
        "total.service_level", "contacts.care.wait_all.p95", "agents.desk.occupancy",
        "contacts.sales.wait_all.over_600s", "total.wait_answered.p90"};
    struct run run;
    run_start(&run);
    for (uint64_t r = 0; r < 5; r++) {
        fill_at_random(&run.record, r);
        oh_tally_add(run.tally, &run.record);
    }
    struct oh_estimate estimates[5], none;
    for (int i = 0; i < 5; i++)
        assert_true(oh_tally_estimate(run.tally, paths[i], &estimates[i]));
    assert_false(oh_tally_estimate(run.tally, "total.nonsense", &none));
    struct oh_summary *summary = run_end(&run);
    for (int i = 0; i < 5; i++) {
        struct oh_estimate expected = estimate_of(summary, paths[i]);
        assert_true(!isnan(expected.low) && same_bits(&estimates[i], &expected, 1));
    }
    oh_summary_destroy(summary);
}

static void percentiles_of_the_total_are_of_all_types_together(void **state) {
    struct run run;
    run_start(&run);
    for (int r = 0; r < 3; r++) {
        oh_record_reset(&run.record, 0);
        for (int i = 0; i < 100;
             i++) { /* 0 to 99 s answered in sales, 100 to 199 s dropped in care */
            oh_histogram_add(oh_record_histogram(&run.record, SALES, OH_H_W_ANSWERED), i * 1000000);
            oh_histogram_add(oh_record_histogram(&run.record, CARE, OH_H_W_LEFT_OTHERWISE),
                             (100 + i) * 1000000);
        }
        oh_tally_add(run.tally, &run.record);
    }
    struct oh_summary *summary = run_end(&run);
    assert_close(estimate_of(summary, "total.wait_all.p80").value, 159, 1 / 128.0, "all");
    assert_close(estimate_of(summary, "total.wait_answered.p80").value, 79, 1 / 128.0, "answered");
    assert_close(estimate_of(summary, "contacts.care.wait_all.p80").value, 179, 1 / 128.0, "care");
    assert_true(isnan(estimate_of(summary, "contacts.care.wait_answered.p80").value));
    assert_true(isnan(estimate_of(summary, "contacts.sales.wait_abandoned.p80").value));
    oh_summary_destroy(summary);
}

static void the_total_of_one_type_is_that_type(void **state) {
    struct centre centre;
    centre_init(&centre);
    centre.layout.n_types = 1;
    struct oh_record records[2];
    for (int r = 0; r < 2; r++) {
        oh_record_init(&records[r], &centre.layout);
        for (int i = 0; i < 50; i++)
            oh_histogram_add(oh_record_histogram(&records[r], SALES, OH_H_W_TOTAL),
                             (r + 1) * i * 1000000);
    }
    struct oh_summary *summary = summarise(&centre.layout, records, 2);
    struct oh_estimate total = estimate_of(summary, "total.wait_total.p50"),
                       type = estimate_of(summary, "contacts.sales.wait_total.p50");
    assert_true(total.value > 30 && same_bits(&total, &type, 1));
    oh_summary_destroy(summary);
    oh_record_fini(&records[0]);
    oh_record_fini(&records[1]);
}

/* ---- curves and warnings ---- */

static void curves_have_even_bins_and_hold_nearly_all(void **state) {
    struct run run;
    run_start(&run);
    uint64_t seed = 13;
    for (int i = 0; i < 20000; i++)
        oh_histogram_add(oh_record_histogram(&run.record, SALES, OH_H_W_ANSWERED),
                         (int64_t)draw_exponential(&seed, 100e6));
    for (int i = 0; i < 1000; i++)
        oh_histogram_add(oh_record_histogram(&run.record, SALES, OH_H_W_ABANDONED),
                         (int64_t)(draw_uniform(&seed) * 60e6));
    oh_tally_add(run.tally, &run.record);
    struct oh_summary *summary = run_end(&run);
    assert_int_equal(summary->n_curves, 4); /* total and sales; care has none */
    for (uint32_t c = 0; c < 4; c++) {
        const struct oh_curve *curve = &summary->curves[c];
        assert_string_equal(curve->type, c < 2 ? "total" : "sales");
        assert_string_equal(curve->id, c % 2 == 0 ? "wait_answered" : "wait_abandoned");
        assert_in_range(curve->n, 60, 120);
        assert_close(curve->edge_s[1], 5, 0, "step"); /* 99.5% is at 530 s */
        double sum = 0;
        for (uint32_t i = 0; i < curve->n; i++) {
            assert_close(curve->edge_s[i], 5.0 * i, 1e-12, "edge");
            sum += curve->share[i];
        }
        assert_true(sum > 0.995 && sum <= 1 + 1e-12);
    }
    const struct oh_curve *answered = &summary->curves[0], *abandoned = &summary->curves[1];
    assert_close(answered->share[0], 1 - exp(-0.05), 0.05, "first bin");
    assert_close(abandoned->share[5], 5 / 60.0, 0.4, "even");
    assert_true(abandoned->share[13] == 0);
    oh_summary_destroy(summary);
}

static void much_that_is_unfinished_is_warned_of(void **state) {
    static const struct {
        int64_t unfinished;
        const char *warning;
    } rows[] = {{0, NULL},
                {50, NULL},
                {51, "0.51% of the attempts (51 of 10,000"},
                {200, "2% of the attempts (200 of 10,000"},
                {9949, "99% of the attempts (9,949 of 10,000"},
                {10000, "100% of the attempts (10,000 of 10,000"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct run run;
        run_start(&run);
        *contact_count(&run.record, CARE, ROW_EIGHT, OH_C_OFFERED) = 10000;
        *contact_count(&run.record, CARE, ROW_EIGHT, OH_UNFINISHED) = rows[i].unfinished;
        oh_tally_add(run.tally, &run.record);
        struct oh_summary *summary = run_end(&run);
        assert_int_equal(summary->n_warnings, rows[i].warning != NULL);
        if (rows[i].warning != NULL)
            assert_true(strstr(summary->warnings[0], rows[i].warning) == summary->warnings[0]);
        oh_summary_destroy(summary);
    }
}

static void a_record_that_is_reset_is_empty(void **state) {
    struct centre centre;
    centre_init(&centre);
    struct oh_record record;
    oh_record_init(&record, &centre.layout);
    fill_at_random(&record, 3);
    oh_record_reset(&record, 17);
    assert_int_equal(record.replication, 17);
    assert_int_equal(record.attempts, 0);
    struct oh_record fresh;
    oh_record_init(&fresh, &centre.layout);
    const struct oh_layout *layout = &centre.layout;
    size_t cells = OH_N_CELLS(layout);
    assert_memory_equal(record.contacts, fresh.contacts,
                        N_TYPES * cells * OH_N_CONTACT_COUNTS * sizeof *record.contacts);
    assert_memory_equal(record.agents, fresh.agents,
                        N_GROUPS * cells * OH_N_AGENT_COUNTS * sizeof *record.agents);
    assert_memory_equal(record.centre, fresh.centre,
                        cells * OH_N_CENTRE_COUNTS * sizeof *record.centre);
    assert_memory_equal(record.maxima, fresh.maxima,
                        (N_TYPES + N_GROUPS + 1) * OH_N_MAXIMA * sizeof *record.maxima);
    assert_memory_equal(record.tails, fresh.tails, 3 * OH_N_TAIL_COUNTS * sizeof *record.tails);
    assert_memory_equal(record.histograms, fresh.histograms,
                        N_TYPES * OH_N_HISTOGRAMS * sizeof *record.histograms);
    oh_record_fini(&fresh);
    oh_record_fini(&record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_means_per_replication_and_ratios_are_of_sums),
        cmocka_unit_test(without_replications_nothing_exists),
        cmocka_unit_test(a_layout_without_types_groups_or_rows_will_do),
        cmocka_unit_test(no_event_is_bounded_by_its_trials),
        cmocka_unit_test(trials_that_come_in_clusters_count_as_fewer),
        cmocka_unit_test(agents_who_are_always_busy_leave_room_by_what_they_answered),
        cmocka_unit_test(a_longest_wait_is_averaged_over_replications_that_have_one),
        cmocka_unit_test(rows_are_per_occurrence_and_per_time_that_counts),
        cmocka_unit_test(a_row_that_never_occurs_has_no_values),
        cmocka_unit_test(rows_have_what_is_meant_for_rows_only),
        cmocka_unit_test(the_queue_band_is_of_replications),
        cmocka_unit_test(the_same_records_in_order_give_the_same_bytes),
        cmocka_unit_test(a_later_estimate_of_a_path_is_that_of_the_summary),
        cmocka_unit_test(percentiles_of_the_total_are_of_all_types_together),
        cmocka_unit_test(the_total_of_one_type_is_that_type),
        cmocka_unit_test(curves_have_even_bins_and_hold_nearly_all),
        cmocka_unit_test(much_that_is_unfinished_is_warned_of),
        cmocka_unit_test(a_record_that_is_reset_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
