/* Random centres: their texts. */
#include "test_engine_centres.h"

#include <stdbool.h>

#include "test_dice.h"

static void put_time(struct dice *dice, struct oh_text *to) {
    oh_text_puts(to, "time: {");
    if (chance(dice, 50)) {
        oh_text_printf(to, "open: %02u:00, close: %s, days: %u, at_close: %s, start_day: %s",
                       6 + roll(dice, 5), ONE_OF(dice, "13:00", "16:45", "24:00"),
                       1 + roll(dice, 3), ONE_OF(dice, "finish", "drop"),
                       ONE_OF(dice, "monday", "friday", "sunday"));
        if (chance(dice, 40))
            oh_text_printf(to, ", warm_up: %uh", 7 + roll(dice, 5));
    } else {
        uint32_t hours = 6 + roll(dice, 24);
        oh_text_printf(to, "length: %uh", hours);
        if (chance(dice, 60))
            oh_text_printf(to, ", warm_up: %umin", 20 + roll(dice, 40 * hours));
    }
    oh_text_printf(to, ", interval: %s}\n", ONE_OF(dice, "15min", "30min", "2h", "24h"));
}

static void put_arrivals(struct dice *dice, struct oh_text *to) {
    oh_text_puts(to, "    arrivals: {");
    if (chance(dice, 20))
        oh_text_printf(to, "gap: %s",
                       ONE_OF(dice, "constant(3min)", "gamma(mean=90s cv=2)", "exponential(2min)"));
    else if (chance(dice, 50))
        oh_text_printf(to, "rate: %u/h", 5 + roll(dice, 90));
    else
        oh_text_printf(to, "rate: {00:00: %u/h, 09:30: %u/h, 12:00: 0/h, 12:10: %u/h}",
                       roll(dice, 60), 20 + roll(dice, 150), 10 + roll(dice, 60));
    if (chance(dice, 40))
        oh_text_printf(
            to, ", busyness: %s",
            ONE_OF(dice, "gamma(mean=1 cv=0.3)", "weather", "[weather, uniform(0.5 1.5)]"));
    oh_text_puts(to, "}\n");
}

static const char *a_time(struct dice *dice) {
    return ONE_OF(dice, "exponential(3min)", "constant(2min)", "gamma(mean=4min cv=1.5)",
                  "lognormal(mean=3min cv=1)", "uniform(low=0s high=5min)",
                  "weibull(shape=0.6 scale=90s)", "erlang(k=3 mean=200s)",
                  "mixture(20% constant(0s) 80% exponential(4min))",
                  "capped(exponential(5min) at=6min)", "{00:00: exponential(1min), 11:00: 3min}");
}

static void put_retry(struct dice *dice, struct oh_text *to) {
    const char *const causes[] = {"after_abandon", "after_busy", "after_disconnect",
                                  "after_closed"};
    bool is_first = true;
    oh_text_puts(to, "    retry: {");
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        if (chance(dice, 40))
            continue;
        oh_text_printf(to, "%s%s: {probability: %s, delay: %s", is_first ? "" : ", ", causes[i],
                       ONE_OF(dice, "50%", "100%", "[90%, 30%]", "[100%, 100%, 10%]"),
                       ONE_OF(dice, "exponential(6min)", "5min", "uniform(low=1s high=2h)",
                              "mixture(50% constant(1s) 50% constant(1h))"));
        if (chance(dice, 50))
            oh_text_printf(to, ", at_most: %u", 1 + roll(dice, 4));
        oh_text_puts(to, "}");
        is_first = false;
    }
    if (is_first)
        oh_text_puts(to, "after_abandon: {probability: 10%, delay: 1min}");
    if (chance(dice, 50))
        oh_text_printf(to, ", at_most: %u", 1 + roll(dice, 5));
    oh_text_puts(to, "}\n");
}

static void put_queue(struct dice *dice, struct oh_text *to) {
    oh_text_puts(to, "    queue: {");
    bool has_limit = chance(dice, 70);
    if (has_limit)
        oh_text_printf(to, "limit: %s, when_full: %s",
                       ONE_OF(dice, "0", "1", "6", "0.8 per agent", "2 per agent"),
                       ONE_OF(dice, "busy", "disconnect"));
    if (!has_limit || chance(dice, 50))
        oh_text_printf(to, "%smax_wait: %s, at_max_wait: %s", has_limit ? ", " : "",
                       ONE_OF(dice, "30s", "2min", "10min"), ONE_OF(dice, "disconnect", "message"));
    oh_text_puts(to, "}\n");
}

static void put_type(struct dice *dice, struct oh_text *to, uint32_t number) {
    oh_text_printf(to, "  type%u:\n", number);
    put_arrivals(dice, to);
    oh_text_printf(to, "    talk: %s\n", a_time(dice));
    if (chance(dice, 80))
        oh_text_printf(to, "    patience: %s\n", a_time(dice));
    if (chance(dice, 50))
        oh_text_printf(to, "    wrap_up: %s\n", a_time(dice));
    if (chance(dice, 30))
        oh_text_printf(to, "    balk: %s\n",
                       ONE_OF(dice, "20%", "{by_queue: {1: 10%, 4: 100%}}",
                              "{by_expected_wait: {1min: 20%, 5min: 70%}}"));
    oh_text_printf(to, "    priority: %u\n", 1 + roll(dice, 3));
    if (chance(dice, 60))
        put_queue(dice, to);
    if (chance(dice, 60))
        put_retry(dice, to);
    oh_text_printf(to, "    service_level: {answer_within: %s, formula: %s, short_abandon: %s}\n",
                   ONE_OF(dice, "0s", "20s", "2min"),
                   ONE_OF(dice, "offered", "abandons_negative", "early_abandons_excluded"),
                   ONE_OF(dice, "0s", "5s", "1min"));
    if (chance(dice, 50))
        oh_text_puts(to, "    tails: [0s, 30s, 3min]\n");
}

static void put_group(struct dice *dice, struct oh_text *to, uint32_t number, uint32_t n_types) {
    oh_text_printf(to, "  group%u: {count: ", number);
    if (chance(dice, 40))
        oh_text_printf(to, "%u", 1 + roll(dice, 6));
    else
        oh_text_printf(to, "{00:00: %u, 08:20: %u, 11:00: %u, 11:30: %u, 15:00: %u}", roll(dice, 3),
                       1 + roll(dice, 8), roll(dice, 5), 1 + roll(dice, 8), roll(dice, 6));
    if (number > 0 && chance(dice, 60)) /* the first group handles all */
        oh_text_printf(to, ", handles: [type%u]", roll(dice, n_types));
    if (chance(dice, 40))
        oh_text_printf(to, ", shrinkage: %u%%, shrinkage_as: %s", roll(dice, 60),
                       ONE_OF(dice, "fixed", "absence"));
    if (chance(dice, 30))
        oh_text_puts(to, ", on_leave: requeue");
    if (chance(dice, 30))
        oh_text_printf(to, ", speed: %s", ONE_OF(dice, "0.7", "1.3"));
    oh_text_puts(to, "}\n");
}

void centre_write(uint64_t number, struct oh_text *to) {
    struct dice dice = dice_of(number);
    uint32_t n_types = 1 + roll(&dice, 3), n_groups = 1 + roll(&dice, 3);
    put_time(&dice, to);
    oh_text_puts(to, "factors: {weather: gamma(mean=1 cv=0.4)}\ncontacts:\n");
    for (uint32_t i = 0; i < n_types; i++)
        put_type(&dice, to, i);
    oh_text_puts(to, "agents:\n");
    for (uint32_t i = 0; i < n_groups; i++)
        put_group(&dice, to, i, n_types);
    if (chance(&dice, 30))
        oh_text_printf(to, "lines: %u\n", 1 + roll(&dice, 12));
    oh_text_printf(to, "routing: {calls: %s, agents: %s", ONE_OF(&dice, "priority", "fifo", "list"),
                   ONE_OF(&dice, "group-order", "longest-idle"));
    if (chance(&dice, 30))
        oh_text_printf(to, ", queue_limit: %u", roll(&dice, 8));
    oh_text_printf(to, "}\nrun: {replications: 3, seed: %u}\n", (unsigned)(number % 1000));
}
