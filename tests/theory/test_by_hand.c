/* Scenarios without chance, worked out by hand: every attempt with all its times, to the microsecond.
 *
 * A line for each attempt, in order of arrival: "20 calls 1.1 answered 22..34" is the second customer (they count from
 * 0), first attempt, who arrived at 20 s, talked from 22 s to 34 s; of an attempt that no agent took its end is shown. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "simulate.h"

#define N_OF(array) (sizeof(array) / sizeof(array)[0])

enum { MOST_ATTEMPTS = 64 };

struct log {
    size_t n;
    struct oh_attempt attempts[MOST_ATTEMPTS];
};

static void take(void *context, const struct oh_attempt *attempt) {
    struct log *log = context;
    assert_true(log->n < MOST_ATTEMPTS);
    log->attempts[log->n++] = *attempt;
}

static int by_arrival(const void *a, const void *b) {
    const struct oh_attempt *x = a, *y = b;
    if (x->arrived_us != y->arrived_us)
        return x->arrived_us < y->arrived_us ? -1 : 1;
    return (int)x->type_ix - (int)y->type_ix;
}

static void put_time(struct oh_text *to, int64_t us) {
    if (us >= 0)
        oh_text_printf(to, "%.10g", (double)us * 1e-6);
}

static void put_attempt(struct oh_text *to, const struct oh_attempt *attempt,
                        const struct oh_summary *summary) {
    put_time(to, attempt->arrived_us);
    oh_text_printf(to, " %s %u.%u %s", summary->types[attempt->type_ix].name, attempt->caller,
                   attempt->attempt, oh_outcome_name(attempt->outcome));
    if (attempt->answered_us >= 0) {
        oh_text_puts(to, " ");
        put_time(to, attempt->answered_us);
        oh_text_puts(to, "..");
    } else if (attempt->ended_us >= 0) {
        oh_text_puts(to, " ");
    }
    put_time(to, attempt->ended_us);
    oh_text_puts(to, "\n");
}

/* Runs one replication; its attempts must read as told, and the claims hold exactly. */
static void check(const char *yaml, const char *told, const struct claim *claims, size_t n) {
    struct log log = {0};
    struct oh_text found = {0};
    struct oh_text whole = {0};
    oh_text_printf(&whole, "%srun: {replications: 1}\n", yaml);
    struct oh_summary *summary = simulate_traced(whole.data, take, &log);
    qsort(log.attempts, log.n, sizeof log.attempts[0], by_arrival);
    for (size_t i = 0; i < log.n; i++)
        put_attempt(&found, &log.attempts[i], summary);
    assert_string_equal(found.data, told);
    for (size_t i = 0; i < n; i++) {
        double value = estimate_of(summary, claims[i].path).value;
        if (!(fabs(value - claims[i].exact) < 1e-9))
            fail_msg("%s is %.12g, not %.12g", claims[i].path, value, claims[i].exact);
    }
    oh_summary_destroy(summary);
    oh_text_fini(&found);
    oh_text_fini(&whole);
}

#define CHECK(yaml, told, ...)                                                                     \
    do {                                                                                           \
        const struct claim claims[] = {__VA_ARGS__};                                               \
        check(yaml, told, claims, N_OF(claims));                                                   \
    } while (0)

/* ---- one queue ---- */

static void everybody_waits_two_seconds_longer(void **state) {
    CHECK("time: {length: 65s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 12s}}\n"
          "agents: {team: {count: 1}}\n",
          "10 calls 0.1 answered 10..22\n"
          "20 calls 1.1 answered 22..34\n"
          "30 calls 2.1 answered 34..46\n"
          "40 calls 3.1 answered 46..58\n"
          "50 calls 4.1 answered 58..\n"
          "60 calls 5.1 unfinished\n",
          {"total.offered", 6}, {"total.answered", 5}, {"total.unfinished", 1},
          {"total.reached", 1}, {"total.wait_answered.mean", 4}, {"total.wait_answered.max", 8},
          {"total.delayed", 4}, {"total.queue_length.mean", (2 + 4 + 6 + 8 + 5) / 65.0},
          {"total.busy_agents.mean", 55 / 65.0}, {"total.longest_busy_run", 55},
          {"total.customers_pending", 1}, {"total.queue_length.max", 1},
          {"total.time_to_reach.mean", 4});
}

static void microseconds_are_kept(void **state) {
    CHECK("time: {length: 35s}\n"
          "contacts: {calls: {arrivals: {gap: 10.000001s}, talk: 10.000003s, wrap_up: 1us}}\n"
          "agents: {team: {count: 1}}\n",
          "10.000001 calls 0.1 answered 10.000001..20.000004\n"
          "20.000002 calls 1.1 answered 20.000005..30.000008\n"
          "30.000003 calls 2.1 answered 30.000009..\n",
          {"total.wait_answered.max", 6e-6}, {"total.wait_answered.mean", 3e-6});
}

static void agent_free_at_t_serves_whose_patience_ends_at_t(void **state) {
    CHECK("time: {length: 55s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 20s, patience: 10s}}\n"
          "agents: {team: {count: 1}}\n",
          "10 calls 0.1 answered 10..30\n"
          "20 calls 1.1 answered 30..50\n"
          "30 calls 2.1 abandoned 40\n"
          "40 calls 3.1 answered 50..\n"
          "50 calls 4.1 unfinished\n",
          {"total.abandonment", 0.25}, {"total.wait_abandoned.mean", 10},
          {"total.service_level.offered", 0.75});
}

static void arrival_at_the_end_of_a_talk_is_taken_at_once(void **state) {
    CHECK("time: {length: 45s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 10s, queue: {limit: 0}}}\n"
          "agents: {team: {count: 1}}\n",
          "10 calls 0.1 answered 10..20\n"
          "20 calls 1.1 answered 20..30\n"
          "30 calls 2.1 answered 30..40\n"
          "40 calls 3.1 answered 40..\n",
          {"total.disconnected", 0}, {"total.delayed", 0});
}

static void wait_of_exactly_the_threshold_is_within_it(void **state) {
    CHECK("time: {length: 65s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 12s, tails: [4s],\n"
          "  service_level: {answer_within: 4s}}}\n"
          "agents: {team: {count: 1}}\n",
          "10 calls 0.1 answered 10..22\n"
          "20 calls 1.1 answered 22..34\n"
          "30 calls 2.1 answered 34..46\n"
          "40 calls 3.1 answered 46..58\n"
          "50 calls 4.1 answered 58..\n"
          "60 calls 5.1 unfinished\n",
          {"total.service_level", 0.6}, {"total.wait_all.over_4s", 0.4});
}

/* ---- limits ---- */

static void wait_ends_at_its_longest(void **state) {
    CHECK("time: {length: 45s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 100s, patience: 15s,\n"
          "  queue: {max_wait: 5s}}}\n"
          "agents: {team: {count: 1}}\n",
          "10 calls 0.1 answered 10..\n"
          "20 calls 1.1 cut_off 25\n"
          "30 calls 2.1 cut_off 35\n"
          "40 calls 3.1 unfinished\n",
          {"total.disconnection", 2 / 3.0}, {"total.wait_all.mean", 10 / 3.0});
    CHECK("time: {length: 45s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 100s, patience: 5s,\n"
          "  queue: {max_wait: 5s, at_max_wait: message}}}\n"
          "agents: {team: {count: 1}}\n",
          "10 calls 0.1 answered 10..\n"
          "20 calls 1.1 message 25\n"
          "30 calls 2.1 message 35\n"
          "40 calls 3.1 unfinished\n",
          {"total.share.message", 2 / 3.0}, {"total.abandonment", 0});
}

/* A line is held while waiting and talking, not during wrap-up. */
static void wrap_up_holds_no_line(void **state) {
    CHECK("time: {length: 58s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 15s, wrap_up: 10s}}\n"
          "agents: {team: {count: 1}}\nlines: 1\n",
          "10 calls 0.1 answered 10..25\n"
          "20 calls 1.1 blocked 20\n"
          "30 calls 2.1 answered 35..50\n"
          "40 calls 3.1 blocked 40\n"
          "50 calls 4.1 unfinished\n",
          {"total.blocking", 0.5}, {"total.lines_busy.mean", (15 + 20 + 8) / 58.0},
          {"total.busy_agents.mean", (25 + 23) / 58.0}, {"agents.team.talk_time", 30},
          {"agents.team.wrap_up_time", 18});
}

/* ---- redials ---- */

#define NOBODY_ANSWERS                                                                             \
    "time: {length: 230s}\nagents: {team: {count: 0}}\n"                                           \
    "contacts:\n  calls:\n    arrivals: {gap: 100s}\n    talk: 1s\n    patience: 5s\n"

static void limits_of_redials_count_redials(void **state) {
    const char *twice = "100 calls 0.1 abandoned 105\n"
                        "120 calls 0.2 abandoned 125\n"
                        "140 calls 0.3 abandoned 145\n"
                        "200 calls 1.1 abandoned 205\n"
                        "220 calls 1.2 abandoned 225\n";
    const char *once = "100 calls 0.1 abandoned 105\n"
                       "120 calls 0.2 abandoned 125\n"
                       "200 calls 1.1 abandoned 205\n"
                       "220 calls 1.2 abandoned 225\n";
    CHECK(NOBODY_ANSWERS
          "    retry: {after_abandon: {probability: 100%, delay: 15s, at_most: 2}}\n",
          twice, {"total.offered", 5}, {"total.customers", 2}, {"total.redials", 3},
          {"total.customers_pending", 1}, {"total.attempts_per_customer", 2.5},
          {"total.waiting_to_redial.mean", (15 + 15 + 15 + 5) / 230.0}, {"total.reached_people", 0},
          {"total.waiting_to_redial.max", 1});
    CHECK(NOBODY_ANSWERS
          "    retry: {after_abandon: {probability: 100%, delay: 15s}, at_most: 2}\n",
          twice, {"total.customers_pending", 1});
    CHECK(NOBODY_ANSWERS
          "    retry: {after_abandon: {probability: 100%, delay: 15s, at_most: 1}}\n",
          once, {"total.customers_pending", 0}, {"total.attempts_per_customer", 2});
    CHECK(NOBODY_ANSWERS
          "    retry: {after_abandon: {probability: [100%, 0%, 100%], delay: 15s}}\n",
          once, {"total.customers_pending", 0});
}

/* A busy signal, then a place in the queue, then an agent: two causes, each with its own delay. */
static void causes_have_rules_of_their_own(void **state) {
    CHECK(
        "time: {length: 100s}\n"
        "contacts:\n  calls:\n    arrivals: {gap: {00:00: 10s}}\n    talk: 40s\n"
        "    patience: 20s\n    queue: {limit: 1, when_full: busy}\n"
        "    retry:\n      after_busy: {probability: 100%, delay: 25s, at_most: 1}\n"
        "      after_abandon: {probability: 100%, delay: 33s, at_most: 1}\n"
        "agents: {team: {count: 1}}\n",
        "10 calls 0.1 answered 10..50\n"
        "20 calls 1.1 abandoned 40\n"
        "30 calls 2.1 blocked 30\n"
        "40 calls 3.1 answered 50..90\n"
        "50 calls 4.1 abandoned 70\n"
        "55 calls 2.2 blocked 55\n"
        "60 calls 5.1 blocked 60\n"
        "70 calls 6.1 answered 90..\n"
        "73 calls 1.2 blocked 73\n"
        "80 calls 7.1 blocked 80\n"
        "85 calls 5.2 blocked 85\n"
        "90 calls 8.1 unfinished\n"
        "98 calls 1.3 blocked 98\n",
        {"total.customers", 9}, {"total.customers_reached", 3}, {"total.redials", 4},
        /* still trying: 4 (after abandoning at 70, until 103), 7 (busy at 80, until 105), 8 in the queue */
        {"total.customers_pending", 3});
}

/* ---- opening hours ---- */

#define TEN_MINUTES_OPEN(at_close)                                                                 \
    "time: {open: 09:00, close: 09:10, at_close: " at_close "}\n"                                  \
    "contacts: {calls: {arrivals: {gap: 60s}, talk: 150s}}\nagents: {team: {count: 1}}\n"

static void at_close_the_queue_is_served_to_its_end(void **state) {
    CHECK(TEN_MINUTES_OPEN("finish"),
          "32460 calls 0.1 answered 32460..32610\n"
          "32520 calls 1.1 answered 32610..32760\n"
          "32580 calls 2.1 answered 32760..32910\n"
          "32640 calls 3.1 answered 32910..33060\n"
          "32700 calls 4.1 answered 33060..33210\n"
          "32760 calls 5.1 answered 33210..33360\n"
          "32820 calls 6.1 answered 33360..33510\n"
          "32880 calls 7.1 answered 33510..33660\n"
          "32940 calls 8.1 answered 33660..33810\n",
          {"agents.team.overtime", 810}, {"agents.team.paid_time", 1410},
          {"agents.team.talk_time", 1350}, {"agents.team.available_time", 60},
          {"agents.team.utilization", 1350 / 1410.0}, {"agents.team.on_duty", 1},
          {"total.wait_answered.mean", (0 + 90 + 180 + 270 + 360 + 450 + 540 + 630 + 720) / 9.0},
          {"total.unfinished", 0});
}

static void at_close_the_queue_is_dropped(void **state) {
    CHECK(TEN_MINUTES_OPEN("drop"),
          "32460 calls 0.1 answered 32460..32610\n"
          "32520 calls 1.1 answered 32610..32760\n"
          "32580 calls 2.1 answered 32760..32910\n"
          "32640 calls 3.1 answered 32910..33060\n"
          "32700 calls 4.1 dropped 33000\n"
          "32760 calls 5.1 dropped 33000\n"
          "32820 calls 6.1 dropped 33000\n"
          "32880 calls 7.1 dropped 33000\n"
          "32940 calls 8.1 dropped 33000\n",
          {"agents.team.overtime", 60}, {"agents.team.paid_time", 660}, {"total.dropped", 5},
          {"total.reached", 4 / 9.0}, {"total.wait_all.mean", (540 + 900) / 9.0});
}

/* Who is still waiting where nobody on duty can serve them is dropped at once. */
static void at_close_nobody_waits_for_nobody(void **state) {
    CHECK("time: {open: 09:00, close: 09:10}\n"
          "contacts:\n  calls: {arrivals: {gap: 200s}, talk: 500s}\n"
          "  mail: {arrivals: {gap: 290s}, talk: 10s}\n"
          "agents:\n  team: {count: 1, handles: [calls]}\n"
          "  desk: {count: {00:00: 1, 09:05: 0}, handles: [mail]}\n",
          "32600 calls 0.1 answered 32600..33100\n"
          "32690 mail 0.1 answered 32690..32700\n"
          "32800 calls 1.1 answered 33100..33600\n"
          "32980 mail 1.1 dropped 33000\n",
          {"agents.team.overtime", 600}, {"agents.desk.paid_time", 300}, {"total.dropped", 1});
}

static void caller_outside_hours_tries_again_when_open(void **state) {
    CHECK("time: {open: 09:00, close: 09:10, days: 2}\n"
          "contacts:\n  calls:\n    arrivals: {gap: 590s}\n    talk: 1s\n    patience: 1s\n"
          "    retry:\n      after_abandon: {probability: 100%, delay: 20s, at_most: 1}\n"
          "      after_closed: {probability: 100%, delay: 1439min, at_most: 1}\n"
          "agents: {team: {count: {00:00: 0}}}\n",
          "32990 calls 0.1 abandoned 32991\n"
          "33011 calls 0.2 closed 33011\n"
          "119351 calls 0.3 abandoned 119352\n"
          "119390 calls 0.1 abandoned 119391\n"
          "119411 calls 0.2 closed 119411\n",
          {"total.closed", 2}, {"total.abandonment", 1}, {"total.customers_pending", 1});
}

static void days_of_the_week_have_hours_of_their_own(void **state) {
    CHECK(
        "time: {open: {friday: 09:00, saturday: 10:00}, close: {friday: 09:02, saturday: 10:01},\n"
        "  days: 3, start_day: friday}\n"
        "contacts: {calls: {arrivals: {gap: 50s}, talk: 1s}}\nagents: {team: {count: 1}}\n",
        "32450 calls 0.1 answered 32450..32451\n"
        "32500 calls 1.1 answered 32500..32501\n"
        "122450 calls 0.1 answered 122450..122451\n",
        {"agents.team.paid_time", 180}, {"total.busy_agents.mean", 3 / 180.0});
}

/* ---- agents who come and go ---- */

#define ONE_CALL_OF_TEN_MINUTES(staff)                                                             \
    "time: {length: 30min}\n"                                                                      \
    "contacts: {calls: {arrivals: {gap: 5min}, talk: 10min, queue: {limit: 0}, patience: 4min}}\n" \
    "agents: {team: {" staff "}}\n"

static void agent_past_the_end_finishes_the_call(void **state) {
    CHECK(ONE_CALL_OF_TEN_MINUTES("count: {00:00: 1, 00:10: 0}"),
          "300 calls 0.1 answered 300..900\n"
          "600 calls 1.1 disconnected 600\n"
          "900 calls 2.1 disconnected 900\n"
          "1200 calls 3.1 disconnected 1200\n"
          "1500 calls 4.1 disconnected 1500\n",
          {"agents.team.overtime", 300}, {"agents.team.paid_time", 900},
          {"agents.team.talk_time", 600}, {"agents.team.available_time", 300});
}

static void rise_cancels_a_pending_leaving(void **state) {
    CHECK(ONE_CALL_OF_TEN_MINUTES("count: {00:00: 1, 00:10: 0, 00:12: 1, 00:25: 0}"),
          "300 calls 0.1 answered 300..900\n"
          "600 calls 1.1 disconnected 600\n"
          "900 calls 2.1 answered 900..1500\n"
          "1200 calls 3.1 disconnected 1200\n"
          "1500 calls 4.1 disconnected 1500\n",
          {"agents.team.overtime", 120}, {"agents.team.paid_time", 600 + 120 + 780},
          {"agents.team.talk_time", 1200});
}

static void caller_of_a_leaving_agent_queues_again(void **state) {
    CHECK("time: {length: 30min}\n"
          "contacts: {calls: {arrivals: {gap: 25min}, talk: 10min, patience: 12min}}\n"
          "agents: {team: {count: {00:00: 1, 00:28: 0, 00:29: 1}, on_leave: requeue}}\n",
          "1500 calls 0.1 answered 1500..\n", {"total.wait_answered.mean", 0},
          {"total.queue_length.mean", 60 / 1800.0}, {"agents.team.talk_time", 180 + 60},
          {"agents.team.overtime", 0}, {"total.queue.legs", 1}, {"total.wait_total.mean", 60});
}

static void caller_who_queues_again_keeps_the_rest_of_the_talk(void **state) {
    CHECK("time: {length: 50min}\n"
          "contacts: {calls: {arrivals: {gap: 30min}, talk: 10min, patience: 5min}}\n"
          "agents: {team: {count: {00:00: 1, 00:34: 0, 00:37: 1}, on_leave: requeue}}\n",
          "1800 calls 0.1 answered 1800..2580\n", {"agents.team.talk_time", 600},
          {"total.wait_total.mean", 180}, {"total.talk.mean", 600});
    CHECK("time: {length: 50min}\n"
          "contacts: {calls: {arrivals: {gap: 30min}, talk: 10min, patience: 2min}}\n"
          "agents: {team: {count: {00:00: 1, 00:34: 0, 00:37: 1}, on_leave: requeue}}\n",
          "1800 calls 0.1 answered 1800..2160\n", {"agents.team.talk_time", 240},
          {"total.queue.abandoned", 0} /* broken off, but no leg of its own */,
          {"total.reached", 1}, {"total.abandoned", 0});
}

/* Before the caller who came after them. */
static void caller_who_queues_again_stands_first(void **state) {
    CHECK("time: {length: 40min}\n"
          "contacts: {calls: {arrivals: {gap: 10min}, talk: 15min}}\n"
          "agents: {team: {count: {00:00: 1, 00:21: 0, 00:22: 1}, on_leave: requeue}}\n",
          "600 calls 0.1 answered 600..1560\n"
          "1200 calls 1.1 answered 1560..\n"
          "1800 calls 2.1 unfinished\n",
          {"total.wait_answered.mean", 180}, {"total.wait_total.mean", 210});
}

/* The talk that has lasted least. Queueing again makes no other leg of it; who still waits at the end is none yet. */
static void latest_talk_is_broken_off(void **state) {
    CHECK("time: {length: 45min}\n"
          "contacts: {calls: {arrivals: {gap: 10min}, talk: 30min}}\n"
          "agents: {team: {count: {00:00: 2, 00:25: 1}, on_leave: requeue}}\n",
          "600 calls 0.1 answered 600..2400\n"
          "1200 calls 1.1 answered 1200..\n"
          "1800 calls 2.1 unfinished\n"
          "2400 calls 3.1 unfinished\n",
          {"agents.team.talk_time", 1800 + 300 + 300}, {"total.queue.legs", 2});
}

/* A second agent is free: the caller is taken over at once. */
static void another_agent_takes_the_call_over(void **state) {
    CHECK("time: {length: 20min}\n"
          "contacts: {calls: {arrivals: {gap: 8min}, talk: 10min}}\n"
          "agents:\n  first: {count: {00:00: 1, 00:10: 0}, on_leave: requeue}\n"
          "  second: {count: 1}\n",
          "480 calls 0.1 answered 480..1080\n"
          "960 calls 1.1 answered 1080..\n",
          {"agents.first.talk_time", 120}, {"agents.second.talk_time", 480 + 120},
          {"total.answered", 2});
}

/* ---- who takes what ---- */

static void first_priority_is_taken_first(void **state) {
    const char *two_types = "time: {length: 49s}\n"
                            "contacts:\n"
                            "  late: {arrivals: {gap: 10s}, talk: 15s, priority: 2}\n"
                            "  vip: {arrivals: {gap: 13s}, talk: 5s, priority: 1}\n"
                            "agents: {team: {count: 1}}\n";
    /* Free at 25: vip 0 (13); 30: vip 1 (26) comes before late 1 (20); 35: late 1; 50: the end. */
    CHECK(two_types,
          "10 late 0.1 answered 10..25\n"
          "13 vip 0.1 answered 25..30\n"
          "20 late 1.1 answered 35..\n"
          "26 vip 1.1 answered 30..35\n"
          "30 late 2.1 unfinished\n"
          "39 vip 2.1 unfinished\n"
          "40 late 3.1 unfinished\n",
          {"contacts.vip.wait_answered.mean", 8});
    struct oh_text fifo = {0};
    oh_text_printf(&fifo, "%srouting: {calls: fifo}\n", two_types);
    CHECK(fifo.data,
          "10 late 0.1 answered 10..25\n"
          "13 vip 0.1 answered 25..30\n"
          "20 late 1.1 answered 30..45\n"
          "26 vip 1.1 answered 45..\n"
          "30 late 2.1 unfinished\n"
          "39 vip 2.1 unfinished\n"
          "40 late 3.1 unfinished\n",
          {"contacts.vip.wait_answered.mean", 15.5});
    oh_text_fini(&fifo);
}

static void longest_idle_agent_takes_the_call(void **state) {
    const char *three = "time: {length: 59s}\n"
                        "contacts: {calls: {arrivals: {gap: 10s}, talk: 12s}}\n"
                        "agents: {a: {count: 1}, b: {count: 1}, c: {count: 1}}\n";
    const char *told = "10 calls 0.1 answered 10..22\n"
                       "20 calls 1.1 answered 20..32\n"
                       "30 calls 2.1 answered 30..42\n"
                       "40 calls 3.1 answered 40..52\n"
                       "50 calls 4.1 answered 50..\n";
    /* By order: a 10-22, b 20-32, a 30-42, b 40-52, a 50-. */
    CHECK(three, told, {"agents.a.answered", 3}, {"agents.b.answered", 2}, {"agents.c.answered", 0},
          {"agents.c.available_time", 59});
    struct oh_text idle = {0};
    oh_text_printf(&idle, "%srouting: {agents: longest-idle}\n", three);
    CHECK(idle.data, told, {"agents.a.answered", 2}, {"agents.b.answered", 2},
          {"agents.c.answered", 1}, {"agents.c.talk_time", 12});
    oh_text_fini(&idle);
}

/* Warm-up: attempts count whole if they arrived in the window, time averages are over the window. */
static void warm_up_counts_nowhere(void **state) {
    CHECK("time: {length: 65s, warm_up: 35s}\n"
          "contacts: {calls: {arrivals: {gap: 10s}, talk: 12s}}\n"
          "agents: {team: {count: 1}}\n",
          "10 calls 0.1 answered 10..22\n"
          "20 calls 1.1 answered 22..34\n"
          "30 calls 2.1 answered 34..46\n"
          "40 calls 3.1 answered 46..58\n"
          "50 calls 4.1 answered 58..\n"
          "60 calls 5.1 unfinished\n",
          {"total.offered", 3}, {"total.answered", 2}, {"total.wait_answered.mean", 7},
          {"total.queue_length.mean", (6 + 8 + 5) / 30.0}, {"agents.team.talk_time", 30},
          {"total.customers", 3}, {"total.customers_reached", 2});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_waits_two_seconds_longer),
        cmocka_unit_test(microseconds_are_kept),
        cmocka_unit_test(agent_free_at_t_serves_whose_patience_ends_at_t),
        cmocka_unit_test(arrival_at_the_end_of_a_talk_is_taken_at_once),
        cmocka_unit_test(wait_of_exactly_the_threshold_is_within_it),
        cmocka_unit_test(wait_ends_at_its_longest),
        cmocka_unit_test(wrap_up_holds_no_line),
        cmocka_unit_test(limits_of_redials_count_redials),
        cmocka_unit_test(causes_have_rules_of_their_own),
        cmocka_unit_test(at_close_the_queue_is_served_to_its_end),
        cmocka_unit_test(at_close_the_queue_is_dropped),
        cmocka_unit_test(at_close_nobody_waits_for_nobody),
        cmocka_unit_test(caller_outside_hours_tries_again_when_open),
        cmocka_unit_test(days_of_the_week_have_hours_of_their_own),
        cmocka_unit_test(agent_past_the_end_finishes_the_call),
        cmocka_unit_test(rise_cancels_a_pending_leaving),
        cmocka_unit_test(caller_of_a_leaving_agent_queues_again),
        cmocka_unit_test(caller_who_queues_again_keeps_the_rest_of_the_talk),
        cmocka_unit_test(caller_who_queues_again_stands_first),
        cmocka_unit_test(latest_talk_is_broken_off),
        cmocka_unit_test(another_agent_takes_the_call_over),
        cmocka_unit_test(first_priority_is_taken_first),
        cmocka_unit_test(longest_idle_agent_takes_the_call),
        cmocka_unit_test(warm_up_counts_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
