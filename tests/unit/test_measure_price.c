/* What the counts of a record cost and bring, on the centre counted by hand: sales 5 ct an attempt, 2 ct a minute in the
 * queue, 12 USD a matter settled; care 10 ct a minute, 150 USD a customer lost; desk 41 USD an hour paid, back 2.50 USD
 * a contact; lines 2 ct a minute. */
#include "test_measure_fixture.h"

static const int64_t usd = 1000000;

static void fill(struct centre *centre, struct oh_record *record) {
    centre_init(centre);
    oh_record_init(record, &centre->layout);
    record_fill(record);
    oh_record_price(record);
}

static int64_t over_cells(const int64_t *counter, ptrdiff_t stride, uint32_t n_cells) {
    int64_t sum = 0;
    for (uint32_t cell = 0; cell < n_cells; cell++)
        sum += counter[(ptrdiff_t)cell * stride];
    return sum;
}

/* Prices are whole cents and counts are spread in whole seconds, so that no cell but those of hours is rounded. */
static void each_counter_has_its_price(void **state) {
    struct centre centre;
    struct oh_record record;
    fill(&centre, &record);
    uint32_t eight = ROW_EIGHT;
    /* of 676 offered 676 - 112 - 169 in the row of eight; of 70000 s in queues 70000 - 11666.666666 - 17500 */
    int64_t queue_us = *contact_count(&record, SALES, eight, OH_C_LEG_WAIT_US);
    assert_true(*contact_count(&record, SALES, eight, OH_C_OFFERED) == 395);
    assert_true(queue_us == INT64_C(40833333334));
    assert_true(*contact_count(&record, SALES, eight, OH_C_COST_MICRO) ==
                395 * 50000 + 13611111); /* 40833.333334 s x 20000 / 60 s = 13611111.1 */
    assert_true(*contact_count(&record, SALES, eight, OH_C_REVENUE_MICRO) ==
                *contact_count(&record, SALES, eight, OH_C_CUSTOMERS_RESOLVED) * 12 * usd);
    assert_true(*contact_count(&record, SALES, eight, OH_C_COST_LOST_MICRO) == 0);
    assert_true(*contact_count(&record, CARE, eight, OH_C_COST_LOST_MICRO) ==
                *contact_count(&record, CARE, eight, OH_C_CUSTOMERS_LOST) * 150 * usd);
    assert_true(*contact_count(&record, CARE, eight, OH_C_REVENUE_MICRO) == 0);
    /* 144000 s scheduled and 500 s of overtime, less a sixth and a quarter of each: 84000 + 291.666667 s */
    int64_t paid_us = *agent_count(&record, DESK, eight, OH_A_SCHEDULED_US) +
                      *agent_count(&record, DESK, eight, OH_A_OVERTIME_US);
    assert_true(paid_us == INT64_C(84291666667));
    assert_true(*agent_count(&record, DESK, eight, OH_A_COST_MICRO) == 959988426); /* ..425.93 */
    assert_true(*agent_count(&record, BACK, eight, OH_A_COST_MICRO) ==
                *agent_count(&record, BACK, eight, OH_A_ANSWERED) * 2500000);
    oh_record_fini(&record);
}

/* The summary's totals, and the sums of parts, are the sums over cells to the last millionth. */
static void nothing_is_lost_between_cells_and_totals(void **state) {
    struct centre centre;
    struct oh_record record;
    fill(&centre, &record);
    uint32_t n_cells = OH_SLOT_OUTSIDE(&centre.layout);
    int64_t contacts = 0, lost = 0, revenue = 0, agents = 0;
    for (int t = 0; t < N_TYPES; t++) {
        const int64_t *cells = contact_count(&record, t, 0, 0);
        contacts += over_cells(cells + OH_C_COST_MICRO, OH_N_CONTACT_COUNTS, n_cells);
        lost += over_cells(cells + OH_C_COST_LOST_MICRO, OH_N_CONTACT_COUNTS, n_cells);
        revenue += over_cells(cells + OH_C_REVENUE_MICRO, OH_N_CONTACT_COUNTS, n_cells);
    }
    for (int g = 0; g < N_GROUPS; g++)
        agents +=
            over_cells(agent_count(&record, g, 0, OH_A_COST_MICRO), OH_N_AGENT_COUNTS, n_cells);
    int64_t lines = over_cells(record.centre + OH_T_COST_LINES_MICRO, OH_N_CENTRE_COUNTS, n_cells);
    struct oh_summary *summary = summarise(&centre.layout, &record, 1);
    const struct {
        const char *path;
        int64_t micro;
    } rows[] = {{"total.cost.contacts", contacts},
                {"total.cost.lost_customers", lost},
                {"total.revenue", revenue},
                {"total.cost.agents", agents},
                {"total.cost.lines", lines},
                {"total.cost", contacts + lost + agents + lines},
                {"total.profit", revenue - contacts - lost - agents - lines}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(rows[i].micro != 0);
        if (estimate_of(summary, rows[i].path).value != (double)rows[i].micro / 1e6)
            fail_msg("%s is %.17g, not %.17g", rows[i].path,
                     estimate_of(summary, rows[i].path).value, (double)rows[i].micro / 1e6);
    }
    assert_string_equal(oh_summary_unit(summary, OH_M_MONEY), "USD");
    oh_summary_destroy(summary);
    oh_record_fini(&record);
}

/* The control: a price that is one cent off is another total. */
static void a_cent_more_is_seen(void **state) {
    struct centre centre;
    struct oh_record record;
    fill(&centre, &record);
    int64_t before = *contact_count(&record, SALES, ROW_EIGHT, OH_C_COST_MICRO);
    struct oh_prices dearer = *centre.layout.prices;
    struct oh_type_prices types[N_TYPES];
    memcpy(types, dearer.types, sizeof types);
    types[SALES].attempt.micro += 10000;
    dearer.types = types;
    centre.layout.prices = &dearer;
    oh_record_price(&record);
    assert_true(*contact_count(&record, SALES, ROW_EIGHT, OH_C_COST_MICRO) == before + 395 * 10000);
    oh_record_fini(&record);
}

/* Without prices the counters stay as they are; and no price makes a sum overflow. */
static void no_price_and_the_largest(void **state) {
    struct centre centre;
    struct oh_record record;
    fill(&centre, &record);
    static const struct oh_type_prices types[N_TYPES] = {
        {.queue_time = {1e15, 1}, .resolved = {1e15, 1}}, {.attempt = {1e15, 1}}};
    static const struct oh_group_prices groups[N_GROUPS] = {{.contact = {1e15, 1}},
                                                            {.paid_time = {1e15, 1}}};
    static const struct oh_prices dear = {"USD", types, groups, {1e15, 1}};
    centre.layout.prices = &dear;
    oh_record_price(&record);
    struct oh_summary *summary = summarise(&centre.layout, &record, 1);
    assert_true(estimate_of(summary, "total.cost").value > 1e9);
    assert_true(estimate_of(summary, "total.cost").value < 9.3e12);
    oh_summary_destroy(summary);
    int64_t before = *agent_count(&record, DESK, ROW_EIGHT, OH_A_COST_MICRO);
    centre.layout.prices = NULL;
    oh_record_price(&record);
    assert_true(*agent_count(&record, DESK, ROW_EIGHT, OH_A_COST_MICRO) == before);
    oh_record_fini(&record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_counter_has_its_price),
        cmocka_unit_test(nothing_is_lost_between_cells_and_totals),
        cmocka_unit_test(a_cent_more_is_seen),
        cmocka_unit_test(no_price_and_the_largest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
