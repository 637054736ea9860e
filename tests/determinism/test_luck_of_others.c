/* Nobody's luck depends on anybody else: what is added, taken away or asked for leaves every other caller's arrival,
 * patience and talk as they were. Shown by comparing the traces of two runs, attempt by attempt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "simulate.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* The scenario in parts, so that a change is the change of one part. */
struct parts {
    const char *rate, *other_types, *agents, *rest;
};
static const struct parts usual = {
    .rate = "100/h",
    .other_types = "",
    .agents = "  team: {count: 9, handles: [calls, chat]}\n",
    .rest = "",
};

static char *write_scenario(const struct parts *parts, const char *seed) {
    struct oh_text to = {0};
    oh_text_printf(&to,
                   "time: {length: 12h}\n"
                   "contacts:\n"
                   "  calls:\n"
                   "    arrivals: {rate: %s, busyness: gamma(mean=1 cv=0.1)}\n"
                   "    patience: exponential(2min)\n"
                   "    talk: gamma(mean=4min cv=1.3)\n"
                   "    wrap_up: exponential(20s)\n"
                   "    balk: 5%%\n"
                   "    retry: {after_abandon: {probability: 60%%, delay: exponential(9min)}}\n"
                   "  chat:\n"
                   "    arrivals: {gap: gamma(mean=2min cv=0.6)}\n"
                   "    patience: lognormal(mean=90s cv=1)\n"
                   "    talk: exponential(3min)\n"
                   "%sagents:\n%s%srun: {replications: 4, seed: %s}\n",
                   parts->rate, parts->other_types, parts->agents, parts->rest, seed);
    return to.data;
}

/* ---- traces ---- */

struct trace {
    size_t n, capacity;
    struct oh_attempt *attempts;
};

static void take(void *context, const struct oh_attempt *attempt) {
    struct trace *trace = context;
    if (trace->n == trace->capacity) {
        trace->capacity = trace->capacity ? 2 * trace->capacity : 1024;
        trace->attempts = realloc(trace->attempts, trace->capacity * sizeof trace->attempts[0]);
    }
    trace->attempts[trace->n++] = *attempt;
}

/* By the caller's address; types by number, so both scenarios must declare `calls` and `chat` first. */
static int by_address(const void *a, const void *b) {
    const struct oh_attempt *x = a, *y = b;
    const uint64_t of_x[] = {x->replication, x->type_ix, x->day, x->caller, x->attempt};
    const uint64_t of_y[] = {y->replication, y->type_ix, y->day, y->caller, y->attempt};
    for (size_t i = 0; i < N_OF(of_x); i++)
        if (of_x[i] != of_y[i])
            return of_x[i] < of_y[i] ? -1 : 1;
    return 0;
}

static struct trace trace_of(const struct parts *parts, const char *seed) {
    struct trace trace = {0};
    char *yaml = write_scenario(parts, seed);
    oh_summary_destroy(simulate_traced(yaml, take, &trace));
    free(yaml);
    qsort(trace.attempts, trace.n, sizeof trace.attempts[0], by_address);
    return trace;
}

/* How many attempts two runs have in common, and in how many of these luck differs. */
struct likeness {
    size_t first_attempts, redials, arrivals_differ;
    size_t patience, patience_differs; /* of attempts that queued in both */
    size_t talk,
        talk_differs; /* of attempts answered in both, where it is the customer's first talk */
    size_t missing;   /* first attempts that only one run has */
};

static void compare_attempts(const struct oh_attempt *a, const struct oh_attempt *b,
                             struct likeness *likeness) {
    likeness->first_attempts += a->attempt == 1;
    likeness->redials += a->attempt > 1;
    likeness->arrivals_differ += a->attempt == 1 && a->arrived_us != b->arrived_us;
    if (a->patience_us >= 0 && b->patience_us >= 0) {
        likeness->patience++;
        likeness->patience_differs += a->patience_us != b->patience_us;
    }
    if (a->answered_us >= 0 && b->answered_us >= 0) {
        likeness->talk++;
        likeness->talk_differs += a->talk_us != b->talk_us;
    }
}

static struct likeness compare(const struct trace *a, const struct trace *b) {
    struct likeness likeness = {0};
    for (size_t i = 0, j = 0; i < a->n || j < b->n;) {
        int order = i == a->n ? 1 : j == b->n ? -1 : by_address(&a->attempts[i], &b->attempts[j]);
        if (order == 0)
            compare_attempts(&a->attempts[i++], &b->attempts[j++], &likeness);
        else if (order < 0)
            likeness.missing += a->attempts[i++].attempt == 1;
        else
            j++; /* a caller of a type that was added, or a redial */
    }
    return likeness;
}

static struct likeness likeness_of(const struct parts *changed, const char *seed) {
    struct trace a = trace_of(&usual, "5"), b = trace_of(changed, seed);
    struct likeness likeness = compare(&a, &b);
    free(a.attempts);
    free(b.attempts);
    return likeness;
}

/* Enough attempts are compared, and none of them has other luck. */
static void assert_untouched(const char *label, struct likeness likeness) {
    if (likeness.first_attempts < 5000 || likeness.patience < 500 || likeness.talk < 4000)
        fail_msg("%s: too few attempts in common", label);
    if (likeness.missing || likeness.arrivals_differ || likeness.patience_differs ||
        likeness.talk_differs)
        fail_msg("%s: %zu callers are missing, %zu of %zu arrivals, %zu of %zu patiences, %zu of "
                 "%zu talks differ",
                 label, likeness.missing, likeness.arrivals_differ, likeness.first_attempts,
                 likeness.patience_differs, likeness.patience, likeness.talk_differs,
                 likeness.talk);
}

/* ---- what may change ---- */

#define TEAM "  team: {count: 9, handles: [calls, chat]}\n"

static const struct {
    const char *what;
    struct parts parts;
} changes[] = {
    {"nothing", {"100/h", "", TEAM, ""}},
    {"a contact type with its own group",
     {"100/h", "  mail: {arrivals: {rate: 50/h}, talk: 1min}\n",
      TEAM "  desk: {count: 3, handles: [mail]}\n", ""}},
    {"a contact type for the same agents",
     {"100/h",
      "  mail: {arrivals: {rate: 20/h}, talk: gamma(mean=1min cv=2), patience: exponential(1h)}\n",
      "  team: {count: 9}\n", ""}},
    {"an agent group", {"100/h", "", TEAM "  help: {count: 1, handles: [calls]}\n", ""}},
    {"an agent group that comes first",
     {"100/h", "",
      "  help: {count: 2, handles: [chat], shrinkage: 40%, shrinkage_as: absence}\n" TEAM, ""}},
    {"one agent more", {"100/h", "", "  team: {count: 10, handles: [calls, chat]}\n", ""}},
    {"one agent less", {"100/h", "", "  team: {count: 8, handles: [calls, chat]}\n", ""}},
    {"another policy", {"100/h", "", TEAM, "routing: {calls: fifo, agents: longest-idle}\n"}},
    {"a limit of lines", {"100/h", "", TEAM, "lines: 14\n"}},
    {"a busyness that nobody shares",
     {"100/h", "", TEAM, "factors: {weather: gamma(mean=1 cv=0.3)}\n"}},
    {"a metric to expect", {"100/h", "", TEAM, "expect: {total.reached: at least 1%}\n"}},
};

static void additions_leave_every_other_callers_luck(void **state) {
    for (size_t i = 0; i < N_OF(changes); i++)
        assert_untouched(changes[i].what, likeness_of(&changes[i].parts, "5"));
}

static void redials_are_compared_too(void **state) {
    assert_true(likeness_of(&changes[5].parts, "5").redials > 100);
}

/* The comparison can fail: another seed gives other luck to everybody. */
static void another_seed_is_other_luck(void **state) {
    struct likeness likeness = likeness_of(&usual, "6");
    assert_true(likeness.arrivals_differ > likeness.first_attempts * 99 / 100);
    assert_true(likeness.patience_differs > likeness.patience * 99 / 100);
    assert_true(likeness.talk_differs > likeness.talk * 99 / 100);
}

/* A rate 5% higher brings the same callers earlier. */
static void higher_rate_moves_callers_in_time_only(void **state) {
    struct parts busier = usual;
    busier.rate = "105/h";
    struct trace a = trace_of(&usual, "5"), b = trace_of(&busier, "5");
    struct likeness likeness = compare(&a, &b);
    assert_true(likeness.first_attempts > 5000 && likeness.patience > 500 && likeness.talk > 4000);
    assert_int_equal(likeness.missing, 0);
    assert_int_equal(likeness.patience_differs, 0);
    assert_int_equal(likeness.talk_differs, 0);
    size_t moved = 0;
    for (size_t i = 0, j = 0; i < a.n; i++) {
        if (a.attempts[i].attempt > 1 || a.attempts[i].type_ix != 0)
            continue;
        while (by_address(&b.attempts[j], &a.attempts[i]) != 0)
            j++;
        double off = (double)a.attempts[i].arrived_us / 1.05 - (double)b.attempts[j].arrived_us;
        assert_true(off > -1.1 && off < 1.1); /* microseconds */
        moved++;
    }
    assert_true(moved > 4000);
    free(a.attempts);
    free(b.attempts);
}

/* ---- what is asked for changes nothing ---- */

static struct oh_estimate reached_of(const char *yaml, oh_trace_fn *trace, void *context) {
    struct oh_summary *summary = simulate_traced(yaml, trace, context);
    struct oh_estimate reached = estimate_of(summary, "total.reached");
    oh_summary_destroy(summary);
    return reached;
}

static void tracing_changes_nothing(void **state) {
    char *yaml = write_scenario(&usual, "5");
    struct trace trace = {0};
    struct oh_estimate with = reached_of(yaml, take, &trace),
                       without = reached_of(yaml, NULL, NULL);
    assert_memory_equal(&with, &without, sizeof with);
    free(trace.attempts);
    free(yaml);
}

static void more_to_measure_changes_nothing(void **state) {
    struct parts measured = usual;
    measured.other_types = "    tails: [10s, 1min]\n    service_level: {answer_within: 3s}\n";
    measured.rest = "expect: {total.reached: at least 1%}\n";
    struct trace a = trace_of(&usual, "5"), b = trace_of(&measured, "5");
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++)
        assert_true(attempts_are_equal(&a.attempts[i], &b.attempts[i]));
    free(a.attempts);
    free(b.attempts);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(additions_leave_every_other_callers_luck),
        cmocka_unit_test(redials_are_compared_too),
        cmocka_unit_test(another_seed_is_other_luck),
        cmocka_unit_test(higher_rate_moves_callers_in_time_only),
        cmocka_unit_test(tracing_changes_nothing),
        cmocka_unit_test(more_to_measure_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
