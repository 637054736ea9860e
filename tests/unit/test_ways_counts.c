/* Random centres with ways: what the engine counts, against the trace and against itself. Counters are summed over all
 * cells, so nothing falls out of a window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "test_ways.h"

static void same(const struct way_run *run, const char *what, uint32_t ix, int64_t a, int64_t b) {
    if (a != b)
        fail_msg("%s: type or group %u: %s: %lld, not %lld", run->who, ix, what, (long long)a,
                 (long long)b);
}
/* That counter a of one row (a type's or a group's) is b. */
#define SAME(ix, a, b) same(run, #a " == " #b, ix, a, b)

static void true_of(const struct way_run *run, const char *what, uint32_t ix, bool holds) {
    if (!holds)
        fail_msg("%s: type or group %u: not so: %s", run->who, ix, what);
}
#define TRUE_OF(ix, condition) true_of(run, #condition, ix, condition)

static int64_t in_all(const struct way_run *run, uint32_t count) {
    int64_t sum = 0;
    for (uint32_t t = 0; t < run->plan->n_types; t++)
        sum += run->contacts[t][count];
    return sum;
}

static int64_t of_agents(const struct way_run *run, uint32_t count) {
    int64_t sum = 0;
    for (uint32_t g = 0; g < run->plan->n_groups; g++)
        sum += run->agents[g][count];
    return sum;
}

/* ---- what the plan has ---- */

static unsigned uses_of(const struct oh_plan *plan) {
    unsigned uses = 0;
    for (uint32_t t = 0; t < plan->n_types; t++)
        uses |= plan->types[t].way.uses;
    return uses;
}

/* A contact comes back to a queue where an agent has talked with it already. */
static bool sends_back(const struct oh_plan *plan) {
    if (uses_of(plan) & OH_USES_INTERRUPTS)
        return true;
    for (uint32_t g = 0; g < plan->n_groups; g++)
        if (plan->groups[g].on_leave == OH_LEAVE_REQUEUE)
            return true;
    for (uint32_t t = 0; t < plan->n_types; t++)
        for (uint32_t i = 0; i < plan->types[t].way.n_transfers; i++)
            if (plan->types[t].way.transfers[i].how == OH_HANDOVER_COLD &&
                plan->types[t].way.transfers[i].if_refused == OH_REFUSED_BACK)
                return true;
    return false;
}

/* Whoever is answered talks once. */
static bool talks_once(const struct oh_plan *plan) {
    return !sends_back(plan) && !(uses_of(plan) & (OH_USES_TRANSFERS | OH_USES_MISROUTED));
}

static bool always_settles(const struct oh_plan *plan) {
    for (uint32_t t = 0; t < plan->n_types; t++) {
        const struct oh_plan_chance *resolved = &plan->types[t].way.resolved;
        for (uint32_t i = 0; i < resolved->n; i++)
            if (resolved->by != OH_CHANCE_ALWAYS_DRAW || resolved->share[i] < 1)
                return false;
    }
    return true;
}

/* ---- against the trace ---- */

static bool left_the_queue(enum oh_outcome outcome) {
    return outcome == OH_ABANDONED || outcome == OH_CUT_OFF || outcome == OH_MESSAGE_LEFT ||
           outcome == OH_DROPPED;
}

struct told {
    int64_t outcomes[OH_N_OUTCOMES];
    int64_t offered, redials, wait_left_us, wait_abandoned_us, wait_answered_us, talk_us;
    int64_t left_in_t, abandoned_in_s;
};

static struct told count_type(const struct way_run *run, uint32_t type_ix) {
    struct told told = {.offered = 0};
    const struct oh_layout_type *type = &run->plan->layout.types[type_ix];
    for (size_t i = 0; i < run->attempts.n; i++) {
        const struct oh_attempt *attempt = &run->attempts.items[i];
        if (attempt->type_ix != type_ix)
            continue;
        enum oh_outcome outcome = attempt->outcome;
        told.offered++;
        told.outcomes[outcome]++;
        told.redials += attempt->attempt > 1;
        if (outcome == OH_ANSWERED) {
            told.wait_answered_us += attempt->wait_us;
            told.talk_us += attempt->talk_us;
        }
        if (!left_the_queue(outcome))
            continue;
        told.wait_left_us += attempt->wait_us;
        told.wait_abandoned_us += outcome == OH_ABANDONED ? attempt->wait_us : 0;
        told.left_in_t += attempt->wait_us <= type->answer_within_us;
        told.abandoned_in_s +=
            outcome == OH_ABANDONED && attempt->wait_us <= type->short_abandon_us;
    }
    return told;
}

static void check_type(const struct way_run *run, uint32_t type_ix) {
    struct told told = count_type(run, type_ix);
    const int64_t *counts = run->contacts[type_ix];
    for (uint32_t i = 0; i < OH_N_OUTCOMES; i++)
        same(run, oh_outcome_name(i), type_ix, counts[i], told.outcomes[i]);
    SAME(type_ix, counts[OH_C_OFFERED], told.offered);
    SAME(type_ix, counts[OH_C_REDIALS], told.redials);
    SAME(type_ix, counts[OH_C_CUSTOMERS], told.offered - told.redials);
    SAME(type_ix, counts[OH_C_W_LEFT_US], told.wait_left_us);
    SAME(type_ix, counts[OH_C_W_ABANDONED_US], told.wait_abandoned_us);
    SAME(type_ix, counts[OH_C_LEFT_IN_T], told.left_in_t);
    SAME(type_ix, counts[OH_C_ABANDONED_IN_S], told.abandoned_in_s);
    SAME(type_ix, counts[OH_C_W_TOTAL_US], told.wait_answered_us);
    if (talks_once(run->plan)) {
        SAME(type_ix, counts[OH_C_W_ANSWERED_US], told.wait_answered_us);
        SAME(type_ix, counts[OH_C_TALK_US], told.talk_us);
    }
}

static int64_t lines_of(const struct way_run *run) {
    int64_t lines_us = 0;
    for (uint32_t cell = 0; cell < OH_N_CELLS(&run->plan->layout); cell++)
        lines_us += oh_record_centre_cell(run->record, cell)[OH_T_LINES_US];
    return lines_us;
}

/* Times in the trace, added up; who is still there stays until the end of the run. */
struct stays {
    int64_t waited, there, talked, unfinished;
};

static struct stays add_stays(const struct way_run *run) {
    struct stays stays = {.waited = 0};
    for (size_t i = 0; i < run->attempts.n; i++) {
        const struct oh_attempt *attempt = &run->attempts.items[i];
        int64_t ended = attempt->ended_us < 0 ? run->plan->end_us : attempt->ended_us;
        stays.waited += attempt->wait_us;
        stays.there += ended - attempt->arrived_us;
        stays.talked += attempt->answered_us < 0 ? 0 : ended - attempt->answered_us;
        stays.unfinished += attempt->ended_us < 0;
    }
    return stays;
}

/* Everybody in the queues or on a line is somebody in the trace. */
static void check_stays(const struct way_run *run) {
    const struct oh_plan *plan = run->plan;
    struct stays stays = add_stays(run);
    int64_t lines_us = lines_of(run);
    if (stays.unfinished == 0)
        SAME(0, in_all(run, OH_C_LEG_WAIT_US), stays.waited);
    if (!plan->has_hours)
        SAME(0, in_all(run, OH_C_QUEUE_US), stays.waited);
    TRUE_OF(0, in_all(run, OH_C_QUEUE_US) <= stays.waited);
    TRUE_OF(0, in_all(run, OH_C_LEG_WAIT_US) <= stays.waited);
    if (stays.unfinished > 0 && plan->has_hours)
        return; /* the run may go on after its last day */
    TRUE_OF(0, lines_us <= stays.there);
    if (!(uses_of(plan) & OH_USES_CALLBACK))
        SAME(0, lines_us, stays.there);
    else if (!(uses_of(plan) & OH_USES_MENU) && talks_once(plan))
        SAME(0, lines_us, stays.waited + stays.talked); /* not while awaiting the call-back */
}

void way_check_trace(const struct way_run *run) {
    for (uint32_t t = 0; t < run->plan->n_types; t++)
        check_type(run, t);
    check_stays(run);
}

/* ---- against each other ---- */

static void check_legs(const struct way_run *run, uint32_t t, bool nobody_is_left) {
    const int64_t *n = run->contacts[t];
    TRUE_OF(t, n[OH_C_CONFERENCES] <= n[OH_C_LEG_ANSWERED]);
    TRUE_OF(t, n[OH_C_LEG_ANSWERED] <= n[OH_C_TRANSFERRED] + n[OH_C_CONFERENCE_LEGS]);
    TRUE_OF(t, n[OH_C_LATER_LEG_WAIT_US] <= n[OH_C_LEG_WAIT_US]);
    TRUE_OF(t, n[OH_C_W_ANSWERED_US] <= n[OH_C_W_TOTAL_US]);
    if (sends_back(run->plan))
        return;
    TRUE_OF(t, n[OH_C_LEG_ANSWERED] + n[OH_C_LEG_ABANDONED] <=
                   n[OH_C_TRANSFERRED] + n[OH_C_CONFERENCE_LEGS]);
    if (nobody_is_left)
        SAME(t, n[OH_C_LEG_ANSWERED] + n[OH_C_LEG_ABANDONED],
             n[OH_C_TRANSFERRED] + n[OH_C_CONFERENCE_LEGS]);
}

static void check_callbacks(const struct way_run *run, uint32_t t) {
    const int64_t *n = run->contacts[t];
    int64_t waiting = n[OH_C_CALLBACKS] - n[OH_C_CALLBACKS_ANSWERED] - n[OH_CALLBACK_LOST];
    TRUE_OF(t, waiting >= 0 && waiting <= n[OH_UNFINISHED]);
    TRUE_OF(t, n[OH_C_CALLBACKS_ANSWERED] <= n[OH_ANSWERED] && n[OH_C_CALLBACK_DELAY_US] >= 0);
    bool is_excluded = run->plan->types[t].way.callback.is_excluded;
    SAME(t, n[OH_C_SL_EXCLUDED], is_excluded ? n[OH_C_CALLBACKS_ANSWERED] : 0);
    TRUE_OF(t, n[OH_C_ANSWERED_IN_T] + n[OH_C_SL_EXCLUDED] <= n[OH_ANSWERED]);
}

static void check_people(const struct way_run *run, uint32_t t) {
    const int64_t *n = run->contacts[t];
    TRUE_OF(t, n[OH_C_CUSTOMERS_REACHED] + n[OH_C_CUSTOMERS_PENDING] <= n[OH_C_CUSTOMERS]);
    TRUE_OF(t, n[OH_C_CUSTOMERS_OPEN] <= n[OH_C_CUSTOMERS_REACHED]);
    TRUE_OF(t, n[OH_C_RESOLVED_AT_FIRST] <= n[OH_C_CUSTOMERS_RESOLVED]);
    TRUE_OF(t, n[OH_C_RESOLVED_AT_FIRST] <= n[OH_C_CUSTOMERS_REACHED]);
    int64_t done = n[OH_C_CUSTOMERS] - n[OH_C_CUSTOMERS_PENDING] - n[OH_C_CUSTOMERS_OPEN];
    TRUE_OF(t, n[OH_C_CUSTOMERS_RESOLVED] <= done && n[OH_C_CUSTOMERS_LOST] <= done);
    TRUE_OF(t, n[OH_C_TIME_TO_REACH_US] >= 0 && n[OH_C_TIME_TO_RESOLUTION_US] >= 0);
    TRUE_OF(t, n[OH_C_ESTIMATES] <= n[OH_ANSWERED]);
    TRUE_OF(t, llabs(n[OH_C_ESTIMATE_BIAS_US]) <= n[OH_C_ESTIMATE_ERROR_US]);
}

static void check_group(const struct way_run *run, uint32_t g) {
    const int64_t *n = run->agents[g];
    SAME(g, n[OH_A_ON_DUTY_US], n[OH_A_TALK_US] + n[OH_A_WRAP_UP_US] + n[OH_A_AVAILABLE_US]);
    SAME(g, n[OH_A_SCHEDULED_US] + n[OH_A_OVERTIME_US], n[OH_A_ON_DUTY_US] + n[OH_A_BREAK_US]);
    TRUE_OF(g, n[OH_A_TALK_US] >= 0 && n[OH_A_WRAP_UP_US] >= 0 && n[OH_A_AVAILABLE_US] >= 0);
    TRUE_OF(g, n[OH_A_OVERTIME_US] >= 0);
}

static void check_resolutions(const struct way_run *run, int64_t n_unfinished_talks) {
    TRUE_OF(0, in_all(run, OH_C_CUSTOMERS_RESOLVED) <=
                   in_all(run, OH_C_CUSTOMERS_REACHED) + in_all(run, OH_SELF_SERVED));
    if ((run->plan->layout.has & OH_HAS_MATTER) && talks_once(run->plan) &&
        always_settles(run->plan))
        SAME(0, in_all(run, OH_C_CUSTOMERS_RESOLVED),
             in_all(run, OH_ANSWERED) - n_unfinished_talks + in_all(run, OH_SELF_SERVED));
}

void way_check_counts(const struct way_run *run) {
    int64_t left = 0;
    for (size_t i = 0; i < run->attempts.n; i++)
        left +=
            run->attempts.items[i].ended_us < 0 && run->attempts.items[i].outcome == OH_ANSWERED;
    for (uint32_t t = 0; t < run->plan->n_types; t++) {
        check_legs(run, t, left == 0);
        check_callbacks(run, t);
        check_people(run, t);
    }
    for (uint32_t g = 0; g < run->plan->n_groups; g++)
        check_group(run, g);
    SAME(0, of_agents(run, OH_A_ANSWERED),
         in_all(run, OH_ANSWERED) + in_all(run, OH_C_LEG_ANSWERED));
    check_resolutions(run, left);
}

/* ---- how much was seen ---- */

void way_count_seen(const struct way_run *run, uint64_t seen[N_SEEN]) {
    static const struct {
        enum way_seen seen;
        uint32_t count;
    } rows[] = {
        {SEEN_REDIALS, OH_C_REDIALS},
        {SEEN_TRANSFERRED, OH_C_TRANSFERRED},
        {SEEN_LEG_ABANDONED, OH_C_LEG_ABANDONED},
        {SEEN_LEG_BLOCKED, OH_C_LEG_BLOCKED},
        {SEEN_CONFERENCES, OH_C_CONFERENCES},
        {SEEN_CALLBACKS_ANSWERED, OH_C_CALLBACKS_ANSWERED},
        {SEEN_RESOLVED, OH_C_CUSTOMERS_RESOLVED},
        {SEEN_LOST, OH_C_CUSTOMERS_LOST},
        {SEEN_ESTIMATES, OH_C_ESTIMATES},
    };
    for (uint32_t i = 0; i < OH_N_OUTCOMES; i++)
        seen[i] += (uint64_t)in_all(run, i);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        seen[rows[i].seen] += (uint64_t)in_all(run, rows[i].count);
    seen[SEEN_UNRESOLVED] +=
        (uint64_t)(in_all(run, OH_C_CUSTOMERS_REACHED) - in_all(run, OH_C_RESOLVED_AT_FIRST));
}
