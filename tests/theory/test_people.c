/* What becomes of customers: contacts until the matter is settled, who leaves for good, and money. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "trial.h"

enum { WINDOW = 1500 };
/* Few customers over a long time: hardly anybody is between attempts when it ends, and so counts as not settled. */
enum { QUIET_WINDOW = 15000 };

/* ---- contacts until the matter is settled: one after the other, by number ---- */

struct course {
    double resolved[3], again[3]; /* by number, the last holds on */
    double talk, delay;
    double departs_resolved, departs_unresolved[3];
};
struct people {
    double attempts, resolved, first, time, lost; /* per customer; time of who is resolved */
};

static double at(const double list[3], size_t i) {
    return list[i < 3 ? i : 2];
}

static struct people people_of(const struct course *c) {
    struct people people = {0};
    double here = 1; /* share of customers who make attempt i */
    for (size_t i = 0; i < 2000; i++) {
        double settled = here * at(c->resolved, i), rest = here - settled;
        double ends = rest * (1 - at(c->again, i));
        people.attempts += here;
        people.resolved += settled;
        people.first += i ? 0 : settled;
        people.time += settled * ((double)(i + 1) * c->talk + (double)i * c->delay);
        people.lost += settled * c->departs_resolved + ends * at(c->departs_unresolved, i);
        here = rest - ends;
    }
    people.time /= people.resolved;
    return people;
}

static void claim_people(const char *label, text_fn *text, double lambda,
                         const struct people *people) {
    double customers = QUIET_WINDOW * effort * lambda;
    const struct claim claims[] = {
        {"total.attempts_per_customer", people->attempts},
        {"total.contacts_per_resolution", people->attempts / people->resolved},
        {"total.first_contact_resolution", people->first},
        {"total.customers_resolved", customers * people->resolved},
        {"total.lost_customers", customers * people->lost},
        {"total.time_to_resolution.mean", UNIT_S * people->time},
        {"total.reached_people", 1},
        {"total.busy_agents.mean", lambda * people->attempts}, /* talks of one unit */
    };
    trial(label, text, claims, N_OF(claims));
}

static const char *geometric_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(arena,
                           "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, resolved: 60%%,"
                           " retry: {after_unresolved: {probability: 80%%, delay: %s}},"
                           " departure: {resolved: 3%%, unresolved: 40%%}}}\n"
                           "agents: {team: {count: 40}}\n" RUN_IN_FORMAT,
                           times(arena, 60, QUIET_WINDOW), rate(arena, 0.4),
                           exponential(arena, off), exponential(arena, 3));
}

static void contacts_until_resolved_are_geometric(void **state) {
    const struct course course = {{0.6, 0.6, 0.6}, {0.8, 0.8, 0.8}, 1, 3, 0.03, {0.4, 0.4, 0.4}};
    struct people people = people_of(&course);
    const double stops = 1 - 0.4 * 0.8; /* after each contact */
    agree(people.attempts, 1 / stops, "contacts");
    agree(people.resolved, 0.6 / stops, "resolved");
    agree(people.time, 1 / stops + 3 * (1 / stops - 1), "time");
    agree(people.lost, (0.6 * 0.03 + 0.4 * 0.2 * 0.4) / stops, "lost");
    claim_people("geometric", geometric_text, 0.4, &people);
}

static const char *by_number_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, resolved: [50%%, 70%%, 20%%],"
        " retry: {after_unresolved: {probability: [90%%, 60%%], delay: 250s}},"
        " departure: {resolved: 2%%, unresolved: {by_attempt: [10%%, 30%%, 70%%]}}}}\n"
        "agents: {team: {count: 40}}\n" RUN_IN_FORMAT,
        times(arena, 60, QUIET_WINDOW), rate(arena, 0.4), exponential(arena, off));
}

static void chances_may_change_with_the_number(void **state) {
    const struct course course = {{0.5, 0.7, 0.2}, {0.9, 0.6, 0.6}, 1, 2.5, 0.02, {0.1, 0.3, 0.7}};
    struct people people = people_of(&course);
    claim_people("by number", by_number_text, 0.4, &people);
}

/* ---- which group talked: what the first group cannot take overflows to the second, then is lost ---- */

static const char *by_group_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, groups: [juniors, seniors],"
        " queue: {limit: 0, when_full: busy}, resolved: {by_group: {juniors: 30%%, seniors: "
        "90%%}},"
        " departure: {unreached: 25%%}}}\n"
        "agents: {juniors: {count: 3}, seniors: {count: 2}}\n" RUN_IN_FORMAT,
        times(arena, 30, WINDOW), rate(arena, 4), exponential(arena, off));
}

static void some_groups_settle_more(void **state) {
    struct exact juniors = station_solve(&(struct station){4, 3, 1, 0, 0});
    struct exact all = station_solve(&(struct station){4, 5, 1, 0, 0});
    double by_seniors = all.busy - juniors.busy;
    double resolved = juniors.busy * 0.3 + by_seniors * 0.9;
    const struct claim claims[] = {
        {"total.customers_resolved", WINDOW * effort * resolved},
        {"total.first_contact_resolution", resolved / all.busy},
        {"total.contacts_per_resolution", all.busy / resolved},
        {"total.lost_customers", WINDOW * effort * 4 * all.blocked * 0.25},
        {"agents.seniors.busy_agents.mean", by_seniors},
    };
    trial("by group", by_group_text, claims, N_OF(claims));
}

/* ---- who waited long leaves more often: M/M/n, where P(W > t) = C exp(-(n mu - lambda) t) ---- */

static const char *by_wait_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(arena,
                           "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s,"
                           " departure: {resolved: {by_wait: {0s: 2%%, 50s: 20%%, 150s: 60%%}}}}}\n"
                           "agents: {team: {count: 4}}\n" RUN_IN_FORMAT,
                           times(arena, 100, WINDOW), rate(arena, 3), exponential(arena, off));
}

static void who_waited_long_leaves_more_often(void **state) {
    struct exact exact = station_solve(&(struct station){3, 4, 1, 0, INFINITY});
    double short_wait = exact.delayed * exp(-0.5), long_wait = exact.delayed * exp(-1.5);
    const struct claim claims[] = {
        {"total.lost_customers",
         WINDOW * effort * 3 * (0.02 + 0.18 * short_wait + 0.4 * long_wait)},
        {"total.hold_time_per_customer", UNIT_S * exact.wait},
        {"total.customers_resolved", WINDOW * effort * 3},
    };
    trial("by wait", by_wait_text, claims, N_OF(claims));
}

/* ---- money ---- */

static const char *money_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, patience: %s, resolved: 70%%,"
        " departure: {unresolved: 50%%, unreached: 20%%},"
        " money: {per_attempt: 0.50 USD, per_resolved: 12 USD, per_lost_customer: 80 USD}}}\n"
        "lines: 300\nline_cost: 0.02 USD/min\n"
        "agents: {team: {count: 4, cost: 41 USD/h}}\n" RUN_IN_FORMAT,
        times(arena, 30, WINDOW), rate(arena, 4.5), exponential(arena, off), exponential(arena, 2));
}

static void money_is_linear(void **state) {
    const double lambda = 4.5, window_s = WINDOW * effort * UNIT_S;
    struct exact exact = station_solve(&(struct station){lambda, 4, 1, 0.5, INFINITY});
    double calls = WINDOW * effort * lambda, answered = calls * (1 - exact.abandoned);
    double lost = answered * 0.3 * 0.5 + calls * exact.abandoned * 0.2;
    double of_agents = 4 * 41 * window_s / 3600;
    double of_lines = 0.02 * window_s / 60 * (exact.busy + exact.queue);
    const struct claim claims[] = {
        {"total.cost.contacts", 0.5 * calls},
        {"total.cost.lines", of_lines},
        {"total.cost.lost_customers", 80 * lost},
        {"total.lost_customers", lost},
        {"total.cost", of_agents + 0.5 * calls + of_lines + 80 * lost},
        {"total.revenue", 12 * 0.7 * answered},
        {"total.profit", 12 * 0.7 * answered - of_agents - 0.5 * calls - of_lines - 80 * lost},
    };
    trial("money", money_text, claims, N_OF(claims));
    struct oh_arena *arena = oh_arena_create();
    struct oh_summary *summary = simulate(money_text(arena, 1));
    double parts = 0;
    const char *const part[] = {"total.cost.agents", "total.cost.contacts", "total.cost.lines",
                                "total.cost.lost_customers"};
    for (size_t i = 0; i < N_OF(part); i++)
        parts += estimate_of(summary, part[i]).value;
    agree(estimate_of(summary, "total.cost.agents").value, of_agents, "agents");
    agree(estimate_of(summary, "total.cost").value, parts, "cost");
    agree(estimate_of(summary, "total.cost.contacts").value,
          0.5 * estimate_of(summary, "total.offered").value, "attempts");
    agree(estimate_of(summary, "total.revenue").value,
          12 * estimate_of(summary, "total.customers_resolved").value, "revenue");
    agree(estimate_of(summary, "total.profit").value,
          estimate_of(summary, "total.revenue").value - parts, "profit");
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contacts_until_resolved_are_geometric),
        cmocka_unit_test(chances_may_change_with_the_number),
        cmocka_unit_test(some_groups_settle_more),
        cmocka_unit_test(who_waited_long_leaves_more_often),
        cmocka_unit_test(money_is_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
