/* Whatever a contact type is given on its way (a menu, transfers, call-backs and all else) leaves the callers of another
 * type, who share no agents with it, untouched to the last microsecond. Shown by comparing traces, attempt by attempt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/text.h"
#include "simulate.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

/* `other` is added to type other, `group` to its agents, `rest` to the centre. */
struct change {
    const char *what, *other, *group, *rest;
};

static char *write_scenario(const struct change *change, const char *seed) {
    struct oh_text to = {0};
    oh_text_printf(&to,
                   "time: {open: 08:00, close: 18:00, days: 2}\n"
                   "contacts:\n"
                   "  watched:\n"
                   "    arrivals: {rate: 100/h, busyness: gamma(mean=1 cv=0.1)}\n"
                   "    patience: exponential(2min)\n"
                   "    talk: gamma(mean=4min cv=1.3)\n"
                   "    wrap_up: exponential(20s)\n"
                   "    balk: {by_queue: {2: 20%%}}\n"
                   "    retry: {after_abandon: {probability: 60%%, delay: exponential(9min)}}\n"
                   "  other:\n"
                   "    arrivals: {rate: 60/h}\n"
                   "    patience: exponential(4min)\n"
                   "    talk: exponential(5min)\n"
                   "%s"
                   "  further: {arrivals: {rate: 10/h}, talk: exponential(5min), priority: 2}\n"
                   "agents:\n"
                   "  watched-team: {count: 7, handles: [watched]}\n"
                   "  other-team: {count: 5, handles: [other, further]%s}\n"
                   "%srun: {replications: 3, seed: %s}\n",
                   change->other, change->group, change->rest, seed);
    return to.data;
}

/* ---- traces of the watched type ---- */

struct trace {
    size_t n, others;
    int64_t others_us; /* a sum of times, to see that the change changes something */
    struct oh_attempt attempts[20000];
};

static void take(void *context, const struct oh_attempt *attempt) {
    struct trace *trace = context;
    if (attempt->source_ix != 0) {
        trace->others++;
        trace->others_us += attempt->ended_us + attempt->wait_us;
        return;
    }
    assert_true(trace->n < N_OF(trace->attempts));
    trace->attempts[trace->n++] = *attempt;
}

static struct trace *trace_of(const struct change *change, const char *seed) {
    struct trace *trace = calloc(1, sizeof *trace);
    char *yaml = write_scenario(change, seed);
    oh_summary_destroy(simulate_traced(yaml, take, trace));
    free(yaml);
    return trace;
}

/* How many of the watched attempts differ; they are traced in the order in which they end. */
static size_t differences(const struct trace *a, const struct trace *b) {
    size_t different = a->n > b->n ? a->n - b->n : b->n - a->n;
    for (size_t i = 0; i < a->n && i < b->n; i++)
        different += !attempts_are_equal(&a->attempts[i], &b->attempts[i]);
    return different;
}

/* ---- what the other type may have ---- */

static const struct change usual = {"nothing", "", "", ""};
static const struct change changes[] = {
    {"a menu", "    ivr: {time: exponential(30s), hung_up: 5%, self_served: 20%}\n", "", ""},
    {"branches", "    ivr: {time: 10s, leads_to: {further: 20%}, wrong_choice: {further: 9%}}\n",
     "", ""},
    {"a cold transfer", "    transfer: {further: {probability: 30%}}\n", "", ""},
    {"a warm transfer",
     "    transfer: {further: {probability: 10%, how: warm, together: exponential(20s)}}\n", "",
     ""},
    {"a conference", "    conference: {further: {probability: 9%, if_none_free: skip}}\n", "", ""},
    {"repeats",
     "    resolved: 70%\n"
     "    retry: {after_unresolved: {probability: 90%, delay: exponential(1h), at_most: 3}}\n",
     "", ""},
    {"repeats in another way",
     "    resolved: 70%\n"
     "    retry: {after_unresolved: {probability: 90%, delay: exponential(1h), to: further}}\n",
     "", ""},
    {"call-backs",
     "    callback: {accept: 40%, dial: 10s, reach: [70%, 50%], tries: 2, again_after: 5min}\n", "",
     ""},
    {"call-backs after a while", "    callback: {after: 1min, accept: 40%, place: last}\n", "", ""},
    {"announcements",
     "    announcement: {after: 20s, every: 1min, leave: {by_expected_wait: {1min: 30%}}, "
     "patience: "
     "70%}\n",
     "", ""},
    {"interrupts", "    interrupts: restart\n", "", ""},
    {"an estimator", "    queue: {estimator: erlang-a, max_expected_wait: 2min}\n", "", ""},
    {"a queue kept over night", "    at_close: keep\n    when_closed: next_opening\n", "", ""},
    {"departures", "    departure: {unreached: 30%}\n    money: {per_attempt: 1 USD}\n", "", ""},
    {"agents who leave in mid-call", "",
     ", on_leave: requeue, shrinkage: 30%, shrinkage_as: absence", ""},
    {"prices", "", ", cost: 41 USD/h", "line_cost: 0.02 USD/min\nlines: 500\n"},
    {"lists of its own", "    overflow: {help: 1min}\n", "}\n  help: {count: 2, handles: [further]",
     ""},
};

static void ways_of_a_type_leave_another_untouched(void **state) {
    struct trace *before = trace_of(&usual, "5");
    assert_true(before->n > 4000);
    for (size_t i = 0; i < N_OF(changes); i++) {
        struct trace *after = trace_of(&changes[i], "5");
        size_t different = differences(before, after);
        if (different > 0)
            fail_msg("%s: %zu of %zu attempts of the other type are not as they were",
                     changes[i].what, different, before->n);
        free(after);
    }
    free(before);
}

/* Each change does something to the type that has it; departures and prices are only counted. */
static void the_type_itself_is_changed(void **state) {
    struct trace *before = trace_of(&usual, "5");
    size_t same = 0;
    for (size_t i = 0; i < N_OF(changes); i++) {
        struct trace *after = trace_of(&changes[i], "5");
        same += after->others == before->others && after->others_us == before->others_us;
        free(after);
    }
    assert_int_equal(same, 2);
    free(before);
}

/* The comparison can fail: where agents are shared, or luck is another. */
static void shared_agents_and_other_luck_are_seen(void **state) {
    const struct change shared = {"shared", "    ivr: {time: 10s, self_served: 30%}\n",
                                  "}\n  both: {count: 1, handles: [watched, other]", ""};
    const struct change shared_before = {"shared", "",
                                         "}\n  both: {count: 1, handles: [watched, other]", ""};
    struct trace *before = trace_of(&usual, "5"), *other_luck = trace_of(&usual, "6");
    struct trace *a = trace_of(&shared_before, "5"), *b = trace_of(&shared, "5");
    assert_true(differences(before, other_luck) > before->n / 2);
    assert_true(differences(a, b) > 0);
    free(before);
    free(other_luck);
    free(a);
    free(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ways_of_a_type_leave_another_untouched),
        cmocka_unit_test(the_type_itself_is_changed),
        cmocka_unit_test(shared_agents_and_other_luck_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
