/* Every metric's formula on a centre counted by hand, and the table's promises. */
#include "measure/formula.h"
#include "test_measure_fixture.h"

/* Expected values are written as quotients of the numbers in the fixture, worked out from PRODUCT's definitions:
 * sales: sought 634 = 676 - 7 - 13 - 17 - 5, left 134 = 31 + 23 + 37 + 43;
 * care:  sought 266 = 283 - 2 - 6 - 8 - 1,   left 68 = 16 + 12 + 18 + 22. */
struct expected {
    const char *id;
    double sales, care, total;
};

#define ALIKE(id, sales, care)                                                                     \
    { id, sales, care, (sales) + (care) }

static const struct expected of_contacts[] = {
    ALIKE("offered", 676, 283),
    ALIKE("closed", 7, 2),
    ALIKE("blocked", 11, 4),
    ALIKE("hung_up", 13, 6),
    ALIKE("self_served", 17, 8),
    ALIKE("disconnected", 19, 10),
    ALIKE("cut_off", 23, 12),
    ALIKE("balked", 29, 14),
    ALIKE("abandoned", 31, 16),
    ALIKE("message", 37, 18),
    ALIKE("callback_lost", 41, 20),
    ALIKE("answered", 400, 150),
    ALIKE("dropped", 43, 22),
    ALIKE("unfinished", 5, 1),
    ALIKE("delayed", 450, 160),
    ALIKE("redials", 101, 33),
    ALIKE("transferred", 9, 5),
    {"reached", 400 / 634.0, 150 / 266.0, 550 / 900.0},
    {"abandonment", 31 / 634.0, 16 / 266.0, 47 / 900.0},
    {"abandonment.after_short", 25 / 628.0, 12 / 262.0, 37 / 890.0},
    {"blocking", 11 / 634.0, 4 / 266.0, 15 / 900.0},
    {"disconnection", 42 / 634.0, 22 / 266.0, 64 / 900.0},
    {"share.balked", 29 / 634.0, 14 / 266.0, 43 / 900.0},
    {"share.message", 37 / 634.0, 18 / 266.0, 55 / 900.0},
    {"share.callback_lost", 41 / 634.0, 20 / 266.0, 61 / 900.0},
    {"share.dropped", 43 / 634.0, 22 / 266.0, 65 / 900.0},
    {"share.delayed", 450 / 634.0, 160 / 266.0, 610 / 900.0},
    {"wait_answered.mean", 120, 80, 60000 / 550.0},
    {"wait_answered.max", 900, 500, 900},
    {"wait_answered.over_60s", 0.5, 50 / 150.0, 250 / 550.0},
    {"wait_answered.over_600s", 8 / 400.0, NAN, NAN},
    {"wait_abandoned.mean", 100, 125, 5100 / 47.0},
    {"wait_abandoned.max", 700, 650, 700},
    {"wait_abandoned.over_60s", 20 / 31.0, 10 / 16.0, 30 / 47.0},
    {"wait_abandoned.over_600s", 2 / 31.0, NAN, NAN},
    {"wait_all.mean", 68100 / 534.0, 18000 / 218.0, 86100 / 752.0},
    {"wait_all.max", 950, 655, 950},
    {"wait_all.over_60s", 290 / 534.0, 80 / 218.0, 370 / 752.0},
    {"wait_all.over_600s", 13 / 534.0, NAN, NAN},
    {"wait_total.mean", 130, 13000 / 150.0, 65000 / 550.0},
    {"wait_total.max", 1000, 600, 1000},
    {"wait_total.over_60s", 210 / 400.0, 55 / 150.0, 265 / 550.0},
    {"wait_total.over_600s", 12 / 400.0, NAN, NAN},
    {"longest_wait", 950, 655, 950},
    {"service_level", 300 / 524.0, 90 / 214.0, 390 / 738.0},
    {"service_level.answered_only", 300 / 390.0, 90 / 146.0, 390 / 536.0},
    {"service_level.offered", 300 / 624.0, 90 / 262.0, 390 / 886.0},
    {"service_level.abandons_negative", 300 / 524.0, 90 / 214.0, 390 / 738.0},
    {"service_level.early_abandons_excluded", 300 / 484.0, 90 / 184.0, 390 / 668.0},
    {"service_level.abandons_positive", 340 / 524.0, 120 / 214.0, 460 / 738.0},
    {"service_level.short_abandons_excluded", 300 / 518.0, 90 / 210.0, 390 / 728.0},
    {"talk.mean", 250, 300, 145000 / 550.0},
    {"wrap_up.mean", 50, 20, 23000 / 550.0},
    {"handle_time.mean", 300, 320, 168000 / 550.0},
    {"queue_length.mean", 5, 2.5, 7.5},
    {"queue_length.max", 40, 15, 44},
    {"waiting_to_redial.mean", 2, 0.5, 2.5},
    {"waiting_to_redial.max", 25, 9, 30},
    ALIKE("queue.legs", 543, 223),
    ALIKE("queue.answered", 404, 152),
    ALIKE("queue.abandoned", 137, 75),
    {"queue.wait.mean", 70000 / 543.0, 18000 / 223.0, 88000 / 766.0},
    ALIKE("leg_answered", 4, 2),
    ALIKE("leg_abandoned", 3, 7),
    ALIKE("leg_blocked", 2, 1),
    {"leg_wait.mean", 2700 / 9.0, 1000 / 5.0, 3700 / 14.0},
    ALIKE("conferences", 12, 8),
    {"hold_time_per_customer", 70000 / 500.0, 18000 / 250.0, 88000 / 750.0},
    ALIKE("customers", 500, 250),
    ALIKE("customers_reached", 380, 140),
    ALIKE("customers_pending", 20, 10),
    {"reached_people", 380 / 480.0, 140 / 240.0, 520 / 720.0},
    {"attempts_per_customer", 676 / 500.0, 283 / 250.0, 959 / 750.0},
    {"time_to_reach.mean", 500, 300, 232000 / 520.0},
    {"time_to_reach.max", 5000, 4000, 5000},
    ALIKE("customers_resolved", 320, 120),
    ALIKE("customers_open", 10, 5),
    {"attempts_per_reached", 634 / 380.0, 266 / 140.0, 900 / 520.0},
    {"resolved_people", 320 / 470.0, 120 / 235.0, 440 / 705.0},
    {"first_contact_resolution", 240 / 380.0, 70 / 140.0, 310 / 520.0},
    {"contacts_per_resolution", 400 / 320.0, 150 / 120.0, 550 / 440.0},
    {"time_to_resolution.mean", 2000, 3000, 1000000 / 440.0},
    {"time_to_resolution.max", 9000, 7000, 9000},
    ALIKE("lost_customers", 25, 15),
    {"lost_customers.share", 25 / 470.0, 15 / 235.0, 40 / 705.0},
    ALIKE("callbacks", 60, 25),
    {"callback_share", 60 / 639.0, 25 / 267.0, 85 / 906.0},
    {"callback_delay.mean", 900, 500, 53200 / 68.0},
    {"callback_delay.max", 3600, 1800, 3600},
    {"estimate.bias", 20, -10, 4000 / 350.0},
    {"estimate.error", 50, 40, 16500 / 350.0},
    ALIKE("cost.contacts", 800, 200),
    ALIKE("cost.lost_customers", 3000, 900),
    ALIKE("revenue", 6400, 1800),
};

static const struct expected of_agents[] = {
    /* desk, back, total */
    {"answered", 390, 160, 550},
    {"occupancy", 117000 / 130000.0, 44000 / 55000.0, 161000 / 185000.0},
    {"utilization", 117000 / 144500.0, 44000 / 72100.0, 161000 / 216600.0},
    ALIKE("cost.agents", 4100, 1700),
    ALIKE("talk_time", 97500, 40000),
    ALIKE("wrap_up_time", 19500, 4000),
    ALIKE("available_time", 13000, 11000),
    ALIKE("break_time", 2000, 1000),
    ALIKE("overtime", 500, 100),
    ALIKE("paid_time", 144500, 72100),
    ALIKE("on_duty", 130000 / 7200.0, 55000 / 7200.0),
    ALIKE("scheduled", 20, 10),
    {"longest_busy_run", 1800, 800, 1400},
    {"contacts_in_a_row", 12, 5, 46 / 5.0},
    ALIKE("busy_agents.mean", 117000 / 7200.0, 44000 / 7200.0),
    {"busy_agents.max", 18, 8, 25},
    {"talk.mean", 250, 250, 145000 / 550.0}, /* the total's is the contacts' */
    {"wrap_up.mean", 50, 25, 23000 / 550.0},
    {"handle_time.mean", 300, 275, 168000 / 550.0},
};

static const struct expected of_centre[] = {
    {"lines_busy.mean", NAN, NAN, 25},
    {"lines_busy.max", NAN, NAN, 60},
    {"cost.lines", NAN, NAN, 120},
    {"cost", NAN, NAN, 5800 + 120 + 1000 + 3900},
    {"profit", NAN, NAN, 8200 - 10820},
    {"cost_per_contact", NAN, NAN, 10820 / 550.0},
    {"cost_per_customer", NAN, NAN, 10820 / 750.0},
    {"cost_per_resolution", NAN, NAN, 10820 / 440.0},
};

enum {
    CONTACT_ROWS = sizeof of_contacts / sizeof of_contacts[0],
    AGENT_ROWS = sizeof of_agents / sizeof of_agents[0],
    CENTRE_ROWS = sizeof of_centre / sizeof of_centre[0]
};

static struct oh_summary *summarise_one(struct centre *centre, struct oh_record *record) {
    centre_init(centre);
    oh_record_init(record, &centre->layout);
    record_fill(record);
    return summarise(&centre->layout, record, 1);
}

static void assert_value(const struct oh_summary *summary, const char *scope, const char *id,
                         double expected) {
    char path[96];
    snprintf(path, sizeof path, "%s.%s", scope, id);
    const struct oh_scope *found;
    int use;
    bool exists = oh_summary_find(summary, path, &found, &use);
    if (isnan(expected)) {
        if (exists)
            fail_msg("%s should not exist", path);
        return;
    }
    struct oh_estimate estimate = estimate_of(summary, path);
    assert_close(estimate.value, expected, 1e-14, path);
    assert_true(isnan(estimate.low) && isnan(estimate.high)); /* one replication */
}

static void every_metric_is_as_worked_out_by_hand(void **state) {
    struct centre centre;
    struct oh_record record;
    struct oh_summary *summary = summarise_one(&centre, &record);
    for (int i = 0; i < CONTACT_ROWS; i++) {
        assert_value(summary, "contacts.sales", of_contacts[i].id, of_contacts[i].sales);
        assert_value(summary, "contacts.care", of_contacts[i].id, of_contacts[i].care);
        assert_value(summary, "total", of_contacts[i].id, of_contacts[i].total);
    }
    for (int i = 0; i < AGENT_ROWS; i++) {
        assert_value(summary, "agents.desk", of_agents[i].id, of_agents[i].sales);
        assert_value(summary, "agents.back", of_agents[i].id, of_agents[i].care);
        assert_value(summary, "total", of_agents[i].id, of_agents[i].total);
    }
    for (int i = 0; i < CENTRE_ROWS; i++) {
        assert_value(summary, "contacts.sales", of_centre[i].id, NAN);
        assert_value(summary, "total", of_centre[i].id, of_centre[i].total);
    }
    oh_summary_destroy(summary);
    oh_record_fini(&record);
}

static bool is_expected(const char *id) {
    for (int i = 0; i < CONTACT_ROWS; i++)
        if (strcmp(of_contacts[i].id, id) == 0)
            return true;
    for (int i = 0; i < AGENT_ROWS; i++)
        if (strcmp(of_agents[i].id, id) == 0)
            return true;
    for (int i = 0; i < CENTRE_ROWS; i++)
        if (strcmp(of_centre[i].id, id) == 0)
            return true;
    return false;
}

static void no_formula_is_left_out_of_this_test(void **state) {
    struct centre centre;
    struct oh_record record;
    struct oh_summary *summary = summarise_one(&centre, &record);
    for (uint32_t u = 0; u < summary->n_uses; u++)
        if (oh_metric_family_of(summary->uses[u].metric) != OH_PERCENTILES &&
            !is_expected(summary->uses[u].id))
            fail_msg("%s is not tested", summary->uses[u].id);
    oh_summary_destroy(summary);
    oh_record_fini(&record);
}

static void outcome_shares_sum_to_one(void **state) {
    static const char *const shares[] = {"reached",       "abandonment",        "blocking",
                                         "disconnection", "share.balked",       "share.message",
                                         "share.dropped", "share.callback_lost"};
    static const char *const scopes[] = {"total", "contacts.sales", "contacts.care"};
    struct centre centre;
    struct oh_record record;
    struct oh_summary *summary = summarise_one(&centre, &record);
    for (int s = 0; s < 3; s++) {
        double sum = 0;
        for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
            char path[96];
            snprintf(path, sizeof path, "%s.%s", scopes[s], shares[i]);
            sum += estimate_of(summary, path).value;
        }
        assert_close(sum, 1, 1e-14, scopes[s]);
    }
    oh_summary_destroy(summary);
    oh_record_fini(&record);
}

/* Raises a counter of the type, of the group and of the centre. */
static void raise_counter(struct oh_record *record, int counter) {
    enum { MUCH = 1 << 20 };
    uint32_t centre_row = N_TYPES + N_GROUPS;
    if (counter >= OH_V_TAILS)
        oh_record_tail(record, SALES, 0)[counter - OH_V_TAILS] += MUCH;
    else if (counter >= OH_V_MAXIMA) {
        static const uint32_t rows[] = {SALES, N_TYPES + DESK, N_TYPES + N_GROUPS};
        assert_int_equal(rows[2], centre_row);
        for (int i = 0; i < 3; i++)
            oh_record_maxima(record, rows[i])[counter - OH_V_MAXIMA] += MUCH;
    } else if (counter >= OH_V_CENTRE)
        record->centre[counter - OH_V_CENTRE] += MUCH;
    else if (counter >= OH_V_AGENTS)
        *agent_count(record, DESK, 0, counter - OH_V_AGENTS) += MUCH;
    else
        *contact_count(record, SALES, 0, counter) += MUCH;
    static const int shared[][2] = {{OH_ANSWERED, OH_A_ANSWERED},
                                    {OH_C_TALK_US, OH_A_TALK_US},
                                    {OH_C_WRAP_UP_US, OH_A_WRAP_UP_US}};
    for (int i = 0; i < 3; i++)
        if (counter == shared[i][0])
            *agent_count(record, DESK, 0, shared[i][1]) += MUCH;
}

static void assert_changes(const struct oh_summary *before, const struct oh_summary *after,
                           uint32_t use, const char *word) {
    const struct oh_scope *scopes[][2] = {{&before->total, &after->total},
                                          {&before->types[SALES], &after->types[SALES]},
                                          {&before->groups[DESK], &after->groups[DESK]}};
    for (int s = 0; s < 3; s++)
        if (scopes[s][0]->present[use] && !isnan(scopes[s][0]->estimates[use].value) &&
            scopes[s][0]->estimates[use].value == scopes[s][1]->estimates[use].value)
            fail_msg("%s of %s does not change with %s", before->uses[use].id, scopes[s][0]->name,
                     word);
}

/* Whether all of the word's counters cancel out or are a mere condition: then nothing need change. */
static bool matters(const struct oh_quotient *quotient, int counter) {
    int numerator = 0, denominator = 0;
    for (uint32_t i = 0; i < quotient->numerator.n; i++)
        if (quotient->numerator.term[i].counter == counter)
            numerator += quotient->numerator.term[i].coefficient;
    for (uint32_t i = 0; i < quotient->denominator.n; i++)
        if (quotient->denominator.term[i].counter == counter)
            denominator += quotient->denominator.term[i].coefficient;
    return numerator != 0 || denominator != 0;
}

static void a_changed_counter_changes_every_metric_that_names_it(void **state) {
    struct centre centre;
    struct oh_record record;
    struct oh_summary *before = summarise_one(&centre, &record);
    for (int counter = 0; counter < OH_N_COUNTERS; counter++) {
        oh_record_reset(&record, 0);
        record_fill(&record);
        raise_counter(&record, counter);
        struct oh_summary *after = summarise(&centre.layout, &record, 1);
        int changed = 0;
        for (uint32_t u = 0; u < before->n_uses; u++) {
            const struct oh_metric *metric = before->uses[u].metric;
            struct oh_quotient quotient;
            if (metric->kind != OH_K_FORMULA || before->uses[u].parameter > 60)
                continue;
            oh_quotient_compile(metric->definition, &quotient);
            if (!matters(&quotient, counter))
                continue;
            changed++;
            assert_changes(before, after, u, oh_metric_definition(metric));
        }
        if (counter != OH_V_AGENTS + OH_A_ANSWERED && changed == 0)
            fail_msg("no metric counts counter %d", counter);
        oh_summary_destroy(after);
    }
    oh_summary_destroy(before);
    oh_record_fini(&record);
}

static void the_chosen_formula_is_each_types_own(void **state) {
    static const double sales[OH_N_FORMULAS] = {300 / 390.0, 300 / 624.0, 300 / 524.0,
                                                300 / 484.0, 340 / 524.0, 300 / 518.0};
    struct centre centre;
    struct oh_record record;
    centre_init(&centre);
    oh_record_init(&record, &centre.layout);
    record_fill(&record);
    for (int f = 0; f < OH_N_FORMULAS; f++) {
        centre.types[SALES].formula = (enum oh_formula)f;
        struct oh_summary *summary = summarise(&centre.layout, &record, 1);
        bool one = f == OH_SL_ABANDONS_NEGATIVE;
        assert_value(summary, "contacts.sales", "service_level", sales[f]);
        assert_value(summary, "contacts.care", "service_level", 90 / 214.0);
        assert_int_equal(isnan(estimate_of(summary, "total.service_level").value), !one);
        assert_int_equal(summary->total.has_formula, one);
        for (uint32_t u = 0; u < summary->n_uses; u++)
            assert_int_equal(
                summary->uses[u].chosen,
                one && strcmp(summary->uses[u].id, "service_level.abandons_negative") == 0);
        oh_summary_destroy(summary);
    }
    oh_record_fini(&record);
}

static void only_what_a_scope_can_have_is_there(void **state) {
    static const char *const absent[] = {"agents.desk.offered",
                                         "agents.desk.wait_answered.p90",
                                         "contacts.sales.occupancy",
                                         "total.nonsense",
                                         "total.wait_answered.p75",
                                         "total.wait_answered.over_61s",
                                         "contacts.nobody.reached",
                                         "agents.sales.answered",
                                         "contacts.sales",
                                         "total",
                                         "",
                                         "contacts.care.wait_all.over_600s",
                                         "contacts.sale.reached",
                                         "total.lines_busy.mean.",
                                         "intervals.total.offered"};
    struct centre centre;
    struct oh_record record;
    oh_summary_destroy(summarise_one(&centre, &record));
    centre.layout.has = 0;
    struct oh_summary *summary = summarise(&centre.layout, &record, 1);
    const struct oh_scope *scope;
    int use;
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        assert_false(oh_summary_find(summary, absent[i], &scope, &use));
    assert_false(oh_summary_find(summary, "total.lines_busy.mean", &scope, &use));
    assert_int_equal(oh_summary_use(summary, "lines_busy.mean"), -1);
    oh_summary_destroy(summary);
    oh_record_fini(&record);
}

static void each_use_of_a_summary_has_an_id_of_its_own(void **state) {
    struct centre centre;
    struct oh_record record;
    struct oh_summary *summary = summarise_one(&centre, &record);
    for (uint32_t u = 0; u < summary->n_uses; u++) /* sales and care share the tail of 60 s */
        assert_int_equal(oh_summary_use(summary, summary->uses[u].id), u);
    oh_summary_destroy(summary);
    oh_record_fini(&record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_metric_is_as_worked_out_by_hand),
        cmocka_unit_test(no_formula_is_left_out_of_this_test),
        cmocka_unit_test(outcome_shares_sum_to_one),
        cmocka_unit_test(a_changed_counter_changes_every_metric_that_names_it),
        cmocka_unit_test(the_chosen_formula_is_each_types_own),
        cmocka_unit_test(only_what_a_scope_can_have_is_there),
        cmocka_unit_test(each_use_of_a_summary_has_an_id_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
