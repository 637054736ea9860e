/* A rate that changes evenly between clock times, through the whole simulation: the mean number in M_t/M/oo follows
 * m' = lambda - mu m, which a straight line solves in closed form. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "simulate.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

static const double MU = 3; /* talks of 20 minutes, per hour */

static const struct corner {
    double hour, per_hour;
} corners[] = {{6, 0}, {9, 400}, {12, 300}, {13, 30}, {18, 0}};

/* The expected count and the load at a time of the day; nobody is there before the first corner. */
struct state_at {
    double count, load;
};

/* Where the rate is a + b s, m is a particular straight line and what is left of the difference to it. */
static struct state_at follow(struct state_at from, double a, double b, double s) {
    double line = a / MU - b / (MU * MU);
    return (struct state_at){from.count + (a + b * s / 2) * s,
                             line + b * s / MU + (from.load - line) * exp(-MU * s)};
}

static struct state_at state_until(double hour) {
    struct state_at at = {0, 0};
    for (size_t i = 0; i < N_OF(corners) && corners[i].hour < hour; i++) {
        bool is_last = i + 1 == N_OF(corners);
        double end = is_last ? hour : fmin(hour, corners[i + 1].hour);
        double slope = is_last ? 0
                               : (corners[i + 1].per_hour - corners[i].per_hour) /
                                     (corners[i + 1].hour - corners[i].hour);
        at = follow(at, corners[i].per_hour, slope, end - corners[i].hour);
    }
    return at;
}

static const char *compose(struct oh_arena *arena, const char *form, double talk) {
    return oh_arena_printf(arena,
                           "time: {days: 1}\n"
                           "contacts:\n"
                           "  calls:\n"
                           "    talk: exponential(%.9fmin)\n"
                           "    arrivals: {rate: %s}\n"
                           "agents: {endless: {count: 1000}}\n"
                           "run: {replications: %.0f, seed: 7, confidence: 99.9999%%}\n",
                           20 * talk, form, 400 * effort);
}

static bool holds(const struct oh_summary *summary, const struct oh_row *row, const char *metric,
                  double exact, bool is_loud) {
    int use = oh_summary_use(summary, metric);
    assert_true(use >= 0);
    struct oh_estimate found = row->total.estimates[use];
    if (found.low <= exact && exact <= found.high)
        return true;
    if (is_loud)
        print_error("%s at %.2f h: %.9g [%.9g, %.9g], exactly %.9g\n", metric,
                    row->start_s / 3600.0, found.value, found.low, found.high, exact);
    return false;
}

/* Of the rows in which there is enough to count. */
static size_t rows_broken(const char *form, double talk, bool is_loud) {
    struct oh_arena *arena = oh_arena_create();
    struct oh_summary *summary = simulate(compose(arena, form, talk));
    size_t broken = 0, seen = 0;
    for (uint32_t i = 0; i < summary->n_rows; i++) {
        const struct oh_row *row = &summary->rows[i];
        double from = row->start_s / 3600.0, to = from + 0.5;
        if (from < 6 || from >= 19)
            continue;
        struct state_at start = state_until(from), end = state_until(to);
        double count = end.count - start.count;
        double load = (count - (end.load - start.load)) / MU / (to - from);
        broken += !holds(summary, row, "busy_agents.mean", load, is_loud);
        broken += !holds(summary, row, "offered", count, is_loud);
        seen++;
    }
    assert_int_equal(seen, 26);
    oh_summary_destroy(summary);
    oh_arena_destroy(arena);
    return broken;
}

static void busy_agents_follow_the_line(void **state) {
    static const char line[] =
        "{linear: {06:00: 0/h, 09:00: 400/h, 12:00: 300/h, 13:00: 30/h, 18:00: 0/h}}";
    static const char steps[] = "{06:00: 0/h, 09:00: 400/h, 12:00: 300/h, 13:00: 30/h, 18:00: 0/h}";
    assert_int_equal(rows_broken(line, 1, true), 0);
    assert_int_not_equal(rows_broken(line, 1.05, false), 0);
    assert_int_not_equal(rows_broken(steps, 1, false), 0);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(busy_agents_follow_the_line)};
    effort_from(argc, argv);
    return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
