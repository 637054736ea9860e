/* Random centres with ways: their texts. */
#include <stdbool.h>

#include "test_dice.h"
#include "test_ways.h"

/* What is drawn for the whole centre. */
struct centre {
    struct dice dice;
    uint32_t n_types, n_groups;
    bool has_hours;
};

/* ---- pieces ---- */

static const char *a_time(struct dice *dice) {
    return ONE_OF(dice, "exponential(3min)", "constant(2min)", "constant(0s)",
                  "gamma(mean=4min cv=1.5)", "lognormal(mean=3min cv=1)",
                  "uniform(low=0s high=5min)", "erlang(k=3 mean=200s)",
                  "mixture(20% constant(0s) 80% exponential(4min))",
                  "mixture(1% constant(1000d) 99% exponential(2min))");
}

static const char *a_short_time(struct dice *dice) {
    return ONE_OF(dice, "constant(0s)", "exponential(20s)", "constant(10s)",
                  "uniform(low=0s high=2min)");
}

/* A chance of at most `most` percent, in a form that holds after a talk. */
static void put_talk_chance(struct centre *centre, struct oh_text *to, uint32_t most) {
    struct dice *dice = &centre->dice;
    uint32_t a = roll(dice, most + 1), b = roll(dice, most + 1);
    switch (roll(dice, 5)) {
    case 0:
        oh_text_printf(to, "[%u%%, %u%%]", a, b);
        break;
    case 1:
        oh_text_printf(to, "{by_attempt: [%u%%, %u%%]}", a, b);
        break;
    case 2:
        oh_text_printf(to, "{by_wait: {0s: %u%%, 1min: %u%%}}", a, b);
        break;
    case 3:
        oh_text_printf(to, "{by_group: {group%u: %u%%}}", roll(dice, centre->n_groups), a);
        break;
    default:
        oh_text_printf(to, "%u%%", a);
    }
}

static const char *a_queue_chance(struct dice *dice) {
    return ONE_OF(dice, "15%", "100%", "[40%, 10%]", "{by_attempt: [0%, 50%]}",
                  "{by_queue: {0: 20%, 3: 60%}}", "{by_expected_wait: {1min: 20%, 5min: 70%}}");
}

/* ---- the centre ---- */

static void put_hours(struct centre *centre, struct oh_text *to) {
    struct dice *dice = &centre->dice;
    oh_text_puts(to, "time: {");
    if (centre->has_hours) {
        oh_text_printf(to, "open: %02u:00, close: %s, days: %u, at_close: %s, start_day: %s",
                       6 + roll(dice, 5), ONE_OF(dice, "13:00", "16:45", "24:00"),
                       1 + roll(dice, 3), ONE_OF(dice, "finish", "drop", "keep"),
                       ONE_OF(dice, "monday", "friday", "sunday"));
        if (chance(dice, 30))
            oh_text_printf(to, ", warm_up: %uh", 7 + roll(dice, 5));
    } else {
        oh_text_printf(to, "length: %uh", 2 + roll(dice, 8));
        if (chance(dice, 40))
            oh_text_printf(to, ", warm_up: %umin", 10 + roll(dice, 100));
    }
    oh_text_printf(to, ", interval: %s}\n", ONE_OF(dice, "15min", "30min", "2h", "24h"));
}

static void put_group(struct centre *centre, struct oh_text *to, uint32_t number) {
    struct dice *dice = &centre->dice;
    oh_text_printf(to, "  group%u: {count: ", number);
    if (chance(dice, 50))
        oh_text_printf(to, "%u", 1 + roll(dice, 5));
    else
        oh_text_printf(to, "{00:00: %u, 08:20: %u, 11:00: %u, 11:30: %u, 15:00: %u}", roll(dice, 3),
                       1 + roll(dice, 6), roll(dice, 4), 1 + roll(dice, 6), roll(dice, 4));
    if (number > 0 && chance(dice, 70)) /* the first group handles all */
        oh_text_printf(to, ", handles: [type%u]", roll(dice, centre->n_types));
    if (chance(dice, 25))
        oh_text_printf(to, ", shrinkage: %u%%, shrinkage_as: %s", roll(dice, 60),
                       ONE_OF(dice, "fixed", "absence"));
    if (chance(dice, 35))
        oh_text_puts(to, ", on_leave: requeue");
    if (chance(dice, 30))
        oh_text_printf(to, ", cost: %s", ONE_OF(dice, "41 USD/h", "3 USD/contact"));
    oh_text_puts(to, "}\n");
}

/* ---- a type: at the door ---- */

static void put_menu(struct centre *centre, struct oh_text *to, uint32_t number) {
    struct dice *dice = &centre->dice;
    uint32_t other = roll(dice, centre->n_types), third = roll(dice, centre->n_types);
    oh_text_printf(to, "    ivr: {time: %s", a_short_time(dice));
    if (chance(dice, 50))
        oh_text_printf(to, ", hung_up: %s",
                       ONE_OF(dice, "5%", "[10%, 2%]", "{by_attempt: [0%, 9%]}"));
    if (chance(dice, 50))
        oh_text_printf(to, ", self_served: %s", ONE_OF(dice, "20%", "[30%, 5%]"));
    if (other != number)
        oh_text_printf(to, ", leads_to: {type%u: %u%%}", other, 1 + roll(dice, 25));
    if (third != number)
        oh_text_printf(to, ", wrong_choice: {type%u: %u%%}", third, 1 + roll(dice, 25));
    oh_text_puts(to, "}\n");
}

static void put_queue(struct dice *dice, struct oh_text *to) {
    oh_text_printf(
        to, "    queue: {estimator: %s",
        ONE_OF(dice, "if-needed", "queue", "head-of-line", "last-to-enter-service", "erlang-a"));
    if (chance(dice, 50))
        oh_text_printf(to, ", limit: %s",
                       ONE_OF(dice, "0", "1", "6", "0.8 per agent", "2 per agent"));
    if (chance(dice, 40))
        oh_text_printf(to, ", max_wait: %s, at_max_wait: %s",
                       ONE_OF(dice, "0s", "30s", "2min", "10min"),
                       ONE_OF(dice, "disconnect", "message"));
    if (chance(dice, 30))
        oh_text_printf(to, ", max_expected_wait: %s", ONE_OF(dice, "1min", "5min"));
    oh_text_printf(to, ", when_full: %s}\n", ONE_OF(dice, "busy", "disconnect"));
}

static void put_callback(struct dice *dice, struct oh_text *to) {
    oh_text_printf(to, "    callback: {accept: %s, place: %s, dial: %s", a_queue_chance(dice),
                   ONE_OF(dice, "keep", "last"), a_short_time(dice));
    if (chance(dice, 50))
        oh_text_printf(to, ", after: %s", ONE_OF(dice, "30s", "2min"));
    if (chance(dice, 60))
        oh_text_printf(to, ", reach: %s, tries: %u, again_after: %s",
                       ONE_OF(dice, "70%", "[0%, 90%]"), 1 + roll(dice, 4),
                       ONE_OF(dice, "5min", "exponential(1h)", "constant(0s)"));
    oh_text_puts(to, "}\n");
}

static void put_announcement(struct dice *dice, struct oh_text *to) {
    oh_text_printf(
        to, "    announcement: {after: %s, leave: %s, patience: %s", ONE_OF(dice, "0s", "30s"),
        ONE_OF(dice, "10%", "[30%, 5%]", "{by_wait: {1min: 20%}}", "{by_queue: {2: 40%}}"),
        ONE_OF(dice, "100%", "0%", "300%", "{by_expected_wait: {0s: 130%, 3min: 50%}}"));
    if (chance(dice, 50))
        oh_text_printf(to, ", every: %s", ONE_OF(dice, "30s", "1min"));
    oh_text_puts(to, "}\n");
}

/* ---- a type: after the talk ---- */

/* `must`: types that only this one leads to. */
static void put_transfers(struct centre *centre, struct oh_text *to, const bool *must) {
    struct dice *dice = &centre->dice;
    uint32_t most = chance(dice, 20) ? 100 / centre->n_types : 16;
    bool is_first = true;
    for (uint32_t i = 0; i < centre->n_types; i++) {
        if (!must[i] && chance(dice, 60))
            continue;
        oh_text_printf(to, "%stype%u: {probability: ", is_first ? "    transfer: {" : ", ", i);
        put_talk_chance(centre, to, most);
        oh_text_printf(to, ", how: %s, together: %s, if_refused: %s}", ONE_OF(dice, "cold", "warm"),
                       a_short_time(dice), ONE_OF(dice, "lost", "back", "message"));
        is_first = false;
    }
    if (!is_first)
        oh_text_puts(to, "}\n");
    if (most > 16 || chance(dice, 60))
        return;
    oh_text_printf(to, "    conference: {type%u: {probability: ", roll(dice, centre->n_types));
    put_talk_chance(centre, to, 30);
    oh_text_printf(to, ", if_none_free: %s, afterwards: %s%s}}\n", ONE_OF(dice, "wait", "skip"),
                   a_short_time(dice),
                   ONE_OF(dice, "", ", together: exponential(2min)", ", together: 0s"));
}

static void put_retry(struct centre *centre, struct oh_text *to) {
    struct dice *dice = &centre->dice;
    const char *const causes[] = {"after_abandon", "after_busy", "after_disconnect", "after_closed",
                                  "after_unresolved"};
    oh_text_printf(to, "    retry: {at_most: %u", 1 + roll(dice, 9));
    for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++) {
        if (chance(dice, 30))
            continue;
        oh_text_printf(to, ", %s: {probability: %s, delay: %s", causes[i],
                       ONE_OF(dice, "50%", "100%", "[90%, 30%]", "{by_attempt: [80%, 40%]}",
                              "{by_wait: {0s: 30%, 1min: 90%}}"),
                       ONE_OF(dice, "exponential(6min)", "5min", "0s", "uniform(low=1s high=2h)"));
        if (chance(dice, 40))
            oh_text_printf(to, ", at_most: %u", 1 + roll(dice, 4));
        if (chance(dice, 40))
            oh_text_printf(to, ", to: type%u", roll(dice, centre->n_types));
        else if (chance(dice, 30))
            oh_text_printf(to, ", to: [type%u, type%u]", 0u, roll(dice, centre->n_types));
        oh_text_puts(to, "}");
    }
    oh_text_puts(to, "}\n");
}

static void put_matter(struct centre *centre, struct oh_text *to) {
    struct dice *dice = &centre->dice;
    if (chance(dice, 50)) {
        oh_text_puts(to, "    resolved: ");
        put_talk_chance(centre, to, 100);
        oh_text_puts(to, "\n");
    }
    if (chance(dice, 40))
        oh_text_printf(to, "    departure: {resolved: %s, unresolved: %s, unreached: %s}\n",
                       ONE_OF(dice, "0%", "{by_wait: {0s: 1%, 2min: 30%}}"),
                       ONE_OF(dice, "20%", "{by_attempt: [5%, 50%]}"),
                       ONE_OF(dice, "100%", "{by_wait: {30s: 50%}}"));
    if (chance(dice, 30))
        oh_text_puts(to,
                     "    money: {per_attempt: 0.05 USD, per_minute: 0.02 USD, per_resolved: 12 "
                     "USD, per_lost_customer: 150 USD}\n");
}

/* ---- a type ---- */

static void put_rules(struct centre *centre, struct oh_text *to) {
    struct dice *dice = &centre->dice;
    oh_text_printf(to, "    priority: %u\n    service_level: {answer_within: %s, callbacks: %s}\n",
                   1 + roll(dice, 3), ONE_OF(dice, "0s", "20s", "2min"),
                   ONE_OF(dice, "count_delay", "exclude"));
    if (chance(dice, 30))
        oh_text_printf(to, "    balk: %s\n", a_queue_chance(dice));
    if (chance(dice, 25))
        oh_text_printf(to, "    interrupts: %s\n", ONE_OF(dice, "resume", "restart"));
    if (chance(dice, 30))
        oh_text_printf(to, "    urgency: {credit: %s, growth: %s}\n", ONE_OF(dice, "0s", "2min"),
                       ONE_OF(dice, "0", "1.5"));
    if (chance(dice, 30))
        oh_text_printf(to, "    overflow: {group%u: %s}\n", roll(dice, centre->n_groups),
                       ONE_OF(dice, "0s", "20s", "2min"));
    if (centre->has_hours && chance(dice, 40))
        oh_text_printf(to, "    when_closed: %s\n", ONE_OF(dice, "turned-away", "next_opening"));
    if (centre->has_hours && chance(dice, 50))
        oh_text_printf(to, "    at_close: %s\n", ONE_OF(dice, "finish", "drop", "keep"));
    if (chance(dice, 35))
        oh_text_printf(to, "    misrouted: {talk: %s, how: %s}\n", a_short_time(dice),
                       ONE_OF(dice, "cold", "warm", "refuse"));
}

static void put_type(struct centre *centre, struct oh_text *to, uint32_t number, const bool *must) {
    struct dice *dice = &centre->dice;
    static const bool none[8];
    oh_text_printf(to, "  type%u:\n    talk: %s\n", number, a_time(dice));
    if (!must[number])
        oh_text_printf(to, "    arrivals: {%s}\n",
                       ONE_OF(dice, "rate: 20/h", "rate: 90/h", "gap: constant(3min)",
                              "rate: {00:00: 20/h, 09:30: 90/h, 12:00: 0/h, 12:10: 60/h}"));
    if (chance(dice, 80))
        oh_text_printf(to, "    patience: %s\n", a_time(dice));
    if (chance(dice, 50))
        oh_text_printf(to, "    wrap_up: %s\n", a_short_time(dice));
    if (chance(dice, 50))
        put_menu(centre, to, number);
    put_rules(centre, to);
    if (chance(dice, 60))
        put_queue(dice, to);
    if (chance(dice, 40))
        put_callback(dice, to);
    if (chance(dice, 30))
        put_announcement(dice, to);
    put_transfers(centre, to, number == 0 ? must : none);
    if (chance(dice, 60))
        put_retry(centre, to);
    put_matter(centre, to);
}

void way_write(uint64_t number, struct oh_text *to) {
    struct centre centre = {.dice = dice_of(number)};
    struct dice *dice = &centre.dice;
    bool must[8] = {false}; /* nobody arrives: only the first type leads there */
    centre.n_types = 1 + roll(dice, 4);
    centre.n_groups = 1 + roll(dice, 3);
    centre.has_hours = chance(dice, 50);
    bool is_alone = chance(dice, 40);
    for (uint32_t i = 1; i < centre.n_types; i++)
        must[i] = is_alone || chance(dice, 30);
    put_hours(&centre, to);
    oh_text_puts(to, "contacts:\n");
    for (uint32_t i = 0; i < centre.n_types; i++)
        put_type(&centre, to, i, must);
    oh_text_puts(to, "agents:\n");
    for (uint32_t i = 0; i < centre.n_groups; i++)
        put_group(&centre, to, i);
    if (chance(dice, 30))
        oh_text_printf(to, "lines: %u\nline_cost: 0.02 USD/min\n", 1 + roll(dice, 12));
    oh_text_printf(to, "routing: {calls: %s, agents: %s",
                   ONE_OF(dice, "priority", "fifo", "list", "urgency"),
                   ONE_OF(dice, "group-order", "longest-idle"));
    if (chance(dice, 20))
        oh_text_printf(to, ", queue_limit: %u", roll(dice, 8));
    oh_text_printf(to, "}\nrun: {replications: 2, seed: %u}\n", (unsigned)(number % 1000));
}
