/* Arrivals at a rate that changes evenly between clock times, against an independent integral of that rate: each caller
 * stands where the cumulative rate reaches the point that luck gave, and the counts of intervals are Poisson. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "engine/supply.h"
#include "simulate.h"

#define DAY_US INT64_C(86400000000)

static const double NORMAL_LIMIT = 4.8916384756985904; /* two-sided quantile at 1e-6 */

struct corner {
    double hour, per_hour;
};

/* A day: the rate is 0 before the first corner and holds behind the last. */
struct day {
    const struct corner *corners;
    size_t n;
};

/* Expected callers from midnight until `hour`: areas of trapezia. */
static double expected_until(const struct day *day, double hour) {
    double sum = 0;
    for (size_t i = 0; i < day->n && day->corners[i].hour < hour; i++) {
        const struct corner *from = &day->corners[i], *to = from + 1;
        bool is_last = i + 1 == day->n;
        double end = is_last ? hour : fmin(hour, to->hour);
        double share = is_last ? 0 : (end - from->hour) / (to->hour - from->hour);
        double there =
            is_last ? from->per_hour : (1 - share) * from->per_hour + share * to->per_hour;
        sum += (from->per_hour + there) / 2 * (end - from->hour);
    }
    return sum;
}

static void supply_init(struct model *model, struct oh_supply *supply, const char *yaml,
                        uint64_t replication) {
    model_init(model, yaml);
    oh_supply_start(supply, model->plan, 0, oh_luck_root(model->plan->seed, replication));
}

/* ---- one by one ---- */

static uint32_t check_day(struct oh_supply *supply, const struct oh_plan *plan, uint32_t day_ix,
                          uint64_t replication, const struct day *day) {
    oh_key key =
        oh_luck_stream(oh_luck_root(plan->seed, replication), plan->types[0].luck_name, day_ix);
    double point = 0;
    int64_t before = day_ix * DAY_US;
    uint32_t k = 0;
    for (;; k++) {
        point -= log(oh_luck_uniform(key, k, 0, OH_FOR_ARRIVAL));
        int64_t at = oh_supply_peek(supply);
        if (at >= (day_ix + 1) * DAY_US)
            break;
        struct oh_caller caller = oh_supply_take(supply);
        assert_true(caller.time_us >= before && caller.number == k && caller.day == day_ix);
        before = at;
        /* Half a microsecond of rounding at less than 2 callers a second. */
        double reached = expected_until(day, (double)(at - day_ix * DAY_US) / 3600e6);
        if (!(fabs(reached - point) < 1e-6 + 1e-9 * point))
            fail_msg("caller %u at %.6f h: %.9f instead of %.9f", k, (double)at / 3600e6, reached,
                     point);
    }
    assert_true(expected_until(day, 24) < point);
    return k;
}

static const struct corner working_day[] = {{7, 0},  {9, 5000},     {12, 5000}, {12.5, 0},
                                            {13, 0}, {13.25, 7000}, {19, 0}};
static const struct corner rising_day[] = {{0, 40}, {24, 700}};
static const struct corner falling_day[] = {{6, 700}, {8, 10}};
static const struct corner stepped_day[] = {{10, 300}};

static void callers_come_where_the_area_under_the_line_says(void **state) {
    static const struct day week[] = {
        {working_day, 7}, {rising_day, 2}, {falling_day, 2}, {stepped_day, 1}, {working_day, 7}};
    static const char yaml[] =
        "time: {days: 5}\n"
        "contacts:\n"
        "  a:\n"
        "    talk: 1s\n"
        "    arrivals:\n"
        "      volume: 200%\n"
        "      rate:\n"
        "        tuesday: {linear: {00:00: 20/h, 24:00: 350/h}}\n"
        "        wednesday: {linear: {06:00: 350/h, 08:00: 5/h}}\n"
        "        thursday: {10:00: 150/h}\n"
        "        other: {linear: {07:00: 0/h, 09:00: 2500/h, 12:00: 2500/h, 12:30: 0/h, 13:00: 0/h,"
        " 13:15: 3500/h, 19:00: 0/h}}\n"
        "agents: {team: {count: 1}}\n";
    struct model model;
    struct oh_supply supply;
    for (uint64_t replication = 0; replication < 3; replication++) {
        supply_init(&model, &supply, yaml, replication);
        uint32_t n = 0;
        for (uint32_t day = 0; day < 5; day++)
            n += check_day(&supply, model.plan, day, replication, &week[day]);
        assert_true(n > 80000 && n < 110000);
        assert_true(oh_supply_peek(&supply) == OH_FOREVER);
        model_fini(&model);
    }
}

/* A line that hardly rises is a constant to the microsecond, and one that does not rise is one to the bit. */
static void a_flat_line_is_a_constant(void **state) {
    static const char *const rates[] = {"60/h", "{linear: {00:00: 60/h, 24:00: 60/h}}",
                                        "{linear: {00:00: 60/h, 24:00: 60.000000000001/h}}",
                                        "{linear: {00:00: 60/h, 24:00: 59.999999999999/h}}",
                                        "{linear: {00:00: 60/h, 24:00: 60.01/h}}"};
    static const int64_t tolerances_us[] = {0, 0, 1, 1, -1};
    struct model models[2];
    struct oh_supply supplies[2];
    for (size_t i = 1; i < 5; i++) {
        int64_t most = 0;
        for (int j = 0; j < 2; j++) {
            char yaml[300];
            snprintf(yaml, sizeof yaml,
                     "time: {days: 3}\ncontacts: {a: {talk: 1s, arrivals: {rate: %s}}}\n"
                     "agents: {team: {count: 1}}\n",
                     rates[j == 0 ? 0 : i]);
            supply_init(&models[j], &supplies[j], yaml, 1);
        }
        for (int n = 0; n < 4000; n++) {
            int64_t off = oh_supply_peek(&supplies[0]) - oh_supply_peek(&supplies[1]);
            most = off > most ? off : -off > most ? -off : most;
            oh_supply_take(&supplies[0]);
            oh_supply_take(&supplies[1]);
        }
        if (tolerances_us[i] < 0)
            assert_true(most > 1000000); /* the control: the test can see a rise */
        else
            assert_true(most <= tolerances_us[i]);
        model_fini(&models[0]);
        model_fini(&models[1]);
    }
}

/* ---- counts of intervals ---- */

enum { HALF_HOURS = 48, DAYS_COUNTED = 2000 };

struct counts {
    double sum[HALF_HOURS], squares[HALF_HOURS]; /* of counts less what is expected */
    double expected[HALF_HOURS];
};

static void count_all(const char *yaml, const struct day *day, struct counts *counts) {
    struct model model;
    *counts = (struct counts){0};
    for (int i = 0; i < HALF_HOURS; i++)
        counts->expected[i] = expected_until(day, (i + 1) / 2.0) - expected_until(day, i / 2.0);
    model_init(&model, yaml);
    for (uint64_t r = 0; r < DAYS_COUNTED; r++) {
        struct oh_supply supply;
        double n[HALF_HOURS] = {0};
        oh_supply_start(&supply, model.plan, 0, oh_luck_root(model.plan->seed, r));
        while (oh_supply_peek(&supply) != OH_FOREVER)
            n[oh_supply_take(&supply).time_us / (DAY_US / HALF_HOURS)]++;
        for (int i = 0; i < HALF_HOURS; i++) {
            double off = n[i] - counts->expected[i];
            counts->sum[i] += off;
            counts->squares[i] += off * off;
        }
    }
    model_fini(&model);
}

/* The largest distance of a mean, or of a variance, from what Poisson counts have, in standard deviations. (n - m)^2 / m
 * has mean 1 and variance 2 + 1 / m. Where nobody is expected, nobody may come. */
static double worst_of(const struct counts *counts, bool of_variance) {
    double worst = 0;
    for (int i = 0; i < HALF_HOURS; i++) {
        double m = counts->expected[i];
        if (m == 0) {
            assert_true(counts->squares[i] == 0);
            continue;
        }
        double z = of_variance
                       ? (counts->squares[i] / m - DAYS_COUNTED) / sqrt(DAYS_COUNTED * (2 + 1 / m))
                       : counts->sum[i] / sqrt(DAYS_COUNTED * m);
        worst = fmax(worst, fabs(z));
    }
    return worst;
}

static void counts_of_intervals_are_poisson(void **state) {
    static const struct corner corners[] = {{7, 0}, {9, 200}, {12.25, 150}, {19, 0}};
    static const struct corner more[] = {{7, 0}, {9, 210}, {12.25, 150}, {19, 0}};
    static const char form[] =
        "time: {days: 1}\n"
        "contacts: {a: {talk: 1s, arrivals: {busyness: %s,\n"
        "  rate: {linear: {07:00: 0/h, 09:00: 200/h, 12:15: 150/h, 19:00: 0/h}}}}}\n"
        "agents: {team: {count: 1}}\n";
    const struct day day = {corners, 4}, other = {more, 4};
    struct counts counts;
    char yaml[400];
    snprintf(yaml, sizeof yaml, form, "1");
    count_all(yaml, &day, &counts);
    assert_true(worst_of(&counts, false) < NORMAL_LIMIT);
    assert_true(worst_of(&counts, true) < NORMAL_LIMIT);
    /* Controls: a corner 5% higher; a busyness, which leaves the mean as it is. */
    count_all(yaml, &other, &counts);
    assert_true(worst_of(&counts, false) > NORMAL_LIMIT);
    snprintf(yaml, sizeof yaml, form, "gamma(mean=1 cv=0.1)");
    count_all(yaml, &day, &counts);
    assert_true(worst_of(&counts, true) > NORMAL_LIMIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callers_come_where_the_area_under_the_line_says),
        cmocka_unit_test(a_flat_line_is_a_constant),
        cmocka_unit_test(counts_of_intervals_are_poisson),
    };
    return cmocka_run_group_tests_name("engine lines", tests, NULL, NULL);
}
