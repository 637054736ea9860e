/* The menu before the queue: an endless number of servers, which leaves a Poisson stream Poisson and thins it; with a
 * bounded number of lines, a network in product form. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "space.h"
#include "trial.h"

enum { WINDOW = 1500 };

/* ---- some help themselves, some hang up, the rest queues ---- */

static const char *thinned_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, patience: %s,"
        " ivr: {time: uniform(low=20s high=180s), hung_up: 12%%, self_served: 25%%}}}\n"
        "lines: 300\nagents: {team: {count: 4}}\n" RUN_IN_FORMAT,
        times(arena, 40, WINDOW), rate(arena, 6), exponential(arena, off), exponential(arena, 2));
}

static void the_menu_thins_and_delays_but_does_not_shape(void **state) {
    const double lambda = 6, queues = lambda * 0.63;
    struct exact exact = station_solve(&(struct station){queues, 4, 1, 0.5, INFINITY});
    const struct claim claims[] = {
        {"total.offered", WINDOW * effort * lambda},
        {"total.hung_up", WINDOW * effort * lambda * 0.12},
        {"total.self_served", WINDOW * effort * lambda * 0.25},
        {"total.abandonment", exact.abandoned},
        {"total.reached", 1 - exact.abandoned},
        {"total.wait_all.mean", UNIT_S * exact.wait},
        {"total.queue_length.mean", exact.queue},
        {"total.busy_agents.mean", exact.busy},
        {"total.lines_busy.mean", lambda * 1.0 + exact.queue + exact.busy}, /* menu: 100 s */
    };
    trial("menu", thinned_text, claims, N_OF(claims));
}

/* ---- a line is held in the menu, too ----
 * Arrivals that depend on the total only, service of each station on its own number only: product form (J. R. Jackson,
 * Jobshop-like queueing systems, Manag. Sci. 10, 1963), and only the mean of the menu's time counts (F. Baskett et al.,
 * Open, closed, and mixed networks of queues, J. ACM 22, 1975). */
struct lines {
    double lambda, menu, on; /* mean of the menu's time; share that goes on to the queue */
    int agents, lines;
    double theta;
};
static const struct lines lines = {4, 0.6, 0.8, 3, 7, 0.4};

struct held {
    double blocked, lines_busy, queue, busy;
};

static double ends_at(const struct lines *l, int j) {
    return fmin(j, l->agents) + fmax(j - l->agents, 0) * l->theta;
}

static struct held held_by_product(const struct lines *l) {
    struct held held = {0};
    double sum = 0, menu = 1;
    for (int i = 0; i <= l->lines; menu *= l->lambda * l->menu / ++i) {
        double share = menu;
        for (int j = 0; i + j <= l->lines; share *= l->lambda * l->on / ends_at(l, ++j)) {
            sum += share;
            held.blocked += i + j == l->lines ? share : 0;
            held.lines_busy += share * (i + j);
            held.queue += share * fmax(j - l->agents, 0);
            held.busy += share * fmin(j, l->agents);
        }
    }
    return (struct held){held.blocked / sum, held.lines_busy / sum, held.queue / sum,
                         held.busy / sum};
}

/* The same with an exponential time in the menu, as a chain. Parts: in the menu, at the agents. */
static void lines_moves(struct explorer *explorer, const void *model, struct state s) {
    const struct lines *l = model;
    if (s.part[0] + s.part[1] < l->lines)
        move_to(explorer, stepped(s, 0, 1), l->lambda);
    if (s.part[0] > 0) {
        double ends = s.part[0] / l->menu;
        move_to(explorer, stepped(s, 0, -1), ends * (1 - l->on));
        move_to(explorer, stepped(stepped(s, 0, -1), 1, 1), ends * l->on);
    }
    if (s.part[1] > 0)
        move_to(explorer, stepped(s, 1, -1), ends_at(l, s.part[1]));
}
static double all_lines(const void *model, struct state s) {
    return s.part[0] + s.part[1] == ((const struct lines *)model)->lines;
}
static double waits(const void *model, struct state s) {
    return fmax(s.part[1] - ((const struct lines *)model)->agents, 0);
}

static const char *lines_text(struct oh_arena *arena, const char *menu, double off) {
    return oh_arena_printf(arena,
                           "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, patience: %s,"
                           " ivr: {time: %s, self_served: 20%%}}}\n"
                           "lines: %d\nagents: {team: {count: %d}}\n" RUN_IN_FORMAT,
                           times(arena, 40, WINDOW), rate(arena, lines.lambda),
                           exponential(arena, off), exponential(arena, 1 / lines.theta), menu,
                           lines.lines, lines.agents);
}
static const char *exponential_menu(struct oh_arena *arena, double off) {
    return lines_text(arena, "exponential(60s)", off);
}
static const char *even_menu(struct oh_arena *arena, double off) {
    return lines_text(arena, "constant(60s)", off);
}
static const char *uneven_menu(struct oh_arena *arena, double off) {
    return lines_text(arena, "lognormal(mean=60s cv=2)", off);
}

static void lines_are_held_in_the_menu(void **state) {
    struct held held = held_by_product(&lines);
    struct space space = space_solve((struct state){0}, lines_moves, &lines);
    agree(held.blocked, space_mean(&space, all_lines, &lines), "all lines busy");
    agree(held.queue, space_mean(&space, waits, &lines), "queue");
    space_fini(&space);
    double enter = lines.lambda * (1 - held.blocked), abandon = lines.theta * held.queue;
    agree(held.busy + abandon, enter * lines.on, "what flows from the menu");
    const struct claim claims[] = {
        {"total.lines_busy.mean", held.lines_busy},
        {"total.queue_length.mean", held.queue},
        {"total.busy_agents.mean", held.busy},
        {"total.blocked", WINDOW * effort * lines.lambda * held.blocked},
        {"total.self_served", WINDOW * effort * enter * (1 - lines.on)},
        {"total.abandoned", WINDOW * effort * abandon},
        {"total.answered", WINDOW * effort * held.busy},
    };
    trial("lines, exponential menu", exponential_menu, claims, N_OF(claims));
    trial("lines, even menu", even_menu, claims, N_OF(claims));
    trial("lines, uneven menu", uneven_menu, claims, N_OF(claims));
}

/* ---- choices in the menu ---- */

/* 30% of a's calls are b's in truth: they count under b, and b's own menu is not theirs. */
static const char *right_choice(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, patience: %s,"
        " ivr: {time: exponential(30s), leads_to: {b: 30%%}}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, patience: %s, ivr: {self_served: 20%%}}\n"
        "agents: {one: {count: 3, handles: [a]}, two: {count: 2, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 40, WINDOW), rate(arena, 4), exponential(arena, off), exponential(arena, 1),
        rate(arena, 1), exponential(arena, off), exponential(arena, 2));
}

static void a_choice_leads_to_another_queue(void **state) {
    struct exact a = station_solve(&(struct station){2.8, 3, 1, 1, INFINITY});
    struct exact b = station_solve(&(struct station){1.2 + 0.8, 2, 1, 0.5, INFINITY});
    const struct claim claims[] = {
        {"contacts.a.abandonment", a.abandoned},
        {"contacts.b.abandonment", b.abandoned},
        {"contacts.a.offered", WINDOW * effort * 2.8},
        {"contacts.b.offered", WINDOW * effort * 2.2},
        {"contacts.b.self_served", WINDOW * effort * 0.2},
        {"contacts.a.wait_all.mean", UNIT_S * a.wait},
        {"contacts.b.wait_all.mean", UNIT_S * b.wait},
        {"agents.one.busy_agents.mean", a.busy},
        {"agents.two.busy_agents.mean", b.busy},
    };
    trial("right choice", right_choice, claims, N_OF(claims));
}

/* A quarter of a's calls stand in b's queue, are told so there, and go to a's queue after all. With talks alike in b's
 * queue both stations stand alone: b has own calls and lost ones, a all of its own. */
static const char *wrong_choice(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, ivr: {time: 20s, wrong_choice: {b: 25%%}}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, misrouted: {talk: %s, how: cold}}\n"
        "agents: {one: {count: 3, handles: [a]}, two: {count: 2, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, 2), exponential(arena, off), rate(arena, 0.8),
        exponential(arena, off), exponential(arena, off));
}

static void who_chose_wrong_queues_twice(void **state) {
    struct exact a = station_solve(&(struct station){2, 3, 1, 0, INFINITY});
    struct exact b = station_solve(&(struct station){0.8 + 0.5, 2, 1, 0, INFINITY});
    const struct claim claims[] = {
        {"contacts.a.queue.wait.mean", UNIT_S * a.wait},
        {"contacts.b.queue.wait.mean", UNIT_S * b.wait},
        {"contacts.a.transferred", WINDOW * effort * 0.5},
        {"contacts.a.leg_wait.mean", UNIT_S * a.wait},
        {"contacts.a.queue_length.mean", a.queue},
        {"contacts.b.queue_length.mean", b.queue},
        {"total.wait_total.mean",
         UNIT_S * (a.queue + b.queue) / 2.8}, /* Little: all legs' queue time, by calls */
        {"agents.one.busy_agents.mean", 2},
        {"agents.two.busy_agents.mean", 1.3},
    };
    trial("wrong choice", wrong_choice, claims, N_OF(claims));
}

/* One agent at b, short talks with who is wrong there: Pollaczek and Khinchine's wait of the mixture. */
static const char *short_talks(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: 1s, ivr: {time: 20s, wrong_choice: {b: 40%%}}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, misrouted: {talk: %.9fs, how: cold}}\n"
        "agents: {one: {count: 30, handles: [a]}, two: {count: 1, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 100, 2 * WINDOW), rate(arena, 2), rate(arena, 0.4), exponential(arena, off),
        0.3 * UNIT_S * off);
}

static void who_is_wrong_there_is_soon_sent_on(void **state) {
    const double wrong = 2 * 0.4, own = 0.4, load = own + wrong * 0.3;
    double wait = (own * 2 + wrong * 0.3 * 0.3) / 2 / (1 - load);
    const struct claim claims[] = {
        {"contacts.b.queue.wait.mean", UNIT_S * wait},
        {"contacts.b.wait_answered.mean", UNIT_S * wait},
        {"contacts.a.transferred", 2 * WINDOW * effort * wrong},
        {"contacts.b.queue_length.mean", wait * (own + wrong)},
        {"agents.two.busy_agents.mean", load},
    };
    trial("short talks", short_talks, claims, N_OF(claims));
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_menu_thins_and_delays_but_does_not_shape),
        cmocka_unit_test(lines_are_held_in_the_menu),
        cmocka_unit_test(a_choice_leads_to_another_queue),
        cmocka_unit_test(who_chose_wrong_queues_twice),
        cmocka_unit_test(who_is_wrong_there_is_soon_sent_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
