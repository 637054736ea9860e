/* Transfers: a conversation's end leads to another queue. Networks of queues whose stations stand alone (J. R. Jackson,
 * Networks of waiting lines, Oper. Res. 5, 1957; P. J. Burke, The output of a queuing system, 1956), and chains where
 * customers lose patience. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "space.h"
#include "trial.h"

/* ---- three types that send each other on ---- */

enum { TYPES = 3 };
static const double from_outside[TYPES] = {2.0, 0.5, 0.4}, agents[TYPES] = {4, 3, 2};
static const double talks[TYPES] = {1.0, 1.25, 0.8};
static const double leads[TYPES][TYPES] = {{0, 0.3, 0.2}, {0.1, 0, 0.5}, {0.25, 0, 0}};
enum { WINDOW = 1500 };

/* Solves x = start + M x, with M the matrix of leads or its transpose, by going round until nothing changes. */
static void go_round(const double start[TYPES], bool against, double x[TYPES]) {
    for (int round = 0; round < 500; round++) {
        double next[TYPES];
        for (int i = 0; i < TYPES; i++) {
            next[i] = start[i];
            for (int j = 0; j < TYPES; j++)
                next[i] += (against ? leads[j][i] : leads[i][j]) * x[j];
        }
        for (int i = 0; i < TYPES; i++)
            x[i] = next[i];
    }
}

static const char *network_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, transfer: {b: {probability: 30%%, how: cold},"
        " c: {probability: 20%%, how: cold}}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, transfer: {a: {probability: 10%%, how: cold},"
        " c: {probability: 50%%, how: cold}}}\n"
        "  c: {arrivals: {rate: %s}, talk: %s, transfer: {a: {probability: 25%%, how: cold}}}\n"
        "agents: {one: {count: 4, handles: [a]}, two: {count: 3, handles: [b]},"
        " three: {count: 2, handles: [c]}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, from_outside[0]), exponential(arena, off * talks[0]),
        rate(arena, from_outside[1]), exponential(arena, off * talks[1]),
        rate(arena, from_outside[2]), exponential(arena, off * talks[2]));
}

static void every_station_of_a_network_stands_alone(void **state) {
    double through[TYPES] = {0}, total[TYPES] = {0}, wait[TYPES], busy[TYPES], outside = 0, all = 0;
    go_round(from_outside, true, through);
    for (int i = 0; i < TYPES; i++) {
        struct exact exact =
            station_solve(&(struct station){through[i], agents[i], 1 / talks[i], 0, INFINITY});
        wait[i] = exact.wait;
        busy[i] = exact.busy;
    }
    go_round(wait, false, total);
    /* All waiting, counted by the queues and by who started where. */
    for (int i = 0; i < TYPES; i++) {
        all += through[i] * wait[i];
        outside += from_outside[i] * total[i];
    }
    agree(all, outside, "time in queues");
    const struct claim claims[] = {
        {"contacts.a.queue.wait.mean", UNIT_S * wait[0]},
        {"contacts.b.queue.wait.mean", UNIT_S * wait[1]},
        {"contacts.c.queue.wait.mean", UNIT_S * wait[2]},
        {"contacts.a.wait_answered.mean", UNIT_S * wait[0]},
        {"contacts.b.leg_wait.mean", UNIT_S * wait[1]},
        {"contacts.c.leg_wait.mean", UNIT_S * wait[2]},
        {"contacts.a.wait_total.mean", UNIT_S * total[0]},
        {"contacts.b.wait_total.mean", UNIT_S * total[1]},
        {"contacts.c.wait_total.mean", UNIT_S * total[2]},
        {"contacts.b.transferred", WINDOW * effort * (through[1] - from_outside[1])},
        {"contacts.c.transferred", WINDOW * effort * (through[2] - from_outside[2])},
        {"contacts.a.queue.legs", WINDOW * effort * through[0]},
        {"contacts.a.offered", WINDOW * effort * from_outside[0]},
        {"contacts.c.queue_length.mean", through[2] * wait[2]},
        {"agents.two.busy_agents.mean", busy[1]},
        {"agents.three.occupancy", busy[2] / agents[2]},
    };
    trial("network", network_text, claims, N_OF(claims));
}

/* ---- feedback: who is not helped stands in the queue again, at once ---- */

static const char *asks_again(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, resolved: 70%%,"
        " retry: {after_unresolved: {probability: 100%%, delay: 0s, at_most: 100}}}}\n"
        "agents: {team: {count: 4}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, 2.1), exponential(arena, off));
}

static void who_asks_again_at_once_makes_a_longer_queue_of_the_same_kind(void **state) {
    struct exact exact = station_solve(&(struct station){2.1 / 0.7, 4, 1, 0, INFINITY});
    const struct claim claims[] = {
        {"total.queue_length.mean", exact.queue},
        {"total.wait_answered.mean", UNIT_S * exact.wait},
        {"total.busy_agents.mean", exact.busy},
        {"total.attempts_per_customer", 1 / 0.7},
        {"total.contacts_per_resolution", 1 / 0.7},
        {"total.first_contact_resolution", 0.7},
    };
    trial("asks again", asks_again, claims, N_OF(claims));
}

static const char *sent_back(struct oh_arena *arena, double off) {
    return oh_arena_printf(arena,
                           "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s,"
                           " transfer: {calls: {probability: 30%%}}}}\n"
                           "agents: {team: {count: 4}}\n" RUN_IN_FORMAT,
                           times(arena, 100, WINDOW), rate(arena, 2.1), exponential(arena, off));
}

static void who_is_sent_to_the_same_queue_counts_once(void **state) {
    struct exact exact = station_solve(&(struct station){2.1 / 0.7, 4, 1, 0, INFINITY});
    const struct claim claims[] = {
        {"total.queue_length.mean", exact.queue},
        {"total.queue.wait.mean", UNIT_S * exact.wait},
        {"total.wait_total.mean", UNIT_S * exact.wait / 0.7},
        {"total.busy_agents.mean", exact.busy},
        {"total.offered", WINDOW * effort * 2.1},
        {"total.answered", WINDOW * effort * 2.1},
        {"total.transferred", WINDOW * effort * 0.9},
        {"agents.team.answered", WINDOW * effort * 3},
        {"total.talk.mean", UNIT_S / 0.7},
    };
    trial("sent back", sent_back, claims, N_OF(claims));
}

/* ---- to a queue with few places: what the first station lets out is Poisson ---- */

static const char *few_places(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, transfer: {b: {probability: 60%%, how: cold,"
        " if_refused: lost}}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, queue: {limit: 2, when_full: busy}}\n"
        "agents: {one: {count: 3, handles: [a]}, two: {count: 2, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, 2), exponential(arena, off), rate(arena, 0.5),
        exponential(arena, off));
}

static void a_full_queue_refuses_transfers_as_it_does_calls(void **state) {
    struct exact one = station_solve(&(struct station){2, 3, 1, 0, INFINITY});
    struct exact two = station_solve(&(struct station){0.5 + 1.2, 2, 1, 0, 2});
    const struct claim claims[] = {
        {"contacts.a.queue.wait.mean", UNIT_S * one.wait},
        {"contacts.b.blocking", two.blocked},
        {"contacts.b.leg_blocked", WINDOW * effort * 1.2 * two.blocked},
        {"contacts.b.transferred", WINDOW * effort * 1.2 * (1 - two.blocked)},
        {"contacts.b.leg_wait.mean", UNIT_S * two.wait},
        {"contacts.b.wait_answered.mean", UNIT_S * two.wait},
        {"contacts.b.queue_length.mean", two.queue},
        {"agents.two.busy_agents.mean", two.busy},
    };
    trial("few places", few_places, claims, N_OF(claims));
}

/* ---- patience: the output is not Poisson any more; parts of the state: contacts at a, at b ---- */

struct tandem {
    double lambda[2], agents[2], theta[2], goes_on;
    int most_at_b; /* who comes from a and finds so many goes back to the agent */
};
enum { TANDEM_MOST = 30 };
static const struct tandem tandem = {{3, 0.5}, {2, 2}, {0.5, 0.8}, 0.7, TANDEM_MOST};
static const struct tandem goes_back = {{1.5, 0.4}, {2, 2}, {0.5, 0}, 0.6, 3};

static void tandem_moves(struct explorer *explorer, const void *model, struct state s) {
    const struct tandem *t = model;
    for (size_t i = 0; i < 2; i++) {
        if (s.part[i] < (i == 0 ? TANDEM_MOST : t->most_at_b))
            move_to(explorer, stepped(s, i, 1), t->lambda[i]);
        double talking = fmin(s.part[i], t->agents[i]), ends = talking;
        if (i == 0) {
            ends *= 1 - t->goes_on;
            if (talking > 0 && s.part[1] < t->most_at_b)
                move_to(explorer, stepped(stepped(s, 0, -1), 1, 1), talking * t->goes_on);
        }
        if (s.part[i] > 0)
            move_to(explorer, stepped(s, i, -1), ends + (s.part[i] - talking) * t->theta[i]);
    }
}

static double waits_at(const struct tandem *t, struct state s, size_t i) {
    return fmax(s.part[i] - t->agents[i], 0);
}
static double waits_at_a(const void *model, struct state s) {
    return waits_at(model, s, 0);
}
static double waits_at_b(const void *model, struct state s) {
    return waits_at(model, s, 1);
}
static double talks_at_a(const void *model, struct state s) {
    return s.part[0] - waits_at(model, s, 0);
}
static double talks_at_b(const void *model, struct state s) {
    return s.part[1] - waits_at(model, s, 1);
}
/* Who comes to b and finds this state gives up before those ahead are gone, in order of arrival: of k in line with the
 * same patience the last is served with probability n mu / (n mu + k theta). */
static double gives_up_at_b(const void *model, struct state s) {
    const struct tandem *t = model;
    double place = s.part[1] < t->agents[1] ? 0 : s.part[1] - t->agents[1] + 1;
    return place * t->theta[1] / (t->agents[1] + place * t->theta[1]);
}
static double transferred_and_gives_up(const void *model, struct state s) {
    return ((const struct tandem *)model)->goes_on * talks_at_a(model, s) * gives_up_at_b(model, s);
}

static const char *tandem_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, patience: %s,"
        " transfer: {b: {probability: 70%%, how: cold}}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, patience: %s}\n"
        "agents: {one: {count: 2, handles: [a]}, two: {count: 2, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 30, WINDOW), rate(arena, tandem.lambda[0]), exponential(arena, off),
        exponential(arena, 1 / tandem.theta[0]), rate(arena, tandem.lambda[1]),
        exponential(arena, off), exponential(arena, 1 / tandem.theta[1]));
}

static void who_is_transferred_may_lose_patience(void **state) {
    struct space space = space_solve((struct state){0}, tandem_moves, &tandem);
    double queue_a = space_mean(&space, waits_at_a, &tandem);
    double queue_b = space_mean(&space, waits_at_b, &tandem);
    double busy_a = space_mean(&space, talks_at_a, &tandem);
    double busy_b = space_mean(&space, talks_at_b, &tandem);
    double external = space_mean(&space, gives_up_at_b, &tandem);
    double legs = space_mean(&space, transferred_and_gives_up, &tandem);
    space_fini(&space);
    const double transferred = tandem.goes_on * busy_a;
    /* a alone is M/M/n+M; b's abandonments and talks, from both kinds of arrivals and from its queue. */
    struct exact alone =
        station_solve(&(struct station){tandem.lambda[0], 2, 1, tandem.theta[0], INFINITY});
    agree(queue_a, alone.queue, "queue of a");
    agree(tandem.theta[1] * queue_b, tandem.lambda[1] * external + legs, "abandonment at b");
    agree(busy_b, tandem.lambda[1] * (1 - external) + transferred - legs, "talks at b");
    const struct claim claims[] = {
        {"contacts.a.abandonment", alone.abandoned},
        {"contacts.a.queue_length.mean", queue_a},
        {"contacts.b.abandonment", external},
        {"contacts.b.queue_length.mean", queue_b},
        {"contacts.b.transferred", WINDOW * effort * transferred},
        {"contacts.b.leg_abandoned", WINDOW * effort * legs},
        {"contacts.b.queue.abandoned", WINDOW * effort * tandem.theta[1] * queue_b},
        {"contacts.b.queue.answered", WINDOW * effort * busy_b},
        {"contacts.b.queue.wait.mean", UNIT_S * queue_b / (tandem.lambda[1] + transferred)},
        {"agents.one.busy_agents.mean", busy_a},
        {"agents.two.busy_agents.mean", busy_b},
    };
    trial("tandem", tandem_text, claims, N_OF(claims));
}

/* ---- refused, and back to the head of the queue: another talk with the same agent ---- */

static double is_full_at_b(const void *model, struct state s) {
    return s.part[1] == ((const struct tandem *)model)->most_at_b;
}
static double refused(const void *model, struct state s) {
    const struct tandem *t = model;
    return is_full_at_b(t, s) * talks_at_a(t, s) * t->goes_on;
}

static const char *back_text(struct oh_arena *arena, double off) {
    const struct tandem *t = &goes_back;
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, patience: %s, transfer: {b: {probability: 60%%,"
        " if_refused: back}}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, queue: {limit: 1, when_full: busy}}\n"
        "agents: {one: {count: 2, handles: [a]}, two: {count: 2, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 50, WINDOW), rate(arena, t->lambda[0]), exponential(arena, off),
        exponential(arena, 1 / t->theta[0]), rate(arena, t->lambda[1]), exponential(arena, off));
}

static void who_is_refused_talks_on_with_the_first_agent(void **state) {
    const struct tandem *t = &goes_back;
    struct space space = space_solve((struct state){0}, tandem_moves, t);
    double queue_a = space_mean(&space, waits_at_a, t), busy_a = space_mean(&space, talks_at_a, t);
    double queue_b = space_mean(&space, waits_at_b, t), busy_b = space_mean(&space, talks_at_b, t);
    double full = space_mean(&space, is_full_at_b, t), back = space_mean(&space, refused, t);
    space_fini(&space);
    double transferred = busy_a * t->goes_on - back;
    agree(busy_b, transferred + t->lambda[1] * (1 - full), "what flows through b");
    agree(busy_a - back, t->lambda[0] - t->theta[0] * queue_a, "what flows through a");
    const struct claim claims[] = {
        {"contacts.a.abandonment", t->theta[0] * queue_a / t->lambda[0]},
        {"contacts.b.transferred", WINDOW * effort * transferred},
        {"contacts.b.leg_blocked", WINDOW * effort * back},
        {"contacts.b.blocking", full},
        {"contacts.b.queue_length.mean", queue_b},
        {"agents.one.busy_agents.mean", busy_a},
        {"agents.two.busy_agents.mean", busy_b},
    };
    trial("refused, back", back_text, claims, N_OF(claims));
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_station_of_a_network_stands_alone),
        cmocka_unit_test(who_asks_again_at_once_makes_a_longer_queue_of_the_same_kind),
        cmocka_unit_test(who_is_sent_to_the_same_queue_counts_once),
        cmocka_unit_test(a_full_queue_refuses_transfers_as_it_does_calls),
        cmocka_unit_test(who_is_transferred_may_lose_patience),
        cmocka_unit_test(who_is_refused_talks_on_with_the_first_agent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
