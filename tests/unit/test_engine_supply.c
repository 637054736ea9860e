/* Arrivals against their definition: caller k of a day is point k of a unit-rate Poisson process that only luck knows,
 * placed where the cumulative rate times the day's busyness reaches it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine/supply.h"
#include "simulate.h"

#define DAY_US INT64_C(86400000000)

static void supply_init(struct model *model, struct oh_supply *supply, const char *yaml,
                        uint32_t type_ix, uint64_t replication) {
    model_init(model, yaml);
    oh_supply_start(supply, model->plan, type_ix, oh_luck_root(model->plan->seed, replication));
}

static oh_key day_key(const struct oh_plan *plan, uint32_t type_ix, uint64_t replication,
                      uint32_t day) {
    return oh_luck_stream(oh_luck_root(plan->seed, replication), plan->types[type_ix].luck_name,
                          day);
}

/* Expected callers from midnight until `us` into the day, by adding up the hours of a rate per second. */
static double expected_until(const double *rate_per_s, int64_t us) {
    double sum = 0, left = (double)us * 1e-6;
    for (int hour = 0; hour < 24 && left > 0; hour++, left -= 3600)
        sum += rate_per_s[hour] * fmin(left, 3600);
    return sum;
}

/* Takes a day's callers and checks each; returns how many. */
static uint32_t check_day(struct oh_supply *supply, const struct oh_plan *plan, uint32_t day,
                          uint64_t replication, const double *rate_per_s, double busyness) {
    oh_key key = day_key(plan, 0, replication, day);
    double point = 0;
    uint32_t k = 0;
    for (;; k++) {
        point -= log(oh_luck_uniform(key, k, 0, OH_FOR_ARRIVAL));
        int64_t at = oh_supply_peek(supply);
        if (at >= (day + 1) * DAY_US)
            break;
        struct oh_caller caller = oh_supply_take(supply);
        assert_true(caller.time_us == at && caller.number == k && caller.day == day);
        assert_true(caller.key == key);
        assert_true(caller.patience_uniform == oh_luck_uniform(key, k, 1, OH_FOR_PATIENCE));
        assert_true(caller.talk_uniform == oh_luck_uniform(key, k, 1, OH_FOR_TALK));
        /* Within a microsecond of where the rate reaches the point: rates here are below 3 a second. */
        double reached = busyness * expected_until(rate_per_s, at - day * DAY_US);
        assert_true(fabs(reached - point) < 3e-6 * fmax(1, busyness) + 1e-9 * point);
    }
    assert_true(busyness * expected_until(rate_per_s, DAY_US) < point + 3e-6 + 1e-9 * point);
    return k;
}

static void callers_come_where_the_cumulative_rate_says(void **state) {
    double rate_per_s[24] = {0};
    for (int hour = 6; hour < 22; hour++)
        rate_per_s[hour] = (hour < 12 ? 300 : hour < 13 ? 7200 : hour < 15 ? 0 : 1000) / 3600.0;
    struct model model;
    struct oh_supply supply;
    for (uint64_t replication = 0; replication < 3; replication++) {
        supply_init(&model, &supply,
                    "time: {days: 3}\n"
                    "contacts: {a: {talk: 1s, arrivals: {rate: {00:00: 0/h, 06:00: 300/h, 12:00: "
                    "7200/h, 13:00: 0/h, 15:00: 1000/h, 22:00: 0/h}}}}\n"
                    "agents: {team: {count: 1}}\n",
                    0, replication);
        uint32_t n = 0;
        for (uint32_t day = 0; day < 3; day++)
            n += check_day(&supply, model.plan, day, replication, rate_per_s, 1);
        assert_true(oh_supply_peek(&supply) == OH_FOREVER);
        assert_true(n > 3 * 15000 &&
                    n < 3 * 17000); /* 16,000 a day: batches of 256 many times over */
        model_fini(&model);
    }
}

static void busyness_of_the_day_scales_the_rate(void **state) {
    double rate_per_s[24];
    for (int hour = 0; hour < 24; hour++)
        rate_per_s[hour] = 0.1;
    struct model model;
    struct oh_supply supply;
    supply_init(&model, &supply,
                "time: {days: 4}\nfactors: {weather: gamma(mean=1 cv=0.6)}\n"
                "contacts: {a: {talk: 1s, arrivals: {rate: 360/h, busyness: weather}}}\n"
                "agents: {team: {count: 1}}\n",
                0, 5);
    for (uint32_t day = 0; day < 4; day++) {
        oh_key key = oh_luck_stream(oh_luck_root(model.plan->seed, 5),
                                    oh_luck_name("factor", "weather"), day);
        double busyness = oh_dist_draw(model.plan->factors[0].dist, key, 0, 0, OH_FOR_BUSYNESS);
        assert_true(busyness > 0);
        check_day(&supply, model.plan, day, 5, rate_per_s, busyness);
    }
    model_fini(&model);
}

/* Renewal arrivals start afresh at every opening and stop at its close. */
static void gaps_add_up_from_opening_to_close(void **state) {
    struct model model;
    struct oh_supply supply;
    supply_init(&model, &supply,
                "time: {days: 3, open: 09:00, close: 17:00}\n"
                "contacts: {a: {talk: 1s, arrivals: {gap: gamma(mean=20s cv=0.7)}}}\n"
                "agents: {team: {count: 1}}\n",
                0, 2);
    const struct oh_dist *gap = model.plan->types[0].gap.dist[0];
    for (uint32_t day = 0; day < 3; day++) {
        oh_key key = day_key(model.plan, 0, 2, day);
        double at_s = day * 86400.0 + 9 * 3600;
        for (uint32_t k = 0;; k++) {
            at_s += oh_dist_draw(gap, key, k, 0, OH_FOR_ARRIVAL);
            if (at_s >= day * 86400.0 + 17 * 3600 - 1e-6) {
                assert_true(k > 1300 && k < 1600);
                break;
            }
            int64_t peeked = oh_supply_peek(&supply);
            struct oh_caller caller = oh_supply_take(&supply);
            assert_true(caller.time_us == peeked);
            assert_true(fabs((double)caller.time_us * 1e-6 - at_s) < 1e-6 && caller.number == k);
        }
        assert_true(oh_supply_peek(&supply) > (int64_t)((day * 86400.0 + 17 * 3600) * 1e6));
    }
    assert_true(oh_supply_peek(&supply) == OH_FOREVER);
    model_fini(&model);
}

/* Day by day, though the run is one opening; a day of busyness 0 has no arrivals. */
static void busyness_of_the_day_shortens_gaps(void **state) {
    struct model model;
    struct oh_supply supply;
    supply_init(&model, &supply,
                "time: {days: 40}\n"
                "factors: {weather: mixture(30% constant(0) 70% uniform(low=0.5 high=2))}\n"
                "contacts: {a: {talk: 1s, arrivals: {gap: 1h, busyness: weather}}}\n"
                "agents: {team: {count: 1}}\n",
                0, 3);
    uint32_t quiet = 0;
    double at_s = 0;
    oh_supply_peek(&supply);
    for (uint32_t day = 0; day < 40; day++) {
        oh_key key = oh_luck_stream(oh_luck_root(model.plan->seed, 3),
                                    oh_luck_name("factor", "weather"), day);
        double busyness = oh_dist_draw(model.plan->factors[0].dist, key, 0, 0, OH_FOR_BUSYNESS);
        quiet += busyness == 0;
        if (busyness == 0)
            at_s = fmax(at_s, (day + 1) * 86400.0);
        while (at_s < (day + 1) * 86400.0) {
            at_s += 3600 / busyness;
            if (at_s < 40 * 86400.0)
                assert_true(fabs((double)oh_supply_take(&supply).time_us * 1e-6 - at_s) < 2e-6);
            oh_supply_peek(&supply);
        }
    }
    assert_true(quiet > 3 && quiet < 25);
    assert_true(oh_supply_peek(&supply) == OH_FOREVER);
    model_fini(&model);
}

static void no_rate_brings_nobody(void **state) {
    struct model model;
    struct oh_supply supply;
    supply_init(&model, &supply,
                "time: {days: 2}\ncontacts: {a: {talk: 1s, arrivals: {rate: 0/h}}}\n"
                "agents: {team: {count: 1}}\n",
                0, 0);
    assert_true(oh_supply_peek(&supply) == OH_FOREVER);
    model_fini(&model);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(callers_come_where_the_cumulative_rate_says),
        cmocka_unit_test(busyness_of_the_day_scales_the_rate),
        cmocka_unit_test(gaps_add_up_from_opening_to_close),
        cmocka_unit_test(busyness_of_the_day_shortens_gaps),
        cmocka_unit_test(no_rate_brings_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
