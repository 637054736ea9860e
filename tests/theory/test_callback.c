/* Call-backs: who accepts one keeps the place in the queue and cannot lose patience. Against M/M/n, M/M/n+G and Markov
 * chains that remember the order of those who wait. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "space.h"
#include "trial.h"

enum { WINDOW = 2000 };

/* ---- everybody accepts: nobody abandons ---- */

static const char *all_accept(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, patience: exponential(10s),"
        " callback: {accept: 100%%}}}\n"
        "agents: {team: {count: 4}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, 3), exponential(arena, off));
}

static void nobody_loses_patience_who_is_called_back(void **state) {
    struct exact exact = station_solve(&(struct station){3, 4, 1, 0, INFINITY});
    const struct claim claims[] = {
        {"total.reached", 1},
        {"total.abandonment", 0},
        {"total.wait_answered.mean", 0},
        {"total.callbacks", WINDOW * effort * 3 * exact.delayed},
        {"total.callback_delay.mean", UNIT_S * exact.wait / exact.delayed},
        {"total.busy_agents.mean", 3},
    };
    trial("all accept", all_accept, claims, N_OF(claims));
}

/* ---- some accept: a patience that is endless with one chance and exponential with the other ---- */

struct queue_with_offers {
    double lambda, agents, theta;
    double after;     /* of waiting it is offered; 0: on arrival */
    double accept[3]; /* of who finds 0 waiting on the line, 1 or 2, more */
};

/* S. Zeltyn, A. Mandelbaum, Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue, 2005:
 * the density of the wait that is offered is that of the last agent's being free x lambda x
 * exp(lambda (integral of the chance to be still there) - n mu x). */
struct offered_wait {
    double delayed, mean, abandoned; /* mean of those who wait */
    double longer, beyond;           /* share for whom it is longer than `after`, and by how much */
};

static double offered_density(const struct queue_with_offers *q, double x) {
    double stays = q->accept[0], before = fmin(x, q->after), since = x - before;
    double there = -expm1(-q->theta * before) / q->theta;
    there += exp(-q->theta * before) *
             (stays * since - (1 - stays) * expm1(-q->theta * since) / q->theta);
    return exp(q->lambda * there - q->agents * x);
}

/* The share of arrivals who left before x. */
static double left_before(const struct queue_with_offers *q, double x) {
    double stays = q->accept[0], before = fmin(x, q->after), since = x - before;
    return 1 - exp(-q->theta * before) * (stays + (1 - stays) * exp(-q->theta * since));
}

static struct offered_wait offered_wait(const struct queue_with_offers *q) {
    enum { STEPS = 240000 };
    const double end = 60, step = end / STEPS;
    double mass = 0, moment = 0, left = 0, below = 0, states = 1, longer = 0, beyond = 0;
    for (int i = 0; i <= STEPS; i++) { /* Simpson */
        double x = i * step, weight = i == 0 || i == STEPS ? 1 : i % 2 ? 4 : 2;
        double density = offered_density(q, x) * weight * step / 3;
        mass += density;
        moment += density * x;
        left += density * left_before(q, x);
        longer += x > q->after ? density : 0;
        beyond += x > q->after ? density * (x - q->after) : 0;
    }
    for (int j = 0; j < q->agents; states *= q->lambda / ++j)
        below += states;
    double last = states * q->agents / q->lambda * q->lambda; /* lambda x share of n - 1 */
    double all = below + last * mass;
    return (struct offered_wait){last * mass / all, moment / mass, last * left / all,
                                 last * longer / all, beyond / longer};
}

/* Parts: agents busy; the queue as binary digits after a leading 1, the last to come last, 1 is a call-back. */
enum { LONGEST = 11 };

static int waiting(struct state s) {
    int n = 0;
    while (s.part[1] >> (n + 1))
        n++;
    return n;
}
static struct state without(struct state s, int digit) {
    int behind = s.part[1] & ((1 << digit) - 1), ahead = s.part[1] >> (digit + 1);
    s.part[1] = ahead << digit | behind;
    return s;
}
static int on_the_line(struct state s) {
    int n = waiting(s), on_the_line = 0;
    for (int i = 0; i < n; i++)
        on_the_line += !(s.part[1] >> i & 1);
    return on_the_line;
}
static double chance_of_callback(const struct queue_with_offers *q, struct state s) {
    int n = on_the_line(s);
    return q->accept[n == 0 ? 0 : n < 3 ? 1 : 2];
}

static void line_moves(struct explorer *explorer, const void *model, struct state s) {
    const struct queue_with_offers *q = model;
    int n = waiting(s);
    double accept = chance_of_callback(q, s);
    if (s.part[0] < q->agents)
        move_to(explorer, stepped(s, 0, 1), q->lambda);
    else if (n < LONGEST) {
        struct state joined = s;
        joined.part[1] = s.part[1] << 1;
        move_to(explorer, joined, q->lambda * (1 - accept));
        joined.part[1] |= 1;
        move_to(explorer, joined, q->lambda * accept);
    }
    if (s.part[0] > 0)
        move_to(explorer, n ? without(s, n - 1) : stepped(s, 0, -1), s.part[0]);
    for (int i = 0; i < n; i++)
        if (!(s.part[1] >> i & 1))
            move_to(explorer, without(s, i), q->theta);
}

static double waits_on_the_line(const void *model, struct state s) {
    return on_the_line(s);
}
static double waits_for_callback(const void *model, struct state s) {
    return waiting(s) - waits_on_the_line(model, s);
}
static double accepts(const void *model, struct state s) {
    const struct queue_with_offers *q = model;
    return s.part[0] < q->agents ? 0 : chance_of_callback(q, s);
}
static double all_are_busy(const void *model, struct state s) {
    return s.part[0] < ((const struct queue_with_offers *)model)->agents ? 0 : 1;
}

struct outcome {
    double delayed, abandoned, callbacks,
        delay; /* shares of arrivals; delay of who is called back */
};
static struct outcome line_solve(const struct queue_with_offers *q) {
    struct space space = space_solve((struct state){{0, 1}}, line_moves, q);
    struct outcome outcome = {
        .delayed = space_mean(&space, all_are_busy, q),
        .abandoned = q->theta * space_mean(&space, waits_on_the_line, q) / q->lambda,
        .callbacks = space_mean(&space, accepts, q),
    };
    outcome.delay = space_mean(&space, waits_for_callback, q) / (q->lambda * outcome.callbacks);
    space_fini(&space);
    return outcome;
}

static const struct queue_with_offers some = {2.2, 3, 0.8, 0, {0.6, 0.6, 0.6}};

static const char *some_accept(struct oh_arena *arena, double off) {
    return oh_arena_printf(arena,
                           "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, patience: %s,"
                           " callback: {accept: 60%%}}}\n"
                           "agents: {team: {count: 3}}\n" RUN_IN_FORMAT,
                           times(arena, 60, WINDOW), rate(arena, some.lambda),
                           exponential(arena, off), exponential(arena, 1 / some.theta));
}

static void some_accept_and_some_lose_patience(void **state) {
    const struct queue_with_offers quiet = {0.8, 3, 0.8, 0, {0.6, 0.6, 0.6}};
    struct offered_wait formula = offered_wait(&quiet), exact = offered_wait(&some);
    struct outcome chain = line_solve(&quiet);
    agree_to(1e-6, formula.delayed, chain.delayed, "delayed");
    agree_to(1e-6, formula.abandoned, chain.abandoned, "abandoned");
    agree_to(1e-6, formula.mean, chain.delay, "delay");
    const struct claim claims[] = {
        {"total.abandonment", exact.abandoned},
        {"total.callbacks", WINDOW * effort * some.lambda * 0.6 * exact.delayed},
        {"total.callback_delay.mean", UNIT_S * exact.mean},
        {"total.busy_agents.mean", some.lambda * (1 - exact.abandoned)},
    };
    trial("some accept", some_accept, claims, N_OF(claims));
}

/* ---- offered after a while: half a unit ---- */

static const char *later_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(arena,
                           "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, patience: %s,"
                           " callback: {after: 50s, accept: 70%%}}}\n"
                           "agents: {team: {count: 3}}\n" RUN_IN_FORMAT,
                           times(arena, 60, WINDOW), rate(arena, 3), exponential(arena, off),
                           exponential(arena, 2));
}

static void a_callback_may_be_offered_after_a_while(void **state) {
    struct queue_with_offers offers = {3, 3, 0.5, 1e-9, {0.7}}, at_once = offers;
    at_once.after = 0;
    agree_to(1e-6, offered_wait(&offers).abandoned, offered_wait(&at_once).abandoned, "at once");
    offers.after = 60; /* never */
    struct exact none = station_solve(&(struct station){3, 3, 1, 0.5, INFINITY});
    agree_to(1e-6, offered_wait(&offers).abandoned, none.abandoned, "never");
    offers.after = 0.5;
    struct offered_wait exact = offered_wait(&offers);
    double callbacks = 3 * exact.longer * exp(-0.5 * 0.5) * 0.7;
    const struct claim claims[] = {
        {"total.abandonment", exact.abandoned},
        {"total.callbacks", WINDOW * effort * callbacks},
        {"total.callback_delay.mean", UNIT_S * exact.beyond},
        {"total.busy_agents.mean", 3 * (1 - exact.abandoned)},
    };
    trial("offered later", later_text, claims, N_OF(claims));
}

/* ---- more accept behind a longer queue ---- */

static const struct queue_with_offers by_queue = {1.4, 2, 0.9, 0, {0, 0.5, 0.8}};

static const char *accept_by_queue(struct oh_arena *arena, double off) {
    return oh_arena_printf(arena,
                           "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, patience: %s,"
                           " callback: {accept: {by_queue: {1: 50%%, 3: 80%%}}}}}\n"
                           "agents: {team: {count: 2}}\n" RUN_IN_FORMAT,
                           times(arena, 60, WINDOW), rate(arena, by_queue.lambda),
                           exponential(arena, off), exponential(arena, 1 / by_queue.theta));
}

static void more_accept_behind_a_longer_queue(void **state) {
    struct outcome exact = line_solve(&by_queue);
    const struct claim claims[] = {
        {"total.abandonment", exact.abandoned},
        {"total.callbacks", WINDOW * effort * by_queue.lambda * exact.callbacks},
        {"total.callback_delay.mean", UNIT_S * exact.delay},
        {"total.busy_agents.mean", by_queue.lambda * (1 - exact.abandoned)},
    };
    trial("accept by queue", accept_by_queue, claims, N_OF(claims));
}

/* ---- nobody picks up: one agent, who rings up in vain. Parts: idle, talks or rings up; waiting; until the next try -- */

enum { IDLE, TALKS, RINGS_UP };
struct unreachable {
    double lambda, dial, reach,
        again; /* rates of the ends of ringing up and of the time until the next try */
};
static const struct unreachable one_try = {0.6, 4, 0.7, 0}, any_tries = {0.5, 4, 0.6, 0.5};

static struct state next_of(struct state s) {
    s.part[0] = s.part[1] ? RINGS_UP : IDLE;
    return stepped(s, 1, s.part[1] ? -1 : 0);
}
static void ring_moves(struct explorer *explorer, const void *model, struct state s) {
    const struct unreachable *u = model;
    struct state talks = s, rings = s;
    talks.part[0] = TALKS;
    rings.part[0] = RINGS_UP;
    if (s.part[0] == IDLE)
        move_to(explorer, talks, u->lambda);
    else if (s.part[1] < 60)
        move_to(explorer, stepped(s, 1, 1), u->lambda);
    if (s.part[0] == TALKS)
        move_to(explorer, next_of(s), 1);
    if (s.part[0] == RINGS_UP) {
        move_to(explorer, talks, u->dial * u->reach);
        if (u->again <= 0)
            move_to(explorer, next_of(s), u->dial * (1 - u->reach));
        else if (s.part[2] < 14)
            move_to(explorer, stepped(next_of(s), 2, 1), u->dial * (1 - u->reach));
    }
    if (s.part[2] > 0) {
        struct state back = s.part[0] == IDLE ? rings : stepped(s, 1, 1);
        if (s.part[1] < 60)
            move_to(explorer, stepped(back, 2, -1), u->again * s.part[2]);
    }
}

static double is_talking(const void *model, struct state s) {
    return s.part[0] == TALKS;
}
static double is_ringing(const void *model, struct state s) {
    return s.part[0] == RINGS_UP;
}
static double is_pending(const void *model, struct state s) {
    return s.part[1] + s.part[2] + is_ringing(model, s);
}

static const char *one_try_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(arena,
                           "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s,"
                           " callback: {accept: 100%%, dial: %s, reach: 70%%}}}\n"
                           "agents: {team: {count: 1}}\n" RUN_IN_FORMAT,
                           times(arena, 200, 2 * WINDOW), rate(arena, one_try.lambda),
                           exponential(arena, off), exponential(arena, 1 / one_try.dial));
}

static void some_are_not_reached(void **state) {
    const struct unreachable *u = &one_try;
    struct space space = space_solve((struct state){0}, ring_moves, u);
    double talks = space_mean(&space, is_talking, u), rings = space_mean(&space, is_ringing, u);
    space_fini(&space);
    /* Work: who comes to an idle agent brings a talk, others ringing up and perhaps a talk. */
    double busy = u->lambda / (1 + u->lambda - u->lambda / u->dial - u->lambda * u->reach);
    agree(talks + rings, busy, "busy");
    agree(rings * u->dial, u->lambda * busy, "ringing up");
    double per_window = 2 * WINDOW * effort * u->lambda;
    const struct claim claims[] = {
        {"total.busy_agents.mean", busy},
        {"total.callbacks", per_window * busy},
        {"total.callback_lost", per_window * busy * (1 - u->reach)},
        {"total.reached", 1 - busy * (1 - u->reach)},
    };
    trial("not reached", one_try_text, claims, N_OF(claims));
}

static const char *two_tries_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, callback: {accept: 100%%, dial: %s,"
        " reach: [60%%, 30%%], tries: 2, again_after: exponential(200s)}}}\n"
        "agents: {team: {count: 1}}\n" RUN_IN_FORMAT,
        times(arena, 200, 2 * WINDOW), rate(arena, 0.6), exponential(arena, off),
        exponential(arena, 0.25));
}

static void the_second_try_has_its_own_chance(void **state) {
    const double lambda = 0.6, work = 0.25 + 0.6 + 0.4 * (0.25 + 0.3), lost = 0.4 * 0.7;
    double busy = lambda / (1 + lambda - lambda * work), per_window = 2 * WINDOW * effort * lambda;
    const struct claim claims[] = {
        {"total.busy_agents.mean", busy},
        {"total.callbacks", per_window * busy},
        {"total.callback_lost", per_window * busy * lost},
        {"total.reached", 1 - busy * lost},
        {"total.callback_share", busy},
    };
    trial("two tries", two_tries_text, claims, N_OF(claims));
}

static const char *any_tries_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s,"
        " callback: {accept: 100%%, dial: %s, reach: 60%%, tries: 60, again_after: %s}}}\n"
        "agents: {team: {count: 1}}\n" RUN_IN_FORMAT,
        times(arena, 200, 2 * WINDOW), rate(arena, any_tries.lambda), exponential(arena, off),
        exponential(arena, 1 / any_tries.dial), exponential(arena, 1 / any_tries.again));
}

static void who_is_not_reached_is_called_again(void **state) {
    const struct unreachable *u = &any_tries;
    struct space space = space_solve((struct state){0}, ring_moves, u);
    double talks = space_mean(&space, is_talking, u), rings = space_mean(&space, is_ringing, u);
    double pending = space_mean(&space, is_pending, u);
    space_fini(&space);
    agree_to(1e-6, talks, u->lambda, "everybody is talked with in the end");
    agree_to(1e-6, rings * u->dial * u->reach, u->lambda * (talks + rings), "who had to wait");
    double callbacks = u->lambda * (talks + rings);
    const struct claim claims[] = {
        {"total.busy_agents.mean", talks + rings},
        {"total.callbacks", 2 * WINDOW * effort * callbacks},
        {"total.callback_delay.mean", UNIT_S * pending / callbacks},
        {"total.reached", 1},
    };
    trial("called again", any_tries_text, claims, N_OF(claims));
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_loses_patience_who_is_called_back),
        cmocka_unit_test(some_accept_and_some_lose_patience),
        cmocka_unit_test(a_callback_may_be_offered_after_a_while),
        cmocka_unit_test(more_accept_behind_a_longer_queue),
        cmocka_unit_test(some_are_not_reached),
        cmocka_unit_test(the_second_try_has_its_own_chance),
        cmocka_unit_test(who_is_not_reached_is_called_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
