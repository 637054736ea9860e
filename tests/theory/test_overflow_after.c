/* Overflow to a second group after a delay, at its limits; what the estimators of waits say, and who is turned away
 * by what they say. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trial.h"

enum { WINDOW = 1500 };

/* ---- overflow: at once it is one team of both groups; later than anybody waits it is none ---- */

static const char *overflow_text(struct oh_arena *arena, const char *after, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, patience: %s, overflow: {two: %s}}\n"
        "  b: {arrivals: {rate: %s}, talk: %s, patience: %s, overflow: {one: %s}}\n"
        "agents: {one: {count: 3, handles: [a]}, two: {count: 2, handles: [b]}}\n"
        "routing: {calls: fifo}\n" RUN_IN_FORMAT,
        times(arena, 40, WINDOW), rate(arena, 3.2), exponential(arena, off), exponential(arena, 2),
        after, rate(arena, 1.4), exponential(arena, off), exponential(arena, 2), after);
}

static const char *at_once(struct oh_arena *arena, double off) {
    return overflow_text(arena, "0s", off);
}
static const char *too_late(struct oh_arena *arena, double off) {
    return overflow_text(arena, "100h", off);
}

static void overflow_at_once_is_one_team(void **state) {
    struct exact all = station_solve(&(struct station){4.6, 5, 1, 0.5, INFINITY});
    const struct claim claims[] = {
        {"total.abandonment", all.abandoned},
        {"contacts.a.abandonment", all.abandoned},
        {"contacts.b.abandonment", all.abandoned},
        {"total.queue_length.mean", all.queue},
        {"contacts.a.wait_all.mean", UNIT_S * all.wait},
        {"contacts.b.wait_all.mean", UNIT_S * all.wait},
        {"total.busy_agents.mean", all.busy},
    };
    trial("overflow at once", at_once, claims, N_OF(claims));
}

static void overflow_too_late_is_two_teams(void **state) {
    struct exact a = station_solve(&(struct station){3.2, 3, 1, 0.5, INFINITY});
    struct exact b = station_solve(&(struct station){1.4, 2, 1, 0.5, INFINITY});
    const struct claim claims[] = {
        {"contacts.a.abandonment", a.abandoned},
        {"contacts.b.abandonment", b.abandoned},
        {"contacts.a.wait_all.mean", UNIT_S * a.wait},
        {"contacts.b.wait_all.mean", UNIT_S * b.wait},
        {"agents.one.busy_agents.mean", a.busy},
        {"agents.two.busy_agents.mean", b.busy},
    };
    trial("overflow too late", too_late, claims, N_OF(claims));
}

/* In between: a first group of nobody, so that everybody waits for the delay, and then for an agent of the second. */
static const char *nobody_first(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, overflow: {two: 30s}, tails: [30s, 100s]}\n"
        "  b: {arrivals: {rate: 0/h}, talk: 1s}\n"
        "agents: {one: {count: 0, handles: [a]}, two: {count: 4, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, 3), exponential(arena, off));
}

static void overflow_comes_after_its_delay(void **state) {
    struct exact exact = station_solve(&(struct station){3, 4, 1, 0, INFINITY});
    const struct claim claims[] = {
        {"contacts.a.wait_answered.mean", UNIT_S * exact.wait + 30},
        {"contacts.a.wait_answered.over_30s", exact.delayed},
        {"contacts.a.wait_answered.over_100s",
         exact.delayed * exp(-0.7)}, /* 70 s of 100 s / (4 - 3) */
        {"total.queue_length.mean", exact.queue + 3 * 0.3},
        {"agents.two.busy_agents.mean", 3},
    };
    trial("overflow after a delay", nobody_first, claims, N_OF(claims));
}

/* ---- the estimator by the number in the queue: M/M/n without abandonment ----
 * Behind k - 1 others the wait is the sum of k exponential times of mean 1 / (n mu): the estimate k / (n mu) is right on
 * average, and its mean absolute error is that of a gamma variable, 2 k^k exp(-k) / (k - 1)! / (n mu). */
static const double estimator_lambda = 3, estimator_agents = 4;

static const char *estimator_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s, queue: {estimator: queue}}}\n"
        "agents: {team: {count: 4}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, estimator_lambda), exponential(arena, off));
}

static double error_behind(int k) {
    return 2 * exp(k * log(k) - k - lgamma(k)) / estimator_agents;
}

/* The distance to its mean of a sum of k exponential times, by integration. */
static void error_is_calculated_right(void) {
    for (int k = 1; k < 20; k += 6) {
        enum { STEPS = 200000 };
        double sum = 0, step = (k + 40.0 * sqrt(k)) / STEPS;
        for (int i = 0; i < STEPS; i++) {
            double x = (i + 0.5) * step;
            sum += fabs(x - k) * exp((k - 1) * log(x) - x - lgamma(k)) * step;
        }
        agree_to(1e-6, sum / estimator_agents, error_behind(k), "absolute error");
    }
}

static void the_number_waiting_tells_the_wait(void **state) {
    error_is_calculated_right();
    struct exact exact =
        station_solve(&(struct station){estimator_lambda, estimator_agents, 1, 0, INFINITY});
    double load = estimator_lambda / estimator_agents, error = 0, share = 1 - load;
    for (int k = 1; k < 400; k++, share *= load) /* of those delayed: k - 1 wait already */
        error += share * error_behind(k);
    const struct claim claims[] = {
        {"total.estimate.bias", 0},
        {"total.estimate.error", UNIT_S * error},
        {"total.wait_all.mean", UNIT_S * exact.wait},
    };
    trial("estimator", estimator_text, claims, N_OF(claims));
}

/* ---- turned away by the expected wait: who would stand k-th expects k / (n mu) ---- */

static const char *courtesy_text(struct oh_arena *arena, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts: {calls: {arrivals: {rate: %s}, talk: %s,"
        " queue: {max_expected_wait: 110s, when_full: busy, estimator: queue}}}\n"
        "agents: {team: {count: 4}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, 4), exponential(arena, off));
}

static void a_long_expected_wait_turns_away(void **state) {
    struct exact exact = station_solve(&(struct station){4, 4, 1, 0, 4}); /* 5 x 25 s > 110 s */
    const struct claim claims[] = {
        {"total.blocking", exact.blocked},
        {"total.queue_length.mean", exact.queue},
        {"total.busy_agents.mean", exact.busy},
        {"total.wait_answered.mean", UNIT_S * exact.wait},
    };
    trial("expected wait", courtesy_text, claims, N_OF(claims));
}

/* ---- estimators by what others wait: everybody waits 60 s, nobody for an agent ----
 * Who began to be served last waited as long as who comes now will: no error. The first in line has waited as long as
 * the oldest of a Poisson stream's last 60 s, which falls short of 60 s by (1 - exp(-lambda 60 s)) / lambda. */
static const char *all_wait(struct oh_arena *arena, const char *estimator, double off) {
    return oh_arena_printf(
        arena,
        "%scontacts:\n"
        "  a: {arrivals: {rate: %s}, talk: %s, overflow: {two: %.9fs}, queue: {estimator: %s}}\n"
        "  b: {arrivals: {rate: 0/h}, talk: 1s}\n"
        "agents: {one: {count: 0, handles: [a]}, two: {count: 60, handles: [b]}}\n" RUN_IN_FORMAT,
        times(arena, 100, WINDOW), rate(arena, 3), exponential(arena, 1), 60 * off, estimator);
}
static const char *first_in_line(struct oh_arena *arena, double off) {
    return all_wait(arena, "head-of-line", off);
}
static const char *last_to_enter(struct oh_arena *arena, double off) {
    return all_wait(arena, "last-to-enter-service", off);
}

static void what_others_wait_tells_the_wait(void **state) {
    const double short_by = -expm1(-3 * 0.6) / 3;
    const struct claim of_first[] = {
        {"total.wait_answered.mean", 60},
        {"total.estimate.bias", -UNIT_S * short_by},
        {"total.estimate.error", UNIT_S * short_by},
    };
    trial("head of line", first_in_line, of_first, N_OF(of_first));
    const struct claim of_last[] = {
        {"total.wait_answered.mean", 60},
        {"total.estimate.bias", 0},
        {"total.estimate.error", 0},
    };
    trial("last to enter service", last_to_enter, of_last, N_OF(of_last));
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overflow_at_once_is_one_team),
        cmocka_unit_test(overflow_too_late_is_two_teams),
        cmocka_unit_test(overflow_comes_after_its_delay),
        cmocka_unit_test(the_number_waiting_tells_the_wait),
        cmocka_unit_test(what_others_wait_tells_the_wait),
        cmocka_unit_test(a_long_expected_wait_turns_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
