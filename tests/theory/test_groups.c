/* Several agent groups: overflow, skills, the order of groups, the longest idle agent, groups of different speed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chain.h"
#include "reference.h"
#include "simulate.h"

#define UNIT_S      100.0
#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static double number(const struct reference *table, size_t row, const char *column) {
    return reference_number(table, row, column);
}

static double per_h(double per_unit) {
    return per_unit * 3600 / UNIT_S;
}

static const char *times(struct oh_arena *arena, double warm_up, double window) {
    return oh_arena_printf(arena, "time: {length: %.0fs, warm_up: %.0fs, interval: 24h}\n",
                           ceil((warm_up + window) * UNIT_S), warm_up * UNIT_S);
}

/* ---- overflow: first one group, then the other, then lost ---- */

static double overflow_window(const struct reference *table, size_t row) {
    return ceil(effort * 8000 / number(table, row, "a"));
}

static const char *compose_overflow(struct oh_arena *arena, const struct reference *table,
                                    size_t row, double talk) {
    return oh_arena_printf(arena,
                           "%scontacts:\n"
                           "  calls:\n"
                           "    arrivals: {rate: %.9f/h}\n"
                           "    talk: exponential(%.9fs)\n"
                           "    groups: [first, second]\n"
                           "    queue: {limit: 0, when_full: busy}\n"
                           "agents: {second: {count: %.0f}, first: {count: %.0f}}\n" RUN_IN_FORMAT,
                           times(arena, 30, overflow_window(table, row)),
                           per_h(number(table, row, "a")), talk * UNIT_S, number(table, row, "n2"),
                           number(table, row, "n1"));
}

static size_t claims_overflow(struct oh_arena *arena, const struct reference *table, size_t row,
                              struct claim *claims) {
    double a = number(table, row, "a"), on_second = number(table, row, "carried_by_secondary");
    double on_first = a - number(table, row, "overflow_mean");
    double window = overflow_window(table, row);
    claims[0] = (struct claim){"total.blocking", number(table, row, "B_total")};
    claims[1] = (struct claim){"agents.first.busy_agents.mean", on_first};
    claims[2] = (struct claim){"agents.second.busy_agents.mean", on_second};
    claims[3] = (struct claim){"agents.first.answered", window * on_first};
    claims[4] = (struct claim){"agents.second.answered", window * on_second};
    claims[5] = (struct claim){"agents.second.occupancy", on_second / number(table, row, "n2")};
    return 6;
}

static const struct theory overflow = {"overflow", compose_overflow, claims_overflow, NULL};

/* Peakedness, variance to mean of the busy agents on an endless second group, from the trace: the integrals of N and N^2
 * over the window are sums over starts and ends of talks. */
struct event {
    int64_t at_us;
    int by;
};
struct peak {
    uint64_t replication;
    int64_t from_us, to_us;
    double exact_second; /* E[N^2] */
    struct event *events;
    size_t n, capacity;
    struct sample sample;
};

static int by_time(const void *a, const void *b) {
    const struct event *x = a, *y = b;
    return (x->at_us > y->at_us) - (x->at_us < y->at_us);
}

static void end_replication(struct peak *peak) {
    qsort(peak->events, peak->n, sizeof peak->events[0], by_time);
    double squares = 0;
    int64_t busy = 0, since = peak->from_us;
    for (size_t i = 0; i < peak->n; i++) {
        int64_t at = peak->events[i].at_us;
        at = at < peak->from_us ? peak->from_us : at > peak->to_us ? peak->to_us : at;
        squares += (double)(busy * busy * (at - since));
        since = at;
        busy += peak->events[i].by;
    }
    sample_add(&peak->sample, squares / (double)(peak->to_us - peak->from_us));
    peak->n = 0;
}

static void add_event(struct peak *peak, int64_t at_us, int by) {
    if (peak->n == peak->capacity) {
        peak->capacity = peak->capacity ? 2 * peak->capacity : 1024;
        peak->events = realloc(peak->events, peak->capacity * sizeof peak->events[0]);
    }
    peak->events[peak->n++] = (struct event){at_us, by};
}

static void take_talk(void *context, const struct oh_attempt *attempt) {
    struct peak *peak = context;
    if (attempt->replication != peak->replication) {
        end_replication(peak);
        peak->replication = attempt->replication;
    }
    if (attempt->outcome != OH_ANSWERED || attempt->group_ix != 0)
        return;
    add_event(peak, attempt->answered_us, 1);
    add_event(peak, attempt->answered_us + attempt->talk_us, -1);
}

static bool peakedness_holds(struct oh_arena *arena, const struct reference *table, size_t row,
                             double talk, const char *label) {
    double mean = number(table, row, "overflow_mean"), z = number(table, row, "peakedness");
    double warm_up = 30, window = ceil(5000 / number(table, row, "a"));
    const char *yaml =
        oh_arena_printf(arena,
                        "%scontacts:\n"
                        "  calls:\n"
                        "    arrivals: {rate: %.9f/h}\n"
                        "    talk: exponential(%.9fs)\n"
                        "    groups: [first, endless]\n"
                        "agents: {endless: {count: 300}, first: {count: %.0f}}\n" RUN_IN_FORMAT,
                        times(arena, warm_up, window), per_h(number(table, row, "a")),
                        talk * UNIT_S, number(table, row, "n1"));
    struct peak peak = {.from_us = (int64_t)(warm_up * UNIT_S * 1e6)};
    peak.to_us = (int64_t)((warm_up + window) * UNIT_S * 1e6);
    struct oh_summary *summary = simulate_traced(yaml, take_talk, &peak);
    end_replication(&peak);
    const struct claim claim = {"agents.endless.busy_agents.mean", mean};
    bool holds = sample_holds(&peak.sample, z * mean + mean * mean, label) &&
                 claims_broken(summary, &claim, 1, label, NULL) == 0;
    oh_summary_destroy(summary);
    free(peak.events);
    return holds;
}

static void peakedness_of_overflow_holds(void **state) {
    struct oh_arena *arena = oh_arena_create();
    struct reference *table = reference_open("overflow");
    for (size_t row = 0; row < table->n_rows; row++)
        assert_true(peakedness_holds(arena, table, row, 1, "peakedness"));
    assert_false(peakedness_holds(arena, table, 0, 1.05, NULL));
    reference_close(table);
    oh_arena_destroy(arena);
}

/* ---- the N model: the second group serves both types, B before A ---- */

static const char *compose_nmodel(struct oh_arena *arena, const struct reference *table, size_t row,
                                  double talk) {
    double lambda_a = number(table, row, "lambdaA"), lambda_b = number(table, row, "lambdaB");
    double talk_s = talk * UNIT_S / number(table, row, "mu");
    return oh_arena_printf(arena,
                           "%scontacts:\n"
                           "  a:\n"
                           "    arrivals: {rate: %.9f/h}\n"
                           "    talk: exponential(%.9fs)\n"
                           "    patience: exponential(%.9fs)\n"
                           "    priority: 2\n"
                           "    groups: [one, both]\n"
                           "  b:\n"
                           "    arrivals: {rate: %.9f/h}\n"
                           "    talk: exponential(%.9fs)\n"
                           "    patience: exponential(%.9fs)\n"
                           "    priority: 1\n"
                           "agents:\n"
                           "  one: {count: %.0f, handles: [a]}\n"
                           "  both: {count: %.0f, handles: [b, a]}\n" RUN_IN_FORMAT,
                           times(arena, 60, ceil(effort * 8000 / (lambda_a + lambda_b))),
                           per_h(lambda_a), talk_s, UNIT_S / number(table, row, "thetaA"),
                           per_h(lambda_b), talk_s, UNIT_S / number(table, row, "thetaB"),
                           number(table, row, "n1"), number(table, row, "n2"));
}

static size_t claims_nmodel(struct oh_arena *arena, const struct reference *table, size_t row,
                            struct claim *claims) {
    claims[0] = (struct claim){"contacts.a.abandonment", number(table, row, "PabA")};
    claims[1] = (struct claim){"contacts.b.abandonment", number(table, row, "PabB")};
    claims[2] =
        (struct claim){"contacts.a.wait_all.mean", UNIT_S * number(table, row, "meanwaitA")};
    claims[3] =
        (struct claim){"contacts.b.wait_all.mean", UNIT_S * number(table, row, "meanwaitB")};
    claims[4] = (struct claim){"agents.one.occupancy", number(table, row, "occ1")};
    claims[5] = (struct claim){"agents.both.occupancy", number(table, row, "occ2")};
    claims[6] = (struct claim){"contacts.a.share.delayed", number(table, row, "P_waitA")};
    claims[7] = (struct claim){"contacts.b.share.delayed", number(table, row, "P_waitB")};
    return 8;
}

static const struct theory nmodel = {"nmodel", compose_nmodel, claims_nmodel, NULL};

/* The same by the order of `handles` instead of priorities. */
static const char *compose_by_list(struct oh_arena *arena, const struct reference *table,
                                   size_t row, double talk) {
    const char *text = compose_nmodel(arena, table, row, talk);
    char *yaml = oh_arena_printf(arena, "%srouting: {calls: list}\n", text);
    for (char *at = yaml; (at = strstr(at, "priority: 2")) != NULL;)
        at[strlen("priority: ")] = '1';
    return yaml;
}

static const struct theory nmodel_by_list = {"nmodel", compose_by_list, claims_nmodel, NULL};

/* ---- two agents of different speed, one of them alone in each group ---- */

enum { LAST = 150 }; /* contacts in system, where the chain is cut off */

/* States: 0 nobody busy, in two orders of idleness (0: fast has been idle longer, 1: slow has); 2 fast busy; 3 slow busy;
 * 2 + j: j in system, j >= 2. With the order of groups both empty states act alike. */
static void solve_two_speeds(double lambda, double fast, double slow, bool longest_idle,
                             double *probability) {
    struct chain chain = chain_init(LAST + 3);
    chain_add(&chain, 0, 2, lambda);
    chain_add(&chain, 1, longest_idle ? 3 : 2, lambda);
    chain_add(&chain, 2, 1, fast); /* the slow one was idle already */
    chain_add(&chain, 3, 0, slow);
    chain_add(&chain, 2, 4, lambda);
    chain_add(&chain, 3, 4, lambda);
    chain_add(&chain, 4, 3, fast);
    chain_add(&chain, 4, 2, slow);
    for (size_t j = 2; j < LAST; j++) {
        chain_add(&chain, 2 + j, 3 + j, lambda);
        chain_add(&chain, 3 + j, 2 + j, fast + slow);
    }
    chain_solve(&chain, probability);
    chain_fini(&chain);
}

static void check_two_speeds(const char *agents, bool longest_idle, const char *talk_of_slow,
                             double talk) {
    const double lambda = 1.1, fast = 1, slow = 0.5;
    double p[LAST + 3], queue = 0, delayed = 0;
    solve_two_speeds(lambda, fast, slow, longest_idle, p);
    for (size_t j = 2; j <= LAST; j++) {
        queue += (double)(j - 2) * p[2 + j];
        delayed += p[2 + j];
    }
    struct oh_arena *arena = oh_arena_create();
    const char *yaml = oh_arena_printf(arena,
                                       "%scontacts:\n"
                                       "  calls:\n"
                                       "    arrivals: {rate: %.9f/h}\n"
                                       "    talk: exponential(%.9fs)\n"
                                       "    groups: [fast, slow]\n"
                                       "agents:\n"
                                       "  fast: {count: 1}\n"
                                       "  slow: {count: 1, %s}\n"
                                       "routing: {agents: %s}\n" RUN_IN_FORMAT,
                                       times(arena, 400, 6000), per_h(lambda), talk * UNIT_S,
                                       talk_of_slow, agents);
    const struct claim claims[] = {
        {"agents.fast.occupancy", p[2] + delayed}, {"agents.slow.occupancy", p[3] + delayed},
        {"total.queue_length.mean", queue},        {"total.wait_all.mean", UNIT_S * queue / lambda},
        {"total.share.delayed", delayed},
    };
    struct oh_summary *summary = simulate(yaml);
    size_t broken = claims_broken(summary, claims, N_OF(claims), talk > 1 ? NULL : agents, NULL);
    if (talk > 1)
        assert_int_not_equal(broken, 0);
    else
        assert_int_equal(broken, 0);
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
}

static void fast_group_first(void **state) {
    check_two_speeds("group-order", false, "speed: 0.5", 1);
    check_two_speeds("group-order", false, "speed: 0.5", 1.05);
}

static void talk_of_a_group_of_its_own(void **state) {
    check_two_speeds("group-order", false, "talk: {calls: exponential(200s)}", 1);
}

static void longest_idle_of_two_speeds(void **state) {
    check_two_speeds("longest-idle", true, "speed: 0.5", 1);
}

/* The two routings differ by more than the limits: each test would notice the other's. */
static void routings_can_be_told_apart(void **state) {
    double by_order[LAST + 3], by_idleness[LAST + 3];
    solve_two_speeds(1.1, 1, 0.5, false, by_order);
    solve_two_speeds(1.1, 1, 0.5, true, by_idleness);
    assert_true(by_order[2] - by_idleness[2] > 0.02);
}

/* ---- the longest idle of several equal groups: nobody works more than others ---- */

static void equal_groups_share_the_work(void **state) {
    struct oh_arena *arena = oh_arena_create();
    const double lambda = 5;
    const char *yaml = oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %.9f/h}, talk: exponential(%.9fs), patience: "
        "exponential(%.9fs)}}\n"
        "agents: {red: {count: 2}, green: {count: 2}, blue: {count: 4}}\n"
        "routing: {agents: longest-idle}\n" RUN_IN_FORMAT,
        times(arena, 30, 2000), per_h(lambda), UNIT_S, UNIT_S);
    /* Equal rates of service and patience: the number in system is that of M/M/oo. */
    double busy = 0, p = exp(-lambda);
    for (int j = 0; j < 60; p *= lambda / ++j)
        busy += p * fmin(j, 8);
    const struct claim claims[] = {
        {"agents.red.occupancy", busy / 8},        {"agents.green.occupancy", busy / 8},
        {"agents.blue.occupancy", busy / 8},       {"agents.red.answered", 2000 * busy / 4},
        {"agents.blue.answered", 2000 * busy / 2}, {"total.queue_length.mean", lambda - busy},
    };
    struct oh_summary *summary = simulate(yaml);
    assert_claims(summary, claims, N_OF(claims), "longest idle");
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        THEORY_TESTS(overflow),
        cmocka_unit_test(peakedness_of_overflow_holds),
        THEORY_TESTS(nmodel),
        THEORY_TESTS(nmodel_by_list),
        cmocka_unit_test(fast_group_first),
        cmocka_unit_test(talk_of_a_group_of_its_own),
        cmocka_unit_test(longest_idle_of_two_speeds),
        cmocka_unit_test(routings_can_be_told_apart),
        cmocka_unit_test(equal_groups_share_the_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
