/* Urgency: priority that grows with the wait, time credits, and talks that are interrupted. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "reference.h"
#include "trial.h"

enum { MOST_CLASSES = 3, CALLS = 6000 };

/* Classes in order of priority, the first one first; times in units. */
struct class {
    double lambda, mean;
    const char *shape;
    double growth, credit;
};
struct desk {
    const char *name;
    size_t n;
    struct class classes[MOST_CLASSES];
    double agents;          /* all talks alike if more than one */
    const char *interrupts; /* NULL: never, and by urgency */
};

static double load(const struct class *class) {
    return class->lambda * class->mean;
}
static double squares(const struct class *class) {
    return class->mean * class->mean * (strcmp(class->shape, "constant") == 0 ? 1 : 2);
}

static const char *compose(struct oh_arena *arena, const void *model, double off) {
    const struct desk *desk = model;
    struct oh_text to = {0};
    double lambda = 0;
    for (size_t i = 0; i < desk->n; i++)
        lambda += desk->classes[i].lambda;
    oh_text_printf(&to, "%scontacts:\n", times(arena, 150, ceil(CALLS / lambda)));
    for (size_t i = 0; i < desk->n; i++) {
        const struct class *class = &desk->classes[i];
        oh_text_printf(&to, "  class%zu: {arrivals: {rate: %s}, talk: %s(%.9fs)", i + 1,
                       rate(arena, class->lambda), class->shape, class->mean * UNIT_S * off);
        if (desk->interrupts)
            oh_text_printf(&to, ", priority: %zu, interrupts: %s}\n", i + 1, desk->interrupts);
        else
            oh_text_printf(&to, ", urgency: {credit: %.6fs, growth: %.9f}}\n",
                           class->credit * UNIT_S, class->growth);
    }
    oh_text_printf(&to, "agents: {team: {count: %.0f}}\nrouting: {calls: %s}\n" RUN_IN_FORMAT,
                   desk->agents, desk->interrupts ? "priority" : "urgency");
    const char *yaml = oh_arena_strdup(arena, to.data);
    oh_text_fini(&to);
    return yaml;
}

static void check(const struct desk *desk, const struct claim *claims, size_t n) {
    trial_of(desk->name, compose, desk, claims, n);
}

static const char *const waits[MOST_CLASSES] = {"contacts.class1.wait_answered.mean",
                                                "contacts.class2.wait_answered.mean",
                                                "contacts.class3.wait_answered.mean"};
static const char *const totals[MOST_CLASSES] = {"contacts.class1.wait_total.mean",
                                                 "contacts.class2.wait_total.mean",
                                                 "contacts.class3.wait_total.mean"};
static const char *const queues[MOST_CLASSES] = {"contacts.class1.queue_length.mean",
                                                 "contacts.class2.queue_length.mean",
                                                 "contacts.class3.queue_length.mean"};

/* ---- the wait in order of arrival, and by strict priority ---- */

static double utilization(const struct desk *desk) {
    double sum = 0;
    for (size_t i = 0; i < desk->n; i++)
        sum += load(&desk->classes[i]) / desk->agents;
    return sum;
}

/* The mean time until the next agent is free, for who comes: Erlang C over the rate, or Pollaczek-Khinchine's. */
static double until_free(const struct desk *desk) {
    double work = 0, lambda = 0;
    for (size_t i = 0; i < desk->n; i++) {
        work += desk->classes[i].lambda * squares(&desk->classes[i]) / 2;
        lambda += desk->classes[i].lambda;
    }
    double mean = desk->classes[0].mean;
    struct station station = {lambda, desk->agents, 1 / mean, 0, INFINITY};
    return desk->agents == 1 ? work : station_solve(&station).delayed * mean / desk->agents;
}

static void in_order(const struct desk *desk, double wait[]) {
    for (size_t i = 0; i < desk->n; i++)
        wait[i] = until_free(desk) / (1 - utilization(desk));
}

/* A. Cobham, Priority assignment in waiting line problems, 1954. */
static void strictly(const struct desk *desk, double wait[]) {
    double before = 0;
    for (size_t i = 0; i < desk->n; i++) {
        double up_to = before + load(&desk->classes[i]) / desk->agents;
        wait[i] = until_free(desk) / (1 - before) / (1 - up_to);
        before = up_to;
    }
}

/* L. Kleinrock, A delay dependent queue discipline, Naval Res. Logistics Q. 11, 1964: from the slowest growth on. Here
 * classes are in order of growth, the fastest first. */
static void by_growth(const struct desk *desk, double wait[]) {
    const struct class *classes = desk->classes;
    for (size_t k = desk->n; k-- > 0;) {
        double above = until_free(desk) / (1 - utilization(desk)), below = 1;
        for (size_t i = k + 1; i < desk->n; i++)
            above -= load(&classes[i]) / desk->agents * wait[i] *
                     (1 - classes[i].growth / classes[k].growth);
        for (size_t i = 0; i < k; i++)
            below -= load(&classes[i]) / desk->agents * (1 - classes[k].growth / classes[i].growth);
        wait[k] = above / below;
    }
}

/* Whoever is preferred, the loads' mean of waits stays: L. Kleinrock, A conservation law for a wide class of queueing
 * disciplines, 1965. */
static double conserved(const struct desk *desk, const double wait[]) {
    double sum = 0;
    for (size_t i = 0; i < desk->n; i++)
        sum += load(&desk->classes[i]) * wait[i];
    return sum;
}

static const struct desk three = {
    "growth 4, 2, 1",
    3,
    {{0.2, 1, "exponential", 4, 0}, {0.2, 1, "exponential", 2, 0}, {0.35, 1, "exponential", 1, 0}},
    1,
    NULL};
static const struct desk two_talks = {"growth 3, 1 of M/G/1",
                                      2,
                                      {{0.5, 0.5, "exponential", 3, 0}, {0.5, 1, "constant", 1, 0}},
                                      1,
                                      NULL};
static const struct desk three_agents = {
    "growth 2.5, 1 of M/M/3",
    2,
    {{1.2, 1, "exponential", 2.5, 0}, {1.2, 1, "exponential", 1, 0}},
    3,
    NULL};
static const struct desk same_credit = {
    "same credit", 2, {{0.5, 0.5, "exponential", 1, 2}, {0.5, 1, "constant", 1, 2}}, 1, NULL};
static const struct desk long_credit = {
    "long credit", 2, {{0.5, 0.5, "exponential", 1, 1e5}, {0.5, 1, "constant", 1, 0}}, 1, NULL};

static void claim_waits(const struct desk *desk, const double wait[]) {
    struct claim claims[2 * MOST_CLASSES];
    for (size_t i = 0; i < desk->n; i++) {
        claims[2 * i] = (struct claim){waits[i], UNIT_S * wait[i]};
        claims[2 * i + 1] = (struct claim){queues[i], desk->classes[i].lambda * wait[i]};
    }
    check(desk, claims, 2 * desk->n);
}

static void urgency_grows_with_the_wait(void **state) {
    const struct desk *desks[] = {&three, &two_talks, &three_agents};
    for (size_t i = 0; i < N_OF(desks); i++) {
        double wait[MOST_CLASSES], fifo[MOST_CLASSES], priority[MOST_CLASSES];
        in_order(desks[i], fifo);
        strictly(desks[i], priority);
        by_growth(desks[i], wait);
        agree(conserved(desks[i], wait), conserved(desks[i], fifo), "conserved");
        agree(conserved(desks[i], priority), conserved(desks[i], fifo), "conserved by priority");
        assert_true(priority[0] < wait[0] && wait[0] < fifo[0]);
        claim_waits(desks[i], wait);
    }
}

/* As growths come together or go apart, the waits become those of one line and those of priorities. */
static void limits_of_growth(void **state) {
    struct desk desk = two_talks;
    double wait[MOST_CLASSES], limit[MOST_CLASSES];
    desk.classes[0].growth = 1;
    by_growth(&desk, wait);
    in_order(&desk, limit);
    agree(wait[0], limit[0], "one line");
    agree(wait[1], limit[1], "one line");
    desk.classes[0].growth = 1e12;
    by_growth(&desk, wait);
    strictly(&desk, limit);
    agree(wait[0], limit[0], "priority");
    agree(wait[1], limit[1], "priority");
}

static void the_same_credit_is_one_line(void **state) {
    double wait[MOST_CLASSES];
    in_order(&same_credit, wait);
    claim_waits(&same_credit, wait);
}

static void a_credit_longer_than_any_wait_is_priority(void **state) {
    double wait[MOST_CLASSES];
    strictly(&long_credit, wait);
    claim_waits(&long_credit, wait);
}

/* ---- interrupted talks that go on later: until the first word, and in all ---- */

static const struct desk resumed[] = {
    {"M/M/1 3 classes",
     3,
     {{0.2, 1, "exponential", 1, 0}, {0.2, 1, "exponential", 1, 0}, {0.3, 1, "exponential", 1, 0}},
     1,
     "resume"},
    {"M/G/1: exp(0.5) then det(1)",
     2,
     {{0.4, 0.5, "exponential", 1, 0}, {0.6, 1, "constant", 1, 0}},
     1,
     "resume"},
    {"M/G/1: exp(2), exp(0.5)",
     2,
     {{0.2, 2, "exponential", 1, 0}, {0.8, 0.5, "exponential", 1, 0}},
     1,
     "resume"},
    {"M/D/1 2 classes", 2, {{0.4, 1, "constant", 1, 0}, {0.4, 1, "constant", 1, 0}}, 1, "resume"},
};

struct sojourn {
    double first, all; /* wait until the first word; wait and talk, to the end */
};

static struct sojourn resume(const struct desk *desk, size_t k) {
    double work = 0, before = 0, up_to = 0;
    for (size_t i = 0; i <= k; i++) {
        work += desk->classes[i].lambda * squares(&desk->classes[i]) / 2;
        before = up_to;
        up_to += load(&desk->classes[i]);
    }
    double first = work / (1 - before) / (1 - up_to);
    return (struct sojourn){first, first + desk->classes[k].mean / (1 - before)};
}

static void the_file_has_the_same_sojourns(void **state) {
    struct reference *table = reference_open("priority_mg1");
    size_t found = 0;
    for (size_t row = 0; row < table->n_rows; row++)
        for (size_t i = 0; i < N_OF(resumed); i++)
            if (strcmp(resumed[i].name, reference_text(table, row, "model")) == 0) {
                size_t class = (size_t)reference_number(table, row, "class") - 1;
                agree(resume(&resumed[i], class).all,
                      reference_number(table, row, "T_preemptive_resume"), resumed[i].name);
                found++;
            }
    assert_int_equal(found, table->n_rows);
    reference_close(table);
}

static void interrupted_talks_go_on(void **state) {
    for (size_t i = 0; i < N_OF(resumed); i++) {
        const struct desk *desk = &resumed[i];
        struct claim claims[3 * MOST_CLASSES];
        for (size_t k = 0; k < desk->n; k++) {
            const struct class *class = &desk->classes[k];
            struct sojourn exact = resume(desk, k);
            double waits_in_all = exact.all - class->mean;
            claims[3 * k] = (struct claim){waits[k], UNIT_S * exact.first};
            claims[3 * k + 1] = (struct claim){totals[k], UNIT_S * waits_in_all};
            claims[3 * k + 2] = (struct claim){queues[k], class->lambda * waits_in_all};
        }
        check(desk, claims, 3 * desk->n);
    }
}

/* ---- interrupted talks that begin again ----
 * The second class is an M/G/1 queue whose services are all the time from first word to last, with the first class's
 * busy periods in between; who finds none of their own class may find one of those (N. K. Jaiswal, Priority Queues,
 * 1968). A talk of length s is broken off q/p times, q = 1 - exp(-lambda s), each after less than s. */
struct moments {
    double mean, square,
        talked; /* of the time from first word to last; of what the agent spends on it */
};

static struct moments restart_of(const struct class *first, double s) {
    double l = first->lambda, rest = 1 - load(first);
    double busy = first->mean / rest, busy2 = squares(first) / pow(rest, 3);
    double p = exp(-l * s), q = -expm1(-l * s), odds = q / p;
    double cut = 1 / l - s / odds, cut2 = 2 / l / l - (s * s + 2 * s / l) / odds;
    double once = cut + busy, variance = cut2 - cut * cut + busy2 - busy * busy;
    double mean = s + odds * once;
    return (struct moments){mean, mean * mean + odds * variance + odds / p * once * once,
                            s + odds * cut};
}

static double second_waits_first(const struct desk *desk, struct moments service) {
    const struct class *first = &desk->classes[0];
    double lambda = desk->classes[1].lambda, rest = 1 - load(first);
    return lambda * service.square / 2 / (1 - lambda * service.mean) +
           first->lambda * squares(first) / 2 / rest / rest;
}

static const struct desk restarted[] = {
    {"restart, M/D/1",
     2,
     {{0.3, 1, "exponential", 1, 0}, {0.3, 1, "constant", 1, 0}},
     1,
     "restart"},
    {"restart, M/M/1",
     2,
     {{0.15, 1, "exponential", 1, 0}, {0.3, 1, "exponential", 1, 0}},
     1,
     "restart"},
};

/* Of talks that go on where they were broken off. */
static struct moments in_parts(const struct desk *desk) {
    const struct class *first = &desk->classes[0], *second = &desk->classes[1];
    double rest = 1 - load(first);
    return (struct moments){second->mean / rest,
                            squares(second) / rest / rest +
                                first->lambda * second->mean * squares(first) / pow(rest, 3),
                            second->mean};
}

/* Resumed talks by the same reasoning; and the mean of exponential talks of a length that stays, in closed form. */
static void restarting_is_calculated_right(void) {
    const struct desk *desk = &restarted[1];
    const struct class *first = &desk->classes[0], *second = &desk->classes[1];
    double rest = 1 - load(first), mean = 0;
    agree(second_waits_first(desk, in_parts(desk)), resume(desk, 1).first, "resume");
    for (double s = 5e-4; s < 60; s += 1e-3)
        mean += restart_of(first, s).mean * exp(-s) * 1e-3;
    agree_to(1e-6, mean, 1 / (1 / second->mean - first->lambda) / rest, "restart");
}

/* A talk that begins anew has a new length. Of exponential ones nothing is lost: the rest is as long as the whole. */
static struct moments restart(const struct desk *desk) {
    bool is_constant = strcmp(desk->classes[1].shape, "constant") == 0;
    return is_constant ? restart_of(&desk->classes[0], desk->classes[1].mean) : in_parts(desk);
}

static void interrupted_talks_begin_again(void **state) {
    restarting_is_calculated_right();
    for (size_t i = 0; i < N_OF(restarted); i++) {
        const struct desk *desk = &restarted[i];
        struct moments service = restart(desk);
        double lambda = desk->classes[1].lambda, first = second_waits_first(desk, service);
        double waits_in_all = first + service.mean - service.talked;
        const struct claim claims[] = {
            {waits[0], UNIT_S * resume(desk, 0).first},
            {waits[1], UNIT_S * first},
            {totals[1], UNIT_S * waits_in_all},
            {queues[1], lambda * waits_in_all},
            {"total.occupancy", load(&desk->classes[0]) + lambda * service.talked},
            {"contacts.class2.talk.mean", UNIT_S * service.talked},
        };
        check(desk, claims, N_OF(claims));
    }
}

int main(int argc, char **argv) {
    effort_from(argc, argv);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urgency_grows_with_the_wait),
        cmocka_unit_test(limits_of_growth),
        cmocka_unit_test(the_same_credit_is_one_line),
        cmocka_unit_test(a_credit_longer_than_any_wait_is_priority),
        cmocka_unit_test(the_file_has_the_same_sojourns),
        cmocka_unit_test(interrupted_talks_go_on),
        cmocka_unit_test(interrupted_talks_begin_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
