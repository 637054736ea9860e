/* Features that no table covers, against small Markov chains that are solved here. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chain.h"
#include "simulate.h"

#define UNIT_S      100.0
#define N_OF(array) (sizeof(array) / sizeof(array)[0])
enum { CALLS = 8000 };

/* ---- a birth-death queue: what happens to an arrival who finds j in the system ---- */

enum { MOST = 400 };

/* Shares of arrivals, given the number in system, all agents busy: they join, are turned away, or balk. */
struct door {
    double joins, balks; /* the rest is turned away */
};
struct centre {
    double lambda, agents, theta; /* in units of the mean talk */
    struct door (*door)(const struct centre *centre, int in_system);
};
struct exact {
    double waiting, busy, delayed, balked, refused, abandoned; /* shares of all arrivals */
};

static struct exact solve(const struct centre *centre) {
    static double p[MOST];
    struct exact exact = {0};
    double sum = p[0] = 1;
    for (int j = 1; j < MOST; j++) {
        struct door door = centre->door(centre, j - 1);
        double joins = j - 1 < centre->agents ? 1 : door.joins;
        double ends = fmin(j, centre->agents) + fmax(j - centre->agents, 0) * centre->theta;
        p[j] = p[j - 1] * centre->lambda * joins / ends;
        sum += p[j];
    }
    for (int j = 0; j < MOST; j++) {
        double share = p[j] / sum;
        exact.busy += share * fmin(j, centre->agents);
        exact.waiting += share * fmax(j - centre->agents, 0);
        if (j < centre->agents)
            continue;
        struct door door = centre->door(centre, j);
        exact.delayed += share * door.joins;
        exact.balked += share * door.balks;
        exact.refused += share * (1 - door.joins - door.balks);
    }
    exact.abandoned = centre->theta * exact.waiting / centre->lambda;
    return exact;
}

/* The queue of `centre`; what makes its door is added by the test. */
static struct queue queue_of(struct oh_arena *arena, const struct centre *centre, double talk) {
    struct queue queue = queue_init();
    queue.agents = centre->agents;
    queue.rate = oh_arena_printf(arena, "%.9f/h", centre->lambda * 3600 / UNIT_S);
    queue.talk = oh_arena_printf(arena, "exponential(%.9fs)", talk * UNIT_S);
    if (centre->theta > 0)
        queue.patience = oh_arena_printf(arena, "exponential(%.9fs)", UNIT_S / centre->theta);
    queue_pace(&queue, centre->lambda / UNIT_S, 5 * UNIT_S, CALLS);
    return queue;
}

/* Compares; `refusal` is the metric that counts who is turned away. Then talk 5% longer must be noticed. */
static void check(const char *label, const struct centre *centre,
                  void (*complete)(struct queue *queue), const char *refusal) {
    struct exact exact = solve(centre);
    const struct claim claims[] = {
        {"total.share.balked", exact.balked},
        {refusal, exact.refused},
        {"total.abandonment", exact.abandoned},
        {"total.reached", 1 - exact.balked - exact.refused - exact.abandoned},
        {"total.share.delayed", exact.delayed},
        {"total.queue_length.mean", exact.waiting},
        {"total.busy_agents.mean", exact.busy},
        {"total.occupancy", exact.busy / centre->agents},
    };
    struct oh_arena *arena = oh_arena_create();
    for (int is_control = 0; is_control < 2; is_control++) {
        struct queue queue = queue_of(arena, centre, is_control ? 1.05 : 1);
        complete(&queue);
        struct oh_summary *summary = simulate(queue_print(arena, &queue));
        size_t broken =
            claims_broken(summary, claims, N_OF(claims), is_control ? NULL : label, NULL);
        assert_int_equal(broken > 0, is_control);
        oh_summary_destroy(summary);
    }
    oh_arena_destroy(arena);
}

/* ---- balking ---- */

static struct door three_in_ten_balk(const struct centre *centre, int in_system) {
    return (struct door){0.7, 0.3};
}
static void balk_always(struct queue *queue) {
    queue->balk = "30%";
}
static void balking_by_a_fixed_share(void **state) {
    const struct centre centre = {5.5, 5, 0.5, three_in_ten_balk};
    check("balk", &centre, balk_always, "total.blocking");
}

static struct door balk_by_length(const struct centre *centre, int in_system) {
    double waiting = in_system - centre->agents;
    double balks = waiting < 2 ? 0 : waiting < 5 ? 0.4 : 0.9;
    return (struct door){1 - balks, balks};
}
static void balk_by_queue(struct queue *queue) {
    queue->balk = "{by_queue: {2: 40%, 5: 90%}}";
}
static void balking_by_the_length_of_the_queue(void **state) {
    const struct centre centre = {4.8, 5, 0.2, balk_by_length};
    check("balk by queue", &centre, balk_by_queue, "total.blocking");
}

/* Expected wait of who would stand k-th: k talks over the agents, here k x 20 s. */
static struct door balk_by_wait(const struct centre *centre, int in_system) {
    double expected_s = (in_system - centre->agents + 1) * UNIT_S / centre->agents;
    double balks = expected_s < 55 ? 0 : expected_s < 95 ? 0.25 : 0.5;
    return (struct door){1 - balks, balks};
}
static void balk_by_expected_wait(struct queue *queue) {
    queue->balk = "{by_expected_wait: {55s: 25%, 95s: 50%}}";
}
static void balking_by_the_expected_wait(void **state) {
    const struct centre centre = {4.8, 5, 0.2, balk_by_wait};
    check("balk by expected wait", &centre, balk_by_expected_wait, "total.blocking");
}

/* ---- lines and limits ---- */

static struct door four_places(const struct centre *centre, int in_system) {
    return (struct door){in_system < centre->agents + 4, 0};
}
static void nine_lines(struct queue *queue) {
    queue->lines = 9;
}
static void lines_bound_who_talks_and_waits(void **state) {
    const struct centre centre = {5.5, 5, 0.3, four_places};
    check("lines", &centre, nine_lines, "total.blocking");
}

static void four_may_wait(struct queue *queue) {
    queue->room = 4;
}
static void full_queue_disconnects(void **state) {
    const struct centre centre = {5.5, 5, 0.3, four_places};
    check("limit", &centre, four_may_wait, "total.disconnection");
}

/* ---- one queue cannot print these: own texts ---- */

static const char *times(struct oh_arena *arena, double lambda) {
    return oh_arena_printf(arena, "time: {warm_up: %.0fs, length: %.0fs, interval: 24h}\n",
                           40 * UNIT_S, ceil((40 + effort * CALLS / lambda) * UNIT_S));
}

/* 0.8 per agent on duty: of 5 agents 4 may wait. Of 10 scheduled with half away, 5 are on duty. */
static void limit_per_agent_on_duty(void **state) {
    const struct centre centre = {5.5, 5, 0.3, four_places};
    struct exact exact = solve(&centre);
    struct oh_arena *arena = oh_arena_create();
    const char *yaml = oh_arena_printf(
        arena,
        "%scontacts:\n  calls:\n    arrivals: {rate: %.9f/h}\n    talk: exponential(100s)\n"
        "    patience: exponential(%.9fs)\n    queue: {limit: 0.8 per agent, when_full: busy}\n"
        "agents: {team: {count: 10, shrinkage: 50%%}}\n" RUN_IN_FORMAT,
        times(arena, 5.5), 5.5 * 36, UNIT_S / 0.3);
    const struct claim claims[] = {
        {"total.blocking", exact.refused},
        {"total.queue_length.mean", exact.waiting},
        {"total.busy_agents.mean", exact.busy},
        {"agents.team.occupancy", exact.busy / 5},
        {"agents.team.utilization", exact.busy / 10},
    };
    struct oh_summary *summary = simulate(yaml);
    assert_claims(summary, claims, N_OF(claims), "limit per agent");
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
}

/* Two types share 4 places; patience and talk are alike, so together they are the queue above. */
static void limit_of_all_types_together(void **state) {
    const struct centre centre = {5.5, 5, 0.3, four_places};
    struct exact exact = solve(&centre);
    struct oh_arena *arena = oh_arena_create();
    const char *rest = oh_arena_printf(
        arena, "talk: exponential(100s), patience: exponential(%.9fs)", UNIT_S / 0.3);
    const char *yaml =
        oh_arena_printf(arena,
                        "%scontacts:\n  a: {arrivals: {rate: %.9f/h}, %s, priority: 2}\n"
                        "  b: {arrivals: {rate: %.9f/h}, %s}\n"
                        "agents: {team: {count: 5}}\nrouting: {queue_limit: 4}\n" RUN_IN_FORMAT,
                        times(arena, 5.5), 4 * 36.0, rest, 1.5 * 36, rest);
    const struct claim claims[] = {
        {"total.disconnection", exact.refused},
        {"contacts.a.disconnection", exact.refused}, /* arrivals see time averages, both alike */
        {"contacts.b.disconnection", exact.refused},
        {"total.queue_length.mean", exact.waiting},
        {"total.abandonment", exact.abandoned},
    };
    struct oh_summary *summary = simulate(yaml);
    assert_claims(summary, claims, N_OF(claims), "limit of all");
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
}

/* ---- balking and calling again: the orbit feeds the door ---- */

enum { ORBIT = 60, INSIDE = 40 };

static size_t state_of(size_t in_system, size_t orbit) {
    return in_system * ORBIT + orbit;
}

/* M/M/3: who finds all busy balks with 50% and then calls again with 60%, after a mean of 2 units, as often as needed;
 * who waits leaves after a mean of 2 units and calls again with 60% too. */
static void solve_orbit(double lambda, double *waiting, double *orbiting, double *busy) {
    static double p[INSIDE * ORBIT];
    struct chain chain = chain_init(INSIDE * ORBIT);
    for (size_t j = 0; j < INSIDE; j++)
        for (size_t o = 0; o < ORBIT; o++) {
            size_t here = state_of(j, o);
            double joins = j < 3 ? 1 : 0.5, waits = j > 3 ? (double)j - 3 : 0;
            bool has_room = j + 1 < INSIDE, has_orbit = o + 1 < ORBIT;
            if (has_room)
                chain_add(&chain, here, state_of(j + 1, o), lambda * joins);
            if (has_orbit)
                chain_add(&chain, here, state_of(j, o + 1), lambda * (1 - joins) * 0.6);
            if (o > 0 && has_room)
                chain_add(&chain, here, state_of(j + 1, o - 1), 0.5 * (double)o * joins);
            if (o > 0)
                chain_add(&chain, here, state_of(j, o - 1), 0.5 * (double)o * (1 - joins) * 0.4);
            if (j > 0)
                chain_add(&chain, here, state_of(j - 1, o), fmin((double)j, 3) + waits * 0.5 * 0.4);
            if (j > 3 && has_orbit)
                chain_add(&chain, here, state_of(j - 1, o + 1), waits * 0.5 * 0.6);
        }
    chain_solve(&chain, p);
    chain_fini(&chain);
    *waiting = *orbiting = *busy = 0;
    for (size_t j = 0; j < INSIDE; j++)
        for (size_t o = 0; o < ORBIT; o++) {
            *waiting += p[state_of(j, o)] * (j > 3 ? (double)j - 3 : 0);
            *busy += p[state_of(j, o)] * fmin((double)j, 3);
            *orbiting += p[state_of(j, o)] * (double)o;
        }
}

static void who_balks_calls_again_like_who_abandons(void **state) {
    double waiting, orbiting, busy;
    const double lambda = 3;
    solve_orbit(lambda, &waiting, &orbiting, &busy);
    struct queue queue = queue_init();
    queue.agents = 3;
    queue.rate = "108/h";
    queue.talk = "exponential(100s)";
    queue.patience = "exponential(200s)";
    queue.balk = "50%";
    queue.retry = "{after_abandon: {probability: 60%, delay: exponential(200s)}}";
    queue_pace(&queue, lambda / UNIT_S, 10 * UNIT_S, 2 * CALLS);
    const struct claim claims[] = {
        {"total.queue_length.mean", waiting},
        {"total.waiting_to_redial.mean", orbiting},
        {"total.busy_agents.mean", busy},
        {"total.reached_people", busy / lambda},
        {"total.attempts_per_customer", (lambda + 0.5 * orbiting) / lambda},
    };
    struct oh_arena *arena = oh_arena_create();
    struct oh_summary *summary = simulate(queue_print(arena, &queue));
    assert_claims(summary, claims, N_OF(claims), "balking and redialling");
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
}

/* ---- times of work ---- */

static void agents_time_adds_up(void **state) {
    struct queue queue = queue_init();
    queue.agents = 4;
    queue.rate = "72/h";
    queue.talk = "gamma(mean=80s cv=0.7)";
    queue.wrap_up = "uniform(low=10s high=30s)";
    queue.patience = "exponential(60s)";
    queue_pace(&queue, 0.02, 100, CALLS);
    struct oh_arena *arena = oh_arena_create();
    struct oh_summary *summary = simulate(queue_print(arena, &queue));
    double answered = estimate_of(summary, "agents.team.answered").value;
    double window_s = queue.window_s, on_duty_s = 4 * window_s;
    const struct claim claims[] = {
        {"total.talk.mean", 80},
        {"total.wrap_up.mean", 20},
        {"total.handle_time.mean", 100},
        {"agents.team.talk_time", 80 * answered},
        {"agents.team.wrap_up_time", 20 * answered},
        {"agents.team.on_duty", 4},
        {"agents.team.scheduled", 4},
        {"agents.team.paid_time", on_duty_s},
        {"agents.team.break_time", 0},
        {"agents.team.overtime", 0},
    };
    assert_claims(summary, claims, N_OF(claims), "work");
    double used = estimate_of(summary, "agents.team.talk_time").value +
                  estimate_of(summary, "agents.team.wrap_up_time").value +
                  estimate_of(summary, "agents.team.available_time").value;
    assert_true(fabs(used - on_duty_s) < 1e-9 * on_duty_s);
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(balking_by_a_fixed_share),
        cmocka_unit_test(balking_by_the_length_of_the_queue),
        cmocka_unit_test(balking_by_the_expected_wait),
        cmocka_unit_test(lines_bound_who_talks_and_waits),
        cmocka_unit_test(full_queue_disconnects),
        cmocka_unit_test(limit_per_agent_on_duty),
        cmocka_unit_test(limit_of_all_types_together),
        cmocka_unit_test(who_balks_calls_again_like_who_abandons),
        cmocka_unit_test(agents_time_adds_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
