/* From a scenario to the plan that the engine runs: absolute time, indices, interval rows. */
#include "test_scenario_fixture.h"

#include "plan/rate.h"

#define H ((int64_t)3600 * OH_US_PER_S)

static void expect_steps(const struct oh_steps *steps, const double (*expected)[2], uint32_t n,
                         const char *what) {
    bool is_equal = steps->n == n;
    for (uint32_t i = 0; is_equal && i < n; i++)
        is_equal = steps->start_us[i] == llround(expected[i][0] * 3600e6) &&
                   fabs(steps->value[i] - expected[i][1]) <= 1e-12 * fabs(expected[i][1]);
    if (is_equal)
        return;
    for (uint32_t i = 0; i < steps->n; i++)
        fprintf(stderr, "%g h: %g\n", (double)steps->start_us[i] / 3600e6, steps->value[i]);
    fail_msg("steps of %s are not as expected", what);
}
#define EXPECT_STEPS(steps, what, ...)                                                             \
    do {                                                                                           \
        const double expected_[][2] = __VA_ARGS__;                                                 \
        expect_steps(&(steps), expected_, N_OF(expected_), (what));                                \
    } while (0)

/* ---- values become steps of absolute time ---- */

static void constants_are_one_step(void **state) {
    struct model m = sound("time: {days: 30}\n" TYPE_AND_GROUP);
    EXPECT_STEPS(m.plan->types[0].rate_per_s, "rate", {{0, 60 / 3600.0}});
    EXPECT_STEPS(m.plan->groups[0].on_duty, "on duty", {{0, 2}});
    model_destroy(&m);
}

static void clock_maps_repeat_every_day_and_are_0_before_their_first_time(void **state) {
    struct model m = sound("time: {length: 36h}\n"
                           "contacts: {calls: {arrivals: {rate: {07:00: 36/h, 09:30: 72/h, 20:00: "
                           "0/h}}, talk: 1min}}\n"
                           "agents: {team: {count: {00:00: 1, 08:00: 5, 20:00: 1}}}\n");
    EXPECT_STEPS(m.plan->types[0].rate_per_s, "rate",
                 {{0, 0}, {7, 0.01}, {9.5, 0.02}, {20, 0}, {31, 0.01}, {33.5, 0.02}, {44, 0}});
    EXPECT_STEPS(m.plan->groups[0].scheduled, "count", {{0, 1}, {8, 5}, {20, 1}, {32, 5}, {44, 1}});
    const double *cumulative = m.plan->types[0].cumulative;
    assert_true(fabs(cumulative[3] - (2.5 * 36 + 10.5 * 72)) < 1e-9);
    assert_true(fabs(cumulative[6] - (846 + 90 + 756)) < 1e-9);
    model_destroy(&m);
}

static void lines_go_from_corner_to_corner(void **state) {
    struct model m =
        sound("time: {days: 3}\n"
              "contacts: {calls: {talk: 1min, arrivals: {volume: 50%, rate: {monday: 36/h,\n"
              "  other: {linear: {06:00: 72/h, 10:00: 72/h, 20:00: 0/h, 24:00: 720/h}}}}}}\n"
              "agents: {team: {count: 1}}\n");
    const struct oh_plan_type *type = &m.plan->types[0];
    const double hour = 3600, slopes[] = {0,
                                          0,
                                          0,
                                          -0.01 / (10 * hour),
                                          0.1 / (4 * hour),
                                          0,
                                          0,
                                          -0.01 / (10 * hour),
                                          0.1 / (4 * hour)};
    EXPECT_STEPS(type->rate_per_s, "rate",
                 {{0, 0.005},
                  {24, 0},
                  {30, 0.01},
                  {34, 0.01},
                  {44, 0},
                  {48, 0},
                  {54, 0.01},
                  {58, 0.01},
                  {68, 0}});
    double count = 0;
    const double areas[] = {24 * 18, 0, 4 * 36, 10 * 18, 4 * 180, 0, 4 * 36, 10 * 18, 4 * 180};
    for (uint32_t i = 0; i < type->rate_per_s.n; i++) {
        assert_true(fabs(type->rate_slope[i] - slopes[i]) < 1e-15);
        assert_true(fabs(type->cumulative[i] - count) < 1e-9);
        assert_true(fabs(oh_rate_until(type, type->rate_per_s.start_us[i]) - count) < 1e-9);
        count += areas[i];
    }
    assert_true(fabs(oh_rate_until(type, 72 * H) - count) < 1e-9);
    assert_true(fabs(oh_rate_at(type, 39 * H) - 0.005) < 1e-15);
    assert_true(fabs(oh_rate_until(type, 39 * H) - (24 * 18 + 4 * 36 + 5 * 27)) < 1e-9);
    model_destroy(&m);
}

static void lines_without_a_slope_are_steps(void **state) {
    struct model m = sound("contacts: {calls: {talk: 1min, arrivals: {rate: {linear: {00:00: 36/h, "
                           "09:00: 36/h, 24:00: 36/h}}}}}\n"
                           "agents: {team: {count: 1}}\n");
    EXPECT_STEPS(m.plan->types[0].rate_per_s, "rate", {{0, 0.01}});
    assert_null(m.plan->types[0].rate_slope);
    model_destroy(&m);
}

/* Of a line that rises to midnight no corner within the day tells how high it comes. */
static void a_line_may_rise_too_high(void **state) {
    expect_slugs("contacts: {calls: {talk: 1min, arrivals: {rate: {linear: {00:00: 0/h, 24:00: "
                 "50000000/h}}}}}\n"
                 "agents: {team: {count: 1}}\n",
                 "too-many-contacts");
}

static void maps_of_days_start_on_the_start_day(void **state) {
    struct model m =
        sound("time: {days: 4, start_day: saturday}\n"
              "contacts: {calls: {arrivals: {rate: 60/h}, talk: 1min}}\n"
              "agents: {team: {count: {weekdays: {09:00: 5, 17:00: 0}, sunday: 2, other: 3}}}\n");
    EXPECT_STEPS(m.plan->groups[0].scheduled, "count",
                 {{0, 3}, {24, 2}, {48, 0}, {57, 5}, {65, 0}, {81, 5}, {89, 0}});
    assert_int_equal(m.plan->start_weekday, 5);
    model_destroy(&m);
}

static void distributions_hold_from_their_first_on(void **state) {
    struct model m =
        sound("time: {length: 30h}\n"
              "contacts: {calls: {arrivals: {rate: 60/h}, talk: {08:00: 1min, 12:00: 2min}}}\n"
              "agents: {team: {count: 1}}\n");
    const struct oh_dist_steps *talk = &m.plan->types[0].talk[0];
    static const struct {
        int64_t at;
        double mean;
    } rows[] = {{0, 60}, {11 * H, 60}, {12 * H, 120}, {23 * H, 120}, {24 * H, 60}, {36 * H, 120}};
    for (size_t i = 0; i < N_OF(rows); i++)
        assert_true(oh_dist_mean(oh_dist_steps_at(talk, rows[i].at)) == rows[i].mean);
    model_destroy(&m);
}

static void closed_days_need_no_value(void **state) {
    struct model m =
        sound("time: {open: {weekdays: 08:00}, close: 20:00, days: 8}\n"
              "contacts: {calls: {arrivals: {rate: {weekdays: 36/h}}, talk: {weekdays: 1min}}}\n"
              "agents: {team: {count: {weekdays: 2}}}\n");
    EXPECT_STEPS(m.plan->types[0].rate_per_s, "rate", {{0, 0.01}, {120, 0}, {168, 0.01}});
    model_destroy(&m);
}

/* ---- CSV columns ---- */

static void forecast(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void columns_become_steps(void **state) {
    static const char model[] = "time: {days: 2}\n"
                                "contacts: {calls: {arrivals: {rate: {file: test_plan.csv, column: "
                                "calls, %s}}, talk: 1min}}\n"
                                "agents: {team: {count: 1}}\n";
    static const struct {
        const char *csv, *how;
        uint32_t n;
        double steps[11][2];
    } rows[] = {
        {"time,calls\n07:00,18\n07:30,36\n09:00,9\n",
         "per: 30min, start: time",
         11,
         {{0, 0},
          {7, .01},
          {7.5, .02},
          {8, 0},
          {9, .005},
          {9.5, 0},
          {31, .01},
          {31.5, .02},
          {32, 0},
          {33, .005},
          {33.5, 0}}},
        {"calls\n36\n72\n36\n", "per: 1h, from: 22:30", 0, {{0}}},
        {"calls\n36\n72\n",
         "per: 1h, from: 22:00",
         6,
         {{0, 0}, {22, .01}, {23, .02}, {24, 0}, {46, .01}, {47, .02}}},
        {"calls\n432\n864\n432\n0\n", "per: 12h", 4, {{0, .01}, {12, .02}, {24, .01}, {36, 0}}},
        {"day,calls\ntuesday,36/h\nmonday,72/h\n", "day: day", 2, {{0, .02}, {24, .01}}},
        {"day,calls\n1,36/h\n2,72/h\n", "day: day", 2, {{0, .01}, {24, .02}}},
        {"day,at,calls\nWeekdays,08:00,36/h\n\"weekdays\",\"09:00\",0/h\n",
         "day: day, start: at",
         5,
         {{0, 0}, {8, .01}, {9, 0}, {32, .01}, {33, 0}}},
        {"at,calls\n08:00-20:00,36/h\n20:00-24:00,0/h\n07:00-10:00,72/h\n",
         "start: at",
         4,
         {{0, 0}, {8, .01}, {20, 0}, {31, .02}}},
        {"at,calls\n08:00,36/h\n20:00,0/h\n09:00,72/h\n", "start: at", 0, {{0}}},
        {"at,calls\n08:00,36/h\n20:00,0/h\n20:00,72/h\n", "start: at", 0, {{0}}},
        {"at,calls\n08:00,36/h\n08:00,72/h\n", "start: at", 0, {{0}}},
        {"at,calls\n08:00,36\n08:30,72\n", "start: at, per: 31min", 0, {{0}}},
    };
    for (size_t i = 0; i < N_OF(rows); i++) {
        char text[512];
        snprintf(text, sizeof text, model, rows[i].how);
        forecast("test_plan.csv", rows[i].csv);
        if (rows[i].n == 0) {
            expect_slugs(text, "data-order");
            continue;
        }
        struct model m = sound(text);
        expect_steps(&m.plan->types[0].rate_per_s, rows[i].steps, rows[i].n, rows[i].how);
        model_destroy(&m);
    }
    remove("test_plan.csv");
}

static void dates_begin_on_the_first_day(void **state) {
    forecast("test_plan.csv", "date,calls\n2015-02-28,36/h\n2015-03-01,72/h\n2015-03-02,18/h\n");
    struct model m = sound("time: {days: 3, start_day: saturday}\n"
                           "contacts: {calls: {arrivals: {rate: {file: test_plan.csv, column: "
                           "calls, day: date}}, talk: 1min}}\n"
                           "agents: {team: {count: 1}}\n");
    EXPECT_STEPS(m.plan->types[0].rate_per_s, "rate", {{0, .01}, {24, .02}, {48, .005}});
    model_destroy(&m);
    forecast("test_plan.csv", "date,calls\n2016-02-28,36/h\n2016-03-01,72/h\n");
    expect_slugs("time: {days: 2, start_day: sunday}\n"
                 "contacts: {calls: {arrivals: {rate: {file: test_plan.csv, column: calls, day: "
                 "date}}, talk: 1min}}\n"
                 "agents: {team: {count: 1}}\n",
                 "data-too-short"); /* 29 February is missing */
    remove("test_plan.csv");
}

/* A leap year, day by day: every date is one day after the one before it. */
static void dates_know_the_calendar(void **state) {
    static const int lengths[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    FILE *file = fopen("test_plan.csv", "w");
    assert_non_null(file);
    fprintf(file, "date,calls\n");
    for (int month = 1, n = 0; month <= 12; month++)
        for (int day = 1; day <= lengths[month - 1]; day++)
            fprintf(file, "2016-%02d-%02d,%d/d\n", month, day, ++n);
    fclose(file);
    struct model m = sound("time: {days: 366, start_day: friday}\n"
                           "contacts:\n"
                           "  calls:\n"
                           "    arrivals: {rate: {file: test_plan.csv, column: calls, day: date}}\n"
                           "    talk: 1min\n"
                           "agents: {team: {count: 1}}\n");
    assert_int_equal(m.plan->types[0].rate_per_s.n, 366);
    for (uint32_t i = 0; i < 366; i++)
        assert_true(m.plan->types[0].rate_per_s.start_us[i] == i * OH_US_PER_DAY);
    model_destroy(&m);
    remove("test_plan.csv");
}

static void the_digest_knows_the_data(void **state) {
    static const char text[] = "contacts: {calls: {arrivals: {rate: {file: test_plan.csv, column: "
                               "calls, per: 1h}}, talk: 1min}}\n"
                               "agents: {team: {count: 1}}\n";
    char digest[17];
    forecast("test_plan.csv", "calls\n1\n2\n");
    struct model m = sound(text);
    strcpy(digest, m.scenario->digest);
    model_destroy(&m);
    forecast("test_plan.csv", "calls\n1\n3\n");
    m = sound(text);
    assert_string_not_equal(digest, m.scenario->digest);
    model_destroy(&m);

    static const char talk[] = "contacts:\n"
                               "  calls:\n"
                               "    arrivals: {rate: 60/h}\n"
                               "    talk: mixture(50% 1min 50% empirical(test_plan.csv calls))\n"
                               "agents: {team: {count: 1}}\n";
    m = sound(talk);
    strcpy(digest, m.scenario->digest);
    model_destroy(&m);
    forecast("test_plan.csv", "calls\n1\n4\n");
    m = sound(talk);
    assert_string_not_equal(digest, m.scenario->digest);
    model_destroy(&m);
    remove("test_plan.csv");
}

/* ---- agents ---- */

static void on_duty_is_what_shrinkage_leaves_to_the_nearest(void **state) {
    static const struct {
        const char *count, *shrinkage;
        double on_duty;
        bool is_warned;
    } rows[] = {{"100", "30%", 70, false},   {"10", "15%", 9, true},  {"10", "14%", 9, true},
                {"1850", "0%", 1850, false}, {"50", "1%", 50, false}, {"3", "100%", 0, false},
                {"0", "30%", 0, false},      {"1", "60%", 0, true},   {"25", "30%", 18, true},
                {"25", "34%", 17, true}};
    for (size_t i = 0; i < N_OF(rows); i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "contacts: {calls: {arrivals: {rate: 60/h}, talk: 1min}}\n"
                 "agents: {team: {count: %s, shrinkage: %s}}\n",
                 rows[i].count, rows[i].shrinkage);
        struct model m = sound(text);
        if (m.plan->groups[0].on_duty.value[0] != rows[i].on_duty ||
            (oh_diag_warnings(m.diagnostics) > 0) != rows[i].is_warned)
            fail_msg("%s less %s are %g", rows[i].count, rows[i].shrinkage,
                     m.plan->groups[0].on_duty.value[0]);
        model_destroy(&m);
    }
}

static void on_duty_steps_where_count_or_shrinkage_does(void **state) {
    struct model m = sound("contacts: {calls: {arrivals: {rate: 60/h}, talk: 1min}}\n"
                           "agents: {team: {count: {00:00: 100, 12:00: 50}, shrinkage: {00:00: "
                           "10%, 08:00: 20%, 12:00: 60%}}}\n");
    EXPECT_STEPS(m.plan->groups[0].on_duty, "on duty", {{0, 90}, {8, 80}, {12, 20}});
    assert_int_equal(m.plan->groups[0].most, 90);
    model_destroy(&m);
}

static void drawn_absence_leaves_the_schedule(void **state) {
    struct model m = sound("contacts: {calls: {arrivals: {rate: 60/h}, talk: 1min}}\n"
                           "agents: {team: {count: 7, shrinkage: 30%, shrinkage_as: absence}}\n");
    EXPECT_STEPS(m.plan->groups[0].on_duty, "on duty", {{0, 7}});
    EXPECT_STEPS(m.plan->groups[0].shrinkage, "shrinkage", {{0, 0.3}});
    assert_int_equal(oh_diag_warnings(m.diagnostics), 0);
    model_destroy(&m);
}

/* ---- who takes what ---- */

static const char three_groups[] = "contacts:\n"
                                   "  sales: {arrivals: {rate: 60/h}, talk: 1min, groups: [c, a]}\n"
                                   "  service: {arrivals: {rate: 60/h}, talk: 2min, wrap_up: 30s}\n"
                                   "agents:\n"
                                   "  a: {count: 1, handles: [service, sales]}\n"
                                   "  b: {count: 2, speed: 2, talk: {service: 50s}}\n"
                                   "  c: {count: 3, handles: sales}\n";

static void groups_and_types_are_in_the_order_of_preference(void **state) {
    struct model m = sound(three_groups);
    const struct oh_plan_type *sales = &m.plan->types[0], *service = &m.plan->types[1];
    assert_int_equal(sales->n_groups, 3);
    assert_int_equal(sales->group_ix[0], 2);
    assert_int_equal(sales->group_ix[1], 0);
    assert_int_equal(sales->group_ix[2], 1);
    assert_int_equal(service->n_groups, 2);
    assert_int_equal(service->group_ix[0], 0);
    assert_int_equal(m.plan->groups[0].n_types, 2);
    assert_int_equal(m.plan->groups[0].type_ix[0], 1);
    assert_int_equal(m.plan->groups[1].type_ix[0], 0);
    assert_int_equal(m.plan->groups[2].n_types, 1);
    model_destroy(&m);
}

static void talk_is_the_groups_own_and_at_its_speed(void **state) {
    struct model m = sound(three_groups);
    static const double talk[2][3] = {{60, 30, 60}, {120, 25, 120}};
    for (uint32_t t = 0; t < 2; t++)
        for (uint32_t g = 0; g < 3; g++)
            assert_true(oh_dist_mean(m.plan->types[t].talk[g].dist[0]) == talk[t][g]);
    assert_true(oh_dist_mean(m.plan->types[1].wrap_up[1].dist[0]) == 15);
    assert_true(oh_dist_mean(m.plan->types[1].wrap_up[0].dist[0]) == 30);
    model_destroy(&m);
}

/* Own factors are at addresses of their own; a shared one is the same for all who name it. */
static void factors_are_shared_by_name_only(void **state) {
    struct model m =
        sound("factors: {calls: gamma(mean=1 cv=0.1)}\n"
              "contacts:\n"
              "  calls:\n"
              "    arrivals: {rate: 60/h, busyness: [gamma(1 0.2), calls, gamma(1 0.3)]}\n"
              "    talk: 1min\n"
              "  mails: {arrivals: {rate: 60/h, busyness: [gamma(1 0.2), calls]}, talk: 1min}\n"
              "agents: {team: {count: 2}}\n");
    const struct oh_plan *plan = m.plan;
    assert_int_equal(plan->n_factors, 4);
    assert_int_equal(plan->types[0].n_factors, 3);
    assert_int_equal(plan->types[0].factor_ix[1], plan->types[1].factor_ix[1]);
    for (uint32_t i = 0; i < 4; i++)
        for (uint32_t j = 0; j < i; j++)
            assert_true(plan->factors[i].luck_name != plan->factors[j].luck_name);
    assert_true(plan->factors[0].luck_name == oh_luck_name("factor", "calls"));
    model_destroy(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constants_are_one_step),
        cmocka_unit_test(clock_maps_repeat_every_day_and_are_0_before_their_first_time),
        cmocka_unit_test(lines_go_from_corner_to_corner),
        cmocka_unit_test(lines_without_a_slope_are_steps),
        cmocka_unit_test(a_line_may_rise_too_high),
        cmocka_unit_test(maps_of_days_start_on_the_start_day),
        cmocka_unit_test(distributions_hold_from_their_first_on),
        cmocka_unit_test(closed_days_need_no_value),
        cmocka_unit_test(columns_become_steps),
        cmocka_unit_test(dates_begin_on_the_first_day),
        cmocka_unit_test(dates_know_the_calendar),
        cmocka_unit_test(the_digest_knows_the_data),
        cmocka_unit_test(on_duty_is_what_shrinkage_leaves_to_the_nearest),
        cmocka_unit_test(on_duty_steps_where_count_or_shrinkage_does),
        cmocka_unit_test(drawn_absence_leaves_the_schedule),
        cmocka_unit_test(groups_and_types_are_in_the_order_of_preference),
        cmocka_unit_test(talk_is_the_groups_own_and_at_its_speed),
        cmocka_unit_test(factors_are_shared_by_name_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
