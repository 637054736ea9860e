/* Random centres: the summary against numbers counted from the trace. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "simulate.h"
#include "test_engine_centres.h"

/* ---- counting ---- */

struct counted {
    double outcomes[OH_N_OUTCOMES];
    double offered, redials, customers, delayed;
    double answered_in_t, left_in_t, abandoned_in_s;
    double w_answered_s, w_abandoned_s, w_left_s, talk_s;
    double over[8], answered_over[8];
    double longest_s, runs; /* summed over replications in which somebody waited or was answered */
    double *waits_s;        /* of answered */
    size_t n_waits;
};

static double seconds(int64_t us) {
    return (double)us * 1e-6;
}

static bool left_the_queue(enum oh_outcome outcome) {
    return outcome == OH_ABANDONED || outcome == OH_CUT_OFF || outcome == OH_MESSAGE_LEFT ||
           outcome == OH_DROPPED;
}

/* Until an agent takes it, or it leaves. */
static int64_t first_wait_us(const struct oh_attempt *attempt) {
    return (attempt->outcome == OH_ANSWERED ? attempt->answered_us : attempt->ended_us) -
           attempt->arrived_us;
}

static void count_wait(struct counted *counted, const struct oh_layout_type *type,
                       const struct oh_attempt *attempt) {
    int64_t wait_us = first_wait_us(attempt);
    bool is_answered = attempt->outcome == OH_ANSWERED;
    bool is_abandoned = attempt->outcome == OH_ABANDONED;
    counted->delayed += wait_us > 0;
    if (is_answered) {
        counted->w_answered_s += seconds(wait_us);
        counted->talk_s += seconds(attempt->talk_us);
        counted->answered_in_t += wait_us <= type->answer_within_us;
        counted->waits_s[counted->n_waits++] = seconds(wait_us);
    } else {
        counted->w_left_s += seconds(wait_us);
        counted->left_in_t += wait_us <= type->answer_within_us;
        counted->w_abandoned_s += is_abandoned ? seconds(wait_us) : 0;
        counted->abandoned_in_s += is_abandoned && wait_us <= type->short_abandon_us;
    }
    for (uint32_t i = 0; i < type->n_tails; i++) {
        counted->over[i] += wait_us > type->tail_us[i];
        counted->answered_over[i] += is_answered && wait_us > type->tail_us[i];
    }
}

static void end_run(struct counted *counted, int64_t *longest_us) {
    if (*longest_us >= 0) {
        counted->longest_s += seconds(*longest_us);
        counted->runs++;
    }
    *longest_us = -1;
}

static struct counted count(const struct oh_plan *plan, const struct attempts *attempts,
                            uint32_t type_ix) {
    struct counted counted = {.waits_s = calloc(attempts->n + 1, sizeof(double))};
    const struct oh_layout_type *type = &plan->layout.types[type_ix];
    uint64_t replication = 0;
    int64_t longest_us = -1;
    for (size_t i = 0; i < attempts->n; i++) {
        const struct oh_attempt *attempt = &attempts->items[i];
        if (attempt->replication != replication) {
            end_run(&counted, &longest_us);
            replication = attempt->replication;
        }
        if (!attempt->counted || attempt->type_ix != type_ix)
            continue;
        counted.offered++;
        counted.outcomes[attempt->outcome]++;
        counted.redials += attempt->attempt > 1;
        counted.customers += attempt->attempt == 1;
        if (attempt->outcome != OH_ANSWERED && !left_the_queue(attempt->outcome))
            continue;
        count_wait(&counted, type, attempt);
        longest_us = longest_us > first_wait_us(attempt) ? longest_us : first_wait_us(attempt);
    }
    end_run(&counted, &longest_us);
    return counted;
}

/* ---- comparing ---- */

static void check_value(const struct oh_summary *summary, const char *scope, const char *metric,
                        double told, const char *who) {
    char path[160];
    snprintf(path, sizeof path, "%s.%s", scope, metric);
    double value = estimate_of(summary, path).value;
    bool is_equal = isnan(told) ? isnan(value) : fabs(value - told) <= 1e-9 * fmax(1, fabs(told));
    if (!is_equal)
        fail_msg("%s: %s is %.12g, counted %.12g", who, path, value, told);
}

/* Nobody to divide by: no value. */
static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NAN;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Percentiles come from a histogram: within a hundredth, or a millisecond where waits are below 0.1 s. */
static void check_percentiles(const struct oh_summary *summary, const char *scope,
                              struct counted *counted, const char *who) {
    static const double percents[] = {50, 80, 90, 95, 99};
    qsort(counted->waits_s, counted->n_waits, sizeof(double), by_size);
    for (size_t i = 0; i < sizeof percents / sizeof percents[0]; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s.wait_answered.p%.0f", scope, percents[i]);
        double value = estimate_of(summary, path).value;
        if (counted->n_waits == 0) {
            assert_true(isnan(value));
            continue;
        }
        size_t rank = (size_t)ceil(percents[i] / 100 * (double)counted->n_waits - 1e-9);
        double told = counted->waits_s[rank > 0 ? rank - 1 : 0];
        if (!(fabs(value - told) <= 0.01 * told + 1e-3))
            fail_msg("%s: %s is %.12g, counted %.12g", who, path, value, told);
    }
}

static void check_shares(const struct oh_summary *summary, const char *scope,
                         const struct counted *counted, const char *who) {
    const double *n = counted->outcomes;
    double left = n[OH_ABANDONED] + n[OH_CUT_OFF] + n[OH_MESSAGE_LEFT] + n[OH_DROPPED];
    double queued = n[OH_ANSWERED] + left, in_t = counted->answered_in_t;
    double sought = counted->offered - n[OH_CLOSED] - n[OH_UNFINISHED];
    const struct {
        const char *metric;
        double told;
    } told[] = {
        {"reached", ratio(n[OH_ANSWERED], sought)},
        {"abandonment", ratio(n[OH_ABANDONED], sought)},
        {"blocking", ratio(n[OH_BLOCKED], sought)},
        {"disconnection", ratio(n[OH_DISCONNECTED] + n[OH_CUT_OFF], sought)},
        {"share.balked", ratio(n[OH_BALKED], sought)},
        {"share.delayed", ratio(counted->delayed, sought)},
        {"abandonment.after_short",
         ratio(n[OH_ABANDONED] - counted->abandoned_in_s, sought - counted->abandoned_in_s)},
        {"wait_answered.mean", ratio(counted->w_answered_s, n[OH_ANSWERED])},
        {"wait_abandoned.mean", ratio(counted->w_abandoned_s, n[OH_ABANDONED])},
        {"wait_all.mean", ratio(counted->w_answered_s + counted->w_left_s, queued)},
        {"talk.mean", ratio(counted->talk_s, n[OH_ANSWERED])},
        {"service_level.answered_only", ratio(in_t, n[OH_ANSWERED])},
        {"service_level.offered", ratio(in_t, sought)},
        {"service_level.abandons_negative", ratio(in_t, queued)},
        {"service_level.early_abandons_excluded", ratio(in_t, queued - counted->left_in_t)},
        {"service_level.abandons_positive", ratio(in_t + counted->left_in_t, queued)},
        {"service_level.short_abandons_excluded", ratio(in_t, queued - counted->abandoned_in_s)},
    };
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++)
        check_value(summary, scope, told[i].metric, told[i].told, who);
}

static void check_type(const struct oh_plan *plan, const struct attempts *attempts,
                       const struct oh_summary *summary, uint32_t type_ix, const char *who) {
    char scope[80];
    double runs = (double)summary->replications;
    struct counted counted = count(plan, attempts, type_ix);
    const struct oh_layout_type *type = &plan->layout.types[type_ix];
    snprintf(scope, sizeof scope, "contacts.%s", type->name);
    for (uint32_t i = 0; i < OH_N_OUTCOMES; i++)
        check_value(summary, scope, oh_outcome_name(i), counted.outcomes[i] / runs, who);
    check_value(summary, scope, "offered", counted.offered / runs, who);
    check_value(summary, scope, "redials", counted.redials / runs, who);
    check_value(summary, scope, "customers", counted.customers / runs, who);
    check_value(summary, scope, "delayed", counted.delayed / runs, who);
    check_value(summary, scope, "longest_wait", ratio(counted.longest_s, counted.runs), who);
    check_value(summary, scope, "wait_all.max", ratio(counted.longest_s, counted.runs), who);
    check_shares(summary, scope, &counted, who);
    check_percentiles(summary, scope, &counted, who);
    double queued = counted.outcomes[OH_ANSWERED] + counted.outcomes[OH_ABANDONED] +
                    counted.outcomes[OH_CUT_OFF] + counted.outcomes[OH_MESSAGE_LEFT] +
                    counted.outcomes[OH_DROPPED];
    for (uint32_t i = 0; i < type->n_tails; i++) {
        char metric[48];
        snprintf(metric, sizeof metric, "wait_all.over_%.0fs", seconds(type->tail_us[i]));
        check_value(summary, scope, metric, ratio(counted.over[i], queued), who);
        snprintf(metric, sizeof metric, "wait_answered.over_%.0fs", seconds(type->tail_us[i]));
        check_value(summary, scope, metric,
                    ratio(counted.answered_over[i], counted.outcomes[OH_ANSWERED]), who);
    }
    free(counted.waits_s);
}

/* ---- averages over time, where nobody is requeued and nothing closes ---- */

/* The part of a stay that lies in the window; to_us -1: it goes on. */
static double overlap_s(const struct oh_plan *plan, int64_t from_us, int64_t to_us) {
    int64_t from = from_us > plan->warm_up_us ? from_us : plan->warm_up_us;
    int64_t to = to_us < 0 || to_us > plan->end_us ? plan->end_us : to_us;
    return to > from ? seconds(to - from) : 0;
}

static void check_averages(const struct oh_plan *plan, const struct attempts *attempts,
                           const struct oh_summary *summary, const char *who) {
    double window_s = seconds(plan->end_us - plan->warm_up_us) * (double)summary->replications;
    double waited_s = 0, busy_s = 0;
    for (size_t i = 0; i < attempts->n; i++) {
        const struct oh_attempt *attempt = &attempts->items[i];
        bool is_answered = attempt->outcome == OH_ANSWERED;
        if (attempt->queued_us >= 0)
            waited_s += overlap_s(plan, attempt->queued_us,
                                  is_answered ? attempt->answered_us : attempt->ended_us);
        if (is_answered)
            busy_s += overlap_s(plan, attempt->answered_us, attempt->wrapped_up_us);
    }
    check_value(summary, "total", "queue_length.mean", waited_s / window_s, who);
    check_value(summary, "total", "busy_agents.mean", busy_s / window_s, who);
}

void check_summary(const struct oh_plan *plan, const struct attempts *attempts,
                   const struct oh_summary *summary, const char *who) {
    bool is_simple = !plan->has_hours;
    for (uint32_t g = 0; g < plan->n_groups; g++)
        is_simple = is_simple && plan->groups[g].on_leave == OH_LEAVE_FINISH;
    for (uint32_t t = 0; t < plan->n_types; t++)
        check_type(plan, attempts, summary, t, who);
    if (is_simple)
        check_averages(plan, attempts, summary, who);
}
